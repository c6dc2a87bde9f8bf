"""How open the text was over time, and who and what keeps it open."""

from __future__ import annotations

import attrs

from negotiation.domain.negotiation import Negotiation
from negotiation.papers.reports.paper import Heading, Paper, Table, Times, names
from negotiation.views.at_that_time import Timeline
from negotiation.views.progress import Part, by_block, by_party, progress
from negotiation.views.what_is_open import open_points

_COLUMNS = ("Entry", "When", "Open points", "Words inside brackets or undecided")


@attrs.frozen
class Step:
    """How open the text was after one act."""

    entry: int
    when: str
    open_points: int
    words_inside: int


@attrs.frozen
class Course:
    """How open the text was after every act, and what keeps it open at the end."""

    at: int
    course: tuple[Step, ...]
    by_party: tuple[Part, ...]
    by_block: tuple[Part, ...]


def course_of(timeline: Timeline, at: int) -> Course:
    """The course of a record up to an entry."""
    known = progress(timeline)
    moment = timeline.moment(at)
    points = open_points(timeline, moment)
    steps = tuple(
        Step(
            end,
            timeline.entries[end - 1].act.written.isoformat(),
            known.open_points[end],
            known.words_inside[end],
        )
        for end in known.ends
        if end <= at
    )
    return Course(at, steps, by_party(points), by_block(timeline, moment, points))


def progress_paper(found: Course, whole: Negotiation, times: Times) -> Paper:
    """The numbers after every act, and the open points by party and by block."""
    course = Table(
        _COLUMNS,
        tuple(
            (str(one.entry), times(one.when), str(one.open_points), str(one.words_inside))
            for one in found.course
        ),
    )
    parties = Table(
        ("Holds or sponsors", "Open points"),
        tuple(
            (names(whole, [one.name]) if one.name else "nobody on record", str(one.points))
            for one in found.by_party
        ),
    )
    blocks = Table(
        ("Block", "Open points"),
        tuple((one.name or "before the first heading", str(one.points)) for one in found.by_block),
    )
    title = f"Progress{f': {whole.symbol}' if whole.symbol else ''}"
    parts = (course, Heading(2, "By party"), parties, Heading(2, "By block"), blocks)
    return Paper(title, parts if found.by_party else (course,), course)
