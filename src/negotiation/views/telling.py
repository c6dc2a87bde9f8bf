"""What happened in one entry, told in a sentence.

Every event has its words here, closed over the union, so that a new one cannot be forgotten. Which
names the clauses go by is handed in; what else was known is looked up as of the entry.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import assert_never

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity
from negotiation.domain.terms import HowTaken, Outcome
from negotiation.text.edit import Edit
from negotiation.views.at_that_time import Timeline

_LONG = 14
"""Words of a quotation before it is cut short."""
_SHOWN_EDITS = 3
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where the name of a command falls into words: an act's purpose is that name."""


def who(entry: Entry, timeline: Timeline) -> str:
    """Who acted, as the room would say it: the chair, the secretariat, a delegation by its name."""
    act = entry.act
    behalf = timeline.negotiation(entry.number).party(act.behalf).shown if act.behalf else ""
    match act.capacity:
        case Capacity.CHAIR:
            return f"Chair, for {behalf}," if behalf else "Chair"
        case Capacity.SECRETARIAT:
            return f"Secretariat, for {behalf}," if behalf else "Secretariat"
        case Capacity.EDITOR:
            return "Editor"
        case Capacity.OBSERVER:
            return "An observer"
        case Capacity.DELEGATION:
            return behalf or act.by or "A delegation"
        case Capacity.IMPORT:
            if _of_the_page(entry):
                return "The page"
            own = act.by.casefold() in (act.behalf.casefold(), behalf.casefold())
            return f"{act.by}, for {behalf}," if behalf and not own else behalf or act.by
        case _:
            assert_never(act.capacity)


def _of_the_page(entry: Entry) -> bool:
    """Whether the page says it, and no author in it: that a change stands is how it is printed."""
    return isinstance(entry.event, ev.ProposalRetained) or not entry.act.purpose.startswith(
        "Tracked"
    )


