"""The vocabulary of the project: tables, codes, dates, Selection, Issue. Standard library only."""
