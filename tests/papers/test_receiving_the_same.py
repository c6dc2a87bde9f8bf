"""A page that reads as the record does is refused: nothing changed, and no history is made up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.commands import Command
from negotiation.domain.refusals import NothingChanges, Refusal
from negotiation.domain.terms import Kind
from negotiation.papers.imprint import Imprint, foot, head
from negotiation.papers.markdown import as_markdown
from negotiation.papers.page_text import NotReadable
from negotiation.views.readings import Reading
from tests.papers.pages import base_and_page, page_and_revision
from tests.papers.test_revision import bare

WHEN = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
MARK = Imprint("TC/4(Rev.1)", 12, "0f" * 32, "Clean text")
FIRST = """\
Assembly of harbours

Document TC/4-E

12 February 2026

RESOLUTION 4

Gauges

recalling

a) that ~~boats~~ ships are measured;

b) that the gauges of ~~2010~~ 2014 were read,

resolves

1 that every harbour keep a gauge and read it twice a day.
"""
BASE = """\
RESOLUTION 4

Gauges

recalling

a) that boats are measured;

b) that the gauges of 2010 were read,

c) that small harbours share a gauge,

resolves

1 that every harbour keep a gauge and read it twice a day.
"""


def beside_base(page: str = FIRST, base: str = BASE) -> Desk:
    """A record in memory of this page, read beside its base."""
    desk = Desk.begin(None)
    desk.receive(
        page.encode(), "first.md", base=base.encode(), base_name="base.md", conventions="itu"
    )
    return desk


def live(desk: Desk) -> str:
    """The live text as a page prints it."""
    return as_markdown(desk.timeline.moment(), Reading.OPEN)


def clean(desk: Desk) -> str:
    """The text as a file prints it that goes out with a version."""
    rows = [head(MARK, "Assembly", WHEN)]
    for clause in desk.timeline.moment().clauses:
        if clause.kind is not Kind.HEADER and clause.passage.live:
            sign = {Kind.TITLE: "# ", Kind.HEADING: "## "}.get(clause.kind, "")
            rows.append(sign + clause.line.strip())
    return "\n\n".join([*rows, foot(MARK)]) + "\n"


def receive(desk: Desk, page: str):
    """What a later page comes to on the record."""
    return desk.receive_revision(page.encode(), "later.md", symbol="TC/4(Rev.2)")


def words(desk: Desk) -> list[str]:
    """All words of the record, struck ones too."""
    return [clause.passage.words for clause in desk.timeline.moment().clauses]


def test_the_clean_text_that_went_out_comes_back_as_nothing_new():
    """With its imprint and without, and without the lines above the title."""
    desk = beside_base()
    page = clean(desk)
    bare = page.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]
    for one in (page, bare):
        with pytest.raises(NothingChanges):
            receive(desk, one)


def test_a_word_changed_in_the_clean_text_is_all_that_is_recorded():
    desk = beside_base()
    before = words(desk)
    entries, _ = receive(desk, clean(desk).replace("twice", "thrice"))
    assert [type(entry.event) for entry in entries] == [ev.DocumentReceived, ev.TextRevised]
    (edit,) = entries[1].event.edits
    assert (edit.removed, edit.inserted) == ("twice", "thrice")
    assert words(desk)[:-1] == before[:-1]
    assert "12 February 2026" in live(desk)


def test_marks_against_the_base_are_still_read_beside_it():
    """A page marked as the first one was, one word further, is one word changed."""
    page = FIRST.replace("~~2010~~ 2014", "20102014")
    desk = beside_base(page)
    entries, _ = receive(desk, page.replace("twice", "thrice"))
    revised = [entry.event for entry in entries if isinstance(entry.event, ev.TextRevised)]
    assert [edit.removed for event in revised for edit in event.edits] == ["twice"]


def test_a_decided_proposal_is_not_read_as_open_from_the_live_text():
    lines = (
        "resolves",
        "TC/4/1 – Kiribati",
        "[1 that every harbour keep one;]",
        "2 that it be read.",
    )
    page = "\n\n".join(lines)
    desk = Desk.begin(None)
    desk.receive(page.encode(), "first.md", conventions="itu")
    for clause in desk.timeline.moment().clauses:
        for bracket in clause.brackets:
            desk.act(do.LiftBracket(bracket.point))
    assert not any(clause.brackets for clause in desk.timeline.moment().clauses)
    with pytest.raises(NothingChanges):
        receive(desk, live(desk))


HISTORY = (
    ev.TextRevised,
    ev.ClauseTabled,
    ev.ClauseDeleted,
    ev.ClauseRestored,
    ev.AmendmentProposed,
    ev.AnomalyFound,
)


def sound(pages: tuple[str, str]) -> tuple[str, str]:
    """Base and page without sponsors' lines and options, and without brackets lacking a partner."""
    base, page = (
        "\n\n".join(one for one in text.split("\n\n") if _sound(one)) or "nothing" for text in pages
    )
    return base, page


def _sound(paragraph: str) -> bool:
    balanced = paragraph.count("[") == paragraph.count("]")
    return balanced and not any(sign in paragraph for sign in (" – ", "Option", "{"))


pairs = st.one_of(base_and_page(), page_and_revision()).map(sound)
choices = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 50)), max_size=6)


@given(pairs, choices)
def test_the_live_text_of_the_record_changes_nothing(pages, acts):
    """Whatever the room did since the page came in."""
    base, page = pages
    try:
        desk = beside_base(page, base)
    except NotReadable:
        return
    assume(desk.timeline.negotiation(desk.timeline.head).order)
    for kind, which in acts:
        _act(desk, kind, which)
    printed = live(desk)
    assume(printed.strip())
    before = words(desk)
    try:
        entries, _ = receive(desk, printed)
    except NothingChanges:
        entries = ()
    # A bracket around nothing that is read is on no page, and ends with it.
    assert not [entry.event for entry in entries if isinstance(entry.event, HISTORY)]
    assert sorted(words(desk)) == sorted(before)
    assert bare(live(desk)) == bare(printed)


def _act(desk: Desk, kind: int, which: int) -> None:
    clauses = [one for one in desk.timeline.moment().clauses if one.passage.live]
    if not clauses:
        return
    clause = clauses[which % len(clauses)]
    word = clause.passage.live.split()[which % len(clause.passage.live.split())]
    command: Command
    match kind:
        case 0 if clause.brackets:
            command = do.LiftBracket(clause.brackets[0].point)
        case 1 if clause.margin.anomalies:
            one = clause.margin.anomalies[which % len(clause.margin.anomalies)]
            command = do.SettleAnomaly(clause.id, one.id, accept=which % 2 == 0)
        case 2:
            command = do.DeleteClause(clause.id, "not needed")
        case 3:
            command = do.ReviseText(clause.id, (do.Rewording("lantern", do.WordsAt(word)),))
        case _:
            return
    try:
        desk.act(command)
    except Refusal:
        return
