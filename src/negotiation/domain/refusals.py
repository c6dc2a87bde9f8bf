"""Why an act cannot be made: one class a reason, each with its sentence.

A refusal is raised by the rules only. Its sentence names the thing and says what would help.
"""

from __future__ import annotations

import attrs

from negotiation.domain.people import Capacity


class Refusal(Exception):
    """No, because. ``str()`` of it is the sentence for the room."""

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    @property
    def sentence(self) -> str:
        """The reason in the words of the room; at least what the class says of itself."""
        return (type(self).__doc__ or "").partition("\n")[0]


@attrs.frozen(slots=False, auto_exc=False)
class WordsNotThere(Refusal):
    """The words named do not stand in the clause."""

    clause: str
    words: str
    occurrence: int = 1
    found: int = 0

    @property
    def sentence(self) -> str:
        """Says how often the words do stand there."""
        if self.found:
            times = "once" if self.found == 1 else f"{self.found} times"
            return (
                f"“{self.words}” stands only {times} in {self.clause}; there is no "
                f"number {self.occurrence}."
            )
        return (
            f"“{self.words}” does not stand in {self.clause}; "
            "name the words as they are printed now."
        )


@attrs.frozen(slots=False, auto_exc=False)
class SeveralPlaces(Refusal):
    """The words named stand several times, and which was not said."""

    where: str
    words: str
    found: int

    @property
    def sentence(self) -> str:
        """Says how often, and how one of the places is named."""
        times = "twice" if self.found == 2 else f"{self.found} times"
        return (
            f"“{self.words}” stands {times} in {self.where}; "
            f"say “{self.words}#2” for the second of them, or #1 for the first."
        )


