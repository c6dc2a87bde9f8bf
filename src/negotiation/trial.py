"""A desk that writes nothing: any acts are tried on a copy, and looked at.

What was tried can then be made so as one act at the real desk, or dropped by letting go of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.desk import Desk

if TYPE_CHECKING:
    from negotiation.desk import Hand
    from negotiation.domain.commands import Command
    from negotiation.domain.entries import Drafted, Entry
    from negotiation.domain.room import Room


class Trial(Desk):
    """A copy of a desk. Its acts are folded like any, and kept in ``tried`` instead of a store."""

    def __init__(
        self, desk: Desk, decide: Callable[[Command, Room], tuple[Drafted, ...]] | None = None
    ) -> None:
        """The record as the desk knows it.

        ``decide`` stands in for the usual rules, such as those without the guards for what a
        package settles as a whole.
        """
        self.ledger = desk.ledger
        self.clock = desk.clock
        self.new_id = desk.new_id
        self.timeline = desk.timeline.branch()
        self.began = desk.timeline.head
        """The last entry that is on the record; what comes behind it is tried."""
        self.tried: list[Command] = []
        self._versions = dict(desk._versions)
        self._decide = decide

    def _made(
        self, asked: Callable[[], tuple[Command, Hand]], head: int | None = None
    ) -> tuple[Entry, ...]:
        """Try an act. Raises the same refusals as the real one."""
        from negotiation.domain.decide import decide

        command, hand = asked()
        drafted = (self._decide or decide)(command, self.timeline.room())
        entries = self._entries(drafted, self.new_id(), command, hand)
        self._take(entries)
        self.tried.append(command)
        return tuple(entries)

    @property
    def command(self) -> Command:
        """All that was tried, as one act."""
        from negotiation.domain.commands import Together

        return self.tried[0] if len(self.tried) == 1 else Together(tuple(self.tried))

    def catch_up(self) -> tuple[Entry, ...]:
        """Nothing: a copy stays what it was."""
        return ()

    def close(self) -> None:
        """Nothing: the store is the real desk's."""
