"""The coefficients of a fit as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .data import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Estimates:
    """The coefficients as arrays: a fit needs no pandas until somebody asks for its tables."""

    names: tuple[tuple[str, str], ...]  # parameter and term
    estimate: FloatArray
    se: FloatArray
    at_boundary: BoolArray
    covariance: FloatArray

    @property
    def labels(self) -> list[str]:
        """``parameter:term``, as the covariance is labelled."""
        return [f"{parameter}:{term}" for parameter, term in self.names]

    def wider(self, factor: float) -> Estimates:
        """The same with every variance multiplied."""
        return replace(self, se=self.se * np.sqrt(factor), covariance=self.covariance * factor)
