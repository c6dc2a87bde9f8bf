"""Where each paragraph comes from: contributors, earlier numbers, what was done and why.

The table that secretariats make by hand when a text is put together anew. Contributors are those
whose words stand or are proposed, those whose words were merged, and those who asked for what went.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.people import Capacity
from negotiation.domain.terms import DocumentRole, Kind
from negotiation.text.passage import Passage, Standing
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.hands import Hand
from negotiation.views.in_brief import Happening, in_brief
from negotiation.views.on_the_page import as_first_placed
from negotiation.views.paths import Names, paths
from negotiation.views.read_aloud import read_aloud
from negotiation.views.undoings import undone_within
from negotiation.views.what_happened import received_by
from negotiation.views.what_may_be_seen import PUBLIC, Viewer, as_seen
from negotiation.views.who_wrote_this import Authors, Touch, who_wrote_this


class Part(enum.Enum):
    """What a contributor has in a paragraph."""

    WORDS = "words"
    PROPOSED = "words, undecided"
    MERGED = "merged into it"
    DELETION = "deletion"
    DELETION_PROPOSED = "deletion, undecided"
    NOT_RETAINED = "words, not retained"
    """Told of a paragraph that has left the text."""
    OWN_WORDS = "own words"
    """Of the chair, the secretariat or an editor, without a proposal."""


@attrs.frozen
class Contribution:
    """Whose words went into a paragraph, or out of it."""

    parties: tuple[str, ...]
    """The codes of the sponsors; none for a proposal without attribution."""
    symbol: str
    part: Part
    capacity: Capacity | None = None
    """Who it was where it was nobody's proposal."""


@attrs.frozen
class EarlierName:
    """What a paragraph was called in an earlier version."""

    version: str
    path: str
    label: str


@attrs.frozen
class Paragraph:
    """A paragraph with its provenance."""

    clause: str
    path: str
    words: str
    """The live words; for one that is gone, those it had last."""
    base: bool
    """Whether words of the base stand in it."""
    gone: bool
    """Whether it has left the text."""
    contributions: tuple[Contribution, ...]
    earlier: tuple[EarlierName, ...]
    done: tuple[Happening, ...]


@attrs.frozen
class Provenance:
    """Every paragraph that stands or stood, and the versions that are compared."""

    at: int
    symbol: str
    versions: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


def where_it_comes_from(timeline: Timeline, at: int, *, viewer: Viewer = PUBLIC) -> Provenance:
    """The provenance of every paragraph after entry ``at``, in the order of the text."""
    moment = timeline.moment(at)
    called = timeline.memory(Names).paths(moment)
    versions = _versions(timeline, at)
    written = {one.clause: one for one in who_wrote_this(timeline, at)}
    received = received_by(timeline, 0, at)
    undone = undone_within(timeline.entries[:at]).hidden
    done: dict[str, list[Happening]] = {}
    for entry in timeline.entries[received:at]:
        told = entry.clause and entry.act.id not in undone
        if told and as_seen(entry, viewer, timeline) is not None:
            done.setdefault(entry.clause, []).append(in_brief(timeline, entry, called))
    return Provenance(
        at,
        moment.negotiation.symbol,
        tuple(name for name, _, _ in versions),
        tuple(
            Paragraph(
                one.id,
                called[one.id],
                _words(timeline, one, at),
                any(
                    run.inserted_by is None and (run.live or not one.stands)
                    for run in one.passage.runs
                ),
                not one.stands,
                _contributions(written[one.id], gone=not one.stands),
                tuple(
                    EarlierName(name, names[one.id], labels.get(one.id, ""))
                    for name, names, labels in versions
                    if one.id in names
                ),
                tuple(done.get(one.id, ())),
            )
            for one in moment.clauses
            if one.margin.tabled and one.kind is not Kind.HEADER and one.passage.runs
        ),
    )


