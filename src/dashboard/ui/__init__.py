"""The only package that imports Streamlit: session, filters, panels, frame."""
