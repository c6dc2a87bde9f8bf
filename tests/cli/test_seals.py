"""`seal`, `key` and what `verify` says of a record that somebody wrote into."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from negotiation.ledger.seals import ORIGIN, following, parted, sealed
from tests.cli.calls import call, done, misused, refused
from tests.ledger.unsealed import take_seals_off

STORE = "negotiation.db"
LOGS = Path(__file__).parents[2] / "fixtures" / "logs"


def wrong(said):
    """The sentence of a check that fails."""
    answer = call(said)
    assert answer.code == 1, answer.out
    assert "Traceback" not in answer.err
    return answer.err.strip()


def change(statement, *parameters):
    """Write into the store behind the program's back."""
    with sqlite3.connect(STORE) as store:
        assert store.execute(statement, parameters).rowcount


def cut(last):
    """Take the end of the record off, with its line in the commit index."""
    with sqlite3.connect(STORE) as store:
        (position,) = store.execute(
            "SELECT min(position) FROM commits WHERE last_number>?", (last,)
        ).fetchone()
        store.execute("DELETE FROM stored_events WHERE rowid>?", (position,))
        store.execute("DELETE FROM commits WHERE last_number>?", (last,))


def write_anew(old, new):
    """Change words and count every seal behind them anew, as somebody who knows how would."""
    with sqlite3.connect(STORE) as store:
        before, rows = ORIGIN, []
        for rowid, stream, version, name, state in store.execute(
            "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
            "ORDER BY rowid"
        ).fetchall():
            bare = parted(state)[0].replace(old, new)
            rows.append((stream, version, name, bare))
            if name == "act/1":
                continue
            before, rows = following(before, rows), []
            store.execute(
                "UPDATE stored_events SET state=? WHERE rowid=?", (sealed(bare, before), rowid)
            )


def head():
    """How many entries there are."""
    return call("verify --json").json["entries"]


def test_a_seal_is_written_down_and_held_against_the_record(short):
    """By its digits, with or without the entry, and as a file."""
    seal = call("seal --to room.seal --json").json
    assert json.loads(Path("room.seal").read_text())["root"] == seal["root"]
    done('remark resolves/1 "later"')
    position, root = seal["position"], seal["root"]
    for held in (f"--root {position}:{root}", f"--root {root.upper()}", "--seal room.seal"):
        assert f"up to entry {position}" in done(f"verify {held}")
        assert call(f"verify {held} --json").json["held"] == position
    assert f"seals the record up to entry {position}: {root[:12]}" in done("log")
    assert "a seal only says" in refused(f"undo {position + 1}")
    assert "never written over" in refused("seal --to room.seal")
    misused(f"verify --root {root} --seal room.seal")


def test_what_verify_says_can_be_kept_as_a_seal(short):
    """It prints the seal of the last entry."""
    printed = done("verify")
    answer = call("verify --json").json
    assert f"{answer['entries']}:{answer['seal']}" in printed
    assert "each with its seal" in printed
    done('remark resolves/1 "later"')
    done(f"verify --root {answer['entries']}:{answer['seal']}")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE stored_events SET state=replace(state, 'tide', 'time') WHERE rowid=9", "altered"),
        ("DELETE FROM stored_events WHERE rowid=9", "removed"),
        ("UPDATE stored_events SET rowid=1000 WHERE rowid=9", "the order was changed"),
        ("UPDATE commits SET position=position+1", "the commit index"),
    ],
)
def test_the_first_bad_entry_is_named(short, statement, says):
    """In a sentence with its number, for people and for programs."""
    change(statement)
    entry = 1 if "commits" in statement else 8
    sentence = wrong("verify")
    assert f"at entry {entry}: " in sentence
    assert says in sentence
    fault = call("verify --json").json["fault"]
    assert fault["entry"] == entry
    assert wrong("verify draft.md") == sentence


def test_what_is_written_during_the_check_does_not_disturb_it(short, monkeypatch):
    """The walk is made again where the record went on after it."""
    from negotiation.cli import seals_held

    walked = seals_held.walked

    def and_then_somebody_writes():
        found = walked()
        with monkeypatch.context() as undisturbed:
            undisturbed.setattr(seals_held, "walked", walked)
            done("seal")
        return found

    ends = head()
    monkeypatch.setattr(seals_held, "walked", and_then_somebody_writes)
    answer = call("verify --json").json
    assert answer["sound"] is True
    assert answer["entries"] == ends + 1


