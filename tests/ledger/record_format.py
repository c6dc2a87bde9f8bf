"""The lists in docs/record-format.md, written from the classes themselves.

`python -m tests.ledger.record_format` writes them anew. A changed line there is a changed record:
a field that is added, dropped or renamed asks for the next stored name and an upcast.
"""

import datetime as dt
import enum
import re
import types
import typing
from pathlib import Path
from typing import Any

import attrs

from negotiation.domain.entries import Act, Evidence
from negotiation.domain.events import ClauseEvent, NegotiationEvent
from negotiation.domain.people import Visibility
from negotiation.ledger.names import ACT, NAMES

PAGE = Path(__file__).parents[2] / "docs" / "record-format.md"
BEGIN = "<!-- from the classes: python -m tests.ledger.record_format -->"
END = "<!-- so far from the classes -->"

PLAIN = {
    str: "text",
    int: "number",
    bool: "true or false",
    bytes: "base64",
    dt.date: "date",
    dt.datetime: "time",
    type(None): "null",
}


def typed(hint: Any) -> str:
    """What a field holds, in a word or two."""
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, types.UnionType):
        return " or ".join(typed(option) for option in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return f"list of {typed(typing.get_args(hint)[0])}"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def inside(hint: Any) -> list[type]:
    """The classes that a field mentions."""
    if hint in PLAIN or hint is ...:
        return []
    if typing.get_args(hint):
        return [found for option in typing.get_args(hint) for found in inside(option)]
    return [hint]


def fields(cls: type) -> str:
    """The fields of a class, each with what it holds."""
    hints = typing.get_type_hints(cls)
    return " · ".join(f"`{field.name}` {typed(hints[field.name])}" for field in attrs.fields(cls))


def means(cls: type) -> str:
    """The first sentence that a class says of itself."""
    sentence = re.split(r"\n\s*\n", (cls.__doc__ or "").strip())[0]
    return re.sub(r"\s+", " ", sentence).replace("``None``", "null").replace("``", "`")


def facts() -> list[type]:
    """Every class below events, acts and what stands around them, each once, as met."""
    met: list[type] = []
    todo: list[type] = [Act, Evidence, Visibility, *NAMES.values()]
    for cls in todo:
        if not attrs.has(cls):
            continue
        for hint in typing.get_type_hints(cls).values():
            for found in inside(hint):
                if found not in met:
                    met.append(found)
                    todo.append(found)
    return [Evidence, Visibility, *(cls for cls in met if cls not in (Evidence, Visibility))]


def lists() -> str:
    """The generated part of the page."""
    lines = ["### Events", "", "| stored name | on | what it says | fields |", "|---|---|---|---|"]
    for name, event in NAMES.items():
        on = [
            where
            for where, union in (("clause", ClauseEvent), ("negotiation", NegotiationEvent))
            if event in typing.get_args(union)
        ]
        lines.append(f"| `{name}` | {', '.join(on)} | {means(event)} | {fields(event)} |")
    lines += ["", "### The act", "", f"`{ACT}`: {means(Act)}", "", fields(Act), ""]
    lines += ["### Facts inside", "", "| fact | what it is | fields |", "|---|---|---|"]
    shapes = [cls for cls in facts() if attrs.has(cls)]
    for cls in sorted(shapes, key=lambda cls: cls.__name__):
        name = f'<a id="{cls.__name__.lower()}"></a>{cls.__name__}'
        lines.append(f"| {name} | {means(cls)} | {fields(cls)} |")
    lines += ["", "### One of several", "", "| fact | what it is | stored as |", "|---|---|---|"]
    choices = [cls for cls in facts() if issubclass(cls, enum.Enum)]
    for choice in sorted(choices, key=lambda cls: cls.__name__):
        name = f'<a id="{choice.__name__.lower()}"></a>{choice.__name__}'
        values = " · ".join(f"`{member.value}`" for member in choice)
        lines.append(f"| {name} | {means(choice)} | {values} |")
    return "\n".join(lines)


def parts(page: str) -> tuple[str, str, str]:
    """What stands before the lists, the lists, and what stands behind them."""
    before, rest = page.split(BEGIN)
    listed, behind = rest.split(END)
    return before, listed.strip(), behind


if __name__ == "__main__":
    before, _, behind = parts(PAGE.read_text("utf-8"))
    PAGE.write_text(f"{before}{BEGIN}\n\n{lists()}\n\n{END}{behind}", "utf-8")
