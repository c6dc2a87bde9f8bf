"""An anomaly of a page in the vocabulary of the record, with the corrections that it proposes."""

from __future__ import annotations

from negotiation.domain.terms import Correction, Damage, Origin, Severity, TabledRun
from negotiation.papers import draft as page


def damage_of(anomaly: page.Anomaly, clause: page.DraftClause) -> Damage:
    """What the record keeps of an anomaly that a page shows on a clause."""
    repair = anomaly.repair
    corrections: list[Correction] = []
    applied = False
    if repair is not None and repair.edits and all(e.clause == clause.key for e in repair.edits):
        applied = repair.applied
        if not applied:
            corrections = [_correction(edit, clause) for edit in _from_the_back(repair.edits)]
    return Damage(
        anomaly.code,
        Severity(anomaly.severity.value),
        anomaly.line,
        anomaly.column,
        anomaly.end_line,
        anomaly.words,
        anomaly.message,
        anomaly.live,
        repair.says if repair is not None else "",
        tuple(corrections),
        applied,
    )


def _from_the_back(edits: tuple[page.Edit, ...]) -> list[page.Edit]:
    """The edits so ordered that none moves the place of the next."""
    pending = [edit for edit in edits if not edit.applied]
    return sorted(pending, key=lambda edit: (edit.start, edit.end), reverse=True)


def _correction(edit: page.Edit, clause: page.DraftClause) -> Correction:
    origin = Origin(edit.origin.value)
    runs = (TabledRun(edit.words, origin, edit.struck),) if edit.words else ()
    return Correction(edit.start, edit.end, clause.words[edit.start : edit.end], runs)
