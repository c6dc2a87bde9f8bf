"""The page on capacities prints the rules as they are."""

from __future__ import annotations

import re
import typing
from collections import defaultdict
from pathlib import Path

import attrs

from negotiation.domain import commands as do
from negotiation.domain.people import Capacity
from negotiation.domain.rules.capacities import is_handed_in, may

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "who-may-do-what.md"
ASKED = (Capacity.CHAIR, Capacity.SECRETARIAT, Capacity.EDITOR, Capacity.DELEGATION)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def answer(kind: type, capacity: Capacity) -> str:
    """What a person of this capacity can do with such an act."""
    bare: do.Command = object.__new__(kind)
    if capacity is Capacity.DELEGATION and is_handed_in(bare):
        return "hands in"
    if kind is do.AccreditPerson and capacity is Capacity.SECRETARIAT:
        return "but for a chair"
    if capacity is Capacity.EDITOR and "editorial" in {one.name for one in attrs.fields(kind)}:
        return "form only"
    return "yes" if may(bare, capacity) else "–"


def table() -> str:
    """Every act in a row with those that are answered alike."""
    rows: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for kind in typing.get_args(do.Command):
        if kind is not do.Together:
            answers = tuple(answer(kind, capacity) for capacity in ASKED)
            rows[answers].append(_CAPITAL.sub(" ", kind.__name__).lower())
    head = " | ".join(["act", *(one.value for one in ASKED)])
    told = [f"| {', '.join(names)} | {' | '.join(answers)} |" for answers, names in rows.items()]
    return "\n".join([f"| {head} |", f"|{' --- |' * (len(ASKED) + 1)}", *told])


def test_every_act_stands_on_the_page_with_who_may_make_it():
    """A rule that changed and a page that did not would promise what is not kept."""
    assert table() in PAGE.read_text(encoding="utf-8"), f"The table should be:\n{table()}"


def test_an_observer_needs_no_column():
    """The page says that an observer makes no act at all."""
    kinds = [one for one in typing.get_args(do.Command) if one is not do.Together]
    assert not any(may(object.__new__(kind), Capacity.OBSERVER) for kind in kinds)
