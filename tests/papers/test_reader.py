"""A page becomes clauses, open points and counts; every mark of it is accounted for."""

import datetime
import sys

import pytest
from hypothesis import given

from negotiation.papers.conventions import ITU, UN, UNFCCC, WHO
from negotiation.papers.draft import Fate, Kind, Origin, PointKind, ProposalKind
from negotiation.papers.reader import read_draft
from tests.corpus import corpus_file
from tests.papers.pages import any_conventions, marked_text, read, read_sample, sample

SEED = "itu-dl13-rev2.md"


@given(marked_text, any_conventions)
def test_reading_never_raises_and_loses_no_bracket(text, body):
    """Whatever is typed, it is read, and each `[ ] { }` is a pair's, an anomaly's or a word."""
    draft = read_draft(text, body)
    counts = draft.counts
    told = counts.brackets_paired + counts.brackets_anomalous + counts.brackets_literal
    assert told == sum(text.count(glyph) for glyph in "[]{}")


@given(marked_text, any_conventions)
def test_every_place_that_is_named_exists(text, body):
    draft = read_draft(text, body)
    clauses = {clause.key: clause for clause in draft.clauses}
    assert [clause.key for clause in draft.clauses] == list(range(1, len(clauses) + 1))
    points = {point.key for point in draft.points}
    for point in draft.points:
        assert point.parent is None or (point.parent in points and point.parent < point.key)
        assert [one.clause for one in point.extents] == sorted(one.clause for one in point.extents)
        for extent in point.extents:
            size = len(clauses[extent.clause].words)
            assert 0 <= (extent.start or 0) <= size
            assert extent.end is None or (extent.start or 0) <= extent.end <= size
    for one in draft.anomalies:
        assert one.line >= 1
        assert one.column >= 1
        assert one.end_line >= one.line
        assert one.message.endswith(".")
        for edit in one.repair.edits if one.repair else ():
            assert 0 <= edit.start <= edit.end <= len(clauses[edit.clause].words)


@given(marked_text)
def test_a_struck_bracket_is_never_open(text):
    """A page that is struck from end to end has no open bracket."""
    whole = "".join(text.replace("~~", "").split("\n"))
    if "<" in whole or not whole.strip():
        return
    draft = read(f"~~{whole}~~")
    assert all(point.kind is PointKind.OPTION for point in draft.points)


def calls(text: str, body: str = "itu") -> int:
    """How many calls a reading takes: a measure that no busy machine can spoil."""
    count = 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(text, body)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "]",
        "~~",
        "[[[]",
        "{[~~",
        "[a][b] ",
        "~~a~~ b ",
        '"“x”',
        "word ",
        "a) tide;\n",
        "[x\n\n",
        "Option 1:\n\nx\n\n",
        "CUB/1/2 – Cuba\n\ne) x\n\n",
        "~~f) the high tide gauge;~~\n\nf) the high tide gauge here;\n\n",
        "that shore and\n\n",
        "4alt. x\n\n",
        "<!-- ",
        "considering\n\n",
    ],
)
def test_reading_takes_linear_work(piece):
    """Twice the page is twice the work, whatever it is made of."""
    size = 4_000 // len(piece) + 40
    once, twice = calls(piece * size), calls(piece * 2 * size)
    assert twice <= 2.3 * once + 2_000


def test_the_header_says_what_the_document_is():
    header = read_sample("tide-dl7-rev1.md", ITU).header
    assert (header.symbol, header.document, header.revision) == ("DL/7(Rev.1)", "DL/7", 1)
    assert header.language == "English"
    assert header.date == datetime.date(2023, 3, 14)
    assert header.body == "AHG Coastal Data"
    assert [line for line, _ in header.lines] == [3, 5, 6, 7, 9, 11]


def test_block_headings_stand_in_order():
    draft = read_sample("tide-dl7-rev1.md", ITU)
    headings = [c.line for c in draft.clauses if c.kind is Kind.HEADING]
    assert headings == [20, 26, 45, 51, 55, 71, 87, 97, 127, 153, 165, 169, 177, 181, 185]


