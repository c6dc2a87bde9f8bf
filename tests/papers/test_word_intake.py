"""A Word file becomes the record: no word is lost, everybody is named, and every act can go."""

import datetime as dt

import pytest
from hypothesis import example, given

from negotiation.desk import Desk
from negotiation.domain.commands import ReverseAct
from negotiation.domain.entries import Bound
from negotiation.domain.events import BracketPlaced, ClauseRelabelled, RemarkMade
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import AlreadyReceived
from negotiation.papers.authors import Authors, Stands, table_of
from negotiation.papers.docx.page import Comment, Paragraph, Place, Span, Touch, Where, WordPage
from negotiation.papers.docx.reader import read_word
from negotiation.papers.page_text import NotReadable
from negotiation.views.on_the_page import as_first_placed, whole
from negotiation.views.readings import Reading
from negotiation.views.who_wrote_this import who_wrote_this
from tests.papers import word_record
from tests.papers.tide_word import FILE, tide
from tests.papers.word_drafts import word_drafts
from tests.papers.word_record import kept, received

THEN = dt.datetime(2014, 10, 20, 9, 1, tzinfo=dt.UTC)
LATER = THEN + dt.timedelta(hours=3)
ANN = Touch("Ann", THEN)
BOB = Touch("Bob", LATER)


def paragraph(*spans, **more):
    return Paragraph(tuple(Span(one) if isinstance(one, str) else one for one in spans), **more)


def page(*paragraphs, **more):
    return WordPage(
        tuple(one if isinstance(one, Paragraph) else paragraph(one) for one in paragraphs), **more
    )


def live(desk):
    return [row.line for row in whole(desk.timeline.moment(), Reading.LIVE)]


def base(desk):
    first = as_first_placed(desk.timeline, desk.timeline.head)
    return [row.line for row in whole(first, Reading.BASE)]


def acts(desk):
    """Each act once, in order, with its hand."""
    return list({entry.act.id: entry.act for entry in desk.timeline.entries}.values())


def act_of(desk, author):
    return next(one for one in acts(desk) if one.by == author)


# -- the twins ------------------------------------------------------------------------------------


@given(word_drafts())
@example(page(paragraph("[tides "), paragraph("][gauges ]")))
@example(page(paragraph("][text][")))
@example(page(paragraph(Span("a) tides", None, ANN), " "), "gauges"))
@example(page("[tides ", paragraph("]", Span("gauges", None, ANN))))
@example(page(paragraph("text", mark_struck=ANN), paragraph(" more")))
@example(page(paragraph(Span("[", ANN), "a) words", Span("]", None, BOB), "]")))
@example(page(paragraph(Span("a) ", None, ANN), "[", Span("[", BOB), "tides]", Span("]", BOB))))
@example(page("[tides", paragraph("]", Span("gauges", None, BOB))))
@example(page(paragraph("[", Span("gauges", None, BOB)), "tides]"))
@example(page("tides", paragraph("[", Span("gauges", ANN), "]"), "turn"))
@example(page("tides", paragraph("[", Span("[a", ANN), "]", Span("]", ANN)), "turn"))
@example(page("tides", paragraph("[", Span("a", ANN)), paragraph(Span("b", ANN), "]"), "turn"))
@example(
    page(
        paragraph(Span("Section II gauges", None, ANN), mark_inserted=BOB),
        paragraph(Span("b) tides", None, ANN), mark_struck=ANN),
        "turn",
    )
)
def test_the_record_reads_as_the_file_with_everything_accepted_and_with_everything_rejected(drawn):
    """Whatever the words look like: labels, signs of other notations, lines that name sponsors."""
    found = kept(drawn, "drawn.docx")
    assert found.whole, found.shown


