"""The session in fixtures/sessions: the same for ever, and everything that a room does is in it.

What came out of it is kept beside it, in ``tide.json``; ``NEGOTIATION_SNAPSHOTS=write`` renews that
file, and the difference is to be looked at before it is committed.
"""

import datetime as dt
import itertools
import json
import os
from collections import Counter

import attrs
import pytest

from negotiation.cli.faults import Stopped
from negotiation.cli.lines import run
from negotiation.cli.sample import make_sample
from negotiation.cli.session import ToldClock, hold, lines_of
from negotiation.desk import Desk
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import InPackage, NeedsDecision
from negotiation.issuing import write_again
from negotiation.papers.fingerprint import fingerprint
from negotiation.trial import Trial
from negotiation.views.at_that_time import Timeline
from negotiation.views.how_open import numbers
from negotiation.views.paths import paths
from negotiation.views.what_is_open import what_is_open
from negotiation.views.where_did_it_go import fates
from tests.cli.calls import TEXTS, call

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)
KEPT = TEXTS.parent / "sessions" / "tide.json"
SCRIPT = KEPT.with_suffix(".txt")


@pytest.fixture(scope="module")
def desk():
    """The session as it stands at noon; nobody acts on it."""
    made = make_sample(None, TEXTS, NOON)
    yield made
    made.close()


def timeless(entry):
    """An entry without the days on which it was made, on which seals hang as well."""
    event = entry.event
    if isinstance(event, ev.DecisionPut):
        event = attrs.evolve(event, until=None)
    elif isinstance(event, ev.VersionIssued):
        files = tuple(attrs.evolve(one, sha256="") for one in event.files)
        event = attrs.evolve(event, files=files, root="")
    act = entry.act
    return entry.number, entry.clause, entry.version, event, act.id, act.by, act.behalf, act.meeting


# -- the same for ever ----------------------------------------------------------------------------


def what_came_of_it(desk):
    """Texts, counts, proposals and packages, as a file can hold them."""
    timeline = desk.timeline
    entries = timeline.entries
    meetings = [
        [entry.act.meeting, entry.number, attrs.asdict(numbers(timeline, entry.number))]
        for entry in entries
        if isinstance(entry.event, ev.MeetingClosed)
    ]
    issued = [
        [entry.event.symbol, entry.number, fingerprint(timeline.moment(entry.number))]
        for entry in entries
        if isinstance(entry.event, ev.VersionIssued)
    ]
    whole = timeline.negotiation(timeline.head)
    called = paths(timeline.moment())
    return {
        "acts": len({entry.act.id for entry in entries}),
        "entries": len(entries),
        "meetings closed": meetings,
        "issued": issued,
        "now": [fingerprint(timeline.moment()), attrs.asdict(numbers(timeline, len(entries)))],
        "open": [f"{point.where}: {point.kind}" for point in what_is_open(timeline, len(entries))],
        "agreed": {
            called[clause.id]: [
                clause.agreement.level,
                *(one.words for one in clause.agreement.conditions),
            ]
            for clause in timeline.moment().clauses
            if clause.agreement is not None
        },
        "packages": [
            [one.name, one.state, [called[clause] for clause in one.clauses]]
            for one in whole.packages
        ],
        "proposals": {
            f"{fate.kind} {fate.symbol or ', '.join(fate.sponsors)} at {fate.path}": [
                fate.state,
                *(
                    f"{'-' if part.deletes else '+'} {part.words.strip()}: {part.became.value}"
                    for part in fate.parts
                ),
            ]
            for fate in fates(timeline, len(entries))
            if fate.symbol or fate.sponsors
        },
    }


def test_what_came_of_it_is_what_always_came_of_it(desk):
    """A rule that changes its mind about a session that was held is found here."""
    now = what_came_of_it(desk)
    if os.environ.get("NEGOTIATION_SNAPSHOTS") == "write":
        KEPT.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert now == json.loads(KEPT.read_text(encoding="utf-8"))


