"""A session as a person has it: a program in a terminal, keys, and the record that is left."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import attrs
import pytest

from negotiation.desk import Desk
from negotiation.domain import events as ev
from negotiation.views.what_is_open import OpenPoint, what_is_open
from negotiation.views.where_did_it_go import fates
from negotiation_tui import settings
from tests.corpus import corpus_file
from tests.e2e.tmux import PROGRAM, Terminal, terminal
from tests.tui.room import desk_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person who has been shown around."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(folder))
    settings.see_tour()
    return folder


def command_line(*said: str) -> str:
    """What the command line answers."""
    answer = subprocess.run(
        [*PROGRAM, *said], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def on_record(desk: Desk) -> list[object]:
    """Every entry but for its times and the name of its act."""
    return [
        (
            one.number,
            one.clause,
            one.version,
            one.event,
            one.evidence,
            one.visibility,
            (one.act.by, one.act.behalf, one.act.capacity, one.act.meeting, one.act.purpose),
        )
        for one in desk.timeline.entries
    ]


def opened(desk: Desk) -> tuple[OpenPoint, ...]:
    """What is open, but for the time at which it was recorded."""
    points = what_is_open(desk.timeline, desk.timeline.head)
    return tuple(attrs.evolve(one, since_when="") for one in points)


def text_of(desk: Desk) -> list[tuple[str, str]]:
    """The labels and the words that stand."""
    return [(one.label, one.passage.live) for one in desk.timeline.moment().clauses]


def became(desk: Desk) -> list[object]:
    """What became of every word of every proposal."""
    return [
        (one.symbol, one.path, one.state, [(part.words, part.became) for part in one.parts])
        for one in fates(desk.timeline, desk.timeline.head)
    ]


def leave(window: Terminal) -> None:
    """Leave the screen, with the second of two keys."""
    window.keys("q", "q")
    window.ended()


# -- the decision of the conference ---------------------------------------------------------------

DECIDE = ("n", "c")
"""The keys that go to the first open point and stage its decision."""
GAVEL = "C-s"


def answers(title: str) -> dict[str, str]:
    """What is typed into the lines of the decision, one after the other."""
    return {
        "Choose": "3 1",
        "Keep only": f"3: {title}",
        "Ending": "3: ;",
        "Merge": "2>1",
    }


def test_the_decision_is_played_by_keys_and_leaves_the_record_of_the_command_line(
    tmp_path: Path, home: Path
):
    """DL/13(Rev.2): the third wording trimmed, the first chosen, the second merged into it."""
    page = corpus_file("itu-dl13-rev2.md")
    base = corpus_file("itu-res174-2010-reconstructed.md")
    typed, pressed = tmp_path / "typed.db", tmp_path / "pressed.db"
    command_line("import", str(page), "--base", str(base), "--store", str(typed))
    shutil.copy(typed, pressed)

    before = Desk.open(typed)
    (point,) = what_is_open(before.timeline, before.timeline.head)
    head = before.timeline.head
    whole = point.alternatives[2].words
    title = whole[: whole.index(", which")]
    before.close()

    trimmed = ("--trim", "3", title, "--ending", "3", ";")
    merged = ("--choose", "1", "--merge", "2", "1")
    command_line("resolve", "1", *trimmed, *merged, "--store", str(typed))

    with terminal(*PROGRAM, "chair", str(pressed), home=home) as window:
        window.until("1 open")
        window.keys(*DECIDE)
        window.until("Decide open point 1")
        said = answers(title)
        for asked, words in said.items():
            window.at_field(asked, said)
            window.types(words)
            window.until(words[-20:])
            window.keys(GAVEL if asked == "Merge" else "Enter")
        window.until("0 open")
        leave(window)

    by_hand, by_keys = Desk.open(typed), Desk.open(pressed)
    try:
        assert by_keys.timeline.head > head
        assert on_record(by_keys) == on_record(by_hand)
        made = {type(one.event) for one in by_keys.timeline.entries[head:]}
        assert ev.OpenPointResolved in made
        assert opened(by_keys) == opened(by_hand) == ()
        assert text_of(by_keys) == text_of(by_hand)
        assert became(by_keys) == became(by_hand)
    finally:
        by_hand.close()
        by_keys.close()


# -- what a person does besides -------------------------------------------------------------------


def test_quitting_in_the_middle_loses_nothing_and_one_stands_where_one_stood(
    tmp_path: Path, home: Path
):
    """An act is on the record, a staged one is not; the clause at hand is the same again."""
    store = tmp_path / "small.db"
    desk = desk_of(str(store))
    head = desk.timeline.head
    desk.close()
    with terminal(*PROGRAM, "chair", str(store), home=home) as window:
        window.until("LIVE")
        window.keys("j", "j", "b")
        window.until("Bracket in")
        window.types("each port")
        window.keys("C-s")
        window.until("u undoes")
        window.keys("b")
        window.until("Bracket in")
        window.keys("Escape")
        window.until(lambda shown: "Bracket in" not in shown)
        leave(window)
    after = Desk.open(store)
    assert after.timeline.head == head + 1
    stood = after.kept("chair")["clause"]
    after.close()
    with terminal(*PROGRAM, "chair", str(store), home=home, size=(80, 24)) as window:
        window.until("LIVE")
        leave(window)
    again = Desk.open(store)
    assert again.kept("chair")["clause"] == stood
    again.close()


def test_a_window_may_shrink_and_grow(tmp_path: Path, home: Path):
    """The text is there at every size."""
    store = tmp_path / "small.db"
    desk_of(str(store)).close()
    with terminal(*PROGRAM, "chair", str(store), home=home) as window:
        window.until("be read daily")
        for columns, rows in ((80, 24), (200, 50), (40, 10), (120, 40)):
            window.resize(columns, rows)
            window.until("LIVE")
        window.until("be read daily")
        leave(window)
