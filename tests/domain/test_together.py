"""Several commands in one breath: one act, decided in order, all of it or nothing."""

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain.decide import decide
from negotiation.domain.entries import Drafted
from negotiation.domain.events import AmendmentProposed, BracketPlaced, ProposalSupported
from negotiation.domain.refusals import Refusal
from negotiation.domain.rules.together import after
from negotiation.domain.terms import Kind, ProposalTerms
from tests.given import Case

ADD = do.ProposeAmendment(
    "one",
    ProposalTerms("p", "", ("B",)),
    (do.Rewording(" as appropriate", do.WordsAt("read"), do.Where.AFTER),),
)
SUPPORT = do.SupportProposal("p", "USA")
BRACKET = do.PlaceBracket("k", "one", do.WordsAt("as appropriate"), holders=("CUB",))


def room():
    """One clause on the table."""
    return (
        Case()
        .has(do.OpenNegotiation("DL/2"))
        .has(do.TableClause("one", Kind.ITEM, "1", "that gauges be read daily;"))
    )


def test_what_was_said_before_is_there_for_what_follows():
    """The support finds the proposal, the bracket finds its words."""
    case = room().when(do.Together((ADD, SUPPORT, BRACKET)))
    assert case.refusal is None
    kinds = [type(one.event) for one in case.drafted]
    assert kinds == [AmendmentProposed, ProposalSupported, BracketPlaced]


def test_one_refusal_is_the_answer_to_the_whole():
    """Nothing of it is made."""
    case = room().when(do.Together((ADD, do.SupportProposal("nobody's", "USA"), BRACKET)))
    assert case.refusal is not None
    assert case.drafted == ()


@pytest.mark.parametrize(
    "alone", [do.ReverseAct("act1"), do.OpenNegotiation("DL/3"), do.ReceiveDraft("DL/3", ())]
)
def test_an_undo_stands_by_itself(alone):
    """The sentence says so."""
    case = room().when(do.Together((ADD, alone)))
    assert "an act of its own" in str(case.refusal)


def test_nothing_said_is_no_act():
    """An empty breath."""
    assert "Nothing was said" in str(room().when(do.Together(())).refusal)


_WORDS = st.sampled_from("gauges be read daily tide port".split())
_COMMANDS = st.one_of(
    st.builds(
        lambda old, new: do.ReviseText("one", (do.Rewording(new, do.WordsAt(old)),)), _WORDS, _WORDS
    ),
    st.builds(
        lambda number, words: do.PlaceBracket(f"k{number}", "one", do.WordsAt(words)),
        st.integers(0, 3),
        _WORDS,
    ),
    st.builds(lambda number: do.LiftBracket(f"k{number}"), st.integers(0, 3)),
    st.just(do.DeleteClause("one")),
    st.just(do.AgreeClause("one")),
)


@draw(st.lists(_COMMANDS, min_size=1, max_size=6))
def test_together_is_one_after_the_other(commands):
    """The same events and the same room as the acts one by one, or the first of their refusals."""
    start = room().timeline.room()
    now, refused = start, ""
    expected: list[Drafted] = []
    for command in commands:
        try:
            events = decide(command, now)
        except Refusal as answer:
            refused = str(answer)
            break
        expected += events
        now = after(now, events)
    said = do.Together(tuple(commands))
    if refused:
        with pytest.raises(Refusal) as raised:
            decide(said, start)
        assert str(raised.value) == refused
    else:
        drafted = decide(said, start)
        assert list(drafted) == expected
        assert after(start, drafted).clauses == now.clauses
