"""LibreOffice opens what we write: the same changes, and the same texts once they are decided.

In the long profile only: every file takes a program of its own.
"""

from __future__ import annotations

import datetime as dt
import os

import attrs
import pytest

from negotiation.cli.sample import make_sample
from negotiation.papers.docx.word_file import card, word_page
from negotiation.papers.docx.writer import written
from negotiation.views.readings import Reading
from tests.corpus import CORPUS, corpus_file
from tests.papers import libreoffice
from tests.papers.libreoffice import Letter, after, letters
from tests.papers.shapes import TEXTS, received
from tests.papers.word_text import base_lines, live_lines

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)
LONG = os.environ.get("NEGOTIATION_TEST_PROFILE") == "long"


@pytest.fixture(scope="module", params=["session", "sample page"])
def record(request):
    """The session of the fixtures, and the real working draft."""
    if not LONG:
        pytest.skip("LibreOffice is asked in the long profile only.")
    if why := libreoffice.usable():
        pytest.skip(why)
    if request.param == "session":
        made = make_sample(None, TEXTS, NOON)
    else:
        if not CORPUS.is_dir():
            pytest.skip("The real drafts (../shared/corpus) are not beside this checkout.")
        made = received(
            corpus_file("itu-dl13-rev2.md").read_bytes(),
            "itu",
            corpus_file("itu-res174-2010-reconstructed.md").read_bytes(),
        )
    yield made.timeline
    made.close()


def file_of(timeline, *, comments: bool) -> bytes:
    """The marked text; over its bridge LibreOffice 7.4 falls over every comment."""
    page = word_page(timeline, timeline.head, Reading.MARKED)
    if not comments:
        page = attrs.evolve(page, comments=())
    return written(page, card(timeline, timeline.head, Reading.MARKED))


def as_we_say(timeline) -> list[Letter]:
    """Every letter of the body as it is written, to the minute as LibreOffice keeps them apart."""

    def told(touch):
        return None if touch is None else (touch.author, touch.at.strftime("%Y-%m-%dT%H:%M"))

    page = word_page(timeline, timeline.head, Reading.MARKED)
    return [
        Letter(sign, told(span.inserted), told(span.struck))
        for paragraph in page.paragraphs
        for span in paragraph.spans
        for sign in "".join(span.words.split())
    ]


def as_it_says(timeline, command: str) -> list[str]:
    """The paragraphs after a command, white space left out."""
    rows = after(file_of(timeline, comments=False), command)
    return [letters for row in rows if (letters := "".join(row.split()))]


def test_it_reports_the_same_changes(record):
    """Letter by letter: who inserted it and when, who struck it and when."""
    ours, theirs = as_we_say(record), letters(file_of(record, comments=True))
    assert "".join(one.sign for one in theirs) == "".join(one.sign for one in ours)
    assert theirs == ours


@pytest.mark.parametrize(
    ("command", "lines"),
    [(".uno:AcceptAllTrackedChanges", live_lines), (".uno:RejectAllTrackedChanges", base_lines)],
)
def test_it_comes_to_the_same_text(record, command, lines):
    """All changes accepted, or all rejected."""
    assert as_it_says(record, command) == lines(record, record.head)
