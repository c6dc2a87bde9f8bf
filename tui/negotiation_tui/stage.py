"""An act that is staged and not made: what is asked, and the command that the answers mean.

A letter stages; Enter in the dialog is the gavel. Which letter stages what is in `acts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain.clause import Clause
from negotiation.domain.commands import Command, Rewording, Where, WordsAt
from negotiation.domain.insertions import inserted_label
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Proposal, ProposalTerms
from negotiation_tui.draw import Line

Answers = Mapping[str, str]

_OCCURRENCE = re.compile(r"(?<!\\)#(\d+)$")

INSTEAD, AFTER, BEFORE = "instead of them", "after them", "before them"
_WHERE = {INSTEAD: Where.INSTEAD, AFTER: Where.AFTER, BEFORE: Where.BEFORE}
GAVEL = "the gavel"
"""What Enter is where the chair decides."""
PLACES = (INSTEAD, AFTER, BEFORE)


@attrs.frozen
class Field:
    """One thing that a dialog asks; with ``choices`` it is one of them, otherwise words."""

    name: str
    asked: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    value: str = ""
    """What it says before anybody types."""
    needed: bool = False
    """Whether there is no act without it."""
    parties: bool = False
    """Whether it takes codes of parties, which Tab completes."""
    many: bool = False
    """Whether several of the choices may be marked; they are answered one a line."""


@attrs.frozen
class Missing:
    """What still has to be said before there is an act to rehearse."""

    sentence: str


def _chair(answers: Answers) -> Hand:
    return Hand()


def _nothing(answers: Answers) -> tuple[Line, ...]:
    return ()


@attrs.frozen
class Stage:
    """An act that waits for the gavel."""

    title: str
    about: tuple[Line, ...]
    """What the act is about, above the questions."""
    fields: tuple[Field, ...]
    command: Callable[[Answers], Command | Missing]
    hand: Callable[[Answers], Hand] = _chair
    start: str = ""
    """The field to begin with; Enter on the last one is the gavel."""
    tells: Callable[[Answers], tuple[Line, ...]] = _nothing
    """What else is said of the act that the answers mean, above what it would change."""
    shows: int = 4
    """How many of the clauses that change are shown."""
    enter: str = GAVEL
    """What Enter is on the last line."""
    escape: str = "drops it"
    """What Esc does; a thing that waits for an answer is not dropped by it."""
    may_be_put: bool = True
    """Whether the act can be put to the room instead of being made."""

    @property
    def first(self) -> int:
        """The number of the field to begin with.

        The one named; else the first that is needed and says nothing; else the first one that can
        be typed into, and the last one where all is said already.
        """
        names = [one.name for one in self.fields]
        if self.start in names:
            return names.index(self.start)
        for place, one in enumerate(self.fields):
            if one.needed and not one.value:
                return place
        if any(one.needed for one in self.fields):
            return len(self.fields) - 1
        return 0


def words_at(said: str) -> WordsAt:
    """Words as they are printed; ``the measures#2`` is their second occurrence, ``\\#`` a #.

    Without a number they have to stand only once.
    """
    found = _OCCURRENCE.search(said)
    words = said[: found.start()] if found else said
    return WordsAt(words.replace("\\#", "#"), int(found[1]) if found else 0)


def rewording(answers: Answers) -> Rewording | Missing:
    """The change that the answers ``words``, ``new`` and ``where`` mean."""
    words, new, where = answers["words"], answers["new"], answers.get("where", INSTEAD)
    if not words and not new:
        return Missing("Say which words change, or which new ones come; an empty page is no act.")
    place = _WHERE.get(where, Where.INSTEAD)
    if not words:
        return Rewording(new, None, place)
    if not new and place is not Where.INSTEAD:
        return Missing(f"Say the new words that go {where}.")
    return Rewording(new, words_at(words), place)


def codes(desk: Desk, said: str) -> tuple[str, ...]:
    """The codes of the parties named, separated by commas."""
    negotiation = desk.timeline.negotiation(desk.timeline.head)
    named = (one.strip() for one in said.split(","))
    return tuple(dict.fromkeys(negotiation.party(one).code for one in named if one))


def listed(said: str) -> tuple[str, ...]:
    """What was said, separated by semicolons."""
    return tuple(part.strip() for part in said.split(";") if part.strip())


def delegation(desk: Desk) -> Callable[[Answers], Hand]:
    """The hand of the parties named as sponsors; the chair's where none is."""

    def hand(answers: Answers) -> Hand:
        return hand_of(codes(desk, answers["party"]))

    return hand


def hand_of(parties: tuple[str, ...]) -> Hand:
    """The hand of these parties, typed by the chair; the chair's own where none is named."""
    if not parties:
        return Hand()
    named = ",".join(parties)
    return Hand(named, "chair", named, Capacity.DELEGATION)


def party(name: str, asked: str, hint: str, value: str = "", *, needed: bool = False) -> Field:
    """A line for the codes of parties."""
    return Field(name, asked, hint, value=value, needed=needed, parties=True)


OfProposal = Callable[[Proposal, str], Command]
"""What a party does with a proposal."""


T = TypeVar("T")


@attrs.frozen
class Pick(Generic[T]):
    """One of several things, such as proposals; nothing is asked where there is only one."""

    name: str
    asked: str
    held: tuple[T, ...]
    called: Callable[[T], str]
    first: int = 0

    @property
    def _choices(self) -> tuple[str, ...]:
        return tuple(f"{n} {self.called(one)}" for n, one in enumerate(self.held, start=1))

    @property
    def fields(self) -> tuple[Field, ...]:
        """The question, when there is one."""
        if len(self.held) == 1:
            return ()
        choices = self._choices
        return (Field(self.name, self.asked, choices=choices, value=choices[self.first]),)

    def of(self, answers: Answers) -> T:
        """The one that was picked."""
        if len(self.held) == 1:
            return self.held[0]
        return self.held[self._choices.index(answers[self.name])]


def label_after(desk: Desk, clause: Clause) -> str:
    """The label of a clause that would be inserted behind this one."""
    room = desk.timeline.room()
    return inserted_label(room.negotiation, room.clauses, clause.id)


def terms(desk: Desk, proposal: str, answers: Answers) -> ProposalTerms:
    """A proposal as it is handed in, with the sponsors and the symbol named."""
    return ProposalTerms(proposal, answers["symbol"].strip(), codes(desk, answers["party"]))
