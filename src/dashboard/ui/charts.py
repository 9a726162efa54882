"""Charts as the screen wants them: their key above them, no higher than the screen, drawn once."""

from typing import Final

import plotly.graph_objects as go

from dashboard.figures.context import Context
from dashboard.figures.keys import keys
from dashboard.figures.plotly import draw
from dashboard.figures.spec import FigureSpec, Kind
from dashboard.figures.style import Style, style

ONE_SCREEN: Final = 530  # pixels that a projector has left under the sentence and the caption
SHRINKS: Final = (Kind.RANGE, Kind.BAR, Kind.STEPS, Kind.ROWS, Kind.GRID, Kind.CROSS, Kind.CURVES, Kind.PROVISIONAL)
COUNTED: Final = (Kind.GRID, Kind.CROSS, Kind.ROWS, Kind.TILES)
READABLE: Final = 0.8  # of ordinary text: in a cell too narrow for that, as on a telephone, only its shade is left
CLICKED: Final = {  # as Streamlit would set it after the first drawing, and then draw the chart a second time
    "clickmode": "event+select", "hovermode": "closest", "dragmode": "pan",
}  # fmt: skip


def style_of(context: Context) -> Style:
    """How whatever this reader is shown looks."""
    return style(is_dark=context.is_dark, is_presenting=context.is_presenting)


def chart(spec: FigureSpec, context: Context, tallest: int | None, *, is_clicked: bool) -> tuple[go.Figure, str]:
    """The chart, and its key, which stands above it as text."""
    look = style_of(context)
    drawing = draw(spec, look)
    key = keys(drawing, look.palette)
    drawing.layout.showlegend = False
    if spec.kind in COUNTED:
        drawing.layout.uniformtext = {"minsize": READABLE * look.font_size, "mode": "hide"}
    if context.is_presenting and spec.kind in SHRINKS:
        tallest = min(tallest or ONE_SCREEN, ONE_SCREEN)
    if tallest and (drawing.layout.height or tallest + 1) > tallest:
        drawing.layout.height = tallest
    if is_clicked:
        drawing.layout.update(CLICKED)
    return drawing, key