def test_it_is_the_same_in_memory_and_in_a_store(desk, tmp_path):
    """Entry by entry, and folded anew from the file."""
    stored = make_sample(str(tmp_path / "tide.db"), TEXTS, NOON)
    assert stored.timeline.entries == desk.timeline.entries
    stored.close()
    again = Desk.open(tmp_path / "tide.db")
    assert again.timeline.entries == desk.timeline.entries
    for at in _sampled(desk):
        assert again.timeline.moment(at).clauses == desk.timeline.moment(at).clauses
        assert again.timeline.negotiation(at) == desk.timeline.negotiation(at)
    again.close()


def test_a_view_shows_nothing_that_came_later(desk):
    """The record cut off at an entry answers as the whole record does for that entry."""
    for at in _sampled(desk):
        then = Timeline(desk.timeline.id, desk.timeline.entries[:at])
        assert then.text(at) == desk.timeline.text(at)
        assert what_is_open(then, at) == what_is_open(desk.timeline, at)
        assert fates(then, at) == fates(desk.timeline, at)
        assert numbers(then, at) == numbers(desk.timeline, at)


def _sampled(desk):
    """Some thirty ends of acts, and the last entry."""
    entries = desk.timeline.entries
    ends = [one.number for one, other in itertools.pairwise(entries) if one.act.id != other.act.id]
    return [*ends[::6], len(entries)]


def test_it_is_the_same_each_time_but_for_the_dates(desk):
    """Another day, the same entries."""
    other = make_sample(None, TEXTS, NOON + dt.timedelta(days=40, hours=3))
    assert [timeless(one) for one in other.timeline.entries] == [
        timeless(one) for one in desk.timeline.entries
    ]
    other.close()


# -- what is in it --------------------------------------------------------------------------------


def test_many_acts_of_many_hands_in_four_meetings(desk):
    """And each act bears the meeting in which it was made."""
    entries = desk.timeline.entries
    acts = {one.act.id: one.act for one in entries}
    assert len(acts) >= 150
    held = [one.event.meeting for one in entries if isinstance(one.event, ev.MeetingOpened)]
    assert held == ["First meeting", "Second meeting", "Third meeting", "Fourth meeting"]
    in_meetings = Counter(act.meeting for act in acts.values())
    assert all(in_meetings[meeting] >= 15 for meeting in held)
    hands = {act.capacity for act in acts.values()}
    assert hands == set(Capacity) - {Capacity.OBSERVER}
    parties = {act.by for act in acts.values() if act.capacity is Capacity.DELEGATION}
    assert len(parties) >= 10
    typed = {act.typed_by for act in acts.values() if act.capacity is Capacity.DELEGATION}
    assert typed == {"chair"}


NOT_IN_IT = {
    ev.BracketWidened,
    ev.TextCorrected,
    ev.ClauseReprinted,
    ev.ClauseDrawnFrom,
    ev.VersionWithdrawn,
    ev.RecordSealed,
    ev.TextReferred,
    ev.TextReferredBack,
    ev.PersonAccredited,
    ev.AccreditationRevoked,
    ev.ProposalHandedIn,
    ev.ProposalAdmitted,
    ev.ProposalDeclined,
    ev.ProposalTakenBack,
}
"""Corrections of what is adopted, revisions from outside, seals, other terminals: other stories."""


def test_every_kind_of_thing_that_a_room_does_is_in_it(desk):
    """A new kind of event is to be told in the session, too, or named above."""
    told = {type(one.event) for one in desk.timeline.entries}
    known = {*ev.ClauseEvent.__args__, *ev.NegotiationEvent.__args__}
    assert known - told <= NOT_IN_IT


def test_a_package_over_three_clauses_breaks_once_and_is_agreed(desk):
    """Broken, it leaves every bracket and every word as they were before it was taken."""
    entries = desk.timeline.entries
    told = [
        type(one.event).__name__ for one in entries if type(one.event).__name__.startswith("Pack")
    ]
    assert told == ["PackageFormed", "PackageTaken", "PackageBroken", "PackageFormed",
                    "PackageTaken", "PackageAgreed"]  # fmt: skip
    taken, broken = (
        next(one.number for one in entries if isinstance(one.event, kind))
        for kind in (ev.PackageTaken, ev.PackageBroken)
    )
    members = next(one.event.clauses for one in entries if isinstance(one.event, ev.PackageFormed))
    assert len(members) == 3
    before = desk.acts_back(1, taken)
    for clause in members:
        was, held, fell = (
            desk.timeline.moment(at).clause(clause) for at in (before, taken, broken)
        )
        assert (fell.passage, fell.brackets) == (was.passage, was.brackets)
        assert held.brackets == ()
        assert fell.agreement is None
        assert desk.timeline.moment().clause(clause).agreement is not None


