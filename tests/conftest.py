"""What many tests start from: the shipped data, read once."""

import os
import tempfile
from pathlib import Path

import pytest

from dashboard.ingest import package
from dashboard.store.records import records as wrap

# No test reads or writes the workshop that may be going on in this very folder.
os.environ["DASHBOARD_WORKSHOP"] = str(Path(tempfile.mkdtemp()) / "workshop.sqlite")


@pytest.fixture(scope="session")
def loaded():
    """The shipped data, checked and tidy."""
    return package.load()


@pytest.fixture(scope="session")
def records(loaded):
    """The same as Records."""
    return wrap(loaded.tables, loaded.data_version)
