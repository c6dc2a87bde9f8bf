"""The negotiation as a whole: begun, documents received, parties, meetings."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.people import Party
from negotiation.domain.refusals import AlreadyReceived, MeetingIs, NothingChanges, Unclear
from tests.given import given, two

PAGE = (Drafted("", ev.DocumentReceived("page.md", "0" * 64, b"page", "TC/1")),)


class TestBegun:
    def test_a_record_begins_once(self):
        given().when(do.OpenNegotiation("TC/2")).refused(AlreadyReceived, "TC/1", "--store")

    def test_a_page_is_received(self):
        given().when(do.ReceiveDraft("TC/1", PAGE)).then(ev.DocumentReceived)

    def test_a_second_page_comes_in_otherwise(self):
        given(do.ReceiveDraft("TC/1", PAGE)).when(do.ReceiveDraft("TC/1", PAGE)).refused(
            AlreadyReceived, "`receive`"
        )

    def test_not_over_a_text_that_was_tabled(self):
        given(*two()).when(do.ReceiveDraft("TC/1", PAGE)).refused(AlreadyReceived)


class TestParties:
    def test_one_joins_and_is_found_by_code_and_by_name(self):
        case = given().when(do.JoinParty("KIR", "Kiribati")).then(ev.PartyJoined)
        whole = case.timeline.negotiation(case.timeline.head)
        assert whole.party("KIR") == whole.party("kiribati") == Party("KIR", "Kiribati")
        assert whole.party("FJI") == Party("FJI")

    def test_one_is_named_more_fully(self):
        case = given(do.JoinParty("KIR")).when(do.JoinParty("KIR", "Kiribati"))
        assert case.timeline.negotiation(case.timeline.head).parties == (Party("KIR", "Kiribati"),)

    def test_not_twice_the_same(self):
        given(do.JoinParty("KIR")).when(do.JoinParty("KIR")).refused(NothingChanges, "KIR")

    def test_not_without_a_code(self):
        given().when(do.JoinParty("")).refused(Unclear, "needs a code")


class TestMeetings:
    def test_one_at_a_time(self):
        case = given().when(do.OpenMeeting("third")).then(ev.MeetingOpened)
        case.when(do.OpenMeeting("fourth")).refused(MeetingIs, "“third” is open")
        case.when(do.CloseMeeting()).then(ev.MeetingClosed("third"))
        case.when(do.CloseMeeting()).refused(MeetingIs, "No meeting is open")

    def test_it_has_a_name(self):
        given().when(do.OpenMeeting("")).refused(Unclear, "needs a name")
