"""The page that replays holds what the views say, at every step, and nothing else."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import attrs
import msgspec
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from benchmarks.generator import generate
from benchmarks.ours import Ours
from benchmarks.steps import SIZES
from negotiation.cli.done import entry_json
from negotiation.cli.sample import make_sample
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.events import Event
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Stance
from negotiation.papers.docx.page import WordPage
from negotiation.papers.export import CannotWrite, write
from negotiation.papers.replay.burn_down import burn_down
from negotiation.papers.replay.embedded import embedded
from negotiation.papers.replay.kept import splice
from negotiation.papers.replay.page import replay_page
from negotiation.papers.replay.text_of import ever_named
from negotiation.papers.replay.unnamed import TOLD
from negotiation.papers.without_names import without_names
from negotiation.text.edit import replacement
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import Reading, as_first_placed, whole
from negotiation.views.progress import progress
from negotiation.views.the_log import the_log
from negotiation.views.what_is_open import open_points
from negotiation.views.who_wrote_this import Touch, who_wrote_this
from tests.corpus import corpus_file
from tests.given import given, instead, mod, two
from tests.papers.replay_twin import Twin, record_of
from tests.papers.word_drafts import word_drafts
from tests.papers.word_record import received
from tests.views.records import records
from tests.views.writing import Writer

ROOT = Path(__file__).resolve().parents[2]


def twin_of(timeline: Timeline, at: int, *, names: bool = True) -> Twin:
    """A twin that has read what the page would hold, as bytes."""
    return Twin(msgspec.json.decode(msgspec.json.encode(embedded(timeline, at, names=names))))


def printed(moment: Moment, reading: Reading) -> list[tuple[str, int, str, str]]:
    """The whole text as the views print it."""
    return [(one.kind.value, one.level, one.label, one.words) for one in whole(moment, reading)]


def same_text(timeline: Timeline, twin: Twin) -> None:
    """The page reads in every reading as the views do."""
    moment = timeline.moment(twin.last)
    assert twin.text("open") == printed(moment, Reading.OPEN)
    assert twin.text("live") == printed(moment, Reading.LIVE)
    assert twin.text("marked") == printed(moment, Reading.MARKED)
    first = as_first_placed(timeline, twin.last)
    assert twin.text("base") == printed(first, Reading.BASE)


def touched(timeline: Timeline, touch: Touch) -> tuple[int, object, list[tuple[int, str]]]:
    """A touch as the page tells it."""
    whole = timeline.negotiation(timeline.head)
    credit = touch.credit and (
        touch.credit.symbol,
        touch.credit.kind,
        [whole.party(code).code for code in touch.credit.sponsors],
    )
    return (
        touch.hand.entry,
        credit,
        [(one.hand.entry, one.standing.value) for one in touch.decisions],
    )


def same_authors(timeline: Timeline, twin: Twin, ids: dict[str, int]) -> None:
    """Every word has the history that `who` tells."""
    whole = timeline.negotiation(timeline.head)
    for authors in who_wrote_this(timeline, twin.last):
        expected = [
            (
                run.words,
                run.whence.value,
                None if run.inserted is None else touched(timeline, run.inserted),
                [touched(timeline, strike) for strike in run.struck],
                [
                    (one.symbol, one.kind, [whole.party(code).code for code in one.sponsors])
                    for one in run.contributors
                ],
            )
            for run in authors.runs
        ]
        found = twin.authors(ids[authors.clause])
        joined: list[tuple[object, ...]] = []
        for run in expected:
            if joined and joined[-1][1:] == run[1:]:
                run = (f"{joined.pop()[0]}{run[0]}", *run[1:])
            joined.append(run)
        assert found == joined


def same_points(timeline: Timeline, twin: Twin, ids: dict[str, int]) -> None:
    """The open points are those of `open`, in its order, with holders, status and age."""
    expected = open_points(timeline, timeline.moment(twin.last))
    found = twin.open_points()
    assert [one["number"] for one in found] == [one.number for one in expected]
    assert len({one["id"] for one in found}) == len(expected)
    whole = timeline.negotiation(timeline.head)
    for one, point in zip(found, expected, strict=True):
        assert (one["kind"], one["where"]) == (point.kind, point.where)
        assert (one["words"], one["struck"]) == (point.words, point.struck)
        assert one["clauses"] == [ids[clause] for clause in point.clauses]
        assert one["holders"] == [whole.party(code).code for code in point.holders]
        assert one["sponsors"] == [whole.party(code).code for code in point.sponsors]
        assert (one["status"], one["since"], one["age"]) == (point.status, point.since, point.age)
        assert [(row[0], row[1]) for row in one["wordings"]] == [
            (each.order, each.words) for each in point.alternatives
        ]


def ids_of(timeline: Timeline, twin: Twin) -> dict[str, int]:
    """The number of each clause on the page: they are counted as they come into the text."""
    ids: dict[str, int] = {}
    order = twin.order[::2]
    for number, clause in zip(order, timeline.moment(twin.last).clauses, strict=True):
        ids[clause.id] = number
    return ids


@drawn(records())
def test_every_step_is_what_the_views_say(writer: Writer) -> None:
    timeline = writer.timeline
    twin = twin_of(timeline, timeline.head)
    course = progress(timeline)
    ends = []
    while twin.on():
        ends.append(twin.last)
        same_text(timeline, twin)
        ids = ids_of(timeline, twin)
        same_authors(timeline, twin, ids)
        same_points(timeline, twin, ids)
        assert twin.row[19] == course.words_inside[twin.last]
    assert ends
    assert ends[-1] == timeline.head


@drawn(word_drafts(), st.booleans())
def test_every_step_of_a_word_file_is_what_the_views_say(page: WordPage, undecided: bool) -> None:
    """Brackets of the base stand in the base, and others close where undecided strikes are out."""
    timeline = received(page, undecided=undecided).timeline
    twin = twin_of(timeline, timeline.head)
    while twin.on():
        same_text(timeline, twin)


@drawn(records(), st.data())
def test_nothing_later_than_the_moment_gets_in(writer: Writer, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, writer.head))
    cut_off = Timeline("tide", writer.timeline.entries[:at])
    assert embedded(writer.timeline, at) == embedded(cut_off, at)


@drawn(records())
def test_without_names_every_step_is_the_text_without_names(writer: Writer) -> None:
    timeline = writer.timeline
    named = ever_named(timeline, timeline.head)
    twin = twin_of(timeline, timeline.head, names=False)
    while twin.on():
        bare = without_names(timeline.moment(twin.last), named)
        assert twin.text("open") == printed(bare, Reading.OPEN)
        assert twin.text("live") == printed(bare, Reading.LIVE)
        assert twin.text("marked") == printed(bare, Reading.MARKED)
        expected = open_points(timeline.branch(), bare)
        assert [
            (one["where"], one["words"], one["clauses"].__len__()) for one in twin.open_points()
        ] == [(one.where, one.words, len(one.clauses)) for one in expected]


@drawn(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_a_splice_makes_one_row_of_the_other(before: list[int], after: list[int]) -> None:
    change = splice(before, after)
    if before == after:
        assert change == []
        return
    at, gone, come = change
    assert isinstance(at, int)
    assert isinstance(gone, int)
    assert isinstance(come, list)
    assert [*before[:at], *come, *before[at + gone :]] == after


def test_every_event_can_be_told_without_a_name() -> None:
    assert set(TOLD) == set(get_args(Event))


@pytest.fixture(scope="module")
def sample() -> Timeline:
    """The negotiation of the samples: 564 entries of every sort."""
    desk = make_sample(None, ROOT / "fixtures" / "texts", dt.datetime(2026, 3, 12, tzinfo=dt.UTC))
    desk.close()
    return desk.timeline


def walked(timeline: Timeline) -> Twin:
    """The twin at the last step, compared with the views on the way."""
    twin = twin_of(timeline, timeline.head)
    while twin.on():
        same_text(timeline, twin)
        ids = ids_of(timeline, twin)
        same_points(timeline, twin, ids)
    same_authors(timeline, twin, ids_of(timeline, twin))
    return twin


def test_a_whole_negotiation_replays(sample: Timeline) -> None:
    """Every act of it is a step, but for those that are only said on the side."""
    twin = walked(sample)
    rows = twin.record["steps"]
    assert [row[1] for row in rows] == sorted({row[1] for row in rows})
    told = [twin.words[one[1]] for row in rows for one in row[11]]
    sentences = {line.sentence for line in the_log(sample)}
    assert set(told) <= sentences
    kinds = {type(sample.entries[one[0] - 1].event) for row in rows for one in row[11]}
    assert not kinds & {ev.RemarkMade, ev.PositionRecorded}
    assert any(twin.words[row[9]] == "DL/7(Rev.2)" and row[10] for row in rows)


def test_the_real_draft_replays() -> None:
    """Imported, and its open point resolved."""
    desk = Desk.begin(None)
    base = corpus_file("itu-res174-2010-reconstructed.md").read_bytes()
    desk.receive(corpus_file("itu-dl13-rev2.md").read_bytes(), "draft.md", base=base)
    (point,) = open_points(desk.timeline, desk.timeline.moment())
    desk.act(do.ResolveOpenPoint(point.id, (do.Choose(2), do.Merge(1, 2))))
    assert walked(desk.timeline).last == desk.timeline.head
    desk.close()


def test_a_page_is_smaller_than_the_log_of_its_record(tmp_path: Path) -> None:
    """25 clauses and 500 acts of size S: three times the log as JSON is the bound."""
    ours = Ours(tmp_path)
    ours.build(ours.prepare(generate(SIZES["S"], 1)))
    ours.open()
    assert ours.desk is not None
    timeline = ours.desk.timeline
    log = sum(
        len(
            json.dumps(
                {**entry_json(timeline.entries[line.number - 1]), "sentence": line.sentence},
                default=str,
            )
        )
        for line in the_log(timeline)
    )
    assert len(replay_page(timeline, timeline.head)) < 3 * log
    ours.close()


def for_the_chair(timeline: Timeline, *numbers: int) -> Timeline:
    """The same record with these entries for the chair alone."""
    hidden = [
        attrs.evolve(one, visibility=Visibility.CHAIR) if one.number in numbers else one
        for one in timeline.entries
    ]
    return Timeline(timeline.id, hidden)


def test_what_may_not_be_seen_is_not_in_the_page() -> None:
    """An act that is for the chair alone is no step; it counts in the age of what is open."""
    case = given(*two(), mod(instead("tide", "swell")))
    case.has(Drafted("a", ev.ConditionMet("zqx condition")))
    told = case.timeline.head
    case.has(do.MakeRemark("a", "zqx remark"))
    case.has(do.RecordPosition("a", "FJI", Stance.OPPOSES, "", "zqx position"))
    case.has(do.Park("b", owner="FJI"))
    assert b"zqx condition" in replay_page(case.timeline, case.timeline.head)
    timeline = for_the_chair(case.timeline, told)
    page = replay_page(timeline, timeline.head)
    assert b"zqx" not in page
    twin = Twin(record_of(page))
    ends = []
    while twin.on():
        ends.append(twin.last)
        same_text(timeline, twin)
        same_points(timeline, twin, ids_of(timeline, twin))
    assert not {told, told + 1, told + 2} & {*ends}
    assert ends[-1] == timeline.head


def test_an_act_that_nobody_may_see_shows_its_words_and_tells_nothing() -> None:
    """The words of the text are nobody's secret; who changed them here, and why, is."""
    case = given(*two())
    clause = case.timeline.moment().clauses[0]
    edit = replacement(clause.passage, 0, 1, "Q")
    case.has(Drafted(clause.id, ev.TextRevised((edit,), False, "zqx")))
    timeline = for_the_chair(case.timeline, case.timeline.head)
    page = replay_page(timeline, timeline.head)
    assert b"zqx" not in page
    twin = Twin(record_of(page))
    while twin.on():
        same_text(timeline, twin)
    assert twin.last == timeline.head
    assert twin.row[11] == []
    assert twin.words[twin.row[5]] == ""


