"""Colours have meanings, not hex codes.

The hues are from Okabe and Ito (2008), "Color Universal Design", told apart with every common colour-vision
deficiency; the shades were darkened or lightened until text and fills keep their contrast on a weak projector, and
until what stands side by side stays apart in a simulation of each deficiency (tests/figures/test_palette.py).
Patterns repeat every distinction that matters, so nothing rests on colour alone.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Meaning(StrEnum):
    """What a mark stands for."""

    RECORD = "record"
    OFFICIAL = "official"
    CORROBORATED = "corroborated"
    SINGLE = "single"
    DECIDED = "decided"
    STEP = "step"
    OPEN = "open"
    UNKNOWN = "unknown"
    NIL = "nil"
    NO_REPORT = "no_report"
    NOT_SEARCHED = "not_searched"
    WITHHELD = "withheld"
    SEIZURE = "seizure"
    POACHING = "poaching"
    MARKET = "market"
    ONLINE = "online"
    RESCUE = "rescue"
    SNOW_LEOPARD = "snow_leopard"
    PREY = "prey"
    CO_TRADED = "co_traded"
    SEVERAL = "several"
    STAYS = "stays"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    NOT_COMPARABLE = "not_comparable"
    SHRUNKEN = "shrunken"
    STATUTE = "statute"
    STATUTE_TOP = "statute_top"
    ACQUITTED = "acquitted"
    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    LAW = "law"
    COURT = "court"
    BEFORE = "before"
    OCCURRENCE = "occurrence"
    DETECTION = "detection"
    TRUTH = "truth"
    ABSENT = "absent"
    REFUSED = "refused"
    CAUTION = "caution"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a meaning is drawn: fill, outline, and a Plotly pattern shape with its own colour."""

    fill: str
    line: str = "rgba(0,0,0,0)"
    pattern: str = ""
    pattern_colour: str = ""
    text: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    text: str
    paper: str
    grid: str
    inks: dict[Meaning, Ink]
    depths: tuple[tuple[int, Ink], ...]  # for counts of records: from this many on, this shade

    suppressed: tuple[tuple[Ink, ...], ...]  # probabilities: fewer shades the less is known (value-suppressing)

    def depth(self, count: int) -> Ink:
        """The shade for a number of records; deeper means more records, not more crime."""
        return next(ink for least, ink in reversed(self.depths) if count >= least)


def hatched(ink: Ink) -> Ink:
    """The same for what has no place among the others, because it is not stated."""
    return ink if ink.pattern else replace(ink, pattern="/", pattern_colour="#ffffff")


