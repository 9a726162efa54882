"""Add, check, correct, download; versions and sources."""

from dashboard.ui import data, panels, session

context = session.context()
if not session.material(context).known.incident_count:
    panels.nothing_selected(context)
data.show(context)
