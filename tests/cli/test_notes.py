"""Notes for some eyes only, and what each reader is shown."""

from __future__ import annotations

import pytest

from tests.cli.calls import call, done, misused, refused


@pytest.fixture
def noted(short):
    """Notes for every kind of reader on resolves/1, and a position on a proposal."""
    for code in ("FJI", "CUB"):
        done(f"party {code}")
    done('remark resolves/1 "said aloud" --visible-to public')
    done('remark resolves/1 "over coffee"')
    done('remark resolves/1 "our red line" --as delegation --for FJI --visible-to delegation')
    done('position resolves/1 opposes --for CUB --condition "unless free"')


def seen(reader: str) -> set[str]:
    found = call(f"notes --json --seen-by {reader}").json["notes"]
    return {one["words"] or one["condition"] for one in found}


def test_each_reader_sees_their_own(noted):
    """The room hears positions, the chair the coffee, Fiji its red line; the desk has all."""
    assert seen("public") == {"said aloud"}
    assert seen("group") == seen("CUB") == {"said aloud", "unless free"}
    assert seen("chair") == {"said aloud", "unless free", "over coffee"}
    assert seen("FJI") == {"said aloud", "unless free", "our red line"}
    assert "our red line" in done("notes resolves/1")
    assert "opposes, unless free" in done("notes resolves/1 --seen-by group")


@pytest.mark.parametrize("asked", ["log", "log --json", "replay", "replay --json", "notes"])
def test_what_is_not_for_a_reader_is_nowhere(noted, asked):
    """In no word and no field of what is printed for them."""
    assert "our red line" in done(asked)
    for reader in ("public", "group", "chair", "CUB"):
        told = done(f"{asked} --seen-by {reader}")
        assert "red line" not in told
        assert ("over coffee" in told) is (reader == "chair")


def test_taking_a_note_back_shows_nothing_of_it(noted):
    """The undoing carries the notes that are left; a reader gets only their own."""
    done('remark resolves/1 "one more" --visible-to public')
    done("undo")
    told = done("log --json --seen-by public")
    assert "one more" in told
    assert "over coffee" not in told
    assert "red line" not in told


def test_positions_are_counted_for_those_who_may_read_them(short):
    done("party USA")
    done("position resolves/1 opposes --for USA --point 1 --visible-to delegation")
    assert call("open --json").json["open"][0]["positions"] == 1
    assert call("open --json --seen-by group").json["open"][0]["positions"] == 0
    assert call("open --json --seen-by USA").json["open"][0]["positions"] == 1


def test_a_reader_nobody_knows_is_refused(short):
    assert "Atlantis" in refused("log --seen-by Atlantis")


def test_a_note_for_a_delegation_says_for_which(short):
    assert "whose own note" in misused('remark resolves/1 "ours" --visible-to delegation')


def test_a_note_on_nothing_is_told_so(short):
    assert "no note" in call("notes --seen-by public").err
