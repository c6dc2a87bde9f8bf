"""What differs between two wordings: exact, word by word, and no smaller than people read."""

import itertools

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from negotiation.text import changes as module
from negotiation.text.changes import changes, words_of
from negotiation.text.search import joins, on_boundary
from tests.strategies import sentences, texts


def forwards(first, found):
    """The second wording, made of the first."""
    text, at = [], 0
    for change in found:
        assert first[change.start : change.end] == change.removed
        text += [first[at : change.start], change.inserted]
        at = change.end
    return "".join([*text, first[at:]])


def backwards(second, found):
    """The first wording, made of the second."""
    text, at = [], 0
    for change in found:
        assert second[change.new_start : change.new_end] == change.inserted
        text += [second[at : change.new_start], change.removed]
        at = change.new_end
    return "".join([*text, second[at:]])


def check_changes(first, second):
    found = changes(first, second)
    assert forwards(first, found) == second
    assert backwards(second, found) == first
    for change in found:
        assert change.removed != change.inserted
        for text, at in (
            (first, change.start),
            (first, change.end),
            (second, change.new_start),
            (second, change.new_end),
        ):
            assert on_boundary(text, at), f"A character is cut at {at}."
    for one, other in itertools.pairwise(found):
        assert one.end < other.start
        assert one.new_end < other.new_start
        assert first[one.end : other.start] == second[one.new_end : other.new_start]
    return found


PAIRS = st.tuples(texts(), texts()) | st.tuples(sentences(), sentences())


@given(PAIRS)
@example(("a b c", "a  b  c"))
@example(("a b", "a\tc"))
@example(("a \u0301x b", "a y b"))
@example(("a b", "a"))
@example(("\u0301", " \u0301"))
@example((" ", ""))
@example(("a\x1cb", "a b"))
def test_changes_lead_from_one_side_to_the_other_and_back(pair):
    check_changes(*pair)


@given(texts(), st.data())
def test_a_few_edits_are_exact_too(first, data):
    second = first
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(
            data.draw(st.tuples(st.integers(0, len(second)), st.integers(0, len(second))))
        )
        second = second[:start] + data.draw(texts(0, 3)) + second[end:]
    check_changes(first, second)


@given(sentences(), sentences())
def test_no_word_is_cut(first, second):
    """A change begins and ends between words, in both wordings."""
    for change in check_changes(first, second):
        if change.removed:
            assert not joins(first, change.start)
            assert not joins(first, change.end)
        if change.inserted:
            assert not joins(second, change.new_start)
            assert not joins(second, change.new_end)


@given(sentences(), sentences())
def test_what_both_sides_share_at_the_edges_is_given_back(first, second):
    """No change begins or ends with the same whole word on both sides."""
    for change in check_changes(first, second):
        old, new = change.removed.split(), change.inserted.split()
        if old and new:
            assert old[0] != new[0] or change.removed[0].isspace() != change.inserted[0].isspace()


@given(texts())
def test_equal_wordings_have_no_changes(text):
    assert changes(text, text) == ()


