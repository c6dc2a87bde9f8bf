"""`refer` and `refer-back`: the text goes to another body and comes back, in everybody's sight."""

import datetime as dt

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from tests.cli.calls import call, done, misused, refused


def test_there_and_back(short):
    """Each says what it did; the text lies where it lay."""
    said = done("refer 'Committee 4' --mandate 'the figures' --until 2999-01-31T18:00")
    assert said.startswith("Referred the text to Committee 4: 1 entry")
    said = done("refer-back --report 'no figures are needed'")
    assert said.startswith("Referred the text back to AHG Coastal Data from Committee 4: 1 entry")
    assert "no figures are needed" in done("log --from now")
    assert call("open --json").json["before"] is None


def test_who_has_it_is_said_wherever_the_text_is_looked_at(short):
    """With since when, until when, by whom and what for; in words and as JSON."""
    assert "before" not in done("open")
    done("refer 'Committee 4' --mandate 'the figures' --until 2999-01-31T18:00")
    for line in ("open", "progress", "rooms", "since 1"):
        said = done(line)
        assert "before Committee 4 since " in said, line
        assert ", until 31 Jan 18:00, referred by AHG" in said, line
    for line in ("open", "progress", "since 1"):
        said = done(line)
        assert ", until 31 Jan 18:00, referred by AHG Coastal Data: the figures" in said, line
    assert "before Committee 4 since " in call("text").err
    for line in ("open", "progress", "text"):
        told = call(f"{line} --json").json["before"]
        assert (told["body"], told["mandate"]) == ("Committee 4", "the figures")
        assert (told["way"], told["overdue"]) == (["AHG Coastal Data"], False)
    assert "before" not in done("open --at now~1")


def test_what_should_be_back_is_told_as_overdue(short):
    """In `open` and in `rooms`, now and not of the past."""
    desk = Desk.open("negotiation.db", clock=lambda: dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    desk.act(do.ReferText("Committee 4", until=dt.datetime(2020, 1, 2, tzinfo=dt.UTC)))
    desk.close()
    assert "(overdue)" in done("open")
    assert "overdue, before Committee 4" in done("rooms")
    assert call("open --json").json["before"]["overdue"]
    (room,) = call("rooms --json").json["rooms"]
    assert (room["overdue"], room["before"]["body"]) == (True, "Committee 4")
    done("refer-back")
    assert "overdue" not in done("open") + done("rooms") + done("open --at now~1")


def test_what_makes_no_sense_is_a_sentence(short):
    """And nothing is written."""
    assert "was not referred" in refused("refer-back")
    assert "which body" in refused("refer ' '")
    assert "past already" in refused("refer X --until 2020-01-01")
    assert " 00:00 is past already" in refused("refer X --until 00:00"), "a time of today"
    assert "is no time; say 18:00" in refused("refer X --until soon")
    assert "name one as CLAUSE" in misused("refer-back --to 'working group'")
    assert "--to LEVEL" in misused("refer-back resolves/1")
    assert "leave CLAUSE out" in misused("refer-back resolves/1 --report done")
    done("refer 'Committee 4'")
    assert "lies with Committee 4 already" in refused("refer 'committee  4'")


def test_undone_it_never_left(short):
    """By `undo`, and again by `redo`."""
    done("refer 'Committee 4'")
    done("undo")
    assert "before" not in done("open")
    done("redo")
    assert "before Committee 4" in done("open")


def test_a_question_before_the_room_goes_along_and_is_named(short):
    """It is easily forgotten."""
    done("put 'lift 1'")
    assert "1 question before the room still waits" in call("refer 'Committee 4'").err


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("refer to Committee 4", "Committee 4"),
        ('chair refer the text to drafting group: "the figures"', "drafting group"),
        ("refer to Committee 4; refer to drafting group", "drafting group"),
        ("refer to Committee 4; refer back", None),
    ],
)
def test_it_is_said_on_the_floor_line(short, line, before):
    """As the chair says it."""
    done("say", line)
    told = call("open --json").json["before"]
    assert (told and told["body"]) == before


def test_no_delegation_refers_the_text(short):
    """A word of one never decides."""
    done("party USA")
    assert "To refer is the chair's" in refused("say", "USA refer to Committee 4")


def test_an_issued_paper_names_the_body_that_has_it(short, tmp_path):
    """And a program that reads the text as JSON learns it, too."""
    done("refer 'Committee 4'")
    done("export page.json")
    assert '"before": "Committee 4"' in (tmp_path / "page.json").read_text()
    done("issue DL/4 --with-open --yes --into .")
    pages = [one.read_text() for one in tmp_path.glob("*.md")]
    assert pages
    assert all(page.startswith("AHG Coastal Data, before Committee 4\n") for page in pages)
    assert "DL/4" in done("verify DL-4-bracketed.md")
