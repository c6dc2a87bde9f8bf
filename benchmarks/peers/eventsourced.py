"""Plain `eventsourcing` as its tutorial teaches: an aggregate a clause, decorated methods, replay.

It leaves out snapshots and caches: a stock application replays. The order of the clauses is an
aggregate of its own. Blame is left out: the aggregate holds words, not who wrote them.
"""

import importlib
import json
import sqlite3
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.steps import (
    BracketLifted,
    BracketPlaced,
    ClauseAdded,
    ClauseDropped,
    ClauseMoved,
    History,
    Step,
    WordsReplaced,
)
from benchmarks.system import System


class Clause(Aggregate):
    """A clause and its words."""

    @event("Tabled")
    def __init__(self, key: str, text: str, author: str) -> None:
        self.key = key
        self.author = author
        self.words = text.split(" ")
        self.brackets: dict[str, tuple[int, int]] = {}

    @staticmethod
    def create_id(key: str, text: str = "", author: str = "") -> UUID:
        """The identity that a key stands for."""
        return uuid5(NAMESPACE_URL, f"clause/{key}")

    @event("WordsReplaced")
    def replace(self, index: int, removed: str, inserted: str, author: str) -> None:
        """Words give way to others."""
        gone = len(removed.split())
        self.words[index : index + gone] = inserted.split()

    @event("BracketPlaced")
    def bracket(self, name: str, first: int, end: int, author: str) -> None:
        """A bracket is put around words."""
        self.brackets[name] = (first, end)

    @event("BracketLifted")
    def lift(self, name: str, author: str) -> None:
        """A bracket goes."""
        del self.brackets[name]


class Order(Aggregate):
    """The clauses in their order."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    @staticmethod
    def create_id() -> UUID:
        """The only one."""
        return uuid5(NAMESPACE_URL, "order")

    @event("Placed")
    def place(self, key: str, after: str, author: str) -> None:
        """A clause comes to stand after another one."""
        if key in self.keys:
            self.keys.remove(key)
        self.keys.insert(self.keys.index(after) + 1 if after else 0, key)

    @event("Dropped")
    def drop(self, key: str, author: str) -> None:
        """A clause leaves."""
        self.keys.remove(key)


class EventSourced(System):
    """A stock application over SQLite, read by `repository.get(version=)`."""

    name = "eventsourcing"
    note = "decorated aggregates, no snapshots; word differences by difflib on top"
    lacks = frozenset({"blame", "blame_clause", "changed", "who", "who_clause"})

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.application: Application[UUID] | None = None
        self.reader: sqlite3.Connection | None = None
        # The store's own number of the last event of each position.
        self.numbers: list[int] = [0]
        self.held: dict[UUID, Any] = {}

    @classmethod
    def load_libraries(cls) -> None:
        """The persistence module, which the application finds by its name."""
        importlib.import_module("eventsourcing.sqlite")

    @property
    def _database(self) -> Path:
        return self.store / "eventsourcing.sqlite"

    def build(self, prepared: History) -> None:
        application = self._application()
        application.save(order := Order())
        self.held[order.id] = order
        for step in prepared.loaded:
            self._act(step)
        (self.store / "numbers.json").write_text(json.dumps(self.numbers))
        self.close()

    def open(self) -> str:
        repository = self._application().repository
        order: Order = repository.get(Order.create_id())
        clauses: list[Clause] = [repository.get(Clause.create_id(key)) for key in order.keys]
        return "\n".join(" ".join(clause.words) for clause in clauses)

    def ready(self) -> None:
        self.numbers = json.loads((self.store / "numbers.json").read_text())

    def clauses_at(self, position: int) -> dict[str, str]:
        versions = {
            UUID(name): version
            for name, version in self._read().execute(
                "SELECT originator_id, max(originator_version) FROM stored_events "
                "WHERE rowid <= ? GROUP BY originator_id",
                (self.numbers[position],),
            )
        }
        repository = self._application().repository
        order_id = Order.create_id()
        order: Order = repository.get(order_id, version=versions[order_id])
        texts = {}
        for key in order.keys:
            clause_id = Clause.create_id(key)
            clause: Clause = repository.get(clause_id, version=versions[clause_id])
            texts[key] = " ".join(clause.words)
        return texts

    def clause(self, key: str, position: int) -> str:
        clause_id = Clause.create_id(key)
        (version,) = (
            self._read()
            .execute(
                "SELECT max(originator_version) FROM stored_events "
                "WHERE originator_id = ? AND rowid <= ?",
                (clause_id.hex, self.numbers[position]),
            )
            .fetchone()
        )
        clause: Clause = self._application().repository.get(clause_id, version=version)
        return " ".join(clause.words)

    def append(self, wanted: Step) -> None:
        self._act(wanted)

    def close(self) -> None:
        if self.application:
            self.application.close()
        if self.reader:
            self.reader.close()
        self.application = self.reader = None

    def _application(self) -> Application[UUID]:
        if self.application is None:
            self.application = Application(
                env={
                    "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                    "SQLITE_DBNAME": str(self._database),
                }
            )
        return self.application

    def _read(self) -> sqlite3.Connection:
        if self.reader is None:
            self.reader = sqlite3.connect(self._database)
        return self.reader

    def _get(self, aggregate_id: UUID) -> Any:
        """The aggregate as last saved from here; loaded once, as a cache of heads would."""
        if aggregate_id not in self.held:
            self.held[aggregate_id] = self._application().repository.get(aggregate_id)
        return self.held[aggregate_id]

    def _act(self, step: Step) -> None:
        author = step.author
        order = self._get(Order.create_id())
        touched: list[Any]
        match step:
            case ClauseAdded():
                clause = Clause(key=step.key, text=" ".join(step.words), author=author)
                self.held[clause.id] = clause
                order.place(key=step.key, after=step.after or "", author=author)
                touched = [clause, order]
            case ClauseMoved():
                order.place(key=step.key, after=step.after or "", author=author)
                touched = [order]
            case ClauseDropped():
                order.drop(key=step.key, author=author)
                touched = [order]
            case _:
                clause = self._get(Clause.create_id(step.key))
                _change(clause, step)
                touched = [clause]
        recordings = self._application().save(*touched)
        self.numbers.append(recordings[-1].notification.id)


def _change(clause: Clause, step: Step) -> None:
    match step:
        case WordsReplaced():
            clause.replace(
                index=step.index,
                removed=" ".join(step.removed),
                inserted=" ".join(step.inserted),
                author=step.author,
            )
        case BracketPlaced():
            clause.bracket(name=step.bracket, first=step.first, end=step.end, author=step.author)
        case BracketLifted():
            clause.lift(name=step.bracket, author=step.author)
        case _:
            raise TypeError(f"{type(step).__name__} is no change of a clause.")
