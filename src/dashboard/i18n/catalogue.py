"""Keeps the catalogues complete: finds every text in the code and merges it into both languages.

Run ``python -m dashboard.i18n.catalogue`` after changing a text; then translate what it names.
"""

from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.i18n.translator import LANGUAGES, catalogue_path

ROOT: Final = Path(__file__).parents[3]
FOLDERS: Final = ("src", "pages")
KEYWORDS: Final = {"t": None, "n": (1, 2), "N_": None}


def extract() -> Catalog:
    """Every text marked with ``t``, ``t.n`` or ``N_`` in the code, with where it stands."""
    catalogue = Catalog(project="dashboard", version="", copyright_holder="the project", charset="utf-8")
    for folder in FOLDERS:
        found = extract_from_dir(ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for path, line, text, _comments, context in sorted(found, key=lambda one: one[:2]):
            catalogue.add(text, locations=[(f"{folder}/{Path(path).as_posix()}", line)], context=context)
    return catalogue


def load(lang: str) -> Catalog:
    """The catalogue of a language as committed."""
    with catalogue_path(lang).open("rb") as file:
        return read_po(file, locale=lang)


def untranslated(catalogue: Catalog) -> list[Message]:
    """Texts without a translation, or with one that is only a guess."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(_forms(message)))]


def _forms(message: Message) -> list[str]:
    return [
        str(form or "") for form in ([message.string] if isinstance(message.string, str) else message.string or [""])
    ]


def update(lang: str) -> Catalog:
    """Merge the texts of the code into a catalogue; English says what the code says."""
    catalogue = load(lang)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if lang == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
                message.flags.discard("fuzzy")
    with catalogue_path(lang).open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, sort_output=True, no_location=True)
    return catalogue


if __name__ == "__main__":
    for language in LANGUAGES:
        missing = untranslated(update(language))
        print(f"{language}: {len(missing)} to translate")
        for message in missing:
            print(f"  {message.id!r}")
