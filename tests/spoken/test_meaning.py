"""What was said, as one act on the text of now."""

import itertools

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.decide import decide
from negotiation.domain.refusals import Refusal, Unclear
from negotiation.spoken.completion import completed
from negotiation.spoken.grammar import parse
from negotiation.spoken.meaning import Floor, Given, Meant, Which, meant
from negotiation.spoken.places import known
from negotiation.views.paths import paths
from negotiation.views.what_is_open import what_is_open
from tests.tui.room import desk_of

PARTIES = {"b": "B", "usa": "USA", "cub": "CUB", "mus": "MUS", "mauritius": "MUS"}
DESK = desk_of()


def say(line, clause="one", point="", speaker="", picked=None, selected=None):
    """What the line means on the small record."""
    ids = itertools.count(1)
    floor = Floor(
        DESK.timeline,
        clause,
        point,
        speaker,
        lambda: f"new{next(ids)}",
        selected,
        picked or {},
        DESK.act_of("last"),
    )
    return meant(parse(line, PARTIES), floor)


def events(line, **at):
    """The classes of the events that it would make, and whose act it is."""
    meaning = say(line, **at)
    assert isinstance(meaning, Meant)
    drafted = decide(meaning.command, DESK.timeline.room())
    return [type(one.event) for one in drafted], meaning.by


def test_three_statements_are_one_act_of_three_events():
    """The support is of the proposal just made, the bracket around the words just added."""
    meaning = say('B add "as appropriate" after "read"; USA +; CUB [ ]')
    assert isinstance(meaning, Meant)
    assert isinstance(meaning.command, do.Together)
    proposed, supported, bracketed = meaning.command.commands
    assert isinstance(proposed, do.ProposeAmendment)
    assert isinstance(bracketed, do.PlaceBracket)
    assert proposed.proposal.sponsors == ("B",)
    assert supported == do.SupportProposal(proposed.proposal.id, "USA")
    assert bracketed.words == do.WordsAt("as appropriate")
    assert bracketed.holders == ("CUB",)
    assert meaning.by == ()


@pytest.mark.parametrize(
    ("line", "at", "expected", "by"),
    [
        ('B delete "daily"', {}, [ev.AmendmentProposed], ("B",)),
        ('delete "daily"', {}, [ev.TextRevised], ()),
        ('delete "daily"', {"speaker": "USA"}, [ev.AmendmentProposed], ("USA",)),
        ("B delete", {}, [ev.DeletionProposed], ("B",)),
        ("chair delete", {"speaker": "USA"}, [ev.ClauseDeleted], ()),
        ('"gauges" -> "tides"', {"speaker": "B"}, [ev.AmendmentProposed], ("B",)),
        ("USA +", {"clause": "two", "point": "mod"}, [ev.ProposalSupported], ("USA",)),
        ("USA + MUS/4/2", {}, [ev.ProposalSupported], ("USA",)),
        ("mus withdraw", {"clause": "two"}, [ev.ProposalWithdrawn], ("MUS",)),
        ("retain MUS/4/2", {}, [ev.ProposalRetained], ()),
        ("drop", {"clause": "two"}, [ev.ProposalNotRetained], ()),
        ("USA holds", {"clause": "three"}, [ev.BracketHeld], ("USA",)),
        ("mauritius releases", {"clause": "three"}, [ev.BracketReleased], ("MUS",)),
        ('status "soon"', {"clause": "three"}, [ev.StatusNoted], ()),
        ("choose 2", {"clause": "three", "point": "point"}, [ev.OpenPointResolved], ()),
        ("agree", {}, [ev.ClauseAgreed], ()),
        ('agree ad referendum "money"', {}, [ev.ClauseAgreed], ()),
        ("USA park", {}, [ev.ClauseParked], ()),
        ("USA opposes", {"clause": "three", "point": "point"}, [ev.PositionRecorded], ("USA",)),
        ('remark "ask again"', {}, [ev.RemarkMade], ()),
        ("B noc", {}, [ev.NoChangeProposed], ("B",)),
        ('B new "that tides be told;"', {}, [ev.ClauseTabled, ev.ClausePlaced], ("B",)),
        ('in resolves/4: B [ ] "register"', {}, [ev.BracketPlaced], ("B",)),
        ('B [ ] "register"', {}, [ev.BracketPlaced], ("B",)),
        ("undo", {}, [ev.ActReversed], ()),
    ],
)
def test_everything_that_is_said_becomes_its_event(line, at, expected, by):
    """By the party that said it, or by the chair."""
    found, whose = events(line, **at)
    assert found[: len(expected)] == expected
    assert whose == by


def test_selected_words_are_meant_where_none_are_quoted():
    """`CUB [ ]` on a selection."""
    meaning = say("CUB [ ]", selected=do.WordsAt("daily"))
    assert meaning.command.words == do.WordsAt("daily")


def test_words_that_stand_in_several_places_are_numbered():
    """Until one is picked, or its number was said."""
    which = say('B delete "that"', clause="head")
    assert isinstance(which, Which)
    assert [one.clause for one in which.places] == ["one", "two", "three", "four"]
    chosen = say('B delete "that"', clause="head", picked={which.quoted.at: 2})
    assert chosen.command.clause == "three"
    second = say('B delete "e"#2')
    assert second.command.changes[0].words == do.WordsAt("e", 2)


