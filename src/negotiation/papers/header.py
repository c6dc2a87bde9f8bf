"""The version header of a page: symbol, revision, language, date and body.

Reads the lines that stand before the title. Leaves out what a revision means for the record.
"""

import datetime
import re
from collections.abc import Sequence

from negotiation.papers.blocks import Block
from negotiation.papers.draft import Header

_SYMBOL = re.compile(
    r"(?<![\w/])(?P<document>[A-Z]{1,8}[A-Z0-9]{0,6}(?:[/.][A-Z0-9]{1,12}){1,8}"
    r"(?:/Add\.\d{1,2})?)(?P<revision>\(Rev\.(?P<in_brackets>\d{1,2})\)|/Rev\.(?P<after>\d{1,2}))?"
    r"(?:-(?P<language>[A-Z]))?(?![\w/])"
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s(" + "|".join(_MONTHS) + r")\s(\d{4})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LANGUAGES = {
    "A": "Arabic",
    "C": "Chinese",
    "E": "English",
    "F": "French",
    "R": "Russian",
    "S": "Spanish",
}
_ONLY = re.compile(r"\b(" + "|".join(_LANGUAGES.values()) + r")(?:\s+only)?\s*$", re.IGNORECASE)
_LONGEST = 400


def read_header(blocks: Sequence[Block], title: str | None) -> Header:
    """What the header blocks of a page say."""
    symbol = document = language = body = None
    revision: int | None = None
    date: datetime.date | None = None
    for block in blocks:
        words = block.text.strip()[:_LONGEST]
        told = False
        if document is None and (found := _SYMBOL.search(words)):
            document = found["document"]
            symbol = document + (found["revision"] or "")
            number = found["in_brackets"] or found["after"]
            revision = int(number) if number else None
            language = _LANGUAGES.get(found["language"] or "", language)
            told = True
        if date is None and (when := _date(words)) is not None:
            date, told = when, True
        if spoken := _ONLY.search(words):
            language = language or spoken[1].capitalize()
            told = True
        if not told and body is None and words:
            body = words
    return Header(
        symbol=symbol,
        document=document,
        revision=revision,
        language=language,
        date=date,
        body=body,
        title=title,
        lines=tuple((block.line, block.text.strip()) for block in blocks),
    )


def symbol_in(words: str) -> tuple[str | None, int | None]:
    """The document that a symbol names, and its revision."""
    found = _SYMBOL.search(words)
    if found is None:
        return None, None
    number = found["in_brackets"] or found["after"]
    return found["document"], int(number) if number else None


def _date(words: str) -> datetime.date | None:
    named = _DATE.search(words)
    if named:
        return _day(int(named[3]), _MONTHS.index(named[2]) + 1, int(named[1]))
    numbered = _ISO_DATE.search(words)
    if numbered:
        return _day(int(numbered[1]), int(numbered[2]), int(numbered[3]))
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
