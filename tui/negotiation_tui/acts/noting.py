"""What stands beside the text and in the gathering: positions, remarks, meetings, parties."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Stance
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import visible
from negotiation_tui.stage import Answers, Field, Missing, Stage

_READERS = tuple(one.value for one in Visibility)


def position(at: AtHand) -> Stage | Missing:
    """What a party says; not for the projector, and never counted."""
    point = at.point
    stances = tuple(one.value for one in Stance)
    whole = "the clause"
    about = (f"open point {point.number}", whole) if point is not None else (whole,)

    def command(answers: Answers) -> do.Command | Missing:
        named = stage.codes(at.desk, answers["party"])
        if len(named) != 1:
            return Missing("Say which party, by its code.")
        return do.RecordPosition(
            at.clause.id,
            named[0],
            Stance(answers["stance"]),
            point.id if point is not None and answers["about"] != whole else "",
            answers["condition"].strip(),
            Visibility(answers["readers"]),
        )

    fields = (
        stage.party("party", "Party", "a code; Tab completes it", at.speaker, needed=True),
        Field("stance", "Says", choices=stances, value=Stance.SUPPORTS.value),
        Field("about", "Of", choices=about),
        Field("condition", "Provided", "may stay empty"),
        Field("readers", "May read", choices=_READERS, value=Visibility.GROUP.value),
    )
    title = f"A position on {at.called}; shown only behind a key"
    start = "stance" if at.speaker else "party"
    return Stage(title, (), fields, command, stage.delegation(at.desk), start)


def remark(at: AtHand) -> Stage | Missing:
    """A note beside the clause."""

    def command(answers: Answers) -> do.Command | Missing:
        if not answers["words"].strip():
            return Missing("Say the remark.")
        readers = Visibility(answers["readers"])
        return do.MakeRemark(at.clause.id, answers["words"].strip(), visibility=readers)

    fields = (
        Field("words", "Remark", needed=True),
        Field("readers", "May read", choices=_READERS, value=Visibility.CHAIR.value),
    )
    return Stage(f"A remark on {at.called}; shown only behind a key", (), fields, command)


def meeting(at: AtHand) -> Stage | Missing:
    """A meeting begins, or the one that is open ends."""
    held = at.page.moment.negotiation.meeting
    if held:
        return Stage(f"Close the meeting: {visible(held)}", (), (), lambda _: do.CloseMeeting())

    def command(answers: Answers) -> do.Command | Missing:
        name = answers["name"].strip()
        return do.OpenMeeting(name) if name else Missing("Say what the meeting is called.")

    return Stage("Open a meeting", (), (Field("name", "Meeting", needed=True),), command)


def refer(at: AtHand) -> Stage | Missing:
    """Another body has the text; or the one that it came from has it again."""
    whole = at.page.moment.negotiation
    way = [whole.body or "where it began", *(one.body for one in whole.referrals)]
    hint = f"empty: back to {visible(way[-2])}" if whole.referrals else "such as Committee 4"
    said = "What it shall do; or what is reported" if whole.referrals else "What it shall do"

    def command(answers: Answers) -> do.Command | Missing:
        body, words = answers["body"].strip(), answers["words"].strip()
        if body:
            return do.ReferText(body, words)
        return do.ReferTextBack(words) if whole.referrals else Missing("Say which body gets it.")

    fields = (
        Field("body", "To", hint, needed=not whole.referrals),
        Field("words", "Mandate", f"{said}; may stay empty"),
    )
    lies = f", which is before {visible(way[-1])}" if whole.referrals else ""
    return Stage(f"Refer the text{lies}", (), fields, command)


def party(at: AtHand) -> Stage | Missing:
    """A party takes part, or is named more fully."""

    def command(answers: Answers) -> do.Command | Missing:
        code = answers["code"].strip()
        if not code:
            return Missing("Say the code of the party, such as CUB.")
        return do.JoinParty(code, answers["name"].strip(), stage.codes(at.desk, answers["members"]))

    fields = (
        Field("code", "Code", "such as CUB", needed=True),
        Field("name", "Name", "such as Cuba; may stay empty"),
        Field("members", "Speaks for", "codes of its members, with commas; may stay empty"),
    )
    return Stage("A party joins", (), fields, command)
