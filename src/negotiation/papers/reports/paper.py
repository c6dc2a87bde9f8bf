"""A report before it is written: headings, sentences, lists and tables, and one sheet of rows.

The parts are what a reader gets as Markdown; the sheet is the same in rows, for a spreadsheet.
Words of the record are escaped here and nowhere else, so that none of them is taken as markup, as a
formula or as a control of the terminal.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable

import attrs

from negotiation.domain.entries import Bound
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity
from negotiation.views.hands import Hand

PRIVATE = "Not for publication: this paper tells of positions or remarks that are not public."
_MARKUP = re.compile(r"[\\`*_~<>&]|(?<=\])\(")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SPACE = re.compile(r"[\t\n\r]+")

Cell = str | tuple[str, ...]
"""What stands in a cell: words, or several lines of them."""
Times = Callable[[str], str]
"""How a time is written; it is handed in as ISO 8601."""


@attrs.frozen
class Table:
    """Rows under column headings; plain words, escaped when they are written."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@attrs.frozen
class Heading:
    """A heading, from level 2 on; Markdown already."""

    level: int
    words: str


@attrs.frozen
class Lines:
    """A list; Markdown already, each line with how deep it stands."""

    rows: tuple[tuple[int, str], ...]


Part = Table | Heading | Lines | str
"""A part of a report; a string is a paragraph, Markdown already."""


@attrs.frozen
class Paper:
    """A report, ready to be written."""

    title: str
    """Plain words."""
    parts: tuple[Part, ...]
    sheet: Table
    private: bool = False
    """Whether it tells of what is not public."""


def utc(time: str) -> str:
    """A time in UTC, to the minute."""
    return shown_time(dt.datetime.fromisoformat(time).astimezone(dt.UTC)) if time else "the start"


def shown_time(at: dt.datetime) -> str:
    """A time as papers print it: ``26 Nov 2026 10:52``."""
    return f"{at.day} {at:%b %Y %H:%M}"


# -- as Markdown ----------------------------------------------------------------------------------


def as_markdown(paper: Paper) -> str:
    """The report as Markdown, with a line feed at the end."""
    blocks = [f"**{PRIVATE}**"] if paper.private else []
    blocks.append(f"# {plain(paper.title)}")
    for part in paper.parts:
        match part:
            case Heading(level=level, words=words):
                blocks.append(f"{'#' * level} {words}")
            case Lines(rows=rows):
                blocks.append("\n".join(f"{'  ' * depth}- {row}" for depth, row in rows))
            case Table():
                blocks.append(_table(part))
            case str():
                blocks.append(part)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _table(table: Table) -> str:
    rows = [table.columns, *table.rows]
    lines = ["| " + " | ".join(_in_table(cell) for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(table.columns))
    return "\n".join(lines)


def _in_table(cell: Cell) -> str:
    lines = (cell,) if isinstance(cell, str) else cell
    return "<br>".join(plain(line).replace("|", "\\|") for line in lines)


def plain(words: str) -> str:
    """Words of the record as Markdown that reads as those words, on one line."""
    return _MARKUP.sub(lambda found: f"\\{found.group()}", visible(words))


def quoted(words: str) -> str:
    """Words of the record in quotation marks, every one of them, as Markdown."""
    return f"“{plain(words.strip())}”"


def visible(words: str) -> str:
    """Words without anything that a terminal takes as control."""
    return _CONTROL.sub(lambda found: f"<U+{ord(found.group()):04X}>", _SPACE.sub(" ", words))


# -- as CSV ---------------------------------------------------------------------------------------


def as_csv(paper: Paper) -> str:
    """The sheet of the report as CSV.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if paper.private:
        writer.writerow([PRIVATE])
    writer.writerow([_in_sheet(column) for column in paper.sheet.columns])
    for row in paper.sheet.rows:
        writer.writerow([_in_sheet(cell) for cell in row])
    return stream.getvalue()


def _in_sheet(cell: Cell) -> str:
    lines = (cell,) if isinstance(cell, str) else cell
    words = "\n".join(visible(line) for line in lines)
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words


# -- who and when ---------------------------------------------------------------------------------


def names(whole: Negotiation, codes: Iterable[str]) -> str:
    """Parties by their names."""
    return ", ".join(whole.party(code).shown for code in codes)


def actor(hand: Hand, whole: Negotiation) -> str:
    """Who did it, as the room would say it."""
    behalf = whole.party(hand.behalf).shown if hand.behalf else ""
    match hand.capacity:
        case Capacity.DELEGATION:
            return behalf or hand.by or "a delegation"
        case Capacity.IMPORT:
            return "on the received page"
        case _:
            return f"{hand.capacity.value}, for {behalf}" if behalf else hand.capacity.value


def when(hand: Hand, times: Times) -> str:
    """When it happened, with its bound where it has one."""
    if hand.bound is Bound.AT:
        return times(hand.happened)
    day = dt.datetime.fromisoformat(hand.happened)
    return f"{hand.bound.value} {day.day} {day:%b %Y}"


def by(hand: Hand, whole: Negotiation, times: Times) -> str:
    """Who did it, when, and in which entry: ``chair, 26 Nov 2026 10:52, entry 41``."""
    return f"{actor(hand, whole)}, {when(hand, times)}, entry {hand.entry}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
