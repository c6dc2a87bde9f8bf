"""The projector: it follows the record and the chair, says nothing private, and never writes."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from negotiation.desk import Desk, StoreError
from negotiation.domain import commands as do
from negotiation.domain.people import Visibility
from negotiation.domain.terms import BracketKind, ProposalTerms, Stance
from negotiation.ledger.copies import back_up, restore
from negotiation_tui import room_lines
from negotiation_tui.draw import Ink, width_of
from negotiation_tui.page import Pages
from negotiation_tui.room_app import RoomApp
from negotiation_tui.screens.room import RoomScreen
from negotiation_tui.widgets.inked import Panel
from tests.tui.room import desk_of, words

NOON = dt.datetime(2031, 3, 4, 12, 0, tzinfo=dt.UTC)

Scenario = Callable[[Pilot[None], RoomScreen], Awaitable[None]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the small record."""
    path = tmp_path / "room.db"
    desk_of(str(path)).close()
    return path


@pytest.fixture
def chair(store: Path):
    """The desk of another process."""
    desk = Desk.open(store)
    yield desk
    desk.close()


def room(
    desk: Desk | None,
    scenario: Scenario,
    size: tuple[int, int] = (120, 40),
    reopen: Callable[[], Desk] | None = None,
) -> None:
    """Open the room and let a scenario look at it."""

    async def session() -> None:
        app = RoomApp(desk, reopen=reopen, clock=lambda: NOON)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, RoomScreen)
            try:
                await scenario(pilot, screen)
            finally:
                if screen.desk is not None and screen.desk is not desk:
                    screen.desk.close()

    asyncio.run(session())


def rows(screen: RoomScreen) -> list[str]:
    """Everything on the screen, row by row, as it is drawn."""
    return [
        panel.render_line(y).text for panel in screen.query(Panel) for y in range(panel.size.height)
    ]


def told(screen: RoomScreen) -> str:
    """The same in one line."""
    return " ".join(" ".join(rows(screen)).split())


def panel(screen: RoomScreen, name: str) -> str:
    """What one of its panels shows."""
    return "\n".join(words(line) for line in screen.query_one(f"#{name}", Panel).lines)


async def polled(pilot: Pilot[None], screen: RoomScreen) -> None:
    """One look of the room, as its timer makes ten of in a second."""
    screen.look()
    await pilot.pause()


def test_it_shows_the_last_act_where_the_chair_shows_nothing(store: Path):
    """The clause, its proposal with its marks, what happened in words, and what is left."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert "[each portevery harbour] keep its readings;" in panel(screen, "room-text")
        assert "MUS/4/2 – Mauritius – MOD" in panel(screen, "room-text")
        assert "resolves" in panel(screen, "room-above")
        assert "Mauritius proposes MOD MUS/4/2" in panel(screen, "room-now")
        assert "DL/2" in panel(screen, "header")
        assert "2 open points left" in panel(screen, "header")
        assert "not agreed" in panel(screen, "room-legend")
        clock = f"{NOON.astimezone():%H:%M:%S}"
        assert panel(screen, "room-clock") == f" {clock} · text as of entry 17 · read-only"
        text = screen.query_one("#room-text", Panel).lines
        changed = [part for line in text for part, ink in line if Ink.CHOSEN in ink]
        assert changed == ["each port", "every harbour"]

    room(desk, look)
    desk.close()


def test_it_follows_an_act_of_another_desk_by_itself(store: Path, chair: Desk):
    """Nobody presses a key here: the timer of the room finds the act."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        for _ in range(200):
            await pilot.pause(0.02)
            if "hourly" in told(screen):
                break
        assert "dailyhourly;" in panel(screen, "room-text")
        assert "Chair revises resolves/1" in panel(screen, "room-now")
        assert "entry 18" in panel(screen, "room-clock")

    room(desk, look)
    desk.close()


