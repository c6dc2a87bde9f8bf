"""The chair's screen under random hands: keys, words, pastes, clicks, windows, other desks.

After every play: nothing was raised, the record folds from nothing to the page that is shown, the
promises of a record hold, only Enter and Ctrl+S made acts, and none was made in the past. How the
mark of each kind is drawn is looked at elsewhere.
"""

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st
from textual.events import Event, MouseDown, MouseMove, MouseUp, Paste
from textual.pilot import Pilot

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import Kind, ProposalTerms
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_is_open import what_is_open
from negotiation_tui.app import ChairApp
from negotiation_tui.keys import KEYS, RARE
from negotiation_tui.page import Pages
from negotiation_tui.screens.floor import Floor, live
from negotiation_tui.screens.intake import IntakeScreen
from negotiation_tui.widgets.blocks import Blocks
from negotiation_tui.widgets.text import TextPane
from tests.machines import promises
from tests.tui.room import MORNING, desk_of, event_of, rows_shown
from tests.tui.terminal import Terminal, watched

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
PLAYS = min(max(settings.default.max_examples * 2 // 5, 5), 600)  # type: ignore[union-attr]  # loaded
"""How many plays a run has: more than half a second each."""

GAVELS = ("enter", "ctrl+s")
"""The only keys that make an act."""


# -- what may happen ------------------------------------------------------------------------------


@attrs.frozen
class Keys:
    """Keys in bursts: the screen comes to rest between two of them, and not within one."""

    bursts: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(key for burst in self.bursts for key in burst)


@attrs.frozen
class Pasted:
    """What a terminal sends as one paste."""

    words: str


@attrs.frozen
class Window:
    """Another size."""

    size: tuple[int, int]


@attrs.frozen
class Pointed:
    """The mouse pressed in one place and let go in another."""

    start: tuple[int, int]
    end: tuple[int, int]


@attrs.frozen
class Elsewhere:
    """An act at another desk, on some clause; the screen looks at once, or later."""

    act: str
    clause: int
    seen: bool


@attrs.frozen
class Waited:
    """The screen looks whether others wrote, and the replay goes on."""


Move = Keys | Pasted | Window | Pointed | Elsewhere | Waited

_OF_THE_MAP = sorted({key for row in KEYS for key in row.keys.split(",")} - {"q"})
_OTHERS = [
    "up",
    "down",
    "pageup",
    "pagedown",
    "ctrl+s",
    "tab",
    "backspace",
    "ctrl+q",
    "delete",
    "ctrl+r",
]
_KEY = st.one_of(
    st.sampled_from(_OF_THE_MAP),
    st.sampled_from(["n", "j", "right", "v", "comma", "escape", "enter", "enter"]),
    st.sampled_from(_OTHERS),
)
_ACTING = [row.keys for row in KEYS if "stage(" in row.action]
_PHRASES = [
    "open to all", "daily", "each port", "register", "sent to Members", "MUS", "USA", "mus, USA",
    "resolves/3", "2", "1 1", "0", "#1", "now~2", "soon", "-", "open", "since now~2", "new",
    "Thursday", "\u05d9\u05dd", "ßé", "👩‍🔬", "[", "]", "{+", "~~", "\\", "[bold]x[/]", "e\u0301",
]  # fmt: skip
_SAID = st.one_of(
    st.sampled_from(_PHRASES),
    st.text(st.characters(blacklist_categories=["C", "Z"]) | st.just(" "), max_size=8),
)
_LINES = [
    'B add "as appropriate" after "be read"; USA +; CUB [ ]',
    'MUS [ "daily" ]', "B: [", "USA +", "chair agree", "floor MUS USA", 'B strike "each"',
    'JPN add "x" after "that"', "undo", "CUB -", 'B "daily" -> "hourly"', "; ;", "B", "retain",
]  # fmt: skip
_PASTES = ["d\n\na\nu\n", "read\ndaily\x1b", "\x1b[31m[b]\t", "\u202eabc", "q\nq\n", "y" * 300]
_SIZES = [(80, 24), (40, 12), (100, 16), (24, 8), (110, 19), (120, 40), (160, 30)]
_ACTS = (
    "delete", "restore", "revise", "bracket", "agree", "reopen", "park", "table", "move", "undo",
    "remark", "join", "propose", "lift", "put", "take", "object", "form", "break",
)  # fmt: skip
_CELL = st.tuples(st.integers(0, 119), st.integers(0, 39))


def one_by_one(keys: Iterable[str]) -> Keys:
    """Keys with time between them."""
    return Keys(tuple((key,) for key in keys))


def at_once(keys: Iterable[str]) -> Keys:
    """Keys in one go."""
    return Keys((tuple(keys),))


def asked(first: tuple[str, ...], lines: list[str], ends: tuple[str, ...]) -> Keys:
    """The keys that open a dialog, the lines said in it, and the end of it."""
    typed = [(*line, "down") for line in lines[:-1]] + [tuple(line) for line in lines[-1:]]
    return Keys((first, *typed, *((key,) for key in ends)))


_ENDS = st.sampled_from(
    [("ctrl+s", "escape"), ("enter", "enter", "escape"), ("enter",) * 4, ("ctrl+s",), ("escape",)]
)
# What a chair does who knows the keys: these nearly always come to an act.
_KNOWN = st.sampled_from(
    [
        "n l enter", "p c 1 enter enter", "n c 2 enter enter", "a enter", "d enter", "u enter",
        "z enter", "u enter u enter", "right v right b ctrl+s escape", "left b ctrl+s escape",
        "right right i o n e ctrl+s escape", "left r n o w ctrl+s escape", "left d enter enter",
        "x M U S ctrl+s escape", "x ctrl+s escape", "n plus U S A ctrl+s escape",
        "n h B ctrl+s escape", "o M U S ctrl+s escape", "w M U S enter", "w - enter",
        "escape escape", "4 y enter n enter escape escape", "comma a d i escape escape",
        "0 space full_stop", "equals_sign e comma escape", "a ctrl+r enter escape escape",
        "n c 2 ctrl+r enter escape escape", "exclamation_mark enter escape",
        "exclamation_mark enter escape", "minus M U S ctrl+s escape",
        "n ctrl+p f o r m space a space p enter x y down down space up up space ctrl+s escape",
        "ctrl+p t a k e space a space p enter right enter right enter right enter enter escape",
        "ctrl+p b r e a k space a enter n o ctrl+s escape",
        "ctrl+p a c c e p t enter M U S enter enter escape",
    ]
).map(str.split)  # fmt: skip
_MOVES: st.SearchStrategy[Move] = st.one_of(
    st.builds(one_by_one, _KNOWN),
    st.builds(one_by_one, _KNOWN),
    st.builds(at_once, _KNOWN),
    st.builds(one_by_one, st.lists(_KEY, min_size=1, max_size=4)),
    st.builds(at_once, st.lists(_KEY, min_size=2, max_size=8)),
    st.builds(
        asked,
        st.sampled_from(_ACTING).map(lambda letter: (letter,)),
        st.lists(_SAID, max_size=3),
        _ENDS,
    ),
    st.builds(asked, st.just(("colon",)), st.lists(st.sampled_from(_LINES), max_size=1), _ENDS),
    st.builds(
        asked,
        st.sampled_from(RARE).map(lambda row: ("ctrl+p", *row.does, "enter")),
        st.lists(_SAID, max_size=2),
        _ENDS,
    ),
    st.builds(
        asked,
        st.sampled_from(["slash", "f", "t", "w", "colon"]).map(lambda key: (key,)),
        st.lists(_SAID, max_size=1),
        _ENDS,
    ),
    st.builds(Pasted, st.sampled_from(_PASTES) | _SAID),
    st.builds(Window, st.sampled_from(_SIZES)),
    st.builds(Pointed, _CELL, _CELL),
    st.builds(Elsewhere, st.sampled_from(_ACTS), st.integers(0, 9), st.booleans()),
    st.just(Waited()),
    st.just(at_once("q")),
)
_PLAY = st.lists(_MOVES, min_size=8, max_size=30)
_ACTING_PLAY = st.lists(
    st.one_of(
        st.builds(one_by_one, _KNOWN),
        st.builds(one_by_one, _KNOWN),
        st.builds(one_by_one, st.sampled_from(["j", "k", "n", "p", "G", "g"]).map(list)),
        st.builds(Elsewhere, st.sampled_from(_ACTS), st.integers(0, 9), st.booleans()),
        st.builds(Window, st.sampled_from(_SIZES[:3])),
    ),
    min_size=8,
    max_size=24,
)


# -- another desk ---------------------------------------------------------------------------------


def _elsewhere(desk: Desk, act: str, place: int) -> None:
    """An act on some clause, by a second hand on the same store."""
    desk.catch_up()
    order = desk.timeline.room().in_order()
    name = desk.new_id()
    clause = order[place % len(order)].id if order else "nothing"
    words = (order[place % len(order)].passage.live if order else "").split()
    word = do.WordsAt(words[place % len(words)]) if words else do.WordsAt("gone")
    points = [one.point for state in order for one in state.brackets]
    commands: dict[str, do.Command] = {
        "delete": do.DeleteClause(clause),
        "restore": do.RestoreClause(clause),
        "revise": do.ReviseText(clause, (do.Rewording("altered", word),)),
        "bracket": do.PlaceBracket(name, clause, word, holders=("MUS",)),
        "agree": do.AgreeClause(clause),
        "reopen": do.ReopenClause(clause, "MUS", "new facts"),
        "park": do.Park(clause, owner="MUS", until="Friday"),
        "table": do.TableClause(name, Kind.ITEM, "5", "that boats be counted;", clause, 1),
        "move": do.MoveClause(clause, order[0].id if order else "", 1),
        "undo": do.ReverseAct(desk.timeline.entries[-1].act.id),
        "remark": do.MakeRemark(clause, "ask again"),
        "join": do.JoinParty("FJI", "Fiji"),
        "propose": do.ProposeAmendment(
            clause,
            ProposalTerms(name, f"MUS/9/{name[-4:]}", ("MUS",)),
            (do.Rewording("put", word, do.Where.AFTER),),
        ),
        "lift": do.LiftBracket(points[place % len(points)] if points else "none"),
    }
    waits = desk.timeline.negotiation(desk.timeline.head).decisions
    with contextlib.suppress(Refusal):
        commands["form"] = do.FormPackage(name, f"of {name}", (clause,), tuple(points[:1]))
        commands["break"] = _breaking(desk) or commands["lift"]
        if act == "put":
            commands["put"] = desk.putting(do.AgreeClause(clause), "As it reads?")
        elif waits and act in ("take", "object"):
            commands["take"] = desk.taking(waits[0].id)
            commands["object"] = do.MakeObjection(waits[0].id, "MUS", desk.clock())
        elif act not in commands:
            return
        desk.act(commands[act], Hand("secretariat", capacity=Capacity.CHAIR))


def _breaking(desk: Desk) -> do.Command | None:
    """The breaking of the last package that holds."""
    held = desk.timeline.negotiation(desk.timeline.head).packages
    names = [one.id for one in held if one.state in ("formed", "taken")]
    return do.BreakPackage(names[-1], "MUS", "no money") if names else None


# -- one play -------------------------------------------------------------------------------------


@attrs.define
class Session:
    """A screen, its desk and another desk on the same store, and what was seen of them."""

    pilot: Pilot[None]
    floor: Floor
    desk: Desk
    other: Desk
    terminal: Terminal
    made: list[str] = attrs.field(factory=list)
    """What was wrong about acts when they were made."""
    acts: int = 0

    @property
    def over(self) -> bool:
        """Whether the screen was left, or broke down."""
        app = self.pilot.app
        return app.return_code is not None or app._exception is not None

    def watch(self) -> None:
        """Look on when the screen's own desk makes an act."""
        real = self.desk.act

        def act(command, hand=Hand()):  # frozen
            if self.floor.past is not None and not isinstance(self.pilot.app.screen, IntakeScreen):
                self.made.append(f"{command} was made in the past")
            entries = real(command, hand)
            self.acts += 1
            return entries

        self.desk.act = act  # type: ignore[method-assign, assignment]  # the test looks on

    async def settle(self) -> None:
        for _ in range(2):
            if not self.over:
                await self.pilot.pause()

    async def rest(self) -> None:
        """Until nothing moves any more, such as panes that take their places."""
        await Pilot.pause(self.pilot)

    async def play(self, moves: list[Move]) -> None:
        for move in moves:
            if self.over:
                return
            acts = self.acts
            await self.make(move)
            await self.settle()
            gavel = isinstance(move, Keys) and any(key in GAVELS for key in move.keys)
            if self.acts != acts and not gavel:
                self.made.append(f"{move} made an act")

    async def make(self, move: Move) -> None:
        app = self.pilot.app
        match move:
            case Keys():
                for burst in move.bursts:
                    if self.over:
                        return
                    for key in burst:
                        self._send(event_of(key))
                    await self.settle()
            case Pasted():
                app.post_message(Paste(move.words))
            case Window():
                await self.pilot.resize_terminal(*move.size)
            case Pointed():
                await self._point(move)
            case Elsewhere():
                _elsewhere(self.other, move.act, move.clause)
                if move.seen:
                    self.floor.look()
            case Waited():
                self.floor.look()
                if self.floor.rate:
                    self.floor._tick()

    async def _point(self, move: Pointed) -> None:
        width, height = self.pilot.app.size
        start = (move.start[0] % width, move.start[1] % height)
        end = (move.end[0] % width, move.end[1] % height)
        for sort, (x, y) in ((MouseDown, start), (MouseMove, end), (MouseUp, end)):
            button = 0 if sort is MouseMove else 1
            self._send(sort(None, x, y, 0, 0, button, False, False, False))
        await self.settle()

    def _send(self, event: Event) -> None:
        """As a key or a mouse comes from the terminal."""
        driver = self.pilot.app._driver
        assert driver is not None
        driver.send_message(event)

    async def nothing_stale(self) -> None:
        """What is on the screen is what a record read anew would show."""
        for _ in range(8):
            if self.over:
                return
            if self.pilot.app.screen is self.floor:
                break
            self._send(event_of("escape"))
            await self.settle()
        await self.rest()
        floor = self.floor
        assert self.pilot.app.screen is floor, "Esc does not lead back to the floor."
        # A replay that goes on by the clock between two looks is not stale.
        floor.pause()
        floor.look()
        floor.query_one(TextPane).drop_selection()
        floor.says = ""
        floor.draw()
        await self.rest()
        shown = rows_shown(floor)
        timeline = Timeline(self.desk.timeline.id, self.desk.ledger.entries(self.desk.timeline.id))
        self.desk.timeline, floor.pages = timeline, Pages(timeline)
        pane = floor.query_one(TextPane)
        pane._blocks, pane._drawn = Blocks(), ()
        floor.draw()
        await self.rest()
        assert rows_shown(floor) == shown
        assert self.terminal.shows(floor), "The terminal did not get all of it."


def _whole(store: Path, desk: Desk, since: int) -> None:
    """The record as anybody reads it from the store is legal, and the desk holds the same."""
    again = Desk.open(store)
    try:
        timeline = again.timeline
        assert [one.number for one in timeline.entries] == list(range(1, timeline.head + 1))
        head = desk.timeline.head
        assert timeline.entries[:head] == desk.timeline.entries
        assert timeline.text(head) == desk.timeline.text(head)
        for clause in timeline.room().clauses.values():
            promises.legal(clause)
        for entry in timeline.entries[since:]:
            if entry.clause:
                state = timeline.clause(entry.clause, entry.number)
                assert state is not None
                promises.legal(state)
                before = timeline.clause(entry.clause, entry.number - 1)
                promises.step(before, state, entry, _reverses_a_reading(timeline, entry))
        promises.whole_room(timeline)
        promises.nothing_lost(timeline)
        promises.everything_is_accounted_for(timeline)
        promises.every_proposal_has_a_fate(timeline)
    finally:
        again.close()


def _reverses_a_reading(timeline: Timeline, entry) -> bool:
    event = entry.event
    if not isinstance(event, ev.ActReversed):
        return False
    undone = [timeline.entries[number - 1] for number in event.entries]
    return any(
        isinstance(one.event, ev.AnomalySettled | ev.ClauseTabled)
        or _reverses_a_reading(timeline, one)
        for one in undone
    )


def played(record: Path, moves: list[Move], size: tuple[int, int]) -> None:
    """One play on a copy of a record, and everything that must hold behind it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "record.db"
        shutil.copy(record, store)
        desk = Desk.open(store, clock=lambda: MORNING)
        other = Desk.open(store, clock=lambda: MORNING)
        since = desk.timeline.head
        made: list[str] = []

        async def session(terminal: Terminal) -> None:
            app = ChairApp(desk)
            async with app.run_test(size=size) as pilot:
                await pilot.pause(0)
                await pilot.pause(0)
                floor = app.screen
                assert isinstance(floor, Floor)
                # What has work left says so itself; nobody waits for the processor to rest.
                pilot.pause = partial(Pilot.pause, pilot, 0)  # type: ignore[method-assign]  # no rest
                one = Session(pilot, floor, desk, other, terminal, made)
                one.watch()
                await one.play(moves)
                await one.nothing_stale()

        here = Path.cwd()
        os.chdir(folder)  # words may be saved to a file
        try:
            with pytest.MonkeyPatch.context() as patch:
                asyncio.run(session(watched(patch)))
        finally:
            os.chdir(here)
        assert made == []
        _whole(store, desk, since)
        other.close()
        desk.close()


# -- the records ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A small record with something open, a received page with faults, and an empty one."""
    folder = tmp_path_factory.mktemp("records")
    stores = tuple(folder / f"{name}.db" for name in ("small", "page", "empty"))
    desk_of(str(stores[0])).close()
    page = Desk.begin(stores[1], clock=lambda: MORNING)
    page.receive((TEXTS / "un-draft.md").read_bytes(), "un-draft.md")
    page.close()
    empty = Desk.begin(stores[2], clock=lambda: MORNING)
    empty.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
    empty.close()
    return stores


@pytest.fixture(autouse=True, scope="module")
def _quiet(tmp_path_factory: pytest.TempPathFactory):
    """Nobody's own settings; the screen looks at the record when the play says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEGOTIATION_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        patch.delenv("NO_COLOR", raising=False)
        patch.setattr(live, "_LOOK", 3600.0)
        yield


@settings(max_examples=PLAYS)
@given(st.sampled_from((0, 0, 0, 1, 2)), _PLAY, st.sampled_from(_SIZES))
@example(0, [at_once("qq")], (80, 24))
def test_whatever_is_played_the_record_stays_legal(records, which, moves, size):
    """No exception, no act but by a gavel, none in the past, nothing stale on the screen."""
    note(f"{len(moves)} moves")
    played(records[which], moves, size)


@settings(max_examples=max(PLAYS // 3, 3))
@given(st.sampled_from((0, 0, 1)), _ACTING_PLAY)
def test_whoever_knows_the_keys_makes_a_legal_record(records, which, moves):
    """The same with acts that mostly succeed, and another hand that acts as well."""
    note(f"{len(moves)} moves")
    played(records[which], moves, (80, 24))


def test_a_decision_closes_what_was_open_inside_the_wordings_that_fell():
    """The bracket inside the first wording goes with it when the second one is chosen."""
    desk = desk_of()
    desk.act(do.PlaceBracket("inner", "three", do.WordsAt("open")))
    desk.act(do.ResolveOpenPoint("point", (do.Choose(2),)))
    left = what_is_open(desk.timeline, desk.timeline.head)
    assert [one.id for one in left if not one.words and not one.struck] == []
    undone = desk.timeline.entries[-1].act.id
    desk.act(do.ReverseAct(undone))
    assert {"inner", "point"} <= {one.id for one in what_is_open(desk.timeline, desk.timeline.head)}
