"""Texts, numbers and dates in one language."""

import io
import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations

from dashboard.i18n.said import Said, Source

LANGUAGES: Final = ("en", "ru")
DEFAULT: Final = "en"
CATALOGUES: Final = Path(__file__).parent / "locale"


class Translator:
    """Says things in one language: ``t("Seizures")``, ``t.n("{n} case", "{n} cases", 3)``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._locale = Locale.parse(lang)
        self._texts = _catalogue(lang)

    def __call__(self, message: str, **values: object) -> str:
        """The text in this language, with ``{placeholders}`` filled."""
        translated: str = self._texts.ugettext(message)
        return Said(translated.format(**values) if values else translated, Source("t", (message,), values))

    def n(self, one: str, many: str, n: int, **values: object) -> str:
        """The text in the plural form that *n* needs; ``{n}`` is *n* as this language writes it."""
        translated: str = self._texts.ungettext(one, many, n)
        return Said(translated.format(n=self.number(n), **values), Source("n", (one, many, n), values))

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        return Said(_decimal(value, self.lang), Source("number", (value,), {}))

    def months(self, count: float) -> str:
        """A number of months, which need not be whole: Russian then has a form of its own."""
        t = self
        whole = float(count).is_integer()
        return t.n("{n} month", "{n} months", int(count)) if whole else t("{n} months", n=t.number(count))

    def percent(self, share: float) -> str:
        """A share (0-1) as whole percent."""
        pattern = "#,##0\u00a0%" if self.lang == "ru" else "#,##0%"
        return Said(format_percent(share, pattern, locale=self._locale), Source("percent", (share,), {}))

    def date(self, text: str) -> str:
        """A partial ISO date in words, as precise as it is."""
        return Said(self._date(text), Source("date", (text,), {}))

    def _date(self, text: str) -> str:
        year, *rest = (int(part) for part in text.split("-"))
        if not rest:
            return str(year)
        if len(rest) == 1:
            words = format_skeleton("yMMMM", date(year, rest[0], 1), locale=self._locale)
            return re.sub(r"\s*г\.$", "", words)
        return format_date(date(year, *rest), "d MMMM y", locale=self._locale)

    def month(self, number: int) -> str:
        """The short name of a calendar month, 1 to 12."""
        return format_date(date(2000, number, 1), "LLL", locale=self._locale)

    def list(self, items: list[str]) -> str:
        """Items joined as this language joins them: "a, b and c"."""
        return Said(format_list(items, locale=self._locale), Source("list", (items,), {}))


@lru_cache(maxsize=4096)
def _decimal(value: float, lang: str) -> str:
    """A page says some hundred numbers, and mostly the same ones: Babel takes a tenth of a millisecond for each."""
    return str(format_decimal(value, locale=lang))


@cache
def translator(lang: str) -> Translator:
    """The translator of a language; its catalogue is read once."""
    return Translator(lang)


def catalogue_path(lang: str) -> Path:
    """Where the texts of a language are kept."""
    return CATALOGUES / lang / "LC_MESSAGES" / "dashboard.po"


def _catalogue(lang: str) -> Any:
    """Read the ``.po`` file itself: there is no compiled copy that could be out of date."""
    with catalogue_path(lang).open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
