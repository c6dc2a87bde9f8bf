"""The live words of a stretch as somebody reads them aloud."""

from __future__ import annotations

from itertools import pairwise

from negotiation.domain.clause import Clause


def read_aloud(clause: Clause, start: int, end: int) -> str:
    """The live words of a stretch, with a stroke where one wording of several meets the next."""
    length = len(clause.passage.words)
    reaches = [one.reach.within(length) for one in clause.alternatives if not one.reach.whole]
    ends = {high for _, high in reaches}
    seams = sorted({low for low, _ in reaches if start < low < end and low in ends})
    told = ""
    for low, high in pairwise((start, *seams, end)):
        words = clause.passage.live_between(low, high)
        meets = told and words and not told[-1].isspace() and not words[0].isspace()
        told += f"/{words}" if meets and told[-1] != "/" and words[0] != "/" else words
    return told
