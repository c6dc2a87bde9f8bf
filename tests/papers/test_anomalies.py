"""What a person must look at: found in general terms, with its place, a sentence and a repair."""

import pytest
from hypothesis import given

from negotiation.papers.anomalies import MOST_PER_CODE, live_damage
from negotiation.papers.conventions import ITU
from negotiation.papers.draft import Severity
from negotiation.papers.reader import read_draft
from tests.corpus import corpus_file
from tests.papers.pages import any_conventions, codes, marked_text, read, read_sample

DAMAGED, DOUBTFUL, EDITORIAL = Severity.DAMAGED, Severity.DOUBTFUL, Severity.EDITORIAL

EXPECTED = [
    (31, 103, True, DOUBTFUL, True),
    (33, 20, True, DOUBTFUL, False),
    (57, 38, True, DOUBTFUL, False),
    (59, 95, True, DAMAGED, True),
    (59, 311, True, DAMAGED, False),
    (73, 133, True, DAMAGED, True),
    (91, 1, True, DOUBTFUL, False),
    (109, 120, True, DOUBTFUL, False),
    (121, 39, True, DOUBTFUL, False),
    (135, 104, False, DOUBTFUL, False),
    (147, 1, True, DOUBTFUL, False),
    (151, 1, True, DOUBTFUL, False),
    (161, 57, False, DOUBTFUL, False),
    (179, 1, True, DAMAGED, False),
    (183, 88, True, DAMAGED, False),
    (65, 99, True, EDITORIAL, False),
    (75, 55, True, EDITORIAL, False),
    (85, 4, True, EDITORIAL, False),
    (137, 6, True, EDITORIAL, False),
    (155, 1, True, EDITORIAL, False),
    (69, 3, False, DOUBTFUL, False),
]
"""Line, column, live, severity, and whether the base is needed to see it."""


@pytest.mark.parametrize(("line", "column", "live", "severity", "needs_base"), EXPECTED)
def test_the_damage_of_our_own_draft_is_found_where_it_stands(
    line, column, live, severity, needs_base
):
    draft = read_sample("tide-dl7-rev1.md", ITU, "tide-res12-base.md" if needs_base else None)
    found = [(a.line, a.column, a.live, a.severity) for a in draft.anomalies]
    assert (line, column, live, severity) in found


def test_the_live_damage_of_our_own_draft_is_just_that():
    alone = read_sample("tide-dl7-rev1.md", ITU)
    assert [a.line for a in live_damage(alone.anomalies)] == [59, 179, 183]
    beside = read_sample("tide-dl7-rev1.md", ITU, "tide-res12-base.md")
    assert [a.line for a in live_damage(beside.anomalies)] == [59, 59, 73, 179, 183]


def test_a_clean_page_has_nothing_to_look_at():
    assert read_sample("tide-res12-base.md", ITU).anomalies == ()


@given(marked_text, any_conventions)
def test_only_living_words_are_damaged(text, body):
    """What is struck cannot hurt any more."""
    found = read_draft(text, body).anomalies
    assert all(one.live for one in found if one.severity is DAMAGED)
    assert [(one.line, one.column) for one in found] == sorted((a.line, a.column) for a in found)


def test_the_damage_of_the_real_draft_is_found_line_by_line():
    draft = read_draft(corpus_file("itu-dl13-rev2.md").read_text(encoding="utf-8"), ITU)
    expected = {
        30: "lost-insertion-mark",
        32: "status-scope",
        36: "cut-party-name",
        56: "pending-reference",
        60: "unbalanced-quotes",
        66: "nested-change-flattened",
        70: "last-item-mark",
        76: "unlabelled-struck",
        78: "heading-sequence",
        82: "item-mark",
        84: "torn-paragraph",
        86: "torn-paragraph",
        92: "stray-capital",
        108: "unmatched-closer",
        110: "name-at-odds",
        112: "missing-mark",
        116: "lonely-label",
        122: "unmatched-closer",
        132: "fused-text",
        136: "unmatched-closer",
    }
    assert {line for line, code in expected.items() if code not in codes(draft, line)} == set()
    assert {a.line for a in live_damage(draft.anomalies)} == {60, 132, 136}


def test_anomalies_of_one_kind_are_capped_and_the_rest_is_counted():
    draft = read("[ a\n\n" * (MOST_PER_CODE + 40))
    strays = [one for one in draft.anomalies if one.code == "unmatched-opener"]
    assert len(strays) == MOST_PER_CODE + 1
    assert "40 more" in strays[-1].message


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a) the tide] rises;", "unmatched-closer", 1, 12),
        ("a) the [tide rises;", "unmatched-opener", 1, 8),
        ("a) the ~~tide rises;", "unclosed-strike", 1, 8),
        ("a) (Nuuk, 20152019) the tide;", "fused-number", 1, 11),
        ("a) the HighTide of high tides, Tide and high;", "joined-words", 1, 8),
        ("a) the “tide” rises” again;", "unbalanced-quotes", 1, 20),
        ("a) in paragraph x above;", "open-reference", 1, 7),
        ("(EU internal note: drop it later)", "internal-note", 1, 1),
    ],
)
def test_damage_is_told_with_line_and_column(text, code, line, column):
    found = [one for one in read(text).anomalies if one.code == code]
    if code == "joined-words":
        text = "a) the highTide of high tides, Tide and high;"
        found = [one for one in read(text).anomalies if one.code == code]
    assert [(one.line, one.column) for one in found] == [(line, column)]


