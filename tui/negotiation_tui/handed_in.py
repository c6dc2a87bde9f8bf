"""What delegations handed in and the chair has not answered, as lines for the chair's screen.

Pure. It is between the chair and each delegation: without `private` only how much waits is said.
"""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation_tui.draw import Ink, Line, brief, visible, wrap

_SHOWN = 3


def counted(negotiation: Negotiation) -> str:
    """How much waits, for a header; empty when nothing does."""
    count = len(negotiation.handed_in)
    return f"{count} handed in" if count else ""


def beside(
    negotiation: Negotiation, width: int, *, short: bool, private: bool, answers: str = ""
) -> list[Line]:
    """What waits, for the side of the floor; ``answers`` says how it is answered."""
    held = negotiation.handed_in
    if not held:
        return []
    if not private:
        waits = "1 waits for a yes" if len(held) == 1 else f"{len(held)} wait for a yes"
        told = f"{waits}; {answers}" if answers and not short else waits
        return list(wrap(((told, Ink.STRONG),), width, (("↓ ", Ink.LABEL),), 2))
    rows: list[Line] = []
    for one in held[:_SHOWN]:
        told = visible(f"{negotiation.party(one.party).shown}: {one.what}")
        head: Line = ((f"{one.id} ", Ink.LABEL),)
        if short:
            rows.append((*head, (brief(told, width - len(one.id) - 1), Ink.PLAIN)))
        else:
            rows += wrap(((brief(told, width * 4), Ink.PLAIN),), width, head, 2)
    if len(held) > _SHOWN:
        rows.append(((brief(f"… and {len(held) - _SHOWN} more", width), Ink.FAINT),))
    if answers and not short:
        rows += wrap(((answers, Ink.FAINT),), width, (("  ", Ink.FAINT),), 2)
    return rows
