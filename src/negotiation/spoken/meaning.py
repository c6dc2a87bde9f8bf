"""What was said, as commands on the text of now; or the places that quoted words could mean.

Each statement is taken on the text that the ones before it would leave, so that a support finds the
proposal just made and a bracket the words just added. What is missing is said in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.domain.decide import decide
from negotiation.domain.insertions import inserted_label
from negotiation.domain.ladder import ladder
from negotiation.domain.refusals import NoSuchThing, Unclear
from negotiation.domain.room import Room
from negotiation.domain.rules.together import after
from negotiation.domain.terms import Kind, Proposal, ProposalTerms
from negotiation.spoken.grammar import Quoted, Statement
from negotiation.spoken.places import Place, changed_by, places
from negotiation.spoken.verbs import CHAIR, OF_EACH, OF_PARTIES, OF_THE_CHAIR, Verb
from negotiation.views.at_that_time import Timeline
from negotiation.views.paths import find, paths
from negotiation.views.what_is_open import what_is_open

_OPEN = "on the table"


@attrs.frozen(eq=False)
class Floor:
    """What stands on the screen while somebody speaks."""

    timeline: Timeline
    clause: str
    point: str
    """The open point at hand."""
    speaker: str
    """The party that has the floor."""
    new_id: Callable[[], str]
    selected: do.WordsAt | None = None
    picked: Mapping[int, int] = attrs.Factory(dict)
    """For quoted words, by their place in the line, which of the places is meant, from 0."""
    undoes: str = ""
    """The act that an undo takes back."""
    binds: bool = False
    """Whether the clause was named, and not only stands at hand: words elsewhere are not meant."""


@attrs.frozen
class Meant:
    """What was said, ready for the desk."""

    command: do.Command
    by: tuple[str, ...]
    """The parties whose act it is; none where it is the chair's."""


@attrs.frozen
class Given:
    """The floor is given to these parties."""

    parties: tuple[str, ...]


@attrs.frozen
class Which:
    """Quoted words that could mean several places."""

    quoted: Quoted
    places: tuple[Place, ...]


class _Several(Exception):
    def __init__(self, which: Which) -> None:
        super().__init__()
        self.which = which


def meant(statements: tuple[Statement, ...], floor: Floor) -> Meant | Given | Which:
    """What the statements mean, or which places have to be told apart first.

    Raises a `Refusal` with the sentence for what cannot be.
    """
    if not statements:
        raise Unclear('Say what happens, such as: B add "as appropriate" after "measures".')
    if all(one.verb is Verb.FLOOR for one in statements):
        return Given(tuple(code for one in statements for code in one.by if code != CHAIR))
    reading = _Reading(floor)
    try:
        for one in statements:
            for each in _apart(one):
                reading.take(each)
    except _Several as several:
        return several.which
    commands = tuple(reading.commands)
    command = commands[0] if len(commands) == 1 else do.Together(commands)
    parties = set(reading.parties)
    by = next(iter(parties)) if len(parties) == 1 else ()
    return Meant(command, by)


def _apart(one: Statement) -> tuple[Statement, ...]:
    if one.verb not in OF_EACH or len(one.by) < 2:
        return (one,)
    return tuple(attrs.evolve(one, by=(code,)) for code in one.by)


