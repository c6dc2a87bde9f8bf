"""What only happens on a server: many who write and follow at once, large pages, sudden deaths."""

import signal
import threading
from typing import Any

import pytest

from negotiation.ledger import listening
from negotiation.ledger.ledger import Ledger, StoreError
from tests.ledger.acts import Writer, act, until, writer
from tests.ledger.test_processes import start


@pytest.fixture
def store(postgres_store):
    """A store with one act."""
    ledger = Ledger.open(postgres_store)
    ledger.append("dl1", Writer().opening(act("a1")))
    ledger.close()
    return postgres_store


def test_followers_and_writers_of_the_rows_below(postgres_store):
    """The numbers of rows come in the order of commits: who reads on never passes over one."""
    ledgers = [Ledger.open(postgres_store) for _ in range(6)]
    reading = Ledger.open(postgres_store)
    recorder = reading._record.recorder

    def writes(ledger, name):
        room = Writer()
        for n in range(30):
            ledger.append(name, room.remark(act(f"{name}{n}"), "c1", "c2", "c3"))

    threads = [
        threading.Thread(target=writes, args=(ledger, f"n{n}")) for n, ledger in enumerate(ledgers)
    ]
    for thread in threads:
        thread.start()
    seen: list[int] = []
    while True:
        alive = any(thread.is_alive() for thread in threads)
        after = seen[-1] if seen else 0
        seen += [
            one.id for one in recorder.select_notifications(after, 500, inclusive_of_start=False)
        ]
        if not alive and seen and seen[-1] == recorder.max_notification_id():
            break
    assert seen == list(range(1, 6 * 30 * 4 + 1))
    for ledger in (*ledgers, reading):
        ledger.close()


def test_what_is_written_before_listening_begins_is_seen(store, monkeypatch):
    """The moment between looking and listening: whoever listens first and then looks has none."""
    follower = Ledger.open(store)
    # As in another process, with whom nothing is shared.
    monkeypatch.setattr(listening, "_hearings", {})
    other = Ledger.open(store)
    recorder: Any = follower._record.recorder
    connect = recorder._listener.hearing.connect

    def slowly():
        connection = connect()
        other.append("dl1", writer(other).remark(act("meanwhile"), "c1"))
        return connection

    monkeypatch.setattr(recorder._listener.hearing, "connect", slowly)
    assert follower.changed()
    assert [entry.act.id for entry in follower.entries("dl1")] == ["a1", "meanwhile"]
    for ledger in (follower, other):
        ledger.close()


def test_what_is_written_to_another_record_is_no_news(store):
    """Of twelve rooms in one store, eleven are not read again when one acts."""
    one, other = Ledger.open(store), Ledger.open(store)
    other.append("dl2", Writer([]).opening(act("x"), "x"))
    assert one.changed("dl1")
    assert not one.changed("dl1")
    other.append("dl2", writer(other, "dl2").remark(act("y"), "c1"))
    assert not one.changed("dl1")
    other.append("dl1", writer(other).remark(act("a2"), "c1"))
    assert one.changed("dl1")
    assert not one.changed("dl1")
    for ledger in (one, other):
        ledger.close()


def test_a_process_has_two_connections_for_all_its_records(store, postgres):
    """One that listens and one that reads, however many follow; the last to close ends them."""

    def connected(query):
        return postgres.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s", f"%{query}%{schema}%"
        )[0][0]

    def listening_now():
        return connected("LISTEN")

    schema = store.rpartition("schema=")[2]
    ledgers = [Ledger.open(store) for _ in range(5)]
    assert all(ledger.changed("dl1") for ledger in ledgers)
    assert listening_now() == 1
    ledgers[0].append("dl1", writer(ledgers[0]).remark(act("a2"), "c1"))
    assert all(ledger.changed("dl1") for ledger in ledgers)
    assert not any(ledger.changed("dl1") for ledger in ledgers)
    assert all(len(ledger.entries("dl1", 1)) == 1 for ledger in ledgers)
    assert connected("") == 2
    for ledger in ledgers[:4]:
        ledger.close()
    with pytest.raises(StoreError, match="was closed"):
        ledgers[0].head("dl1")
    assert listening_now() == 1
    ledgers[4].append("dl1", writer(ledgers[4]).remark(act("a3"), "c1"))
    assert ledgers[4].changed("dl1")
    ledgers[4].close()
    assert until(lambda: connected("") == 0)


