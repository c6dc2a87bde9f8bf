"""A command as JSON, for decisions that are put to the room and taken later.

A command names its class under ``is``, and so does every fact inside it; enumerations are their
values, times ISO 8601. Unlike an event it is not kept for ever: whoever meets one that he cannot
read any more has the question put again.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from typing import Any

import attrs
import msgspec

from negotiation.domain import commands, terms
from negotiation.domain.commands import Command


class NotACommand(ValueError):
    """The JSON is not that of a command that this version knows."""


def stored_command(command: Command) -> str:
    """The command as JSON."""
    return msgspec.json.encode(_plain(command)).decode()


def command_from(stored: str) -> Command:
    """The command that was stored; raises `NotACommand`."""
    try:
        found = _fact(msgspec.json.decode(stored.encode()))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError) as cause:
        raise NotACommand(f"it does not read as a command of this version ({cause})") from cause
    if not isinstance(found, typing.get_args(Command)):
        raise NotACommand(f"{type(found).__name__} is no command")
    return found  # type: ignore[no-any-return]  # looked at just above


def _plain(thing: Any) -> Any:
    if attrs.has(type(thing)):
        names = [field.name for field in attrs.fields(type(thing))]
        return {"is": type(thing).__name__} | {name: _plain(getattr(thing, name)) for name in names}
    if isinstance(thing, tuple):
        return [_plain(one) for one in thing]
    if isinstance(thing, enum.Enum):
        return thing.value
    if isinstance(thing, dt.datetime):
        return thing.isoformat()
    return thing


def _fact(plain: dict[str, Any]) -> Any:
    name = plain["is"]
    kind = getattr(commands, name, None) or getattr(terms, name, None)
    if not (isinstance(kind, type) and attrs.has(kind)):
        raise NotACommand(f"“{name}” is no fact")
    hints = typing.get_type_hints(kind)
    values = {field: _value(hints[field], value) for field, value in plain.items() if field != "is"}
    return kind(**values)


def _value(hint: Any, plain: Any) -> Any:
    if isinstance(plain, dict):
        return _fact(plain)
    if isinstance(plain, list):
        inner = typing.get_args(hint) if typing.get_origin(hint) is tuple else (Any,)
        whole = len(inner) == 2 and inner[1] is ...
        return tuple(
            _value(inner[0] if whole else inner[min(place, len(inner) - 1)], one)
            for place, one in enumerate(plain)
        )
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    for option in options:
        if isinstance(option, type) and isinstance(plain, str):
            if issubclass(option, enum.Enum):
                return option(plain)
            if issubclass(option, dt.datetime):
                return dt.datetime.fromisoformat(plain)
    return plain
