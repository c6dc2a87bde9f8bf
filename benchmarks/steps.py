"""The steps of a generated history, in words, so that no system's own vocabulary is favoured.

It leaves out everything that a step does not change (the text is folded from the steps) and every
notion of a store. An index counts the words of the clause as they live when the step is made.
"""

from datetime import datetime
from typing import TypeAlias

import attrs


@attrs.frozen
class ClauseAdded:
    """A clause enters the text after another one, or first of all."""

    key: str
    after: str | None
    words: tuple[str, ...]
    author: str
    written: datetime


@attrs.frozen
class WordsReplaced:
    """A stretch of words gives way to others; an insertion removes none, a deletion adds none."""

    key: str
    index: int
    removed: tuple[str, ...]
    inserted: tuple[str, ...]
    author: str
    written: datetime


@attrs.frozen
class BracketPlaced:
    """A bracket is put around the words from `first` up to and not including `end`."""

    key: str
    bracket: str
    first: int
    end: int
    author: str
    written: datetime


@attrs.frozen
class BracketLifted:
    """A bracket goes; its words stay."""

    key: str
    bracket: str
    author: str
    written: datetime


@attrs.frozen
class ClauseDropped:
    """A clause leaves the text."""

    key: str
    author: str
    written: datetime


@attrs.frozen
class ClauseMoved:
    """A clause goes to stand after another one, or first of all."""

    key: str
    after: str | None
    author: str
    written: datetime


Step: TypeAlias = (
    ClauseAdded | WordsReplaced | BracketPlaced | BracketLifted | ClauseDropped | ClauseMoved
)


@attrs.frozen
class History:
    """The steps to load, and the further ones that are appended one by one.

    The position n is the moment after the first n steps. The first `clauses` steps table the text.
    """

    clauses: int
    loaded: tuple[Step, ...]
    further: tuple[Step, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return self.loaded + self.further


@attrs.frozen
class Size:
    """How much history: clauses at the start, steps to load, steps to append."""

    name: str
    clauses: int
    events: int
    further: int


SIZES = {
    size.name: size
    for size in (
        Size("Q", 6, 90, 12),
        Size("S", 25, 500, 200),
        Size("M", 200, 20_000, 200),
        Size("L", 2_000, 1_000_000, 200),
    )
}