def test_nothing_in_a_document_can_leave_its_place() -> None:
    """Markup in words and names is only words; the browser runs what we wrote and nothing else."""
    words = "</script><img src=x onerror=alert(1)>]]><!--"
    desk = Desk.begin(None)
    desk.receive(f"a) the tide {words} rises;\n".encode(), f"{words}.md", conventions="un")
    page = replay_page(desk.timeline, desk.timeline.head).decode()
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert page.count("<!--") == 0
    assert "default-src 'none'" in page
    assert "unsafe" not in page
    program = page.rpartition("<script>")[2].partition("</script>")[0]
    told = base64.b64encode(hashlib.sha256(program.encode()).digest()).decode()
    assert f"script-src 'sha256-{told}'" in page
    assert "http" not in re.sub(r'http-equiv="', "", page)
    desk.close()


@pytest.mark.parametrize("reading", ["clean", "as:CUB", "aloud"])
def test_the_page_opens_in_three_readings_and_no_other(reading: str) -> None:
    case = given(*two())
    with pytest.raises(CannotWrite, match="choose open, live, marked or base"):
        write(case.timeline, case.timeline.head, "x.html", reading)
    assert (
        record_of(write(case.timeline, case.timeline.head, "x.html", "base"))["reading"] == "base"
    )


def test_an_empty_record_is_a_page_too() -> None:
    record = record_of(replay_page(Timeline("x"), 0))
    assert record["steps"] == []


def test_the_picture_steps_down_as_points_are_settled() -> None:
    picture = burn_down([2, 2, 1, 0], [10, 10, 5, 0], [2])
    assert 'class="points" d="M0 44H0V2H500V23H750V44H1000V44Z"' in picture
    assert "open points from 2 to 0, at most 2" in picture
    assert 'class="versions" d="M625 0V96"' in picture
