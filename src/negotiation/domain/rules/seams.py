"""Spaces where a decision on some words only would leave two of them, or none.

Looks at neighbours that the decision brought together; whatever stood together before is left as
people wrote it.
"""

from __future__ import annotations

from itertools import pairwise

from negotiation.text.edit import Edit, insertion, replacement
from negotiation.text.passage import Passage
from negotiation.text.search import spaced


def mended(
    before: Passage, after: Passage, edges: frozenset[int] = frozenset()
) -> tuple[Edit, ...]:
    """The edits that put right the spaces of ``after``; both passages hold the same letters.

    At ``edges`` words stood together that were never meant to be read so: alternatives.
    """
    together = set(pairwise(_live(before)))
    together |= {
        pair for at, run in before.pieces() for pair in pairwise(range(at, at + len(run.words)))
    }
    words = after.words
    edits: list[Edit] = []
    # From the back, so that no edit moves the place of the next one.
    for left, right in reversed(list(pairwise(_live(after)))):
        if (left, right) in together and right not in edges:
            continue
        if words[left] == " " and words[right] in " ,;.":
            edits.append(replacement(after, left, left + 1))
        elif spaced(words[left], words[right], "") != words[right]:
            edits.append(insertion(left + 1, " "))
    return tuple(edits)


def _live(passage: Passage) -> list[int]:
    return [
        place
        for at, run in passage.pieces()
        if run.live
        for place in range(at, at + len(run.words))
    ]
