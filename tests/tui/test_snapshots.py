"""Every screen at three sizes in dark, light and without colour, as it was when last looked at.

Kept as words, with the looks of their cells beside them: a row of words, and below the rows which
looks follow each other in each of them, a letter and how many cells. `NEGOTIATION_SNAPSHOTS=write`
renews what is kept; look at the difference before it is committed. The texts are our own.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.views.what_is_open import what_is_open
from negotiation_tui.app import ChairApp
from negotiation_tui.room_app import RoomApp
from negotiation_tui.screens.floor import Floor
from negotiation_tui.screens.floor_line import FloorLine
from negotiation_tui.settings import Settings
from tests.tui.room import at_once, strips_shown

HERE = Path(__file__).with_name("snapshots")
TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
NOON = dt.datetime(2026, 3, 12, 11, 30, tzinfo=dt.UTC)
RENEW = "NEGOTIATION_SNAPSHOTS=write pytest tests/tui/test_snapshots.py"
SIZES = ((80, 24), (120, 40), (200, 50))
THEMES = ("chair-dark", "chair-light", "NO_COLOR")

SCREENS = {
    "floor": "n n",
    "replay": "n n less_than_sign comma",
    "story": "n n right right enter",
    "compare": "equals_sign",
    "moment": "t",
    "stage": "n n c 2",
    "put": "n n c 2 ctrl+r",
    "what-if": 'ctrl+p "what_if:_accept enter "EU',
    "package": 'n n ctrl+p "form_a_package enter "readings enter down space',
    "floor-line": 'n n colon "EU_add_\u201conce\u201d_after_\u201cports\u201d;_USA_+',
    "progress": "3",
    "intake": "4",
    "tour": 'ctrl+p "tour enter',
    "help": "question_mark",
    "room": "n n",
    "asked": "n n",
    "room-asked": "n n",
}
"""What is pressed on the floor; what begins with a quotation mark is typed, with _ for a space."""

_LATER = ("room", "asked", "room-asked")
"""What is taken when all else was: their record goes on."""

Shown = list[Strip]

pytestmark = pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="The clocks of this system cannot be told where they are."
)


# -- taking them ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str, str], Shown]]:
    """Every screen, by name, size and theme, in a room where it is always the same noon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEGOTIATION_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        for name, value in {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TZ": "UTC",
        }.items():
            patch.setenv(name, value)
        for name in ("NO_COLOR", "TERM_PROGRAM", "WT_SESSION"):
            patch.delenv(name, raising=False)
        patch.setattr(FloorLine, "said", [])
        time.tzset()
        found: dict[tuple[str, str, str], Shown] = {}
        for theme in THEMES:
            if theme == "NO_COLOR":
                patch.setenv("NO_COLOR", "1")
            for size in SIZES:
                for name, shown in asyncio.run(_screens(theme, size)).items():
                    found[name, f"{size[0]}x{size[1]}", theme] = shown
        yield found
    time.tzset()


async def _screens(theme: str, size: tuple[int, int]) -> dict[str, Shown]:
    """All screens in one size and one theme."""
    desk = make_sample(None, TEXTS, NOON)
    found: dict[str, Shown] = {}
    wanted = Settings(reduced_motion=True) if theme == "NO_COLOR" else Settings(theme, True)
    app = ChairApp(desk, wanted)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        floor = app.screen
        assert isinstance(floor, Floor)
        for name, keys in SCREENS.items():
            if name not in _LATER:
                await _pressed(pilot, keys)
                found[name] = strips_shown(app.screen)
                await _back(pilot, floor)
        await _pressed(pilot, SCREENS["room"])
    found["room"] = await _room(desk, theme, size)
    _ask(desk)
    found["room-asked"] = await _room(desk, theme, size)
    app = ChairApp(desk, wanted)
    async with app.run_test(size=size) as pilot:
        await _pressed(pilot, SCREENS["asked"])
        found["asked"] = strips_shown(app.screen)
    return found


def _ask(desk: Desk) -> None:
    """Two questions before the room: one to which a party objects, one left to a silence."""
    first, second = what_is_open(desk.timeline, desk.timeline.head)[1:3]
    verdicts = (do.Choose(2),)
    desk.put(do.ResolveOpenPoint(second.id, verdicts), f"“should”, as in {second.where}?")
    asked = desk.timeline.negotiation(desk.timeline.head).decisions[0]
    desk.act(do.MakeObjection(asked.id, "EU", desk.clock(), "to consult"))
    until = NOON + dt.timedelta(hours=6)
    desk.put(do.ResolveOpenPoint(first.id, verdicts), f"The text of {first.where}?", until=until)


async def _pressed(pilot: Pilot[None], keys: str) -> None:
    for key in keys.split():
        await at_once(pilot, *(key[1:].replace("_", " ") if key.startswith('"') else (key,)))
        await pilot.pause()
    await pilot.pause()


async def _back(pilot: Pilot[None], floor: Floor) -> None:
    """To the first clause of the text as it is now, with nothing said."""
    while pilot.app.screen is not floor:
        await at_once(pilot, "escape")
    await at_once(pilot, "escape")
    await at_once(pilot, "escape")
    await at_once(pilot, "g")
    await pilot.pause()


