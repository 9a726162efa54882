"""PowerPoint: a slide a figure, with a native chart or table."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Inches

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.numbers import rows
from dashboard.figures.office import native, slide_map, slide_tables
from dashboard.figures.office.slide import INCH, MARGIN, ROOM, about, describe, framed, new, saved
from dashboard.figures.spec import PICTURES, Kind
from dashboard.figures.stacked import STACKED

if TYPE_CHECKING:
    from dashboard.figures.printing.page import Space

SHARE_HEIGHT: Final = 3.2
SIZE: Final = 14.0
WIDTHS: Final = (560.0, 680.0, 780.0)  # points a picture is drawn at, before it is enlarged
CROWDED: Final = (Kind.ARCS, Kind.FLOW)  # whose names need all the room there is
IN_ROWS: Final = (Kind.TERMS, Kind.RANGE)  # whose rows may take several slides


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
    told = _numbers(exhibit) if exhibit.spec.kind is Kind.INTERVAL else ""
    slide, top, bottom = framed(deck, exhibit, "\n\n".join(filter(None, (remark, told))))
    kind, numbers = native.data(exhibit.spec)
    height = min(bottom - top, SHARE_HEIGHT if exhibit.spec.kind is Kind.SHARE else 9)
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
    """What Office has no chart for: sharp pictures as large as the slide, their numbers in the speaker's notes.

    Where the rows are too many for letters that can be read, they take several slides with the same scale.
    """
    from dashboard.figures.printing.whole import drawing

    remark = "\n\n".join(filter(None, (remark, _numbers(exhibit))))
    slide, top, bottom = framed(deck, exhibit, remark)
    width, spaces = _spaces(exhibit, (bottom - top) * INCH)
    for number, space in enumerate(spaces, start=1):
        if number > 1:
            slide, top, bottom = framed(deck, exhibit, remark, f" ({number})")
        drawn = io.BytesIO(drawing(exhibit, "png", width, space))
        picture = slide.shapes.add_picture(drawn, Inches(MARGIN), Inches(top))
        scale = min(Inches(bottom - top) / picture.height, Inches(ROOM) / picture.width)
        picture.width, picture.height = Emu(int(picture.width * scale)), Emu(int(picture.height * scale))
        picture.left = Emu(Inches(MARGIN) + (Inches(ROOM) - picture.width) // 2)
        picture.name = exhibit.spec.id
        describe(picture, exhibit.alt)


def _spaces(exhibit: Exhibit, free: float) -> "tuple[float, list[Space]]":
    """How wide to draw for *free* points of height, and the part of each slide: the narrower, the larger its letters.

    A picture is enlarged to the width of the slide, so that *free* shrinks with the width it is drawn at.
    """
    from dashboard.figures.printing.page import Space
    from dashboard.figures.printing.whole import height

    for width in (*(() if exhibit.spec.kind in CROWDED else WIDTHS), ROOM * INCH):
        space = Space(free * width / (ROOM * INCH))
        if height(exhibit, width, space) <= space.deep + 1:
            return width, [space]
    rows = exhibit.spec.table[exhibit.spec.columns[0].name].nunique() if exhibit.spec.kind in IN_ROWS else 1
    for count in range(2, rows + 1):
        each = -(-rows // count)
        spaces = [Space(free, slice(start, start + each)) for start in range(0, rows, each)]
        if all(height(exhibit, ROOM * INCH, space) <= free + 1 for space in spaces):
            return ROOM * INCH, spaces
    return ROOM * INCH, [Space(free)]


def _numbers(exhibit: Exhibit) -> str:
    """The table behind a figure, a line a row."""
    found = rows(exhibit.spec)
    return "\n".join(" · ".join(row) for row in (found.header, *found.words(exhibit.spec.passport.lang)))


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
