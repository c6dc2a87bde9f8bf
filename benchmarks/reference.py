"""The independent, obvious replay: a list of words with their authors per clause, and hashes of it.

It leaves out brackets (they change no word) and every thought of speed. Systems under test share
nothing with it but the steps.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping

import attrs

from benchmarks.steps import ClauseAdded, ClauseDropped, ClauseMoved, Step, WordsReplaced


@attrs.frozen
class Moment:
    """The text at one position: clauses in order, each word with its author."""

    clauses: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    def texts(self) -> dict[str, str]:
        """The words of every clause, in order."""
        return {key: " ".join(word for word, _ in words) for key, words in self.clauses}

    def text(self) -> str:
        """The whole text, one clause a line."""
        return "\n".join(self.texts().values())


class _Replay:
    def __init__(self) -> None:
        self.order: list[str] = []
        self.words: dict[str, list[tuple[str, str]]] = {}

    def play(self, step: Step) -> None:
        match step:
            case ClauseAdded():
                self.words[step.key] = [(word, step.author) for word in step.words]
                self.place(step.key, step.after)
            case WordsReplaced():
                words = self.words[step.key]
                end = step.index + len(step.removed)
                found = tuple(word for word, _ in words[step.index : end])
                if found != step.removed:
                    raise ValueError(f"{step.key} has {found} where {step.removed} should go.")
                words[step.index : end] = [(word, step.author) for word in step.inserted]
            case ClauseDropped():
                self.order.remove(step.key)
                del self.words[step.key]
            case ClauseMoved():
                self.order.remove(step.key)
                self.place(step.key, step.after)
            case _:
                pass

    def place(self, key: str, after: str | None) -> None:
        self.order.insert(0 if after is None else self.order.index(after) + 1, key)


def moments(steps: Iterable[Step], positions: Collection[int]) -> Iterator[tuple[int, Moment]]:
    """The text at each of the positions, in their order."""
    wanted = set(positions)
    replay = _Replay()
    held: dict[str, tuple[tuple[str, str], ...]] = {}
    for position, step in enumerate(steps, start=1):
        replay.play(step)
        held.pop(step.key, None)
        if position in wanted:
            for key in replay.order:
                if key not in held:
                    held[key] = tuple(replay.words[key])
            yield position, Moment(tuple((key, held[key]) for key in replay.order))


def life_spans(steps: Iterable[Step]) -> dict[str, tuple[int, int]]:
    """For each clause the first and the last position at which it stands in the text."""
    born: dict[str, int] = {}
    died: dict[str, int] = {}
    last = 0
    for position, step in enumerate(steps, start=1):
        last = position
        if isinstance(step, ClauseAdded):
            born[step.key] = position
        elif isinstance(step, ClauseDropped):
            died[step.key] = position - 1
    return {key: (first, died.get(key, last)) for key, first in born.items()}


def hash_of(text: str) -> str:
    """The sha256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_authors(clauses: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> str:
    """The sha256 of who wrote each word, over (clause, (word, author) of each word) in order."""
    return hash_of(json.dumps([[key, [list(pair) for pair in words]] for key, words in clauses]))


def hash_of_sides(sides: Mapping[str, tuple[str, str]]) -> str:
    """The sha256 of a difference: the words before and after of every clause that differs."""
    return hash_of(json.dumps([[key, *sides[key]] for key in sorted(sides)]))


def sides(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Before and after of every clause that differs; a missing clause has no words."""
    return {
        key: (before.get(key, ""), after.get(key, ""))
        for key in before.keys() | after.keys()
        if before.get(key, "") != after.get(key, "")
    }
