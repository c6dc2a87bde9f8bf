"""A moment with the names taken out, for a text that is published: every writer can print it.

What is taken out is structure: parties, sponsors, holders, supporters, symbols of proposals,
grounds, notes of status, conditions, positions, remarks, meetings, received files, and the lines
and leads by which a page says who asks for what. Ids become plain numbers, since some are made of
names. The words of the text stay as they are tabled, a country's name in a sentence among them:
`still_named` lists where a party of the record is named so, for somebody to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause, Margin
from negotiation.domain.negotiation import Issued, Negotiation
from negotiation.domain.order import Order
from negotiation.domain.terms import (
    Agreement,
    Alternative,
    Bracket,
    Condition,
    Correction,
    How,
    Kind,
    Origin,
    Package,
    Parked,
    Proposal,
    TabledRun,
    WaitsOn,
)
from negotiation.domain.wording import read_anew
from negotiation.papers.furniture import parted
from negotiation.papers.parties import attribution, namings, reserving
from negotiation.text.passage import Mark, Passage, Run, joined
from negotiation.views.at_that_time import Moment, Timeline

_PENDING = {
    WaitsOn.PARTY: "pending a delegation",
    WaitsOn.CLAUSE: "pending another clause",
    WaitsOn.PACKAGE: "as part of a package",
    WaitsOn.CAPITALS: "ad referendum",
    WaitsOn.EVENT: "on a condition",
}
_IN_BRACKETS = re.compile(r"\[([^\[\]]{2,2000})\]")
_SHORTEST = 3
"""Letters of a name that is looked for in words: a code like B is a letter of every text."""
_SOMEBODY = {False: "A delegation", True: "Delegations"}
"""Who reserves its position in a footnote, once it has no name."""
_BESIDE = (Kind.HEADER, Kind.NOTE)
"""Clauses that are printed with the text and are no part of it."""


@attrs.frozen
class Named:
    """What a record knows of names besides those that stand in a moment of it."""

    names: frozenset[str] = frozenset()
    """Every name, code and symbol that a party or its proposal ever went by."""
    leads: Mapping[str, tuple[str, tuple[tuple[int, int], ...]]] = attrs.field(factory=dict)
    """For a clause its words as tabled, and where the page named somebody in them."""


def without_names(moment: Moment, named: Named | None = None) -> Moment:
    """The same text without a word of who asked for what, and nothing that was said in confidence.

    Furniture of the page and drafter's notes that name a party of the record are left out whole.
    With ``named`` also names are known that are not in the moment any more: `named_in` finds them.
    """
    ever = named or Named()
    known = names_in(moment) | ever.names
    numbers = _Numbers(moment)
    words = _any_of(known)
    clauses = tuple(
        _clause(clause, numbers, known, ever)
        for clause in moment.clauses
        if not _only_names(clause, words)
    )
    return Moment(moment.at, _whole(moment.negotiation, numbers, clauses, words), clauses)


def named_in(timeline: Timeline, at: int) -> Named:
    """What a record knows of names up to entry ``at``, those of the page and of the past too."""
    names = _ever_named(timeline, at)
    last_of_act = {entry.act.id: entry.number for entry in timeline.entries[:at]}
    leads: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
    for entry in timeline.entries[:at]:
        if isinstance(entry.event, ev.ClauseTabled):
            tabled = timeline.clause(entry.clause, last_of_act[entry.act.id])
            if tabled is not None and (found := tuple(_leads(tabled, names))):
                leads[entry.clause] = (tabled.passage.words, found)
    return Named(names, leads)


@attrs.frozen
class StillNamed:
    """A party of the record that the words of the text name themselves."""

    clause: str
    label: str
    name: str
    words: str
    """The name with a few words around it."""


def still_named(moment: Moment, named: Named | None = None) -> tuple[StillNamed, ...]:
    """Where the text without names still has the name or code of a party in its own words.

    Each name once a clause; codes of one or two letters are not looked for.
    """
    names = _any_of(names_in(moment) | (named or Named()).names)
    if names is None:
        return ()
    found: dict[tuple[str, str], StillNamed] = {}
    for clause in without_names(moment, named).clauses:
        text = clause.passage.words
        for place in names.finditer(text):
            around = " ".join(text[max(place.start() - 30, 0) : place.end() + 30].split())
            one = StillNamed(clause.id, clause.label, place[0], around)
            found.setdefault((clause.id, place[0]), one)
    return tuple(found.values())


def names_in(moment: Moment) -> frozenset[str]:
    """Every name, code and symbol by which the record knows a party or its proposal."""
    names: set[str] = set()
    for party in moment.negotiation.parties:
        names |= {party.code, party.name, *party.members}
    for clause in moment.clauses:
        for proposal in clause.proposals:
            names |= {proposal.symbol, *proposal.sponsors, *proposal.supporters}
        for bracket in clause.brackets:
            names |= {*bracket.holders}
        for one in clause.alternatives:
            names |= {*one.sponsors}
        names |= {position.party for position in clause.margin.positions}
    return frozenset(name for name in names if name.strip())


def _ever_named(timeline: Timeline, at: int) -> frozenset[str]:
    names: set[str] = set()
    for entry in timeline.entries[:at]:
        names.add(entry.act.behalf)
        match entry.event:
            case ev.PartyJoined(code=code, name=name, members=members):
                names |= {code, name, *members}
            case ev.BracketPlaced(holders=parties) | ev.AlternativeTabled(sponsors=parties):
                names.update(parties)
            case (
                ev.BracketHeld(party=party)
                | ev.ProposalSupported(party=party)
                | ev.PositionRecorded(party=party)
                | ev.ObjectionMade(party=party)
            ):
                names.add(party)
            case (
                ev.AmendmentProposed(proposal=terms)
                | ev.DeletionProposed(proposal=terms)
                | ev.NoChangeProposed(proposal=terms)
            ):
                names.update(terms.sponsors)
            case _:
                pass
    return frozenset(name for name in names if name.strip())


def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    sought = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    if not sought:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sought)})(?!\w)")


def _only_names(clause: Clause, names: re.Pattern[str] | None) -> bool:
    """Whether a clause says whose words follow, or stands beside the text and names a party."""
    words = clause.passage.words
    as_tabled = "".join(words[at] for at in _tabled_here(clause))
    if attribution(as_tabled) is not None:
        return True
    if clause.kind not in _BESIDE or names is None:
        return False
    return any(names.search(one) for one in (words, as_tabled, clause.passage.live))


# -- ids ------------------------------------------------------------------------------------------


class _Numbers:
    """Plain numbers instead of the ids of a moment, and of its alternatives who comes first."""

    def __init__(self, moment: Moment) -> None:
        self._clauses = {clause.id for clause in moment.clauses}
        self._given: dict[str, str] = {}
        self._led: set[tuple[str, int]] = set()

    def of(self, name: str) -> str:
        """The number of a proposal, an open point or a package; clauses keep their ids."""
        if not name or name in self._clauses:
            return name
        return self._given.setdefault(name, str(len(self._given) + 1))

    def leads(self, one: Alternative) -> bool:
        """Whether this is the first clause of a wording; asked once a clause, in order."""
        key = (one.point, one.order)
        first = key not in self._led
        self._led.add(key)
        return first


# -- the whole ------------------------------------------------------------------------------------


def _whole(
    whole: Negotiation,
    numbers: _Numbers,
    clauses: tuple[Clause, ...],
    names: re.Pattern[str] | None,
) -> Negotiation:
    left = {clause.id for clause in clauses}
    # A page without a symbol goes by the name of its file, and that is whatever somebody typed.
    files = {one.name for one in whole.documents}

    def unnamed(words: str) -> str:
        return "" if names is not None and names.search(words) else words

    return Negotiation(
        whole.id,
        "" if whole.symbol in files else whole.symbol,
        unnamed(whole.body),
        whole.conventions,
        unnamed(whole.title),
        order=Order(placed for placed in whole.order if placed.clause in left),
        packages=tuple(_package(one, numbers) for one in whole.packages),
        issued=tuple(
            Issued(
                one.symbol,
                one.fingerprint,
                "" if one.against in files else unnamed(one.against),
                (),
                one.entry,
            )
            for one in whole.issued
        ),
    )


def _package(one: Package, numbers: _Numbers) -> Package:
    points = tuple(numbers.of(point) for point in one.points)
    number = numbers.of(one.id)
    return attrs.evolve(one, id=number, name=f"package {number}", points=points)


# -- one clause -----------------------------------------------------------------------------------


def _clause(clause: Clause, numbers: _Numbers, known: frozenset[str], ever: Named) -> Clause:
    read = _without_leads(clause, known, ever)
    return attrs.evolve(
        read,
        passage=Passage(joined(_run(run, numbers) for run in read.passage.runs)),
        brackets=tuple(_bracket(one, numbers) for one in read.brackets),
        alternatives=tuple(_alternative(one, numbers) for one in read.alternatives),
        proposals=tuple(_proposal(one, numbers) for one in read.proposals),
        agreement=_agreement(clause, read),
        margin=_margin(read.margin, numbers),
        printed=tuple(
            attrs.evolve(one, label=numbers.of(one.label)) if one.how is How.BARE else one
            for one in read.printed
            if one.how not in (How.NAMED, How.UNNAMED)
        ),
    )


# -- names in brackets ----------------------------------------------------------------------------


def _without_leads(clause: Clause, known: frozenset[str], ever: Named) -> Clause:
    """The clause without the words of its page that say who holds a bracket.

    Those that the page had are taken out wherever their bracket has gone since, and whatever was
    put between them.
    """
    tabled, leads = ever.leads.get(clause.id, ("", ()))
    own = list(_tabled_here(clause))
    opens = False
    several = reserving(clause.passage.words, known)[1] > 1
    if leads and "".join(clause.passage.words[at] for at in own) == tabled:
        places = sorted((own[at] for start, end in leads for at in range(start, end)), reverse=True)
        opens = places[-1] == own[0]
        for at in places:
            removed = clause.passage.words[at]
            clause = read_anew(clause, Correction(at, at + 1, removed, ()))
    for start, end in _leads(clause, known):
        opens = opens or start == 0
        removed = clause.passage.words[start:end]
        clause = read_anew(clause, Correction(start, end, removed, ()))
    if opens and clause.kind is Kind.FOOTNOTE:
        somebody = TabledRun(_SOMEBODY[several], Origin.PRESUMED)
        clause = read_anew(clause, Correction(0, 0, "", (somebody,)))
    return clause


def _tabled_here(clause: Clause) -> Iterator[int]:
    """The places of the words that the clause was tabled with."""
    for at, run in clause.passage.pieces():
        mark = run.inserted_by
        if mark is None or mark.entry == clause.margin.tabled_by:
            yield from range(at, at + len(run.words))


def _leads(clause: Clause, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where words in brackets name who holds them, and footnotes who reserves; the last one first.

    Taking one out leaves the places of those before it.
    """
    words = clause.passage.words
    reaches = [one.reach for one in clause.brackets] + [one.reach for one in clause.alternatives]
    shares = {reach.within(len(words)) for reach in reaches}
    shares |= {found.span(1) for found in _IN_BRACKETS.finditer(words)}
    stretches = {
        (start + low, start + high)
        for start, end in shares
        for low, high in namings(words[start:end], known)
    }
    if clause.kind is Kind.FOOTNOTE and (named := reserving(words, known)[0]):
        stretches.add((0, named))
    bound = len(words)
    for start, end in sorted(stretches, reverse=True):
        if end <= bound:
            yield start, end
            bound = start


