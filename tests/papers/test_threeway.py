"""A page beside its base: the base comes back word for word, and changes are told apart."""

import pytest
from hypothesis import example, given

from negotiation.papers.conventions import ITU
from negotiation.papers.draft import DraftClause, Fate, Origin, ProposalKind, Severity
from negotiation.papers.reader import read_draft
from tests.corpus import corpus_file
from tests.papers.pages import base_and_page, base_words, marked_text, read, read_sample, sample

DRAFT, BASE = "tide-dl7-rev1.md", "tide-res12-base.md"


def told(clause: DraftClause) -> list[tuple[str, str]]:
    """The runs of a clause: `=` base, `-` base struck, `+` inserted, `x` inserted and struck."""
    signs = {
        (Origin.BASE, False): "=",
        (Origin.BASE, True): "-",
        (Origin.INSERTED, False): "+",
        (Origin.INSERTED, True): "x",
    }
    return [(signs[run.origin, run.struck], run.words) for run in clause.runs]


@given(base_and_page())
@example(("a) tide;", "a) tide4;"))
@example(("tide;", "tidetide;"))
@example(("tide tide harbour tide;", "tide gauge harbourtide tide;"))
def test_the_base_comes_back_word_for_word(texts):
    """Whatever happened to the page, the base reading is the base."""
    base, page = texts
    assert base_words(read(page, base=base)) == base.split()


@given(base_and_page())
def test_the_printed_words_stay_as_printed(texts):
    """A base adds words and origins; it takes no printed word away and changes no mark."""
    base, page = texts
    alone, beside = read(page), read(page, base=base)
    by_key = {clause.key: clause for clause in beside.clauses}
    for clause in alone.clauses:
        printed = [run for run in by_key[clause.key].runs if run.printed]
        assert "".join(run.words for run in printed) == clause.words
        struck = "".join(run.words for run in printed if run.struck and not run.strike_lost)
        assert struck == "".join(run.words for run in clause.runs if run.struck)


@given(marked_text, marked_text)
@example("a) ", "[")
def test_any_two_texts_can_be_compared(page, base):
    draft = read(page, base=base)
    clauses = {clause.key: clause for clause in draft.clauses}
    assert len(clauses) == len(draft.clauses)
    for point in draft.points:
        for extent in point.extents:
            size = len(clauses[extent.clause].words)
            assert 0 <= (extent.start or 0) <= (size if extent.end is None else extent.end) <= size
    for one in draft.anomalies:
        for edit in one.repair.edits if one.repair else ():
            words = clauses[edit.clause].words
            assert 0 <= edit.start <= edit.end <= len(words)
            if edit.applied:
                assert words[edit.start : edit.end] == edit.words


@given(base_and_page())
def test_a_page_beside_itself_has_no_change(texts):
    base, _ = texts
    draft = read(base, base=base)
    assert all(clause.in_base for clause in draft.clauses)
    assert not any(
        run.struck or run.origin is Origin.INSERTED for c in draft.clauses for run in c.runs
    )
    assert not draft.proposals


def test_our_own_base_comes_back_word_for_word():
    assert base_words(read_sample(DRAFT, ITU, BASE)) == sample(BASE).split()
    assert base_words(read_sample("tide-short.md", ITU, "tide-short-base.md")) == (
        sample("tide-short-base.md").split()
    )


def test_the_real_base_comes_back_word_for_word():
    page = corpus_file("itu-dl13-rev2.md").read_text(encoding="utf-8")
    base = corpus_file("itu-res174-2010-reconstructed.md").read_text(encoding="utf-8")
    draft = read_draft(page, ITU, base)
    assert base_words(draft) == base.split()
    at = {clause.line: clause for clause in draft.clauses}
    assert ("-", "4") in told(at[60])
    assert ("+", "3") in told(at[60])
    assert [sign for sign, _ in told(at[132])] == ["-", "+"]
    assert ("-", "measures taken for") in told(at[136])
    assert ("+", "} progress made on") in told(at[136])
    assert (at[76].label, at[76].base_label) == ("", "h)")
    assert (at[116].label, at[116].base_label) == ("1", "")
    assert [line for line in (34, 72, 74, 84, 88, 90, 92, 108) if at[line].in_base] == []
    assert all(clause.in_base is False for clause in draft.clauses if clause.kind == "header")
    damaged = [a.line for a in draft.anomalies if a.live and a.severity is Severity.DAMAGED]
    assert sorted(set(damaged)) == [60, 132, 136]
    dropped = [p for p in draft.proposals if p.fate is Fate.NOT_RETAINED]
    assert {p.symbol for p in dropped} == {None}
    assert [p.line for p in dropped if p.kind is ProposalKind.ADD] == [
        72, 74, 84, 88, 90, 108, 118, 120, 122, 124,
    ]  # fmt: skip


def test_an_unmarked_replacement_behind_a_strike_is_an_insertion():
    draft = read("a) the ~~low~~ high tide;", base="a) the low tide;")
    assert told(draft.clauses[0]) == [("=", "the "), ("-", "low"), ("+", " high"), ("=", " tide;")]


