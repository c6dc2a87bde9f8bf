"""What if: all that a party asks for, or all that only it holds, tried before it is made so.

The dialog tries it on a copy and says how the text would read and what would be open. Enter makes
it so as one act, and Esc forgets it.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.domain import commands as do
from negotiation.trial import Trial
from negotiation.views.at_that_time import Moment
from negotiation.views.what_if import accepting_all_of, lifting_all_held_only_by, what_if
from negotiation.views.what_is_open import OpenPoint
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.stage import Answers, Missing, Stage

_NAMED = 6
_SHOWN = 40

Wish = Callable[[Moment, str], tuple[do.Command, ...]]


def what_if_accepted(at: AtHand) -> Stage | Missing:
    """Everything that a party asks for is accepted."""
    title = "What if everything that a party asks for were accepted"
    return _wish(at, title, accepting_all_of, "{} asks for nothing that is open.")


def what_if_lifted(at: AtHand) -> Stage | Missing:
    """Every bracket that only one party holds is lifted."""
    title = "What if every bracket that only one party holds were lifted"
    return _wish(at, title, lifting_all_held_only_by, "There is no bracket that only {} holds.")


def _wish(at: AtHand, title: str, wish: Wish, nothing: str) -> Stage:
    def command(answers: Answers) -> do.Command | Missing:
        named = stage.codes(at.desk, answers["party"])
        if len(named) != 1:
            return Missing("Say which party, by its code.")
        moment = at.desk.timeline.moment()
        wanted = wish(moment, named[0])
        if not wanted:
            return Missing(nothing.format(visible(moment.negotiation.party(named[0]).shown)))
        return wanted[0] if len(wanted) == 1 else do.Together(wanted)

    def tells(answers: Answers) -> tuple[Line, ...]:
        wanted = command(answers)
        return () if isinstance(wanted, Missing) else _compared(at, wanted)

    field = stage.party("party", "Party", "a code; Tab completes it", at.speaker, needed=True)
    return Stage(title, (), (field,), command, enter="makes it so", tells=tells, shows=_SHOWN)


def _compared(at: AtHand, wanted: do.Command) -> tuple[Line, ...]:
    """How open the text would be, and what would be settled or opened."""
    trial = Trial(at.desk)
    trial.act(wanted)
    found = what_if(trial.timeline, trial.began)
    was = len(found.open) - len(found.new) + len(found.settled)
    touched = {one.clause for one in trial.timeline.entries[trial.began :] if one.clause}
    clauses = "1 clause" if len(touched) == 1 else f"{len(touched)} clauses"
    told = f"{was} open points become {len(found.open)}, by what changes in {clauses}."
    rows: list[Line] = [((told, Ink.STRONG),)]
    rows += [_point("settled", one, Ink.AGREED) for one in found.settled[:_NAMED]]
    if len(found.settled) > _NAMED:
        rows.append(((f"… and {len(found.settled) - _NAMED} more settled", Ink.FAINT),))
    rows += [_point("opened", one, Ink.ALARM) for one in found.new[:_NAMED]]
    return tuple(rows)


def _point(sort: str, point: OpenPoint, ink: Ink) -> Line:
    words = point.words or " | ".join(brief(one.words, 20) for one in point.alternatives)
    return (
        (f"{sort} ", ink),
        (f"{visible(point.where)} ", Ink.LABEL),
        (f"“{brief(words or point.struck, 60)}”", Ink.PLAIN),
    )
