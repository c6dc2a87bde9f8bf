"""Words and edits quoted in a few words, where what changed is told in full elsewhere."""

from __future__ import annotations

from negotiation.text.edit import Edit

_LONG = 14
"""Words of a quotation before it is cut short."""


def cut_short(words: str) -> str:
    """Words in quotation marks, long ones cut short in the middle."""
    found = words.split()
    if len(found) > _LONG:
        found = [*found[: _LONG - 4], "…", *found[-3:]]
    return f"“{' '.join(found)}”"


def edits_in_brief(edits: tuple[Edit, ...]) -> str:
    """Edits, one after the other: what was struck, what was put in, what became what."""
    return "; ".join(map(_edit, edits))


def _edit(edit: Edit) -> str:
    if not edit.inserted:
        return f"{cut_short(edit.removed)} struck"
    if not edit.removed:
        return f"{cut_short(edit.inserted)} put in"
    return f"{cut_short(edit.removed)} becomes {cut_short(edit.inserted)}"
