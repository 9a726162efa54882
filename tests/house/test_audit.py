"""What the audit of the packages says where it was answered, half answered and not answered at all."""

import importlib.util
import json
from pathlib import Path

SPEC = importlib.util.spec_from_file_location("run_py", Path(__file__).parents[2] / "run.py")
run_py = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(run_py)

SOUND = {"name": "lxml", "version": "6.1.3", "vulns": []}
WEAK = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "typst", "skip_reason": "Dependency not found on PyPI"}


def said(*packages, count: int = 2) -> tuple[str, int]:
    lines, code = run_py.audit_said(json.dumps({"dependencies": packages}) if packages else "", count)
    return "\n".join(lines), code


def test_a_weakness_fails_the_check():
    text, code = said(SOUND, WEAK)
    assert (code, "WEAK: pillow 1.0: PYSEC-1, mended in ['1.1']" in text) == (1, True)


def test_what_was_not_answered_is_named_and_never_passes_in_silence():
    assert said(SOUND, UNKNOWN)[0].startswith("NOT CHECKED for known weaknesses: 1 of 2 packages")
    text, code = said()
    assert (code, text) == (
        0, "NOT CHECKED for known weaknesses: 2 of 2 packages (the index could not be reached): all of them"
    )  # fmt: skip


def test_a_clean_answer_says_how_many_were_asked():
    assert said(SOUND, SOUND) == ("Known weaknesses of 2 packages: 0", 0)
