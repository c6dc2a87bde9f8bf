"""Brackets and open points: the decision of a group, in the order that is said."""

import pytest

from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, misused, open_points, refused, words_of

GROUP = "after reaffirming/c"


@pytest.fixture
def group():
    """The sample with three alternatives after reaffirming c); answers the group's number."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    return next(str(point["number"]) for point in open_points() if point["where"] == GROUP)


def labels() -> list[str]:
    """The labels under reaffirming, in order."""
    clauses = call("text reaffirming --json").json["clauses"]
    return [one["label"] for one in clauses if one["kind"] != "heading"]


def test_a_group_is_decided_in_the_order_of_the_options(group):
    """Trimmed 3 comes first and takes the group's label, 1 the next one; 2 goes into 1."""
    before = call("log --json").out.count("\n")
    said = done(
        "resolve", group, "--trim", "3", "Decision 26", "--choose", "1", "--merge", "2", "1"
    )
    assert labels() == ["a)", "b)", "c)", "d)", "e)"]
    assert words_of("reaffirming/d") == "Decision 26"
    assert words_of("reaffirming/e").startswith("Decision 21 of the Assembly")
    assert all(point["where"] != GROUP for point in open_points())
    # Whose words went where is told in the answer and by fate.
    assert "ADD ARB/9A2/3 (Arab States) not retained: “Decisions 18, 20 and”" in said
    assert "merged into reaffirming/e" in said
    arabs = call("fate ARB/9A2/3 --json").json["proposals"][0]
    assert {part["became"] for part in arabs["parts"]} == {"merged", "not retained"}
    brazil = call("fate B/15/2 --json").json["proposals"][0]
    assert [part["words"] for part in brazil["parts"] if part["became"] == "kept"] == [
        "Decision 26"
    ]
    # The entry before still shows the three alternatives, and an undo brings the group back.
    then = call(f"open --json --at {before}").json["open"]
    assert [len(one["alternatives"]) for one in then if one["where"] == GROUP] == [3]
    done("undo")
    assert [len(one["alternatives"]) for one in open_points() if one["where"] == GROUP] == [3]


def test_another_order_of_the_same_options_is_another_order_of_the_text(group):
    """The order is that of the command line, across options."""
    done("resolve", group, "--choose", "1", "--trim", "3", "Decision 26", "--merge", "2", "1")
    assert words_of("reaffirming/d").startswith("Decision 21 of the Assembly")
    assert words_of("reaffirming/e") == "Decision 26"


def test_a_trim_with_an_ending_and_a_label(group):
    """Trimmed words get the mark that ends them, and the label said for them."""
    done("resolve", group, "--trim", "3", "Decision 26", "--ending", "3", ";", "--label", "z)")
    assert labels()[-1] == "z)"
    assert words_of("reaffirming/z") == "Decision 26;"


def test_a_trim_may_keep_several_stretches(group):
    """--trim with the same number again keeps more of it."""
    done("resolve", group, "--trim", "3", "Decision 26 of ", "--trim", "3", "the Assembly")
    assert words_of("reaffirming/d") == "Decision 26 of the Assembly"


def test_alternatives_that_are_not_named_are_said_to_fall(group):
    """Nothing is dropped in silence."""
    answer = call(f"resolve {group} --choose 2")
    assert "not retained: alternative 1, 3" in answer.err
    assert answer.out.count("not retained:") == 2


def test_the_base_is_kept_only_when_somebody_says_so(group):
    """A bare resolve is wrong usage; --keep-base is a decision."""
    assert "--keep-base" in misused("resolve", group)
    done("resolve", group, "--keep-base")
    assert labels() == ["a)", "b)", "c)"]


