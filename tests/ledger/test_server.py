"""What can be wrong with a server, each with one clear sentence that holds no password."""

import subprocess
import sys
import threading
from typing import Any

import pytest

from negotiation.domain.events import PersonAccredited
from negotiation.domain.people import Capacity
from negotiation.ledger.address import address_of
from negotiation.ledger.connections import MOST, connect
from negotiation.ledger.ledger import (
    ActKnown,
    Ledger,
    NoRecord,
    NotOurs,
    RecordDamaged,
    StoreBusy,
    StoreError,
)
from negotiation.ledger.migrating import migrate
from tests.ledger.acts import Writer, act, until, writer

SECRET = "hush-hush"


@pytest.fixture
def schema(postgres_store):
    """The schema of the store."""
    return postgres_store.rpartition("schema=")[2]


@pytest.fixture
def begun(postgres_store):
    """A store with one act in it."""
    with_ledger(postgres_store, lambda ledger: ledger.append("dl1", Writer().opening(act("a1"))))
    return postgres_store


@pytest.fixture
def lets_ana_in(begun):
    """The same, with a second act that accredits the role ana."""

    def accredits(ledger):
        event = PersonAccredited("ana", "Ana", Capacity.CHAIR, role="ana")
        ledger.append("dl1", [writer(ledger).entry(act("a2"), "", event)])

    with_ledger(begun, accredits)
    return begun


@pytest.fixture
def ana(postgres):
    """A role with a password and without any right."""
    if postgres.execute("SELECT 1 FROM pg_roles WHERE rolname = 'ana'"):
        postgres.execute("DROP OWNED BY ana")
        postgres.execute("DROP ROLE ana")
    postgres.execute(f"CREATE ROLE ana LOGIN PASSWORD '{SECRET}'")
    return "ana"


def with_ledger(store, use):
    """What comes of using a ledger, which is closed whatever comes."""
    ledger = Ledger.open(store)
    try:
        return use(ledger)
    finally:
        ledger.close()


def refused(kind, store, use=lambda ledger: ledger.negotiations()):
    """The sentence with which a store is refused."""
    with pytest.raises(kind) as refusal:
        with_ledger(store, use)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert SECRET not in sentence
    return sentence


def with_password(store, user, password):
    """The address with another name and a password in it."""
    return store.replace("owner@", f"{user}:{password}@")


def test_no_server_there(tmp_path):
    """Nobody listens: the address is named, and what to look at."""
    for where in (f"postgresql://ana:{SECRET}@/r?host={tmp_path}", "postgresql://127.0.0.1:9/r"):
        assert refused(StoreError, where).startswith("No server answers at postgresql://")


def test_a_server_of_no_known_name():
    """The name cannot be looked up."""
    assert "not known here" in refused(StoreError, f"postgresql://ana:{SECRET}@nobody.invalid/r")


def test_an_address_that_cannot_be_read():
    """The driver would quote it, password and all."""
    for wrong in (f"postgresql://a:{SECRET}@h:x y/r", f"postgresql://a:{SECRET}@h/r?no=such"):
        assert "as an address" in refused(StoreError, wrong)


def test_a_wrong_password(ana, begun):
    """Said as such, with where a password belongs."""
    sentence = refused(StoreError, with_password(begun, ana, f"{SECRET}-not"))
    assert "does not take this name and password" in sentence
    assert "~/.pgpass" in sentence


def test_no_password(ana, begun, monkeypatch):
    """Where one is asked for."""
    monkeypatch.setenv("PGPASSFILE", "/dev/null")
    assert "asks for a password" in refused(StoreError, begun.replace("owner@", "ana@"))


def test_a_password_from_the_environment(ana, lets_ana_in, postgres, schema, monkeypatch):
    """It need not stand in the address."""
    grant(postgres, schema, ana)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert with_ledger(lets_ana_in.replace("owner@", "ana@"), Ledger.negotiations) == ("dl1",)


def grant(postgres, schema, role):
    """What a role needs that writes records: to read, and to add."""
    postgres.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
    postgres.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {role}")


