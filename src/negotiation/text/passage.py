"""The words of one clause, and who brought or struck each of them.

A passage is a row of runs. Nothing ever leaves it: a struck run stays where it stood, so every
reading (live, base, as one source proposes it) is a filter over the same row. Offsets count code
points in the whole row, struck runs included. This file knows entries by their number and
proposals by an opaque source; what a proposal is, it leaves to the domain.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import attrs


class Standing(enum.Enum):
    """What has become of a mark: the room has not decided, or it has."""

    PENDING = "pending"
    KEPT = "kept"
    DROPPED = "dropped"
    MERGED = "merged"
    """Dropped here because the same words live on elsewhere."""


@attrs.frozen
class Fate:
    """One decision on a mark, and the entry that made it."""

    entry: int
    standing: Standing


@attrs.frozen
class Mark:
    """An insertion or a strike: the entry that made it, for which source, and what became of it."""

    entry: int
    source: str = ""
    fates: tuple[Fate, ...] = ()

    @property
    def standing(self) -> Standing:
        """The latest decision on this mark; pending while there is none."""
        return self.fates[-1].standing if self.fates else Standing.PENDING

    @property
    def counts(self) -> bool:
        """Whether the mark has an effect in the live reading."""
        if not self.fates:
            return True
        standing = self.fates[-1].standing
        return standing is Standing.KEPT or standing is Standing.PENDING


class Shown(enum.Enum):
    """How a run stands in the live text."""

    LIVE = "live"
    STRUCK = "struck"
    """Struck by a proposal that nobody has decided."""
    GONE = "gone"
    """Struck for good, or an insertion that was not retained."""


@attrs.frozen
class Run:
    """Words with one history: base words, or inserted by one entry; struck by none or several."""

    words: str
    inserted_by: Mark | None = None
    struck_by: tuple[Mark, ...] = ()
    presumed: bool = False
    """The page did not tell whether these words were in the base; they are read as if they were."""

    @property
    def shown(self) -> Shown:
        """Whether the run is live, struck and undecided, or gone."""
        mark = self.inserted_by
        if mark is not None and not mark.counts:
            return Shown.GONE
        if not self.struck_by:
            return Shown.LIVE
        shown = Shown.LIVE
        for strike in self.struck_by:
            if strike.standing is Standing.KEPT:
                return Shown.GONE
            if strike.counts:
                shown = Shown.STRUCK
        return shown

    @property
    def live(self) -> bool:
        """Whether the words are read in the live text."""
        return _reads(self)

    @property
    def pending(self) -> bool:
        """Whether an undecided mark has an effect on these words."""
        if self.shown is Shown.GONE:
            return False
        inserted = self.inserted_by
        if inserted is not None and inserted.standing is Standing.PENDING:
            return True
        return any(strike.standing is Standing.PENDING for strike in self.struck_by)


def _reads(run: Run) -> bool:
    # Asked of every run whenever a text is shown: `shown` says the same, and takes its time.
    mark = run.inserted_by
    if mark is not None and mark.fates:
        standing = mark.fates[-1].standing
        if standing is not Standing.KEPT and standing is not Standing.PENDING:
            return False
    for mark in run.struck_by:
        if not mark.fates:
            return False
        standing = mark.fates[-1].standing
        if standing is Standing.KEPT or standing is Standing.PENDING:
            return False
    return True


@attrs.frozen
class Passage:
    """The runs of one clause, in order; neighbours always differ in history and none is empty."""

    runs: tuple[Run, ...] = ()
    sizes: tuple[int, ...] = attrs.field(eq=False, repr=False)
    """How many code points each run has: with them a place is found without walking the row."""

    @sizes.default
    def _sizes_of_runs(self) -> tuple[int, ...]:
        return tuple([len(run.words) for run in self.runs])

    @cached_property
    def words(self) -> str:
        """Every word ever printed here, struck ones included."""
        return "".join([run.words for run in self.runs])

    @cached_property
    def live(self) -> str:
        """The text as it stands with pending proposals applied; struck words hidden."""
        return "".join([run.words for run in self.runs if _reads(run)])

    @cached_property
    def base(self) -> str:
        """What was there before the negotiation."""
        return "".join([run.words for run in self.runs if run.inserted_by is None])

    @cached_property
    def decided(self) -> str:
        """The text as decided so far: pending insertions out, pending strikes not applied."""
        return self.as_proposed_by(frozenset())

    @cached_property
    def pending(self) -> bool:
        """Whether any word carries an undecided mark."""
        return any(run.pending for run in self.runs)

    @cached_property
    def gone(self) -> bool:
        """Whether there were words and none of them is on the page any more."""
        runs = self.runs
        return bool(runs) and all(run.shown is Shown.GONE for run in runs)

    def as_proposed_by(self, sources: frozenset[str]) -> str:
        """The text as decided so far, with the pending marks of ``sources`` applied, no others."""

        def applies(mark: Mark) -> bool:
            standing = mark.standing
            return standing is Standing.KEPT or (
                standing is Standing.PENDING and mark.source in sources
            )

        return "".join(
            [
                run.words
                for run in self.runs
                if (run.inserted_by is None or applies(run.inserted_by))
                and not any(applies(strike) for strike in run.struck_by)
            ]
        )

    def sources(self) -> frozenset[str]:
        """Every source that has a mark here."""
        return frozenset(mark.source for run in self.runs for mark in marks_of(run) if mark.source)

    def pieces(self) -> Iterator[tuple[int, Run]]:
        """Each run with the offset at which it begins."""
        offset = 0
        for run in self.runs:
            yield offset, run
            offset += len(run.words)

    def between(self, start: int, end: int) -> tuple[Run, ...]:
        """The runs of a stretch, the first and last cut to it."""
        if start >= end:
            return ()
        return tuple(
            attrs.evolve(run, words=run.words[max(0, start - at) : end - at])
            for at, run in self.pieces()
            if at < end and at + len(run.words) > start
        )

    def live_between(self, start: int, end: int) -> str:
        """The live words of a stretch."""
        return "".join(run.words for run in self.between(start, end) if run.live)

    def standing_between(self, start: int, end: int) -> str:
        """The words of a stretch that are not gone: live ones, and those struck but undecided."""
        return "".join(run.words for run in self.between(start, end) if run.shown is not Shown.GONE)


def base_passage(words: str) -> Passage:
    """A passage of base words only."""
    return Passage((Run(words),) if words else ())


def marks_of(run: Run) -> tuple[Mark, ...]:
    """All marks on a run, the insertion first."""
    return run.struck_by if run.inserted_by is None else (run.inserted_by, *run.struck_by)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The same runs in normal form: no empty ones, neighbours of one history made one."""
    row: list[Run] = []
    for run in runs:
        if not run.words:
            continue
        if row and same_history(row[-1], run):
            words = row[-1].words + run.words
            row[-1] = Run(words, run.inserted_by, run.struck_by, run.presumed)
        else:
            row.append(run)
    return tuple(row)


