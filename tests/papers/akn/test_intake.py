"""A text that went out as Akoma Ntoso and comes in again begins a record that reads the same."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.entries import Bound
from negotiation.domain.refusals import AlreadyReceived, NothingChanges
from negotiation.domain.terms import ProposalTerms
from negotiation.papers.akn.intake import received as taken_in
from negotiation.papers.akn.layers import layers_of
from negotiation.papers.akn.writer import as_akoma_ntoso
from negotiation.papers.docx.page import Paragraph, Span, WordPage
from negotiation.text.passage import Passage
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import whole
from negotiation.views.paths import find
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import what_is_open
from negotiation.views.who_wrote_this import Authors, Touch, who_wrote_this
from tests.corpus import corpus_file
from tests.papers import word_record
from tests.papers.shapes import OWN, TEXTS, received, shape, written_out
from tests.strategies import passages
from tests.views.records import records
from tests.views.writing import Writer

NOON = dt.datetime(2031, 5, 7, 12, 0, tzinfo=dt.UTC)


def again(timeline: Timeline) -> Desk:
    """A record that begins with the text of another."""
    desk = Desk.begin(None)
    content = as_akoma_ntoso(timeline, timeline.moment()).content
    desk.receive_akoma_ntoso(content, "text.xml")
    return desk


def timeless(authors: tuple[Authors, ...]) -> list[object]:
    """Who put in and struck each word, when and for whom, and who decided; no entries and acts."""

    def touched(touch: Touch | None) -> object:
        if touch is None:
            return None
        hands = [touch.hand, *(one.hand for one in touch.decisions)]
        return (
            [(h.by, h.capacity, h.behalf, h.meeting, h.happened, h.bound) for h in hands],
            touch.credit,
            [one.standing for one in touch.decisions],
        )

    return [
        (
            one.clause,
            one.label,
            [(w.words, w.whence, touched(w.inserted), [*map(touched, w.struck)]) for w in one.runs],
        )
        for one in authors
    ]


def _told_plainer(timeline: Timeline) -> int:
    content = as_akoma_ntoso(timeline, timeline.moment()).content
    told = taken_in(content, "text.xml").losses
    return sum(one.count for one in told if one.what.startswith("clause"))


def plainer(timeline: Timeline) -> bool:
    """Whether it is told that not all marks come in again."""
    return _told_plainer(timeline) > 0


@pytest.mark.parametrize("name", OWN)
def test_our_own_drafts_come_in_again(name):
    """Structure, readings, open points, proposals and anomalies."""
    desk = received((TEXTS / name).read_bytes(), OWN[name])
    assert shape(again(desk.timeline)) == shape(desk)


@pytest.mark.parametrize("base", [None, "itu-res174-2010-reconstructed.md"])
def test_the_sample_page_comes_in_again(base):
    source = corpus_file("itu-dl13-rev2.md").read_bytes()
    base_source = None if base is None else corpus_file(base).read_bytes()
    desk = received(source, "itu", base_source)
    assert shape(again(desk.timeline)) == shape(desk)


def test_a_long_real_draft_comes_in_again():
    desk = received(corpus_file("unfccc/paris-2015-12-04.md").read_bytes(), "unfccc")
    assert shape(again(desk.timeline)) == shape(desk)


def test_a_session_comes_in_again():
    """All readings and what is open, with the people and the times of every act that left marks."""
    desk = make_sample(None, TEXTS, NOON)
    other = again(desk.timeline)
    for reading in Reading:
        found = whole(other.timeline.moment(), reading)
        assert found == whole(desk.timeline.moment(), reading)
    telling = [timeless(who_wrote_this(one.timeline, one.timeline.head)) for one in (desk, other)]
    same = sum(one == two for one, two in zip(*telling, strict=True))
    assert same >= len(telling[0]) - _told_plainer(desk.timeline)
    open_before = what_is_open(desk.timeline, desk.timeline.head)
    open_now = what_is_open(other.timeline, other.timeline.head)
    assert [(p.id, p.words, p.holders, p.sponsors, p.alternatives) for p in open_now] == [
        (p.id, p.words, p.holders, p.sponsors, p.alternatives) for p in open_before
    ]
    desk.close()


def test_a_bracket_of_the_base_stands_where_it_stood_though_words_came_before_it():
    """The words of a clause come one act after the other, and the signs go along."""
    sentence = Paragraph((Span("Urges States to plan by [2027][2030];"),))
    desk = word_record.received(WordPage((sentence,)))
    clause = desk.timeline.moment().clauses[0].id
    for old, new in (("plan", "make plans for every harbour"), ("Urges", "Calls upon")):
        desk.act(do.ReviseText(clause, (do.Rewording(new, do.WordsAt(old)),)))
    came = again(desk.timeline)
    assert whole(came.timeline.moment(), Reading.BASE)[0].line == sentence.words
    for reading in (Reading.BASE, Reading.LIVE, Reading.OPEN):
        before, after = (whole(one.timeline.moment(), reading) for one in (desk, came))
        assert [row.line for row in after] == [row.line for row in before]


def test_a_proposal_can_be_decided_where_it_came_in():
    """It was made after the text was tabled, in somebody else's record."""
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    clause = find(desk.timeline.moment(), "resolves/2")[0]
    year = do.Rewording("month", do.WordsAt("year"))
    desk.act(do.ProposeAmendment(clause.id, ProposalTerms("p", "USA/4/1", ("USA",)), (year,)))
    other = again(desk.timeline)
    other.act(do.RetainProposal("p"))
    after = other.timeline.moment().clause(clause.id)
    assert after is not None
    assert "each month" in after.passage.live
    assert "each year" in after.passage.base
    assert [(one.symbol, one.state) for one in after.proposals] == [("USA/4/1", "retained")]


