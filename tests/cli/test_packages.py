"""Packages on the command line: formed, taken as a whole, broken, agreed."""

import pytest

from tests.cli.calls import call, done, open_points, refused, words_of

pytestmark = pytest.mark.usefixtures("short")


def state() -> str:
    """How the only package stands."""
    return str(call("packages --json").json["packages"][-1]["state"])


def test_taken_broken_and_agreed():
    """Broken, everything is back as it was; taken again, it is agreed for good."""
    before = open_points()
    done("package form harbours --point 1 --point 2 --clause considering/a")
    assert state() == "formed"
    done("package take harbours 'lift 1' 'resolve 2 --choose 2'")
    assert (open_points(), state()) == ([], "taken")
    assert "2 points settled" in done("packages")
    assert words_of("resolves/1bis").startswith("that the tables be kept on line")
    done("package break harbours --for J --ground 'no table is sold'")
    assert state() == "broken"
    there = [
        {key: one[key] for key in ("id", "words", "alternatives", "holders")} for one in before
    ]
    back = [
        {key: one[key] for key in ("id", "words", "alternatives", "holders")}
        for one in open_points()
    ]
    assert back == there
    done("package form again --point 1 --point 2")
    done("package take again 'lift 1' 'resolve 2 --choose 2'")
    done("package agree again")
    agreed = call("agreed --json").json["agreed"]
    assert {one["path"] for one in agreed} >= {"resolves/1", "resolves/1bis"}
    assert all(not one["waiting"] for one in agreed)


def test_a_break_is_no_undoing():
    """`redo` leaves it alone; undone by `undo`, it is done again by `redo`."""
    done("package form harbours --point 1 --clause considering/a")
    done("package take harbours 'lift 1'")
    done("package break harbours --for J --ground t")
    assert refused("redo") == "There is no undoing to take back."
    assert "is no undoing" in refused("redo", str(len(call("log --json").lines)))
    assert state() == "broken"
    done("undo")
    assert state() == "taken"
    done("redo")
    assert state() == "broken"


def test_what_belongs_to_a_package_is_not_settled_alone():
    """Neither its points nor its clauses; and it settles nothing else."""
    done("package form harbours --point 1 --clause considering/a")
    assert "stands or falls with the package “harbours”" in refused("lift 1")
    assert "stands or falls" in refused("agree considering/a")
    assert "does not belong to the package" in refused(
        "package take harbours 'lift 1' 'resolve 2 --choose 1'"
    )
    assert "one open point" in refused("package take harbours")
    done("package take harbours 'lift 1'")
    assert "stands or falls" in refused("revise considering/a --words boat --with ship")
    assert "is taken" in refused("package take harbours")


def test_what_no_package_can_be():
    """A name, two things, and points that are brackets."""
    assert "at least two things" in refused("package form one --clause considering/a")
    assert "no open point “7”" in refused("package form seven --point 7 --clause considering/a")
    assert "no package “nothing”" in refused("package break nothing --ground x")
    done("package form harbours --clause considering/a --clause considering/b")
    assert "a package “harbours” already" in refused(
        "package form harbours --clause resolves/1 --clause resolves/2"
    )
    assert "stands or falls" in refused(
        "package form more --clause considering/a --clause resolves/2"
    )
    done("package break harbours --ground 'not needed'")
    assert "is broken" in refused("package take harbours")


def test_what_is_tried_is_an_act():
    """A question is none, nor is what belongs to a call of its own."""
    done("package form harbours --point 1 --clause considering/a")
    assert "“open” is no act" in refused("package take harbours open")
    assert "“fly” is no command" in refused("package take harbours 'fly 1'")
    assert "cannot be part of another act" in refused("package take harbours undo")
    assert "quotation mark" in refused("package take harbours", 'lift "1')
