"""A sentence for every entry, in the words of the room, knowing nothing later."""

from __future__ import annotations

import datetime as dt
import typing

import attrs
from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry, Evidence
from negotiation.domain.people import Capacity
from negotiation.domain.terms import (
    BracketKind,
    Condition,
    Damage,
    Excepted,
    HowTaken,
    Kind,
    Outcome,
    ProposalTerms,
    Restored,
    Settled,
    Severity,
    Stance,
)
from negotiation.text.edit import Edit
from negotiation.text.passage import Standing
from negotiation.text.places import Reach
from negotiation.views.at_that_time import Timeline
from negotiation.views.telling import who
from negotiation.views.the_log import sentence, the_log
from tests.views.records import records
from tests.views.writing import Writer

LIFE = [
    "Chair opens the record of TC/1.",
    "Chair records USA (United States) as taking part.",
    "Chair opens meeting AHG/1.",
    "Chair receives DL/7 as the draft.",
    "Chair tables heading: “reaffirming”.",
    "Chair puts reaffirming at the beginning.",
    "Chair tables item a): “the measures shall be taken”.",
    "Chair puts reaffirming/a behind reaffirming.",
    "Chair tables ADD CUB/7/1, item b): “words of Cuba”.",
    "Chair puts reaffirming/b behind reaffirming/a.",
    "United States proposes MOD USA/1/1 on reaffirming/a: “shall” becomes “should”.",
    "Chair records that J supports USA/1/1.",
    "Chair rewords USA/1/1 on reaffirming/a: puts in “may”.",
    "Chair records that USA withdraws USA/1/1.",
    "Chair records that J brings USA/1/1 back.",
    "Chair does not retain “may” of USA/1/1 on reaffirming/a.",
    "Chair rules USA/1/1 on reaffirming/a retained.",
    "J proposes SUP J/2/1: reaffirming/a to go.",
    "Chair rules J/2/1 on reaffirming/a not retained.",
    "INS proposes NOC INS/3/1: reaffirming/a to stay as it is.",
    "Chair merges INS/3/1 into CUB/7/1.",
    "Chair places a bracket on reaffirming/a “the measures” (held by USA), “for capitals”.",
    "Chair records that J holds the bracket on reaffirming/a “the measures”: costs.",
    "Chair records that J releases the bracket on reaffirming/a “the measures”.",
    "Chair narrows the bracket to reaffirming/a “measures”.",
    "Chair widens the bracket to reaffirming/a “the measures”.",
    "Chair notes “consult” on the bracket on reaffirming/a “the measures”.",
    "Chair parks the bracket on reaffirming/a “the measures” until Friday; J brings it back.",
    "Chair resumes the bracket on reaffirming/a “the measures”.",
    "Chair records the position of J on the bracket on reaffirming/a “the measures”: reserves.",
    "Chair lifts the bracket on reaffirming/a “the measures”.",
    "Chair places a bracket on reaffirming/b.",
    "Chair lists alternative 1 (CUB/7/1) in reaffirming/b: “words of Cuba”.",
    "Chair chooses reaffirming/b, which becomes c).",
    "Chair parks reaffirming/a; USA brings it back.",
    "Chair resumes reaffirming/a.",
    "Chair notes reaffirming/a as agreed at the level “ad hoc group”, on condition: capital.",
    "Chair notes that a condition on reaffirming/a is met: capital.",
    "Chair reopens reaffirming/a for J: new facts.",
    "Chair notes reaffirming/a as agreed at the level “ad hoc group”, on condition: pending J.",
    "Chair ends the agreement on reaffirming/a: “pending J” is not met (no instructions).",
    "Chair notes reaffirming/a as agreed at the level “first reading”.",
    "Chair refers reaffirming/a back to the level “working group”: the Plenary, 4 May.",
    "Chair reopens reaffirming/a for J: new facts, by decision: the working group, 5 May.",
    "Chair revises reaffirming/a: puts in “soon” (as read out).",
    "Editor edits the form of reaffirming/a: strikes “soon”.",
    "Chair remarks on reaffirming/a: “watch this one”.",
    "The page has damaged words at line 60: two wordings in one.",
    "Secretariat accepts the repair of line 60 (fused) in reaffirming/a.",
    "Chair moves reaffirming/c to the beginning.",
    "Chair deletes c (twice said).",
    "Chair restores c.",
    "Chair undoes restore clause on c (entry 52).",
    "Chair forms the package “finance” of reaffirming/a, c.",
    "Chair ties reaffirming/a to the package “finance”.",
    "Chair takes the package “finance” as long as it holds.",
    "Chair notes the package “finance” as agreed.",
    "Chair unties reaffirming/a from the package “finance”.",
    "Chair breaks the package “finance” for J: the sums changed.",
    "Chair puts to the room: “Is b agreed?”, in silence until 2031-05-09 18:00.",
    "Chair records that J objects to “Is b agreed?”: no instructions.",
    "Chair records that J does not object to “Is b agreed?” any more.",
    "Chair notes that the silence was not broken: “Is b agreed?”.",
    "Chair puts to the room: “Is c agreed?”.",
    "Chair sees no objection; it is so decided: “Is c agreed?”.",
    "Chair puts to the room: “Is d agreed?”.",
    "Chair does not pursue “Is d agreed?” (too early).",
    "Chair changes “tide” to “sea” throughout, 3 times; 1 left as it is.",
    "Chair corrects reaffirming/a: puts in “shall”, as after entry 7 (misprint).",
    "Chair labels reaffirming/a “1”.",
    "Chair prints reaffirming/1 as paragraph.",
    "Chair draws reaffirming/1 from c.",
    "Chair issues DL/7(Rev.1) (fingerprint 0123456789ab).",
    "Chair withdraws DL/7(Rev.1): the wrong file.",
    "Chair seals the record up to entry 7: 0123456789ab, signed with the key fedcba987654.",
    "Chair refers the text to Committee 4, until 2031-05-09 18:00: the figures.",
    "Chair takes the text back from Committee 4: no figures are needed.",
    "Chair accredits A. Tabua as delegation for FJI.",
    "Chair revokes the accreditation of A. Tabua: left.",
    "Chair hands in (h1): SUP b.",
    "Chair hands in (h2): SUP b.",
    "Chair hands in (h3): SUP b.",
    "Chair admits what J handed in.",
    "Chair does not take up what J handed in: it is late.",
    "Chair takes back what J handed in.",
    "Chair closes meeting AHG/1.",
]


