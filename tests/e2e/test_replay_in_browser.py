"""The page that replays, in a real browser: what it shows, how it is used, whom it asks."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.papers.export import write
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import Reading, whole
from negotiation.views.versions import end_of_act
from negotiation.views.what_is_open import what_is_open
from tests.e2e.browser import Tab, opened
from tests.papers.replay_twin import record_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SHOWN = """
(() => [...document.querySelectorAll('#text .clause')].map((clause) => {
  const row = clause.querySelector(':scope > .row');
  const label = row.querySelector('.label');
  let words = '', sign = '';
  for (const one of row.querySelector('.words').children) {
    const mine = one.tagName === 'DEL' ? '~~' : MARKED && one.tagName === 'INS' ? '++' : '';
    if (mine !== sign) { words += sign + mine; sign = mine; }
    words += one.textContent;
  }
  const lead = !label ? '' : [...label.children].map(
    (one) => one.tagName === 'DEL' ? `~~${one.textContent}~~` : one.textContent).join('');
  words += sign;
  return lead && words && !clause.classList.contains('bare') ? `${lead} ${words}` : lead + words;
}))()
"""
"""Every clause as one line, in the notation of `text`."""
NAMELESS = {"button", "slider", "radio", "combobox", "checkbox", "link", "textbox"}


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """The negotiation of the samples."""
    now = dt.datetime(2026, 3, 12, 11, 30, tzinfo=dt.UTC)
    desk = make_sample(None, FIXTURES / "texts", now)
    timeline = desk.timeline
    desk.close()
    return timeline


@asynccontextmanager
async def replayed(
    page: bytes, folder: Path, hash_: str = "", wait: str = "#text .clause"
) -> AsyncIterator[Tab]:
    """The page, opened from a file; it may not ask for anything but itself."""
    file = folder / "replay.html"
    file.write_bytes(page)
    async with opened(file.as_uri() + hash_, folder / "profile") as tab:
        await tab.until(f"document.querySelector('{wait}') !== null")
        yield tab
        await tab.look("1")
        asked = [one for one in tab.asked if not one.startswith("data:")]
        assert {one.partition("#")[0] for one in asked} == {file.as_uri()}


async def shown(tab: Tab, *, marked: bool = False) -> list[str]:
    """The text on the page."""
    found = await tab.look(SHOWN.replace("MARKED", str(marked).lower()))
    assert isinstance(found, list)
    return [str(one) for one in found]


async def press(tab: Tab, key: str) -> None:
    """Type one key."""
    text = {"text": key} if len(key) == 1 else {}
    code = {"ArrowLeft": 37, "ArrowRight": 39, "Home": 36, "End": 35}.get(key, 0)
    for kind in ("keyDown", "keyUp"):
        extra = text if kind == "keyDown" else {}
        await tab.call(
            "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **extra
        )


async def entry_shown(tab: Tab) -> int:
    """The last entry of the step that is shown."""
    return int(str(await tab.look("document.getElementById('text').dataset.entry")))


def lines(timeline: Timeline, at: int, reading: Reading) -> list[str]:
    """The text as `text --at` prints it."""
    return [one.line for one in whole(timeline.moment(at), reading)]


def test_the_slider_goes_to_the_text_of_any_moment(timeline: Timeline, tmp_path: Path) -> None:
    """Slide to the middle: the page reads as `text --at` does, in every reading."""

    async def slide() -> None:
        async with replayed(write(timeline, timeline.head, "x.html"), tmp_path) as tab:
            took = await tab.look("performance.getEntriesByType('navigation')[0].duration")
            sys.stdout.write(f"opened in {took:.0f} ms with {timeline.head} entries\n")
            assert await shown(tab) == lines(timeline, timeline.head, Reading.OPEN)
            for part in (2, 3):
                await tab.look(
                    f"(s => {{ s.value = Math.floor(s.max / {part});"
                    "s.dispatchEvent(new Event('input')); })(document.getElementById('slider'))"
                )
                at = await entry_shown(tab)
                assert 1 < at < timeline.head
                assert await shown(tab) == lines(timeline, at, Reading.OPEN)
            await tab.look("document.querySelector('[value=live]').click()")
            assert await shown(tab) == lines(timeline, at, Reading.LIVE)
            await tab.look("document.querySelector('[value=marked]').click()")
            assert await shown(tab, marked=True) == lines(timeline, at, Reading.MARKED)
            points = await tab.look("document.querySelectorAll('#points > li').length")
            assert points == len(what_is_open(timeline, at))
            told = await tab.look("document.getElementById('open-name').textContent")
            assert told == f"{points} open points"

    asyncio.run(slide())


def test_keys_step_by_act_meeting_and_version(timeline: Timeline, tmp_path: Path) -> None:
    """And the address of a step leads to it."""

    async def type_on() -> None:
        page = write(timeline, timeline.head, "x.html")
        async with replayed(page, tmp_path, "#400") as tab:
            first = end_of_act(timeline, 400)
            name = str(await tab.look("document.getElementById('step-name').textContent"))
            assert f"–{first}" in name
            await press(tab, "ArrowRight")
            ends = [row[1] for row in record_of(page)["steps"]]
            assert await entry_shown(tab) == ends[ends.index(first) + 1]
            await press(tab, "ArrowLeft")
            assert await entry_shown(tab) == first
            await press(tab, "v")
            await press(tab, "ArrowRight")
            issued = next(
                one for one in timeline.negotiation(timeline.head).issued if one.entry > first
            )
            assert await entry_shown(tab) == end_of_act(timeline, issued.entry)
            assert issued.symbol in await tab.look("document.getElementById('step-name').innerText")
            await press(tab, "m")
            await press(tab, "ArrowLeft")
            at = await entry_shown(tab)
            entries = timeline.entries
            assert entries[at - 1].act.meeting != entries[at].act.meeting
            await press(tab, "Home")
            assert await entry_shown(tab) == end_of_act(timeline, 1)
            await press(tab, "End")
            assert await entry_shown(tab) == timeline.head
            assert await shown(tab) == lines(timeline, timeline.head, Reading.OPEN)
            await tab.until(f"location.hash === '#{timeline.head}'")

    asyncio.run(type_on())


def test_words_say_whose_they_are(timeline: Timeline, tmp_path: Path) -> None:
    """Under the mouse and at the keyboard: who put them in, for whom, and who decided."""

    async def look() -> None:
        page = write(timeline, timeline.head, "x.html")
        async with replayed(page, tmp_path) as tab:
            place = await tab.look(
                "(() => { const one = document.querySelector('#text .clause ins');"
                "one.scrollIntoView({block: 'center', behavior: 'instant'});"
                "const box = one.getClientRects()[0];"
                "return [box.x + 4, box.y + 4, one.textContent]; })()"
            )
            await tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=place[0], y=place[1])
            told = str(await tab.until("document.getElementById('blame').innerText"))
            assert told.startswith("Put in by ")
            assert " for " in told
            assert "Not decided yet." in told
            await tab.call("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
            await tab.until("document.getElementById('blame').hidden")
            await press(tab, "n")
            await tab.until("!document.getElementById('blame').hidden")
            assert await tab.look("document.activeElement.getAttribute('aria-describedby')")
            await tab.look("document.getElementById('names').click()")
            await press(tab, "n")
            await tab.until("!document.getElementById('blame').hidden")
            parties = timeline.negotiation(timeline.head).parties
            seen = str(
                await tab.look(
                    "[...document.querySelectorAll('aside, #blame, .rival-name, header')]"
                    ".map((one) => one.innerText).join()"
                )
            )
            assert [one.name for one in parties if one.name and one.name in seen] == []

    asyncio.run(look())


def test_on_paper_there_are_no_controls(timeline: Timeline, tmp_path: Path) -> None:
    """The text at the moment shown, under a line that says which one it is."""

    async def print_it() -> None:
        page = write(timeline, timeline.head, "x.html")
        async with replayed(page, tmp_path, "#400") as tab:
            visible = (
                "[...document.querySelectorAll('button, input, select, svg, aside, footer')]"
                ".filter((one) => one.checkVisibility()).length"
            )
            assert await tab.look(visible) > 10
            await tab.call("Emulation.setEmulatedMedia", media="print")
            assert await tab.look(visible) == 0
            head = str(await tab.look("document.getElementById('print-line').innerText"))
            at = end_of_act(timeline, 400)
            assert head.startswith(timeline.negotiation(at).symbol)
            assert f"entry {at}" in head
            assert await tab.look("document.getElementById('text').checkVisibility()")

    asyncio.run(print_it())


def test_whoever_does_not_see_the_page_is_told_of_it(timeline: Timeline, tmp_path: Path) -> None:
    """Every control has a name, and the text its headings, lists and marks."""

    async def listen() -> None:
        page = write(timeline, timeline.head, "x.html")
        async with replayed(page, tmp_path) as tab:
            await tab.call("Accessibility.enable")
            tree = (await tab.call("Accessibility.getFullAXTree"))["nodes"]
            rows = [
                (one["role"]["value"], one.get("name", {}).get("value", ""))
                for one in tree
                if not one["ignored"] and "role" in one
            ]
            roles = {role for role, _ in rows}
            assert roles >= {"main", "banner", "contentinfo", "complementary", "heading", "list"}
            assert roles >= {"insertion", "deletion", "slider", "status", "group"}
            assert [one for one in rows if one[0] in NAMELESS and not one[1].strip()] == []

    asyncio.run(listen())


def test_words_of_a_document_are_only_words(tmp_path: Path) -> None:
    """Markup and control signs in a clause are shown, and do nothing."""
    hostile = "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=1>\x1b[2J&lt;"
    desk = Desk.begin(None)
    desk.receive(b"a) the tide shall be read;\n", "</title><b>.md", conventions="un")
    clause = desk.timeline.moment().clauses[0].id
    desk.act(do.ReviseText(clause, (do.Rewording(hostile, do.WordsAt("tide")),)))
    page = write(desk.timeline, desk.timeline.head, "x.html")
    assert page.count(b"</script>") == 2

    async def open_it() -> None:
        async with replayed(page, tmp_path) as tab:
            assert await tab.look("window.hurt") is None
            (line,) = await shown(tab)
            assert hostile.replace("\x1b", "␛") in line
            assert await tab.look("document.querySelectorAll('#text img').length") == 0

    asyncio.run(open_it())
    desk.close()
