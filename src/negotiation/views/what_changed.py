"""What changed between two moments, clause by clause and word by word, substance apart from form.

Compared are the live texts; a decision that leaves the words alone is no change of the text. The
changes are exact: applied to the earlier words of a clause they give the later ones. Page furniture
is left out. Clauses that nothing touched are known by being the same object.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Callable

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import (
    ActReversed,
    AmendmentProposed,
    ClausePlaced,
    ClauseRelabelled,
    OpenPointResolved,
    ProposalNotRetained,
    ProposalReintroduced,
    ProposalRetained,
    ProposalRevised,
    ProposalWithdrawn,
    TextRevised,
)
from negotiation.domain.order import Order
from negotiation.domain.terms import Kind
from negotiation.text.changes import Change
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.paths import paths
from negotiation.views.weighty_words import weighty
from negotiation.views.word_changes import Made, word_changes

_SIGNS = str.maketrans("", "", "[]{}")
"""A bracket is no word: one without its other half stands among the words until that is found."""


class ChangeKind(enum.Enum):
    """What happened to a clause between two moments."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"
    RELABELLED = "relabelled"


@attrs.frozen
class WordChange:
    """Words that gave way to others. Offsets are places in the live words before and after."""

    start: int
    end: int
    removed: str
    new_start: int
    new_end: int
    inserted: str
    hands: tuple[Hand, ...]
    """Who made it, entry by entry."""
    editing: bool
    """Whether only editorial entries made it; otherwise it is substance."""
    lost: tuple[str, ...]
    """Words like shall, may or not that went."""
    gained: tuple[str, ...]
    """Words of that kind that came."""
    agreed: str
    """The level at which the words were agreed when they changed; empty where they were not."""

    @property
    def weighty(self) -> bool:
        """Whether a word came or went on which obligation or denial hangs."""
        return bool(self.lost or self.gained)


@attrs.frozen
class ClauseChange:
    """All that changed on one clause."""

    clause: str
    path: str
    """As printed at the later moment, or at the earlier one where it is gone."""
    kinds: tuple[ChangeKind, ...]
    before: str
    after: str
    label_before: str
    label_after: str
    changes: tuple[WordChange, ...]
    moved_from: str
    """The path of the clause that it stood behind, where it moved; empty for the first place."""
    moved_by: tuple[Hand, ...]
    relabelled_by: tuple[Hand, ...]
    editing: bool
    """Whether form alone was touched."""


def what_changed(
    timeline: Timeline, from_: int, to: int, clause: str | None = None
) -> tuple[ClauseChange, ...]:
    """What changed between two entries, in the order of the text at ``to``; of one clause or all.

    ``from_`` may be the later one: the changes then lead back.
    """
    between = _Between(timeline, min(from_, to), max(from_, to), backwards=from_ > to)
    found = (between.change(one) for one in between.order if clause is None or one == clause)
    return tuple(change for change in found if change is not None)


