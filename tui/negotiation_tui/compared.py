"""What differs between two moments as lines: in one column, or the two side by side.

Pure. Substance and editing are told apart by a word, changed obligations by a line of their own.
"""

from __future__ import annotations

import enum
from itertools import zip_longest

from negotiation.views.what_changed import ChangeKind, ClauseChange, WordChange
from negotiation_tui.draw import Bit, Ink, Line, fitted, joined, signed, visible, width_of, wrap

_GAP: Bit = (" │ ", Ink.EDGE)


class Which(enum.Enum):
    """Which changes are wanted."""

    ALL = "all changes"
    SUBSTANCE = "substance only"
    EDITING = "editing only"


def wanted(change: ClauseChange, which: Which) -> bool:
    """Whether a clause has changes of this kind."""
    if which is Which.ALL:
        return True
    editing = which is Which.EDITING
    if any(one.editing is editing for one in change.changes):
        return True
    # What came, went, moved or got another label without a word changed is no editing.
    return not change.changes and not editing


def inline(change: ClauseChange, width: int, which: Which, *, signs: bool) -> tuple[Line, ...]:
    """A clause in one column: what went is struck, what came is underlined."""
    bits: list[Bit] = []
    place = 0
    for one in _shown(change, which):
        bits.append((visible(change.before[place : one.start]), Ink.PLAIN))
        bits.append((visible(one.removed), Ink.STRUCK))
        if one.removed and one.inserted and not _apart(one.removed, one.inserted):
            # Where no strike and no colour is seen, the two would read as one word.
            bits.append((" ", Ink.PLAIN))
        bits.append((visible(one.inserted), Ink.INSERTED))
        place = one.end
    bits.append((visible(change.before[place:]), Ink.PLAIN))
    if not change.changes:
        bits = [(visible(change.after or change.before), _of_kind(change))]
    row = joined(bits)
    words = wrap(signed(row) if signs else row, width, (("    ", Ink.PLAIN),), 4)
    return (*_head(change, width, which), *words, *_notes(change, width, which), ())


def side_by_side(
    change: ClauseChange, width: int, which: Which, *, signs: bool
) -> tuple[Line, ...]:
    """A clause as it read at either moment."""
    half = max((width - width_of((_GAP,))) // 2, 8)
    left: list[Bit] = []
    right: list[Bit] = []
    place, new_place = 0, 0
    for one in _shown(change, which):
        left += [(visible(change.before[place : one.start]), Ink.PLAIN)]
        left += [(visible(one.removed), Ink.STRUCK)]
        right += [(visible(change.after[new_place : one.new_start]), Ink.PLAIN)]
        right += [(visible(one.inserted), Ink.INSERTED)]
        place, new_place = one.end, one.new_end
    kind = _of_kind(change) if not change.changes else Ink.PLAIN
    left.append((visible(change.before[place:]), kind))
    right.append((visible(change.after[new_place:]), kind))
    columns = [
        wrap(signed(joined(column)) if signs else joined(column), half) for column in (left, right)
    ]
    rows: list[Line] = []
    for before, after in zip_longest(*columns, fillvalue=()):
        pad = (" " * (half - width_of(before)), Ink.PLAIN)
        rows.append((*before, pad, _GAP, *after))
    return (*_head(change, width, which), *rows, *_notes(change, width, which), ())


def _apart(before: str, after: str) -> bool:
    return before[-1].isspace() or after[0].isspace()


def _shown(change: ClauseChange, which: Which) -> tuple[WordChange, ...]:
    if which is Which.ALL:
        return change.changes
    return tuple(one for one in change.changes if one.editing is (which is Which.EDITING))


def _of_kind(change: ClauseChange) -> Ink:
    if ChangeKind.NEW in change.kinds:
        return Ink.INSERTED
    return Ink.STRUCK if ChangeKind.GONE in change.kinds else Ink.PLAIN


def _head(change: ClauseChange, width: int, which: Which) -> tuple[Line, ...]:
    shown = _shown(change, which)
    told = ", ".join(kind.value for kind in change.kinds)
    if shown:
        editing = [one.editing for one in shown]
        sorts = ("substance", not all(editing)), ("editing", any(editing))
        told += f" · {' and '.join(sort for sort, there in sorts if there)}"
    hands = [one for each in shown for one in each.hands]
    if which is not Which.EDITING:
        hands += [*change.moved_by, *change.relabelled_by]
    who = ", ".join(dict.fromkeys(f"{one.by} ({one.entry})" for one in hands))
    line: Line = (
        (visible(change.path), Ink.LABEL),
        (f"  {told}", Ink.STRONG),
        (f"  {visible(who)}" if who else "", Ink.FAINT),
    )
    return (fitted(line, width),)


def _notes(change: ClauseChange, width: int, which: Which) -> tuple[Line, ...]:
    rows: list[str] = []
    for one in _shown(change, which):
        if one.lost or one.gained:
            lost, gained = ", ".join(one.lost) or "nothing", ", ".join(one.gained) or "nothing"
            agreed = f", in words agreed at the level “{one.agreed}”" if one.agreed else ""
            rows.append(f"! obligation: {lost} → {gained}{agreed}")
        elif one.agreed:
            rows.append(f"! in words agreed at the level “{one.agreed}”")
    if which is not Which.EDITING and ChangeKind.RELABELLED in change.kinds:
        rows.append(f"label: {change.label_before or 'none'} → {change.label_after or 'none'}")
    if which is not Which.EDITING and ChangeKind.MOVED in change.kinds:
        rows.append(f"moved; it stood behind {change.moved_from or 'nothing'}")
    return tuple(line for row in rows for line in wrap(((visible(row), Ink.ALARM),), width, (), 2))