def same_history(one: Run, other: Run) -> bool:
    """Whether the same entries brought and struck both, with the same fates."""
    mine, theirs = one.inserted_by, other.inserted_by
    if mine is not theirs and (
        # Entries are compared first: between neighbours they hardly ever agree.
        mine is None or theirs is None or mine.entry != theirs.entry or mine != theirs
    ):
        return False
    return one.struck_by == other.struck_by and one.presumed == other.presumed


def settle(
    passage: Passage,
    fate: Fate,
    applies: Callable[[Run, Mark], bool],
    start: int = 0,
    end: int | None = None,
) -> Passage:
    """Give every mark that ``applies`` within a stretch the same fate; the words do not move."""
    stop = len(passage.words) if end is None else end

    def settled(run: Run, mark: Mark) -> Mark:
        if not applies(run, mark):
            return mark
        return Mark(mark.entry, mark.source, (*mark.fates, fate))

    row: list[Run] = []
    for at, run in passage.pieces():
        low, high = max(start - at, 0), min(stop - at, len(run.words))
        if low >= high or not any(applies(run, mark) for mark in marks_of(run)):
            row.append(run)
            continue
        inserted = settled(run, run.inserted_by) if run.inserted_by is not None else None
        struck = tuple([settled(run, strike) for strike in run.struck_by])
        row += [
            Run(run.words[:low], run.inserted_by, run.struck_by, run.presumed),
            Run(run.words[low:high], inserted, struck, run.presumed),
            Run(run.words[high:], run.inserted_by, run.struck_by, run.presumed),
        ]
    return Passage(joined(row))
