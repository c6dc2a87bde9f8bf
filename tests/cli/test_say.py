"""`negotiation say`: what is said in the room becomes one act, or a sentence."""

import pytest

from tests.cli.calls import call, done, refused


@pytest.fixture
def place(short):
    """Three parties take part; a clause of the sample, and a word that it has once."""
    for code in ("TON", "USA", "CUB"):
        done(f"party {code}")
    for row in call("open --json").json["open"]:
        words = row["words"].split()
        once = [one for one in words if one.isalpha() and row["words"].count(one) == 1]
        if once:
            return row["path"], max(once, key=len)
    raise AssertionError("the sample has an open point with words")


def test_what_three_parties_say_is_one_act_of_three_entries(place):
    """And undone as one."""
    path, word = place
    line = f'TON add "as appropriate" after "{word}"; USA +; CUB [ ]'
    made = call("say", line, "--in", path, "--json").json
    assert [one["event"] for one in made["entries"]] == [
        "AmendmentProposed",
        "ProposalSupported",
        "BracketPlaced",
    ]
    assert "as appropriate" in done("text")
    done("undo")
    assert "as appropriate" not in done("text")


def test_a_dry_run_writes_nothing(place):
    """It says what would be written."""
    path, word = place
    before = call("log --json").out
    told = done("say", f'TON delete "{word}"', "--in", path, "--dry-run")
    assert "AmendmentProposed" in told
    assert "nothing was written" in told
    assert call("log --json").out == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("TON USA", "no act"),
        ("TON ad", "near it are"),
        ("in nowhere: TON delete", "nowhere"),
    ],
)
def test_what_is_unclear_is_a_sentence_and_the_record_stays(place, line, told):
    """And exit code 1."""
    assert told in refused("say", line)


def test_words_in_several_places_are_listed(place):
    """With their numbers and the words around them."""
    answer = call("say", 'TON delete "e"')
    assert answer.code == 1
    assert answer.out == ""
    assert "several places" in answer.err.splitlines()[-1]
    assert len(answer.err.splitlines()) > 2


def test_a_clause_that_has_not_the_words_is_not_asked_for_again(short):
    """The advice is another number or another clause, and says that these are not in it."""
    said = call("say 'chair delete \"tables\"' --in considering/a").err
    assert "stands in several places and not in considering/a" in said
    assert "name another clause with --in" in said
    said = call("say 'chair delete \"a\"' --in considering/a").err
    assert "stands in several places;" in said
