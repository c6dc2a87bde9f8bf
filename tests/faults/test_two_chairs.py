"""Two chairs on one record in the same second: one act is made, the other chair is told why not.

The one who comes second has the record open as it was before; what happens then is played by
letting the first one act between the second one's reading and writing.
"""

import subprocess
import sys
from collections import Counter
from contextlib import closing, contextmanager
from unittest.mock import patch

import pytest

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.following import Looked
from negotiation.ledger.ledger import Ledger
from negotiation_tui.screens.dialogs import StageDialog
from tests.cli.calls import SHORT, call, done, one_sentence
from tests.tui.room import desk_of, dialog, drive, press, text_shown

PROGRAM = "import sys; from negotiation.cli import main; main(sys.argv[1:])"


@pytest.fixture
def short(tmp_path, monkeypatch):
    """The short sample in ./negotiation.db: a bracket, then two alternatives for 1bis."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEGOTIATION_TRACEBACK", "1")
    for name in ("NEGOTIATION_STORE", "NEGOTIATION_TYPIST", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    done("import", str(SHORT))
    done("propose resolves/1 --words tables --with charts --for FJI --symbol FJI/1")


@contextmanager
def meanwhile(*lines):
    """Another chair gives these commands when the next act of this one is about to be written."""
    left = list(lines)
    append = Ledger.append

    def later(self, negotiation, entries):
        if left:
            said = left.copy()
            left.clear()
            for line in said:
                done(f"{line} --by 'Chair B'")
        append(self, negotiation, entries)

    with patch.object(Ledger, "append", later):
        yield
    assert not left


def acts():
    """How many acts there are; the record verifies."""
    assert call("verify").code == 0
    return len(Counter(line["act"]["id"] for line in call("log --json").lines))


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("resolve 3 --choose 1", "resolve 3 --choose 2", "not open now"),
        ("resolve 3 --choose 1", "resolve 3 --choose 1", "not open now"),
        ("resolve 2 --choose 1", "lift 2", "not open now"),
        ("lift 2", "lift 2", "not open now"),
        ("withdraw FJI/1 --for FJI", "retain FJI/1", "withdrawn"),
        ("retain FJI/1", "retain FJI/1", "no longer on the table"),
        ("undo", "undo", "undone"),
        ("meeting open First", "meeting open Second", "First"),
        ("delete resolves/2", "revise resolves/2 --insert now", "not in the text any more"),
    ],
)
def test_the_second_of_two_chairs_is_told_what_changed(short, first, second, says):
    """On the command line: who wrote, which entries, and why the act makes no sense any more."""
    before, head = acts(), len(call("log --json").lines)
    with meanwhile(first):
        sentence = one_sentence(call(second))
    assert sentence.startswith("Meanwhile Chair B wrote entr")
    assert str(head + 1) in sentence
    assert says in sentence
    assert acts() == before + 1


def test_acts_that_both_make_sense_are_both_made(short):
    """Words are named and not places: neither is lost, and neither lands elsewhere."""
    before = acts()
    with meanwhile("revise resolves/1 --words small --with little"):
        done("revise resolves/1 --words harbours --with ports")
    assert acts() == before + 2
    said = done("text resolves/1")
    assert "ports" in said
    assert "little" in said


def test_two_processes_decide_one_open_point_once(short):
    """For real, and again and again: one of them decides, the other one gets its one sentence."""
    for _ in range(3):
        before = acts()
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM, *f"resolve 3 --choose {choice}".split()],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for choice in (1, 2)
        ]
        said = [(*process.communicate(timeout=60), process.returncode) for process in processes]
        assert sorted(code for *_, code in said) == [0, 1]
        [refusal] = [err for _, err, code in said if code]
        assert refusal.rstrip().endswith(".")
        assert "no open point “3”" in refusal or "not open now" in refusal
        assert acts() == before + 1
        done("undo")


def test_two_screens_on_one_open_point(tmp_path):
    """The gavel falls on both in the same second: one line says who wrote, one why not."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)
    other = Desk.open(store)

    async def scenario(pilot, floor):
        await press(pilot, "n", "n", "c", "1")
        stage = pilot.app.screen
        assert isinstance(stage, StageDialog)
        # This one's gavel is on its way when the other's falls; the screen has not looked since.
        looks, floor.follower.look = floor.follower.look, Looked
        other.act(do.ResolveOpenPoint("point", (do.Choose(1),)), Hand("Chair B"))
        await press(pilot, "ctrl+s")
        said = " ".join(dialog(pilot, "below").split())
        assert "Chair B wrote" in said
        assert "not open now" in said
        await press(pilot, "escape")
        floor.follower.look = looks
        floor.look()
        await pilot.pause()
        assert "[open to all]" not in text_shown(floor)

    head = desk.timeline.head
    drive(desk, scenario)
    with closing(Desk.open(store)) as again:
        made = {entry.act.by for entry in again.timeline.entries[head:]}
    assert made == {"Chair B"}
    other.close()
    desk.close()