def test_the_library_s_subscription_has_no_such_moment(store, monkeypatch):
    """What is committed after its first look and before it listens is delivered all the same."""
    ledger = Ledger.open(store)
    looked, written = threading.Event(), threading.Event()
    recorder: Any = ledger._record.recorder
    select, listen = recorder.select_notifications, listening.WokenSubscription._listen

    def looks(*arguments, **options):
        found = select(*arguments, **options)
        looked.set()
        return found

    def listens_late(self):
        written.wait(30)
        listen(self)

    monkeypatch.setattr(recorder, "select_notifications", looks)
    monkeypatch.setattr(listening.WokenSubscription, "_listen", listens_late)
    head = recorder.max_notification_id()
    with recorder.subscribe(gt=head) as subscription:
        assert looked.wait(30)
        ledger.append("dl1", writer(ledger).remark(act("a2"), "c1"))
        written.set()
        assert next(subscription).id == head + 1
    ledger.close()


def test_several_negotiations_do_not_read_each_other(store):
    """However the rows of many rooms lie between one another."""
    ledger = Ledger.open(store)
    names = ["dl1", "dl", "dl11", "dl1 b"]
    rooms = {name: writer(ledger, name) for name in names}
    for n in range(10):
        for name in names:
            ledger.append(name, rooms[name].remark(act(f"b{n}"), "c1", "dl1"))
    for name in names:
        first = 2 if name == "dl1" else 1
        found = ledger.entries(name, first - 1)
        assert [entry.act.id for entry in found] == [f"b{n}" for n in range(10) for _ in "ab"]
    ledger.close()


def test_a_dump_is_the_same_record(store, postgres):
    """Taken while somebody has it open, and put into another database."""
    ledger = Ledger.open(store)
    room = writer(ledger)
    for n in range(5):
        ledger.append("dl1", room.remark(act(f"b{n}"), "c1", "é"))
    schema = store.rpartition("schema=")[2]
    dump = postgres.run("pg_dump", "-n", schema, postgres.url())
    postgres.execute(f"CREATE DATABASE {schema}")
    restored = postgres.url(database=schema)
    postgres.run("psql", "-q", "-v", "ON_ERROR_STOP=1", restored, said=dump)
    copy = Ledger.open(postgres.url(schema, database=schema))
    assert copy.entries("dl1") == ledger.entries("dl1")
    copy.append("dl1", writer(copy).remark(act("after"), "c1"))
    copy.close()
    ledger.close()


# -- sudden deaths --------------------------------------------------------------------------------


@pytest.fixture
def killed(postgres):
    """Kills the server of the session and starts it again, also when the test fails before."""
    yield postgres.kill
    if not postgres.running():
        postgres.start()


def test_a_server_that_comes_back_is_used_again(store, postgres, killed):
    """A ledger that was open goes on: what could not be done is said, then can be done."""
    ledger, follower = Ledger.open(store), Ledger.open(store)
    room = writer(ledger)
    assert follower.changed()
    killed()
    for question in (ledger.negotiations, follower.changed, lambda: follower.head("dl1")):
        # The last of its processes may take a moment to die.
        assert until(lambda question=question: _refused(question))  # type: ignore[misc]  # bound now
    entries = room.remark(act("a2"), "c1")
    with pytest.raises(StoreError, match=r"\.$"):
        ledger.append("dl1", entries)
    postgres.start()
    ledger.append("dl1", entries)
    assert until(lambda: _hears(follower))
    assert follower.head("dl1") == 2
    ledger.close()
    follower.close()


def _refused(question):
    try:
        question()
    except StoreError as refusal:
        return str(refusal).endswith(".")
    return False


def _hears(ledger):
    try:
        return ledger.changed()
    except StoreError:
        return False


def test_a_writer_killed_inside_an_append_lets_the_others_go_on(store):
    """Its transaction ends with it, and with that its lock."""
    program = (
        "import os, signal, sys\n"
        "from negotiation.ledger import in_postgres\n"
        "from negotiation.ledger.ledger import Ledger\n"
        "from tests.ledger.acts import act, writer\n"
        "ledger = Ledger.open(sys.argv[1])\n"
        "def check(*_):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "in_postgres.check = check\n"
        "ledger.append('dl1', writer(ledger).remark(act('half'), 'c1'))\n"
    )
    process = start(program, store)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (-signal.SIGKILL, "")
    ledger = Ledger.open(store)
    ledger.append("dl1", writer(ledger).remark(act("half"), "c1"))
    assert ledger.head("dl1") == 2
    ledger.close()
