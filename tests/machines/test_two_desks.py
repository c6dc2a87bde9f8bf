"""Two desks write one record on what each last saw: replay agrees, on every kind of store.

Every act of `test_room` is made at one of two desks, on a record in memory, in a file and on a
server at the same time. Neither desk ever looks before it acts: it decides on what is no longer the
latest, is refused by itself or by the store, reads, and decides once more. A third party only
follows; what it sees says what must come of the act, and the promises are checked there.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.domain.decide import decide
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import Refusal
from negotiation.ledger.ledger import Ledger
from negotiation.views.at_that_time import Timeline
from tests.ledger.acts import until
from tests.machines.room import START
from tests.machines.test_room import BoundMachine
from tests.postgres import Server

NAME = "tc"
DESKS = ("Amina", "Bola")


class Shared:
    """One store, two desks at it, and somebody who reads it."""

    def __init__(self, kind: str, store: str | None) -> None:
        self.kind = kind
        ledgers = [Ledger.open(store) for _ in range(3)] if store else [Ledger.open(None)] * 3
        self.ledgers = ledgers
        # The same clock and ids on every kind of store, so that the same bytes are written.
        ticks, numbers = itertools.count(1), itertools.count(1)
        self.desks = [
            Desk(
                ledger,
                NAME,
                clock=lambda: START + dt.timedelta(seconds=next(ticks)),
                ids=lambda: f"act{next(numbers)}",
            )
            for ledger in ledgers[:2]
        ]
        self.reader = ledgers[2]

    def act(self, turn: int, command: do.Command, capacity: Capacity) -> tuple[Entry, ...] | str:
        """The entries of an act at one of the desks, or why there are none."""
        try:
            return self.desks[turn].act(command, Hand(DESKS[turn], capacity=capacity))
        except Refusal as refusal:
            return str(refusal)

    def close(self) -> None:
        """Lets go of the store."""
        for ledger in self.ledgers:
            ledger.close()


class TwoDesksMachine(BoundMachine):
    """The room of `test_room`, whose acts are made at one of two desks."""

    server: ClassVar[Server | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.turns = itertools.cycle((0, 1))
        stores = {"memory": None, "file": str(self.folder / "shared.db")}
        if self.server is not None:
            stores["server"] = self.server.new_store()
        self.shared = [Shared(kind, store) for kind, store in stores.items()]
        self.desk.close()
        self.store = str(self.folder / "shared.db")
        self.desk = Desk(Ledger.open(self.store), NAME)

    @initialize(data=st.data())
    def begin(self, data) -> None:
        """Who acts when is drawn first: by turns, or each several times."""
        turns = data.draw(st.lists(st.integers(0, 1), max_size=8))
        self.turns = itertools.cycle((*turns, 0, 1))
        super().begin(data)

    def _made(
        self, command: do.Command, capacity: Capacity
    ) -> tuple[tuple[Entry, ...], Refusal | None]:
        due, why = self._due(command)
        turn = next(self.turns)
        made = {one.kind: one.act(turn, command, capacity) for one in self.shared}
        found = made["file"]
        for kind, its in made.items():
            assert its == found, f"{kind} and the file part: {command}"
        if why is not None:
            assert found == str(why), "refused for what does not hold any more"
            assert not self.desk.catch_up()
            return (), why
        assert not isinstance(found, str), f"refused on what is not the latest: {found}"
        assert [(one.clause, one.event) for one in found] == [(d.clause, d.event) for d in due]
        assert until(self.desk.changed)
        assert self.desk.catch_up() == found
        self.look()
        return found, None

    def _due(self, command: do.Command) -> tuple[tuple[Drafted, ...], Refusal | None]:
        """What must come of an act: decided by whoever has seen everything."""
        try:
            return decide(command, self.timeline.room()), None
        except Refusal as refusal:
            return (), refusal

    def teardown(self) -> None:
        try:
            if self.timeline.head:
                rows = {one.reader.fingerprint(NAME) for one in self.shared}
                assert len(rows) == 1, "the stores hold different bytes"
                for one in self.shared:
                    self._replay_agrees(one)
        finally:
            for one in self.shared:
                one.close()
            super().teardown()

    def _replay_agrees(self, shared: Shared) -> None:
        """Folding what lies in the store from zero gives at every entry what everybody saw there.

        That is also what the views said of an entry when it was the last one.
        """
        entries = shared.reader.entries(NAME)
        replayed = Timeline(NAME, entries)
        for desk in shared.desks:
            desk.catch_up()
            assert desk.timeline.entries == entries == self.timeline.entries
        timelines = [replayed, self.timeline, *(desk.timeline for desk in shared.desks)]
        whole, states = Negotiation(NAME), dict[str, Clause | None]()
        for at, entry in enumerate(entries, start=1):
            if entry.clause:
                before = states.get(entry.clause)
                states[entry.clause] = evolve(before, at, entry.clause, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
            else:
                whole = evolve_negotiation(whole, at, entry.event)  # type: ignore[arg-type]  # as above
            for timeline in timelines:
                assert timeline.negotiation(at) == whole
                for clause in states:
                    assert timeline.clause(clause, at) == states[clause]
        for at, seen in self.glimpses:
            assert self._seen(replayed, at) == seen, f"a view at {at} shows something later"


class AlsoOnAServer(TwoDesksMachine):
    """The same on a PostgreSQL server as well."""


_PROFILE = settings()


def _small(machine: type[TwoDesksMachine]) -> Any:
    case = machine.TestCase
    case.settings = settings(
        max_examples=max(3, _PROFILE.max_examples // 12),
        stateful_step_count=_PROFILE.stateful_step_count,
    )
    return pytest.mark.filterwarnings("ignore::ResourceWarning")(case)


@pytest.fixture
def a_server(postgres):
    """The server on which the records of the machine are kept."""
    AlsoOnAServer.server = postgres


TestTwoDesksWithoutAServer = _small(TwoDesksMachine)
TestTwoDesks = pytest.mark.usefixtures("a_server")(_small(AlsoOnAServer))
# Played under the names above.
del BoundMachine
