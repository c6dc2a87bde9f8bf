"""The intake review: each fault as printed and as it would be read, and the acts that settle it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st
from textual.app import App
from textual.pilot import Pilot

from negotiation.desk import Desk
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Damage
from negotiation.views.what_is_damaged import anomalies
from negotiation_tui.app import ChairApp
from negotiation_tui.draw import Ink
from negotiation_tui.printed import difference, printed_bits, received_page
from negotiation_tui.screens.floor import Floor
from negotiation_tui.screens.intake import IntakeScreen
from negotiation_tui.widgets.inked import Panel
from tests.corpus import corpus_file
from tests.tui.room import desk_of, words

PAGE = (
    "# Draft resolution\n\nDocument DL/4-E\n\nresolves\n\n"
    "1 that the gauges of 20192023 be read daily”;\n\n"
    "2 that each port keep its readings as long as the ink lasts, in this regards, and that it "
    "show them to whoever asks, be it by day or by night, within a week of the asking\n\n"
    "3 that readings be open to all.\n"
).encode()
TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
Review = Callable[[Pilot[None], IntakeScreen], Awaitable[None]]


def received(source: bytes = PAGE, base: bytes | None = None) -> Desk:
    """A desk that has received a page."""
    desk = Desk.begin(None)
    desk.receive(source, "page.md", base=base, conventions="itu")
    return desk


def review(desk: Desk, scenario: Review, size: tuple[int, int] = (120, 40)) -> None:
    """Open the review from the floor, and let a scenario type on it."""

    async def session() -> None:
        app: App[None] = ChairApp(desk)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press("4")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, IntakeScreen)
            await scenario(pilot, screen)

    asyncio.run(session())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and let the screen settle."""
    await pilot.press(*keys)
    await pilot.pause()


def shown(screen: IntakeScreen, name: str = "anomaly") -> str:
    """What a panel shows, wherever its lines break."""
    lines = screen.query_one(f"#{name}", Panel).lines
    return " ".join(" ".join(words(line) for line in lines).split())


def settled(desk: Desk) -> list[str]:
    """The verdicts on record, in the order of the page."""
    return [one.settled for one in anomalies(desk.timeline, desk.timeline.head).found]


def codes(desk: Desk) -> list[str]:
    """What was found on the page."""
    return [one.code for one in anomalies(desk.timeline, desk.timeline.head).found]


async def walk_to(pilot: Pilot[None], screen: IntakeScreen, code: str) -> None:
    """Go to the first fault of a kind that is left, by keys."""
    named = code.replace("-", " ")
    for _ in screen.left():
        if f"· {named} ·" in shown(screen):
            return
        await press(pilot, "j")
    raise AssertionError(f"There is no {named} among {codes(screen.desk)}.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_a_fault_is_shown_as_printed_and_as_it_would_be_read(size):
    """Code, severity, place; the printed line above, the proposed reading below; how many left."""

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "fused-number")
        told = shown(screen)
        assert "damaged" in told
        assert "line 7, column 22" in told
        assert "as printed, line 7 " in told
        assert "1 that the gauges of 20192023 be read daily”;" in told
        assert "proposed reading" in told
        assert "Repair: Read 2019 as struck and 2023 as inserted." in told
        left = anomalies(screen.desk.timeline, screen.desk.timeline.head)
        counts = f"{left.damaged} damaged · {left.doubtful} doubtful · {left.editorial} editorial"
        assert f"{counts} left" in shown(screen, "header")
        picked = [
            part
            for line in screen.query_one("#anomaly", Panel).lines
            for part, ink in line
            if ink & Ink.PICKED and not ink & (Ink.STRUCK | Ink.INSERTED)
        ]
        assert picked == ["20192023"]

    review(received(), scenario, size)


def test_yes_is_staged_and_enter_is_the_gavel():
    """The secretariat's act; nobody is credited with a deletion; then the next fault is shown."""
    desk = received()
    head = desk.timeline.head

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "unbalanced-quotes")
        await press(pilot, "y")
        assert desk.timeline.head == head
        assert "Enter is the gavel" in shown(screen, "says")
        assert "would read" in shown(screen)
        await press(pilot, "enter")
        (entry,) = desk.timeline.entries[head:]
        assert isinstance(entry.event, ev.AnomalySettled)
        assert (entry.act.by, entry.act.capacity) == ("secretariat", Capacity.SECRETARIAT)
        assert entry.event.corrections
        clause = desk.timeline.moment().clause(entry.clause)
        assert clause is not None
        assert "”" not in clause.passage.words
        assert "u undoes" in shown(screen, "says")
        assert "unbalanced quotes" not in shown(screen)

    review(desk, scenario)


