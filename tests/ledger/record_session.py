"""Records a session for `fixtures/logs`: `python -m tests.ledger.record_session NAME`.

Only for a new shape of the record, under a new name: a file that is there is never made again.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from negotiation.desk import Desk
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_is_open import what_is_open
from negotiation.views.where_did_it_go import fates
from tests.ledger.a_session import play

LOGS = Path(__file__).parents[2] / "fixtures" / "logs"


def what_came_out(timeline: Timeline) -> dict[str, Any]:
    """What a record says at every entry, short enough to keep beside it."""
    positions = range(timeline.head + 1)
    whole = timeline.negotiation(timeline.head)
    return {
        "entries": timeline.head,
        "texts": [hashlib.sha256(timeline.text(at).encode()).hexdigest()[:16] for at in positions],
        "bases": [
            hashlib.sha256(_bases(timeline, at).encode()).hexdigest()[:16] for at in positions
        ],
        "open": [len(what_is_open(timeline, at)) for at in positions],
        "proposals": [[one.symbol, one.state] for one in fates(timeline, timeline.head)],
        "agreed": [_agreed(timeline, at) for at in positions],
        "packages": [[package.name, package.state] for package in whole.packages],
        "issued": [[version.symbol, version.withdrawn] for version in whole.issued],
        "accredited": [
            [one.person, one.capacity.value, one.revoked] for one in whole.accreditations
        ],
    }


def _agreed(timeline: Timeline, at: int) -> list[str]:
    """Level and open conditions of every agreement, in the order of the text."""
    agreements = [clause.agreement for clause in timeline.moment(at).clauses]
    return [
        "; ".join((one.level, *(condition.words for condition in one.conditions)))
        for one in agreements
        if one is not None
    ]


def _bases(timeline: Timeline, at: int) -> str:
    return "\n".join(clause.passage.base for clause in timeline.moment(at).clauses)


def record(name: str) -> None:
    """Play the session on a new store, and keep what came out beside it."""
    store = LOGS / f"{name}.db"
    if store.exists():
        sys.exit(f"{store.name} is there, and a recorded session is never made again.")
    play(store).close()
    desk = Desk.open(store)
    kept = json.dumps(what_came_out(desk.timeline), indent=1, ensure_ascii=False)
    desk.close()
    (LOGS / f"{name}.json").write_text(kept + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].startswith("format-"):
        sys.exit(__doc__)
    record(sys.argv[1])