def test_the_counts_of_our_own_draft():
    counts = read_sample("tide-dl7-rev1.md", ITU).counts
    assert (counts.struck_spans, counts.struck_words, counts.words) == (21, 278, 1396)
    assert (counts.outer_points, counts.open_points) == (21, 26)
    assert (counts.headings, counts.depth) == (15, 2)


def test_the_open_points_of_our_own_draft():
    """Each at its line, outermost and inner ones."""
    draft = read_sample("tide-dl7-rev1.md", ITU)
    outer = [point.line for point in draft.points if point.parent is None]
    assert outer == [
        28, 33, 47, 73, 99, 99, 101, 101, 101, 107, 109, 111, 119, 123, 125, 131, 133, 139, 165,
        167, 173,
    ]  # fmt: skip
    inner = [(point.line, point.column) for point in draft.points if point.parent is not None]
    assert inner == [(101, 90), (107, 87), (119, 59), (141, 58), (145, 10)]


def test_the_main_group_has_three_sponsors_and_one_status():
    draft = read_sample("tide-dl7-rev1.md", ITU)
    group = next(point for point in draft.points if point.line == 33)
    assert group.status == "To be further discussed"
    assert [(one.symbol, one.sponsor_code, one.sponsors) for one in group.alternatives] == [
        ("CUB/12/1", "CUB", ("Cuba",)),
        ("ARB/9A2/3", "ARB", ("Arab States",)),
        ("B/15/2", "B", ("Brazil",)),
    ]
    lines = {clause.key: clause.line for clause in draft.clauses}
    assert [lines[one.clause] for one in group.alternatives if one.clause] == [35, 39, 43]
    assert [(one.start, one.end) for one in group.extents] == [(None, None)] * 3


def test_sponsored_wordings_are_pending_proposals():
    draft = read_sample("tide-dl7-rev1.md", ITU)
    named = [one for one in draft.proposals if one.symbol]
    assert [one.symbol for one in named] == ["CUB/12/1", "ARB/9A2/3", "B/15/2"]
    assert {one.kind for one in named} == {ProposalKind.ADD}
    assert {one.fate for one in named} == {Fate.PENDING}
    asked = [one for one in draft.proposals if one.kind is ProposalKind.SUP]
    assert [one.sponsors for one in asked] == [("EU",), ("EU",)]


def test_a_bracket_around_a_label_leaves_the_words_alone():
    point = next(p for p in read("a) x;\n\n[7] that the tide;").points)
    assert [(one.start, one.end) for one in point.extents] == [(None, 0)]


def test_a_bracket_before_a_label_takes_it_in_and_one_behind_does_not():
    draft = read("[a) the tide;]\n\nb) [the tide;]")
    assert [(p.extents[0].start, p.extents[0].end) for p in draft.points] == [
        (None, None),
        (0, None),
    ]


def test_a_bracket_over_paragraphs_is_one_point_with_several_shares():
    draft = read("a) the [tide\n\nb) the gauge\n\nc) the shore] stays")
    assert [(e.clause, e.start, e.end) for e in draft.points[0].extents] == [
        (1, 4, None),
        (2, None, None),
        (3, None, 9),
    ]


@pytest.mark.parametrize(
    ("text", "body", "points"),
    [
        ("The [shall][should] x", "itu", 1),
        ("The [shall]/[should] x", "itu", 1),
        ("The [shall] [should] x", "itu", 2),
        ("The [shall] [should] x", "unfccc", 1),
        ("The [shall] and [should] x", "unfccc", 2),
        ("The [shall\n\nx][should] x", "un", 1),
    ],
)
def test_neighbouring_brackets_are_alternatives_as_the_custom_says(text, body, points):
    assert len(read(text, body).points) == points


def test_alternatives_by_adjacency_know_their_places():
    draft = read("The [shall]/[should] x")
    words = draft.clauses[0].words
    assert words == "The shall/should x"
    assert [words[one.start : one.end] for one in draft.points[0].alternatives] == [
        "shall",
        "should",
    ]


def test_an_annotation_is_a_note_and_not_a_point():
    draft = read("4. The tide {Placement proposal: Article 5} stays.", "unfccc")
    assert not draft.points
    note = draft.notes[0]
    words = draft.clauses[0].words
    assert words[note.start : note.end] == "{Placement proposal: Article 5}"


