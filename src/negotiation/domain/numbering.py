"""Labels: reading one, taking it apart, and the one that comes next.

A label is a rendering, never an identity; duplicates are normal while a text is negotiated.
Rendering a whole text anew is in `labels`.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Collection
from functools import lru_cache

import attrs

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


@lru_cache(maxsize=1024)
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
        whole = printed(label)
        if whole is None or whole.suffix:
            return label
        return whole.renumbered(
            number_word(whole.ordinal + 1, whole.series, capital=whole.core.isupper())
        )
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


# -- one label, taken apart ------------------------------------------------------------------------

_WORD = r"Article|Annex|Chapter|Section|Part|PP|OP"
_INSERTED = "bis ter quater quinquies sexies septies octies nonies decies".split()
_MORE = "|".join((*_INSERTED, "ante"))
_PRINTED = re.compile(
    rf"(?P<word>(?:(?:{_WORD})[ \u00a0]?)?)"
    r"(?P<open>[(\[]?)"
    r"(?P<prefix>(?:\d{1,4}\.){0,5})"
    r"(?P<core>\d{1,4}|[a-z]{1,6}?)"
    rf"(?P<suffix>(?:[ \u00a0]?(?:{_MORE}|alt\d{{0,2}})){{0,3}}|(?<=\d)[A-Z])"
    r"(?P<rest>[).:\]]{0,2})",
    re.IGNORECASE,
)


class Series(enum.Enum):
    """What a label counts with."""

    DIGITS = "digits"
    LETTERS = "letters"
    ROMANS = "romans"


@attrs.frozen
class Printed:
    """A label taken apart: ``Article 3 bis``, ``(a)``, ``4.2.``."""

    word: str
    open: str
    prefix: str
    """The numbers before the last one, as in ``4.2``."""
    core: str
    suffix: str
    rest: str
    ordinal: int
    series: Series

    @property
    def number(self) -> str:
        """What a reference says: the number or letter with its suffix, nothing around it."""
        return f"{self.prefix}{self.core}{self.suffix}"

    def renumbered(self, number: str, suffix: str = "") -> str:
        """The same kind of label with another number."""
        return f"{self.word}{self.open}{self.prefix}{number}{suffix}{self.rest}"


def printed(label: str, before: Printed | None = None) -> Printed | None:
    """A label taken apart; ``None`` where it is none that is counted.

    ``i)`` is a letter behind ``h)`` and a numeral elsewhere: ``before`` is the label that precedes.
    """
    found = _PRINTED.fullmatch(label.strip())
    if found is None:
        return None
    core = found["core"]
    told = _counted(core, before, heads=bool(found["word"]))
    if told is None or (found["prefix"] and not core.isdecimal()):
        return None
    return Printed(
        found["word"],
        found["open"],
        found["prefix"],
        core,
        found["suffix"],
        found["rest"],
        *told,
    )


def label_behind(label: str, taken: Collection[str], *, bis: bool) -> str:
    """The label of a clause inserted behind this one, while numbers are frozen.

    Where the next one is free it is that. Otherwise, by the custom of the body, it is the next one
    all the same (ITU: duplicates are normal), or ``bis``, ``ter`` and so on behind the number.
    """
    after = next_label(label)
    held = {bare(one) for one in taken}
    found = printed(label)
    if found is None or not bis or (bare(after) not in held and not found.suffix):
        return after
    gap = " " if found.suffix[:1].isspace() or not found.core.isdecimal() else ""
    for more in _INSERTED:
        inserted = found.renumbered(found.core, f"{gap}{more}")
        if bare(inserted) not in held:
            return inserted
    return after


def number_word(ordinal: int, series: Series, *, capital: bool = False) -> str:
    """The number written in its series: ``3``, ``c``, ``iii``; letters go on ``aa``, ``bb``."""
    if series is Series.DIGITS:
        return str(ordinal)
    if series is Series.ROMANS:
        word = roman(ordinal)
    else:
        times, letter = divmod(ordinal - 1, 26)
        word = chr(ord("a") + letter) * (times + 1)
    return word.upper() if capital else word


def _counted(
    core: str, before: Printed | None, *, heads: bool = False
) -> tuple[int, Series] | None:
    if core.isdecimal():
        return int(core), Series.DIGITS
    small = core.lower()
    numeral = _from_roman(small) or 0
    if len(set(small)) == 1 and numeral == 0:
        return ord(small[0]) - ord("a") + 1 + 26 * (len(small) - 1), Series.LETTERS
    if len(small) > 1:
        return (numeral, Series.ROMANS) if numeral else None
    letter = ord(small) - ord("a") + 1
    if before is not None and before.series is Series.LETTERS and before.ordinal == letter - 1:
        return letter, Series.LETTERS
    if (
        small == "i"
        or (heads and core in "VX")
        or (before is not None and before.series is Series.ROMANS and before.ordinal == numeral - 1)
    ):
        return numeral, Series.ROMANS
    return letter, Series.LETTERS
