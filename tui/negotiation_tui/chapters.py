"""The story of words, or of a whole clause, as chapters: one entry each, the undone ones too.

Pure, and made of the record alone. What marks tell of themselves comes from `who_wrote_this`; what
left no mark, such as a bracket that was lifted or an act that was undone, is found by looking where
what is known of the words changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Bound
from negotiation.domain.events import ActReversed
from negotiation.domain.people import Visibility
from negotiation.domain.terms import BracketKind
from negotiation.text.passage import Standing, marks_of
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Credit, Hand
from negotiation.views.the_log import sentence
from negotiation.views.who_wrote_this import Touch, Whence, Written, who_wrote_this

_WORD = re.compile(r"\S+")
_DECIDED = {
    Standing.KEPT: "retained",
    Standing.DROPPED: "not retained",
    Standing.PENDING: "on the table again",
}


@attrs.frozen
class Chapter:
    """One entry of a story."""

    entry: int
    """0 for what has no entry, such as words of the base."""
    told: str


def story_of(
    timeline: Timeline, clause: str, at: int, offset: int, *, private: bool = False
) -> tuple[str, list[Chapter]]:
    """The words around an offset that have one history, and the story of the word there.

    The oldest chapter first. Brackets and undone acts on other words of the stretch are left out.
    """
    for authors in who_wrote_this(timeline, at, clause):
        for written in authors.runs:
            if written.start <= offset < written.end:
                low, high = word_around(written.words, offset - written.start)
                word = (written.start + low, written.start + high)
                chapters = _chapters(timeline, clause, at, written, word, private)
                return written.words, list(chapters)
    return "", []


def word_around(words: str, offset: int) -> tuple[int, int]:
    """Where the word at an offset begins and ends; of a space, the space alone."""
    for found in _WORD.finditer(words):
        if found.start() <= offset < found.end():
            return found.span()
    return offset, offset + 1


def entries_told(timeline: Timeline, numbers: Iterable[int], at: int) -> list[Chapter]:
    """These entries with their sentences, and what became of them up to a moment."""
    undone = _Undone(timeline, at)
    return [
        Chapter(one, f"{sentence(timeline.entries[one - 1], timeline)}{undone.told(one)}")
        for one in numbers
    ]


def _chapters(
    timeline: Timeline,
    clause: str,
    at: int,
    written: Written,
    word: tuple[int, int],
    private: bool,
) -> Iterable[Chapter]:
    if written.inserted is None:
        presumed = written.whence is Whence.PRESUMED
        told = "The received page does not tell where these words come from."
        yield Chapter(0, told if presumed else "Words of the base text.")
        touches = [("struck", touch) for touch in written.struck]
    else:
        touches = [("put in", written.inserted), *(("struck", one) for one in written.struck)]
    undone = _Undone(timeline, at)
    steps: list[Chapter] = []
    for does, touch in touches:
        steps.append(Chapter(touch.hand.entry, _told(timeline, does, touch, undone)))
        for decided in touch.decisions:
            what = _DECIDED.get(decided.standing, decided.standing.value)
            left = undone.told(decided.hand.entry)
            steps.append(Chapter(decided.hand.entry, f"{what} by {_who(decided.hand)}{left}"))
    known = {one.entry for one in steps}
    others = [
        one
        for one in _turns(timeline, clause, at, word)
        if one not in known
        and (private or timeline.entries[one - 1].visibility is Visibility.PUBLIC)
    ]
    steps += entries_told(timeline, others, at)
    yield from sorted(steps, key=lambda one: one.entry)
    for credit in written.contributors:
        yield Chapter(0, f"{_whose(credit)} was merged into these words.")


def _told(timeline: Timeline, does: str, touch: Touch, undone: _Undone) -> str:
    entry = touch.hand.entry
    whose = f" for {_whose(touch.credit)}" if touch.credit is not None else ""
    said = f" – {sentence(timeline.entries[entry - 1], timeline)}"
    return f"{does} by {_who(touch.hand)}{whose}{said}{undone.told(entry)}"


def _who(hand: Hand) -> str:
    behalf = f" on behalf of {hand.behalf}" if hand.behalf and hand.behalf != hand.by else ""
    meeting = f", {hand.meeting}" if hand.meeting else ""
    bound = "" if hand.bound is Bound.AT else f"{hand.bound.value} "
    return f"{hand.by}{behalf} ({bound}{hand.happened[:16].replace('T', ' ')}{meeting})"


def _whose(credit: Credit) -> str:
    parts = (credit.kind, credit.symbol, ", ".join(credit.sponsors))
    return " ".join(part for part in parts if part) or "a proposal"


# -- what was undone ------------------------------------------------------------------------------


class _Undone:
    """Which acts were undone up to a moment, and which of them were brought back."""

    def __init__(self, timeline: Timeline, at: int) -> None:
        self._entries = timeline.entries
        self._last: dict[str, int] = {}
        """For every act that was undone, the first entry of its last undoing."""
        latest: dict[str, str] = {}
        for entry in timeline.entries[:at]:
            event = entry.event
            if isinstance(event, ActReversed) and latest.get(event.act) != entry.act.id:
                latest[event.act] = entry.act.id
                self._last[event.act] = entry.number

    def told(self, entry: int) -> str:
        """What became of the act of an entry, to put behind its sentence; mostly nothing."""
        by = self._by(entry)
        if not by:
            return ""
        back = self._by(by)
        if not back or not self._holds(back):
            return f" – undone by entry {by}"
        return f" – undone by entry {by}, brought back by entry {back}"

    def _by(self, entry: int) -> int:
        """The last undoing of the act of an entry, whether or not it holds; 0 for none."""
        return self._last.get(self._entries[entry - 1].act.id, 0)

    def _holds(self, entry: int) -> bool:
        by = self._by(entry)
        return not by or not self._holds(by)


# -- where what is known of words changed ---------------------------------------------------------


@attrs.frozen
class _Letters:
    """Some letters of a clause, named so that they are found in each of its states.

    Nothing leaves a passage but by an undo, and letters that one entry put in keep their order.
    """

    origin: int
    """The entry that put them in; 0 for the base."""
    first: int
    last: int
    """Their places among the letters of that origin."""

    def found(self, clause: Clause) -> tuple[int, int] | None:
        """From the first of them to the last in a state of the clause."""
        passed, low, high = 0, -1, -1
        for start, run in clause.passage.pieces():
            if (run.inserted_by.entry if run.inserted_by is not None else 0) != self.origin:
                continue
            before, passed = passed, passed + len(run.words)
            if before < self.last and passed > self.first:
                if low < 0:
                    low = start + max(self.first - before, 0)
                high = start + min(self.last - before, len(run.words))
        return None if low < 0 else (low, high)


def _letters(clause: Clause, word: tuple[int, int]) -> _Letters:
    """The letters of a word, which stands in one run of this state."""
    passed: dict[int, int] = {}
    for start, run in clause.passage.pieces():
        origin = run.inserted_by.entry if run.inserted_by is not None else 0
        before = passed.get(origin, 0)
        if start <= word[0] < start + len(run.words):
            first = before + word[0] - start
            return _Letters(origin, first, first + word[1] - word[0])
        passed[origin] = before + len(run.words)
    raise ValueError(f"{word} is not in the clause {clause.id}.")


def _turns(timeline: Timeline, clause_id: str, at: int, word: tuple[int, int]) -> Iterator[int]:
    """The entries with which what is known of a word changed, the oldest first."""
    now = timeline.clause(clause_id, at)
    if now is None:
        return
    letters = _letters(now, word)
    before: object = None
    for number in timeline.changes_of(clause_id):
        if number > at:
            return
        state = timeline.clause(clause_id, number)
        known = _known(state, letters) if state is not None else None
        if known != before:
            yield number
            before = known


def _known(clause: Clause, letters: _Letters) -> object:
    """All that a state of the clause says of the words, apart from where they stand."""
    found = letters.found(clause)
    if found is None:
        return None
    low, high = found
    marks = {
        mark
        for start, run in clause.passage.pieces()
        if start < high and start + len(run.words) > low
        for mark in marks_of(run)
    }
    length = len(clause.passage.words)
    around = [
        attrs.astuple(one, recurse=False, filter=_but_where)
        for one in clause.brackets
        if one.kind is not BracketKind.WHOLE_TEXT and _covers(one.reach.within(length), found)
    ]
    wordings = [
        attrs.astuple(one, recurse=False, filter=_but_where)
        for one in clause.alternatives
        if _covers(one.reach.within(length), found)
    ]
    sources = {mark.source for mark in marks if mark.source}
    proposals = [one for one in clause.proposals if one.id in sources]
    return (marks, around, wordings, proposals, clause.agreement, clause.margin.deleted_by)


def _but_where(attribute: attrs.Attribute[object], _: object) -> bool:
    return attribute.name != "reach"


def _covers(reach: tuple[int, int], words: tuple[int, int]) -> bool:
    return reach[0] < words[1] and words[0] < reach[1]
