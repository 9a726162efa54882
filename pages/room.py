"""The page for phones in the room: score, write, vote."""

from dashboard.ui import session, voting

voting.phone(session.context())
