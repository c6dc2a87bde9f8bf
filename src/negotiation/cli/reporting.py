"""`report`: the tables and summaries that a chair sends and a secretariat keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import at_option, command, common, moment_of, the_desk, viewer_of
from negotiation.cli.saying import asked, count, note, say, say_json, shown
from negotiation.cli.writing import write_file

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.papers.reports.paper import Paper
    from negotiation.views.what_may_be_seen import Viewer

F = TypeVar("F", bound=Callable[..., Any])

KINDS = ("fate", "provenance", "summary", "columns", "positions", "remaining", "progress")
FORMATS = ("md", "csv", "json")
_TOLD = ("summary",)
"""The kinds that tell of a stretch of time; the others tell of a moment."""


def private_options(function: F) -> F:
    """--seen-by WHO and --private: a report is for everybody unless somebody says otherwise."""
    function = click.option(
        "--private",
        is_flag=True,
        help="All positions and remarks as well; the paper says that it is not for publication.",
    )(function)
    return click.option(
        "--seen-by",
        metavar="WHO",
        help="What the group, the chair or this party may read; what is public if not said.",
    )(function)


def reader(desk: Desk, seen_by: str | None, *, private: bool) -> Viewer:
    """Whose eyes a report is for."""
    from negotiation.views.what_may_be_seen import DESK

    if private and seen_by is not None:
        raise click.UsageError("--private tells everything; say it, or --seen-by.")
    return DESK if private else viewer_of(desk, seen_by or "public")


@command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Markdown, CSV or JSON; seen from the name of the file, otherwise Markdown.",
)
@at_option
@click.option(
    "--from",
    "from_",
    metavar="WHEN",
    help="Where a summary begins; when the last meeting opened if not said.",
)
@click.option("--to", metavar="WHEN", help="Where a summary ends; now if not said.")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@private_options
@common
def report(
    kind: str,
    form: str | None,
    at: str | None,
    from_: str | None,
    to: str | None,
    output: str | None,
    force: bool,
    seen_by: str | None,
    private: bool,
) -> None:
    """A report of the record as Markdown, CSV or JSON.

    \b
      fate        what became of every proposal ever tabled, one row each
      provenance  where every paragraph comes from: contributors, earlier numbers, what was done
      summary     what happened between two moments, grouped by clause, ready to send
      columns     one row a clause, one column a delegation
      positions   who says what of every open point
      remaining   what remains and who holds it, the oldest first
      progress    how open the text was over time

    What is not public stays out unless --private or --seen-by is said. In CSV a cell that a
    spreadsheet would take for a formula begins with an apostrophe.

    \b
      negotiation report fate
      negotiation report summary --from 15:00 -o summary.md
      negotiation report columns --format csv > columns.csv

    Next: `since WHEN` tells the same as a summary to somebody who was in another room.
    """
    if kind in _TOLD and at is not None:
        raise click.UsageError(f"A {kind} tells of a stretch of time; say --from and --to.")
    if kind not in _TOLD and (from_ is not None or to is not None):
        raise click.UsageError(f"{kind} tells of one moment; say --at.")
    written_as = _form(form, output)
    desk = the_desk()
    viewer = reader(desk, seen_by, private=private)
    if kind in _TOLD:
        last = moment_of(desk, to)
        first = last_meeting(desk, last) if from_ is None else moment_of(desk, from_)
        found, paper = _summary(desk, first, last, viewer)
    else:
        found, paper = _of_a_moment(kind, desk, moment_of(desk, at), viewer)
    give(found, paper, written_as, output, force=force)


def _form(form: str | None, output: str | None) -> str:
    """The form that was said, or that the end of the file's name says; the two agree."""
    said = form or ("json" if asked().json else "")
    if output is None:
        return said or "md"
    ending = Path(output).suffix.removeprefix(".").casefold()
    if ending not in FORMATS:
        raise Stopped(f"{output} cannot be written: name a file that ends in .md, .csv or .json.")
    if said and ending != said:
        raise Stopped(f"{output} cannot be written as {said}: name a file that ends in .{said}.")
    return ending