@given(word_drafts())
def test_everybody_in_the_file_is_in_the_record_at_the_time_that_the_file_says(drawn):
    """Each act of an author has the person, the typist and a date of theirs."""
    desk = received(drawn)
    dates: dict[str, set[dt.datetime | None]] = {}
    for touch in drawn.touches():
        dates.setdefault(touch.author or "unknown author", set()).add(touch.when)
    for act in acts(desk):
        assert act.capacity is Capacity.IMPORT
        if act.by == "rapporteur":
            continue
        assert act.typed_by == "rapporteur"
        if act.happened.bound is Bound.NOT_LATER:
            assert None in dates[act.by]
        else:
            assert act.happened.at in dates[act.by]


@given(word_drafts())
def test_whoever_put_words_in_or_struck_them_is_found_on_these_words(drawn):
    """Word by word, whatever became of them; a moved word was not put in by whoever moved it."""
    desk = received(drawn)
    found = set()
    for clause in who_wrote_this(desk.timeline, desk.timeline.head):
        for run in clause.runs:
            put_in = run.inserted.hand.by if run.inserted is not None else ""
            struck = run.struck[0].hand.by if run.struck else ""
            found |= {(word, put_in, struck) for word in run.words.split()}
    for span in (span for one in drawn.paragraphs for span in one.spans):
        touches = [one for one in (span.inserted, span.struck) if one is not None]
        if drawn.tracked and not any(one.move for one in touches) and "harbours" in span.words:
            put_in, struck = (
                "" if one is None else one.author or "unknown author"
                for one in (span.inserted, span.struck)
            )
            words = {word for word, *hands in found if hands == [put_in, struck]}
            assert any("harbours" in word for word in words)


@given(word_drafts())
def test_every_act_can_be_undone_from_the_last_one_back_to_the_base(drawn):
    """What is left when all are gone are the words that nobody brought."""
    desk = received(drawn)
    for act in reversed(acts(desk)[1:]):
        desk.act(ReverseAct(act.id))
    assert desk.timeline.text(desk.timeline.head) == desk.timeline.text(_first(desk))


def _first(desk):
    entries = desk.timeline.entries
    return sum(entry.act.id == entries[0].act.id for entry in entries)


def test_the_record_of_every_file_of_the_corpus_reads_as_the_file():
    """All words, in order, in both readings."""
    files = list(word_record.files())
    if not files:
        pytest.skip("The Word files (../shared/corpus/docx) are not beside this checkout.")
    found = [one for path in files if (one := word_record.kept_file(path)) is not None]
    assert [(one.name, one.shown) for one in found if not one.whole] == []


# -- who did it -----------------------------------------------------------------------------------


def test_a_strike_of_somebody_elses_insertion_comes_after_it_whatever_its_date_says():
    """A clock that was wrong does not make a story that cannot be told."""
    early = Touch("Bob", THEN - dt.timedelta(days=1))
    desk = received(page(paragraph("that tides ", Span("always ", ANN, early), "turn.")))
    told = [(act.by, act.happened.at) for act in acts(desk)[1:]]
    assert told == [("Ann", THEN), ("Bob", early.at)]
    assert live(desk) == ["that tides turn."]
    assert base(desk) == ["that tides turn."]


def test_what_one_person_did_within_a_minute_is_one_act_over_all_clauses():
    """Word counts in minutes; an act is one purpose."""
    soon = Touch("Ann", THEN + dt.timedelta(seconds=40))
    desk = received(page(paragraph("one ", Span("two", ANN)), paragraph("three ", Span("x", soon))))
    assert [act.by for act in acts(desk)] == ["rapporteur", "Ann"]


def test_what_has_no_date_comes_last_and_is_not_later_than_now():
    """Nobody invents a time."""
    desk = received(page(paragraph("one ", Span("two ", Touch("Cy")), Span("three", BOB))))
    assert [act.by for act in acts(desk)[1:]] == ["Bob", "Cy"]
    assert acts(desk)[-1].happened.bound is Bound.NOT_LATER


