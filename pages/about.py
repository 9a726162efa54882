"""Methods, limits, licence, how to cite."""

from dashboard.figures import sentences
from dashboard.figures.catalogue import figure
from dashboard.ui import panels, session

context = session.context()
t = context.t
material = session.material(context)
if not material.known.incident_count:
    panels.nothing_selected(context)

panels.headline(
    t("More reports do not mean more crime."),
    t("Occurrence and detection are different things; this dashboard never lets one stand for the other."),
)
panels.prose(sentences.about(context))
panels.figure(figure("edition", material), context)
