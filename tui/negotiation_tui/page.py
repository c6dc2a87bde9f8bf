"""What the screen shows of one moment: the text, what is open in it, what its clauses are called.

Asked of the views once a moment and kept; it holds nothing that the views do not say.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import PositionRecorded, RemarkMade
from negotiation.domain.order import Order
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Kind
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import Names
from negotiation.views.signs import Signs, Spans
from negotiation.views.the_log import sentence
from negotiation.views.what_is_damaged import damaged
from negotiation.views.what_is_open import OpenPoint, open_points
from negotiation.views.what_may_be_seen import PUBLIC, as_seen
from negotiation_tui.draw import visible

_KEPT = 60
_POINTS_KEPT = 8_000
"""Points carry their number and age, and so every page has its own: this is some 4 MB."""
_NEVER_PUBLIC = (PositionRecorded, RemarkMade)
"""What a party says of a text is not for the projector, whatever its visibility."""


@attrs.frozen(eq=False)
class Page:
    """One moment as the screen shows it."""

    moment: Moment
    clauses: tuple[Clause, ...]
    places: Mapping[str, int]
    levels: Mapping[str, int]
    points: tuple[OpenPoint, ...]
    open_on: Mapping[str, tuple[OpenPoint, ...]]
    called: Mapping[str, str]
    damaged: int
    printed: Spans

    @property
    def at(self) -> int:
        """The entry after which the text reads so."""
        return self.moment.at

    def clause(self, clause: str) -> Clause | None:
        """The clause of this id, when the page shows it."""
        place = self.places.get(clause)
        return None if place is None else self.clauses[place]

    def point(self, point: str) -> OpenPoint | None:
        """The open point of this id."""
        return next((one for one in self.points if one.id == point), None)


class Pages:
    """The pages of one record, each worked out when it is first asked for."""

    def __init__(self, timeline: Timeline) -> None:
        """No page yet."""
        self.timeline = timeline
        self._pages: dict[int, Page] = {}
        self._points = 0
        self._sentences: dict[int, str] = {}

    def page(self, at: int) -> Page:
        """The page after entry ``at``."""
        page = self._pages.get(at)
        if page is None:
            page = self._pages[at] = page_of(self.timeline, at)
            self._points += len(page.points)
            while len(self._pages) > 1 and (
                len(self._pages) > _KEPT or self._points > _POINTS_KEPT
            ):
                self._points -= len(self._pages.pop(next(iter(self._pages))).points)
        return page

    def sentence(self, entry: int) -> str:
        """What happened with an entry."""
        told = self._sentences.get(entry)
        if told is None:
            told = sentence(self.timeline.entries[entry - 1], self.timeline)
            self._sentences[entry] = told
        return told

    def is_public(self, entry: int) -> bool:
        """Whether everybody in the room may see an entry."""
        made = self.timeline.entries[entry - 1]
        if isinstance(made.event, _NEVER_PUBLIC):
            return False
        return as_seen(made, PUBLIC, self.timeline) is not None

    def last_on(
        self, clause: str, at: int, count: int, *, private: bool = False
    ) -> tuple[int, ...]:
        """The last entries on a clause up to a moment, the latest first; the public ones only."""
        found: list[int] = []
        for number in reversed(self.timeline.changes_of(clause)):
            if len(found) >= count:
                break
            if number <= at and (private or self.is_public(number)):
                found.append(number)
        return tuple(found)


class _Order:
    """Places and levels, which pages share until a clause comes, goes or moves."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._order = Order()
        self._levels: dict[str, int] = {}

    def places(self, clauses: tuple[Clause, ...]) -> Mapping[str, int]:
        ids = [clause.id for clause in clauses]
        if list(self._places) != ids:
            self._places = {clause: place for place, clause in enumerate(ids)}
        return self._places

    def levels(self, moment: Moment) -> Mapping[str, int]:
        order = moment.negotiation.order
        if order is not self._order:
            self._order, self._levels = order, {one.clause: one.level for one in order}
        return self._levels


def page_of(timeline: Timeline, at: int) -> Page:
    """The page after entry ``at``."""
    moment = timeline.moment(at)
    clauses = tuple(
        clause
        for clause in moment.clauses
        if clause.margin.tabled and (clause.passage.runs or clause.label)
    )
    points = open_points(timeline, moment)
    open_on: dict[str, list[OpenPoint]] = {}
    for point in points:
        for clause_id in point.clauses:
            open_on.setdefault(clause_id, []).append(point)
    shared = timeline.memory(_Order)
    return Page(
        moment,
        clauses,
        shared.places(clauses),
        shared.levels(moment),
        points,
        {clause_id: tuple(found) for clause_id, found in open_on.items()},
        timeline.memory(Names).paths(moment),
        damaged(moment),
        timeline.memory(Signs).spans(moment),
    )


def gone(clause: Clause) -> bool:
    """Whether nothing of the clause stands any more, and so it is hidden by default."""
    if clause.margin.deleted_by:
        return True
    return clause.passage.gone


def badge(clause: Clause, open_points: int) -> str:
    """One sign for how a clause stands."""
    if gone(clause):
        return "−"
    if clause.margin.parked is not None or any(one.parked for one in clause.brackets):
        return "‖"
    if open_points:
        return "[]"
    if clause.agreement is not None:
        return "✓"
    if clause.kind is Kind.HEADER:
        return "·"
    runs = clause.passage.runs
    if clause.base_label is None and runs and all(run.inserted_by is not None for run in runs):
        return "+"
    return "·"


def title(page: Page) -> str:
    """The symbol of the text and its revision."""
    negotiation = page.moment.negotiation
    name = negotiation.symbol or negotiation.title or "no symbol"
    revision = negotiation.pages[-1].revision if negotiation.pages else 0
    if revision and "rev" not in name.casefold():
        return f"{name} Rev.{revision}"
    return name


def elsewhere(page: Page) -> tuple[str, ...]:
    """The body that the text was referred to, as a part of a header; none where it began."""
    whole = page.moment.negotiation
    return (f"before {visible(whole.before)}",) if whole.referrals else ()


def is_heading(clause: Clause) -> bool:
    """Whether the clause is a heading of some kind."""
    return clause.kind in (Kind.HEADING, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING)


def by_whom(entry: Entry, party: str = "") -> str:
    """Who made an entry, as a screen that others look at may say it.

    Who hands something in, or notes something for a delegation alone, is not for everybody. With
    ``party`` that is said instead of the person.
    """
    if entry.visibility in (Visibility.BETWEEN, Visibility.DELEGATION):
        return "somebody"
    return party or entry.act.by or "somebody"
