"""The words of a clause against the words of its base: which are base, which were added or lost.

Words and marks of punctuation are compared one by one, struck ones included, because a marked page
holds both wordings. Leaves out what a difference means for the record.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

import attrs

from negotiation.papers.draft import DraftRun, Origin

_TOKEN = re.compile(r"\[\^[^\[\]\s]{1,40}\]|[\w\u0300-\u036f]+|[^\w\s]")
_LONG = 1_200
"""Longer wordings are compared by a faster method that minds neighbours less."""
_TOO_LONG = 60_000


@attrs.frozen
class Token:
    """A word or a mark and where it stands in its wording."""

    text: str
    start: int
    end: int
    spaced: bool
    """Whether white space stands before it."""


def tokens_of(
    words: str, start: int = 0, end: int | None = None, cuts: Sequence[int] = ()
) -> list[Token]:
    """The words and marks of a stretch; at a cut, where a bracket stands, one word is two."""
    found: list[Token] = []
    for match in _TOKEN.finditer(words, start, len(words) if end is None else end):
        at = match.start()
        index = bisect_right(cuts, at)
        while index < len(cuts) and cuts[index] < match.end():
            found.append(_token(words, at, cuts[index], found))
            at = cuts[index]
            index += 1
        found.append(_token(words, at, match.end(), found))
    return found


def _token(words: str, start: int, end: int, found: list[Token]) -> Token:
    return Token(words[start:end], start, end, bool(found) and start > found[-1].end)


Hunk = tuple[int, int, int, int]


def hunks_of(page: Sequence[str], base: Sequence[str]) -> list[Hunk]:
    """The stretches in which two wordings differ, as (page from, to, base from, to)."""
    if len(page) + len(base) > _TOO_LONG:
        return _edges_only(page, base)
    if len(page) > _LONG or len(base) > _LONG:
        from rapidfuzz.distance import Indel

        rows = [
            (op.src_start, op.src_end, op.dest_start, op.dest_end)
            for op in Indel.opcodes(page, base)
            if op.tag != "equal"
        ]
        return _joined(rows)
    matcher = SequenceMatcher(None, page, base, autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _joined(rows: Sequence[Hunk]) -> list[Hunk]:
    joined: list[Hunk] = []
    for row in rows:
        if joined and joined[-1][1] == row[0] and joined[-1][3] == row[2]:
            joined[-1] = (joined[-1][0], row[1], joined[-1][2], row[3])
        else:
            joined.append(row)
    return joined


def _edges_only(page: Sequence[str], base: Sequence[str]) -> list[Hunk]:
    head = 0
    shorter = min(len(page), len(base))
    while head < shorter and page[head] == base[head]:
        head += 1
    tail = 0
    while tail < shorter - head and page[-1 - tail] == base[-1 - tail]:
        tail += 1
    if head == len(page) == len(base):
        return []
    return [(head, len(page) - tail, head, len(base) - tail)]


@attrs.define
class Atom:
    """A stretch of a clause while it is put together: a word, a mark or white space."""

    text: str
    at: int
    """Where it stands in the printed words; for words not printed, where they belong."""
    struck: bool
    origin: Origin | None = None
    """None while white space waits to be given to one side."""
    printed: bool = True
    lost: bool = False
    base_spaced: bool = False


def spaced(atoms: list[Atom]) -> list[Atom]:
    """The same atoms with each white space given to the base or to what was inserted.

    Between two base words the base has a space or none: as many are base, the others are not.
    """
    result: list[Atom] = []
    waiting: list[Atom] = []
    before: Atom | None = None
    for atom in atoms:
        if atom.origin is None:
            result.append(atom)
            waiting.append(atom)
            continue
        if atom.origin is not Origin.INSERTED:
            if before is not None and atom.base_spaced:
                gone = before.struck or before.lost
                if waiting:
                    # Behind struck words what replaces them comes first, then the base goes on.
                    space = waiting.pop() if gone else waiting.pop(0)
                    space.origin = Origin.BASE
                    space.lost = before.lost and atom.lost and before.printed and atom.printed
                elif atom.printed:
                    result.append(Atom(" ", atom.at, True, Origin.BASE, printed=False, lost=True))
                else:
                    atom.text = " " + atom.text
            for space in waiting:
                space.origin = space.origin or Origin.INSERTED
            waiting = []
            before = atom
        result.append(atom)
    for space in waiting:
        space.origin = Origin.INSERTED
    return result


def runs_of(atoms: Sequence[Atom]) -> tuple[DraftRun, ...]:
    """The atoms as runs, neighbours of one kind put together."""
    joined: list[tuple[list[str], tuple[Origin, bool, bool, bool]]] = []
    for atom in atoms:
        kind = (atom.origin or Origin.INSERTED, atom.struck or atom.lost, atom.printed, atom.lost)
        if joined and joined[-1][1] == kind:
            joined[-1][0].append(atom.text)
        else:
            joined.append(([atom.text], kind))
    return tuple(
        DraftRun("".join(texts), origin, struck, printed, lost)
        for texts, (origin, struck, printed, lost) in joined
    )
