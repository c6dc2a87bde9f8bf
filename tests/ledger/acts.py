"""Short ways to write acts and entries for the tests of the ledger."""

import datetime as dt
import time
from collections.abc import Callable, Iterable

from negotiation.domain.entries import Act, Entry, Moment
from negotiation.domain.events import Event, NegotiationOpened, RemarkMade, StatusNoted
from negotiation.ledger.ledger import Ledger

NOON = dt.datetime(2025, 3, 4, 12, tzinfo=dt.UTC)


def minutes(count: float) -> dt.datetime:
    """So many minutes after noon."""
    return NOON + dt.timedelta(minutes=count)


def act(name: str, written: dt.datetime = NOON) -> Act:
    """An act of the chair."""
    return Act(name, written, Moment(written), "chair", purpose="remark")


class Writer:
    """Counts numbers and versions, so that a test says only what happens where."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.number = 0
        self.versions: dict[str, int] = {}
        for entry in entries:
            self.number = entry.number
            self.versions[entry.clause] = entry.version

    def entry(self, act: Act, clause: str, event: Event) -> Entry:
        """The next entry, on the next version of its stream."""
        self.number += 1
        self.versions[clause] = self.versions.get(clause, 0) + 1
        return Entry(self.number, clause, self.versions[clause], act, event)

    def remark(self, act: Act, *clauses: str) -> list[Entry]:
        """One act that remarks on each of these clauses."""
        return [self.entry(act, clause, RemarkMade(f"on {clause}")) for clause in clauses]

    def opening(self, act: Act, symbol: str = "DL/1") -> list[Entry]:
        """The act that begins the record."""
        return [self.entry(act, "", NegotiationOpened(symbol))]

    def status(self, act: Act, clause: str, words: str) -> list[Entry]:
        """One act that notes a status."""
        return [self.entry(act, clause, StatusNoted("o1", words))]


def writer(ledger: Ledger, negotiation: str = "dl1") -> Writer:
    """A writer that goes on where the record stands."""
    return Writer(ledger.entries(negotiation))


def until(happens: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes to be, asked again and again: a server tells of a commit a moment later."""
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
