"""The line at the bottom that says where in the record one stands."""

from __future__ import annotations

from negotiation.views.at_that_time import Timeline
from negotiation_tui.draw import Ink, Line, brief, spread


def timeline_line(timeline: Timeline, at: int, width: int) -> Line:
    """A bar with the position, the entry's number, and when and by whom it was made."""
    head = timeline.head
    if not head:
        return ((" The record is empty.", Ink.FAINT),)
    told = f" entry {at}/{head}"
    if at:
        act = timeline.entries[at - 1].act
        told += f" · {act.written:%Y-%m-%d %H:%M} · {brief(act.by, 16)} "
    room = max(width - len(told) - 2, 4)
    place = round((room - 1) * at / head)
    bar = "━" * place + "●" + "─" * (room - 1 - place)
    return spread(((" ", Ink.PLAIN), (bar, Ink.LABEL)), ((told, Ink.PLAIN),), width)
