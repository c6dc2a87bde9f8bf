"""Which open point of a later page is which one of the record, and what a page changes on it.

A bracket that still stands where it stood is the same open point: it keeps its id, its holders and
its age. Points are compared once the words agree, by the letters before their ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import (
    AlternativeTabled,
    BracketHeld,
    BracketLifted,
    BracketNarrowed,
    BracketPlaced,
    BracketWidened,
    ClauseEvent,
    OpenPointResolved,
    StatusNoted,
)
from negotiation.domain.terms import Alternative, Bracket, BracketKind, Outcome, ProposalTerms
from negotiation.papers.rewording import same_proposal
from negotiation.papers.visible import Share, Visible
from negotiation.text.passage import Shown
from negotiation.text.places import Reach
from negotiation.views.standing import stands_in

_ALIKE = 0.5
"""So much of two brackets must be the same letters for them to be one that moved its ends."""


@attrs.frozen
class Part:
    """One clause's share of a point."""

    clause: str
    bracket: Bracket
    share: Share


@attrs.frozen
class Point:
    """An open point with its shares, in the order of the text."""

    id: str
    glyph: str
    parts: tuple[Part, ...]

    @property
    def ends(self) -> tuple[str, int, str, int, str]:
        """Where it opens and where it closes."""
        first, last = self.parts[0], self.parts[-1]
        return first.clause, first.share.first, last.clause, last.share.last, self.glyph


def points_of(clauses: Sequence[Clause], names: Mapping[str, str] | None = None) -> list[Point]:
    """The open points of these clauses; ``names`` call the clauses otherwise."""
    rows: dict[str, list[Part]] = defaultdict(list)
    for clause in clauses:
        if not clause.brackets:
            continue
        seen = Visible(clause.passage)
        name = clause.id if names is None else names[clause.id]
        for bracket in clause.brackets:
            rows[bracket.point].append(Part(name, bracket, seen.share(bracket.reach)))
    return [Point(id, _glyph(parts[0].bracket), tuple(parts)) for id, parts in rows.items()]


def _glyph(bracket: Bracket) -> str:
    if bracket.kind in (BracketKind.OUTER, BracketKind.OPTION, BracketKind.WHOLE_TEXT):
        return str(bracket.kind.value)
    return "square"


