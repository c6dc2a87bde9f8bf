"""Where a terminal has only letters, the screen draws with letters, and no document is altered."""

import ast
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import negotiation_tui
from negotiation_tui.draw import Ink, width_of
from negotiation_tui.keymap import printed
from negotiation_tui.keys import KEYS
from negotiation_tui.plain_letters import SIGNS, plainly
from negotiation_tui.screens.help import help_lines

FOLDER = Path(negotiation_tui.__file__).parent


def test_every_sign_has_one_cell_before_and_after():
    """Nothing moves."""
    assert all(cell_len(sign) == cell_len(letter) == 1 for sign, letter in SIGNS.items())
    assert all(letter.isascii() for letter in SIGNS.values())


@given(st.text())
def test_the_width_stays(words):
    """Whatever the words are."""
    line = ((words, Ink.PLAIN),)
    assert width_of(plainly(line)) == width_of(line)


def test_help_is_in_plain_letters():
    """With the keys as they are printed."""
    lines = [plainly(line) for line in help_lines(KEYS, 120, 40)]
    assert all(words.isascii() for line in lines for words, _ in line)
    keys = "shift+right,left,up,down,backspace,escape,tab,f3"
    assert all(words.isascii() for words, _ in plainly(((printed(keys), Ink.PLAIN),)))


def test_documents_keep_their_letters():
    """Quotation marks, accents, other scripts and the paragraph sign."""
    words = "“été” «ça» 第一条 مادة § 3 – bis"
    assert plainly(((words, Ink.PLAIN),)) == ((words, Ink.PLAIN),)


def drawn_signs() -> set[str]:
    """Every line, block, arrow or geometric sign that the screen's source draws with."""
    found: set[str] = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {
                    sign
                    for sign in node.value
                    if unicodedata.category(sign) in ("So", "Sm") and not sign.isascii()
                }
    return found


def test_every_sign_that_the_screen_draws_with_has_a_letter():
    """A new one needs a row in the table."""
    assert drawn_signs() <= set(SIGNS), drawn_signs() - set(SIGNS)
