"""What cleaning up would change before a version is issued: labels, references, closing marks.

The rules of numbering stand in `negotiation.views`; here their answers become the commands that
issuing takes, and say which faults are gone once they are made.
"""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import RenumberText, ReviseText, Rewording, WordsAt
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Kind
from negotiation.views.at_that_time import Moment, Timeline


@attrs.frozen
class Relabelled:
    """A label that the rules ask for."""

    clause: str
    label_before: str
    label_after: str


@attrs.frozen
class Ending:
    """A closing mark that the rules ask for."""

    clause: str
    mark: str
    """What closes it now; empty where nothing does."""
    wanted: str
    changes: tuple[Rewording, ...]


@attrs.frozen
class CleanUp:
    """All that cleaning up would change."""

    labels: tuple[Relabelled, ...]
    endings: tuple[Ending, ...]
    references: tuple[tuple[str, tuple[Rewording, ...]], ...] = ()

    @property
    def renumbering(self) -> RenumberText | None:
        """The new labels as a command; none where the text is numbered so already."""
        if not self.labels and not self.references:
            return None
        labels = tuple((one.clause, one.label_after) for one in self.labels)
        return RenumberText(labels, self.references)

    @property
    def punctuation(self) -> tuple[ReviseText, ...]:
        """The closing marks as an editor's changes of form."""
        return tuple(
            ReviseText(one.clause, one.changes, True, "closing marks", Capacity.EDITOR)
            for one in self.endings
        )


def clean_up(timeline: Timeline, at: int) -> CleanUp:
    """What the rules of the body ask for after entry ``at``."""
    moment = timeline.moment(at)
    labels: list[Relabelled] = []
    endings: list[Ending] = []
    for siblings in _lists(moment):
        items = [one for one in siblings if one.label]
        if len(siblings) == 1 and items and not items[0].brackets:
            labels.append(Relabelled(items[0].id, items[0].label, ""))
        for one in items:
            if one.brackets:
                continue
            last = one is siblings[-1]
            if ending := _ending(one, last):
                endings.append(ending)
    return CleanUp(tuple(labels), tuple(endings))


def _lists(moment: Moment) -> list[list[Clause]]:
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    lists: list[list[Clause]] = []
    open_: dict[int, list[Clause]] = {}
    for clause in moment.clauses:
        if clause.kind in (Kind.HEADING, Kind.TITLE, Kind.ENACTING, Kind.SUBJECT):
            open_ = {}
        if clause.kind not in (Kind.ITEM, Kind.PARAGRAPH) or not clause.stands:
            continue
        level = levels[clause.id]
        open_ = {depth: row for depth, row in open_.items() if depth <= level}
        if level not in open_:
            open_[level] = []
            lists.append(open_[level])
        open_[level].append(clause)
    return lists


def _ending(clause: Clause, last: bool) -> Ending | None:
    words = clause.passage.live.rstrip()
    mark = words[-1:] if words[-1:] in ",;.:" else ""
    wanted = mark
    if not mark:
        wanted = "," if last else ";"
    elif last and mark == ";":
        wanted = ","
    elif not last and mark in ",.":
        wanted = ";"
    if wanted == mark or (not mark and words[-1:] in "”\"'’?!"):
        return None
    new = words[: len(words) - len(mark)] + wanted
    return Ending(clause.id, mark, wanted, (Rewording(new),))


__all__ = ["CleanUp", "Ending", "Relabelled", "WordsAt", "clean_up"]