def matched(record: Sequence[Point], page: Sequence[Point]) -> dict[str, str]:
    """For the points of the page that the record has, their ids there."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    places: dict[tuple[str, int, str, int, str], list[Point]] = defaultdict(list)
    for one in record:
        places[one.ends].append(one)
    for one in page:
        here = places.get(one.ends)
        if here:
            found[one.id] = here[0].id
            taken.add(here.pop(0).id)
    in_clause: dict[str, list[Point]] = defaultdict(list)
    for one in record:
        if one.id not in taken:
            for part in one.parts:
                in_clause[part.clause].append(one)
    scored: list[tuple[float, int, str, str]] = []
    for rank, one in enumerate(page):
        if one.id in found:
            continue
        near = {other.id: other for part in one.parts for other in in_clause[part.clause]}
        for other in near.values():
            score = _likeness(one, other)
            if score >= _ALIKE:
                scored.append((score, rank, one.id, other.id))
    for _, _, new, old in sorted(scored, key=lambda row: (-row[0], row[1])):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _likeness(one: Point, other: Point) -> float:
    if one.glyph != other.glyph:
        return 0.0
    mine, theirs = _letters(one), _letters(other)
    whole = sum(high - low for low, high in mine.values())
    whole += sum(high - low for low, high in theirs.values())
    shared = sum(
        max(0, min(high, theirs[clause][1]) - max(low, theirs[clause][0]))
        for clause, (low, high) in mine.items()
        if clause in theirs
    )
    if not whole:
        return 1.0 if mine == theirs else 0.0
    likeness = 2 * shared / whole
    edges = (one.ends[:2] == other.ends[:2]) + (one.ends[2:4] == other.ends[2:4])
    return likeness + 0.25 * edges if shared else 0.0


def _letters(point: Point) -> dict[str, tuple[int, int]]:
    return {part.clause: (part.share.first, part.share.last) for part in point.parts}


# -- what a page changes --------------------------------------------------------------------------


@attrs.frozen
class Known:
    """What a clause has to know to have its brackets brought to those of the page."""

    points: Mapping[str, str]
    """For the points of the page, their ids on the record."""
    brackets: Mapping[str, Bracket]
    """For the points of the record, the share that holds holders, status and reason."""


def brought_to(
    clause: Clause, page: Clause, known: Known, *, anew: bool = False
) -> Iterator[ClauseEvent]:
    """The events that give a clause the brackets that the page shows on it.

    With ``anew`` every bracket is lifted and placed again, so that they stand in the page's order.
    """
    here_at = points_on(clause)
    if not here_at and not page.brackets and not page.alternatives:
        return
    here, there = Visible(clause.passage), Visible(page.passage)
    wanted = {known.points[one]: one for one in points_on(page)}
    for point in here_at:
        if point not in wanted:
            yield ended(clause, point)
    for point, own in wanted.items():
        bracket, shown = clause.bracket(point), page.bracket(own)
        mine = [one for one in clause.alternatives if one.point == point]
        theirs = [one for one in page.alternatives if one.point == own]
        more = _added(here, there, mine, theirs)
        if anew or more is None or not _stays(bracket, shown):
            if bracket is not None or mine:
                yield BracketLifted(point)
            if shown is not None:
                target = _target(here, there, shown.reach)
                yield _placed(point, shown, target, known.brackets.get(point))
            more = theirs
        elif bracket is not None and shown is not None:
            if not _alike(here, there, bracket.reach, shown.reach):
                yield _moved(here, point, bracket.reach, _target(here, there, shown.reach))
            yield from _noted(point, bracket, shown)
        for one in more:
            yield _tabled(clause, page, point, one, _target(here, there, one.reach))


def points_on(clause: Clause) -> list[str]:
    """The points that touch a clause; a wording may stand outside the bracket of its group."""
    points = [one.point for one in clause.brackets] + [one.point for one in clause.alternatives]
    return list(dict.fromkeys(points))


def _stays(bracket: Bracket | None, shown: Bracket | None) -> bool:
    if bracket is None or shown is None:
        return bracket is shown
    return bracket.begins is shown.begins


def _target(here: Visible, there: Visible, reach: Reach) -> Reach:
    share = there.share(reach)
    if share.first == share.last and not share.empty and not _reads(there, reach):
        # All its words are gone; here it takes in whatever is gone at that place.
        start, end = here.after_character(0), len(here.passage.words)
        if share.first:
            start = here.letters_at[share.first - 1] + 1
        if share.first < len(here.letters_at):
            end = here.letters_at[share.first]
        return Reach(
            None if reach.start is None else start,
            None if reach.end is None else max(start, end),
        )
    return here.reach(share, reach)


def _reads(seen: Visible, reach: Reach) -> bool:
    start, end = reach.within(len(seen.passage.words))
    return any(run.shown is not Shown.GONE for run in seen.passage.between(start, end))


def _alike(here: Visible, there: Visible, mine: Reach, theirs: Reach) -> bool:
    # Before the label and behind it are two places, with no letter between them.
    if (mine.start is None) is not (theirs.start is None):
        return False
    one, other = here.share(mine), there.share(theirs)
    return (one.first, one.last) == (other.first, other.last) and (
        one.first < one.last or _reads(here, mine) is _reads(there, theirs)
    )


def _moved(
    here: Visible, point: str, before: Reach, after: Reach
) -> BracketNarrowed | BracketWidened:
    if before.holds(after, len(here.passage.words)) and before != after:
        return BracketNarrowed(point, after)
    return BracketWidened(point, after)


def _placed(point: str, shown: Bracket, reach: Reach, before: Bracket | None) -> BracketPlaced:
    if before is None:
        return BracketPlaced(
            point, shown.kind, reach, shown.begins, shown.holders, shown.status, shown.reason
        )
    holders = (*before.holders, *(one for one in shown.holders if one not in before.holders))
    return BracketPlaced(
        point,
        before.kind if before.kind is not BracketKind.CONTESTED else shown.kind,
        reach,
        shown.begins,
        holders if shown.begins else (),
        (shown.status or before.status) if shown.begins else "",
        before.reason,
    )


def _noted(point: str, bracket: Bracket, shown: Bracket) -> Iterator[ClauseEvent]:
    if shown.status and shown.status != bracket.status:
        yield StatusNoted(point, shown.status)
    for party in shown.holders:
        if party not in bracket.holders:
            yield BracketHeld(point, party)


def _added(
    here: Visible, there: Visible, mine: list[Alternative], theirs: list[Alternative]
) -> list[Alternative] | None:
    """The wordings that the page has besides; ``None`` where the ones there were have changed."""
    if len(mine) > len(theirs):
        return None
    for one, other in zip(mine, theirs, strict=False):
        same = (one.order, one.sponsors, one.label, one.printed) == (
            other.order,
            other.sponsors,
            other.label,
            other.printed,
        )
        if not same or one.reach.whole is not other.reach.whole:
            return None
        if not _alike(here, there, one.reach, other.reach):
            return None
    return theirs[len(mine) :]


def _tabled(
    clause: Clause, page: Clause, point: str, one: Alternative, reach: Reach
) -> AlternativeTabled:
    proposal, terms = one.proposal, None
    shown = page.proposal(proposal) if proposal else None
    if shown is not None and clause.proposal(proposal) is None:
        same = same_proposal(clause, shown)
        if same:
            proposal = same
        else:
            terms = ProposalTerms(shown.id, shown.symbol, shown.sponsors)
    return AlternativeTabled(
        point, one.order, proposal, one.sponsors, reach, one.label, one.printed, (), terms
    )


def ended(clause: Clause, point: str) -> BracketLifted | OpenPointResolved:
    """The point is not on the page: lifted, or decided where it had wordings to decide between."""
    mine = [one for one in clause.alternatives if one.point == point]
    if not mine:
        return BracketLifted(point)
    standing = [stands_in(clause, one.reach) for one in mine]
    if all(standing):
        outcome = Outcome.CHOSEN
    else:
        outcome = Outcome.TRIMMED if any(standing) else Outcome.DROPPED
    return OpenPointResolved(point, outcome)
