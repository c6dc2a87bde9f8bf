"""What people name on the command line, found on the record: clauses, words, points, proposals.

Nothing is guessed: what could mean several things is refused with the list of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from negotiation.cli.options import who_acts
from negotiation.cli.saying import brief

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from negotiation.desk import Desk, Hand
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
    """Words as they are printed; ``the measures#2`` is their second occurrence, ``\\#`` a #.

    Without a number they have to stand only once: whoever meant another place would not notice.
    """
    from negotiation.domain.commands import WordsAt

    found = _OCCURRENCE.search(said)
    words = said[: found.start()] if found else said
    return WordsAt(words.replace("\\#", "#"), int(found[1]) if found else 0)


def open_point(desk: Desk, said: str) -> OpenPoint:
    """The open point of this number in `open`, of this id, or by its place: ``resolves/5: a fund``.

    Numbers move up when something before them is settled; a place with words in it stays good. Of
    several around the words the innermost is meant, unless one has exactly these words.
    """
    from negotiation.domain.refusals import NoSuchThing, Unclear
    from negotiation.views.what_is_open import what_is_open

    points = what_is_open(desk.timeline, desk.timeline.head)
    if (meant := _before_the_trial(desk, said)) is not None:
        left = next((point for point in points if point.id == meant.id), None)
        if left is None:
            raise NoSuchThing("open point", said, "an act before this one settles it")
        return left
    for point in points:
        symbol = point.alternatives[0].symbol if is_proposal(point) else ""
        if said in {str(point.number), point.id, symbol} - {""}:
            return point
    found = _placed(desk, points, said)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one.number} ({brief(_wording(one), 24)})" for one in found[:_LISTED])
        more = f", and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise Unclear(
            f"“{said}” could be any of {len(found)} open points: {listed}{more}; "
            "say its number, or more of its words."
        )
    there = f"`open` numbers them from 1 to {len(points)}" if points else "nothing is open"
    raise NoSuchThing("open point", said, there)


def _before_the_trial(desk: Desk, said: str) -> OpenPoint | None:
    """Within acts that are tried in a row a number means what `open` printed before the first."""
    from negotiation.trial import Trial
    from negotiation.views.what_is_open import what_is_open

    if not isinstance(desk, Trial) or not said.isdecimal():
        return None
    printed = what_is_open(desk.timeline, desk.began)
    return next((point for point in printed if said == str(point.number)), None)


def _placed(desk: Desk, points: Sequence[OpenPoint], said: str) -> list[OpenPoint]:
    """The open points at the place, and with the words, that were said."""
    # A path may hold a colon of its own, so each of them may be the one before the words.
    for cut in [place for place, sign in enumerate(said) if sign == ":"] + [len(said)]:
        if here := _at(desk, points, " ".join(said[:cut].split())):
            return _innermost(here, " ".join(said[cut + 1 :].split()))
    return []


def _at(desk: Desk, points: Sequence[OpenPoint], place: str) -> list[OpenPoint]:
    """The points that begin at a place, said as `open` prints it or as a clause is called."""
    from negotiation.views.paths import find

    plain = place.casefold()
    if here := [one for one in points if plain in (one.where.casefold(), one.path.casefold())]:
        return here
    called = {clause.id for clause in find(desk.timeline.moment(), place)}
    return [one for one in points if one.clauses[0] in called]


def _innermost(points: list[OpenPoint], words: str) -> list[OpenPoint]:
    """Those with the words and none inside them that has them, too."""
    if not words:
        return points
    exactly = [one for one in points if _wording(one) == words]
    if exactly:
        return exactly
    having = [one for one in points if words in _wording(one)]
    around = {one.inside for one in having}
    return [one for one in having if one.id not in around]


def _wording(point: OpenPoint) -> str:
    """All words of an open point on one line."""
    lines = [one.words for one in point.alternatives] or [point.words]
    return " ".join(" | ".join(lines).split())


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
    """The id of a proposal: by symbol, id or only sponsor, or as `open` numbers or places it."""
    from negotiation.domain.refusals import NoSuchThing

    if said.isdecimal() or ":" in said:
        point = open_point(desk, said)
        if is_proposal(point):
            return point.id
        raise NoSuchThing(
            "proposal", said, "that is a bracket in `open`; `resolve` or `lift` decides it"
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


def hand_of_call(desk: Desk) -> Hand:
    """Who acts in this call, the party that was named by its code."""
    acts = who_acts()
    return acts.hand(party_code(desk, acts.behalf))


def hand_of_party(ctx: click.Context, desk: Desk) -> Hand:
    """The party that acts by itself in this call, which has to be named."""
    acts = who_acts()
    party = party_code(desk, acts.behalf)
    if not party:
        raise click.UsageError("Say which party, with --for.", ctx)
    return acts.hand(party, delegation=True)


def parties(desk: Desk, said: str) -> tuple[str, ...]:
    """The codes of several parties, separated by commas."""
    codes = (party_code(desk, one) for one in said.split(","))
    return tuple(dict.fromkeys(code for code in codes if code))


def anomaly_named(desk: Desk, said: str) -> Found:
    """The anomaly of this number in `anomalies`, of this id, or at this line and column: 73:133."""
    from negotiation.domain.refusals import NoSuchThing, Unclear
    from negotiation.views.what_is_damaged import anomalies

    found = anomalies(desk.timeline, desk.timeline.head).found
    for number, one in enumerate(found, start=1):
        if said in (str(number), one.id):
            return one
    here = [one for one in found if said == f"{one.line}:{one.column}"]
    if len(here) == 1:
        return here[0]
    if here:
        raise Unclear(f"{len(here)} anomalies are at {said}; say the number of one of them.")
    raise NoSuchThing("anomaly", said, "`anomalies` numbers them" if found else "there is none")


def until_when(desk: Desk, said: str | None) -> dt.datetime | None:
    """The end that was said, such as ``18:00`` of today; nothing where none was."""
    from negotiation.domain.refusals import Unclear

    if not said:
        return None
    try:
        until = desk.clock_time(said)
    except (ValueError, OverflowError):
        until = None
    if until is None:
        raise Unclear(f"“{said}” is no time; say 18:00, or with its day 2026-03-14T18:00.")
    return until
