"""What the labels of the text become when it is numbered anew, and what refers to them.

The clean-up of letters, numbers and references: dropped clauses leave the count, lists count from
their first label without gaps, an only item loses its label, and references follow by the clause
that they mean. Nothing is decided here: dropping what is struck and settling groups come before.
An open group of wordings keeps its place, each wording numbered as if it stood alone; an addition
that nobody has decided takes no number away from others.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import RenumberText, Rewording, WordsAt
from negotiation.domain.labels import gaps, labels
from negotiation.domain.numbering import printed
from negotiation.domain.outline import Count, rules_for
from negotiation.domain.terms import Kind
from negotiation.text.passage import base_passage
from negotiation.text.search import occurrences
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.outline import count_of, rows_of, words_fixed
from negotiation.views.paths import paths
from negotiation.views.references import Reference, Referring, live_offsets

_NUMBERED = (Kind.HEADING, Kind.ITEM, Kind.PARAGRAPH)


@attrs.frozen
class Relabelled:
    """A clause whose label changes."""

    clause: str
    old: str
    new: str


@attrs.frozen
class Stale:
    """A reference that cannot follow by itself: somebody has to say what is meant."""

    clause: str
    """The clause in whose words it stands."""
    path: str
    words: str
    start: int
    end: int
    why: str


@attrs.frozen
class Corresponds:
    """A line of the correspondence table: what a clause was called and is called now."""

    clause: str
    old: str
    """Its label before."""
    new: str
    """Its label after; empty where it has none, or is dropped."""
    was: str
    """Its path before."""
    path: str
    """Its path after; empty when it is dropped."""
    dropped: bool
    undecided: bool
    """Whether it is an addition, or one of several wordings, that nobody has decided."""


@attrs.frozen
class Gap:
    """Neighbours of a list between whose old numbers one is missing; something may be lost."""

    clause: str
    path: str
    before: str
    """The label that stands before the gap."""
    label: str


@attrs.frozen
class Renumbering:
    """What numbering the text anew would do."""

    labels: tuple[Relabelled, ...]
    """Only the labels that change."""
    references: tuple[tuple[str, tuple[Rewording, ...]], ...]
    """For each clause whose references follow, the rewordings that do it."""
    stale: tuple[Stale, ...]
    table: tuple[Corresponds, ...]
    """Every clause that had or gets a label, and those that are dropped."""
    gaps: tuple[Gap, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return bool(self.labels or self.references)

    @property
    def command(self) -> RenumberText:
        """The act that does it."""
        return RenumberText(tuple((one.clause, one.new) for one in self.labels), self.references)


def renumbering(timeline: Timeline, at: int) -> Renumbering:
    """What numbering the text anew after entry ``at`` would do."""
    moment = timeline.moment(at)
    new = new_labels(moment)
    renamed = _renamed(moment, new)
    relabelled = tuple(
        Relabelled(clause.id, clause.label, new[clause.id])
        for clause in moment.clauses
        if clause.label != new[clause.id]
    )
    called, calling = paths(moment), paths(renamed)
    followed, stale = _follow(moment, renamed, called)
    table = _table(moment, new, called, calling)
    return Renumbering(relabelled, followed, stale, table, _gaps(moment, called))


def new_labels(moment: Moment) -> dict[str, str]:
    """The label that the rules of the body give to every clause, by its id."""
    clauses, rows = rows_of(moment)
    found = labels(rows, rules_for(moment.negotiation.conventions))
    new = {clause.id: clause.label for clause in moment.clauses}
    new |= {clause.id: label for clause, label in zip(clauses, found, strict=True)}
    return new


# -- the table ------------------------------------------------------------------------------------


def _gaps(moment: Moment, called: Mapping[str, str]) -> tuple[Gap, ...]:
    clauses, rows = rows_of(moment)
    rules = rules_for(moment.negotiation.conventions)
    return tuple(
        Gap(clauses[row].id, called[clauses[row].id], rows[before].label, rows[row].label)
        for before, row in gaps(rows, rules)
    )


def _renamed(moment: Moment, new: Mapping[str, str]) -> Moment:
    """The moment as its labels would then be."""
    clauses = tuple(
        clause if clause.label == new[clause.id] else attrs.evolve(clause, label=new[clause.id])
        for clause in moment.clauses
    )
    return attrs.evolve(moment, clauses=clauses)


def _table(
    moment: Moment, new: Mapping[str, str], called: Mapping[str, str], calling: Mapping[str, str]
) -> tuple[Corresponds, ...]:
    rows: list[Corresponds] = []
    for clause in moment.clauses:
        label = new[clause.id]
        if clause.kind not in _NUMBERED or not (clause.label or label) or not clause.margin.tabled:
            continue
        count = count_of(clause)
        dropped = count is Count.DROPPED
        rows.append(
            Corresponds(
                clause.id,
                clause.label,
                "" if dropped else label,
                called.get(clause.id, ""),
                "" if dropped else calling.get(clause.id, ""),
                dropped,
                count is Count.UNDECIDED,
            )
        )
    return tuple(rows)


# -- references follow ----------------------------------------------------------------------------


def _follow(
    moment: Moment, renamed: Moment, called: Mapping[str, str]
) -> tuple[tuple[tuple[str, tuple[Rewording, ...]], ...], tuple[Stale, ...]]:
    referring = Referring(moment)
    then = {clause.id: clause for clause in renamed.clauses}
    found: list[tuple[Clause, list[tuple[Reference, Rewording | str]]]] = []
    for clause in moment.clauses:
        if clause.stands and (told := referring.of(clause)):
            fixed = words_fixed(moment, clause, editing=False)
            found.append((clause, [(one, _retold(clause, one, then, fixed)) for one in told]))
    doubled = _doubled(renamed, found)
    followed: list[tuple[str, tuple[Rewording, ...]]] = []
    stale: list[Stale] = []
    for clause, told_of in found:
        path = called.get(clause.id, "")
        for number, (one, new) in enumerate(told_of):
            why = new if isinstance(new, str) and new else doubled.get((clause.id, number), "")
            if why:
                stale.append(Stale(clause.id, path, one.words, one.start, one.end, why))
        # From the back, so that no change moves the words that the next one names.
        rewordings = tuple(new for _, new in reversed(told_of) if isinstance(new, Rewording))
        if rewordings:
            followed.append((clause.id, rewordings))
    return tuple(followed), tuple(stale)


def _doubled(
    renamed: Moment, found: list[tuple[Clause, list[tuple[Reference, Rewording | str]]]]
) -> dict[tuple[str, int], str]:
    """The references that would be right and yet not certain: others have their number, too.

    The text is read again as it would then be, with its new numbers in its words.
    """
    words = {clause.id: _said(clause, told) for clause, told in found}
    reread = Referring(
        attrs.evolve(
            renamed,
            clauses=tuple(
                attrs.evolve(clause, passage=base_passage(words[clause.id]))
                if clause.id in words
                else clause
                for clause in renamed.clauses
            ),
        )
    )
    doubled: dict[tuple[str, int], str] = {}
    for clause, told in found:
        after = reread.of(attrs.evolve(clause, passage=base_passage(words[clause.id])))
        for number, (one, _) in enumerate(told):
            if not one.clause:
                continue
            now = after[number] if len(after) == len(told) else None
            if now is None or now.clause != one.clause:
                doubled[clause.id, number] = "with its new number it could mean another clause, too"
    return doubled


def _said(clause: Clause, told: list[tuple[Reference, Rewording | str]]) -> str:
    """The live words with the new numbers in them."""
    words, offsets = clause.passage.live, live_offsets(clause.passage)
    places = {offset: at for at, offset in enumerate(offsets)}
    for one, new in reversed(told):
        if isinstance(new, Rewording):
            start = places[one.label_start]
            words = words[:start] + new.new + words[start + len(one.label) :]
    return words


def _retold(
    clause: Clause, one: Reference, then: Mapping[str, Clause], fixed: str
) -> Rewording | str:
    """What makes a reference follow, or why nothing can; empty where it is right as it is."""
    if not one.clause:
        return one.why
    meant = then[one.clause]
    if count_of(meant) is Count.DROPPED:
        return "what it refers to is dropped"
    label = printed(meant.label)
    within = printed(then[one.within].label) if one.within else None
    if label is None:
        return "what it refers to has no number any more" if not meant.label else ""
    number = one.spelled(label, within)
    if number == one.label:
        return ""
    if fixed:
        return fixed
    places = occurrences(clause.passage, one.label)
    turn = next((n for n, place in enumerate(places, 1) if place.start == one.label_start), 0)
    if not turn or not _plain(clause, one):
        return "it stands in words that are still open"
    return Rewording(number, WordsAt(one.label, turn))


def _plain(clause: Clause, one: Reference) -> bool:
    runs = clause.passage.between(one.label_start, one.label_end)
    return all(run.live and not run.pending for run in runs)
