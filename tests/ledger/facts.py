"""Hypothesis strategies for any fact that events are made of, read off its fields."""

import datetime as dt
import enum
import functools
import types
import typing
from typing import Any

import attrs
from hypothesis import strategies as st

ZONES = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
"""Whole minutes: what a written time can say."""

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    bytes: st.binary(max_size=20),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=ZONES),
    type(None): st.none(),
}


@functools.cache
def facts(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(list(hint))
    if isinstance(hint, type) and attrs.has(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{a.name: facts(hints[a.name]) for a in attrs.fields(hint)})
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return st.one_of([facts(option) for option in typing.get_args(hint)])
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)
        if inner[-1] is ...:
            return st.lists(facts(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(facts, inner))
    raise TypeError(f"No strategy for {hint}.")
