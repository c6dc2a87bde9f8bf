"""What became of every proposal ever tabled, each exactly once: the validation exercise.

`where_did_it_go` tells the fate of every word; here each proposal gets one end out of a short list,
which follows from its words and never says more than they do.
"""

from __future__ import annotations

import enum
from collections import Counter

import attrs

from negotiation.views.at_that_time import Timeline
from negotiation.views.where_did_it_go import UNDONE, Became, ProposalFate, fates


class End(enum.Enum):
    """What became of a proposal as a whole."""

    IN_FULL = "in full"
    AS_AMENDED = "as amended"
    IN_PART = "in part"
    MERGED = "merged"
    NOT_RETAINED = "not retained"
    STRUCK_LATER = "taken, struck later"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    UNDONE = "entered and undone"
    """Its entry was taken back, such as a slip of the hand."""


@attrs.frozen
class Answer:
    """A proposal and its end."""

    number: int
    end: End
    fate: ProposalFate


@attrs.frozen
class Validation:
    """Every proposal with its end, and how many ended so."""

    answers: tuple[Answer, ...]
    totals: tuple[tuple[End, int], ...]


def what_became_of_all(timeline: Timeline, at: int) -> Validation:
    """The end of every proposal up to entry ``at``, in the order in which they were tabled."""
    found = sorted(
        fates(timeline, at), key=lambda one: one.proposed.entry if one.proposed is not None else 0
    )
    answers = tuple(
        Answer(number, end_of(fate), fate) for number, fate in enumerate(found, start=1)
    )
    counted = Counter(one.end for one in answers)
    return Validation(answers, tuple((end, counted[end]) for end in End if counted[end]))


def end_of(fate: ProposalFate) -> End:
    """The end that follows from what became of a proposal's words."""
    if fate.state == UNDONE:
        return End.UNDONE
    if fate.state == "on the table":
        return End.OPEN
    if fate.state == "withdrawn":
        return End.WITHDRAWN
    # A wording that its sponsor replaced was never for the room to answer.
    became = {part.became for part in fate.parts if part.words.strip()} - {Became.REVISED}
    if Became.EDITED in became:
        # Words whose form alone was changed are in the text.
        became = became - {Became.EDITED} | {Became.KEPT}
    if not became:
        return _BY_STATE.get(fate.state, End.NOT_RETAINED)
    if Became.ON_THE_TABLE in became:
        return End.OPEN
    if Became.MERGED in became:
        return End.MERGED
    if became == {Became.KEPT}:
        return End.IN_FULL
    if Became.STRUCK_LATER in became and not _puts_in(fate, Became.KEPT, Became.EDITED):
        return End.STRUCK_LATER
    if Became.KEPT in became:
        return End.AS_AMENDED if fate.state == "as amended" else End.IN_PART
    return End.NOT_RETAINED


def _puts_in(fate: ProposalFate, *became: Became) -> bool:
    """Whether words that it puts in, and not only words that it strikes, have such a fate."""
    return any(one.became in became and not one.deletes for one in fate.parts if one.words.strip())


_BY_STATE = {
    "retained": End.IN_FULL,
    "as amended": End.AS_AMENDED,
    "retained in part": End.IN_PART,
    "merged": End.MERGED,
}
"""Where a proposal has no words of its own, such as a NOC."""
