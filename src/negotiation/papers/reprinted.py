"""How a later page prints a clause: torn or apart, under whose name, and its faults.

What an earlier page lost is known as before; what this one shows takes the place of what the last
one showed. Places are carried by counting letters: the record holds words that the page hides.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Anomaly, Correction, How, Printed, Severity
from negotiation.papers.markdown import named_proposals
from negotiation.papers.visible import Visible
from negotiation.text.passage import Shown
from negotiation.text.places import Reach


def same_fault(one: Anomaly, other: Anomaly) -> bool:
    """Whether two anomalies tell of the same fault in the same words."""
    mine, theirs = one.damage, other.damage
    return (mine.code, mine.words, mine.live) == (theirs.code, theirs.words, theirs.live)


def same_slip(one: Anomaly, other: Anomaly) -> bool:
    """Whether two anomalies tell of the same slip of form, whatever the words are now."""
    mine, theirs = one.damage, other.damage
    slip = mine.severity is theirs.severity is Severity.EDITORIAL
    return slip and (mine.code, mine.live) == (theirs.code, theirs.live)


def reprinted(clause: Clause, shown: Clause) -> tuple[Printed, ...]:
    """Where the page tore the paragraph or printed a wording apart, and whom it names.

    What was lost on an earlier page is known as before.
    """
    if not (clause.printed or shown.printed or clause.proposals):
        return ()
    here, there = Visible(clause.passage), Visible(shown.passage)
    anew = (How.TORN, How.APART, How.BARE, How.NAMED, How.UNNAMED)
    kept = [
        one
        for one in clause.printed
        if one.how not in anew
        # A wording that is gone was printed apart when it was there.
        or (one.how is How.APART and here.before(one.start) == here.before(one.end))
    ]
    known = {
        (one.how, one.label, here.before(one.start), here.before(one.end)): one
        for one in clause.printed
    }
    ends = [*here.letters_at, len(here.passage.words)]
    for one in shown.printed:
        first, last = there.before(one.start), there.before(one.end)
        own = known.get((one.how, one.label, first, last))
        if one.how is How.TORN:
            kept.append(own or Printed(ends[first], ends[first], How.TORN))
        elif one.how is How.APART and first < last:
            reach = Reach(one.start, one.end)
            start, end = here.reach(there.share(reach), reach).within(len(here.passage.words))
            kept.append(own or Printed(start, end, How.APART, one.label))
    if shown.passage.pending:
        unboxed = {one.label: one for one in clause.printed if one.how is How.BARE}
        for proposal in clause.proposals:
            if proposal.state == "on the table" and proposal.entry != clause.margin.tabled_by:
                bare = Printed(0, len(clause.passage.words), How.BARE, proposal.id)
                kept.append(unboxed.get(proposal.id, bare))
    kept += _lines(clause, shown)
    same = sorted(kept, key=_place) == sorted(clause.printed, key=_place)
    return clause.printed if same else tuple(kept)


def _lines(clause: Clause, shown: Clause) -> Iterator[Printed]:
    """Which proposals the page names on lines of their own, where that is not as usual."""
    known = {one.label: one for one in clause.printed if one.how in (How.NAMED, How.UNNAMED)}
    bare = attrs.evolve(clause, printed=())
    wanted = [one.symbol for one in named_proposals(shown)]
    usual = {one.id for one in named_proposals(bare)}
    wordings = {one.proposal for one in clause.alternatives}
    for proposal in reversed(clause.proposals):
        if not proposal.symbol or proposal.id in wordings:
            continue
        named = proposal.symbol in wanted
        if named:
            wanted.remove(proposal.symbol)
        if not named and proposal.state != "on the table":
            # Once it is decided no page needs to say whose it was.
            own = known.get(proposal.id)
            if own is not None:
                yield own
            continue
        if named is not (proposal.id in usual):
            how = How.NAMED if named else How.UNNAMED
            own = known.get(proposal.id)
            yield own if own is not None and own.how is how else Printed(0, 0, how, proposal.id)


def _place(one: Printed) -> tuple[int, int, str, str]:
    return one.start, one.end, one.how.value, one.label


def carried_corrections(
    corrections: tuple[Correction, ...], clause: Clause, shown: Clause
) -> tuple[Correction, ...]:
    """The corrections of the page's reading, placed in the words of the record; all or none."""
    if not corrections or clause.passage.words == shown.passage.words:
        return corrections
    here, there = Visible(clause.passage), Visible(shown.passage)
    if any(run.shown is Shown.GONE for run in shown.passage.runs):
        return ()
    found: list[Correction] = []
    for one in corrections:
        first, last = there.before(one.start), there.before(one.end)
        if first >= last or last > len(here.letters_at):
            return ()
        start, end = here.letters_at[first], here.letters_at[last - 1] + 1
        if here.passage.words[start:end] != one.removed:
            return ()
        found.append(attrs.evolve(one, start=start, end=end))
    return tuple(found)
