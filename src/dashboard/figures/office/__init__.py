"""Draws a FigureSpec as Word, PowerPoint and Excel files with native charts that stay editable."""
