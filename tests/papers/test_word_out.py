"""Word out: accepted it is the live text, rejected the base; sound files, the same every time."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from io import BytesIO

import attrs
import pytest
from hypothesis import settings

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.people import Visibility
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import Kind, Stance, TabledRun
from negotiation.papers.docx.by_whom import times
from negotiation.papers.docx.loss import losses
from negotiation.papers.docx.page import Paragraph, Span, WordPage
from negotiation.papers.docx.reader import read_word
from negotiation.papers.docx.word_file import Card, as_word, word_page
from negotiation.papers.docx.writer import written
from negotiation.papers.fingerprint import fingerprint
from negotiation.papers.imprint import Imprint, imprint_of
from negotiation.views.readings import AsProposedBy, Reading
from negotiation.views.what_is_open import what_is_open
from tests.corpus import corpus_file
from tests.given import add, given, instead, mod
from tests.machines.test_room import BoundMachine
from tests.papers.shapes import OWN, TEXTS, received
from tests.papers.word_text import W, accepted, base_lines, live_lines, part, rejected

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)
W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"


def as_it_reads(timeline, at):
    """Both readings of the file are those of the record, and the file is sound."""
    content = as_word(timeline, at, Reading.MARKED)
    assert content == as_word(timeline, at, Reading.MARKED)
    assert accepted(content) == live_lines(timeline, at)
    assert rejected(content) == base_lines(timeline, at)
    sound(content)
    page = word_page(timeline, at, Reading.MARKED)
    read = read_word(content, "x.docx")
    # What a reader sees of our styles and of the files of others is a matter of its own.
    paragraphs = tuple(attrs.evolve(one, outline=None, depth=0) for one in read.paragraphs)
    assert paragraphs == page.paragraphs
    assert (read.comments, read.headers, read.left_out) == (page.comments, page.headers, ())
    return content


def sound(content):
    """Every tracked change says who and when; no id stands twice."""
    root = part(content)
    ids = []
    for name in ("ins", "del"):
        for one in root.iter(W + name):
            assert one.get(f"{W}author")
            assert one.get(f"{W}date").endswith("Z")
            assert one.get(f"{W16DU}dateUtc").endswith("Z")
            ids.append(one.get(f"{W}id"))
    ids += [one.get(f"{W}id") for one in root.iter(f"{W}commentRangeStart")]
    assert len(ids) == len(set(ids))
    starts = [one.get(f"{W}id") for one in root.iter(f"{W}commentRangeStart")]
    ends = [one.get(f"{W}id") for one in root.iter(f"{W}commentRangeEnd")]
    signs = [one.get(f"{W}id") for one in root.iter(f"{W}commentReference")]
    assert sorted(starts) == sorted(ends) == sorted(signs)
    if starts:
        told = [one.get(f"{W}id") for one in part(content, "word/comments.xml")]
        assert sorted(told) == sorted(starts)


@pytest.fixture(scope="module")
def session():
    """The session of the fixtures as it stands at noon."""
    made = make_sample(None, TEXTS, NOON)
    yield made.timeline
    made.close()


# -- accepted and rejected ------------------------------------------------------------------------


def test_the_session_at_every_meeting(session):
    """At fifteen moments of two days: words put in and not retained, moved, split, agreed."""
    for at in range(session.head, 0, -max(session.head // 15, 1)):
        as_it_reads(session, at)


@pytest.mark.parametrize("base", [None, "itu-res174-2010-reconstructed.md"])
def test_the_sample_page(base):
    """The ad hoc group's real working draft, with and without the text that it amends."""
    source = corpus_file("itu-dl13-rev2.md").read_bytes()
    base_source = None if base is None else corpus_file(base).read_bytes()
    timeline = received(source, "itu", base_source).timeline
    as_it_reads(timeline, timeline.head)


@pytest.mark.parametrize("name", OWN)
def test_our_own_drafts(name):
    """Every construct that real pages show, in the conventions of four bodies."""
    timeline = received((TEXTS / name).read_bytes(), OWN[name]).timeline
    as_it_reads(timeline, timeline.head)


