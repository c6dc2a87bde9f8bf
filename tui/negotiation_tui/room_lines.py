"""What the projector shows, as lines: the clause at hand, what just changed in it, and no more.

Pure. Positions, remarks and everything that somebody marked private are left out here, not on the
screen: what these functions answer may be seen by everybody.
"""

from __future__ import annotations

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity
from negotiation.views.at_that_time import Timeline
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation_tui.clause_lines import attributions
from negotiation_tui.draw import (
    Bit,
    Ink,
    Line,
    brief,
    fitted,
    joined,
    signed,
    spread,
    visible,
    width_of,
    wrap,
)
from negotiation_tui.marked import bits_of
from negotiation_tui.page import Page, Pages, elsewhere, is_heading, title

_WIDEST = 120
"""Cells; a longer line is hard to follow from the back of a room."""
_MARGIN = 4
_LABEL = 5
_NOW_LINES = 3
_LAST: Bit = (" Last change  ", Ink.STRONG)
_BRACKETS = (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)


@attrs.frozen
class Showing:
    """What the room is shown: a clause, an open point of it, and the entry it is read at."""

    clause: str = ""
    point: str = ""
    at: int = 0
    replay: bool = False
    frozen: bool = False


@attrs.frozen
class Change:
    """The last public act on what is shown: its public entries, the first one first."""

    entries: tuple[int, ...] = ()


def is_public(pages: Pages, number: int) -> bool:
    """Whether the room may hear of an entry; taking back something private is private too."""
    if not pages.is_public(number):
        return False
    event = pages.timeline.entries[number - 1].event
    if not isinstance(event, ev.ActReversed):
        return True
    undone = [one for one in pages.timeline.entries[: number - 1] if one.act.id == event.act]
    return not undone or any(is_public(pages, one.number) for one in undone)


def followed(pages: Pages, note: dict[str, object]) -> Showing:
    """What the chair shows by this note; without one, where the room last acted."""
    head = pages.timeline.head
    said = note.get("at")
    replay = isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= head
    at = said if replay and isinstance(said, int) else head
    page = pages.page(at)
    frozen = note.get("frozen") is True
    point = note.get("point")
    clause = note.get("clause")
    named = page.point(point) if isinstance(point, str) else None
    if isinstance(clause, str) and clause in page.places:
        touches = named is not None and clause in named.clauses
        return Showing(clause, named.id if named and touches else "", at, replay, frozen)
    if named is not None:
        return Showing(named.clauses[0], named.id, at, replay, frozen)
    return attrs.evolve(_unled(pages, page, at), replay=replay, frozen=frozen)


def _unled(pages: Pages, page: Page, at: int) -> Showing:
    for entry in reversed(pages.timeline.entries[:at]):
        if entry.act.capacity is Capacity.IMPORT:
            break
        if _about(entry) in page.places and is_public(pages, entry.number):
            clause = _about(entry)
            own = page.open_on.get(clause, ())
            return Showing(clause, own[0].id if own else "", at)
    for point in page.points:
        if point.clauses[0] in page.places:
            return Showing(point.clauses[0], point.id, at)
    return Showing(page.clauses[0].id if page.clauses else "", "", at)


def clauses_shown(page: Page, showing: Showing) -> tuple[Clause, ...]:
    """The clauses on the screen: all those that the open point at hand runs over, or the one."""
    point = page.point(showing.point)
    wanted = point.clauses if point is not None else (showing.clause,)
    return tuple(one for name in wanted if (one := page.clause(name)) is not None)


def last_change(pages: Pages, showing: Showing, clauses: tuple[Clause, ...]) -> Change:
    """The last public act on these clauses; none where they still read as they were received."""
    timeline = pages.timeline
    names = {clause.id for clause in clauses}
    numbers = sorted(
        {
            number
            for name in names
            for number in (*timeline.changes_of(name), *_placings(timeline, name))
            if number <= showing.at
        },
        reverse=True,
    )
    for number in numbers:
        entry = timeline.entries[number - 1]
        if entry.act.capacity is Capacity.IMPORT:
            continue
        if is_public(pages, number):
            act = entry.act.id
            return Change(
                tuple(
                    one
                    for one in reversed(numbers)
                    if timeline.entries[one - 1].act.id == act and is_public(pages, one)
                )
            )
    return Change()


