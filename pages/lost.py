"""There is no page at the address: say so in every language, and where to go."""

import streamlit as st

from dashboard.i18n.translator import LANGUAGES
from dashboard.ui import panels, session

context = session.context()
for lang in sorted(LANGUAGES, key=context.lang.__ne__):  # the reader's own first
    t, is_own = session.speaker(lang), lang == context.lang
    said = t("There is no page at this address."), t("The link may be old or cut off. Nothing is lost.")
    with st.container(key="own-language" if is_own else "other-language"):
        (panels.headline if is_own else panels.subtitle)(*said)
        panels.way(t("To the overview"), f"./?lang={lang}")