def _words(timeline: Timeline, clause: Clause, at: int) -> str:
    """The live words of a clause; those it had last, or struck ones, where it has none."""
    if clause.passage.live:
        return read_aloud(clause, 0, len(clause.passage.words))
    for number in reversed(timeline.changes_of(clause.id)):
        state = timeline.clause(clause.id, number) if number <= at else None
        if state is not None and state.passage.live:
            return state.passage.live
    return clause.passage.words


# -- contributors ---------------------------------------------------------------------------------


def _contributions(authors: Authors, *, gone: bool) -> tuple[Contribution, ...]:
    found: list[Contribution] = []
    for run in authors.runs:
        if not run.words.strip():
            continue
        inserted = run.inserted
        struck = [one for one in run.struck if one.standing in _IN_FORCE]
        kept_out = any(one.standing is Standing.KEPT for one in struck)
        stands = inserted is None or inserted.standing in _IN_FORCE
        if inserted is not None and stands and not kept_out:
            pending = inserted.standing is Standing.PENDING
            found += _of(inserted, Part.PROPOSED if pending else Part.WORDS)
            found += [
                Contribution(one.sponsors, one.symbol, Part.MERGED) for one in run.contributors
            ]
        elif inserted is not None and gone:
            found += _of(inserted, Part.NOT_RETAINED)
        if stands:
            for strike in struck:
                pending = strike.standing is Standing.PENDING
                found += _of(strike, Part.DELETION_PROPOSED if pending else Part.DELETION)
    return tuple(dict.fromkeys(found))


_IN_FORCE = (Standing.PENDING, Standing.KEPT)


def _of(touch: Touch, part: Part) -> list[Contribution]:
    credit = touch.credit
    if credit is not None:
        return [Contribution(credit.sponsors, credit.symbol, part)]
    return [_own(touch.hand, part)] if touch.hand.capacity is not Capacity.IMPORT else []


def _own(hand: Hand, part: Part) -> Contribution:
    own = Part.OWN_WORDS if part is Part.WORDS else part
    return Contribution((hand.behalf,) if hand.behalf else (), "", own, hand.capacity)


# -- earlier versions -----------------------------------------------------------------------------


_Version = tuple[str, dict[str, str], dict[str, str]]
"""The name of a version, and the paths and the labels of the clauses that stood in it."""


def _versions(timeline: Timeline, at: int) -> tuple[_Version, ...]:
    whole = timeline.negotiation(at)
    found: list[tuple[int, str]] = [(one.entry, one.symbol or one.name) for one in whole.pages]
    found += [(one.entry, one.symbol) for one in whole.issued if not one.withdrawn]
    base = next((one for one in whole.documents if one.role is DocumentRole.BASE), None)
    rows = [_named(base.symbol or base.name, _base(timeline, at))] if base is not None else []
    for entry, symbol in sorted(found):
        act = timeline.entries[entry - 1].act.id
        end = entry
        while end < at and timeline.entries[end].act.id == act:
            end += 1
        if end < at:
            rows.append(_named(symbol, timeline.moment(end)))
    return tuple(rows)


def _named(name: str, moment: Moment) -> _Version:
    called = paths(moment)
    standing = [one for one in moment.clauses if one.stands]
    return (
        name,
        {one.id: called[one.id] for one in standing},
        {one.id: one.label for one in standing},
    )


def _base(timeline: Timeline, at: int) -> Moment:
    """The base as a moment of its own: its clauses with the words and labels they had in it."""
    moment = as_first_placed(timeline, at)
    return attrs.evolve(
        moment,
        clauses=tuple(
            attrs.evolve(
                one,
                label=one.base_label or "",
                passage=Passage(
                    tuple(
                        attrs.evolve(run, struck_by=())
                        for run in one.passage.runs
                        if run.inserted_by is None
                    )
                ),
            )
            for one in moment.clauses
            if one.margin.tabled and one.passage.base.strip()
        ),
    )