def test_a_date_that_is_still_to_come_is_kept_as_the_file_has_it():
    """The clock of another machine is no reason to refuse its file."""
    ahead = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    desk = received(page(paragraph("one ", Span("two", Touch("Ann", ahead)))))
    assert act_of(desk, "Ann").happened.at == ahead


def test_the_person_who_marked_and_the_party_that_proposes_stay_apart():
    """The table says for whom somebody typed; a name that is a party needs no table."""
    table = Authors(table_of("Ann = MEX Mexico\n# a note\nBob =\n", "table"))
    mex = Touch("MEX", LATER)
    desk = received(
        page(paragraph("one ", Span("two ", ANN), Span("three ", BOB), Span("four", mex))), table
    )
    told = [(act.by, act.behalf) for act in acts(desk)[1:]]
    assert told == [("Ann", "MEX"), ("Bob", ""), ("MEX", "MEX")]
    runs = who_wrote_this(desk.timeline, desk.timeline.head)[0].runs
    put_in = [run.inserted for run in runs if run.inserted is not None]
    by = [(one.hand.by, one.credit.sponsors) for one in put_in if one.credit is not None]
    assert by == [("Ann", ("MEX",)), ("Bob", ()), ("MEX", ("MEX",))]
    party = desk.timeline.negotiation(desk.timeline.head).party("MEX")
    assert party.name == "Mexico"


@pytest.mark.parametrize("line", ["Janin, Patricia", "= MEX", "who is this"])
def test_a_line_of_the_table_that_says_nothing_is_named(line):
    """The number of the line, and how it would be written."""
    with pytest.raises(NotReadable, match=r"Line 2 of people\.txt .*Janin, Patricia = MEX"):
        table_of(f"# people\n{line}\n", "people.txt")


def test_a_table_takes_names_with_commas_and_codes_with_names():
    """As the secretariat writes them."""
    found = table_of("Janin, Patricia = MEX Mexico  # 3 insertions\nOkafor=KEN\n", "t")
    assert found == {"janin, patricia": Stands("MEX", "Mexico"), "okafor": Stands("KEN")}


def test_one_authors_act_is_undone_alone():
    """The other changes of the same clause stay."""
    desk = received(page(paragraph("tides ", Span("always ", ANN), "turn", Span(" twice", BOB))))
    desk.act(ReverseAct(act_of(desk, "Ann").id))
    assert live(desk) == ["tides turn twice"]


def test_changes_wait_for_a_decision_where_that_is_asked():
    """They stand in brackets then, and nobody has retained them."""
    desk = received(page(paragraph("tides ", Span("always ", ANN), "turn")), undecided=True)
    assert live(desk) == ["tides always turn"]
    shown = whole(desk.timeline.moment(), Reading.OPEN)
    assert [row.line for row in shown] == ["tides [always ]turn"]
    assert [one.state for one in desk.timeline.moment().clauses[0].proposals] == ["on the table"]


def test_a_line_that_names_a_proposal_is_text_and_says_whose_the_changes_below_it_are():
    """Up to the reasons, and unless the table knows the author better."""
    desk = received(
        page(
            "MOD\tMEX/18A3/1",
            paragraph("RESOLUTION 9"),
            paragraph("considering"),
            paragraph("a) tides ", Span("always ", ANN), "turn;"),
            paragraph("Reasons: tides ", Span("do ", ANN), "turn."),
        )
    )
    assert live(desk)[0] == base(desk)[0] == "MOD\tMEX/18A3/1"
    told = [p.sponsors for c in desk.timeline.moment().clauses for p in c.proposals]
    assert told == [("MEX",), ()]


