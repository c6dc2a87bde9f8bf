"""Agreement with its conditions, step by step, and what rests on a clause."""

import pytest

from tests.cli.calls import call, done, refused

pytestmark = pytest.mark.usefixtures("short")


def waiting() -> list[dict]:
    """The conditions of the first agreed clause."""
    conditions: list[dict] = call("agreed --json").json["agreed"][0]["waiting"]
    return conditions


def test_conditions_are_tied_to_what_they_wait_for():
    """A clause by its path, a party by its name, capitals, or anything that is said."""
    done(
        "agree considering/a --condition 'pending considering/b' --condition 'ad referendum: Japan'"
        " --condition 'pending Japan' --condition 'the money'"
    )
    found = {one["words"]: (one["waits_on"], one["what"], one["ready"]) for one in waiting()}
    assert found == {
        "pending considering/b": ("clause", "considering/b", False),
        "ad referendum: Japan": ("ad referendum", "Japan", False),
        "pending Japan": ("party", "Japan", False),
        "the money": ("event", "", False),
    }
    assert "`agree` it first" in refused("condition-met considering/a 'pending considering/b'")
    done("agree considering/b")
    assert {one["words"]: one["ready"] for one in waiting()}["pending considering/b"] is True
    done("condition-met considering/a 'pending considering/b'")
    assert len(waiting()) == 3


def test_a_condition_that_fails_ends_the_agreement():
    """In sight of all, with the words agreed beside it."""
    done("agree considering/a --condition 'ad referendum: J'")
    done("condition-failed considering/a 'ad referendum: J' --ground 'capital says no'")
    assert call("agreed --json").json["agreed"] == []
    ended = call("agreed --ended --json").json["agreed"]
    assert [one["path"] for one in ended] == ["considering/a"]
    assert call("log considering/a --json").lines[-1]["event"] == "ConditionFailed"


def test_one_step_at_a_time_and_back_by_decision():
    """A larger body gives words back only by a decision, to reopen them or to a lower level."""
    assert "is not agreed yet" in refused("agree considering/a --level adopted")
    done("agree considering/a --heard-by J,USA")
    done("agree considering/a --level 'working group'")
    assert "only the working group" in refused("reopen considering/a --ground x")
    done("agree considering/a --level 'editorial committee'")
    done("refer-back considering/a --to 'working group' --decision 'the sense is not clear'")
    assert call("agreed --json").json["agreed"][0]["level"] == "working group"
    done("reopen considering/a --ground 'new figures' --decision 'WGPL, 4 November'")
    done("agree considering/a --level 'working group'")


def test_adopted_words_are_only_corrected_with_proof():
    """What stood before the slip proves it."""
    before = call("log --json").out.count("\n")
    done("revise considering/a --words 'large one' --with 'great one'")
    for level in (
        "ad hoc group",
        "working group",
        "editorial committee",
        "first reading",
        "second reading",
        "adopted",
    ):
        done(f"agree considering/a --level '{level}'")
    assert "is adopted" in refused("revise considering/a --words boat --with ship")
    assert "is adopted" in refused("reopen considering/a --ground x --decision y")
    slip = "correct considering/a --words 'great one' --with 'large one'"
    assert "did not read so" in refused(f"{slip} --proof now")
    done(f"{slip} --proof {before}")
    assert call("agreed --json").json["agreed"][0]["reads"].endswith("a large one;")


def test_what_rests_on_a_clause_is_said_before_it_is_reopened():
    """Conditions of others and the list beneath it; a dry run writes nothing."""
    done("agree considering/b")
    done("agree considering/a --condition 'pending considering/b'")
    told = done("reopen considering/b --ground 'a gauge was found' --dry-run")
    assert "1 thing rests on it" in told
    assert "considering/a" in told
    assert "Nothing was written" in told
    resting = call("rests considering/b --json").json["rests"]
    assert [(one["how"], one["where"]) for one in resting] == [("condition", "considering/a")]
    assert "Nothing rests on resolves/2" in done("rests resolves/2")


def test_an_agreement_that_ends_is_told_with_what_fell_with_it():
    """Whatever ends it, and what came or went of the words on which obligation hangs."""
    done("agree considering/a --condition 'the money'")
    done("condition-met considering/a 'the money'")
    done("agree considering/b --condition 'the money' --condition 'capitals'")
    said = done("revise considering/a --text 'that boats shall not sail,'")
    assert "This ended the agreement on considering/a (ad hoc group).\n" in said
    assert "! considering/a: shall not came, in words agreed at the level “ad hoc group”." in said
    said = done("condition-failed considering/b capitals --ground no")
    assert "on considering/b (ad hoc group); conditions that fell with it: the money; capi" in said
    assert "This ended" not in done("revise considering/a --words boats --with ships")


def test_agreements_that_a_broken_package_ended_are_listed_and_slips_are_not():
    """The record is walked: a break leaves no word of them beside the clause."""
    done("agree considering/b")
    done("undo")
    done("package form harbours --point 1 --clause considering/a")
    done("package take harbours 'lift 1'")
    done("package break harbours --for J --ground t")
    assert call("agreed --json").json["agreed"] == []
    ended = [one["path"] for one in call("agreed --ended --json").json["agreed"]]
    assert "considering/a" in ended
    assert "considering/b" not in ended
    assert "considering/a" in done("agreed --ended")
    before = call("agreed --ended --json --at now~1").json["agreed"]
    assert {one["level"] for one in before if one["path"] == "considering/a"} == {"ad hoc group"}


def test_an_ended_agreement_shows_where_the_words_differ():
    """However long they agree before that."""
    long = "that the masters of all harbours, large and small, on every coast of the sea, be "
    done("revise considering/a --text", long + "asked kindly,")
    done("agree considering/a")
    done("revise considering/a --words kindly --with twice")
    agreed, now = done("agreed --ended").splitlines()
    assert "kindly" in agreed
    assert "twice" in now