def test_two_revisions_went_out_and_other_words_in_each(desk):
    """A delegate can ask what changed since either."""
    issued = desk.timeline.negotiation(desk.timeline.head).issued
    assert [one.symbol for one in issued] == ["DL/7(Rev.2)", "DL/7(Rev.3)"]
    texts = [
        desk.timeline.text(one.number)
        for one in desk.timeline.entries
        if isinstance(one.event, ev.VersionIssued)
    ]
    texts.append(desk.timeline.text(desk.timeline.head))
    assert len(set(texts)) == 3


def test_the_files_of_a_revision_are_made_from_the_record(desk, tmp_path):
    """The session writes none; whoever opens it can have them, as they would have gone out."""
    for one in desk.timeline.negotiation(desk.timeline.head).issued:
        papers = write_again(desk, one.symbol, tmp_path)
        assert {paper.name for paper in papers} == {file.name for file in one.files}
        assert all((tmp_path / paper.name).read_bytes() == paper.content for paper in papers)
        assert one.fingerprint == fingerprint(desk.timeline.moment(one.entry))


def test_no_word_of_it_is_lost():
    """Whatever is gone from the text names the act that took it."""
    assert call("chair --sample").code == 0
    assert "All " in (said := call("audit --store tide.db")).out
    assert said.code == 0


def test_words_of_a_larger_body_are_not_reopened_by_a_party(desk):
    """It takes a decision of that body, which the record then names."""
    with pytest.raises(NeedsDecision):
        run(Trial(desk), 'reopen aware/b --ground "we have second thoughts" --for USA')
    run(Trial(desk), 'reopen aware/b --ground "a misprint" --decision "Plenary, Friday"')


def test_nothing_of_a_package_moves_alone_while_it_is_taken(desk):
    """Whoever wants it otherwise has to break the package."""
    taken = next(
        one.number for one in desk.timeline.entries if isinstance(one.event, ev.PackageTaken)
    )
    then = Trial(desk)
    then.timeline = Timeline(desk.timeline.id, desk.timeline.entries[:taken])
    with pytest.raises(InPackage):
        run(then, "revise resolves/5 --words francs --with crowns")


# -- as the chair finds it ------------------------------------------------------------------------


def test_there_is_a_yesterday_to_look_at(desk):
    """Its text is another one than that of today, and of the page as received."""
    received = desk.when("DL/7(Rev.1)")
    yesterday = desk.when("yesterday")
    assert 0 < received < yesterday < desk.timeline.head
    texts = [desk.timeline.text(at) for at in (received, yesterday, desk.timeline.head)]
    assert len(set(texts)) == 3
    last = desk.timeline.entries[yesterday - 1].act.written.astimezone()
    assert (last.date(), last.hour) == (dt.date(2031, 5, 6), 21)


def test_points_are_left_with_those_who_hold_them(desk):
    """The first of them is the main one."""
    left = what_is_open(desk.timeline, desk.timeline.head)
    assert 8 <= len(left) <= 13
    assert left[0].where == "after reaffirming/c"
    assert left[0].holders == ("CUB", "B")
    assert sum(bool(one.holders) for one in left) >= 4
    assert sum(bool(one.parked) for one in left) == 1


def test_some_of_it_is_not_for_everybody(desk):
    """Remarks for the chair and for one's own delegation, a red line told in confidence."""
    seen = Counter(
        (type(one.event), one.visibility)
        for one in desk.timeline.entries
        if one.visibility in (Visibility.CHAIR, Visibility.DELEGATION)
    )
    assert seen[ev.RemarkMade, Visibility.CHAIR] >= 2
    assert seen[ev.RemarkMade, Visibility.DELEGATION] == 1
    assert seen[ev.PositionRecorded, Visibility.CHAIR] >= 2


