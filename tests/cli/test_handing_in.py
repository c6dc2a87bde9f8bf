"""People let in from terminals of their own, and what they hand in from there."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from negotiation.accrediting import accredit
from negotiation.desk import Desk
from negotiation.domain.commands import JoinParty
from negotiation.domain.people import Capacity
from tests.cli.calls import SHORT, call, done, refused, words_of
from tests.cli.test_following import PROGRAM

LINE = "resolves/1"
MOD = f"propose {LINE} --insert soon --after that --symbol FJI/41/1"


PEOPLE = {
    "chair": "Ines Soto",
    "secretariat": "Mia Roth",
    "editor": "Tom Hale",
    "delegation": "Ana Lima",
    "observer": "Jo Park",
}


@pytest.fixture
def tokens(short):
    """The short sample, with somebody of every capacity; nobody shows a token yet."""
    desk = Desk.open("negotiation.db")
    desk.act(JoinParty("FJI", "Fiji"))
    found = {
        capacity: accredit(
            desk, person, Capacity(capacity), party="FJI" if capacity == "delegation" else ""
        )[1]
        for capacity, person in PEOPLE.items()
    }
    desk.close()
    return found


@pytest.fixture
def at(tokens, monkeypatch):
    """At whose terminal the next calls are made; at home without a name."""

    def sit(capacity: str = "") -> None:
        if capacity:
            monkeypatch.setenv("NEGOTIATION_TOKEN", tokens[capacity])
        else:
            monkeypatch.delenv("NEGOTIATION_TOKEN", raising=False)

    return sit


# -- accredited -----------------------------------------------------------------------------------


def test_a_token_is_told_once_and_where_it_goes(short):
    answer = call("accredit", "Ana Lima", "--as", "delegation", "--for", "FJI")
    said, token = answer.out.splitlines()
    assert said.startswith("Accredited Ana Lima as delegation for FJI (a")
    assert token.startswith("negotiation-")
    assert "$NEGOTIATION_TOKEN" in answer.err
    assert token not in answer.err
    for reads in ("log", "log --json", "accreditations", "accreditations --json", "whoami"):
        assert token not in done(reads)
    for part in Path().glob("negotiation.db*"):
        assert token.removeprefix("negotiation-").encode() not in part.read_bytes()


def test_who_is_let_in_and_how_it_ends(tokens):
    rows = done("accreditations").splitlines()
    assert [row.split("  ")[1] for row in rows] == [
        "Ines Soto as chair, by a token",
        "Mia Roth as secretariat, by a token",
        "Tom Hale as editor, by a token",
        "Ana Lima as delegation for FJI, by a token",
        "Jo Park as observer, by a token, without names of parties",
    ]
    assert "Revoked Ana Lima" in done("revoke", "ana lima", "--reason", "on leave")
    assert "Ana Lima" not in done("accreditations")
    assert "revoked: on leave" in done("accreditations --all")
    assert "revoked already" in refused("revoke", "Ana Lima")
    assert "`accreditations` lists them" in refused("revoke a99")
    assert all("token" not in one for one in call("accreditations --json").json["accreditations"])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("--as delegation", "for which party"),
        ("--as observer --for FJI", "as delegation only"),
        ("--as editor --until 2001-01-01T10:00", "is past already"),
        ("--as editor --until soon", "is no time"),
    ],
)
def test_what_is_no_accreditation(short, said, why):
    assert why in refused(f"accredit Ana {said}")


def test_who_is_let_in_a_second_time_is_so_by_the_first_token_as_well(tokens):
    """A lost token goes on letting in until it is revoked; that is said, with the way to it."""
    first = call("accreditations --json").json["accreditations"]
    lost = next(one["id"] for one in first if one["person"] == "Ana Lima")
    answer = call("accredit 'ana lima' --as delegation --for FJI")
    assert f"{lost} lets ana lima in as well; `revoke {lost}`" in answer.err
    done(f"revoke {lost}")
    assert done("accreditations --all").count(", revoked\n") == 1
    assert "as well" not in call("accredit 'Bo Berg' --as editor").err


def test_the_end_of_ones_own_accreditation_is_no_fault(at):
    """It is made, and said; the next call is refused."""
    at("chair")
    said = done("revoke 'Ines Soto'")
    assert "Revoked Ines Soto as chair" in said
    assert "this terminal is let in no more" in said
    assert "was revoked" in refused("text")
    at()
    assert "Ines Soto" not in done("accreditations")


def test_a_negotiation_called_like_a_file_has_a_name_for_everybody(short):
    """Without names a file is numbered; the id of the negotiation means it whoever says it."""
    page = Path("Fiji draft.md")
    page.write_text("# Decision\n\n1. The tide is measured daily.\n", encoding="utf-8")
    done("import 'Fiji draft.md' --another")
    room = "--negotiation 'Fiji draft.md'"
    found = call("rooms --json").json["rooms"][1]
    assert found["symbol"] == "Fiji draft.md"
    said = call(f"accredit 'Jo Park' --as observer {room}").err
    assert f"`--negotiation {found['negotiation']}` means it for everybody" in said
    for other in ("--as observer --with-names", "--as editor"):
        assert "for everybody" not in call(f"accredit 'Bo Berg' {other} {room}").err
    assert "for everybody" not in call("accredit Bo --as observer --negotiation DL/3").err


def test_a_record_is_begun_at_home(at):
    """Whoever is let in to one text begins no other beside it; said so, and not as a stranger."""
    at("secretariat")
    said = refused("import", str(SHORT), "--another")
    assert said.startswith("A record is begun where no token is shown")
    assert "take $NEGOTIATION_TOKEN away" in said
    said = refused("import", str(SHORT), "--store", "other.db")
    assert "A record is begun where no token is shown" in said
    assert not Path("other.db").exists()
    at()
    done("import", str(SHORT), "--another")


def test_a_party_that_does_not_take_part_is_remarked(tokens):
    """It may be spelled wrongly; the person is let in all the same."""
    said = call("accredit 'Bo Berg' --as delegation --for FIJ").err
    assert "FIJ does not take part yet; `party FIJ NAME`" in said
    assert "take part yet" not in call("accredit 'Cy Cole' --as delegation --for FJI").err


def test_a_role_of_the_database_needs_no_token(short):
    out = done("accredit Mia --as secretariat --role mroth")
    assert "negotiation-" not in out
    assert "as mroth" in out
    assert "by role mroth" in done("accreditations")


def test_whoami(at):
    assert "At home" in done("whoami")
    assert call("whoami --json").json["at_home"] is True
    at("delegation")
    assert done("whoami").startswith("Ana Lima, accredited as delegation for FJI (a")
    found = call("whoami --json").json
    assert (found["capacity"], found["party"]) == ("delegation", "FJI")
    at("observer")
    assert "no act is made" in done("whoami")


def test_whoami_says_until_when(short, monkeypatch):
    answer = call("accredit Bo --as delegation --for FJI --until 2931-05-06T18:00 --json")
    monkeypatch.setenv("NEGOTIATION_TOKEN", answer.json["token"])
    assert "until 2931-05-06 18:00" in done("whoami")


def test_with_a_wrong_token_nothing_is_read_or_said_of_it(short, monkeypatch):
    monkeypatch.setenv("NEGOTIATION_TOKEN", "negotiation-guess")
    for said in ("text", "whoami", "handed-in", MOD, "admit"):
        answer = call(said)
        assert answer.code == 1
        assert answer.out == ""
        assert "guess" not in answer.err
        assert "tide" not in answer.err.casefold()


def test_a_token_in_a_file(at, tokens, monkeypatch, tmp_path):
    file = tmp_path / "token"
    file.write_text(tokens["delegation"] + "\n")
    monkeypatch.setenv("NEGOTIATION_TOKEN_FILE", str(file))
    assert "Ana Lima" in done("whoami")


def test_who_may_not_issue_is_told_so_and_not_asked_about_warnings(at):
    assert "warnings" in refused("issue DL/3(Rev.1)")
    for capacity, why in (
        ("delegation", "for the chair to decide"),
        ("editor", "for the chair or the secretariat"),
        ("observer", "makes no act"),
    ):
        at(capacity)
        assert why in refused("issue DL/3(Rev.1)")


# -- handed in ------------------------------------------------------------------------------------


def test_a_delegation_hands_in_and_the_chair_says_yes(at):
    before = words_of(LINE)
    at("delegation")
    said = done(MOD)
    assert said.startswith("Handed in (h")
    assert "it waits for the chair's yes" in said
    assert f"MOD FJI/41/1 on {LINE}: puts in “soon”" in said
    assert words_of(LINE) == before
    assert "FJI (h" in done("handed-in")
    at("chair")
    assert "1  FJI (h" in done("handed-in")
    said = done("admit")
    assert "Admitted what FJI handed in (h" in said
    assert "soon" in said
    assert "Nothing waits" in done("handed-in")
    at()
    last = call("log --json").lines[-1]
    act = last["act"]
    assert (act["by"], act["behalf"], act["capacity"]) == ("Ines Soto", "FJI", "chair")
    assert "FJI/41/1" in done("fate FJI/41/1")
    assert "Fiji proposes MOD FJI/41/1" in done("log")


def test_the_chairs_no_and_a_change_of_mind(at):
    at("delegation")
    done(MOD)
    at("chair")
    assert "Did not take up" in done("decline 1 --reason late")
    assert "nothing waits" in refused("decline 1")
    assert refused("decline").startswith("Nothing that was handed in waits;")
    at("delegation")
    assert "does not take up" in done("log")
    done(MOD)
    handed = call("handed-in --json").json["handed_in"][0]["id"]
    assert "Took back" in done(f"take-back {handed}")
    assert "Nothing of yours waits" in done("handed-in")
    assert "for the chair and the secretariat" in refused("accreditations")


def test_what_cannot_be_done_any_more(at):
    at("delegation")
    handed = call(MOD + " --json").json["entries"][0]["fields"]["handed"]
    at("chair")
    done(f"delete {LINE}")
    why = refused(f"admit {handed}")
    assert "cannot be done on the text of now" in why
    assert f"`decline {handed} --reason …`" in why


def test_a_delegation_is_itself_and_nobody_else(at):
    at("delegation")
    assert "not for KIR" in refused(MOD + " --for KIR")
    assert "not as chair" in refused(MOD + " --as chair")
    assert "not by Bela" in refused(MOD + " --by Bela")
    assert "for the chair to decide" in refused(f"agree {LINE}")
    assert "for the chair to decide" in refused("undo")
    assert "for the chair to decide" in refused("accredit Bo --as delegation --for FJI")


def test_its_positions_and_notes_are_on_the_record_at_once(at):
    at("delegation")
    done(f'position {LINE} "can accept"')
    done(f'remark {LINE} "for the chair"')
    done(f'remark {LINE} "our red line" --visible-to delegation')
    notes = done("notes")
    assert "for the chair" in notes
    assert "our red line" in notes
    last = call("log --json").lines[-1]
    assert (last["act"]["behalf"], last["act"]["by"]) == ("FJI", "Ana Lima")


def test_what_is_said_in_the_room_is_handed_in_too(at):
    at("delegation")
    said = 'add "soon" after "that"'
    assert "Would be handed in" in done(f"say --in {LINE} --dry-run", said)
    assert "Handed in (h" in done(f"say --in {LINE}", said)
    assert "for the chair to decide" in refused(f"say --in {LINE}", "chair lift")


def test_an_observer_reads(at):
    at("observer")
    assert done("text")
    for said in (MOD, f"remark {LINE} so", "undo", "party TUV", "put 'agree considering/a'"):
        assert "An observer reads" in refused(said)


def test_an_editor_changes_form(at):
    at("editor")
    assert "form and not substance" in refused(f"revise {LINE} --words that --with which")
    done(f"revise {LINE} --words that --with That --editorial")
    assert call("log --json").lines[-1]["act"]["by"] == "Tom Hale"


def test_the_secretariat_types_for_the_chair(at):
    at("secretariat")
    done("agree considering/a --by 'Ines Soto'")
    act = call("log --json").lines[-1]["act"]
    assert (act["by"], act["typed_by"], act["capacity"]) == ("Ines Soto", "Mia Roth", "secretariat")
    assert "not as chair" in refused("undo --as chair")
    assert "for the chair alone" in refused("accredit Bo --as chair")
    done("accredit Bo --as observer")


# -- several processes ----------------------------------------------------------------------------


@contextmanager
def process(token: str, *said: str) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own, for whoever has this token."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *said],
        env={**os.environ, "NEGOTIATION_TOKEN": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as one:
        yield one
        one.kill()


def line_of(one: subprocess.Popen[str]) -> Any:
    """The next line that a process prints."""
    assert one.stdout is not None
    return json.loads(one.stdout.readline())


def test_the_chair_hears_of_it_while_it_is_handed_in(tokens):
    """The chair follows in one process, a delegation hands in from another one."""
    with process(tokens["chair"], "follow", "--json", "--from", "now") as chair:
        line_of(chair)
        with process(tokens["delegation"], *shlex.split(MOD)) as fiji:
            out, err = fiji.communicate(timeout=60)
        assert fiji.returncode == 0, err
        handed = line_of(chair)
        assert handed["event"] == "ProposalHandedIn"
        assert handed["fields"]["handed"] in out
        with process(tokens["chair"], "admit") as yes:
            _, err = yes.communicate(timeout=60)
        assert yes.returncode == 0, err
        assert [line_of(chair)["event"] for _ in range(2)] == [
            "ProposalAdmitted",
            "AmendmentProposed",
        ]


def test_no_token_stands_on_a_command_line(tokens):
    """Whoever lists the processes of the machine finds none."""
    with process(tokens["chair"], "follow", "--json", "--from", "now") as chair:
        line_of(chair)
        line = Path(f"/proc/{chair.pid}/cmdline")
        if not line.exists():
            pytest.skip("This system does not show command lines under /proc.")
        assert tokens["chair"].encode() not in line.read_bytes()


def test_one_token_lets_into_several_rooms(short):
    """It is made once; of the next room only its hash is written down, and `rooms` lists both."""
    token = call("accredit 'Ines Soto' --as chair --json").json["token"]
    Path("ines.token").write_text(token + "\n", encoding="utf-8")
    page = Path("second.md")
    page.write_text("# Decision\n\n1. The tide is measured daily.\n", encoding="utf-8")
    done("import second.md --another")
    second = "--negotiation second.md"
    said = done(f"accredit 'Ines Soto' --as editor --token ines.token {second}")
    assert token not in said
    assert "by one of them" in refused(
        f"accredit Bo --as editor --role bo --token ines.token {second}"
    )
    Path("own.token").write_text("a-word-of-my-own", encoding="utf-8")
    assert "is no token" in refused(f"accredit Bo --as editor --token own.token {second}")
    shows = {"NEGOTIATION_TOKEN": token}
    with mock.patch.dict("os.environ", shows):
        rooms = call("rooms --json").json["rooms"]
        assert len(rooms) == 2
        assert "as chair" in done("whoami --negotiation DL/3")
        assert "as editor" in done(f"whoami {second}")
