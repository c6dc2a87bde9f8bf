"""Where words went that somebody remembers: each clause in which they stood, and how they end.

The words are looked for in every state that a clause ever had, as it was printed and as it read
live. What is found is followed letter by letter to where it is now, or to the act that took it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import ActReversed
from negotiation.text.passage import Passage, Run
from negotiation.views.at_that_time import Timeline
from negotiation.views.conservation import Ended, Stretch, how_it_ended
from negotiation.views.hands import Hand, hand
from negotiation.views.paths import paths


@attrs.frozen
class Trace:
    """Words in one clause, from the entry after which they first stood there."""

    clause: str
    path: str
    words: str
    """As they were printed."""
    first: Hand
    until: Hand | None
    """The entry that took them out of the live text; ``None`` when they stand, or never did."""
    parts: tuple[Stretch, ...]
    """What became of them, part by part."""


def where_words_went(
    timeline: Timeline, at: int, words: str, clause: str | None = None
) -> tuple[Trace, ...]:
    """Each clause in which these words ever stood up to entry ``at``, in the order they came.

    White space and case do not matter.
    """
    sought = words.split()
    if not sought:
        return ()
    pattern = re.compile(r"\s+".join(re.escape(word) for word in sought), re.IGNORECASE)
    called = paths(timeline.moment(at))
    names = dict.fromkeys(entry.clause for entry in timeline.entries[:at] if entry.clause)
    found: list[Trace] = []
    for name in names:
        if clause in (None, name):
            trace = _traced(timeline, at, name, pattern, called)
            found += [trace] if trace is not None else []
    return tuple(found)


def _traced(
    timeline: Timeline, at: int, clause: str, pattern: re.Pattern[str], called: dict[str, str]
) -> Trace | None:
    first = until = 0
    best: tuple[int, Clause, list[int]] | None = None
    stands = False
    before: Passage | None = None
    for number in timeline.changes_of(clause):
        state = timeline.clause(clause, number)
        if number > at or state is None:
            break
        if state.passage is before:
            continue
        before = state.passage
        live = _live_places(state.passage)
        places = [
            live[place]
            for match in pattern.finditer(state.passage.live)
            for place in range(*match.span())
        ]
        until = number if stands and not places else 0 if places else until
        stands = bool(places)
        if not places:
            spans = [match.span() for match in pattern.finditer(state.passage.words)]
            places = [place for span in spans for place in range(*span)]
        if places:
            first = first or number
            best = number, state, places
    now = timeline.clause(clause, at)
    if best is None or now is None:
        return None
    number, state, places = best
    match = pattern.search(state.passage.live) or pattern.search(state.passage.words)
    return Trace(
        clause,
        called.get(clause) or f"{now.kind.value} {now.label}".strip(),
        match[0] if match is not None else "",
        hand(timeline, first),
        hand(timeline, until) if until else None,
        tuple(_parts(timeline, at, number, state, places, now, called)),
    )


def _live_places(passage: Passage) -> list[int]:
    """The offset in the passage of every letter that is live."""
    return [
        place
        for start, run in passage.pieces()
        if run.live
        for place in range(start, start + len(run.words))
    ]


# -- letters, followed --------------------------------------------------------------------------


def _parts(
    timeline: Timeline,
    at: int,
    number: int,
    state: Clause,
    places: list[int],
    now: Clause,
    called: dict[str, str],
) -> Iterator[Stretch]:
    """What became of the letters at these places, in stretches of one fate."""
    then, there = _letters(state), _letters(now)
    own, theirs = _by_birth(state), _by_birth(now)
    where = dict(there)
    row: list[tuple[int, Ended, int, str]] = []
    for place in places:
        letter = then[place][0]
        birth, rank = letter
        sign = own[birth][rank]
        if theirs.get(birth) == own[birth]:
            ended, entry = how_it_ended(where[letter], timeline)
        else:
            ended, entry = _left(timeline, at, number, now.id, birth, own[birth])
        if row and row[-1][:3] == (birth, ended, entry):
            row[-1] = (birth, ended, entry, row[-1][3] + sign)
        else:
            row.append((birth, ended, entry, sign))
    path = called.get(now.id, "")
    for birth, ended, entry, words in row:
        by = hand(timeline, entry) if entry else None
        yield Stretch(now.id, path, words, hand(timeline, birth), ended, by)


def _left(
    timeline: Timeline, at: int, number: int, clause: str, birth: int, words: str
) -> tuple[Ended, int]:
    """The entry after which a birth has other letters than it had."""
    for later in timeline.changes_of(clause):
        state = timeline.clause(clause, later)
        if number < later <= at and state is not None and _by_birth(state).get(birth) != words:
            undone = isinstance(timeline.entries[later - 1].event, ActReversed)
            return (Ended.UNDONE if undone else Ended.READ_ANEW), later
    return Ended.READ_ANEW, number


def _letters(clause: Clause) -> list[tuple[tuple[int, int], Run]]:
    """Every letter by the entry that brought it and its rank among those, with its run."""
    ranks: dict[int, int] = {}
    found: list[tuple[tuple[int, int], Run]] = []
    for run in clause.passage.runs:
        birth = _birth(clause, run)
        for _ in run.words:
            rank = ranks[birth] = ranks.get(birth, -1) + 1
            found.append(((birth, rank), run))
    return found


def _by_birth(clause: Clause) -> dict[int, str]:
    found: dict[int, str] = {}
    for run in clause.passage.runs:
        birth = _birth(clause, run)
        found[birth] = found.get(birth, "") + run.words
    return found


def _birth(clause: Clause, run: Run) -> int:
    return clause.margin.tabled_by if run.inserted_by is None else run.inserted_by.entry
