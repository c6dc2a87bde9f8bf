"""Pages made up for the reader's tests: text over the alphabet of marks, and bases with changes."""

from pathlib import Path

from hypothesis import strategies as st

from negotiation.papers import conventions
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import Draft
from negotiation.papers.reader import read_draft

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"

PIECES = (
    "[", "]", "{", "}", "~~", "++", "<u>", "</u>", "<s>", "</s>", "\\[", "[^1]", "](http://x)",
    "\n", "\n\n", " ", "\t", "\r\n", "a) ", "(i) ", "1 ", "3bis. ", "OP4alt ", "Option 1: ", "- ",
    "Article 2", "## ", "noting", "resolves further", "that the tide", "Tide", "“", "”", '"', ";",
    ",", ".", "CUB/1/2 – Cuba – open", "{No text required}", "{End of options}", "RESOLUTION 1",
    "—", "<!--", "-->", "---\n", "[x]: http://y", "20152019", "c̦", "\u00a0", "ا", "*", "^",
    "paragraph x",
)  # fmt: skip

marked_text = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
"""Anything that can be typed with the marks of a draft."""

any_conventions = st.sampled_from(conventions.KNOWN)

_WORDS = ("tide", "gauge", "shore", "of", "the", "and", "2019", "4", "harbour", "States", "keeps")
_words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12)


@st.composite
def base_and_page(draw: st.DrawFn) -> tuple[str, str]:
    """A clean base and a page that changes it in every way that a page can, marks lost or not."""
    base: list[str] = []
    page: list[str] = []
    for number in range(draw(st.integers(1, 5))):
        label = draw(st.sampled_from(("", f"{chr(97 + number)}) ")))
        words = draw(_words)
        base.append(label + " ".join(words) + ";")
        fate = draw(st.sampled_from(("kept", "kept", "changed", "changed", "struck", "gone")))
        if fate == "kept":
            page.append(base[-1])
        elif fate == "struck":
            page.append(f"~~{base[-1]}~~")
        elif fate == "changed":
            page.append(label + " ".join(_changed(draw, words)) + draw(st.sampled_from(";,")))
        if draw(st.booleans()):
            new = " ".join(draw(_words))
            page.append(draw(st.sampled_from((f"~~{new}~~", f"x) {new},", f"[{new}]"))))
    return "\n\n".join(base), "\n\n".join(page)


def _changed(draw: st.DrawFn, words: list[str]) -> list[str]:
    changed: list[str] = []
    for word in words:
        new = draw(st.sampled_from(_WORDS))
        changed.extend(
            draw(
                st.sampled_from(
                    (
                        [word],
                        [word],
                        [word],
                        [f"~~{word}~~"],
                        [f"~~{word}~~ {new}"],
                        [new],
                        [f"{word}{new}"],
                        [f"[{word}][{new}]"],
                        [word, f"++{new}++"],
                        [f"{word}}}", new],
                        [],
                    )
                )
            )
        )
    return changed


def read(text: str, name: str = "itu", base: str | None = None) -> Draft:
    """A reading under conventions by name."""
    return read_draft(text, conventions.for_name(name), base)


def sample(name: str) -> str:
    """One of the project's own texts."""
    return (TEXTS / name).read_text(encoding="utf-8")


def read_sample(name: str, body: Conventions, base: str | None = None) -> Draft:
    """A reading of one of the project's own texts."""
    return read_draft(sample(name), body, sample(base) if base else None)


def base_words(draft: Draft) -> list[str]:
    """The words of the base as the reading gives them back."""
    words: list[str] = []
    for clause in draft.clauses:
        if clause.base_words.strip() or clause.base_label:
            words.extend(f"{clause.base_label or ''} {clause.base_words}".split())
    return words


def codes(draft: Draft, line: int) -> set[str]:
    """What the reading finds at a line."""
    return {one.code for one in draft.anomalies if one.line <= line <= one.end_line}


# -- a page, and the next revision of it ----------------------------------------------------------