class WordMachine(BoundMachine):
    """Arbitrary acts in an arbitrary room; what comes of them goes out to Word."""

    def act(self, command, capacity=None) -> None:
        hand = Hand("Amina") if capacity is None else Hand("Amina", capacity=capacity)
        try:
            self.desk.act(command, hand)
        except Refusal:
            return

    def teardown(self) -> None:
        for at in {self.timeline.head, self.timeline.head // 2}:
            as_it_reads(self.timeline, at)
        self.put_away()

    def put_away(self) -> None:
        self.desk.close()
        self.memory.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestAnyRoom = WordMachine.TestCase
TestAnyRoom.settings = settings(stateful_step_count=30)
TestAnyRoom = pytest.mark.filterwarnings("ignore::ResourceWarning")(TestAnyRoom)


# -- one thing at a time --------------------------------------------------------------------------


def changes(case, *, names=True):
    """Words with the authors of their tracked changes: who inserted them, who struck them."""
    page = word_page(case.timeline, case.timeline.head, Reading.MARKED, names=names)
    return [
        (span.words, span.inserted and span.inserted.author, span.struck and span.struck.author)
        for paragraph in page.paragraphs
        for span in paragraph.spans
        if span.inserted is not None or span.struck is not None
    ]


def base_of(*words):
    """A page whose items are the base."""
    runs = [(TabledRun(one),) for one in words]
    rows = []
    for number, one in enumerate(runs):
        name, label = "abcd"[number], f"{'abcd'[number]})"
        rows.append(Drafted(name, ev.ClauseTabled(Kind.ITEM, label, one, label)))
        rows.append(Drafted("", ev.ClausePlaced(name, "abcd"[number - 1] if number else "", 1)))
    return rows


TIDES = base_of("the low tide;", "the high tide;", "the moon;")


def test_words_of_a_proposal_go_out_under_their_sponsor():
    """Its name where it is known; undecided words stand in no brackets of their own."""
    joined = Drafted("", ev.PartyJoined("FJI", "Fiji"))
    case = given(TIDES, joined, mod(instead("low", "ebb"), name="p", party="FJI"))
    assert changes(case) == [
        ("low", None, "Fiji"),
        ("ebb", "Fiji", None),
    ]


def test_words_put_in_and_not_retained_are_struck_by_who_decided():
    """One change within the other: the sponsor's, and that of whoever sat in the chair."""
    case = given(TIDES, mod(instead("low", "ebb"), name="p", party="FJI"), do.DropProposal("p"))
    assert changes(case) == [("ebb", "FJI", "Amina")]


def test_a_strike_upon_an_insertion_keeps_both_names():
    """Fiji's word, struck by Kiribati."""
    case = given(
        TIDES,
        mod(instead("low", "ebb"), name="p", party="FJI"),
        do.RetainProposal("p"),
        mod(instead("ebb", ""), name="q", party="KIR"),
    )
    assert ("ebb", "FJI", "KIR") in changes(case)


def test_a_bracket_goes_out_under_its_holders():
    """Or under whoever placed it, while nobody holds it."""
    case = given(TIDES, do.PlaceBracket("o", "a"))
    assert [one[1] for one in changes(case)] == ["Amina", "Amina"]
    case.has(do.HoldBracket("o", "FJI", "")).has(do.HoldBracket("o", "KIR", ""))
    assert [one[1] for one in changes(case)] == ["FJI, KIR", "FJI, KIR"]


def test_a_bracket_of_the_base_is_a_part_of_it():
    """Plain while it stands; lifted it is struck by whoever lifted it."""
    plain = WordPage(
        (Paragraph((Span("The tide [shall] turn."),)), Paragraph((Span("So be it."),)))
    )
    desk = Desk.begin(None)
    desk.receive(written(plain, Card("tide", NOON)), "page.docx")
    as_it_reads(desk.timeline, desk.timeline.head)
    page = word_page(desk.timeline, desk.timeline.head, Reading.MARKED)
    assert not page.tracked
    (point,) = what_is_open(desk.timeline, desk.timeline.head)
    clause = point.clauses[0]
    desk.act(do.ReviseText(clause, (instead("turn", "rise and turn"),)), Hand("Amina"))
    desk.act(do.LiftBracket(point.id), Hand("Amina"))
    as_it_reads(desk.timeline, desk.timeline.head)
    page = word_page(desk.timeline, desk.timeline.head, Reading.MARKED)
    struck = [one for one in page.paragraphs[0].spans if one.struck is not None]
    assert [(one.words, one.inserted) for one in struck][:2] == [("[", None), ("]", None)]
    assert {one.struck and one.struck.author for one in struck} == {"Amina"}


def test_a_bracket_of_the_base_that_was_lifted_goes_out_where_it_stood():
    """Between those that stood beside it and still do, in the order that the base has."""
    for lifted in range(4):
        plain = WordPage((Paragraph((Span("Tides [{a} b] {c [d]} turn"),)),))
        desk = Desk.begin(None)
        desk.receive(written(plain, Card("tide", NOON)), "page.docx", conventions="itu")
        point = what_is_open(desk.timeline, desk.timeline.head)[lifted]
        desk.act(do.LiftBracket(point.id), Hand("Amina"))
        as_it_reads(desk.timeline, desk.timeline.head)


def test_another_label_is_a_change():
    """The old one struck, the new one inserted, by whoever gave it."""
    case = given(TIDES, do.RelabelClause("b", "b bis)"))
    assert changes(case) == [("b)", None, "Amina"), ("b bis)", "Amina", None)]
    as_it_reads(case.timeline, case.timeline.head)


def test_a_clause_that_moved_is_struck_where_it_was_and_inserted_where_it_is():
    """With a comment on both, and its name in the list of what is lost; the others stay put."""
    case = given(TIDES, do.MoveClause("a", "c", 1))
    assert changes(case) == [
        ("a)\tthe low tide;", None, "Amina"),
        ("a)\tthe low tide;", "Amina", None),
    ]
    as_it_reads(case.timeline, case.timeline.head)
    page = word_page(case.timeline, case.timeline.head, Reading.MARKED)
    assert [one.start.paragraph for one in page.comments] == [0, 3]
    assert all("ove" in one.words for one in page.comments)
    lost = losses(case.timeline, case.timeline.head, Reading.MARKED)
    (moved,) = [one for one in lost if "moved" in one.what]
    assert (moved.count, moved.where) == (1, ("a",))


def test_the_chair_is_an_office():
    """“chair”, who is nobody by name, is written as the office."""
    desk = received(b"The Conference,\n\nnoting\n\na) the tide;\n", "itu")
    clause = desk.timeline.moment().clauses[-1].id
    desk.act(do.ReviseText(clause, (instead("tide", "ebb"),)), Hand("chair"))
    page = word_page(desk.timeline, desk.timeline.head, Reading.MARKED)
    authors = {one.author for one in page.touches()}
    assert "Chair" in authors
    assert "chair" not in authors


def test_a_date_is_the_time_on_the_wall_and_the_instant_stands_beside_it():
    """Word's own date says Z and means where the writer sat."""
    at = dt.datetime(2031, 5, 6, 14, 30, 12, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    local, utc = times(at)
    assert local == dt.datetime(2031, 5, 6, 14, 30, 12, tzinfo=dt.UTC)
    assert utc == dt.datetime(2031, 5, 6, 5, 30, 12, tzinfo=dt.UTC)


def test_a_moment_that_is_past_gives_the_same_file_later():
    """What was done since does not show."""
    case = given(TIDES, mod(instead("low", "ebb")))
    at = case.timeline.head
    once = as_word(case.timeline, at, Reading.MARKED)
    case.has(do.RetainProposal("p")).has(do.PlaceBracket("o", "b"))
    assert as_word(case.timeline, at, Reading.MARKED) == once


def test_what_no_file_can_hold_is_left_out_and_counted():
    """A control character is not XML; a line break and a tab have signs of their own."""
    case = given(base_of("the\x0b tide\nand\tebb\x00;"))
    content = as_word(case.timeline, case.timeline.head, Reading.MARKED)
    read = read_word(content, "x.docx")
    assert read.paragraphs[0].words == "a)\tthe tide\nand\tebb;"
    lost = losses(case.timeline, case.timeline.head, Reading.MARKED)
    assert ("characters that no Word file holds", 2) in [(one.what, one.count) for one in lost]


def test_without_names_proposals_have_numbers_and_people_their_office():
    """No sponsor, no holder, no person; and nothing in the margin that says who holds what."""
    case = given(
        TIDES,
        mod(instead("low", "ebb"), party="FJI"),
        do.PlaceBracket("o", "b"),
        do.HoldBracket("o", "FJI", ""),
        do.MakeRemark("b", "as said", visibility=Visibility.PUBLIC),
    )
    assert {author for one in changes(case, names=False) for author in one[1:] if author} == {
        "Proposal 1",
        "Chair",
    }
    page = word_page(case.timeline, case.timeline.head, Reading.MARKED, names=False)
    assert page.comments == ()


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading.OPEN, "a)\tthe [ebb] tide;"),
        (Reading.LIVE, "a)\tthe ebb tide;"),
        (Reading.BASE, "a)\tthe low tide;"),
        (AsProposedBy("FJI"), "a)\tthe ebb tide;"),
    ],
)
def test_another_reading_is_a_text_without_changes(reading, words):
    """What a pending proposal strikes stays in sight in the open one, as struck letters."""
    case = given(TIDES, mod(instead("low", "ebb"), party="FJI"))
    read = read_word(as_word(case.timeline, case.timeline.head, reading), "x.docx")
    assert not read.tracked
    assert "".join(one.words for one in read.paragraphs[0].spans if not one.drawn_struck) == words
    assert any(one.drawn_struck for one in read.paragraphs[0].spans) is (reading is Reading.OPEN)


