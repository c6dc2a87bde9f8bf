"""The labels that paragraphs carry: `e)`, `(a)`, `1`, `3bis.`, `iii)`, `iia)`, `PP2`, `Option 2`.

Reads one label at the start of a paragraph whose marks are already out. Leaves out numbering: what
a label should be is for the record, not for the page.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

import attrs


class Style(StrEnum):
    """The series that a label belongs to."""

    NONE = ""
    ALPHA = "alpha"
    ALPHA_PAREN = "(alpha)"
    ROMAN = "roman"
    ROMAN_PAREN = "(roman)"
    DIGIT = "digit"
    DIGIT_PAREN = "digit)"
    SPOKEN = "spoken"
    ARTICLE = "article"
    OPTION = "option"
    FOOTNOTE = "footnote"


@attrs.frozen
class Label:
    """A label as printed, where it stands, and where the words begin."""

    text: str
    style: Style
    start: int
    end: int
    words_at: int
    ordinal: int = 0
    """Its place in its series, 1 for a, i and 1; 0 where that is unknown."""
    replaces: tuple[int, int] | None = None
    """Where the struck label stands that this one replaces."""


_SUFFIX = r"(?:[  ]?(?:bis|ter|quater|quat|quinquies|ante|alt\d{0,2})){0,3}"
_SPACE = r"[ \t  ]"
_FAR_ENOUGH = 600
"""No label and nothing that tells what it is stands further from the beginning."""
_BRACKETS_BEFORE = re.compile(r"[ \t]{0,400}[\[{]{1,20}")
_MAY_HOLD_OPTION = frozenset(
    (Style.DIGIT, Style.ALPHA, Style.ALPHA_PAREN, Style.ROMAN, Style.ROMAN_PAREN)
)
_ROMAN = re.compile(r"^[ivxlc]{1,6}$")
_PUT_BETWEEN = re.compile(r"^(?P<before>[ivx]{2,6}|\d{1,3}(?:\.\d{1,3}){0,4})[a-dA-C]$")
"""`iia` and `3a`: what was put in behind `ii` and `3` without numbering anew."""
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.FOOTNOTE, re.compile(r"\[\^[^\[\]\s]{1,40}\](?=:)")),
    (
        Style.OPTION,
        re.compile(
            r"Option[  ](?:\d{1,2}[A-Za-z]?|[IVX]{1,5}|[A-Z]|\([a-z0-9]{1,4}\))(?![\w])"
            rf"(?=[*_]{{0,3}}{_SPACE}{{0,8}}(?::|\.|\)|$|[*_\n]))"
        ),
    ),
    (
        Style.ARTICLE,
        re.compile(
            rf"(?:Article|ARTICLE|Annex|ANNEX|Chapter|CHAPTER|Section|SECTION|Part|PART)"
            rf"[  ](?:\d{{1,3}}[A-Z]?|[IVX]{{1,6}}|[A-Z])(?![A-Za-z]{{0,20}}[a-z)])?{_SUFFIX}(?!\w)"
        ),
    ),
    (Style.SPOKEN, re.compile(rf"(?:PP|OP)[  ]?\d{{1,3}}{_SUFFIX}(?:[.:)]|(?=\s|$))")),
    (
        Style.ALPHA_PAREN,
        re.compile(rf"\((?:[a-z]{{1,6}}|\d{{1,3}}[a-dA-C]?|[A-Z]){_SUFFIX}\)(?!\w)"),
    ),
    (Style.ALPHA, re.compile(r"[ivx]{2,6}[a-d]\)(?=\s|$|[—–-])")),
    (Style.ALPHA, re.compile(rf"(?:[a-z]|aa|bb|cc|[ivxlc]{{1,6}}|[A-Z]){_SUFFIX}\)(?=\s|$|[—–-])")),
    # A letter behind a number is its suffix only where a mark or a wide space ends the label.
    (
        Style.DIGIT,
        re.compile(
            rf"\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[a-dA-C](?:[.:)](?=\s|$|[\[{{*_])|(?=\t|{_SPACE}{{2}}))"
        ),
    ),
    (
        Style.DIGIT,
        re.compile(
            rf"\d{{1,3}}(?:\.(?:\d{{1,3}}|[x](?!\w))){{0,5}}{_SUFFIX}(?:[.:)](?=\s|$|[\[{{*_])|(?=\s|$))"
        ),
    ),
)
_LEAD = re.compile(r"[ \t  ]{0,400}(?:(?:[-*•–]|>)[ \t  ]{1,20})?")
_EMPHASIS = re.compile(r"[*_]{0,3}")
_SEPARATOR = re.compile(r"[*_]{0,3}[:.]?[*_]{0,3}[ \t  ]{0,40}(?:[—–][ \t  ]{1,10})?")
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_NOT_AFTER_NUMBER = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|per cent|cm|km|m|°|%|days|years|months)(?!\w)"
)


def read_label(words: str, *, inside_paragraph: bool = False) -> Label:
    """The label at the start of these words; without one, its text is empty.

    With `inside_paragraph`, only labels that cannot be a word of a broken line are seen.
    """
    lead = _LEAD.match(words)
    start = lead.end() if lead else 0
    emphasis = _EMPHASIS.match(words, start)
    at = emphasis.end() if emphasis else start
    if at >= len(words) or not (words[at].isalnum() or words[at] in "(["):
        return Label("", Style.NONE, start, start, start)
    for style, pattern in _PATTERNS:
        begins = at if style in (Style.OPTION, Style.ARTICLE) else start
        found = pattern.match(words, begins)
        if found is None and begins != at:
            found = pattern.match(words, at)
        if found is None:
            continue
        label = _label(words, style, found, inside_paragraph)
        if label is not None:
            return label
    return Label("", Style.NONE, start, start, start)


def label_at(text: str, at: int) -> Label:
    """The label of a paragraph whose words begin at a place; offsets count in all of the text."""
    label = read_label(text[at : at + _FAR_ENOUGH])
    if not label.text and (before := _BRACKETS_BEFORE.match(text, at)):
        # What stands here is struck or unmatched: a bracket before the label, but not its part.
        behind = read_label(text[before.end() : before.end() + _FAR_ENOUGH])
        if behind.text:
            return _moved(behind, before.end())
    if label.style in _MAY_HOLD_OPTION:
        # An option may stand behind an item's label; then it is the option that counts.
        inner = read_label(text[at + label.words_at : at + _FAR_ENOUGH])
        if inner.style is Style.OPTION:
            return _moved(inner, at + label.words_at)
    return _moved(label, at)


def behind_struck(text: str, label: Label, struck: Sequence[tuple[int, int]]) -> Label:
    """The living label behind a struck one, where a paragraph has been numbered anew."""
    if not any(start <= label.start and label.end <= end for start, end in struck):
        return label
    at = label.words_at
    living = _moved(read_label(text[at : at + _FAR_ENOUGH]), at)
    again = living.text and living.style is label.style
    if not again or any(start <= living.start < end for start, end in struck):
        return label
    return attrs.evolve(living, replaces=(label.start, label.end))


def _moved(label: Label, by: int) -> Label:
    if not by:
        return label
    return attrs.evolve(
        label, start=label.start + by, end=label.end + by, words_at=label.words_at + by
    )


def _label(words: str, style: Style, found: re.Match[str], inside_paragraph: bool) -> Label | None:
    text = found[0].strip()
    end = found.end()
    bare = text.strip("().:")
    if style is Style.DIGIT and _BARE_NUMBER.match(text):
        # "12 cm of water" and "28 October" are words; "1 in his capacity" is item 1.
        rest = words[end : end + 40].lstrip()
        if inside_paragraph or _NOT_AFTER_NUMBER.match(rest):
            return None
    if inside_paragraph and _PUT_BETWEEN.match(bare):
        return None
    if style is Style.ARTICLE and not _is_article_head(words, end, inside_paragraph):
        return None
    if style is Style.ALPHA_PAREN and bare.isalpha() and len(bare) > 1 and not _is_series(bare):
        return None
    if style is Style.FOOTNOTE:
        separator = re.compile(r":[ \t]{0,40}").match(words, end)
    elif style is Style.ARTICLE:
        separator = re.compile(r"[.:]?[ \t  ]{0,40}").match(words, end)
    elif style is Style.OPTION:
        separator = _SEPARATOR.match(words, end)
    else:
        separator = re.compile(r"[ \t  ]{0,40}(?:[—–-][ \t  ]{1,10})?").match(words, end)
    at = separator.end() if separator else end
    series, ordinal = _series(style, text)
    return Label(text, series, found.start(), end, at, ordinal)


def _is_article_head(words: str, end: int, inside_paragraph: bool) -> bool:
    """Whether `Article 3` heads its paragraph, or opens a sentence about it."""
    rest = words[end : end + 200].strip().strip("*_").strip()
    if not rest or rest[0] in "(.:*[—–":
        return True
    return not inside_paragraph and rest[0].isupper() and len(words) < 160


def _is_series(bare: str) -> bool:
    return (
        bool(_ROMAN.match(bare))
        or bool(_PUT_BETWEEN.match(bare))
        or len(set(bare)) == 1
        or " " in bare
        or bare[1:].startswith(("bis", "ter", "alt", "quat"))
    )


def _series(style: Style, text: str) -> tuple[Style, int]:
    bare = text.strip("().:")
    head = re.match(r"[a-zA-Z]+|\d+", bare.removeprefix("Option").strip("( )"))
    core = head[0] if head else ""
    for suffix in ("bis", "ter", "quater", "quinquies", "alt"):
        if core.endswith(suffix) and core != suffix:
            core = core[: -len(suffix)]
    between = _PUT_BETWEEN.match(core)
    if between is not None:
        core = between["before"]
    if style is Style.ALPHA_PAREN and core.isdigit():
        return Style.DIGIT_PAREN, int(core)
    if style in (Style.ALPHA, Style.ALPHA_PAREN):
        roman = core.lower() if _ROMAN.match(core.lower()) else ""
        if roman and (len(roman) > 1 or roman == "i"):
            wide = Style.ROMAN if style is Style.ALPHA else Style.ROMAN_PAREN
            return wide, roman_value(roman)
        return style, ord(core[0].lower()) - 96 if core else 0
    if style is Style.OPTION:
        return style, option_ordinal(core)
    if style is Style.DIGIT and core.isdigit():
        return style, int(core)
    return style, 0


def option_ordinal(core: str) -> int:
    """The place of `2`, `II` or `B` among options."""
    if core.isdigit():
        return int(core)
    digits = re.match(r"\d+", core)
    if digits:
        return int(digits[0])
    if _ROMAN.match(core.lower()) and (len(core) > 1 or core in "IVX"):
        return roman_value(core.lower())
    return ord(core[0].lower()) - 96 if core else 0


def roman_value(roman: str) -> int:
    """The number that a roman numeral stands for; order is not checked."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for this, after in zip(roman, roman[1:] + " ", strict=True):
        value = values[this]
        total += -value if values.get(after, 0) > value else value
    return total
