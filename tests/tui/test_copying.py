"""Words leave the screen unaltered, and whatever happens is one sentence."""

import base64
import re

import pytest
from textual.screen import Screen

from negotiation_tui.copying import FILE, copy, save
from tests.tui.bare import try_out

WORDS = "that gauges [shall] be read\nдаily; “إلى”"


def test_words_go_to_the_clipboard_as_they_are():
    """As the sequence that terminals know, and as nothing else."""
    sent: list[str] = []

    async def scenario(pilot, app):
        driver = app._driver
        assert driver is not None
        driver.write = sent.append
        said = copy(app, WORDS)
        assert said.startswith("7 words to the clipboard")
        assert app.clipboard == WORDS

    try_out(Screen(), scenario)
    (packed,) = [one for part in sent for one in re.findall("\x1b]52;c;([^\a]*)\a", part)]
    assert base64.b64decode(packed).decode() == WORDS


class Deaf:
    """A clipboard that nobody may reach."""

    def copy_to_clipboard(self, text: str) -> None:
        raise AssertionError(text)


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "no words here"), (" \n", "no words here"), ("é " * 30_000, "too long")],
)
def test_what_cannot_be_copied_is_said(words, says):
    """And nothing is sent."""
    said = copy(Deaf(), words)
    assert says in said
    assert said.endswith(".")


def test_half_a_letter_is_no_fault():
    """A damaged page may hold one."""
    kept: list[str] = []

    class Keeps:
        def copy_to_clipboard(self, text: str) -> None:
            kept.append(text)

    copy(Keeps(), "a\ud800b")
    assert kept == ["a?b"]


def test_words_are_saved_in_the_folder_one_is_in(tmp_path, monkeypatch):
    """The sentence says where."""
    monkeypatch.chdir(tmp_path)
    assert save(WORDS) == f"7 words saved in {tmp_path / FILE}."
    assert (tmp_path / FILE).read_bytes().decode() == WORDS + "\n"
    assert save("one") == f"1 word saved in {tmp_path / FILE}."
    assert (tmp_path / FILE).read_text() == "one\n"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    """With the place and what would help."""
    (tmp_path / FILE).mkdir()
    said = save(WORDS, tmp_path)
    assert said.startswith(f"{tmp_path / FILE} cannot be written (")
    assert said.endswith("start from a folder that is yours.")


def test_nothing_makes_no_file(tmp_path):
    """And is said."""
    assert "no words here" in save("", tmp_path)
    assert not list(tmp_path.iterdir())