def test_a_number_picks_among_the_places_of_other_clauses_too():
    """As the list numbers them."""
    assert say('B delete "that"#3', clause="head").command.clause == "three"


def test_a_bracket_after_a_strike_is_around_the_words_struck():
    """Where they also stand elsewhere in the clause, it asks; it takes no others of their kind."""
    struck = say('B delete "daily"; CUB [ ]').command.commands[1]
    assert struck.words == do.WordsAt("daily")
    with pytest.raises(Refusal, match="which words the bracket is around"):
        say('USA add "daily" after "gauges"; B delete "daily"#2; CUB [ ]')


def test_whoever_is_on_the_record_is_known_by_code():
    """Who joined by name too; who only holds or proposes by the code."""
    found = known(DESK.timeline.moment())
    assert found["mus"] == found["mauritius"] == "MUS"
    assert set(found.values()) == {"MUS"}


def test_support_by_several_is_one_event_each():
    """And nobody's act but the chair's, who heard them."""
    found, whose = events("B/USA + MUS/4/2")
    assert found == [ev.ProposalSupported, ev.ProposalSupported]
    assert whose == ()


@pytest.mark.parametrize(
    "line", ["USA accept MUS/4/2", "B agree", "B lift", "USA undo", "CUB drop MUS/4/2"]
)
def test_no_delegation_decides(line):
    """What is the chair's is refused when a party is said to do it."""
    with pytest.raises(Refusal, match="the chair's"):
        say(line, clause="three", point="point")


def test_another_clause_named_leaves_what_stood_on_the_one_before():
    """Its bracket and its proposal are not meant any more."""
    for line in ("in resolves/1: lift", "in resolves/1: USA +"):
        with pytest.raises(Refusal):
            say(line, clause="three", point="point")
    kept = say("in resolves/3: USA holds", clause="three", point="point")
    assert kept.command == do.HoldBracket("point", "USA")


def test_an_open_point_is_named_by_its_number():
    """As the list of open points has it."""
    number = next(
        one.number for one in what_is_open(DESK.timeline, DESK.timeline.head) if one.id == "point"
    )
    assert say(f"USA hold {number}").command == do.HoldBracket("point", "USA")


@pytest.mark.parametrize("line", ["agree resolves/1", "in resolves/1: agree ad hoc group"])
def test_agreed_at_a_level_or_a_clause(line):
    """What is no level of the ladder is a clause."""
    assert say(line, clause="two").command.clause == "one"


def test_parties_alone_are_given_the_floor():
    """In the order in which they were said."""
    assert say("usa b") == Given(("USA", "B"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Say what happens"),
        ("+ MUS/4/2", "which party"),
        ("USA +", "which proposal"),
        ('B add "x"', "Say where it goes"),
        ('B delete "nowhere"', "nowhere"),
        ("in nowhere: B delete", "nowhere"),
        ("lift", "No bracket"),
        ("lift 99", "99"),
        ("in resolves/3: choose x", "numbers"),
        ("USA + XX/1", "XX/1"),
        ("status", "No bracket"),
        ("park", "who brings it back"),
    ],
)
def test_what_is_missing_is_a_sentence(line, told):
    """And nothing is guessed."""
    with pytest.raises(Refusal) as answer:
        say(line)
    assert told in str(answer.value)
    assert str(answer.value).endswith(".")


_PIECES = st.lists(
    st.sampled_from(
        'B USA chair add delete + [] hold lift "that" "daily" after "read" ; in resolves/2 : '
        'choose 1 drop "x" -> agree park opposes undo retain noc new by'.split(" ")
    ),
    max_size=9,
)


@draw(_PIECES, st.sampled_from(["head", "one", "two", "three", ""]), st.sampled_from(["", "B"]))
def test_whatever_is_said_has_a_meaning_or_a_sentence(pieces, clause, speaker):
    """And a meaning is a legal act."""
    try:
        meaning = say(" ".join(pieces), clause=clause, speaker=speaker)
        if isinstance(meaning, Meant):
            decide(meaning.command, DESK.timeline.room())
    except Refusal as answer:
        told = str(answer)
    else:
        told = "."
    assert told


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("u", "USA"),
        ("B ad", "B add"),
        ('B add "x" af', 'B add "x" after'),
        ("maur", "MUS"),
        ('delete "gau', 'delete "gauges'),
        ("in resolves/", "in resolves/1"),
        ("B zz", "B zz"),
        ("", ""),
    ],
)
def test_tab_completes_codes_verbs_and_words(line, after):
    """Inside quotes with the words of the clause at hand."""
    clause = DESK.timeline.clause("one", DESK.timeline.head)
    assert completed(line, PARTIES, clause, ("resolves", "resolves/1")) == after


def test_a_clause_that_is_named_binds():
    """Words at hand may stand elsewhere; of a clause that was named only its own are meant."""
    text = DESK.timeline.moment()
    here, there = (one for one in text.clauses[:2])
    word = next(
        one
        for one in there.passage.live.split()
        if one.isalpha() and sum(one in clause.passage.live for clause in text.clauses) == 1
    )
    assert isinstance(say(f'delete "{word}"', clause=here.id), Meant)
    called = paths(text)
    with pytest.raises(Unclear, match="name that clause"):
        say(f'in {called[here.id]}: delete "{word}"')
