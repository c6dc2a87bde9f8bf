"""Labels: the one that comes next."""

from __future__ import annotations

import pytest

from negotiation.domain.numbering import bare, label_behind, next_label, roman


@pytest.mark.parametrize(
    ("label", "following"),
    [
        ("a)", "b)"),
        ("(e)", "(f)"),
        ("z)", "aa)"),
        ("iii)", "iv)"),
        ("i)", "ii)"),
        ("9.", "10."),
        ("[3]", "[4]"),
        ("A", "B"),
        ("3bis", "3bis"),
        ("Article 4", "Article 5"),
        ("4.2.", "4.3."),
        ("OP3", "OP4"),
        ("", ""),
    ],
)
def test_the_label_that_follows(label, following):
    assert next_label(label) == following


def test_a_letter_among_letters_is_no_numeral():
    assert next_label("i)", romans=False) == "j)"


def test_numerals_run_on():
    labels = ["i"]
    for _ in range(40):
        labels.append(next_label(labels[-1], romans=True))
    assert labels == [roman(number) for number in range(1, 42)]


def test_brackets_and_stops_do_not_tell_labels_apart():
    assert bare("(a)") == bare("A.") == bare("a)")


@pytest.mark.parametrize(
    ("label", "taken", "inserted"),
    [
        ("3.", ["3.", "4."], "3bis."),
        ("3.", ["3.", "3bis.", "4."], "3ter."),
        ("3bis.", ["3.", "3bis.", "4."], "3ter."),
        ("3 bis.", ["3.", "3 bis.", "4."], "3 ter."),
        ("4.", ["3.", "4."], "5."),
        ("Article 3", ["Article 3", "Article 4"], "Article 3bis"),
        ("Article 4", ["Article 3", "Article 4"], "Article 5"),
        ("(a)", ["(a)", "(b)"], "(a bis)"),
        ("", ["1."], ""),
    ],
)
def test_an_insertion_takes_the_next_number_or_a_bis(label, taken, inserted):
    assert label_behind(label, taken, bis=True) == inserted


def test_an_insertion_may_have_the_letter_that_another_has():
    assert label_behind("e)", ["e)", "f)"], bis=False) == "f)"
