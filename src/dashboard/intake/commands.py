"""Import, undo and the check of the audit trail from the command line. Each returns lines to print and an exit code."""

import argparse
import getpass
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dashboard.domain.faults import BroughtError, MovedError, StoreError
from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.domain.roles import Actor, Role
from dashboard.i18n import faults, problems
from dashboard.i18n.labels import TABLES, labels
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ingest import upload
from dashboard.ingest.package import Loaded, load
from dashboard.intake import layouts, templates
from dashboard.intake.desk import Desk, open_desk
from dashboard.intake.prepare import Languages, Source, prepare
from dashboard.store import engine as engines
from dashboard.store import location, people

Result = tuple[list[str], int]
AS: Final = "the e-mail whose role to act with; no password is asked, so it keeps nobody out (docs/records.md)"
NAMED: Final = 5  # records in a sentence


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands and their options."""
    imported = commands.add_parser("import", help="check a file and store it: everything, or nothing at all")
    imported.add_argument("file", type=Path)
    imported.add_argument("--dry-run", action="store_true", help="check and count; write nothing")
    imported.add_argument("--layout", choices=tuple(layouts.LAYOUTS), help="default: the one that fits the header")
    imported.add_argument("--country", choices=RANGE_COUNTRIES, default="", help="of a CITES report")
    imported.add_argument("--publisher", default="", help="of a CITES report: the authority that reports")
    imported.add_argument("--publisher-kind", default="", help="a code of the list publisher_kind")
    imported.add_argument("--title", default="", help="of a CITES report")
    imported.add_argument("--why", default="", help="a remark for the audit trail")
    _common(imported, import_)

    undone = commands.add_parser("undo", help="take an import back; nothing is deleted")
    undone.add_argument("import_id", type=int)
    undone.add_argument("--why", required=True)
    _common(undone, undo)

    audited = commands.add_parser("audit", help="check the audit trail against itself and the heads kept outside")
    _common(audited, audit)

    template = commands.add_parser("template", help="write an empty sheet with drop-downs (XLSX), or print CSV")
    template.add_argument("--layout", choices=tuple(layouts.LAYOUTS), default=layouts.SHEET)
    template.add_argument("--lang", choices=LANGUAGES, default="en")
    template.add_argument("-o", "--output", type=Path)
    template.set_defaults(run=template_)


def _common(parser: argparse.ArgumentParser, run: object) -> None:
    parser.add_argument("--as", dest="email", default="", help=AS)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.set_defaults(run=run)


def spoken(loaded: Loaded) -> Languages:
    """Both languages with the names of everything."""
    tables = {name: loaded.tables[name].to_dict("records") for name in TABLES}
    return [(translator(lang), labels(tables, lang)) for lang in LANGUAGES]


def actor_of(desk: Desk, email: str) -> Actor:
    """Who acts: the person with that e-mail; without one, whoever owns the SQLite file, with all rights."""
    if email:
        with engines.reading(desk.engine) as connection:
            return people.person(connection, email)
    if location.file(str(desk.engine.url)):
        return Actor(getpass.getuser(), Role.ADMINISTRATOR)
    return Actor("command line")


def import_(options: argparse.Namespace) -> Result:
    """Take a file along the whole road."""
    t, begun = translator(options.lang), time.monotonic()
    loaded = load()
    desk = open_desk(loaded)
    with options.file.open("rb") as content:
        brought = upload.read(content, options.file.name)
        layout = layouts.LAYOUTS[options.layout] if options.layout else layouts.likely(brought.header)
        mapping = layouts.guess(brought.header, layout)
        source = Source(options.country, options.publisher, options.publisher_kind, options.title, options.lang)
        since = desk.state().version
        ready = prepare(
            brought, layout, mapping, desk.ref, there=desk.there, languages=spoken(loaded), source=source, since=since
        )
        lines = [problems.sentence(issue, t) for issue in ready.issues]
        if not ready.is_sound:
            return [*lines, t("Nothing was stored: the file has errors.")], 1
        if (version := desk.imported_in(brought.digest)) is not None:
            return [*lines, came_before(version, t)], 1
        if options.dry_run:
            plan = desk.preview(ready)
            return [*lines, counts(plan.added, plan.changed, plan.unchanged, t), t("Nothing was stored: a dry run.")], 0
        try:
            done = desk.keep(ready, content, actor_of(desk, options.email), options.why)
        except BroughtError as there:
            return [*lines, came_before(there.version, t)], 1
        except MovedError as moved:
            return [*lines, overtaken(moved.records, t)], 1
    seconds = max(time.monotonic() - begun, 0.001)
    lines.append(counts(done.added, done.changed, done.unchanged, t))
    speed = t.number(round(len(ready.cells) / seconds))
    lines.append(t("{seconds} s, {speed} rows a second", seconds=t.number(round(seconds, 1)), speed=speed))
    return [*lines, version_line(desk, t)], 0


def came_before(version: int, t: Translator) -> str:
    """Why a file is not stored twice."""
    return t("This file came in before, as version {number}. To bring it again, take that import back.", number=version)


def overtaken(records: Sequence[str], t: Translator) -> str:
    """Why a file is not stored over what somebody has changed since it was looked at."""
    return t.n(
        "Nothing was stored: meanwhile somebody has changed {n} record of this file ({records}). Look at it again.",
        "Nothing was stored: meanwhile somebody has changed {n} records of this file ({records}). Look at it again.",
        len(records),
        records=", ".join(records[:NAMED]) + (" …" if len(records) > NAMED else ""),
    )


def counts(added: int, changed: int, unchanged: int, t: Translator) -> str:
    """How many rows are new, changed and as before."""
    return t(
        "Rows: {added} new, {changed} changed, {unchanged} as before.",
        added=t.number(added), changed=t.number(changed), unchanged=t.number(unchanged),
    )  # fmt: skip


def version_line(desk: Desk, t: Translator) -> str:
    """The version of the data now."""
    state = desk.state()
    return t(
        "Version {number}, data {version}", number=state.version, version=state.data_version(desk.loaded.data_version)
    )


def undo(options: argparse.Namespace) -> Result:
    """Take an import back."""
    t = translator(options.lang)
    desk = open_desk(load())
    done = desk.undo(options.import_id, actor_of(desk, options.email), options.why)
    return [
        t.n("{n} record is as it was before.", "{n} records are as they were before.", done.changed),
        version_line(desk, t),
    ], 0


def audit(options: argparse.Namespace) -> Result:
    """Check the audit trail."""
    t = translator(options.lang)
    found = open_desk(load()).audit_problems()
    return (found, 1) if found else ([t("The audit trail is whole.")], 0)


def template_(options: argparse.Namespace) -> Result:
    """Write or print an empty sheet."""
    layout = layouts.LAYOUTS[options.layout]
    t = translator(options.lang)
    if options.output is None:
        return [
            ",".join(
                layout.headings if layout.name == layouts.SHEET else [layout.heading(c, t) for c in layout.headings]
            )
        ], 0
    loaded = load()
    said = next(names for one, names in spoken(loaded) if one.lang == options.lang)
    options.output.write_bytes(templates.workbook(layout, t, said, templates.lists(loaded.tables)))
    return [str(options.output)], 0


def run(options: argparse.Namespace) -> tuple[Sequence[str], int]:
    """Run one of these commands; what is not allowed or not there is said, not thrown."""
    try:
        result: Result = options.run(options)
    except StoreError as problem:
        return [faults.sentence(problem.fault, translator(getattr(options, "lang", "en"))), problem.detail], 1
    except (PermissionError, OSError, ValueError, LookupError) as problem:
        return [str(problem)], 1
    return result
