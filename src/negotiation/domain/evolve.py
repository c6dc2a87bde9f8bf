"""How each event changes a clause.

`evolve` holds no rules: whatever is on the record happened. It looks at the state and the event,
never back. What may happen is decided in `rules`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_never

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause, Margin
from negotiation.domain.terms import (
    Agreement,
    Alternative,
    Anomaly,
    Bracket,
    Parked,
    Position,
    Proposal,
    ProposalTerms,
    Remark,
    Restored,
)
from negotiation.domain.wording import (
    brought_back,
    confirmed,
    decided,
    decision,
    edited,
    passage_of,
    read_anew,
    sources_of,
    state_of,
    unstruck,
)
from negotiation.text.passage import Mark, Passage, Standing


def evolve(state: Clause | None, entry: int, clause: str, event: ev.ClauseEvent) -> Clause:
    """The clause after one entry. ``state`` is ``None`` before the clause was tabled."""
    if state is None:
        if not isinstance(event, ev.ClauseTabled):
            raise ValueError(f"Entry {entry} changes clause {clause}, which was never tabled.")
        return _tabled(entry, clause, event)
    match event:
        case ev.ClauseTabled():
            raise ValueError(f"Entry {entry} tables clause {clause} a second time.")
        case ev.TextRevised(edits=edits, editorial=editorial):
            revised = edited(state, edits, decision(entry))
            return _editorial(revised) if editorial else revised
        case ev.AmendmentProposed(proposal=terms, edits=edits, editorial=editorial):
            kind = "(MOD)" if editorial else "MOD"
            return edited(_with_proposal(state, entry, terms, kind), edits, Mark(entry, terms.id))
        case ev.BracketPlaced():
            placed = Bracket(
                event.point,
                event.kind,
                event.reach,
                event.begins,
                event.holders,
                event.status,
                event.reason,
                entry,
            )
            return attrs.evolve(state, brackets=(*state.brackets, placed))
        case ev.BracketLifted(point=point):
            return _without_point(state, point)
        case ev.DeletionProposed(proposal=terms, edits=edits):
            return edited(_with_proposal(state, entry, terms, "SUP"), edits, Mark(entry, terms.id))
        case ev.NoChangeProposed(proposal=terms):
            return _with_proposal(state, entry, terms, "NOC")
        case ev.ProposalSupported(proposal=proposal, party=party):
            return _on_proposal(
                state, proposal, lambda p: attrs.evolve(p, supporters=(*p.supporters, party))
            )
        case ev.ProposalRevised(proposal=proposal, edits=edits):
            fallen = decided(state, entry, (proposal,), Standing.DROPPED)
            return edited(fallen, edits, Mark(entry, proposal))
        case ev.ProposalWithdrawn(proposal=proposal):
            fallen = decided(state, entry, (proposal,), Standing.DROPPED)
            return _in_state(fallen, proposal, "withdrawn")
        case ev.ProposalReintroduced(proposal=proposal, party=party):
            back = brought_back(state, entry, proposal)
            return _on_proposal(back, proposal, lambda p: _with_sponsor(p, party))
        case ev.ProposalRetained(proposal=proposal, kept=kept, edits=edits, state=outcome):
            settled = decided(state, entry, (proposal,), Standing.KEPT, kept)
            return _in_state(edited(settled, edits, decision(entry)), proposal, outcome)
        case ev.ProposalNotRetained(proposal=proposal, dropped=dropped, state=outcome):
            settled = decided(state, entry, (proposal,), Standing.DROPPED, dropped)
            return _in_state(settled, proposal, outcome)
        case ev.ProposalMerged(proposal=proposal, into=into, settled=parts):
            settled = decided(state, entry, (proposal,), Standing.MERGED, parts)
            return _in_state(settled, proposal, "merged", into)
        case ev.BracketHeld(point=point, party=party):
            return _on_bracket(state, point, lambda b: attrs.evolve(b, holders=(*b.holders, party)))
        case ev.BracketReleased(point=point, party=party):
            return _on_bracket(
                state,
                point,
                lambda b: attrs.evolve(b, holders=tuple(h for h in b.holders if h != party)),
            )
        case (
            ev.BracketNarrowed(point=point, reach=reach)
            | ev.BracketWidened(point=point, reach=reach)
        ):
            return _on_bracket(state, point, lambda b: attrs.evolve(b, reach=reach))
        case ev.StatusNoted(point=point, status=status):
            return _on_bracket(state, point, lambda b: attrs.evolve(b, status=status))
        case ev.AlternativeTabled():
            return _alternative_tabled(state, entry, event)
        case ev.OpenPointResolved():
            return _resolved(state, entry, event)
        case ev.ClauseDeleted(edits=edits):
            return _margin(edited(state, edits, decision(entry)), deleted_by=entry)
        case ev.ClauseRestored(strikes=strikes):
            back = unstruck(state, entry, strikes)
            for proposal in sources_of(state.passage, strikes):
                back = _in_state(back, proposal, state_of(back.passage, proposal))
            return _margin(back, deleted_by=0, label_struck=False)
        case ev.PositionRecorded():
            position = Position(event.party, event.stance, event.on, event.condition, entry)
            others = tuple(
                p for p in state.margin.positions if (p.party, p.on) != (event.party, event.on)
            )
            return _margin(state, positions=(*others, position))
        case ev.ClauseParked(owner=owner, until=until, point=point):
            if point:
                return _on_bracket(
                    state, point, lambda b: attrs.evolve(b, parked=owner, until=until)
                )
            return _margin(state, parked=Parked(owner, until, entry))
        case ev.ClauseResumed(point=point):
            if point:
                return _on_bracket(state, point, lambda b: attrs.evolve(b, parked="", until=""))
            return _margin(state, parked=None)
        case ev.ClauseAgreed():
            agreement = Agreement(event.level, event.words, event.conditions, entry, event.heard_by)
            return attrs.evolve(state, agreement=agreement)
        case ev.ConditionMet(condition=condition):
            agreed = state.agreement
            if agreed is None:
                return state
            left = tuple(one for one in agreed.conditions if one.words != condition)
            return attrs.evolve(state, agreement=attrs.evolve(agreed, conditions=left))
        case ev.ClauseReopened() | ev.ConditionFailed():
            ended = _margin(state, last_agreed=state.agreement or state.margin.last_agreed)
            return attrs.evolve(ended, agreement=None)
        case ev.ClauseReferredBack(level=level):
            agreed = state.agreement
            if agreed is None:
                return state
            return attrs.evolve(state, agreement=attrs.evolve(agreed, level=level, entry=entry))
        case ev.TextCorrected(edits=edits):
            return _editorial(edited(state, edits, decision(entry)))
        case ev.ClauseRelabelled(label=label):
            return attrs.evolve(state, label=label)
        case ev.ClauseReprinted():
            reprinted = _margin(state, lead=event.lead, label_struck=event.label_struck)
            return attrs.evolve(reprinted, kind=event.kind, printed=event.printed)
        case ev.ClauseDrawnFrom(clauses=clauses):
            return _margin(state, drawn_from=(*state.margin.drawn_from, *clauses))
        case ev.ClauseLinked(package=package):
            return _margin(state, package=package)
        case ev.ClauseUnlinked():
            return _margin(state, package="")
        case ev.AnomalyFound(anomaly=anomaly, damage=damage):
            found = Anomaly(anomaly, damage, entry=entry)
            return _margin(state, anomalies=(*state.margin.anomalies, found))
        case ev.AnomalySettled():
            return _anomaly_settled(state, event)
        case ev.RemarkMade(words=words, on=on, quoted=quoted):
            remark = Remark(words, on, entry, quoted)
            return _margin(state, remarks=(*state.margin.remarks, remark))
        case ev.EntryWithheld():
            return state
        case ev.ActReversed(restored=restored):
            return _put_back(state, restored)
        case _:
            assert_never(event)


# -- what stands on the clause --------------------------------------------------------------------


def _tabled(entry: int, clause: str, event: ev.ClauseTabled) -> Clause:
    state = Clause(
        clause,
        event.kind,
        event.label,
        event.base_label,
        passage_of(event.runs, entry),
        margin=Margin(tabled_by=entry, label_struck=event.label_struck, lead=event.lead),
        printed=event.printed,
    )
    shown = [(terms, "MOD") for terms in event.amendments]
    if event.proposal is not None:
        shown.insert(0, (event.proposal, "ADD"))
    for terms, kind in shown:
        state = _with_proposal(state, entry, terms, kind)
        state = _in_state(state, terms.id, state_of(state.passage, terms.id))
    return state


def _with_proposal(state: Clause, entry: int, terms: ProposalTerms, kind: str) -> Clause:
    proposal = Proposal(terms.id, kind, terms.symbol, terms.sponsors, entry=entry)
    return attrs.evolve(state, proposals=(*state.proposals, proposal))


def _editorial(state: Clause) -> Clause:
    """An editor's change of form keeps the agreement; it now binds the words as edited."""
    if state.agreement is None:
        return state
    return attrs.evolve(state, agreement=attrs.evolve(state.agreement, words=state.passage.live))


