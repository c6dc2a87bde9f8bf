"""Labels: reading one, and the one that comes next.

A label is a rendering, never an identity; duplicates are normal while a text is negotiated.
Rendering a whole text anew is left to the issuing of a version.
"""

from __future__ import annotations

import re

_LABEL = re.compile(r"^(?P<open>[(\[]?)(?P<core>[0-9]+|[ivxlc]+|[A-Za-z])(?P<rest>[^0-9A-Za-z]*)$")
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _from_roman(text: str) -> int | None:
    number = 1
    while (written := roman(number)) != text:
        number += 1
        if number > 200 or len(written) > 12:
            return None
    return number


def next_label(label: str, *, romans: bool | None = None) -> str:
    """The label that follows: ``e)`` gives ``f)``, ``iii)`` gives ``iv)``, ``2.`` gives ``3.``.

    ``romans`` says whether ``i)`` counts as a numeral; by default only ``i`` and longer ones do.
    A label that has no next one (``3bis``, none at all) answers itself.
    """
    found = _LABEL.match(label)
    if found is None:
        return label
    core = found["core"]
    if core.isdigit():
        after = str(int(core) + 1)
    else:
        as_roman = romans if romans is not None else len(core) > 1 or core == "i"
        number = _from_roman(core) if as_roman else None
        if number is not None:
            after = roman(number + 1)
        elif len(core) > 1:
            return label
        elif core in "zZ":
            after = core.replace("z", "aa").replace("Z", "AA")
        else:
            after = chr(ord(core) + 1)
    return f"{found['open']}{after}{found['rest']}"


def bare(label: str) -> str:
    """A label without its brackets and stops, for comparing: ``(a)``, ``a)``, ``a.`` are one."""
    return label.strip("()[]. \u00a0").casefold()