def test_an_end_that_was_cut_off_shows_against_a_seal(short):
    """The record alone holds together."""
    last = head()
    done('remark resolves/1 "an awkward remark"')
    done("seal --to room.seal")
    cut(last)
    done("verify")
    assert f"Entry {last + 1} was removed" in wrong("verify --seal room.seal")
    root = json.loads(Path("room.seal").read_text())["root"]
    assert "cut off" in wrong(f"verify --root {root}")


def test_a_record_written_anew_shows_against_a_seal(short):
    """Every seal in it fits, and none is the one that is held."""
    seal = call("verify --json").json
    write_anew(b"harbour", b"airport")
    done("verify")
    held = f"{seal['entries']}:{seal['seal']}"
    assert f"written anew at entry {seal['entries']} or before" in wrong(f"verify --root {held}")


def test_a_record_written_anew_does_not_fit_the_seals_on_it(short):
    """A seal that was written down is among what is written anew, and says another root."""
    last = head()
    done("seal")
    write_anew(b"harbour", b"airport")
    sentence = wrong("verify")
    assert f"the seal in entry {last + 1} is not that of entry {last}" in sentence
    assert f"between entry 1 and entry {last}" in sentence


def test_an_issued_version_carries_a_seal(short):
    """That of the entry before it, told by `versions` and checked by `verify`."""
    before = call("verify --json").json
    done('issue "TC/5(Rev.1)" --with-open --yes --into out')
    (version,) = [one for one in call("versions --json").json["versions"] if one["issued"]]
    assert (version["position"], version["root"]) == (before["entries"], before["seal"])
    assert f"seal {before['entries']}:{before['seal'][:12]}" in done("versions")
    done(f"verify out/{os.listdir('out')[0]}")
    write_anew(b"harbour", b"airport")
    for said in ("verify", f"verify out/{os.listdir('out')[0]}"):
        assert "the seal that TC/5(Rev.1) carries" in wrong(said)


@pytest.mark.parametrize("said", ["nonsense", "42", "42:abc", "x" * 64])
def test_what_is_no_seal_gets_a_sentence(short, said):
    """What is asked for is said."""
    assert "64 hexadecimal digits" in wrong(f"verify --root {said}")
    Path("no.seal").write_text(said)
    assert "is no seal" in wrong("verify --seal no.seal")
    Path("no.seal").write_text(json.dumps({"root": said, "position": 1, "negotiation": "a"}))
    assert "is no seal" in wrong("verify --seal no.seal")


def test_a_seal_of_another_record_is_told_as_such(short):
    """Before anything is compared."""
    done("seal --to room.seal")
    done(f"import {LOGS.parent / 'texts' / 'tide-short.md'} --store other.db")
    assert "is of the negotiation" in wrong("verify --seal room.seal --store other.db")


@pytest.mark.parametrize("kept", sorted(LOGS.glob("*.db")), ids=lambda path: path.stem)
def test_records_of_earlier_versions_verify(kept):
    """Without seals they hold together; from the next act on they carry them."""
    shutil.copy(kept, STORE)
    first = call("verify --json").json
    # What a recorded session issued has a fingerprint that was made up.
    assert {one["name"] for one in first["checks"] if one["faults"]} <= {"issued"}
    done("seal")
    then = call("verify --json").json
    assert then["sealed_from"] == (first["sealed_from"] or first["entries"] + 1)
    if not first["sealed_from"]:
        change("UPDATE stored_events SET state=replace(state, 'tide', 'time') WHERE rowid=30")
        assert "or one of those before it" in wrong("verify")


def test_verify_says_from_where_a_record_is_sealed(short):
    """Of one that an earlier version began."""
    with sqlite3.connect(STORE) as store:
        take_seals_off(store)
    ends = head()
    assert "none of them sealed" in done("verify")
    done("seal")
    assert f"not sealed before entry {ends + 1}, whose seal covers" in done("verify")


