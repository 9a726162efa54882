"""Methods, limits, licence, how to cite."""

from dashboard.analysis import overview
from dashboard.analysis.select import select
from dashboard.figures import sentences
from dashboard.figures.edition import edition
from dashboard.ui import panels, session

context = session.context()
t = context.t
if not overview.headline(select(session.records(), context.selection)).incident_count:
    panels.nothing_selected(context)

panels.headline(
    t("More reports do not mean more crime."),
    t("Occurrence and detection are different things; this dashboard never lets one stand for the other."),
)
panels.prose(sentences.about(context))
panels.figure(edition(session.records(), session.package(), context), context)