def life() -> Writer:
    """A record in which everything happens that can happen."""
    w = Writer()
    w.act("", ev.PartyJoined("USA", "United States"))
    w.act("", ev.MeetingOpened("AHG/1"))
    w.act("", ev.DocumentReceived("draft.md", "00", b"", "DL/7"))
    w.heading("h", "reaffirming")
    w.table("a", "the measures shall be taken", "a)", level=1)
    w.table("b", "words of Cuba", "b)", level=1, add=ProposalTerms("C", "CUB/7/1", ("CUB",)))
    w.mod("a", "shall", "should", "P", "USA", symbol="USA/1/1")
    w.act("a", ev.ProposalSupported("P", "J"))
    _, high = w.stretch("a", "should")
    w.act("a", ev.ProposalRevised("P", (Edit(high, high, "", "may"),)))
    w.act("a", ev.ProposalWithdrawn("P", "USA"))
    w.act("a", ev.ProposalReintroduced("P", "J"))
    may = Settled(high, high + 3, Standing.DROPPED)
    w.act("a", ev.ProposalNotRetained("P", (may,), "on the table"))
    w.act("a", ev.ProposalRetained("P"))
    w.act("a", ev.DeletionProposed(ProposalTerms("S", "J/2/1", ("J",)), ()))
    w.act("a", ev.ProposalNotRetained("S"))
    w.act("a", ev.NoChangeProposed(ProposalTerms("N", "INS/3/1", ("INS",))))
    w.act("a", ev.ProposalMerged("N", "C"))
    narrow, wide = (Reach(*w.stretch("a", x)) for x in ("measures", "the measures"))
    w.act("a", ev.BracketPlaced("q", reach=wide, holders=("USA",), status="for capitals"))
    w.act("a", ev.BracketHeld("q", "J", "costs"))
    w.act("a", ev.BracketReleased("q", "J"))
    w.act("a", ev.BracketNarrowed("q", narrow))
    w.act("a", ev.BracketWidened("q", wide))
    w.act("a", ev.StatusNoted("q", "consult"))
    w.act("a", ev.ClauseParked("J", "Friday", "q"))
    w.act("a", ev.ClauseResumed("q"))
    w.act("a", ev.PositionRecorded("J", Stance.RESERVES, "q"))
    w.act("a", ev.BracketLifted("q"))
    w.act("b", ev.BracketPlaced("g", BracketKind.ALTERNATIVES))
    w.act("b", ev.AlternativeTabled("g", 1, "C"))
    w.act("b", ev.OpenPointResolved("g", Outcome.CHOSEN, ("C",), label="c)"))
    w.act("a", ev.ClauseParked("USA"))
    w.act("a", ev.ClauseResumed())
    w.act("a", ev.ClauseAgreed("ad hoc group", "x", (Condition("capital"),)))
    w.act("a", ev.ConditionMet("capital"))
    w.act("a", ev.ClauseReopened("J", "new facts"))
    w.act("a", ev.ClauseAgreed("ad hoc group", "x", (Condition("pending J"),), ("J", "USA")))
    w.act("a", ev.ConditionFailed("pending J", "no instructions"))
    w.act("a", ev.ClauseAgreed("first reading", "x"))
    w.act("a", ev.ClauseReferredBack("working group", "the Plenary, 4 May"))
    w.act("a", ev.ClauseReopened("J", "new facts", "the working group, 5 May"))
    w.act("a", ev.TextRevised(w.replaced("a", "", " soon"), reason="as read out"))
    w.act(
        "a",
        ev.TextRevised(w.replaced("a", " soon", ""), editorial=True),
        capacity=Capacity.EDITOR,
    )
    w.act("a", ev.RemarkMade("watch this one"))
    damage = Damage("fused", Severity.DAMAGED, 60, 1, 60, "x y", "two wordings in one.", True)
    w.act("a", ev.AnomalyFound("w", damage), capacity=Capacity.IMPORT)
    w.act("a", ev.AnomalySettled("w", accepted=True), capacity=Capacity.SECRETARIAT)
    w.act("", ev.ClausePlaced("b", ""))
    gone = w.act("b", ev.ClauseDeleted(w.replaced("b", "words of Cuba", ""), "twice said"))
    back = w.act("b", ev.ClauseRestored((gone,)), purpose="RestoreClause")
    w.act("b", ev.ActReversed(w.entries[-1].act.id, (back,), Restored(deleted_by=gone)))
    beside_the_text(w)
    w.act("", ev.MeetingClosed("AHG/1"))
    return w


