"""The acts of the room, each staged by a function: what is asked, and what the answers mean.

Nothing here decides anything: the answers become a command, and the desk says what it would do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from negotiation_tui.acts import (
    agreeing,
    bracketing,
    deciding,
    noting,
    of_clauses,
    packages,
    proposing,
    questions,
    trying,
    undoing,
)
from negotiation_tui.acts.at_hand import AtHand as AtHand
from negotiation_tui.stage import Missing, Stage

STAGES: Mapping[str, Callable[[AtHand], Stage | Missing]] = {
    "propose": proposing.propose,
    "support": proposing.support,
    "revise_proposal": proposing.revise_proposal,
    "withdraw": proposing.withdraw,
    "reintroduce": proposing.reintroduce,
    "retain": proposing.retain,
    "drop": proposing.drop,
    "merge": proposing.merge,
    "bracket": bracketing.bracket,
    "hold": bracketing.hold,
    "reach": bracketing.reach,
    "status": bracketing.status,
    "table": bracketing.table,
    "lift": bracketing.lift,
    "resolve": deciding.resolve,
    "revise": of_clauses.revise,
    "delete": of_clauses.delete,
    "agree": agreeing.agree,
    "condition": agreeing.condition,
    "condition_failed": agreeing.condition_failed,
    "refer_back": agreeing.refer_back,
    "reopen": agreeing.reopen,
    "park": of_clauses.park,
    "move": of_clauses.move,
    "table_clause": of_clauses.table_clause,
    "form_package": packages.form_package,
    "take_package": packages.take_package,
    "agree_package": packages.agree_package,
    "break_package": packages.break_package,
    "accept_all": trying.what_if_accepted,
    "lift_all": trying.what_if_lifted,
    "put": questions.put,
    "gavel": questions.gavel,
    "object": questions.make_objection,
    "no_objection": questions.withdraw_objection,
    "drop_question": questions.drop_question,
    "position": noting.position,
    "remark": noting.remark,
    "meeting": noting.meeting,
    "refer": noting.refer,
    "party": noting.party,
    "undo": undoing.undo,
    "redo": undoing.redo,
}
"""Every act that can be staged, by its name in the keys."""
