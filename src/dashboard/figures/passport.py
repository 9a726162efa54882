"""What a figure says of itself wherever it goes, in words."""

from dashboard.figures.spec import FigureSpec
from dashboard.i18n.translator import Translator, translator

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def facts(spec: FigureSpec, says: Translator | None = None) -> list[str]:
    """The line under a figure: how many, what is not known, which records, from where, of when."""
    t, passport = says or translator(spec.passport.lang), spec.passport
    of_when = [t.date(passport.as_of)] if passport.as_of else []
    return [
        t("n = {n}", n=t.number(spec.n)),
        t("Not known: {unknown}", unknown=spec.unknown),
        passport.filters,
        t("Source: {source}", source=passport.source),
        ", ".join([t("Data {version}", version=passport.data_version), *of_when]),
        *([passport.boundary_note] if passport.boundary_note else []),
    ]


def notes(spec: FigureSpec) -> list[tuple[str, str]]:
    """The same for a sheet of notes: what it is called, and what it is."""
    t, passport = translator(spec.passport.lang), spec.passport
    said = [
        (t("Title"), spec.title),
        (t("Caption"), spec.caption),
        (t("Number of records (n)"), t.number(spec.n)),
        (t("Not known"), spec.unknown),
        (t("Selection"), passport.filters),
        (t("Source"), passport.source),
        (t("Data version"), passport.data_version),
        (t("Date of the data"), t.date(passport.as_of) if passport.as_of else ""),
        (t("Boundaries"), passport.boundary_note),
        (t("In words"), spec.alt),
        (t("Licence"), t("Compilation: CC BY 4.0; each source keeps its own rights.")),
        (t("This view"), passport.link),
    ]
    return [(name, " ".join(value.split())) for name, value in said if value]


def reopen(spec: FigureSpec) -> str:
    """What stands before the link. An address of one computer says so."""
    t = translator(spec.passport.lang)
    if any(f"//{host}" in spec.passport.link for host in LOOPBACK):
        return t("This view, on the computer that made it:")
    return t("This view:")
