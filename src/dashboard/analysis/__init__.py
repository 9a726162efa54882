"""Table in, table out. Knows no language, file, clock, chart or screen."""

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]

__all__ = ["Frame"]
