"""A later page is received: what was kept, reworded, moved, split, merged, and what stays open."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Bound
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import InPackage, NothingChanges, NothingReceived, SymbolTaken
from negotiation.domain.terms import ProposalTerms
from negotiation.papers.followed import Became
from negotiation.papers.markdown import as_markdown
from negotiation.papers.page_text import NotReadable
from negotiation.views.paths import find
from negotiation.views.readings import Reading
from negotiation.views.versions import current
from tests.given import instead
from tests.papers.pages import any_conventions, base_and_page, marked_text, page_and_revision

FIRST = """\
RESOLUTION 4

Gauges

resolves

1 that every harbour keep a gauge and read it twice a day;

2 that the readings be sent [once a week][every month] to the assembly;

3 that small harbours [may] share one gauge,

invites Member States

a) to lend instruments and crews to those who ask for them;

b) to tell the assembly what they lent, and to whom it was lent.
"""
SECOND = """\
RESOLUTION 4

Gauges

resolves

1 that small harbours [may] share one gauge,

2 that every harbour keep a gauge and read it three times a day;

3 that the readings be sent [once a week][every month] to the assembly;

invites Member States

a) to lend instruments and crews to those who ask for them.
"""


def desk_with(page: str, conventions: str = "itu") -> Desk:
    """A record in memory that holds this page."""
    desk = Desk.begin(None)
    desk.receive(page.encode(), "first.md", conventions=conventions)
    return desk


def receive(desk: Desk, page: str, symbol: str = "TC/4(Rev.1)"):
    """The entries and what they come to, once a later page is received."""
    return desk.receive_revision(page.encode(), "later.md", symbol=symbol)


def live(desk: Desk, at: int | None = None) -> str:
    """The live text as a page prints it."""
    return as_markdown(desk.timeline.moment(at), Reading.OPEN)


def bare(text: str) -> str:
    """A page without white space, and without strikes of nothing.

    The party's name on a sponsor's line is left out: a record knows it from an earlier page.
    """
    text = re.sub(r"([A-Z]{1,5}/\d/\d) – [^\n]*", r"\1", text)
    return re.sub(r"\s+", "", text).replace("~~~~", "")


def events_of(entries, kind):
    """The events of one kind."""
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


def test_the_text_reads_as_the_page_and_everything_before_is_kept():
    desk = desk_with(FIRST)
    before = desk.timeline.head
    receive(desk, SECOND)
    assert bare(live(desk)) == bare(SECOND)
    assert bare(live(desk, before)) == bare(FIRST)
    assert "to tell the assembly" in as_markdown(desk.timeline.moment())


def test_a_clause_keeps_its_id_where_it_goes_and_whatever_it_is_called():
    desk = desk_with(FIRST)
    ids = {words: _the(desk, words) for words in ("every harbour", "readings", "small", "lend")}
    _, implied = receive(desk, SECOND)
    assert ids == {words: _the(desk, words) for words in ids}
    became = {one.clause: one.became for one in implied.clauses}
    assert became[ids["small"]] == (Became.KEPT, Became.MOVED, Became.RELABELLED)
    assert became[ids["readings"]] == (Became.KEPT, Became.RELABELLED)
    assert became[ids["every harbour"]] == (Became.REWORDED, Became.RELABELLED)
    assert implied.counts()[Became.DROPPED] == 1


def _clause(desk: Desk, clause: str) -> Clause:
    """A clause of the text as it stands."""
    found = desk.timeline.moment().clause(clause)
    assert found is not None
    return found


def _current(desk: Desk) -> str:
    """The symbol of the version that is current."""
    found = current(desk.timeline, desk.timeline.head)
    assert found is not None
    return found.symbol


def _the(desk: Desk, words: str) -> str:
    return next(c.id for c in desk.timeline.moment().clauses if words in c.passage.live)


def test_words_change_by_word_and_a_clause_that_reads_as_before_gets_no_event():
    desk = desk_with(FIRST)
    entries, _ = receive(desk, FIRST.replace("twice", "three times"))
    edits = [edit for event in events_of(entries, ev.TextRevised) for edit in event.edits]
    assert [(edit.removed, edit.inserted) for edit in edits] == [("twice", "three times")]
    assert len(entries) == 2


def test_every_entry_names_the_page_and_its_line():
    desk = desk_with(FIRST)
    entries, _ = receive(desk, SECOND)
    assert {entry.evidence.document for entry in entries} == {"later.md"}
    revised = next(e for e in entries if isinstance(e.event, ev.TextRevised))
    assert "three times" in SECOND.splitlines()[revised.evidence.line - 1]
    assert {entry.act.id for entry in entries} == {entries[0].act.id}
    assert entries[0].act.capacity is Capacity.IMPORT
    assert entries[0].act.by == "rapporteur"


def test_a_bracket_that_still_stands_keeps_its_id_its_holders_and_its_age():
    desk = desk_with(FIRST)
    desk.act(do.JoinParty("KIR", "Kiribati"))
    clause = _clause(desk, _the(desk, "small"))
    point = clause.brackets[0].point
    desk.act(do.HoldBracket(point, "KIR"))
    since = clause.brackets[0].since
    receive(desk, SECOND.replace("small harbours [may]", "the very smallest harbours [may]"))
    after = _clause(desk, clause.id)
    assert [(b.point, b.holders, b.since) for b in after.brackets] == [(point, ("KIR",), since)]


def test_a_bracket_that_is_gone_is_lifted_and_a_new_one_is_open():
    desk = desk_with(FIRST)
    entries, implied = receive(
        desk, FIRST.replace("[may]", "may").replace("twice a day", "[twice] a day")
    )
    assert len(events_of(entries, ev.BracketLifted)) == 1
    assert len(events_of(entries, ev.BracketPlaced)) == 1
    assert (implied.points_kept, implied.points_new, implied.points_gone) == (1, 1, 1)


def test_alternatives_that_were_decided_between_are_resolved():
    desk = desk_with(FIRST)
    entries, _ = receive(desk, FIRST.replace("[once a week][every month]", "once a week"))
    resolved = events_of(entries, ev.OpenPointResolved)
    assert [event.outcome.value for event in resolved] == ["trimmed"]


def test_two_clauses_made_one_are_recorded_as_merged():
    first = FIRST.replace("to those who ask", "for a year, and longer by agreement, to all who ask")
    desk = desk_with(first)
    heir, dropped = _the(desk, "lend instruments"), _the(desk, "to tell the assembly")
    entries, implied = receive(desk, first.replace("them;\n\nb) to tell", "them, and to tell"))
    assert events_of(entries, ev.ClauseDrawnFrom) == [ev.ClauseDrawnFrom((dropped,))]
    deleted = events_of(entries, ev.ClauseDeleted)
    assert [event.reason for event in deleted] == ["merged into a) in TC/4(Rev.1)"]
    assert _clause(desk, heir).margin.drawn_from == (dropped,)
    assert implied.counts()[Became.MERGED] == 1


def test_a_clause_made_two_is_recorded_as_split():
    first = FIRST.replace("what they lent", "in a report of its own every year what they lent")
    desk = desk_with(first)
    whole = _the(desk, "to tell the assembly")
    split = first.replace(
        " what they lent, and to whom it was lent.",
        ";\n\nc) what they lent, and to whom it was lent.",
    )
    entries, implied = receive(desk, split)
    assert whole in (_the(desk, "in a report of its own"), _the(desk, "to whom it was lent"))
    assert events_of(entries, ev.ClauseDrawnFrom) == [ev.ClauseDrawnFrom((whole,))]
    assert implied.counts()[Became.SPLIT] == 1


def test_agreed_words_that_the_page_changes_are_reopened_visibly():
    desk = desk_with(FIRST)
    clause = _the(desk, "every harbour")
    desk.act(do.AgreeClause(clause, "ad hoc group"))
    entries, _ = receive(desk, SECOND)
    ended = events_of(entries, ev.ClauseReopened)
    assert [event.ground for event in ended] == ["TC/4(Rev.1) has other words"]
    after = _clause(desk, clause)
    assert after.agreement is None
    assert after.margin.last_agreed is not None
    assert "twice" in after.margin.last_agreed.words


def test_agreed_words_that_the_page_leaves_alone_stay_agreed():
    desk = desk_with(FIRST)
    clause = _the(desk, "lend")
    desk.act(do.AgreeClause(clause, "ad hoc group"))
    receive(desk, FIRST.replace("a) to lend", "c) to lend"))
    assert _clause(desk, clause).agreement is not None


def test_words_that_a_taken_package_holds_are_refused_by_name():
    desk = desk_with(FIRST)
    clauses = (_the(desk, "every harbour"), _the(desk, "lend"))
    desk.act(do.FormPackage("p", "gauges", clauses))
    desk.act(do.TakePackage("p", ()))
    head = desk.timeline.head
    with pytest.raises(InPackage, match="gauges"):
        receive(desk, SECOND)
    assert desk.timeline.head == head


def test_words_that_the_page_prints_struck_are_kept_as_struck():
    """They never stood in the record: they are put in and struck, so that nothing is lost."""
    desk = desk_with(FIRST)
    later = FIRST.replace("twice a day", "twice ~~or three times~~ a day")
    receive(desk, later)
    clause = _clause(desk, _the(desk, "every harbour"))
    assert "or three times" in clause.passage.words
    assert "or three times" not in clause.passage.live
    assert "~~" in as_markdown(desk.timeline.moment())


def test_the_same_page_twice_changes_nothing_and_says_so():
    desk = desk_with(FIRST)
    receive(desk, SECOND)
    head = desk.timeline.head
    with pytest.raises(NothingChanges, match=r"TC/4\(Rev.1\)"):
        receive(desk, SECOND, "TC/4(Rev.2)")
    with pytest.raises(SymbolTaken):
        receive(desk, FIRST)
    assert desk.timeline.head == head


def test_a_record_without_a_text_takes_no_revision():
    with pytest.raises(NothingReceived):
        receive(Desk.begin(None), FIRST)


def test_a_receipt_is_undone_and_another_page_takes_its_symbol():
    desk = desk_with(FIRST)
    entries, _ = receive(desk, SECOND)
    desk.act(do.ReverseAct(entries[0].act.id))
    assert bare(live(desk)) == bare(FIRST)
    receive(desk, FIRST.replace("twice", "once"))
    assert "once a day" in live(desk)


def test_a_page_whose_receipt_was_undone_is_no_version_of_the_text():
    """Neither the current one nor one whose links are printed; undone once more, it is again."""
    first = f"{FIRST}\nSee [the list][list].\n\n[list]: https://tides.example/one\n"
    second = f"{SECOND}\nSee [the list][list].\n\n[list]: https://tides.example/two\n"
    desk = desk_with(first)
    before = live(desk)
    entries, _ = receive(desk, second)
    after = live(desk)
    undone = desk.act(do.ReverseAct(entries[0].act.id))
    assert live(desk) == before
    assert _current(desk) == "first.md"
    with pytest.raises(NothingChanges):
        receive(desk, first, "TC/4(Rev.2)")
    again = desk.act(do.ReverseAct(undone[0].act.id))
    assert live(desk) == after
    assert _current(desk) == "TC/4(Rev.1)"
    with pytest.raises(SymbolTaken):
        receive(desk, first)
    desk.act(do.ReverseAct(again[0].act.id))
    assert live(desk) == before
    assert _current(desk) == "first.md"


@pytest.mark.parametrize(
    "pages",
    [
        ("Option 2:\n", "Option 2:\n\nboats.\n", "Option 2:\n\n6 boats.\n"),
        ("[shall] [should] [other]\n", "[should] [other]\n", "calm seas\n"),
        ("1 the [two] old boats\n", "1 the [two old] boats\n", "1 the two [old] boats\n"),
        ("1 one;\n", "1 one [or [two]];\n", "1 one or [two];\n", "1 one [or] [two];\n"),
    ],
)
def test_receipts_are_undone_from_the_last_to_the_first(pages):
    """What was undone in between stands in nobody's way, and wordings go back to their words."""
    first, *later = pages
    desk = desk_with(first, "unfccc")
    before = [live(desk)]
    acts = []
    for number, page in enumerate(later):
        entries, _ = receive(desk, page, f"TC/4(Rev.{number})")
        acts.append(entries[0].act.id)
        before.append(live(desk))
    for act, text in zip(reversed(acts), reversed(before[:-1]), strict=True):
        desk.act(do.ReverseAct(act))
        assert live(desk) == text


