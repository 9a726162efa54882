"""One country on one page: the 20-minute country report."""

from dashboard.ui import country, session

country.show(session.context())
