"""A figure as a drawing inside a page: a picture with its words for those who hear it, its text in the page's fonts."""

import re
from typing import Final

from lxml import etree

from dashboard.figures.exhibit import Exhibit
from dashboard.figures.printing.whole import COLUMN, drawing

SVG: Final = "{http://www.w3.org/2000/svg}"
HREF: Final = "{http://www.w3.org/1999/xlink}href"
LONG: Final = re.compile(r"\d+\.\d{3,}")
REFERENCE: Final = re.compile(r"#([\w-]+)")
PHONE: Final = 350.0  # points: on a phone, text stays as large as it was set
POINTING: Final = ("clip-path", "style", "fill", HREF, "href")


def drawn(exhibit: Exhibit, prefix: str) -> str:
    """The drawing of a figure for a page, and the same for a phone; the style sheet shows one of them."""
    return _svg(exhibit, prefix, "drawing wide", COLUMN) + _svg(exhibit, f"{prefix}-phone", "drawing narrow", PHONE)


def _svg(exhibit: Exhibit, prefix: str, look: str, width: float) -> str:
    """The SVG of a figure to stand in HTML; *prefix* keeps its names apart from those of its neighbours.

    Points are rounded to hundredths: nobody sees less, and files are half as large.
    """
    root = etree.fromstring(drawing(exhibit, width=width))
    for unseen in [*root.iter(f"{SVG}metadata"), *root.iter(f"{SVG}style")]:
        unseen.getparent().remove(unseen)
    _without_background(root)
    _own_names(root, prefix)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib.update({"class": look, "role": "img", "aria-labelledby": f"{prefix}-title {prefix}-words"})
    for place, (tag, words) in enumerate((("title", exhibit.title), ("desc", exhibit.alt))):
        told = etree.Element(f"{SVG}{tag}", id=f"{prefix}-{'title' if tag == 'title' else 'words'}")
        told.text = words
        root.insert(place, told)
    return LONG.sub(lambda number: f"{float(number[0]):.2f}", etree.tostring(root, encoding="unicode"))


def _without_background(root: etree._Element) -> None:
    """The page is the paper, whatever its colour."""
    first = next(root.iter(f"{SVG}path"), None)
    if first is not None and "fill: #ffffff" in first.get("style", ""):
        first.getparent().remove(first)


def _own_names(root: etree._Element, prefix: str) -> None:
    """Drop the names that nothing points to; set *prefix* before the others."""
    pointing = [(node, name) for node in root.iter() for name in POINTING if "#" in node.get(name, "")]
    named = {node.get("id") for node in root.iter() if node.get("id")}
    wanted = {found for node, name in pointing for found in REFERENCE.findall(node.get(name)) if found in named}
    for node, name in pointing:
        own = REFERENCE.sub(lambda m: f"#{prefix}-{m[1]}" if m[1] in wanted else m[0], node.get(name))
        node.set(name, own)
    for node in root.iter():
        if (name := node.get("id")) is not None:
            if name in wanted:
                node.set("id", f"{prefix}-{name}")
            else:
                del node.attrib["id"]
