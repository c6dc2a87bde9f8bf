"""Our recorders pass what the event store's library asks of its own.

The library's tests use ids of its own making and call without our append: what they certify is the
plain recorder, which must not have lost anything.
"""

import itertools
import sys
import tempfile
import types
from pathlib import Path
from typing import Any
from unittest import TestCase, mock

import pytest
from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory

from negotiation.ledger.in_memory import MemoryRecorder
from negotiation.ledger.in_sqlite import SQLiteRecorder

# The module of the library's tests also tests a cipher, from a package that we have no use for.
_no_cipher = types.ModuleType("eventsourcing.cipher")
_no_cipher.AESCipher = object  # type: ignore[attr-defined]  # a module made by hand
with mock.patch.dict(sys.modules, {"eventsourcing.cipher": _no_cipher}):
    from eventsourcing.tests import persistence as certified

NAMES = itertools.count()


class Certified(certified.ApplicationRecorderTestCase):
    """The library's tests, with text ids."""

    def new_originator_id(self) -> str:
        return f"dl1/c{next(NAMES)}"


class TestMemoryRecorder(Certified):
    """In memory."""

    def create_recorder(self) -> ApplicationRecorder:
        return MemoryRecorder()


class TestSQLiteRecorder(Certified):
    """In a file."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store = str(Path(folder.name) / "record.db")

    def create_recorder(self) -> ApplicationRecorder:
        env = {
            "PERSISTENCE_MODULE": "negotiation.ledger.in_sqlite",
            "SQLITE_DBNAME": self.store,
            "SQLITE_LOCK_TIMEOUT": "30",
            "ORIGINATOR_ID_TYPE": "text",
        }
        factory: InfrastructureFactory[Any] = InfrastructureFactory.construct(env)
        self.addCleanup(factory.close)
        recorder = factory.application_recorder()
        assert isinstance(recorder, SQLiteRecorder)
        return recorder


@pytest.mark.usefixtures("a_server")
class TestPostgresRecorder(Certified):
    """On a server."""

    @pytest.fixture
    def a_server(self, postgres):
        self.server = postgres

    def create_recorder(self) -> ApplicationRecorder:
        return on_a_server(self, self.server.new_store())

    def test_insert_subscribe(self) -> None:
        """The library's test for recorders that can be followed."""
        self.optional_test_insert_subscribe()


@pytest.mark.usefixtures("a_server")
class TestNumbersOnAServer(certified.NonInterleavingNotificationIDsBaseCase):
    """Two large appends at once come one after the other."""

    new_originator_id = Certified.new_originator_id

    @pytest.fixture
    def a_server(self, postgres):
        self.server = postgres

    def create_recorder(self) -> ApplicationRecorder:
        return on_a_server(self, self.server.new_store())


def on_a_server(case: TestCase, store: str) -> ApplicationRecorder:
    """A recorder on a server, closed when the test ends."""
    env = {"PERSISTENCE_MODULE": "negotiation.ledger.in_postgres", "STORE": store}
    factory: InfrastructureFactory[Any] = InfrastructureFactory.construct(env)
    case.addCleanup(factory.close)
    return factory.application_recorder()


# Only the classes above are tests here, not their bases.
del Certified