# -- what stands on a clause ----------------------------------------------------------------------


def _run(run: Run, numbers: _Numbers) -> Run:
    inserted = run.inserted_by
    return Run(
        run.words,
        None if inserted is None else _mark(inserted, numbers),
        tuple(_mark(strike, numbers) for strike in run.struck_by),
        run.presumed,
    )


def _mark(mark: Mark, numbers: _Numbers) -> Mark:
    return Mark(mark.entry, numbers.of(mark.source), mark.fates)


def _bracket(one: Bracket, numbers: _Numbers) -> Bracket:
    return Bracket(numbers.of(one.point), one.kind, one.reach, one.begins, since=one.since)


def _alternative(one: Alternative, numbers: _Numbers) -> Alternative:
    attributed = bool(one.sponsors) or one.printed not in ("", one.label)
    leads = numbers.leads(one)
    return Alternative(
        numbers.of(one.point),
        one.order,
        numbers.of(one.proposal),
        (),
        one.reach,
        one.label,
        # A line stood here that told the wordings apart; a number does that too.
        f"Option {one.order}" if attributed and leads and one.reach.start is None else "",
    )


def _proposal(one: Proposal, numbers: _Numbers) -> Proposal:
    return Proposal(
        numbers.of(one.id), one.kind, state=one.state, into=numbers.of(one.into), entry=one.entry
    )


def _agreement(clause: Clause, read: Clause) -> Agreement | None:
    one = clause.agreement
    if one is None:
        return None
    conditions = tuple(
        Condition(_PENDING[condition.waits_on], condition.waits_on) for condition in one.conditions
    )
    # It binds the words that stand; they are printed as they are read without the leads.
    words = read.passage.live if one.words == clause.passage.live else ""
    same = read.passage.words == clause.passage.words
    return Agreement(one.level, one.words if same else words, conditions, one.entry)


def _margin(margin: Margin, numbers: _Numbers) -> Margin:
    parked = margin.parked
    return attrs.evolve(
        margin,
        # Front matter and comments are no text, and may name anybody.
        lead=parted(margin.lead)[1],
        last_agreed=None,
        parked=None if parked is None else Parked("", "", parked.entry),
        positions=(),
        remarks=(),
        anomalies=(),
        package=numbers.of(margin.package),
    )
