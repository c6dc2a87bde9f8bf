"""The last act taken back by a further one, and taken back again; each says what it reverses."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.views.undoings import last_undoing, reversals
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import Ink, Line, visible
from negotiation_tui.stage import Missing, Stage

_TOLD = 3


def undo(at: AtHand) -> Stage | Missing:
    """The last act that stands is undone by a further one."""
    return _reversal(at, at.desk.act_of("last"), "Undo")


def redo(at: AtHand) -> Stage | Missing:
    """The last undoing is taken back: what was undone stands again."""
    act = last_undoing(at.desk.timeline)
    if not act:
        return Missing("There is no undoing to take back.")
    about = reversals(at.desk.timeline)[act]
    return _reversal(at, act, "Do again what was undone by", about)


def _reversal(at: AtHand, act: str, does: str, about: str = "") -> Stage:
    entries = [one.number for one in at.desk.timeline.entries if one.act.id == act]
    shown = [one.number for one in at.desk.timeline.entries if one.act.id == (about or act)]
    told: tuple[Line, ...] = tuple(
        ((f"{number} {visible(at.told(number))}", Ink.PLAIN),) for number in shown[:_TOLD]
    )
    if len(shown) > _TOLD:
        more = len(shown) - _TOLD
        noun = "entry" if more == 1 else "entries"
        told = (*told, ((f"… and {more} more {noun}", Ink.FAINT),))
    return Stage(f"{does} entry {entries[0]}", told, (), lambda _: do.ReverseAct(act))