def test_no_keeps_the_printed_words():
    """The verdict is on record, and no word changes."""
    desk = received()
    before = [one.passage for one in desk.timeline.moment().clauses]

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "fused-number")
        await press(pilot, "n")
        assert "printed words stand" in shown(screen)
        await press(pilot, "enter")
        assert settled(desk)[codes(desk).index("fused-number")] == "rejected"
        assert [one.passage for one in desk.timeline.moment().clauses] == before

    review(desk, scenario)


def test_a_reading_is_typed():
    """The words around the fault are prefilled; what is typed is staged and then made."""
    desk = received()
    head = desk.timeline.head

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "slip")
        await press(pilot, "e", *["backspace"] * 2, *"us")
        await press(pilot, "enter")
        assert desk.timeline.head == head
        assert "would read" in shown(screen)
        await press(pilot, "enter")
        (entry,) = desk.timeline.entries[head:]
        assert isinstance(entry.event, ev.AnomalySettled)
        assert entry.event.accepted
        assert settled(desk)[codes(desk).index("slip")] == "accepted"
        clause = desk.timeline.moment().clause(entry.clause)
        assert clause is not None
        assert clause.passage.words == clause.passage.live
        assert "us" in "".join(run.words for one in entry.event.corrections for run in one.runs)

    review(desk, scenario)


def test_later_and_walking_write_nothing():
    """The fault stays open, the next one is shown; behind the last comes the first."""
    desk = received()
    head = desk.timeline.head

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        count = len(screen.left())
        assert f"1 of {count} " in shown(screen)
        await press(pilot, "l")
        assert f"2 of {count} " in shown(screen)
        assert "stays open" in shown(screen, "says")
        await press(pilot, "k", "k")
        assert "This is the first one." in shown(screen, "says")
        await press(pilot, *["l"] * count)
        assert f"1 of {count} " in shown(screen)
        assert desk.timeline.head == head

    review(desk, scenario)


def test_undo_brings_the_last_fault_back():
    """Staged too; the reading is as before, and the fault is at hand again."""
    desk = received()

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await press(pilot, "u")
        assert "No verdict is left" in shown(screen, "says")
        await walk_to(pilot, screen, "unbalanced-quotes")
        before = desk.timeline.moment().clauses
        await press(pilot, "y", "enter", "u")
        assert "Undoes entry" in shown(screen, "says")
        head = desk.timeline.head
        await press(pilot, "enter")
        assert isinstance(desk.timeline.entries[head].event, ev.ActReversed)
        assert [one.passage for one in desk.timeline.moment().clauses] == [
            one.passage for one in before
        ]
        assert "unbalanced quotes" in shown(screen)

    review(desk, scenario)


def test_escape_drops_what_is_staged_and_then_goes_back():
    """The floor is there again, live."""
    desk = received()
    head = desk.timeline.head

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await press(pilot, "n", "escape")
        assert "Dropped" in shown(screen, "says")
        await press(pilot, "enter")
        assert "Nothing is staged" in shown(screen, "says")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Floor)
        assert desk.timeline.head == head

    review(desk, scenario)


def test_severities_are_shown_one_by_one():
    """And all of them again."""

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        whole = len(screen.left())
        seen = 0
        for word in ("damaged", "doubtful", "editorial"):
            await press(pilot, "s")
            assert f"only {word} ·" in shown(screen, "header")
            assert {one.severity.value for one in screen.left()} <= {word}
            seen += len(screen.left())
        await press(pilot, "s")
        assert "only" not in shown(screen, "header")
        assert seen == whole == len(screen.left())

    review(received(), scenario)


def test_what_cannot_be_accepted_says_why():
    """No repair was proposed, or words cannot carry it out: nothing is staged."""
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes())
    head = desk.timeline.head

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "pending-reference")
        assert "No repair was proposed" in shown(screen)
        await press(pilot, "y")
        assert "cannot be accepted" in shown(screen, "says")
        await press(pilot, "enter")
        assert desk.timeline.head == head

    review(desk, scenario)


def test_a_record_without_a_page_says_so():
    """Nothing to settle, and every key is still answered."""

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        assert "No page was received" in shown(screen)
        await press(pilot, *"ynejklus", "enter", "escape")
        assert isinstance(pilot.app.screen, Floor)

    review(desk_of(), scenario)


def test_the_printed_line_never_reaches_the_terminal_as_control():
    """A page with an escape in it."""
    source = PAGE.replace(b"20192023", b"20192023\x1b[31m")

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await walk_to(pilot, screen, "fused-number")
        told = shown(screen)
        assert "␛[31m" in told
        assert "\x1b" not in told

    review(received(source), scenario)


