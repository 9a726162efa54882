"""Measures and wraps text in the printed font, and that of the screen: nothing is cut and nothing overlaps."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from unicodedata import category

from PIL import ImageFont

FONTS: Final = Path(__file__).parents[3] / "static" / "fonts"
REGULAR: Final = FONTS / "NotoSans-Regular.ttf"
BOLD: Final = FONTS / "NotoSans-Bold.ttf"
SCREEN: Final = FONTS / "Inter.woff2"
LINE: Final = 1.32  # line height, of the size
OFFICE: Final = 0.88  # the fonts of Office are narrower than the printed one, by this much
LACKING: Final = "\x00"  # stands for a sign the font does not have
MANY: Final = 100  # points at which widths are measured, to be scaled
MOST_TEXTS: Final = 1 << 16  # that are remembered; a report measures some thousands, some megabytes in all


@cache
def _font(path: Path, weight: int = 0) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, MANY, layout_engine=ImageFont.Layout.BASIC)
    if weight:
        font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=MOST_TEXTS)
def width(text: str, size: float, *, bold: bool = False, on_screen: bool = False) -> float:
    """The width of a line of text in points, or in pixels of the screen."""
    font = _font(SCREEN, 700 if bold else 400) if on_screen else _font(BOLD if bold else REGULAR)
    return font.getlength(text) * size / MANY


@lru_cache(maxsize=MOST_TEXTS)
def printable(text: str) -> str:
    """The text in signs that the printed font has: no empty boxes. What is in another script becomes ``[…]``."""
    known = _signs()
    text = "".join(sign for sign in text if category(sign) != "Cf")  # such as the word joiner: nothing to be seen
    shown = "".join(sign if ord(sign) in known else " " if sign.isspace() else LACKING for sign in text)
    return re.sub(f"{LACKING}[{LACKING}\\s]*{LACKING}|{LACKING}", "[…]", shown)


@cache
def _signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(REGULAR).getBestCmap())


def wrap(text: str, room: float, size: float, *, bold: bool = False, has_all_signs: bool = False) -> list[str]:
    """Break a text into lines of at most *room* points; a word that is wider still is broken too.

    Signs that the printed font lacks are replaced, unless what is written has other fonts (*has_all_signs*).
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in (paragraph if has_all_signs else printable(paragraph)).split():
            for piece in _pieces(word, room, size, bold=bold):
                longer = f"{line} {piece}" if line else piece
                if line and width(longer, size, bold=bold) > room:
                    lines.append(line)
                    line = piece
                else:
                    line = longer
        lines.append(line)
    return lines


def columns(cells: list[list[str]], room: float, size: float) -> list[float]:
    """Widths of table columns: what the longest word needs, and of the rest a share by what there is to say."""
    each = list(zip(*cells, strict=True))
    full = [max(width(cell, size, bold=True) for cell in column) + 2 for column in each]
    if sum(full) <= room:
        return full
    words = [
        max(width(word, size, bold=True) for cell in column for word in [*cell.split(), ""]) + 2 for column in each
    ]
    least = [min(needed, room / 4) for needed in words]
    spare = max(room - sum(least), 0)
    wish = [max(a - b, 0) for a, b in zip(full, least, strict=True)]
    scale = min(1.0, room / sum(least))
    return [a * scale + spare * w / (sum(wish) or 1) for a, w in zip(least, wish, strict=True)]


def _pieces(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and width(word, size, bold=bold) > room:
        cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], size, bold=bold) <= room)
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