def _margin(state: Clause, **changes: Any) -> Clause:
    return attrs.evolve(state, margin=attrs.evolve(state.margin, **changes))


def _on_proposal(state: Clause, proposal: str, change: Callable[[Proposal], Proposal]) -> Clause:
    return attrs.evolve(
        state,
        proposals=tuple(change(one) if one.id == proposal else one for one in state.proposals),
    )


def _in_state(state: Clause, proposal: str, outcome: str, into: str = "") -> Clause:
    return _on_proposal(state, proposal, lambda p: attrs.evolve(p, state=outcome, into=into))


def _on_bracket(state: Clause, point: str, change: Callable[[Bracket], Bracket]) -> Clause:
    return attrs.evolve(
        state,
        brackets=tuple(change(one) if one.point == point else one for one in state.brackets),
    )


def _without_point(state: Clause, point: str) -> Clause:
    return attrs.evolve(
        state,
        brackets=tuple(one for one in state.brackets if one.point != point),
        alternatives=tuple(one for one in state.alternatives if one.point != point),
    )


def _alternative_tabled(state: Clause, entry: int, event: ev.AlternativeTabled) -> Clause:
    if event.terms is not None:
        kind = "MOD" if event.edits else "ADD"
        state = _with_proposal(state, entry, event.terms, kind)
    state = edited(state, event.edits, Mark(entry, event.proposal))
    alternative = Alternative(
        event.point,
        event.order,
        event.proposal,
        event.sponsors,
        event.reach,
        event.label,
        event.printed,
    )
    return attrs.evolve(state, alternatives=(*state.alternatives, alternative))


