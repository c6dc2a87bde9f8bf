"""A text that goes from body to body and comes back, held from its script: one whole history."""

import datetime as dt

import pytest

from negotiation.cli.session import ToldClock, hold, lines_of
from negotiation.desk import Desk
from negotiation.views.paths import find
from negotiation.views.what_changed import what_changed
from negotiation.views.what_happened import what_happened
from negotiation.views.where_did_it_go import fates
from negotiation.views.who_has_the_text import told, who_has_the_text
from tests.cli.calls import TEXTS, call, done

SCRIPT = TEXTS.parent / "sessions" / "referral.txt"
NOON = dt.datetime(2031, 5, 7, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """The store that the session was held in, and its desk."""
    store = tmp_path_factory.mktemp("referral") / "referral.db"
    clock = ToldClock(NOON, NOON)
    desk = Desk.begin(str(store), clock=clock)
    hold(desk, clock, lines_of(SCRIPT.read_text(encoding="utf-8")), TEXTS)
    yield str(store), desk
    desk.close()


@pytest.fixture
def desk(held):
    return held[1]


@pytest.fixture
def store(held, monkeypatch):
    monkeypatch.setenv("NEGOTIATION_STORE", held[0])


def at_of(desk, event, nth=0):
    """The entries of events of this name."""
    found = [one.number for one in desk.timeline.entries if type(one.event).__name__ == event]
    return found[nth]


def clause(desk, path, at=None):
    moment = desk.timeline.moment(desk.timeline.head if at is None else at)
    return find(moment, path)[0]


def test_the_bodies_have_it_one_after_the_other(desk):
    """At every moment the record says which; at the end it is the Plenary."""
    course: list[str] = []
    for at in range(desk.timeline.head + 1):
        before = desk.timeline.negotiation(at).before
        if before and course[-1:] != [before]:
            course.append(before)
    home = course[0]
    assert course == [home, "drafting group", home, "Editorial Committee", home, "Plenary"]


def test_the_proposal_of_the_drafting_group_has_its_fate_here(desk):
    """And the one before it: each once, with its sponsor and where it went."""
    found = {one.symbol: one for one in fates(desk.timeline, desk.timeline.head)}
    assert found["USA/41/2"].sponsors == ("USA",)
    assert found["USA/41/2"].state == found["FJI/41/1"].state == "retained"
    for symbol, meeting in (("USA/41/2", "Drafting group"), ("FJI/41/1", "Ad hoc group")):
        proposed = found[symbol].proposed
        assert proposed is not None
        assert proposed.meeting == meeting


def test_whose_words_they_are_is_told_across_the_bodies(desk, store):
    """`who` names the parties of both rooms."""
    assert "FJI/41/1" in done("who considering/a")
    assert "USA/41/2" in done("who considering/b")


def test_what_was_agreed_before_it_left_stays_agreed(desk):
    """At the level of the body that agreed it, while it is elsewhere and when it is back."""
    away = at_of(desk, "TextReferred")
    back = at_of(desk, "TextReferredBack")
    for at in (away, back):
        agreement = clause(desk, "considering/a", at).agreement
        assert agreement is not None
        assert agreement.level == "ad hoc group"
    at_the_editors = clause(desk, "considering/a", at_of(desk, "TextReferredBack", 1)).agreement
    assert at_the_editors is not None
    assert at_the_editors.level == "editorial committee"
    given_back = clause(desk, "considering/a").agreement
    assert given_back is not None
    assert given_back.level == "working group"


def test_the_difference_across_a_referral_is_what_was_done_there(desk, store):
    """One clause, one insertion; nothing else moved."""
    away, back = at_of(desk, "TextReferred"), at_of(desk, "TextReferredBack")
    changed = what_changed(desk.timeline, away, back)
    (one,) = [each for each in changed if each.changes]
    assert [words.inserted.strip() for words in one.changes] == ["and no tables"]
    assert "and no tables" in done(f"diff {away} {back}")


def test_since_tells_the_way_and_the_mandate(desk, store):
    """For somebody who was away while it was away."""
    away = at_of(desk, "TextReferred")
    what = [one.what for one in what_happened(desk.timeline, away - 1, desk.timeline.head).whole]
    assert "text referred to drafting group" in what
    assert "text back from drafting group" in what
    said = done(f"since {away - 1}")
    assert "text referred to drafting group: the words of considering b)" in said
    assert "text back from drafting group: one insertion, agreed" in said
    assert "before Plenary since" in said


def test_where_it_lies_is_told_with_the_way_back(desk):
    """While it is with the drafting group: since when, until when, by whom, what for."""
    lies = who_has_the_text(desk.timeline, at_of(desk, "TextReferred"))
    assert lies is not None
    assert (lies.body, lies.mandate) == ("drafting group", "the words of considering b)")
    assert lies.referred_by == desk.timeline.negotiation(1 + lies.entry).body
    assert lies.until is not None
    assert not lies.overdue(lies.until)
    assert lies.overdue(lies.until + dt.timedelta(seconds=1))
    late = told(lies, lambda at: f"{at:%H:%M}", lies.until + dt.timedelta(days=1))
    assert "(overdue)" in late
    assert "(overdue)" not in told(lies, lambda at: f"{at:%H:%M}")
    assert who_has_the_text(desk.timeline, lies.entry - 1) is None


def test_the_record_is_sound(desk, store):
    assert call("verify --json").json["sound"]