_WRITTEN = (
    "that the tide tables be printed once a year and sent to every harbour",
    "that small harbours keep their own gauges where they can afford to",
    "to report to the next assembly on what the gauges have shown",
    "the need of fishing communities for warnings in their own language",
    "that States share the readings of their gauges without charge",
    "to set up a fund for harbours that have no gauge of their own",
    "that every warning name the hour, the shore and the height expected",
    "the experience of island States with storms that come by night",
)
_SPONSOR, _OTHER = "KIR/7/1 – Kiribati\n\n", "TUV/9/2 – Tuvalu – To be taken up again\n\n"
_TURNS = (("that", "[that]"), ("every", "[every][each]"), ("to", "[to"), ("harbours", "ports"))


@st.composite
def page_and_revision(draw: st.DrawFn) -> tuple[str, str]:
    """A page of blocks, and what a rapporteur made of it in a night."""
    blocks = draw(st.lists(_block(), min_size=1, max_size=4))
    page = "\n\n".join(paragraph for block in blocks for paragraph in block)
    later = [[_revised(draw, one) for one in block] for block in blocks]
    if draw(st.booleans()):
        later = draw(st.permutations(later))
    rows = [paragraph for block in later for paragraph in block if paragraph]
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, max(0, len(rows) - 1)))
        match draw(st.sampled_from(("moved", "dropped", "merged", "new", "split", "rule"))):
            case "moved" if rows:
                rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(at))
            case "dropped" if len(rows) > 1:
                rows.pop(at)
            case "merged" if at + 1 < len(rows) and " – " not in rows[at] + rows[at + 1]:
                rows[at : at + 2] = [" and ".join(rows[at : at + 2])]
            case "split" if rows and " – " not in rows[at]:
                words = rows[at].split(" ")
                half = len(words) // 2
                rows[at : at + 1] = [" ".join(words[:half]), " ".join(words[half:])]
            case "rule":
                rows.insert(at, "---")
            case _:
                rows.insert(at, draw(_paragraph()))
    return page, "\n\n".join(rows) or "nothing"


@st.composite
def _block(draw: st.DrawFn) -> list[str]:
    heading = draw(st.sampled_from(("recalling", "resolves", "## Article 2", "Option 1:", "")))
    return [one for one in (heading, *draw(st.lists(_paragraph(), max_size=5))) if one]


@st.composite
def _paragraph(draw: st.DrawFn) -> str:
    label = draw(st.sampled_from(("", "a) ", "b) ", "1 ", "2 ", "(i) ", "- ")))
    words = draw(st.sampled_from(_WRITTEN))
    mark = draw(st.sampled_from(("{}", "{}", "{}", "[{}]", "~~{}~~", "[{}", "{}]", "{{{}}}")))
    sponsor = "" if "~" in mark else draw(st.sampled_from(("", "", "", _SPONSOR, _OTHER)))
    return sponsor + mark.format(label + _turned(draw, words) + draw(st.sampled_from(";,.")))


def _turned(draw: st.DrawFn, words: str) -> str:
    for old, new in _TURNS:
        if draw(st.integers(0, 3)) == 0:
            words = words.replace(old, new, 1)
    if draw(st.integers(0, 3)) == 0:
        row = words.split(" ")
        at = draw(st.integers(0, len(row) - 1))
        row[at] = draw(st.sampled_from(("", "~~{}~~", "[{}]", "++new++ {}"))).format(row[at])
        words = " ".join(row)
    return words


def _revised(draw: st.DrawFn, paragraph: str) -> str:
    match draw(st.sampled_from(("kept", "kept", "kept", "turned", "relabelled", "struck", "open"))):
        case "turned" if " – " not in paragraph:
            # A sponsor's name that is typed over is another name, and the record knows the first.
            return _turned(draw, paragraph)
        case "relabelled":
            return paragraph.replace("a) ", "c) ", 1).replace("b) ", "bbis) ", 1)
        case "struck" if " – " not in paragraph:
            return f"~~{paragraph}~~"
        case "open":
            return f"[{paragraph}]"
        case _:
            return paragraph
