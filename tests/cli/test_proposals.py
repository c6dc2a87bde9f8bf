"""Proposals from the command line: made, supported, revised, withdrawn, decided."""

import pytest

from tests.cli.calls import call, done, misused, open_points, refused, words_of


def proposed(symbol: str) -> dict[str, object]:
    """What `fate` says of a proposal."""
    answer = call("fate --json", symbol)
    assert answer.code == 0, answer.err
    return dict(answer.json["proposals"][0])


@pytest.mark.parametrize(
    ("options", "live"),
    [
        (
            "--words 'each year' --with 'every season'",
            "be asked [~~each year~~every season] what they",
        ),
        ("--insert kindly --after be", "be[ kindly] asked"),
        ("--insert kindly --before asked", "be [kindly ]asked"),
        ("--delete 'each year'", "asked [~~each year ~~]what"),
        ("--words the#1 --with all --words they --with we", "[~~the~~all]"),
    ],
)
def test_every_way_to_reword(short, options, live):
    """Replace, insert behind and before, delete, several at once."""
    done(f"propose resolves/2 {options} --for CUB,MEX --symbol CUB/1/1")
    words = words_of("resolves/2")
    assert live in words
    assert proposed("CUB/1/1")["sponsors"] == ["CUB", "MEX"]


def test_a_whole_new_wording_changes_only_the_words_that_differ(short):
    """--text is compared word by word with what stands."""
    new = "that the masters of those harbours be asked each month what they miss in the tables,"
    done("propose resolves/2 --for J", "--text", new)
    assert "asked each [~~year~~month] what" in words_of("resolves/2")


def test_the_second_occurrence_is_named_with_its_number(short):
    """`the#2` is the second one; a literal sign is written with a backslash."""
    done("revise considering/a --words 'as#2' --with AS")
    assert words_of("considering/a").endswith("much AS a ship which enters a large one;")
    assert "no number 9" in refused("revise considering/a --words 'as#9' --with x")
    sentence = refused("revise considering/a", "--words", "\\#9", "--with", "x")
    assert "“#9”" in sentence


def test_an_addition_stands_where_it_is_put(short):
    """--add takes the place, the label and the text."""
    done("propose --add --after resolves/2 --label 3 --text 'that all be well;' --for B")
    assert words_of("resolves/3") == "that all be well;]"
    paths = [one["path"] for one in call("text --json").json["clauses"]]
    assert paths.index("resolves/3") == paths.index("resolves/2") + 1


def test_sup_and_noc(short):
    """A clause to go, and one to stay, are proposals like any other."""
    done("propose resolves/2 --sup --for USA --symbol USA/1")
    done("propose considering/a --noc --for B --symbol B/1")
    assert proposed("USA/1")["kind"] == "SUP"
    assert proposed("B/1")["kind"] == "NOC"
    done("retain USA/1")
    assert "resolves/2" not in [one["path"] for one in call("text --json").json["clauses"]]


def test_from_support_to_withdrawal(short):
    """Supported, revised, withdrawn by its sponsor only, brought back by anybody."""
    done("propose resolves/2 --words masters --with captains --for J --symbol J/9/1")
    done("support J/9/1 --for ARB")
    assert proposed("J/9/1")["supporters"] == ["ARB"]
    done("revise-proposal J/9/1 --words masters --with skippers --for J")
    assert "~~masters~~skippers" in words_of("resolves/2")
    assert "does not sponsor" in refused("withdraw J/9/1 --for ARB")
    done("withdraw J/9/1 --for Japan")
    assert "withdrawn" in refused("withdraw J/9/1 --for J")
    assert "withdrawn" in refused("retain J/9/1")
    done("reintroduce J/9/1 --for ARB")
    assert "skippers" in words_of("resolves/2")