def test_new_words_for_all(group):
    """--words replaces all wordings, whose sponsors stay contributors."""
    done("resolve", group, "--words", "Decisions 18, 20, 21 and 26;")
    assert words_of("reaffirming/d") == "Decisions 18, 20, 21 and 26;"
    assert all(point["where"] != GROUP for point in open_points())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--choose 9", "no alternative “9”"),
        ("--choose 1 --drop 1", "decided twice"),
        ("--merge 2 1", "does not go into the text"),
        ("--trim 3 elephants", "“elephants” does not stand"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(group, options, said):
    """With the reason; the group is as before."""
    answer = call(f"resolve {group} {options}")
    assert answer.code == 1
    assert said in answer.err
    assert any(point["where"] == GROUP for point in open_points())


@pytest.mark.parametrize("options", ["--ending 3 ;", "--label x)", "--choose one", "--choose"])
def test_options_that_lack_their_other_half_are_wrong_usage(group, options):
    """Exit code 2, with the way to the help."""
    assert "`negotiation resolve --help`" in misused(f"resolve {group} {options}")


def test_a_bracket_from_its_placing_to_its_lifting(short):
    """Placed, held, noted, moved, released, lifted: `open` shows each step."""
    done("bracket resolves/2 --words 'each year' --for USA --reason 'costs'")
    point = open_points()[-1]
    assert (point["words"], point["holders"], point["reason"]) == ("each year", ["USA"], "costs")
    number = point["number"]
    done(f"hold {number} --for J")
    done(f"status {number} 'to be taken up on Friday'")
    done(f"reach {number} --words 'asked each year'")
    done(f"release {number} --for USA")
    point = open_points()[-1]
    assert (point["words"], point["holders"]) == ("asked each year", ["J"])
    assert point["status"] == "to be taken up on Friday"
    assert "[asked each year]" in words_of("resolves/2")
    done(f"park --point {number} --owner J --until Friday")
    assert open_points()[-1]["parked"] == "J"
    done(f"resume --point {number}")
    done(f"lift {number}")
    assert "[" not in words_of("resolves/2")


def test_a_bracket_over_several_clauses(short):
    """--to carries it on; it is one point."""
    done("bracket considering/a --to considering/b --status 'for the editors'")
    (point,) = [one for one in open_points() if one["status"] == "for the editors"]
    assert len(point["clauses"]) == 2


def test_alternatives_cannot_be_lifted(short):
    """They have to be decided."""
    assert "`resolve`" in refused("lift 2")


def test_a_further_alternative_is_tabled(short):
    """Beside the others, or within the bracket of a clause."""
    done("table 2 --text 'that the tables be sung;' --for MEX --symbol MEX/1/1")
    assert [one["symbol"] for one in open_points()[1]["alternatives"]] == [
        "J/8/1",
        "ACP/11/4",
        "MEX/1/1",
    ]
    done("table 1 --within resolves/1 --text 'at cost price' --for J")
    assert [one["words"] for one in open_points()[0]["alternatives"]] == [
        "free of charge",
        "at cost price",
    ]
    done("resolve 1 --choose 2")
    assert words_of("resolves/1").endswith("small harbours at cost price;")


def test_the_number_of_a_proposal_is_retained_or_dropped(short):
    """`resolve` and `lift` say that they mean `retain` and `drop` there."""
    done("propose resolves/2 --words masters --with captains --for J --symbol J/9/1")
    number = next(one["number"] for one in open_points() if one["kind"] == "proposal")
    answer = call(f"lift {number}")
    assert "proposal" in answer.err
    assert "captains" in words_of("resolves/2")
    assert call("fate J/9/1 --json").json["proposals"][0]["state"] == "retained"
    done("undo")
    answer = call(f"resolve {number} --drop 1")
    assert "`retain` or `drop`" in answer.err
    assert call("fate J/9/1 --json").json["proposals"][0]["state"] == "not retained"
    assert "no bracket" in refused_on_proposal()


def refused_on_proposal() -> str:
    """A bracket's act on the number of a proposal."""
    done("propose resolves/2 --sup --for J")
    number = next(one["number"] for one in open_points() if one["kind"] == "proposal")
    return refused(f"hold {number} --for J")


def test_a_number_that_is_not_open_is_refused(short):
    """With the range of numbers there are."""
    assert "from 1 to 2" in refused("lift 9")