@pytest.mark.parametrize("conventions", ["itu", "un"])
def test_a_proposal_that_comes_back_as_the_record_printed_it_still_waits(conventions):
    """The sponsor's name in its bracket is no word of the text, and nothing was decided."""
    desk = desk_with(FIRST, conventions)
    clause = _the(desk, "that every harbour")
    terms = ProposalTerms("p1", "", ("VBX",))
    desk.act(do.ProposeAmendment(clause, terms, (instead("twice", "once"),)))
    printed = live(desk)
    assert "[VBX: ~~twice~~once]" in printed
    receive(desk, printed.replace("crews", "boats"))
    assert live(desk) == printed.replace("crews", "boats")
    (proposal,) = _clause(desk, clause).proposals
    assert proposal.state == "on the table"
    assert "VBX" not in _clause(desk, clause).passage.words


def test_a_label_whose_lone_bracket_is_closed_later_stays_on_the_page():
    """The bracket was its only word; without it the label still stands."""
    page = "[Option 1:\n\nnature];\n"
    desk = desk_with("[Option 1:\n", "unfccc")
    receive(desk, page)
    assert bare(live(desk)) == bare(page)


def test_the_date_on_the_page_bounds_when_it_happened():
    desk = desk_with(FIRST)
    dated = f"Document TC/4(Rev.1)-E\n15 March 2023\n\n{FIRST}"
    entries, _ = receive(desk, dated)
    happened = entries[0].act.happened
    assert happened.at.date().isoformat() == "2023-03-15"
    assert happened.bound is Bound.NOT_LATER


