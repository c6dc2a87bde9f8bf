"""A person's own keys: what is sound works, and what is not is said and costs one entry."""

import subprocess
import sys
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.binding import Binding, BindingType
from textual.keys import _character_to_key
from textual.screen import Screen

from negotiation_tui import keymap as keymaps
from negotiation_tui.keymap import keymap, printed
from negotiation_tui.keys import KEYS, RARE, Key

ROWS = (
    Key("walk.on", "j,down", "clause(1)", "next clause", "Walk", "j ↓"),
    Key("walk.point", "n", "point(1)", "next open point", "Walk"),
    Key("act.undo", "u", "stage('undo')", "undo", "Act", replay=False),
    Key("act.agree", "a", "stage('agree')", "agree", "Act", replay=False),
)
SELDOM = (Key("act.move", "", "stage('move')", "move the clause", "Act", replay=False),)


def mapped(said, rows=ROWS, rare=SELDOM):
    """A key map over the small table."""
    return keymap(said, rows, rare)


def slip(said) -> str:
    """The one sentence about a key map."""
    (found,) = mapped(said).slips
    sentence: str = found.sentence
    assert sentence.endswith((".", "?"))
    return sentence


def test_no_two_acts_of_the_usual_keys_claim_one_key():
    """Nor do two rows have one id, nor is a key one that terminals send as another."""
    every = [key for row in KEYS for key in row.keys.split(",")]
    assert len(every) == len(set(every))
    ids = [row.id for row in (*KEYS, *RARE)]
    assert len(ids) == len(set(ids))
    said = keymap({row.id: row.keys for row in KEYS})
    assert said.own == {}
    assert [one for one in said.slips if one.grave] == []


def test_the_usual_keys_keep_acts_apart_from_all_else_by_more_than_shift():
    """`a` agrees: no act that writes is the capital of another key."""
    rows = {key: row for row in KEYS for key in row.keys.split(",")}
    pairs = [
        (rows[key.lower()], rows[key]) for key in rows if key.isupper() and key.lower() in rows
    ]
    assert not [(low.id, high.id) for low, high in pairs if not (low.replay and high.replay)]


def test_another_key_is_taken_and_printed():
    """The usual one is free then."""
    found = mapped({"act.undo": "n", "walk.point": "shift+right,v"})
    assert found.slips == ()
    assert found.own == {"act.undo": "n", "walk.point": "shift+right,v"}
    assert found.printed("walk.point") == "⇧→ v"
    assert found.printed("walk.on") == "j ↓"
    assert found.printed("act.undo", "act.agree", "act.move") == "n a"


def test_what_is_as_usual_is_no_key_of_ones_own():
    """A file with every default changes nothing."""
    assert mapped({one.id: one.keys for one in ROWS}).own == {}


def test_a_rare_act_may_get_a_key():
    """It is a row like the others then."""
    found = mapped({"act.move": "M"})
    assert found.own == {"act.move": "M"}
    assert found.keys[-1].id == "act.move"
    assert found.printed("act.move") == "M"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"act.undoo": "U"}, "`act.undoo`: there is no such act; did you mean `act.undo`?"),
        ({"undo": "U"}, "`undo`: there is no such act; did you mean `act.undo`?"),
        ({"xxxxxx": "U"}, "`xxxxxx`: there is no such act."),
        ({"act.undo": "n"}, "`act.undo`: n is the key of `walk.point` already"),
        ({"act.undo": "U", "act.agree": "U"}, "`act.agree`: U is the key of `act.undo` already"),
        ({"act.undo": "ctrl+i"}, "`act.undo`: terminals send ctrl+i as tab"),
        ({"act.undo": "ctrl+m"}, "terminals send ctrl+m as enter"),
        ({"act.undo": "ctrl+j"}, "terminals send ctrl+j as enter"),
        ({"act.undo": "ctrl+h"}, "terminals send ctrl+h as backspace"),
        ({"act.undo": "ctrl+["}, "as escape"),
        ({"act.undo": "ctrl+s"}, "ctrl+s stops the output of many terminals"),
        ({"act.undo": "ctrl+q"}, "ctrl+q always leaves the floor"),
        ({"act.undo": "N"}, "only Shift tells this key from that of `walk.point`"),
        ({"walk.point": "U"}, "only Shift tells this key from that of `act.undo`"),
        ({"act.undo": "hyper space"}, "there is no key “hyper space”"),
        ({"act.undo": ""}, "an act cannot be without a key"),
        ({"act.undo": "super+u"}, "few terminals send super+u"),
    ],
)
def test_what_is_not_sound_is_said(said, sentence):
    """With the act, and what would help."""
    assert sentence in slip(said)


