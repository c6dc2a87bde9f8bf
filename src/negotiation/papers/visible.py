"""What is read of a clause, letter by letter, and where each letter stands in its passage.

Two printings of one text differ in white space and in what they hide; places are carried between
them by counting the letters before them. Struck and undecided words are read, words that are gone
are not.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import attrs

from negotiation.text.passage import Passage, Run, Shown
from negotiation.text.places import Reach


@attrs.frozen
class Share:
    """A stretch of what is read, by the letters before its two ends, and the space at its edges."""

    first: int
    last: int
    space_before: int
    """White space between the start and the first letter inside."""
    space_after: int
    """White space between the last letter inside and the end."""
    empty: bool
    """Whether it holds nothing at all."""


class Visible:
    """The words of a passage that are not gone."""

    def __init__(self, passage: Passage) -> None:
        """What is read of a passage."""
        self.passage = passage
        places: list[int] = []
        words: list[str] = []
        at = 0
        for run in passage.runs:
            size = len(run.words)
            if run.shown is not Shown.GONE:
                words.append(run.words)
                places.extend(range(at, at + size))
            at += size
        self.words = "".join(words)
        self.places = places
        """For every character read, its offset in the passage."""

    @cached_property
    def letters(self) -> list[int]:
        """Which of the characters read are no white space."""
        return [index for index, letter in enumerate(self.words) if not letter.isspace()]

    @cached_property
    def letters_at(self) -> list[int]:
        """Where the letters stand in the passage."""
        return [self.places[index] for index in self.letters]

    def before(self, offset: int) -> int:
        """How many letters stand before an offset of the passage."""
        return bisect_left(self.letters_at, offset)

    def after_character(self, index: int) -> int:
        """The offset directly behind the characters before this one."""
        return self.places[index - 1] + 1 if index else 0

    def hides(self, first: int, last: int) -> bool:
        """Whether words that are gone stand beside or between these characters."""
        before = self.places[first - 1] if first else -1
        after = self.places[last] if last < len(self.places) else len(self.passage.words)
        return after - before - 1 > last - first

    def share(self, reach: Reach) -> Share:
        """A reach, told by letters."""
        start, end = reach.within(len(self.passage.words))
        first, last = self.before(start), self.before(end)
        low, high = bisect_left(self.places, start), bisect_left(self.places, end)
        next_letter = self.letters[first] if first < len(self.letters) else len(self.words)
        last_letter = self.letters[last - 1] + 1 if last else 0
        return Share(
            first, last, max(0, next_letter - low), max(0, high - last_letter), start >= end
        )

    def reach(self, share: Share, like: Reach) -> Reach:
        """The reach of the same letters here; open where the other was open."""
        start = None if like.start is None else self._start(share)
        end = None if like.end is None else self._end(share)
        if share.empty and start is not None and end is not None:
            start = end = self._after_letter(share.last)
        elif share.first >= share.last and start is not None and end is not None:
            # Only space, or words that are gone, stand inside.
            start, end = min(start, end), max(start, end)
        return Reach(start, end)

    def _start(self, share: Share) -> int:
        index = self.letters[share.first] if share.first < len(self.letters) else len(self.words)
        left = share.space_before
        while left and index and self.words[index - 1].isspace():
            index, left = index - 1, left - 1
        return self.places[index] if index < len(self.places) else self.after_character(index)

    def _end(self, share: Share) -> int:
        index = self.letters[share.last - 1] + 1 if share.last else 0
        left = share.space_after
        while left and index < len(self.words) and self.words[index].isspace():
            index, left = index + 1, left - 1
        return self.after_character(index)

    def _after_letter(self, count: int) -> int:
        return self.after_character(self.letters[count - 1] + 1 if count else 0)

    def runs(self) -> list[tuple[int, int, int, Run]]:
        """The runs that are read: their letters by count, their offset, and the run."""
        found: list[tuple[int, int, int, Run]] = []
        for at, run in self.passage.pieces():
            if run.shown is not Shown.GONE:
                found.append((self.before(at), self.before(at + len(run.words)), at, run))
        return found

    def gaps(self) -> dict[int, tuple[int, str]]:
        """The words that are gone, by the letters read before them, with their first offset."""
        found: dict[int, tuple[int, str]] = {}
        for at, run in self.passage.pieces():
            if run.shown is Shown.GONE:
                count = self.before(at)
                first, words = found.get(count, (at, ""))
                found[count] = (first, words + run.words)
        return found