def test_a_record_of_an_earlier_version_takes_a_seal_of_its_own(short):
    """A seal held of entries that carry none is as good as any."""
    with sqlite3.connect(STORE) as store:
        take_seals_off(store)
    seal = call("seal --json").json
    done(f"verify --root {seal['position']}:{seal['root']}")


# -- signatures -----------------------------------------------------------------------------------


@pytest.fixture
def key(short):
    """A key in ./key.pem; its public half."""
    pytest.importorskip("cryptography", reason="The extra seals is not installed.")
    return done("key new key.pem").strip()


def test_a_key_is_for_its_owner_only(key):
    """Not readable by others, never written over, its public half shown again."""
    if os.name == "posix":
        assert stat.S_IMODE(os.stat("key.pem").st_mode) == 0o600
    assert done("key show key.pem").strip() == key
    assert len(bytes.fromhex(key)) == 32
    assert "never written over" in refused("key new key.pem")


def test_a_key_may_be_kept_under_a_passphrase(key, monkeypatch):
    """Asked for, or said in the environment; a wrong one is told."""
    monkeypatch.setenv("NEGOTIATION_KEY_PASSPHRASE", "high water")
    public = done("key new other.pem --passphrase").strip()
    assert b"ENCRYPTED" in Path("other.pem").read_bytes()
    assert call("seal --sign other.pem --json").json["key"] == public
    assert call("seal --sign key.pem --json").json["key"] == key
    monkeypatch.setenv("NEGOTIATION_KEY_PASSPHRASE", "low water")
    assert "passphrase is another" in refused("seal --sign other.pem")
    Path("text.pem").write_text("no key")
    assert "cannot sign" in refused("seal --sign text.pem")


def test_a_signed_seal_is_checked(key):
    """On the record and as a file, and that it is by the key that is asked for."""
    done("seal --sign key.pem --to room.seal")
    done("verify")
    assert "It is the record" in done(f"verify --seal room.seal --key {key}")
    assert "signed with the key" in done("log")
    other = done("key new other.pem").strip()
    assert "is not signed with the key" in wrong(f"verify --key {other}")


def test_a_forged_signature_is_found(key):
    """Whoever writes the record anew cannot sign it anew."""
    seal = call("seal --sign key.pem --to room.seal --json").json
    signature = hashlib.sha512(b"made up").hexdigest()
    held = json.loads(Path("room.seal").read_text())
    Path("forged.seal").write_text(json.dumps({**held, "signature": signature}))
    assert "not genuine" in wrong("verify --seal forged.seal")
    write_anew(seal["signature"].encode(), signature.encode())
    sentence = wrong("verify")
    assert f"the seal in entry {seal['position'] + 1} was forged" in sentence


def test_without_the_library_seals_work_and_signatures_say_what_is_missing(short, monkeypatch):
    """Nothing of it is loaded before somebody signs."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives", None)
    done("seal --to room.seal")
    done("verify --seal room.seal")
    assert "negotiation[seals]" in refused("key new key.pem")
    assert not Path("key.pem").exists()


def test_an_entry_that_does_not_fit_on_those_before_is_no_record(short):
    """Each can be read; folded, one is about words that are not there."""
    done("propose title --sup --for J")
    with closing(sqlite3.connect("negotiation.db")) as store:
        store.execute(
            "UPDATE stored_events SET state=CAST(replace(CAST(state AS TEXT), 'RESOLUTION', 'X')"
            " AS BLOB) WHERE topic LIKE 'deletion-proposed/%'"
        )
        store.commit()
    said = refused("text")
    assert "does not hold together" in said
    assert "was altered" in call("verify").err


def test_a_view_that_fails_on_an_altered_record_says_so(short, monkeypatch):
    """The seals are the answer, and not a fault inside the program."""
    monkeypatch.delenv("NEGOTIATION_TRACEBACK")

    def fail(*_args, **_more):
        raise KeyError("nothing of the kind")

    monkeypatch.setattr("negotiation.views.what_is_open.open_points", fail)
    assert "inside the program" in call("open").err
    with closing(sqlite3.connect("negotiation.db")) as store:
        store.execute(
            "UPDATE stored_events SET state=CAST(replace(CAST(state AS TEXT), 'gauge', 'GAUGE')"
            " AS BLOB)"
        )
        store.commit()
    assert "does not hold together at entry" in call("open").err