def test_a_role_that_may_only_add(ana, lets_ana_in, postgres, schema):
    """Nothing that is recorded has to be open to change for somebody to write."""
    grant(postgres, schema, ana)

    def writes(ledger):
        ledger.append("dl1", writer(ledger).remark(act("a3"), "c1"))
        return ledger.head("dl1"), ledger.changed()

    assert with_ledger(with_password(lets_ana_in, ana, SECRET), writes) == (3, True)


def test_an_unknown_database(postgres):
    """Named, with what makes one."""
    assert "createdb" in refused(StoreError, postgres.url(database="nowhere"))


def test_an_unknown_role(postgres, begun):
    """On a socket that asks for no password, the name alone may be wrong."""
    sentence = refused(StoreError, with_password(begun, "nobody", SECRET))
    assert "does not take this name" in sentence


def test_no_right_to_look(ana, begun):
    """The schema is closed to this role."""
    assert "may not do this" in refused(StoreError, with_password(begun, ana, SECRET))


def test_no_right_to_write(ana, lets_ana_in, postgres, schema):
    """A role that may only read reads; its act is refused and leaves nothing."""
    postgres.execute(f"GRANT USAGE ON SCHEMA {schema} TO ana")
    postgres.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO ana")
    store = with_password(lets_ana_in, ana, SECRET)
    assert with_ledger(store, lambda ledger: ledger.head("dl1")) == 2

    def writes(ledger):
        ledger.append("dl1", writer(ledger).remark(act("a3"), "c1"))

    sentence = refused(StoreError, store, writes)
    assert "may not do this" in sentence
    assert with_ledger(lets_ana_in, lambda ledger: ledger.head("dl1")) == 2


def test_a_server_that_takes_no_writes(ana, lets_ana_in, postgres, schema):
    """A standby, or a role for readers: the record is read there, and an act is refused."""
    grant(postgres, schema, ana)
    postgres.execute("ALTER ROLE ana SET default_transaction_read_only = on")
    store = with_password(lets_ana_in, ana, SECRET)

    def writes(ledger):
        ledger.append("dl1", writer(ledger).remark(act("a3"), "c1"))

    assert with_ledger(store, lambda ledger: len(ledger.entries("dl1"))) == 2
    assert "takes no writes" in refused(StoreError, store, writes)
    assert with_ledger(lets_ana_in, lambda ledger: ledger.head("dl1")) == 2


def test_an_act_is_on_the_disk_whatever_the_server_says(ana, begun, postgres, schema):
    """Where a role was told not to wait for the disk, an append waits all the same."""
    grant(postgres, schema, ana)
    postgres.execute("ALTER ROLE ana SET synchronous_commit = off")
    ledger = Ledger.open(with_password(begun, ana, SECRET))
    recorder: Any = ledger._record.recorder
    with recorder.writing() as connection:
        said = connection.execute("SHOW synchronous_commit").fetchone()
    assert said == {"synchronous_commit": "on"}
    ledger.close()


def test_no_right_to_make_tables(ana, postgres):
    """Whoever may not is told what is asked for."""
    with pytest.raises(StoreError, match="may not do this"):
        migrate(with_password(postgres.new_address(), ana, SECRET))


def test_no_tables_yet(postgres):
    """The command that makes them is named."""
    store = postgres.new_address()
    assert f"negotiation migrate --store '{store}'" in refused(NoRecord, store)


def test_tables_of_something_else(postgres):
    """Nothing is written beside them, by nobody."""
    store = postgres.new_address()
    schema = store.rpartition("schema=")[2]
    postgres.execute(f"CREATE SCHEMA {schema}")
    postgres.execute(f"CREATE TABLE {schema}.stored_events (a int)")
    assert "something else" in refused(NotOurs, store)
    with pytest.raises(NotOurs):
        migrate(store)


def test_tables_among_others(postgres):
    """A schema that holds other tables under other names can hold ours as well."""
    store = postgres.new_address()
    schema = store.rpartition("schema=")[2]
    postgres.execute(f"CREATE SCHEMA {schema}")
    postgres.execute(f"CREATE TABLE {schema}.places (a int)")
    assert migrate(store)
    assert not migrate(store)


