"""A package is never half: with two desks on one store, and when a process dies in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.refusals import InPackage, PackageIs, StillOpen
from negotiation.domain.terms import Kind
from tests.machines import promises

CLAUSES = ("a", "b", "c", "d")
POINTS = ("oa", "ob", "oc", "od")

DIES = """
import os, signal, sys
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.ledger import file_connections

desk = Desk.open(sys.argv[1])
step, rows = sys.argv[2], int(sys.argv[3])
lifted = tuple(do.LiftBracket(point) for point in ("oa", "ob", "oc", "od"))
act = do.TakePackage("k", lifted) if step == "take" else do.BreakPackage("k", ground="no sums")


def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def counts(statement):
    global rows
    rows -= statement.startswith("INSERT INTO stored_events")
    if not rows:
        dies()


if rows:
    for connection in desk.ledger._record.recorder.datastore.pool._pool:
        connection._sqlite_conn.set_trace_callback(counts)
else:
    file_connections.Writing.__exit__ = dies
desk.act(act)
"""
"""Dies with the row of this number, or, for 0, when all are written and none is kept yet."""

LIVES = """
import sys
from negotiation.desk import Desk
from negotiation.domain import commands as do

desk = Desk.open(sys.argv[1])
lifted = tuple(do.LiftBracket(point) for point in ("oa", "ob", "oc", "od"))
for _ in range(10_000):
    desk.act(do.TakePackage("k", lifted))
    print(desk.timeline.head, flush=True)
    desk.act(do.ReverseAct(desk.act_of("last")))
    print(desk.timeline.head, flush=True)
"""


@pytest.fixture
def store(tmp_path):
    """Four clauses, each with a bracket, tied together."""
    path = tmp_path / "record.db"
    desk = Desk.begin(path)
    desk.act(do.OpenNegotiation("TC/1"))
    for after, clause in zip(("", *CLAUSES), CLAUSES, strict=False):
        desk.act(do.TableClause(clause, Kind.ITEM, f"{clause})", f"the {clause} tide;", after))
        desk.act(do.PlaceBracket(f"o{clause}", clause))
    desk.act(do.FormPackage("k", "finance", (), POINTS))
    desk.close()
    return path


def take(decisions=POINTS):
    """The package, with its brackets lifted."""
    return do.TakePackage("k", tuple(do.LiftBracket(point) for point in decisions))


def whole(desk):
    """The state of the package, once its promises have been looked at."""
    promises.whole_room(desk.timeline)
    promises.packages_whole(desk.timeline)
    for clause in desk.timeline.room().clauses.values():
        promises.legal(clause)
    return desk.timeline.room().negotiation.package("k").state


class TestTwoDesks:
    """What another desk wrote meanwhile is read, and the act decided once more."""

    @pytest.fixture
    def desks(self, store):
        mine, theirs = Desk.open(store), Desk.open(store)
        yield mine, theirs
        mine.close()
        theirs.close()

    def test_words_revised_meanwhile_are_the_words_agreed(self, desks):
        mine, theirs = desks
        theirs.act(do.ReviseText("b", (do.Rewording("sea", do.WordsAt("tide")),)))
        mine.act(take())
        agreed = mine.timeline.room().clauses["b"].agreement
        assert agreed is not None
        assert agreed.words == "the b sea;"
        assert whole(mine) == "taken"

    def test_what_was_opened_meanwhile_stops_it(self, desks):
        mine, theirs = desks
        theirs.act(do.PlaceBracket("more", "c", do.WordsAt("tide")))
        head = theirs.timeline.head
        with pytest.raises(StillOpen, match=r"c\) has one open point"):
            mine.act(take())
        assert mine.timeline.head == head == mine.ledger.head(mine.timeline.id)
        assert whole(mine) == "formed"

    def test_a_clause_is_revised_or_the_package_taken_but_not_past_each_other(self, desks):
        mine, theirs = desks
        mine.act(take())
        with pytest.raises(InPackage, match="finance"):
            theirs.act(do.ReviseText("b", (do.Rewording("sea", do.WordsAt("tide")),)))
        assert whole(theirs) == "taken"

    def test_one_breaks_what_the_other_agrees(self, desks):
        mine, theirs = desks
        mine.act(take())
        theirs.catch_up()
        theirs.act(do.AgreePackage("k"))
        with pytest.raises(PackageIs, match="is agreed"):
            mine.act(do.BreakPackage("k", ground="no sums"))
        assert whole(mine) == "agreed"


@pytest.mark.parametrize("step", ["take", "break"])
@pytest.mark.parametrize("die", [0, 2, 6])
def test_a_process_that_dies_in_the_middle_leaves_it_as_it_was(store, step, die):
    """With all rows written but the last word missing, or with some of them."""
    desk = Desk.open(store)
    if step == "break":
        desk.act(take())
    head, before = desk.timeline.head, whole(desk)
    desk.close()
    process = subprocess.run(
        [sys.executable, "-c", DIES, str(store), step, str(die)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stderr) == (-signal.SIGKILL, "")
    desk = Desk.open(store)
    assert desk.timeline.head == head
    assert whole(desk) == before
    desk.act(take() if step == "take" else do.BreakPackage("k", ground="no sums"))
    assert whole(desk) == ("taken" if step == "take" else "broken")
    desk.close()


@pytest.mark.parametrize("acts", [1, 4, 9])
def test_a_process_killed_from_outside_keeps_what_it_said_and_nothing_by_half(store, acts):
    """Taken and taken back, over and over, until somebody pulls the plug."""
    process = subprocess.Popen(
        [sys.executable, "-c", LIVES, str(store)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(acts)][-1]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    told = max([told, *map(int, rest.split())])
    desk = Desk.open(store)
    assert desk.timeline.head >= told
    assert whole(desk) in ("formed", "taken")
    desk.close()
    assert os.path.exists(store)