@pytest.mark.parametrize("name", OWN)
def test_it_is_written_as_the_same_page_and_takes_the_same_revisions(name):
    """The page that the text once came from says nothing new of it."""
    source = (TEXTS / name).read_bytes()
    desk = received(source, OWN[name])
    other = again(desk.timeline)
    assert written_out(other) == written_out(desk)
    with pytest.raises(NothingChanges):
        other.receive_revision(source, "page.md", symbol="X/2", conventions=OWN[name])


def test_a_record_that_has_a_text_takes_no_other():
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    content = as_akoma_ntoso(desk.timeline, desk.timeline.moment()).content
    head = desk.timeline.head
    with pytest.raises(AlreadyReceived):
        desk.receive_akoma_ntoso(content, "text.xml")
    assert desk.timeline.head == head


def test_it_happened_not_later_than_the_text_was_so():
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    when = desk.timeline.entries[-1].act.happened.at
    found = taken_in(as_akoma_ntoso(desk.timeline, desk.timeline.moment()).content, "text.xml")
    assert found.happened is not None
    assert (found.happened.at, found.happened.bound) == (when, Bound.NOT_LATER)


@given(records())
def test_any_record_comes_in_again_and_reads_the_same(writer: Writer):
    """Live and base words of every clause, labels and order, and which points are open."""
    other, told = again(writer.timeline), plainer(writer.timeline)
    before, now = writer.timeline.moment(), other.timeline.moment()
    assert [c.id for c in now.clauses] == [c.id for c in before.clauses if c.margin.tabled]
    for reading in (Reading.LIVE, Reading.BASE):
        assert [one.line for one in whole(now, reading)] == [
            one.line for one in whole(before, reading)
        ]
    assert whole(now, Reading.OPEN) == whole(before, Reading.OPEN) or told
    brackets = [(c.id, b.point, b.reach, b.holders) for c in now.clauses for b in c.brackets]
    assert brackets == [
        (c.id, b.point, b.reach, b.holders)
        for c in before.clauses
        if c.margin.tabled
        for b in c.brackets
    ]


@given(records())
def test_the_marks_of_any_record_come_in_again_with_whoever_made_them(writer: Writer):
    """Act by act, but for the clauses that the import counts."""
    other = again(writer.timeline)
    telling = [timeless(who_wrote_this(one, one.head)) for one in (writer.timeline, other.timeline)]
    same = sum(one == two for one, two in zip(*telling, strict=True))
    assert same >= len(telling[0]) - _told_plainer(writer.timeline)


@given(passages())
def test_layers_keep_the_words_of_any_passage(passage: Passage):
    """Whatever marks lie on the words: what lives and what was there before is the same."""
    from negotiation.domain.clause import Clause
    from negotiation.domain.terms import Kind, Proposal
    from negotiation.domain.wording import passage_of
    from negotiation.text.edit import apply_all
    from negotiation.text.passage import Mark

    sources = sorted(passage.sources())
    proposals = tuple(Proposal(one, "MOD", entry=7) for one in sources)
    clause = Clause("a", Kind.ITEM, "a)", "a)", passage, proposals=proposals)
    layers = layers_of(clause)
    found = passage_of(layers.tabled, 1)
    for number, (proposal, edits) in enumerate(layers.proposed, start=2):
        found = apply_all(found, edits, Mark(number, proposal.id))
    assert found.words == passage.words
    assert found.live == passage.live
    assert found.base == passage.base