@given(texts())
def test_words_joined_are_the_text_again(text):
    words = words_of(text)
    assert "".join(words) == text
    cuts = itertools.accumulate(map(len, words))
    assert all(on_boundary(text, at) for at in cuts)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("the text of", "the text, of", [(8, "", ",")], id="a comma is a comma"),
        pytest.param("the text, of", "the text of", [(8, ",", "")], id="a comma goes"),
        pytest.param("the text.", "the text;", [(8, ".", ";")], id="a full stop turns"),
        pytest.param("the text of", "the new text of", [(4, "", "new ")], id="a word comes"),
        pytest.param("the new text", "the text", [(4, "new ", "")], id="a word goes"),
        pytest.param("the text", "the text now", [(8, "", " now")], id="a word at the end"),
        pytest.param("the text now", "the text", [(8, " now", "")], id="the last word goes"),
        pytest.param("the text.", "the text now.", [(8, "", " now")], id="before the full stop"),
        pytest.param("text now", "the text now", [(0, "", "the ")], id="a word at the start"),
        pytest.param("we shall do", "we should do", [(3, "shall", "should")], id="word for word"),
        pytest.param("measure of", "measures of", [(0, "measure", "measures")], id="whole words"),
        pytest.param(
            "cafe\u0301s x", "cafe\u0301t x", [(0, "cafe\u0301s", "cafe\u0301t")], id="accents"
        ),
        pytest.param("cafe x", "cafe\u0301 x", [(0, "cafe", "cafe\u0301")], id="an accent comes"),
        pytest.param("the text", "the “text”", [(4, "text", "“text”")], id="quotes"),
        pytest.param("by 3.5 now", "by 3.6 now", [(3, "3.5", "3.6")], id="decimals"),
        pytest.param("by 1,000", "by 1,500", [(3, "1,000", "1,500")], id="thousands"),
        pytest.param("don’t go", "don’s go", [(0, "don’t", "don’s")], id="apostrophes"),
        pytest.param("States’ own", "States own", [(6, "’", "")], id="an apostrophe goes"),
        pytest.param("a b c", "a  b  c", [(1, "", " "), (3, "", " ")], id="only spaces"),
        pytest.param("§ 5", "§\u00a05", [(1, " ", "\u00a0")], id="a space made non-breaking"),
        pytest.param("", "text", [(0, "", "text")], id="from nothing"),
        pytest.param("text", "", [(0, "text", "")], id="to nothing"),
        pytest.param("🇨🇭", "🇨🇭🇧🇷", [(2, "", "🇧🇷")], id="flags"),
        pytest.param("👩", "👩\u200d👧", [(0, "👩", "👩\u200d👧")], id="joined emoji"),
    ],
)
def test_changes_are_as_people_read_them(first, second, expected):
    found = check_changes(first, second)
    assert [(change.start, change.removed, change.inserted) for change in found] == expected


def test_chance_agreement_between_larger_changes_is_no_agreement():
    first = "one two three in the four five six"
    second = "ten eleven twelve in the thirteen fourteen fifteen"
    (change,) = check_changes(first, second)
    assert (change.removed, change.inserted) == (first, second)


def test_agreement_between_small_changes_stays():
    found = check_changes("x the in y", "q the in w")
    assert [change.removed for change in found] == ["x", "y"]


def test_agreement_as_large_as_the_changes_stays():
    found = check_changes("one two in the three four", "five six in the seven eight")
    assert [change.removed for change in found] == ["one two", "three four"]


def test_words_merely_added_around_a_word_leave_it_alone():
    found = check_changes("measures", "all the new measures of trust and security")
    assert [change.removed for change in found] == ["", ""]


@given(PAIRS)
def test_long_wordings_are_compared_as_exactly(pair):
    """Behind a shared opening so long that the other way of comparing is taken."""
    opening = "".join(f"word{number} " for number in range(210))
    first, second = (opening + text for text in pair)
    assume(first != second)
    found = check_changes(first, second)
    assert found[0].start >= len(opening) - 1


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_both_ways_of_comparing_keep_what_is_equal(first, second):
    """The rows they give leave the same words standing on both sides, and none touch."""
    with pytest.MonkeyPatch.context() as patch:
        for cells in (0, 10**9):
            patch.setattr(module, "_LONG", cells)
            rows = module._opcodes(first, second)
            ends = [(0, 0), *((a1, b1) for _, a1, _, b1 in rows)]
            starts = [*((a0, b0) for a0, _, b0, _ in rows), (len(first), len(second))]
            for (a0, b0), (a1, b1) in zip(ends, starts, strict=True):
                assert first[a0:a1] == second[b0:b1]
            assert all(
                row[1] < after[0] or row[3] < after[2] for row, after in itertools.pairwise(rows)
            )
