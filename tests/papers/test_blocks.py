"""Paragraphs and their labels; words plus marks are the page again."""

import itertools

import pytest
from hypothesis import given

from negotiation.papers.blocks import Block, blocks_of, lines_of
from negotiation.papers.brackets import brackets_of
from negotiation.papers.conventions import ITU
from negotiation.papers.labels import Style, read_label
from negotiation.papers.marks import Marks, scan
from tests.papers.pages import marked_text


def blocks(text: str) -> tuple[list[Block], Marks, list[tuple[int, int]]]:
    marks = scan(text)
    removed = brackets_of(text, marks, ITU).removed(marks)
    return blocks_of(text, marks, removed, lines_of(text), lined=True), marks, removed


@given(marked_text)
def test_words_and_marks_in_order_are_the_paragraph(text):
    """Nothing is lost between the page and its blocks but line breaks and space at line ends."""
    found, _, removed = blocks(text)
    lengths = dict(removed)
    for block in found:
        printed = ""
        at = block.start
        for begin, size in zip(block.source_at, block.lengths, strict=True):
            while at < begin:
                step = lengths.get(at, 1)
                assert at in lengths or text[at].isspace()
                printed += text[at : at + step]
                at += step
            printed += text[begin : begin + size] if text[begin : begin + 1] not in "\r\n" else ""
            at = begin + (size if text[begin : begin + 1] not in "\r\n" else 0)
        rest = text[at : block.end]
        for mark in ("~~", "++", "<u>", "</u>", "<s>", "</s>", "[", "]", "{", "}"):
            rest = rest.replace(mark, "")
        assert not rest.strip()
        assert "".join(printed.split()) == "".join(text[block.start : at].split())


@given(marked_text)
def test_blocks_stand_in_order_and_apart(text):
    found, _, _ = blocks(text)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
        assert before.end_line < after.line


@given(marked_text)
def test_a_character_of_a_block_stands_on_the_page_where_it_says(text):
    found, _, _ = blocks(text)
    for block in found:
        for offset, letter in enumerate(block.text):
            at = block.place(offset)
            assert text[at] == letter or (letter == " " and text[at].isspace())


def test_lines_of_one_paragraph_are_joined_with_a_space():
    found, _, _ = blocks("The Conference of Tides\n  (Nuuk, 2015),")
    assert [block.text for block in found] == ["The Conference of Tides (Nuuk, 2015),"]


def test_labels_and_bullets_begin_paragraphs_without_an_empty_line():
    found, _, _ = blocks("- a) one;\n- b) two\n  goes on;\nc) three")
    assert [block.words for block in found] == ["one;", "two goes on;", "three"]


def test_columns_count_code_points_and_a_tab_is_one():
    lines = lines_of("a\r\n\tc\u0327x\rz")
    assert [lines.line_of(at) for at in (0, 3, 8)] == [1, 2, 3]
    assert lines.column_of(6) == 4


@pytest.mark.parametrize(
    ("words", "label", "style", "rest"),
    [
        ("e) Resolution", "e)", Style.ALPHA, "Resolution"),
        ("(a) x", "(a)", Style.ALPHA_PAREN, "x"),
        ("f) — the tide", "f)", Style.ALPHA, "the tide"),
        ("1 in his capacity", "1", Style.DIGIT, "in his capacity"),
        ("1. x", "1.", Style.DIGIT, "x"),
        ("iii) x", "iii)", Style.ROMAN, "x"),
        ("iia) x", "iia)", Style.ROMAN, "x"),
        ("(iia) x", "(iia)", Style.ROMAN_PAREN, "x"),
        ("(3a) x", "(3a)", Style.DIGIT_PAREN, "x"),
        ("3a. x", "3a.", Style.DIGIT, "x"),
        ("2.1a) x", "2.1a)", Style.DIGIT, "x"),
        ("59A\tx", "59A", Style.DIGIT, "x"),
        ("3D printing", "", Style.NONE, "3D printing"),
        ("2a that", "", Style.NONE, "2a that"),
        ("3bis. x", "3bis.", Style.DIGIT, "x"),
        ("1 bis. x", "1 bis.", Style.DIGIT, "x"),
        ("2alt that", "2alt", Style.DIGIT, "that"),
        ("3.3bis In", "3.3bis", Style.DIGIT, "In"),
        ("OP4alt x", "OP4alt", Style.SPOKEN, "x"),
        ("PP2bis x", "PP2bis", Style.SPOKEN, "x"),
        ("Article 3bis", "Article 3bis", Style.ARTICLE, ""),
        ("Article 3 (Record)", "Article 3", Style.ARTICLE, "(Record)"),
        ("**Option 1:** x", "Option 1", Style.OPTION, "x"),
        ("Option II: x", "Option II", Style.OPTION, "x"),
        ("[^1]: x", "[^1]", Style.FOOTNOTE, "x"),
        ("28 October 2014", "", Style.NONE, "28 October 2014"),
        ("12 cm of water", "", Style.NONE, "12 cm of water"),
        ("Article 4 of the Charter says", "", Style.NONE, "Article 4 of the Charter says"),
        ("(and) x", "", Style.NONE, "(and) x"),
        ("A Party may", "", Style.NONE, "A Party may"),
        ("Options include: x", "", Style.NONE, "Options include: x"),
    ],
)
def test_labels_are_told_from_words(words, label, style, rest):
    found = read_label(words)
    assert (found.text, found.style, words[found.words_at :]) == (label, style, rest)


def test_an_item_put_in_between_follows_the_one_that_it_is_named_after():
    assert [read_label(f"{one}) x").ordinal for one in ("ii", "iia", "iib", "iii")] == [2, 2, 2, 3]
    assert read_label("59A. x").ordinal == 59
    assert not read_label("iia) x", inside_paragraph=True).text


def test_a_bracket_before_a_label_does_not_hide_it():
    found, _, _ = blocks("~~[h) that the tide,~~")
    assert found[0].label.text == "h)"
