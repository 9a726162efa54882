"""The entry: ``streamlit run app.py``. Imported by the server it is the application; run as a script, a page."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx() is None:
    from dashboard.ui import nested, security

    # Until st.navigation runs for the first time, Streamlit would take pages/ for its own kind of pages and open a
    # link to one of them without the frame around it: the first link after a start would fail.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, middleware=[*security.MIDDLEWARE, *nested.MIDDLEWARE])
else:
    from dashboard.ui import frame

    frame.run()
