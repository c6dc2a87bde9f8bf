"""Questions put to the room: the gavel, an objection, a silence."""

import pytest

from tests.cli.calls import call, done, misused, open_points, refused

pytestmark = pytest.mark.usefixtures("short")


def pending() -> list[dict]:
    """What is before the room."""
    questions: list[dict] = call("pending --json").json["pending"]
    return questions


def test_asked_objected_and_so_decided():
    """Nothing is decided before the gavel, and an objection holds it."""
    assert "Nothing is before the room" in done("pending")
    done("put 'lift 1' --question 'Free of charge?'")
    assert len(open_points()) == 2
    assert pending()[0]["clauses"] == ["resolves/1"]
    done("object --for J --ground 'the printer costs'")
    assert "objection of J: the printer costs" in done("pending")
    assert "J objects" in refused("gavel")
    assert "objects already" in refused("object --for J")
    done("no-objection --for J")
    assert "It is so decided" in done("gavel")
    assert (len(open_points()), pending()) == (1, [])
    events = [line["event"] for line in call("log --json").lines]
    assert events[-5:] == [
        "DecisionPut",
        "ObjectionMade",
        "ObjectionWithdrawn",
        "DecisionTaken",
        "BracketLifted",
    ]


def test_the_record_shows_how_consensus_was_reached():
    """Who objected and gave way, what was taken, what was not pursued."""
    assert "Nothing was put" in done("pending --all")
    done("put 'agree considering/a'")
    done("object --for J --ground late")
    done("no-objection --for J")
    done("gavel")
    (one,) = call("pending --all --json").json["questions"]
    assert one["how"] == "no objection"
    assert [(said["party"], said["withdrawn"] is None) for said in one["objections"]] == [
        ("J", False)
    ]
    assert call("agreed --json").json["agreed"][0]["consensus"]["question"] == one["question"]
    done("undo")
    assert call("pending --all --json").json["questions"][0]["taken"] is None
    done("drop-question")
    done("put 'lift 1'")
    done("undo")
    assert len(call("pending --all --json").json["questions"]) == 1
    told = done("pending --all")
    assert "not pursued" in told
    assert "withdrawn by entry" in told


def test_left_to_a_silence():
    """Until the deadline it is not taken; a deadline that has passed is none."""
    done("put 'lift 1' --until 2999-01-01T12:00")
    assert "The silence runs until 2999-01-01" in refused("gavel")
    assert "has passed" in refused("put 'lift 1' --until 2001-01-01")
    assert " 00:00 has passed" in refused("put 'lift 1' --until 00:00"), "a time of today"


def test_one_among_several_is_named():
    """By its number in `pending`."""
    done("put 'lift 1'")
    done("put 'agree considering/a' 'agree considering/b'")
    assert "say which" in refused("gavel")
    assert "numbers them from 1 to 2" in refused("gavel 3")
    done("gavel 2")
    assert len(call("agreed --json").json["agreed"]) == 2
    done("drop-question --ground 'later'")
    assert refused("gavel").startswith("Nothing is before the room; `put` asks")
    assert "nothing is before the room" in refused("gavel 2")


def test_only_what_could_be_decided_is_put():
    """The refusal of the act is the refusal of the question."""
    assert "open point" in refused("put 'agree resolves/1'")
    assert "no act" in refused("put text")
    misused("put")


def test_an_undone_question_is_gone():
    """Put by mistake, undone; and the gavel undone leaves it before the room."""
    done("put 'lift 1'")
    done("undo")
    assert pending() == []
    done("put 'lift 1'")
    done("gavel")
    done("undo")
    assert len(pending()) == 1
    assert len(open_points()) == 2
