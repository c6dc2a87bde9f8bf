"""The tables of the page: words, parties, marks, histories, cells, faces and open points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Kind
from negotiation.papers.replay.faces import Cell, Face, Rival
from negotiation.papers.replay.kept import Kept
from negotiation.papers.replay.text_of import TextOf
from negotiation.text.passage import Mark, Run, Standing
from negotiation.views.hands import Credit, credited
from negotiation.views.pieces import Sort
from negotiation.views.what_is_open import OpenPoint, Wording
from negotiation.views.who_wrote_this import Merged, Whence, whence

_KINDS = {kind: place for place, kind in enumerate(Kind)}
_SORTS = {sort: place for place, sort in enumerate(Sort)}
_STANDINGS = {standing: place for place, standing in enumerate(Standing)}
_WHENCE = {one: place for place, one in enumerate(Whence)}

Row = tuple[Any, ...]


class Tables:
    """Every value of a record once; rows of it name the places of others."""

    def __init__(self, text: TextOf, whole: Negotiation) -> None:
        """Nothing is written yet; parties go by the names that they have in ``whole``."""
        self._text = text
        self._whole = whole
        self._words: Kept[str] = Kept()
        self._parties: Kept[str] = Kept()
        self._credits: Kept[Row] = Kept()
        self._marks: Kept[Row] = Kept()
        self._histories: Kept[Row] = Kept()
        self._cells: Kept[Row] = Kept()
        self._faces: Kept[Row] = Kept()
        self._points: Kept[Row] = Kept()
        self.words("")

    def written(self) -> dict[str, Any]:
        """All tables."""
        parties = [
            [self.words(code), self.words(self._whole.party(code).shown)]
            for code in self._parties.values
        ]
        return {
            "standings": [standing.value for standing in Standing],
            "words": self._words.values,
            "parties": parties,
            "credits": self._credits.values,
            "marks": self._marks.values,
            "histories": self._histories.values,
            "cells": self._cells.values,
            "faces": self._faces.values,
            "points": self._points.values,
        }

    def words(self, words: str) -> int:
        """The place of some words; 0 for none."""
        return self._words.place(words)

    def party(self, code: str) -> int:
        """The place of a party; -1 for none, and where nobody is named."""
        if not code or not self._text.names:
            return -1
        return self._parties.place(self._whole.party(code).code)

    def _all(self, codes: tuple[str, ...]) -> tuple[int, ...]:
        return tuple([place for code in codes if (place := self.party(code)) >= 0])

    # -- clauses ----------------------------------------------------------------------------------

    def face(self, face: Face) -> int:
        """The place of what is shown of a clause besides its words."""
        return self._faces.place(
            (
                _KINDS[face.kind],
                self.words(face.label),
                self.words(face.base_label),
                face.flags,
                self.words(face.agreed),
                tuple([self._rival(one) for one in face.rivals]),
            )
        )

    def _rival(self, one: Rival) -> Row:
        point = self._text.thing(one.point)
        symbol = self.words(one.symbol) if self._text.names else 0
        return (point, one.order, int(one.whole), symbol, self._all(one.sponsors))

    def cell(self, cell: Cell, clause: Clause, merged: Merged) -> int:
        """The place of a piece of a clause."""
        of = (
            self._text.thing(cell.thing)
            if cell.run is None
            else self._history(cell.run, clause, merged)
        )
        return self._cells.place((self.words(cell.words), _SORTS[cell.sort], cell.flags, of))

    def _history(self, run: Run, clause: Clause, merged: Merged) -> int:
        mark = run.inserted_by
        names = self._text.names
        contributors = merged.into(clause, mark) if mark is not None and names else ()
        return self._histories.place(
            (
                _WHENCE[whence(run)],
                -1 if mark is None else self._mark(mark, clause),
                tuple([self._mark(strike, clause) for strike in run.struck_by]),
                tuple([self._credit(one) for one in contributors]),
            )
        )

    def _mark(self, mark: Mark, clause: Clause) -> int:
        credit = credited(clause, mark.source) if self._text.names else None
        fates = tuple([(fate.entry, _STANDINGS[fate.standing]) for fate in mark.fates])
        return self._marks.place(
            (mark.entry, -1 if credit is None else self._credit(credit), fates)
        )

    def _credit(self, one: Credit) -> int:
        return self._credits.place(
            (self.words(one.symbol), self.words(one.kind), self._all(one.sponsors))
        )

    # -- open points ------------------------------------------------------------------------------

    def point(self, point: OpenPoint, clause: Callable[[str], int]) -> int:
        """The place of an open point; its number and its age follow from where it stands."""
        words, text = self.words, self._text
        return self._points.place(
            (
                text.thing(point.id),
                words(point.kind),
                words(point.where),
                words(point.words),
                words(point.struck),
                tuple([clause(one) for one in point.clauses]),
                self._all(point.holders),
                self._all(point.sponsors),
                words(point.status),
                point.since,
                words(self._who(point.parked)),
                words(point.until),
                tuple([self._wording(one, clause) for one in point.alternatives]),
            )
        )

    def _who(self, code: str) -> str:
        return self._whole.party(code).shown if code else ""

    def _wording(self, one: Wording, clause: Callable[[str], int]) -> Row:
        symbol = self.words(one.symbol) if self._text.names else 0
        return (
            one.order,
            self.words(one.words),
            clause(one.clause),
            self.words(one.kind),
            symbol,
            self._all(one.sponsors),
            self.words(one.state),
        )
