"""Makes static/fonts: Inter for the interface, Noto Sans for printed figures and reports."""

import unicodedata
from pathlib import Path

from fetch import ROOT, npm
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = ROOT / "static" / "fonts"
OPTICAL_SIZE = 14  # Inter's cut for running text; headings on a dashboard rarely exceed 32 px

LATIN = [(0x0020, 0x007E), (0x00A0, 0x017F), (0x0192, 0x0192), (0x0218, 0x021B), (0x02BC, 0x02DD)]
LATIN_EXTENDED = [(0x0180, 0x024F), (0x0259, 0x0259), (0x1E00, 0x1E99), (0x1EA0, 0x1EF9)]
CYRILLIC = [(0x0400, 0x052F), (0x1C80, 0x1C88)]
MARKS = [(0x0300, 0x0304), (0x0306, 0x030C), (0x0323, 0x0323)]
PUNCTUATION = [(0x2000, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044), (0x2070, 0x208E)]
SYMBOLS = [(0x20A0, 0x20BF), (0x2113, 0x2116), (0x2122, 0x2122), (0x2150, 0x215E)]
ARROWS = [(0x2190, 0x2199)]
MATHS = [
    (0x2206, 0x2206),
    (0x2211, 0x2212),
    (0x221A, 0x221A),
    (0x221E, 0x221E),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
]
SHAPES = [(0x25A0, 0x25A1), (0x25B2, 0x25B3), (0x25B6, 0x25B6), (0x25BC, 0x25BD), (0x25CA, 0x25CF)]
EVERYTHING = [
    *(LATIN + LATIN_EXTENDED + CYRILLIC + MARKS),
    *(PUNCTUATION + SYMBOLS + ARROWS + MATHS + SHAPES),
]
# What a screen in English or Russian must be able to say; the build stops where a font cannot.
NEEDED = set("ңөүұқғһіәҷӣӯҳҶӢӮҲ≥≤×−–—…№→←↑↓«»„“”‘’•°±≈€₽₸₹§©‰½²³\u00a0\u2009\u202f")

FEATURES = [
    "kern",
    "mark",
    "mkmk",
    "ccmp",
    "locl",
    "calt",
    "case",
    "tnum",
    "lnum",
    "pnum",
    "zero",
    "sups",
    "subs",
    "frac",
]


def code_points(ranges: list[tuple[int, int]]) -> set[int]:
    """Return every assigned code point of the ranges."""
    points = {point for first, last in ranges for point in range(first, last + 1)}
    return {point for point in points if unicodedata.category(chr(point)) != "Cn"}


def cut(font: TTFont, ranges: list[tuple[int, int]]) -> None:
    """Drop the glyphs, layout features and hints that are not needed."""
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(ranges))
    subsetter.subset(font)


def borrow(font: TTFont, lender: TTFont, points: set[int]) -> None:
    """Copy glyphs that *font* lacks from *lender*, a font of the same family and design size."""
    if font["head"].unitsPerEm != lender["head"].unitsPerEm:
        raise ValueError("the two fonts are drawn on different grids")
    glyphs, cmap = lender.getGlyphSet(), lender.getBestCmap()
    for point in sorted(points & cmap.keys() - font.getBestCmap().keys()):
        name, recording, pen = f"uni{point:04X}", DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[cmap[point]].draw(recording)
        recording.replay(pen)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = lender["hmtx"][cmap[point]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = name


def check(font: TTFont, path: Path) -> None:
    """Stop when a letter or sign that both languages need is absent, or figures cannot be aligned."""
    missing = {sign for sign in NEEDED if ord(sign) not in font.getBestCmap()}
    if missing:
        raise ValueError(f"{path.name} lacks {''.join(sorted(missing))}")
    if "tnum" not in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}:
        raise ValueError(f"{path.name} has no tabular figures")


def inter(source: Path, target: Path) -> None:
    """Write Inter as one woff2 with every weight from 100 to 900."""
    font = TTFont(source)
    cut(font, EVERYTHING)
    font = instantiateVariableFont(font, {"opsz": OPTICAL_SIZE})
    check(font, target)
    font.flavor = "woff2"
    font.save(target)


def noto(source: Path, maths: Path, target: Path) -> None:
    """Write Noto Sans as TTF; its arrows and comparison signs live in Noto Sans Math."""
    font = TTFont(source)
    cut(font, EVERYTHING)
    borrow(font, TTFont(maths), code_points(ARROWS + MATHS + SHAPES))
    check(font, target)
    font.save(target)


def main() -> None:
    """Write the fonts and their licences."""
    TARGET.mkdir(parents=True, exist_ok=True)
    package = npm("inter-ui", "4.1.1")
    inter(package / "variable" / "InterVariable.woff2", TARGET / "Inter.woff2")
    inter(package / "variable" / "InterVariable-Italic.woff2", TARGET / "Inter-Italic.woff2")
    (TARGET / "OFL-Inter.txt").write_bytes((package / "LICENSE.txt").read_bytes())

    package = npm("@expo-google-fonts/noto-sans", "0.4.2")
    maths = npm("@expo-google-fonts/noto-sans-math", "0.4.2") / "400Regular" / "NotoSansMath_400Regular.ttf"
    noto(package / "400Regular" / "NotoSans_400Regular.ttf", maths, TARGET / "NotoSans-Regular.ttf")
    noto(package / "700Bold" / "NotoSans_700Bold.ttf", maths, TARGET / "NotoSans-Bold.ttf")
    (TARGET / "OFL-NotoSans.txt").write_bytes((package / "LICENSE_FONT").read_bytes())


if __name__ == "__main__":
    main()
