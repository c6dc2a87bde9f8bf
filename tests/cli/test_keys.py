"""`negotiation keys`: the key map as a table, a file to change it, and what is wrong in one."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from negotiation.cli.program import COMMANDS
from negotiation_tui import settings
from negotiation_tui.keymap import keymap
from negotiation_tui.keys import KEYS, RARE
from tests.cli.calls import call, done, misused


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch) -> Path:
    """Nobody's real settings are read or written."""
    monkeypatch.setitem(COMMANDS, "keys", ("Documents and the record", "keys:keys"))
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path / "own"))
    return tmp_path / "own"


def test_every_key_and_every_rare_act_is_printed():
    """With what it does and its id."""
    said = done("keys")
    assert all(f"  {row.does}  {row.id}\n" in said for row in (*KEYS, *RARE))


def test_json_holds_the_same():
    """Keys apart from one another."""
    found = call("keys --json").json
    rows = {row["id"]: row for row in found["keys"]}
    assert rows["walk.next-clause"]["keys"] == ["j", "down"]
    assert set(rows) == {row.id for row in (*KEYS, *RARE)}
    assert found["wrong"] == []


def test_a_key_of_ones_own_is_shown(own_folder):
    """And what is wrong in the file is said beside the table."""
    own_folder.mkdir()
    settings.file().write_text('marks = 1\n[keys]\n"act.undo" = "U"\n"act.agree" = "u,n"\n')
    answer = call("keys")
    assert answer.code == 0
    assert "undo  (your own)  act.undo" in answer.out
    assert "line 1: `marks` is true or false" in answer.err
    assert "`act.agree`: n is the key of `walk.next-point` already" in answer.err


def test_write_makes_a_file_that_changes_nothing(own_folder):
    """It can be read, and with every # taken away it still says the defaults."""
    assert "chair.toml" in done("keys --write")
    assert settings.load() == (settings.Settings(), ())
    words = settings.file().read_text("utf-8")
    bare = [line[2:] for line in words.splitlines() if " = " in line and ' = ""' not in line]
    table = tomllib.loads("\n".join([*bare[:4], "[keys]", *bare[4:]]))
    found, faults = settings.read(words="\n".join([*bare[:4], "[keys]", *bare[4:]]))
    assert not faults
    assert table["keys"] == {row.id: row.keys for row in KEYS}
    assert keymap(found.keys).own == {}
    assert settings.Settings(keys=found.keys) == found


def test_write_never_overwrites(own_folder):
    """The file that is there stays."""
    own_folder.mkdir()
    settings.file().write_text("marks = true\n")
    answer = call("keys --write")
    assert answer.code == 1
    assert "stays as it is" in answer.err
    assert settings.file().read_text() == "marks = true\n"


def test_check_says_what_is_wrong_and_where(tmp_path):
    """Exit code 1 for what is left out, 0 for what is only doubtful."""
    file = tmp_path / "mine.toml"
    file.write_text('theme = "pink"\n[keys]\n"act.undo" = "ctrl+i"\n')
    answer = call("keys --check", str(file))
    assert answer.code == 1
    assert f"{file}, line 1: `theme` is one of" in answer.out
    assert f"{file}: `act.undo`: terminals send ctrl+i as tab" in answer.out
    assert "2 things to put right" in answer.err
    file.write_text('[keys]\n"act.undo" = "ctrl+s"\n')
    assert "may never arrive" in done("keys --check", str(file))
    file.write_text("marks = true\n")
    assert done("keys --check", str(file)) == f"{file} is right.\n"


def test_check_of_a_file_that_is_not_there():
    """Is one sentence."""
    answer = call("keys --check nowhere.toml")
    assert answer.code == 1
    assert answer.err == "There is no file nowhere.toml; check the name.\n"


def test_write_and_check_at_once_is_wrong_usage():
    """One makes a file and the other reads one."""
    assert "say one of them" in misused("keys --write --check x.toml")


def test_the_screen_is_not_loaded_for_it():
    """A table of keys needs no Textual."""
    code = (
        "import sys\n"
        "from negotiation.cli.keys import keys\n"
        "keys([], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stderr.split()
    assert not {"textual", "rich"} & set(loaded)
