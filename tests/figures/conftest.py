"""Readers for whom figures are drawn."""

import pytest

from dashboard.domain.selection import Selection
from dashboard.figures.context import Context
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import translator


@pytest.fixture(scope="session")
def context_for(loaded):
    reference = {name: loaded.tables[name].to_dict("records") for name in TABLES}

    def make(lang: str = "en", view: dict[str, tuple[str, ...]] | None = None, **chosen) -> Context:
        return Context(
            translator(lang),
            labels(reference, lang),
            Selection(**chosen),
            "1+test",
            f"http://localhost/?lang={lang}",
            view=view or {},
        )

    return make
