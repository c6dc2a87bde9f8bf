"""Writes the text of a moment as JSON: clauses with their runs, open points, proposals, anomalies.

The field names are those of the record (`docs/record-format.md`); ``schema`` counts the versions of
this form.
"""

from __future__ import annotations

import enum
from typing import Any

import attrs
import msgspec

from negotiation.domain.clause import Clause
from negotiation.views.at_that_time import Moment

SCHEMA = 1


def as_json(moment: Moment) -> bytes:
    """One JSON document, indented for people."""
    whole = moment.negotiation
    levels = {placed.clause: placed.level for placed in whole.order}
    document = {
        "schema": SCHEMA,
        "symbol": whole.symbol,
        "body": whole.body,
        "before": whole.before,
        "conventions": whole.conventions,
        "title": whole.title,
        "entry": moment.at,
        "parties": _plain(whole.parties),
        "documents": [
            {"name": one.name, "symbol": one.symbol, "sha256": one.sha256, "role": one.role.value}
            for one in whole.documents
        ],
        "clauses": [_clause(clause, levels[clause.id]) for clause in moment.clauses],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _clause(clause: Clause, level: int) -> dict[str, Any]:
    return {
        "id": clause.id,
        "kind": clause.kind.value,
        "level": level,
        "label": clause.label,
        "base_label": clause.base_label,
        "live": clause.passage.live,
        "runs": _plain(clause.passage.runs),
        "brackets": _plain(clause.brackets),
        "alternatives": _plain(clause.alternatives),
        "proposals": _plain(clause.proposals),
        "agreement": _plain(clause.agreement),
        "parked": _plain(clause.margin.parked),
        "anomalies": _plain(clause.margin.anomalies),
    }


def _plain(value: Any) -> Any:
    if attrs.has(type(value)):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in attrs.fields(type(value))
            if field.init
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, enum.Enum) else value
