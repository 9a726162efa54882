"""What many tests start from: the shipped data, read once."""

import pytest

from dashboard.ingest import package
from dashboard.store.records import records as wrap


@pytest.fixture(scope="session")
def loaded():
    """The shipped data, checked and tidy."""
    return package.load()


@pytest.fixture(scope="session")
def records(loaded):
    """The same as Records."""
    return wrap(loaded.tables, loaded.data_version)
