"""`progress`: how open the text was over time, and who and what keeps it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.cli.options import at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import Look, answer, count, drawn, fields, say, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.views.what_is_open import OpenPoint

_ROWS = 12
_LONGEST = 10


@command()
@at_option
@common
def progress(at: str | None) -> None:
    """How many points were open over time, by party and by block, and which are open longest.

    A point counts for each party that holds or sponsors it. Words are live words inside a bracket
    or undecided. With --json the numbers after every act.

    \b
      negotiation progress
      negotiation progress --at now~20

    Next: `open` lists the points themselves.
    """
    from negotiation.cli.referring import lies_json, where_it_lies
    from negotiation.views.progress import by_block, by_party, longest_held
    from negotiation.views.progress import progress as progress_of
    from negotiation.views.what_is_open import open_points

    desk = the_desk()
    position = moment_of(desk, at)
    course = progress_of(desk.timeline)
    moment = desk.timeline.moment(position)
    points = open_points(desk.timeline, moment)
    parties = by_party(points)
    blocks = by_block(desk.timeline, moment, points)
    longest = longest_held(points, _LONGEST)
    ends = [end for end in course.ends if end <= position]
    rows = [(end, course.open_points[end], course.words_inside[end]) for end in ends]
    if answer(
        {
            "at": position,
            "course": [
                {"entry": end, "open_points": open_, "words_inside": words}
                for end, open_, words in rows
            ],
            "by_party": [fields(one) for one in parties],
            "by_block": [fields(one) for one in blocks],
            "longest": list(longest),
            "before": lies_json(desk, position),
        }
    ):
        return
    if not rows:
        say("Nothing is on record yet.")
        return
    if lies := where_it_lies(desk, position):
        say(lies)
    for end, open_, words in _some(rows):
        told = f"{count(open_, 'open point')}, {count(words, 'word')} inside brackets"
        say(f"{drawn(f'entry {end}', Look.NUMBER)}  {told}")
    if not points:
        say("Nothing is open.")
        return
    say(drawn("By party", Look.STRONG))
    for one in parties:
        say(f"  {one.points}  {_party(desk, position, one.name)}")
    say(drawn("By block", Look.STRONG))
    for one in blocks:
        say(f"  {one.points}  {shown(one.name) or 'before the first heading'}")
    say(drawn("Open the longest", Look.STRONG))
    for point in longest:
        _tell(desk, position, point)


def _some(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The first row, the last one, and as many in between as a page has room for."""
    if len(rows) <= _ROWS:
        return rows
    return [rows[round(place * (len(rows) - 1) / (_ROWS - 1))] for place in range(_ROWS)]


def _tell(desk: Desk, position: int, point: OpenPoint) -> None:
    held = ", ".join(_party(desk, position, code) for code in point.holders)
    notes = [f"since entry {point.since}", f"{count(point.age, 'act')} ago"]
    notes += [f"held by {held}"] if held else []
    say(
        f"  {drawn(str(point.number), Look.NUMBER)}  {drawn(shown(point.where), Look.PATH)}  "
        f"{drawn('; '.join(notes), Look.FAINT)}"
    )


def _party(desk: Desk, position: int, code: str) -> str:
    if not code:
        return "nobody on record"
    return shown(desk.timeline.negotiation(position).party(code).shown)
