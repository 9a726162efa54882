"""The workshop page: its parts, and who may run them."""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.domain.fields import N_
from dashboard.figures.context import Context
from dashboard.ui import breakouts, ledger, locking, minutes, pin, scenes, scoreboard
from dashboard.ui.controls import Choice

PART: Final = Choice(
    "part",
    N_("Part"),
    ("scenes", "scores", "breakouts", "ledger", "minutes", "lock"),
    ("scenes",),
    names={
        "scenes": N_("Scenes"),
        "scores": N_("Scores"),
        "breakouts": N_("Groups and priorities"),
        "ledger": N_("Strategy"),
        "minutes": N_("Minutes"),
        "lock": N_("Lock and file"),
    },
)


def _for_the_facilitator(part: Callable[[Context], None]) -> Callable[[Context], None]:
    return lambda context: part(context) if pin.is_facilitator() else locking.ask_pin(context)


PARTS: Final[Mapping[str, Callable[[Context], None]]] = {
    "scenes": _for_the_facilitator(scenes.part),
    "scores": _for_the_facilitator(scoreboard.part),
    "breakouts": _for_the_facilitator(breakouts.part),
    "ledger": ledger.part,
    "minutes": _for_the_facilitator(minutes.part),
    "lock": _for_the_facilitator(locking.part),
}