class Telling:
    """One entry, with what there was to know when it was made."""

    def __init__(self, timeline: Timeline, entry: Entry, called: dict[str, str]) -> None:
        self.timeline = timeline
        self.entry = entry
        self.called = called
        self.clause = timeline.clause(entry.clause, entry.number) if entry.clause else None

    def sentence(self) -> str:
        """The whole sentence, full stop included."""
        told = " ".join(f"{self._who()} {self._does()}".split())
        return told if told.endswith(".") else told + "."

    def _who(self) -> str:
        """Who acted; a proposal is its sponsors', also where the chair entered it for them."""
        event, act = self.entry.event, self.entry.act
        proposes = ev.AmendmentProposed | ev.DeletionProposed | ev.NoChangeProposed
        if isinstance(event, proposes) and act.capacity is Capacity.CHAIR:
            whole = self.timeline.negotiation(self.entry.number)
            if named := ", ".join(whole.party(one).shown for one in event.proposal.sponsors):
                return named
        return who(self.entry, self.timeline)

    def _does(self) -> str:
        event, here = self.entry.event, self._named(self.entry.clause)
        match event:
            case ev.ClauseTabled():
                return self._tabled(event)
            case ev.AmendmentProposed(proposal=terms, edits=edits, editorial=editorial):
                kind = "(MOD)" if editorial else "MOD"
                return f"proposes {kind}{_of(terms.symbol)} on {here}: {_edits(edits)}"
            case ev.DeletionProposed(proposal=terms):
                return f"proposes SUP{_of(terms.symbol)}: {here} to go"
            case ev.NoChangeProposed(proposal=terms):
                return f"proposes NOC{_of(terms.symbol)}: {here} to stay as it is"
            case ev.ProposalSupported(proposal=proposal, party=party):
                return f"records that {party} supports {self._proposal(proposal)}"
            case ev.ProposalRevised(proposal=proposal, edits=edits):
                return f"rewords {self._proposal(proposal)} on {here}: {_edits(edits)}"
            case ev.ProposalWithdrawn(proposal=proposal, party=party):
                return f"records that {party} withdraws {self._proposal(proposal)}"
            case ev.ProposalReintroduced(proposal=proposal, party=party):
                return f"records that {party} brings {self._proposal(proposal)} back"
            case ev.ProposalRetained(proposal=proposal, edits=edits, state=state):
                amended = f": {_edits(edits)}" if edits else ""
                return f"rules {self._proposal(proposal)} on {here} {state}{amended}"
            case ev.ProposalNotRetained(proposal=proposal, dropped=dropped, state=state):
                if state == "on the table":
                    words = _quoted(" … ".join(self._stretch(p.start, p.end) for p in dropped))
                    return f"does not retain {words} of {self._proposal(proposal)} on {here}"
                return f"rules {self._proposal(proposal)} on {here} {state}"
            case ev.ProposalMerged(proposal=proposal, into=into):
                return f"merges {self._proposal(proposal)} into {self._proposal(into)}"
            case ev.BracketPlaced():
                return self._bracketed(event, here)
            case ev.BracketHeld(point=point, party=party, reason=reason):
                ground = f": {reason}" if reason else ""
                return f"records that {party} holds the bracket on {self._point(point)}{ground}"
            case ev.BracketReleased(point=point, party=party):
                return f"records that {party} releases the bracket on {self._point(point)}"
            case ev.BracketNarrowed(point=point):
                return f"narrows the bracket to {self._point(point)}"
            case ev.BracketWidened(point=point):
                return f"widens the bracket to {self._point(point)}"
            case ev.BracketLifted(point=point):
                return f"lifts the bracket on {self._point(point)}"
            case ev.StatusNoted(point=point, status=status):
                noted = _quoted(status) if status else "nothing"
                return f"notes {noted} on the bracket on {self._point(point)}"
            case ev.AlternativeTabled():
                return self._alternative(event, here)
            case ev.OpenPointResolved():
                return self._resolved(event, here)
            case ev.TextRevised(edits=edits, editorial=editorial, reason=reason):
                form = "edits the form of" if editorial else "revises"
                ground = f" ({reason})" if reason else ""
                return f"{form} {here}: {_edits(edits)}{ground}"
            case ev.ClauseDeleted(reason=reason):
                return f"deletes {here}{f' ({reason})' if reason else ''}"
            case ev.ClauseRestored(reason=reason):
                return f"restores {here}{f' ({reason})' if reason else ''}"
            case ev.PositionRecorded(party=party, stance=stance, on=on, condition=condition):
                provided = f", provided that {condition}" if condition else ""
                about = self._proposal(on) if on else here
                return f"records the position of {party} on {about}: {stance.value}{provided}"
            case ev.ClauseParked(owner=owner, until=until, point=point):
                what = f"the bracket on {self._point(point)}" if point else here
                when = f" until {until}" if until else ""
                return f"parks {what}{when}; {owner} brings it back"
            case ev.ClauseResumed(point=point):
                return f"resumes {f'the bracket on {self._point(point)}' if point else here}"
            case ev.ClauseAgreed(level=level, conditions=conditions):
                hangs = ", ".join(one.words for one in conditions)
                pending = f", on condition: {hangs}" if conditions else ""
                return f"notes {here} as agreed at the level {_quoted(level)}{pending}"
            case ev.ConditionMet(condition=condition):
                return f"notes that a condition on {here} is met: {condition}"
            case ev.ConditionFailed(condition=condition, ground=ground):
                why = f" ({ground})" if ground else ""
                return f"ends the agreement on {here}: “{condition}” is not met{why}"
            case ev.ClauseReferredBack(level=level, decision=by_decision):
                return f"refers {here} back to the level {_quoted(level)}: {by_decision}"
            case ev.TextCorrected(edits=edits, proof=proof, reason=reason):
                ground = f" ({reason})" if reason else ""
                shown = ", ".join(str(number) for number in proof)
                return f"corrects {here}: {_edits(edits)}, as after entry {shown}{ground}"
            case ev.ClauseRelabelled(label=label):
                return f"labels {here} {_quoted(label) if label else 'no longer'}"
            case ev.ClauseReprinted(kind=kind):
                return f"prints {here} as {kind.value}"
            case ev.ClauseDrawnFrom(clauses=clauses):
                return f"draws {here} from {', '.join(self._named(one) for one in clauses)}"
            case ev.ClauseLinked(package=package):
                return f"ties {here} to the package {_quoted(self._package(package))}"
            case ev.ClauseUnlinked(package=package):
                return f"unties {here} from the package {_quoted(self._package(package))}"
            case ev.ClauseReopened(by=by, ground=ground, decision=by_decision):
                asked = f" for {by}" if by else ""
                let = f", by decision: {by_decision}" if by_decision else ""
                return f"reopens {here}{asked}{f': {ground}' if ground else ''}{let}"
            case ev.AnomalyFound(damage=damage):
                return f"has {damage.severity.value} words at line {damage.line}: {damage.message}"
            case ev.AnomalySettled(anomaly=anomaly, accepted=accepted):
                verdict = "accepts" if accepted else "rejects"
                return f"{verdict} the repair of {self._damage(anomaly)} in {here}"
            case ev.RemarkMade(words=words, quoted=quoted):
                about = f"{_quoted(quoted)} in {here}" if quoted else here
                return f"remarks on {about}: {_quoted(words)}"
            case ev.ActReversed(act=act):
                return self._reversed(event, act, here)
            case _:
                return self._whole(event)

    def _whole(self, event: ev.NegotiationEvent) -> str:
        match event:
            case ev.NegotiationOpened(symbol=symbol, title=title):
                return f"opens the record of {symbol or title or 'the negotiation'}"
            case ev.DocumentReceived(name=name, symbol=symbol, role=role):
                return f"receives {symbol or name} as the {role.value}"
            case ev.PartyJoined(code=code, name=name):
                return f"records {code}{f' ({name})' if name else ''} as taking part"
            case ev.MeetingOpened(meeting=meeting):
                return f"opens meeting {meeting}"
            case ev.MeetingClosed(meeting=meeting):
                return f"closes meeting {meeting}"
            case ev.ClausePlaced(clause=clause, after=after):
                order = self.timeline.negotiation(self.entry.number - 1).order
                moves = any(placed.clause == clause for placed in order)
                verb, first = ("moves", "to") if moves else ("puts", "at")
                behind = f"behind {self._named(after)}" if after else f"{first} the beginning"
                return f"{verb} {self._named(clause)} {behind}"
            case ev.ActReversed(act=act):
                return self._reversed(event, act, "the order of the text")
            case _:
                return self._beside_the_text(event)

    def _beside_the_text(
        self,
        event: ev.PackageFormed
        | ev.PackageTaken
        | ev.PackageAgreed
        | ev.PackageBroken
        | ev.DecisionPut
        | ev.ObjectionMade
        | ev.ObjectionWithdrawn
        | ev.DecisionTaken
        | ev.DecisionDropped
        | ev.TermChanged
        | ev.VersionIssued
        | ev.VersionWithdrawn
        | ev.RecordSealed
        | ev.TextReferred
        | ev.TextReferredBack
        | ev.PersonAccredited
        | ev.AccreditationRevoked
        | ev.ProposalHandedIn
        | ev.ProposalAdmitted
        | ev.ProposalDeclined
        | ev.ProposalTakenBack,
    ) -> str:
        match event:
            case ev.PackageFormed(name=name, clauses=clauses):
                tied = ", ".join(self._named(one) for one in clauses)
                return f"forms the package {_quoted(name)} of {tied}"
            case ev.PackageTaken(package=package):
                return f"takes the package {_quoted(self._package(package))} as long as it holds"
            case ev.PackageAgreed(package=package):
                return f"notes the package {_quoted(self._package(package))} as agreed"
            case ev.PackageBroken(package=package, by=by, ground=ground):
                asked = f" for {by}" if by else ""
                why = f": {ground}" if ground else ""
                return f"breaks the package {_quoted(self._package(package))}{asked}{why}"
            case ev.DecisionPut(question=question, until=until):
                silence = f", in silence until {until:%Y-%m-%d %H:%M}" if until else ""
                return f"puts to the room: {_quoted(question)}{silence}"
            case ev.ObjectionMade(decision=put, party=party, ground=ground):
                why = f": {ground}" if ground else ""
                return f"records that {party} objects to {self._decision(put)}{why}"
            case ev.ObjectionWithdrawn(decision=put, party=party):
                return f"records that {party} does not object to {self._decision(put)} any more"
            case ev.DecisionTaken(decision=put, how=how):
                told = {
                    HowTaken.NO_OBJECTION: "sees no objection; it is so decided",
                    HowTaken.SILENCE: "notes that the silence was not broken",
                }[how]
                return f"{told}: {self._decision(put)}"
            case ev.DecisionDropped(decision=put, ground=ground):
                return f"does not pursue {self._decision(put)}{f' ({ground})' if ground else ''}"
            case ev.TermChanged():
                left = len(event.exceptions)
                spared = f"; {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
                times = "once" if event.changed == 1 else f"{event.changed} times"
                changed = f"{_quoted(event.old)} to {_quoted(event.new)}"
                return f"changes {changed} throughout, {times}{spared}"
            case ev.VersionIssued(symbol=symbol, fingerprint=fingerprint, root=root):
                sealed = f", seal {root[:12]}" if root else ""
                return f"issues {symbol} (fingerprint {fingerprint[:12]}{sealed})"
            case ev.VersionWithdrawn(symbol=symbol, reason=reason):
                return f"withdraws {symbol}: {reason}"
            case ev.RecordSealed(position=position, root=root, key=key):
                signed = f", signed with the key {key[:12]}" if key else ""
                return f"seals the record up to entry {position}: {root[:12]}{signed}"
            case ev.TextReferred(body=body, mandate=mandate, until=until):
                asked = f": {mandate}" if mandate else ""
                by_then = f", until {until:%Y-%m-%d %H:%M}" if until else ""
                return f"refers the text to {body}{by_then}{asked}"
            case ev.TextReferredBack(body=body, report=report):
                return f"takes the text back from {body}{f': {report}' if report else ''}"
            case ev.PersonAccredited(person=person, capacity=capacity, party=party):
                spoken_for = f" for {party}" if party else ""
                return f"accredits {person} as {capacity.value}{spoken_for}"
            case ev.AccreditationRevoked(accreditation=revoked, reason=reason):
                why = f": {reason}" if reason else ""
                return f"revokes the accreditation of {self._person(revoked)}{why}"
            case ev.ProposalHandedIn(handed=handed, what=what):
                return f"hands in ({handed}): {what}"
            case ev.ProposalAdmitted(handed=handed):
                return f"admits {self._handed(handed)}"
            case ev.ProposalDeclined(handed=handed, reason=reason):
                return f"does not take up {self._handed(handed)}{f': {reason}' if reason else ''}"
            case ev.ProposalTakenBack(handed=handed):
                return f"takes back {self._handed(handed)}"
            case _:
                assert_never(event)

    # -- longer ones ------------------------------------------------------------------------------

    def _tabled(self, event: ev.ClauseTabled) -> str:
        words = "".join(run.words for run in event.runs if not run.struck)
        struck = "" if words or not event.runs else " struck,"
        words = words or "".join(run.words for run in event.runs)
        what = " ".join(part for part in (event.kind.value, event.label) if part)
        if event.proposal is not None:
            symbol, sponsors = event.proposal.symbol, ", ".join(event.proposal.sponsors)
            whose = f" of {sponsors}" if sponsors and not symbol else ""
            return f"tables ADD{_of(symbol)}{whose}, {what}{struck}: {_quoted(words)}"
        merged = f", merged from {', '.join(event.sources)}" if event.sources else ""
        return f"tables {what}{struck}{merged}: {_quoted(words)}"

    def _bracketed(self, event: ev.BracketPlaced, here: str) -> str:
        if not event.begins:
            return f"carries the bracket on over {self._point(event.point)}"
        held = f" (held by {', '.join(event.holders)})" if event.holders else ""
        status = f", {_quoted(event.status)}" if event.status else ""
        ground = f": {event.reason}" if event.reason else ""
        return f"places a bracket on {self._point(event.point)}{held}{status}{ground}"

    def _alternative(self, event: ev.AlternativeTabled, here: str) -> str:
        clause = self.clause
        start, end = event.reach.within(len(clause.passage.words) if clause is not None else 0)
        named = self._proposal(event.proposal) if event.proposal else ", ".join(event.sponsors)
        whose = f" ({named})" if named else ""
        words = _quoted(self._stretch(start, end))
        return f"lists alternative {event.order}{whose} in {here}: {words}"

    def _resolved(self, event: ev.OpenPointResolved, here: str) -> str:
        done = {
            Outcome.CHOSEN: f"chooses {here}",
            Outcome.TRIMMED: f"trims {here}",
            Outcome.MERGED: f"merges {here} into {self._named(event.into)}",
            Outcome.DROPPED: f"does not retain {here}",
            Outcome.BASE_KEPT: f"keeps the base of {here}",
            Outcome.NEW_WORDS: f"settles {here} in new words",
        }[event.outcome]
        before = self.timeline.clause(self.entry.clause, self.entry.number - 1)
        relabelled = event.label is not None and before is not None and before.label != event.label
        label = f", which becomes {event.label}" if relabelled and event.label else ""
        words = f": {_edits(event.edits)}" if event.edits else ""
        sources = ", ".join(self._proposal(one) for one in event.sources)
        merged = f"; {sources} merged into it" if sources else ""
        return f"{done}{label}{words}{merged}"

    def _reversed(self, event: ev.ActReversed, act: str, here: str) -> str:
        undone = [self.timeline.entries[number - 1] for number in event.entries]
        purposes = {one.act.purpose for one in undone if one.act.purpose}
        named = _CAPITAL.sub(" ", next(iter(purposes), "")).lower() or f"act {act}"
        if named == "together":
            named = "what was done together"
        numbers = ", ".join(str(number) for number in event.entries)
        return f"undoes {named} on {here}{f' (entry {numbers})' if numbers else ''}"

    # -- names ------------------------------------------------------------------------------------

    def _named(self, clause: str) -> str:
        """A clause by its path, or by its words where it has no place yet."""
        if path := self.called.get(clause):
            return path
        state = self.timeline.clause(clause, self.entry.number) if clause else None
        if state is None:
            return "the text"
        return f"{state.kind.value} {state.label}".strip()

    def _proposal(self, proposal: str) -> str:
        """A proposal by its symbol or its sponsors; another thing so named by its clause."""
        if self.clause is not None and self.clause.bracket(proposal) is not None:
            return f"the bracket on {self._point(proposal)}"
        at = self.entry.number
        elsewhere = (placed.clause for placed in self.timeline.negotiation(at).order)
        for clause in chain((self.entry.clause,), elsewhere):
            state = self.timeline.clause(clause, at)
            found = state.proposal(proposal) if state is not None else None
            if found is not None:
                sponsors = ", ".join(found.sponsors)
                return found.symbol or f"the {found.kind}{f' of {sponsors}' if sponsors else ''}"
        return "the proposal"

    def _point(self, point: str) -> str:
        """The words under a bracket, before or after the entry, with their clause."""
        named = self._named(self.entry.clause)
        for at in (self.entry.number, self.entry.number - 1):
            state = self.timeline.clause(self.entry.clause, at)
            bracket = state.bracket(point) if state is not None else None
            if state is not None and bracket is not None:
                if bracket.reach.whole:
                    return named
                start, end = bracket.reach.within(len(state.passage.words))
                return f"{named} {_quoted(state.passage.standing_between(start, end))}"
        return named

    def _stretch(self, start: int, end: int) -> str:
        clause = self.clause
        return clause.passage.words[start:end] if clause is not None else ""

    def _package(self, package: str) -> str:
        found = self.timeline.negotiation(self.entry.number).package(package)
        return found.name if found is not None else package

    def _decision(self, decision: str) -> str:
        """The question that was put, as of just before the entry."""
        found = self.timeline.negotiation(self.entry.number - 1).decision(decision)
        return _quoted(found.question) if found is not None else "what was put"

    def _handed(self, handed: str) -> str:
        """What was handed in, as of just before the entry."""
        found = self.timeline.negotiation(self.entry.number - 1).handed(handed)
        return f"what {found.party} handed in" if found is not None else "what was handed in"

    def _person(self, accreditation: str) -> str:
        """Who was accredited."""
        found = self.timeline.negotiation(self.entry.number).accreditation(accreditation)
        return found.person if found is not None else "a person"

    def _damage(self, anomaly: str) -> str:
        found = self.clause.margin.anomalies if self.clause is not None else ()
        for one in found:
            if one.id == anomaly:
                return f"line {one.damage.line} ({one.damage.code})"
        return "the page"


def _of(symbol: str) -> str:
    return f" {symbol}" if symbol else ""


def _quoted(words: str) -> str:
    """Words in quotation marks, long ones cut short in the middle."""
    found = words.split()
    if len(found) > _LONG:
        found = [*found[: _LONG - 4], "…", *found[-3:]]
    return f"“{' '.join(found)}”"


def _edits(edits: tuple[Edit, ...]) -> str:
    told = "; ".join(_edit(one) for one in edits[:_SHOWN_EDITS])
    more = len(edits) - _SHOWN_EDITS
    return f"{told}; and {more} more" if more > 0 else told


def _edit(edit: Edit) -> str:
    if not edit.inserted:
        return f"strikes {_quoted(edit.removed)}"
    if not edit.removed:
        return f"puts in {_quoted(edit.inserted)}"
    return f"{_quoted(edit.removed)} becomes {_quoted(edit.inserted)}"
