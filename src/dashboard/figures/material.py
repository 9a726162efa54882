"""What figures are made from, and the rows of their catalogue."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.analysis import Frame
from dashboard.analysis.overview import Headline, headline
from dashboard.analysis.select import select
from dashboard.domain.records import Records
from dashboard.figures.answers import Answers
from dashboard.figures.context import Context
from dashboard.figures.spec import FigureSpec


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What figures are made from: all records, the data package, and the reader with their selection.

    *answers* holds what was made for any reader of these records; of the records it holds the law at most, never what
    grows with the trade.
    """

    records: Records
    package: Mapping[str, Any]
    context: Context
    answers: Answers = field(default_factory=Answers)
    here: dict[Hashable, Any] = field(default_factory=dict)  # what this run has made; it ends with the run

    @property
    def selected(self) -> Records:
        """The records that the reader selected; narrowed when first asked for."""
        narrowed: Records = self.in_run("selected", lambda: select(self.records, self.context.selection))
        return narrowed

    def incidents(self, *columns: str) -> Frame:
        """Some columns of the incidents that the reader selected: what one figure counts by."""
        return self.selected.part("incidents", *dict.fromkeys(columns))

    def in_run(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """Work out once in this run what is too large to keep."""
        if question not in self.here:
            self.here[question] = answer()
        return self.here[question]

    def of_selection(self, question: Hashable, answer: Callable[[], Any], *, is_large: bool = False) -> Any:
        """Work out once for all readers who selected the same what depends on nothing else; no records among it."""
        return self.answers.get((question, self.context.selection), answer, is_large=is_large)

    @property
    def known(self) -> Headline:
        """How much the selection holds, and how well it is known."""
        counts: Headline = self.of_selection("known", lambda: headline(self.selected))
        return counts

    def as_seen(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """Work out once for all readers with the same view what depends on what they chose, their language and link."""
        return self.answers.get((question, self.context.key()), answer)

    def reader(self, usual: Mapping[str, tuple[str, ...]]) -> Context:
        """The reader, with the *usual* value of each choice of the page that the link says nothing of."""
        return replace(self.context, view={**usual, **self.context.view})

    def seen_by(self, context: Context) -> "Material":
        """The same for a reader who chose more on the page; the selection must be the same."""
        return replace(self, context=context)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the catalogue.

    *page* is the path of its page, *part* what of the page it stands on; *is_of_incidents*: without a selected
    incident there is no such figure; *is_made_up*: a simulation, which can be made again from the link alone.
    """

    page: str
    make: Callable[[Material], FigureSpec]
    part: str = ""
    is_of_incidents: bool = True
    is_made_up: bool = False


def material(
    records: Records, package: Mapping[str, Any], context: Context, answers: Answers | None = None
) -> Material:
    """Collect what all figures of a page share. *answers* must be of these very *records*."""
    return Material(records, package, context, answers or Answers())
