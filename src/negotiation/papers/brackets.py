"""Which brackets of a page are open points, and which are words by convention.

A footnote mark is told by `marks.py`; here a curly annotation and a status in brackets are. Leaves
out the words between: where they stand is for `points.py`.
"""

import re
from collections.abc import Sequence

import attrs

from negotiation.papers.conventions import Conventions, Curly
from negotiation.papers.marks import Marks, Pair

_STATUS = re.compile(
    r"\s{0,4}(?:agreed(?:\s+ad\s+ref(?:erendum|\.)?)?(?:\s+in\s+[\w ]{1,40})?"
    r"|ad\s+ref(?:erendum|\.)?"
    r"|pending\s[^\[\]]{1,80})\s{0,4}$",
    re.IGNORECASE,
)
_ANNOTATION = re.compile(
    r"[\s*_]{0,6}(?:no text|end of|placement|placeholder|pending|this |these |the proponents|note"
    r"|to be |further |see |refer|issue|precise|option|add |modulators|para|moved|original)",
    re.IGNORECASE,
)
_LONGEST_STATUS = 100


@attrs.frozen
class Brackets:
    """The live pairs of a page: those that open a point, and those that are notes in the words."""

    points: tuple[Pair, ...]
    notes: tuple[Pair, ...]
    dead: tuple[Pair, ...]

    def removed(self, marks: Marks) -> list[tuple[int, int]]:
        """Every mark that is no word, as place and length, in order."""
        found = [(pair.opened, 1) for pair in self.points]
        found.extend((pair.closed, 1) for pair in self.points)
        for layer in (marks.strikes, marks.underlines):
            found.extend((span.start, span.opens) for span in layer)
            found.extend((span.end - span.closes, span.closes) for span in layer)
        found.sort()
        return found


def brackets_of(source: str, marks: Marks, conventions: Conventions) -> Brackets:
    """The pairs of a page by what they are taken for."""
    points: list[Pair] = []
    notes: list[Pair] = []
    dead: list[Pair] = []
    for pair in marks.pairs:
        if pair.dead:
            dead.append(pair)
        elif _is_note(source, pair, conventions):
            notes.append(pair)
        else:
            points.append(pair)
    return Brackets(tuple(points), tuple(notes), tuple(dead))


def _is_note(source: str, pair: Pair, conventions: Conventions) -> bool:
    if pair.glyph == "[":
        if pair.closed - pair.opened > _LONGEST_STATUS:
            return False
        return bool(_STATUS.match(source[pair.opened + 1 : pair.closed]))
    if conventions.curly is Curly.ANNOTATION:
        return True
    return bool(_ANNOTATION.match(source[pair.opened + 1 : min(pair.closed, pair.opened + 40)]))


_BETWEEN = re.compile(r"[ \t]{0,8}(/?)[ \t]{0,8}(?=[\[{])")


def adjacent(source: str, pairs: Sequence[Pair], conventions: Conventions) -> list[list[Pair]]:
    """The pairs in groups: neighbours that offer wordings for the same place are one group."""
    opening = {pair.opened: index for index, pair in enumerate(pairs)}
    joined_to: dict[int, int] = {}
    for index, pair in enumerate(pairs):
        between = _BETWEEN.match(source, pair.closed + 1)
        if between is None:
            continue
        after = opening.get(between.end())
        if after is None or pairs[after].glyph != pair.glyph:
            continue
        gap = between[0]
        if not gap or between[1] or conventions.spaced_adjacency:
            joined_to[after] = index
    group_of: dict[int, int] = {}
    groups: list[list[Pair]] = []
    for index, pair in enumerate(pairs):
        before = joined_to.get(index)
        if before is None:
            group_of[index] = len(groups)
            groups.append([pair])
        else:
            group_of[index] = group_of[before]
            groups[group_of[before]].append(pair)
    return groups