LIGHT: Final = Palette(
    text="#16232e",
    paper="#ffffff",
    grid="#dde3e8",
    inks={
        Meaning.RECORD: Ink("#0b5c8a"),
        Meaning.OFFICIAL: Ink("#0b4f78"),
        Meaning.CORROBORATED: Ink("#3f93c6", text="#0c1a24"),
        Meaning.SINGLE: Ink("#b9d9ec", "#6fa3c2", text="#16232e"),
        Meaning.DECIDED: Ink("#0a7d5c"),
        Meaning.STEP: Ink("#d98200", text="#16232e"),
        Meaning.OPEN: Ink("#f4d9a6", "#b98a2f", text="#16232e"),
        Meaning.UNKNOWN: Ink("#ffffff", "#6a7985", "/", "#6a7985", text="#16232e"),
        Meaning.NIL: Ink("#ffffff", "#0b5c8a", text="#0b5c8a"),
        Meaning.NO_REPORT: Ink("#fdf0e4", "#b0480b", "\\", "#b0480b", text="#16232e"),
        Meaning.NOT_SEARCHED: Ink("#f3f5f7", "rgba(0,0,0,0)", ".", "#9aa7b2", text="#4a5a67"),
        Meaning.WITHHELD: Ink("#e4ddf0", "#5a3f8c", "x", "#5a3f8c", text="#16232e"),
        Meaning.SEIZURE: Ink("#0b4f78"),
        Meaning.POACHING: Ink("#d55e00"),
        Meaning.MARKET: Ink("#f5c94e", "#a17400", text="#16232e"),
        Meaning.ONLINE: Ink("#9a82c0", text="#0c1a24"),
        Meaning.RESCUE: Ink("#8fd3b6", "#1e7f5c", text="#16232e"),
        Meaning.SNOW_LEOPARD: Ink("#7a1240"),
        Meaning.PREY: Ink("#f2b441", "#9c6a00", text="#16232e"),
        Meaning.CO_TRADED: Ink("#3f86bd"),
        Meaning.SEVERAL: Ink("#dfe5ea", "#4a5a67", "x", "#4a5a67", text="#16232e"),
        Meaning.STAYS: Ink("#b9d9ec", "#6fa3c2", text="#16232e"),
        Meaning.REACHED: Ink("#7fb8dc", "#3f86b3", text="#16232e"),
        Meaning.NOT_REACHED: Ink("#d5dde3", "#6a7985", text="#16232e"),
        Meaning.NOT_COMPARABLE: Ink("#7d8a95", "#7d8a95"),
        Meaning.SHRUNKEN: Ink("#a3471b", "#a3471b"),
        Meaning.STATUTE: Ink("#dceaf3", "#9dbfd6", text="#16232e"),
        Meaning.STATUTE_TOP: Ink("#ffffff", "#9dbfd6", ".", "#7fa9c4", text="#16232e"),
        Meaning.ACQUITTED: Ink("#54636f", "#54636f"),
        Meaning.YES: Ink("#0b5c8a"),
        Meaning.PARTIAL: Ink("#cfe5f2", "#3f93c6", "|", "#6fa3c2", text="#16232e"),
        Meaning.NO: Ink("#f6d3ba", "#b0480b", "x", "#b0480b", text="#16232e"),
        Meaning.LAW: Ink("#93c5e3", "#0b5c8a", text="#16232e"),
        Meaning.COURT: Ink("#b0480b", "#7d3205"),
        Meaning.BEFORE: Ink("#ffffff", "#6a7985", text="#16232e"),
        Meaning.OCCURRENCE: Ink("#7a2f6e", "#7a2f6e"),
        Meaning.DETECTION: Ink("#0d8f6c", "#0d8f6c"),
        Meaning.TRUTH: Ink("#16232e", "#16232e"),
        Meaning.ABSENT: Ink("#e6eaee", text="#16232e"),
        Meaning.REFUSED: Ink("#f0f2f4", "rgba(0,0,0,0)", "/", "#c3ccd4", text="#16232e"),
        Meaning.CAUTION: Ink("#fde9bd", "rgba(0,0,0,0)", text="#16232e"),
        Meaning.ACCEPTED: Ink("#b0dcd8", "rgba(0,0,0,0)", text="#16232e"),
    },
    depths=(
        (0, Ink("#ffffff", "#b9d9ec", text="#4a5a67")),
        (1, Ink("#cfe5f2", text="#16232e")),
        (2, Ink("#93c5e3", text="#16232e")),
        (3, Ink("#1f74a8")),
        (6, Ink("#083e60")),
    ),
    suppressed=(
        (Ink("#f7ecf5", text="#16232e"), Ink("#d9b0d2", text="#16232e"), Ink("#a8609b"), Ink("#6a2560")),
        (Ink("#ece3ea", text="#16232e"), Ink("#a98aa3", text="#16232e")),
        (Ink("#c9ccd1", text="#16232e"),),
    ),
)

