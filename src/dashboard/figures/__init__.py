"""Finished table in, FigureSpec out; and what draws a FigureSpec."""
