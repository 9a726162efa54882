"""What a report is made of: sections of sentences and figures. What draws it knows no more than this."""

from dataclasses import dataclass

from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication behind the records."""

    text: str
    link: str


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One chapter: what can be read aloud, then the figures. Never empty: without data it says what is missing."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    figures: tuple[FigureSpec, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report in one language."""

    title: str
    subtitle: str
    author: str
    lang: str
    as_of: str
    link: str
    footer: str
    sections: tuple[Section, ...]
