"""Conservation: each letter that an entry brought is in the text, or gone by a named act."""

from __future__ import annotations

import re
from collections import Counter

import attrs
import pytest
from hypothesis import given as drawn

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted
from negotiation.domain.terms import Correction, Damage, Severity, TabledRun
from negotiation.papers.marks import skipped_stretches
from negotiation.text.passage import Passage
from negotiation.views.at_that_time import Timeline
from negotiation.views.conservation import STANDING, Audit, Ended, audit
from tests.corpus import corpus_file
from tests.given import Case, add, behind, given, instead, mod, table, two
from tests.papers.shapes import OWN, TEXTS, received
from tests.views.records import records
from tests.views.writing import Writer

_TAG = re.compile(r"</?\w{1,6}>")


def ever_tabled(timeline: Timeline, at: int) -> Counter[tuple[str, str]]:
    """The slow twin: every letter that an entry brings, by its clause, from the events alone."""
    letters: Counter[tuple[str, str]] = Counter()
    for entry in timeline.entries[:at]:
        event, words = entry.event, ""
        if isinstance(event, ev.ClauseTabled):
            words = "".join(run.words for run in event.runs)
        elif isinstance(event, ev.AnomalySettled):
            words = "".join(run.words for one in event.corrections for run in one.runs)
        else:
            words = "".join(edit.inserted for edit in getattr(event, "edits", ()))
        letters.update((entry.clause, letter) for letter in words)
    return letters


def conserved(timeline: Timeline, at: int) -> Audit:
    """The audit, held against the twin."""
    found = audit(timeline, at)
    assert found.faults == ()
    told = Counter((one.clause, letter) for one in found.stretches for letter in one.words)
    assert told == ever_tabled(timeline, at)
    assert found.sound
    for one in found.stretches:
        if one.ended not in STANDING:
            assert one.by is not None, one
            assert one.by.entry <= at
        assert one.brought.entry <= at
    return found


