"""Where the brackets of a text are printed: which clause each opens and closes in, and its signs.

Brackets are objects on the record and become characters only here.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Bracket, BracketKind, How
from negotiation.text.passage import Run, Shown, Standing, marks_of
from negotiation.text.places import Reach
from negotiation.views.at_that_time import Moment
from negotiation.views.readings import AsProposedBy, Reading, is_left
from negotiation.views.standing import stands_in


@attrs.frozen
class Spans:
    """The first and the last clause that each open point touches, in the order of the text."""

    first: Mapping[str, str]
    last: Mapping[str, str]
    wording_first: Mapping[tuple[str, int], str]
    """The same for every wording of a point that prints its wordings in pairs of their own."""
    wording_last: Mapping[tuple[str, int], str]


def spans(moment: Moment, reading: Reading | AsProposedBy = Reading.OPEN) -> Spans:
    """Where the brackets of a moment open and close, among the clauses that a reading prints."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    paired: set[str] = set()
    wordings: list[tuple[tuple[str, int], str]] = []
    rows: list[dict[str, str]] = []
    for clause in moment.clauses:
        if not clause.brackets or not clause.margin.tabled or is_left(clause, reading):
            continue
        rows.append(dict.fromkeys([one.point for one in clause.brackets], clause.id))
        for one in clause.alternatives:
            wordings.append(((one.point, one.order), clause.id))
            if not one.reach.whole:
                paired.add(one.point)
    for row in rows:
        last.update(row)
    for row in reversed(rows):
        first.update(row)
    apart = [wording for wording in wordings if wording[0][0] in paired]
    return Spans(first, last, dict(reversed(apart)), dict(apart))


class Signs:
    """The spans of the moments of one record: they stand until a bracket changes."""

    def __init__(self, reading: Reading = Reading.OPEN) -> None:
        """Nothing is known yet."""
        self._reading = reading
        self._last: tuple[tuple[Clause, ...], Spans] | None = None

    def spans(self, moment: Moment) -> Spans:
        """Where the brackets of a moment open and close."""
        last, clauses = self._last, moment.clauses
        alike = (
            last is not None
            and len(last[0]) == len(clauses)
            and all(
                one is other or _bracketed_alike(one, other, self._reading)
                for one, other in zip(last[0], clauses, strict=True)
            )
        )
        found = last[1] if last is not None and alike else spans(moment, self._reading)
        self._last = (clauses, found)
        return found


def _bracketed_alike(one: Clause, other: Clause, reading: Reading) -> bool:
    """Whether a clause opens and closes the same brackets in two of its states."""
    return (
        one.id == other.id
        and one.margin.tabled == other.margin.tabled
        and is_left(one, reading) == is_left(other, reading)
        and [(a.point, a.reach.whole) for a in one.brackets]
        == [(a.point, a.reach.whole) for a in other.brackets]
        and [(a.point, a.order, a.reach.whole) for a in one.alternatives]
        == [(a.point, a.order, a.reach.whole) for a in other.alternatives]
    )


# -- the signs of one clause ----------------------------------------------------------------------


@attrs.frozen
class Sign:
    """A bracket sign at a place, with the key that puts signs at one place into order."""

    at: int
    key: tuple[int, int, int, int]
    words: str
    opens: bool
    source: str = ""
    """The proposal whose undecided words it stands around."""
    point: str = ""
    """The open point that it belongs to."""
    before_label: bool = False
    """Whether it opens before the label, not behind it."""