# -- the margin -----------------------------------------------------------------------------------


def comments(case):
    """Who says what in the margin."""
    page = word_page(case.timeline, case.timeline.head, Reading.MARKED)
    return [(one.author, one.words) for one in page.comments]


def test_the_margin_says_who_holds_an_open_point():
    """Status, age and the owner of what is parked; under the name of the record."""
    case = given(TIDES, do.PlaceBracket("o", "b"), do.HoldBracket("o", "FJI", "no money"))
    case.has(do.NoteStatus("o", "to be further discussed"))
    case.has(do.Park(point="o", owner="KIR", until="Friday"))
    ((author, words),) = comments(case)
    assert author == "Record"
    for said in (
        "contested",
        "Held by FJI",
        "to be further discussed",
        "Open since 2031-05-06.",
    ):
        assert said in words
    assert "Parked with KIR until Friday" in words


def test_the_margin_says_whose_words_they_are():
    """The line that drafts print above a wording."""
    joined = Drafted("", ev.PartyJoined("KIR", "Kiribati"))
    case = given(TIDES, joined, add("and the reef;", name="n", party="KIR"))
    assert ("Record", "TC/n – Kiribati") in comments(case)


def test_sponsors_without_a_name_leave_no_comma_behind():
    """Their symbol says who they are."""
    case = given(
        TIDES, add("and the reef;", name="n", party="KIR"), do.WithdrawProposal("n", "KIR")
    )
    case.has(do.ReintroduceProposal("n", "FJI"))
    assert ("Record", "TC/n") in comments(case)


