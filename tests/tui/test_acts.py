"""Every act of the room from the screen: staged by its name, typed, gavelled, looked at."""

import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import ProposalTerms
from negotiation_tui import acts
from negotiation_tui.has_floor import HasFloor
from negotiation_tui.keys import KEYS, RARE
from negotiation_tui.page import Pages
from negotiation_tui.screens.dialogs import StageDialog
from negotiation_tui.stage import Missing
from tests.tui.room import desk_of, dialog, drive, panel, press, text_shown

SPACE = {" ": "space", ",": "comma", ";": "semicolon", ":": "colon", ">": "greater_than_sign"}


def typed(words):
    """The keys of some words."""
    return [SPACE.get(letter, letter) for letter in words]


def desk_of_everything():
    """The small record with something of every state."""
    desk = desk_of()
    for command in (
        do.AgreeClause("four", conditions=("the money",)),
        do.DropProposal("mod"),
        do.ProposeAmendment(
            "two",
            ProposalTerms("mod2", "MUS/4/3", ("MUS",)),
            (do.Rewording("all", do.WordsAt("each")),),
        ),
        do.ProposeAmendment(
            "one",
            ProposalTerms("b", "B/1", ("B",)),
            (do.Rewording("hourly", do.WordsAt("daily")),),
        ),
        do.JoinParty("USA", "United States"),
        do.PlaceBracket("plain", "two", do.WordsAt("keep its readings")),
    ):
        desk.act(command)
    return desk


# name, the clause and the point at hand, what is typed line by line, the events made, by whom
ACTS = [
    ("propose", "one", "", ["read", "kept", "", "MUS"], [ev.AmendmentProposed], "MUS"),
    ("support", "one", "b", ["USA"], [ev.ProposalSupported], "USA"),
    ("revise_proposal", "one", "b", ["daily", "weekly", "", "B"], [ev.ProposalRevised], "B"),
    ("withdraw", "one", "b", [], [ev.ProposalWithdrawn], "B"),
    ("reintroduce", "two", "", ["USA"], [ev.ProposalReintroduced], "USA"),
    ("retain", "one", "b", [], [ev.ProposalRetained], "chair"),
    ("drop", "one", "b", [], [ev.ProposalNotRetained], "chair"),
    ("merge", "one", "b", ["MUS/4/3"], [ev.ProposalMerged], "chair"),
    ("bracket", "one", "", ["daily", "MUS"], [ev.BracketPlaced], "MUS"),
    ("hold", "three", "point", ["USA"], [ev.BracketHeld], "USA"),
    ("reach", "two", "plain", ["keep"], [ev.BracketNarrowed], "chair"),
    ("status", "three", "point", [" soon"], [ev.StatusNoted], "chair"),
    (
        "table",
        "three",
        "point",
        ["hidden", "USA"],
        [ev.AlternativeTabled, ev.BracketWidened],
        "USA",
    ),
    ("resolve", "three", "point", ["2"], [ev.OpenPointResolved], "chair"),
    ("revise", "one", "", ["gauges", "tides"], [ev.TextRevised], "chair"),
    ("delete", "one", "", [], [ev.ClauseDeleted], "chair"),
    ("condition", "four", "", [], [ev.ConditionMet], "chair"),
    ("condition_failed", "four", "", ["no money"], [ev.ConditionFailed], "chair"),
    ("reopen", "four", "", ["new facts"], [ev.ClauseReopened], "chair"),
    ("park", "one", "", ["MUS"], [ev.ClauseParked], "chair"),
    ("move", "one", "", ["resolves/3"], [ev.ClausePlaced], "chair"),
    (
        "table_clause",
        "one",
        "",
        ["that gauges be oiled;"],
        [ev.ClauseTabled, ev.ClausePlaced],
        "chair",
    ),
    ("position", "one", "b", ["USA"], [ev.PositionRecorded], "USA"),
    ("remark", "one", "", ["ask again"], [ev.RemarkMade], "chair"),
    ("meeting", "one", "", ["third"], [ev.MeetingOpened], "chair"),
    ("refer", "one", "", ["COM4", "the form"], [ev.TextReferred], "chair"),
    ("party", "one", "", ["FJI", "Fiji"], [ev.PartyJoined], "chair"),
    ("accept_all", "one", "", ["B"], [ev.ProposalRetained], "chair"),
    ("put", "three", "point", [], [ev.DecisionPut], "chair"),
    ("undo", "one", "", [], [ev.ActReversed], "chair"),
]


@pytest.mark.parametrize(
    ("name", "clause", "point", "lines", "events", "by"), ACTS, ids=[row[0] for row in ACTS]
)
def test_an_act_is_staged_shown_and_made_once(name, clause, point, lines, events, by):
    """Nothing is written before the gavel; after it exactly these events, by this hand."""
    desk = desk_of_everything()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        floor.go(clause, point)
        floor.action_stage(name)
        await pilot.pause()
        assert isinstance(pilot.app.screen, StageDialog), panel(floor, "says")
        for line in lines:
            await press(pilot, *typed(line))
            if line is not lines[-1]:
                await press(pilot, "down")
        assert desk.timeline.head == before
        assert pilot.app.screen.refused == ""
        await press(pilot, "ctrl+s")
        assert pilot.app.screen is floor
        made = desk.timeline.entries[before:]
        assert [type(one.event) for one in made] == events
        assert {one.act.by for one in made} == {by}
        assert len({one.act.id for one in made}) == 1
        assert "u undoes" in panel(floor, "says")

    drive(desk, scenario)


