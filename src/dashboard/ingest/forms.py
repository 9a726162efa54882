"""Forms and templates from the field dictionary: one record at a time, by the rules that check whole files."""

import csv
import io
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, create_model
from pydantic_core import PydanticCustomError

from dashboard.domain.fields import Field, Table
from dashboard.ingest.check import Codes, value_problem


def form(table: Table, codes: Codes) -> type[BaseModel]:
    """A pydantic model of one row as a person types it: text in, the codes of ``Issue`` as errors.

    An absent cell counts as empty, so a required one is reported like in a file.
    """
    fields = {f.name: (Annotated[str, AfterValidator(_validator(f, codes))], "") for f in table.fields}
    config = ConfigDict(extra="forbid", validate_default=True)
    model: type[BaseModel] = create_model(f"{table.name.title().replace('_', '')}Form", __config__=config, **fields)  # type: ignore[call-overload]
    return model


def _validator(field: Field, codes: Codes) -> Callable[[str], str]:
    def check(value: str) -> str:
        if problem := value_problem(value, field, codes):
            code, expected = problem
            raise PydanticCustomError(code.value, "{expected}", {"expected": expected})
        return value

    return check


def template(table: Table) -> str:
    """The empty CSV file that people fill in: the header that ``read`` expects, nothing else."""
    text = io.StringIO()
    csv.writer(text).writerow(table.columns)
    return text.getvalue()