def test_an_agreement_in_brackets_is_no_open_point():
    draft = read_sample("un-draft.md", UN)
    assert not [p for p in draft.points if p.line in (7, 15)]


def test_options_are_one_point_for_each_restart():
    draft = read(
        "noting\n\nOption 1: a tide\n\nOption 2: {No text required}\n\n{End of options}\n\n"
        "Option 1: a gauge\n\nOption 2: a shore"
    )
    options = [point for point in draft.points if point.kind is PointKind.OPTION]
    assert [[one.printed for one in p.alternatives] for p in options] == [
        ["Option 1", "Option 2"],
        ["Option 1", "Option 2"],
    ]
    assert [[one.no_text for one in p.alternatives] for p in options] == [
        [False, True],
        [False, False],
    ]


def test_rival_paragraphs_are_one_point_without_a_bracket():
    draft = read("resolves\n\n2 that the tide;\n\n2alt that the gauge;")
    assert [one.printed for one in draft.points[0].alternatives] == ["2", "2alt"]
    assert draft.points[0].kind is PointKind.OPTION


def test_square_brackets_alone_inside_a_curly_one_are_its_wordings():
    draft = read("noting\n\n{[the tide,]\n\n[the gauge,]}")
    assert [point.kind for point in draft.points] == [PointKind.CURLY]
    assert len(draft.points[0].alternatives) == 2


def test_a_bracket_around_the_whole_text_is_not_counted():
    body = "\n\n".join(f"{letter}) the tide;" for letter in "abcdefghij")
    draft = read(f"noting\n\n[{body}]")
    assert [point.kind for point in draft.points] == [PointKind.SQUARE]
    draft = read(f"[noting\n\n{body}]")
    assert [point.kind for point in draft.points] == [PointKind.WHOLE]
    assert draft.counts.open_points == 0


def test_underlined_words_are_insertions():
    draft = read("a) the ++high++ tide and <u>low</u> water;")
    assert [r.words for r in draft.clauses[0].runs if r.origin is Origin.INSERTED] == [
        "high",
        "low",
    ]
    assert draft.clauses[0].words == "the high tide and low water;"


def test_struck_words_without_a_base_are_presumed():
    runs = read("a) the ~~high~~ tide;").clauses[0].runs
    assert [(r.words, r.origin, r.struck) for r in runs] == [
        ("the ", Origin.BASE, False),
        ("high", Origin.PRESUMED, True),
        (" tide;", Origin.BASE, False),
    ]


def test_a_struck_paragraph_with_its_label_and_the_living_one_are_one_clause():
    draft = read_sample("tide-dl7-rev1.md", ITU)
    clause = next(c for c in draft.clauses if c.line == 61)
    assert (clause.label, clause.label_struck, clause.end_line) == ("c)", False, 63)
    assert clause.words[clause.variants[0].start :].startswith("c) — the Suva Apia")


def test_a_paragraph_torn_by_a_page_break_is_one_clause():
    draft = read_sample("tide-dl7-rev1.md", ITU)
    clause = next(c for c in draft.clauses if c.line == 77)
    assert clause.end_line == 79
    assert clause.words[clause.breaks[0] :].startswith("quickest means")


def test_depth_follows_the_series_of_labels():
    draft = read("## Article 1\n\n1. x:\n\n(a) y;\n\n(i) z;\n\n(b) y;\n\n2. x", "unfccc")
    assert [clause.level for clause in draft.clauses[1:]] == [1, 2, 3, 2, 1]


def test_items_under_a_chapeau_stand_deeper():
    draft = read("resolves\n\nto see to it that:\n\ni) one;\n\nii) two,")
    assert [(c.kind, c.level) for c in draft.clauses] == [
        (Kind.HEADING, 0),
        (Kind.CHAPEAU, 1),
        (Kind.ITEM, 2),
        (Kind.ITEM, 2),
    ]


@pytest.mark.parametrize(
    ("name", "body", "outer"),
    [("un-draft.md", UN, 9), ("unfccc-draft.md", UNFCCC, 14), ("who-draft.md", WHO, 10)],
)
def test_the_other_texts_of_ours_have_their_open_points(name, body, outer):
    assert read_sample(name, body).counts.outer_points == outer


