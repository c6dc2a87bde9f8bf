"""Brackets: placed, held, released, narrowed, widened, lifted; and further alternatives."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    HoldBracket,
    LiftBracket,
    NoteStatus,
    PlaceBracket,
    ReachBracket,
    ReleaseBracket,
    TableAlternative,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    AlternativeTabled,
    BracketHeld,
    BracketLifted,
    BracketNarrowed,
    BracketPlaced,
    BracketReleased,
    BracketWidened,
    ClausePlaced,
    ClauseTabled,
    StatusNoted,
)
from negotiation.domain.refusals import (
    AlreadyThere,
    HasAlternatives,
    LiftedBefore,
    NoSuchThing,
    NothingChanges,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import (
    called,
    check_joint,
    new_id,
    new_proposal,
    open_clause,
    sharing,
    stretch,
)
from negotiation.domain.rules.undo_of_the_whole import is_reversed
from negotiation.domain.terms import (
    Alternative,
    Bracket,
    BracketKind,
    Origin,
    TabledRun,
)
from negotiation.text.edit import insertion
from negotiation.text.passage import Standing
from negotiation.text.places import Reach


def place(command: PlaceBracket, room: Room) -> list[Drafted]:
    """A bracket on words, on a clause, or from one clause to another; crossing is allowed."""
    if room.sharing(command.point):
        raise AlreadyThere("open point", command.point)
    first = open_clause(room, command.clause)
    start = stretch(first, command.words) if command.words is not None else None
    if not command.last or command.last == command.clause:
        reach = Reach(start.start, start.end) if start is not None else Reach()
        if command.last_words is not None:
            end = stretch(first, command.last_words).end
            reach = Reach(None if start is None else start.start, end)
            if start is not None and end <= start.start:
                raise Unclear(
                    "The bracket would end before it begins; name the earlier words first."
                )
        if not command.reason.strip():
            _not_lifted_before(first, reach, room)
        return [_placed(command, first, reach, begins=True)]
    covered = _from_to(room, command.clause, command.last)
    last = covered[-1]
    end_at = stretch(last, command.last_words).end if command.last_words is not None else None
    drafted = [_placed(command, first, Reach(None if start is None else start.start), begins=True)]
    drafted += [_placed(command, clause, Reach(), begins=False) for clause in covered[1:-1]]
    return [*drafted, _placed(command, last, Reach(None, end_at), begins=False)]


def _not_lifted_before(clause: Clause, reach: Reach, room: Room) -> None:
    """Refuse a bracket without a reason on words whose bracket the room has lifted."""
    wanted = _words_in(clause, reach)
    for entry in reversed(room.past.entries):
        event = entry.event
        if entry.clause != clause.id or not isinstance(event, BracketLifted):
            continue
        then = room.past.clause(clause.id, entry.number - 1)
        lifted = then.bracket(event.point) if then is not None else None
        if (
            then is not None
            and lifted is not None
            and _words_in(then, lifted.reach) == wanted
            and not is_reversed(room.past.entries, entry.act.id)
        ):
            raise LiftedBefore(called(clause), entry.number)


def _words_in(clause: Clause, reach: Reach) -> list[str]:
    start, end = reach.within(len(clause.passage.words))
    return clause.passage.live_between(start, end).split()


def _placed(command: PlaceBracket, clause: Clause, reach: Reach, *, begins: bool) -> Drafted:
    return Drafted(
        clause.id,
        BracketPlaced(
            command.point,
            command.kind,
            reach,
            begins,
            command.holders if begins else (),
            command.status if begins else "",
            command.reason if begins else "",
        ),
    )


def _from_to(room: Room, first: str, last: str) -> list[Clause]:
    order = [clause.id for clause in room.in_order()]
    if last not in order:
        raise NoSuchThing("clause", last, "`text` shows the clauses and their paths")
    low, high = order.index(first), order.index(last)
    if high < low:
        raise Unclear("The bracket would end before it begins; name the earlier clause first.")
    # Clauses without words lie between like any other: the bracket passes them by.
    return [
        open_clause(room, clause)
        for clause in order[low : high + 1]
        if clause in (first, last) or room.clauses[clause].passage.live
    ]


def hold(command: HoldBracket, room: Room) -> list[Drafted]:
    """A party insists."""
    clause, bracket = _begin(room, command.point)
    if not command.party:
        raise Unclear("Say which party holds the bracket, with `--for`.")
    if command.party in bracket.holders:
        raise NothingChanges(f"{command.party} holds this bracket already")
    return [Drafted(clause.id, BracketHeld(command.point, command.party, command.reason))]


def release(command: ReleaseBracket, room: Room) -> list[Drafted]:
    """A party insists no longer; the bracket stays until the chair lifts it."""
    clause, bracket = _begin(room, command.point)
    if command.party not in bracket.holders:
        held = ", ".join(bracket.holders) or "nobody"
        raise NothingChanges(f"{command.party} does not hold this bracket (held by {held})")
    return [Drafted(clause.id, BracketReleased(command.point, command.party))]


def reach(command: ReachBracket, room: Room) -> list[Drafted]:
    """Narrower or wider, within one clause."""
    touched = sharing(room, command.point)
    clause = next((one for one in touched if one.id == command.clause), None)
    bracket = clause.bracket(command.point) if clause is not None else None
    if clause is None or bracket is None or len(touched) > 1:
        raise Unclear("Only a bracket within one clause is narrowed or widened; place a new one.")
    words = stretch(clause, command.words)
    new = Reach(words.start, words.end)
    length = len(clause.passage.words)
    if new.within(length) == bracket.reach.within(length):
        raise NothingChanges("the bracket covers exactly these words")
    wordings = [one for one in clause.alternatives if one.point == command.point]
    if not all(new.holds(one.reach, length) for one in wordings):
        raise Unclear("The bracket has to hold all wordings of its open point; name them too.")
    if bracket.reach.holds(new, length):
        return [Drafted(clause.id, BracketNarrowed(command.point, new))]
    return [Drafted(clause.id, BracketWidened(command.point, new))]


def lift(command: LiftBracket, room: Room) -> list[Drafted]:
    """The words inside stand. Several wordings, or a proposed one, have to be decided instead."""
    touched = sharing(room, command.point)
    rivals = [
        one
        for clause in touched
        for one in clause.alternatives
        if one.point == command.point and not fallen(clause, one)
    ]
    if rivals:
        raise HasAlternatives(command.point, len(rivals))
    return [Drafted(clause.id, BracketLifted(command.point)) for clause in touched]


def note(command: NoteStatus, room: Room) -> list[Drafted]:
    """The chair's note."""
    clause, bracket = _begin(room, command.point)
    if bracket.status == command.status:
        raise NothingChanges("the status reads so already")
    return [Drafted(clause.id, StatusNoted(command.point, command.status))]


