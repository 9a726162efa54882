"""Rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from dashboard.domain.issues import Code
from dashboard.i18n import catalogue, problems
from dashboard.i18n.translator import LANGUAGES
from dashboard.ingest import describe

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
SCREENS = [*PAGES, *sorted((ROOT / "src/dashboard/ui").rglob("*.py"))]
SOURCES = [*SCREENS, *sorted((ROOT / "src").rglob("*.py"))]
PLACE_OF_STATE = ROOT / "src/dashboard/ui/session"
SHEETS = sorted((ROOT / "src/dashboard").rglob("*.css"))
ROOT_HAS = re.compile(r"""(?:html|body|:root|\[data-testid="st(?:App|Main|MainBlockContainer)"\]):has\([^{]*""")
LONGEST_PAGE = 60
LONGEST_FILE = 300
SAYS_SOMETHING = {
    "title", "header", "subheader", "caption", "write", "text", "markdown", "info", "warning", "error", "success",
    "button", "selectbox", "multiselect", "popover", "metric", "link_button", "segmented_control", "toggle", "pills",
}  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_asks_computes_and_shows_and_nothing_else(page):
    text = page.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imported = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert not imported & {"pandas", "plotly", "numpy", "narwhals"}


def test_only_one_place_touches_the_state_and_the_address():
    touched = {
        name(path)
        for path in [ROOT / "app.py", *SCREENS]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"session_state", "query_params"}
        if PLACE_OF_STATE not in path.parents
    }
    assert touched == set()


def test_no_file_is_too_long_to_be_read_in_one_sitting():
    length = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in length.items() if lines >= LONGEST_FILE} == {}


def test_no_sheet_makes_each_change_of_the_page_a_question_about_all_of_it():
    # the styles of every element are looked at again: 1.5 ms for each name that a chart measures (docs/performance.md)
    asked = {name(sheet): ROOT_HAS.findall(sheet.read_text(encoding="utf-8")) for sheet in SHEETS}
    assert len(asked) > 5
    assert {sheet: rules for sheet, rules in asked.items() if rules} == {}


@pytest.mark.parametrize("screen", SCREENS, ids=name)
def test_no_literal_text_reaches_the_screen(screen):
    spoken = [
        f"line {call.lineno}: {call.args[0].value!r}"
        for call in ast.walk(ast.parse(screen.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in SAYS_SOMETHING
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]
    assert spoken == []


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_every_test_asserts_something(path):
    def asserts(function: ast.AST) -> bool:
        return any(
            isinstance(node, ast.Assert)
            or (isinstance(node, ast.Name) and node.id.startswith("assert_"))
            or (
                isinstance(node, ast.Attribute) and node.attr in {"raises", "assert_frame_equal", "assert_series_equal"}
            )
            for node in ast.walk(function)
        )

    silent = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node)
    ]
    assert silent == []


def test_no_text_hides_in_an_f_string_where_the_extractor_cannot_see_it():
    hidden = [
        f"{name(path)}:{call.lineno}"
        for path in [*PAGES, *sorted((ROOT / "src").rglob("*.py"))]
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and any(isinstance(argument, ast.Constant) for argument in call.args[:1])
        and (
            (isinstance(call.func, ast.Name) and call.func.id == "t")
            or (isinstance(call.func, ast.Attribute) and call.func.attr == "n")
        )
    ]
    assert hidden == []


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return catalogue.extract()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_of_the_code_is_translated(lang, wanted):
    committed = catalogue.load(lang)
    missing = {message.id for message in wanted if message.id} - {message.id for message in committed if message.id}
    assert missing == set()
    assert catalogue.untranslated(committed) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_translation_is_left_over(lang, wanted):
    committed = catalogue.load(lang)
    assert {m.id for m in committed if m.id} - {m.id for m in wanted if m.id} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_keeps_the_placeholders(lang):
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"{\w+}", text))

    changed = []
    for message in catalogue.load(lang):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        expected = set().union(*(placeholders(text) for text in source))
        changed += [message.id for form in forms if placeholders(form) != expected]
    assert changed == []


def test_every_problem_of_a_file_has_a_sentence():
    assert set(problems.SENTENCES) == set(Code)


def test_the_data_dictionary_is_up_to_date():
    committed = (ROOT / "docs" / describe.DICTIONARY).read_text(encoding="utf-8")
    assert committed == describe.dictionary(), "run `make describe`"


def test_the_data_package_is_up_to_date():
    from dashboard.ingest.package import descriptor

    assert descriptor() == describe.package(), "run `make describe`"


def test_requirements_end_with_the_project_itself_and_pin_everything_else():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines[:-1] if line and not line.startswith("#")]
    assert lines[-1] == "-e ."
    assert [line for line in pinned if "==" not in line] == []


def test_the_design_in_docs_names_the_folders_that_exist():
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    folders = {path.name for path in (ROOT / "src/dashboard").iterdir() if path.is_dir() and "__" not in path.name}
    assert {folder for folder in folders if f"  {folder}/" not in design} == set()
