"""A small reader for one-sided formulas such as ``~ hub + season:border - 1``."""

import re
from dataclasses import dataclass
from itertools import combinations

Term = tuple[str, ...]
"""Names multiplied with each other; the empty term is the intercept."""

_NAME = r"[^\W\d][\w.]*"  # letters of any alphabet; dots as in R
_TOKEN = re.compile(rf"\s*(factor\(\s*{_NAME}\s*\)|{_NAME}|[01]|[-+:*~])")


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: its terms, lowest order first, and the names to be read as factors."""

    terms: tuple[Term, ...]
    factors: frozenset[str] = frozenset()

    @property
    def has_intercept(self) -> bool:
        """Whether there is a constant term."""
        return () in self.terms

    @property
    def names(self) -> tuple[str, ...]:
        """Covariates in the order of first mention."""
        return tuple(dict.fromkeys(name for term in self.terms for name in term))

    def with_factor(self, name: str) -> "Formula":
        """The same formula with one level per value of *name* in place of the intercept."""
        if name in self.names:
            return self
        return Formula(((name,), *(t for t in self.terms if t)), self.factors)


def parse(text: str) -> Formula:
    """Read a formula.

    Knows the intercept (``1``; ``- 1`` or ``0`` drops it), names, sums, products (``a:b``; ``a*b`` is
    ``a + b + a:b``; ``a:a`` is the square) and ``factor(a)`` for a number to be read as a factor.
    Raises ``ValueError`` with the place where reading failed.
    """
    tokens = _tokens(text)
    if tokens and tokens[0] == "~":
        tokens = tokens[1:]
    if not tokens or "~" in tokens:
        raise ValueError(f"formula {text!r} must look like '~ 1' or '~ a + b:c - 1'")
    intercept, factors = True, set()
    terms: list[Term] = []
    for sign, piece in _pieces(tokens, text):
        if piece in (["1"], ["0"]):
            intercept = (piece == ["1"]) == (sign == "+")
            continue
        if sign == "-" or {"0", "1"} & set(piece):
            raise ValueError(f"formula {text!r}: only the intercept can be removed, with '- 1'")
        for place, name in enumerate(piece):
            if name.startswith("factor("):
                piece[place] = name[7:-1].strip()
                factors.add(piece[place])
        terms += _expand(piece)
    ordered = sorted(dict.fromkeys(terms), key=len)
    if not ordered and not intercept:
        raise ValueError(f"formula {text!r} has no term left to estimate")
    return Formula((*([()] if intercept else []), *ordered), frozenset(factors))


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if not match:
            raise ValueError(f"formula {text!r} cannot be read from {text[at:].strip()!r} on")
        tokens.append(match[1])
        at = match.end()
    return tokens


def _pieces(tokens: list[str], text: str) -> list[tuple[str, list[str]]]:
    """Split at plus and minus; each piece alternates names and product signs."""
    pieces: list[tuple[str, list[str]]] = []
    sign, current = "+", list[str]()
    for token in [*tokens, "+"]:
        if token not in "+-":  # noqa: S105
            current.append(token)
            continue
        if current:
            pieces.append((sign, current))
        elif pieces or token is tokens[-1]:
            raise ValueError(f"formula {text!r} has a sign without a term")
        sign, current = token, []
    for _, piece in pieces:
        if len(piece) % 2 == 0 or any((t in ":*") != bool(i % 2) for i, t in enumerate(piece)):
            raise ValueError(f"formula {text!r}: {' '.join(piece)!r} is not a product of names")
    return pieces


def _expand(piece: list[str]) -> list[Term]:
    """Turn ``a : b * c`` into its terms; ':' binds closer than '*'."""
    groups: list[Term] = []
    for place, token in enumerate(piece):
        if place == 0 or piece[place - 1] == "*":
            groups.append((token,))
        elif place % 2 == 0:
            groups[-1] = (*groups[-1], token)
    return [
        tuple(name for group in chosen for name in group)
        for order in range(1, len(groups) + 1)
        for chosen in combinations(groups, order)
    ]