def test_a_grave_slip_costs_its_own_entry_only():
    """The usual key stands there; what is only doubtful works."""
    found = mapped({"act.undo": "n", "act.agree": "g", "walk.point": "U"})
    assert found.own == {"act.undo": "n", "act.agree": "g", "walk.point": "U"}
    found = mapped({"act.undo": "n", "act.agree": "g"})
    assert found.own == {"act.agree": "g"}
    assert mapped({"act.undo": "ctrl+s"}).own == {"act.undo": "ctrl+s"}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (".", "full_stop"),
        (",", "comma"),
        ("Esc", "escape"),
        ("Shift+Right", "shift+right"),
        ("shift+a", "A"),
        ("Ctrl+U", "ctrl+u"),
        ("ctrl++", "ctrl+plus"),
        ("+", "plus"),
        ("é", "é"),
        ("§", "section_sign"),
        ("F5", "f5"),
        (" ", "space"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written, name):
    """It becomes Textual's name."""
    assert mapped({"act.undo": written}).own == {"act.undo": name}


@pytest.mark.parametrize("sign", [chr(code) for code in range(0x21, 0x7F)])
def test_signs_have_the_names_that_the_screen_gives_them(sign):
    """Otherwise a key of one's own would never be heard."""
    (name,) = mapped({"act.move": sign}, rows=()).own.values()
    assert name == ("comma" if sign == "," else _character_to_key(sign))
    assert printed(name) == sign


_KEYS = st.sampled_from("n u a j,down N U tab ctrl+i , ctrl+s . x,y §".split())
_IDS = st.sampled_from([one.id for one in (*ROWS, *SELDOM)] + ["nobody"])


@given(st.dictionaries(_IDS, st.one_of(_KEYS, st.text(max_size=4)), max_size=5))
def test_whatever_is_said_every_act_keeps_a_key_of_its_own(said):
    """No key does two things, no act with a key loses it, and every slip is a sentence."""
    found = mapped(said)
    every = [key for row in found.keys for key in row.keys.split(",")]
    assert len(every) == len(set(every))
    assert all(every)
    assert {row.id for row in ROWS} <= {row.id for row in found.keys}
    assert all(one.sentence.endswith((".", "?")) for one in found.slips)


def test_the_keymap_reaches_the_screen():
    """Textual takes the keys as they are named here, and the displaced act gets its own."""
    heard: list[str] = []

    class Floor(Screen[None]):
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding(row.keys, f"hear('{row.id}')", row.does, id=row.id) for row in ROWS
        ]

        def action_hear(self, what: str) -> None:
            heard.append(what)

    async def session() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            await app.push_screen(Floor())
            app.set_keymap(dict(mapped({"act.undo": "n", "walk.point": "§,."}).own))
            await pilot.press("n", "full_stop", "section_sign", "u", "j")

    import asyncio

    asyncio.run(session())
    assert heard == ["act.undo", "walk.point", "walk.point", "walk.on"]


def test_keys_are_read_and_judged_without_a_screen():
    """The command line prints them: Textual and rich stay away."""
    code = "import negotiation_tui.keymap, negotiation_tui.settings, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"textual", "rich"} & set(loaded)
    assert keymaps.__name__ in loaded
