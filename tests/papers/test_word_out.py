"""Word out: accepted it is the live text, rejected the base; sound files, the same every time."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from hypothesis import settings

from negotiation.cli.sample import make_sample
from negotiation.desk import Hand
from negotiation.domain.refusals import Refusal
from negotiation.papers.docx import page as facts
from negotiation.papers.docx.word_file import as_word, word_page
from negotiation.views.pieces import Reading
from tests.corpus import corpus_file
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
        self.desk.close()
        self.memory.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestAnyRoom = WordMachine.TestCase
TestAnyRoom.settings = settings(stateful_step_count=30)
TestAnyRoom = pytest.mark.filterwarnings("ignore::ResourceWarning")(TestAnyRoom)


def test_the_page_says_the_same_before_it_is_a_file(session):
    """The slow twins of the reader accept and reject the page as the file does."""
    page = word_page(session, session.head, Reading.MARKED)
    content = as_word(session, session.head, Reading.MARKED)

    def letters(rows):
        return "".join("".join(rows).split())

    assert letters(facts.rejected(page)) == letters(rejected(content))
