"""An export without names says nothing of who asked for what, shown by searching its bytes.

Everything secret that is planted here holds the letters `zqx`, or is a party that no sentence of
the text names; then no file without names may hold either.
"""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Act, Entry
from negotiation.domain.entries import Moment as When
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import (
    BracketKind,
    Condition,
    DocumentRole,
    HowTaken,
    IssuedFile,
    Kind,
    Origin,
    ProposalTerms,
    Stance,
    TabledRun,
    WaitsOn,
)
from negotiation.papers.export import CannotWrite, write
from negotiation.papers.without_names import named_in, still_named, without_names
from negotiation.text.edit import insertion, replacement
from negotiation.text.passage import Standing
from negotiation.text.places import WHOLE, Reach
from negotiation.views.at_that_time import Moment, Timeline
from tests.corpus import corpus_file
from tests.given import add, given, instead, mod, two
from tests.papers.shapes import OWN, TEXTS

START = dt.datetime(2031, 5, 6, 9, 0, tzinfo=dt.UTC)
SECRET = "zqx"
CODES = ("ZQXA", "ZQXB", "ZQXC")
KNOWN = ("Tuvalu", "Vanuatu", "PSIDS")
"""Parties that a page is known to name; none is named in the words of these tests."""
WORDS = ("the", "tide", "gauge,", "shall", "not", "be", "read;", "cafe\u0301", "\u2013 or", "free:")
FORMS = (
    ("x.md", ""),
    ("x.md", "open"),
    ("x.md", "base"),
    ("x.txt", "marked"),
    ("x.txt", "open"),
    ("x.txt", "live"),
    ("x.txt", "base"),
    ("x.json", ""),
    ("x.html", ""),
)

wordings = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