def test_one_look_is_enough(store: Path, chair: Desk):
    """An act and the next look: nothing waits for a second one, and rest paints nothing."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        await polled(pilot, screen)
        assert "hourly" in told(screen)
        with patch.object(pilot.app, "_display", wraps=pilot.app._display) as painted:
            for _ in range(20):
                await polled(pilot, screen)
        assert not painted.called

    room(desk, look)
    desk.close()


def test_it_follows_what_the_chair_shows(store: Path, chair: Desk):
    """The note beside the record leads, whatever was done last."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.keep("shown", {"clause": "three", "point": "point", "at": None, "frozen": False})
        await polled(pilot, screen)
        assert "open to all" in panel(screen, "room-text")
        assert "sent to Members" in panel(screen, "room-text")
        text = screen.query_one("#room-text", Panel).lines
        assert any(Ink.HERE in ink for line in text for _, ink in line)
        chair.keep("shown", {"clause": "one", "point": "", "at": None, "frozen": True})
        await polled(pilot, screen)
        assert "gauges" in panel(screen, "room-text")
        assert "held by the chair" in panel(screen, "room-clock")
        # An act elsewhere does not move it, and one here still shows: held is not dead.
        chair.act(do.ReviseText("four", (do.Rewording("ledger", do.WordsAt("register")),)))
        chair.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        await polled(pilot, screen)
        assert "hourly" in panel(screen, "room-text")
        assert "ledger" not in told(screen)

    room(desk, look)
    desk.close()


def test_replay_is_said_plainly(store: Path, chair: Desk):
    """The room must never take an old text for the present one."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.keep("shown", {"clause": "two", "point": "", "at": 16, "frozen": False})
        await polled(pilot, screen)
        assert "REPLAY entry 16 of 17" in panel(screen, "header")
        assert screen.query_one("#header").has_class("-replay")
        assert "every harbour" not in told(screen)
        assert "entry 16" in panel(screen, "room-clock")
        chair.keep("shown", {"clause": "two", "point": "", "at": None, "frozen": False})
        await polled(pilot, screen)
        assert "REPLAY" not in told(screen)
        assert not screen.query_one("#header").has_class("-replay")
        assert "every harbour" in told(screen)

    room(desk, look)
    desk.close()


@pytest.mark.parametrize(
    "note",
    [
        {"clause": "nowhere"},
        {"clause": 7, "point": ["a"], "at": "x"},
        {"clause": None, "at": True},
        {"at": 9999},
        {"at": -1},
        {"clause": "one", "point": "nothing"},
    ],
)
def test_a_note_that_means_nothing_is_passed_over(store: Path, chair: Desk, note):
    """Whatever lies beside the record, the room shows a clause of the live text."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.keep("shown", note)
        await polled(pilot, screen)
        assert not screen.not_live
        assert "entry 17" in panel(screen, "room-clock")
        assert "REPLAY" not in told(screen)
        assert panel(screen, "room-text").strip()

    room(desk, look)
    desk.close()


def test_nothing_private_is_shown(store: Path, chair: Desk):
    """Positions, remarks, and taking them back, as the last thing done and on every clause."""
    desk = Desk.open(store)
    bracket = do.PlaceBracket("held", "four", do.WordsAt("by hand"), holders=("MUS",))
    chair.act(bracket)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        for number, clause in enumerate(("one", "two", "three", "four")):
            for visibility in Visibility:
                chair.act(
                    do.RecordPosition(
                        clause,
                        "MUS",
                        Stance.OPPOSES,
                        condition=f"quiet{number} {visibility.value}",
                        visibility=visibility,
                    )
                )
                entries = chair.act(
                    do.MakeRemark(clause, f"whisper {visibility.value}", visibility=visibility)
                )
            chair.act(do.ReverseAct(entries[-1].act.id))
        shows: list[dict[str, object]] = [{"clause": one} for one in ("one", "two", "three")]
        shows += [{}, {"clause": "four", "point": "held"}, {"clause": "three", "point": "point"}]
        for note in shows:
            chair.keep("shown", note)
            await polled(pilot, screen)
            seen = told(screen)
            assert f"entry {chair.timeline.head}" in seen
            for secret in ("quiet", "whisper", "oppose", "position", "remark", "undoes"):
                assert secret not in seen.casefold()
        # Without a note it stays with the last public act.
        chair.keep("shown", {})
        await polled(pilot, screen)
        assert "by hand" in panel(screen, "room-text")
        assert "bracket" in panel(screen, "room-now")

    room(desk, look, (200, 50))
    desk.close()


