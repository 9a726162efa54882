"""The same things without a screen."""

import argparse
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from dashboard.analysis.overview import headline
from dashboard.analysis.prepared import prepared
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.records import Records
from dashboard.domain.selection import Selection
from dashboard.figures import catalogue
from dashboard.figures.catalogue import FIGURES, Material
from dashboard.figures.context import Context
from dashboard.figures.export import FORMATS, export
from dashboard.i18n import problems
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ingest import describe
from dashboard.ingest.check import has_errors
from dashboard.ingest.package import DATA, descriptor, load
from dashboard.intake import commands as intake
from dashboard.intake import roles
from dashboard.store import location
from dashboard.store.records import compact, records

ADDRESS: Final = "http://localhost:8501"  # where `make run` serves


class RefusedError(ValueError):
    """What was asked cannot be done; the text says why and what can be."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 1 when the data has errors."""
    options = _parser().parse_args(arguments)
    result = intake.run(options)
    for line in result[0]:
        print(line)
    return result[1]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dashboard", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check all files under data/ and print every Issue; exit 1 on errors")
    check.add_argument("folder", nargs="?", type=Path, default=DATA, help="the data folder (default: the shipped one)")
    check.add_argument("--lang", choices=LANGUAGES, default="en")
    check.set_defaults(run=_check)

    described = commands.add_parser("describe", help="write data/datapackage.json and docs/data-dictionary.md")
    described.set_defaults(run=_describe)

    figure = commands.add_parser("figure", help="write one figure to a file; its ending says the format")
    figure.add_argument("figure", choices=FIGURES, metavar="ID", help=", ".join(FIGURES))
    _add_view(figure)
    figure.add_argument("--lang", choices=LANGUAGES, nargs="+", default=["en"], help="two languages: side by side")
    figure.set_defaults(run=_figure)

    report = commands.add_parser(
        "report",
        help="write the report of one country, or of several side by side (none: all of the range); the ending of FILE "
        "says the format",
    )
    _add_view(report)
    report.add_argument("--lang", choices=LANGUAGES, nargs=1, default=["en"])
    report.add_argument(
        "--all", action="store_true", help="a zip with one report of every country in every language and format"
    )
    report.add_argument("--template", type=Path, help="a .docx or .pptx file whose styles, masters and logos are used")
    report.set_defaults(run=_report)

    published = commands.add_parser("publish", help="write all of it as files that need no server")
    published.add_argument("folder", type=Path, metavar="OUT", help="a new folder, or that of an earlier edition")
    published.add_argument("--lang", choices=LANGUAGES, nargs="+", default=list(LANGUAGES))
    published.add_argument("--address", default=ADDRESS, help=f"where links in figures lead (default: {ADDRESS})")
    published.set_defaults(run=_publish)

    intake.add_to(commands)
    roles.add_to(commands)
    return parser


def _add_view(parser: argparse.ArgumentParser) -> None:
    countries = sorted(RANGE_COUNTRIES)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument("--country", choices=countries, nargs="+", action="extend", default=[], metavar="ISO3")
    parser.add_argument("--address", default=ADDRESS, help=f"where the link leads (default: {ADDRESS})")


def _figure(options: argparse.Namespace) -> intake.Result:
    entry = FIGURES[options.figure]
    _kind(options.output, FORMATS)
    readers = views(options.country, options.lang, options.address, entry.page, entry.part)
    if entry.is_of_incidents and not headline(readers[0].selected).incident_count:
        raise RefusedError(readers[0].context.t("No record matches these filters."))
    return _write(options.output, export([entry.make(reader) for reader in readers], _kind(options.output, FORMATS)))


