"""How a clause reads: its words with their marks, and its brackets where they are printed."""

from __future__ import annotations

from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import BracketKind, Kind, Origin, ProposalTerms, TabledRun
from negotiation.text.places import Reach
from negotiation.views.on_the_page import (
    AsProposedBy,
    Printed,
    Reading,
    Sort,
    as_first_placed,
    line,
    pieces,
    print_clause,
    reading_named,
    spans,
    whole,
)
from tests.views.records import records
from tests.views.writing import Writer


def lines(writer: Writer, reading: Reading | AsProposedBy = Reading.OPEN) -> list[str]:
    """The whole text, a line a clause."""
    return [printed.line for printed in whole(writer.timeline.moment(), reading)]


def bracket(
    writer: Writer, point: str, words: str = "", kind: BracketKind = BracketKind.CONTESTED
) -> int:
    """A bracket on words of clause a, or on the whole of it."""
    reach = Reach(*writer.stretch("a", words)) if words else Reach()
    return writer.act("a", ev.BracketPlaced(point, kind, reach))


# -- words and marks ------------------------------------------------------------------------------


def test_base_words_are_one_plain_piece() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    clause = writer.timeline.moment().clauses[0]
    (piece,) = pieces(clause, Reading.OPEN)
    assert (piece.words, piece.sort, piece.start, piece.end) == (
        "the tide be read",
        Sort.PLAIN,
        0,
        16,
    )
    assert line(clause, Reading.MARKED) == "a) the tide be read"


def test_undecided_words_are_in_brackets_and_their_strikes_visible() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    entry = writer.mod("a", "shall", "should", "P1", "USA")
    assert lines(writer) == ["a) the tide [~~shall~~should] be read"]
    assert lines(writer, Reading.MARKED) == ["a) the tide [~~shall~~++should++] be read"]
    assert lines(writer, Reading.LIVE) == ["a) the tide should be read"]
    row = pieces(writer.timeline.moment().clauses[0], Reading.OPEN)
    assert [piece.sort for piece in row] == [
        Sort.PLAIN,
        Sort.BRACKET_OPEN,
        Sort.STRUCK,
        Sort.INSERTED,
        Sort.BRACKET_CLOSE,
        Sort.PLAIN,
    ]
    assert {(piece.entry, piece.source) for piece in row[2:4]} == {(entry, "P1")}
    assert row[1].source == "P1"


def test_retained_words_are_plain_with_an_author_and_settled_strikes_hidden_unless_marked() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    entry = writer.mod("a", "shall", "should", "P1", "USA")
    writer.act("a", ev.ProposalRetained("P1"))
    assert lines(writer) == ["a) the tide should be read"]
    assert lines(writer, Reading.MARKED) == ["a) the tide ~~shall~~++should++ be read"]
    kept = pieces(writer.timeline.moment().clauses[0], Reading.OPEN)[1]
    assert (kept.words, kept.sort, kept.entry) == ("should", Sort.INSERTED_KEPT, entry)


def test_words_not_retained_stay_in_the_marked_reading_only() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    writer.mod("a", "shall", "should", "P1", "USA")
    writer.act("a", ev.ProposalNotRetained("P1"))
    assert lines(writer) == ["a) the tide shall be read"]
    assert lines(writer, Reading.MARKED) == ["a) the tide shall~~should~~ be read"]


def test_neighbouring_changes_of_two_proposals_have_brackets_of_their_own() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    writer.mod("a", "tide ", "gauge ", "P1", "USA")
    writer.mod("a", "be ", "is ", "P2", "CUB")
    assert lines(writer) == ["a) the [~~tide ~~gauge ][~~be ~~is ]read"]


def test_the_base_is_what_was_there_before() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    writer.table("n", "new words", "b)", add=ProposalTerms("P1", "", ("B",)))
    writer.table("s", "Document TC/1", kind=Kind.HEADER)
    writer.revise("a", "shall", "may")
    assert lines(writer, Reading.BASE) == ["a) the tide shall be read"]


def test_the_base_keeps_the_order_in_which_it_came() -> None:
    writer = Writer()
    for name in "abc":
        writer.table(name, f"words {name}", f"{name})")
    writer.act("", ev.ClausePlaced("c", ""))
    assert lines(writer, Reading.OPEN)[0] == "c) words c"
    moment = as_first_placed(writer.timeline, writer.head)
    assert [printed.clause for printed in whole(moment, Reading.BASE)] == ["a", "b", "c"]


def test_a_party_sees_the_text_as_it_proposes_it() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    writer.mod("a", "shall", "should", "P1", "USA", symbol="USA/1/1")
    writer.mod("a", "read", "kept", "P2", "CUB")
    assert lines(writer, AsProposedBy("usa")) == ["a) the tide should be read"]
    assert lines(writer, AsProposedBy("USA/1/1")) == ["a) the tide should be read"]
    assert lines(writer, AsProposedBy("P2")) == ["a) the tide shall be kept"]
    assert lines(writer, AsProposedBy("nobody")) == ["a) the tide shall be read"]


