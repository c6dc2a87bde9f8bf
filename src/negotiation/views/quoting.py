"""Words, edits and parties in a few words, where what changed is told in full elsewhere."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.text.edit import Edit

_LONG = 14
"""Words of a quotation before it is cut short."""


def cut_short(words: str) -> str:
    """Words in quotation marks, long ones cut short in the middle."""
    found = words.split()
    if len(found) > _LONG:
        found = [*found[: _LONG - 4], "…", *found[-3:]]
    return f"“{' '.join(found)}”"


def names(whole: Negotiation, codes: tuple[str, ...]) -> str:
    """Parties by their names."""
    return ", ".join(whole.party(code).shown for code in codes)


def edits_in_brief(edits: tuple[Edit, ...]) -> str:
    """Edits, one after the other: what was struck, what was put in, what became what."""
    return "; ".join(map(_edit, edits))


def _edit(edit: Edit) -> str:
    if not edit.inserted:
        return f"{cut_short(edit.removed)} struck"
    if not edit.removed:
        return f"{cut_short(edit.inserted)} put in"
    return f"{cut_short(edit.removed)} becomes {cut_short(edit.inserted)}"