def test_wordings_under_lines_that_name_their_sponsors_are_wordings_of_one_point():
    """The lines are words of the file; an export does not print them twice."""
    from negotiation.papers.conventions import ITU
    from negotiation.papers.markdown import as_markdown

    desk = received(
        page(
            "RESOLUTION 9",
            "resolves",
            "[CUB/70/3 – Cuba",
            "e) that tides turn;",
            "B/75/2 – Brazil",
            "e) that gauges turn;]",
            "f) that harbours stay.",
        ),
        conventions=ITU.name,
    )
    assert live(desk)[2:] == [
        "[CUB/70/3 – Cuba",
        "e) that tides turn;",
        "B/75/2 – Brazil",
        "e) that gauges turn;]",
        "f) that harbours stay.",
    ]
    assert base(desk) == live(desk)
    found = [(a.order, a.sponsors) for c in desk.timeline.moment().clauses for a in c.alternatives]
    assert found == [(1, ("CUB",)), (2, ("B",))]
    assert as_markdown(desk.timeline.moment()).count("CUB/70/3") == 1


# -- paragraph marks ------------------------------------------------------------------------------


def test_a_paragraph_put_in_is_a_clause_of_its_own_on_whichever_mark_word_noted_it():
    """Whoever types behind a paragraph puts in the mark of the one before."""
    for rows in (
        (paragraph("one", mark_inserted=ANN), paragraph(Span("two", ANN)), paragraph("three")),
        (paragraph("one"), paragraph(Span("two", ANN), mark_inserted=ANN), paragraph("three")),
    ):
        desk = received(page(*rows))
        assert live(desk) == ["one", "two", "three"]
        assert base(desk) == ["one", "three"]
        kinds = [[p.kind for p in c.proposals] for c in desk.timeline.moment().clauses]
        assert kinds == [[], ["ADD"], []]


def test_a_paragraph_struck_whole_is_a_clause_that_goes():
    """SUP, by whoever struck it."""
    desk = received(page(paragraph(Span("one", None, ANN), mark_struck=ANN), paragraph("two")))
    assert (live(desk), base(desk)) == (["two"], ["one", "two"])
    assert [p.kind for p in desk.timeline.moment().clauses[0].proposals] == ["SUP"]


def test_paragraphs_that_a_tracked_mark_joins_or_splits_are_one_clause_with_an_anomaly():
    """Neither reading gains or loses a break in a word."""
    joined = received(page(paragraph("foo", mark_struck=ANN), paragraph("bar")))
    assert live(joined) == ["foobar"]
    assert base(joined) == ["foo bar"]
    split = received(page(paragraph("foo ", mark_inserted=ANN), paragraph("bar")))
    assert base(split) == ["foo bar"]
    for desk, does in ((joined, "joins"), (split, "splits")):
        found = [a.damage for c in desk.timeline.moment().clauses for a in c.margin.anomalies]
        assert [one.code for one in found if does in one.message] == ["tracked-paragraph-mark"]


def test_a_paragraph_that_was_moved_is_the_same_clause_in_another_place():
    """Its words keep their history, the base its order; what others did to it there is theirs."""
    by = Touch("Ann", THEN, move="move1")
    desk = received(
        page(
            paragraph(Span("a) tides;", struck=by), mark_struck=by),
            paragraph("b) gauges;"),
            paragraph(Span("a) ti", by), Span("des;", by), Span(" always", BOB), mark_inserted=by),
            paragraph("c) harbours."),
        )
    )
    assert live(desk) == ["b) gauges;", "a) tides; always", "c) harbours."]
    assert base(desk) == ["a) tides;", "b) gauges;", "c) harbours."]
    tides = next(c for c in desk.timeline.moment().clauses if c.passage.live.startswith("tides"))
    assert [run.inserted_by is None for run in tides.passage.runs] == [True, False]
    desk.act(ReverseAct(act_of(desk, "Ann").id))
    assert live(desk) == ["a) tides; always", "b) gauges;", "c) harbours."]


