"""What became of every word that was ever tabled: in the text, or out of it by an act with a name.

The books of a clause are kept as a cashier keeps them: what each entry brings and takes is read
off the entries, and held against the passages that the fold made of them. Words that no entry
brought, or that are gone and no entry took them, are faults; on a sound record there are none.
Where a phrase went is asked of `where_words_went`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import (
    ActReversed,
    AnomalySettled,
    ClauseTabled,
    ProposalRevised,
    ProposalWithdrawn,
)
from negotiation.domain.wording import read_anew
from negotiation.text.passage import Passage, Run, Shown, Standing
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.paths import paths
from negotiation.views.where_did_it_go import lives_on_in


class Ended(enum.Enum):
    """Where a word is now, or how it left the text."""

    IN_THE_TEXT = "in the text"
    ON_THE_TABLE = "on the table"
    """Put in by a proposal that nobody has decided."""
    STRUCK_UNDECIDED = "struck, undecided"
    STRUCK = "struck"
    MERGED = "merged"
    NOT_RETAINED = "not retained"
    WITHDRAWN = "withdrawn"
    REVISED = "replaced by its sponsor"
    READ_ANEW = "read anew"
    """The page was misread; somebody settled how it reads."""
    UNDONE = "undone"
    """The act that brought it was reversed."""


STANDING = (Ended.IN_THE_TEXT, Ended.ON_THE_TABLE, Ended.STRUCK_UNDECIDED)
"""Those that are on the page still; every other one has an act that made it so."""


@attrs.frozen
class Stretch:
    """Words that came by one entry and ended in one way."""

    clause: str
    path: str
    words: str
    brought: Hand
    ended: Ended
    by: Hand | None
    """Who made it so; ``None`` while nobody had to."""
    into: str = ""
    """Where merged words live on."""


@attrs.frozen
class Fault:
    """Words that the books of a clause do not account for."""

    clause: str
    path: str
    entry: int
    """The entry after which it shows."""
    words: str
    says: str


@attrs.frozen
class Audit:
    """The books of the whole record, up to one entry."""

    at: int
    brought: int
    """Letters that the entries brought, counted without looking at any text."""
    stretches: tuple[Stretch, ...]
    faults: tuple[Fault, ...]

    @property
    def accounted(self) -> int:
        """Letters that a stretch accounts for."""
        return sum(len(one.words) for one in self.stretches)

    @property
    def sound(self) -> bool:
        """Whether every letter is accounted for, and those that are gone by an act."""
        return not self.faults and self.brought == self.accounted

    def words(self, ended: Ended) -> int:
        """How many words ended so; words that were cut in two count in both."""
        return sum(len(one.words.split()) for one in self.stretches if one.ended is ended)


def audit(timeline: Timeline, at: int, clause: str | None = None) -> Audit:
    """The fate of every word up to entry ``at``, of all clauses ever tabled or of one."""
    moment = timeline.moment(at)
    called = paths(moment)
    of_clause: dict[str, list[Entry]] = {placed.clause: [] for placed in moment.negotiation.order}
    for entry in timeline.entries[:at]:
        if entry.clause:
            of_clause.setdefault(entry.clause, []).append(entry)
    stretches: list[Stretch] = []
    faults: list[Fault] = []
    brought = 0
    for name, entries in of_clause.items():
        if not entries or clause not in (None, name):
            continue
        books = _Books(timeline, moment, called, name)
        books.keep(entries)
        stretches += books.closed(timeline.clause(name, at))
        faults += books.faults
        brought += books.brought
    return Audit(at, brought, tuple(stretches), tuple(faults))


def how_it_ended(run: Run, timeline: Timeline) -> tuple[Ended, int]:
    """Where the words of a run are, and the entry that made it so; 0 where none had to be."""
    mark = run.inserted_by
    latest = mark.fates[-1] if mark is not None and mark.fates else None
    match run.shown:
        case Shown.LIVE if mark is not None and mark.standing is Standing.PENDING:
            return Ended.ON_THE_TABLE, 0
        case Shown.LIVE:
            return Ended.IN_THE_TEXT, latest.entry if latest is not None else 0
        case Shown.STRUCK:
            return Ended.STRUCK_UNDECIDED, 0
        case Shown.GONE if latest is not None and mark is not None and not mark.counts:
            return _not_taken(latest.standing, latest.entry, timeline), latest.entry
        case Shown.GONE:
            strike = next((one for one in run.struck_by if one.standing is Standing.KEPT), None)
            return Ended.STRUCK, strike.fates[-1].entry if strike is not None else 0


def _not_taken(standing: Standing, entry: int, timeline: Timeline) -> Ended:
    if standing is Standing.MERGED:
        return Ended.MERGED
    event = timeline.entries[entry - 1].event
    if isinstance(event, ProposalWithdrawn):
        return Ended.WITHDRAWN
    return Ended.REVISED if isinstance(event, ProposalRevised) else Ended.NOT_RETAINED


# -- the books of one clause ----------------------------------------------------------------------


@attrs.frozen
class _Gone:
    """Letters that left the passage: the entry that brought them, and the one that took them."""

    words: str
    birth: int
    ended: Ended
    entry: int


class _Books:
    """What came to one clause and what left it, entry by entry."""

    def __init__(
        self, timeline: Timeline, moment: Moment, called: dict[str, str], clause: str
    ) -> None:
        self._timeline = timeline
        self._moment = moment
        self._called = called
        self._clause = clause
        self._gone: list[_Gone] = []
        self._returned: dict[int, list[_Gone]] = {}
        self._tabled_by = 0
        self.brought = 0
        self.faults: list[Fault] = []

    @property
    def _path(self) -> str:
        """What the clause is called; one that is in the text no more by its kind and label."""
        state = self._timeline.clause(self._clause, self._moment.at)
        other = f"{state.kind.value} {state.label}".strip() if state is not None else ""
        return self._called.get(self._clause) or other

    def keep(self, entries: Iterable[Entry]) -> None:
        """Enter every entry on the clause, in order."""
        before: Clause | None = None
        for entry in entries:
            after = self._timeline.clause(self._clause, entry.number)
            if after is None:
                continue
            self._tabled_by = after.margin.tabled_by
            event, brings = entry.event, _brings(entry.event)
            self.brought += len(brings)
            if before is not None and before.passage is after.passage and not brings:
                before = after
                continue
            held = self._by_birth(before.passage) if before is not None else {}
            holds = self._by_birth(after.passage)
            if isinstance(event, ActReversed):
                self._reversed(entry, event, held, holds)
            elif isinstance(event, AnomalySettled) and before is not None:
                self._compare(entry, self._read_anew(entry, event, before, held), holds)
            else:
                birth = self._tabled_by if isinstance(event, ClauseTabled) else entry.number
                self._compare(entry, _moved(held, (), ((birth, brings),)), holds)
            before = after

    def closed(self, state: Clause | None) -> Iterator[Stretch]:
        """Every letter of the clause, where it is now or how it left."""
        for run in state.passage.runs if state is not None else ():
            assert state is not None
            ended, entry = how_it_ended(run, self._timeline)
            if entry == 0 and ended not in STANDING:
                self._fault(self._moment.at, run.words, "are out of the text and nobody says why")
            into = ""
            if ended is Ended.MERGED and run.inserted_by is not None:
                source = state.proposal(run.inserted_by.source)
                into = lives_on_in(self._moment, self._called, source.into) if source else ""
            yield self._stretch(run.words, self._birth(run), ended, entry, into)
        for gone in self._gone:
            yield self._stretch(gone.words, gone.birth, gone.ended, gone.entry)

    def _stretch(self, words: str, birth: int, ended: Ended, entry: int, into: str = "") -> Stretch:
        by = hand(self._timeline, entry) if entry else None
        brought = hand(self._timeline, birth)
        return Stretch(self._clause, self._path, words, brought, ended, by, into)

    # -- kinds of entries -------------------------------------------------------------------------

    def _read_anew(
        self, entry: Entry, event: AnomalySettled, before: Clause, held: dict[int, str]
    ) -> dict[int, str]:
        """The page reads otherwise: its words are taken and others brought, as the entry says."""
        takes: list[_Gone] = []
        for one in event.corrections:
            for run in before.passage.between(one.start, one.end):
                takes.append(_Gone(run.words, self._birth(run), Ended.READ_ANEW, entry.number))
            before = read_anew(before, one)
        self._gone += takes
        brings = (self._tabled_by, _brings(event))
        return _moved(held, [(one.birth, one.words) for one in takes], (brings,))

    def _reversed(
        self, entry: Entry, event: ActReversed, held: dict[int, str], holds: dict[int, str]
    ) -> None:
        """What the act brought goes, and what it took comes back."""
        number = entry.number
        back = [one for one in self._gone if one.entry in event.entries]
        goes = list(self._brought_by(event.entries, held, number))
        moved = _moved(
            held,
            [(one.birth, one.words) for one in goes],
            [(one.birth, one.words) for one in back],
        )
        if _alike(moved, holds):
            self._gone = [one for one in self._gone if one not in back] + goes
            self._returned[number] = back
            return
        # Somebody worked on the words since: only part of them moves.
        rereads = any(
            isinstance(self._timeline.entries[one - 1].event, AnomalySettled | ActReversed)
            for one in event.entries
        )
        for birth in sorted({*held, *holds}):
            for words, came in _differences(held.get(birth, ""), holds.get(birth, "")):
                if came and not self._back(birth, came):
                    self._fault(number, came, "came with an undoing, and were never there")
                if words and birth not in event.entries and not rereads:
                    self._fault(number, words, "went with an undoing of other words")
                if words:
                    self._gone.append(_Gone(words, birth, Ended.UNDONE, number))

    def _brought_by(
        self, entries: tuple[int, ...], held: dict[int, str], by: int
    ) -> Iterator[_Gone]:
        """The letters that these entries brought, or brought back, as they leave by an undoing."""
        for number in entries:
            event = self._timeline.entries[number - 1].event
            for one in self._returned.get(number, ()):
                yield attrs.evolve(one, entry=by)
            if isinstance(event, AnomalySettled):
                if words := _brings(event):
                    yield _Gone(words, self._tabled_by, Ended.UNDONE, by)
            elif words := held.get(number, ""):
                yield _Gone(words, number, Ended.UNDONE, by)

    def _compare(self, entry: Entry, expected: dict[int, str], holds: dict[int, str]) -> None:
        """Nothing leaves by any other entry, and nothing comes that the entry does not bring."""
        for birth in {*expected, *holds}:
            was, now = Counter(expected.get(birth, "")), Counter(holds.get(birth, ""))
            if was != now:
                lost, gained = was - now, now - was
                if lost:
                    words = "".join(lost.elements())
                    self._fault(entry.number, words, "left the clause without an act")
                if gained:
                    words = "".join(gained.elements())
                    self._fault(entry.number, words, "came to the clause without an act")

    def _back(self, birth: int, words: str) -> bool:
        """Take letters out of those that had gone; false when they had not."""
        for place in range(len(self._gone) - 1, -1, -1):
            gone = self._gone[place]
            if gone.birth == birth and Counter(gone.words) == Counter(words):
                del self._gone[place]
                return True
        for place in range(len(self._gone) - 1, -1, -1):
            gone = self._gone[place]
            if gone.birth != birth:
                continue
            left, words = _less(gone.words, words)
            self._gone[place] = attrs.evolve(gone, words=left)
        self._gone = [one for one in self._gone if one.words]
        return not words

    def _fault(self, entry: int, words: str, what: str) -> None:
        says = f"At {self._path} the words “{words}” {what}."
        self.faults.append(Fault(self._clause, self._path, entry, words, says))

    # -- letters ----------------------------------------------------------------------------------

    def _birth(self, run: Run) -> int:
        return self._tabled_by if run.inserted_by is None else run.inserted_by.entry

    def _by_birth(self, passage: Passage) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for run in passage.runs:
            found.setdefault(self._birth(run), []).append(run.words)
        return {birth: "".join(parts) for birth, parts in found.items()}


def _brings(event: object) -> str:
    """The letters that an event brings to its clause, as it says itself."""
    if isinstance(event, ClauseTabled):
        return "".join(run.words for run in event.runs)
    if isinstance(event, AnomalySettled):
        return "".join(run.words for one in event.corrections for run in one.runs)
    return "".join(edit.inserted for edit in getattr(event, "edits", ()))


def _moved(
    held: dict[int, str], goes: Iterable[tuple[int, str]], comes: Iterable[tuple[int, str]]
) -> dict[int, str]:
    """The letters of every birth once some have gone and others have come."""
    after = dict(held)
    for birth, words in goes:
        after[birth] = _less(after.get(birth, ""), words)[0]
    for birth, words in comes:
        after[birth] = after.get(birth, "") + words
    return after


def _alike(one: dict[int, str], other: dict[int, str]) -> bool:
    return all(
        Counter(one.get(birth, "")) == Counter(other.get(birth, "")) for birth in {*one, *other}
    )


def _differences(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The stretches in which two wordings differ: what went and what came."""
    if not old or not new:
        yield old, new
        return
    for tag, low, high, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal":
            yield old[low:high], new[start:end]


def _less(words: str, taken: str) -> tuple[str, str]:
    """Words without some letters, and the letters that they did not have."""
    rest = Counter(taken)
    left: list[str] = []
    for letter in words:
        if rest[letter] > 0:
            rest[letter] -= 1
        else:
            left.append(letter)
    return "".join(left), "".join(rest.elements())