class Planter:
    """A record on which every act hides something that may not get out."""

    def __init__(self, draw: st.DrawFn, timeline: Timeline) -> None:
        self.draw = draw
        self.timeline = timeline
        self.step = timeline.head

    def secret(self) -> str:
        self.step += 1
        return f"{SECRET} {self.step}"

    def code(self) -> str:
        return self.draw(st.sampled_from(CODES))

    def terms(self) -> ProposalTerms:
        code = self.code()
        return ProposalTerms(self.secret(), f"{code}/7/{self.step}", (code,), self.secret())

    def write(self, clause: str, *events: ev.Event) -> None:
        for event in events:
            act = Act(
                self.secret(),
                START,
                When(START),
                self.secret(),
                self.secret(),
                self.code(),
                self.draw(st.sampled_from(Capacity)),
                self.secret(),
                "Planted",
            )
            number = self.timeline.head + 1
            visibility = self.draw(st.sampled_from(Visibility))
            version = len(self.timeline.changes_of(clause)) + 1
            self.timeline.extend([Entry(number, clause, version, act, event, None, visibility)])

    def clause(self) -> Clause:
        moment = self.timeline.moment()
        return self.draw(st.sampled_from(moment.clauses))

    def stretch(self, clause: Clause) -> tuple[int, int]:
        length = len(clause.passage.words)
        places = st.integers(0, length)
        low, high = sorted((self.draw(places), self.draw(places)))
        return low, high

    def point(self, clause: Clause) -> str:
        there = [one.point for one in clause.brackets]
        return self.draw(st.sampled_from(there)) if there else ""

    def proposal(self, clause: Clause) -> str:
        there = [one.id for one in clause.proposals]
        return self.draw(st.sampled_from(there)) if there else ""

    # -- what may be planted ----------------------------------------------------------------------

    def plant(self, what: str) -> None:
        getattr(self, f"_{what}")(self.clause())

    def _party(self, clause: Clause) -> None:
        self.write("", ev.PartyJoined(self.code(), self.secret(), (self.secret(), self.code())))

    def _meeting(self, clause: Clause) -> None:
        self.write("", ev.MeetingOpened(self.secret()))

    def _document(self, clause: Clause) -> None:
        source = f"[{self.secret()}]: http://{self.secret()}\n".encode()
        role = self.draw(st.sampled_from(DocumentRole))
        symbol = self.secret() if role is DocumentRole.BASE else ""
        self.write("", ev.DocumentReceived(self.secret(), self.secret(), source, symbol, role=role))

    def _package(self, clause: Clause) -> None:
        package = self.secret()
        points = (self.point(clause),) if clause.brackets else ()
        self.write("", ev.PackageFormed(package, self.secret(), (clause.id,), points))
        self.write(clause.id, ev.ClauseLinked(package))
        if self.draw(st.booleans()):
            self.write("", ev.PackageBroken(package, self.code(), self.secret()))

    def _decision(self, clause: Clause) -> None:
        decision = self.secret()
        put = ev.DecisionPut(decision, self.secret(), f'{{"by": "{self.secret()}"}}', (clause.id,))
        self.write("", put, ev.ObjectionMade(decision, self.code(), self.secret()))
        if self.draw(st.booleans()):
            self.write("", ev.DecisionTaken(decision, HowTaken.SILENCE))

    def _version(self, clause: Clause) -> None:
        files = (IssuedFile(self.secret(), "0", self.secret()),)
        self.write("", ev.VersionIssued("TC/1(Rev.1)", "0", files=files))
        if self.draw(st.booleans()):
            self.write("", ev.VersionWithdrawn("TC/1(Rev.1)", self.secret()))

    def _add(self, clause: Clause) -> None:
        terms = self.terms()
        run = TabledRun(self.draw(wordings), Origin.INSERTED, False, Standing.PENDING, terms.id)
        new = f"n{self.step}"
        kind = self.draw(st.sampled_from((Kind.ITEM, Kind.PARAGRAPH)))
        self.write(new, ev.ClauseTabled(kind, "c)", (run,), proposal=terms))
        self.write("", ev.ClausePlaced(new, clause.id))

    def _furniture(self, clause: Clause) -> None:
        kind = self.draw(st.sampled_from((Kind.HEADER, Kind.NOTE)))
        self.write("", ev.PartyJoined("ZQXA", "Zqxland"))
        self.step += 1
        new = f"h{self.step}"
        self.write(new, ev.ClauseTabled(kind, "", (TabledRun("Source: Zqxland, 6 May"),)))
        self.write("", ev.ClausePlaced(new, ""))

    def _mod(self, clause: Clause) -> None:
        edit = replacement(clause.passage, *self.stretch(clause), self.draw(wordings))
        self.write(clause.id, ev.AmendmentProposed(self.terms(), (edit,)))

    def _sup(self, clause: Clause) -> None:
        edit = replacement(clause.passage, 0, len(clause.passage.words))
        self.write(clause.id, ev.DeletionProposed(self.terms(), (edit,)))

    def _noc(self, clause: Clause) -> None:
        self.write(clause.id, ev.NoChangeProposed(self.terms()))

    def _support(self, clause: Clause) -> None:
        if proposal := self.proposal(clause):
            self.write(clause.id, ev.ProposalSupported(proposal, self.code()))

    def _merge(self, clause: Clause) -> None:
        if proposal := self.proposal(clause):
            self.write(clause.id, ev.ProposalMerged(proposal, self.secret()))

    def _bracket(self, clause: Clause) -> None:
        low, high = self.stretch(clause)
        reach = self.draw(st.sampled_from((WHOLE, Reach(low, high))))
        kind = self.draw(st.sampled_from(BracketKind))
        point, holders = self.secret(), (self.code(), self.secret())
        self.write(
            clause.id,
            ev.BracketPlaced(point, kind, reach, True, holders, self.secret(), self.secret()),
            ev.BracketHeld(point, self.code(), self.secret()),
            ev.StatusNoted(point, self.secret()),
        )

    def _alternative(self, clause: Clause) -> None:
        if point := self.point(clause):
            low, high = self.stretch(clause)
            reach = self.draw(st.sampled_from((WHOLE, Reach(low, high))))
            terms = self.terms()
            edits = (insertion(len(clause.passage.words), self.draw(wordings)),)
            one = ev.AlternativeTabled(
                point, 2, terms.id, (self.code(),), reach, "2", self.secret(), edits, terms
            )
            self.write(clause.id, one)

    def _revise(self, clause: Clause) -> None:
        edit = replacement(clause.passage, *self.stretch(clause), self.draw(wordings))
        self.write(clause.id, ev.TextRevised((edit,), False, self.secret()))

    def _delete(self, clause: Clause) -> None:
        edit = replacement(clause.passage, 0, len(clause.passage.words))
        self.write(clause.id, ev.ClauseDeleted((edit,), self.secret()))

    def _position(self, clause: Clause) -> None:
        stance = self.draw(st.sampled_from(Stance))
        on = self.proposal(clause)
        self.write(clause.id, ev.PositionRecorded(self.code(), stance, on, self.secret()))

    def _remark(self, clause: Clause) -> None:
        self.write(clause.id, ev.RemarkMade(self.secret(), self.point(clause)))

    def _park(self, clause: Clause) -> None:
        point = self.draw(st.sampled_from(("", self.point(clause))))
        self.write(clause.id, ev.ClauseParked(self.secret(), self.secret(), point))

    def _agree(self, clause: Clause) -> None:
        waits = self.draw(st.sampled_from(WaitsOn))
        conditions = (Condition(self.secret(), waits, self.code()),)
        words = clause.passage.live
        agreed = ev.ClauseAgreed("ad hoc group", words, conditions, (self.code(), self.secret()))
        self.write(clause.id, agreed)
        if self.draw(st.booleans()):
            self.write(clause.id, ev.ClauseReopened(self.secret(), self.secret(), self.secret()))