def test_a_struck_label_and_a_struck_clause_show_when_marked() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    writer.act("a", ev.ClauseDeleted(writer.replaced("a", "the tide be read", "")))
    assert lines(writer) == []
    assert lines(writer, Reading.MARKED) == ["~~a)~~ ~~the tide be read~~"]


def test_a_label_alone_is_a_stub_that_stays() -> None:
    writer = Writer()
    writer.table("a", "", "3 (SUP)")
    assert lines(writer) == ["3 (SUP)"]


def test_right_to_left_words_and_accents_come_through_untouched() -> None:
    writer = Writer()
    words = "the cafe\u0301 says البحر لا يعرف\u00a0– “always”"
    writer.table("a", words, "a)")
    bracket(writer, "q", "البحر")
    assert lines(writer) == ["a) " + words.replace("البحر", "[البحر]")]


def test_readings_have_the_names_people_type() -> None:
    assert reading_named("marked") is Reading.MARKED
    assert reading_named("as:CUB") == AsProposedBy("CUB")
    assert reading_named("as:") is None
    assert reading_named("nonsense") is None


# -- brackets -------------------------------------------------------------------------------------


def test_a_bracket_is_printed_around_its_words_and_knows_its_point() -> None:
    writer = Writer()
    writer.table("a", "emission or enhanced removals", "a)")
    bracket(writer, "q", "enhanced")
    assert lines(writer) == ["a) emission or [enhanced] removals"]
    signs = [p for p in pieces(writer.timeline.moment().clauses[0], Reading.OPEN) if p.point]
    assert [(p.words, p.point) for p in signs] == [("[", "q"), ("]", "q")]


def test_brackets_nest_cross_and_stand_empty() -> None:
    writer = Writer()
    writer.table("a", "one two three four", "a)")
    bracket(writer, "outer", "one two three")
    bracket(writer, "inner", "two three")
    bracket(writer, "crossing", "three four")
    assert lines(writer) == ["a) [one [two [three]] four]"]
    writer.act("a", ev.BracketPlaced("empty", reach=Reach(3, 3)))
    assert lines(writer) == ["a) [one[] [two [three]] four]"]


def test_an_outer_bracket_is_curly_and_the_bracket_around_all_is_not_printed() -> None:
    writer = Writer()
    writer.table("a", "one two", "a)")
    bracket(writer, "curly", "two", BracketKind.OUTER)
    bracket(writer, "all", kind=BracketKind.WHOLE_TEXT)
    assert lines(writer) == ["a) one {two}"]


def test_a_bracket_around_a_clause_opens_before_its_label() -> None:
    writer = Writer()
    writer.table("a", "one two", "a)")
    bracket(writer, "q")
    clause = writer.timeline.moment().clauses[0]
    assert print_clause(clause, Reading.OPEN) == Printed("a", Kind.ITEM, 0, "[a)", "one two]")
    assert pieces(clause, Reading.OPEN)[0].before_label


def test_a_bracket_over_several_clauses_opens_in_the_first_and_closes_in_the_last() -> None:
    writer = Writer()
    for name in "abcd":
        writer.table(name, f"words {name}", f"{name})")
    start, _ = writer.stretch("a", "a")
    _, end = writer.stretch("c", "words")
    writer.acts(
        ("a", ev.BracketPlaced("q", reach=Reach(start, None))),
        ("b", ev.BracketPlaced("q", begins=False)),
        ("c", ev.BracketPlaced("q", reach=Reach(None, end), begins=False)),
    )
    assert lines(writer) == ["a) words [a", "b) words b", "c) words] c", "d) words d"]
    moment = writer.timeline.moment()
    middle = moment.clauses[1]
    assert line(middle, Reading.OPEN, spans(moment)) == "b) words b"
    assert line(middle, Reading.OPEN) == "[b) words b]"


def test_a_bracket_closes_where_its_last_clause_that_stands_ends() -> None:
    writer = Writer()
    for name in "ab":
        writer.table(name, f"words {name}", f"{name})")
    writer.acts(
        ("a", ev.BracketPlaced("q")),
        ("b", ev.BracketPlaced("q", begins=False)),
        ("b", ev.ClauseDeleted(writer.replaced("b", "words b", ""))),
    )
    assert lines(writer) == ["[a) words a]"]