@pytest.mark.parametrize("hour", [0, 4, 8, 23])
def test_nothing_is_written_in_the_future(hour):
    """At whatever hour somebody looks at it, today's acts are of today."""
    now = dt.datetime(2031, 5, 7, hour, 0, 30).astimezone(dt.UTC)
    made = make_sample(None, TEXTS, now)
    times = [one.act.written for one in made.timeline.entries]
    assert times == sorted(times)
    assert times[-1] <= now
    assert times[-1].astimezone().date() == now.astimezone().date()
    made.close()


def test_the_command_line_opens_it():
    """A record that holds together."""
    assert call("chair --sample").code == 0
    assert call("verify --store tide.db").code == 0
    assert call("open --at yesterday --store tide.db").code == 0


# -- how a script is read -------------------------------------------------------------------------


def test_what_a_line_leaves_out_stays_as_it_was():
    """Day, time and hand; remarks and empty lines are none."""
    told = list(lines_of("# a\n@ -2 9:05 chair\na b\n\n@ 10:00\nb\n@ FJI\nc \\\n  d\n@ 0\ne\n"))
    assert [(one.number, one.day, one.time.isoformat("minutes"), one.who, one.words)
            for one in told] == [
        (3, -2, "09:05", "chair", "a b"),
        (6, -2, "10:00", "chair", "b"),
        (8, -2, "10:00", "FJI", "c d"),
        (11, 0, "10:00", "FJI", "e"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("\n@ tomorrow, 9:00\n", "Line 2: “@ tomorrow, 9:00” should be like “@ -2 10:02 chair”."),
        ("@ 0 25:00\n", "Line 1: “25:00” is no time of day."),
        ("lift 1 \\\n", "Line 1 of the script goes on, but nothing follows."),
        ("dance\n", "Line 1 of the script, “dance”: “dance” is no command;"),
        ("meeting close\n", "Line 1 of the script, “meeting close”: "),
        ("lift\n", "Line 1 of the script, “lift”: Missing argument"),
        ('lift "1\n', "has a quotation mark without its pair."),
        ("import nowhere.md\n", "There is no file"),
        ("export page.md\n", "cannot be part of another act"),
        ("import tide-short.md --base\n", "cannot be part of another act"),
        ("issue DL/8 --dry-run\n", "cannot be part of another act"),
        ('issue "DL/7(Rev.2)"\n', "There is no text to issue yet"),
    ],
)
def test_a_line_that_cannot_be_said_is_named(script, says):
    """With its number, and why."""
    clock = ToldClock(NOON, NOON)
    desk = Desk.begin(None, clock=clock)
    with pytest.raises(Stopped) as stopped:
        hold(desk, clock, lines_of(script), TEXTS)
    assert says in str(stopped.value)
    assert desk.timeline.head == 0
    desk.close()


def test_a_version_that_cannot_go_out_stops_the_script():
    """As it would stop the secretariat."""
    clock = ToldClock(NOON, NOON)
    desk = Desk.begin(None, clock=clock)
    script = "import tide-dl7-rev1.md --base tide-res12-base.md\nissue DL/7(Rev.2)\n"
    with pytest.raises(Stopped, match=r"Line 2 of the script.* cannot go out yet, recalling/b: "):
        hold(desk, clock, lines_of(script), TEXTS)
    assert not desk.timeline.negotiation(desk.timeline.head).issued
    desk.close()


def test_a_time_may_stand_in_a_line():
    """By the clocks of the place, on a day counted from the one on which the script is held."""
    clock = ToldClock(NOON, NOON)
    desk = Desk.begin(None, clock=clock)
    script = (
        "@ -1 9:00 secretariat\nimport tide-short.md\n@ chair\n"
        "put 'lift \"resolves/1: free of charge\"' --until {-1 18:30}\n"
    )
    hold(desk, clock, lines_of(script), TEXTS)
    put = desk.timeline.entries[-1].event
    assert isinstance(put, ev.DecisionPut)
    assert put.until is not None
    assert put.until.astimezone().replace(tzinfo=None) == dt.datetime(2031, 5, 6, 18, 30)
    desk.close()


def test_the_words_of_the_script_are_words_of_the_program(desk):
    """As many acts as lines: nothing in it is said for nothing."""
    lines = list(lines_of(SCRIPT.read_text(encoding="utf-8")))
    assert len(lines) == len({one.act.id for one in desk.timeline.entries})
