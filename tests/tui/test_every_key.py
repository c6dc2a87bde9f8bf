"""Every key of the map and every act of the palette, pressed for real: what is made, what is seen.

One row each. Nothing may be on the record before the gavel; after it exactly the entries named; and
what the row says is seen was not to be seen before the key. Refusals and odd answers are tried
elsewhere.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from textual.widgets import Input

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.terms import Kind
from negotiation_tui.keys import KEYS, RARE
from negotiation_tui.screens.floor import Floor
from tests.tui.room import at_once, desk_of, drive, press, rows_shown, strips_shown
from tests.tui.test_acts import desk_of_everything

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
WIDE, NARROW, LOW = (120, 40), (80, 24), (60, 13)


@attrs.frozen
class Row:
    """What a key does."""

    seen: str
    """Words that are seen once it was pressed, and not before."""
    on: str = "screen"
    """Where they are seen."""
    before: str = ""
    """Keys that lead there."""
    after: str = ""
    """Keys that follow: what begins with a quotation mark is typed, with _ for a space."""
    made: tuple[type, ...] = ()
    """The events on the record."""
    size: tuple[int, int] = WIDE


FORMED = 'n n n n ctrl+p "form_a_package enter "fund down up space ctrl+s'
"""A package of three open points of two clauses, formed with the last of them at hand."""
TAKEN = 'ctrl+p "take_a_package enter right enter right enter right ctrl+s'

ROWS: dict[str, Row] = {
    "walk.next-clause": Row("resolves/1", "header"),
    "walk.clause-before": Row("resolves/4", "header", "G"),
    "walk.next-point": Row("open point 1 of 4", "side"),
    "walk.point-before": Row("open point 4 of 4", "side", "G"),
    "walk.first": Row("resolves LIVE", "header", "G"),
    "walk.last": Row("resolves/5", "header"),
    "walk.scroll-on": Row("sent to Members", "text", size=LOW),
    "walk.scroll-back": Row("B/1 – B", "text", "pagedown", size=LOW),
    "walk.find": Row("resolves/4", "header", after='"register enter'),
    "walk.filter": Row("only open", "header", after='"open enter'),
    "walk.mark": Row("Marked", "says", "j"),
    "walk.next-mark": Row("resolves/1", "header", "j m G"),
    "walk.reference": Row("resolves/1", "header", "G"),
    "walk.came-from": Row("resolves/5", "header", "G tab"),
    "words.next": Row("that", "picked", "j"),
    "words.before": Row("that", "picked", "j right right"),
    "words.extend": Row("that gauges", "picked", "j right", "right"),
    "words.extend-on": Row("that gauges", "picked", "j right"),
    "words.extend-back": Row("that gauges", "picked", "j right right"),
    "act.floor-line": Row("USA supports", "says", "n", '"USA_+ enter', (ev.ProposalSupported,)),
    "act.speaker": Row("floor: Mauritius, then USA", "header", after='"MUS_USA enter'),
    "act.propose": Row(
        "[gaugestides]", "text", "j", '"gauges down "tides down down "MUS ctrl+s',
        (ev.AmendmentProposed,),
    ),
    "act.support": Row("supports", "says", "n", '"USA enter', (ev.ProposalSupported,)),
    "act.bracket": Row("[gauges]", "text", "j", '"gauges down "MUS ctrl+s', (ev.BracketPlaced,)),
    "act.hold": Row("United States", "side", "n n n n", '"USA ctrl+s', (ev.BracketHeld,)),
    "act.lift": Row("port keep its readings;", "text", "n n n", "enter", (ev.BracketLifted,)),
    "act.resolve": Row("readings be sent", "text", "n n n n", "2 ctrl+s", (ev.OpenPointResolved,)),
    "act.revise": Row("that tides", "text", "j", '"gauges down "tides ctrl+s', (ev.TextRevised,)),
    "act.delete": Row("5 struck", "text", "G", "enter", (ev.ClauseDeleted,)),
    "act.agree": Row("✓ 5", "text", "G", "enter", (ev.ClauseAgreed,)),
    "act.park": Row("‖ 5", "list", "G", '"MUS ctrl+s', (ev.ClauseParked,)),
    "act.position": Row("confidential", "says", "n", '"USA ctrl+s', (ev.PositionRecorded,)),
    "act.gavel": Row(
        "✓ 5", "text", "G a ctrl+r enter", "enter", (ev.DecisionTaken, ev.ClauseAgreed)
    ),
    "act.object": Row(
        "objection of Mauritius", "side", "G a ctrl+r enter", '"MUS ctrl+s', (ev.ObjectionMade,)
    ),
    "act.undo": Row("undoes restore", "says", "", "enter", (ev.ActReversed,)),
    "act.redo": Row("undoes reverse", "says", "u enter", "enter", (ev.ActReversed,)),
    "time.back": Row("REPLAY entry 28/29 · acts off", "header"),
    "time.on": Row("REPLAY entry 28/29", "header", "comma comma"),
    "time.ten-back": Row("REPLAY entry 18/29", "header"),
    "time.ten-on": Row("REPLAY entry 27/29", "header", "less_than_sign comma comma"),
    "time.first": Row("REPLAY entry 1/29", "header"),
    "time.live": Row("LIVE", "header", "comma"),
    "time.play": Row("▶", "timeline"),
    "time.unit": Row("by entry", "timeline"),
    "time.moment": Row("REPLAY entry 9/29", "header", after='"9 enter'),
    "time.compare": Row("clauses · all"),
    "see.story": Row("What happened to resolves/1", "screen", "j"),
    "see.struck": Row("every harbour", "text"),
    "see.copy": Row("to the clipboard", "says", "j"),
    "see.list": Row("that gauges [sh", "list", size=NARROW),
    "see.private": Row("ask Fiji over coffee", "side", "j"),
    "see.progress": Row("Open the longest"),
    "see.intake": Row("Intake review"),
    "see.freeze": Row("room stays", "header"),
    "help.palette": Row("Do or go to:"),
    "help.help": Row("A letter stages an act"),
    "help.quit": Row("Once more leaves", "says"),
    "act.accept_all": Row(
        "be read hourly;", "text", "", '"B ctrl+s', (ev.ProposalRetained,)
    ),
    "act.lift_all": Row(
        "5 that paragraph 1 hang", "text", 'G b "paragraph down "USA ctrl+s', '"USA ctrl+s',
        (ev.BracketLifted,),
    ),
    "act.form_package": Row(
        "package fund (formed)", "side", "n n n n", '"fund down up space ctrl+s',
        (ev.PackageFormed, ev.ClauseLinked, ev.ClauseLinked),
    ),
    "act.take_package": Row(
        "package fund (taken)", "side", f"{FORMED}", "right enter right enter right ctrl+s",
        (
            ev.ProposalRetained, ev.BracketLifted, ev.OpenPointResolved, ev.ClauseAgreed,
            ev.ClauseAgreed, ev.PackageTaken,
        ),
    ),
    "act.agree_package": Row(
        "notes the package", "says", f"{FORMED} {TAKEN}", "enter",
        (
            ev.ConditionMet, ev.ConditionMet, ev.ClauseUnlinked, ev.ClauseUnlinked,
            ev.PackageAgreed,
        ),
    ),
    "act.break_package": Row(
        "no fund", "says", FORMED, '"no_fund ctrl+s',
        (ev.ClauseUnlinked, ev.ClauseUnlinked, ev.PackageBroken),
    ),
    "act.put": Row("BEFORE THE ROOM", "side", "G", "ctrl+s", (ev.DecisionPut,)),
    "act.no_objection": Row(
        "does not object", "says", 'G a ctrl+r enter minus "MUS ctrl+s', "enter",
        (ev.ObjectionWithdrawn,),
    ),
    "act.drop_question": Row(
        "does not pursue", "says", "G a ctrl+r enter", "enter", (ev.DecisionDropped,)
    ),
    "act.revise_proposal": Row(
        "[dailyweekly]", "text", "n", '"daily down "weekly down down "B ctrl+s',
        (ev.ProposalRevised,),
    ),
    "act.withdraw": Row("be read daily;", "text", "n", "ctrl+s", (ev.ProposalWithdrawn,)),
    "act.reintroduce": Row("every", "text", "j j", '"USA ctrl+s', (ev.ProposalReintroduced,)),
    "act.retain": Row("be read hourly;", "text", "n", "ctrl+s", (ev.ProposalRetained,)),
    "act.drop": Row("be read daily;", "text", "n", "ctrl+s", (ev.ProposalNotRetained,)),
    "act.merge": Row("merges B/1 into", "says", "n", '"MUS/4/3 ctrl+s', (ev.ProposalMerged,)),
    "act.reach": Row("[keep] its", "text", "n n n", '"keep ctrl+s', (ev.BracketNarrowed,)),
    "act.status": Row("discussed soon", "side", "n n n n", '"_soon ctrl+s', (ev.StatusNoted,)),
    "act.table": Row(
        "[hidden]", "text", "n n n n", '"hidden down "USA ctrl+s',
        (ev.AlternativeTabled, ev.BracketWidened),
    ),
    "act.table_clause": Row(
        "be oiled;", "text", "G", '"that_gauges_be_oiled; ctrl+s',
        (ev.ClauseTabled, ev.ClausePlaced),
    ),
    "act.move": Row("moves", "says", "j", '"resolves/3 ctrl+s', (ev.ClausePlaced,)),
    "act.reopen": Row("reopens", "says", "G k", '"new_facts ctrl+s', (ev.ClauseReopened,)),
    "act.condition": Row("condition", "says", "G k", "ctrl+s", (ev.ConditionMet,)),
    "act.condition_failed": Row(
        "is not met", "says", "G k", '"no_money ctrl+s', (ev.ConditionFailed,)
    ),
    "act.refer_back": Row(
        "refers", "says", "G k a enter a enter", '"Plenary ctrl+s', (ev.ClauseReferredBack,)
    ),
    "act.remark": Row("confidential", "says", "j", '"ask_again ctrl+s', (ev.RemarkMade,)),
    "act.meeting": Row("closes meeting", "says", "", "ctrl+s", (ev.MeetingClosed,)),
    "act.refer": Row("before COM4", "header", "", '"COM4 ctrl+s', (ev.TextReferred,)),
    "act.party": Row("Fiji", "says", "", '"FJI down "Fiji ctrl+s', (ev.PartyJoined,)),
    "act.next-speaker": Row("floor: United States ", "header", 'w "MUS_USA enter'),
    "see.save-copy": Row("saved in", "says", "j"),
    "help.theme": Row("#ffffff", "ground"),
    "help.tour": Row("1/6"),
}  # fmt: skip
"""What each act does, by the id of its row in the keys."""

PRESSED = [
    *((row.id, key) for row in KEYS for key in row.keys.split(",")),
    *((row.id, "") for row in RARE),
]


def desk_of_a_day() -> Desk:
    """Something of every state, a reference, a meeting and a private remark."""
    desk: Desk = desk_of_everything()
    for command in (
        do.TableClause("five", Kind.ITEM, "5", "that paragraph 1 hang in ports;", "four", 1),
        do.OpenMeeting("first"),
        do.MakeRemark("one", "ask Fiji over coffee"),
        do.DeleteClause("five"),
        do.RestoreClause("five"),
    ):
        desk.act(command)
    return desk


def seen(floor: Floor, where: str) -> str:
    """The words that a part of the screen shows at this moment, spaces made one."""
    screen = floor.app.screen
    if where == "ground":
        style = strips_shown(screen)[2]._segments[-1].style
        assert style is not None
        assert style.bgcolor is not None
        return style.bgcolor.name
    if where == "screen":
        return " ".join(" ".join(rows_shown(screen)).split())
    if screen is not floor:
        return ""
    widget = floor.query_one(f"#{'text' if where == 'picked' else where}")
    if not widget.display:
        return ""
    strips = [one.crop(*widget.region.column_span) for one in strips_shown(screen)]
    rows = [strips[y] for y in widget.region.line_range]
    if where == "picked":
        bits = [bit for row in rows for bit in row if bit.style and bit.style.reverse]
        return " ".join("".join(bit.text for bit in bits).split())
    return " ".join(" ".join(row.text.lstrip("▌") for row in rows).split()) + " "


async def pressed(pilot, keys: str) -> None:
    """Keys one by one; what begins with a quotation mark is typed in one go."""
    for key in keys.split():
        if key.startswith('"'):
            await at_once(pilot, *key[1:].replace("_", " "))
        else:
            await at_once(pilot, key)


def test_every_key_and_every_rare_act_has_its_row():
    """A new key without a test is seen here."""
    assert list(ROWS) == [row.id for row in (*KEYS, *RARE)]


@pytest.mark.parametrize(("id", "key"), PRESSED, ids=[f"{id} {key}" for id, key in PRESSED])
def test_a_key_does_what_its_row_says(
    id: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """On the record, and on the screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    row = ROWS[id]
    does = next((one.does for one in RARE if one.id == id), "")
    desk = desk_of_a_day()

    async def scenario(pilot, floor):
        await pressed(pilot, row.before)
        head = desk.timeline.head
        assert row.seen not in seen(floor, row.on)
        if does:
            await at_once(pilot, "ctrl+p", *does)
            await at_once(pilot, "enter")
        else:
            await at_once(pilot, key)
        assert desk.timeline.head == head, "made before the gavel"
        await pressed(pilot, row.after)
        await pilot.pause()
        assert row.seen in seen(floor, row.on)
        assert tuple(type(one.event) for one in desk.timeline.entries[head:]) == row.made

    drive(desk, scenario, row.size)


