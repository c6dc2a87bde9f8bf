"""Marks are found and paired in layers; every bracket of a page is accounted for."""

import pytest
from hypothesis import example, given

from negotiation.papers.marks import DEEPEST_ACROSS_PARAGRAPHS, scan
from tests.papers.pages import marked_text


@given(marked_text)
@example("[a ~~b] c~~ d]")
@example("[^1][^2]]{:toc}")
def test_every_bracket_is_paired_or_stray_or_literal(text):
    """No bracket is lost and none is counted twice."""
    marks = scan(text)
    paired = [at for pair in marks.pairs for at in (pair.opened, pair.closed)]
    literal = [at for at, _ in marks.literal]
    stray = [one.at for one in marks.strays]
    assert sorted(paired + literal + stray) == [i for i, c in enumerate(text) if c in "[]{}"]
    assert len(stray) == marks.stray_count


@given(marked_text)
def test_pairs_of_one_layer_never_cross(text):
    for glyph in "[{":
        for dead in (True, False):
            layer = [p for p in scan(text).pairs if p.glyph == glyph and p.dead is dead]
            for one in layer:
                inside = [p for p in layer if one.opened < p.opened < one.closed]
                assert all(p.closed < one.closed for p in inside)


def test_square_and_curly_brackets_may_cross():
    marks = scan("[a {b] c}")
    assert [(p.opened, p.closed) for p in marks.pairs] == [(0, 5), (3, 8)]


def test_struck_brackets_pair_among_themselves_even_over_several_strikes():
    marks = scan("~~[a~~ b ~~c]~~ [d]")
    assert [(p.opened, p.closed, p.dead) for p in marks.pairs] == [(2, 12, True), (16, 18, False)]


def test_a_living_bracket_does_not_pair_with_a_struck_one():
    assert [(s.at, s.dead) for s in scan("[a ~~b]~~").strays] == [(0, False), (6, True)]


def test_footnote_marks_links_and_attributes_are_words():
    text = "x[^1] [here](https://example.org) {:.no_toc} \\[ [a]"
    marks = scan(text)
    assert len(marks.pairs) == 1
    assert len(marks.literal) == 7
    assert not marks.strays


def test_reference_links_are_words_only_where_they_are_defined():
    assert len(scan("[a][b] c\n\n[b]: http://d").literal) == 6
    assert len(scan("[a][b] c").pairs) == 2


def test_comments_and_front_matter_are_no_text():
    marks = scan("<!-- [a -->\n---\ntitle: [b]\n---\n[c]")
    assert len(marks.pairs) == 1
    assert len(marks.literal) == 3
    assert len(marks.skipped) == 2


def test_a_strike_ends_with_its_paragraph():
    marks = scan("a ~~b\n\nc ~~d~~")
    assert marks.unclosed_strikes == (2,)
    assert [(s.start, s.end) for s in marks.strikes] == [(9, 14)]


def test_a_bracket_that_the_page_left_open_far_out_never_closes():
    depth = DEEPEST_ACROSS_PARAGRAPHS + 3
    marks = scan("[" * depth + "a\n\nb" + "]" * depth)
    assert len(marks.pairs) == DEEPEST_ACROSS_PARAGRAPHS
    assert marks.stray_count == 6


def test_depth_is_the_deepest_nesting():
    assert scan("[a [b] [c [d]]]").depth == 3


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ("DRAFT NEW RESOLUTION [EUR/IAP-1]", 0),
        ("la Résolution [B-MEX-12] de la Conférence", 0),
        ("Resolution [EUR/IAP-1] [of the Conference]", 1),
        ("Resolution [Busan-2014]", 1),
        ("resolutions [A-1]", 1),
        ("[A-1] tides", 1),
    ],
)
def test_the_number_to_come_of_a_resolution_is_no_bracket(words, signs):
    """`[EUR/IAP-1]` is what it goes by; a bracket anywhere else is one."""
    assert len(scan(words).pairs) == signs