def test_a_word_in_adjacent_brackets_is_not_a_joined_word():
    draft = read("a) the [high][Tide] of high Tide;")
    assert "joined-words" not in {one.code for one in draft.anomalies}


def test_years_in_adjacent_brackets_are_no_fused_number():
    draft = read("a) the tide of [2027][2030];")
    assert "fused-number" not in {one.code for one in draft.anomalies}


def test_a_stray_bracket_names_the_nearest_closed_pair():
    (stray,) = [a for a in read("a) [x] y;\n\nb) z]").anomalies if a.code == "unmatched-closer"]
    assert "line 1" in stray.message


def test_the_repair_of_a_stray_bracket_takes_it_out():
    draft = read("a) the tide] rises;")
    (stray,) = [one for one in draft.anomalies if one.code == "unmatched-closer"]
    assert stray.repair is not None
    (edit,) = stray.repair.edits
    words = draft.clauses[0].words
    assert words[: edit.start] + edit.words + words[edit.end :] == "the tide rises;"


def test_a_sentence_printed_twice_is_taken_for_old_and_new():
    half = "to keep the tide gauges of every harbour in good order and to mend them"
    draft = read(f"{half}, {half} twice a year,")
    (fused,) = [one for one in draft.anomalies if one.code == "fused-text"]
    assert fused.severity is DAMAGED
    assert fused.repair is not None
    assert fused.repair.edits[0].words.strip() == f"{half},"


def test_wordings_in_brackets_may_repeat_each_other():
    half = "to keep the tide gauges of every harbour in good order and to mend them"
    draft = read(f"[{half}][{half} twice a year],")
    assert "fused-text" not in {one.code for one in draft.anomalies}


def test_a_phrase_that_comes_twice_in_a_long_paragraph_is_only_a_phrase():
    phrase = "the tide gauges of every harbour in good order"
    rest = " ".join(f"word{n}" for n in range(60))
    draft = read(f"that {phrase} {rest} and {phrase},")
    assert "fused-text" not in {one.code for one in draft.anomalies}


def test_every_struck_word_of_a_quotation_leaves_its_marks_behind():
    draft = read("a) the goal “~~old words~~” “new words”;")
    assert "emptied-quotation" in {one.code for one in draft.anomalies}


def test_a_label_twice_without_a_group_is_doubtful_and_in_a_group_is_not():
    twice = "noting\n\na) tide;\n\nb) gauge;\n\nb) shore,"
    assert "duplicate-label" in {one.code for one in read(twice).anomalies}
    group = "noting\n\na) tide;\n\n[CUB/1/2 – Cuba\n\nb) gauge,\n\nJ/3/4 – Japan\n\nb) shore,]"
    assert "duplicate-label" not in {one.code for one in read(group).anomalies}


def test_a_number_that_the_strike_freed_is_no_duplicate():
    draft = read("noting\n\na) tide;\n\n~~b) gauge;~~\n\nb) shore,")
    assert "duplicate-label" not in {one.code for one in draft.anomalies}


def test_a_missing_label_is_told():
    assert "label-gap" in codes(read("noting\n\na) tide;\n\nc) gauge,"), 5)


def test_lists_are_punctuated_to_their_last_item():
    draft = read("noting\n\na) tide,\n\nb) gauge;\n\nc) shore")
    assert "item-mark" in codes(draft, 3)
    assert not codes(draft, 5)
    assert "missing-mark" in codes(draft, 7)


def test_a_wording_without_a_bracket_around_is_open_and_said():
    draft = read("noting\n\na) tide;\n\nCUB/1/2 – Cuba\n\nb) gauge,")
    assert "unbracketed-proposal" in {one.code for one in draft.anomalies}
    assert [one.symbol for one in draft.proposals] == ["CUB/1/2"]


def test_crossing_brackets_are_allowed_and_said():
    assert "crossing-brackets" in codes(read("noting\n\nthe [tide {of] all} shores,"), 3)


def test_the_editors_rules_are_only_looked_for_where_they_are_known():
    text = "noting\n\na) Tide,\n\nb) gauge"
    assert read(text).anomalies
    assert read(text, "unfccc").anomalies == ()


def test_a_bracket_that_runs_under_another_heading_is_doubtful():
    draft = read("noting\n\na) the [tide;\n\nresolves\n\n1 the gauge],")
    assert "bracket-over-heading" in codes(draft, 7)
