"""The entry: ``streamlit run app.py``. Imported by the server it is the application; run as a script, a page."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx() is None:
    from dashboard.ui.security import MIDDLEWARE

    app = st.App(__file__, middleware=MIDDLEWARE)
else:
    from dashboard.ui import frame

    frame.run()
