"""Entries as `log` and `follow` print them: a line each, in words or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from negotiation.cli.done import entry_json
from negotiation.cli.saying import Look, as_json, asked, drawn, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.views.hands import Hand
    from negotiation.views.the_log import LogLine
    from negotiation.views.what_may_be_seen import Viewer


class Told:
    """The lines of entries in the form that was asked for, an act's head before its first one."""

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        """What this viewer may read of the desk's record."""
        self.desk = desk
        self.viewer = viewer
        self._act = ""

    def lines(self, told: Iterable[LogLine]) -> Iterator[str | bytes]:
        """One line an entry, bytes where it is JSON; what is not for these eyes is left out."""
        from negotiation.views.weighty_words import warning_at
        from negotiation.views.what_may_be_seen import as_seen

        timeline = self.desk.timeline
        for line in told:
            entry = as_seen(timeline.entries[line.number - 1], self.viewer, timeline)
            if entry is None:
                continue
            warned = warning_at(timeline, line.number)
            if asked().json:
                beside = {"path": line.path, "sentence": line.sentence, "warning": warned}
                yield as_json({**entry_json(entry), **beside})
                continue
            if line.hand.act != self._act:
                self._act = line.hand.act
                where = f", {line.hand.meeting}" if line.hand.meeting else ""
                head = f"act {self._act}  {line.hand.written[:19]}Z  {line.hand.by}{where}"
                yield drawn(head + _long_before(line.hand), Look.FAINT)
            alarm = "  " + drawn(f"! {warned}", Look.ALARM) if warned else ""
            number = drawn(str(line.number).rjust(5), Look.NUMBER)
            yield f"{number}  {shown(line.sentence)}{alarm}"


def _long_before(hand: Hand) -> str:
    """When an act happened, where that is not when it was recorded."""
    from negotiation.domain.entries import Bound

    same = hand.happened[:16] == hand.written[:16]
    return "" if same or hand.bound is not Bound.AT else f", happened {hand.happened[:16]}Z"
