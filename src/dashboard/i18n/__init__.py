"""Two languages, fully: texts, labels, numbers, dates and plurals."""
