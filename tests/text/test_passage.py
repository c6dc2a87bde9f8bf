"""The words of one clause: their form and their readings."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.text.edit import without
from negotiation.text.passage import (
    Fate,
    Mark,
    Passage,
    Run,
    Shown,
    Standing,
    base_passage,
    joined,
    settle,
)
from tests.checks import check_passage
from tests.strategies import FRESH, SOURCES, passages, standings, texts
from tests.text.letters import Letters

P1 = Mark(1, "P1")
P2 = Mark(2, "P2")
KEPT = Mark(3, "P3", (Fate(3, Standing.KEPT),))
DROPPED = Mark(4, "P4", (Fate(5, Standing.DROPPED),))
MERGED = Mark(4, "P4", (Fate(5, Standing.MERGED),))


@given(texts())
def test_base_words_read_the_same_in_every_reading(words):
    passage = check_passage(base_passage(words))
    assert passage.words == passage.live == passage.base == passage.decided == words
    assert not passage.pending


@given(passages())
def test_every_reading_agrees_with_the_twin(passage):
    check_passage(passage)
    Letters(passage).check(passage)


def test_readings_tell_what_is_pending_from_what_is_decided():
    """Pending proposals are applied in live, absent from decided; only settled strikes go."""
    passage = check_passage(
        Passage(
            (
                Run("base "),
                Run("struck ", None, (P1,)),
                Run("new ", P2),
                Run("agreed ", KEPT),
                Run("refused ", DROPPED),
                Run("moved ", MERGED),
                Run("out ", None, (KEPT,)),
                Run("back ", None, (DROPPED,)),
            )
        )
    )
    assert passage.live == "base new agreed back "
    assert passage.decided == "base struck agreed back "
    assert passage.base == "base struck out back "
    assert passage.as_proposed_by(frozenset({"P1"})) == "base agreed back "
    assert passage.as_proposed_by(frozenset({"P2"})) == "base struck new agreed back "
    assert passage.pending
    assert [run.shown for run in passage.runs] == [
        Shown.LIVE,
        Shown.STRUCK,
        Shown.LIVE,
        Shown.LIVE,
        Shown.GONE,
        Shown.GONE,
        Shown.GONE,
        Shown.LIVE,
    ]


def test_a_strike_taken_back_leaves_the_later_strike():
    run = Run("words", None, (DROPPED, P1))
    assert run.shown is Shown.STRUCK
    assert run.pending


def test_words_that_are_gone_are_not_pending():
    """A proposal on words that fell meanwhile asks nothing of the room here."""
    assert not Run("words", P1, (KEPT,)).pending


@given(passages())
def test_joining_again_changes_nothing(passage):
    assert joined(passage.runs) == passage.runs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Run("a"), Run("b", presumed=True)),
        (Run("a"), Run("b", P1)),
        (Run("a", P1), Run("b", P2)),
        (Run("a", P1), Run("b", Mark(1, "P2"))),
        (Run("a", P1), Run("b", Mark(1, "P1", (Fate(2, Standing.KEPT),)))),
        (Run("a"), Run("b", None, (P1,))),
        (Run("a", None, (P1,)), Run("b", None, (P1, P2))),
    ],
)
def test_words_of_different_histories_stay_apart(one, other):
    assert joined((one, other)) == (one, other)
    assert joined((one, one, other, Run(""), other)) == (
        attrs.evolve(one, words="aa"),
        attrs.evolve(other, words="bb"),
    )


@given(passages(), st.data())
def test_a_stretch_holds_what_stands_between_its_ends(passage, data):
    """Also the empty one, which holds no run at all."""
    length = len(passage.words)
    start, end = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    stretch = passage.between(start, end)
    assert "".join(run.words for run in stretch) == passage.words[start:end]
    assert joined(stretch) == stretch
    whole = (*passage.between(0, start), *stretch, *passage.between(end, length))
    assert joined(whole) == passage.runs


@given(passages(), st.sampled_from(SOURCES), standings(), st.data())
def test_settling_agrees_with_the_twin_and_can_be_taken_back(passage, source, verdict, data):
    length = len(passage.words)
    start, end = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    twin = Letters(passage)
    twin.settle(FRESH, verdict, source, start, end)
    after = check_passage(
        settle(
            passage,
            Fate(FRESH, verdict),
            lambda _, mark: mark.source == source and mark.standing is Standing.PENDING,
            start,
            end,
        )
    )
    twin.check(after)
    assert after.base == passage.base
    assert after.words == passage.words
    assert without(after, frozenset({FRESH})) == passage


@given(passages(), st.sampled_from(SOURCES))
def test_settling_without_a_stretch_settles_everywhere(passage, source):
    def theirs(_, mark):
        return mark.source == source and mark.standing is Standing.PENDING

    after = settle(passage, Fate(FRESH, Standing.KEPT), theirs)
    assert not any(
        theirs(run, mark)
        for run in after.runs
        for mark in (*run.struck_by, *filter(None, (run.inserted_by,)))
    )


def test_sources_are_those_with_a_mark():
    passage = Passage((Run("a"), Run("b", P1), Run("c", None, (P2, Mark(9)))))
    assert passage.sources() == {"P1", "P2"}
