"""What happened in one entry, in a few words and sorted by what it means for the room.

A phrase leaves out the clause, under which it is listed, and who did it, which stands beside it.
Parties go by their names. Whole sentences are told in `telling`.
"""

from __future__ import annotations

import enum
from typing import assert_never

import attrs

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry
from negotiation.domain.terms import HowTaken, Outcome, ProposalTerms, Stance
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.quoting import cut_short, edits_in_brief, names
from negotiation.views.read_aloud import read_aloud
from negotiation.views.telling import who
from negotiation.views.weighty_words import warning_at


class Sort(enum.Enum):
    """What an entry means for the room, in the order in which a chair reads it out."""

    AGREED = "agreed"
    REOPENED = "reopened"
    DECIDED = "decided"
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    SUPPORTED = "supported"
    OPPOSED = "opposed"
    SAID = "position"
    """What is neither support nor opposition, such as “can accept”."""
    BRACKETED = "bracketed"
    PARKED = "parked"
    RESUMED = "resumed"
    EDITED = "edited"
    NOTED = "noted"


@attrs.frozen
class Happening:
    """One entry, in brief."""

    entry: int
    sort: Sort
    what: str
    why: str
    """The ground that was given; empty where none was."""
    who: str
    hand: Hand
    warning: str = ""
    """That a word such as shall or not came or went by it, and whether it was in agreed words."""
    package: str = ""
    """The package that it is about, where it is about one as a whole."""


def in_brief(timeline: Timeline, entry: Entry, called: dict[str, str]) -> Happening:
    """An entry in brief; ``called`` are the paths that clauses go by."""
    sort, what, why = _Brief(timeline, entry, called).told()
    actor = who(entry, timeline).rstrip(",")
    by = hand(timeline, entry.number)
    package = "" if entry.clause else str(getattr(entry.event, "package", ""))
    warned = warning_at(timeline, entry.number)
    return Happening(entry.number, sort, what, why, actor, by, warned, package)


_Told = tuple[Sort, str, str]


