"""The marks of a page: struck and underlined stretches, brackets and what each of them meets.

Strikes and brackets overlap on real pages, so they are independent layers of intervals, never a
tree. One pass finds the marks, one stack per layer pairs them; both take linear time whatever the
page holds. Leaves out what a bracket means: that is for `points.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

import attrs

DEEPEST_ACROSS_PARAGRAPHS = 16
"""So many brackets may stay open at a paragraph's end; what is opened further out never closes.

Real pages have ten at the most. Without a limit a page of a million brackets over a million
paragraphs would have a square of shares.
"""

MOST_STRAYS = 5_000
"""So many unmatched marks are told one by one."""

OPENERS = {"[": "]", "{": "}"}
CLOSERS = {"]": "[", "}": "{"}

_TOKEN = re.compile(
    r"~~|\+\+|[\[\]{}]|\\[\[\]{}~]|<!--|</?(?:u|ins|s|del|strike)>|\n[ \t\r]*\n", re.IGNORECASE
)
FOOTNOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
"""The call of a footnote: its brackets are words."""
_NUMBER_TO_COME = re.compile(
    r"\b(?:resolution|résolution|resolución|decision|décision|decisión|recommendation"
    r"|recommandation|recomendación)[ \t\xa0]{1,4}"
    r"(\[[A-Z]{1,9}(?:[-/ ][A-Z]{1,9}){0,9}-\d{1,3}\])",
    re.IGNORECASE,
)
"""`RESOLUTION [EUR/IAP-1]`: what a text goes by until it has a number."""
_LINK_TARGET = re.compile(r"\]\((?:https?:|mailto:|#|/|\.{1,2}/)[^()\s]{0,2000}\)")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]{0,200}\}")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]\n^][^\[\]\n]{0,80})\]:[ \t]+\S+", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[([^\[\]\n]{1,80})\]")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_UNDER_OPEN = ("<u>", "<ins>")
_UNDER_CLOSE = ("</u>", "</ins>")
_STRIKE_OPEN = ("<s>", "<del>", "<strike>")
_STRIKE_CLOSE = ("</s>", "</del>", "</strike>")


def signs_that_are_words(source: str) -> set[int]:
    """Where square brackets stand that are part of a name: footnote calls, numbers to come."""
    named = [found.span(1) for found in _NUMBER_TO_COME.finditer(source)]
    called = [found.span() for found in FOOTNOTE_MARK.finditer(source)]
    return {at for start, end in (*called, *named) for at in (start, end - 1)}


@attrs.frozen
class Span:
    """A stretch between two marks: where they stand and how long they are."""

    start: int
    end: int
    opens: int
    closes: int

    @property
    def inner_start(self) -> int:
        """Where the words inside begin."""
        return self.start + self.opens

    @property
    def inner_end(self) -> int:
        """Where the words inside end."""
        return self.end - self.closes


@attrs.frozen
class Pair:
    """Two brackets that belong together."""

    opened: int
    closed: int
    glyph: str
    dead: bool
    depth: int


@attrs.frozen
class Stray:
    """A mark that meets no partner."""

    at: int
    glyph: str
    dead: bool
    near: int
    """Where the nearest closed pair of its layer stands, -1 where there is none."""


@attrs.frozen
class Marks:
    """Every mark of a page, by layer, in the order of the page."""

    strikes: tuple[Span, ...]
    underlines: tuple[Span, ...]
    unclosed_strikes: tuple[int, ...]
    pairs: tuple[Pair, ...]
    """In the order in which they open."""
    strays: tuple[Stray, ...]
    """The first of them, MOST_STRAYS at the most; the rest is only counted."""
    stray_count: int
    literal: tuple[tuple[int, str], ...]
    skipped: tuple[tuple[int, int], ...]
    """Stretches that are no part of the text: comments, front matter, link definitions."""
    opened: int
    depth: int


@attrs.define
class _Layers:
    """What the scan has found so far."""

    strikes: list[Span]
    underlines: list[Span]
    unclosed: list[int]
    brackets: list[tuple[int, str]]
    literal: list[tuple[int, str]]
    paragraph_ends: list[int]


def skipped_stretches(source: str) -> tuple[tuple[int, int], ...]:
    """Comments, front matter and link definitions: printed, but no part of the text."""
    found: list[tuple[int, int]] = []
    at = 0
    while (start := source.find("<!--", at)) >= 0:
        end = source.find("-->", start)
        if end < 0:
            break
        at = end + 3
        found.append((start, at))
    begin = _after_blank(source, found[0][1] if found and not source[: found[0][0]].strip() else 0)
    front = _FRONT_MATTER.match(source, begin)
    if front and (end_mark := _FRONT_MATTER_END.search(source, front.end())):
        found.append((begin, end_mark.end()))
    found.extend((match.start(), match.end()) for match in _DEFINITION.finditer(source))
    found.sort()
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def link_definitions(source: str) -> list[str]:
    """The lines of a page that define its links by reference, as printed."""
    return [
        source[match.start() : _line_end(source, match.end())].strip()
        for match in _DEFINITION.finditer(source)
    ]


def _line_end(source: str, at: int) -> int:
    end = source.find("\n", at)
    return len(source) if end < 0 else end


def _after_blank(source: str, at: int) -> int:
    while at < len(source) and source[at] in "\ufeff \t\r\n":
        at += 1
    return at


def scan(source: str) -> Marks:
    """All marks of a page, paired where they can be."""
    skipped = skipped_stretches(source)
    references = {match[1].lower() for match in _DEFINITION.finditer(source)}
    layers = _tokens(source, skipped, references)
    pairs, strays, depth = _paired(layers)
    return Marks(
        strikes=tuple(layers.strikes),
        underlines=tuple(layers.underlines),
        unclosed_strikes=tuple(layers.unclosed),
        pairs=tuple(pairs),
        strays=tuple(strays),
        stray_count=len(layers.brackets) - 2 * len(pairs),
        literal=tuple(sorted(layers.literal)),
        skipped=skipped,
        opened=len(layers.brackets),
        depth=depth,
    )


def brackets_only(
    brackets: Sequence[tuple[int, str]],
    literal: Sequence[tuple[int, str]],
    strikes: Sequence[Span],
    paragraph_ends: Sequence[int],
) -> Marks:
    """The marks of a page whose strikes are known otherwise: its living brackets, paired.

    ``literal`` are signs that are words.
    """
    layers = _Layers([], [], [], list(brackets), [], list(paragraph_ends))
    pairs, strays, depth = _paired(layers)
    return Marks(
        strikes=tuple(strikes),
        underlines=(),
        unclosed_strikes=(),
        pairs=tuple(pairs),
        strays=tuple(strays),
        stray_count=len(layers.brackets) - 2 * len(pairs),
        literal=tuple(literal),
        skipped=(),
        opened=len(layers.brackets),
        depth=depth,
    )


def _tokens(source: str, skipped: Sequence[tuple[int, int]], references: set[str]) -> _Layers:
    layers = _Layers([], [], [], [], [], [])
    strike: tuple[int, str] | None = None
    under: tuple[int, str] | None = None
    literal_until = {
        at: source[at]
        for found in _NUMBER_TO_COME.finditer(source)
        for at in (found.start(1), found.end(1) - 1)
    }
    skips = iter([*skipped, (len(source) + 1, len(source) + 1)])
    skip = next(skips)
    for match in _TOKEN.finditer(source):
        at, token = match.start(), match[0]
        while at >= skip[1]:
            skip = next(skips)
        if at >= skip[0]:
            if token[-1] in "[]{}":
                layers.literal.append((match.end() - 1, token[-1]))
            continue
        if token[0] == "\n":
            if strike is not None:
                layers.unclosed.append(strike[0])
            strike = under = None
            layers.paragraph_ends.append(at)
        elif token[0] == "\\":
            if token[1] != "~":
                layers.literal.append((at + 1, token[1]))
        elif token in OPENERS or token in CLOSERS:
            _bracket(source, at, token, layers, literal_until, references)
        elif token == "~~" or token.lower() in (*_STRIKE_OPEN, *_STRIKE_CLOSE):
            strike = _toggled(at, token.lower(), strike, layers.strikes, _STRIKE_CLOSE)
        elif token == "++" or token.lower() in (*_UNDER_OPEN, *_UNDER_CLOSE):
            under = _toggled(at, token.lower(), under, layers.underlines, _UNDER_CLOSE)
    if strike is not None:
        layers.unclosed.append(strike[0])
    return layers


def _toggled(
    at: int,
    token: str,
    opened: tuple[int, str] | None,
    spans: list[Span],
    closing: tuple[str, ...],
) -> tuple[int, str] | None:
    """What is open after one more mark of a layer that opens and closes in turn."""
    if opened is None:
        return None if token in closing else (at, token)
    if (opened[1] in ("~~", "++")) != (token in ("~~", "++")):
        return opened
    if token in ("~~", "++") or token in closing:
        spans.append(Span(opened[0], at + len(token), len(opened[1]), len(token)))
        return None
    return opened


def _bracket(
    source: str,
    at: int,
    token: str,
    layers: _Layers,
    literal_until: dict[int, str],
    references: set[str],
) -> None:
    if at in literal_until:
        layers.literal.append((at, token))
        return
    if token == "[" and source.startswith("[^", at):
        found = FOOTNOTE_MARK.match(source, at)
        if found:
            layers.literal.append((at, "["))
            literal_until[found.end() - 1] = "]"
            return
    if token == "{" and source.startswith("{:", at) and (found := _ATTRIBUTES.match(source, at)):
        layers.literal.append((at, "{"))
        literal_until[found.end() - 1] = "}"
        return
    if token == "]" and layers.brackets and layers.brackets[-1][1] == "[":
        linked = _LINK_TARGET.match(source, at) if source.startswith("](", at) else None
        if linked is None and references and source.startswith("][", at):
            named = _REFERENCE.match(source, at)
            if named and named[1].lower() in references:
                linked = named
                literal_until[at + 1] = "["
                literal_until[named.end() - 1] = "]"
        if linked is not None:
            layers.literal.append(layers.brackets.pop())
            layers.literal.append((at, "]"))
            return
    layers.brackets.append((at, token))


def _paired(layers: _Layers) -> tuple[list[Pair], list[Stray], int]:
    """Each closer with the last opener of its layer; struck and living marks are layers apart."""
    struck = Struck(layers.strikes)
    stacks: dict[tuple[str, bool], list[int]] = {
        (glyph, dead): [] for glyph in OPENERS for dead in (False, True)
    }
    latest: dict[tuple[str, bool], int] = dict.fromkeys(stacks, -1)
    pairs: list[Pair] = []
    strays: list[Stray] = []
    ends = layers.paragraph_ends
    next_end = 0
    deepest = 0

    for at, glyph in layers.brackets:
        while next_end < len(ends) and ends[next_end] < at:
            next_end += 1
            for (opener, dead), stack in stacks.items():
                excess = len(stack) - DEEPEST_ACROSS_PARAGRAPHS
                if excess > 0:
                    if len(strays) < MOST_STRAYS:
                        lost = stack[: min(excess, MOST_STRAYS)]
                        strays.extend(Stray(at_lost, opener, dead, -1) for at_lost in lost)
                    del stack[:excess]
        dead = struck.covers(at)
        if glyph in OPENERS:
            stacks[glyph, dead].append(at)
            continue
        key = (CLOSERS[glyph], dead)
        stack = stacks[key]
        if not stack:
            if len(strays) < MOST_STRAYS:
                strays.append(Stray(at, glyph, dead, latest[key]))
            continue
        depth = len(stack)
        deepest = max(deepest, depth)
        pairs.append(Pair(stack.pop(), at, CLOSERS[glyph], dead, depth))
        latest[key] = at
    for (opener, dead), stack in stacks.items():
        near = latest[opener, dead]
        strays.extend(Stray(at, opener, dead, near) for at in stack[:MOST_STRAYS])
    pairs.sort(key=lambda pair: pair.opened)
    strays.sort(key=lambda stray: stray.at)
    return pairs, strays[:MOST_STRAYS], deepest


class Struck:
    """Says of any place of the page whether it stands between strike marks."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._ends = [span.end for span in spans]

    def covers(self, at: int) -> bool:
        """Whether the character at that place is struck."""
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._ends[index]
