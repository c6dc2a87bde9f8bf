"""Who has the floor, and whose flags are up behind: chosen once, then acts are attributed to them.

It is no part of the record; the acts are.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from negotiation.domain.negotiation import Negotiation

_SHOWN = 3


@attrs.frozen
class HasFloor:
    """The speaker of now and the short queue behind, by their codes."""

    speaker: str = ""
    waiting: tuple[str, ...] = ()

    def given(self, codes: tuple[str, ...]) -> HasFloor:
        """The first of these speaks; the others put up their flags behind those who wait."""
        if not codes:
            return self.next()
        speaker, *flags = codes
        row = [one for one in (*self.waiting, *flags) if one != speaker]
        return HasFloor(speaker, tuple(dict.fromkeys(row)))

    def next(self) -> HasFloor:
        """The next flag has the floor; nobody, when none is up."""
        if not self.waiting:
            return NOBODY
        return HasFloor(self.waiting[0], self.waiting[1:])

    def told(self, negotiation: Negotiation) -> str:
        """How the header says it."""
        if not self.speaker and not self.waiting:
            return ""
        named = negotiation.party(self.speaker).shown if self.speaker else "nobody"
        queue = ", ".join(self.waiting[:_SHOWN])
        more = f" +{len(self.waiting) - _SHOWN}" if len(self.waiting) > _SHOWN else ""
        return f"floor: {named}{f', then {queue}{more}' if queue else ''}"

    def kept(self) -> dict[str, object]:
        """As it is noted beside the record."""
        return {"speaker": self.speaker, "waiting": list(self.waiting)}


NOBODY = HasFloor()


def read(kept: Mapping[str, object]) -> HasFloor:
    """What was noted, as far as it can be read."""
    speaker, waiting = kept.get("speaker"), kept.get("waiting")
    return HasFloor(
        speaker if isinstance(speaker, str) else "",
        tuple(one for one in waiting if isinstance(one, str)) if isinstance(waiting, list) else (),
    )
