"""What every system under test can be asked, and how its answers are brought to one form.

It leaves out timing (measure.py) and the histories. A store lives in one directory; a system object
is one process's hold on it.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.reference import sides
from benchmarks.steps import History, Step

Authorship = Iterable[tuple[str, Iterable[tuple[str, str]]]]
Hunk = tuple[str, tuple[str, ...]]
Difference = dict[str, list[Hunk]]


class System:
    """One system under test. Positions count steps: the text at n is the text after n steps."""

    name: ClassVar[str]
    note: ClassVar[str] = ""
    # Queries that the system has no answer to, or only one that needs another program around it.
    lacks: ClassVar[frozenset[str]] = frozenset()
    # False where authors are told by clause or line: then they cannot be compared word by word.
    blames_words: ClassVar[bool] = True
    # True where the system answers in a process of its own, through a pipe that is no part of it.
    own_clock: ClassVar[bool] = False

    def __init__(self, store: Path) -> None:
        self.store = store
        # Microseconds of the last answer, where the system has a clock of its own.
        self.spent = 0.0

    @classmethod
    def missing(cls) -> str | None:
        """Why the system cannot run here, or None."""
        return None

    @classmethod
    def load_libraries(cls) -> None:
        """Import what `open` would import on the way, before the clock runs."""

    def prepare(self, history: History) -> Any:
        """The history in the system's own vocabulary, ready to load; not timed."""
        return history

    def build(self, prepared: Any) -> None:
        """Load the whole history into an empty store, durably; returns with everything closed."""
        raise NotImplementedError  # each system says how

    def finish_build(self) -> None:
        """Whatever the system wants done once after a bulk load; timed apart."""

    def open(self) -> str:
        """Open the store in a fresh process and give the current text."""
        raise NotImplementedError  # each system says how

    def ready(self) -> None:
        """Learn what a position is in this system's terms, where that is no part of a query."""

    def plain(self, text: str) -> str:
        """A whole text as the reference writes it, without what the system adds; not timed."""
        return text

    def at(self, position: int) -> str:
        """The whole text at a position, one clause a line."""
        return "\n".join(self.clauses_at(position).values())

    def take(self, position: int) -> None:
        """Have the whole text at a position in hand, for `step` to go on from; not timed."""
        self.at(position)

    def step(self, position: int) -> str:
        """The whole text one position before or after the one in hand."""
        return self.at(position)

    def changed(self, position: int) -> str | None:
        """Only the clause that the step at this position left changed."""
        raise NotImplementedError  # see lacks

    def clause(self, key: str, position: int) -> str:
        """One clause at a position."""
        raise NotImplementedError  # each system says how

    def clauses_at(self, position: int) -> Mapping[str, str]:
        """The words of every clause at a position, in order."""
        raise NotImplementedError  # each system says how

    def blame(self) -> Any:
        """The author of every word now, in the system's own form."""
        raise NotImplementedError  # see lacks

    def blame_clause(self, key: str) -> Any:
        """The author of every word of one clause now, in the system's own form."""
        raise NotImplementedError  # see lacks

    def who(self) -> Any:
        """The same told to people: names, times, and what was decided."""
        raise NotImplementedError  # see lacks

    def who_clause(self, key: str) -> Any:
        """The same told to people, of one clause."""
        raise NotImplementedError  # see lacks

    def authors(self, blamed: Any) -> Authorship:
        """What `blame` gave, as words with authors; not timed."""
        raise NotImplementedError  # see lacks

    def diff(self, before: int, after: int) -> Any:
        """What differs between two positions, by word, in the system's own form."""
        return by_word(self.clauses_at(before), self.clauses_at(after))

    def difference(self, found: Any) -> Difference:
        """What `diff` gave, as kept, removed and inserted words per differing clause; not timed."""
        difference: Difference = found
        return difference

    def phrase(self, step: Step) -> Any:
        """What a person would ask for to make this step now; not timed."""
        return step

    def ready_to_append(self, steps: Iterable[Step]) -> None:
        """Learn what these steps came to, where phrasing the next one takes that; not timed."""

    def append(self, wanted: Any) -> None:
        """One further act as phrased, durable on return; `open` came before."""
        raise NotImplementedError  # each system says how

    def memory_elsewhere(self) -> int:
        """Bytes that processes started by the system hold at most."""
        return 0

    def close(self) -> None:
        """Let go of files and processes."""


def by_word(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """The difference of two texts by word, as a program on top of a text store would find it."""
    return {
        key: _hunks(old.split(), new.split()) for key, (old, new) in sides(before, after).items()
    }


def two_sides(difference: Difference) -> dict[str, tuple[str, str]]:
    """The words before and after that a difference implies: a wrong one shows here."""
    implied = {
        key: (
            " ".join(word for mark, words in hunks if mark != "+" for word in words),
            " ".join(word for mark, words in hunks if mark != "-" for word in words),
        )
        for key, hunks in difference.items()
    }
    return {key: (before, after) for key, (before, after) in implied.items() if before != after}


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    hunks: list[Hunk] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            hunks.append((" ", tuple(old[old_from:old_to])))
            continue
        if old_to > old_from:
            hunks.append(("-", tuple(old[old_from:old_to])))
        if new_to > new_from:
            hunks.append(("+", tuple(new[new_from:new_to])))
    return hunks
