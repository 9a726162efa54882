"""The figures of justice, for the catalogue. What the reader did not choose has its usual value."""

from typing import Final
from weakref import WeakKeyDictionary

from dashboard.analysis import Frame, justice
from dashboard.analysis.justice import Tally
from dashboard.domain.records import Records
from dashboard.figures import justice as figures
from dashboard.figures import justice_penalties as penalties
from dashboard.figures import justice_published as published
from dashboard.figures import justice_time as time
from dashboard.figures.context import Context
from dashboard.figures.material import Entry, Material
from dashboard.figures.spec import FigureSpec

USUAL: Final = {  # what holds where a link says nothing; ``ui.justice_choices`` starts from it
    "interval": ("jeffreys",),
    "step": (figures.LAST,),
    "of": (str(justice.Denominator.DECIDED),),
}


# Every figure of one run asks for the same; what was selected in a run is forgotten with it.
_CASES: Final[WeakKeyDictionary[Records, Frame]] = WeakKeyDictionary()
_TALLIES: Final[WeakKeyDictionary[Records, dict[str, Tally]]] = WeakKeyDictionary()


def cases(selected: Records) -> Frame:
    """The cases of a selection."""
    if (found := _CASES.get(selected)) is None:
        found = _CASES[selected] = justice.cases(selected)
    return found


def tallies(selected: Records) -> dict[str, Tally]:
    """What is counted of each country."""
    if (found := _TALLIES.get(selected)) is None:
        found = _TALLIES[selected] = justice.tallies(cases(selected))
    return found


def total(selected: Records) -> Tally:
    """What is counted of all countries of the selection."""
    return justice.total(tallies(selected))


def _reader(m: Material) -> Context:
    return m.reader(USUAL)


def _funnel(m: Material) -> FigureSpec:
    return figures.funnel(justice.funnel(cases(m.selected)), total(m.selected), _reader(m))


def _persons(m: Material) -> FigureSpec:
    return figures.persons(justice.persons(cases(m.selected)), total(m.selected), _reader(m))


def _rates(m: Material) -> FigureSpec:
    context, tally = _reader(m), total(m.selected)
    return figures.rates(justice.rates(tally, _method(context)), tally, context)


def _by_country(m: Material) -> FigureSpec:
    context = _reader(m)
    counts = justice.funnel(cases(m.selected), "country")
    return figures.by_country(counts, tallies(m.selected), context.chosen("step"), context)


def _compare(m: Material) -> FigureSpec:
    context, found = _reader(m), tallies(m.selected)
    why_not = justice.differences(found, m.selected["coverage"], justice.fined(cases(m.selected)))
    of = justice.Denominator(context.chosen("of"))
    compared = justice.compare(found, of, _method(context), why_not)
    return figures.compare(compared, found, context)


def _method(context: Context) -> justice.Method:
    return "wilson" if context.chosen("interval") == "wilson" else "jeffreys"


def _terms(m: Material) -> FigureSpec:
    laws = justice.statutes(m.selected["provisions"], m.context.selection.countries)
    return penalties.terms(justice.terms(cases(m.selected)), laws, total(m.selected).convicted, _reader(m))


def _statutes(m: Material) -> FigureSpec:
    rows = justice.provision_rows(m.selected["provisions"], m.context.selection.countries)
    return penalties.provisions(rows, _reader(m))


def _fines(m: Material) -> FigureSpec:
    return penalties.fines(justice.fines(cases(m.selected)), _reader(m))


def _statistics(m: Material) -> Frame:
    return justice.statistics(m.selected["justice_statistics"], m.context.selection)


def _shared_base(m: Material) -> FigureSpec:
    return published.shared_base(justice.shared_base(_statistics(m)), _reader(m))


def _lone_figures(m: Material) -> FigureSpec:
    return published.lone_figures(justice.lone_figures(_statistics(m)), _reader(m))


def _illustrations(m: Material) -> FigureSpec:
    return published.illustrations(justice.illustrations(_statistics(m)), _reader(m))


def _decision(m: Material) -> FigureSpec:
    return time.decision(justice.time_of(cases(m.selected), m.context.as_of), _reader(m))


def _open_cases(m: Material) -> FigureSpec:
    return time.open_cases(justice.open_cases(cases(m.selected), int(m.context.as_of[:4])), _reader(m))


JUSTICE: Final[dict[str, Entry]] = {
    "justice-funnel": Entry("justice", _funnel, "steps"),
    "justice-persons": Entry("justice", _persons, "steps"),
    "justice-rates": Entry("justice", _rates, "steps"),
    "justice-by-country": Entry("justice", _by_country, "countries"),
    "justice-compare": Entry("justice", _compare, "countries"),
    "justice-terms": Entry("justice", _terms, "sentences", is_of_incidents=False),
    "justice-statutes": Entry("justice", _statutes, "sentences", is_of_incidents=False),
    "justice-fines": Entry("justice", _fines, "sentences"),
    "justice-published-rates": Entry("justice", _shared_base, "official", is_of_incidents=False),
    "justice-published-figures": Entry("justice", _lone_figures, "official", is_of_incidents=False),
    "justice-illustrations": Entry("justice", _illustrations, "official", is_of_incidents=False),
    "justice-time": Entry("justice", _decision, "time"),
    "justice-open": Entry("justice", _open_cases, "time"),
}
