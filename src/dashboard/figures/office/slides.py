"""PowerPoint: a slide a figure, with a native chart or table."""

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.numbers import printed, rows
from dashboard.figures.office import native, slide_map, slide_tables
from dashboard.figures.office.slide import FOOT, INCH, MARGIN, ROOM, about, describe, framed, new, saved
from dashboard.figures.spec import PICTURES, Kind
from dashboard.figures.stacked import STACKED

SHARE_HEIGHT: Final = 3.2
SIZE: Final = 14.0


def presentation(exhibits: Sequence[Exhibit]) -> bytes:
    """A presentation of these figures alone."""
    deck = new()
    for exhibit in exhibits:
        add(deck, exhibit)
    about(deck, exhibits[0].title, exhibits[0].words[0].lang)
    return saved(deck)


def add(deck: Deck, exhibit: Exhibit, remark: str = "") -> None:
    """Add a figure: one slide, or as many as its table needs. *remark* goes first into the speaker's notes."""
    KINDS.get(exhibit.spec.kind, slide_tables.table_slides)(deck, exhibit, remark)


def _chart_slide(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    slide, top = framed(deck, exhibit, remark)
    kind, numbers = native.data(exhibit.spec)
    height = min(FOOT - 0.1 - top, SHARE_HEIGHT if exhibit.spec.kind is Kind.SHARE else 9)
    frame: Any = slide.shapes.add_chart(kind, Inches(MARGIN), Inches(top), Inches(ROOM), Inches(height), numbers)  # type: ignore[arg-type]
    frame.name = exhibit.spec.id
    describe(frame, exhibit.alt)
    native.dress(frame.chart, exhibit.spec, SIZE, ROOM * INCH)


def _map_slide(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    """A map of shapes; tiles are a picture."""
    if exhibit.spec.ground and exhibit.spec.ground.boundaries == "tiles":
        _picture_slide(deck, exhibit, remark)
    else:
        slide_map.map_slide(deck, exhibit, remark)


def _picture_slide(deck: Deck, exhibit: Exhibit, remark: str) -> None:
    """What Office has no chart for: a sharp picture, its numbers in the speaker's notes."""
    from dashboard.figures.printing.whole import drawing

    found, lang = rows(exhibit.spec), exhibit.spec.passport.lang
    numbers = "\n".join(" · ".join(printed(cell, lang) for cell in row) for row in (found.header, *found.cells))
    slide, top = framed(deck, exhibit, "\n\n".join(filter(None, (remark, numbers))))
    picture = slide.shapes.add_picture(io.BytesIO(drawing(exhibit, "png")), Inches(MARGIN), Inches(top))
    scale = min(Inches(FOOT - 0.1 - top) / picture.height, Inches(ROOM) / picture.width)
    picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
    picture.left = Emu(Inches(MARGIN) + (Inches(ROOM) - picture.width) // 2)
    picture.name = exhibit.spec.id
    describe(picture, exhibit.alt)


KINDS: Final[dict[Kind, Callable[[Deck, Exhibit, str], None]]] = {
    Kind.BAR: _chart_slide,
    Kind.ROWS: _chart_slide,
    Kind.SHARE: _chart_slide,
    Kind.GRID: slide_tables.grid_slide,
    Kind.MAP: _map_slide,
    Kind.CROSS: slide_tables.grid_slide,
    Kind.MATRIX: slide_tables.grid_slide,
    Kind.STEPS: _chart_slide,
    **dict.fromkeys(STACKED, _chart_slide),
    **dict.fromkeys(PICTURES, _picture_slide),
}
