"""Many made-up incidents for measuring: labelled synthetic, drawn with a seed from the shape of the shipped sheet.

python -m benchmarks.synthetic FOLDER COUNT
"""

import csv
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.ingest.package import DATA, DESCRIPTOR

SHEET = "raw/incidents_public.csv"
FIRST_YEAR, LAST_YEAR = 1995, 2025
LABEL = "[synthetic]"


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Copy the shipped data to *folder* and add *count* synthetic incidents to its sheet.

    Each repeats a shipped incident, single or with several rows, at another date, so that the skew between countries,
    species and missing parts is that of the shipped records. Nothing of it is ever shown as data: the title of every
    source says so.
    """
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    with (DATA / SHEET).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    templates: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        templates.setdefault("-".join(row["incident_id"].split("-")[:2]), []).append(row)
    kinds, chance = list(templates.values()), random.Random(seed)
    with (folder / SHEET).open("a", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0].keys())
        for number in range(1, count + 1):
            sheet.writerows(_repeated(chance.choice(kinds), number, chance))


def _repeated(template: list[dict[str, str]], number: int, chance: random.Random) -> list[dict[str, str]]:
    # later years are likelier, as they are in what is published
    year = round(chance.triangular(FIRST_YEAR, LAST_YEAR, LAST_YEAR))
    date = {"year": f"{year}", "month": f"{year}-{chance.randint(1, 12):02}"}
    date["day"] = f"{date['month']}-{chance.randint(1, 28):02}"
    precision = chance.choices(["year", "month", "day"], weights=[40, 168, 154])[0]
    return [
        {
            **row,
            "incident_id": f"SYN-{number:06}" + (f"-{nth}" if nth > 1 else ""),
            "date": date[precision],
            "date_precision": precision,
            "source_title": LABEL,
            "source_date": "",
            "source_url": "",
        }
        for nth, row in enumerate(template, start=1)
    ]


@contextmanager
def of_size(size: int) -> Iterator[dict[str, str]]:
    """The environment of a dashboard with *size* synthetic incidents, and a database and a workshop of nobody's."""
    with tempfile.TemporaryDirectory() as place:
        environment = {
            "DASHBOARD_DATABASE_URL": f"sqlite:///{place}/nobody.sqlite",
            "DASHBOARD_WORKSHOP": f"{place}/workshop.sqlite",
        }
        if size:
            write(Path(place) / "data", size)
            environment["DASHBOARD_DATA"] = f"{place}/data"
        yield environment


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{sys.argv[1]}/{DESCRIPTOR} and what it describes")
