"""The dashboard for many readers: several processes behind nginx. Standard library only."""
