"""`text`: how the text reads, at any moment, in any reading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import (
    Look,
    answer,
    as_written,
    brief,
    coloured,
    count,
    drawn,
    note,
    say,
    shown,
)
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.clause import Clause
    from negotiation.views.at_that_time import Moment
    from negotiation.views.is_it_clean import NotClean
    from negotiation.views.on_the_page import AsProposedBy, Piece, Printed, Reading, Spans

_INDENT = "  "
_LISTED = 12


@command()
@click.argument("clause", required=False)
@at_option
@click.option(
    "--reading",
    default="open",
    show_default=True,
    metavar="READING",
    help="open, live, marked, base, clean, or as:SPONSOR for what one of them proposes.",
)
@click.option("--paths", is_flag=True, help="Print what each clause is called before it.")
@click.option(
    "--notation",
    is_flag=True,
    help="The whole text in the notation of drafts, as a page prints it; open or marked.",
)
@common
def text(clause: str | None, at: str | None, reading: str, paths: bool, notation: bool) -> None:
    """The text, at any time, in any reading.

    open is what stands, with pending proposals in brackets and their strikes visible; live is the
    same with everything pending applied, as if all of it were accepted; marked is everything ever
    printed, struck words in ~~tildes~~ and new ones in ++pluses++; base is what was there before
    the negotiation; clean is refused, with a list, while a point is open.

    \b
      negotiation text
      negotiation text --paths
      negotiation text reaffirming --reading marked
      negotiation text --at now~1 --reading as:CUB
      negotiation text --at "DL/13(Rev.3)" --notation

    Next: `open` for what is not settled, `who` for whose words these are.
    """
    desk = the_desk()
    position = moment_of(desk, at)
    moment = desk.timeline.moment(position)
    if notation:
        _as_printed(moment, clause, reading)
        return
    only = _named(desk, moment, clause, position)
    rows = _rows(desk, position, reading, only)
    from negotiation.cli.referring import lies_json, where_it_lies
    from negotiation.views.paths import paths as paths_of

    called = paths_of(moment)
    if answer(
        {
            "negotiation": desk.timeline.id,
            "symbol": moment.negotiation.symbol,
            "at": position,
            "reading": reading,
            "before": lies_json(desk, position),
            "clauses": [
                {
                    "clause": row.clause,
                    "path": called[row.clause],
                    "kind": row.kind,
                    "level": row.level,
                    "label": row.label,
                    "words": row.words,
                }
                for row in rows
            ],
        }
    ):
        return
    if not rows:
        raise Stopped(
            f"There are no words to show in this reading at entry {position}; "
            "`text --reading marked` shows everything, `log` what happened."
        )
    if lies := where_it_lies(desk, position):
        # Beside the text, which is often sent on to a file.
        note(lies)
    lines = _drawn(moment, reading, rows)
    for row, line in zip(rows, lines, strict=True):
        before = f"{drawn(called[row.clause], Look.PATH)}: " if paths else _INDENT * row.level
        say(before + line)


def _as_printed(moment: Moment, clause: str | None, reading: str) -> None:
    from negotiation.papers.markdown import as_markdown
    from negotiation.views.readings import Reading, reading_named

    wanted = reading_named(reading)
    if clause is not None or wanted not in (Reading.OPEN, Reading.MARKED):
        raise click.UsageError("--notation prints the whole text, open or marked.")
    page = as_markdown(moment, wanted)
    if not answer({"at": moment.at, "reading": reading, "page": page}):
        for line in page.removesuffix("\n").split("\n"):
            say(as_written(line))


def _named(desk: Desk, moment: Moment, clause: str | None, at: int) -> set[str] | None:
    """The ids of the clauses asked for: a heading means its whole block."""
    if clause is None:
        return None
    from negotiation.views.paths import block

    found = clause_named(desk, clause, at)
    return {one.id for one in block(moment, found.id)} | {found.id}


def _rows(desk: Desk, at: int, reading: str, only: set[str] | None) -> list[Printed]:
    from negotiation.views.is_it_clean import NotClean, clean
    from negotiation.views.on_the_page import Reading, as_first_placed, reading_named, whole

    if reading == "clean":
        answered = clean(desk.timeline, at, only)
        if isinstance(answered, NotClean):
            raise Stopped(not_clean(answered))
        return list(answered)
    wanted = reading_named(reading)
    if wanted is None:
        raise click.BadParameter(
            f"“{reading}” is no reading; say open, live, marked, base, clean or as:SPONSOR.",
            param_hint="--reading",
        )
    base = wanted is Reading.BASE
    moment = as_first_placed(desk.timeline, at) if base else desk.timeline.moment(at)
    if not base and not isinstance(wanted, Reading):
        _check_sponsor(moment, wanted)
    return [row for row in whole(moment, wanted) if only is None or row.clause in only]


def _check_sponsor(moment: Moment, wanted: AsProposedBy) -> None:
    from negotiation.views.on_the_page import proposed_by

    if not any(proposed_by(clause, wanted.sponsor) for clause in moment.clauses):
        note(f"Nothing is proposed by “{shown(wanted.sponsor)}”; this is the text as decided.")


def not_clean(answered: NotClean) -> str:
    """What stands in the way of a clean text, in one sentence."""
    obstacles = answered.obstacles
    listed = [
        f"{one.why.value}{f' {one.number}' if one.number else ''}, {one.where}"
        + (f" ({brief(one.words, 28)})" if one.words else "")
        for one in obstacles[:_LISTED]
    ]
    more = f"; and {len(obstacles) - _LISTED} more" if len(obstacles) > _LISTED else ""
    return (
        f"The text is not clean yet, {count(len(obstacles), 'thing')} "
        f"{'stands' if len(obstacles) == 1 else 'stand'} in the way: {'; '.join(listed)}{more}. "
        "`open` and `anomalies` list them."
    )


# -- colours --------------------------------------------------------------------------------------


def _drawn(moment: Moment, reading: str, rows: list[Printed]) -> list[str]:
    from negotiation.views.on_the_page import Reading, reading_named, spans

    wanted = reading_named(reading)
    if not coloured() or wanted is None or wanted is Reading.BASE:
        return [as_written(row.line) for row in rows]
    states = {clause.id: clause for clause in moment.clauses}
    printed = spans(moment, wanted)
    return [draw_clause(states[row.clause], wanted, printed, row) for row in rows]


def draw_clause(
    clause: Clause, reading: Reading | AsProposedBy, printed: Spans | None, row: Printed
) -> str:
    """A clause with its signs, and in colours what the signs say."""
    from negotiation.views.on_the_page import pieces

    rest = [one for one in pieces(clause, reading, printed) if not one.before_label]
    words = "".join(
        _stretch(list(group), sign)
        for sign, group in groupby(rest, key=lambda piece: _sign(piece, reading))
    )
    label = drawn(row.label, Look.STRONG) if row.label else ""
    return label + row.between + words if words else label


def _sign(piece: Piece, reading: Reading | AsProposedBy) -> str:
    from negotiation.views.on_the_page import Reading, Sort

    if piece.sort in (Sort.STRUCK, Sort.GONE):
        return "~~"
    inserted = piece.sort in (Sort.INSERTED, Sort.INSERTED_KEPT)
    return "++" if inserted and reading is Reading.MARKED else ""


def _stretch(group: list[Piece], sign: str) -> str:
    from negotiation.views.on_the_page import Sort

    looks = {
        Sort.INSERTED: Look.INSERTED,
        Sort.INSERTED_KEPT: Look.KEPT,
        Sort.STRUCK: Look.STRUCK,
        Sort.GONE: Look.GONE,
        Sort.BRACKET_OPEN: Look.BRACKET,
        Sort.BRACKET_CLOSE: Look.BRACKET,
    }
    if not any(piece.words for piece in group):
        return ""
    drawn_words = "".join(
        drawn(piece.words, looks[piece.sort]) if piece.sort in looks else as_written(piece.words)
        for piece in group
    )
    return f"{sign}{drawn_words}{sign}"
