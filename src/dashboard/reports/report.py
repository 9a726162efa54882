"""What a report is made of: sections of sentences and figures. What draws it knows no more than this."""

from dataclasses import dataclass

from dashboard.figures.exhibit import Exhibit, exhibits
from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication behind the records."""

    text: str
    link: str


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One chapter: what can be read aloud, then the figures. Never empty: without data it says what is missing.

    *translations* are the same figures in the other language, in the same order, where the report speaks two.
    Without a *heading* the figure is the chapter, and the sentences are a remark below it.
    """

    id: str
    heading: str
    sentences: tuple[str, ...]
    figures: tuple[FigureSpec, ...] = ()
    references: tuple[Reference, ...] = ()
    translations: tuple[FigureSpec, ...] = ()

    def exhibits(self, first: int | None = None) -> list[Exhibit]:
        """The figures as they leave the room, or the first few of them."""
        spoken = zip(self.figures, self.translations, strict=True) if self.translations else zip(self.figures)
        return [exhibit for specs in list(spoken)[:first] for exhibit in exhibits(specs)]


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A report in one language, or one whose figures speak two."""

    title: str
    subtitle: str
    author: str
    lang: str
    as_of: str
    link: str
    footer: str
    sections: tuple[Section, ...]
