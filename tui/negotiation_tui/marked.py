"""The words of a clause as inked bits: which kind of mark looks how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from negotiation.views.pieces import Piece, Sort
from negotiation_tui.draw import Bit, Ink, joined, visible

_OF_SORT = {
    Sort.PLAIN: Ink.PLAIN,
    Sort.INSERTED: Ink.INSERTED,
    Sort.INSERTED_KEPT: Ink.PLAIN,
    Sort.STRUCK: Ink.STRUCK,
    Sort.GONE: Ink.GONE,
    Sort.BRACKET_OPEN: Ink.BRACKET,
    Sort.BRACKET_CLOSE: Ink.BRACKET,
}


def bits_of(
    row: Iterable[Piece],
    *,
    here: str = "",
    alternatives: Iterable[tuple[int, int]] = (),
    under: Ink = Ink.PLAIN,
    picked: tuple[int, int] | None = None,
) -> tuple[Bit, ...]:
    """Pieces as inked bits.

    ``here`` is the open point or proposal at hand; ``alternatives`` are the stretches that are one
    wording of several; ``under`` is added to every bit that is no bracket; ``picked`` is the
    stretch that is selected.
    """
    stretches = tuple(alternatives)
    bits: list[Bit] = []
    for piece in row if picked is None else _cut_at(row, picked):
        ink = _OF_SORT[piece.sort]
        if here and here in (piece.point, piece.source):
            ink |= Ink.HERE
        if not ink & Ink.BRACKET:
            ink |= under
            if any(low <= piece.start and piece.end <= high for low, high in stretches):
                ink |= Ink.ALTERNATIVE
            if picked is not None and picked[0] <= piece.start and piece.end <= picked[1]:
                ink |= Ink.PICKED
        bits.append((visible(piece.words), ink))
    return joined(bits)


def _cut_at(row: Iterable[Piece], picked: tuple[int, int]) -> Iterator[Piece]:
    """The same pieces, cut where the selection begins and ends."""
    for piece in row:
        if piece.sort in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE):
            yield piece
            continue
        cuts = sorted({piece.start, piece.end, *picked})
        for low, high in pairwise(cuts):
            if piece.start <= low and high <= piece.end:
                words = piece.words[low - piece.start : high - piece.start]
                yield attrs.evolve(piece, words=words, start=low, end=high)