DARK: Final = Palette(
    text="#eef3f6",
    paper="#0f1a23",
    grid="#2a3a47",
    inks={
        Meaning.RECORD: Ink("#56b4e9", text="#0c1a24"),
        Meaning.OFFICIAL: Ink("#56b4e9", text="#0c1a24"),
        Meaning.CORROBORATED: Ink("#2a86bd", text="#ffffff"),
        Meaning.SINGLE: Ink("#174c6b", "#56b4e9", text="#eef3f6"),
        Meaning.DECIDED: Ink("#2fbf94", text="#0c1a24"),
        Meaning.STEP: Ink("#e69f00", text="#0c1a24"),
        Meaning.OPEN: Ink("#6b5116", "#e6b95c", text="#eef3f6"),
        Meaning.UNKNOWN: Ink("#0f1a23", "#9fb0bc", "/", "#9fb0bc", text="#eef3f6"),
        Meaning.NIL: Ink("#0f1a23", "#56b4e9", text="#56b4e9"),
        Meaning.NO_REPORT: Ink("#3a2110", "#ef8a4c", "\\", "#ef8a4c", text="#eef3f6"),
        Meaning.NOT_SEARCHED: Ink("#16242f", "rgba(0,0,0,0)", ".", "#5b6d7a", text="#b4c1cb"),
        Meaning.WITHHELD: Ink("#2c2440", "#b79cf0", "x", "#b79cf0", text="#eef3f6"),
        Meaning.SEIZURE: Ink("#56b4e9", text="#0c1a24"),
        Meaning.POACHING: Ink("#d9763a", text="#0c1a24"),
        Meaning.MARKET: Ink("#ffe08a", text="#0c1a24"),
        Meaning.ONLINE: Ink("#7d5cc0"),
        Meaning.RESCUE: Ink("#1c7a5c", "#2fae86"),
        Meaning.SNOW_LEOPARD: Ink("#f9b9cf", text="#0c1a24"),
        Meaning.PREY: Ink("#c98a12", text="#0c1a24"),
        Meaning.CO_TRADED: Ink("#3f86bd", text="#ffffff"),
        Meaning.SEVERAL: Ink("#2b3a46", "#9fb0bc", "x", "#9fb0bc", text="#eef3f6"),
        Meaning.STAYS: Ink("#174c6b", "#56b4e9", text="#eef3f6"),
        Meaning.REACHED: Ink("#276b99", "#56b4e9"),
        Meaning.NOT_REACHED: Ink("#3a4854", "#9fb0bc", text="#eef3f6"),
        Meaning.NOT_COMPARABLE: Ink("#9aa7b2", "#9aa7b2", text="#0c1a24"),
        Meaning.SHRUNKEN: Ink("#ef8a4c", "#ef8a4c", text="#0c1a24"),
        Meaning.STATUTE: Ink("#1a3a50", "#2f5f80", text="#eef3f6"),
        Meaning.STATUTE_TOP: Ink("#0f1a23", "#2f5f80", ".", "#4a86ad", text="#eef3f6"),
        Meaning.ACQUITTED: Ink("#b4c1cb", "#b4c1cb", text="#0c1a24"),
        Meaning.YES: Ink("#56b4e9", text="#0c1a24"),
        Meaning.PARTIAL: Ink("#12405c", "#2a86bd", "|", "#2a86bd", text="#eef3f6"),
        Meaning.NO: Ink("#4a2a14", "#ef8a4c", "x", "#ef8a4c", text="#eef3f6"),
        Meaning.LAW: Ink("#1b5f88", "#56b4e9", text="#eef3f6"),
        Meaning.COURT: Ink("#ef8a4c", "#f6c3a0", text="#0c1a24"),
        Meaning.BEFORE: Ink("#0f1a23", "#9fb0bc", text="#eef3f6"),
        Meaning.OCCURRENCE: Ink("#c060ae", "#c060ae", text="#0c1a24"),
        Meaning.DETECTION: Ink("#23906c", "#23906c", text="#0c1a24"),
        Meaning.TRUTH: Ink("#eef3f6", "#eef3f6", text="#0c1a24"),
        Meaning.ABSENT: Ink("#223340", text="#eef3f6"),
        Meaning.REFUSED: Ink("#16242f", "rgba(0,0,0,0)", "/", "#33475a", text="#eef3f6"),
        Meaning.CAUTION: Ink("#3d310f", "rgba(0,0,0,0)", text="#eef3f6"),
        Meaning.ACCEPTED: Ink("#14543f", "rgba(0,0,0,0)", text="#eef3f6"),
    },
    depths=(
        (0, Ink("#0f1a23", "#2a5673", text="#b4c1cb")),
        (1, Ink("#12405c", text="#eef3f6")),
        (2, Ink("#1b5f88", text="#ffffff")),
        (3, Ink("#4fa9de", text="#0c1a24")),
        (6, Ink("#b5e0fa", text="#0c1a24")),
    ),
    suppressed=(
        (
            Ink("#2a1a28", text="#eef3f6"),
            Ink("#5f3157", text="#eef3f6"),
            Ink("#b45fa3"),
            Ink("#f2b8e6", text="#0c1a24"),
        ),
        (Ink("#2c262d", text="#eef3f6"), Ink("#84687f")),
        (Ink("#47525c"),),
    ),
)