class _Between:
    """Two moments of one record, the earlier and the later, and what lies between them."""

    def __init__(self, timeline: Timeline, low: int, high: int, *, backwards: bool) -> None:
        self.timeline = timeline
        self.low, self.high = low, high
        self.backwards = backwards
        self.first, self.last = (high, low) if backwards else (low, high)
        before = timeline.negotiation(self.first).order
        after = timeline.negotiation(self.last).order
        self.order = merged(before, after)
        self.levels = {placed.clause: placed.level for placed in before}
        self.new_levels = {placed.clause: placed.level for placed in after}
        self.moved = self._moved() if before is not after else set()
        self._called: dict[int, dict[str, str]] = {}
        self._held: dict[int, Hand] = {}

    def called(self, at: int, clause: str) -> str:
        """The path of a clause at one of the two moments."""
        if at not in self._called:
            self._called[at] = paths(self.timeline.moment(at))
        return self._called[at].get(clause, "")

    def change(self, clause: str) -> ClauseChange | None:
        """What changed on a clause; ``None`` when nothing did."""
        before = self._in_text(clause, self.first, self.levels)
        after = self._in_text(clause, self.last, self.new_levels)
        if before is after and clause not in self.moved:
            return None
        either = before or after
        if either is None or either.kind is Kind.HEADER:
            return None
        old, new = _live(before), _live(after)
        kinds: list[ChangeKind] = []
        if not old or not new:
            if old == new:
                return None
            kinds.append(ChangeKind.NEW if new else ChangeKind.GONE)
        elif old != new and old.translate(_SIGNS) != new.translate(_SIGNS):
            kinds.append(ChangeKind.CHANGED)
        label_before = before.label if before is not None and old else ""
        label_after = after.label if after is not None and new else ""
        relabelled = bool(old and new) and label_before != label_after
        moved = clause in self.moved and bool(old and new)
        kinds += [ChangeKind.MOVED] * moved + [ChangeKind.RELABELLED] * relabelled
        if not kinds:
            return None
        changes = self._words(clause, old, new)
        return ClauseChange(
            clause,
            self.called(self.last if new else self.first, clause),
            tuple(kinds),
            old,
            new,
            label_before,
            label_after,
            changes,
            self._stood_behind(clause) if moved else "",
            self._hands(self._placings(clause)) if moved else (),
            self._hands(self._labellings(clause)) if relabelled else (),
            kinds == [ChangeKind.CHANGED] and all(one.editing for one in changes),
        )

    def _in_text(self, clause: str, at: int, order: dict[str, int]) -> Clause | None:
        return self.timeline.clause(clause, at) if clause in order else None

    # -- words ------------------------------------------------------------------------------------

    def _words(self, clause: str, old: str, new: str) -> tuple[WordChange, ...]:
        late = self.timeline.clause(clause, self.high)
        if old == new or late is None:
            return ()
        was, is_ = (new, old) if self.backwards else (old, new)
        touching: tuple[int, ...] | None = None
        agreed = self._agreements(clause)
        # A clause that an undo took away reads as nothing, whatever its passage still holds.
        told = is_ == late.passage.live
        made = word_changes(was, is_, late.passage, self.low) if told else _at_once(was, is_)
        found: list[WordChange] = []
        for one in made:
            entries = one.entries
            if not entries:
                # Not read off the runs: then it is all that touched the clause.
                if touching is None:
                    touching = self._touching(clause) or self._placings(clause)
                entries = touching
            change = _turned(one.change) if self.backwards else one.change
            lost, gained = weighty(change.removed, change.inserted)
            found.append(
                WordChange(
                    change.start,
                    change.end,
                    change.removed,
                    change.new_start,
                    change.new_end,
                    change.inserted,
                    self._hands(entries),
                    bool(entries) and all(self._editorial(late, entry) for entry in entries),
                    lost,
                    gained,
                    self._agreed(agreed, entries),
                )
            )
        return tuple(found)

    def _agreements(self, clause: str) -> list[tuple[int, str]]:
        """The entries after which the clause was agreed, with the level."""
        states = [
            (at, self.timeline.clause(clause, at)) for at in (self.low, *self._within(clause))
        ]
        return [
            (at, state.agreement.level)
            for at, state in states
            if state is not None and state.agreement is not None
        ]

    def _agreed(self, agreed: list[tuple[int, str]], entries: tuple[int, ...]) -> str:
        """The level at which words were agreed when the first of these entries changed them.

        Also when they were reopened in between: who comes back to the room reads other words than
        those that he left as agreed.
        """
        first = min(entries, default=self.high)
        return next((level for at, level in reversed(agreed) if at < first), "")

    def _touching(self, clause: str) -> tuple[int, ...]:
        """The entries between the two moments at which the live words changed."""
        found: list[int] = []
        for entry in self._within(clause):
            before = self.timeline.clause(clause, entry - 1)
            if _live(before) != _live(self.timeline.clause(clause, entry)):
                found.append(entry)
        return lasting(tuple(found), lambda at: _live(self.timeline.clause(clause, at)), self.low)

    def _within(self, clause: str) -> tuple[int, ...]:
        numbers = self.timeline.changes_of(clause)
        return numbers[bisect_right(numbers, self.low) : bisect_right(numbers, self.high)]

    def _editorial(self, late: Clause, entry: int) -> bool:
        """Whether an entry touched the form only: an editor's revision, or a (MOD)."""
        match self.timeline.entries[entry - 1].event:
            case TextRevised(editorial=editorial) | AmendmentProposed(editorial=editorial):
                return editorial
            case (
                ProposalRetained(proposal=proposal)
                | ProposalNotRetained(proposal=proposal)
                | ProposalRevised(proposal=proposal)
                | ProposalWithdrawn(proposal=proposal)
                | ProposalReintroduced(proposal=proposal)
            ):
                found = late.proposal(proposal)
                return found is not None and found.kind == "(MOD)"
            case _:
                return False

    # -- places and labels ------------------------------------------------------------------------

    def _moved(self) -> set[str]:
        """The clauses that were moved: those that somebody placed anew, when that explains it."""
        there = set(self.levels) & set(self.new_levels)
        before = [clause for clause in self.levels if clause in there]
        after = [clause for clause in self.new_levels if clause in there]
        moved = {one for one in there if self.levels[one] != self.new_levels[one]}
        if before == after:
            return moved
        placed = {
            event.clause
            for entry in self.timeline.entries[self.low : self.high]
            if isinstance(event := entry.event, ClausePlaced) and event.clause in there
        }
        if [one for one in before if one not in placed] == [
            one for one in after if one not in placed
        ]:
            return moved | placed
        return moved | (there - kept_order(before, after))

    def _stood_behind(self, clause: str) -> str:
        behind = ""
        for one in self.levels:
            if one == clause:
                break
            if _live(self.timeline.clause(one, self.first)):
                behind = one
        return self.called(self.first, behind) if behind else ""

    def _placings(self, clause: str) -> tuple[int, ...]:
        entries = tuple(
            entry.number
            for entry in self.timeline.entries[self.low : self.high]
            if not entry.clause
            and (
                (isinstance(entry.event, ClausePlaced) and entry.event.clause == clause)
                or (isinstance(entry.event, ActReversed) and entry.event.restored.order is not None)
            )
        )
        return lasting(entries, lambda at: self._place(clause, at), self.low)

    def _place(self, clause: str, at: int) -> tuple[str, int]:
        """The clause that one stands behind, and its level."""
        behind = ""
        for placed in self.timeline.negotiation(at).order:
            if placed.clause == clause:
                return behind, placed.level
            behind = placed.clause
        return "", -1

    def _labellings(self, clause: str) -> tuple[int, ...]:
        entries = tuple(
            entry
            for entry in self._within(clause)
            if (
                isinstance(event := self.timeline.entries[entry - 1].event, OpenPointResolved)
                and event.label is not None
            )
            or isinstance(event, ClauseRelabelled)
            or (isinstance(event, ActReversed) and event.restored.label is not None)
        )
        return lasting(entries, lambda at: self._label(clause, at), self.low)

    def _label(self, clause: str, at: int) -> str:
        state = self.timeline.clause(clause, at)
        return state.label if state is not None else ""

    def _hands(self, entries: tuple[int, ...]) -> tuple[Hand, ...]:
        held = self._held
        for entry in entries:
            if entry not in held:
                held[entry] = hand(self.timeline, entry)
        return tuple([held[entry] for entry in entries])