async def _room(desk: Desk, theme: str, size: tuple[int, int]) -> Shown:
    app: App[None] = RoomApp(desk, clock=lambda: NOON)
    async with app.run_test(size=size) as pilot:
        if theme != "NO_COLOR":
            app.theme = theme
        point = desk.kept("shown")
        assert point, "The chair's screen notes what the room is shown."
        await pilot.pause(0.3)
        return strips_shown(app.screen)


# -- writing them down ----------------------------------------------------------------------------


def cells(row: Strip) -> list[str]:
    """The looks of each cell."""
    found: list[str] = []
    for words, style, _ in row:
        looks = told(style)
        found += [looks] * cell_len(words)
    return found


def told(style: Style | None) -> str:
    """Looks in a few letters."""
    if style is None:
        return "-"
    on = [sign for sign, is_on in (
        ("bold", style.bold), ("dim", style.dim), ("italic", style.italic),
        ("underline", style.underline), ("strike", style.strike), ("reverse", style.reverse),
    ) if is_on]  # fmt: skip
    ink = "" if style.color is None or style.color.is_default else style.color.name
    ground = style.bgcolor
    under = "" if ground is None or ground.is_default else f"on {ground.name}"
    return " ".join(part for part in (*on, ink, under) if part) or "-"


def written(dark: Shown, light: Shown, plain: Shown) -> str:
    """One screen in one size as it is kept."""
    words = [row.text.rstrip() for row in dark]
    assert [row.text.rstrip() for row in light] == words, "A theme changes the words."
    names = Names()
    pairs = [_runs(cells(a), cells(b), names) for a, b in zip(dark, light, strict=True)]
    bare = Names()
    alone = [_runs(cells(a), None, bare) for a in plain]
    other = [
        f"{number:>2}|{row.text.rstrip()}"
        for number, (row, word) in enumerate(zip(plain, words, strict=True), start=1)
        if row.text.rstrip() != word
    ]
    lines = [
        *(f"{number:>2}|{row}" for number, row in enumerate(words, start=1)),
        "", "looks in dark and light",
        *_rows(pairs), *names.lines(),
        "", "rows that differ without colour", *other,
        "", "looks without colour",
        *_rows(alone), *bare.lines(),
    ]  # fmt: skip
    return "\n".join(line.rstrip() for line in lines) + "\n"


class Names:
    """A letter for every look, in the order in which they come."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}

    def of(self, look: str) -> str:
        """Its letter; after the letters of the alphabet two each."""
        if look not in self._of:
            place, more = len(self._of) % 26, len(self._of) // 26
            self._of[look] = chr(ord("a") + place) + "'" * more
        return self._of[look]

    def lines(self) -> list[str]:
        """What the letters mean."""
        return [f"   {name} = {look}" for look, name in self._of.items()]


def _runs(looks: list[str], second: list[str] | None, names: Names) -> str:
    if second is not None:
        looks = [f"{one} | {two}" for one, two in zip(looks, second, strict=True)]
    return "".join(f"{names.of(look)}{len(list(run))}" for look, run in groupby(looks))


def _rows(runs: list[str]) -> list[str]:
    """The looks of every row; equal ones that follow each other once."""
    lines: list[str] = []
    number = 1
    for run, same in groupby(runs):
        count = len(list(same))
        rows = f"{number:>2}" if count == 1 else f"{number:>2}–{number + count - 1}"
        lines.append(f"{rows}|{run}")
        number += count
    return lines


# -- looking at them ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_it_was_when_last_looked_at(name, size, taken):
    """The words, and how each of them looks."""
    now = written(*(taken[name, size, theme] for theme in THEMES))
    where = HERE / f"{name}-{size}.txt"
    if os.environ.get("NEGOTIATION_SNAPSHOTS") == "write":
        HERE.mkdir(exist_ok=True)
        where.write_text(now, encoding="utf-8")
    kept = where.read_text(encoding="utf-8") if where.exists() else ""
    if kept != now:
        pytest.fail(_difference(where.name, kept, now), pytrace=False)


def _difference(name: str, kept: str, now: str) -> str:
    before, after = kept.splitlines(), now.splitlines()
    place = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    was, is_now = (
        rows[place] if place < len(rows) else "(no such row)" for rows in (before, after)
    )
    return (
        f"{name} differs first in row {place + 1}:\n  kept {was}\n  now  {is_now}\n"
        f"If the new one is right: {RENEW}"
    )


@pytest.mark.parametrize("name", SCREENS)
def test_without_colour_there_is_no_colour(name, taken):
    """Neither of ink nor of ground, in any cell."""
    for width, height in SIZES:
        for row in taken[name, f"{width}x{height}", "NO_COLOR"]:
            for words, style, _ in row:
                for colour in (style.color, style.bgcolor) if style else ():
                    assert colour is None or colour.is_default, f"{words!r} is {colour}"


@pytest.mark.parametrize("name", SCREENS)
def test_every_row_is_as_wide_as_the_window(name, taken):
    """Nothing hangs over, and nothing is left as it was."""
    for width, height in SIZES:
        for theme in THEMES:
            shown = taken[name, f"{width}x{height}", theme]
            assert [row.cell_length for row in shown] == [width] * height


def test_what_is_kept_is_what_is_looked_at():
    """No screen that is gone is kept."""
    wanted = {f"{name}-{width}x{height}.txt" for name in SCREENS for width, height in SIZES}
    assert {one.name for one in HERE.iterdir()} == wanted
