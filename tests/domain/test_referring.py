"""A text that lies with another body comes back, with one record of it all."""

from __future__ import annotations

import datetime as dt

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import NothingChanges, StoodOn, Unclear
from tests.given import START, given, two

COM4 = do.ReferText("Committee 4", "the figures in b)")


def before(case):
    """The body that has the text."""
    return case.timeline.negotiation(case.timeline.head).before


def test_there_and_back():
    case = given(*two()).when(COM4).then(ev.TextReferred("Committee 4", "the figures in b)"))
    assert before(case) == "Committee 4"
    back = case.when(do.ReferTextBack("no figures are needed"))
    back.then(ev.TextReferredBack("Committee 4", "no figures are needed"))
    assert before(back) == before(given(*two()))


def test_on_from_there_it_comes_back_by_the_way_it_went():
    case = given(*two(), COM4).when(do.ReferText("Drafting group")).then(ev.TextReferred)
    assert before(case) == "Drafting group"
    case = case.when(do.ReferTextBack()).then(ev.TextReferredBack("Drafting group"))
    assert before(case) == "Committee 4"


def test_not_to_where_it_is_nor_back_from_nowhere():
    given(*two(), COM4).when(do.ReferText("committee 4")).refused(NothingChanges, "Committee 4")
    given(*two()).when(do.ReferTextBack()).refused(NothingChanges, "not referred")
    given(*two()).when(do.ReferText(" ")).refused(Unclear, "which body")
    late = START - dt.timedelta(hours=1)
    given(*two()).when(do.ReferText("X", until=late, at=START)).refused(Unclear, "past")
    naive = late.replace(tzinfo=None)
    given(*two()).when(do.ReferText("X", until=naive)).refused(Unclear, "time zone")


def test_undone_it_never_left_unless_it_went_on():
    case = given(*two(), COM4)
    act = case.acts[-1]
    assert before(case.when(do.ReverseAct(act)).then(ev.ActReversed)) == before(given(*two()))
    on = given(*two(), COM4)
    act = on.acts[-1]
    on.has(do.ReferText("Drafting group")).when(do.ReverseAct(act)).refused(StoodOn, "referral")