@attrs.frozen(slots=False, auto_exc=False)
class CutsCharacter(Refusal):
    """New words would join an accent or sign to the character before them."""

    words: str

    @property
    def sentence(self) -> str:
        """Says what is wrong with the words."""
        return (
            f"“{self.words}” begins with a sign that would change the letter before it; "
            "replace that whole word instead."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NothingChanges(Refusal):
    """The act would leave everything as it is."""

    thing: str

    @property
    def sentence(self) -> str:
        """Says that it is so already."""
        return f"That would change nothing: {self.thing}."


_OF_THE_RECORD = frozenset(
    (
        "act",
        "decision",
        "entry",
        "issued version",
        "moment",
        "negotiation",
        "package",
        "party",
        "question",
        "reader",
        "version",
    )
)
"""Sorts of things that stand beside the text, or tell of it."""


@attrs.frozen(slots=False, auto_exc=False)
class NoSuchThing(Refusal):
    """What the act names is not in the text, or not in the record."""

    sort: str
    name: str
    help: str = ""

    @property
    def sentence(self) -> str:
        """Names what is missing."""
        where = "record" if self.sort in _OF_THE_RECORD else "text"
        said = f"There is no {self.sort} “{self.name}” in this {where}"
        return f"{said}; {self.help}." if self.help else f"{said}."


@attrs.frozen(slots=False, auto_exc=False)
class NotOpen(Refusal):
    """The open point that the act decides is none: somebody was faster, or it never was one."""

    point: str

    @property
    def sentence(self) -> str:
        """Says where to look; the id of a point is nobody's name for it."""
        return (
            "That point is not open now; the log tells what became of it, and `open` lists what is "
            "left."
        )


@attrs.frozen(slots=False, auto_exc=False)
class AlreadyThere(Refusal):
    """What the act would add is there already."""

    sort: str
    name: str

    @property
    def sentence(self) -> str:
        """Names what is there."""
        return f"There is a {self.sort} “{self.name}” already; choose another name for the new one."


@attrs.frozen(slots=False, auto_exc=False)
class ProposalDecided(Refusal):
    """The proposal is not on the table any more."""

    proposal: str
    state: str

    @property
    def sentence(self) -> str:
        """Says what became of it."""
        return (
            f"{self.proposal} is {self.state} and no longer on the table; "
            "a party can bring it back with `reintroduce`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class ProposalPending(Refusal):
    """The proposal is on the table, so it cannot be brought back."""

    proposal: str

    @property
    def sentence(self) -> str:
        """Says that it is on the table."""
        return f"{self.proposal} is on the table; there is nothing to bring back."


@attrs.frozen(slots=False, auto_exc=False)
class NotTheSponsor(Refusal):
    """Only a sponsor may do this."""

    party: str
    proposal: str
    sponsors: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Says whose proposal it is."""
        whose = ", ".join(self.sponsors) or "nobody by name"
        return (
            f"{self.party or 'Somebody without a party'} does not sponsor {self.proposal} "
            f"(sponsored by {whose}); only a sponsor revises or withdraws it."
        )


@attrs.frozen(slots=False, auto_exc=False)
class IsAlternative(Refusal):
    """The proposal is one wording of an open point, which is decided as a whole."""

    proposal: str
    point: str

    @property
    def sentence(self) -> str:
        """Points to the open point."""
        return (
            f"{self.proposal} is an alternative of an open point; decide it with `resolve`, "
            "so that the other wordings are decided in the same act."
        )


@attrs.frozen(slots=False, auto_exc=False)
class HasAlternatives(Refusal):
    """A bracket with several wordings cannot simply be lifted."""

    point: str
    count: int

    @property
    def sentence(self) -> str:
        """Says what to do instead."""
        return (
            f"This open point has {self.count} alternatives, and lifting the bracket would leave "
            "them all in the text; choose among them with `resolve`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class LiftedBefore(Refusal):
    """The room lifted a bracket on these words; a new one needs a reason."""

    clause: str
    entry: int

    @property
    def sentence(self) -> str:
        """Says when it was lifted."""
        return (
            f"The bracket on these words of {self.clause} was lifted with entry {self.entry}; "
            "to bracket them anew, say why with `--reason`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class StillOpen(Refusal):
    """A clause with open points cannot be agreed."""

    clause: str
    count: int

    @property
    def sentence(self) -> str:
        """Counts what is open."""
        points = "one open point" if self.count == 1 else f"{self.count} open points"
        return f"{self.clause} has {points}; settle or lift first, then agree it."


@attrs.frozen(slots=False, auto_exc=False)
class Agreed(Refusal):
    """Agreed words are not touched by proposals and brackets."""

    clause: str
    level: str

    @property
    def sentence(self) -> str:
        """Says how to open it again."""
        return (
            f"{self.clause} is agreed ({self.level}); "
            "`reopen` opens it, with a ground and, from a larger body, its decision."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotAgreed(Refusal):
    """There is no agreement to end or to fulfil."""

    clause: str

    @property
    def sentence(self) -> str:
        """Says that it is open anyway."""
        return f"{self.clause} is not agreed, so there is no agreement to reopen or to confirm."


@attrs.frozen(slots=False, auto_exc=False)
class NoSuchLevel(Refusal):
    """The ladder of this body has no such level, or the clause stands higher."""

    level: str
    ladder: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Lists the ladder."""
        return (
            f"“{self.level}” is not a level this clause can be agreed at; "
            f"the ladder is {', '.join(self.ladder)}."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NoStep(Refusal):
    """The ladder has no such step from where the clause stands."""

    clause: str
    stands: str
    level: str
    allowed: str

    @property
    def sentence(self) -> str:
        """Says where the clause stands, and which step there is."""
        stands = f"is agreed ({self.stands})" if self.stands else "is not agreed yet"
        step = f"the step from there is to {self.allowed}" if self.allowed else "no step leads back"
        return f"{self.clause} {stands} and cannot go to “{self.level}”; {step}."


@attrs.frozen(slots=False, auto_exc=False)
class NeedsDecision(Refusal):
    """Only the body that agreed the words gives them back, by a decision."""

    clause: str
    level: str
    body: str

    @property
    def sentence(self) -> str:
        """Says whose decision is missing."""
        return (
            f"{self.clause} is agreed ({self.level}), and only {self.body} moves it from there; "
            "name its decision with `reopen --decision`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class Adopted(Refusal):
    """Adopted words stand; only an error in them is corrected."""

    clause: str

    @property
    def sentence(self) -> str:
        """Says what is left."""
        return (
            f"{self.clause} is adopted and stands; an error in it is put right with `correct`, "
            "with an earlier entry as proof."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NoProof(Refusal):
    """The chain of versions does not prove the correction."""

    clause: str
    entry: int

    @property
    def sentence(self) -> str:
        """Says what is missing."""
        if not self.entry:
            return (
                f"A correction of {self.clause} needs proof; "
                "name an entry after which the words read so, with `--proof`."
            )
        return (
            f"After entry {self.entry} {self.clause} did not read so; "
            "`log` shows what it read, and a change of substance is for the next conference."
        )


@attrs.frozen(slots=False, auto_exc=False)
class ConditionOpen(Refusal):
    """Words with an open condition cannot be adopted."""

    clause: str
    conditions: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Names the conditions."""
        return (
            f"{self.clause} is agreed only on condition ({'; '.join(self.conditions)}); "
            "note with `condition-met` that it is met, then adopt it."
        )


@attrs.frozen(slots=False, auto_exc=False)
class WaitsForOther(Refusal):
    """The condition waits for something that has not come."""

    condition: str
    what: str
    help: str

    @property
    def sentence(self) -> str:
        """Names it."""
        return f"“{self.condition}” is not met: {self.what} is not agreed; {self.help}."


@attrs.frozen(slots=False, auto_exc=False)
class AwaitedIsGone(Refusal):
    """The condition waits for a clause that has left the text."""

    condition: str
    clause: str

    @property
    def sentence(self) -> str:
        """Names it, and how the agreement goes on without it."""
        return (
            f"“{self.condition}” is not met: {self.clause} has left the text; "
            "`condition-failed` ends the agreement, and `agree` agrees the words without it."
        )


@attrs.frozen(slots=False, auto_exc=False)
class InPackage(Refusal):
    """The clause stands or falls with a package, and is not settled by itself."""

    clause: str
    package: str

    @property
    def sentence(self) -> str:
        """Names the package."""
        return (
            f"{self.clause} stands or falls with the package “{self.package}”; "
            "`package take`, `package agree` or `package break` decides them together."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotOfPackage(Refusal):
    """A package settles what belongs to it, and nothing else."""

    clause: str
    package: str

    @property
    def sentence(self) -> str:
        """Says how the clause comes to belong to it."""
        return (
            f"{self.clause} does not belong to the package “{self.package}”; "
            "decide it by itself, or form a package that holds it."
        )


@attrs.frozen(slots=False, auto_exc=False)
class PackageIs(Refusal):
    """The package is in another state than the act needs."""

    package: str
    state: str

    @property
    def sentence(self) -> str:
        """Says which, and what comes next."""
        following = {
            "formed": "`package take` accepts it, `package break` lets it go",
            "taken": "`package agree` makes it final, `package break` puts everything back",
            "agreed": "a clause of it is opened with `reopen`",
            "broken": "`package form` ties the points together anew",
        }
        return f"The package “{self.package}” is {self.state}; {following[self.state]}."


@attrs.frozen(slots=False, auto_exc=False)
class ObjectedTo(Refusal):
    """There is no consensus while somebody objects."""

    parties: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Names who objects."""
        who, verb = ", ".join(self.parties), "objects" if len(self.parties) == 1 else "object"
        return (
            f"{who} {verb}, so there is no consensus; "
            "`no-objection` notes that it is withdrawn, `drop-question` ends it."
        )


@attrs.frozen(slots=False, auto_exc=False)
class SilenceRuns(Refusal):
    """The silence procedure has not ended."""

    until: str

    @property
    def sentence(self) -> str:
        """Says when it ends."""
        return f"The silence runs until {self.until}; until then a party can still break it."


@attrs.frozen(slots=False, auto_exc=False)
class SilenceEnded(Refusal):
    """The silence was not broken in time."""

    until: str

    @property
    def sentence(self) -> str:
        """Says when it ended."""
        return f"The silence ended at {self.until} unbroken; `reopen` is for what comes later."


@attrs.frozen(slots=False, auto_exc=False)
class AlreadyIssued(Refusal):
    """A version has this symbol."""

    symbol: str

    @property
    def sentence(self) -> str:
        """Says what can be done."""
        return (
            f"{self.symbol} is out already and stays what it is; "
            "take the next revision number, or withdraw it first with `issue --withdraw`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NothingReceived(Refusal):
    """There is no text that a revision could be compared with."""

    @property
    def sentence(self) -> str:
        """Says what comes first."""
        return "This record holds no text yet; the first one comes in with `import`."


@attrs.frozen(slots=False, auto_exc=False)
class SymbolTaken(Refusal):
    """Another page of this negotiation came in under the symbol."""

    symbol: str

    @property
    def sentence(self) -> str:
        """Says what can be done."""
        return (
            f"A page was received as {self.symbol} already; give this one the next revision number "
            "(`--as`), or `undo` that receipt first."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotInText(Refusal):
    """The clause has no words in the live text."""

    clause: str

    @property
    def sentence(self) -> str:
        """Says how it can come back."""
        return f"{self.clause} is not in the text any more; bring it back with `restore` first."


@attrs.frozen(slots=False, auto_exc=False)
class InText(Refusal):
    """The clause stands, so it cannot be restored."""

    clause: str

    @property
    def sentence(self) -> str:
        """Says that it stands."""
        return f"{self.clause} stands in the text; there is no deletion to take back."


@attrs.frozen(slots=False, auto_exc=False)
class StoodOn(Refusal):
    """A later act rests on what the act made."""

    act: str
    clause: str
    entry: int
    what: str
    again: bool = False
    """Whether the act is an undoing, so that it was to be done again."""

    @property
    def sentence(self) -> str:
        """Names what stands on it."""
        if self.again:
            return (
                f"What was undone cannot be done again by itself: on {self.clause}, entry "
                f"{self.entry} ({self.what}) came after the undoing; undo that one first."
            )
        return (
            f"This act cannot be undone by itself: on {self.clause}, entry {self.entry} "
            f"({self.what}) stands on it; undo that one first."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotInThisCapacity(Refusal):
    """The person is accredited in a capacity that does not make such acts."""

    act: str
    capacity: Capacity

    @property
    def sentence(self) -> str:
        """Says who may, or how it is asked for."""
        match self.capacity:
            case Capacity.OBSERVER:
                return "An observer reads and makes no act; the chair accredits for more."
            case Capacity.EDITOR:
                return (
                    "An editor changes form and not substance, with `--editorial` where a command "
                    "can do both; this is for the chair or the secretariat."
                )
            case Capacity.DELEGATION:
                return (
                    "That is for the chair to decide; a delegation proposes, supports, holds a "
                    "bracket, objects, or notes its position."
                )
            case _:
                return "That is for the chair alone."


@attrs.frozen(slots=False, auto_exc=False)
class SpeaksForAnother(Refusal):
    """A delegation speaks for itself and its groups only."""

    party: str
    named: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Names both."""
        others = ", ".join(filter(None, self.named)) or "nobody by name"
        return (
            f"This terminal speaks for {self.party} and not for {others}; say `--for {self.party}`."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotForHandingIn(Refusal):
    """Only proposals, and what is asked of a bracket, are handed in."""

    @property
    def sentence(self) -> str:
        """Says what is."""
        return (
            "Only a proposal and what is asked of a bracket are handed in; positions, remarks and "
            "objections go on the record at once."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotThisHand(Refusal):
    """Somebody acts in another capacity, or under another name, than accredited."""

    person: str
    capacity: Capacity
    said: str
    """What was said of the hand: “as chair”, “for FJI”, “by Ana Lima”."""

    @property
    def sentence(self) -> str:
        """Names both."""
        return (
            f"This terminal acts as {self.capacity.value} ({self.person}) and not {self.said}; "
            "leave that out."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NoMoreAsHandedIn(Refusal):
    """What was handed in cannot be done on the text as it stands now."""

    handed: str
    party: str
    why: str

    @property
    def sentence(self) -> str:
        """Says why, and what to do."""
        return (
            f"What {self.party} handed in ({self.handed}) cannot be done on the text of now: "
            f"{self.why.rstrip('.')}; or `decline {self.handed} --reason …` asks for it anew."
        )


@attrs.frozen(slots=False, auto_exc=False)
class NotUndone(Refusal):
    """The act is of a kind that is never undone."""

    act: str
    why: str

    @property
    def sentence(self) -> str:
        """Says why."""
        return f"This act cannot be undone: {self.why}."


@attrs.frozen(slots=False, auto_exc=False)
class AlreadyReceived(Refusal):
    """A document was received into this record before."""

    symbol: str

    @property
    def sentence(self) -> str:
        """Points to the way a later revision comes in."""
        return (
            f"This record already holds {self.symbol or 'a draft'}; a later revision comes in with "
            "`receive`, another text with `import --another` or into another store (`--store`)."
        )


@attrs.frozen(slots=False, auto_exc=False)
class AnomalyIsSettled(Refusal):
    """Somebody settled the anomaly before."""

    line: int
    verdict: str

    @property
    def sentence(self) -> str:
        """Says how it was settled."""
        return f"The anomaly at line {self.line} was {self.verdict} already."


@attrs.frozen(slots=False, auto_exc=False)
class NoRepair(Refusal):
    """No repair was proposed for the anomaly, or it does not fit the words any more."""

    line: int
    why: str
    changed: bool = False
    """Whether the words changed since; otherwise they stand as they are printed."""

    @property
    def sentence(self) -> str:
        """Says what can be done instead."""
        instead = (
            "change the words with `revise`, and then reject the repair"
            if self.changed
            else "`settle --reject` lets the words stand, `settle --reads WORDS` reads them anew"
        )
        return f"The repair at line {self.line} cannot be accepted: {self.why}; {instead}."


@attrs.frozen(slots=False, auto_exc=False)
class MeetingIs(Refusal):
    """A meeting is open, or none is."""

    meeting: str

    @property
    def sentence(self) -> str:
        """Says which."""
        if self.meeting:
            return f"The meeting “{self.meeting}” is open; close it first."
        return "No meeting is open."


@attrs.frozen(slots=False, auto_exc=False)
class ActOfItsOwn(Refusal):
    """This cannot be done in one breath with something else."""

    command: str

    @property
    def sentence(self) -> str:
        """Says what to do first."""
        named = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in self.command)
        return f"To{named} is an act of its own; make it before or after the others."


@attrs.frozen(slots=False, auto_exc=False)
class Unclear(Refusal):
    """The act contradicts itself or leaves something out."""

    what: str

    @property
    def sentence(self) -> str:
        """Says what."""
        return self.what