def beside_the_text(w: Writer) -> None:
    """Packages, questions put to the room, terms, labels, corrections and versions."""
    w.act("", ev.PackageFormed("k", "finance", ("a", "b")))
    w.act("a", ev.ClauseLinked("k"))
    w.act("", ev.PackageTaken("k"))
    w.act("", ev.PackageAgreed("k"))
    w.act("a", ev.ClauseUnlinked("k"))
    w.act("", ev.PackageBroken("k", "J", "the sums changed"))
    silence = dt.datetime(2031, 5, 9, 18, tzinfo=dt.UTC)
    w.act("", ev.DecisionPut("d", "Is b agreed?", "{}", ("b",), silence))
    w.act("", ev.ObjectionMade("d", "J", "no instructions"))
    w.act("", ev.ObjectionWithdrawn("d", "J"))
    w.act("", ev.DecisionTaken("d", HowTaken.SILENCE))
    w.act("", ev.DecisionPut("d2", "Is c agreed?", "{}"))
    w.act("", ev.DecisionTaken("d2", HowTaken.NO_OBJECTION))
    w.act("", ev.DecisionPut("d3", "Is d agreed?", "{}"))
    w.act("", ev.DecisionDropped("d3", "too early"))
    spared = (Excepted("b", 1, "a name"),)
    w.act("", ev.TermChanged("tide", "sea", 3, spared))
    w.act("a", ev.TextCorrected(w.replaced("a", "should", "shall"), (7,), "misprint"))
    w.act("a", ev.ClauseRelabelled("1"))
    w.act("a", ev.ClauseReprinted(Kind.PARAGRAPH))
    w.act("a", ev.ClauseDrawnFrom(("b",)))
    w.act("", ev.VersionIssued("DL/7(Rev.1)", "0123456789abcdef"))
    w.act("", ev.VersionWithdrawn("DL/7(Rev.1)", "the wrong file"))
    w.act("", ev.RecordSealed(7, "0123456789abcdef", "aa", "fedcba9876543210"))
    w.act("", ev.TextReferred("Committee 4", "the figures", silence))
    w.act("", ev.TextReferredBack("Committee 4", "no figures are needed"))
    w.act("", ev.PersonAccredited("acc", "A. Tabua", Capacity.DELEGATION, "FJI", "fiji"))
    w.act("", ev.AccreditationRevoked("acc", "left"))
    for handed in ("h1", "h2", "h3"):
        w.act("", ev.ProposalHandedIn(handed, "J", "SUP b", "{}", ("b",)))
    w.act("", ev.ProposalAdmitted("h1"))
    w.act("", ev.ProposalDeclined("h2", "it is late"))
    w.act("", ev.ProposalTakenBack("h3"))