def test_no_key_writes_anything(store: Path, chair: Desk):
    """Every letter, sign and function key; t turns the theme, and light is where it begins."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert pilot.app.theme == "chair-light"
        keys = [*"abcdefghijklmnoprsuvwxyz0123456789:;/?,.<>=[]", "enter", "escape", "space", "f1"]
        await pilot.press(*keys, "ctrl+p", "ctrl+r", "delete", "tab", "up", "down")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert pilot.app.theme == "chair-light"
        await pilot.press("t")
        assert pilot.app.theme != "chair-light"
        await pilot.press("q")
        await pilot.pause()
        assert not pilot.app.is_running or pilot.app._exit

    room(desk, look)
    desk.close()
    assert not chair.catch_up()
    assert chair.kept("shown") == {}


def test_a_store_that_went_away_leaves_the_last_text(store: Path, tmp_path: Path):
    """The text stays with the time since which it is not live, until the store is back."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        store.rename(tmp_path / "away.db")
        await polled(pilot, screen)
        assert f"NOT LIVE since {NOON.astimezone():%H:%M:%S}" in panel(screen, "header")
        assert screen.query_one("#header").has_class("-cut")
        assert "every harbour" in panel(screen, "room-text")
        (tmp_path / "away.db").rename(store)
        await polled(pilot, screen)
        assert "NOT LIVE" not in told(screen)

    room(desk, look)
    desk.close()


def test_another_file_in_its_place_is_opened(store: Path, tmp_path: Path):
    """A copy was put back: the room follows it, and not the file that is gone."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        store.rename(tmp_path / "away.db")
        for end in ("-wal", "-shm"):
            Path(f"{store}{end}").unlink(missing_ok=True)
        await polled(pilot, screen)
        assert "NOT LIVE" in told(screen)
        fresh = desk_of(str(store))
        fresh.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        fresh.close()
        for _ in range(12):
            await polled(pilot, screen)
        assert "NOT LIVE" not in told(screen)
        assert "hourly" in told(screen)

    room(desk, look, reopen=lambda: Desk.open(store))


def test_a_copy_that_was_put_back_is_shown(store: Path, chair: Desk, tmp_path: Path):
    """The room shows what is on the record now, and nothing that is not any more."""
    copy = str(tmp_path / "copy.db")
    back_up(str(store), copy)
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        await polled(pilot, screen)
        assert "hourly" in told(screen)
        restore(copy, str(store), over=True)
        await polled(pilot, screen)
        assert "hourly" not in told(screen)
        assert "NOT LIVE" not in told(screen)

    room(desk, look)
    desk.close()


def test_another_negotiation_in_its_place_is_not_shown(store: Path, tmp_path: Path):
    """The room of one text does not become that of another one by a file that was moved."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        for end in ("", "-wal", "-shm"):
            if Path(f"{store}{end}").exists():
                Path(f"{store}{end}").rename(tmp_path / f"away.db{end}")
        other = Desk.begin(store)
        other.act(do.OpenNegotiation("DL/99"))
        other.close()
        await polled(pilot, screen)
        assert "NOT LIVE" in told(screen)
        assert "DL/99" not in told(screen)
        assert "every harbour" in told(screen)

    room(desk, look)
    desk.close()


def test_a_record_that_cannot_be_read_is_read_again_later(store: Path, chair: Desk):
    """What was missed in between is not forgotten."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        with patch.object(desk, "catch_up", side_effect=StoreError("The disk is full of water.")):
            await polled(pilot, screen)
            assert "NOT LIVE since" in panel(screen, "header")
            assert "every harbour" in told(screen)
        await polled(pilot, screen)
        assert "NOT LIVE" not in told(screen)
        assert "hourly" in told(screen)

    room(desk, look)
    desk.close()


def test_a_tab_without_a_record_waits_for_it(tmp_path: Path):
    """The projector was switched on first."""
    store = tmp_path / "later.db"

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert "NOT LIVE since" in panel(screen, "header")
        assert "There is no record" in panel(screen, "room-text")
        desk_of(str(store)).close()
        for _ in range(12):
            await polled(pilot, screen)
        assert "every harbour" in told(screen)
        assert "There is no record" not in told(screen)

    room(None, look, reopen=lambda: Desk.open(store))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (40, 12), (20, 9)])
def test_it_fits_every_size(store: Path, chair: Desk, size: tuple[int, int]):
    """No row is wider than the screen, and the clock is on the last one."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        for note in ({}, {"clause": "three", "point": "point"}, {"clause": "two", "at": 16}):
            chair.keep("shown", note)
            await polled(pilot, screen)
            for shown in screen.query(Panel):
                assert all(width_of(line) <= size[0] for line in shown.lines)
            assert screen.query_one("#room-clock").region.bottom == size[1]
            assert f"{NOON.astimezone():%H:%M:%S}" in rows(screen)[-1]

    room(desk, look, size)
    desk.close()


