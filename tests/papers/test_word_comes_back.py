"""A Word file that went out comes back: what nobody touched in it changes nothing on the record."""

import zipfile
from io import BytesIO

import pytest

from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import NothingChanges
from negotiation.papers.docx.word_file import as_word
from negotiation.views.on_the_page import whole
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import what_is_open
from tests.papers.shapes import TEXTS
from tests.papers.test_record_through_word import NOON
from tests.papers.word_files import archive, dele, docx, dr, ins, p, r

TRACKED = (
    p(r("The Assembly of Harbours,"))
    + p(r("Notes "), dele(dr("with thanks ")), r("the tables of [2027][2030];"))
    + p(r("Requests a report at its tenth session"), ins(r(" [, within means]")), r(";"))
    + p(r("Asks every harbour to keep a gauge."))
)


@pytest.fixture
def desk():
    """Undecided changes, a bracket of the base, one that was tracked, and a decided revision."""
    made = Desk.begin(None)
    made.receive(docx(TRACKED), "a.docx", conventions="un")
    clause = made.timeline.moment().clauses[2].id
    made.act(do.ReviseText(clause, (do.Rewording("twelfth", do.WordsAt("tenth")),)))
    yield made
    made.close()


def marked(desk: Desk) -> bytes:
    return as_word(desk.timeline, desk.timeline.head, Reading.MARKED)


def edited(source: bytes, old: str, new: str) -> bytes:
    """The file with some of its words typed over, untracked."""
    with zipfile.ZipFile(BytesIO(source)) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    body = parts["word/document.xml"].decode()
    assert body.count(old) == 1
    return archive({**parts, "word/document.xml": body.replace(old, new)})


def test_an_untouched_file_changes_nothing(desk):
    """Though Word does not say which of its changes the room has decided."""
    with pytest.raises(NothingChanges):
        desk.receive_revision(marked(desk), "back.docx", symbol="A/2")


def test_what_was_edited_in_it_is_all_that_changes(desk):
    """Open points keep their ids, and a decided strike stays decided."""
    before = what_is_open(desk.timeline, desk.timeline.head)
    entries, _ = desk.receive_revision(
        edited(marked(desk), "keep a gauge", "keep two gauges"), "back.docx", symbol="A/2"
    )
    changes = [one.event for one in entries if isinstance(one.event, ev.TextRevised)]
    assert len(changes) == 1
    assert len(entries) == 2
    after = what_is_open(desk.timeline, desk.timeline.head)
    assert [(one.id, one.since, one.words) for one in after] == [
        (one.id, one.since, one.words) for one in before
    ]


def test_a_clause_that_was_moved_is_not_there_twice(desk):
    """It goes out struck where it was and put in where it is, and comes back as one."""
    first, *_, last = desk.timeline.moment().clauses
    desk.act(do.MoveClause(last.id, after=first.id))
    with pytest.raises(NothingChanges):
        desk.receive_revision(marked(desk), "back.docx", symbol="A/2")


def test_after_a_whole_session_no_rival_wording_and_no_bracket_is_decided_by_its_way_through_word():
    """Four meetings of the sample; only the options that stand as blocks are read otherwise."""
    desk = make_sample(None, TEXTS, NOON)
    live = [row.line for row in whole(desk.timeline.moment(), Reading.LIVE)]
    entries, _ = desk.receive_revision(marked(desk), "back.docx", symbol="DL/7(Rev.9)")
    kinds = {type(one.event) for one in entries}
    assert not kinds & {
        ev.ProposalRetained, ev.ProposalNotRetained, ev.BracketLifted, ev.AlternativeTabled,
    }  # fmt: skip
    again = [row.line for row in whole(desk.timeline.moment(), Reading.LIVE)]
    assert [" ".join(one.split()) for one in again] == [" ".join(one.split()) for one in live]
    desk.close()
