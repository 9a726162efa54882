"""There is no page at the address: say so in every language, and where to go."""

from dashboard.i18n.translator import LANGUAGES
from dashboard.ui import panels, session

context = session.context()
languages = (context.lang, *(lang for lang in LANGUAGES if lang != context.lang))
for lang in languages:
    t = session.speaker(lang)
    said = t("There is no page at this address."), t("The link may be old or cut off. Nothing is lost.")
    (panels.headline if lang == context.lang else panels.subtitle)(*said)
    panels.way(t("To the overview"), f"./?lang={lang}")
