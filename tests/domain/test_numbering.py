"""Labels: the one that comes next."""

from __future__ import annotations

import pytest

from negotiation.domain.numbering import bare, next_label, roman


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