def give(
    found: object, paper: Paper, form: str, output: str | None, *, force: bool = False
) -> None:
    """Print a report, or write it to a file."""
    from negotiation.papers.reports.paper import PRIVATE, as_csv, as_markdown

    if form == "json":
        told = {"not_for_publication": PRIVATE, "report": found} if paper.private else found
        if output is None:
            say_json(told)
            return
        content = _json(told)
    else:
        text = as_csv(paper) if form == "csv" else as_markdown(paper)
        if output is None:
            for line in text.splitlines():
                say(shown(line))
            return
        # A spreadsheet takes a file for UTF-8 only when it begins with this mark.
        content = text.encode("utf-8-sig" if form == "csv" else "utf-8")
    write_file(Path(output), content, force=force)
    say(f"Wrote {shown(output)}: {count(len(content), 'byte')}.")
    if paper.private:
        note(PRIVATE)


def _json(thing: object) -> bytes:
    import msgspec

    from negotiation.cli.saying import as_json

    return msgspec.json.format(as_json(thing)) + b"\n"


def local(time: str) -> str:
    """A time as the clocks of this place show it."""
    from negotiation.papers.reports.paper import shown_time

    if not time:
        return "the beginning"
    return shown_time(dt.datetime.fromisoformat(time).astimezone())


def short(time: str) -> str:
    """The same without the year, for sentences."""
    at = dt.datetime.fromisoformat(time).astimezone()
    return f"{at.day} {at:%b %H:%M}"


def last_meeting(desk: Desk, at: int) -> int:
    """The entry before the last meeting opened; the beginning where none did."""
    from negotiation.domain.events import MeetingOpened

    for entry in reversed(desk.timeline.entries[:at]):
        if isinstance(entry.event, MeetingOpened):
            return entry.number - 1
    return 0


def _summary(desk: Desk, first: int, last: int, viewer: Viewer) -> tuple[object, Paper]:
    from negotiation.papers.reports.summary import summary_paper
    from negotiation.views.what_happened import what_happened
    from negotiation.views.what_may_be_seen import PUBLIC

    course = what_happened(desk.timeline, first, last, viewer=viewer)
    whole = desk.timeline.negotiation(course.to)
    return course, summary_paper(course, whole, local, short, private=viewer != PUBLIC)


def _of_a_moment(kind: str, desk: Desk, at: int, viewer: Viewer) -> tuple[object, Paper]:
    from negotiation.views.what_may_be_seen import PUBLIC

    timeline, whole = desk.timeline, desk.timeline.negotiation(at)
    match kind:
        case "fate":
            from negotiation.papers.reports.fate import fate_paper
            from negotiation.views.what_became_of_all import what_became_of_all

            ends = what_became_of_all(timeline, at)
            return ends, fate_paper(ends, whole, local)
        case "provenance":
            from negotiation.papers.reports.provenance import provenance_paper
            from negotiation.views.where_it_comes_from import where_it_comes_from

            origins = where_it_comes_from(timeline, at, viewer=viewer)
            return origins, provenance_paper(origins, whole, local, private=viewer != PUBLIC)
        case "columns":
            from negotiation.papers.reports.columns import columns_paper
            from negotiation.views.side_by_side import side_by_side

            sheet = side_by_side(timeline, at, viewer=viewer)
            return sheet, columns_paper(sheet, whole, private=viewer != PUBLIC)
        case "positions":
            from negotiation.papers.reports.positions import positions_paper
            from negotiation.views.who_stands_where import who_stands_where

            voices = who_stands_where(timeline, at, viewer=viewer)
            return {"at": at, "points": voices}, positions_paper(
                voices, whole, private=viewer != PUBLIC
            )
        case "remaining":
            from negotiation.papers.reports.remaining import remaining_paper
            from negotiation.views.what_remains import what_remains

            left = what_remains(timeline, at, viewer=viewer)
            return left, remaining_paper(left, whole, local, private=viewer != PUBLIC)
        case _:
            from negotiation.papers.reports.progress import course_of, progress_paper

            course = course_of(timeline, at)
            return course, progress_paper(course, whole, local)