def signs_of(clause: Clause, printed: Spans | None, *, live: bool, undecided: bool) -> list[Sign]:
    """The signs of all brackets; in the live text none around words that are all gone."""
    length = len(clause.passage.words)
    signs: list[Sign] = []
    covered: list[tuple[int, int]] = []
    for bracket in clause.brackets:
        if bracket.kind is BracketKind.WHOLE_TEXT:
            continue
        point = bracket.point
        opens = printed is None or printed.first.get(point, clause.id) == clause.id
        closes = printed is None or printed.last.get(point, clause.id) == clause.id
        covered.append(bracket.reach.within(length))
        inner = _own_pairs(clause, bracket, printed)
        if not inner and bracket.kind is BracketKind.OPTION:
            # "Option 1:" says on the page what a bracket would say.
            continue
        curly = bracket.kind is BracketKind.OUTER
        for reach, begins, ends in inner or [(bracket.reach, opens, closes)]:
            if live and begins and ends and not stands_in(clause, reach):
                continue
            low = -1 if reach.start is None else reach.start
            high = length + 1 if reach.end is None else reach.end
            signs += _pair(low, high, length, bracket.since, begins, ends, curly, point, "")
    for low, high, source in _undecided(clause, covered) if undecided else ():
        signs += _pair(low, high, length, 1 << 60, True, True, False, "", source)
    return signs


def base_signs(clause: Clause) -> list[Sign]:
    """The bracket signs that stood in the base already."""
    signs: list[Sign] = []
    for one in clause.printed:
        if one.how not in (How.SIGN, How.SIGN_BEFORE):
            continue
        before = one.how is How.SIGN_BEFORE
        at = 0 if before else one.start
        opens = one.label in "[{"
        signs.append(Sign(at, (at, 0, 0, 0), one.label, opens, before_label=before))
    # Signs at one place stay in the order in which they are printed.
    return sorted(signs, key=lambda sign: sign.at)


def _own_pairs(
    clause: Clause, bracket: Bracket, printed: Spans | None
) -> list[tuple[Reach, bool, bool]]:
    """The wordings of a point that are printed in pairs of their own, with what opens and closes.

    Those are the wordings inside clauses: `[shall][should]`. Wordings that are whole clauses stand
    together in the one pair of their point. A wording may begin in one clause and end in another.
    """
    point = bracket.point
    own = [one for one in clause.alternatives if one.point == point]
    if printed is None:
        apart = any(not one.reach.whole for one in own)
        return [(one.reach, True, True) for one in own] if apart else []
    return [
        (
            one.reach,
            printed.wording_first[point, one.order] == clause.id,
            printed.wording_last[point, one.order] == clause.id,
        )
        for one in own
        if (point, one.order) in printed.wording_first
    ]


def _pair(
    low: int,
    high: int,
    length: int,
    since: int,
    opens: bool,
    closes: bool,
    curly: bool,
    point: str,
    source: str,
) -> list[Sign]:
    """The signs of one bracket.

    At one place brackets close before others open, the inner one first; empty ones stay whole.
    """
    signs: list[Sign] = []
    start, end = max(low, 0), min(high, length)
    if opens:
        key = (low, 1, -high, since)
        signs.append(Sign(start, key, "{" if curly else "[", True, source, point, low < 0))
    if closes:
        empty = low == high and opens
        key = (high, 2 if empty else 0, -low, -since)
        signs.append(Sign(end, key, "}" if curly else "]", False, source, point))
    return signs


def _undecided(clause: Clause, covered: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Stretches of undecided words outside every bracket, one for neighbours of one source."""
    found: list[tuple[int, int, str]] = []
    before: set[str] = set()
    others = False
    for at, run in clause.passage.pieces():
        if run.shown is Shown.GONE:
            continue
        end = at + len(run.words)
        sources = _pending_sources(run)
        if not sources or any(low <= at and end <= high for low, high in covered):
            before, others = set(), True
        elif sources & before:
            found[-1] = (found[-1][0], end, found[-1][2])
            before &= sources
        else:
            others = others or bool(found)
            found.append((at, end, min(sources)))
            before = sources
    if len(found) == 1 and not others:
        # The whole clause is undecided, and its label with it.
        return [(-1, len(clause.passage.words) + 1, found[0][2])]
    return found


def _pending_sources(run: Run) -> set[str]:
    return {
        mark.source or f"entry {mark.entry}"
        for mark in marks_of(run)
        if mark.standing is Standing.PENDING
    }