def test_struck_words_that_were_never_base_are_a_proposal_not_retained():
    draft = read("a) the ~~very~~ ~~low~~ high tide;", base="a) the low tide;")
    (proposal,) = draft.proposals
    assert (proposal.words.strip(), proposal.kind) == ("very", ProposalKind.MOD)
    assert (proposal.fate, proposal.sponsors) == (Fate.NOT_RETAINED, ())


def test_other_bodies_do_not_read_struck_words_as_dropped_proposals():
    draft = read("a) the ~~very~~ high tide;", "who", base="a) the high tide;")
    assert draft.proposals == ()


def test_two_numbers_printed_as_one_are_told_apart():
    draft = read("a) in goal 43: the tide;", base="a) in goal 4: the tide;")
    assert told(draft.clauses[0]) == [
        ("=", "in goal "),
        ("-", "4"),
        ("+", "3"),
        ("=", ": the tide;"),
    ]
    (anomaly,) = [one for one in draft.anomalies if one.code == "fused-number"]
    assert anomaly.severity is Severity.DAMAGED
    assert anomaly.repair is not None
    assert anomaly.repair.applied
    assert draft.clauses[0].runs[1].strike_lost


def test_years_run_together_are_told_apart():
    draft = read("a) (Nuuk, 20152019) the tide;", base="a) (Nuuk, 2015) the tide;")
    assert ("-", "2015") in told(draft.clauses[0])
    assert ("+", "2019") in told(draft.clauses[0])


def test_a_lost_space_between_base_words_is_no_change_of_words():
    draft = read("a) the best availablescience;", base="a) the best available science;")
    (anomaly,) = [one for one in draft.anomalies if one.code == "joined-words"]
    assert anomaly.repair is not None
    (edit,) = anomaly.repair.edits
    words = draft.clauses[0].words
    assert (words[edit.start : edit.end], edit.words, edit.struck) == (" ", " ", False)


def test_a_word_that_grew_an_ending_is_the_base_word_and_the_ending():
    draft = read("a) the risks of it;", base="a) the risk of it;")
    assert told(draft.clauses[0]) == [("=", "the risk"), ("+", "s"), ("=", " of it;")]


def test_a_bracket_inside_a_word_does_not_hide_the_base_word():
    draft = read("a) Article[s 4 and] 6;", base="a) Article 6;")
    assert told(draft.clauses[0]) == [
        ("=", "Article"),
        ("+", "s"),
        ("=", " "),
        ("+", "4 and "),
        ("=", "6;"),
    ]


def test_words_that_the_page_lost_come_back_struck_and_say_so():
    draft = read("a) the tide rises;", base="a) the tide never rises;")
    run = draft.clauses[0].runs[1]
    assert (run.words.strip(), run.struck, run.printed) == ("never", True, False)
    assert "strike-lost" in {one.code for one in draft.anomalies}


def test_a_clause_that_the_page_lost_comes_back_struck_in_its_place():
    draft = read(
        "a) the tide;\n\nc) the shore,", base="a) the tide;\n\nb) the gauge;\n\nc) the shore,"
    )
    assert [(c.label, c.base_label, c.in_base) for c in draft.clauses] == [
        ("a)", "a)", True),
        ("b)", "b)", True),
        ("c)", "c)", True),
    ]
    assert draft.clauses[1].label_struck
    assert [one.code for one in draft.anomalies if one.clause == draft.clauses[1].key] == [
        "missing-clause"
    ]


def test_old_and_new_sentence_printed_together_are_told_apart():
    old = "to keep the tide gauges of every harbour in good order and to mend them soon,"
    new = "to regularly keep the tide gauges of every harbour in good order and to mend them twice,"
    draft = read(f"{old} {new}", base=old)
    assert told(draft.clauses[0]) == [("-", old), ("+", " " + new)]
    (anomaly,) = [one for one in draft.anomalies if one.code == "fused-text"]
    assert anomaly.repair is not None
    assert anomaly.repair.applied


def test_a_stray_bracket_tells_what_was_replaced():
    draft = read(
        "to report on the steps begun under} progress made under this text,",
        base="to report on the steps begun under this text,",
    )
    assert told(draft.clauses[0]) == [
        ("=", "to report on the "),
        ("-", "steps begun under"),
        ("+", "} progress made under"),
        ("=", " this text,"),
    ]
    (anomaly,) = [one for one in draft.anomalies if one.severity is Severity.DAMAGED]
    assert anomaly.repair is not None
    assert [(e.words, e.applied) for e in anomaly.repair.edits] == [
        ("steps begun under", True),
        ("", False),
        ("progress made under", True),
    ]


def test_places_of_open_points_move_with_the_words_that_come_back():
    draft = read("a) tide rises [fast];", base="a) tide never rises;")
    clause = draft.clauses[0]
    extent = draft.points[0].extents[0]
    assert clause.words[extent.start : extent.end] == "fast"


def test_a_relabelled_clause_keeps_its_base_label():
    draft = read("b) the tide;\n\nc) the gauge,", base="a) the tide;\n\nb) the gauge,")
    assert [(c.label, c.base_label) for c in draft.clauses] == [("b)", "a)"), ("c)", "b)")]


@pytest.mark.parametrize("mark", ["[a]", "{b}", "~~c~~", "[^1]"])
def test_marks_in_a_base_are_words(mark):
    base = f"a) the {mark} tide;"
    assert base_words(read("a) the tide;", base=base)) == base.split()
