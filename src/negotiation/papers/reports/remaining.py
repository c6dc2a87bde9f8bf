"""What remains and who holds it, by age."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.papers.reports.paper import (
    Cell,
    Heading,
    Paper,
    Part,
    Table,
    Times,
    count,
    names,
)
from negotiation.papers.reports.positions import what, words_of
from negotiation.views.how_it_was_decided import Question
from negotiation.views.quoting import cut_short
from negotiation.views.what_remains import Held, Remaining

_COLUMNS = ("What", "Where", "Words", "Who", "Since", "Age in days", "Note")
_Row = tuple[Cell, ...]


def remaining_paper(
    found: Remaining, whole: Negotiation, times: Times, *, private: bool = False
) -> Paper:
    """What stands between the text and agreement."""
    points = tuple(_point(one, whole, times) for one in found.points)
    parked = tuple(
        (
            "parked",
            one.path,
            cut_short(one.words),
            _owner(one.owner, whole),
            times(one.since_when),
            "",
            f"until {one.until}" if one.until else "no time is set",
        )
        for one in found.parked
    )
    conditions = tuple(
        (
            "condition",
            one.path,
            one.condition.words,
            f"agreed: {one.level}",
            times(one.since_when),
            "",
            f"released by {one.releases}",
        )
        for one in found.conditions
    )
    packages = tuple(
        (
            f"package ({one.package.state})",
            one.paths,
            one.package.name,
            "",
            times(one.since_when),
            "",
            f"{count(one.open, 'point')} of it open",
        )
        for one in found.packages
    )
    asked = tuple(_question(one, whole, times) for one in found.questions)
    sections: list[tuple[str, tuple[_Row, ...]]] = [
        ("Open points, the oldest first", points),
        ("Parked", parked),
        ("Agreed on a condition", conditions),
        ("Packages not agreed yet", packages),
        ("Before the room", asked),
    ]
    parts: list[Part] = [_overview(found, times)]
    for title, rows in sections:
        if rows:
            parts += [Heading(2, title), _narrow(rows)]
    title = f"What remains{f': {found.symbol}' if found.symbol else ''}"
    sheet = Table(_COLUMNS, tuple(row for _, rows in sections for row in rows))
    return Paper(title, tuple(parts), sheet, private)


def _narrow(rows: tuple[_Row, ...]) -> Table:
    """The rows without the columns that are empty in all of them."""
    wanted = [place for place in range(len(_COLUMNS)) if any(row[place] for row in rows)]
    return Table(
        tuple(_COLUMNS[place] for place in wanted),
        tuple(tuple(row[place] for place in wanted) for row in rows),
    )


def _overview(found: Remaining, times: Times) -> str:
    told = [
        f"As of {times(found.when)} (entry {found.at}): {count(len(found.points), 'open point')}",
        *([f"{len(found.parked)} parked"] if found.parked else []),
        *([count(len(found.conditions), "condition")] if found.conditions else []),
        *([count(len(found.packages), "package")] if found.packages else []),
        *(
            [f"{count(len(found.questions), 'question')} before the room"]
            if found.questions
            else []
        ),
        *([f"{count(found.damaged, 'damaged place')} on the page"] if found.damaged else []),
        f"{found.agreed} of {count(found.clauses, 'clause')} agreed",
    ]
    return ", ".join(told) + "."


def _owner(owner: str, whole: Negotiation) -> str:
    return f"{whole.party(owner).shown} brings it back" if owner else "nobody named"


def _point(one: Held, whole: Negotiation, times: Times) -> _Row:
    point = one.point
    who = names(whole, one.holders) or "nobody on record"
    notes = [
        *([f"“{point.status}”"] if point.status else []),
        *([point.reason] if point.reason else []),
        *([f"parked until {point.until}"] if point.until else []),
        f"{count(point.age, 'act')} since",
    ]
    return (
        f"{point.number}. {what(point)}",
        point.where,
        words_of(point),
        f"held by {who}" if point.holders else f"proposed by {who}" if one.holders else who,
        times(point.since_when),
        f"{one.days:.1f}",
        tuple(notes),
    )


def _question(one: Question, whole: Negotiation, times: Times) -> _Row:
    against = [
        f"{whole.party(each.party).shown} objects{f': {each.ground}' if each.ground else ''}"
        for each in one.objections
        if each.withdrawn is None
    ]
    silence = f"silence until {times(one.until)}" if one.until else "waits for the gavel"
    return ("question", "", one.question, "", times(one.put.written), "", (silence, *against))
