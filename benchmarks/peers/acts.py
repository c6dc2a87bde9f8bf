"""Steps in the two vocabularies that editors of text know: of clauses, and of one flat text.

A flat text has a clause a line, and every step is some splices of it. Brackets change no word and
are left out, but count as a position.
"""

from collections.abc import Iterable, Iterator

import attrs
import msgspec

from benchmarks.peers.board import Board
from benchmarks.steps import ClauseAdded, ClauseDropped, ClauseMoved, Step, WordsReplaced

Splice = tuple[int, int, str]
"""Where, how many letters go, and what comes."""


@attrs.frozen
class Acted:
    """One step, said in both ways."""

    kind: str
    by: str
    key: str
    flat: tuple[Splice, ...]
    index: int = 0
    """The place of the clause among all."""
    at: int = 0
    """Where in the clause; the letters that go from there; and what comes, or the whole clause."""
    removed: int = 0
    text: str = ""
    away: int = 0
    to: int = 0


class Acts:
    """Says steps, one after the other."""

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self.board = Board(texts)

    def said(self, steps: Iterable[Step]) -> Iterator[Acted]:
        """The steps in both ways."""
        return map(self.say, steps)

    def say(self, step: Step) -> Acted:
        """One step; the next one follows it."""
        board = self.board
        match step:
            case ClauseAdded(key=key):
                board.play(step)
                index = board.order.index(key)
                text = " ".join(step.words)
                flat = (self._insertion(index, text),)
                return Acted("add", step.author, key, flat, index, text=text)
            case WordsReplaced(key=key):
                index = board.order.index(key)
                at, removed, text = _splice(board.words[key], step)
                flat = ((self._start(index) + at, removed, text),)
                board.play(step)
                return Acted("words", step.author, key, flat, index, at, removed, text)
            case ClauseDropped(key=key):
                index = board.order.index(key)
                flat = (self._removal(index),)
                board.play(step)
                return Acted("drop", step.author, key, flat, index)
            case ClauseMoved(key=key):
                away = board.order.index(key)
                gone = self._removal(away)
                board.play(step)
                to = board.order.index(key)
                moved = (gone, self._insertion(to, " ".join(board.words[key])))
                return Acted("move", step.author, key, moved, away=away, to=to)
            case _:
                return Acted("none", step.author, step.key, ())

    def _start(self, index: int) -> int:
        words = self.board.words
        return sum(_length(words[key]) + 1 for key in self.board.order[:index])

    def _insertion(self, index: int, text: str) -> Splice:
        """What puts the clause in that stands on the board already."""
        if index < len(self.board.order) - 1:
            return self._start(index), 0, f"{text}\n"
        # Behind the last one: the line break before it is part of it.
        at = self._start(index)
        return (at - 1, 0, f"\n{text}") if index else (0, 0, text)

    def _removal(self, index: int) -> Splice:
        """What takes the clause out that stands on the board still."""
        size = _length(self.board.words[self.board.order[index]])
        start = self._start(index)
        if index < len(self.board.order) - 1:
            return start, size + 1, ""
        return (start - 1, size + 1, "") if index else (0, size, "")


def _length(words: list[str]) -> int:
    return sum(map(len, words)) + max(0, len(words) - 1)


def _splice(words: list[str], step: WordsReplaced) -> Splice:
    """The words with the space behind them, or before them at the end of the clause."""
    index, gone = step.index, len(step.removed)
    at = sum(len(word) + 1 for word in words[:index])
    removed, text = " ".join(step.removed), " ".join(step.inserted)
    if gone and text:
        return at, len(removed), text
    if index + gone < len(words):
        return at, len(removed) + bool(gone), f"{text} " if text else ""
    return max(0, at - 1), len(removed) + bool(gone and index), f" {text}" if text else ""


def as_json(acts: Iterable[Acted]) -> bytes:
    """Acts as a list in JSON."""
    return msgspec.json.encode([as_builtins(act) for act in acts])


def as_builtins(act: Acted) -> dict[str, object]:
    """An act as what JSON knows."""
    found = attrs.asdict(act)
    found["from"] = found.pop("away")
    return found