def _placings(timeline: Timeline, clause: str) -> tuple[int, ...]:
    return tuple(
        entry.number
        for entry in timeline.entries
        if isinstance(entry.event, ev.ClausePlaced) and entry.event.clause == clause
    )


def _about(entry: Entry) -> str:
    return entry.event.clause if isinstance(entry.event, ev.ClausePlaced) else entry.clause


# -- the lines ------------------------------------------------------------------------------------


def header(page: Page, showing: Showing, head: int, not_live: str, width: int) -> Line:
    """Which text, whether it is live, and how much is open."""
    left = len(page.points)
    points = f"{left} open point{'' if left == 1 else 's'} left "
    if not_live:
        points = f"{not_live} "
    elif showing.replay:
        points = f"REPLAY entry {showing.at} of {head} "
    name = brief(" · ".join((title(page), *elsewhere(page))), max(width - len(points) - 2, 0))
    line = spread(((f" {name}", Ink.STRONG),), ((points, Ink.STRONG),), width)
    return fitted(line, width)


def above(page: Page, showing: Showing, width: int) -> Line:
    """The headings above the clause, from the outermost, and where one stands."""
    place = page.places.get(showing.clause)
    if place is None:
        return ()
    level = page.levels.get(showing.clause, 0)
    names: list[str] = []
    for clause in reversed(page.clauses[:place]):
        if is_heading(clause) and page.levels.get(clause.id, 0) < level:
            level = page.levels.get(clause.id, 0)
            names.insert(0, f"{clause.label} {clause.passage.live}".strip())
    if not names:
        names = [page.called.get(showing.clause, "")]
    room = max(width - 2, 0)
    told = " › ".join(names)
    if len(told) > room:
        each = max(room // len(names) - 3, 8)
        told = " › ".join(brief(name, each) for name in names)
    return ((f" {brief(told, room)}", Ink.LABEL),)


def now_lines(pages: Pages, change: Change, width: int) -> tuple[Line, ...]:
    """What the last act did, in plain words."""
    if not change.entries:
        return (fitted((_LAST, ("None here since the text was received.", Ink.FAINT)), width),)
    told = list(dict.fromkeys(pages.sentence(number) for number in change.entries))
    words = visible(" ".join(told))
    lines = wrap(((words, Ink.PLAIN),), max(width - 1, 8), (_LAST,), 1)
    if len(lines) <= _NOW_LINES:
        return lines
    kept = fitted(lines[_NOW_LINES - 1], max(width - 3, 0))
    return (*lines[: _NOW_LINES - 1], (*kept, (" …", Ink.PLAIN)))


def legend(width: int, *, signs: bool) -> Line:
    """What the marks mean, as far as there is room."""
    parts: tuple[tuple[Bit, ...], ...] = (
        (("{+put in+}" if signs else "put in", Ink.INSERTED),),
        (("{-struck-}" if signs else "struck", Ink.STRUCK), (", undecided", Ink.FAINT)),
        (("[ ]", Ink.BRACKET), (" not agreed", Ink.FAINT)),
        ((" last change ", Ink.CHOSEN),),
        (("one of several wordings", Ink.ALTERNATIVE),),
    )
    line: list[Bit] = []
    for part in parts:
        gap: tuple[Bit, ...] = (("   " if line else " ", Ink.PLAIN),)
        if width_of((*line, *gap, *part)) > width:
            break
        line += [*gap, *part]
    return tuple(line)


def footer(clock: str, showing: Showing, width: int) -> Line:
    """The running clock, by which a dead screen shows, and what one reads."""
    held = " · held by the chair" if showing.frozen else ""
    told = f"{clock} · text as of entry {showing.at} · read-only{held}"
    return ((f" {brief(told, max(width - 2, 0))}", Ink.FAINT),)


def body(
    page: Page,
    clauses: tuple[Clause, ...],
    showing: Showing,
    change: Change,
    size: tuple[int, int],
    *,
    signs: bool,
) -> tuple[Line, ...]:
    """The clauses on so many columns and rows: double spacing where it fits, else what matters."""
    width, rows = size
    inner = max(min(width - 2 * _MARGIN, _WIDEST), 12)
    margin: Bit = (" " * min(_MARGIN, max(width - inner, 0)), Ink.PLAIN)
    lines: list[Line] = []
    own = range(0)
    for clause in clauses:
        if lines:
            lines.append(())
        start = len(lines)
        drawn = _clause(page, clause, showing, change, inner, signs=signs)
        lines += [(margin, *line) for line in drawn]
        if clause.id == showing.clause:
            own = range(start, len(lines))
    if 2 * len(lines) - 1 <= rows:
        return tuple(line for one in lines for line in (one, ()))
    return _window(lines, rows, own)


def _window(lines: list[Line], rows: int, own: range) -> tuple[Line, ...]:
    """The rows around the change in the clause at hand, or its open point; ``…`` for the rest."""
    if len(lines) <= rows:
        return tuple(lines)
    focus = own.start
    for ink in (Ink.CHOSEN, Ink.HERE):
        marked = [place for place in own if _has(lines[place], ink)]
        if marked:
            focus = marked[0]
            break
    start = min(max(focus - rows // 3, 0), len(lines) - rows)
    shown = lines[start : start + rows]
    more: Line = (("    …", Ink.FAINT),)
    if start > 0 and rows > 2:
        shown[0] = more
    if start + rows < len(lines) and rows > 2:
        shown[-1] = more
    return tuple(shown)


def _has(line: Line, ink: Ink) -> bool:
    return any(ink in one for _, one in line)


def _clause(
    page: Page, clause: Clause, showing: Showing, change: Change, width: int, *, signs: bool
) -> list[Line]:
    under = Ink.HEADING if is_heading(clause) else Ink.PLAIN
    touched = _touched(clause, change)
    row = [
        piece
        for piece in pieces(clause, Reading.MARKED, page.printed)
        if piece.sort is not Sort.GONE or _within(piece, touched)
    ]
    row = _closed_up(row)
    length = len(clause.passage.words)
    stretches = [one.reach.within(length) for one in clause.alternatives]
    before: list[Bit] = []
    words: list[Bit] = []
    for piece in row:
        here = showing.point if piece.sort in _BRACKETS else ""
        bits = bits_of((piece,), here=here, alternatives=stretches, under=under)
        if piece.sort not in _BRACKETS and _within(piece, touched):
            bits = tuple((part, ink | Ink.CHOSEN) for part, ink in bits)
        (before if piece.before_label else words).extend(bits)
    if not words:
        words = [("struck", Ink.FAINT)]
    label: Line = ()
    if clause.label:
        agreed: Line = (("✓ ", Ink.AGREED),) if clause.agreement is not None else ()
        gone = Ink.GONE if clause.margin.label_struck or clause.margin.deleted_by else Ink.PLAIN
        label = (*before, *agreed, (visible(clause.label), Ink.LABEL | gone))
    else:
        words = [*before, *words]
    hang = max(_LABEL, width_of(label) + 2) if label else 0
    said = attributions(page.moment.negotiation, clause)
    told = [line for one in said for line in wrap(((visible(one), Ink.SPONSOR),), width)]
    shown = signed(words) if signs else joined(words)
    return [*told, *wrap(shown, width, label, min(hang, width // 2))]


def _closed_up(row: list[Piece]) -> list[Piece]:
    """The pieces without the second of two spaces that only hidden words kept apart."""
    shown: list[Piece] = []
    for piece in row:
        words = piece.words
        if shown and piece.start > shown[-1].end and shown[-1].words.endswith(" "):
            words = words.removeprefix(" ")
        if words:
            shown.append(attrs.evolve(piece, words=words, start=piece.end - len(words)))
    return shown


def _touched(clause: Clause, change: Change) -> tuple[tuple[int, int], ...]:
    """Where the last act put words in, struck them, or decided on them."""
    acted = set(change.entries)
    return tuple(
        (at, at + len(run.words))
        for at, run in clause.passage.pieces()
        if any(
            mark.entry in acted or any(fate.entry in acted for fate in mark.fates)
            for mark in (run.inserted_by, *run.struck_by)
            if mark is not None
        )
    )


def _within(piece: Piece, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= piece.start and piece.end <= high for low, high in stretches)


def waiting(not_live: str, width: int) -> Line:
    """The header where there is no record yet."""
    line = spread(((" negotiation", Ink.STRONG),), ((f"{not_live} ", Ink.STRONG),), width)
    return fitted(line, width)


def plain(words: str, width: int) -> tuple[Line, ...]:
    """A sentence instead of the text."""
    return wrap(((visible(words), Ink.PLAIN),), max(width - _MARGIN, 12), (), _MARGIN)
