"""How the command line speaks: to the terminal in words, to other programs in JSON.

Words of a document never reach the terminal as control. Colour only repeats what signs say
already, and is left out without a terminal, under NO_COLOR and with ``--no-color``.
"""

from __future__ import annotations

import enum
import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
import click

if TYPE_CHECKING:
    import datetime as dt

    from negotiation.desk import Desk

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CODES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_IN_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What JSON lets stand in a string, and a terminal takes for more than a sign."""
_BRIEF = 76


@attrs.define
class Asked:
    """What holds for the whole call, wherever on the command line it stood."""

    store: str = ""
    negotiation: str = ""
    json: bool = False
    plain: bool = False
    desk: Desk | None = None
    """A desk that is handed in; a call within another one works on it."""
    silent: bool = False
    hand: Mapping[str, str] = attrs.field(factory=dict)
    """Who acts when the line does not say; set where somebody's words are read to the program."""


def asked() -> Asked:
    """What this call was asked with."""
    return click.get_current_context().find_root().ensure_object(Asked)


class Look(enum.Enum):
    """What a colour stands for; the signs beside the words say the same."""

    PATH = "path"
    NUMBER = "number"
    BRACKET = "bracket"
    INSERTED = "inserted"
    KEPT = "inserted and kept"
    STRUCK = "struck"
    GONE = "gone"
    FAINT = "faint"
    STRONG = "strong"
    ALARM = "alarm"


_LOOKS: dict[Look, dict[str, Any]] = {
    Look.PATH: {"fg": "cyan"},
    Look.NUMBER: {"bold": True},
    Look.BRACKET: {"fg": "yellow", "bold": True},
    Look.INSERTED: {"fg": "green", "underline": True},
    Look.KEPT: {"underline": True},
    Look.STRUCK: {"fg": "red", "strikethrough": True},
    Look.GONE: {"dim": True, "strikethrough": True},
    Look.FAINT: {"dim": True},
    Look.STRONG: {"bold": True},
    Look.ALARM: {"fg": "red", "bold": True},
}


def shown(text: str) -> str:
    """Text that a terminal takes as text: control and direction signs are spelled out."""
    return _CONTROL.sub(_spelled, text)


def as_written(text: str) -> str:
    """Text for whoever reads what is printed: only a terminal would be led astray by a direction.

    In a file or a pipe the direction signs of a text are letters of it.
    """
    return shown(text) if at_a_terminal() else _CODES.sub(_spelled, text)


def at_a_terminal() -> bool:
    """Whether what is printed goes to a screen."""
    return sys.stdout.isatty()


def _spelled(found: re.Match[str]) -> str:
    sign = found.group()
    return " " if sign == "\t" else f"<U+{ord(sign):04X}>"


def drawn(text: str, look: Look) -> str:
    """Text with control spelled out, in the colour of what it stands for."""
    return click.style(as_written(text), **_LOOKS[look])


def brief(text: str, width: int = _BRIEF) -> str:
    """The beginning of a text on one line, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def quoted(text: str, width: int = _BRIEF) -> str:
    """The beginning of a text in quotation marks, safe for the terminal."""
    return f"“{shown(brief(text, width))}”"


def in_full(text: str) -> str:
    """A text in quotation marks, every word and space of it, safe for the terminal."""
    return f"“{shown(text)}”"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 entry``, ``3 entries``."""
    plural = many or (one[:-1] + "ies" if one.endswith("y") else one + "s")
    return f"{number:,} {one if number == 1 else plural}"


def here(at: dt.datetime) -> str:
    """A day and a time as the clocks of this place show them."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def say(line: str = "") -> None:
    """Print a line to the output; colours are dropped where nobody sees them."""
    if _silent():
        return
    click.echo(line, color=_colour())


def print_line(line: str | bytes) -> None:
    """Print a line of words or of JSON, as it comes."""
    if isinstance(line, str):
        say(line)
    else:
        click.echo(line)


def note(line: str) -> None:
    """Print a line beside the output, where it does not disturb a program that reads it."""
    if _silent():
        return
    click.echo(line, err=True, color=_colour())


def say_json(thing: object) -> None:
    """Print one document of JSON."""
    print_line(as_json(thing))


def as_json(thing: object) -> bytes:
    """One document of JSON, on one line."""
    import msgspec

    made = msgspec.json.encode(thing, enc_hook=_plain)
    if made.isascii() and b"\x7f" not in made:
        return made
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", made.decode()).encode()


def answer(thing: object) -> bool:
    """Print JSON where it was asked for; answers whether it was."""
    if asked().json and not asked().silent:
        say_json(thing)
        return True
    return asked().silent


def fields(thing: object, **more: object) -> dict[str, object]:
    """The fields of a fact as a mapping for JSON, with further ones."""
    kind = type(thing)
    if not attrs.has(kind):
        raise TypeError(f"{kind.__name__} is no fact with fields.")
    names = [field.name for field in attrs.fields(kind)]
    return {**{name: getattr(thing, name) for name in names}, **more}


def coloured() -> bool:
    """Whether colours are wanted, as far as the call and the environment say."""
    context = click.get_current_context(silent=True)
    held = context.find_root().find_object(Asked) if context is not None else None
    return not (os.environ.get("NO_COLOR") or (held is not None and held.plain))


def _silent() -> bool:
    context = click.get_current_context(silent=True)
    held = context.find_root().find_object(Asked) if context is not None else None
    return held is not None and held.silent


def _colour() -> bool | None:
    return None if coloured() else False


def _plain(odd: object) -> object:
    if isinstance(odd, enum.Enum):
        return odd.value
    if isinstance(odd, Mapping):
        return dict(odd)
    if isinstance(odd, (set, frozenset)):
        return sorted(odd)
    if isinstance(odd, (range, tuple)):
        return list(odd)
    return str(odd)