def lasting(entries: tuple[int, ...], state: Callable[[int], object], low: int) -> tuple[int, ...]:
    """The entries without those that led back to where it was before: they changed nothing.

    ``state`` is what they change, after an entry. Who broke a package has not written the words.
    """
    path: list[tuple[int, object]] = [(low, state(low))]
    for entry in entries:
        then = state(entry)
        seen = next((place for place, one in enumerate(path) if one[1] == then), None)
        if seen is None:
            path.append((entry, then))
        else:
            del path[seen + 1 :]
    return tuple(entry for entry, _ in path[1:]) or entries


def _live(clause: Clause | None) -> str:
    """What a clause reads in the live text; nothing when it is not before the room."""
    return clause.passage.live if clause is not None and clause.margin.tabled else ""


def _at_once(old: str, new: str) -> tuple[Made, ...]:
    return (Made(Change(0, len(old), old, 0, len(new), new), ()),)


def _turned(change: Change) -> Change:
    return Change(
        change.new_start,
        change.new_end,
        change.inserted,
        change.start,
        change.end,
        change.removed,
    )


def merged(before: Order, after: Order) -> list[str]:
    """The clauses of the later order, those that it no longer has behind their former neighbour."""
    order = [placed.clause for placed in after]
    if before is after:
        return order
    there = set(order)
    behind = ""
    for placed in before:
        if placed.clause not in there:
            order.insert(order.index(behind) + 1 if behind else 0, placed.clause)
        behind = placed.clause
    return order


def kept_order(before: list[str], after: list[str]) -> set[str]:
    """The most clauses that kept their order among each other."""
    place = {clause: index for index, clause in enumerate(before)}
    ends: list[int] = []
    chains: list[list[str]] = []
    for clause in after:
        at = bisect_left(ends, place[clause])
        chain = [*(chains[at - 1] if at else []), clause]
        if at == len(ends):
            ends.append(place[clause])
            chains.append(chain)
        else:
            ends[at], chains[at] = place[clause], chain
    return set(chains[-1]) if chains else set()