def test_every_fault_of_a_whole_page_has_a_picture_at_each_size():
    """All of the sample's, beside its base: both parts are there, and nothing runs over."""
    base = (TEXTS / "tide-res12-base.md").read_bytes()
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes(), base)
    for size in ((80, 24), (120, 40), (200, 50)):

        async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
            for one in screen.left():
                told = shown(screen)
                assert f"as printed, line {one.line} " in told
                panel = screen.query_one("#anomaly", Panel)
                assert len(panel.lines) <= panel.size.height
                await press(pilot, "j")

        review(desk, scenario, size)


def test_the_three_damaged_lines_of_a_real_draft_are_settled_by_keys():
    """DL/13(Rev.2) without its base: no, yes and typed; then nothing damaged is left."""
    desk = received(corpus_file("itu-dl13-rev2.md").read_bytes())
    found = anomalies(desk.timeline, desk.timeline.head)
    assert found.blocking == 3

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        await press(pilot, "s")
        assert "3 damaged" in shown(screen, "header")
        while screen.left():
            await press(pilot, "y")
            if screen.staged is None:
                await press(pilot, "n")
            await press(pilot, "enter")
        assert anomalies(desk.timeline, desk.timeline.head).blocking == 0
        assert "Nothing damaged is left" in shown(screen)

    review(desk, scenario)


def test_from_the_floor_and_back_to_it_with_the_verdict():
    """Key 4 hands over desk and signs; Esc shows the text as settled, live, with less damage."""
    desk = received()
    blocking = anomalies(desk.timeline, desk.timeline.head).blocking
    assert blocking

    async def session() -> None:
        app = ChairApp(desk)
        app.signs = True
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            floor = app.screen
            assert isinstance(floor, Floor)
            await press(pilot, "comma", "4")
            screen = app.screen
            assert isinstance(screen, IntakeScreen)
            assert screen.desk is desk
            assert screen.signs
            await walk_to(pilot, screen, "fused-number")
            assert "{-20192023-}{+2023+}" in shown(screen)
            await press(pilot, "y", "enter", "escape")
            back = app.screen is floor
            assert back
            assert floor.past is None
            header = words(floor.query_one("#header", Panel).lines[0])
            assert f"· {blocking - 1} damaged" in header
            assert "LIVE" in header

    asyncio.run(session())


@draw(st.text("ab [].\u0301", max_size=20), st.text("ab [].\u0301", max_size=20))
def test_a_difference_reads_as_before_and_as_after(before, after):
    """Without what is put in it is the one wording, without what is struck the other."""
    bits = difference(before, after)
    assert "".join(part for part, ink in bits if not ink & Ink.INSERTED) == before
    assert "".join(part for part, ink in bits if not ink & Ink.STRUCK) == after


def test_a_line_is_shown_from_the_page_that_it_stands_on():
    """A later page has other lines; each fault is shown as its own page prints it."""
    desk = received()
    later = b"\n\n" + PAGE + b"\n4 that the tables of 20212024 be printed;\n"
    desk.receive_revision(later, "later.md", symbol="DL/4(Rev.1)")
    held = anomalies(desk.timeline, desk.timeline.head).found
    own = [one for one in held if one.document == "DL/4(Rev.1)"]
    assert own
    pages = {"page.md": PAGE.decode().splitlines(), "DL/4(Rev.1)": later.decode().splitlines()}
    for one in held:
        bits = printed_bits(received_page(desk, one.received), _damage(desk, one.id))
        line = "".join(words for words, _ in bits).splitlines()[0]
        assert line == pages[one.document][one.line - 1]

    async def scenario(pilot: Pilot[None], screen: IntakeScreen) -> None:
        for _ in held[:-1]:
            await press(pilot, "down")
        assert f"as printed, DL/4(Rev.1), line {own[-1].line}" in shown(screen)

    review(desk, scenario)


def _damage(desk: Desk, anomaly: str) -> Damage:
    """The damage of an anomaly."""
    for clause in desk.timeline.moment().clauses:
        for one in clause.margin.anomalies:
            if one.id == anomaly:
                return one.damage
    raise AssertionError(anomaly)


def test_a_text_that_came_as_akoma_ntoso_has_no_printed_page():
    """The faults lie on the page of an older record, which is not at hand."""
    from negotiation.papers.akn.writer import as_akoma_ntoso

    desk = received()
    other = Desk.begin(None)
    content = as_akoma_ntoso(desk.timeline, desk.timeline.moment()).content
    other.receive_akoma_ntoso(content, "text.xml")
    assert anomalies(other.timeline, other.timeline.head).found
    assert received_page(other).lines == ()
