"""A person's settings: defaults for everything, and one sentence for what is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation_tui import settings, themes
from negotiation_tui.settings import Settings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch) -> Path:
    """Nobody's real settings are read or written."""
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path / "own"))
    return tmp_path / "own"


def wrong(words: str) -> str:
    """The one sentence about a wrong file."""
    _, faults = settings.read(words, "chair.toml")
    assert len(faults) == 1
    return faults[0].sentence


def test_no_file_is_nothing_wrong():
    """Everything is as usual, and nothing is written."""
    assert settings.load() == (Settings(), ())
    assert not settings.folder().exists()


def test_every_setting_can_be_said():
    """Theme, motion, letters, signs and keys."""
    found, faults = settings.read(
        'theme = "chair-safe"\nreduced_motion = true\nascii = true\nmarks = true\n'
        '[keys]\n"act.undo" = "U"\n"walk.next-point" = "n,shift+down"\n'
    )
    assert not faults
    keys = {"act.undo": "U", "walk.next-point": "n,shift+down"}
    assert found == Settings("chair-safe", True, True, True, keys)


def test_the_themes_that_can_be_set_are_those_that_there_are():
    """The names stand twice, since settings are read without a screen."""
    assert [theme.name for theme in themes.ALL] == list(settings.THEMES)


@pytest.mark.parametrize(
    ("words", "place", "says"),
    [
        ('theme = "pink"', "chair.toml, line 1: ", "`theme` is one of chair-dark"),
        ("marks = true\ntheme = 3", "chair.toml, line 2: ", "`theme` is one of"),
        ('\nmarks = "yes"', "chair.toml, line 2: ", "`marks` is true or false"),
        ('colour = "red"', "chair.toml, line 1: ", "no setting `colour`"),
        ('keys = "n"', "chair.toml, line 1: ", "`[keys]` is a table"),
        ('[keys]\n"act.undo" = 3', "chair.toml, line 2: ", "`act.undo` wants keys in quotation"),
        ('marks = true\ntheme = "chair', "chair.toml, line 2: ", "not TOML"),
        ("[keys", "chair.toml, line 1: ", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(words, place, says):
    """File, line, and what would be right."""
    said = wrong(words)
    assert said.startswith(place)
    assert says in said
    assert said.endswith(".")
    assert "\n" not in said


def test_what_is_right_stands_beside_what_is_wrong():
    """One slip costs one setting."""
    found, faults = settings.read('theme = "chair-light"\nmarks = 3\n[keys]\na = "b"\nc = 1')
    assert found == Settings("chair-light", keys={"a": "b"})
    assert len(faults) == 2


def test_a_file_that_cannot_be_read_is_said_and_the_screen_opens(own_folder):
    """A folder in its place, letters of another encoding, or far too much."""
    (own_folder / "chair.toml").mkdir(parents=True)
    found, faults = settings.load()
    assert found == Settings()
    assert str(own_folder) in faults[0].sentence
    (own_folder / "chair.toml").rmdir()
    settings.file().write_bytes(b"marks = true\n# caf\xe9\n")
    assert "line 2: this is not UTF-8" in settings.load()[1][0].sentence
    settings.file().write_bytes(b"#" * 200_000)
    assert "too long" in settings.load()[1][0].sentence


def test_a_mark_of_byte_order_is_no_fault(own_folder):
    """Some editors put one."""
    own_folder.mkdir()
    settings.file().write_bytes(b"\xef\xbb\xbfmarks = true\r\n")
    assert settings.load() == (Settings(marks=True), ())


@given(st.text(max_size=60))
def test_whatever_stands_in_the_file_the_screen_opens(words):
    """Every fault ends with a full stop and names the file."""
    _, faults = settings.read(words)
    assert all(one.sentence.startswith("chair.toml") for one in faults)
    assert all(one.sentence.endswith(".") for one in faults)


def test_that_the_tour_was_seen_is_remembered(own_folder):
    """In the person's folder; where nothing can be written, it is not shown again and again."""
    assert not settings.tour_seen()
    assert settings.see_tour()
    assert settings.tour_seen()


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path, monkeypatch):
    """The answer says that nothing was remembered."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path / "file" / "own"))
    assert not settings.see_tour()
    assert settings.load()[0] == Settings()
