"""Histories shared by the tests of the occupancy estimators."""

import pytest
from occupancy_cases import simulated

from dashboard.analysis.occupancy import OccupancyData


@pytest.fixture(scope="session")
def dynamic() -> OccupancyData:
    return simulated(120, 5, 3, seed=3)