def test_holders_are_named_from_inside_the_bracket():
    draft = read_sample("un-draft.md", UN)
    named = {point.line: point.holders for point in draft.points if point.holders}
    assert named[9] == ("G77", "US")
    assert named[11] == ("Canada", "EU")


def test_an_empty_page_is_an_empty_draft():
    assert read("").clauses == ()


def test_the_real_itu_draft_is_read_construct_by_construct():
    draft = read_draft(corpus_file(SEED).read_text(encoding="utf-8"), ITU)
    headings = [c.line for c in draft.clauses if c.kind is Kind.HEADING]
    assert headings == [18, 24, 44, 50, 54, 78, 94, 100, 114, 126, 130, 134, 138]
    assert (draft.counts.struck_spans, draft.counts.struck_words) == (23, 483)
    assert draft.counts.words == 1746
    (point,) = draft.points
    assert point.line == 32
    lines = {clause.key: clause.line for clause in draft.clauses}
    assert [(one.symbol, one.sponsors, lines[one.clause or 0]) for one in point.alternatives] == [
        ("CUB/70/3", ("Cuba",), 34),
        ("ARB/79A4/4", ("Arab States",), 38),
        ("B/75/6", ("Brazil",), 42),
    ]
    before = next(c for c in draft.clauses if c.key == point.extents[0].clause - 1)
    assert (before.label, before.line) == ("d)", 30)
    assert [(c.line, c.end_line) for c in draft.clauses if c.line == 66] == [(66, 68)]
    assert [(c.line, c.end_line) for c in draft.clauses if c.line == 84] == [(84, 86)]


@pytest.mark.parametrize(
    ("name", "opened", "footnote_marks", "depth"),
    [("unfccc/paris-2015-10-23.md", 1052, 24, 7), ("unfccc/paris-2015-12-04.md", 1055, 31, 7)],
)
def test_the_real_climate_drafts_account_for_every_bracket(name, opened, footnote_marks, depth):
    text = corpus_file(name).read_text(encoding="utf-8")
    draft = read_draft(text, UNFCCC)
    counts = draft.counts
    assert text.count("[") == opened
    assert text.count("[^") == footnote_marks
    assert counts.square_opened <= opened - footnote_marks
    assert counts.depth >= depth
    told = counts.brackets_paired + counts.brackets_anomalous + counts.brackets_literal
    assert told == sum(text.count(glyph) for glyph in "[]{}")
    assert len([p for p in draft.points if p.kind is PointKind.OPTION]) > 40


def test_every_other_real_draft_is_read(corpus):
    """Skeletons of other bodies, high-seas drafts, and the step by step carrying of one text."""
    names = [*corpus.glob("skeletons/*"), *corpus.glob("bbnj/*"), *corpus.glob("unfccc/stepwise/*")]
    assert names
    for path in names:
        text = path.read_text(encoding="utf-8")
        counts = read_draft(text, UN).counts
        told = counts.brackets_paired + counts.brackets_anomalous + counts.brackets_literal
        assert told == sum(text.count(glyph) for glyph in "[]{}"), path.name


def test_reading_a_page_twice_is_the_same_reading():
    text = sample("tide-dl7-rev1.md")
    assert read_draft(text, ITU) == read_draft(text, ITU)


def test_a_struck_label_before_a_living_one_is_kept_as_struck_words():
    clause = read("noting\n\n~~e)~~ f) the tide;").clauses[1]
    assert (clause.label, clause.label_struck) == ("f)", False)
    assert [(run.words, run.struck) for run in clause.runs] == [("e) ", True), ("the tide;", False)]


def test_an_act_may_stand_before_the_title():
    draft = read("AHG 3\n\nDocument DT/4(Rev.3)-E\n2 November 2018\n\nMOD RESOLUTION 7\n\nTides")
    assert [c.kind for c in draft.clauses] == [Kind.HEADER] * 3 + [Kind.TITLE, Kind.SUBJECT]
    assert draft.header.symbol == "DT/4(Rev.3)"


def test_several_symbols_may_share_a_wording():
    draft = read("[RCC/6/3, J/7/2 – Several\n\nc) tides,\n\nACP/1/2 – Asia-Pacific\n\nc) gauges,]")
    assert [one.symbol for one in draft.points[0].alternatives] == ["RCC/6/3, J/7/2", "ACP/1/2"]
