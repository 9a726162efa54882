"""Draws a FigureSpec for print with matplotlib: vectors and pictures that need no screen."""
