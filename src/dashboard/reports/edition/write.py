"""Writes the edition: pages, figures, tables, fonts, a manifest and checksums; whole, or not at all."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.figures.catalogue import Material
from dashboard.reports.edition import tables
from dashboard.reports.edition.leaves import HOME, NAMES, Chapter, Leaf, by_name, country_page, leaves, totals
from dashboard.reports.edition.shown import Shown, shown

KIND: Final = "dashboard-edition"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
ROOT: Final = Path(__file__).parents[4]
TEMPLATES: Final = Path(__file__).parent / "templates"
OWN_NAMES: Final = {"en": "English", "ru": "Русский"}  # each in itself
FONTS: Final = ("Inter.woff2", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "OFL-Inter.txt", "OFL-NotoSans.txt")
DOCUMENTS: Final = ("docs/data-licences.md", "docs/data-dictionary.md", "LICENSE")
Say = Callable[[str], None]


class NotAnEditionError(ValueError):
    """The folder holds something that is not ours; the text says what."""


def publish(folder: Path, readers: Sequence[Material], package: bytes, say: Say) -> int:
    """Write the edition to *folder* and return the number of its files.

    *readers* are the same records as readers of each language see them who selected nothing; *package* is the zipped
    data package of the record sheet. Everything is written beside *folder* first and takes its place at the end; an
    earlier edition is replaced, anything else is left alone.
    """
    folder = folder.resolve()
    _refuse(folder)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for place, reader in enumerate(readers):
            for leaf in _all(leaves(reader), say, reader.context.lang, 1 + place, len(readers)):
                _leaf(beside, leaf, readers, reader)
        _write(beside, "index.html", _start(readers).encode())
        for name, content in {**_assets(), **_data(readers[0], package)}.items():
            _write(beside, name, content)
        count = _sealed(beside, readers)
        with suppress(OSError):  # a stick may know no rights
            beside.chmod(0o755)
        _take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return count


def _refuse(folder: Path) -> None:
    """Nothing that we did not write is ever replaced."""
    if not folder.parent.is_dir():
        raise NotAnEditionError(f"there is no folder {folder.parent}")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    manifest = folder / MANIFEST
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
        ours = {*found["files"], MANIFEST, SUMS} if found["kind"] == KIND else set()
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    if not ours:
        raise NotAnEditionError(f"{folder} is not empty and not an edition: name a new folder")
    strangers = sorted({p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - ours)
    if strangers:
        raise NotAnEditionError(f"{folder} holds files that are not of the edition, {strangers[0]} for one: move them")


def _take_place(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    old = folder.with_name(f"{beside.name}-old")
    folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)


def _all(found: Iterator[Leaf], say: Say, lang: str, place: int, of: int) -> Iterator[Leaf]:
    for number, leaf in enumerate(found, 1):
        say(f"[{place}/{of}] {lang}/{leaf.name}.html ({number})")
        yield leaf


def _leaf(root: Path, leaf: Leaf, readers: Sequence[Material], reader: Material) -> None:
    context = reader.context
    is_country = leaf.name.startswith(country_page(""))
    chapters: list[tuple[Chapter, list[Shown]]] = []
    for chapter in leaf.chapters:
        figures = []
        for spec in chapter.figures:
            one, files = shown(spec, leaf.name.removeprefix(country_page("")) if is_country else "")
            figures.append(one)
            for name, content in files.items():
                _write(root, f"{context.lang}/{name}", content)
        chapters.append((chapter, figures))
    page = _templates().get_template("page.html")
    drawn = page.render(
        leaf=leaf,
        chapters=chapters,
        lang=context.lang,
        languages=[(one.context.lang, OWN_NAMES[one.context.lang]) for one in readers],
        menu=[(name, context.t(title)) for name, title in NAMES.items()],
        within="countries" if is_country else "",
        says=_says(reader),
        downloads=_downloads(reader) if leaf.name == "data" else [],
    )
    _write(root, f"{context.lang}/{leaf.name}.html", drawn.encode())


def _start(readers: Sequence[Material]) -> str:
    books = []
    for reader in readers:
        says, home = _says(reader), next(leaves(reader))
        said = {"lang": reader.context.lang, "own": OWN_NAMES[reader.context.lang], "name": says["name"]}
        books.append({**said, "headline": home.headline, "remark": home.remark, "version": says["version"]})
    return _templates().get_template("start.html").render(books=books, home=HOME)


def _says(reader: Material) -> dict[str, str]:
    """What stands on every page."""
    context, t = reader.context, reader.context.t
    version = t("Data {version}", version=context.data_version)
    return {
        "name": t("Illegal wildlife trade in High Asia"),
        "pages": t("Pages"),
        "contents": t("On this page"),
        "skip": t("To the content"),
        "search": t("Search in this table"),
        "of": t("{n} of {all}"),
        "numbers": t("The numbers behind this figure"),
        "references": t("Sources"),
        "none": t("None."),
        "files": t("Files"),
        "version": ", ".join([version, *([t.date(context.as_of)] if context.as_of else [])]),
        "cite": t(
            "Cite as: Illegal wildlife trade in the snow leopard range countries, public records, data version "
            "{version}.",
            version=context.data_version,
        ),
        "licence": t("Compilation: CC BY 4.0; each source keeps its own rights."),
    }


def _downloads(reader: Material) -> list[tuple[str, str, str]]:
    """The files of data: address, name, and what it is."""
    t = reader.context.t
    package = t("Describes all tables: what each column means, licence, version and citation (Frictionless).")
    sheet = t("All records as one sheet, which can be imported again.")
    named = [
        (tables.DESCRIPTOR, t("Data package"), package),
        ("record-sheet.csv", t("Record sheet"), sheet),
        *((tables.file_of(name), t(tables.label(name)), "CSV") for name in tables.GIVEN),
        ("data-licences.md", t("Whose data it is"), t("in English")),
        ("data-dictionary.md", t("Data dictionary"), t("in English")),
    ]
    found = [(f"../data/{file}", title, remark) for file, title, remark in named]
    return [*found, (f"../{SUMS}", SUMS, t("A checksum of every file.")), (f"../{MANIFEST}", MANIFEST, "JSON")]


def _assets() -> dict[str, bytes]:
    found = {f"assets/fonts/{name}": (ROOT / "static" / "fonts" / name).read_bytes() for name in FONTS}
    found["assets/icon.png"] = (ROOT / "static" / "icon.png").read_bytes()
    return found | {f"assets/{name}": (TEMPLATES / name).read_bytes() for name in ("edition.css", "edition.js")}


def _data(reader: Material, package: bytes) -> dict[str, bytes]:
    found = {f"data/{name}": content for name, content in tables.files(reader.records, package).items()}
    return found | {f"data/{Path(name).name}": (ROOT / name).read_bytes() for name in DOCUMENTS}


def _sealed(root: Path, readers: Sequence[Material]) -> int:
    """Write what the edition is, and a checksum of every file. No clock: the same records are the same bytes."""
    context = readers[0].context
    files = _files(root)
    manifest: Mapping[str, Any] = {
        "kind": KIND,
        "title": str(readers[0].package["title"]),
        "data_version": context.data_version,
        "as_of": context.as_of,
        "languages": [reader.context.lang for reader in readers],
        "countries": by_name(readers[0]),
        "totals": totals(readers[0]),
        "files": {name: {"bytes": len(content), "sha256": _digest(content)} for name, content in files.items()},
    }
    _write(root, MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    lines = [f"{_digest(content)}  {name}\n" for name, content in _files(root).items()]
    _write(root, SUMS, "".join(lines).encode())
    return len(lines) + 1


def _files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
