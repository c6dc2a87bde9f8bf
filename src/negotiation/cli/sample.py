"""The sample negotiation: a page received two mornings ago, three meetings, and this morning.

``python -m negotiation.cli.sample TEXTS STORE TIME`` makes it as if it were TIME, for pictures.
Every act is made at the desk, by a command, as a room would make it; only the clock is told. What
was said is the same each time, the days are those before today.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import sys
from pathlib import Path

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import Kind, ProposalTerms, Stance
from negotiation.views.paths import paths
from negotiation.views.what_is_damaged import anomalies
from negotiation.views.what_is_open import OpenPoint, what_is_open

PAGE = "tide-dl7-rev1.md"
BASE = "tide-res12-base.md"

_CHAIR = Hand()
_SECRETARIAT = Hand("secretariat", capacity=Capacity.SECRETARIAT)
_PARTIES = {"FJI": "Fiji", "J": "Japan", "KEN": "Kenya", "NZL": "New Zealand"}
_INSTRUCT = "resolves to instruct the Secretary-General"
_ASSOCIATES = "invites Associates and port authorities"


@attrs.define
class _Day:
    """A clock that is told the time, on one day after the other."""

    at: dt.datetime
    not_after: dt.datetime

    def __call__(self) -> dt.datetime:
        return min(self.at, self.not_after)

    def strikes(self, day: dt.date, hour: int, minute: int) -> None:
        """It is so late now, by the clocks of this place."""
        self.at = dt.datetime.combine(day, dt.time(hour, minute)).astimezone(dt.UTC)


def make_sample(store: str | None, texts: Path, now: dt.datetime) -> Desk:
    """The sample in a new store, held up to ``now``; the desk is the caller's to close."""
    clock = _Day(now, now)
    numbers = itertools.count(1)
    desk = Desk.begin(store, clock=clock, ids=lambda: _id(next(numbers)))
    session = _Session(desk, clock, now.astimezone().date())
    session.at(-2, 8, 40)
    desk.receive(
        (texts / PAGE).read_bytes(), PAGE, base=(texts / BASE).read_bytes(), base_name=BASE
    )
    for meeting in (_first_meeting, _second_meeting, _third_meeting, _this_morning):
        meeting(session)
    return desk


def _id(number: int) -> str:
    """The same ten letters for the same number, every time."""
    return hashlib.sha256(f"sample {number}".encode()).hexdigest()[:10]


@attrs.frozen
class _Session:
    """The desk, with the room's own names for things."""

    desk: Desk
    clock: _Day
    today: dt.date

    def at(self, days: int, hour: int, minute: int) -> None:
        """The time of what follows."""
        self.clock.strikes(self.today + dt.timedelta(days), hour, minute)

    def chair(self, *commands: do.Command) -> str:
        """The chair decides; answers the act."""
        command = commands[0] if len(commands) == 1 else do.Together(commands)
        return self.desk.act(command, _CHAIR)[0].act.id

    def says(self, party: str, *commands: do.Command) -> str:
        """A delegation acts, and the chair's desk types it."""
        command = commands[0] if len(commands) == 1 else do.Together(commands)
        hand = Hand(party, "chair", party, Capacity.DELEGATION)
        return self.desk.act(command, hand)[0].act.id

    def clause(self, path: str) -> str:
        """The id of the clause that is called so now."""
        called = paths(self.desk.timeline.moment())
        return next(clause for clause, name in called.items() if name == path)

    def point(self, where: str, words: str) -> str:
        """The smallest open point that begins at this place and holds these words."""
        found = what_is_open(self.desk.timeline, self.desk.timeline.head)
        fits = [one for one in found if where in (one.path, one.where) and words in _said(one)]
        return min(fits, key=lambda one: len(_said(one))).id

    def terms(self, symbol: str, *sponsors: str) -> ProposalTerms:
        """A proposal as it is handed in."""
        return ProposalTerms(self.desk.new_id(), symbol, sponsors)

    def proposal(self, symbol: str) -> str:
        """The proposal of this symbol."""
        return self.desk.proposal_named(symbol)


def _said(point: OpenPoint) -> str:
    return " | ".join([point.words, *(one.words for one in point.alternatives)])


