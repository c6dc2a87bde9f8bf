"""What cleaning up would change before a version is issued: labels, references, closing marks.

The rules of numbering and punctuation stand in the views; here their answers become the commands
that issuing takes. What somebody looked at and let stand is left alone.
"""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import RenumberText, ReviseText
from negotiation.domain.people import Capacity
from negotiation.views.at_that_time import Timeline
from negotiation.views.punctuation import Repunctuated, punctuation_of
from negotiation.views.renumbering import Renumbering, renumbering

ENDINGS = frozenset(("missing-mark", "last-item-mark", "item-mark"))
"""What a received page's anomalies of closing marks are called."""


@attrs.frozen
class CleanUp:
    """All that cleaning up would change."""

    numbers: Renumbering
    endings: tuple[Repunctuated, ...]

    @property
    def renumbering(self) -> RenumberText | None:
        """The new labels as a command; none where the text is numbered so already."""
        return self.numbers.command if self.numbers.changes else None

    @property
    def punctuation(self) -> tuple[ReviseText, ...]:
        """The closing marks as an editor's changes of form."""
        return tuple(
            ReviseText(one.clause, (one.rewording,), True, "closing marks", Capacity.EDITOR)
            for one in self.endings
        )


def clean_up(timeline: Timeline, at: int) -> CleanUp:
    """What the rules of the body ask for after entry ``at``."""
    moment = timeline.moment(at)
    let_stand = {clause.id for clause in moment.clauses if _let_stand(clause)}
    endings = tuple(one for one in punctuation_of(moment) if one.clause not in let_stand)
    return CleanUp(renumbering(timeline, at), endings)


def _let_stand(clause: Clause) -> bool:
    """Whether the end of a clause is open, or somebody said that it stands as it is printed."""
    end = len(clause.passage.words.rstrip())
    return any(one.reach.within(end)[1] >= end for one in clause.brackets) or any(
        one.settled == "rejected" and one.damage.code in ENDINGS for one in clause.margin.anomalies
    )
