"""The words that say what is done, and who may say them.

What stands behind each is read in `grammar`.
"""

from __future__ import annotations

import enum

from negotiation.domain.terms import Stance


class Verb(enum.Enum):
    """What a statement does."""

    FLOOR = "has the floor"
    ADD = "add"
    REPLACE = "replace"
    DELETE = "delete"
    NEW = "new"
    NO_CHANGE = "no change"
    SUPPORT = "support"
    WITHDRAW = "withdraw"
    RETAIN = "retain"
    DROP = "drop"
    BRACKET = "bracket"
    HOLD = "hold"
    RELEASE = "release"
    LIFT = "lift"
    STATUS = "status"
    CHOOSE = "choose"
    AGREE = "agree"
    PARK = "park"
    RESUME = "resume"
    POSITION = "position"
    REMARK = "remark"
    REFER = "refer"
    UNDO = "undo"


OF_WORDS = {
    "add": Verb.ADD,
    "insert": Verb.ADD,
    "replace": Verb.REPLACE,
    "change": Verb.REPLACE,
    "delete": Verb.DELETE,
    "strike": Verb.DELETE,
    "remove": Verb.DELETE,
    "new": Verb.NEW,
    "noc": Verb.NO_CHANGE,
    "+": Verb.SUPPORT,
    "support": Verb.SUPPORT,
    "supports": Verb.SUPPORT,
    "withdraw": Verb.WITHDRAW,
    "withdraws": Verb.WITHDRAW,
    "retain": Verb.RETAIN,
    "accept": Verb.RETAIN,
    "drop": Verb.DROP,
    "[]": Verb.BRACKET,
    "bracket": Verb.BRACKET,
    "brackets": Verb.BRACKET,
    "hold": Verb.HOLD,
    "holds": Verb.HOLD,
    "release": Verb.RELEASE,
    "releases": Verb.RELEASE,
    "lift": Verb.LIFT,
    "status": Verb.STATUS,
    "choose": Verb.CHOOSE,
    "agree": Verb.AGREE,
    "agreed": Verb.AGREE,
    "park": Verb.PARK,
    "resume": Verb.RESUME,
    "remark": Verb.REMARK,
    "note": Verb.REMARK,
    "refer": Verb.REFER,
    "refers": Verb.REFER,
    "undo": Verb.UNDO,
}
OF_A_POSITION = {
    "opposes": Stance.OPPOSES,
    "-": Stance.OPPOSES,
    "flexible": Stance.FLEXIBLE,
    "oppose": Stance.OPPOSES,
    "reserves": Stance.RESERVES,
    "reserve": Stance.RESERVES,
    "can accept": Stance.CAN_ACCEPT,
    "red line": Stance.RED_LINE,
}
VERBS: tuple[str, ...] = (*OF_WORDS, *OF_A_POSITION, "no change")
"""Everything that a statement can begin with, behind the party."""

CHAIR = "chair"

OF_PARTIES = frozenset(
    {
        Verb.ADD,
        Verb.REPLACE,
        Verb.DELETE,
        Verb.NEW,
        Verb.NO_CHANGE,
        Verb.SUPPORT,
        Verb.WITHDRAW,
        Verb.BRACKET,
        Verb.HOLD,
        Verb.RELEASE,
        Verb.POSITION,
    }
)
"""What a party does; everything else is the chair's."""


OF_THE_CHAIR = frozenset(
    {
        Verb.RETAIN,
        Verb.DROP,
        Verb.LIFT,
        Verb.STATUS,
        Verb.CHOOSE,
        Verb.AGREE,
        Verb.RESUME,
        Verb.REMARK,
        Verb.REFER,
        Verb.UNDO,
    }
)
"""What no party does, so that a delegation's word never decides; a party that parks brings back."""

OF_EACH = frozenset({Verb.SUPPORT, Verb.HOLD, Verb.RELEASE, Verb.POSITION})
"""What several parties say together, and each of them does by itself."""
