"""`open` and `anomalies`: what the room has not settled, and what is wrong on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.options import (
    at_option,
    command,
    common,
    moment_of,
    seen_by_option,
    the_desk,
    viewer_of,
)
from negotiation.cli.saying import (
    Look,
    answer,
    brief,
    count,
    drawn,
    fields,
    note,
    quoted,
    say,
    shown,
)

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.views.what_is_damaged import Found
    from negotiation.views.what_is_open import OpenPoint, Wording


@command("open")
@at_option
@seen_by_option
@common
def open_(at: str | None, seen_by: str | None) -> None:
    """What is open, in the order of the text, with holders, sponsors, status and age.

    Positions are counted as far as --seen-by may read them, and never weighed; `notes` lists them.
    The number before a point names it in `resolve`, `lift`, `hold` and the other acts; it is
    counted anew when a point before it is settled. Its place and some words in it name it as well,
    and stay good: `lift "resolves/5: a fund"`.

    \b
      negotiation open
      negotiation open --at "DL/13(Rev.2)"

    Next: `resolve 1 --choose 2` decides a point, `text --paths` shows where it is.
    """
    from negotiation.cli.referring import lies_json
    from negotiation.views.how_open import numbers
    from negotiation.views.what_is_open import what_is_open
    from negotiation.views.what_may_be_seen import positions_counted

    desk = the_desk()
    position = moment_of(desk, at)
    counted = positions_counted(desk.timeline, position, viewer_of(desk, seen_by))
    points = tuple(
        attrs.evolve(point, positions=counted[point.id])
        for point in what_is_open(desk.timeline, position)
    )
    figures = numbers(desk.timeline, position)
    lies = lies_json(desk, position)
    if answer({"at": position, "open": points, "numbers": figures, "before": lies}):
        return
    tell_open(desk, position, points)
    if figures.whole_text:
        note("A bracket stands around the whole text besides.")


def tell_open(desk: Desk, position: int, points: tuple[OpenPoint, ...]) -> None:
    """Print the open points, and how much of the page is damaged."""
    from negotiation.cli.referring import where_it_lies
    from negotiation.views.what_is_damaged import anomalies as anomalies_at

    if lies := where_it_lies(desk, position):
        say(lies)
    if not points:
        say("Nothing is open.")
    numbered = {point.id: point.number for point in points}
    for point in points:
        _tell(desk, position, point, numbered.get(point.inside, 0))
    if points:
        say(f"{count(len(points), 'open point')}.")
    if blocking := anomalies_at(desk.timeline, position).blocking:
        note(f"{count(blocking, 'damaged place')} on the page to be settled (`anomalies`).")


def _tell(desk: Desk, position: int, point: OpenPoint, inside: int) -> None:
    from negotiation.cli.targets import is_proposal

    proposal = is_proposal(point)
    what = point.alternatives[0].kind if proposal else point.kind
    head = f"{drawn(str(point.number), Look.NUMBER)}  {drawn(point.where, Look.PATH)}  {what}"
    notes = [
        *([f"inside {inside}"] if inside else []),
        *([f"held by {_names(desk, position, point.holders)}"] if point.holders else []),
        *([f"“{point.status}”"] if point.status else []),
        *([f"reason: {point.reason}"] if point.reason else []),
        *([f"parked with {point.parked or 'nobody'}"] if point.parked or point.until else []),
        *([f"until {point.until}"] if point.until else []),
        *([count(point.positions, "position")] if point.positions else []),
        f"since entry {point.since}" + (f", {count(point.age, 'act')} ago" if point.age else ""),
    ]
    say(f"{head}  {drawn('; '.join(notes), Look.FAINT)}")
    if proposal:
        _tell_proposal(desk, position, point)
    elif point.alternatives:
        for one in point.alternatives:
            say(f"     {_wording(desk, position, one)}")
    else:
        words = point.words or point.struck
        say(f"     [{shown(brief(words))}]" if words.strip() else "     (no words inside)")


def _tell_proposal(desk: Desk, position: int, point: OpenPoint) -> None:
    one = point.alternatives[0]
    parts = [
        *([f"+ {quoted(point.words)}"] if point.words.strip() else []),
        *([f"- {quoted(point.struck)}"] if point.struck.strip() else []),
    ]
    say(f"     {_by(desk, position, one)} {', '.join(parts)}".rstrip())


def _wording(desk: Desk, position: int, one: Wording) -> str:
    label = f"{shown(one.label)} " if one.label else ""
    state = f" ({one.state})" if one.state not in ("", "on the table") else ""
    return (
        f"{drawn(f'({one.order})', Look.NUMBER)} {_by(desk, position, one)}{state} "
        f"{label}{quoted(one.words)}"
    )


def _by(desk: Desk, position: int, one: Wording) -> str:
    sponsors = _names(desk, position, one.sponsors)
    supporters = _names(desk, position, one.supporters)
    name = " ".join(part for part in (one.symbol, sponsors) if part)
    if not one.proposal and not name:
        return "as printed"
    support = f" (supported by {supporters})" if supporters else ""
    return f"{drawn(name or 'unattributed', Look.STRONG)}{support}"


def _names(desk: Desk, position: int, codes: tuple[str, ...]) -> str:
    whole = desk.timeline.negotiation(position)
    return shown(", ".join(whole.party(code).shown for code in codes))


# -- anomalies ------------------------------------------------------------------------------------


@command()
@at_option
@click.option("--all", "everything", is_flag=True, help="Settled ones as well.")
@common
def anomalies(at: str | None, everything: bool) -> None:
    """What is damaged, doubtful or untidy on the received page, with proposed repairs.

    The printed words stand until somebody settles an anomaly; only live damaged ones keep the text
    from being clean. Lines and columns are those of the received file.

    \b
      negotiation anomalies
      negotiation settle 3 --accept --by "COM 4"

    Next: `settle NUMBER --accept` or `--reject`.
    """
    from negotiation.views.what_is_damaged import anomalies as anomalies_at

    desk = the_desk()
    position = moment_of(desk, at)
    answered = anomalies_at(desk.timeline, position)
    numbered = [
        (number, one)
        for number, one in enumerate(answered.found, start=1)
        if everything or not one.settled
    ]
    if answer(
        {
            "at": position,
            "anomalies": [fields(one, number=number) for number, one in numbered],
            "damaged": answered.damaged,
            "doubtful": answered.doubtful,
            "editorial": answered.editorial,
            "blocking": answered.blocking,
        }
    ):
        return
    several = len({one.received for one in answered.found}) > 1
    for number, one in numbered:
        tell_anomaly(number, one, named=several)
    if not numbered:
        say("There are no anomalies to settle.")
        return
    say(
        f"{answered.damaged} damaged, {answered.doubtful} doubtful, "
        f"{answered.editorial} editorial; {answered.blocking} in the way of a clean text."
    )


def tell_anomaly(number: int, one: Found, *, named: bool = False) -> None:
    """Print one anomaly with its number; with `named`, the document whose line it is."""
    page = f"{shown(one.document)}, " if named and one.document else ""
    look = Look.ALARM if one.severity.value == "damaged" and one.live else Look.STRONG
    alive = "live" if one.live else "struck"
    settled = f", {one.settled}" if one.settled else ""
    say(
        f"{drawn(str(number), Look.NUMBER)}  {page}line {one.line}, column {one.column}  "
        f"{drawn(one.severity.value, look)}, {alive}{settled}  {drawn(one.path, Look.PATH)}  "
        f"{shown(one.message)}"
    )
    say(f"     {quoted(one.words)}" + (f"  repair: {shown(one.repair)}" if one.repair else ""))