def test_a_move_of_a_part_is_a_deletion_and_an_insertion_that_know_of_each_other():
    """The clause that came says whence its words were drawn."""
    by = Touch("Ann", THEN, move="move1")
    desk = received(
        page(
            paragraph(Span("high tides and low", struck=by), mark_struck=by),
            paragraph("gauges"),
            paragraph(Span("high tides", by), mark_inserted=by),
            paragraph("harbours"),
        )
    )
    assert (live(desk), base(desk)) == (
        ["gauges", "high tides", "harbours"],
        ["high tides and low", "gauges", "harbours"],
    )
    gone, _, come, _ = desk.timeline.moment().clauses
    assert come.margin.drawn_from == (gone.id,)


# -- labels and brackets --------------------------------------------------------------------------


def test_a_bracket_in_a_paragraph_that_word_numbers_opens_behind_the_number():
    """The same for the number of a footnote: nobody can type anything before it."""
    desk = received(
        page(
            paragraph("[tides] turn", label="1.", base_label="1."),
            paragraph(Span("[", ANN), "gauges", Span("]", ANN), label="2.", base_label="2."),
            Paragraph((Span("[twice]"),), where=Where.FOOTNOTE, note="1"),
        )
    )
    assert live(desk) == ["1. [tides] turn", "2. [gauges]", "1 [twice]"]
    assert base(desk) == ["1. [tides] turn", "2. gauges", "1 [twice]"]


def test_a_bracket_behind_a_label_that_only_the_base_has_stays_behind_it():
    """Where the label is struck, or Word numbered the paragraph before it changed its style."""
    struck = Span("a) ", None, ANN)
    desk = received(
        page(
            paragraph(struck, "[tides] turn"),
            paragraph("[", struck, "gauges]"),
            paragraph("[harbours]", base_label="1."),
        )
    )
    assert live(desk) == ["[tides] turn", "[gauges]", "[harbours]"]
    assert base(desk) == ["a) [tides] turn", "[a) gauges]", "1. [harbours]"]


def test_white_space_beside_a_bracket_is_as_it_was_typed():
    """At the edges of a paragraph, and where words were struck between."""
    gone = Span(" gauges", None, ANN)
    desk = received(
        page("[ tides ] turn [ twice ]", paragraph("a [b", gone, " ]", " c [", gone, " d]"))
    )
    assert live(desk) == ["[ tides ] turn [ twice ]", "a [b ] c [ d]"]
    assert base(desk) == ["[ tides ] turn [ twice ]", "a [b gauges ] c [ gauges d]"]


def test_a_party_that_a_bracket_names_is_the_one_of_the_table():
    """By its code or by its name, in a file with tracked changes and in one without any."""
    table = Authors(table_of("Ann = MEX Mexico\nBob = USA United States\n", "table"))
    for words in ("tides", Span("tides", ANN)):
        desk = received(page(paragraph(words, " [USA: turn], and [Mexico: often]")), table)
        known = desk.timeline.moment().negotiation.parties
        assert {(one.code, one.name) for one in known} == {
            ("MEX", "Mexico"),
            ("USA", "United States"),
        }
        [clause] = desk.timeline.moment().clauses
        assert [one.holders for one in clause.brackets] == [("USA",), ("MEX",)]


def test_a_label_typed_anew_under_tracking_is_relabelled_by_its_author():
    """The base has the old one, the live text the new one."""
    desk = received(page(paragraph(Span("a)", None, BOB), Span("b)", BOB), "\tthat tides turn;")))
    assert live(desk) == ["b) that tides turn;"]
    assert base(desk) == ["a) that tides turn;"]
    told = [e.act.by for e in desk.timeline.entries if isinstance(e.event, ClauseRelabelled)]
    assert told == ["Bob"]


def test_a_label_that_word_counts_is_printed_before_the_words_in_each_reading():
    """An insertion before it changes the number that is printed, and no word."""
    desk = received(
        page(
            paragraph(Span("new", ANN), label="1.", mark_inserted=ANN),
            paragraph("that tides turn", label="2.", base_label="1."),
        )
    )
    assert live(desk) == ["1. new", "2. that tides turn"]
    assert base(desk) == ["1. that tides turn"]