PLANTS = tuple(
    name.removeprefix("_")
    for name in vars(Planter)
    if name.startswith("_") and not name.startswith("__")
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A draft whose lines and brackets name parties in every way that a page names them."""
    parts = [draw(st.sampled_from(("DL/7-E\n\n6 May 2031", "Draft")))]
    for number in range(draw(st.integers(1, 5))):
        words, party = draw(wordings), draw(st.sampled_from(KNOWN))
        label = f"{chr(97 + number)}) "
        code = draw(st.sampled_from(CODES))
        parts += draw(
            st.sampled_from(
                (
                    [label + words],
                    [f"{label}{words} [{party}: {words}] {words}"],
                    [f"{label}{words} [{words} - {party}; {KNOWN[0]} delete]"],
                    [f"{label}{words} [{party} delete]"],
                    [f"{label}~~{words} [{party}: {words}]~~ {words}"],
                    [f"[{party}: {words}", f"{label}{words} \u2013 {party}]"],
                    [f"[{code}/7/1 \u2013 Zqxland \u2013 zqx pending", label + words, f"{words}]"],
                    [
                        f"[{code}/7/1 - Zqxland",
                        label + words,
                        f"{code}/7/2 \u2013 Zqxland and zqx friends",
                        f"{label}{words}]",
                    ],
                    [f"{{[{party}: {words}] [{KNOWN[2]}: {words}]}}"],
                    [f"{label}{words}[^1]", f"[^1]: {party} reserves its position."],
                    [f"{code}/7/3 - Zqxland", label + words, f"{code}/7/4 - Zqxia", label + words],
                )
            )
        )
    return "\n\n".join(parts) + "\n"


def arrived(page: str, conventions: str) -> Timeline:
    """The record of a page; its ids are counted, so that an example can be drawn again."""
    count = itertools.count(1)
    desk = Desk.begin(None, clock=lambda: START, ids=lambda: f"id{next(count)}")
    desk.receive(page.encode(), "zqx draft.md", conventions=conventions)
    return desk.timeline


@st.composite
def secretive(draw: st.DrawFn) -> Timeline:
    """A record full of secrets: from a page, by acts, or both."""
    if draw(st.booleans()):
        custom = draw(st.sampled_from(("itu", "un", "who")))
        timeline = arrived(draw(pages()), custom)
    else:
        timeline = Timeline("tide")
        planter = Planter(draw, timeline)
        planter.write("", ev.NegotiationOpened("TC/1", "Tidal Conference"))
        before = ""
        for number in range(draw(st.integers(1, 3))):
            clause = f"c{number}"
            tabled = ev.ClauseTabled(Kind.ITEM, "a)", (TabledRun(draw(wordings)),))
            planter.write(clause, tabled)
            planter.write("", ev.ClausePlaced(clause, before))
            before = clause
    planter = Planter(draw, timeline)
    for what in draw(st.lists(st.sampled_from(PLANTS), max_size=10)):
        planter.plant(what)
    return timeline


def told(content: str | bytes) -> list[str]:
    """Which of the secrets are in it."""
    text = (content if isinstance(content, str) else content.decode()).casefold()
    return [name for name in (SECRET, *KNOWN) if name.casefold() in text]


def bare(timeline: Timeline) -> Moment:
    """The text as it stands, without names."""
    return without_names(timeline.moment(), named_in(timeline, timeline.head))


@drawn(secretive())
def test_no_file_without_names_holds_a_name_or_a_private_word(timeline: Timeline) -> None:
    """Parties, symbols, actors, grounds, notes, remarks: none of it is in any byte, of any form."""
    for name, reading in FORMS:
        content = write(timeline, timeline.head, name, reading, names=False)
        assert told(content) == [], f"{name} {reading}: {content.decode()}"


@drawn(secretive())
def test_nothing_secret_is_left_in_the_moment_itself(timeline: Timeline) -> None:
    """A writer that is yet to come cannot print what is not there."""
    assert told(repr(bare(timeline))) == []


@drawn(secretive())
def test_no_word_of_the_text_goes_with_the_names(timeline: Timeline) -> None:
    """What is left of each clause is what was there, less the leads that name its holders."""
    moment, named = timeline.moment(), named_in(timeline, timeline.head)
    left = {clause.id: clause for clause in bare(timeline).clauses}
    for clause in moment.clauses:
        if clause.id in left:
            said = "A delegation" if clause.kind is Kind.FOOTNOTE else ""
            rest = iter(said + clause.passage.words)
            assert all(letter in rest for letter in left[clause.id].passage.words)
            if clause.id not in named.leads and not told(clause.passage.words):
                assert left[clause.id].passage.words == clause.passage.words


@drawn(secretive())
def test_taking_names_out_twice_is_taking_them_out_once(timeline: Timeline) -> None:
    once = bare(timeline)
    assert without_names(once) == once


@pytest.mark.parametrize(("name", "reading"), FORMS)
def test_positions_and_remarks_are_in_no_file_names_or_not(name: str, reading: str) -> None:
    """What is beside the text is no part of it; the conditions of a position least of all."""
    case = given(*two())
    for visibility in Visibility:
        case.has(do.MakeRemark("a", f"{SECRET} remark", visibility=visibility))
        case.has(
            do.RecordPosition("a", "FJI", Stance.OPPOSES, "", f"{SECRET} {visibility}", visibility)
        )
    for named in (True, False):
        content = write(case.timeline, case.timeline.head, name, reading, names=named)
        assert told(content) == []


def test_wordings_without_their_sponsors_are_numbered() -> None:
    """Where the line stood that named a sponsor, a number tells the wordings apart."""
    page = (
        "[CUB/7/1 \u2013 Cuba \u2013 To be discussed\n\na) to read the gauge;\n\n"
        "ARB/7/2 - Arab\n\na) to leave the gauge;]\n"
    )
    timeline = arrived(page, "itu")
    content = write(timeline, timeline.head, "x.md", names=False).decode()
    assert content.splitlines() == [
        "[Option 1",
        "",
        "a) to read the gauge;",
        "",
        "Option 2",
        "",
        "a) to leave the gauge;]",
    ]


def test_a_footnote_keeps_a_reservation_and_not_whose_it_is() -> None:
    page = (
        "a) to read the gauge;[^1]\n\n"
        "[^1]: Fiji and Tuvalu reserve their position on this paragraph.\n"
    )
    timeline = arrived(page, "un")
    content = write(timeline, timeline.head, "x.md", names=False).decode()
    told = content.splitlines()[-1]
    assert told == "[^1]: Delegations reserve their position on this paragraph."


def test_an_undecided_proposal_stands_in_bare_brackets() -> None:
    case = given(*two(), mod(instead("tide", "swell")))
    assert "[FJI: " in write(case.timeline, case.timeline.head, "x.md").decode()
    content = write(case.timeline, case.timeline.head, "x.md", names=False).decode()
    assert "[~~tide~~swell]" in content
    assert "FJI" not in content


def test_a_country_named_by_the_text_itself_stays_and_is_told_of() -> None:
    """Words of the text are not ours to change; somebody should look at them."""
    case = given(*two(), mod(instead("the moon", "the moon over FJI"), clause="b"))
    moment = case.timeline.moment()
    assert "over FJI" in write(case.timeline, case.timeline.head, "x.txt", names=False).decode()
    (found,) = still_named(moment)
    assert (found.clause, found.name) == ("b", "FJI")
    assert "the moon over FJI" in found.words


def test_the_reading_of_one_party_cannot_go_without_names() -> None:
    case = given(*two(), add("and the reef;"))
    with pytest.raises(CannotWrite, match="one party's"):
        write(case.timeline, case.timeline.head, "x.txt", "as:KIR", names=False)


@pytest.mark.parametrize("name", OWN)
def test_without_names_a_page_keeps_its_words(name: str) -> None:
    """Only what says who asked for what is missing from the words of our own drafts."""
    timeline = arrived((TEXTS / name).read_text(encoding="utf-8"), OWN[name])
    left = {clause.id: clause for clause in bare(timeline).clauses}
    named = named_in(timeline, timeline.head)
    for clause in timeline.moment().clauses:
        if clause.id in left and clause.id not in named.leads:
            assert left[clause.id].passage.words == clause.passage.words


def test_the_real_page_without_names() -> None:
    """Sponsors, symbols and the note of status are gone from the page; nothing else is."""
    source = corpus_file("itu-dl13-rev2.md").read_text(encoding="utf-8")
    timeline = arrived(source, "itu")
    with_names = write(timeline, timeline.head, "x.md").decode()
    content = write(timeline, timeline.head, "x.md", names=False).decode()
    names = {party.code for party in timeline.moment().negotiation.parties if len(party.code) > 1}
    names |= {party.name for party in timeline.moment().negotiation.parties}
    assert names
    assert not any(name in content for name in names if name)
    changed = [
        (one, other)
        for one, other in zip(with_names.splitlines(), content.splitlines(), strict=True)
        if one != other
    ]
    assert len(changed) == 3
    assert [other.strip("[") for _, other in changed] == ["Option 1", "Option 2", "Option 3"]
