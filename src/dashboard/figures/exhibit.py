"""A figure as it leaves the room: drawn once, explained in one language or in two side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dashboard.figures import passport
from dashboard.figures.spec import FigureSpec, Ground, Kind

JOINABLE: Final = (  # all their words are names of codes, so that two languages fit into one drawing
    Kind.BAR, Kind.SHARE, Kind.GRID, Kind.CROSS, Kind.ROWS, Kind.MAP, Kind.ARCS, Kind.FLOW,
    Kind.STEPS, Kind.BANDS, Kind.PANELS, Kind.CURVES, Kind.WAFFLE,
)  # fmt: skip
BETWEEN: Final = " / "


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around a figure in one language."""

    lang: str
    title: str
    caption: str
    facts: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    alt: str
    reopen: str
    link: str


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """What is drawn, and the words around it, one per language."""

    spec: FigureSpec
    words: tuple[Words, ...]

    @property
    def alt(self) -> str:
        """The figure in words, for those who hear it."""
        return "\n".join(said.alt for said in self.words)

    @property
    def title(self) -> str:
        """The title in one line."""
        return BETWEEN.join(said.title for said in self.words)


def exhibits(specs: Sequence[FigureSpec]) -> list[Exhibit]:
    """The same figure in each of its languages: as one drawing where that can be, else one after the other.

    A figure without rows has nothing to draw: it leaves as an empty table with its passport.
    """
    if len({spec.id for spec in specs}) != 1:
        raise ValueError(
            f"one figure in several languages is wanted, not {', '.join(spec.id for spec in specs) or 'none'}"
        )
    specs = [spec if len(spec.table) else replace(spec, kind=Kind.TABLE) for spec in specs]
    if len(specs) == 1 or any(spec.kind not in JOINABLE for spec in specs):
        return [Exhibit(spec, (_words(spec),)) for spec in specs]
    first, *others = specs
    for other in others:
        first = _joined(first, other)
    return [Exhibit(first, tuple(_words(spec) for spec in specs))]


def _words(spec: FigureSpec) -> Words:
    return Words(
        lang=spec.passport.lang,
        title=spec.title,
        caption=spec.caption,
        facts=tuple(passport.facts(spec)),
        notes=tuple(passport.notes(spec)),
        alt=spec.alt or spec.title,  # a screen reader never meets silence
        reopen=passport.reopen(spec),
        link=spec.passport.link,
    )


def _joined(first: FigureSpec, second: FigureSpec) -> FigureSpec:
    """The first figure with the names of both."""
    labels = {code: _both(name, second.label(code)) for code, name in (first.labels or {}).items()}
    return replace(
        first,
        columns=tuple(
            replace(one, label=_both(one.label, other.label))
            for one, other in zip(first.columns, second.columns, strict=True)
        ),
        series=tuple(
            replace(one, label=_both(one.label, other.label))
            for one, other in zip(first.series, second.series, strict=True)
        ),
        labels=labels or None,
        ground=_ground(first, second),
    )


def _ground(first: FigureSpec, second: FigureSpec) -> Ground | None:
    """The ground of a map, what it says of each country in both languages."""
    if first.ground is None or second.ground is None:
        return first.ground
    others = second.ground.silence
    said = {code: _both(words, others.get(code, words)) for code, words in first.ground.silence.items()}
    return replace(first.ground, silence=said)


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one}{BETWEEN}{other}"