def test_a_bracket_typed_under_tracking_is_its_authors_and_another_one_stood_in_the_base():
    """The author's party holds the first; nobody knows who holds the second."""
    table = Authors({"ann": Stands("MEX")})
    desk = received(
        page(paragraph("tides ", Span("[", ANN), "always", Span("]", ANN), " turn [twice]")), table
    )
    assert live(desk) == ["tides [always] turn [twice]"]
    assert base(desk) == ["tides always turn [twice]"]
    placed = [(e.act.by, e.event) for e in desk.timeline.entries]
    told = [(by, event.holders) for by, event in placed if isinstance(event, BracketPlaced)]
    assert told == [("Ann", ("MEX",)), ("rapporteur", ())]


def test_the_brackets_of_the_base_stay_whatever_becomes_of_the_point():
    """No act changes the base."""
    from negotiation.domain.commands import LiftBracket

    desk = received(page(paragraph("a) tides turn [twice", Span(" a day", ANN), "];")))
    point = desk.timeline.moment().clauses[0].brackets[0].point
    desk.act(LiftBracket(point))
    assert live(desk) == ["a) tides turn twice a day;"]
    assert base(desk) == ["a) tides turn [twice];"]


# -- comments -------------------------------------------------------------------------------------


def test_a_comment_is_a_remark_of_its_author_on_the_words_that_it_is_about():
    """At its date, for the chair; whom it answers and that it is settled is told in words."""
    desk = received(
        page(
            paragraph("that tides turn"),
            comments=(
                Comment("1", "Ann", "Do they?", Place(0, 5), Place(0, 10), THEN),
                Comment(
                    "2", "Bob", "Yes.", Place(0, 5), Place(0, 10), LATER, reply_to="1", done=True
                ),
            ),
        )
    )
    entries = [e for e in desk.timeline.entries if isinstance(e.event, RemarkMade)]
    found = [(e, e.event) for e in entries if isinstance(e.event, RemarkMade)]
    told = [(e.act.by, e.act.happened.at, event.quoted, event.words) for e, event in found]
    assert told == [
        ("Ann", THEN, "tides", "Do they?"),
        ("Bob", LATER, "tides", "In reply to Ann: Yes. (Marked as done.)"),
    ]
    assert {e.visibility for e in entries} == {Visibility.CHAIR}


def test_a_comment_on_the_words_in_a_bracket_is_on_the_open_point():
    """Where the two cover the same words."""
    desk = received(
        page(
            paragraph("tides turn [twice] a day"),
            comments=(Comment("1", "Ann", "Why?", Place(0, 12), Place(0, 17), THEN),),
        )
    )
    point = desk.timeline.moment().clauses[0].brackets[0].point
    [remark] = desk.timeline.moment().clauses[0].margin.remarks
    assert (remark.on, remark.quoted) == (point, "twice")


def test_a_comment_on_a_change_quotes_the_words_that_stand():
    """Old and new words run into each other on no page; where none stands, the struck ones do."""
    change = paragraph("tides ", Span("may", struck=ANN), Span("shall", ANN), " turn")
    desk = received(
        page(
            change,
            comments=(
                Comment("1", "Bob", "Why?", Place(0, 6), Place(0, 14), LATER),
                Comment("2", "Bob", "Pity.", Place(0, 6), Place(0, 9), LATER),
            ),
        )
    )
    events = [one.event for one in desk.timeline.entries]
    quoted = [one.quoted for one in events if isinstance(one, RemarkMade)]
    assert quoted == ["shall", "may"]


# -- marks by hand, notes and cells ---------------------------------------------------------------


