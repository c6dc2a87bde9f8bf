"""Places that travel with the words, against brackets that stand among the letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.text.edit import Edit, apply, insertion
from negotiation.text.passage import Mark, base_passage
from negotiation.text.places import WHOLE, Reach
from tests.strategies import FRESH, edits, passages, reaches, texts


def carried(words: str, reach: Reach, edit: Edit) -> Reach:
    """The slow twin: the brackets stand in the row as signs, and new words are put among them.

    Words go in as near to the words they replace as they can; words that replace nothing stay
    outside a bracket whose edge they touch, and behind one that holds nothing.
    """
    row: list[str] = []
    for place in range(len(words) + 1):
        if reach.start == place == reach.end:
            row += ["<", ">"]
        else:
            row += [">"] * (reach.end == place) + ["<"] * (reach.start == place)
        row += words[place : place + 1] and ["."]
    # Behind the last letter that is replaced, or at the place between two letters.
    at = letters = 0
    while letters < edit.end:
        letters += row[at] == "."
        at += 1
    if edit.start == edit.end:
        signs = "".join(row[at : at + 2])
        if signs.startswith("<>"):
            at += 2
        elif signs.startswith(">"):
            at += 1
    row[at:at] = ["+"] * len(edit.inserted)

    def offset(sign: str) -> int | None:
        return sum(1 for one in row[: row.index(sign)] if one in ".+") if sign in row else None

    return Reach(offset("<"), offset(">"))


@given(passages(), st.data())
def test_a_reach_travels_as_brackets_among_the_letters(passage, data):
    reach = data.draw(reaches(len(passage.words)))
    for entry in range(data.draw(st.integers(1, 4))):
        edit = data.draw(edits(passage))
        after = reach.across(edit)
        assert after == carried(passage.words, reach, edit)
        passage = apply(passage, edit, Mark(FRESH + entry))
        start, end = after.within(len(passage.words))
        assert 0 <= start <= end <= len(passage.words)
        reach = after


@given(texts(1), st.data())
def test_a_reach_keeps_its_words(words, data):
    """What stood in it stands in it still, and what stood outside stays outside."""
    length = len(words)
    reach = data.draw(reaches(length))
    at = data.draw(st.integers(0, length))
    new = data.draw(texts(1, 4))
    start, end = reach.within(length)
    low, high = reach.across(insertion(at, new)).within(length + len(new))
    after = words[:at] + new + words[at:]
    inside = words[start:end]
    if (
        (start < at or reach.start is None)
        and (at < end or reach.end is None)
        and start <= at <= end
    ):
        inside = words[start:at] + new + words[at:end]
    assert after[low:high] == inside


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(insertion(2, "++"), Reach(4, 7), id="before: at the start stays outside"),
        pytest.param(insertion(5, "++"), Reach(2, 5), id="behind: at the end stays outside"),
        pytest.param(insertion(3, "++"), Reach(2, 7), id="inside"),
        pytest.param(Edit(0, 2, "ab", "++"), Reach(4, 7), id="replaced before it"),
        pytest.param(Edit(2, 3, "c", "++"), Reach(2, 7), id="replaced at its start"),
        pytest.param(Edit(4, 5, "e", "++"), Reach(2, 7), id="replaced at its end"),
        pytest.param(Edit(2, 5, "cde", "++"), Reach(2, 7), id="replaced as a whole"),
        pytest.param(Edit(1, 3, "bc", "++"), Reach(2, 7), id="replaced across its start"),
        pytest.param(Edit(4, 6, "ef", "++"), Reach(2, 5), id="replaced across its end"),
        pytest.param(Edit(5, 6, "f", "++"), Reach(2, 5), id="replaced behind it"),
        pytest.param(Edit(2, 5, "cde"), Reach(2, 5), id="struck words do not move"),
    ],
)
def test_edges_of_a_bracket(edit, expected):
    apply(base_passage("abcdefg"), edit, Mark(1))
    assert Reach(2, 5).across(edit) == expected


@given(texts(), st.data())
def test_open_ends_stay_open(words, data):
    edit = data.draw(edits(base_passage(words)))
    assert WHOLE.across(edit) is WHOLE
    assert WHOLE.whole


def test_an_untouched_reach_is_the_same_one():
    reach = Reach(0, 2)
    assert reach.across(insertion(5, "x")) is reach


def test_an_empty_reach_stays_before_words_put_in_at_it():
    assert Reach(3, 3).across(insertion(3, "++")) == Reach(3, 3)
    assert Reach(3, 3).across(insertion(2, "++")) == Reach(5, 5)
    assert Reach(3, 3).across(Edit(2, 3, "c", "++")) == Reach(5, 5)
    assert Reach(3, 3).across(Edit(3, 4, "d", "++")) == Reach(3, 3)


def test_nested_and_crossing():
    assert Reach(0, 4).crosses(Reach(2, 6), 9)
    assert Reach(2, 6).crosses(Reach(0, 4), 9)
    assert not Reach(0, 4).crosses(Reach(4, 6), 9)
    assert not Reach(0, 6).crosses(Reach(2, 4), 9)
    assert Reach(0, 6).holds(Reach(2, 4), 9)
    assert WHOLE.holds(Reach(2, None), 9)
    assert not Reach(2, None).holds(WHOLE, 9)


@given(st.data())
def test_two_reaches_are_apart_nested_or_crossing(data):
    one, other = data.draw(reaches(6)), data.draw(reaches(6))
    a, b = one.within(6)
    c, d = other.within(6)
    mine, theirs = set(range(a, b)), set(range(c, d))
    crossing = bool(mine & theirs and mine - theirs and theirs - mine)
    assert one.crosses(other, 6) is other.crosses(one, 6) is crossing
    if theirs and one.holds(other, 6):
        assert theirs <= mine
