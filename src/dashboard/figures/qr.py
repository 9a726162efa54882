"""The link of a figure as a QR code."""

import io
from functools import lru_cache
from typing import Any


def cells(link: str) -> list[list[bool]]:
    """The code as rows of dark and light cells, without its quiet zone."""
    return [[bool(cell) for cell in row] for row in _code(link).matrix]


def png(link: str) -> bytes:
    """The code as a picture, with its quiet zone."""
    file = io.BytesIO()
    _code(link).save(file, kind="png", scale=8, border=2)
    return file.getvalue()


def svg(link: str) -> bytes:
    """The code as vectors, with its quiet zone."""
    file = io.BytesIO()
    _code(link).save(file, kind="svg", scale=1, border=2, xmldecl=True)
    return file.getvalue()


@lru_cache(maxsize=256)
def _code(link: str) -> Any:
    import segno

    return segno.make(link, error="m", micro=False)