# -- two days ago ---------------------------------------------------------------------------------


def _first_meeting(s: _Session) -> None:
    """The page is opened, what nobody needs is lifted, delegations take their places."""
    s.at(-2, 10, 2)
    s.chair(
        do.OpenMeeting("First meeting"),
        *(do.JoinParty(code, name) for code, name in _PARTIES.items()),
    )
    s.at(-2, 10, 9)
    s.chair(
        do.LiftBracket(s.point("considering/a", "lagoons")),
        do.LiftBracket(s.point("resolves/4bis", "/or")),
        do.LiftBracket(s.point("resolves/7", "")),
        do.LiftBracket(s.point(f"{_INSTRUCT}/i", "timely")),
    )
    group = s.point("after reaffirming/c", "Decision 21")
    s.at(-2, 10, 21)
    s.says("CUB", do.HoldBracket(group, "CUB", "tide tables are what small ports ask for"))
    s.at(-2, 10, 26)
    s.says("B", do.HoldBracket(group, "B", "privacy has no other place in the text"))
    s.at(-2, 10, 40)
    s.says(
        "FJI",
        do.ProposeAmendment(
            s.clause("aware/a"),
            s.terms("FJI/41/1", "FJI"),
            (do.Rewording("and atolls", do.WordsAt("low islands"), do.Where.AFTER),),
        ),
    )
    s.at(-2, 10, 44)
    s.says("NZL", do.SupportProposal(s.proposal("FJI/41/1"), "NZL"))
    s.at(-2, 10, 52)
    s.chair(do.RetainProposal(s.proposal("FJI/41/1")))
    s.at(-2, 11, 15)
    s.says(
        "KEN",
        do.ProposeAddition(
            s.desk.new_id(),
            s.terms("KEN/23/2", "KEN"),
            Kind.PARAGRAPH,
            "7bis",
            "that crews who mend gauges be trained where the gauges stand;",
            s.clause("resolves/7"),
            1,
        ),
    )
    s.at(-2, 11, 32)
    fund = s.point("resolves/5", "a fund of")
    s.says("J", do.HoldBracket(fund, "J", "no fund before the budget is known"))
    s.at(-2, 11, 34)
    s.says("USA", do.HoldBracket(fund, "USA"))
    s.at(-2, 11, 58)
    s.chair(do.MakeRemark(s.clause("resolves/5"), "Fiji and Japan talk over lunch.", fund))
    s.at(-2, 12, 30)
    s.chair(do.CloseMeeting())


# -- yesterday ------------------------------------------------------------------------------------


def _second_meeting(s: _Session) -> None:
    """Shall or should is decided; the access to readings is taken up and stays open."""
    s.at(-1, 9, 31)
    s.chair(do.OpenMeeting("Second meeting"))
    s.at(-1, 9, 40)
    s.says("EU", do.HoldBracket(s.point("reaffirming/a", "free"), "EU"))
    s.at(-1, 9, 58)
    s.chair(do.ResolveOpenPoint(s.point("resolves/1", "should"), (do.Choose(1),)))
    s.at(-1, 10, 12)
    access = s.point("resolves/2", "to others on request")
    s.says("USA", do.HoldBracket(access, "USA", "others should have to ask"))
    s.at(-1, 10, 15)
    s.says("FJI", do.HoldBracket(access, "FJI", "a reading that one must ask for comes too late"))
    s.at(-1, 10, 29)
    s.says(
        "J",
        do.RecordPosition(
            s.clause("resolves/2"), "J", Stance.CAN_ACCEPT, access, "it is at cost price"
        ),
    )
    s.at(-1, 10, 47)
    s.says(
        "NZL",
        do.TableAlternative(
            s.point("resolves/2", "shall"),
            s.terms("NZL/7/1", "NZL"),
            "may",
            clause=s.clause("resolves/2"),
        ),
    )
    s.at(-1, 11, 5)
    s.chair(do.NoteStatus(access, "to be taken up again on Thursday"))
    s.at(-1, 11, 16)
    s.chair(
        do.LiftBracket(s.point("resolves/1", "s 4 and")),
        do.LiftBracket(s.point("resolves/2", "scientific and")),
    )
    s.at(-1, 11, 20)
    s.chair(do.DeleteClause(s.clause("resolves/8"), "liability is for another body"))
    s.at(-1, 11, 44)
    s.says("EU", do.ReleaseBracket(s.point("reaffirming/a", "free"), "EU"))
    s.at(-1, 11, 46)
    s.chair(do.LiftBracket(s.point("reaffirming/a", "free")))
    s.at(-1, 12, 10)
    s.chair(do.CloseMeeting())


