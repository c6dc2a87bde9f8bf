"""What a received page says, without ids, times and evidence: what promise 6 compares."""

from pathlib import Path
from typing import Any

from negotiation.desk import Desk
from negotiation.papers.export import write

TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"
OWN = {
    "tide-dl7-rev1.md": "itu",
    "tide-short.md": "itu",
    "un-draft.md": "un",
    "unfccc-draft.md": "unfccc",
    "who-draft.md": "who",
}
"""Our own drafts and their conventions."""


def received(source: bytes, conventions: str = "", base: bytes | None = None) -> Desk:
    """A record in memory that holds this page."""
    desk = Desk.begin(None)
    desk.receive(source, "page.md", base=base, base_name="base.md", conventions=conventions)
    return desk


def written_out(desk: Desk) -> bytes:
    """The text in the notation of drafts."""
    return write(desk.timeline, desk.timeline.head, "page.md")


def shape(desk: Desk) -> list[tuple[Any, ...]]:
    """Structure, readings, open points, proposals and anomalies, clause by clause."""
    moment = desk.timeline.moment()
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    points: dict[str, tuple[int, int]] = {}
    rows: list[tuple[Any, ...]] = []
    for number, clause in enumerate(moment.clauses):
        for bracket in clause.brackets:
            points.setdefault(bracket.point, (number, len(points)))
        proposals = {
            one.id: (one.kind, one.symbol, one.sponsors, one.state) for one in clause.proposals
        }
        runs = tuple(
            (
                run.words,
                run.presumed,
                None
                if run.inserted_by is None
                else (proposals.get(run.inserted_by.source), run.inserted_by.standing),
                tuple((proposals.get(one.source), one.standing) for one in run.struck_by),
            )
            for run in clause.passage.runs
        )
        rows.append(
            (
                clause.kind,
                levels[clause.id],
                clause.label,
                clause.base_label,
                clause.margin.label_struck,
                runs,
                tuple(
                    (points[b.point], b.kind, b.reach, b.begins, b.holders, b.status)
                    for b in clause.brackets
                ),
                tuple((points[a.point], a.order, a.sponsors, a.reach) for a in clause.alternatives),
                sorted(
                    (d.damage.code, d.damage.severity.value, d.damage.words, d.damage.live)
                    for d in clause.margin.anomalies
                ),
            )
        )
    return rows
