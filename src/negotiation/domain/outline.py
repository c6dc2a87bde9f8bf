"""What the labels of a text are counted from: its rows, and the rules of the body.

How rows fall into lists is in `lists`, what their labels become in `labels`.
"""

from __future__ import annotations

import enum
import re

import attrs

from negotiation.domain.terms import Kind

# -- what a body's rules are ----------------------------------------------------------------------


@attrs.frozen
class Rules:
    """How one body numbers its texts, where the page does not show it."""

    body: str
    lone_bare: bool
    """Whether the only item of a list has no label; elsewhere only one that was left alone."""
    blocks: bool
    """Whether a verb heading opens a block that is one list."""
    operative: tuple[str, ...]
    """The first label of a list at each depth."""
    preambular: tuple[str, ...]
    bis: bool = True
    """Whether an insertion where the next number is taken is a ``bis``, or has that number, too."""


ITU = Rules("itu", True, True, ("1", "a)", "i)"), ("a)", "i)"), bis=False)
UN = Rules("un", False, False, ("1.", "(a)", "(i)", "a.", "i."), ())
UNFCCC = attrs.evolve(UN, body="unfccc")
WHO = attrs.evolve(UN, body="who")


def rules_for(conventions: str) -> Rules:
    """The rules that go with a profile of conventions; those of the UN for an unknown one."""
    return {rules.body: rules for rules in (ITU, UN, UNFCCC, WHO)}.get(conventions, UN)


# -- the rows ------------------------------------------------------------------------------------


class Count(enum.Enum):
    """Whether a clause takes part in the count."""

    COUNTED = "counted"
    UNDECIDED = "undecided"
    """An addition that nobody has decided."""
    DROPPED = "dropped"


@attrs.frozen
class Row:
    """A clause in the outline of a text."""

    kind: Kind
    level: int
    label: str
    count: Count = Count.COUNTED
    words: str = ""
    """Of a heading: they tell what sort of block it opens."""
    rivals: tuple[tuple[str, int], ...] = ()
    """The open groups that it is a wording of, and which of their wordings it belongs to."""
    taken: int = 0
    """A number that stands before an option and cannot be changed: the option ate it."""


# -- blocks ----------------------------------------------------------------------------------------

_PARTICIPLE = re.compile(r"\w{2,}ing$")
_ADJECTIVES = frozenset(
    "alarmed anxious aware cognizant concerned conscious convinced determined dismayed encouraged "
    "guided inspired mindful pursuant seized".split()
)


def is_verb(words: str) -> bool:
    """Whether the words of a heading open a block of a resolution."""
    first = words.strip(" *_").partition(" ")[0].casefold()
    return is_preambular(words) or (first.isalpha() and first.endswith("s") and len(first) > 3)


def is_preambular(words: str) -> bool:
    """Whether the block that a heading opens is of the preamble."""
    first = words.strip(" *_").partition(" ")[0].casefold()
    return first in _ADJECTIVES or bool(_PARTICIPLE.match(first))
