"""Makes static/locale/plotly-ru.json, Plotly's Russian words and date format."""

import json
import re

from fetch import ROOT, npm

VERSION = "4.1.1"
TARGET = ROOT / "static" / "locale" / "plotly-ru.json"


def locale_literal(source: str) -> str:
    """Return the object literal that the script assigns to its variable ``locale``."""
    start = source.index("var locale=") + len("var locale=")
    return source[start : source.index("};", start) + 1]


def as_json(literal: str) -> str:
    """Quote the bare keys of a JavaScript object literal and lengthen its short escapes."""
    literal = re.sub(r"\\x([0-9a-f]{2})", r"\\u00\1", literal)
    return re.sub(r'([{,])([A-Za-z]\w*):(?=["{\[])', r'\1"\2":', literal)


def main() -> None:
    """Write the locale, with the licence of its source."""
    package = npm("plotly.js", VERSION)
    locale = json.loads(as_json(locale_literal((package / "dist" / "plotly-locale-ru.js").read_text("utf-8"))))
    kept = {key: locale[key] for key in ("dictionary", "format")}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    licence = (package / "LICENSE").read_text("utf-8")
    notice = f"plotly-ru.json is taken from dist/plotly-locale-ru.js of plotly.js {VERSION}.\n\n{licence}"
    (TARGET.parent / "LICENSE").write_text(notice, encoding="utf-8")


if __name__ == "__main__":
    main()
