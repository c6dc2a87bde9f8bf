"""A received page as one act: documents, clauses, points and anomalies on the record."""

import hashlib

import pytest

from negotiation.desk import Desk
from negotiation.domain.refusals import AlreadyReceived
from negotiation.domain.terms import DocumentRole, Severity
from negotiation.papers.page_text import NotReadable, page_text
from negotiation.text.passage import Standing
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import as_first_placed, whole
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import what_is_open
from negotiation.views.where_did_it_go import fates
from tests.corpus import corpus_file
from tests.papers.shapes import TEXTS, received


def test_a_page_is_one_act_with_the_file_inside():
    """All or nothing, and the file byte for byte."""
    source = (TEXTS / "tide-short.md").read_bytes()
    desk = received(source, "itu")
    assert len({entry.act.id for entry in desk.timeline.entries}) == 1
    document = desk.timeline.moment().negotiation.documents[0]
    assert document.source == source
    assert document.sha256 == hashlib.sha256(source).hexdigest()
    assert document.role is DocumentRole.DRAFT


def test_every_clause_names_the_line_it_was_read_from():
    """Evidence: the document and the line."""
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    tabled = [e for e in desk.timeline.entries if type(e.event).__name__ == "ClauseTabled"]
    lines = [entry.evidence.line for entry in tabled if entry.evidence]
    assert len(lines) == len(tabled)
    assert lines == sorted(lines)


def test_a_second_page_is_refused_and_nothing_is_written():
    """The sentence points to the way a later revision comes in."""
    source = (TEXTS / "tide-short.md").read_bytes()
    desk = received(source, "itu")
    head = desk.timeline.head
    with pytest.raises(AlreadyReceived, match="receive"):
        desk.receive(source, "again.md")
    assert desk.timeline.head == head


def test_every_prefix_of_an_import_is_a_legal_text():
    """An import is many entries; the text at each of them can be looked at."""
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes(), "itu")
    entries = desk.timeline.entries
    for at in range(0, len(entries) + 1, 7):
        prefix = Timeline(desk.timeline.id, entries[:at])
        assert prefix.text(at) == desk.timeline.text(at)
        what_is_open(prefix, at)


def test_undecided_marks_wait_for_a_decision_where_the_body_has_it_so():
    """In the UN's custom a strike on the page is a proposal; in ITU's it stands."""
    page = b"OP1 Decides to meet ~~every year~~ in Geneva;\n"
    for conventions, standing in (("un", Standing.PENDING), ("itu", Standing.KEPT)):
        clause = received(page, conventions).timeline.moment().clauses[-1]
        strikes = [mark for run in clause.passage.runs for mark in run.struck_by]
        assert [mark.standing for mark in strikes] == [standing]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "white space"),
        (b"PK\x03\x04\x00\x00binary", "not a text file"),
        (b"resolves\x00to", "not a text file"),
        ("für Küste".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_no_page_gets_one_sentence(source, why):
    """What it is, and what would help."""
    with pytest.raises(NotReadable, match=why) as refused:
        page_text(source, "page.md")
    assert str(refused.value).endswith(".")


def test_other_encodings_with_a_mark_are_read():
    """Word processors save UTF-8 and UTF-16 with a byte order mark."""
    assert page_text("aware".encode("utf-8-sig"), "a") == "aware"
    assert page_text("aware".encode("utf-16"), "a") == "aware"


# -- the sample page ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample():
    """The real working draft beside the text that it amends."""
    return received(
        corpus_file("itu-dl13-rev2.md").read_bytes(),
        "itu",
        corpus_file("itu-res174-2010-reconstructed.md").read_bytes(),
    )


def test_the_sample_has_one_open_point_with_three_sponsors(sample):
    """Struck brackets never count."""
    (point,) = what_is_open(sample.timeline, sample.timeline.head)
    assert point.status == "To be Further discussed"
    assert [one.symbol for one in point.alternatives] == ["CUB/70/3", "ARB/79A4/4", "B/75/6"]
    names = [
        sample.timeline.moment().negotiation.party(a.sponsors[0]).name for a in point.alternatives
    ]
    assert names == ["Cuba", "Arab States", "Brazil"]


def test_the_base_reading_of_the_sample_is_the_base(sample):
    """Word for word, in the base's order."""
    moment = as_first_placed(sample.timeline, sample.timeline.head)
    read = " ".join(one.line for one in whole(moment, Reading.BASE)).split()
    assert read == corpus_file("itu-res174-2010-reconstructed.md").read_text().split()


def test_the_damaged_lines_of_the_sample(sample):
    """Live damage stands at lines 60, 132 and 136, and nowhere else."""
    damaged = {
        anomaly.damage.line
        for clause in sample.timeline.moment().clauses
        for anomaly in clause.margin.anomalies
        if anomaly.damage.severity is Severity.DAMAGED
    }
    assert damaged == {60, 132, 136}


def test_proposals_that_fell_before_the_page_are_told_from_base_deletions(sample):
    """Unattributed, and not retained."""
    fallen = [
        one
        for one in fates(sample.timeline, sample.timeline.head)
        if one.state == "not retained" and not one.sponsors
    ]
    assert len(fallen) >= 10
    moment = sample.timeline.moment()
    base_deleted = [
        clause
        for clause in moment.clauses
        if clause.base_label == "h)" and clause.passage.base and not clause.passage.live
    ]
    assert len(base_deleted) == 1


@pytest.mark.parametrize(
    ("name", "conventions", "opened"),
    [
        ("unfccc/paris-2015-10-23.md", "unfccc", 1052),
        ("unfccc/paris-2015-12-04.md", "unfccc", 1055),
        ("bbnj/2022-06-01.txt", "un", None),
        ("bbnj/2022-12-12.txt", "un", None),
    ],
)
def test_every_bracket_of_a_long_draft_is_accounted_for(name, conventions, opened):
    """Paired, an anomaly, or literal by convention."""
    source = corpus_file(name).read_bytes()
    _, draft = Desk.begin(None).receive(source, name, conventions=conventions)
    counts = draft.counts
    assert counts.brackets == counts.brackets_paired + counts.brackets_anomalous
    page = source.decode()
    assert sum(page.count(sign) for sign in "[]{}") == counts.brackets + counts.brackets_literal
    if opened is not None:
        assert page.count("[") == opened
        assert counts.depth >= 7


def test_every_skeleton_is_received():
    """The notation of other bodies, read with the conventions that fit best."""
    folder = corpus_file("skeletons/g77-2022-06-10-hlpf-textual-statement.skeleton.txt").parent
    for page in sorted(folder.iterdir()):
        assert received(page.read_bytes()).timeline.head > 0
