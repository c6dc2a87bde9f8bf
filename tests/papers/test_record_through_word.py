"""Record, Word file, record: the readings and the authors of every word come back.

What Word cannot say, and what the list of losses names, is left out of the comparison.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain.terms import Kind
from negotiation.papers.authors import Authors, Stands
from negotiation.papers.docx.page import WordPage
from negotiation.papers.docx.word_file import as_word, word_page
from negotiation.views.on_the_page import as_first_placed, has_a_place, whole
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import spans
from tests.corpus import corpus_file
from tests.papers.shapes import OWN, TEXTS, received
from tests.papers.test_word_out import WordMachine

STRUCK = (Sort.STRUCK, Sort.GONE)
INSERTED = (Sort.INSERTED, Sort.INSERTED_KEPT)
NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)


def through_word(timeline) -> Desk:
    """A new record that holds the Word file of another; its secretariat knows the parties."""
    desk = Desk.begin(None)
    parties = timeline.moment().negotiation.parties
    table = {one.shown.casefold(): Stands(one.code, one.name) for one in parties}
    content = as_word(timeline, timeline.head, Reading.MARKED)
    desk.receive(content, "page.docx", authors=Authors(table))
    return desk


def lines(timeline, reading: Reading) -> list[str]:
    """The lines of a reading, white space left out."""
    moment = timeline.moment()
    if reading is Reading.BASE:
        moment = as_first_placed(timeline, timeline.head)
    rows = ("".join(one.line.split()) for one in whole(moment, reading))
    return [row for row in rows if row]


def marked_letters(timeline) -> list[tuple[str, str]]:
    """Every letter of the marked reading and how it is marked, line by line.

    Without the brackets that undecided words have by default; a bracket sign counts as one whether
    it is a word or the sign of an open point. Both are losses that are named. Lines of the page's
    head count as inserted, since the base has none of them.
    """
    moment = timeline.moment()
    printed = spans(moment)
    row: list[tuple[str, str]] = []
    for clause in moment.clauses:
        if not has_a_place(clause, Reading.MARKED):
            continue
        cut = pieces(clause, Reading.MARKED, printed)
        words = [one for one in cut if one.sort is not Sort.BRACKET_OPEN]
        words = [one for one in words if one.sort is not Sort.BRACKET_CLOSE]
        gone = bool(words) and all(one.sort in STRUCK for one in words)
        label = "plain" if clause.base_label else "inserted"
        if gone or clause.margin.label_struck:
            label = "struck"
        for one in cut:
            if one.before_label and one.point:
                row += _letters(one.words, "bracket")
        # A struck clause of the base goes out under the label that the base gave it.
        printed_label = clause.label or (clause.base_label or "" if gone else "")
        row += _letters(printed_label, label)
        for one in cut:
            if one.before_label or (one not in words and not one.point):
                continue
            mark = "struck" if one.sort in STRUCK else "plain"
            if one not in words:
                mark = "bracket"
            elif mark == "plain" and (one.sort in INSERTED or clause.kind is Kind.HEADER):
                mark = "inserted"
            row += _letters(one.words, mark)
        row.append(("", "end"))
    return row


def _letters(words: str, mark: str) -> list[tuple[str, str]]:
    return [(sign, "bracket" if sign in "[]{}" else mark) for sign in words if not sign.isspace()]


def hands(page: WordPage, whole) -> list[tuple]:
    """Every letter of the text with who inserted it and when, who struck it and when.

    To the minute, since what one author did in a minute comes back as one act. A party is the same
    whether a record knows its name or only its code.
    """

    def told(touch):
        if touch is None:
            return None
        return whole.party(touch.author).code, touch.utc.replace(second=0, microsecond=0)

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


@pytest.mark.parametrize("reading", [Reading.LIVE, Reading.BASE])
def test_a_reading_comes_back(pair, reading):
    """Line by line."""
    before, again = pair
    assert lines(again, reading) == lines(before, reading)


def test_the_marks_come_back(pair):
    """Letter by letter: plain, inserted, struck, a bracket."""
    before, again = pair
    assert marked_letters(again) == marked_letters(before)


def test_the_hands_come_back(pair):
    """The second file says of every letter what the first one said: the same names and dates."""
    before, again = (word_page(one, one.head, Reading.MARKED) for one in pair)
    whole = pair[0].moment().negotiation
    assert hands(again, whole) == hands(before, whole)


class ThroughWord(WordMachine):
    """Arbitrary acts in an arbitrary room; what comes of them goes out to Word and comes back."""

    def teardown(self) -> None:
        again = through_word(self.timeline)
        for reading in (Reading.LIVE, Reading.BASE):
            back, here = lines(again.timeline, reading), lines(self.timeline, reading)
            assert back == here, reading
        again.close()
        self.put_away()


TestAnyRoom = ThroughWord.TestCase
TestAnyRoom.settings = settings(stateful_step_count=30)
TestAnyRoom = pytest.mark.filterwarnings("ignore::ResourceWarning")(TestAnyRoom)
