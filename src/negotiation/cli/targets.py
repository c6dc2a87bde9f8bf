"""What people name on the command line, found on the record: clauses, words, points, proposals.

Nothing is guessed: what could mean several things is refused with the list of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from negotiation.cli.saying import brief

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.clause import Clause
    from negotiation.domain.commands import WordsAt
    from negotiation.views.what_is_damaged import Found
    from negotiation.views.what_is_open import OpenPoint

_OCCURRENCE = re.compile(r"(?<!\\)#([0-9]{1,6})$")
_LISTED = 8


def clause_named(desk: Desk, said: str, at: int | None = None) -> Clause:
    """The one clause that a path or an id means."""
    from negotiation.domain.refusals import NoSuchThing, Unclear
    from negotiation.views.paths import find, paths

    moment = desk.timeline.moment(at)
    found = find(moment, said)
    if not found:
        raise NoSuchThing("clause", said, "`text --paths` shows what each clause is called")
    if len(found) == 1:
        return found[0]
    called = paths(moment)
    listed = [f"{called[one.id]} ({brief(one.passage.live, 24)})" for one in found[:_LISTED]]
    more = f", and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    raise Unclear(
        f"“{said}” could be any of {len(found)} clauses: {', '.join(listed)}{more}; "
        "name one by its full path."
    )


def words_at(said: str) -> WordsAt:
    """Words as they are printed; ``the measures#2`` is their second occurrence, ``\\#`` a #."""
    from negotiation.domain.commands import WordsAt

    found = _OCCURRENCE.search(said)
    words = said[: found.start()] if found else said
    return WordsAt(words.replace("\\#", "#"), int(found[1]) if found else 1)


def open_point(desk: Desk, said: str) -> OpenPoint:
    """The open point of this number in `open`, or of this id."""
    from negotiation.domain.refusals import NoSuchThing
    from negotiation.views.what_is_open import what_is_open

    points = what_is_open(desk.timeline, desk.timeline.head)
    for point in points:
        if said in (str(point.number), point.id):
            return point
    there = f"`open` numbers them from 1 to {len(points)}" if points else "nothing is open"
    raise NoSuchThing("open point", said, there)


def bracket_named(desk: Desk, said: str, instead: str) -> OpenPoint:
    """An open point that is a bracket; a proposal is refused with what can be done ``instead``."""
    from negotiation.domain.refusals import Unclear

    point = open_point(desk, said)
    if is_proposal(point):
        raise Unclear(
            f"Point {said} is a proposal without a decision ({title(point)}) and no bracket; "
            f"{instead}."
        )
    return point


def is_proposal(point: OpenPoint) -> bool:
    """Whether an open point is a proposal without a decision, and no bracket."""
    from negotiation.views.what_is_open import PROPOSAL

    return point.kind == PROPOSAL


def title(point: OpenPoint) -> str:
    """What to call an open point in a sentence."""
    if is_proposal(point):
        one = point.alternatives[0]
        name = one.symbol or " ".join(
            ["by", ", ".join(one.sponsors)] if one.sponsors else [one.proposal]
        )
        return f"{one.kind} {name}"
    return (
        f"the open point {point.where if point.where.startswith('after ') else f'at {point.where}'}"
    )


def proposal_named(desk: Desk, said: str) -> str:
    """The id of a proposal: by its symbol, its id, its only sponsor, or its number in `open`."""
    from negotiation.domain.refusals import NoSuchThing

    if said.isdecimal():
        point = open_point(desk, said)
        if is_proposal(point):
            return point.id
        raise NoSuchThing(
            "proposal", said, "that number in `open` is a bracket; `resolve` or `lift` decides it"
        )
    code = party_code(desk, said)
    known = {
        code.casefold()
        for one in desk.timeline.moment().clauses
        for proposal in one.proposals
        for code in (proposal.id, proposal.symbol)
    }
    return desk.proposal_named(said if said.casefold() in known else code)


def party_code(desk: Desk, said: str) -> str:
    """The code of a party named by its code or its name; what is unknown is taken as a code."""
    text = said.strip()
    return desk.timeline.negotiation(desk.timeline.head).party(text).code if text else ""


def parties(desk: Desk, said: str) -> tuple[str, ...]:
    """The codes of several parties, separated by commas."""
    codes = (party_code(desk, one) for one in said.split(","))
    return tuple(dict.fromkeys(code for code in codes if code))


def anomaly_named(desk: Desk, said: str) -> Found:
    """The anomaly of this number in `anomalies`, or of this id."""
    from negotiation.domain.refusals import NoSuchThing
    from negotiation.views.what_is_damaged import anomalies

    found = anomalies(desk.timeline, desk.timeline.head).found
    for number, one in enumerate(found, start=1):
        if said in (str(number), one.id):
            return one
    raise NoSuchThing("anomaly", said, "`anomalies` numbers them" if found else "there is none")
