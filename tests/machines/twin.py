"""A slow, obvious model of one clause's words: a row of letters and bracket ends.

Every letter knows which entry put it in, for which proposal, who struck it, and what was decided on
each of these. It follows the events alone; nothing of `text` or `wording` is used but the names of
the standings.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from negotiation.domain import events as ev
from negotiation.domain.terms import (
    Alternative,
    Bracket,
    Correction,
    Origin,
    Settled,
    TabledRun,
)
from negotiation.text.edit import Edit
from negotiation.text.passage import Passage, Standing
from negotiation.text.places import Reach

Put = tuple[int, str, tuple[tuple[int, Standing], ...]]
"""A mark: the entry that made it, for which proposal, and what was decided by which entry."""


@attrs.frozen
class Letter:
    sign: str
    born: Put | None
    struck: tuple[Put, ...] = ()
    presumed: bool = False


@attrs.frozen
class End:
    """Where a bracket (order 0) or one of its alternatives begins or ends."""

    point: str
    order: int
    closes: bool


def standing(put: Put) -> Standing:
    return put[2][-1][1] if put[2] else Standing.PENDING


def counts(put: Put) -> bool:
    return standing(put) in (Standing.PENDING, Standing.KEPT)


def is_live(letter: Letter) -> bool:
    return (letter.born is None or counts(letter.born)) and not any(map(counts, letter.struck))


def is_gone(letter: Letter) -> bool:
    if letter.born is not None and not counts(letter.born):
        return True
    return any(standing(put) is Standing.KEPT for put in letter.struck)


def letters_of(passage: Passage) -> list[Letter]:
    """The letters of a real passage, to compare with."""
    row: list[Letter] = []
    for run in passage.runs:
        marks = [
            (mark.entry, mark.source, tuple((fate.entry, fate.standing) for fate in mark.fates))
            for mark in ([run.inserted_by] if run.inserted_by else []) + list(run.struck_by)
        ]
        born = marks.pop(0) if run.inserted_by else None
        row += [Letter(sign, born, tuple(marks), run.presumed) for sign in run.words]
    return row


class Twin:
    """One clause, letter by letter."""

    def __init__(self) -> None:
        self.row: list[Letter | End] = []
        self.shares: dict[tuple[str, int], tuple[bool, bool]] = {}
        """Brackets and alternatives: whether each has a start and an end of its own here."""
        self.tabled_by = 0
        self.corrections: dict[str, tuple[Correction, ...]] = {}

    # -- readings ---------------------------------------------------------------------------------

    @property
    def letters(self) -> list[Letter]:
        return [cell for cell in self.row if isinstance(cell, Letter)]

    def reach(self, point: str, order: int) -> Reach:
        places: dict[bool, int] = {}
        seen = 0
        for cell in self.row:
            if isinstance(cell, Letter):
                seen += 1
            elif (cell.point, cell.order) == (point, order):
                places[cell.closes] = seen
        return Reach(places.get(False), places.get(True))

    def reaches(self) -> dict[tuple[str, int], Reach]:
        return {share: self.reach(*share) for share in self.shares}

    # -- what happens -----------------------------------------------------------------------------

    def follow(self, entry: int, event: ev.ClauseEvent) -> None:
        decision: Put = (entry, "", ((entry, Standing.KEPT),))
        match event:
            case ev.ClauseTabled(runs=runs):
                self.tabled_by = entry
                self.row = list(_tabled(runs, entry))
            case (
                ev.AmendmentProposed(proposal=terms, edits=edits)
                | ev.DeletionProposed(proposal=terms, edits=edits)
            ):
                self._edit(edits, (entry, terms.id, ()))
            case ev.ProposalRevised(proposal=proposal, edits=edits):
                self._decide(entry, [proposal], Standing.DROPPED, ())
                self._edit(edits, (entry, proposal, ()))
            case ev.ProposalWithdrawn(proposal=proposal):
                self._decide(entry, [proposal], Standing.DROPPED, ())
            case ev.ProposalReintroduced(proposal=proposal):
                self._bring_back(entry, proposal)
            case ev.ProposalRetained(proposal=proposal, kept=kept, edits=edits):
                self._decide(entry, [proposal], Standing.KEPT, kept)
                self._edit(edits, decision)
            case ev.ProposalNotRetained(proposal=proposal, dropped=dropped):
                self._decide(entry, [proposal], Standing.DROPPED, dropped)
            case ev.ProposalMerged(proposal=proposal, settled=settled):
                self._decide(entry, [proposal], Standing.MERGED, settled)
            case ev.BracketPlaced(point=point, reach=reach):
                self._place(point, 0, reach)
            case (
                ev.BracketNarrowed(point=point, reach=reach)
                | ev.BracketWidened(point=point, reach=reach)
            ):
                self._take_away(point, 0)
                self._place(point, 0, reach)
            case ev.BracketLifted(point=point):
                self._take_away(point)
            case ev.AlternativeTabled():
                self._edit(event.edits, (entry, event.proposal, ()))
                self._place(event.point, event.order, event.reach)
            case ev.OpenPointResolved():
                if event.proposals:
                    self._decide(entry, event.proposals, Standing.DROPPED, event.settled)
                self._edit(event.edits, decision)
                self._take_away(event.point)
            case (
                ev.TextRevised(edits=edits)
                | ev.ClauseDeleted(edits=edits)
                | ev.TextCorrected(edits=edits)
            ):
                self._edit(edits, decision)
            case ev.ClauseRestored(strikes=strikes):
                self._unstrike(entry, strikes)
            case ev.AnomalyFound(anomaly=anomaly, damage=damage):
                self.corrections[anomaly] = damage.corrections
            case ev.AnomalySettled(corrections=corrections):
                for correction in corrections:
                    self._read_anew(correction)
            case ev.ActReversed(restored=restored):
                self._restore(restored.passage, restored.brackets, restored.alternatives)
            case _:
                pass

    def _place(self, point: str, order: int, reach: Reach) -> None:
        self.shares[point, order] = (reach.start is not None, reach.end is not None)
        for place, closes in ((reach.start, False), (reach.end, True)):
            if place is not None:
                self.row.insert(self._index(place), End(point, order, closes))

    def _take_away(self, point: str, order: int | None = None) -> None:
        def named(one: str, other: int) -> bool:
            return one == point and order in (None, other)

        self.shares = {key: share for key, share in self.shares.items() if not named(*key)}
        self.row = [
            cell
            for cell in self.row
            if isinstance(cell, Letter) or not named(cell.point, cell.order)
        ]

    def _index(self, place: int) -> int:
        """Where in the row the letter at this place stands, before every end that is there too."""
        seen = index = 0
        while seen < place:
            seen += isinstance(self.row[index], Letter)
            index += 1
        return index

    def _edit(self, edits: Iterable[Edit], put: Put) -> None:
        for edit in edits:
            removed = ""
            seen = 0
            for index, cell in enumerate(self.row):
                if isinstance(cell, End):
                    continue
                if edit.start <= seen < edit.end and not is_gone(cell):
                    removed += cell.sign
                    self.row[index] = attrs.evolve(cell, struck=(*cell.struck, put))
                seen += 1
            assert removed == edit.removed
            self._insert(edit, put)

    def _insert(self, edit: Edit, put: Put) -> None:
        new: list[Letter | End] = [Letter(sign, put) for sign in edit.inserted]
        first = last = self._index(edit.end)
        while last < len(self.row) and isinstance(self.row[last], End):
            last += 1
        ends = [cell for cell in self.row[first:last] if isinstance(cell, End)]
        if edit.start < edit.end:
            # New words stand where the old ones stood: inside what ended or began behind those.
            before: list[Letter | End] = []
            after: list[Letter | End] = list(ends)
            stay = [e for e in ends if e.closes]
            before, after = [], [*stay, *[e for e in ends if not e.closes]]
        else:
            empty = {
                (e.point, e.order)
                for e in ends
                if e.closes and End(e.point, e.order, False) in ends
            }
            before = [e for e in ends if e.closes or (e.point, e.order) in empty]
            after = [e for e in ends if e not in before]
        self.row[first:last] = [*before, *new, *after]

    def _decide(
        self, entry: int, proposals: Iterable[str], how: Standing, parts: tuple[Settled, ...]
    ) -> None:
        theirs = set(proposals)
        fates: list[Standing | None] = [None if parts else how] * len(self.letters)
        for part in parts:
            # A mark is decided once: where parts overlap, the first one counts.
            for place in range(part.start, part.end):
                fates[place] = fates[place] or part.standing

        def settled(put: Put, fate: Standing | None) -> Put:
            if fate is None or put[1] not in theirs or standing(put) is not Standing.PENDING:
                return put
            return (put[0], put[1], (*put[2], (entry, fate)))

        self._remark(settled, fates)

    def _remark(self, change, fates) -> None:
        seen = 0
        for index, cell in enumerate(self.row):
            if isinstance(cell, Letter):
                fate = fates[seen]
                self.row[index] = attrs.evolve(
                    cell,
                    born=cell.born and change(cell.born, fate),
                    struck=tuple(change(put, fate) for put in cell.struck),
                )
                seen += 1

    def _bring_back(self, entry: int, proposal: str) -> None:
        def fell(put: Put) -> int:
            fallen = standing(put) in (Standing.DROPPED, Standing.MERGED)
            return put[2][-1][0] if put[1] == proposal and fallen else 0

        puts = [put for cell in self.letters for put in (cell.born, *cell.struck) if put]
        latest = max(map(fell, puts), default=0)
        self._remark(
            lambda put, _: (
                (put[0], put[1], (*put[2], (entry, Standing.PENDING)))
                if latest and fell(put) == latest
                else put
            ),
            [None] * len(self.letters),
        )

    def _unstrike(self, entry: int, strikes: tuple[int, ...]) -> None:
        for index, cell in enumerate(self.row):
            if isinstance(cell, Letter):
                struck = tuple(
                    (put[0], put[1], (*put[2], (entry, Standing.DROPPED)))
                    if put[0] in strikes
                    and standing(put) is Standing.KEPT
                    and not (cell.born and cell.born[0] == put[0] != self.tabled_by)
                    else put
                    for put in cell.struck
                )
                self.row[index] = attrs.evolve(cell, struck=struck)

    def _read_anew(self, correction: Correction) -> None:
        reaches = self.reaches()
        letters = self.letters
        start, end = correction.start, correction.end
        assert "".join(cell.sign for cell in letters[start:end]) == correction.removed
        read = list(_tabled(correction.runs, self.tabled_by))

        def moved(place: int | None) -> int | None:
            if place is None or place <= start:
                return place
            return min(place, start + len(read)) if place < end else place + len(read) - end + start

        self.row = [*letters[:start], *read, *letters[end:]]
        self.shares = {}
        for (point, order), reach in reaches.items():
            self._place(point, order, Reach(moved(reach.start), moved(reach.end)))

    def _restore(
        self,
        passage: tuple | None,
        brackets: tuple[Bracket, ...] | None,
        alternatives: tuple[Alternative, ...] | None,
    ) -> None:
        reaches = self.reaches()
        if passage is not None:
            self.row = list(letters_of(Passage(passage)))
        else:
            self.row = list(self.letters)
        if brackets is not None:
            reaches = {key: reach for key, reach in reaches.items() if key[1]}
            reaches |= {(one.point, 0): one.reach for one in brackets}
        if alternatives is not None:
            reaches = {key: reach for key, reach in reaches.items() if not key[1]}
            reaches |= {(one.point, one.order): one.reach for one in alternatives}
        self.shares = {}
        for (point, order), reach in reaches.items():
            self._place(point, order, reach)


def _tabled(runs: Iterable[TabledRun], entry: int) -> Iterable[Letter]:
    for run in runs:
        pending = run.standing is Standing.PENDING
        put: Put = (entry, run.source, () if pending else ((entry, run.standing),))
        kept: Put = (entry, "", ((entry, Standing.KEPT),))
        for sign in run.words:
            if run.origin is Origin.INSERTED:
                yield Letter(sign, put, (kept,) if run.struck else ())
            else:
                presumed = run.origin is Origin.PRESUMED
                yield Letter(sign, None, (put,) if run.struck else (), presumed)
