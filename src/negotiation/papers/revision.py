"""A later page of the same negotiation, and the acts that it implies.

The page is read as if it came first; then the record is brought to what that reading shows, with
the fewest events that do it: a clause that reads as before gets none. Clauses are followed wherever
they went, and whatever the page has no more stays on the record, struck by this document.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import ReceiveDraft, ReceiveRevision
from negotiation.domain.entries import Drafted, Evidence
from negotiation.domain.events import (
    AnomalyFound,
    AnomalySettled,
    ClauseDeleted,
    ClauseDrawnFrom,
    ClausePlaced,
    ClauseRelabelled,
    ClauseReprinted,
    DocumentReceived,
    ProposalNotRetained,
    ProposalRetained,
)
from negotiation.domain.evolve import evolve
from negotiation.domain.order import Order
from negotiation.domain.refusals import Refusal
from negotiation.domain.room import Room
from negotiation.domain.rules.named import ending_agreement, strike_everything
from negotiation.domain.terms import Bracket, DocumentRole, How, Kind, Placed
from negotiation.papers import rewording
from negotiation.papers.correspondence import Correspondence, corresponding
from negotiation.papers.draft import Draft
from negotiation.papers.file_form import form_alone, in_our_form
from negotiation.papers.first_page import FirstPage, printed_live, read_first, sides
from negotiation.papers.followed import Implied, followed
from negotiation.papers.imprint import set_apart
from negotiation.papers.intake import received
from negotiation.papers.markdown import printed_alone
from negotiation.papers.page_in import page_in
from negotiation.papers.points_kept import (
    Known,
    brought_to,
    ended,
    matched,
    points_of,
    points_on,
)
from negotiation.papers.reprinted import carried_corrections, reprinted, same_fault, same_slip
from negotiation.papers.untouched import left_behind, untouched
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import has_a_place
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans, spans
from negotiation.views.what_may_be_seen import is_withheld


def implied(
    source: bytes,
    name: str,
    room: Room,
    *,
    symbol: str = "",
    conventions: str = "",
    by: str,
    new_id: Callable[[], str],
) -> tuple[ReceiveRevision, Implied, Draft]:
    """The act that receives a later page, what it comes to, and the reading that it rests on.

    Raises `NotReadable` for a file that is not text.
    """
    body = conventions or room.negotiation.conventions
    bases = [one for one in room.negotiation.documents if one.role is DocumentRole.BASE]
    read = [received(source, name, conventions=body, new_id=new_id)]
    if bases and not is_withheld(bases[-1]) and not read[0][1].tracked:
        base, called = bases[-1].source, bases[-1].name
        read.append(
            received(source, name, base=base, base_name=called, conventions=body, new_id=new_id)
        )
    drafts: list[tuple[ReceiveRevision, Implied, Draft]] = []
    refused: list[Refusal] = []
    for one in read:
        try:
            drafts.append(_drafted(one, source, name, symbol, room, by))
        except Refusal as refusal:
            refused.append(refusal)
    if not drafts:
        raise refused[0]
    # A text typed in full stands for itself, one marked against the base reads beside it: whichever
    # reading is nearer to the record is meant, and in doubt what the page alone says.
    return min(drafts, key=lambda drafted: _steps(drafted[0]))


def _drafted(
    read: tuple[ReceiveDraft, Draft], source: bytes, name: str, symbol: str, room: Room, by: str
) -> tuple[ReceiveRevision, Implied, Draft]:
    command, draft = read
    header = draft.header
    symbol = symbol or header.symbol or ""
    document = DocumentReceived(
        name,
        hashlib.sha256(source).hexdigest(),
        source,
        symbol,
        header.revision or 0,
        header.date,
        DocumentRole.REVISION,
    )
    page = read_first(command.drafted)
    ours = _says_what_it_is(source, name) or in_our_form(page)
    revision = _Revision(room, page, document, by, ours=ours, tracked=draft.tracked)
    drafted = tuple(revision.drafted())
    if all(form_alone(one.event, room.clauses.get(one.clause)) for one in drafted):
        drafted = tuple(one for one in drafted if one.event is document)
    return ReceiveRevision(symbol, drafted), revision.told(), draft


def _says_what_it_is(source: bytes, name: str) -> bool:
    page = page_in(source, name)
    return isinstance(page, str) and set_apart(page)[1] is not None


def _steps(command: ReceiveRevision) -> int:
    """How far a reading is from the record; what it finds doubtful is no step."""
    beside = (AnomalyFound, AnomalySettled, ClauseReprinted)
    return sum(not isinstance(one.event, beside) for one in command.drafted)


# -- from the record to the page ------------------------------------------------------------------


class _Revision:
    """The record on its way to what the page shows."""

    def __init__(
        self,
        room: Room,
        page: FirstPage,
        document: DocumentReceived,
        by: str,
        *,
        ours: bool = False,
        tracked: bool = False,
    ) -> None:
        self._ours = ours
        self._room, self._page, self._document, self._by = room, page, document, by
        self._symbol = document.symbol or document.name
        self._before = tuple(one for one in room.in_order() if one.margin.tabled)
        self._states: dict[str, Clause] = {one.id: one for one in self._before}
        self._number = room.head + 1
        self._events: dict[str, list[Drafted]] = defaultdict(list)
        self._found: Correspondence = self._corresponding()
        self._names = {one.id: self._name(one) for one in page.clauses}
        self._waiting: set[str] = set()
        if tracked:
            gone = left_behind(page.clauses, self._names, self._before)
            shown = tuple(one for one in page.clauses if one.id not in gone)
            self._page = page = attrs.evolve(page, clauses=shown)
        self._untouched = self._untouched_in(page.clauses) if tracked else frozenset()
        self._page = page = attrs.evolve(page, clauses=tuple(map(self._as_it_waits, page.clauses)))
        self._page_spans = spans(Moment(0, room.negotiation, page.clauses))
        self._points: dict[str, str] = {}
        self._own_points: dict[str, str] = {}
        self._counts = (0, 0, 0)
        self._levels = dict(page.levels)
        there = set(self._names.values())
        headed = not ours and any(one.kind is Kind.HEADER for one in page.clauses)
        # Lines above no text at all are what there is of one, and go like any.
        headed |= all(one.kind is Kind.HEADER for one in self._before)
        self._dropped = [
            one
            for one in self._before
            if one.id not in there
            and (one.brackets or has_a_place(one, Reading.OPEN))
            # Page furniture is no text: a page that has none of its own strikes nothing.
            and (one.brackets or one.kind is not Kind.HEADER or headed)
        ]

    def _corresponding(self) -> Correspondence:
        whole = self._room.negotiation
        self._spans = spans(Moment(self._room.head, whole, self._before))
        self._page_spans = spans(Moment(0, whole, self._page.clauses))
        return corresponding(
            list(sides(self._before, self._spans)),
            list(sides(self._page.clauses, self._page_spans)),
        )

    def _name(self, shown: Clause) -> str:
        """The id of the clause in the record, or its own where it is new there."""
        name = self._found.pairs.get(shown.id, shown.id)
        known = self._states.get(name)
        # A label alone stands only where it never had words: what had some was struck with them.
        emptied = known is not None and known.passage.runs and not shown.passage.runs
        return shown.id if emptied else name

    def _as_it_waits(self, shown: Clause) -> Clause:
        """The clause of the record, where the page prints it as the record does.

        A proposal of the room is printed in brackets with its sponsor and waits for a decision;
        read as if it came first, the sponsor's name would be words, and what is struck decided.
        """
        name = self._names[shown.id]
        clause = self._states.get(name)
        if clause is None:
            return shown
        if shown.id in self._untouched:
            return self._waits(shown, clause)
        if not any(
            one.state == "on the table" and one.entry != clause.margin.tabled_by
            for one in clause.proposals
        ):
            return shown
        elsewhere = {
            bracket.point
            for one in (*self._page.clauses, *self._before)
            if one.id not in (shown.id, name)
            for bracket in one.brackets
        }
        if any(one.point in elsewhere for one in (*shown.brackets, *clause.brackets)):
            return shown
        whole = self._room.negotiation
        ours = printed_alone(clause, self._spans, whole, Reading.OPEN)
        theirs = printed_alone(shown, self._page_spans, whole, Reading.MARKED)
        if rewording.squeezed(ours) != rewording.squeezed(theirs):
            return shown
        return self._waits(shown, clause)

    def _waits(self, shown: Clause, clause: Clause) -> Clause:
        self._waiting.add(shown.id)
        margin = attrs.evolve(clause.margin, anomalies=shown.margin.anomalies)
        return attrs.evolve(clause, id=shown.id, margin=margin)

    def _untouched_in(self, page: Sequence[Clause]) -> frozenset[str]:
        pairs = {
            one.id: (one, self._states[name])
            for one in page
            if (name := self._names[one.id]) in self._states
        }
        return untouched(pairs, page, self._before, (self._page_spans, self._spans))

    def drafted(self) -> Iterator[Drafted]:
        """Everything that the page implies, in the order of the page."""
        page = self._page.clauses
        for shown in page:
            self._words(shown)
        for one in self._dropped:
            self._drop(one)
        self._brackets()
        for shown in page:
            self._beside(shown)
        yield Drafted("", self._document, self._line(1))
        known = {party.code: party for party in self._room.negotiation.parties}
        for party in self._page.parties:
            held = known.get(party.code)
            if held is None or (party.name and not held.name):
                yield Drafted("", party, self._line(1))
        levels = {placed.clause: placed.level for placed in self._room.negotiation.order}
        higher = self._higher(levels)
        before = ""
        for shown in page:
            name = self._names[shown.id]
            level = self._page.levels[shown.id]
            if shown.kind is Kind.HEADING:
                level = max(0, level + higher)
            self._levels[shown.id] = level
            own = self._events.pop(name, [])
            tabled = name not in levels
            if tabled:
                yield own.pop(0)
            if tabled or shown.id in self._found.moved or levels[name] != level:
                yield Drafted("", ClausePlaced(name, before, level), self._at(shown))
            yield from own
            before = name
        for one in self._dropped:
            yield from self._events.pop(one.id, [])

    def _higher(self, levels: Mapping[str, int]) -> int:
        """By how much the page prints all its headings higher: as such that is no move."""
        steps = {
            levels[name] - self._page.levels[one.id]
            for one in self._page.clauses
            if one.kind is Kind.HEADING
            and (name := self._names[one.id]) in levels
            and self._states[name].kind is Kind.HEADING
        }
        return steps.pop() if len(steps) == 1 else 0

    # -- words ------------------------------------------------------------------------------------

    def _words(self, shown: Clause) -> None:
        name = self._names[shown.id]
        if shown.id in self._waiting:
            return
        if name == shown.id:
            tabled, evidence = self._page.tabled[shown.id]
            self._say(name, tabled, evidence)
            return
        at, symbol = self._at(shown), self._symbol
        here = has_a_place(self._states[name], Reading.OPEN)
        there = has_a_place(shown, Reading.OPEN)
        if here and not there:
            self._drop(self._states[name], f"printed struck in {symbol}")
            return
        if not here and not there:
            return
        if not here and (back := rewording.restored(self._states[name])) is not None:
            self._say(name, back, at)
        if rewording.rewords(self._states[name], shown):
            ground = f"{symbol} has other words"
            for reopened in ending_agreement(self._room, self._states[name], self._by, ground):
                self._say(name, reopened.event, at)
            if (event := rewording.revised(self._states[name], shown, symbol)) is not None:
                self._say(name, event, at)
        self._marks(name, shown, at)
        if (event := rewording.left_over(self._states[name], shown, symbol)) is not None:
            self._say(name, event, at)
            self._marks(name, shown, at)
        for settled in rewording.decided(self._states[name], shown):
            self._say(name, settled, at)
        if shown.passage.pending:
            self._marks(name, shown, at)
        if any(one.how is How.NOT_PRINTED for one in shown.printed):
            # What only the base has is not on the page, struck or not.
            return
        for besides in rewording.struck_besides(self._states[name], shown, symbol):
            self._say(name, besides, at)

    def _marks(self, name: str, shown: Clause, at: Evidence) -> None:
        for _ in shown.proposals:
            event = next(rewording.proposed(self._states[name], shown), None)
            if event is None:
                return
            self._say(name, event, at)

    def _drop(self, clause: Clause, reason: str = "") -> None:
        heir = self._found.merged.get(clause.id)
        if not reason:
            reason = f"not in {self._symbol}"
            if heir is not None:
                shown = next(one for one in self._page.clauses if one.id == heir)
                reason = f"merged into {shown.label or 'the text before or after it'}"
                reason += f" in {self._symbol}"
        at = self._line(1)
        for reopened in ending_agreement(self._room, clause, self._by, reason):
            self._say(clause.id, reopened.event, at)
        edits = strike_everything(clause.passage)
        if edits or has_a_place(clause, Reading.OPEN):
            self._say(clause.id, ClauseDeleted(edits, reason), at)
        for proposal in clause.proposals:
            if proposal.state == "on the table" and proposal.kind != "NOC":
                went = ProposalRetained if proposal.kind == "SUP" else ProposalNotRetained
                self._say(clause.id, went(proposal.id), at)
        for point in points_on(clause):
            self._say(clause.id, ended(self._states[clause.id], point), at)
        for anomaly in clause.margin.anomalies:
            if not anomaly.settled:
                self._say(clause.id, AnomalySettled(anomaly.id, accepted=False), at)

    # -- open points ------------------------------------------------------------------------------

    def _brackets(self) -> None:
        page = self._page.clauses
        named = [self._states[self._names[one.id]] for one in page]
        before = points_of(named)
        after = points_of(page, self._names)
        self._points = {one.id: one.id for one in after} | matched(before, after)
        self._own_points = {name: point for point, name in self._points.items()}
        kept = set(self._own_points)
        gone = {one.point for clause in self._before for one in clause.brackets} - kept
        known_points = {one.id for one in before}
        new = [point for point, name in self._points.items() if name not in known_points]
        self._counts = (len(self._points) - len(new), len(new), len(gone))
        known = Known(self._points, self._first_shares())
        for shown in page:
            self._brought_to(shown, known, anew=False)
        now = spans(
            Moment(0, self._room.negotiation, tuple(self._states[self._names[o.id]] for o in page))
        )
        for shown in page:
            clause = self._states[self._names[shown.id]]
            if shown.brackets and self._differs(clause, shown, now):
                self._brought_to(shown, known, anew=True)

    def _brought_to(self, shown: Clause, known: Known, *, anew: bool) -> None:
        name = self._names[shown.id]
        for event in brought_to(self._states[name], shown, known, anew=anew):
            own = self._own_points.get(getattr(event, "point", ""), "")
            self._say(name, event, self._page.lines.get((shown.id, own)) or self._at(shown))

    def _first_shares(self) -> dict[str, Bracket]:
        found: dict[str, Bracket] = {}
        for clause in self._before:
            for bracket in clause.brackets:
                if bracket.begins or bracket.point not in found:
                    found[bracket.point] = bracket
        return found

    def _differs(self, clause: Clause, shown: Clause, now: Spans) -> bool:
        return rewording.squeezed(printed_live(clause, now)) != rewording.squeezed(
            printed_live(shown, self._page_spans)
        )

    # -- beside the words -------------------------------------------------------------------------

    def _beside(self, shown: Clause) -> None:
        name, at = self._names[shown.id], self._at(shown)
        clause = self._states[name]
        as_before = name != shown.id and clause.label == shown.label and not self._events[name]
        drawn = tuple(
            one
            for one in self._found.drawn.get(shown.id, ())
            if one not in clause.margin.drawn_from
        )
        if drawn:
            self._say(name, ClauseDrawnFrom(drawn), at)
        if name != shown.id and shown.id not in self._waiting:
            if clause.label != shown.label:
                self._say(name, ClauseRelabelled(shown.label), at)
            printed = reprinted(clause, shown)
            margin = clause.margin
            if (clause.kind, margin.lead, margin.label_struck, clause.printed) != (
                shown.kind,
                shown.margin.lead,
                shown.margin.label_struck,
                printed,
            ):
                event = ClauseReprinted(
                    shown.kind, shown.margin.lead, shown.margin.label_struck, printed
                )
                if not (self._ours and form_alone(event, clause)):
                    self._say(name, event, at)
        if not as_before:
            # Of words that stand as they stood, whatever is doubtful is known or was answered.
            self._anomalies(name, shown)

    def _anomalies(self, name: str, shown: Clause) -> None:
        clause = self._states[name]
        waiting = [one for one in clause.margin.anomalies if not one.settled]
        answered = [one for one in clause.margin.anomalies if one.settled == "rejected"]
        for anomaly in shown.margin.anomalies:
            same = next((one for one in waiting if same_fault(one, anomaly)), None)
            same = same or next((one for one in waiting if same_slip(one, anomaly)), None)
            if same is not None:
                waiting.remove(same)
                continue
            same = next((one for one in answered if same_fault(one, anomaly)), None)
            if same is not None:
                answered.remove(same)
                continue
            damage = attrs.evolve(
                anomaly.damage,
                corrections=carried_corrections(anomaly.damage.corrections, clause, shown),
            )
            at = self._page.lines.get((shown.id, anomaly.id))
            self._say(name, AnomalyFound(anomaly.id, damage), at)
        for anomaly in waiting:
            self._say(name, AnomalySettled(anomaly.id, accepted=False), self._at(shown))

    # -- events -----------------------------------------------------------------------------------

    def _say(self, clause: str, event: object, at: Evidence | None) -> None:
        self._number += 1
        before = self._states.get(clause)
        self._states[clause] = evolve(before, self._number, clause, event)  # type: ignore[arg-type]  # only events of clauses are said here
        self._events[clause].append(Drafted(clause, event, at))  # type: ignore[arg-type]  # as above

    def _at(self, shown: Clause) -> Evidence:
        return self._page.tabled[shown.id][1] or self._line(1)

    def _line(self, line: int) -> Evidence:
        return Evidence(self._document.name, line)

    def told(self) -> Implied:
        """What it all comes to."""
        page, states = self._page.clauses, self._states
        before = {one.id: one for one in self._before}
        printed = {
            one.id: (
                printed_live(before[self._names[one.id]], self._spans),
                printed_live(one, self._page_spans),
            )
            for one in page
            if self._names[one.id] in before
        }
        lines = {one.id: self._at(one).line for one in page}
        levels = self._levels
        order = Order(Placed(self._names[one.id], levels[one.id]) for one in page)
        after = Moment(
            self._number,
            attrs.evolve(self._room.negotiation, order=order),
            tuple(states[placed.clause] for placed in order),
        )
        told = followed(self._found, self._names, before, page, printed, lines, self._dropped)
        return Implied(self._symbol, tuple(told), after, *self._counts)