def _resolved(state: Clause, entry: int, event: ev.OpenPointResolved) -> Clause:
    after = state
    if event.proposals:
        after = decided(after, entry, event.proposals, Standing.DROPPED, event.settled)
    after = edited(after, event.edits, decision(entry))
    after = _without_point(after, event.point)
    for proposal in event.proposals:
        after = _in_state(after, proposal, state_of(after.passage, proposal), event.into)
    if event.label is not None and event.label != after.label:
        after = attrs.evolve(after, label=event.label)
    return after


def _with_sponsor(proposal: Proposal, party: str) -> Proposal:
    known = party in proposal.sponsors
    sponsors = proposal.sponsors if known else (*proposal.sponsors, party)
    return attrs.evolve(proposal, state="on the table", into="", sponsors=sponsors)


def _anomaly_settled(state: Clause, event: ev.AnomalySettled) -> Clause:
    for correction in event.corrections:
        state = read_anew(state, correction)
    if event.accepted:
        state = confirmed(state, event.anomaly)
    verdict = "accepted" if event.accepted else "rejected"
    anomalies = tuple(
        attrs.evolve(one, settled=verdict) if one.id == event.anomaly else one
        for one in state.margin.anomalies
    )
    return _margin(state, anomalies=anomalies)


_MARGIN_VALUES = (
    "tabled",
    "deleted_by",
    "label_struck",
    "lead",
    "package",
    "drawn_from",
    "positions",
    "remarks",
    "anomalies",
)


def _put_back(state: Clause, restored: Restored) -> Clause:
    margin = state.margin
    back: dict[str, Any] = {}
    for field in _MARGIN_VALUES:
        value = getattr(restored, field)
        if value is not None:
            back[field] = value
    if restored.last_agreed is not None:
        back["last_agreed"] = restored.last_agreed[0] if restored.last_agreed else None
    if restored.parked is not None:
        back["parked"] = restored.parked[0] if restored.parked else None
    if back:
        margin = attrs.evolve(margin, **back)
    printed = restored.printed
    if printed is None:
        printed = state.printed if restored.passage is None else ()
    agreement = state.agreement
    if restored.agreement is not None:
        agreement = restored.agreement[0] if restored.agreement else None
    return Clause(
        state.id,
        state.kind if restored.kind is None else restored.kind,
        state.label if restored.label is None else restored.label,
        state.base_label,
        state.passage if restored.passage is None else Passage(restored.passage),
        state.brackets if restored.brackets is None else restored.brackets,
        state.alternatives if restored.alternatives is None else restored.alternatives,
        state.proposals if restored.proposals is None else restored.proposals,
        agreement,
        margin,
        printed,
    )
