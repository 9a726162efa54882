"""A figure as an accessible PDF (PDF/UA-1), set by Typst: vectors, embedded fonts, real tables, alternative texts."""

from collections.abc import Sequence
from typing import Final

from dashboard.figures import qr, ruler
from dashboard.figures.exhibit import Exhibit
from dashboard.figures.numbers import rows, said
from dashboard.figures.spec import Kind

WIDTH: Final = "100%"
TALLEST: Final = 720.0  # points of a drawing: enlarged a little, as it is, it fits a page with its words
PARTED: Final = 1500  # letters from which a card may run on to the next page
HEAD: Final = """
#set page(paper: "a4", margin: (x: 2cm, y: 2cm), footer: context [
  #set text(size: 8pt, fill: rgb("#4a5a67"))
  #{footer} #h(1fr) #counter(page).display()
])
#set text(font: "Noto Sans", size: 10pt, lang: {lang}, fill: rgb("#16232e"))
#set par(leading: 0.62em, spacing: 0.9em)
#let rule(y) = if y == 0 {{ 0.8pt + rgb("#4a5a67") }} else {{ 0.4pt + rgb("#c9d1d8") }}
#set table(stroke: (x, y) => (bottom: rule(y)), inset: 4pt)
#show heading: set text(weight: "bold")
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#let quiet(body) = text(fill: rgb("#4a5a67"), body)
#set document(title: {title}, author: {author}, date: {date})
"""


class Paper:
    """Typst markup that grows, with the pictures it refers to."""

    def __init__(self, title: str, lang: str, author: str, as_of: str, footer: str = "") -> None:
        date = "datetime(year: {}, month: {}, day: {})".format(*map(int, as_of.split("-"))) if as_of else "none"
        about = {"lang": lang, "title": title, "author": author, "footer": footer}
        self.markup = [HEAD.format(date=date, **{name: literal(text) for name, text in about.items()})]
        self.files: dict[str, bytes] = {}

    def title(self, text: str, subtitle: str) -> None:
        """The title of a document of several figures."""
        self.markup.append(f'#text(size: 22pt, weight: "bold", {literal(text)})\n\n#quiet({literal(subtitle)})\n\n')

    def heading(self, text: str, level: int = 1) -> None:
        """A heading."""
        self.markup.append(f"#heading(level: {level}, {literal(text)})\n")

    def bullets(self, sentences: Sequence[str]) -> None:
        """Sentences, each on its own."""
        self.markup += [f"- #{literal(sentence)}" for sentence in sentences]
        self.markup.append("")

    def references(self, cited: Sequence[tuple[str, str]]) -> None:
        """Publications with their addresses, numbered."""
        lines = [f"+ #{literal(text)}" + (f" #link({literal(link)})" if link else "") for text, link in cited]
        if lines:
            self.markup.append("#[#set text(size: 7.5pt)\n" + "\n".join(lines) + "\n]\n")

    def figure(self, exhibit: Exhibit, level: int = 1) -> None:
        """A figure with its words."""
        words = exhibit.words
        heads = [
            f"[#set text(lang: {literal(one.lang)})\n#heading(level: {level}, {literal(one.title)})\n"
            f"#quiet({literal(one.caption)})]"
            for one in words
        ]
        self.markup.append(f"#block(sticky: true, width: 100%, above: 1.6em)[\n{_beside(heads)}]\n")
        self.markup.append(self._body(exhibit))
        feet = [
            f"[#set text(size: 7.5pt, lang: {literal(w.lang)})\n#quiet({literal(' · '.join(w.facts))})\\\n"
            f"#quiet({literal(w.reopen)}) #link({literal(w.link)})]"
            for w in words
        ]
        code = self._file("svg", qr.svg(words[0].link))
        alt = literal(f"{words[0].reopen} {words[0].link}")
        picture = f"[#image({literal(code)}, width: 1.8cm, alt: {alt})]"
        self.markup.append(
            f"#grid(columns: (1fr,) * {len(feet)} + (1.8cm,), gutter: 10pt, {', '.join(feet)}, {picture})\n#v(10pt)\n"
        )

    def pdf(self) -> bytes:
        """Set the document. Typst refuses one that a screen reader could not follow."""
        import typst

        files = {"main.typ": "\n".join(self.markup).encode(), **self.files}
        return bytes(
            typst.compile(  # type: ignore[call-overload]  # its stub does not know of several files
                files, font_paths=[str(ruler.FONTS)], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
            )
        )

    def _body(self, exhibit: Exhibit) -> str:
        """The drawing, where there is one and it fits a page; else words and numbers."""
        from dashboard.figures.printing.charts import CHARTS
        from dashboard.figures.printing.whole import height

        if exhibit.spec.kind is Kind.CARDS:
            return _cards(exhibit)
        fits = exhibit.spec.kind in CHARTS and height(exhibit) < TALLEST
        return self._chart(exhibit) if fits else _table(exhibit)

    def _chart(self, exhibit: Exhibit) -> str:
        from dashboard.figures.printing.whole import drawing

        name = self._file("svg", drawing(exhibit))
        drawn = f"image({literal(name)}, width: {WIDTH}, alt: {literal(exhibit.alt)})"
        return f"#block(sticky: true, {drawn})\n"  # with its heading above and its passport below

    def _file(self, kind: str, content: bytes) -> str:
        name = f"{len(self.files)}.{kind}"
        self.files[name] = content
        return name


