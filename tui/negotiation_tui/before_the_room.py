"""What is before the room, as lines: the question, until when silence runs, who objects.

Pure. Questions and objections are public: the chair's screen and the projector say the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import PutDecision
from negotiation_tui.draw import Ink, Line, brief, visible, wrap

_SHOWN = 3


def counted(negotiation: Negotiation, *, short: bool = False) -> str:
    """How many questions wait, for a header; empty when none does."""
    count = len(negotiation.decisions)
    if not count:
        return ""
    if short:
        return f"{count} before the room"
    return "1 question before the room" if count == 1 else f"{count} questions before the room"


def time_told(at: dt.datetime) -> str:
    """A deadline by the clocks of this place."""
    return f"{at.astimezone():%d %b %H:%M}"


def ended(negotiation: Negotiation, clock: Callable[[], dt.datetime]) -> frozenset[str]:
    """The questions, by id, whose silence is over; the clock is asked only where one runs."""
    silent = [one for one in negotiation.decisions if one.until is not None]
    now = clock() if silent else None
    return frozenset(
        one.id for one in silent if now is not None and one.until is not None and one.until < now
    )


def facts(
    negotiation: Negotiation, put: PutDecision, over: Collection[str] = ()
) -> tuple[str, str]:
    """The silence, and who objects; each may be empty. ``over`` are questions whose time is up."""
    silence = ""
    if put.until is not None:
        runs = "the silence ended" if put.id in over else "silence until"
        silence = f"{runs} {time_told(put.until)}"
    told = []
    for one in put.objections:
        ground = f" ({one.ground})" if one.ground else ""
        told.append(f"{negotiation.party(one.party).shown}{ground}")
    return silence, f"objection of {', '.join(told)}" if told else ""


def beside(
    negotiation: Negotiation, width: int, *, short: bool, keys: str = "", over: Collection[str] = ()
) -> list[Line]:
    """The questions for the side of the floor; where there is little room, a row each."""
    rows: list[Line] = []
    held = negotiation.decisions
    for put in held[:_SHOWN]:
        silence, objection = facts(negotiation, put, over)
        if short:
            told = " · ".join(one for one in (objection, silence, put.question) if one)
            rows.append(((brief(f"? {told}", width), Ink.STRONG),))
            continue
        rows += wrap(((f"{visible(put.question)}", Ink.STRONG),), width, (("? ", Ink.LABEL),), 2)
        if silence:
            rows += wrap(((f"  {silence}", Ink.FAINT),), width, (), 2)
        if objection:
            rows += wrap(((f"  {visible(objection)}", Ink.ALARM),), width, (), 2)
    if len(held) > _SHOWN:
        rows.append(((brief(f"… and {len(held) - _SHOWN} more", width), Ink.FAINT),))
    if keys and rows and not short:
        rows += wrap(((keys, Ink.FAINT),), width, (), 2)
    return rows


def large(
    negotiation: Negotiation, width: int, rows: int, over: Collection[str] = ()
) -> tuple[Line, ...]:
    """The questions for the projector: any objection? As many rows as there are at most."""
    lines: list[Line] = []
    for put in negotiation.decisions:
        silence, objection = facts(negotiation, put, over)
        asked = "In silence" if put.until is not None else "Any objection?"
        head: Line = ((f" {asked} ", Ink.STRONG | Ink.HERE),)
        lines += wrap(((visible(put.question), Ink.STRONG),), width - 1, head, 4)
        if silence:
            lines += wrap(((silence, Ink.PLAIN),), width, (("    ", Ink.PLAIN),), 4)
        if objection:
            lines += wrap(((visible(objection), Ink.ALARM),), width, (("    ", Ink.PLAIN),), 4)
    if len(lines) > rows:
        lines = [*lines[: max(rows - 1, 1)], (("    …", Ink.FAINT),)]
    return tuple(lines)
