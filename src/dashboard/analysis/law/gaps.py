"""The gaps of one country, and the loopholes that the provisions show."""

from collections.abc import Sequence

import narwhals as nw

from dashboard.analysis import Frame
from dashboard.analysis.law.matrix import TOPICS, points


def of_country(provisions: Frame, country: str) -> Frame:
    """The rows of a country that leave something to do: not fully met, not known, or with a gap noted.

    Returns the columns of ``provisions`` with ``points``, in the order of the topics.
    """
    rows = provisions.filter(nw.col("country") == country).with_columns(points=points())
    left = rows.filter((nw.col("points") < 1) | nw.col("points").is_null() | ~nw.col("gap_note").is_null()).collect()
    order = {topic: n for n, topic in enumerate(TOPICS)}
    place = [order[topic] for topic in left["provision_topic"].to_list()]
    ordered = left.with_columns(nw.new_series("place", place, nw.Int64, backend=left.implementation))
    return ordered.sort("place", "instrument", nulls_last=True).drop("place").lazy()


def loopholes(table: Frame, countries: Sequence[str], topics: Sequence[str]) -> list[dict[str, str]]:
    """The loopholes tied to a provision of one of *countries* on one of *topics*; an empty filter means all.

    Each row has the columns of ``loopholes``; ``cells`` holds the codes ``country.topic``, separated by ``;``.
    """
    rows = table.sort("loophole").collect().iter_rows(named=True)
    return [row for row in rows if any(_matches(cell, countries, topics) for cell in str(row["cells"]).split(";"))]


def _matches(cell: str, countries: Sequence[str], topics: Sequence[str]) -> bool:
    country, topic = cell.split(".")
    return (not countries or country in countries) and (not topics or topic in topics)
