"""Where the data behind a figure come from, when they are not simply the shipped records."""

from dataclasses import dataclass, replace

from dashboard.figures.context import Context
from dashboard.figures.spec import Passport


@dataclass(frozen=True, slots=True)
class Origin:
    """A source in words, and the version of its data; without one, that of the shipped data."""

    source: str
    version: str = ""

    def passport(self, figure_id: str, filters: str, context: Context) -> Passport:
        """The passport of a figure of these data; *filters* says what was chosen or assumed."""
        plain = context.passport(figure_id, self.source)
        return replace(plain, filters=filters, data_version=self.version or plain.data_version)


def public(context: Context) -> Origin:
    """The shipped records."""
    return Origin(context.t("Public sources: news, court and agency notices"))


def made_up(context: Context) -> Origin:
    """A simulation."""
    return Origin(context.t("Simulation with made-up numbers: this is not data"), context.t("made up"))


def uploaded(file: str, context: Context) -> Origin:
    """A reader's own file."""
    return Origin(file, context.t("your file"))
