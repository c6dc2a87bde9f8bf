"""Undoing an act by a further one.

For every stream that the act touched there are three states: before it, after it, and now. What
nobody changed since goes back to what it was before. What somebody changed since is separated from
the act where it can be, word by word and item by item; where it cannot, the act stays, and the
refusal names the entry that stands on it. The events carry the values put back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import ReverseAct
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.events import (
    ActReversed,
    AlternativeTabled,
    AnomalySettled,
    BracketNarrowed,
    BracketPlaced,
    BracketWidened,
    DocumentReceived,
    NegotiationOpened,
    VersionIssued,
    VersionWithdrawn,
)
from negotiation.domain.refusals import NoSuchThing, NothingChanges, NotUndone, StoodOn
from negotiation.domain.room import Room
from negotiation.domain.rules.named import called
from negotiation.domain.rules.places_again import found_again
from negotiation.domain.rules.undo_of_the_whole import in_words, is_reversed, on_the_whole
from negotiation.domain.terms import Alternative, Bracket, DocumentRole, Printed, Restored
from negotiation.text.edit import StandsOn, without
from negotiation.text.passage import Passage, Standing, marks_of
from negotiation.text.places import Reach

_OPEN = "on the table"


def undo(command: ReverseAct, room: Room) -> list[Drafted]:
    """One `ActReversed` for every stream that the act touched."""
    entries = [entry for entry in room.past.entries if entry.act.id == command.act]
    if not entries:
        raise NoSuchThing("act", command.act, "`log` lists the acts")
    if any(_stays(entry) for entry in entries):
        raise NotUndone(command.act, "a document that was received stays received")
    if any(isinstance(entry.event, VersionWithdrawn) for entry in entries):
        raise NotUndone(command.act, "a withdrawal stands; `issue` sends the text out anew")
    if _is_out(entries, room):
        raise NotUndone(command.act, "what went out is out; `issue --withdraw` takes it back")
    if is_reversed(room.past.entries, command.act):
        raise NothingChanges("this act was undone already; `undo` of the undoing brings it back")
    return taken_back(entries, room)


def taken_back(entries: list[Entry], room: Room, *, labels_yield: bool = False) -> list[Drafted]:
    """These entries of one act undone: all of them, or those of the one thing that it did.

    With ``labels_yield`` a label that was changed since stays as it is.
    """
    # The order first: it shows whether the act's clauses can leave the text.
    whole = [entry for entry in entries if not entry.clause]
    tabled = {
        entry.clause
        for entry in entries
        if entry.clause and room.past.clause(entry.clause, entries[0].number - 1) is None
    }
    drafted = [
        Drafted(
            clause,
            _on_clause(clause, [e for e in entries if e.clause == clause], room, labels_yield),
        )
        for clause in dict.fromkeys(entry.clause for entry in entries if entry.clause)
    ]
    if whole:
        drafted.append(Drafted("", on_the_whole(whole, room, tabled)))
    return drafted


def _stays(entry: Entry) -> bool:
    """Whether the entry began the record; a later revision can be taken back like any act."""
    event = entry.event
    if isinstance(event, DocumentReceived):
        return event.role is not DocumentRole.REVISION
    return isinstance(event, NegotiationOpened)


def _is_out(entries: list[Entry], room: Room) -> bool:
    """Whether the act issued a version that nobody withdrew.

    Once it is withdrawn, what was put right for it can be put back; the version stays on the list.
    """
    issued = {entry.number for entry in entries if isinstance(entry.event, VersionIssued)}
    return any(one.entry in issued and not one.withdrawn for one in room.negotiation.issued)


# -- on a clause ----------------------------------------------------------------------------------


def _on_clause(clause: str, entries: list[Entry], room: Room, labels_yield: bool) -> ActReversed:
    numbers = tuple(entry.number for entry in entries)
    act = entries[0].act.id
    before = room.past.clause(clause, numbers[0] - 1)
    after = room.past.clause(clause, numbers[-1])
    now = room.clauses[clause]
    assert after is not None
    three = _Three(act, clause, numbers, before, after, now, room, labels_yield)
    if after.margin.tabled and not now.margin.tabled:
        three.nobody_else(lambda state: state.margin.tabled)
    if before is None:
        three.nobody_else(lambda state: state)
        gone = Restored(
            tabled=False,
            passage=(),
            brackets=(),
            alternatives=(),
            proposals=(),
            agreement=(),
            package="" if now.margin.package else None,
        )
        return ActReversed(act, numbers, gone)
    return ActReversed(act, numbers, three.restored(before))


@attrs.frozen
class _Three:
    """A clause before the act, after it, and now."""

    act: str
    clause: str
    numbers: tuple[int, ...]
    before: Clause | None
    after: Clause
    now: Clause
    room: Room
    labels_yield: bool

    def nobody_else(self, get: Callable[[Clause], Any]) -> None:
        """Refuse when what ``get`` looks at was changed after the act."""
        if get(self.now) == get(self.after):
            return
        for entry in self.room.past.entries[self.numbers[-1] :]:
            if entry.clause != self.clause:
                continue
            state = self.room.past.clause(self.clause, entry.number)
            if state is not None and get(state) != get(self.after):
                raise self.stood_on(entry.number)
        raise self.stood_on(self.room.head)

    def stood_on(self, number: int) -> StoodOn:
        entry = self.room.past.entries[number - 1]
        what = in_words(entry.event)
        on = self.room.clauses[entry.clause] if entry.clause else self.now
        again = isinstance(self.room.past.entries[self.numbers[0] - 1].event, ActReversed)
        return StoodOn(self.act, called(on), number, what, again)

    def restored(self, before: Clause) -> Restored:
        after, now = self.after, self.now
        passage = self._passage(before)
        kept: dict[str, Any] = {}
        if passage is not now.passage:
            kept["passage"] = passage.runs
            if passage.live != now.passage.live and now.agreement is not None:
                self.nobody_else(lambda state: state.agreement)
        printed = self._printed(before, passage)
        if printed != (now.printed if passage is now.passage else ()):
            kept["printed"] = printed
        for field in ("brackets", "alternatives"):
            items = self._items(field, before, _point)
            placed = tuple(self._placed(field, item, before, passage) for item in items)
            if placed != getattr(now, field):
                kept[field] = placed
        self._nothing_hangs(kept)
        proposals = self._items("proposals", before, lambda p: p.id)
        if proposals != now.proposals:
            kept["proposals"] = proposals
        for one in proposals:
            if one.state != _OPEN and passage is not now.passage and _waits(passage, one.id):
                # Words would be undecided again of a proposal that was decided since.
                self.nobody_else(partial(_stands_as, one.id))
        if before.label != after.label and not (self.labels_yield and now.label != after.label):
            self.nobody_else(lambda state: state.label)
            kept["label"] = before.label
        if before.kind != after.kind:
            self.nobody_else(lambda state: state.kind)
            kept["kind"] = before.kind
        if before.agreement != after.agreement:
            self.nobody_else(lambda state: state.agreement)
            kept["agreement"] = _one_or_none(before.agreement)
            if before.agreement is not None:
                if before.agreement.words != passage.live:
                    self.nobody_else(lambda state: state.passage.live)
                if kept.get("brackets", now.brackets) or any(
                    one.state == _OPEN for one in proposals
                ):
                    # Nor is anything open on words that are agreed again.
                    self.nobody_else(lambda state: (state.brackets, state.proposals))
        elif now.agreement is not None and (
            "brackets" in kept or any(one.state == _OPEN for one in proposals)
        ):
            # Agreed words have nothing open on them: the agreement stands on what closed it.
            self.nobody_else(lambda state: state.agreement)
        kept |= self._margin(before)
        return Restored(**kept)

    def _nothing_hangs(self, kept: dict[str, Any]) -> None:
        """Refuse to take a bracket away from wordings or from shares that came to it later."""
        left = {one.point for one in kept.get("brackets", self.now.brackets)}
        wordings = kept.get("alternatives", self.now.alternatives)
        for bracket in self.now.brackets:
            point = bracket.point
            if point in left:
                continue
            elsewhere = [
                entry
                for entry in self._later()
                if entry.act.id != self.act
                and getattr(entry.event, "point", "") == point
                and isinstance(entry.event, AlternativeTabled | BracketPlaced)
                and any(one.point == point for one in self._standing(entry.clause, wordings))
            ]
            if elsewhere:
                raise self.stood_on(elsewhere[0].number)

    def _standing(
        self, clause: str, wordings: tuple[Alternative, ...]
    ) -> tuple[Alternative | Bracket, ...]:
        if clause == self.clause:
            return wordings
        other = self.room.clauses[clause]
        return (*other.brackets, *other.alternatives)

    def _margin(self, before: Clause) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for field in _NOTED:
            was, then = getattr(before.margin, field), getattr(self.after.margin, field)
            if was != then:
                self.nobody_else(partial(_noted, field))
                single = field in ("last_agreed", "parked")
                kept[field] = _one_or_none(was) if single else was
        keys: dict[str, Callable[[Any], Any]] = {
            "positions": lambda p: (p.party, p.on),
            "remarks": lambda r: r.entry,
            "anomalies": lambda a: a.id,
        }
        for field, key in keys.items():
            items = _merged(
                getattr(before.margin, field),
                getattr(self.after.margin, field),
                getattr(self.now.margin, field),
                key,
            )
            if items is None:
                self.nobody_else(partial(_noted, field))
            elif items != getattr(self.now.margin, field):
                kept[field] = items
        return kept

    def _items(self, field: str, before: Clause, key: Callable[[Any], Any]) -> tuple[Any, ...]:
        # Where an item stands is looked at by itself: places travel with later words.
        def still(item: Any) -> Any:
            return attrs.evolve(item, reach=Reach()) if hasattr(item, "reach") else item

        merged = _merged(
            getattr(before, field), getattr(self.after, field), getattr(self.now, field), key, still
        )
        if merged is None:
            self.nobody_else(lambda state: tuple(still(one) for one in getattr(state, field)))
            return tuple(getattr(before, field))
        return merged

    # -- words ------------------------------------------------------------------------------------

    def _passage(self, before: Clause) -> Passage:
        after, now = self.after.passage, self.now.passage
        if before.passage == after:
            return now
        if after == now:
            return before.passage
        if not self._by_marks():
            self.nobody_else(lambda state: state.passage)
        numbers = frozenset(self.numbers)
        taken_out = without(now, numbers)
        if isinstance(taken_out, StandsOn):
            raise self.stood_on(taken_out.entry)
        if without(after, numbers) != before.passage:
            # The act did more than leave marks; only the latest act can then be undone.
            self.nobody_else(lambda state: state.passage)
        return taken_out

    def _by_marks(self) -> bool:
        return not any(
            isinstance(self.room.past.entries[number - 1].event, ActReversed | AnomalySettled)
            for number in self.numbers
        )

    # -- places -----------------------------------------------------------------------------------

    def _placed(self, field: str, item: Any, before: Clause, passage: Passage) -> Any:
        """A bracket or alternative with its reach counted in the passage put back."""
        was = _found(before, field, item)
        then = _found(self.after, field, item)
        current = _found(self.now, field, item)
        own = self._moved(self.numbers, item)
        later = self._moved_later(item)
        if own and later:
            raise self.stood_on(later)
        if was is not None and (current is None or own):
            reach = found_again(passage, before.passage, was.reach)
        elif was is not None and then == current and self.after.passage == self.now.passage:
            reach = was.reach
        else:
            reach = found_again(passage, self.now.passage, current.reach)
            length = len(passage.words)
            start, end = current.reach.within(len(self.now.passage.words))
            if start < end and len(set(reach.within(length))) == 1:
                raise self.stood_on(later or getattr(item, "since", 0) or self.room.head)
        return item if reach == item.reach else attrs.evolve(item, reach=reach)

    def _printed(self, before: Clause, passage: Passage) -> tuple[Printed, ...]:
        """How the received page printed the words put back."""
        if self.after.passage == self.now.passage:
            return before.printed
        # A repair confirms how words were printed; any other act leaves that alone.
        same = len(before.printed) == len(self.after.printed)
        state = self.now if same else before
        placed = (
            (one, found_again(passage, state.passage, Reach(one.start, one.end)))
            for one in state.printed
        )
        return tuple(
            attrs.evolve(one, start=reach.start or 0, end=reach.end or 0) for one, reach in placed
        )

    def _later(self) -> list[Entry]:
        """The entries since the act that have an effect: what was undone since has none."""
        undone: set[int] = set()
        later: list[Entry] = []
        last = self.numbers[-1]
        for entry in reversed(self.room.past.entries[last:]):
            if entry.number in undone:
                continue
            if isinstance(entry.event, ActReversed):
                undone.update(entry.event.entries)
                if min(entry.event.entries, default=0) > last:
                    continue
            later.append(entry)
        return later[::-1]

    def _moved_later(self, item: Bracket | Alternative) -> int:
        own = tuple(entry.number for entry in self._later() if entry.clause == self.clause)
        return self._moved(own, item)

    def _moved(self, numbers: tuple[int, ...], item: Bracket | Alternative) -> int:
        """The first of these entries that gave the bracket or wording other words; 0 for none."""
        for number in numbers:
            event = self.room.past.entries[number - 1].event
            if isinstance(event, ActReversed):
                if self._moved(event.entries, item):
                    return number
            elif _gives_words(event, item):
                return number
        return 0


_NOTED = (
    "tabled",
    "deleted_by",
    "label_struck",
    "lead",
    "package",
    "drawn_from",
    "last_agreed",
    "parked",
)


def _gives_words(event: object, item: Bracket | Alternative) -> bool:
    """Whether the event says where this bracket, or this wording of it, stands in its clause."""
    if isinstance(item, Alternative):
        return isinstance(event, AlternativeTabled) and _point(event) == _point(item)
    moves = BracketPlaced | BracketNarrowed | BracketWidened
    return isinstance(event, moves) and event.point == item.point


def _found(state: Clause, field: str, item: Any) -> Any:
    name = _point(item)
    return next((one for one in getattr(state, field) if _point(one) == name), None)


def _stands_as(proposal: str, state: Clause) -> str:
    found = state.proposal(proposal)
    return "" if found is None else found.state


def _waits(passage: Passage, proposal: str) -> bool:
    return any(
        mark.source == proposal and mark.standing is Standing.PENDING
        for run in passage.runs
        for mark in marks_of(run)
    )


def _noted(field: str, state: Clause) -> Any:
    return getattr(state.margin, field)


def _point(item: Any) -> Any:
    return (item.point, getattr(item, "order", 0))


def _one_or_none(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


def _merged(
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    now: tuple[Any, ...],
    key: Callable[[Any], Any],
    still: Callable[[Any], Any] = lambda item: item,
) -> tuple[Any, ...] | None:
    """Now without what changed from before to after; ``None`` when a later change is in the way."""
    if now == after:
        return before
    was = {key(item): item for item in before}
    then = {key(item): item for item in after}
    changed = {
        name
        for name in was.keys() | then.keys()
        if name not in was or name not in then or still(was[name]) != still(then[name])
    }
    if not changed:
        return now
    current = {key(item): item for item in now}
    for name in changed:
        found, expected = current.get(name), then.get(name)
        if (found is None) != (expected is None):
            return None
        if found is not None and expected is not None and still(found) != still(expected):
            return None
    row: list[Any] = []
    for item in now:
        name = key(item)
        if name not in changed:
            row.append(item)
        elif name in was:
            row.append(was[name])
    # What the act took away comes back where it stood, counted from the items before it.
    names = [key(item) for item in row]
    for index, item in enumerate(before):
        name = key(item)
        if name in changed and name not in names:
            earlier = [key(one) for one in before[:index]]
            at = max((names.index(one) + 1 for one in earlier if one in names), default=0)
            row.insert(at, item)
            names.insert(at, name)
    return tuple(row)
