"""Edits against a row of letters; undo, and what stands in its way."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from negotiation.text.edit import (
    DoesNotFit,
    Edit,
    StandsOn,
    apply,
    apply_all,
    insertion,
    replacement,
    without,
)
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, base_passage, settle
from tests.checks import check_edit, check_edits, check_passage
from tests.strategies import (
    FRESH,
    SOURCES,
    edits,
    fresh_marks,
    passages,
    standings,
    texts,
    whole_edits,
)
from tests.text.letters import Letters


@given(passages(), st.data())
def test_an_edit_agrees_with_the_twin_and_undo_undoes(passage, data):
    edit = data.draw(edits(passage) | whole_edits(passage))
    mark = data.draw(fresh_marks())
    twin = Letters(passage)
    twin.apply((edit,), mark)
    twin.check(check_edit(passage, edit, mark))


@given(passages(), st.data())
def test_undo_takes_back_several_edits_of_one_entry(passage, data):
    mark = data.draw(fresh_marks())
    made = []
    after = passage
    for _ in range(data.draw(st.integers(1, 4))):
        made.append(data.draw(edits(after)))
        after = apply(after, made[-1], mark)
    assert check_edits(passage, made, mark) == after == apply_all(passage, made, mark)


class History:
    """Entries made one after the other on a passage and on its twin."""

    def __init__(self, words):
        self.passage = base_passage(words)
        self.twin = Letters(self.passage)
        self.entry = 0

    def step(self, data):
        self.entry += 1
        if self.entry > 1 and data.draw(st.integers(0, 2)) == 0:
            self._settle(data)
        else:
            self._edit(data)
        self.twin.check(check_passage(self.passage))

    def _edit(self, data):
        mark = data.draw(fresh_marks(self.entry))
        made = []
        before = after = self.passage
        for _ in range(data.draw(st.integers(1, 2))):
            made.append(data.draw(edits(after)))
            after = apply(after, made[-1], mark)
        self.twin.apply(made, mark)
        self.passage = check_edits(before, made, mark)

    def _settle(self, data):
        source, verdict = data.draw(st.sampled_from(SOURCES)), data.draw(standings())
        length = len(self.passage.words)
        start, end = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
        self.twin.settle(self.entry, verdict, source, start, end)
        self.passage = settle(
            self.passage,
            Fate(self.entry, verdict),
            lambda _, mark: mark.source == source and mark.standing is Standing.PENDING,
            start,
            end,
        )


@given(texts(), st.data())
def test_a_history_agrees_with_the_twin_and_says_what_cannot_be_undone(words, data):
    """Every entry, alone and with the next: taken out as the twin does, or the same blocker."""
    history = History(words)
    base = history.passage.base
    for _ in range(data.draw(st.integers(1, 6))):
        history.step(data)
    assert history.passage.base == base
    for size in (1, 2, 3):
        for entries in itertools.combinations(range(1, history.entry + 1), size):
            chosen = frozenset(entries)
            twin = Letters(history.passage)
            twin.row = list(history.twin.row)
            twin.side_by_side = history.twin.side_by_side
            answer = without(history.passage, chosen)
            blocker = twin.blocker(chosen)
            if blocker is not None:
                assert answer == StandsOn(blocker)
            else:
                twin.take_out(chosen)
                assert isinstance(answer, Passage)
                twin.check(check_passage(answer))


@given(texts(), st.data())
def test_after_an_undo_the_history_goes_on(words, data):
    history = History(words)
    for _ in range(data.draw(st.integers(1, 6))):
        history.step(data)
        gone = frozenset({data.draw(st.integers(1, history.entry))})
        answer = without(history.passage, gone)
        if isinstance(answer, Passage):
            history.passage = check_passage(answer)
            history.twin.take_out(gone)
            history.twin.side_by_side = []
            history.twin.check(answer)


@given(texts(), st.data())
def test_undoing_from_the_end_leads_back_to_the_beginning(words, data):
    history = History(words)
    befores = []
    for _ in range(data.draw(st.integers(1, 6))):
        befores.append(history.passage)
        history.step(data)
    for entry in range(history.entry, 0, -1):
        answer = without(history.passage, frozenset({entry}))
        assert answer == befores[entry - 1]
        history.passage = answer
    assert without(history.passage, frozenset()) == history.passage


# -- what stands in the way of an undo ------------------------------------------------------------

BASE = base_passage("to strengthen measures")
FIRST = apply(BASE, insertion(3, "promptly "), Mark(1, "P1"))


def test_words_struck_by_a_later_entry_cannot_be_taken_out():
    struck = apply(FIRST, replacement(FIRST, 3, 12), Mark(2, "P2"))
    assert without(struck, frozenset({1})) == StandsOn(2)
    assert without(struck, frozenset({2})) == FIRST


def test_words_split_by_a_later_entry_cannot_be_taken_out():
    split = apply(FIRST, insertion(6, "xyz"), Mark(2, "P2"))
    assert without(split, frozenset({1})) == StandsOn(2)


def test_words_split_beside_words_of_the_same_act_cannot_be_taken_out():
    """Entry 2 parts the words of 1, and 3 stands at the joint: 3 rests on the words of 1 still."""
    split = apply(FIRST, insertion(6, "xyz"), Mark(2, "P2"))
    third = apply(split, insertion(6, "!"), Mark(3, "P3"))
    assert without(third, frozenset({1, 2})) == StandsOn(3)


def test_an_undo_of_an_early_and_a_late_entry_sees_what_came_between():
    """A split by 2 blocks 1 also when a later entry is undone in the same breath."""
    split = apply(FIRST, insertion(6, "xyz"), Mark(2, "P2"))
    later = apply(split, insertion(0, "also "), Mark(3, "P3"))
    assert without(later, frozenset({1, 3})) == StandsOn(2)


def test_words_on_either_side_do_not_stand_on_words_between():
    beside = apply(FIRST, insertion(3, "very "), Mark(2, "P2"))
    beside = apply(beside, insertion(17, "all "), Mark(3, "P3"))
    left = without(beside, frozenset({1}))
    assert isinstance(left, Passage)
    assert left.live == "to very all strengthen measures"


def test_two_stretches_of_one_entry_are_not_split_by_older_words_between():
    """What stood between the two before the entry was made does not rest on it."""
    older = apply(BASE, insertion(3, "X"), Mark(1, "P1"))
    after = apply_all(older, (insertion(3, "("), insertion(5, ")")), Mark(2, "P2"))
    assert after.live == "to (X)strengthen measures"
    assert without(after, frozenset({2})) == older
    left = without(after, frozenset({1}))
    assert isinstance(left, Passage)
    assert left.live == "to ()strengthen measures"


def test_a_decision_comes_off_only_from_the_top():
    def decided(passage, entry, standing):
        return settle(passage, Fate(entry, standing), lambda _, mark: mark.source == "P1")

    kept = decided(FIRST, 2, Standing.KEPT)
    dropped = decided(kept, 3, Standing.DROPPED)
    assert without(dropped, frozenset({2})) == StandsOn(3)
    assert without(dropped, frozenset({1})) == StandsOn(2)
    assert without(dropped, frozenset({3})) == kept
    assert without(dropped, frozenset({2, 3})) == FIRST
    assert without(dropped, frozenset({1, 2, 3})) == BASE
    again = decided(dropped, 4, Standing.KEPT)
    assert without(again, frozenset({2, 4})) == StandsOn(3)
    assert without(again, frozenset({3, 4})) == kept


def test_a_second_strike_does_not_rest_on_the_first():
    once = apply(BASE, replacement(BASE, 3, 14), Mark(1, "P1"))
    twice = apply(once, replacement(once, 3, 14), Mark(2, "P2"))
    left = without(twice, frozenset({1}))
    assert left == apply(BASE, replacement(BASE, 3, 14), Mark(2, "P2"))


# -- edits that do not fit ------------------------------------------------------------------------


@given(passages(), texts(0, 4), st.data())
@example(Passage(), "", None)
def test_offsets_beyond_the_passage_do_not_fit(passage, words, data):
    length = len(passage.words)
    beyond = length + (1 if data is None else data.draw(st.integers(1, 9)))
    runs = passage.runs
    within = 0 if data is None else data.draw(st.integers(0, length))
    removed = passage.standing_between(within, length)
    for edit in (
        Edit(beyond, beyond, "", words),
        Edit(within, beyond, removed, words),
        Edit(-1, length, removed, words),
        Edit(beyond, within, "", words),
    ):
        with pytest.raises(DoesNotFit):
            apply(passage, edit, Mark(FRESH))
    assert passage.runs is runs
    check_passage(passage)


@given(passages(), texts(1, 4), st.data())
def test_other_removed_words_do_not_fit(passage, words, data):
    edit = data.draw(edits(passage))
    with pytest.raises(DoesNotFit, match=r"\.$"):
        apply(passage, Edit(edit.start, edit.end, edit.removed + words), Mark(FRESH))
    if edit.removed:
        with pytest.raises(DoesNotFit, match=r"\.$"):
            apply(passage, Edit(edit.start, edit.end, edit.removed[1:]), Mark(FRESH))


def test_what_is_gone_already_is_not_removed_again():
    passage = Passage(
        (Run("a"), Run("b", None, (Mark(1, "", (Fate(1, Standing.KEPT),)),)), Run("c"))
    )
    edit = replacement(passage, 0, 3, "d")
    assert edit.removed == "ac"
    after = check_edit(passage, edit, Mark(2, "P2"))
    assert [len(run.struck_by) for run in after.runs] == [1, 1, 1, 0]
    assert after.live == "d"


def test_a_failure_names_both_wordings():
    with pytest.raises(DoesNotFit, match="“to” where the edit removes “we”"):
        apply(BASE, Edit(0, 2, "we", "I"), Mark(1))


def test_words_of_one_entry_side_by_side_are_one_run():
    after = apply_all(BASE, (insertion(3, "a"), insertion(4, "b")), Mark(1, "P1"))
    assert [run.words for run in after.runs] == ["to ", "ab", "strengthen measures"]
