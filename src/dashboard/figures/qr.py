"""The link of a figure as a QR code."""

import io


def cells(link: str) -> list[list[bool]]:
    """The code as rows of dark and light cells, without its quiet zone."""
    import segno

    return [[bool(cell) for cell in row] for row in segno.make(link, error="m", micro=False).matrix]


def png(link: str) -> bytes:
    """The code as a picture, with its quiet zone."""
    import segno

    file = io.BytesIO()
    segno.make(link, error="m", micro=False).save(file, kind="png", scale=8, border=2)
    return file.getvalue()


def svg(link: str) -> bytes:
    """The code as vectors, with its quiet zone."""
    import segno

    file = io.BytesIO()
    segno.make(link, error="m", micro=False).save(file, kind="svg", scale=1, border=2, xmldecl=True)
    return file.getvalue()
