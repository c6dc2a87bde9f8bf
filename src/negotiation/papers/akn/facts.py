"""Facts of the record as elements of our own namespace, and back.

A class becomes an element, its fields attributes; a field that holds a fact or several becomes
child elements of the field's name. Fields at their default are left out, and so are those that
hold nothing.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any, TypeVar

import attrs
import msgspec
from lxml import etree

from negotiation.papers.akn.names import NEG, held, neg, released

F = TypeVar("F")


def element_of(name: str, fact: Any) -> etree._Element:
    """A fact as an element of this name."""
    element = etree.Element(neg(name), nsmap={"neg": NEG})
    for field in attrs.fields(type(fact)):
        value = getattr(fact, field.name)
        if not field.init or value is None or (_plain(field.default) and value == field.default):
            continue
        if isinstance(value, tuple):
            element.extend(_child(field.name, one) for one in value)
        elif attrs.has(type(value)):
            element.append(element_of(field.name, value))
        else:
            element.set(field.name, held(_word(value)))
    return element


def fact_of(element: etree._Element, kind: type[F]) -> F:
    """The fact that an element holds; raises `ValueError` where it holds no such fact."""
    return msgspec.convert(_fields(element, kind), kind, strict=False)


def _plain(default: Any) -> bool:
    return default is not attrs.NOTHING and not isinstance(default, attrs.Factory)  # type: ignore[arg-type]  # a class at run time, a function to the checker


def _child(name: str, value: Any) -> etree._Element:
    if attrs.has(type(value)):
        return element_of(name, value)
    element = etree.Element(neg(name), nsmap={"neg": NEG})
    element.text = held(_word(value))
    return element


def _word(value: Any) -> str:
    plain = msgspec.to_builtins(value)
    return ("true" if plain else "false") if isinstance(plain, bool) else str(plain)


def _fields(element: etree._Element, kind: type) -> dict[str, Any]:
    shapes = _shapes(kind)
    fields = {name: shape.empty() for name, shape in shapes.items() if shape.empty is not None}
    for name, value in element.attrib.items():
        if name in shapes:
            fields[name] = released(str(value))
    for child in element:
        name = etree.QName(child).localname
        if name not in shapes:
            continue
        inner = shapes[name].inner
        held_here = _fields(child, inner) if inner is not None else released(child.text or "")
        if isinstance(fields.get(name), list):
            fields[name].append(held_here)
        else:
            fields[name] = held_here
    return fields


@attrs.frozen
class _Shape:
    """What a field may hold."""

    inner: type | None
    """The class of the facts in it; ``None`` where it holds plain words."""
    empty: Callable[[], Any] | None
    """What it holds where nothing is written; ``None`` where its class knows that."""


@functools.cache
def _shapes(kind: type) -> dict[str, _Shape]:
    hints = typing.get_type_hints(kind)
    shapes: dict[str, _Shape] = {}
    for field in attrs.fields(kind):
        hint = hints[field.name]
        options = typing.get_args(hint)
        inner = options[0] if options else hint
        empty: Callable[[], Any] | None = None
        if typing.get_origin(hint) is tuple:
            empty = list
        elif type(None) in options:
            empty = type(None)
        shapes[field.name] = _Shape(inner if attrs.has(inner) else None, empty)
    return shapes
