"""All keys on one screen, made from the rows that make them work; a person's own where they differ.

Where there is room, also what the marks in the text mean. What has no key is in the palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from negotiation_tui.draw import Ink, Line, brief, fitted, width_of
from negotiation_tui.keys import GROUPS, KEYS, Key
from negotiation_tui.screens.over import Over
from negotiation_tui.widgets.inked import Panel

_COLUMN = 26
_MOST_COLUMNS = 4
_KEY = 7
_MARK = 21
_TITLE = "A letter stages an act: Enter the gavel · Ctrl+R asks the room · Esc drops it"

_MARKS: tuple[tuple[Line, str], ...] = (
    ((("new words", Ink.INSERTED),), "put in and not yet decided"),
    ((("struck words", Ink.STRUCK),), "struck and not yet decided"),
    ((("[", Ink.BRACKET), ("words", Ink.PLAIN), ("]", Ink.BRACKET)), "not agreed"),
    ((("wording", Ink.ALTERNATIVE),), "one of several for one place"),
    ((("words", Ink.HERE),), "of the open point at hand"),
    ((("{+new+} {-struck-}", Ink.PLAIN),), "the same where colour or strike may not be seen"),
)
LEGEND: tuple[Line, ...] = (
    (("In the text", Ink.HEADING),),
    *(
        (*mark, (" " * (_MARK - width_of(mark)), Ink.PLAIN), (means, Ink.PLAIN))
        for mark, means in _MARKS
    ),
    (("In the list", Ink.HEADING),),
    (
        (
            "[] open   ✓ agreed   ‖ parked   + new   − struck   · as it was   & of a package",
            Ink.PLAIN,
        ),
    ),
)
"""What the marks mean."""


def help_lines(keys: Sequence[Key], width: int, height: int, top: int = 0) -> tuple[Line, ...]:
    """The keys in columns by group, and the legend where it has room.

    ``top`` is the first row of the columns that is shown, where the window is too small for all.
    """
    count = max(1, min(_MOST_COLUMNS, width // _COLUMN))
    room = max(height - 2, 1)
    columns = _columns(tuple(_rows(keys)), count)
    size = len(columns[0])
    below = size > room
    title = _TITLE + ("  PgDn PgUp: more" if below else "")
    lines: list[Line] = [((f" {brief(title, width - 2)}", Ink.STRONG),), ()]
    cells = _widths(columns, width)
    lines += [
        tuple(
            bit
            for column, cell in zip(columns, cells, strict=True)
            for bit in _cell(column, row, cell)
        )
        for row in range(top, min(size, top + room))
    ]
    if len(lines) + 1 + len(LEGEND) <= height:
        lines += [(), *(((" ", Ink.PLAIN), *line) for line in LEGEND)]
    return tuple(fitted(line, width) for line in lines)


def _rows(keys: Sequence[Key]) -> Iterator[Line]:
    """Each group with its name above it."""
    for group in GROUPS:
        rows = [one for one in keys if one.group == group]
        if rows:
            yield ((f" {group}", Ink.HEADING),)
        for one in rows:
            key = brief(one.printed, _KEY - 1)
            gap = " " * max(_KEY - width_of(((key, Ink.PLAIN),)), 1)
            yield ((" ", Ink.PLAIN), (key, Ink.LABEL), (gap, Ink.PLAIN), (one.does, Ink.PLAIN))


def _columns(rows: Sequence[Line], count: int) -> tuple[tuple[Line, ...], ...]:
    size = max(-(-len(rows) // count), 1)
    return tuple(tuple(rows[start : start + size]) for start in range(0, size * count, size))


def _widths(columns: Sequence[Sequence[Line]], width: int) -> list[int]:
    """What each column needs, and its share of what is left; equal parts where it is too little."""
    needed = [max((width_of(line) + 1 for line in column), default=1) for column in columns]
    left = width + 1 - sum(needed)
    if left < 0:
        return [max(width // len(columns), 1)] * len(columns)
    return [cell + left // len(columns) for cell in needed]


def _cell(column: Sequence[Line], row: int, width: int) -> Line:
    line = fitted(column[row], width - 1) if row < len(column) else ()
    return (*line, (" " * (width - width_of(line)), Ink.PLAIN))


class HelpScreen(Over[None]):
    """The keys of the floor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "dismiss", "close"),
        Binding("pagedown,down,j,space", "more(1)", show=False),
        Binding("pageup,up,k", "more(-1)", show=False),
    ]

    def __init__(self, keys: Iterable[Key] = KEYS) -> None:
        """``keys`` are those of this person."""
        super().__init__()
        self._keys = tuple(keys)
        self._top = 0

    def compose(self) -> ComposeResult:
        """One panel."""
        yield Panel(id="help")

    def on_mount(self) -> None:
        """Draw once there is a size."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Another width has other columns."""
        self.call_after_refresh(self._draw)

    def action_more(self, by: int) -> None:
        """Further rows, in a window too small for all."""
        width, height = self.query_one(Panel).size
        room = max(height - 2, 1)
        count = max(1, min(_MOST_COLUMNS, width // _COLUMN))
        last = max(len(_columns(tuple(_rows(self._keys)), count)[0]) - room, 0)
        self._top = max(0, min(self._top + by * room, last))
        self._draw()

    def _draw(self) -> None:
        panel = self.query_one(Panel)
        width, height = panel.size
        panel.show(help_lines(self._keys, width, height, self._top))
