"""How large and in which theme figures are drawn."""

from dataclasses import dataclass
from typing import Final

from dashboard.figures.palette import DARK, LIGHT, Ink, Palette
from dashboard.figures.spec import Series

BACK_ROW: Final = 1.53  # the smallest text of a figure, 0.85 of the ordinary, is then 18 pixels


@dataclass(frozen=True, slots=True)
class Style:
    """How large and in which theme a figure is drawn."""

    palette: Palette = LIGHT
    scale: float = 1.0

    @property
    def is_dark(self) -> bool:
        """Whether light is drawn on dark."""
        return self.palette is DARK

    def ink(self, series: Series) -> Ink:
        """How a series is drawn."""
        return self.palette.inks[series.meaning]

    @property
    def font_size(self) -> float:
        """The size of ordinary text, in pixels."""
        return 14 * self.scale


def style(*, is_dark: bool, is_presenting: bool) -> Style:
    """The style for a reader's screen; in a room, everything is scaled for the back row."""
    return Style(DARK if is_dark else LIGHT, BACK_ROW if is_presenting else 1.0)
