"""Reads the record embedded in a page that replays, as its program does, slowly and step by step.

The twin of `papers/replay/page.js` for tests without a browser: it knows the form and no rules.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import Any

import attrs

SHOWN = {"open": 1, "live": 2, "base": 4}
TRIMMED = {"open": 8, "live": 16, "base": 32, "marked": 0}
BEFORE_LABEL, UNMARKED = 64, 128
PLACED = {"open": 1, "live": 2, "base": 4, "marked": 8}
LABEL_STRUCK = 16
_RECORD = re.compile(r'<script type="application/json" id="record">(.*?)</script>', re.DOTALL)


def record_of(page: bytes) -> dict[str, Any]:
    """What a page holds."""
    found = _RECORD.search(page.decode())
    assert found is not None
    record: dict[str, Any] = json.loads(found[1])
    return record


@attrs.frozen
class State:
    """A clause at a step."""

    face: list[Any]
    row: list[int]


class Twin:
    """The record, at one step after the other."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.record = record
        self.words: list[str] = record["words"]
        self.step = -1
        self.clauses: dict[int, State] = {}
        self.order: list[int] = []
        self.base: list[int] = []
        self.points: list[int] = []

    def on(self) -> bool:
        """One step on; whether there was one."""
        if self.step + 1 >= len(self.record["steps"]):
            return False
        self.step += 1
        row = self.row
        for clause, face, *change in row[14]:
            before = self.clauses[clause].row if clause in self.clauses else []
            self.clauses[clause] = State(self.record["faces"][face], _spliced(before, change))
        self.order = _spliced(self.order, row[15])
        self.base = _spliced(self.base, row[16])
        self.points = _spliced(self.points, row[17])
        return True

    @property
    def row(self) -> list[Any]:
        """What the page holds of this step."""
        row: list[Any] = self.record["steps"][self.step]
        return row

    @property
    def last(self) -> int:
        """The entry after which the text is as it is now."""
        return int(self.row[1])

    def text(self, reading: str) -> list[tuple[str, int, str, str]]:
        """Kind, level, label and words of every clause, as the views print them."""
        levels = dict(zip(self.order[::2], self.order[1::2], strict=True))
        order = self.base if reading == "base" else list(levels)
        states = [(levels[one], self.clauses[one]) for one in order if one in self.clauses]
        return [
            self._printed(state, level, reading)
            for level, state in states
            if state.face[3] & PLACED[reading]
        ]

    def _printed(self, state: State, level: int, reading: str) -> tuple[str, int, str, str]:
        kind, label, base_label, flags = state.face[:4]
        said = self.words[base_label if reading == "base" else label]
        if reading == "marked" and flags & LABEL_STRUCK:
            said = f"~~{said}~~"
        cells = [self.record["cells"][one] for one in state.row]
        shown = [
            one
            for one in cells
            if (not one[2] & UNMARKED if reading == "marked" else one[2] & SHOWN[reading])
        ]
        opening = "".join(self.words[one[0]] for one in shown if one[2] & BEFORE_LABEL)
        rest = [one for one in shown if not one[2] & BEFORE_LABEL]
        words = "".join(
            f"{sign}{text}{sign}"
            for sign, group in groupby(rest, key=lambda one: self._sign(one, reading))
            if (text := "".join(self._words(one, reading) for one in group))
        )
        return self.record["kinds"][kind], level, opening + said, words

    def _words(self, cell: list[int], reading: str) -> str:
        words = self.words[cell[0]]
        return words[1:] if cell[2] & TRIMMED[reading] else words

    def _sign(self, cell: list[int], reading: str) -> str:
        sort = self.record["sorts"][cell[1]]
        if reading == "base":
            return ""
        if sort in ("struck", "gone"):
            return "~~"
        return "++" if reading == "marked" and sort in ("inserted", "inserted, kept") else ""

    # -- who --------------------------------------------------------------------------------------

    def authors(self, clause: int) -> list[tuple[str, str, Any, Any, Any]]:
        """Words, whence, the insertion, the strikes and the contributors of a clause, in order."""
        record = self.record
        found: list[tuple[str, str, Any, Any, Any]] = []
        for one in self.clauses[clause].row:
            words, sort, _, history = record["cells"][one]
            if record["sorts"][sort].startswith("bracket"):
                continue
            whence, mark, strikes, merged = record["histories"][history]
            told = (
                self.words[words],
                ("base", "presumed base", "inserted")[whence],
                None if mark < 0 else self._mark(mark),
                [self._mark(strike) for strike in strikes],
                [self._credit(credit) for credit in merged],
            )
            # A bracket cuts words of one history in two.
            if found and found[-1][1:] == told[1:]:
                told = (found.pop()[0] + told[0], *told[1:])
            found.append(told)
        return found

    def _mark(self, mark: int) -> tuple[int, Any, list[tuple[int, str]]]:
        entry, credit, fates = self.record["marks"][mark]
        told = None if credit < 0 else self._credit(credit)
        return entry, told, [(at, self.record["standings"][standing]) for at, standing in fates]

    def _credit(self, credit: int) -> tuple[str, str, list[str]]:
        symbol, kind, sponsors = self.record["credits"][credit]
        return self.words[symbol], self.words[kind], self._parties(sponsors)

    def _parties(self, places: list[int]) -> list[str]:
        return [self.words[self.record["parties"][one][0]] for one in places]

    # -- open points ------------------------------------------------------------------------------

    def open_points(self) -> list[dict[str, Any]]:
        """The open points of this step, as far as the page tells them."""
        words = self.words
        found = []
        for number, place in enumerate(self.points, start=1):
            point = self.record["points"][place]
            found.append(
                {
                    "number": number,
                    "id": point[0],
                    "kind": words[point[1]],
                    "where": words[point[2]],
                    "words": words[point[3]],
                    "struck": words[point[4]],
                    "clauses": point[5],
                    "holders": self._parties(point[6]),
                    "sponsors": self._parties(point[7]),
                    "status": words[point[8]],
                    "since": point[9],
                    "parked": words[point[10]],
                    "until": words[point[11]],
                    "age": self.row[2] - self._acts(point[9]),
                    "wordings": [
                        (one[0], words[one[1]], words[one[3]], words[one[4]], self._parties(one[5]))
                        for one in point[12]
                    ],
                }
            )
        return found

    def _acts(self, entry: int) -> int:
        for row in self.record["steps"]:
            if row[0] <= entry <= row[1]:
                return int(row[2])
        return int(self.row[2])


def _spliced(row: list[int], change: list[Any]) -> list[int]:
    if not change:
        return row
    at, gone, come = change
    return [*row[:at], *come, *row[at + gone :]]
