"""The Secretariat's own template: its styles, masters, letterhead and logos, without its pages.

A file given by name, or `report.docx` and `report.pptx` in the folder that DASHBOARD_TEMPLATE_FOLDER names.
"""

import os
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import is_zipfile

if TYPE_CHECKING:
    from docx.document import Document as Text
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

FOLDER: Final = "DASHBOARD_TEMPLATE_FOLDER"
NAME: Final = "report"
FORMATS: Final = ("docx", "pptx")
NEAR: Final = 0.01  # of the width: a slide this much narrower is the same
USED: Final = (  # styles that a report writes in
    "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number",
)  # fmt: skip


class TemplateError(ValueError):
    """A template that cannot be used; the text says why and what can be done."""


def of(fmt: str, template: Path | None = None) -> Path | None:
    """The template of a format: the one given, or the one in the folder; ``None`` where there is none."""
    if template is not None:
        kind = template.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            raise TemplateError(f"{template.name}: a template is a .docx or a .pptx file")
        if not template.is_file():
            raise TemplateError(f"there is no file {template}")
        if kind == fmt:
            return template
    folder = os.environ.get(FOLDER, "")
    found = Path(folder) / f"{NAME}.{fmt}" if folder and fmt in FORMATS else None
    return found if found and found.is_file() else None


def dressed(template: Path, plain: "Text") -> "Text":
    """An empty document on the paper of *template*, that says of itself and its language what *plain* does."""
    from docx import Document

    text: Text = _opened(Document, template)
    body = text.element.body
    for element in [element for element in body if not element.tag.endswith("}sectPr")]:
        body.remove(element)
    _add_missing_styles(text, plain)
    said, told = text.core_properties, plain.core_properties
    for name in ("title", "language", "comments", "author", "last_modified_by", "created", "modified"):
        setattr(said, name, getattr(told, name))
    _speak(text, told.language)
    _make_room(text)
    return text


def _opened(reader: Any, template: Path) -> Any:
    if not is_zipfile(template):
        raise TemplateError(f"{template.name} cannot be opened as a template: it is damaged, or no Office file")
    try:
        return reader(str(template))
    except (KeyError, ValueError, OSError) as problem:
        raise TemplateError(f"{template.name} cannot be opened as a template: {problem}") from problem


def _add_missing_styles(text: "Text", plain: "Text") -> None:
    """What the template has no style for is written in ours."""
    there = {style.name for style in text.styles}
    for name in USED:
        if name not in there:
            text.styles.element.append(deepcopy(plain.styles[name].element))


def _speak(text: "Text", language: str) -> None:
    from docx.oxml.ns import qn

    for found in text.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def _make_room(text: "Text") -> None:
    """Figures are 17 cm wide: margins that leave less are narrowed, both alike."""
    from docx.shared import Cm, Emu

    from dashboard.figures.office.word import ROOM

    for section in text.sections:
        if not section.page_width or section.page_width < Cm(ROOM):
            raise TemplateError(f"the pages of a template must be at least {ROOM:.0f} cm wide")
        left, right = section.left_margin or 0, section.right_margin or 0
        if section.page_width - left - right < Cm(ROOM):
            section.left_margin = section.right_margin = Emu((section.page_width - Cm(ROOM)) // 2)


def deck(template: Path) -> "Deck":
    """An empty presentation on the masters of *template*; every slide gets its layout with a title only."""
    from pptx import Presentation
    from pptx.presentation import Presentation as Opened
    from pptx.util import Inches

    from dashboard.figures.office.slide import TITLE_ONLY, WIDE

    class InTemplate(Opened):
        """A presentation whose layouts are all the one with a title and nothing else."""

        @property
        def slide_layouts(self) -> Any:
            return [plain] * (TITLE_ONLY + 1)

    opened = _opened(Presentation, template)
    size = (opened.slide_width.inches, opened.slide_height.inches)
    if any(abs(found - wanted) > NEAR * wanted for found, wanted in zip(size, WIDE, strict=True)):
        raise TemplateError(
            f"the slides of {template.name} are {size[0]:.2f} by {size[1]:.2f} inches; {WIDE[0]:.2f} by {WIDE[1]:.2f} "
            "are needed: in PowerPoint choose Design, Slide Size, Widescreen (16:9)"
        )
    opened.slide_width, opened.slide_height = Inches(WIDE[0]), Inches(WIDE[1])
    layouts = [layout for master in opened.slide_masters for layout in master.slide_layouts]
    plain = _layout(layouts, "titleOnly")
    if plain is None:
        raise TemplateError(f"{template.name} has no slide layout with a title")
    _drop_slides(opened)
    return InTemplate(opened.element, opened.part)


def first(deck: "Deck", title: str, subtitle: str) -> "Slide":
    """The title slide, as the template designed it: both texts where it has a place for them."""
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    slide: Slide = deck.slides.add_slide(_layout(layouts, "title"))
    said = iter([title, subtitle])
    for place in list(slide.placeholders):  # the title comes first
        words = next(said, "") if place.has_text_frame else ""
        if words:
            place.text_frame.text = words
        else:
            place.element.getparent().remove(place.element)
    return slide


def _layout(layouts: list[Any], kind: str) -> Any:
    """The layout of a kind, or else any with a title."""
    with_title = [one for one in layouts if any(p.placeholder_format.idx == 0 for p in one.placeholders)]
    return next((one for one in with_title if one.element.get("type") == kind), next(iter(with_title), None))


def _drop_slides(opened: Any) -> None:
    """Take the template's own slides out, and the parts behind them."""
    from pptx.oxml.ns import qn

    ids = opened.slides._sldIdLst  # noqa: SLF001 - the library cannot remove a slide
    for one in list(ids):
        opened.part.drop_rel(one.get(qn("r:id")))
        ids.remove(one)