def test_wordings_inside_a_clause_are_each_in_their_own_pair() -> None:
    writer = Writer()
    writer.table("a", "the Union shallshould read", "a)")
    first, second = (Reach(*writer.stretch("a", word)) for word in ("shall", "should"))
    writer.act(
        "a",
        ev.BracketPlaced("q", BracketKind.ALTERNATIVES, Reach(first.start, second.end)),
        ev.AlternativeTabled("q", 1, reach=first),
        ev.AlternativeTabled("q", 2, reach=second),
    )
    assert lines(writer) == ["a) the Union [shall][should] read"]


def test_wordings_that_are_clauses_share_one_pair() -> None:
    writer = Writer()
    for number, party in enumerate(("CUB", "B"), start=1):
        writer.table(
            f"e{number}", f"words of {party}", "e)", add=ProposalTerms(party, "", (party,))
        )
    writer.acts(
        ("e1", ev.BracketPlaced("g", BracketKind.ALTERNATIVES)),
        ("e2", ev.BracketPlaced("g", BracketKind.ALTERNATIVES, begins=False)),
        ("e1", ev.AlternativeTabled("g", 1, "CUB")),
        ("e2", ev.AlternativeTabled("g", 2, "B")),
    )
    assert lines(writer) == ["[e) words of CUB", "e) words of B]"]
    assert lines(writer, AsProposedBy("B")) == ["e) words of B"]


def test_options_with_a_head_of_their_own_need_no_bracket() -> None:
    writer = Writer()
    writer.table("a", "one two", "Option 1:")
    bracket(writer, "q", kind=BracketKind.OPTION)
    assert lines(writer) == ["Option 1: one two"]


def test_an_undecided_clause_has_its_label_inside_the_bracket() -> None:
    writer = Writer()
    writer.table("n", "new words", "b)", add=ProposalTerms("P1", "", ("B",)))
    assert lines(writer) == ["[b) new words]"]


def test_undecided_words_inside_a_bracket_get_no_second_one() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    bracket(writer, "q", "tide shall be")
    writer.mod("a", "shall", "should", "P1", "USA")
    assert lines(writer) == ["a) the [tide ~~shall~~should be] read"]


def test_a_bracket_may_open_inside_struck_words() -> None:
    """The strike is printed on both sides of the sign."""
    writer = Writer()
    writer.table("a", [TabledRun("old words ", Origin.BASE, struck=True), TabledRun("new")], "a)")
    bracket(writer, "q", "words new")
    assert lines(writer) == ["a) [new]"]
    assert lines(writer, Reading.MARKED) == ["a) ~~old ~~[~~words ~~new]"]


# -- laws -----------------------------------------------------------------------------------------


@given(records())
def test_marked_pieces_hold_every_word_and_live_ones_the_live_words(writer: Writer) -> None:
    signs = (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)
    moment = writer.timeline.moment()
    for clause in moment.clauses:
        row = pieces(clause, Reading.MARKED, spans(moment))
        assert "".join(p.words for p in row if p.sort not in signs) == clause.passage.words
        for piece in row:
            if piece.sort not in signs:
                assert clause.passage.words[piece.start : piece.end] == piece.words
        shown = pieces(clause, Reading.OPEN, spans(moment))
        assert (
            "".join(p.words for p in shown if p.sort not in (*signs, Sort.STRUCK))
            == clause.passage.live
        )
        assert all(p.sort is not Sort.GONE for p in shown)
        live = pieces(clause, Reading.LIVE, spans(moment))
        assert "".join(p.words for p in live if p.sort not in signs) == clause.passage.live
        assert all(p.point for p in live if p.sort in signs)
        base = pieces(clause, Reading.BASE)
        assert "".join(p.words for p in base) == clause.passage.base


@given(records())
def test_every_bracket_that_opens_closes(writer: Writer) -> None:
    for reading in (Reading.MARKED, Reading.OPEN, Reading.LIVE):
        moment = writer.timeline.moment()
        where = spans(moment)
        depth: dict[str, int] = {}
        for clause in moment.clauses:
            for piece in pieces(clause, reading, where):
                key = piece.point or piece.source
                if piece.sort is Sort.BRACKET_OPEN:
                    depth[key] = depth.get(key, 0) + 1
                elif piece.sort is Sort.BRACKET_CLOSE:
                    depth[key] = depth.get(key, 0) - 1
                    assert depth[key] >= 0
        assert not any(depth.values())


@given(records())
def test_undecided_words_never_look_agreed(writer: Writer) -> None:
    """Every undecided word that is shown stands between signs."""
    moment = writer.timeline.moment()
    for clause in moment.clauses:
        inside = 0
        for piece in pieces(clause, Reading.OPEN):
            if piece.sort is Sort.BRACKET_OPEN:
                inside += 1
            elif piece.sort is Sort.BRACKET_CLOSE:
                inside -= 1
            elif piece.sort in (Sort.INSERTED, Sort.STRUCK):
                printed = [b for b in clause.brackets if b.kind is BracketKind.OPTION]
                assert inside > 0 or printed
