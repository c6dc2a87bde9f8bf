"""A store on a server: prepared once, then used like a file."""

import json

import pytest

from negotiation.desk import Desk
from tests.cli.calls import SHORT, call, done, one_sentence, open_points


@pytest.fixture
def empty(postgres, monkeypatch):
    """The address of a store that was never prepared, with a password that nobody asks for."""
    monkeypatch.setenv("PGPASSWORD", "unused")
    address = postgres.new_address()
    return address.replace("owner@", "owner:hush-hush@")


def test_a_store_on_a_server_is_prepared_once(empty):
    """The first time tables are made, then nothing is changed; the password is never shown."""
    first, again = done(f"migrate --store {empty}"), done(f"migrate --store {empty}")
    assert first.startswith("Made the tables")
    assert "negotiation import FILE" in first
    assert "nothing was changed" in again
    assert json.loads(done(f"migrate --json --store {empty}"))["made"] is False
    assert "hush" not in first + again


def test_a_session_on_a_server_is_a_session(empty, monkeypatch, folder):
    """Import, read, act, undo, verify: nothing but the store's name is different."""
    monkeypatch.setenv("NEGOTIATION_STORE", empty)
    refusal = one_sentence(call("import", str(SHORT)))
    assert "negotiation migrate --store" in refusal
    done("migrate")
    said = done("import", str(SHORT))
    assert "postgresql://owner@/" in said
    points = open_points()
    done("export out.md")
    done("export out.md --force")
    lifted = json.loads(done("lift --json", str(points[0]["path"])))
    assert lifted
    assert len(open_points()) == len(points) - 1
    done("undo")
    assert [one["id"] for one in open_points()] == [one["id"] for one in points]
    done("verify")
    done("chair")
    told = json.loads(done("chair --json"))
    assert told["store"].startswith("postgresql://owner@/")
    assert "hush" not in said + refusal + json.dumps(told)
    assert {path.name for path in folder.iterdir()} == {"out.md"}


def test_the_chair_opens_a_page_into_a_server(empty):
    """A page named with the address is received there; the next time it is only opened."""
    done(f"migrate --store {empty}")
    assert "Received" in call(f"chair {SHORT} --store {empty}").err
    again = call(f"chair {SHORT} --store {empty}")
    assert "was received into" in again.err
    assert "hush" not in again.err + again.out
    desk = Desk.open(empty)
    assert len(desk.timeline.negotiation(desk.timeline.head).documents) == 1
    desk.close()
    done(f"chair {empty}")


def test_a_file_is_not_migrated():
    """Its tables are made when a record begins in it."""
    assert "is a file" in one_sentence(call("migrate --store talks.db"))


def test_a_record_moves_to_a_server_and_back(empty, folder):
    """By a copy and its return, whatever the password; `rooms` lists what lies there."""
    done("import", str(SHORT))
    refusal = one_sentence(call(f"restore-backup negotiation.db --store {empty}"))
    assert "negotiation migrate --store" in refusal
    done(f"migrate --store {empty}")
    there = done(f"restore-backup negotiation.db --store {empty}")
    assert there.startswith("Put negotiation.db back as postgresql://owner@/")
    back = done(f"backup back.db --store {empty}")
    assert "the copy is the same record" in back
    assert there.splitlines()[1:] == back.splitlines()[1:]
    told = call(f"backup back.db --force --json --store {empty}").json
    assert told["store"].startswith("postgresql://owner@/")
    assert done("log --json --store back.db") == done("log --json")
    again = one_sentence(call(f"restore-backup back.db --force --store {empty}"))
    assert "holds records already" in again
    rooms = call(f"rooms {empty} negotiation.db --json")
    assert [room["also_in"] for room in rooms.json["rooms"]] == [
        ["negotiation.db"], [told["store"]],
    ]  # fmt: skip
    nowhere = call(f"rooms {empty.replace('/postgres?', '/nowhere?')} --json")
    assert nowhere.code == 1
    for said in (
        refusal,
        there,
        back,
        again,
        json.dumps(told),
        rooms.out,
        nowhere.out,
        nowhere.err,
    ):
        assert "hush" not in said
    assert {path.name for path in folder.iterdir()} == {"negotiation.db", "back.db"}