@drawn(records())
def test_nothing_falls_out(writer: Writer) -> None:
    """Whatever happens: each letter is in the text, struck, merged, not retained, or undone."""
    for number in {writer.head // 2, writer.head}:
        conserved(writer.timeline, number)


@drawn(records())
def test_what_stands_by_the_books_stands_in_the_text(writer: Writer) -> None:
    """The words told as standing are those of the live text and the undecided strikes."""
    found = audit(writer.timeline, writer.head)
    for clause in writer.timeline.moment().clauses:
        told = [one for one in found.stretches if one.clause == clause.id]
        live = [one.words for one in told if one.ended in (Ended.IN_THE_TEXT, Ended.ON_THE_TABLE)]
        assert "".join(live) == clause.passage.live


def text_of(source: bytes) -> str:
    """A page without its comments, front matter and link definitions: they are no text."""
    page = source.decode()
    for start, end in reversed(skipped_stretches(page)):
        page = page[:start] + page[end:]
    return page


def printed_letters(page: str) -> Counter[str]:
    """The letters and digits of a page, its tags left out."""
    return Counter(letter for letter in _TAG.sub("", page) if letter.isalnum())


def taken_letters(timeline: Timeline) -> Counter[str]:
    """What the record has of a page: words, labels and what leads them, and attribution lines."""
    parts: list[str] = []
    lines: set[tuple[str, int, str]] = set()
    for clause in timeline.moment().clauses:
        parts += [clause.passage.words, clause.margin.lead.replace("{label}", "")]
        parts.append(clause.label)
        lines |= {(a.point, a.order, a.printed) for a in clause.alternatives if a.sponsors}
        parts += [f"{p.symbol} {p.sponsors}" for p in clause.proposals]
    parts += [printed for _, _, printed in lines]
    return printed_letters(" ".join(parts))


@pytest.mark.parametrize("name", OWN)
def test_every_letter_of_a_page_is_on_the_record(name: str) -> None:
    """What the reader takes for marks aside, no word of a page falls out when it is received."""
    source = (TEXTS / name).read_bytes()
    timeline = received(source, OWN[name]).timeline
    assert printed_letters(text_of(source)) - taken_letters(timeline) == Counter()


@pytest.mark.parametrize(
    "name", ["itu-dl13-rev2.md", "unfccc/paris-2015-10-23.md", "bbnj/2022-06-01.txt"]
)
def test_every_letter_of_a_real_page_is_on_the_record(name: str) -> None:
    source = corpus_file(name).read_bytes()
    timeline = received(source).timeline
    assert printed_letters(text_of(source)) - taken_letters(timeline) == Counter()


@pytest.mark.parametrize("name", OWN)
def test_our_own_pages_are_accounted_for(name: str) -> None:
    timeline = received((TEXTS / name).read_bytes(), OWN[name]).timeline
    found = conserved(timeline, timeline.head)
    assert found.words(Ended.IN_THE_TEXT) > 20


@pytest.mark.parametrize("name", ["itu-dl13-rev2.md", "unfccc/paris-2015-10-23.md"])
def test_real_pages_are_accounted_for(name: str) -> None:
    timeline = received(corpus_file(name).read_bytes()).timeline
    conserved(timeline, timeline.head)


# -- what became of it ----------------------------------------------------------------------------


def ended(case: Case, *ways: Ended) -> list[tuple[str, int]]:
    """The words that ended so, each with the entry that made it so."""
    found = conserved(case.timeline, case.timeline.head)
    return [
        (one.words, 0 if one.by is None else one.by.entry)
        for one in found.stretches
        if one.ended in ways
    ]


def test_a_proposal_is_on_the_table_and_what_it_strikes_undecided() -> None:
    case = given(*two(), mod(instead("tide", "swell")))
    assert ended(case, Ended.ON_THE_TABLE) == [("swell", 0)]
    assert ended(case, Ended.STRUCK_UNDECIDED) == [("tide", 0)]


def test_undone_words_are_told_with_the_undoing() -> None:
    """An undo takes words out of the passage; the books still have them, and who undid them."""
    case = given(*two(), mod(behind("tide", " and swell"))).undo()
    assert ended(case, Ended.UNDONE) == [(" and swell", case.timeline.head)]
    case.undo()
    assert ended(case, Ended.UNDONE) == []
    assert ended(case, Ended.ON_THE_TABLE) == [(" and swell", 0)]


def test_a_clause_that_was_undone_is_still_accounted_for() -> None:
    case = given(*two(), add("and the reef;")).undo()
    assert ended(case, Ended.UNDONE) == [("and the reef;", case.timeline.head - 1)]


def damaged() -> Case:
    """Clause a with an anomaly whose repair reads “tyde” as “tide and time”."""
    case = given(table("a", "a)", "that the tyde shall rise;"))
    fix = Correction(9, 13, "tyde", (TabledRun("tide and time"),))
    found = Damage("X", Severity.DAMAGED, 3, 1, 3, "tyde", "Odd.", True, "Read it.", (fix,))
    return case.has(Drafted("a", ev.AnomalyFound("n", found)))


def test_words_that_were_misread_are_told_with_who_settled_it() -> None:
    """A better reading takes words out of the passage, and brings others: both are in the books."""
    case = damaged().has(do.SettleAnomaly("a", "n", accept=True))
    assert ended(case, Ended.READ_ANEW) == [("tyde", case.timeline.head)]
    assert case.clause().passage.live == "that the tide and time shall rise;"


def test_a_reading_that_is_undone_and_done_again_is_counted_once() -> None:
    case = damaged().has(do.SettleAnomaly("a", "n", accept=True)).undo()
    assert ended(case, Ended.UNDONE) == [("tide and time", case.timeline.head)]
    assert ended(case, Ended.READ_ANEW) == []
    case.undo()
    assert ended(case, Ended.UNDONE) == []
    assert ended(case, Ended.READ_ANEW) == [("tyde", case.timeline.head)]


def test_withdrawn_and_reworded_words_are_told_apart() -> None:
    case = given(*two(), mod(behind("tide", " and swell")))
    case.has(do.ReviseProposal("p", "FJI", (behind("tide", " and surf"),)))
    revised = case.timeline.head
    assert ended(case, Ended.REVISED) == [(" and swell", revised)]
    case.has(do.WithdrawProposal("p", "FJI"))
    assert (" and surf", case.timeline.head) in ended(case, Ended.WITHDRAWN)


def test_a_deleted_clause_is_struck_by_its_act() -> None:
    case = given(*two(), do.DeleteClause("b"))
    assert ended(case, Ended.STRUCK) == [("noting the moon;", case.timeline.head)]


# -- faults ---------------------------------------------------------------------------------------


class Leaking(Timeline):
    """A record whose fold loses, from one entry on, the first letters of a clause, or adds some."""

    words: str = ""
    since: int = 0

    def clause(self, clause: str, at: int) -> Clause | None:
        state = super().clause(clause, at)
        if state is None or at < self.since or not self.since:
            return state
        run = state.passage.runs[0]
        changed = attrs.evolve(run, words=self.words or run.words[3:])
        return attrs.evolve(state, passage=Passage((changed, *state.passage.runs[1:])))


@pytest.mark.parametrize("words", ["", "recognizing that the tide shall rise, and fall; so be it"])
def test_words_that_no_act_accounts_for_are_a_fault(words: str) -> None:
    """Lost or gained: the books name the clause, the entry and the letters."""
    case = given(*two(), mod(behind("tide", " and swell")))
    leaking = Leaking("tide", case.timeline.entries)
    leaking.since, leaking.words = case.timeline.head, words
    found = audit(leaking, leaking.head)
    assert not found.sound
    fault = found.faults[0]
    assert (fault.clause, fault.entry) == ("a", case.timeline.head)
    assert "without an act" in fault.says
