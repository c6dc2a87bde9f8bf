"""Akoma Ntoso: valid, readable by whoever knows only the standard, and read back equal."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.cli.sample import make_sample
from negotiation.papers.akn.reader import read
from negotiation.papers.akn.text import as_akn_text, attributed
from negotiation.papers.akn.writer import as_akoma_ntoso
from negotiation.papers.without_names import named_in, without_names
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import whole
from negotiation.views.readings import Reading
from tests.corpus import corpus_file
from tests.machines.room import RoomMachine
from tests.papers.akn.schema import checked, read_plainly, without_ours
from tests.papers.shapes import OWN, TEXTS, received
from tests.views.records import records
from tests.views.writing import Writer

NOON = dt.datetime(2031, 5, 7, 12, 0, tzinfo=dt.UTC)


def comes_back(timeline: Timeline, at: int | None = None, *, names: bool = True) -> None:
    """The text of a moment is valid as a file, plain to others, and reads back equal."""
    moment = timeline.moment(at)
    if not names:
        moment = without_names(moment, named_in(timeline, moment.at))
    content = as_akoma_ntoso(timeline, moment, names=names).content
    assert as_akoma_ntoso(timeline, moment, names=names).content == content
    root = checked(content)
    told = as_akn_text(timeline, moment, names=names)
    found = read(content, "text.xml")
    assert found == told
    for reading in Reading:
        assert whole(found.moment, reading) == whole(told.moment, reading)
    for clause, other in zip(found.moment.clauses, moment.clauses, strict=False):
        if clause.id == other.id:
            assert attributed(found, clause) == attributed(told, other)
    plain = without_ours(root)
    live = [clause.passage.live for clause in told.moment.clauses]
    assert read_plainly(plain) == [words for words in live if words]
    assert read_plainly(checked_again(plain)) == [words for words in live if words]


def checked_again(root):
    """The document without our namespace is a valid one, too."""
    from lxml import etree

    return checked(etree.tostring(root))


# -- real and own drafts --------------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_our_own_drafts_come_back(name):
    comes_back(received((TEXTS / name).read_bytes(), OWN[name]).timeline)


def test_a_draft_compared_with_its_base_comes_back():
    base = (TEXTS / "tide-res12-base.md").read_bytes()
    comes_back(received((TEXTS / "tide-dl7-rev1.md").read_bytes(), "itu", base).timeline)


@pytest.mark.parametrize("base", [None, "itu-res174-2010-reconstructed.md"])
def test_the_sample_page_comes_back(base):
    source = corpus_file("itu-dl13-rev2.md").read_bytes()
    base_source = None if base is None else corpus_file(base).read_bytes()
    comes_back(received(source, "itu", base_source).timeline)


def test_a_long_real_draft_comes_back():
    source = corpus_file("unfccc/paris-2015-12-04.md").read_bytes()
    comes_back(received(source, "unfccc").timeline)


@pytest.fixture(scope="module")
def tide():
    """The session of a whole conference; nobody acts on it."""
    made = make_sample(None, TEXTS, NOON)
    yield made.timeline
    made.close()


def test_a_session_comes_back(tide):
    comes_back(tide)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_every_moment_of_a_session_comes_back(tide, share):
    comes_back(tide, int(tide.head * share))


def test_a_session_comes_back_without_names(tide):
    comes_back(tide, names=False)


# -- whatever may happen --------------------------------------------------------------------------


@given(records(), st.data())
def test_any_record_comes_back(writer: Writer, data: st.DataObject):
    """Any acts in any order, at any moment."""
    comes_back(writer.timeline, data.draw(st.integers(0, writer.head)))


class PapersOfARoom(RoomMachine):
    """A room in which anything is tried; what it has in the end comes back from a file."""

    def teardown(self):
        try:
            comes_back(self.timeline)
            comes_back(self.timeline, names=False)
        finally:
            super().teardown()


_PROFILE = settings()
TestPapersOfARoom = PapersOfARoom.TestCase
TestPapersOfARoom.settings = settings(
    max_examples=max(_PROFILE.max_examples // 4, 2),
    stateful_step_count=_PROFILE.stateful_step_count,
)
TestPapersOfARoom = pytest.mark.filterwarnings("ignore::ResourceWarning")(TestPapersOfARoom)
