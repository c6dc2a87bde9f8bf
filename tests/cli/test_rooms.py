"""Several negotiations in one store: listed, each called by its name, and never guessed."""

import datetime as dt

import pytest

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.people import Capacity
from negotiation.domain.terms import ProposalTerms
from negotiation.ledger.stored_command import stored_command
from negotiation.views.paths import find
from tests.cli.calls import SHORT, call, done, refused

NOW = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def three(short):
    """DL/3, DL/10 and one that has no text yet, in ./negotiation.db; their ids."""
    for number, symbol in enumerate(("DL/10", ""), 1):
        desk = Desk.begin("negotiation.db", another=True, ids=f"room{number}".format)
        desk.new_id = iter([f"act{number}{step}" for step in range(9)]).__next__
        if symbol:
            desk.act(do.OpenNegotiation(symbol, "COM5", "itu", "A fund for " + "harbours " * 20))
        else:
            desk.act(do.OpenMeeting("First"))
        desk.close()
    return [one["negotiation"] for one in call("rooms --json").json["rooms"]]


def test_reading_and_acting_ask_which_room(three):
    """Where several lie in a store none is guessed: a wrong room is the worst mistake."""
    for line in ("open", "text", "log", "verify", "meeting open X", "undo", "chair", "follow"):
        said = refused(line)
        assert "negotiation.db holds 3 negotiations; say which one" in said
        assert "DL/3, DL/10, room2 (no symbol)" in said
    assert "holds 3 negotiations" in refused("import", str(SHORT))


def test_a_room_is_named_by_symbol_id_or_environment(three, monkeypatch):
    """The option goes before the environment; case and spaces of a symbol do not matter."""
    done("meeting open First --negotiation 'dl / 10'")
    monkeypatch.setenv("NEGOTIATION_ROOM", "DL/10")
    assert "opens meeting First" in done("log --from now")
    assert "opens meeting First" not in done("log --from now --negotiation DL/3")
    assert call("verify --negotiation room2 --json").json["negotiation"] == "room2"
    monkeypatch.delenv("NEGOTIATION_ROOM")
    said = refused("open --negotiation DL/4")
    assert "negotiation.db holds no negotiation “DL/4”; there is DL/3, DL/10, room2" in said


def test_a_room_keeps_the_names_that_it_had(three):
    """Whoever was told DL/10 in the morning finds it when it is DL/10(Rev.1)."""
    done("meeting open First --negotiation DL/3")
    done("issue 'DL/3(Rev.1)' --with-open --yes --negotiation DL/3")
    assert "DL/3" not in [one["symbol"] for one in call("rooms --json").json["rooms"]]
    for name in ("DL/3(Rev.1)", "DL/3"):
        assert call("text --json --negotiation", name).json["symbol"] == "DL/3(Rev.1)"
    desk = Desk.begin("negotiation.db", another=True)
    desk.act(do.OpenNegotiation("DL/3"))
    desk.close()
    assert call("text --json --negotiation DL/3(Rev.1)").code == 0


def test_two_rooms_of_one_symbol_are_told_apart_by_their_ids(short):
    """And listed with them."""
    done(f"import {SHORT} --another")
    ids = [one["negotiation"] for one in call("rooms --json").json["rooms"]]
    said = refused("open --negotiation DL/3")
    assert "“DL/3” could be any of 2 negotiations" in said
    assert all(f"{one} (DL/3)" in said for one in ids)
    assert all(f"({one})" in done("rooms") for one in ids)
    assert call(f"open --negotiation {ids[1]}").code == 0


def test_they_are_listed_by_symbol_at_eighty_columns(three):
    """DL/3 before DL/10, the one without a symbol last; a sum at the end."""
    done("refer 'Committee 4' --mandate 'all that is said of figures there' --negotiation DL/10")
    done("put 'lift 1' --negotiation DL/3")
    said = done("rooms")
    assert max(map(len, said.splitlines())) <= 79
    assert "2 open points\n" in said
    assert said.index("DL/3") < said.index("DL/10") < said.index("room2")
    assert "1 question before the room" in said
    assert "before Committee 4 since" in said
    assert said.splitlines()[-1] == "3 rooms, 2 open points, 1 before another body."


def test_what_delegations_handed_in_is_counted(short):
    """It waits for the chair, room by room."""
    desk = Desk.open("negotiation.db")
    clause = find(desk.timeline.moment(), "considering/a")[0].id
    wanted = do.ProposeNoChange(clause, ProposalTerms("p1", "USA/1/1", ("USA",)))
    handed = do.HandIn("h1", "USA", wanted, stored_command(wanted), "NOC considering/a")
    desk.act(handed, Hand("USA", "", "USA", Capacity.DELEGATION))
    desk.close()
    assert "1 handed in" in done("rooms")
    assert call("rooms --json").json["rooms"][0]["handed_in"] == 1


def test_a_folder_of_stores_is_listed_store_by_store(three, tmp_path):
    """Each with its name above its rooms."""
    done("import", str(SHORT), "--store", "a.db")
    lines = done("rooms").splitlines()
    assert lines[0] == "a.db  1 room"
    assert "negotiation.db  3 rooms" in lines


def test_the_last_act_told_is_one_of_which_everybody_may_read(three):
    """Letting somebody in, and what is said to the chair alone, do not hide what the room did."""
    done("meeting open First --negotiation DL/10")
    before = call("rooms --json").json["rooms"][1]
    done("accredit 'Jo Park' --as observer --negotiation DL/10")
    room = call("rooms --json").json["rooms"][1]
    assert room["symbol"] == "DL/10"
    assert "opens meeting First" in room["act"]
    assert (room["at"], room["entries"]) == (before["at"], before["entries"] + 1)


def test_no_password_of_a_server_is_shown():
    """Neither in the list nor beside a reason, also for programs."""
    for line in ("rooms postgresql://amina:secret@127.0.0.1:1/records", "rooms --json"):
        answer = call(line, *(("postgresql://a:secret@127.0.0.1:1/r",) if "json" in line else ()))
        assert "secret" not in answer.out + answer.err
        assert answer.code == 1
