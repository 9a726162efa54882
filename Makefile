# Every target only calls run.py, which works the same on Windows and macOS.
PYTHON ?= python3

.PHONY: run room serve spark test check bench describe messages

run:
	$(PYTHON) run.py

room:  # for a workshop: phones on the local network can score and vote
	$(PYTHON) run.py room

serve:  # for many readers: several processes behind nginx
	$(PYTHON) run.py many

test:
	$(PYTHON) run.py test

check:
	$(PYTHON) run.py check

spark:  # where there is Java: the aggregates on Spark
	$(PYTHON) run.py spark

bench:
	$(PYTHON) run.py bench

describe:  # after changing a table definition or a data file
	.venv/bin/dashboard describe

messages:  # after changing a text
	.venv/bin/python -m dashboard.i18n.catalogue