ELSEWHERE = {
    *("gavel", "object", "no_objection", "drop_question"),
    *("lift_all", "form_package", "take_package", "agree_package", "break_package"),
}
"""Tried in `test_questions` and `test_packages`, where there is something that they are about."""


def test_every_act_of_the_keys_can_be_staged_and_has_its_test():
    """No key and no palette entry leads nowhere."""
    named = {row.action[7:-2] for row in (*KEYS, *RARE) if row.action.startswith("stage(")}
    assert named == set(acts.STAGES)
    tested = {row[0] for row in ACTS} | ELSEWHERE | {"agree", "lift", "redo", "refer_back"}
    assert tested == set(acts.STAGES)


def test_agree_and_lift_are_a_letter_and_the_gavel():
    """The common acts need nothing typed."""
    desk = desk_of()

    async def scenario(pilot, floor):
        await press(pilot, "n", "l", "enter")
        assert isinstance(desk.timeline.entries[-1].event, ev.ProposalRetained)
        await press(pilot, "a", "enter")
        assert isinstance(desk.timeline.entries[-1].event, ev.ClauseAgreed)
        assert desk.timeline.entries[-1].event.level == "ad hoc group"

    drive(desk, scenario)


def test_undo_and_redo_say_what_they_reverse():
    """Before the gavel and after it."""
    desk = desk_of()
    desk.act(do.PlaceBracket("k", "four", do.WordsAt("register")))

    async def scenario(pilot, floor):
        await press(pilot, "G", "u")
        assert "bracket" in dialog(pilot, "above")
        await press(pilot, "enter")
        assert "[register]" not in text_shown(floor)
        assert "undoes place bracket" in panel(floor, "says")
        await press(pilot, "z")
        assert "bracket" in dialog(pilot, "above")
        await press(pilot, "enter")
        assert "[register]" in text_shown(floor)
        await press(pilot, "z")
        assert "no undoing" in panel(floor, "says")

    drive(desk, scenario)


def test_words_selected_and_a_speaker_prefill_the_act():
    """`b` and the gavel bracket the words for who has the floor; `d` proposes to delete them."""
    desk = desk_of()

    async def scenario(pilot, floor):
        floor.has_floor = HasFloor("MUS")
        await press(pilot, "j", "left", "b", "enter")
        bracket = desk.timeline.entries[-1]
        assert isinstance(bracket.event, ev.BracketPlaced)
        assert bracket.event.holders == ("MUS",)
        assert "[daily]" in text_shown(floor)
        await press(pilot, "escape", "left", "d")
        await press(pilot, "enter")
        assert isinstance(desk.timeline.entries[-1].event, ev.AmendmentProposed)
        assert desk.timeline.entries[-1].act.behalf == "MUS"

    drive(desk, scenario)


def test_what_the_room_lifted_is_bracketed_anew_with_a_reason():
    """The dialog says that it takes one, and has a line for it."""
    desk = desk_of()
    desk.act(do.PlaceBracket("k", "four", do.WordsAt("register")))
    desk.act(do.LiftBracket("k"))

    async def scenario(pilot, floor):
        await press(pilot, "G", "b", *typed("register"), "down", "down", "down")
        assert "was lifted" in dialog(pilot, "below")
        await press(pilot, *typed("new figures"), "ctrl+s")
        event = desk.timeline.entries[-1].event
        assert isinstance(event, ev.BracketPlaced)
        assert event.reason == "new figures"

    drive(desk, scenario)


def test_tab_completes_a_party():
    """`un` is the United States."""
    desk = desk_of_everything()

    async def scenario(pilot, floor):
        floor.go("one", "b")
        await press(pilot, "plus", "u", "n", "tab", "enter")
        event = desk.timeline.entries[-1].event
        assert isinstance(event, ev.ProposalSupported)
        assert event.party == "USA"

    drive(desk, scenario)


def test_a_burst_makes_one_act_at_most():
    """Enter twice without a pause: the second one is not another act."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await pilot.press("G", "d", "enter", "enter", "escape")
        await pilot.pause()
        assert desk.timeline.head == before + 1

    drive(desk, scenario)


_SAID = st.text(alphabet="ab1 3:;>|¦#,[]\"'\\é", max_size=12)


@settings(max_examples=60, deadline=None)
@draw(
    st.sampled_from(sorted(acts.STAGES)),
    st.sampled_from(["head", "one", "two", "three", "four"]),
    st.booleans(),
    st.lists(_SAID, min_size=6, max_size=6),
)
def test_whatever_is_said_is_an_act_or_a_sentence(name, clause, with_point, said):
    """No answer to any question raises anything else."""
    desk = desk_of_everything()
    pages = Pages(desk.timeline)
    page = pages.page(desk.timeline.head)
    points = page.open_on.get(clause, ())
    found = page.clause(clause)
    assert found is not None
    at = acts.AtHand(
        desk, page, found, points[0] if points and with_point else None, pages.sentence
    )
    staged = acts.STAGES[name](at)
    if isinstance(staged, Missing):
        assert staged.sentence.endswith(".")
        return
    words = iter(said)
    answers = {
        one.name: one.choices[0] if one.choices else next(words, "") for one in staged.fields
    }
    try:
        command = staged.command(answers)
        if isinstance(command, Missing):
            assert command.sentence
        else:
            desk.act(command, staged.hand(answers))
    except Refusal as answer:
        told = str(answer)
    else:
        told = "."
    assert told.endswith(".")