def _third_meeting(s: _Session) -> None:
    """Money is parked, the small things are agreed."""
    s.at(-1, 15, 3)
    s.chair(do.OpenMeeting("Third meeting"))
    s.at(-1, 15, 11)
    s.chair(
        do.Park(
            point=s.point("resolves/4", "Annex"),
            owner="the chair of the finance group",
            until="Thursday",
        )
    )
    s.at(-1, 15, 40)
    mistaken = s.chair(do.DeleteClause(s.clause("noting/b"), "twice on the page"))
    s.at(-1, 15, 42)
    s.chair(do.ReverseAct(mistaken))
    s.at(-1, 16, 2)
    s.chair(do.LiftBracket(s.point("recognizing/a", "coastal communities")))
    s.at(-1, 16, 9)
    s.chair(
        do.ResolveOpenPoint(s.point("resolves/Option I", "Resolution 5"), (do.Drop(1), do.Drop(2)))
    )
    s.at(-1, 16, 18)
    s.chair(
        do.ResolveOpenPoint(s.point("invites Member States and Associates/2", ""), (do.Choose(2),))
    )
    s.at(-1, 16, 21)
    s.chair(
        do.LiftBracket(s.point(_ASSOCIATES, "")),
        do.ResolveOpenPoint(s.point(f"{_ASSOCIATES}/1", "EU"), words="without delay"),
        do.LiftBracket(s.point(f"{_INSTRUCT}/ii", "EU")),
        do.ReviseText(
            s.clause(f"{_INSTRUCT}/ii"),
            (do.Rewording("", do.WordsAt(" EU delete")),),
            reason="the EU no longer asks for it",
        ),
    )
    s.at(-1, 16, 30)
    s.chair(
        do.AgreeClause(s.clause("considering/a"), conditions=("confirmation by capitals",)),
    )
    s.at(-1, 17, 5)
    s.says(
        "KEN",
        do.ReviseProposal(
            s.proposal("KEN/23/2"),
            "KEN",
            (do.Rewording("and paid ", do.WordsAt("where the gauges"), do.Where.BEFORE),),
        ),
    )
    s.at(-1, 17, 25)
    s.chair(
        do.RecordPosition(
            s.clause("resolves/5"),
            "USA",
            Stance.RED_LINE,
            s.point("resolves/5", "a fund of"),
            visibility=Visibility.CHAIR,
        )
    )
    s.at(-1, 18, 10)
    s.chair(do.CloseMeeting())


# -- today ----------------------------------------------------------------------------------------


def _this_morning(s: _Session) -> None:
    """The secretariat has slept on the page; a delegation has handed something in."""
    s.at(0, 8, 15)
    spaces = next(
        one
        for one in anomalies(s.desk.timeline, s.desk.timeline.head).found
        if one.code == "joined-words"
    )
    s.desk.act(do.SettleAnomaly(spaces.clause, spaces.id, accept=True), _SECRETARIAT)
    s.at(0, 8, 22)
    s.desk.act(
        do.ReviseText(
            s.clause("recognizing/c"),
            (do.Rewording("that repair", do.WordsAt("That repair")),),
            editorial=True,
            capacity=Capacity.EDITOR,
        ),
        Hand("editor", capacity=Capacity.EDITOR),
    )
    s.at(0, 8, 40)
    s.says(
        "EU",
        do.ProposeAmendment(
            s.clause("resolves/4ter"),
            s.terms("EU/52/3", "EU"),
            (do.Rewording("beside", do.WordsAt("apart from")),),
        ),
    )


if __name__ == "__main__":
    texts, where, told = sys.argv[1:]
    make_sample(where, Path(texts), dt.datetime.fromisoformat(told)).close()
