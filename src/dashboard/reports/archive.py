"""Every country report in every language and format, as one archive with a manifest and checksums.

Processes share the work. They are started by a server that has loaded the libraries once (where the system can fork),
so that the machine holds those only once.
"""

import json
import multiprocessing
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

from dashboard.domain.fields import RANGE_COUNTRIES
from dashboard.figures.catalogue import Material
from dashboard.i18n.translator import LANGUAGES
from dashboard.reports import templates

MANIFEST: Final = "manifest.json"
CHECKSUMS: Final = "SHA256SUMS"
KINDS: Final = ("docx", "pptx", "pdf")
PROCESSES: Final = 2
LIBRARIES: Final = "dashboard.reports.warm"  # what every process needs
Read = Callable[[Sequence[str], Sequence[str]], list[Material]]
Job = tuple[str, str, Read, Path | None]  # country, language, what it is read with, template


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one country in one language, by format."""

    country: str
    language: str
    data_version: str
    as_of: str
    files: dict[str, bytes]


def count(countries: Sequence[str] = ()) -> int:
    """How many reports there will be."""
    return len(set(countries) or RANGE_COUNTRIES) * len(LANGUAGES) * len(KINDS)


def write(
    output: Path, countries: Sequence[str], read: Read, template: Path | None = None, processes: int = PROCESSES,
    beforehand: str = "",
) -> Iterator[str]:  # fmt: skip
    """Write the archive, of all countries of the range where none is named; yield the name of each file when it is in.

    *read* gives what a report is made from and must be known to another process by its name. *beforehand* names a
    module that is imported before the processes part: what it reads they share. Where anything fails there is no
    archive: it takes its name when it is whole.
    """
    if not output.parent.is_dir():
        raise ValueError(f"there is no folder {output.parent}")
    templates.of("", template)
    jobs = [
        (country, lang, read, template)
        for country, lang in product(sorted(set(countries) or RANGE_COUNTRIES), LANGUAGES)
    ]
    unfinished = output.with_name(f"{output.name}.part")
    listed: list[dict[str, Any]] = []
    last: Made | None = None
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:  # what is in it is compressed already
            for last in _in_rounds(jobs, processes, beforehand):
                for kind, content in last.files.items():
                    listed.append(_listed(last, kind, content))
                    _add(archive, listed[-1]["file"], content, last.as_of)
                    yield listed[-1]["file"]
            if last is None:
                raise ValueError("no report to write")
            about = {"data_version": last.data_version, "as_of": last.as_of, "files": listed}
            _add(archive, MANIFEST, json.dumps(about, ensure_ascii=False, indent=2).encode(), last.as_of)
            sums = "".join(f"{one['sha256']}  {one['file']}\n" for one in listed)
            _add(archive, CHECKSUMS, sums.encode(), last.as_of)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _in_rounds(jobs: Sequence[Job], processes: int, beforehand: str) -> Iterator[Made]:
    """What the jobs make, in their order. A process makes one report: what typesetting keeps in memory goes with it."""
    context = _processes(beforehand)
    for start in range(0, len(jobs), processes):
        with ProcessPoolExecutor(processes, mp_context=context) as pool:
            yield from pool.map(_make, jobs[start : start + processes])


def _make(job: Job) -> Made:
    from dashboard.reports import country, export
    from dashboard.store.records import give_back

    code, lang, read, template = job
    (made_from,) = read([code], [lang])
    report = country.report(made_from)
    files = {}
    for kind in KINDS:
        files[kind] = export.export(report, kind, template)
        give_back()
    return Made(code, lang, made_from.context.data_version, report.as_of, files)


def _listed(made: Made, kind: str, content: bytes) -> dict[str, Any]:
    return {
        "file": f"{made.country}_{made.language}.{kind}",
        "country": made.country,
        "language": made.language,
        "format": kind,
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "data_version": made.data_version,
    }


def _add(archive: zipfile.ZipFile, name: str, content: bytes, as_of: str) -> None:
    """Add a file dated by the edition of the data, never by the clock."""
    year, month, day = map(int, as_of.split("-")) if as_of else (1980, 1, 1)
    archive.writestr(zipfile.ZipInfo(name, (year, month, day, 0, 0, 0)), content)


def _processes(beforehand: str) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([name for name in (beforehand, LIBRARIES) if name])
    return found
