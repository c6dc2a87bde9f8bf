"""What a rehearsed act would do, as lines: every clause it touches, before and after."""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.desk import Rehearsed
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.terms import Agreement
from negotiation.views.pieces import pieces
from negotiation.views.readings import Reading
from negotiation.views.weighty_words import warning, weighty_between
from negotiation_tui.draw import Ink, Line, brief, signed, visible, wrap
from negotiation_tui.marked import bits_of
from negotiation_tui.page import Page

_SHOWN = 4


def rehearsed_lines(
    rehearsed: Rehearsed, page: Page, width: int, *, signs: bool, shown: int = _SHOWN
) -> tuple[Line, ...]:
    """The lines that say what would change, clause by clause as far as ``shown``."""
    rows: list[Line] = []
    packages = {one.id: one.name for one in page.moment.negotiation.packages}
    packages |= {
        one.event.package: one.event.name
        for one in rehearsed.drafted
        if isinstance(one.event, ev.PackageFormed)
    }
    changed = [pair for pair in rehearsed.changed if pair[0] is not pair[1]]
    for before, after in changed[:shown]:
        name = page.called.get(after.id) or after.label or "a new clause"
        rows.append(((f"{visible(name)}", Ink.LABEL),))
        rows += _pair(before, after, width, signs, packages)
    if len(changed) > shown:
        rows.append(((f"… and {len(changed) - shown} more clauses", Ink.FAINT),))
    if not changed:
        moves = any(isinstance(one.event, ev.ClausePlaced) for one in rehearsed.drafted)
        told = "The order of the text changes; no words do." if moves else "No words change."
        rows.append(((told, Ink.FAINT),))
    return tuple(rows)


def _pair(
    before: Clause | None, after: Clause, width: int, signs: bool, packages: Mapping[str, str]
) -> list[Line]:
    now = _reads(before, width, "before ", signs) if before is not None else ()
    then = _reads(after, width, " after ", signs)
    same = before is not None and now[0][1:] == then[0][1:] and now[1:] == then[1:]
    rows: list[Line] = [*then] if same else [*now, *then]
    for note in _notes(before, after, packages):
        rows += wrap(((visible(note), Ink.AGREED),), width, (("       ", Ink.PLAIN),), 7)
    return rows


def _reads(clause: Clause, width: int, when: str, signs: bool) -> tuple[Line, ...]:
    row = pieces(clause, Reading.OPEN)
    length = len(clause.passage.words)
    stretches = [one.reach.within(length) for one in clause.alternatives]
    words = bits_of(row, alternatives=stretches)
    if not words:
        words = (("no words", Ink.FAINT),)
    label = ((f"{visible(clause.label)} ", Ink.LABEL),) if clause.label else ()
    return wrap((*label, *(signed(words) if signs else words)), width, ((when, Ink.FAINT),), 7)


def _notes(before: Clause | None, after: Clause, packages: Mapping[str, str]) -> list[str]:
    """What changes beside the words."""
    notes: list[str] = []
    agreed_before = before.agreement if before is not None else None
    if after.agreement != agreed_before:
        if after.agreement is None:
            notes.append(_ended(agreed_before))
        else:
            told = f"agreed: {after.agreement.level}"
            if after.agreement.conditions:
                told += (
                    f", on condition: {'; '.join(one.words for one in after.agreement.conditions)}"
                )
            notes.append(told)
    if agreed_before is not None and before is not None:
        lost, gained = weighty_between(before.passage.live, after.passage.live)
        if lost or gained:
            notes.append(f"! {warning(lost, gained, agreed_before.level)}")
    was_of, is_of = before.margin.package if before is not None else "", after.margin.package
    if was_of != is_of:
        named = packages.get(is_of or was_of, is_of or was_of)
        notes.append(f"tied to the package {named}" if is_of else f"no longer of {named}")
    parked = after.margin.parked
    if parked != (before.margin.parked if before is not None else None):
        notes.append(f"parked, {parked.owner} brings it back" if parked else "taken up again")
    if before is not None and len(before.brackets) != len(after.brackets):
        notes.append(f"brackets: {len(before.brackets)} before, {len(after.brackets)} after")
    for proposal in after.proposals:
        was = before.proposal(proposal.id) if before is not None else None
        if was is None or was.state != proposal.state:
            name = proposal.symbol or ", ".join(proposal.sponsors) or "the proposal"
            notes.append(f"{brief(name, 40)} ({proposal.kind}): {proposal.state}")
    return notes


def _ended(agreement: Agreement | None) -> str:
    """That an agreement ends, at which level it was, and which conditions fall with it."""
    if agreement is None:
        return "no longer agreed"
    hung = "; ".join(one.words for one in agreement.conditions)
    return f"no longer agreed ({agreement.level}){f'; falls with it: {hung}' if hung else ''}"