def test_everything_that_can_happen_has_its_sentence() -> None:
    writer = life()
    happened = {type(entry.event) for entry in writer.entries}
    assert happened == set(typing.get_args(ev.Event))
    assert [line.sentence for line in the_log(writer.timeline)] == LIFE


def test_a_line_says_who_for_whom_when_and_on_what_evidence() -> None:
    writer = life()
    first = writer.entries[0]
    resting = attrs.evolve(first, evidence=Evidence("DL/7", 12))
    (line,) = the_log(Timeline("tide", [resting]))
    assert (line.document, line.line) == ("DL/7", 12)
    assert line.hand.by == "Amina"
    assert dt.datetime.fromisoformat(line.hand.written) == first.act.written


def test_the_log_of_one_clause_holds_its_moves() -> None:
    writer = life()
    found = the_log(writer.timeline, clause="b")
    assert {line.clause for line in found} == {"b"}
    assert "Chair moves reaffirming/c to the beginning." in [line.sentence for line in found]


def test_a_part_of_the_log_is_the_same_as_in_the_whole() -> None:
    writer = life()
    assert the_log(writer.timeline, 10, 20) == the_log(writer.timeline)[9:20]
    assert the_log(writer.timeline, 20, 10) == ()


def test_who_acts_is_said_by_capacity() -> None:
    writer = Writer()
    writer.act("", ev.PartyJoined("USA", "United States"))

    def said(capacity: Capacity, behalf: str = "") -> str:
        writer.act("", ev.MeetingOpened("1"), capacity=capacity, behalf=behalf, by="Bo")
        return who(writer.entries[-1], writer.timeline)

    assert said(Capacity.DELEGATION, "USA") == "United States"
    assert said(Capacity.DELEGATION, "J") == "J"
    assert said(Capacity.DELEGATION) == "Bo"
    assert said(Capacity.SECRETARIAT, "USA") == "Secretariat, for United States,"
    assert said(Capacity.CHAIR, "J") == "Chair, for J,"


def test_a_name_that_comes_later_is_not_known_yet() -> None:
    writer = Writer()
    writer.act("", ev.MeetingOpened("1"), capacity=Capacity.DELEGATION, behalf="USA")
    entry = writer.entries[-1]
    writer.act("", ev.PartyJoined("USA", "United States"))
    assert who(entry, writer.timeline) == "USA"


def test_long_quotations_are_cut_in_the_middle_and_many_edits_counted() -> None:
    writer = Writer()
    words = " ".join(str(number) for number in range(40))
    writer.table("a", words, "a)")
    tabled = sentence(writer.entries[1], writer.timeline)
    assert tabled == "Chair tables item a): “0 1 2 3 4 5 6 7 8 9 … 37 38 39”."
    writer.act("a", ev.TextRevised(tuple(Edit(0, 0, "", f"{n}x ") for n in range(5))))
    revised = sentence(writer.entries[-1], writer.timeline)
    assert revised.endswith("puts in “2x”; and 2 more.")


def test_an_act_on_a_clause_without_a_place_is_told_by_its_label() -> None:
    """Between being tabled and being placed a clause has no path."""
    writer = Writer()
    writer.act("a", ev.ClauseTabled(Kind.ITEM, "a)", ()), ev.RemarkMade("well"))
    assert sentence(writer.entries[-1], writer.timeline) == "Chair remarks on item a): “well”."


@given(records())
def test_lines_and_single_sentences_agree(writer: Writer) -> None:
    lines = the_log(writer.timeline)
    assert len(lines) == writer.head
    for line, entry in zip(lines, writer.entries, strict=True):
        assert isinstance(entry, Entry)
        assert line.sentence == sentence(entry, writer.timeline)
        assert line.sentence.endswith(".")
        assert "\n" not in line.sentence
