"""A person's own keys: whether they are sound, and which key then does what.

Pure, and without Textual: the command line checks a key map too. A terminal sends the same for some
keys, and Textual says nothing when two acts claim one key, so both are said here. A fault costs the
one entry that it is about; the usual key stands.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

import attrs

from negotiation_tui.keys import KEYS, RARE, Key

_SAME_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
_SAME_AS |= {
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
    "ctrl+question_mark": "backspace",
}
"""Keys that most terminals send as another one."""

_TAKEN = {
    "ctrl+s": "stops the output of many terminals",
    "ctrl+q": "always leaves the floor",
    "ctrl+z": "puts the program to sleep in many terminals",
    "ctrl+c": "copies, or stops a program",
    "ctrl+b": "belongs to tmux",
}
_NEVER = ("ctrl+q", "ctrl+c")

_NAMES = {
    "!": "exclamation_mark", '"': "quotation_mark", "#": "number_sign", "$": "dollar_sign",
    "%": "percent_sign", "&": "ampersand", "'": "apostrophe", "(": "left_parenthesis",
    ")": "right_parenthesis", "*": "asterisk", "+": "plus", "-": "minus", ".": "full_stop",
    "/": "slash", ":": "colon", ";": "semicolon", "<": "less_than_sign", "=": "equals_sign",
    ">": "greater_than_sign", "?": "question_mark", "@": "at", "[": "left_square_bracket",
    "\\": "backslash", "]": "right_square_bracket", "^": "circumflex_accent", "_": "underscore",
    "`": "grave_accent", "{": "left_curly_bracket", "|": "vertical_line",
    "}": "right_curly_bracket", "~": "tilde",
}  # fmt: skip
_SIGNS = {name: sign for sign, name in _NAMES.items()} | {"comma": ","}
_KNOWN = {
    *("escape enter tab space backspace delete insert home end pageup pagedown").split(),
    *("up down left right").split(),
    *(f"f{number}" for number in range(1, 25)),
    *_SIGNS,
}
_PRINTED = {
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "backspace": "⌫",
    "delete": "Del", "insert": "Ins", "home": "Home", "end": "End", "pageup": "PgUp",
    "pagedown": "PgDn", "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
_HELD = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_REFUSED = "the usual key stands"


@attrs.frozen
class Slip:
    """Something doubtful about one entry of a key map."""

    id: str
    what: str
    grave: bool = True
    """Whether the entry is left out; otherwise it works, but somebody may be surprised."""

    @property
    def sentence(self) -> str:
        """For the person who wrote the key map."""
        return f"`{self.id}`: {self.what}"


@attrs.frozen
class Keymap:
    """Which keys do what, for one person."""

    keys: tuple[Key, ...]
    """The rows of `KEYS`, and rare acts that were given a key, each with the person's own keys."""
    own: Mapping[str, str]
    """What differs from the usual, by id: this goes to `App.set_keymap`."""
    slips: tuple[Slip, ...] = ()

    def printed(self, *ids: str) -> str:
        """How the keys of acts are printed, as in ``n p``; empty where they have none."""
        rows = {one.id: one.printed for one in self.keys}
        return " ".join(rows[id] for id in ids if id in rows)


def keymap(
    said: Mapping[str, str], keys: Iterable[Key] = KEYS, rare: Iterable[Key] = RARE
) -> Keymap:
    """The keys of a person who said these, and what is wrong with what they said."""
    usual, seldom = tuple(keys), tuple(rare)
    known = {one.id: one for one in (*usual, *seldom)}
    slips: list[Slip] = []
    own: dict[str, str] = {}
    for id, words in said.items():
        if id not in known:
            slips.append(Slip(id, f"there is no such act{_nearest(id, known)}"))
            continue
        names, wrong = _names(words)
        slips += [Slip(id, what) for what in wrong]
        if not wrong:
            own[id] = ",".join(names)
    doubtful = [slip for id, one in own.items() for slip in _doubts(known[id], one)]
    slips += doubtful
    own = {id: one for id, one in own.items() if not any(s.grave and s.id == id for s in doubtful)}
    slips += _settle(own, usual)
    rows = [_with(one, own) for one in (*usual, *(one for one in seldom if one.id in own))]
    slips += _pairs(rows, own)
    changed = {id: one for id, one in own.items() if one != known[id].keys}
    return Keymap(tuple(rows), changed, tuple(slips))


def printed(keys: str) -> str:
    """How keys are printed: ``shift+right,v`` as ``⇧→ v``."""
    return " ".join(_print(one) for one in keys.split(",") if one)


def _print(key: str) -> str:
    *held, last = key.split("+")
    last = _SIGNS.get(last) or _PRINTED.get(last) or _sign(last)
    last = last.upper() if last[1:].isdigit() else last
    signs = {"ctrl": "^", "shift": "⇧", "alt": "Alt-"}
    return "".join(signs.get(one, f"{one}-") for one in held) + last