def test_retained_in_part_and_as_amended(short):
    """Some of its words, or its words with others."""
    done("propose resolves/2 --insert 'gently and often' --after asked --for B --symbol B/1/1")
    said = done("retain B/1/1 --words 'gently'")
    assert "kept: “gently”" in said
    assert "not retained: “and often”" in said
    assert proposed("B/1/1")["state"] == "retained in part"
    done("undo")
    done("retain B/1/1 --words gently --with softly")
    assert "softly and often" in words_of("resolves/2")
    assert proposed("B/1/1")["state"] == "retained as amended"


def test_dropped_and_merged(short):
    """Not retained; and living on in another, the rest said."""
    done("propose resolves/2 --insert 'gently' --after asked --for B --symbol B/1/1")
    done("propose resolves/2 --insert 'gently, twice' --after harbours --for J --symbol J/1/1")
    said = done("merge B/1/1 J/1/1")
    assert "merged into J/1/1: “gently”" in said
    done("drop J/1/1")
    assert proposed("J/1/1")["state"] == "not retained"
    assert all(one["kind"] != "proposal" for one in open_points())


def test_a_proposal_is_named_by_its_number_too(short):
    """The number in `open`; that of a bracket is refused with the way."""
    done("propose resolves/2 --sup --for USA")
    number = next(one["number"] for one in open_points() if one["kind"] == "proposal")
    done(f"drop {number}")
    assert "`resolve` or `lift`" in refused("retain 1")


def test_who_makes_a_proposal_is_recorded(short):
    """A delegation by default, or whom the options name."""
    done("propose resolves/2 --sup --for USA")
    done(
        "drop USA --by 'Ms Vice-Chair' --as chair --meeting '3rd meeting' --happened '<=2023-03-15'"
    )
    made, dropped = (line["act"] for line in call("log resolves/2 --json").lines[-2:])
    assert (made["by"], made["behalf"], made["capacity"]) == ("USA", "USA", "delegation")
    assert (dropped["by"], dropped["meeting"]) == ("Ms Vice-Chair", "3rd meeting")
    assert dropped["happened"]["bound"] == "not later than"


def test_an_act_answers_in_json_with_its_entries(short):
    """The act and each of its entries with the event by name."""
    answer = call("propose resolves/2 --sup --for USA --json").json
    (entry,) = answer["entries"]
    assert entry["event"] == "DeletionProposed"
    assert entry["act"]["id"] == answer["act"]
    assert entry["fields"]["proposal"]["sponsors"] == ["USA"]


@pytest.mark.parametrize(
    "said",
    [
        "propose resolves/2",
        "propose --sup",
        "propose resolves/2 --sup --noc",
        "propose resolves/2 --sup --words a --with b",
        "propose resolves/2 --words a",
        "propose resolves/2 --with a",
        "propose resolves/2 --after a",
        "propose --add",
        "propose --add --text a --words b",
        "propose resolves/2 --sup --happened yesterday",
        "support J/8/1",
        "retain",
    ],
)
def test_a_proposal_that_says_too_little_or_too_much_is_wrong_usage(short, said):
    """Exit code 2 and the way to the help; the record is as before."""
    before = call("log --json").out
    assert "--help`" in misused(said)
    assert call("log --json").out == before


def test_a_symbol_is_taken_once_however_it_is_proposed(short):
    """Whether by an option or as it is said; the letters may be small."""
    done("propose resolves/2 --insert kindly --after be --for CUB --symbol CUB/70/9")
    assert "a proposal “CUB/70/9” already" in refused(
        "propose resolves/2 --delete 'each year' --for J --symbol cub/70/9"
    )


def test_two_of_one_symbol_on_an_older_record_are_told_apart(short, monkeypatch):
    """Each is offered by the id by which it can be reached, with its sponsor."""
    rules = "negotiation.domain.rules.proposals.new_proposal"
    monkeypatch.setattr(rules, lambda room, terms: None)
    done("propose resolves/2 --insert kindly --after be --for CUB --symbol CUB/70/9")
    done("propose resolves/2 --delete 'each year' --for J --symbol CUB/70/9")
    said = refused("support CUB/70/9 --for USA")
    assert "any of 2 proposals" in said
    assert "(CUB/70/9, CUB)" in said
    done("support --for USA", said.split("proposals: ")[1].split()[0])