def test_words_to_the_clipboard_are_those_at_hand():
    """Those selected; without a selection the clause with its label."""

    async def scenario(pilot, floor):
        await pressed(pilot, "G y")
        assert pilot.app.clipboard == "5 that paragraph 1 hang in ports;"
        await pressed(pilot, "right right v right y")
        assert pilot.app.clipboard == "paragraph 1"

    drive(desk_of_a_day(), scenario)


@pytest.mark.parametrize("key", ["i", "b", "colon", "slash", "f", "t", "w", "ctrl+p"])
def test_letters_in_one_burst_with_the_key_are_the_dialogs(key):
    """None is lost on the way, and none acts on the floor."""
    desk = desk_of_a_day()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await pressed(pilot, "G k k")
        await at_once(pilot, key, *"a daily")
        assert pilot.app.screen is not floor
        assert pilot.app.screen.query(Input).first().value == "a daily"
        assert len(pilot.app.screen_stack) == 3
        assert desk.timeline.head == head

    drive(desk, scenario)


def test_letters_behind_the_key_that_types_a_reading_are_the_readings():
    """In the intake review too."""
    desk = Desk.begin(None)
    desk.receive((TEXTS / "un-draft.md").read_bytes(), "un-draft.md")

    async def scenario(pilot, floor):
        await pressed(pilot, "4")
        await pilot.pause()
        await at_once(pilot, "e", *"any")
        await pilot.pause()
        assert pilot.app.screen.query(Input).first().value.endswith("any")

    drive(desk, scenario)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("slash", "register"), ("f", "open"), ("t", "3"), ("w", "MUS"), ("ctrl+p", "next theme"),
        ("b", "register"), ("colon", 'MUS [ "register" ]'), ("x", "MUS"), ("u", ""), ("enter", ""),
    ],
)  # fmt: skip
def test_many_enters_in_one_burst_leave_the_dialog_once(key, said):
    """The floor stays, and at most one act is made."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await pressed(pilot, f"G {key}")
        await at_once(pilot, *said)
        await pilot.pause()
        await at_once(pilot, "enter", "enter", "enter", "enter")
        assert floor in pilot.app.screen_stack
        assert len({one.act.id for one in desk.timeline.entries[head:]}) <= 1

    drive(desk, scenario)


def test_the_second_q_leaves():
    """And everything is on the record before."""

    async def scenario(pilot, floor):
        await press(pilot, "q")
        assert pilot.app.return_code is None
        await press(pilot, "q")
        assert pilot.app.return_code == 0

    drive(desk_of_a_day(), scenario)