def test_strikes_by_hand_are_changes_where_nothing_is_tracked_and_words_where_something_is():
    """As on a page in our notation."""
    struck, under = Span("often ", drawn_struck=True), Span("always ", drawn_under=True)
    desk = received(page(paragraph("tides ", struck, under, "turn")))
    assert (live(desk), base(desk)) == (["tides always turn"], ["tides often turn"])
    tracked = received(page(paragraph("tides ", struck, under, Span("turn", ANN))))
    assert live(tracked) == ["tides often always turn"]
    plain = received(page(paragraph("tides ", struck, under, "turn")), by_hand=False)
    assert base(plain) == ["tides often always turn"]


def test_a_pen_that_leaves_out_a_space_or_a_tab_between_two_words_struck_both():
    """So a paragraph struck by hand is gone whole, with its label."""
    old, gone = Span("b)", drawn_struck=True), Span("that chains rust;", drawn_struck=True)
    desk = received(
        page(
            "considering",
            "a)\tthat tides turn;",
            paragraph(old, "\t", gone),
            paragraph(
                Span("b)", drawn_under=True), "\t", Span("that ropes rot;", drawn_under=True)
            ),
            paragraph(Span("c)"), "\tit is ", Span("cold", drawn_struck=True), " ", "here."),
        )
    )
    assert live(desk) == [
        "considering", "a) that tides turn;", "b) that ropes rot;", "c) it is here.",
    ]  # fmt: skip
    assert base(desk) == [
        "considering", "a) that tides turn;", "b) that chains rust;", "c) it is cold here.",
    ]  # fmt: skip


def test_what_one_put_in_and_another_struck_has_the_label_that_it_had():
    """Neither reading has it, and it was an item like any."""
    fleeting = Paragraph(
        (Span("b)\tthat ropes rot;", ANN, BOB),), mark_inserted=ANN, mark_struck=BOB
    )
    desk = received(page("considering", "a)\tthat tides turn;", fleeting, "c)\tthat boats sink,"))
    assert [one.label for one in desk.timeline.moment().clauses] == ["", "a)", "b)", "c)"]
    assert base(desk) == live(desk) == ["considering", "a) that tides turn;", "c) that boats sink,"]


def test_the_label_of_a_footnote_of_ours_stands_before_a_tab():
    """As `export` sets it."""
    desk = received(page("tides[^1] turn", "[^1]\tDaily."))
    assert [one.label for one in desk.timeline.moment().clauses] == ["", "[^1]"]


def test_a_bare_number_is_a_word_where_labels_are_set_off():
    """By tabs, or because Word counts them; elsewhere it is the label that it looks like."""

    def labels(first, **more):
        desk = received(page(paragraph(first, **more), "4 million dollars a year;"))
        return [one.label for one in desk.timeline.moment().clauses]

    assert labels("3\tto count tides;") == ["3", ""]
    assert labels("to count tides;", label="3.", base_label="3.") == ["3.", ""]
    assert labels("3 to count tides;") == ["3", "4"]


def test_conventions_are_seen_from_the_styles_but_not_in_a_file_that_was_written_here():
    """Whose styles are the same for every body."""
    said = [paragraph("Résolution 9", style="Res_No"), paragraph("notant", style="Call"), "tides"]

    def seen(*headers):
        return received(page(*said, headers=headers)).timeline.moment().negotiation.conventions

    head = ("Document DL/1", "Marked against the base.", "Entry 4 of the record, today.")
    assert (seen(), seen(*head)) == ("itu", "un")


def test_a_file_that_tracks_nothing_but_has_comments_is_one_act_and_its_remarks():
    """Nobody is said to have made the marks by hand; whoever commented is."""
    desk = received(
        page(
            paragraph("tides ", Span("often ", drawn_struck=True), "turn"),
            comments=(Comment("1", "Ann", "Why?", Place(0, 0), Place(0, 5), THEN),),
        ),
        Authors({"ann": Stands("MEX")}),
    )
    assert [(act.by, act.behalf) for act in acts(desk)] == [("rapporteur", ""), ("Ann", "MEX")]
    assert (live(desk), base(desk)) == (["tides turn"], ["tides often turn"])
    assert [one.code for one in desk.timeline.moment().negotiation.parties] == ["MEX"]


