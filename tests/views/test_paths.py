"""What clauses are called, and finding them by what people say."""

from __future__ import annotations

from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import Kind, ProposalTerms, Restored
from negotiation.views.at_that_time import Moment
from negotiation.views.paths import block, find, path, paths
from tests.views.records import records
from tests.views.writing import Writer


def resolution() -> Writer:
    """A short resolution with every kind of clause."""
    writer = Writer()
    writer.table("title", "RESOLUTION 12", kind=Kind.TITLE)
    writer.table("subject", "Tides", kind=Kind.SUBJECT)
    writer.table("enacting", "The Conference,", kind=Kind.ENACTING)
    writer.heading("reaffirming", "reaffirming")
    writer.table("ra", "first,", "a)", level=1)
    writer.table("rb", "second,", "b)", level=1)
    writer.heading("considering", "considering further,")
    writer.table("cf", "that all is well,", kind=Kind.PARAGRAPH, level=1)
    writer.heading("resolves", "resolves to instruct the Secretary-General")
    writer.table("ch", "to see to it that:", kind=Kind.CHAPEAU, level=1)
    writer.table("r1", "one", "1", level=1)
    writer.table("r1a", "one a", "(a)", level=2)
    writer.table("r1ai", "one a i", "(i)", level=3)
    writer.table("r2", "two", "2.", level=1)
    writer.table("un", "without a number", kind=Kind.PARAGRAPH, level=1)
    writer.heading("invites", "invites Member States")
    writer.table("i1", "to help", kind=Kind.PARAGRAPH)
    writer.heading("invites2", "invites Member States")
    writer.table("i2", "to help again", kind=Kind.PARAGRAPH)
    writer.table("fn", "A note.", "[1]", kind=Kind.FOOTNOTE)
    return writer


def ids(moment: Moment, name: str) -> list[str]:
    """Whom a name finds."""
    return [clause.id for clause in find(moment, name)]


def test_every_kind_of_clause_has_its_path() -> None:
    assert paths(resolution().timeline.moment()) == {
        "title": "title",
        "subject": "subject",
        "enacting": "enacting",
        "reaffirming": "reaffirming",
        "ra": "reaffirming/a",
        "rb": "reaffirming/b",
        "considering": "considering further",
        "cf": "considering further/1",
        "resolves": "resolves to instruct the Secretary-General",
        "ch": "resolves to instruct the Secretary-General/chapeau",
        "r1": "resolves to instruct the Secretary-General/1",
        "r1a": "resolves to instruct the Secretary-General/1/a",
        "r1ai": "resolves to instruct the Secretary-General/1/a/i",
        "r2": "resolves to instruct the Secretary-General/2",
        "un": "resolves to instruct the Secretary-General/p1",
        "invites": "invites Member States",
        "i1": "invites Member States/1",
        "invites2": "invites Member States#2",
        "i2": "invites Member States#2/1",
        "fn": "footnote/1",
    }


def test_a_path_finds_its_clause_however_it_is_written() -> None:
    moment = resolution().timeline.moment()
    assert ids(moment, "reaffirming/b") == ["rb"]
    assert ids(moment, "Reaffirming/B)") == ["rb"]
    assert ids(moment, " reaffirming / b. ") == ["rb"]
    assert ids(moment, "RESOLVES to instruct the  secretary-general/1/(a)") == ["r1a"]
    assert ids(moment, "invites member states#2/1") == ["i2"]
    assert ids(moment, "rb") == ["rb"]


def test_a_heading_is_found_by_its_words() -> None:
    moment = resolution().timeline.moment()
    assert ids(moment, "considering further") == ["considering"]
    assert ids(moment, "Considering further,") == ["considering"]


def test_the_end_of_a_path_is_enough_and_may_mean_several() -> None:
    moment = resolution().timeline.moment()
    assert ids(moment, "b)") == ["rb"]
    assert ids(moment, "a/i") == ["r1ai"]
    assert ids(moment, "a") == ["ra", "r1a"]
    assert ids(moment, "to help again") == ["i2"]
    assert ids(moment, "zz") == []
    assert ids(moment, "") == []


def test_equal_labels_are_numbered_and_the_first_is_meant_without_a_number() -> None:
    writer = Writer()
    writer.heading("h", "reaffirming")
    for number in "123":
        writer.table(f"e{number}", f"wording {number}", "e)")
    moment = writer.timeline.moment()
    assert [path(moment, f"e{n}") for n in "123"] == [
        "reaffirming/e",
        "reaffirming/e#2",
        "reaffirming/e#3",
    ]
    assert ids(moment, "reaffirming/e") == ["e1"]
    assert ids(moment, "reaffirming/e#1") == ["e1"]
    assert ids(moment, "reaffirming/E)#3") == ["e3"]


def test_a_struck_clause_leaves_its_label_to_the_one_that_stands() -> None:
    writer = Writer()
    writer.heading("h", "recalling")
    writer.table("old", "former words", "f)")
    writer.table("new", "words that stand", "f)")
    writer.act("old", ev.ClauseDeleted(writer.replaced("old", "former words", "")))
    moment = writer.timeline.moment()
    assert (path(moment, "new"), path(moment, "old")) == ("recalling/f", "recalling/f#2")
    assert ids(moment, "f") == ["new"]
    assert ids(moment, "recalling/f#2") == ["old"]


def test_a_heading_whose_words_are_struck_keeps_its_name() -> None:
    writer = Writer()
    writer.heading("h", "noting")
    writer.table("a", "words", "a)")
    writer.act("h", ev.ClauseDeleted(writer.replaced("h", "noting", "")))
    assert path(writer.timeline.moment(), "a") == "noting/a"


def test_a_text_without_headings_goes_by_labels() -> None:
    writer = Writer()
    writer.table("p1", "words", "3bis.")
    writer.table("o", "[choose]", "Option 1:", kind=Kind.OPTION)
    writer.table("o2", "Placement in the preamble of this text", kind=Kind.OPTION)
    assert list(paths(writer.timeline.moment()).values()) == [
        "3bis",
        "Option 1",
        "Placement in the preamble",
    ]


def test_a_block_is_a_heading_with_what_is_under_it() -> None:
    moment = resolution().timeline.moment()
    assert [c.id for c in block(moment, "reaffirming")] == ["reaffirming", "ra", "rb"]
    assert [c.id for c in block(moment, "invites2")] == ["invites2", "i2"]
    assert [c.id for c in block(moment, "rb")] == ["rb"]
    assert block(moment, "nobody") == ()


def test_a_clause_that_was_undone_is_not_found() -> None:
    writer = Writer()
    writer.table("a", "words", "a)", add=ProposalTerms("P1"))
    writer.act("a", ev.ActReversed("act-2", (2,), Restored(tabled=False)))
    assert ids(writer.timeline.moment(), "a") == []


@given(records())
def test_every_path_leads_back_to_its_clause(writer: Writer) -> None:
    moment = writer.timeline.moment()
    called = paths(moment)
    assert len(set(called.values())) == len(called)
    for clause in moment.clauses:
        if clause.margin.tabled:
            assert find(moment, called[clause.id]) == (clause,)
