"""Two desks write one record, each on what it last saw: the promises hold on every kind of store.

The desks take turns, and one of them never looks before it acts: it decides on what is no longer
the latest, is refused by the store, reads and decides once more. What came of it is
checked as in `test_room`, and in the end both desks, the store and the memory say the same.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import Refusal
from tests.ledger.acts import until
from tests.machines.test_room import BoundMachine
from tests.postgres import Server


class TwoDesksMachine(BoundMachine):
    """The room of `test_room`, whose acts are made at one of two desks."""

    other: Desk | None = None
    acts = 0

    @initialize(data=st.data())
    def begin(self, data) -> None:
        """One desk begins the record, then a second one opens it."""
        super().begin(data)
        self.other = Desk.begin(self.store, clock=self._clock, ids=self._id)

    def _made(
        self, command: do.Command, capacity: Capacity
    ) -> tuple[tuple[Entry, ...], Refusal | None]:
        self.acts += 1
        if self.other is None or self.acts % 2:
            return super()._made(command, capacity)
        try:
            entries = self.other.act(command, Hand("Bola", capacity=capacity))
        except Refusal as refusal:
            return (), refusal
        assert until(self.desk.changed)
        assert self.desk.catch_up() == entries
        return entries, None

    def teardown(self) -> None:
        try:
            if self.other is not None:
                self.other.catch_up()
                assert self.other.timeline.entries == self.desk.timeline.entries
                assert self.other.timeline.moment() == self.desk.timeline.moment()
        finally:
            if self.other is not None:
                self.other.close()
            super().teardown()


class OnAServer(TwoDesksMachine):
    """The same on a PostgreSQL server."""

    server: ClassVar[Server]

    def new_store(self) -> str:
        return self.server.new_store()


_PROFILE = settings()


def _small(machine: type[TwoDesksMachine]) -> Any:
    case = machine.TestCase
    case.settings = settings(
        max_examples=max(4, _PROFILE.max_examples // 8),
        stateful_step_count=_PROFILE.stateful_step_count,
    )
    return pytest.mark.filterwarnings("ignore::ResourceWarning")(case)


@pytest.fixture
def a_server(postgres):
    """The server on which the records of the machine are kept."""
    OnAServer.server = postgres


TestTwoDesksOnAFile = _small(TwoDesksMachine)
TestTwoDesksOnAServer = pytest.mark.usefixtures("a_server")(_small(OnAServer))
# Played under the names above.
del BoundMachine
