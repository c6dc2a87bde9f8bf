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
    """The command that was stored; raises `NotACommand`.

    Another program may have stored it: every field holds what such a field may hold.
    """
    try:
        found = _value(Command, msgspec.json.decode(stored.encode()))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, RecursionError) as cause:
        raise NotACommand(f"it does not read as a command of this version ({cause})") from cause
    return found  # type: ignore[no-any-return]  # one of the classes that the hint names


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


def _value(hint: Any, plain: Any) -> Any:
    union = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
    for kind in typing.get_args(hint) if union else (hint,):
        if _fits(kind, plain):
            return _as(kind, plain)
    raise NotACommand(f"“{str(plain)[:40]}” stands where something else belongs")


def _fits(kind: Any, plain: Any) -> bool:
    """Whether this is the outside of such a thing; its inside is looked at when it is made."""
    if typing.get_origin(kind) is tuple:
        return isinstance(plain, list)
    if attrs.has(kind):
        return isinstance(plain, dict) and plain.get("is") == kind.__name__
    if issubclass(kind, enum.Enum | dt.datetime):
        return isinstance(plain, str)
    return type(plain) is kind


def _as(kind: Any, plain: Any) -> Any:
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)
        if inner[-1] is ...:
            return tuple(_value(inner[0], one) for one in plain)
        return tuple(_value(hint, one) for hint, one in zip(inner, plain, strict=True))
    if attrs.has(kind):
        return _fact(kind, plain)
    if issubclass(kind, enum.Enum):
        return kind(plain)
    return dt.datetime.fromisoformat(plain) if issubclass(kind, dt.datetime) else plain


def _fact(kind: Any, plain: dict[str, Any]) -> Any:
    if kind.__module__ not in (commands.__name__, terms.__name__):
        raise NotACommand(f"“{kind.__name__}” is no part of a command that waits")
    hints = typing.get_type_hints(kind)
    return kind(**{name: _value(hints[name], one) for name, one in plain.items() if name != "is"})
