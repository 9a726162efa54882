"""The projector-safe lock in words: a sentence does not tell what a figure withholds."""

import re
from functools import cache
from typing import Final

from dashboard.domain.workshop import SMALLEST_CELL
from dashboard.i18n.said import Said, Source
from dashboard.i18n.translator import Translator

MANY: Final = 5  # "fewer than" takes the plural that five takes, in both languages
UNDER: Final = f"<{SMALLEST_CELL}"
PAIR: Final = "{n} of {all}"
COUNTED: Final = re.compile(  # by the English wording, which is the name of a text in every language
    r"incident|\bcases?\b|convict|person\b|persons\b|animals|items|sentence|suspended|prison term|\{n\} terms? of"
    r"|final outcome|step in law|\bended in\b|^n = |\{arrest"
)


class Discreet(Translator):
    """Says ``<3`` for one or two incidents, cases or persons, and ``>19`` for 20 or 21 of 22 of them."""

    def __call__(self, message: str, **values: object) -> str:
        """The text in this language; numbers of incidents that are too small are not told."""
        if message == PAIR or COUNTED.search(message):
            shown = {name: self._told(value, _number(values.get("all"))) for name, value in values.items()}
            translated: str = self._texts.ugettext(message)
            return Said(translated.format(**shown) if values else translated, Source("t", (message,), values))
        return super().__call__(message, **values)

    def n(self, one: str, many: str, n: int, **values: object) -> str:
        """The text in the plural form that *n* needs, or what it needs where *n* is not told."""
        if not COUNTED.search(many):
            return super().n(one, many, n, **values)
        total = next((m for m in map(_number, values.values()) if m is not None and m > n), None)
        told = self._told(self.number(n), total)
        translated: str = self._texts.ungettext(one, many, n if told == self.number(n) else MANY)
        shown = {name: self._told(value, n if n > (_number(value) or n) else total) for name, value in values.items()}
        return Said(translated.format(n=told, **shown), Source("n", (one, many, n), values))

    def _told(self, value: object, total: float | None) -> object:
        number = _number(value)
        if number is None:
            return value
        if 0 < number < SMALLEST_CELL:
            return UNDER
        if total is not None and 0 < total - number < SMALLEST_CELL:
            return f">{self.number(total - SMALLEST_CELL)}"
        return value


def _number(value: object) -> float | None:
    """The whole number that was said, or that a sentence about one was said of."""
    source = value.source if isinstance(value, Said) else None
    if source and source.method == "number":
        found = source.arguments[0]
        return found if float(found).is_integer() else None
    return None


@cache
def discreet(lang: str) -> Discreet:
    """The discreet translator of a language."""
    return Discreet(lang)
