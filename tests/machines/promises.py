"""The promises of a record, checked entry by entry and at the end.

Each function takes what it looks at and asserts; `test_room` calls them after every act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Origin, ProposalTerms, WaitsOn
from negotiation.ledger.admission import Admission
from negotiation.ledger.masks import COVER
from negotiation.ledger.veil import Veil
from negotiation.text.passage import Passage, Standing, joined, marks_of
from negotiation.views.at_that_time import Timeline
from negotiation.views.conservation import STANDING, audit
from negotiation.views.where_did_it_go import fates
from tests.machines.twin import is_live, letters_of


def legal(state: Clause) -> None:
    """What holds of every clause, whatever happened."""
    passage = state.passage
    assert joined(passage.runs) == passage.runs, "not in normal form"
    length = len(passage.words)
    for reach in [one.reach for one in state.brackets] + [one.reach for one in state.alternatives]:
        start, end = reach.within(length)
        assert 0 <= start <= end <= length, f"{reach} lies outside of {length} letters"
    assert all(0 <= one.start <= one.end <= length for one in state.printed), state.printed
    points = {bracket.point for bracket in state.brackets}
    assert len(points) == len(state.brackets), "a bracket stands twice"
    assert all(one.point in points for one in state.alternatives), "a wording without its bracket"
    keys = [(one.point, one.order) for one in state.alternatives]
    assert len(set(keys)) == len(keys), "two wordings with one number"
    if state.agreement is not None:
        assert state.agreement.words == passage.live, "agreed words changed"
        assert state.stands, "nothing is agreed"
        assert not state.brackets, "agreed words in brackets"
        assert all(one.state != "on the table" for one in state.proposals), "open and agreed"
    pending = {
        mark.source
        for run in passage.runs
        for mark in marks_of(run)
        if mark.standing is Standing.PENDING
    }
    held = {one.id: one for one in state.proposals}
    assert len(held) == len(state.proposals), "a proposal stands twice"
    for source in pending:
        assert source in held, f"nobody proposed {source!r}"
        assert held[source].state == "on the table", f"{held[source]} has undecided words"
    for one in state.proposals:
        if one.state == "on the table" and one.kind != "NOC":
            assert one.id in pending, f"{one} has no undecided words"
        if one.state.startswith("retained") and one.kind != "NOC":
            assert any(
                mark.source == one.id and mark.standing is Standing.KEPT
                for run in passage.runs
                for mark in marks_of(run)
            ), f"{one} has no words in the text"


def step(before: Clause | None, after: Clause, entry: Entry, reversed_reading: bool) -> None:
    """No silent deletion, and the base stays: what one entry may do to the words of a clause."""
    if before is None:
        return
    event = entry.event
    rereads = isinstance(event, ev.AnomalySettled) and bool(event.corrections)
    if not (rereads or reversed_reading):
        assert after.passage.base == before.passage.base, f"{event} moved the base"
    if rereads or isinstance(event, ev.ActReversed):
        return
    old = letters_of(before.passage)
    new = [
        letter
        for letter in letters_of(after.passage)
        if letter.born is None or letter.born[0] != entry.number
    ]
    assert [one.sign for one in old] == [one.sign for one in new], "words left the passage"
    for was, now in zip(old, new, strict=True):
        if is_live(was) and not is_live(now):
            by = {put[0] for put in now.struck}
            puts = [*now.struck, *([now.born] if now.born else [])]
            by |= {fate[0] for put in puts for fate in put[2]}
            assert entry.number in by, f"“{now.sign}” vanished and nobody says why"


def nothing_lost(timeline: Timeline) -> None:
    """Every word put in by an entry that was not undone is still in its clause."""
    gone = undone(timeline.entries)
    for entry in timeline.entries:
        if entry.act.id in gone or not entry.clause:
            continue
        event = entry.event
        put = "".join(edit.inserted for edit in getattr(event, "edits", ()))
        if isinstance(event, ev.ClauseTabled):
            put = "".join(run.words for run in event.runs if run.origin is Origin.INSERTED)
        state = timeline.clause(entry.clause, timeline.head)
        assert state is not None
        if _read_again(timeline, entry.clause):
            continue
        assert Counter(_put_in_by(state.passage, entry.number)) == Counter(put), entry


def _read_again(timeline: Timeline, clause: str) -> bool:
    return any(
        isinstance(timeline.entries[number - 1].event, ev.AnomalySettled)
        for number in timeline.changes_of(clause)
    )


def _put_in_by(passage: Passage, entry: int) -> str:
    return "".join(
        run.words
        for run in passage.runs
        if run.inserted_by is not None and run.inserted_by.entry == entry
    )


def undone(entries: Sequence[Entry]) -> set[str]:
    """The acts that are undone now, undone undoings not counted."""
    gone: set[str] = set()
    dead: set[str] = set()
    for entry in reversed(entries):
        if isinstance(entry.event, ev.ActReversed) and entry.act.id not in dead:
            dead.add(entry.event.act)
            gone.add(entry.event.act)
    return gone


def everything_is_accounted_for(timeline: Timeline) -> None:
    """The books balance: letters that entries brought, undone and misread ones included."""
    books = audit(timeline, timeline.head)
    assert books.faults == ()
    assert books.sound, f"{books.brought} letters came, {books.accounted} are accounted for"
    for one in books.stretches:
        assert one.ended in STANDING or one.by is not None, one


def every_proposal_has_a_fate(timeline: Timeline) -> None:
    """Whoever proposed anything finds it again, undone acts included."""
    proposed: set[str] = set()
    for entry in timeline.entries:
        event = entry.event
        terms = getattr(event, "proposal", None) or getattr(event, "terms", None)
        if isinstance(terms, ProposalTerms):
            proposed.add(terms.id)
        for also in (getattr(event, "terms", None), *getattr(event, "amendments", ())):
            if also is not None:
                proposed.add(also.id)
    found = {fate.id for fate in fates(timeline, timeline.head)}
    assert proposed <= found, f"{proposed - found} went without a trace"


def whole_room(timeline: Timeline) -> None:
    """What holds of the text as a whole."""
    moment = timeline.moment()
    tabled = {clause.id for clause in timeline.room().clauses.values() if clause.margin.tabled}
    order = [placed.clause for placed in moment.negotiation.order]
    assert len(order) == len(set(order)), "a clause stands twice"
    assert set(order) == tabled, "a tabled clause has no place, or a place no clause"
    begins: Counter[str] = Counter()
    shares: set[str] = set()
    for clause in moment.clauses:
        for bracket in clause.brackets:
            shares.add(bracket.point)
            begins[bracket.point] += bracket.begins
    for point in shares:
        assert begins[point] == 1, f"{point} begins {begins[point]} times"


def packages_whole(timeline: Timeline) -> None:
    """A package is never half: all its clauses are tied to it, taken with it, or let go."""
    room = timeline.room()
    for package in room.negotiation.packages:
        tied = [one for one in room.clauses.values() if one.margin.package == package.id]
        waiting = [
            one.id
            for one in room.clauses.values()
            if one.agreement is not None
            for condition in one.agreement.conditions
            if (condition.waits_on, condition.on) == (WaitsOn.PACKAGE, package.id)
        ]
        if package.state in ("agreed", "broken"):
            assert not tied, f"{package.name} is {package.state} and ties {tied[0].id}"
            assert not waiting, f"{waiting} wait for a package that is {package.state}"
            continue
        assert {one.id for one in tied} == set(package.clauses), f"{package} is half tied"
        assert all(one.margin.tabled for one in tied), f"{package} ties what was never tabled"
        if package.state == "formed":
            assert all(one.agreement is None for one in tied), f"{package} is half agreed"
        else:
            assert {one.id for one in tied if one.stands} <= set(waiting), f"{package} half taken"
            left = [point for point in package.points if room.sharing(point)]
            assert not left, f"{package} is taken, and {left} are open"


def broken_is_as_before(timeline: Timeline, act: Sequence[Entry]) -> None:
    """Whatever taking a package had settled is as it was before it was taken."""
    start = act[0].number - 1
    for entry in act:
        if not isinstance(entry.event, ev.PackageBroken):
            continue
        taken = [
            at
            for at in range(1, start + 1)
            if _state(timeline, entry.event.package, at) == "taken"
            and _state(timeline, entry.event.package, at - 1) != "taken"
        ]
        if _state(timeline, entry.event.package, start) != "taken":
            continue
        package = timeline.negotiation(start).package(entry.event.package)
        assert package is not None
        made = timeline.entries[taken[-1] - 1].act.id
        first = next(one.number for one in timeline.entries if one.act.id == made)
        for clause in package.clauses:
            was = timeline.clause(clause, first - 1)
            now = timeline.clause(clause, act[-1].number)
            assert now is not None
            if was is None or not was.margin.tabled:
                assert not now.margin.tabled, f"{clause} was tabled with the package, and stands"
                continue
            for field in ("passage", "brackets", "alternatives", "proposals", "agreement"):
                assert getattr(now, field) == getattr(was, field), f"{field} of {clause} differ"


def _state(timeline: Timeline, package: str, at: int) -> str:
    found = next((one for one in timeline.negotiation(at).packages if one.id == package), None)
    return found.state if found is not None else ""


def holds_behind_a_veil(timeline: Timeline) -> None:
    """Whoever reads least of it folds the same text, but for names that are covered in it."""
    veil = Veil(timeline.id, Admission("O", Capacity.OBSERVER, "", False, "o"))
    veil.take(timeline.entries)
    seen = Timeline(timeline.id, veil.entries)
    pairs = zip(seen.text(seen.head), timeline.text(timeline.head), strict=True)
    assert all(one in (other, COVER) for one, other in pairs)
