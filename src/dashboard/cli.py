"""The same things without a screen."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from dashboard.i18n import problems
from dashboard.i18n.translator import LANGUAGES, Translator, translator
from dashboard.ingest import describe
from dashboard.ingest.check import has_errors
from dashboard.ingest.package import DATA, load
from dashboard.intake import commands as intake


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

    intake.add_to(commands)
    return parser


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