class _Brief:
    def __init__(self, timeline: Timeline, entry: Entry, called: dict[str, str]) -> None:
        self.timeline = timeline
        self.entry = entry
        self.called = called
        self.whole = timeline.negotiation(entry.number)

    def told(self) -> _Told:
        event = self.entry.event
        match event:
            case ev.ClauseTabled(proposal=terms, label=label):
                words = "".join(run.words for run in event.runs if not run.struck)
                printed = cut_short(f"{label} {words}" if label else words)
                if terms is None:
                    return Sort.DECIDED, f"tabled: {printed}", ""
                return Sort.PROPOSED, f"{self._terms('ADD', terms)}: {printed}", terms.reason
            case ev.AmendmentProposed(proposal=terms, edits=edits, editorial=editorial):
                kind = self._terms("(MOD)" if editorial else "MOD", terms)
                return Sort.PROPOSED, f"{kind}: {edits_in_brief(edits)}", terms.reason
            case ev.DeletionProposed(proposal=terms):
                return Sort.PROPOSED, f"{self._terms('SUP', terms)}: all of it to go", terms.reason
            case ev.NoChangeProposed(proposal=terms):
                return Sort.PROPOSED, f"{self._terms('NOC', terms)}: no change", terms.reason
            case ev.ProposalSupported(proposal=proposal, party=party):
                return Sort.SUPPORTED, f"{self._proposal(proposal)} by {self._party(party)}", ""
            case ev.ProposalRevised(proposal=proposal, edits=edits):
                reworded = f"{self._proposal(proposal)} reworded: {edits_in_brief(edits)}"
                return Sort.PROPOSED, reworded, ""
            case ev.ProposalWithdrawn(proposal=proposal, party=party):
                return Sort.WITHDRAWN, f"{self._proposal(proposal)} by {self._party(party)}", ""
            case ev.ProposalReintroduced(proposal=proposal, party=party):
                back = f"{self._proposal(proposal)} brought back by {self._party(party)}"
                return Sort.PROPOSED, back, ""
            case ev.ProposalRetained(proposal=proposal, edits=edits, state=state):
                amended = f": {edits_in_brief(edits)}" if edits else ""
                return Sort.DECIDED, f"{self._proposal(proposal)} {state}{amended}", ""
            case ev.ProposalNotRetained(proposal=proposal, dropped=dropped, state=state):
                name = self._proposal(proposal)
                if state == "on the table":
                    words = " … ".join(self._stretch(one.start, one.end) for one in dropped)
                    return Sort.DECIDED, f"{cut_short(words)} of {name} not retained", ""
                return Sort.DECIDED, f"{name} {state}", ""
            case ev.ProposalMerged(proposal=proposal, into=into):
                merged = f"{self._proposal(proposal)} merged into {self._target(into)}"
                return Sort.DECIDED, merged, ""
            case ev.BracketPlaced(point=point, holders=holders, reason=reason, begins=begins):
                held = f", held by {names(self.whole, holders)}" if holders else ""
                placed = "bracket placed on" if begins else "bracket goes on over"
                return Sort.BRACKETED, f"{placed} {self._point(point)}{held}", reason
            case ev.BracketHeld(point=point, party=party, reason=reason):
                held = f"{self._party(party)} holds the bracket on {self._point(point)}"
                return Sort.BRACKETED, held, reason
            case ev.BracketReleased(point=point, party=party):
                freed = f"{self._party(party)} releases the bracket on {self._point(point)}"
                return Sort.BRACKETED, freed, ""
            case ev.BracketNarrowed(point=point):
                return Sort.BRACKETED, f"bracket narrowed to {self._point(point)}", ""
            case ev.BracketWidened(point=point):
                return Sort.BRACKETED, f"bracket widened to {self._point(point)}", ""
            case ev.BracketLifted(point=point):
                return Sort.DECIDED, f"bracket on {self._point(point)} lifted", ""
            case ev.StatusNoted(point=point, status=status):
                noted = cut_short(status) if status else "note taken away"
                return Sort.NOTED, f"{noted} on {self._point(point)}", ""
            case ev.AlternativeTabled():
                return self._alternative(event)
            case ev.OpenPointResolved():
                return Sort.DECIDED, self._resolved(event), ""
            case ev.TextRevised(edits=edits, editorial=editorial, reason=reason):
                sort = Sort.EDITED if editorial else Sort.DECIDED
                return sort, edits_in_brief(edits), reason
            case ev.ClauseDeleted(reason=reason):
                return Sort.DECIDED, "deleted", reason
            case ev.ClauseRestored(reason=reason):
                return Sort.DECIDED, "restored", reason
            case ev.PositionRecorded(party=party, stance=stance, on=on, condition=condition):
                sort = _SAID.get(stance, Sort.SAID)
                about = f" on {self._thing(on)}" if on else ""
                provided = f", provided that {condition}" if condition else ""
                return sort, f"{self._party(party)}: {stance.value}{about}{provided}", ""
            case ev.ClauseParked(owner=owner, until=until, point=point):
                what = f"bracket on {self._point(point)}, " if point else ""
                when = f" until {until}" if until else ""
                back = f"{self._party(owner) if owner else 'nobody named'} to bring it back"
                return Sort.PARKED, f"{what}set aside{when}; {back}", ""
            case ev.ClauseResumed(point=point):
                what = f"bracket on {self._point(point)} " if point else ""
                return Sort.RESUMED, f"{what}taken up again", ""
            case ev.ClauseAgreed(level=level, conditions=conditions, heard_by=heard):
                hangs = "; ".join(one.words for one in conditions)
                pending = f", on condition: {hangs}" if hangs else ""
                heard_by = f", heard by {names(self.whole, heard)}" if heard else ""
                return Sort.AGREED, f"at the level “{level}”{pending}{heard_by}", ""
            case ev.ConditionMet(condition=condition):
                return Sort.AGREED, f"condition met: {condition}", ""
            case ev.ConditionFailed(condition=condition, ground=ground):
                return Sort.REOPENED, f"agreement ended, condition not met: {condition}", ground
            case ev.ClauseReferredBack(level=level, decision=by_decision):
                return Sort.REOPENED, f"referred back to the level “{level}”", by_decision
            case ev.TextCorrected(edits=edits, proof=proof, reason=reason):
                stood = ", ".join(str(one) for one in proof)
                return (
                    Sort.EDITED,
                    f"corrected: {edits_in_brief(edits)}, as after entry {stood}",
                    reason,
                )
            case ev.ClauseRelabelled(label=label):
                return Sort.EDITED, f"labelled {label or 'no longer'}", ""
            case ev.ClauseReprinted(kind=kind):
                return Sort.EDITED, f"printed as {kind.value}", ""
            case ev.ClauseDrawnFrom(clauses=clauses):
                return Sort.NOTED, f"drawn from {', '.join(map(self._named, clauses))}", ""
            case ev.ClauseLinked(package=package):
                return Sort.NOTED, f"tied to the package “{self._package(package)}”", ""
            case ev.ClauseUnlinked(package=package):
                return Sort.NOTED, f"untied from the package “{self._package(package)}”", ""
            case ev.ClauseReopened(by=by, ground=ground, decision=by_decision):
                asked = f"at the request of {self._party(by)}" if by else "by the chair"
                let = f", by decision: {by_decision}" if by_decision else ""
                return Sort.REOPENED, f"{asked}{let}", ground
            case ev.AnomalyFound(damage=damage):
                return Sort.NOTED, f"line {damage.line} of the page: {damage.message}", ""
            case ev.AnomalySettled(accepted=accepted):
                verdict = "accepted" if accepted else "rejected"
                return Sort.EDITED, f"repair of the page's reading {verdict}", ""
            case ev.RemarkMade(words=words, quoted=quoted):
                about = f" on “{quoted}”" if quoted else ""
                return Sort.NOTED, f"remark{about}: {words}", ""
            case ev.ActReversed():
                return self._reversed(event)
            case _:
                return self._beside_the_text(event)

    def _beside_the_text(
        self,
        event: ev.NegotiationOpened
        | ev.DocumentReceived
        | ev.PartyJoined
        | ev.MeetingOpened
        | ev.MeetingClosed
        | ev.ClausePlaced
        | ev.PackageFormed
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
    ) -> _Told:
        match event:
            case ev.NegotiationOpened(symbol=symbol):
                return Sort.NOTED, f"record opened{f' for {symbol}' if symbol else ''}", ""
            case ev.DocumentReceived(symbol=symbol, name=name, role=role):
                return Sort.NOTED, f"{symbol or name} received as the {role.value}", ""
            case ev.PartyJoined(code=code, name=name):
                return Sort.NOTED, f"{name or code} takes part", ""
            case ev.MeetingOpened(meeting=meeting):
                return Sort.NOTED, f"{meeting} opened", ""
            case ev.MeetingClosed(meeting=meeting):
                return Sort.NOTED, f"{meeting} closed", ""
            case ev.ClausePlaced(after=after):
                behind = f"behind {self._named(after)}" if after else "to the beginning"
                return Sort.DECIDED, f"moved {behind}", ""
            case ev.PackageFormed(name=name, clauses=clauses):
                tied = ", ".join(map(self._named, clauses))
                return Sort.NOTED, f"package “{name}” formed of {tied}", ""
            case ev.PackageTaken(package=package):
                taken = f"package “{self._package(package)}” taken as long as it holds"
                return Sort.AGREED, taken, ""
            case ev.PackageAgreed(package=package):
                return Sort.AGREED, f"package “{self._package(package)}” agreed", ""
            case ev.PackageBroken(package=package, by=by, ground=ground):
                asked = f" at the request of {self._party(by)}" if by else ""
                broken = f"package “{self._package(package)}” broken{asked}"
                return Sort.REOPENED, broken, ground
            case ev.DecisionPut(question=question):
                return Sort.NOTED, f"put to the room: {question}", ""
            case ev.ObjectionMade(decision=put, party=party, ground=ground):
                objects = f"{self._party(party)} objects to “{self._question(put)}”"
                return Sort.OPPOSED, objects, ground
            case ev.ObjectionWithdrawn(decision=put, party=party):
                back = f"{self._party(party)} does not insist against “{self._question(put)}”"
                return Sort.SUPPORTED, back, ""
            case ev.DecisionTaken(decision=put, how=how):
                told = {
                    HowTaken.NO_OBJECTION: "no objection",
                    HowTaken.SILENCE: "the silence was not broken",
                }[how]
                return Sort.DECIDED, f"“{self._question(put)}”: {told}", ""
            case ev.DecisionDropped(decision=put, ground=ground):
                return Sort.NOTED, f"“{self._question(put)}” not pursued", ground
            case ev.TermChanged(old=old, new=new, changed=changed):
                left = len(event.exceptions)
                spared = f", {left} left as they are" if left else ""
                told_of = f"“{old}” became “{new}” throughout, {changed} times{spared}"
                return Sort.DECIDED, told_of, ""
            case ev.VersionIssued(symbol=symbol):
                return Sort.NOTED, f"{symbol} issued", ""
            case ev.VersionWithdrawn(symbol=symbol, reason=reason):
                return Sort.NOTED, f"{symbol} withdrawn", reason
            case ev.RecordSealed(position=position, key=key):
                signed = " and signed" if key else ""
                return Sort.NOTED, f"record sealed{signed} up to entry {position}", ""
            case ev.TextReferred(body=body, mandate=mandate):
                return Sort.NOTED, f"text referred to {body}", mandate
            case ev.TextReferredBack(body=body, report=report):
                return Sort.NOTED, f"text back from {body}", report
            case ev.PersonAccredited(person=person, capacity=capacity):
                return Sort.NOTED, f"{person} accredited as {capacity.value}", ""
            case ev.AccreditationRevoked(reason=reason):
                return Sort.NOTED, "an accreditation revoked", reason
            case ev.ProposalHandedIn(party=party, what=what):
                return Sort.NOTED, f"handed in by {self._party(party)}: {what}", ""
            case ev.ProposalAdmitted():
                return Sort.NOTED, "what was handed in is admitted", ""
            case ev.ProposalDeclined(reason=reason):
                return Sort.NOTED, "what was handed in is not taken up", reason
            case ev.ProposalTakenBack():
                return Sort.NOTED, "what was handed in is taken back", ""
            case _:
                assert_never(event)

    # -- longer ones ------------------------------------------------------------------------------

    def _alternative(self, event: ev.AlternativeTabled) -> _Told:
        state = self.timeline.clause(self.entry.clause, self.entry.number)
        start, end = event.reach.within(len(state.passage.words) if state is not None else 0)
        words = cut_short(self._stretch(start, end))
        if event.terms is not None:
            kind = self._terms("MOD" if event.edits else "ADD", event.terms)
            return Sort.PROPOSED, f"{kind}, as alternative {event.order}: {words}", ""
        named = self._proposal(event.proposal) if event.proposal else ""
        whose = named or names(self.whole, event.sponsors) or "unattributed"
        return Sort.NOTED, f"alternative {event.order} ({whose}): {words}", ""

    def _resolved(self, event: ev.OpenPointResolved) -> str:
        done = {
            Outcome.CHOSEN: "chosen",
            Outcome.TRIMMED: "taken in part",
            Outcome.MERGED: f"merged into {self._named(event.into)}",
            Outcome.DROPPED: "not retained",
            Outcome.BASE_KEPT: "base kept",
            Outcome.NEW_WORDS: "in new words",
        }[event.outcome]
        proposals = ", ".join(map(self._proposal, event.proposals))
        before = self.timeline.clause(self.entry.clause, self.entry.number - 1)
        relabelled = event.label and before is not None and before.label != event.label
        sources = ", ".join(map(self._proposal, event.sources))
        parts = [
            f"{proposals} {done}" if proposals else done,
            *([f"{sources} merged into it"] if sources else []),
            *([f"becomes {event.label}"] if relabelled else []),
        ]
        words = f": {edits_in_brief(event.edits)}" if event.edits else ""
        return f"settled, {', '.join(parts)}{words}"

    def _reversed(self, event: ev.ActReversed) -> _Told:
        entries = self.timeline.entries
        undone = [entries[number - 1].event for number in event.entries]
        if any(isinstance(one, ev.PackageTaken | ev.ClauseAgreed) for one in undone):
            return Sort.REOPENED, "put back as before it was agreed", ""
        numbers = ", ".join(str(number) for number in event.entries)
        back = f"put back as before entry {numbers}" if numbers else "put back as before"
        return Sort.DECIDED, back, ""

    # -- names ------------------------------------------------------------------------------------

    def _party(self, code: str) -> str:
        return self.whole.party(code).shown

    def _terms(self, kind: str, terms: ProposalTerms) -> str:
        sponsors = names(self.whole, terms.sponsors) or "unattributed"
        return f"{kind} {terms.symbol} ({sponsors})" if terms.symbol else f"{kind} ({sponsors})"

    def _named(self, clause: str) -> str:
        return self.called.get(clause) or "a clause"

    def _proposal(self, proposal: str) -> str:
        at = self.entry.number
        for clause in (self.entry.clause, *(placed.clause for placed in self.whole.order)):
            state = self.timeline.clause(clause, at)
            found = state.proposal(proposal) if state is not None else None
            if found is not None:
                sponsors = names(self.whole, found.sponsors) or "unattributed"
                return found.symbol or f"{found.kind} ({sponsors})"
        return "the proposal"

    def _target(self, into: str) -> str:
        return self.called.get(into) or self._proposal(into)

    def _thing(self, on: str) -> str:
        state = self.timeline.clause(self.entry.clause, self.entry.number)
        if state is not None and state.proposal(on) is not None:
            return self._proposal(on)
        return f"the bracket on {self._point(on)}"

    def _point(self, point: str) -> str:
        for at in (self.entry.number, self.entry.number - 1):
            state = self.timeline.clause(self.entry.clause, at)
            bracket = state.bracket(point) if state is not None else None
            if state is not None and bracket is not None:
                if bracket.reach.whole:
                    return "all of it"
                start, end = bracket.reach.within(len(state.passage.words))
                words = read_aloud(state, start, end)
                words = words or state.passage.standing_between(start, end)
                return cut_short(words) if words.strip() else "no words"
        return "it"

    def _stretch(self, start: int, end: int) -> str:
        state = self.timeline.clause(self.entry.clause, self.entry.number)
        return state.passage.words[start:end] if state is not None else ""

    def _package(self, package: str) -> str:
        found = self.whole.package(package)
        return found.name if found is not None else package

    def _question(self, decision: str) -> str:
        found = self.timeline.negotiation(self.entry.number - 1).decision(decision)
        return found.question if found is not None else "what was put"


_SAID = {
    Stance.PROPOSES: Sort.SUPPORTED,
    Stance.SUPPORTS: Sort.SUPPORTED,
    Stance.OPPOSES: Sort.OPPOSED,
    Stance.RED_LINE: Sort.OPPOSED,
}