def test_a_clause_that_one_page_dropped_and_the_next_one_has_again_is_the_same():
    desk = desk_with(FIRST)
    clause = _the(desk, "to tell the assembly")
    receive(desk, SECOND)
    entries, _ = receive(desk, FIRST, "TC/4(Rev.2)")
    assert _the(desk, "to tell the assembly") == clause
    assert len(events_of(entries, ev.ClauseRestored)) == 1
    assert bare(live(desk)) == bare(FIRST)


def test_when_somebody_writes_first_the_page_is_compared_once_more(tmp_path):
    store = tmp_path / "talks.db"
    mine = Desk.begin(store)
    mine.receive(FIRST.encode(), "first.md", conventions="itu")
    theirs = Desk.open(store)
    clause = _clause(theirs, _the(theirs, "small"))
    theirs.act(do.LiftBracket(clause.brackets[0].point))
    receive(mine, SECOND)
    assert bare(live(mine)) == bare(SECOND)
    assert _clause(mine, clause.id).brackets
    mine.close()
    theirs.close()


def test_a_rehearsal_writes_nothing():
    desk = desk_with(FIRST)
    head = desk.timeline.head
    rehearsed, implied = desk.rehearse_revision(SECOND.encode(), "later.md", symbol="TC/4(Rev.1)")
    assert desk.timeline.head == head
    assert rehearsed.drafted
    assert implied.counts()[Became.REWORDED] == 2


