"""A few of the rounds of `kill_rounds`; run by itself it plays as many as one wants."""

import os

import pytest

from negotiation.ledger.ledger import Ledger
from tests.ledger import kill_rounds
from tests.ledger.acts import act, writer
from tests.ledger.kill_rounds import Told, Toll

PROFILE = os.environ.get("NEGOTIATION_TEST_PROFILE", "default")
ROUNDS = {"quick": 1, "default": 2, "long": 100}[PROFILE]
"""How often somebody is killed."""


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    """An empty store."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres_store")
    store = str(tmp_path / "record.db")
    Ledger.open(store).close()
    return store


def played(store, server=None):
    """What is left of some rounds."""
    toll = Toll()
    for _ in range(ROUNDS):
        toll.play(store, server=server)
    toll.untouched(store)
    assert toll.acknowledged >= 2 * ROUNDS
    return toll


def test_a_killed_room_loses_nothing_it_was_told_is_kept(store):
    """What it was told is there, the rest whole or not at all; the room beside it goes on."""
    played(store)


def test_a_killed_server_loses_nothing_it_acknowledged(postgres, postgres_store):
    """Killed while two rooms write, as by a power cut; they stop with a sentence."""
    try:
        played(postgres_store, postgres)
    finally:
        if not postgres.running():
            postgres.start()


@pytest.mark.parametrize(
    ("told", "lost"),
    [
        (Told(3, "x"), "told 3"),
        (Told(2, "2:" + "0" * 64), "not what was acknowledged"),
        (Told(0), "2 acts, told 0"),
    ],
)
def test_a_round_sees_what_is_lost_or_other(store, told, lost):
    """An act too few, another one in its place, an act that nobody was to make."""
    ledger = Ledger.open(store)
    room = writer(ledger)
    for number in range(2):
        clauses = [f"c{n % 7}" for n in range(kill_rounds.size(number))]
        ledger.append("dl1", room.remark(act(f"a{number}"), *clauses))
    seal = ledger.seal("dl1", room.number)
    ledger.close()
    with pytest.raises(AssertionError, match=lost):
        Toll().whole(store, "dl1", told)
    toll = Toll()
    toll.whole(store, "dl1", Told(2, seal))
    toll.left["dl1"] = (99, "")
    with pytest.raises(AssertionError, match="dl1 is not what it was"):
        toll.untouched(store)


def test_a_round_sees_an_act_in_part(store):
    """As a store without transactions would leave it."""
    ledger = Ledger.open(store)
    room = writer(ledger)
    ledger.append("dl1", room.remark(act("a0"), "c0", "c1"))
    ledger.close()
    with pytest.raises(AssertionError, match="in part"):
        Toll().whole(store, "dl1", Told(0))
