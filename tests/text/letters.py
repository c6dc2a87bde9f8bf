"""A slow, obvious twin of a passage: one row of letters, each with its own history.

Written against the words of the design, not against the code: nothing is joined, nothing is shared,
every question is a loop over letters.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import attrs

from negotiation.text.edit import Edit
from negotiation.text.passage import Mark, Passage, Standing

History = tuple[int, str, tuple[tuple[int, Standing], ...]]
"""Who made a mark, for which source, and what was decided on it by whom."""

GOOD = (Standing.PENDING, Standing.KEPT)


def history(mark: Mark) -> History:
    return mark.entry, mark.source, tuple((fate.entry, fate.standing) for fate in mark.fates)


def standing(one: History) -> Standing:
    return one[2][-1][1] if one[2] else Standing.PENDING


@attrs.frozen
class Letter:
    name: int
    sign: str
    born: History | None = None
    struck: tuple[History, ...] = ()
    presumed: bool = False

    @property
    def gone(self) -> bool:
        refused = self.born is not None and standing(self.born) not in GOOD
        return refused or any(standing(one) is Standing.KEPT for one in self.struck)

    @property
    def live(self) -> bool:
        return not self.gone and not any(standing(one) in GOOD for one in self.struck)

    def read_by(self, sources: Iterable[str]) -> bool:
        def applies(one: History) -> bool:
            if standing(one) is Standing.PENDING:
                return one[1] in sources
            return standing(one) is Standing.KEPT

        return (self.born is None or applies(self.born)) and not any(map(applies, self.struck))


class Letters:
    """The row, changed in place."""

    def __init__(self, passage: Passage) -> None:
        self.names = itertools.count()
        self.row = [
            Letter(
                next(self.names),
                sign,
                None if run.inserted_by is None else history(run.inserted_by),
                tuple(history(mark) for mark in run.struck_by),
                run.presumed,
            )
            for run in passage.runs
            for sign in run.words
        ]
        self.side_by_side: list[tuple[int, int]] = []
        """Letters that one entry put next to each other."""

    def apply(self, edits: Iterable[Edit], mark: Mark) -> None:
        mine = history(mark)
        for edit in edits:
            for place in range(edit.start, edit.end):
                letter = self.row[place]
                if not letter.gone:
                    self.row[place] = attrs.evolve(letter, struck=(*letter.struck, mine))
            self.row[edit.end : edit.end] = [
                Letter(next(self.names), sign, mine) for sign in edit.inserted
            ]
        self.side_by_side += [
            (one.name, other.name)
            for one, other in itertools.pairwise(self.row)
            if one.born == mine and other.born == mine
        ]

    def settle(self, entry: int, verdict: Standing, source: str, start: int, end: int) -> None:
        def settled(one: History) -> History:
            if one[1] != source or standing(one) is not Standing.PENDING:
                return one
            return one[0], one[1], (*one[2], (entry, verdict))

        for place in range(start, end):
            letter = self.row[place]
            born = None if letter.born is None else settled(letter.born)
            struck = tuple(map(settled, letter.struck))
            self.row[place] = attrs.evolve(letter, born=born, struck=struck)

    def blocker(self, entries: frozenset[int]) -> int | None:
        """The first entry of others that rests on what these entries did."""
        found: set[int] = set()
        for letter in self.row:
            born = () if letter.born is None else (letter.born,)
            for maker, _, fates in (*born, *letter.struck):
                deciders = [entry for entry, _ in fates]
                while deciders and maker not in entries and deciders[0] not in entries:
                    deciders.pop(0)
                found.update(deciders)
            if letter.born is not None and letter.born[0] in entries:
                found.update(maker for maker, _, _ in letter.struck)
        places = {letter.name: place for place, letter in enumerate(self.row)}
        for one, other in self.side_by_side:
            maker = self.row[places[one]].born
            if maker is not None and maker[0] in entries:
                for letter in self.row[places[one] + 1 : places[other]]:
                    assert letter.born is not None
                    found.add(letter.born[0])
        return min(found - entries, default=None)

    def take_out(self, entries: frozenset[int]) -> None:
        def left(one: History) -> History:
            return one[0], one[1], tuple(fate for fate in one[2] if fate[0] not in entries)

        self.row = [
            attrs.evolve(
                letter,
                born=None if letter.born is None else left(letter.born),
                struck=tuple(left(one) for one in letter.struck if one[0] not in entries),
            )
            for letter in self.row
            if letter.born is None or letter.born[0] not in entries
        ]

    def check(self, passage: Passage) -> None:
        """The passage has the same letters with the same histories, and reads the same."""
        mine = [attrs.evolve(letter, name=0) for letter in self.row]
        theirs = [attrs.evolve(letter, name=0) for letter in Letters(passage).row]
        assert theirs == mine
        assert passage.words == self.read(self.row)
        assert passage.live == self.read(letter for letter in self.row if letter.live)
        assert passage.base == self.read(letter for letter in self.row if letter.born is None)
        for sources in (frozenset[str](), frozenset({"P1"}), frozenset({"P2", ""})):
            said = self.read(letter for letter in self.row if letter.read_by(sources))
            assert passage.as_proposed_by(sources) == said
        assert passage.decided == self.read(letter for letter in self.row if letter.read_by(()))

    @staticmethod
    def read(letters: Iterable[Letter]) -> str:
        return "".join(letter.sign for letter in letters)
