"""Words become lines: nothing is lost, nothing is too wide, nothing acts as control or markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from negotiation.views.pieces import Piece, Sort
from negotiation_tui.draw import (
    Ink,
    brief,
    fitted,
    joined,
    signed,
    spread,
    visible,
    width_of,
    wrap,
)
from negotiation_tui.marked import bits_of
from tests.tui.room import words

INKS = st.sampled_from([Ink.PLAIN, Ink.INSERTED, Ink.STRUCK, Ink.BRACKET])
BITS = st.lists(st.tuples(st.text("ab [],é界 \n", min_size=1, max_size=12), INKS), max_size=8)


@given(BITS, st.integers(8, 40), st.integers(0, 4))
def test_wrapping_loses_no_letter_and_keeps_its_ink(bits, width, hang):
    """All but the spaces is there again, in order and in the same ink."""
    lines = wrap(bits, width, (), hang)
    assert _letters(bit for line in lines for bit in line) == _letters(bits)


@given(BITS, st.integers(8, 40), st.integers(0, 4))
def test_no_line_is_wider_than_asked(bits, width, hang):
    """Wide characters count two cells."""
    assert all(width_of(line) <= width for line in wrap(bits, width, (), hang))


def _letters(bits):
    return [(letter, ink) for part, ink in bits for letter in part if letter not in " \n"]


def test_lines_break_between_words_and_hang():
    """The label stands on the first line; the others begin under the words."""
    lines = wrap((("that gauges be read", Ink.PLAIN),), 14, (("1", Ink.LABEL),), 3)
    assert [words(line) for line in lines] == ["1  that gauges", "   be read"]


def test_a_word_of_several_inks_is_not_broken_where_the_ink_changes():
    """`[shall]` with its brackets is one word."""
    bits = (("it ", Ink.PLAIN), ("[", Ink.BRACKET), ("shall", Ink.PLAIN), ("]", Ink.BRACKET))
    assert [words(line) for line in wrap(bits, 8)] == ["it", "[shall]"]


def test_a_word_wider_than_the_line_is_cut():
    """Nothing runs out of the window."""
    assert [words(line) for line in wrap((("abcdefghij", Ink.PLAIN),), 4)] == ["abcd", "efgh", "ij"]


def test_a_line_break_in_the_words_is_kept():
    """A clause with several lines is drawn with several lines."""
    assert [words(line) for line in wrap((("a\nb", Ink.PLAIN),), 9)] == ["a", "b"]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\u202eb", "a‹RLO›b"),
        ("a\u2066b", "a‹LRI›b"),
        ("a\x00b", "a␀b"),
        ("a\x9bb", "a\ufffdb"),
        ("a\tb", "a b"),
        ("a\ud800b", "a?b"),
    ],
)
def test_control_and_overrides_of_direction_become_visible(hostile, shown):
    """A clause cannot move the cursor, clear the screen or turn the reading round."""
    assert visible(hostile) == shown


def test_square_brackets_and_markup_stay_what_they_are():
    """`[shall]`, `[/]` and `[bold]` are words of the text."""
    for text in ("[shall]", "[/]", "[bold]x[/bold]"):
        assert visible(text) == text


def test_every_sort_of_piece_has_its_ink():
    """Insertions, strikes and brackets are told apart; decided insertions are plain words."""
    sorts = (
        Sort.PLAIN,
        Sort.INSERTED,
        Sort.STRUCK,
        Sort.GONE,
        Sort.BRACKET_OPEN,
        Sort.INSERTED_KEPT,
    )
    row = [Piece(f"{place}", sort, place, place + 1) for place, sort in enumerate(sorts)]
    assert [ink for _, ink in bits_of(row)] == [
        Ink.PLAIN,
        Ink.INSERTED,
        Ink.STRUCK,
        Ink.GONE,
        Ink.BRACKET,
        Ink.PLAIN,
    ]


def test_the_open_point_at_hand_is_marked():
    """Its brackets, and the words of the proposal at hand."""
    row = [
        Piece("[", Sort.BRACKET_OPEN, 0, 0, point="p"),
        Piece("x", Sort.INSERTED, 0, 1, source="m"),
    ]
    assert bits_of(row, here="p")[0][1] == Ink.BRACKET | Ink.HERE
    assert bits_of(row, here="m")[1][1] == Ink.INSERTED | Ink.HERE


def test_wordings_are_alternatives():
    """Only the words inside the stretch of one wording."""
    row = [Piece("ab", Sort.PLAIN, 0, 2), Piece("cd", Sort.PLAIN, 2, 4)]
    assert [ink for _, ink in bits_of(row, alternatives=[(2, 4)])] == [Ink.PLAIN, Ink.ALTERNATIVE]


def test_signs_stand_around_marks():
    """Neighbouring bits of one mark share one pair of signs."""
    bits = (
        ("a ", Ink.PLAIN),
        ("b", Ink.INSERTED),
        ("c", Ink.INSERTED | Ink.HERE),
        ("d", Ink.STRUCK),
    )
    assert words(signed(bits)) == "a {+bc+}{-d-}"


@given(st.text(max_size=60), st.integers(1, 30))
def test_brief_fits(text, width):
    """One line, no wider than asked."""
    short = brief(text, width)
    assert cell_len(short) <= width
    assert "\n" not in short


def test_fitted_cuts_at_the_width():
    """What runs over is not drawn."""
    assert words(fitted((("abc", Ink.PLAIN), ("def", Ink.STRONG)), 4)) == "abcd"


def test_the_second_part_of_a_line_stands_at_its_end():
    """The first part gives way."""
    assert words(spread((("left side", Ink.PLAIN),), (("LIVE", Ink.STRONG),), 10)) == "left  LIVE"


def test_joined_makes_one_of_neighbours():
    """Bits of one ink are one, empty ones are left out."""
    assert joined((("a", Ink.PLAIN), ("", Ink.STRUCK), ("b", Ink.PLAIN))) == (("ab", Ink.PLAIN),)
