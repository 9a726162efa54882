"""How large and in which theme figures are drawn."""

from dataclasses import dataclass

from dashboard.figures.palette import DARK, LIGHT, Ink, Palette
from dashboard.figures.spec import Series


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
    return Style(DARK if is_dark else LIGHT, 1.45 if is_presenting else 1.0)
