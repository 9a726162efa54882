"""Texts that remember how they were said, so that a title can stand on the screen in both languages at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.i18n.labels import Labels
    from dashboard.i18n.translator import Translator


@dataclass(frozen=True, slots=True)
class Source:
    """What a text was made from: the method of the translator (``label`` for a name of a code), and its arguments."""

    method: str
    arguments: tuple[Any, ...]
    values: Mapping[str, Any]


class Said(str):
    """A text in one language. It is an ordinary ``str`` everywhere; only ``again`` looks at its source."""

    __slots__ = ("source",)
    source: Source | None

    def __new__(cls, text: str, source: Source | None = None) -> Said:
        """The text, with where it comes from."""
        said = super().__new__(cls, text)
        said.source = source
        return said

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Leave the source behind where a text is kept or sent."""
        return str, (str(self),)


def again(text: str, t: Translator, labels: Labels) -> str | None:
    """The same said in another language; ``None`` where it was put together by hand and cannot be said again."""
    source = text.source if isinstance(text, Said) else None
    if source is None:
        return None
    arguments = tuple(_inner(one, t, labels) for one in source.arguments)
    if source.method == "label":
        return labels(*arguments)
    say: Callable[..., str] = t if source.method == "t" else getattr(t, source.method)
    return say(*arguments, **{name: _inner(value, t, labels) for name, value in source.values.items()})


def _inner(value: Any, t: Translator, labels: Labels) -> Any:
    if isinstance(value, list):
        return [_inner(one, t, labels) for one in value]
    return (again(value, t, labels) or value) if isinstance(value, Said) else value
