"""What others read in real Word files, and how the reader here compares with them.

`python -m tests.papers.word_oracles` prints the table. Three witnesses, where each is there:

- the twin of a file that somebody had accepted or rejected every change in, read here;
- the same twin read plainly, every ``w:t`` of its text one after the other, so that a mistake
  that the reader makes twice is still seen;
- pandoc's page. Its drawing is taken away (tables, wrapped lines), its labels may be missing in
  the words here, and nothing else may.
"""

import itertools
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
from lxml import etree

from negotiation.papers.docx.page import Span, Where, WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from tests.corpus import CORPUS

FILES = CORPUS / "docx"
PANDOC = FILES / "_oracle-pandoc"
VIEWS = {"accept": accepted, "reject": rejected}
_TWINS = {"accept": "Accepted", "reject": "Rejected"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_NOTES = (Where.FOOTNOTE, Where.ENDNOTE)
_NOTE_CALL = re.compile(r"\[\^?(?:\d{1,3}|[ivxl]{1,6})\]")
_FILLER = "\0"
_LABEL = re.compile(r"-|\(?(?:#|\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)]")
_MATHS_SIGNS = re.compile(r"[\s^_{}()√/\[\]\u200b\u2061-\u2064]")


@attrs.frozen
class Case:
    """One file, one view of it, and one witness of that view."""

    file: Path
    view: str
    witness: str
    """``twin``, ``twin plainly`` or ``pandoc``."""
    theirs: Path

    @property
    def group(self) -> str:
        """The collection that the file is from."""
        return str(self.file.parent.relative_to(FILES))

    @property
    def name(self) -> str:
        """How the case is called in a test report."""
        return f"{self.file.stem}-{self.view}-{self.witness}".replace(" ", "-")


@attrs.frozen
class Word:
    """A word of a witness."""

    text: str
    label: bool = False
    """Whether it may be a label that the witness put there, and no word of the text."""


def cases() -> Iterator[Case]:
    """All that can be compared here; nothing where the real files are absent."""
    if not FILES.is_dir():
        return
    for file in sorted(FILES.rglob("*.docx")):
        for view, ending in _TWINS.items():
            twin = file.with_name(f"{file.stem}-{ending}.docx")
            if twin.exists():
                yield Case(file, view, "twin", twin)
                yield Case(file, view, "twin plainly", twin)
            page = PANDOC / f"{file.relative_to(FILES)}.{view}.txt"
            if page.exists():
                yield Case(file, view, "pandoc", page)


def difference(case: Case) -> str:
    """Where the reader and the witness part; empty where they do not."""
    page = read_word(case.file.read_bytes(), case.file.name)
    maths = b"<m:oMath" in _document(case.file)
    view = VIEWS[case.view]
    if case.witness == "twin":
        twin = read_word(case.theirs.read_bytes(), case.theirs.name)
        return "the twin is tracked itself" if twin.tracked else _differs(view(page), view(twin))
    if case.witness == "twin plainly":
        ours = [_NOTE_CALL.sub("", words) for words in view(_without_notes(page))]
        theirs = list(plain_paragraphs(_document(case.theirs)))
        return _differs(
            *([_bare(one) for one in rows] if maths else rows for rows in (ours, theirs))
        )
    words = pandoc_words(case.theirs.read_text("utf-8"))
    # Pandoc writes a space where two paragraphs become one; Word and the twins do not.
    spaced = parting(_texts(view(_spaced(page, case.view))), words, maths)
    return spaced and parting(_texts(view(page)), words, maths)


def _differs(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Where two readings part, paragraph by paragraph, empty ones too, white space aside."""
    for number, (one, other) in enumerate(itertools.zip_longest(ours, theirs)):
        if one is None or other is None or one.split() != other.split():
            return f"paragraph {number} is {one!r} where theirs is {other!r}"
    return ""


def parting(ours: Sequence[str], theirs: Sequence[Word], maths: bool = False) -> str:
    """Where two readings part, words in order; labels may be missing in the first one."""
    if maths:
        left = _bare("".join(ours))
        right = _bare("".join(word.text for word in theirs if not word.label))
        whole = _bare("".join(word.text for word in theirs))
        return "" if left in (right, whole) else f"{left!r} is not {whole!r}"
    at = 0
    for word in theirs:
        if at < len(ours) and ours[at] == word.text:
            at += 1
        elif not word.label:
            return f"ours {' '.join(ours[at : at + 6])!r} where theirs is {word.text!r}"
    return "" if at == len(ours) else f"ours goes on with {' '.join(ours[at : at + 6])!r}"


def plain_paragraphs(document: bytes) -> Iterator[str]:
    """The paragraphs of a document part, its ``w:t`` joined and nothing understood."""
    root = etree.fromstring(document)
    space = _STRICT if str(root.tag).startswith(_STRICT) else _W
    signs = {f"{space}tab": "\t", f"{space}br": "\n", f"{space}cr": "\n"}
    signs |= {f"{space}noBreakHyphen": "\u2011", f"{space}softHyphen": "\u00ad"}
    held: dict[etree._Element, str] = {}
    for one in root.iter(etree.Element):
        parents = [str(parent.tag).rpartition("}")[2] for parent in one.iterancestors()]
        if "Fallback" in parents or "tabs" in parents:
            continue
        if one.tag == f"{space}p":
            held[one] = ""
        tag = str(one.tag)
        text = one.text or "" if tag.endswith("}t") else signs.get(tag, "")
        paragraph = next(one.iterancestors(f"{space}p"), None)
        if text and paragraph is not None:
            held[paragraph] += text
    yield from held.values()


def pandoc_words(page: str) -> list[Word]:
    """The words of a page of pandoc's, in reading order."""
    found: list[Word] = []
    lines = page.replace("~~", "").split("\n")
    at = 0
    while at < len(lines):
        cells, after = _drawn(lines, at)
        for line in cells if after > at else (lines[at],):
            found += () if _is_rule(line) else _line_words(line)
        at = max(after, at + 1)
    return found


def _line_words(line: str) -> Iterator[Word]:
    label = True
    for word in _words(line):
        label = (
            label
            and re.fullmatch(r"-|\(?(?:#|\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)]", word.text)
            is not None
        )
        yield attrs.evolve(word, label=label)


def _words(text: str) -> list[Word]:
    return [Word(word) for word in _NOTE_CALL.sub("[note]", text).split()]


def _texts(paragraphs: Sequence[str]) -> list[str]:
    return [word.text for word in _words("\n".join(paragraphs))]


def _spaced(page: WordPage, view: str) -> WordPage:
    """The page with a space at the end of each paragraph that runs into the next one."""
    return attrs.evolve(
        page,
        paragraphs=tuple(
            attrs.evolve(one, spans=(*one.spans, Span(" ")))
            if (one.mark_struck if view == "accept" else one.mark_inserted)
            else one
            for one in page.paragraphs
        ),
    )


def _drawn(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The cells of the table drawn from a line on, and the line behind it."""
    if re.fullmatch(r"\s*\+(?:[-=:]+\+)+\s*", lines[at]):
        return _grid(lines, at)
    if not _is_rule(lines[at]) or (at and lines[at - 1].strip()):
        return [], at
    for end in range(at + 1, len(lines)):
        # A rule over all columns opens and closes a table with a head; else both tell the columns.
        if _is_rule(lines[end]) and len(lines[end].split()) == len(lines[at].split()):
            return _columned(lines[at : end + 1]), end + 1
    return [], at


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"\s*-{3,}[-\s]*", line) is not None


def _grid(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    edges = [place for place, sign in enumerate(_wide(lines[at])) if sign == "+"]
    cells: list[str] = []
    row: list[str] = []
    while at < len(lines) and lines[at].lstrip()[:1] in ("+", "|"):
        line = _wide(lines[at])
        if line.lstrip().startswith("+"):
            cells += row
            row = [""] * (len(edges) - 1)
        else:
            for number in range(len(row)):
                row[number] += "\n" + line[edges[number] + 1 : edges[number + 1]]
        at += 1
    return [line.replace(_FILLER, "") for cell in cells for line in cell.split("\n")], at


def _columned(table: Sequence[str]) -> list[str]:
    rules = [line for line in table if _is_rule(line)]
    columns = max((list(re.finditer("-+", rule)) for rule in rules), key=len)
    starts = [0, *(one.start() for one in columns[1:])]
    ends = [*starts[1:], None]
    inside = table[1:-1]
    many_lines = any(not line.strip() for line in inside)
    cells: list[str] = []
    row: list[str] = []
    for line in (*inside, ""):
        if not _is_rule(line) and line.strip():
            row.append(_wide(line))
        if row and (not many_lines or _is_rule(line) or not line.strip()):
            for start, end in zip(starts, ends, strict=True):
                cut = " ".join(held[start:end].strip() for held in row)
                cells.append(cut.replace(_FILLER, ""))
            row = []
    return cells


def _wide(line: str) -> str:
    """The line with a filler behind each character that takes two columns."""
    return "".join(sign + _FILLER * (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def _bare(text: str) -> str:
    """A formula without the signs of its line; small raised digits are digits again."""
    return _MATHS_SIGNS.sub("", unicodedata.normalize("NFKC", text))


def _document(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml")


def _without_notes(page: WordPage) -> WordPage:
    return attrs.evolve(
        page, paragraphs=tuple(one for one in page.paragraphs if one.where not in _NOTES)
    )


def main() -> None:
    """Prints how many cases agree in each group, and where each other one parts."""
    kinds = [(view, witness) for view in VIEWS for witness in ("twin", "twin plainly", "pandoc")]
    right: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    partings: list[str] = []
    groups: list[str] = []
    for case in cases():
        found = difference(case)
        counted = right[case.group, case.view, case.witness]
        counted[0] += not found
        counted[1] += 1
        if case.group not in groups:
            groups.append(case.group)
        if found:
            partings.append(f"{case.name}: {found}")
    print("| group |" + "".join(f" {view}: {witness} |" for view, witness in kinds))  # noqa: T201  # the table is what it is run for
    print("| --- |" + " ---: |" * len(kinds))  # noqa: T201  # the table is what it is run for
    for group in groups:
        cells = [right[group, view, witness] for view, witness in kinds]
        drawn = (f" {equal} of {all_} |" if all_ else " |" for equal, all_ in cells)
        print(f"| {group} |" + "".join(drawn))  # noqa: T201  # the table is what it is run for
    print(*partings, sep="\n")  # noqa: T201  # the table is what it is run for


if __name__ == "__main__":
    main()
