"""A store that a process has open is not opened by other means as well: its locks would go."""

import subprocess
import sys

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.ledger.held_open import hold_open, is_held_open
from negotiation.ledger.ledger import Ledger
from negotiation.record import Record

# Opens the store more than once, says so, acts when it is told to, and is killed.
ACTS = """
import sys
from negotiation.desk import Desk
from negotiation.domain import commands as do

desk = Desk.open(sys.argv[1])
if sys.argv[2] == "again":
    desk.open_again()
else:
    other = Desk.open(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
desk.act(do.OpenMeeting("One"))
desk.act(do.CloseMeeting())
print(desk.timeline.head, flush=True)
sys.stdin.readline()
"""

# Opens the store twice, says so, and then whether it heard of what others wrote.
HEARS = """
import sys
from negotiation.record import Record

records = [Record.open(sys.argv[1]) for _ in range(2)]
for record in records:
    record.changed()
print("open", flush=True)
sys.stdin.readline()
print([record.changed() and len(record.catch_up()) for record in records], flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def store(tmp_path):
    place = str(tmp_path / "record.db")
    desk = Desk.begin(place)
    desk.act(do.OpenNegotiation("DL/1"))
    desk.close()
    return place


@pytest.fixture
def started():
    running = []

    def start(program, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def go_on(process):
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.mark.parametrize("how", ["again", "twice"])
def test_what_is_acknowledged_stays_when_others_looked_in_and_the_desk_was_killed(
    store, started, how
):
    """Who looks in and leaves must not believe to be the last one and take the log away."""
    process = started(ACTS, store, how)
    Record.open(store).close()
    acknowledged = int(go_on(process))
    process.kill()
    process.wait()
    found = Record.open(store)
    assert found.timeline.head == acknowledged == 3
    found.close()


def test_two_records_of_one_process_hear_what_another_process_writes(store, started):
    process = started(HEARS, store)
    desk = Desk.open(store)
    desk.act(do.OpenMeeting("One"))
    assert go_on(process) == "[1, 1]"
    desk.close()


def test_a_file_is_held_open_until_everybody_let_go(tmp_path):
    file = tmp_path / "a"
    file.touch()
    assert not is_held_open(file)
    first, second = hold_open(file), hold_open(file)
    first()
    first()
    assert is_held_open(file)
    second()
    assert not is_held_open(file)


def test_a_ledger_holds_its_file_as_long_as_it_is_open(tmp_path):
    file = tmp_path / "record.db"
    ledger = Ledger.open(str(file))
    assert is_held_open(file)
    again = Ledger.open(str(file))
    ledger.close()
    ledger.close()
    assert is_held_open(file)
    again.close()
    assert not is_held_open(file)


def test_a_file_that_is_made_with_the_first_act_is_held_open_from_then_on(tmp_path):
    file = tmp_path / "record.db"
    desk = Desk.begin(str(file))
    assert not is_held_open(file)
    desk.act(do.OpenNegotiation("DL/1"))
    assert is_held_open(file)
    desk.close()
    assert not is_held_open(file)
