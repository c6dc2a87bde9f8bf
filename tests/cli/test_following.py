"""`follow`, `rooms`, `backup` and `restore-backup`: what another terminal sees, and gets."""

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest

from negotiation.cli import follow as follow_module
from tests.cli.calls import SHORT, call, done, misused, refused

PROGRAM = "import sys; from negotiation.cli import main; main(sys.argv[1:])"


def following(options=""):
    """A process of its own that follows ./negotiation.db."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "follow", *shlex.split(options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def followed(monkeypatch, options, *happens, code=0):
    """What `follow` prints when these things happen, one after each look, and then Ctrl+C."""
    rest = iter(happens)

    def passes(seconds):
        thing = next(rest, None)
        if thing is None:
            raise KeyboardInterrupt
        thing()
        return False

    with monkeypatch.context() as patch:
        patch.setattr(follow_module, "_reader_left", passes)
        answer = call(f"follow {options}")
    assert answer.code == code
    return answer


def acts(*lines):
    """Each line as something that happens."""
    return [lambda line=line: done(line) for line in lines]


def test_it_prints_what_the_log_prints(short, monkeypatch):
    """From the beginning: the same lines as `log` has at the end, acts with their heads."""
    lines = ("resolve 1 --choose 1", "meeting open First", "meeting close")
    assert followed(monkeypatch, "--from 1", *acts(*lines)).out == done("log")


def test_json_is_that_of_the_log(short, monkeypatch):
    """One line an entry, only what came since without --from."""
    head = len(call("log --json").lines)
    answer = followed(monkeypatch, "--json", *acts("resolve 1 --choose 1", "meeting open First"))
    assert answer.lines == call(f"log --json --from {head + 1}").lines
    assert [line["number"] for line in answer.lines] == [head + 1, head + 2]
    assert answer.err == ""


def test_what_is_not_for_a_reader_is_not_followed(short, monkeypatch):
    """As --seen-by has it in the log: no byte of it, in words or as JSON."""
    secret = acts("remark resolves/1 'a secret word' --visible-to chair", "meeting open First")
    for options in ("--seen-by public", "--seen-by public --json"):
        answer = followed(monkeypatch, options, *secret)
        assert "secret" not in answer.out + answer.err
        assert "First" in answer.out
        secret = acts("remark resolves/1 'a secret word' --visible-to chair", "meeting close")


def test_it_says_when_it_is_not_live(short, monkeypatch):
    """Once, beside the output, and once when it is again; what was missed follows."""

    def away():
        os.rename("negotiation.db", "away.db")

    def back():
        os.rename("away.db", "negotiation.db")
        done("meeting open First")

    answer = followed(monkeypatch, "", away, lambda: None, lambda: None, back, lambda: None)
    first, second = answer.err.splitlines()
    assert first.startswith("Not live since ")
    assert first.endswith("put it back under its name, and it is live again.")
    assert second.endswith("  The record is live again.")
    assert "opens meeting First" in answer.out


def test_whoever_is_let_in_no_more_follows_no_more(short, monkeypatch):
    """It ends with the sentence, and what came behind the revocation is not printed."""
    token = call("accredit 'Jo Park' --as observer --json").json["token"]

    def revoked():
        with monkeypatch.context() as at_home:
            at_home.delenv("NEGOTIATION_TOKEN")
            done("revoke 'Jo Park'")
            done("meeting open First")

    monkeypatch.setenv("NEGOTIATION_TOKEN", token)
    answer = followed(monkeypatch, "", revoked, lambda: None, code=1)
    assert "was revoked" in answer.err
    assert "First" not in answer.out


def test_a_copy_that_is_put_back_is_told_and_followed(short, monkeypatch):
    """The entries that are void are named for people and for programs."""
    done("backup copy.db")
    head = len(call("log --json").lines)
    happens = acts(
        "meeting open First",
        "restore-backup copy.db --force",
        "meeting open Second",
    )
    answer = followed(monkeypatch, "--json", *happens)
    first, void, second = answer.lines
    assert (first["number"], void["back_to"], second["number"]) == (head + 1, head, head + 1)
    assert second["fields"] == {"meeting": "Second"}
    assert f"behind entry {head}" in answer.err
    assert "opens meeting Second" in done("log --from now")
    assert "opens meeting First" in done("log --from now --store negotiation.db.replaced-1")


def test_ctrl_c_ends_it_quietly(short):
    """In a process of its own, while it waits for others; they write meanwhile."""
    process = following("--from 1 --json")
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["number"] == 1
    done("meeting open First")
    for line in process.stdout:
        if json.loads(line)["event"] == "MeetingOpened":
            break
    process.send_signal(signal.SIGINT)
    rest, said = process.communicate(timeout=20)
    assert (process.returncode, rest, said) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Nobody can ask a pipe there.")
def test_it_ends_when_its_reader_goes_away(short):
    """Though nothing more is written: `follow | head` comes back."""
    process = following("--from 1")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(timeout=20) == 0


def test_where_nothing_is_nothing_is_followed():
    """A sentence, as of every command that reads."""
    assert "There is no record at" in refused("follow")


def test_rooms_of_a_folder(short, tmp_path):
    """What is open, the meeting and the last act; what is no record is left out."""
    done("meeting open First")
    (tmp_path / "notes.txt").write_text("Lunch.")
    found = call("rooms --json").json["rooms"]
    [room] = found
    assert room["symbol"] == "DL/3"
    assert room["meeting"] == "First"
    assert room["open_points"] == len(call("open --json").json["open"])
    assert room["entries"] == len(call("log --json").lines)
    assert room["act"] == "Chair opens meeting First."
    assert room["at"] == call("log --json --from now").lines[0]["act"]["written"]
    said = done("rooms")
    assert "DL/3" in said
    assert "2 open points" in said
    assert "First is open" in said


def test_one_store_holds_many_negotiations(short):
    """A second one is begun beside the first; each is called by its symbol."""
    done(f"import {SHORT} --another")
    ids = [room["negotiation"] for room in call("rooms --json").json["rooms"]]
    assert len(set(ids)) == 2
    done(f"meeting open First --negotiation {ids[1]}")
    meetings = [room["meeting"] for room in call("rooms negotiation.db --json").json["rooms"]]
    assert meetings == ["", "First"]


def test_a_copy_among_the_rooms_is_known(short):
    """It is the same negotiation, and says so."""
    done("backup copy.db")
    found = {room["store"]: room["also_in"] for room in call("rooms --json").json["rooms"]}
    assert found == {"copy.db": ["negotiation.db"], "negotiation.db": ["copy.db"]}
    assert "The same negotiation lies in copy.db, too." in done("rooms")


def test_a_room_that_cannot_be_read_keeps_no_other_from_being_listed(short, tmp_path):
    """It is named with the reason, and the exit code tells a program."""
    whole = (tmp_path / "negotiation.db").read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[:-1000])
    answer = call("rooms")
    assert answer.code == 1
    assert "DL/3" in answer.out
    assert "cut.db is damaged or cut off" in answer.err
    assert "There is no record at" in call("rooms nowhere.db").err


def test_a_private_remark_is_not_the_last_act_of_a_room(short):
    """A list that is shown around says nothing that is not for everybody."""
    done("remark resolves/1 'a secret word' --visible-to chair")
    assert "secret" not in done("rooms") + done("rooms --json")


def test_a_backup_and_its_way_back(short):
    """The heads and fingerprints are those of the store; both verify."""
    copied = call("backup copy.db --json").json["held"]
    assert "copy.db is there already" in refused("backup copy.db")
    restored = call("restore-backup copy.db --store new.db --json").json
    assert restored["held"] == copied
    assert restored["former"] == ""
    for store in ("negotiation.db", "copy.db", "new.db"):
        assert call(f"verify --store {store}").code == 0
    assert done("log") == done("log --store new.db")
    said = done("backup copy.db --force")
    assert "the copy is the same record" in said
    assert copied[0]["fingerprint"] in said


def test_a_backup_of_nothing_is_refused(tmp_path):
    """And nothing is made."""
    assert "There is no record at" in refused("backup copy.db")
    assert "FILE" in misused("backup")
    assert not list(tmp_path.iterdir())
