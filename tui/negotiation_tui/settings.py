"""What a person prefers, kept in one small file in their own folder: theme, motion, signs, keys.

Everything has a default, and a wrong file never keeps the screen from opening: what is wrong is
said in one sentence with its place, and the default stands. Whether keys are sound is judged in
`keymap.py`. Nothing here is about a negotiation; that is in the record.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import attrs
import platformdirs

THEMES = ("chair-dark", "chair-light", "chair-contrast", "chair-safe")
FILE = "chair.toml"
_SEEN = "tour-seen"
_MOST = 100_000


@attrs.frozen
class Settings:
    """How one person wants the screen."""

    theme: str = THEMES[0]
    """One of the themes of `themes.py`."""
    reduced_motion: bool = False
    """No cursor blinks; nothing else moves by itself anyway."""
    ascii: bool = False
    """Only letters and signs that every terminal can draw."""
    marks: bool = False
    """Signs around new and struck words, as on a screen without colour."""
    keys: Mapping[str, str] = attrs.field(factory=dict)
    """Other keys than the usual ones, by the id of what they do."""


@attrs.frozen
class Fault:
    """One thing that is wrong in a settings file."""

    place: str
    """The file, and the line or the name in it."""
    what: str

    @property
    def sentence(self) -> str:
        """For the person who wrote the file."""
        return f"{self.place}: {self.what}"


def folder() -> Path:
    """The person's own folder for this program; $NEGOTIATION_SETTINGS names another."""
    said = os.environ.get("NEGOTIATION_SETTINGS")
    return Path(said) if said else platformdirs.user_config_path("negotiation", appauthor=False)


def file() -> Path:
    """Where the settings are kept, whether or not they are there."""
    return folder() / FILE


def load(path: Path | None = None) -> tuple[Settings, tuple[Fault, ...]]:
    """The settings of this person, and what is wrong in their file; no file is nothing wrong."""
    where = file() if path is None else path
    try:
        with where.open("rb") as stream:
            raw = stream.read(_MOST + 1)
    except FileNotFoundError:
        return Settings(), ()
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno else "unknown reason"
        return Settings(), (Fault(str(where), f"the file cannot be read ({reason})."),)
    if len(raw) > _MOST:
        return Settings(), (Fault(str(where), "the file is too long for settings."),)
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return Settings(), (Fault(f"{where}, line {line}", "this is not UTF-8; save it as such."),)
    return read(words, str(where))


def read(words: str, name: str = FILE) -> tuple[Settings, tuple[Fault, ...]]:
    """Settings from the words of a file; whatever is wrong keeps its default."""
    try:
        table = tomllib.loads(words)
    except tomllib.TOMLDecodeError as fault:
        return Settings(), (_not_toml(str(fault), words, name),)
    except RecursionError:
        return Settings(), (Fault(name, "this is nested too deeply for settings."),)
    faults: list[Fault] = []
    right: dict[str, object] = {}
    for key, value in table.items():
        found = _one(key, value)
        if isinstance(found, str):
            faults.append(Fault(_at(name, words, key), found))
        elif key != "keys":
            right[key] = value
    keys: dict[str, str] = {}
    asked = table.get("keys")
    for act, said in asked.items() if isinstance(asked, dict) else ():
        if isinstance(said, str):
            keys[act] = said
        else:
            what = f'`{act}` wants keys in quotation marks, such as "n" or "j,down".'
            faults.append(Fault(_at(name, words, act), what))
    return Settings(keys=keys, **right), tuple(faults)  # type: ignore[arg-type]  # checked in _one


def _one(key: str, value: object) -> str | None:
    """What is wrong with one setting; nothing if it is right."""
    match key, value:
        case "theme", str() if value in THEMES:
            return None
        case "theme", _:
            return f"`theme` is one of {', '.join(THEMES)}."
        case (("reduced_motion" | "ascii" | "marks"), bool()):
            return None
        case (("reduced_motion" | "ascii" | "marks"), _):
            return f"`{key}` is true or false, without quotation marks."
        case "keys", dict():
            return None
        case "keys", _:
            return "`[keys]` is a table; put each key on a line of its own under it."
    return f"there is no setting `{key}`; there are theme, reduced_motion, ascii, marks and [keys]."


def _at(name: str, words: str, key: str) -> str:
    """The file and the line that a key stands on, where it stands on one of its own."""
    sought = re.compile(rf"\s*(\[\s*)?[\"']?{re.escape(key)}[\"']?\s*(\]|=)")
    for number, line in enumerate(words.splitlines(), start=1):
        if sought.match(line):
            return f"{name}, line {number}"
    return name


def _not_toml(fault: str, words: str, name: str) -> Fault:
    found = re.search(r"\(at line (\d+)", fault)
    line = int(found.group(1)) if found else len(words.splitlines()) or 1
    what = re.sub(r"\s*\(at .*\)$", "", fault).rstrip(".")
    what = what[:1].lower() + what[1:]
    return Fault(f"{name}, line {line}", f"this is not TOML ({what}); the usual settings stand.")


# -- the terminal ---------------------------------------------------------------------------------

_NO_STRIKE = re.compile(r"(linux|dumb|cygwin|ansi|vt\d+.*|screen(\..*)?)$")


def needs_signs(environ: Mapping[str, str], *, windows: bool = False) -> bool:
    """Whether the terminal is one that draws no strike: then marks are put in signs as well."""
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return True
    if windows:
        # Windows Terminal and the newer ones say who they are; the old console does not.
        return not (environ.get("WT_SESSION") or environ.get("TERM_PROGRAM"))
    return bool(_NO_STRIKE.match(environ.get("TERM", "")))


# -- whether the tour was seen --------------------------------------------------------------------


def tour_seen() -> bool:
    """Whether this person has been shown around."""
    try:
        return (folder() / _SEEN).exists()
    except OSError:
        return True


def see_tour() -> bool:
    """Remember that the tour was seen; answers whether it could be remembered."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / _SEEN).write_text("The tour of the chair's screen was seen.\n", "utf-8")
    except OSError:
        return False
    return True


# -- the file that is written for people ----------------------------------------------------------


class _Row(Protocol):
    """A row of `keys.py`."""

    @property
    def id(self) -> str: ...
    @property
    def keys(self) -> str: ...
    @property
    def does(self) -> str: ...
    @property
    def group(self) -> str: ...


def written(groups: Iterable[str], rows: Sequence[_Row]) -> str:
    """A settings file in which every line is a default, explained and commented out."""
    lines = [
        "# Settings of the chair's screen. Take the # away from a line to change it;",
        "# `negotiation keys --check FILE` says what is wrong.",
        "",
        f"# One of {', '.join(THEMES)}.",
        f'# theme = "{THEMES[0]}"',
        "",
        "# No cursor blinks.",
        "# reduced_motion = false",
        "",
        "# Only letters and signs that every terminal can draw.",
        "# ascii = false",
        "",
        "# {+ +} around new and {- -} around struck words.",
        "# marks = false",
        "",
        "# Keys: letters, signs, or names such as tab, space, pageup, ctrl+u, shift+right; several",
        "# with commas. An act without a key is in the palette (Ctrl+P) and may get one here.",
        "[keys]",
    ]
    for group in groups:
        lines += ["", f"# {group}"]
        lines += [
            f'# "{row.id}" = "{row.keys}"  # {row.does}' for row in rows if row.group == group
        ]
    return "\n".join(lines) + "\n"
