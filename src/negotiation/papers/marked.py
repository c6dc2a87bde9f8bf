"""The text with marks against an earlier one: ~~what went~~, ++what came++, and what was moved.

The earlier text is that of a moment, or the base. Every word that it had and this one has not is
printed struck, whichever act took it out; brackets of open points stand where they stand now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind
from negotiation.text.changes import Change
from negotiation.text.passage import Shown
from negotiation.views.at_that_time import Moment
from negotiation.views.paths import paths
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans, spans
from negotiation.views.what_changed import kept_order, merged
from negotiation.views.word_changes import Made, was_live, word_changes

_PLAIN, _STRUCK, _NEW = "", "~~", "++"


@attrs.frozen
class Marked:
    """One clause, with what changed on it since the earlier text."""

    clause: str
    kind: Kind
    line: str
    """Label and words with their marks and brackets."""
    changes: tuple[Made, ...]
    relabelled: bool
    moved_from: str | None
    """The path of the clause that it stood behind, empty for the first place; none if it stayed."""


@attrs.frozen
class _Stretch:
    words: str
    sign: str


@attrs.frozen
class _Earlier:
    """The text that is compared with: its words, labels and order of clauses."""

    clauses: Mapping[str, Clause]
    words: Mapping[str, str]
    labels: Mapping[str, str]
    order: tuple[str, ...]
    since: int
    called: Mapping[str, str]


def against_base(now: Moment, first: Moment) -> tuple[Marked, ...]:
    """The text marked against what was there before the negotiation.

    ``first`` is the same moment with the clauses in the order in which they came.
    """
    there = [one for one in first.clauses if one.margin.tabled or one.passage.base]
    earlier = _Earlier(
        {one.id: one for one in there},
        {one.id: one.passage.base for one in there},
        {one.id: one.base_label or "" for one in there},
        tuple(one.id for one in there),
        0,
        paths(first),
    )
    return tuple(_compared(now, earlier, [clause.id for clause in now.clauses]))


def against_moment(now: Moment, before: Moment) -> tuple[Marked, ...]:
    """The text marked against that of an earlier moment of the same record."""
    there = [one for one in before.clauses if one.margin.tabled]
    earlier = _Earlier(
        {one.id: one for one in there},
        {one.id: one.passage.live for one in there},
        {one.id: one.label for one in there},
        tuple(one.id for one in there),
        before.at,
        paths(before),
    )
    return tuple(_compared(now, earlier, merged(before.negotiation.order, now.negotiation.order)))


def _compared(now: Moment, earlier: _Earlier, order: Iterable[str]) -> Iterator[Marked]:
    states = {clause.id: clause for clause in now.clauses}
    printed = spans(now)
    moved = _moved(states, earlier)
    for clause_id in order:
        # An undo may have taken a clause out of the text altogether: it is shown as it was.
        clause = states.get(clause_id) or earlier.clauses.get(clause_id)
        if clause is None or clause.kind is Kind.HEADER:
            continue
        old, label = earlier.words.get(clause_id, ""), earlier.labels.get(clause_id, "")
        new = clause.passage.live if clause_id in states and clause.margin.tabled else ""
        if not old and not new and not _stub(clause):
            continue
        if new == clause.passage.live:
            made = word_changes(old, new, clause.passage, earlier.since)
        else:
            made = (Made(Change(0, len(old), old, 0, 0, ""), ()),) if old else ()
        line = _line(clause, label if old else "", old, new, made, printed, earlier.since)
        yield Marked(
            clause_id,
            clause.kind,
            line,
            made,
            bool(old and new) and label != clause.label,
            moved.get(clause_id),
        )


def _stub(clause: Clause) -> bool:
    """Whether a label alone stands for the clause, as of a retired number."""
    return (
        clause.margin.tabled
        and not clause.passage.runs
        and bool(clause.label)
        and not clause.margin.deleted_by
    )


def _moved(states: Mapping[str, Clause], earlier: _Earlier) -> dict[str, str]:
    """The clauses that stand elsewhere than before, with the path of the one they stood behind."""
    standing = {
        clause for clause, state in states.items() if state.stands and earlier.words.get(clause)
    }
    before = [clause for clause in earlier.order if clause in standing]
    after = [clause for clause in states if clause in standing]
    if before == after:
        return {}
    kept = kept_order(before, after)
    there = [clause for clause in earlier.order if earlier.words.get(clause)]
    behind = dict(zip(there, ["", *there], strict=False))
    return {
        clause: earlier.called.get(behind[clause], "") for clause in before if clause not in kept
    }


# -- one line -------------------------------------------------------------------------------------


def _line(
    clause: Clause,
    label: str,
    old: str,
    new: str,
    made: tuple[Made, ...],
    printed: Spans,
    since: int,
) -> str:
    shown = pieces(clause, Reading.OPEN, printed)
    signs = _signs(clause, shown) if new else []
    row = [_Stretch(sign.words, "[]") for _, sign in signs if sign.before_label]
    now = clause.label if new or not old else ""
    if label == now:
        row += _label(now, _PLAIN)
    else:
        row += _label(label, _STRUCK)
        row += _label(now, _NEW if old or new else _PLAIN)
    inside = [one for one in signs if not one[1].before_label]
    row += _words(clause, new, made, inside, _spare_spaces(clause, shown), since)
    return _written(row)


def _label(label: str, sign: str) -> list[_Stretch]:
    return [_Stretch(f"{label} ", sign)] if label else []


def _signs(clause: Clause, shown: tuple[Piece, ...]) -> list[tuple[int, Piece]]:
    """The brackets of a clause, each with its place in the live words."""
    brackets = [piece for piece in shown if piece.sort in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)]
    return [(_live_before(clause, piece.start), piece) for piece in brackets]


def _live_before(clause: Clause, at: int) -> int:
    return sum(
        max(0, min(at, start + len(run.words)) - start)
        for start, run in clause.passage.pieces()
        if run.live
    )


def _words(
    clause: Clause,
    new: str,
    made: tuple[Made, ...],
    signs: list[tuple[int, Piece]],
    spare: set[int],
    since: int,
) -> Iterator[_Stretch]:
    struck = [(one.change.new_start, one.change.removed) for one in made]
    struck += _struck_before(clause, since) if new else []
    came = [(one.change.new_start, one.change.new_end) for one in made]
    spare = spare - {at for at, words in struck if words.strip()}
    edges = sorted(
        {0, len(new)}
        | {edge for stretch in came for edge in stretch}
        | {at for at, _ in struck}
        | {at for at, _ in signs}
        | spare
    )
    for low, high in zip(edges, [*edges[1:], len(new)], strict=True):
        here = [piece for at, piece in signs if at == low]
        opens = max(
            (i + 1 for i, piece in enumerate(here) if piece.sort is Sort.BRACKET_OPEN), default=0
        )
        for piece in here[:opens]:
            yield _Stretch(piece.words, "[]")
        for at, words in struck:
            if at == low and words:
                yield _Stretch(words, _STRUCK)
        for piece in here[opens:]:
            yield _Stretch(piece.words, "[]")
        if low < high:
            fresh = any(start <= low and high <= end for start, end in came)
            words = new[low:high].removeprefix(" ") if low in spare else new[low:high]
            yield _Stretch(words, _NEW if fresh else _PLAIN)


def _spare_spaces(clause: Clause, shown: tuple[Piece, ...]) -> set[int]:
    """Places in the live words of a space that only hidden words kept from another one."""
    begins = {piece.start for piece in shown}
    return {
        _live_before(clause, start)
        for start, run in clause.passage.pieces()
        if run.live and run.words.startswith(" ") and start not in begins
    }


def _struck_before(clause: Clause, since: int) -> list[tuple[int, str]]:
    """Strikes that are not decided and were on the earlier text already: they stay in sight."""
    return [
        (_live_before(clause, start), run.words)
        for start, run in clause.passage.pieces()
        if run.shown is Shown.STRUCK and not was_live(run, since)
    ]


def _written(row: Iterable[_Stretch]) -> str:
    line = ""
    for sign, group in groupby(row, key=lambda one: one.sign):
        words = "".join(one.words for one in group)
        bare = words.strip()
        if sign in (_PLAIN, "[]") or not bare:
            line += words if sign != _STRUCK else ""
            continue
        # A mark that begins or ends with a space is none to a reader of this notation.
        head = words[: len(words) - len(words.lstrip())]
        line += f"{head}{sign}{bare}{sign}{words[len(words.rstrip()) :]}"
    return line.strip()