def alternative(command: TableAlternative, room: Room) -> list[Drafted]:
    """Another wording: a clause behind the point's last one, or words inside the bracket."""
    touched = sharing(room, command.point)
    _begin(room, command.point)
    if not command.words:
        raise Unclear("An alternative needs words.")
    new_proposal(room, command.proposal)
    rivals = [
        one for clause in touched for one in clause.alternatives if one.point == command.point
    ]
    order = 1 + max((one.order for one in rivals), default=0)
    if command.clause:
        host = next((one for one in touched if one.id == command.clause), None)
        if host is None:
            raise Unclear("The open point does not touch that clause; name one that it touches.")
        if any(one.reach.whole for one in rivals):
            raise Unclear(
                "The wordings of this open point are clauses; table this one as a clause, too."
            )
        return _within(command, host, order, first=not rivals)
    for clause in touched:
        bracket = clause.bracket(command.point)
        length = len(clause.passage.words)
        if bracket is not None and bracket.reach.within(length) != (0, length):
            raise Unclear(
                f"This bracket holds only some words of {called(clause)}; put the other wording "
                "into that clause, or bracket the whole clause."
            )
    return _beside(command, touched, order, room)


def _within(command: TableAlternative, host: Clause, order: int, *, first: bool) -> list[Drafted]:
    bracket = host.bracket(command.point)
    assert bracket is not None
    begin, end = bracket.reach.within(len(host.passage.words))
    drafted: list[Drafted] = []
    if first:
        # The words that the bracket holds become the first alternative.
        drafted.append(
            Drafted(host.id, AlternativeTabled(command.point, order, reach=Reach(begin, end)))
        )
        order += 1
    words = command.words
    check_joint(host.passage, end, words)
    size = len(words)
    drafted.append(
        Drafted(
            host.id,
            AlternativeTabled(
                command.point,
                order,
                command.proposal.id,
                command.proposal.sponsors,
                Reach(end, end + size),
                edits=(insertion(end, words),),
                terms=command.proposal,
            ),
        )
    )
    if bracket.reach.end is not None:
        drafted.append(
            Drafted(host.id, BracketWidened(command.point, Reach(bracket.reach.start, end + size)))
        )
    return drafted


def _beside(
    command: TableAlternative, touched: list[Clause], order: int, room: Room
) -> list[Drafted]:
    new_id(room, command.new_clause)
    last = touched[-1]
    drafted: list[Drafted] = []
    if order == 1:
        for clause in touched:
            drafted.append(
                Drafted(clause.id, AlternativeTabled(command.point, order, label=clause.label))
            )
            order += 1
    label = command.label or touched[0].label
    run = TabledRun(
        command.words, Origin.INSERTED, standing=Standing.PENDING, source=command.proposal.id
    )
    level = next(p.level for p in room.negotiation.order if p.clause == last.id)
    return [
        *drafted,
        Drafted(
            command.new_clause,
            ClauseTabled(last.kind, label, (run,), proposal=command.proposal),
        ),
        Drafted("", ClausePlaced(command.new_clause, last.id, level)),
        Drafted(
            command.new_clause,
            BracketPlaced(command.point, BracketKind.ALTERNATIVES, begins=False),
        ),
        Drafted(
            command.new_clause,
            AlternativeTabled(
                command.point,
                order,
                command.proposal.id,
                command.proposal.sponsors,
                label=label,
            ),
        ),
    ]


def fallen(clause: Clause, alternative: Alternative) -> bool:
    """Whether the alternative's proposal has been withdrawn."""
    proposal = clause.proposal(alternative.proposal) if alternative.proposal else None
    return proposal is not None and proposal.state != "on the table"


def _begin(room: Room, point: str) -> tuple[Clause, Bracket]:
    """The clause on which an open point begins, where its holders and status are kept."""
    for clause in sharing(room, point):
        bracket = clause.bracket(point)
        if bracket is not None and bracket.begins:
            return clause, bracket
    raise NoSuchThing("bracket", point, "this open point has none of its own")