def test_the_margin_says_only_what_anybody_may_read():
    """A remark and a position for everybody; those for the room and the chair are counted."""
    case = given(TIDES)
    for party, seen in zip(("FJI", "KIR", "TUV", "VUT", "WSM"), Visibility, strict=True):
        case.has(do.MakeRemark("a", f"{seen.value} remark", visibility=seen))
        case.has(do.RecordPosition("a", party, Stance.OPPOSES, "", seen.value, seen))
    assert comments(case) == [("Amina", "public remark"), ("FJI", "Opposes: public.")]
    lost = {
        one.what: one.count for one in losses(case.timeline, case.timeline.head, Reading.MARKED)
    }
    assert lost["remarks that are not for everybody"] == 4
    assert lost["positions that are not for everybody"] == 4
    assert lost["position, shown as a comment only"] == 1


def test_the_head_of_every_page_says_what_the_file_is():
    """Symbol, entry and fingerprint, as our own files are known by."""
    case = given(TIDES, mod(instead("low", "ebb")))
    read = read_word(as_word(case.timeline, case.timeline.head, Reading.MARKED), "x.docx")
    said = imprint_of(["\n".join(read.headers)])
    assert said == Imprint(
        "TC/1", case.timeline.head, fingerprint(case.timeline.moment()), "Marked against the base"
    )


# -- what is lost ---------------------------------------------------------------------------------


def test_what_word_cannot_say_is_listed():
    """Fates, agreement and packages, each with its clauses."""
    case = given(TIDES, mod(instead("low", "ebb"), party="FJI"), do.DropProposal("p"))
    case.has(do.AgreeClause("b")).has(do.FormPackage("k", "finance", ("a", "c"), ()))
    lost = {one.what: one for one in losses(case.timeline, case.timeline.head, Reading.MARKED)}
    fate = lost["fate of a proposal (retained, not retained, withdrawn, merged)"]
    assert (fate.count, fate.where) == (1, ("a",))
    agreed = lost["agreement of a clause"]
    assert (agreed.count, agreed.where) == (1, ("b",))
    assert lost["package"].count == 1
    assert all(one.count for one in lost.values())


def test_the_call_of_a_footnote_is_raised_and_the_words_around_it_are_not():
    """Read again it is the same word, and no bracket that would be lost."""
    desk = Desk.begin(None)
    plain = WordPage((Paragraph((Span("tides[^1] turn, [^] they say"),)),))
    desk.receive(written(plain, Card("tide", NOON)), "page.docx")
    source = as_word(desk.timeline, desk.timeline.head, Reading.MARKED)
    assert read_word(source, "a.docx").paragraphs[0].words == plain.paragraphs[0].words
    with zipfile.ZipFile(BytesIO(source)) as held:
        body = held.read("word/document.xml").decode()
    raised = re.findall(r'superscript"/></w:rPr><w:t[^>]*>([^<]*)<', body)
    assert raised == ["[^1]"]
    told = {
        one.what: one.count
        for one in losses(desk.timeline, desk.timeline.head, Reading.MARKED)
        if one.what.startswith("bracket")
    }
    assert not told
