"""The levels of agreement that a body knows, and the steps between them.

A clause climbs one level at a time. How it comes down again depends on the level: below, any party
may have it reopened; from a level of a larger body only that body gives it back, by a decision that
the record names. What is adopted stays; an error in it is corrected, with proof.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Level:
    """A rung: who agrees there, and what coming down from it takes."""

    name: str
    body: str
    """Who agrees at this level, with its article."""
    colour: str = ""
    """The colour in which the body prints such words, where it has one."""
    by_decision: bool = True
    """Whether only a recorded decision of the body reopens it."""
    back_to: tuple[str, ...] = ()
    """The levels that the body may refer words back to, still agreed there."""


_ADOPTED = "adopted"

_LADDERS = {
    "itu": (
        Level("ad hoc group", "the ad hoc group", by_decision=False),
        Level("working group", "the working group or committee"),
        Level("editorial committee", "the Editorial Committee", back_to=("working group",)),
        Level("first reading", "the Plenary", "blue", back_to=("working group",)),
        Level("second reading", "the Plenary", "pink", back_to=("working group",)),
        Level(_ADOPTED, "the Plenary"),
    ),
    "un": (
        Level("informals", "the informal consultations", by_decision=False),
        Level("committee of the whole", "the committee of the whole"),
        Level(
            "language consistency",
            "the language consistency group",
            back_to=("committee of the whole",),
        ),
        Level("tabled", "the body in plenary", back_to=("committee of the whole",)),
        Level(_ADOPTED, "the body in plenary"),
    ),
    "unfccc": (
        Level("informals", "the informal consultations", by_decision=False),
        Level("contact group", "the contact group"),
        Level("language consistency", "the legal review", back_to=("contact group",)),
        Level("tabled", "the body in plenary", back_to=("contact group",)),
        Level(_ADOPTED, "the body in plenary"),
    ),
    "who": (
        Level("drafting group", "the drafting group", "yellow", by_decision=False),
        Level("INB", "the INB", "green", back_to=("drafting group",)),
        Level(_ADOPTED, "the Health Assembly"),
    ),
}
_WHITE = frozenset({"who"})
"""The bodies that print open words in white, for those that know colours from the beginning."""


def levels(conventions: str) -> tuple[Level, ...]:
    """The levels of a body, lowest first; the UN's where a body has none of its own."""
    return _LADDERS.get(conventions, _LADDERS["un"])


def ladder(conventions: str) -> tuple[str, ...]:
    """The names of the levels, lowest first."""
    return tuple(level.name for level in levels(conventions))


def level_named(conventions: str, name: str) -> Level | None:
    """The level of this name; ``None`` where the body has no such level."""
    return next((level for level in levels(conventions) if level.name == name), None)


def next_steps(conventions: str, level: str, last: str = "") -> tuple[str, ...]:
    """The levels at which words may be agreed now, lowest first.

    Words that stand at ``level`` climb to the next one, or get a condition more where they are;
    words whose agreement at ``last`` ended may be agreed again up to there.
    """
    names = ladder(conventions)
    # A record made under another ladder may name a level that this one lacks: read as its lowest.
    if not level:
        return names[: 1 + (names.index(last) if last in names else 0)]
    reached = names.index(level) if level in names else 0
    return names[reached : reached + 2]


def is_adopted(level: str) -> bool:
    """Whether words at this level are final."""
    return level == _ADOPTED


def colour(conventions: str, level: str) -> str:
    """The colour of the body for words at a level, or for open words when ``level`` is empty."""
    if not level:
        return "white" if conventions in _WHITE else ""
    found = level_named(conventions, level)
    return found.colour if found is not None else ""
