"""Add, check, correct, download; versions and sources."""

from dashboard.analysis import overview
from dashboard.analysis.select import select
from dashboard.ui import data, panels, session

context = session.context()
if not overview.headline(select(session.records(), context.selection)).incident_count:
    panels.nothing_selected(context)
data.show(context)
