"""Record, Word file, record: the readings and the authors of every word come back.

What Word cannot say, and what the list of losses names, is left out of the comparison.
"""

from __future__ import annotations

import datetime as dt

import pytest

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.papers.docx.page import WordPage
from negotiation.papers.docx.word_file import as_word, word_page
from negotiation.views.on_the_page import as_first_placed, whole
from negotiation.views.pieces import Reading
from tests.corpus import corpus_file
from tests.papers.shapes import OWN, TEXTS, received

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)


def through_word(timeline) -> Desk:
    """A new record that holds the Word file of another."""
    desk = Desk.begin(None)
    desk.receive(as_word(timeline, timeline.head, Reading.MARKED), "page.docx")
    return desk


def reading(timeline, wanted: Reading) -> list[str]:
    """The lines of a reading."""
    moment = timeline.moment()
    if wanted is Reading.BASE:
        moment = as_first_placed(timeline, timeline.head)
    return [" ".join(one.line.split()) for one in whole(moment, wanted)]


def hands(page: WordPage) -> list[tuple]:
    """Every letter of the text with who inserted it and when, who struck it and when."""

    def told(touch):
        return None if touch is None else (touch.author, touch.utc)

    return [
        (sign, told(span.inserted), told(span.struck))
        for paragraph in page.paragraphs
        for span in paragraph.spans
        for sign in "".join(span.words.split())
    ]


def records():
    """The session, the real working draft, and our own drafts."""
    yield "session"
    yield "sample page"
    yield from OWN


@pytest.fixture(scope="module", params=list(records()))
def pair(request):
    """A record, and the one that came of its Word file."""
    if request.param == "session":
        made = make_sample(None, TEXTS, NOON)
    elif request.param == "sample page":
        made = received(
            corpus_file("itu-dl13-rev2.md").read_bytes(),
            "itu",
            corpus_file("itu-res174-2010-reconstructed.md").read_bytes(),
        )
    else:
        made = received((TEXTS / request.param).read_bytes(), OWN[request.param])
    again = through_word(made.timeline)
    yield made.timeline, again.timeline
    made.close()
    again.close()


@pytest.mark.parametrize("wanted", list(Reading))
def test_a_reading_comes_back(pair, wanted):
    """Line by line."""
    before, again = pair
    assert reading(again, wanted) == reading(before, wanted)


def test_the_hands_come_back(pair):
    """The second file says of every letter what the first one said: the same names and dates."""
    before, again = (word_page(one, one.head, Reading.MARKED) for one in pair)
    assert hands(again) == hands(before)