@pytest.mark.parametrize(("version", "age"), [(0, "an older version"), (2, "a newer version")])
def test_tables_of_another_version(postgres, begun, schema, version, age):
    """Whoever cannot know what they mean does not touch them."""
    postgres.execute(f"UPDATE {schema}.format SET version = {version}")
    assert age in refused(NotOurs, begun)
    with pytest.raises(NotOurs, match=age):
        migrate(begun)


def test_many_make_the_tables_at_once(postgres):
    """One of them does, and none of them fails."""
    store = postgres.new_address()
    made = []
    threads = [threading.Thread(target=lambda: made.append(migrate(store))) for _ in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [False, False, False, True]


def test_the_driver_is_not_installed():
    """What installs it is named; nothing else of the program needs it."""
    program = (
        "import sys\n"
        "sys.modules['psycopg'] = None\n"
        "from negotiation.ledger.ledger import Ledger, StoreError\n"
        "try:\n"
        f"    Ledger.open('postgresql://ana:{SECRET}@h/r')\n"
        "except StoreError as refusal:\n"
        "    print(refusal)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "pip install 'negotiation[postgres]'" in ran.stdout
    assert SECRET not in ran.stdout + ran.stderr


def test_a_closed_ledger_says_so(begun):
    """Closing twice is no fault; asking a closed one is."""
    ledger = Ledger.open(begun)
    ledger.changed()
    ledger.close()
    ledger.close()
    for question in (ledger.negotiations, ledger.changed):
        with pytest.raises(StoreError, match="was closed"):
            question()


def test_a_hole_stops_the_reading(postgres, begun, schema):
    """As in a file: numbers are dense, and the index knows how far the record goes."""

    def four(ledger):
        ledger.append("dl1", writer(ledger).remark(act("a2"), "c1", "c2", "c3"))

    with_ledger(begun, four)
    postgres.execute(f"DELETE FROM {schema}.stored_events WHERE originator_id = 'dl1/c2'")
    assert "Entry 3 of dl1" in refused(RecordDamaged, begun, lambda one: one.entries("dl1"))
    postgres.execute(f"DELETE FROM {schema}.stored_events WHERE originator_id = 'dl1/c3'")
    assert "Entry 3 of dl1" in refused(RecordDamaged, begun, lambda one: one.entries("dl1"))


def test_tables_that_go_away(postgres, begun, schema):
    """Somebody dropped them under a ledger that was open."""

    def dropped(ledger):
        postgres.execute(f"DROP SCHEMA {schema} CASCADE")
        ledger.negotiations()

    assert "has no tables" in refused(NoRecord, begun, dropped)


# -- connections ----------------------------------------------------------------------------------


def test_all_connections_of_the_program_are_in_use(begun):
    """Waiting ends some time, with a sentence; when they are free again, all goes on."""
    ledger = Ledger.open(begun)
    recorder: Any = ledger._record.recorder
    pool = recorder.datastore.pool
    pool._patience = 0.05
    held = [pool.connection() for _ in range(MOST)]
    for one in held:
        one.__enter__()
    with pytest.raises(StoreBusy, match="All 8 connections"):
        ledger.head("dl1")
    entries = Writer([]).opening(act("x"), "x")
    with pytest.raises(StoreBusy, match="All 8 connections"):
        ledger.append("other", entries)
    assert ledger.changed(), "Who follows has a connection of his own."
    for one in held:
        one.__exit__(None, None, None)
    ledger.append("other", entries)
    assert ledger.negotiations() == ("dl1", "other")
    ledger.close()


def test_the_server_has_no_connection_left(postgres, ana, lets_ana_in, schema):
    """Others hold them all: said as such, and over when they let go."""
    grant(postgres, schema, ana)
    postgres.execute("ALTER ROLE ana CONNECTION LIMIT 1")
    store = with_password(lets_ana_in, ana, SECRET)
    first = connect(address_of(store))
    assert "no connection left" in refused(StoreBusy, store)
    first.close()
    assert until(lambda: _opens(store))


def _opens(store):
    try:
        return with_ledger(store, Ledger.negotiations) == ("dl1",)
    except StoreBusy:
        return False


def terminate(postgres, listening=False):
    """Ends the connections of everybody else, or only those that listen."""
    rows = postgres.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'" + (" AND query LIKE 'LISTEN%'" if listening else "")
    )
    assert rows


def test_a_connection_that_went_is_made_anew(postgres, begun):
    """Reading and writing go on as if nothing had been; so does listening, which says yes."""
    ledger = Ledger.open(begun)
    room = writer(ledger)
    assert ledger.changed()
    terminate(postgres)
    assert until(lambda: ledger.head("dl1") == 1)
    terminate(postgres)
    ledger.append("dl1", room.remark(act("a2"), "c1"))
    terminate(postgres)
    assert [entry.act.id for entry in ledger.entries("dl1")] == ["a1", "a2"]
    assert ledger.changed()
    ledger.close()


def test_a_listener_that_is_cut_off_misses_nothing(postgres, begun):
    """What is written between the cut and the new listening is asked for as well."""
    follower, other = Ledger.open(begun), Ledger.open(begun)
    assert follower.changed()
    assert not follower.changed()
    terminate(postgres, listening=True)
    other.append("dl1", writer(other).remark(act("a2"), "c1"))
    assert until(follower.changed)
    assert follower.head("dl1") == 2
    other.append("dl1", writer(other).remark(act("a3"), "c1"))
    assert until(follower.changed)
    assert follower.head("dl1") == 3
    for ledger in (follower, other):
        ledger.close()


# -- an append whose acknowledgement is lost ------------------------------------------------------


@pytest.fixture
def cut(postgres, monkeypatch):
    """Cuts the connection at one statement of an append: before it, or after it was done."""
    import psycopg

    real = psycopg.Connection.execute
    cuts: list[tuple[str, str]] = []

    def execute(self, query, *arguments, **options):
        text = query.as_string(self) if hasattr(query, "as_string") else str(query)
        mine = bool(cuts) and text.startswith(cuts[0][0])
        when = cuts.pop(0)[1] if mine else ""
        if when == "before":
            postgres.execute("SELECT pg_terminate_backend(%s)", self.info.backend_pid)
        answer = real(self, query, *arguments, **options)
        if when == "after":
            self.close()
            raise psycopg.OperationalError("the connection is closed")
        return answer

    monkeypatch.setattr(psycopg.Connection, "execute", execute)
    return cuts


@pytest.mark.parametrize(
    ("statement", "when"),
    [
        ("BEGIN", "before"),
        ("BEGIN", "after"),
        ("WITH", "before"),
        ("WITH", "after"),
        ("COMMIT", "before"),
        ("COMMIT", "after"),
    ],
)
def test_an_append_whose_connection_is_lost_is_there_once(begun, cut, statement, when):
    """Whenever it is lost, the caller is told that the act is kept, and it is, once."""
    ledger = Ledger.open(begun)
    entries = writer(ledger).remark(act("a2"), "c1", "c2")
    cut.append((statement, when))
    ledger.append("dl1", entries)
    assert cut == []
    assert ledger.entries("dl1", 1) == entries
    with pytest.raises(ActKnown):
        ledger.append("dl1", entries)
    ledger.close()


def test_a_known_act_stays_known_when_the_connection_is_lost(begun, cut):
    """An act that was there before is not taken for the one that was being written."""
    ledger = Ledger.open(begun)
    entries = writer(ledger).remark(act("a2"), "c1")
    ledger.append("dl1", entries)
    cut.append(("BEGIN", "after"))
    with pytest.raises(ActKnown):
        ledger.append("dl1", entries)
    ledger.close()


def test_an_outcome_that_stays_unknown_is_said(begun, cut, postgres):
    """Lost at the commit, and again at the question: nobody claims to know."""
    ledger = Ledger.open(begun)
    entries = writer(ledger).remark(act("a2"), "c1")
    cut.extend([("COMMIT", "after"), ("BEGIN", "after")])
    with pytest.raises(StoreError, match="is not known"):
        ledger.append("dl1", entries)
    with pytest.raises(ActKnown):
        ledger.append("dl1", entries)
    ledger.close()