def test_the_lines_of_a_word_file_are_its_paragraphs():
    """As anomalies count them, the empty ones as well."""
    from negotiation.papers.page_in import printed_lines
    from negotiation.papers.sheet import sheet_of

    drawn = page("one", "", paragraph("two ", mark_inserted=ANN), "three", "four")
    assert printed_lines(sheet_of(drawn)) == ("one", "", "two ", "three", "four")
    desk = received(drawn)
    lines = [e.evidence.line for e in desk.timeline.entries if e.clause and e.evidence]
    assert sorted(set(lines)) == [1, 3, 5]


def test_an_underline_alone_is_a_way_of_printing():
    """Headings are underlined, too."""
    desk = received(page(paragraph(Span("Tides", drawn_under=True)), paragraph("turn.")))
    assert base(desk) == ["Tides", "turn."]


def test_footnotes_and_cells_are_clauses_with_all_their_words():
    """A number alone in a cell is a word."""
    desk = received(
        page(
            paragraph("that tides turn"),
            paragraph("1", where=Where.CELL),
            paragraph("a) high", where=Where.CELL),
            paragraph("See the tables.", where=Where.FOOTNOTE, note="1"),
        )
    )
    assert live(desk) == ["that tides turn", "1", "a) high", "1 See the tables."]
    assert desk.timeline.moment().clauses[-1].kind.value == "footnote"


# -- refusals -------------------------------------------------------------------------------------


def test_a_record_that_holds_a_text_is_left_as_it_was():
    """A second history would not fit behind the first."""
    desk = received(page(paragraph("one", Span(" two", ANN))))
    head = desk.timeline.head
    with pytest.raises(AlreadyReceived):
        received(page(paragraph("three", Span(" four", ANN))), desk=desk)
    assert desk.timeline.head == head


def test_a_history_is_read_again_from_the_store(tmp_path):
    """All of its acts were written in one piece, and fold to the same text."""
    store = tmp_path / "talks.db"
    desk = Desk.begin(store)
    received(page(paragraph("one ", Span("two ", ANN), Span("three", None, BOB))), desk=desk)
    desk.close()
    again = Desk.open(store)
    assert live(again) == ["one two "]
    assert [act.by for act in acts(again)] == ["rapporteur", "Ann", "Bob"]


def test_the_word_file_of_the_how_to_is_the_one_that_the_tests_write():
    """Compared as it is read: no two machines press an archive into the same bytes."""
    assert read_word(FILE.read_bytes(), FILE.name) == read_word(tide(), FILE.name)


def test_the_call_of_a_footnote_is_no_bracket():
    """Its signs are words, as on any page; a bracket beside it is one."""
    desk = received(page(paragraph("tides[^1] [always] turn"), Paragraph((Span("Daily."),))))
    clauses = desk.timeline.moment().clauses
    assert [len(one.brackets) for one in clauses] == [1, 0]
    assert live(desk)[0] == base(desk)[0] == "tides[^1] [always] turn"


def test_what_our_own_file_says_of_itself_in_the_margin_is_no_remark():
    """Known by its page header; anywhere else somebody may be called so."""
    at = (Place(0, 0), Place(0, 5))
    said = (Comment("1", "Record", "Open for 3 days.", *at), Comment("2", "Ann", "Why?", *at))
    head = ("Document DL/1", "Marked against the base.", "Entry 4 of the record, today.")

    def remarks(*headers):
        desk = received(WordPage((paragraph("tides turn"),), said, headers))
        events = [one.event for one in desk.timeline.entries]
        return [one.words for one in events if isinstance(one, RemarkMade)]

    assert remarks(*head) == ["Why?"]
    assert sorted(remarks("Draft of today")) == ["Open for 3 days.", "Why?"]