class _Reading:
    """The statements taken so far, and the text that they would leave."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.room: Room = floor.timeline.room()
        self.clause = floor.clause
        self.commands: list[do.Command] = []
        self.parties: list[tuple[str, ...]] = []
        self.mentioned: do.WordsAt | None = floor.selected
        self.unnamed = False
        """Whether words were just mentioned that no quotation tells from their like."""
        self.proposal = ""
        self.point = floor.point
        self.binds = floor.binds

    def take(self, one: Statement) -> None:
        if one.clause:
            self._go(self._clause_called(one.clause))
        self.binds = self.floor.binds or bool(one.clause)
        by = self._by(one)
        command = self._command(one, by)
        self.room = after(self.room, decide(command, self.room))
        self.commands.append(command)
        self.parties.append(() if one.verb not in OF_PARTIES else by)
        self.unnamed = False
        self._remember(one, command)

    def _by(self, one: Statement) -> tuple[str, ...]:
        named = tuple(code for code in one.by if code != CHAIR)
        if named and one.verb in OF_THE_CHAIR:
            raise Unclear(
                f"To {one.verb.value} is the chair's; say it without {', '.join(named)}, or "
                f"“{named[0]} can accept”."
            )
        if one.by:
            return named
        return (self.floor.speaker,) if self.floor.speaker and one.verb in OF_PARTIES else ()

    def _go(self, clause: str) -> None:
        """Another clause is at hand, and with it nothing that stands on the one before."""
        if clause == self.clause:
            return
        self.clause, self.mentioned, self.proposal = clause, None, ""
        held = self.room.clauses[clause]
        points = {*(one.point for one in held.brackets), *(one.id for one in held.proposals)}
        if self.point not in points:
            self.point = ""

    def _party(self, by: tuple[str, ...], does: str) -> str:
        if len(by) != 1:
            raise Unclear(f"Say which party {does}, by its code before the words.")
        return by[0]

    def _remember(self, one: Statement, command: do.Command) -> None:
        """What the next statement may mean by saying nothing."""
        match command:
            case do.ProposeAmendment(proposal=terms):
                self.proposal = self.point = terms.id
                passage = self.room.clauses[self.clause].passage
                self.mentioned = changed_by(passage, terms.id)
                self.unnamed = self.mentioned is None
            case do.ProposeAddition(clause=clause, proposal=terms):
                self.proposal = self.point = terms.id
                self.clause, self.mentioned = clause, None
            case do.ProposeDeletion(proposal=terms) | do.ProposeNoChange(proposal=terms):
                self.proposal = self.point = terms.id
            case do.PlaceBracket(point=point):
                self.point = point
            case _:
                pass

    # -- one statement ----------------------------------------------------------------------------

    def _command(self, one: Statement, by: tuple[str, ...]) -> do.Command:
        match one.verb:
            case Verb.ADD | Verb.REPLACE:
                return self._changed(one, by)
            case Verb.DELETE:
                return self._deleted(one, by)
            case Verb.NEW:
                return self._new(one, by)
            case Verb.NO_CHANGE:
                return do.ProposeNoChange(self._here().id, self._terms(by))
            case Verb.SUPPORT:
                proposal = self._proposal(one)
                return do.SupportProposal(proposal, self._party(by, "supports it"))
            case Verb.WITHDRAW:
                proposal = self._proposal(one)
                return do.WithdrawProposal(proposal, self._sponsor(proposal, by))
            case Verb.RETAIN:
                return do.RetainProposal(self._proposal(one))
            case Verb.DROP:
                return do.DropProposal(self._proposal(one))
            case Verb.BRACKET:
                return self._bracket(one, by)
            case Verb.HOLD:
                return do.HoldBracket(self._bracketed(one), self._party(by, "holds it"))
            case Verb.RELEASE:
                return do.ReleaseBracket(self._bracketed(one), self._party(by, "releases it"))
            case Verb.LIFT:
                return do.LiftBracket(self._bracketed(one))
            case Verb.STATUS:
                return do.NoteStatus(self._bracketed(one), self._said(one))
            case Verb.CHOOSE:
                return self._chosen(one)
            case Verb.AGREE:
                return self._agreed(one)
            case Verb.PARK:
                owner = by[0] if by else " ".join(one.named) or self.floor.speaker
                if not owner:
                    raise Unclear("Say who brings it back: a party before park.")
                return do.Park(self._here().id, owner=owner)
            case Verb.RESUME:
                return do.Resume(self._here().id)
            case Verb.POSITION:
                assert one.stance is not None
                party = self._party(by, "says so")
                condition = one.words.words if one.words is not None else ""
                on = self.point if self._is_open(self.point) else ""
                return do.RecordPosition(self._here().id, party, one.stance, on, condition)
            case Verb.REMARK:
                return do.MakeRemark(self._here().id, self._said(one))
            case Verb.REFER:
                said = one.words.words if one.words is not None else ""
                return do.ReferText(one.named[0], said) if one.named else do.ReferTextBack(said)
            case Verb.UNDO:
                if not self.floor.undoes:
                    raise Unclear("There is no act left to undo.")
                return do.ReverseAct(self.floor.undoes)
            case _:
                raise Unclear("To give the floor is no act; say it in a line of its own.")

    def _agreed(self, one: Statement) -> do.Command:
        """At the level named; what is no level is a clause."""
        said = one.named[0].casefold() if one.named else ""
        levels = ladder(self.room.negotiation.conventions)
        level = next((level for level in levels if level.casefold() == said), "")
        if said and not level:
            self._go(self._clause_called(one.named[0]))
        conditions = tuple(quoted.words for quoted in one.quoted)
        return do.AgreeClause(self._here().id, level, conditions)

    def _changed(self, one: Statement, by: tuple[str, ...]) -> do.Command:
        assert one.words is not None
        if one.verb is Verb.REPLACE:
            where = do.Where.INSTEAD
        else:
            where = do.Where.BEFORE if one.before else do.Where.AFTER
        if one.beside is not None:
            beside = self._words(one.beside)
        elif self.mentioned is not None:
            beside = self.mentioned
        else:
            raise Unclear('Say where it goes: add "these words" after "those".')
        change = do.Rewording(one.words.words, beside, where)
        if not by:
            return do.ReviseText(self._here().id, (change,))
        return do.ProposeAmendment(self._here().id, self._terms(by), (change,))

    def _deleted(self, one: Statement, by: tuple[str, ...]) -> do.Command:
        if one.words is None:
            clause = self._here().id
            return do.ProposeDeletion(clause, self._terms(by)) if by else do.DeleteClause(clause)
        change = do.Rewording("", self._words(one.words))
        if not by:
            return do.ReviseText(self._here().id, (change,))
        return do.ProposeAmendment(self._here().id, self._terms(by), (change,))

    def _new(self, one: Statement, by: tuple[str, ...]) -> do.Command:
        assert one.words is not None
        here = self._here()
        levels = {placed.clause: placed.level for placed in self.room.negotiation.order}
        kind = here.kind if here.kind in (Kind.ITEM, Kind.PARAGRAPH) else Kind.PARAGRAPH
        new = self.floor.new_id()
        label = inserted_label(self.room.negotiation, self.room.clauses, here.id)
        level = levels.get(here.id, 0)
        if not by:
            return do.TableClause(new, kind, label, one.words.words, here.id, level)
        terms = self._terms(by)
        return do.ProposeAddition(new, terms, kind, label, one.words.words, here.id, level)

    def _bracket(self, one: Statement, by: tuple[str, ...]) -> do.Command:
        words = self._words(one.words) if one.words is not None else self.mentioned
        if words is None and self.unnamed:
            raise Unclear('Say in quotation marks which words the bracket is around: [ ] "these".')
        return do.PlaceBracket(self.floor.new_id(), self._here().id, words, holders=by)

    def _chosen(self, one: Statement) -> do.Command:
        point = self._bracketed()
        if not one.named or not all(name.isdecimal() and len(name) < 5 for name in one.named):
            raise Unclear("Say the numbers of the wordings that shall stand, in their order.")
        return do.ResolveOpenPoint(point, tuple(do.Choose(int(name)) for name in one.named))

    # -- what is named ----------------------------------------------------------------------------

    def _here(self) -> Clause:
        clause = self.room.clauses.get(self.clause)
        if clause is None:
            raise NoSuchThing("clause", self.clause or "at hand", "name one with in CLAUSE")
        return clause

    def _clause_called(self, said: str) -> str:
        moment = self.floor.timeline.moment()
        found = find(moment, said)
        if len(found) == 1:
            return found[0].id
        if not found:
            raise NoSuchThing("clause", said, "a path like resolves/2 names one")
        called = paths(moment)
        raise Unclear(f"“{said}” could be {', '.join(called[one.id] for one in found[:5])}.")

    def _words(self, quoted: Quoted) -> do.WordsAt:
        """The one place that quoted words mean; the clause goes with them."""
        found = places(self.room, self.clause, quoted)
        if not found:
            raise NoSuchThing("stretch of words", quoted.words, "quote them as they are printed")
        picked = self.floor.picked.get(quoted.at)
        if picked is None and len(found) > 1:
            raise _Several(Which(quoted, found))
        place = found[min(picked or 0, len(found) - 1)]
        if self.binds and self.clause and picked is None and place.clause != self.clause:
            called = paths(self.floor.timeline.moment())
            here, there = (called.get(one, one) for one in (self.clause, place.clause))
            raise Unclear(
                f"“{quoted.words}” does not stand in {here} but in {there}; name that clause."
            )
        self._go(place.clause)
        return do.WordsAt(quoted.words, place.occurrence)

    def _terms(self, by: tuple[str, ...]) -> ProposalTerms:
        return ProposalTerms(self.floor.new_id(), "", by)

    def _said(self, one: Statement) -> str:
        if one.words is None:
            raise Unclear(f"Say the {one.verb.value} in quotation marks.")
        return one.words.words

    def _is_open(self, point: str) -> bool:
        return bool(point) and (
            bool(self.room.sharing(point)) or self.room.proposing(point) is not None
        )

    def _bracketed(self, one: Statement | None = None) -> str:
        if one is not None and one.named:
            return self._numbered(one.named[0])
        if self.point and self.room.sharing(self.point):
            return self.point
        points = {one.point for one in self._here().brackets}
        if len(points) == 1:
            return points.pop()
        raise Unclear("No bracket is at hand; n goes to the next open point.")

    def _numbered(self, said: str) -> str:
        """The open point of a number, as the list on the screen and `open` have it."""
        for point in what_is_open(self.floor.timeline, self.floor.timeline.head):
            if str(point.number) == said:
                return point.id
        raise NoSuchThing("open point", said, "the list of open points numbers them")

    def _proposal(self, one: Statement) -> str:
        """The proposal named, the one just made, that at hand, or the only one on the clause."""
        held = [
            proposal
            for clause in self.room.in_order()
            for proposal in clause.proposals
            if proposal.state == _OPEN
        ]
        if one.named:
            said = " ".join(one.named).casefold()
            found = [p for p in held if said in (p.id.casefold(), p.symbol.casefold())]
            found = found or [p for p in held if said in map(str.casefold, p.sponsors)]
            if len(found) != 1:
                raise NoSuchThing("proposal on the table", " ".join(one.named), "say its symbol")
            return found[0].id
        if self.proposal:
            return self.proposal
        if any(proposal.id == self.point for proposal in held):
            return self.point
        here: list[Proposal] = [one for one in self._here().proposals if one.state == _OPEN]
        if len(here) == 1:
            return here[0].id
        raise Unclear("Say which proposal, by its symbol.")

    def _sponsor(self, proposal: str, by: tuple[str, ...]) -> str:
        if len(by) == 1:
            return by[0]
        clause = self.room.proposing(proposal)
        found = clause.proposal(proposal) if clause is not None else None
        if found is None or len(found.sponsors) != 1:
            raise Unclear("Say which of its sponsors withdraws it.")
        return found.sponsors[0]