def _with(key: Key, own: Mapping[str, str]) -> Key:
    keys = own.get(key.id)
    if keys is None or keys == key.keys:
        return key
    return attrs.evolve(key, keys=keys, shown=printed(keys))


def _nearest(id: str, known: Iterable[str]) -> str:
    by_end = {one.rpartition(".")[2]: one for one in known}
    close = difflib.get_close_matches(id, [*known, *by_end], 1, 0.6)
    return f"; did you mean `{by_end.get(close[0], close[0])}`?" if close else "."


# -- one key --------------------------------------------------------------------------------------


def _names(words: str) -> tuple[list[str], list[str]]:
    """Keys by Textual's names, and what is wrong with them."""
    # A comma parts keys; where it is the key itself it stands alone or is called `comma`.
    parts = ["comma"] if words.strip() == "," else words.split(",")
    names: list[str] = []
    wrong: list[str] = []
    for part in parts:
        name = _name(part if part == " " else part.strip())
        if not part.strip() and part != " ":
            wrong.append(f"an act cannot be without a key; {_REFUSED}.")
        elif name is None:
            wrong.append(f"there is no key “{part.strip()}”; {_REFUSED}.")
        elif name not in names:
            names.append(name)
    return names, wrong


def _name(said: str) -> str | None:
    """The name of one key, however it was written; nothing if there is no such key."""
    if said == " ":
        return "space"
    # The plus of `ctrl++` is the key; every other one holds keys together.
    held_words, _, last = said[:-1].rpartition("+") if said.endswith("+") else said.rpartition("+")
    last = "+" if said.endswith("+") else last
    held = [one.lower() for one in held_words.split("+") if one]
    if any(one not in _HELD for one in held):
        return None
    if len(last) == 1 and last.isprintable() and not last.isspace():
        last = _NAMES.get(last) or (last if last.isalnum() else _spelled(last))
        if held == ["shift"] and last.isalpha() and len(last) == 1:
            return last.upper()
        if held and len(last) == 1:
            last = last.lower()
    else:
        last = last.lower().replace(" ", "")
        last = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown"}.get(
            last, last
        )
        if last not in _KNOWN:
            return None
    return "+".join([*sorted(set(held), key=_HELD.index), last])


def _spelled(sign: str) -> str:
    return unicodedata.name(sign, sign).lower().replace("-", "_").replace(" ", "_")


def _sign(name: str) -> str:
    """The sign behind a name such as `section_sign`; other names as they are."""
    if "_" not in name:
        return name
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name


def _doubts(key: Key, keys: str) -> list[Slip]:
    """What a terminal makes of the keys of one act."""
    slips: list[Slip] = []
    for one in keys.split(","):
        if same := _SAME_AS.get(one):
            what = f"terminals send {one} as {same}; {_REFUSED}."
            slips.append(Slip(key.id, what))
        elif one in _NEVER:
            slips.append(Slip(key.id, f"{one} {_TAKEN[one]}; {_REFUSED}."))
        elif one in _TAKEN:
            slips.append(Slip(key.id, f"{one} {_TAKEN[one]}; it may never arrive.", grave=False))
        elif re.match(r"(super|meta|hyper)\+", one):
            slips.append(Slip(key.id, f"few terminals send {one}.", grave=False))
    return slips


# -- keys together --------------------------------------------------------------------------------


def _settle(own: dict[str, str], usual: tuple[Key, ...]) -> list[Slip]:
    """Take back what two acts claim until every key does one thing; say which and why."""
    slips: list[Slip] = []
    while clash := _clash(own, usual):
        key, first, second = clash
        # One of them was asked for by this person: the usual of the other was there before.
        taken = second if second in own else first
        other = first if taken == second else second
        slips.append(Slip(taken, f"{_print(key)} is the key of `{other}` already; {_REFUSED}."))
        del own[taken]
    return slips


def _clash(own: Mapping[str, str], usual: tuple[Key, ...]) -> tuple[str, str, str] | None:
    claims: dict[str, str] = {}
    wanted = {one.id: own.get(one.id, one.keys) for one in usual} | dict(own)
    for id, keys in wanted.items():
        for key in filter(None, keys.split(",")):
            first = claims.setdefault(key, id)
            if first != id and (id in own or first in own):
                return key, first, id
    return None


def _pairs(rows: list[Key], own: Mapping[str, str]) -> list[Slip]:
    """Acts that change the record and differ from another act by Shift alone."""
    holders = {key: row for row in rows for key in filter(None, row.keys.split(","))}
    slips: list[Slip] = []
    for key, row in holders.items():
        other = holders.get(key.lower()) if len(key) == 1 and key.isupper() else None
        if other is None or other.id == row.id or not (row.id in own or other.id in own):
            continue
        if not (row.replay and other.replay):
            asked = row if row.id in own else other
            beside = other if asked is row else row
            what = f"only Shift tells this key from that of `{beside.id}`, and one of them acts."
            slips.append(Slip(asked.id, what, grave=False))
    return slips