def _report(options: argparse.Namespace) -> intake.Result:
    from dashboard.reports import country, export, region

    if options.all:
        return _all_reports(options)
    kind = _kind(options.output, export.FORMATS)
    if options.template and options.template.suffix.lower() != f".{kind}":
        raise RefusedError(f"{options.template.name} is no template for {options.output.name}: the endings must agree")
    is_of_one = len(set(options.country)) == 1
    (reader,) = views(options.country, options.lang, options.address, "country" if is_of_one else "")
    made = (country if is_of_one else region).report(reader)
    return _write(options.output, export.export(made, kind, options.template))


def _all_reports(options: argparse.Namespace) -> intake.Result:
    """Every report in one archive; the name of each file is printed when it is made."""
    from dashboard.reports import archive

    _kind(options.output, ("zip",))
    read = partial(views, address=options.address, page="country")
    made = archive.write(options.output, options.country, read, options.template)
    for name in made:
        print(name, flush=True)
    return [str(options.output)], 0


def _publish(options: argparse.Namespace) -> intake.Result:
    from dashboard.intake.outgoing import for_everybody, package
    from dashboard.reports.edition.write import publish

    readers = views([], options.lang, options.address)
    context = readers[0].context
    zipped = package(
        for_everybody(load()), readers[0].package, context.data_version, context.filters_in_words(), context.link
    )
    count = publish(options.folder, readers, zipped, print)
    return [f"{options.folder}/index.html", f"{count} files"], 0


@cache
def _current() -> tuple[Records, dict[str, Any]]:
    """The newest records as pages show them, and the tables that names are taken from; read once a process."""
    loaded = load()
    if has_errors(loaded.issues):
        raise RefusedError("the files under data/ have errors; run `dashboard check` to see all of them")
    tables, version = loaded.tables, loaded.data_version
    if location.exists(location.url()):
        from dashboard.intake.desk import open_desk

        desk = open_desk(loaded)
        tables, version = desk.tables(), desk.state().data_version(version)
    reference = {name: tables[name].to_dict("records") for name in TABLES}
    tables = compact(tables)
    incidents = prepared(records(tables, version))["incidents"].collect().to_pandas()
    return records(compact({**tables, "incidents": incidents}), version), reference


def views(
    countries: Sequence[str], languages: Sequence[str], address: str = ADDRESS, page: str = "", part: str = ""
) -> list[Material]:
    """What figures are made from, as readers of each language see it who chose these countries."""
    found, reference = _current()
    package = descriptor()
    selection = Selection(countries=tuple(dict.fromkeys(countries)))

    def context(lang: str) -> Context:
        link = [f"{address.rstrip('/')}/{page}?lang={lang}", selection.query(), f"part={part}" if part else ""]
        return Context(
            t=translator(lang),
            labels=labels(reference, lang),
            selection=selection,
            data_version=found.data_version,
            link="&".join(filter(None, link)),
            as_of=str(package["created"])[:10],
        )

    return [catalogue.material(found, package, context(lang)) for lang in languages]


def _kind(output: Path, known: Iterable[str]) -> str:
    """The format that the ending of the file name asks for."""
    kind = output.suffix.lstrip(".").lower()
    if kind not in known:
        endings = ", ".join(f".{name}" for name in known)
        raise RefusedError(f"{output.name}: the name must end with one of {endings}")
    return kind


def _write(output: Path, content: bytes) -> intake.Result:
    if not output.parent.is_dir():
        raise RefusedError(f"there is no folder {output.parent}")
    output.write_bytes(content)
    return [str(output)], 0


def _check(options: argparse.Namespace) -> intake.Result:
    t = translator(options.lang)
    loaded = load(options.folder)
    lines = [problems.sentence(issue, t) for issue in loaded.issues]
    lines.append(_summary(len(loaded.issues), loaded.data_version, t))
    return lines, 1 if has_errors(loaded.issues) else 0


def _summary(count: int, version: str, t: Translator) -> str:
    found = t.n("{n} issue", "{n} issues", count)
    return t("{found} in data version {version}", found=found, version=version or "–")


def _describe(_: argparse.Namespace) -> intake.Result:
    describe.write()
    return [], 0


if __name__ == "__main__":
    raise SystemExit(main())
