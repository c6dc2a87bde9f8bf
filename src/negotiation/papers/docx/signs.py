"""The words of a clause with its bracket signs, and which signs the base had and the text has now.

A sign that the base had and that was taken away since is still among them, at its place.
"""

from __future__ import annotations

from collections import Counter

import attrs

from negotiation.domain.clause import Clause
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans

_SIGNS = (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)


@attrs.frozen
class Part:
    """Words of one history, or a bracket sign."""

    piece: Piece
    base: bool = False
    """Of a sign, whether it stood in the base."""
    now: bool = False
    """Of a sign, whether it is printed in the live text."""

    @property
    def sign(self) -> bool:
        """Whether it is a bracket sign."""
        return self.piece.sort in _SIGNS


def parts(clause: Clause, printed: Spans, *, base: bool, live: bool) -> tuple[Part, ...]:
    """All of a clause in order, as a part of the base or of the live text, of both, or neither.

    Brackets that undecided words have by default are not among them: a tracked change says by
    itself that somebody proposes it, and accepted it stands.
    """
    now = Counter(_signs(clause, Reading.LIVE, printed) if live else ())
    old = [
        (one, _key(clause, one)) for one in (_signs(clause, Reading.BASE, printed) if base else ())
    ]
    there: dict[int, Part] = {}
    row: list[Part] = []
    for piece in pieces(clause, Reading.MARKED, printed):
        if piece.sort not in _SIGNS:
            row.append(Part(piece))
        elif piece.point:
            key = _key(clause, piece)
            same = (at for at, (_, one) in enumerate(old) if at not in there and one == key)
            at = next(same, -1)
            row.append(Part(piece, at >= 0, now[piece] > 0))
            now[piece] -= now[piece] > 0
            if at >= 0:
                there[at] = row[-1]
    for at in range(len(old) - 1, -1, -1):
        if at in there:
            continue
        sign, key = old[at]
        there[at] = Part(sign, base=True)
        if at + 1 < len(old) and old[at + 1][1][1:] == key[1:]:
            # No word of the base stands between the two: they keep their order.
            behind = there[at + 1]
            row.insert(next(i for i, one in enumerate(row) if one is behind), there[at])
        else:
            _put_back(row, there[at])
    return tuple(row)


def _signs(clause: Clause, reading: Reading, printed: Spans) -> list[Piece]:
    return [piece for piece in pieces(clause, reading, printed) if piece.sort in _SIGNS]


def _key(clause: Clause, sign: Piece) -> tuple[str, bool, int]:
    """What is the same of a sign in the base and now: its place among the words of the base."""
    before = sum(
        len(run.words[: max(sign.start - at, 0)])
        for at, run in clause.passage.pieces()
        if run.inserted_by is None
    )
    return sign.words, sign.before_label, before


def _put_back(row: list[Part], sign: Part) -> None:
    """Put a sign that went between the words where it stood."""
    at = sign.piece.start
    if sign.piece.before_label:
        row.insert(0, sign)
        return
    for index, part in enumerate(row):
        piece = part.piece
        if part.sign or piece.end <= at:
            continue
        if piece.start >= at:
            row.insert(index, sign)
        else:
            words = piece.words[: at - piece.start], piece.words[at - piece.start :]
            row[index : index + 1] = [
                Part(attrs.evolve(piece, words=words[0], end=at)),
                sign,
                Part(attrs.evolve(piece, words=words[1], start=at)),
            ]
        return
    row.append(sign)