def test_a_version_is_called_by_the_symbol_it_came_under():
    desk = desk_with(FIRST)
    entries, _ = receive(desk, SECOND)
    assert desk.when("TC/4(Rev.1)") == entries[-1].number


def test_acts_of_the_room_between_two_pages_stay_on_the_record():
    """What the page does not have is struck by the page, and its author is still known."""
    desk = desk_with(FIRST)
    clause = find(desk.timeline.moment(), "invites Member States/a")[0]
    desk.act(do.ReviseText(clause.id, (do.Rewording("boats", do.WordsAt("crews")),)), Hand())
    receive(desk, SECOND)
    after = _clause(desk, clause.id)
    assert after.passage.live.endswith("instruments and crews to those who ask for them.")
    assert "boats" in after.passage.words


# -- laws -----------------------------------------------------------------------------------------

pairs = st.one_of(
    page_and_revision(),
    base_and_page(),
    st.tuples(base_and_page(), base_and_page()).map(lambda two: (two[0][1], two[1][1])),
    st.tuples(marked_text, marked_text),
)


@given(pairs, any_conventions)
def test_after_a_receipt_the_record_shows_what_a_fresh_import_of_the_page_shows(pages, body):
    """Live text and open points are those of the page, and every word of before is still there."""
    first, later = pages
    try:
        desk, fresh = desk_with(first, body.name), desk_with(later, body.name)
    except NotReadable:
        return
    if not desk.timeline.negotiation(desk.timeline.head).order:
        return
    before = {clause.id: clause.passage.words for clause in desk.timeline.moment().clauses}
    head = desk.timeline.head
    try:
        entries, _ = receive(desk, later, "B")
    except NothingChanges:
        entries = ()
    assert bare(live(desk)) == bare(live(fresh))
    assert _points(desk) == _points(fresh)
    for clause in desk.timeline.moment().clauses:
        row = iter(clause.passage.words)
        assert all(letter in row for letter in before.get(clause.id, ""))
    if entries:
        desk.act(do.ReverseAct(entries[0].act.id))
        assert bare(live(desk)) == bare(live(desk, head))


def _points(desk: Desk) -> int:
    clauses = desk.timeline.moment().clauses
    return len({bracket.point for clause in clauses for bracket in clause.brackets})


def test_lines_above_no_text_go_like_any():
    """A page of header lines alone has nothing that they could stand above."""
    desk = desk_with("noting")
    receive(desk, "[")
    assert live(desk).split() == ["["]
