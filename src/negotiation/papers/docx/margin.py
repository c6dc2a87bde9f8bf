"""What a marked text says in its margin: whose words they are, who holds what, what moved.

Only what anybody may read. What the record itself tells stands under the name of the record; a
remark and a position stand under the name of whoever made them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from negotiation.domain.clause import Clause
from negotiation.papers.docx.by_whom import ByWhom, times
from negotiation.papers.docx.marked_page import Anchors, Marked
from negotiation.papers.docx.moves import Half
from negotiation.papers.docx.page import Comment, Place
from negotiation.papers.imprint import RECORD
from negotiation.papers.markdown import attributions
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import has_a_place
from negotiation.views.paths import paths
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import OpenPoint, open_points
from negotiation.views.what_may_be_seen import PUBLIC, positions_on, remarks_on


def margin(
    timeline: Timeline, moment: Moment, marked: Marked, by_whom: ByWhom, *, names: bool
) -> tuple[Comment, ...]:
    """The comments on a marked text, in the order of their places.

    Without names there are only those on moves: the others say who holds what, and who said it.
    """
    found = list(_moves(timeline, moment, marked))
    if names:
        found += _open(timeline, moment, marked.anchors)
        for clause in moment.clauses:
            found += _whose(moment, clause, marked.anchors, by_whom)
            found += _said(timeline, moment, clause, marked.anchors, by_whom)
    in_order = sorted(found, key=lambda one: (one.start.paragraph, one.start.offset))
    return tuple(
        Comment(str(number), one.author, one.words, one.start, one.end, one.at, one.utc)
        for number, one in enumerate(in_order, start=1)
    )


def _told(words: str, at: tuple[Place, Place], when: dt.datetime, author: str = RECORD) -> Comment:
    local, utc = times(when)
    return Comment("", author, words, *at, local, utc)


def _now(timeline: Timeline, moment: Moment) -> dt.datetime:
    return timeline.entries[moment.at - 1].act.happened.at


# -- open points ----------------------------------------------------------------------------------


def _open(timeline: Timeline, moment: Moment, anchors: Anchors) -> Iterator[Comment]:
    for point in open_points(timeline, moment):
        at = anchors.of(point.id) or _of_clause(anchors, point.clauses[0])
        if at is not None:
            yield _told(_words(timeline, moment, point), at, _now(timeline, moment))


def _words(timeline: Timeline, moment: Moment, point: OpenPoint) -> str:
    whole = moment.negotiation

    def named(parties: tuple[str, ...]) -> str:
        return ", ".join(whole.party(code).shown for code in parties)

    lines = [f"Open point {point.number}, {point.kind}."]
    if point.holders:
        lines.append(f"Held by {named(point.holders)}.")
    if point.sponsors:
        lines.append(f"Proposed by {named(point.sponsors)}.")
    if point.status:
        lines.append(f"Status: {point.status}.")
    if point.reason:
        lines.append(f"Reason: {point.reason}.")
    if point.since:
        since = timeline.entries[point.since - 1].act.happened.at
        days = max((_now(timeline, moment) - since).days, 0)
        age = "" if not days else ", for 1 day" if days == 1 else f", for {days} days"
        lines.append(f"Open since {since.date().isoformat()}{age}.")
    if point.parked:
        until = f" until {point.until}" if point.until else ""
        lines.append(f"Parked with {whole.party(point.parked).shown}{until}.")
    return "\n".join(lines)


# -- whose words --------------------------------------------------------------------------------


def _whose(moment: Moment, clause: Clause, anchors: Anchors, by_whom: ByWhom) -> Iterator[Comment]:
    """The lines that drafts print above words to say whose they are: `CUB/70/3 – Cuba`."""
    at = _of_clause(anchors, clause.id)
    if at is None or not has_a_place(clause, Reading.LIVE):
        return
    for line in attributions(clause, moment.negotiation, Reading.OPEN):
        touch = by_whom.attributed(clause, line)
        yield Comment("", RECORD, line.words, *at, touch.at, touch.utc)


# -- what was said --------------------------------------------------------------------------------


def _said(
    timeline: Timeline, moment: Moment, clause: Clause, anchors: Anchors, by_whom: ByWhom
) -> Iterator[Comment]:
    whole = moment.negotiation
    for remark in remarks_on(clause, PUBLIC, timeline):
        at = anchors.of(remark.on) or _of_clause(anchors, clause.id)
        if at is not None:
            made = by_whom.made(remark.entry)
            yield Comment("", made.author, remark.words, *at, made.at, made.utc)
    for position in positions_on(clause, PUBLIC, timeline):
        at = anchors.of(position.on) or _of_clause(anchors, clause.id)
        if at is not None:
            told = position.stance.value.capitalize()
            condition = f": {position.condition}" if position.condition else ""
            made = by_whom.made(position.entry)
            party = whole.party(position.party).shown
            yield Comment("", party, f"{told}{condition}.", *at, made.at, made.utc)
    parked = clause.margin.parked
    at = _of_clause(anchors, clause.id)
    if parked is not None and at is not None:
        until = f" until {parked.until}" if parked.until else ""
        owner = whole.party(parked.owner).shown
        yield _told(f"Parked with {owner}{until}.", at, _now(timeline, moment))


# -- moves ----------------------------------------------------------------------------------------


def _moves(timeline: Timeline, moment: Moment, marked: Marked) -> Iterator[Comment]:
    called = paths(moment)
    now = _now(timeline, moment) if marked.moved else None
    for clause in marked.moved:
        for half, words in (
            (Half.LEFT, f"Moved: it stands at {called[clause]} now."),
            (Half.CAME, f"Moved here from the place where {called[clause]} is struck."),
        ):
            at = marked.anchors.of(clause, half)
            if at is not None and now is not None:
                yield _told(words, at, now)


def _of_clause(anchors: Anchors, clause: str) -> tuple[Place, Place] | None:
    return anchors.of(clause, Half.STAYS) or anchors.of(clause, Half.CAME)
