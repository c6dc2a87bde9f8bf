"""A small record for the screen's tests, and a hand that types on the screen.

The record is made of acts at the desk and nothing else: two headings, a bracket inside words, an
open point with two wordings, one undecided proposal.
"""

import asyncio
import datetime as dt
import itertools
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.people import Capacity
from negotiation.domain.terms import BracketKind, Kind, ProposalTerms
from negotiation_tui.app import ChairApp
from negotiation_tui.draw import Line
from negotiation_tui.screens.floor import Floor
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.text import TextPane

MORNING = dt.datetime(2031, 3, 4, 9, 0, tzinfo=dt.UTC)

Scenario = Callable[[Pilot[None], Floor], Awaitable[None]]


def desk_of(store: str | None = None) -> Desk:
    """The desk with the small record on it."""
    minutes = itertools.count()
    ids = itertools.count(1)
    desk = Desk.begin(
        store,
        clock=lambda: MORNING + dt.timedelta(minutes=next(minutes)),
        ids=lambda: f"id{next(ids)}",
    )
    for command in _record():
        desk.act(command)
    desk.act(
        do.ProposeAmendment(
            "two",
            ProposalTerms("mod", "MUS/4/2", ("MUS",)),
            (do.Rewording("every harbour", do.WordsAt("each port")),),
        ),
        Hand("MUS", "chair", "MUS", Capacity.DELEGATION),
    )
    return desk


def _record() -> list[do.Command]:
    return [
        do.OpenNegotiation("DL/2", "Harbour Union", "itu", "Gauges"),
        do.JoinParty("MUS", "Mauritius"),
        do.TableClause("head", Kind.HEADING, "", "resolves"),
        do.TableClause("one", Kind.ITEM, "1", "that gauges [shall] be read daily;", "head", 1),
        do.TableClause("two", Kind.ITEM, "2", "that each port keep its readings;", "one", 1),
        do.TableClause("three", Kind.ITEM, "3", "that readings be open to all;", "two", 1),
        do.TableClause("four", Kind.ITEM, "4", "that the register be kept by hand;", "three", 1),
        do.PlaceBracket(
            "point",
            "three",
            do.WordsAt("open to all"),
            kind=BracketKind.ALTERNATIVES,
            holders=("MUS",),
            status="to be further discussed",
        ),
        do.TableAlternative(
            "point", ProposalTerms("alt", "", ("MUS",)), "sent to Members", clause="three"
        ),
    ]


def drive(desk: Desk, scenario: Scenario, size: tuple[int, int] = (120, 40)) -> None:
    """Open the screen of a desk and let a scenario type on it."""

    async def session() -> None:
        app = ChairApp(desk)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            floor = app.screen
            assert isinstance(floor, Floor)
            await scenario(pilot, floor)

    asyncio.run(session())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after another and let the screen settle."""
    await pilot.press(*keys)
    await pilot.pause()


def words(line: Line) -> str:
    """A line without its inks."""
    return "".join(part for part, _ in line)


def panel(screen: Screen[Any], name: str) -> str:
    """What a panel of a screen shows."""
    return "\n".join(words(line) for line in screen.query_one(f"#{name}", Panel).lines)


def dialog(pilot: Pilot[None], name: str) -> str:
    """What a panel of the dialog on top shows."""
    shown = pilot.app.screen.query_one(f"#dialog-{name}", Panel)
    return "\n".join(words(line) for line in shown.lines)


def text_shown(floor: Floor) -> str:
    """The words of the text that are in the window, wherever its lines break."""
    pane = floor.query_one(TextPane)
    rows = [pane.render_line(y).text.lstrip("▌") for y in range(pane.size.height)]
    return " ".join(" ".join(rows).split())


def event_of(key: str) -> Key:
    """A key by Textual's name, or a letter, as the terminal sends it."""
    if len(key) == 1 and not key.isalnum():
        return Key(_character_to_key(key), key)
    try:
        return Key(key, unicodedata.lookup(_get_unicode_name_from_key(key)))
    except KeyError:
        return Key(key, key if len(key) == 1 else None)


def strips_shown(screen: Screen[Any]) -> list[Strip]:
    """Every row of the whole screen as the terminal gets it."""
    return screen._compositor.render_strips()


def rows_shown(screen: Screen[Any]) -> list[str]:
    """The words of every row of the screen."""
    return [strip.text.rstrip() for strip in strips_shown(screen)]


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Send keys in one go, as a terminal far away does, and let the screen settle.

    What is left to do is asked of the screen; nobody waits for the processor to rest.
    """
    driver = pilot.app._driver
    assert driver is not None
    for key in keys:
        driver.send_message(event_of(key))
    for _ in range(3):
        await pilot.pause(0)
