"""`since`: what happened after a moment, for somebody who was in another room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.options import command, common, moment_of, the_desk
from negotiation.cli.reporting import FORMATS, give, local, private_options, reader, short
from negotiation.cli.saying import Look, asked, count, drawn, in_full, note, say, shown
from negotiation.cli.targets import party_code

if TYPE_CHECKING:
    from negotiation.domain.negotiation import Negotiation
    from negotiation.views.how_it_was_decided import Question
    from negotiation.views.in_brief import Happening
    from negotiation.views.what_changed import WordChange
    from negotiation.views.what_happened import ClauseCourse, Course
    from negotiation.views.what_is_open import OpenPoint
    from negotiation.views.what_remains import Remaining

_WIDTH = 10
_NEXT = 8


@command()
@click.argument("moment", metavar="WHEN")
@click.option("--to", metavar="WHEN", help="Where it ends; now if not said.")
@click.option("--for", "party", metavar="PARTY", help="What concerns this party comes first.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="As a paper instead.")
@private_options
@common
def since(
    moment: str,
    to: str | None,
    party: str | None,
    form: str | None,
    seen_by: str | None,
    private: bool,
) -> None:
    """What happened since a moment, clause by clause, and what is next.

    For each clause what was agreed, reopened, decided, proposed, supported, opposed or parked, the
    words that changed, and how it stands now. WHEN is a time, an entry, a version's symbol,
    yesterday or now~3.

    \b
      negotiation since 15:00
      negotiation since "DL/13(Rev.2)" --for Cuba
      negotiation since yesterday --format md

    Next: `report summary` writes it as a paper, `diff` shows the words alone.
    """
    from negotiation.cli.referring import where_it_lies
    from negotiation.papers.reports.paper import PRIVATE
    from negotiation.papers.reports.summary import summary_paper
    from negotiation.views.what_happened import what_happened
    from negotiation.views.what_may_be_seen import PUBLIC
    from negotiation.views.what_remains import what_remains

    desk = the_desk()
    first, last = moment_of(desk, moment), moment_of(desk, to)
    viewer = reader(desk, seen_by, private=private)
    code = party_code(desk, party) if party else ""
    course = what_happened(desk.timeline, first, last, viewer=viewer, party=code)
    whole = desk.timeline.negotiation(course.to)
    remains = what_remains(desk.timeline, course.to, viewer=viewer)
    if form is None and asked().json:
        form = "json"
    if form is not None:
        found = {"happened": course, "next": remains} if form == "json" else course
        give(
            found, summary_paper(course, whole, local, short, private=viewer != PUBLIC), form, None
        )
        return
    if viewer != PUBLIC:
        note(PRIVATE)
    _tell(course, whole)
    _tell_next(remains, whole)
    if lies := where_it_lies(desk, course.to):
        say(f"  {lies}")


def _tell(course: Course, whole: Negotiation) -> None:
    start = local(course.from_when)
    say(
        f"Since {shown(start)} (entry {course.from_}): {count(len(course.clauses), 'clause')} "
        f"touched, {count(course.open_before, 'point')} open then and {course.open_after} now."
    )
    for question in sorted(course.questions, key=lambda one: one.id not in course.concerning):
        name = whole.party(course.party).shown
        concerns = f" (concerns {name})" if question.id in course.concerning else ""
        _row("question", shown(_question(question, whole) + concerns))
    concerned = [one for one in course.clauses if one.concerns]
    rest = [one for one in course.clauses if not one.concerns]
    if course.party:
        name = shown(whole.party(course.party).shown)
        if concerned:
            say(drawn(f"What concerns {name}", Look.STRONG))
        elif not course.concerning:
            say(f"Nothing concerns {name}.")
        for one in concerned:
            _tell_clause(one, whole)
        if rest:
            say(drawn("The rest", Look.STRONG))
    for editing in (False, True):
        part = [one for one in rest if one.editing is editing]
        if part and editing:
            say(drawn("Editing only", Look.STRONG))
        for one in part:
            _tell_clause(one, whole)
    for happening in course.whole:
        if happening.hand.event not in _TOLD:
            why = f": {happening.why}" if happening.why else ""
            say(f"  {shown(happening.what + why)} {_by(happening)}")
    if course.undone:
        note(f"{count(len(course.undone), 'act')} made and undone in between not told of (`log`).")


_TOLD = frozenset(
    "DecisionPut ObjectionMade ObjectionWithdrawn DecisionTaken DecisionDropped PartyJoined".split()
)


def _tell_clause(one: ClauseCourse, whole: Negotiation) -> None:
    from negotiation.views.in_brief import Sort
    from negotiation.views.what_changed import ChangeKind

    say(drawn(one.path, Look.PATH))
    change = one.change
    for sort in Sort:
        for happening in one.of(sort):
            why = f": {happening.why}" if happening.why else ""
            said = f"{shown(happening.what + why)} {_by(happening)}"
            if happening.warning and change is None:
                said += " " + drawn(f"! {happening.warning}", Look.ALARM)
            _row(sort.value, said)
    if change is not None:
        for words in change.changes:
            _row("words", _words(words))
        if ChangeKind.MOVED in change.kinds:
            _row("moved", f"it stood behind {shown(change.moved_from or 'nothing')}")
        if ChangeKind.RELABELLED in change.kinds:
            _row(
                "label",
                shown(f"{change.label_before or 'none'} became {change.label_after or 'none'}"),
            )
    _row("now", _now(one, whole))


def _row(name: str, said: str) -> None:
    say(f"  {drawn(name.ljust(_WIDTH), Look.STRONG)} {said}")


def _words(one: WordChange) -> str:
    from negotiation.views.weighty_words import warning

    parts = [
        *([drawn("- ", Look.STRUCK) + in_full(one.removed)] if one.removed else []),
        *([drawn("+ ", Look.INSERTED) + in_full(one.inserted)] if one.inserted else []),
    ]
    if flag := warning(one.lost, one.gained, one.agreed):
        parts.append(drawn(f"! {flag}", Look.ALARM))
    return "  ".join(parts)


def _by(one: Happening) -> str:
    from negotiation.papers.reports.paper import when

    return drawn(f"({one.who}, {when(one.hand, short)})", Look.FAINT)


def _now(one: ClauseCourse, whole: Negotiation) -> str:
    from negotiation.views.what_changed import ChangeKind

    told: list[str] = []
    if one.agreement is not None:
        hangs = "; ".join(each.words for each in one.agreement.conditions)
        told.append(
            f"agreed at the level “{one.agreement.level}”{f', if: {hangs}' if hangs else ''}"
        )
    if one.parked is not None:
        told.append(f"parked with {whole.party(one.parked.owner).shown or 'nobody'}")
    told += [_point(point, whole) for point in one.open]
    if one.change is not None and ChangeKind.GONE in one.change.kinds:
        told.append("not in the text")
    return shown("; ".join(told) or "nothing open, not agreed")


def _point(point: OpenPoint, whole: Negotiation) -> str:
    from negotiation.papers.reports.positions import what

    held = ", ".join(whole.party(code).shown for code in point.holders)
    return f"point {point.number} open, {what(point)}{f', held by {held}' if held else ''}"


def _question(one: Question, whole: Negotiation) -> str:
    against = [
        whole.party(each.party).shown + (f" ({each.ground})" if each.ground else "")
        for each in one.objections
        if not each.withdrawn
    ]
    if one.how is not None:
        end = f"decided, {one.how.value}"
    elif one.dropped is not None:
        end = "not pursued"
    else:
        end = "before the room"
    objected = f", {', '.join(against)} objected" if against else ""
    return f"“{one.question}”: {end}{objected}"


def _tell_next(remains: Remaining, whole: Negotiation) -> None:
    rows = [
        f"before the room: “{one.question}”"
        + (f", in silence until {local(one.until)}" if one.until else "")
        for one in remains.questions
    ]
    rows += [
        f"{one.path}: parked"
        + (f" with {whole.party(one.owner).shown}" if one.owner else "")
        + (f" until {one.until}" if one.until else "")
        for one in remains.parked
    ]
    rows += [f"{one.path}: agreed if {one.releases}" for one in remains.conditions]
    rows += [
        f"{one.point.where}: “{one.point.status}”" for one in remains.points if one.point.status
    ]
    say(drawn("Next", Look.STRONG))
    for row in rows[:_NEXT]:
        say(f"  {shown(row)}")
    if len(rows) > _NEXT:
        say(f"  and {len(rows) - _NEXT} more (`report remaining`)")
    say(f"  {count(len(remains.points), 'open point')} (`open`)")