def test_a_point_over_several_clauses_shows_them_all(store: Path, chair: Desk):
    """The rivals are read together, whichever of the clauses the chair stands on."""
    chair.act(
        do.PlaceBracket(
            "wide",
            "one",
            do.WordsAt("read daily;"),
            "two",
            do.WordsAt("that"),
            BracketKind.CONTESTED,
        )
    )
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        chair.keep("shown", {"clause": "two", "point": "wide"})
        await polled(pilot, screen)
        assert "gauges" in panel(screen, "room-text")
        assert "every harbour" in panel(screen, "room-text")
        assert "open to all" not in panel(screen, "room-text")

    room(desk, look)
    desk.close()


def _long(desk: Desk, count: int) -> None:
    many = " ".join(f"word{number}" for number in range(count))
    desk.act(do.ReviseText("four", (do.Rewording(many, do.WordsAt("kept by hand")),)))


def test_a_long_clause_closes_its_lines_and_then_shows_what_changed(store: Path, chair: Desk):
    """Double spacing where it fits, single where it does not, and else the part that matters."""
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        def blank() -> list[bool]:
            shown = screen.query_one("#room-text", Panel).lines
            return [not words(line).strip() for line in shown]

        chair.keep("shown", {"clause": "four"})
        _long(chair, 40)
        await polled(pilot, screen)
        assert blank()[1::2] == [True] * len(blank()[1::2])
        chair.act(do.ReviseText("four", (do.Rewording("a b " * 60 + "c", do.WordsAt("word3")),)))
        await polled(pilot, screen)
        assert not any(blank())
        assert "…" not in panel(screen, "room-text")
        _lots = " ".join(f"more{number}" for number in range(400))
        chair.act(do.ReviseText("four", (do.Rewording(_lots, do.WordsAt("word39")),)))
        chair.act(do.ReviseText("four", (do.Rewording("HERE", do.WordsAt("more300")),)))
        await polled(pilot, screen)
        shown = panel(screen, "room-text")
        assert "HERE" in shown
        assert shown.strip().startswith("…")
        assert shown.strip().endswith("…")

    room(desk, look, (80, 24))
    desk.close()


def test_a_decision_shows_the_words_that_went_once(store: Path, chair: Desk):
    """Words struck by the last act are seen struck; the next act on the clause clears them."""
    pages = Pages(chair.timeline)

    def text() -> str:
        chair.catch_up()
        showing = room_lines.followed(pages, {"clause": "two"})
        page = pages.page(showing.at)
        clauses = room_lines.clauses_shown(page, showing)
        change = room_lines.last_change(pages, showing, clauses)
        lines = room_lines.body(page, clauses, showing, change, (100, 30), signs=True)
        return " ".join(" ".join(words(line) for line in lines).split())

    assert "[{-each port-}{+every harbour+}]" in text()
    proposal = next(one.id for c in chair.timeline.moment().clauses for one in c.proposals)
    chair.act(do.RetainProposal(proposal))
    assert "{-each port-}every harbour keep its readings;" in text()
    chair.act(do.ReviseText("two", (do.Rewording("all", do.WordsAt("its")),)))
    assert "that every harbour keep {-its-}all readings;" in text()


def test_signs_say_what_colours_say(store: Path, monkeypatch: pytest.MonkeyPatch):
    """Without colour the marks stand in the text, and in the legend."""
    monkeypatch.setenv("NO_COLOR", "1")
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert "{-each port-}{+every harbour+}" in panel(screen, "room-text")
        assert "{+put in+}" in panel(screen, "room-legend")

    room(desk, look)
    desk.close()


def test_an_empty_record_is_a_room_too():
    """Before anything was tabled."""
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("DL/9"))

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert "DL/9" in panel(screen, "header")
        assert "0 open points left" in panel(screen, "header")
        assert not screen.not_live

    room(desk, look)
    desk.close()


def test_nothing_in_a_clause_reaches_the_terminal_as_control(store: Path, chair: Desk):
    """Markup and control characters are words."""
    chair.act(
        do.ProposeAmendment(
            "one",
            ProposalTerms("odd", "MUS/9", ("MUS",)),
            (do.Rewording("[red]\x1b[31mhourly[/]", do.WordsAt("daily")),),
        )
    )
    desk = Desk.open(store)

    async def look(pilot: Pilot[None], screen: RoomScreen) -> None:
        assert "\x1b" not in told(screen)
        assert "[red]␛[31mhourly[/]" in told(screen)

    room(desk, look)
    desk.close()