def pdf(exhibits: Sequence[Exhibit]) -> bytes:
    """A PDF of these figures alone."""
    from dashboard.i18n.translator import translator

    passport = exhibits[0].spec.passport
    author = translator(passport.lang)("Illegal wildlife trade in High Asia")
    paper = Paper(exhibits[0].title, passport.lang, author, passport.as_of)
    for exhibit in exhibits:
        paper.figure(exhibit)
    return paper.pdf()


def literal(text: str) -> str:
    """A text as a Typst string: nothing in it is markup."""
    signs = "\n".join(ruler.printable(line) for line in text.splitlines())
    escaped = signs.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _beside(cells: Sequence[str]) -> str:
    if len(cells) == 1:
        return f"#{cells[0]}\n"
    return f"#grid(columns: (1fr,) * {len(cells)}, gutter: 14pt, {', '.join(cells)})\n"


def _cards(exhibit: Exhibit) -> str:
    """Each row a card: its heading, then what each column says."""
    found, lang = rows(exhibit.spec), exhibit.spec.passport.lang
    made = []
    for number in range(len(found.cells)):
        (_, heading), *facts = said(found, number, lang) or [("", "")]
        lines = ", ".join(f"[#quiet({literal(name)})], [#{literal(words)}]" for name, words in facts)
        table = f"#table(columns: (3.2cm, 1fr), stroke: none, inset: (x: 0pt, y: 1.5pt), {lines})\n" if facts else ""
        whole = f"#block(sticky: true, strong({literal(heading)}))\n{table}"
        is_short = sum(len(words) for _, words in facts) < PARTED
        made.append(f"#block(breakable: false, width: 100%)[{whole}]\n" if is_short else whole)
    return "#[#set text(size: 8.5pt)\n" + "\n".join(made) + "]\n"


def _table(exhibit: Exhibit) -> str:
    """The whole table; its header is repeated on every page."""
    lang, found = exhibit.spec.passport.lang, rows(exhibit.spec)
    if found.is_one_of_many:
        return _cards(exhibit)
    cells = found.words(lang)
    widths = ruler.columns([list(found.header), *cells], 481 - 8 * len(found.header), 8)
    columns = ", ".join(f"{width + 8:.1f}pt" for width in widths)
    header = ", ".join(f"[#strong({literal(name)})]" for name in found.header)
    body = ", ".join(f"[#{literal(cell)}]" for row in cells for cell in row)
    return f"#[#set text(size: 8pt)\n#table(columns: ({columns},), table.header({header}), {body})]\n"
