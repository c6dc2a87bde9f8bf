"""Alternatives without a bracket: blocks of options, `alt` paragraphs, sponsors in a row.

Each yields a group of stretches of whole clauses. Leaves out the words: an option is open as it is
printed.
"""

import re
from collections.abc import Sequence

import attrs

from negotiation.papers.draft import DraftClause, Kind
from negotiation.papers.labels import option_ordinal
from negotiation.papers.parties import Attribution
from negotiation.papers.passages import Passage
from negotiation.papers.structure import Placed

_CORE = re.compile(r"Option\W{0,3}([0-9A-Za-z]{1,5})")
_NO_TEXT = re.compile(
    r"[\s*_{\[(]{0,8}no (?:text|provision|article|reference)\b[^.;]{0,80}", re.IGNORECASE
)
_END = re.compile(r"[\s*_]{0,4}\{[ ]?end of options?[ ]?\}[\s*_]{0,4}$", re.IGNORECASE)
_ALT = re.compile(r"(?P<core>.{1,24}?)[  ]?alt[. ]?\d{0,2}(?P<close>[.:)]?)$", re.IGNORECASE)
_LOOK_BACK = 12
_MOST_OPEN = 12


@attrs.frozen
class Choice:
    """One alternative of a group: from one clause to another, by index in the page's order."""

    first: int
    last: int
    printed: str
    no_text: bool = False
    attribution: Attribution | None = None


@attrs.frozen
class Group:
    """Alternatives that stand as clauses of their own."""

    choices: tuple[Choice, ...]
    by_sponsor: bool = False


def is_end_of_options(clause: DraftClause) -> bool:
    """Whether a clause only says that the options end here."""
    return bool(_END.match(clause.live_words[:80]))


def option_groups(found: Sequence[Passage]) -> list[Group]:
    """The blocks of options of a page; the numbering starts again at each place."""
    clauses = [passage.clause for passage in found]
    open_groups: list[tuple[int, str, int, list[int]]] = []
    closed: list[tuple[list[int], int]] = []

    def close(down_to: int, last: int) -> None:
        while len(open_groups) > down_to:
            closed.append((open_groups.pop()[3], last))

    for index, clause in enumerate(clauses):
        if clause.kind is Kind.HEADING:
            close(0, index - 1)
        elif is_end_of_options(clause):
            close(max(0, len(open_groups) - 1), index - 1)
        elif clause.kind is Kind.OPTION:
            series, ordinal = _series(clause.label)
            while open_groups and open_groups[-1][0] > clause.indent:
                close(len(open_groups) - 1, index - 1)
            while open_groups and not _continues(open_groups[-1], clause.indent, series, ordinal):
                if open_groups[-1][0] < clause.indent and len(open_groups) < _MOST_OPEN:
                    break
                close(len(open_groups) - 1, _last_of(clauses, open_groups[-1][3][-1], index))
            if open_groups and _continues(open_groups[-1], clause.indent, series, ordinal):
                indent, _, _, members = open_groups[-1]
                members.append(index)
                open_groups[-1] = (indent, series, ordinal, members)
            else:
                open_groups.append((clause.indent, series, ordinal, [index]))
        elif open_groups and clause.indent < open_groups[-1][0]:
            close(
                len([one for one in open_groups if one[0] <= clause.indent]),
                index - 1,
            )
    close(0, len(clauses) - 1)
    closed.sort(key=lambda entry: entry[0][0])
    return [
        Group(_choices(clauses, members, _last_of(clauses, members[-1], last + 1)))
        for members, last in closed
    ]


def _continues(opened: tuple[int, str, int, list[int]], indent: int, series: str, n: int) -> bool:
    return opened[0] == indent and opened[1] == series and n > opened[2]


def _series(label: str) -> tuple[str, int]:
    found = _CORE.match(label)
    core = found[1] if found else ""
    ordinal = option_ordinal(core)
    if core[:1].isdigit():
        return "digit", ordinal
    if core and all(letter in "IVX" for letter in core):
        return "roman", ordinal
    return "letter", ordinal


def _last_of(clauses: Sequence[DraftClause], first: int, limit: int) -> int:
    """Where the last option of a group ends: with its own paragraph, if that holds its words."""
    opening = clauses[first]
    if not opening.live_words.strip():
        return max(first, limit - 1)
    last = first
    while last + 1 < limit and clauses[last + 1].indent > opening.indent:
        last += 1
    return last


def _choices(clauses: Sequence[DraftClause], members: list[int], last: int) -> tuple[Choice, ...]:
    ends = [member - 1 for member in members[1:]] + [last]
    return tuple(
        Choice(first, max(first, end), clauses[first].label, _says_no_text(clauses, first, end))
        for first, end in zip(members, ends, strict=True)
    )


def _says_no_text(clauses: Sequence[DraftClause], first: int, end: int) -> bool:
    opening = clauses[first].live_words.strip()
    if opening or end <= first:
        return bool(_NO_TEXT.match(opening)) and len(opening) < 120
    following = clauses[first + 1].live_words.strip()
    return end == first + 1 and bool(_NO_TEXT.match(following)) and len(following) < 120


def alt_groups(found: Sequence[Passage]) -> list[Group]:
    """Paragraphs and their `alt` rivals, where both are printed close to each other."""
    clauses = [passage.clause for passage in found]
    groups: dict[int, list[int]] = {}
    for index, clause in enumerate(clauses):
        rival = _ALT.match(clause.label)
        if rival is None or clause.label_struck:
            continue
        core = rival["core"].strip(".:) ")
        for before in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            if clauses[before].kind is Kind.HEADING:
                break
            if clauses[before].label.strip(".:) ") == core and not clauses[before].label_struck:
                groups.setdefault(before, [before]).append(index)
                break
    return [
        Group(tuple(Choice(member, member, clauses[member].label) for member in members))
        for _, members in sorted(groups.items())
    ]


def sponsor_runs(
    placed: Sequence[Placed],
    first_clause: Sequence[int],
    clauses: Sequence[DraftClause],
    upto: Sequence[int] | None = None,
) -> list[list[Choice]]:
    """Attribution lines in runs, each with the clauses that follow it up to the next or a heading.

    `first_clause` tells for each block the index of the first clause behind it, `upto` that of the
    first one from it on, where the lines are clauses themselves.
    """
    until = first_clause if upto is None else upto
    runs: list[list[Choice]] = []
    lines = [index for index, entry in enumerate(placed) if entry.block.attribution is not None]
    for position, index in enumerate(lines):
        said = placed[index].block.attribution
        first = first_clause[index]
        bound = until[lines[position + 1]] if position + 1 < len(lines) else len(clauses)
        last = first - 1
        while last + 1 < bound and clauses[last + 1].kind is not Kind.HEADING:
            last += 1
        if said is None or last < first:
            continue
        choice = Choice(first, last, said.printed, attribution=said)
        if runs and runs[-1][-1].last + 1 == until[index]:
            runs[-1].append(choice)
        else:
            runs.append([choice])
    return runs
