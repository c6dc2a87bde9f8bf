"""What each person may do at a desk of their own, and in whose name it stands on the record."""

from __future__ import annotations

import datetime as dt
import typing

import attrs
import pytest
from hypothesis import event, example
from hypothesis import given as tried
from hypothesis import strategies as st

from negotiation.accrediting import accredit
from negotiation.admitting import admit
from negotiation.desk import Desk, Hand, StoreError
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import (
    NoMoreAsHandedIn,
    NoSuchThing,
    NotForHandingIn,
    NothingChanges,
    NotInThisCapacity,
    NotThisHand,
    Refusal,
    SpeaksForAnother,
)
from negotiation.domain.terms import Kind, ProposalTerms, Stance
from negotiation.ledger.ledger import Ledger, NotAdmitted
from negotiation.ledger.stored_command import stored_command
from negotiation.views.the_log import sentence
from negotiation.views.where_did_it_go import fates
from negotiation.views.who_wrote_this import who_wrote_this
from tests.desk.test_desk import Clock, Ids
from tests.given import TIDE, behind, by, instead, mod, two
from tests.ledger.facts import facts

PEOPLE = {
    Capacity.CHAIR: "Ines Soto",
    Capacity.SECRETARIAT: "Mia Roth",
    Capacity.EDITOR: "Tom Hale",
    Capacity.DELEGATION: "Ana Lima",
    Capacity.OBSERVER: "Jo Park",
}
MOD = do.ProposeAmendment("a", by("FJI"), (instead("tide", "sea"),))


class Place:
    """A negotiation with somebody of every capacity; each has a desk of their own."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.ledger = Ledger.open(None, clock=self.clock)
        self.home = Desk(self.ledger, "n", clock=Clock(), ids=Ids("h"))
        self.home.act(do.OpenNegotiation("TC/1"))
        for command in (*two(), do.JoinParty("FJI", "Fiji"), do.JoinParty("KIR", "Kiribati")):
            self.home.act(command)
        self.tokens = {
            capacity: accredit(
                self.home, person, capacity, party="FJI" if capacity.value == "delegation" else ""
            )[1]
            for capacity, person in PEOPLE.items()
        }

    def desk(self, capacity: Capacity) -> Desk:
        """The desk of whoever has this capacity."""
        ledger = self.ledger.shown(self.tokens[capacity])
        return Desk(ledger, "n", clock=Clock(), ids=Ids(capacity.value))

    @property
    def kept(self) -> tuple[int, str]:
        """How many rows there are, and a hash over them."""
        return self.ledger.fingerprint("n")


def handed_in(desk: Desk, command: do.Command, hand: Hand = Hand()) -> str:  # frozen
    """The name of what is handed in."""
    handed = desk.act(command, hand)[0].event
    assert isinstance(handed, ev.ProposalHandedIn)
    return handed.handed


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def chair(place: Place) -> Desk:
    return place.desk(Capacity.CHAIR)


@pytest.fixture
def fiji(place: Place) -> Desk:
    return place.desk(Capacity.DELEGATION)


# -- in whose name --------------------------------------------------------------------------------


def test_at_home_the_hand_is_what_was_said(place):
    act = place.home.act(do.DeleteClause("b"), Hand("anybody", "who", "KIR"))[0].act
    assert (act.by, act.typed_by, act.behalf) == ("anybody", "who", "KIR")


def test_the_chair_decides_by_name(chair):
    act = chair.act(do.DeleteClause("b"))[0].act
    assert (act.by, act.typed_by, act.capacity) == ("Ines Soto", "", Capacity.CHAIR)


def test_who_types_for_another_stands_beside(place):
    desk = place.desk(Capacity.SECRETARIAT)
    act = desk.act(do.DeleteClause("b"), Hand("Ines Soto"))[0].act
    assert (act.by, act.typed_by, act.capacity) == (
        "Ines Soto", "Mia Roth", Capacity.SECRETARIAT,
    )  # fmt: skip
    act = desk.act(MOD, Hand("FJI", "chair", "FJI", Capacity.DELEGATION))[0].act
    assert (act.by, act.typed_by, act.behalf) == ("FJI", "Mia Roth", "FJI")


def test_a_delegation_speaks_for_itself_and_nobody_else(fiji):
    note = do.MakeRemark("a", "our red line", visibility=Visibility.DELEGATION)
    act = fiji.act(note)[0].act
    assert (act.by, act.behalf, act.capacity) == ("Ana Lima", "FJI", Capacity.DELEGATION)
    with pytest.raises(SpeaksForAnother, match="not for KIR"):
        fiji.act(note, Hand(behalf="KIR"))
    with pytest.raises(NotThisHand, match="as chair"):
        fiji.act(note, Hand(insists=True))
    with pytest.raises(NotThisHand, match="by Bela"):
        fiji.act(note, Hand("Bela"))
    with pytest.raises(SpeaksForAnother, match="not for KIR"):
        fiji.act(do.RecordPosition("a", "KIR", Stance.SUPPORTS))


@pytest.mark.parametrize("capacity", list(PEOPLE))
@pytest.mark.parametrize("visibility", list(Visibility))
def test_whoever_may_not_read_it_again_goes_on_all_the_same(place, capacity, visibility):
    """A note for others is written, and the desk knows of it what its person may know."""
    desk = place.desk(capacity)
    note = do.MakeRemark("a", "so", visibility=visibility)
    try:
        number = desk.act(note)[0].number
    except NotInThisCapacity:
        return
    desk.catch_up()
    assert desk.timeline.head == number
    desk.act(note)
    desk.catch_up()
    own = isinstance(desk.timeline.entries[number - 1].event, ev.RemarkMade)
    assert own is (capacity is Capacity.DELEGATION or visibility in desk.admission.viewer.reads)
    bare = place.home.catch_up()[-1]
    assert isinstance(bare.event, ev.RemarkMade)


def test_an_editor_speaks_for_nobody(place):
    desk = place.desk(Capacity.EDITOR)
    form = do.RelabelClause("b", "c)")
    with pytest.raises(NotThisHand, match="for FJI"):
        desk.act(form, Hand(behalf="FJI"))
    assert desk.act(form)[0].act.by == "Tom Hale"
    with pytest.raises(NotInThisCapacity, match="form and not substance"):
        desk.act(do.DeleteClause("b"))


def test_what_was_revoked_makes_no_act(place, fiji):
    held = place.home.timeline.negotiation(place.home.timeline.head).accreditations
    number = next(one.id for one in held if one.party == "FJI")
    place.home.act(do.RevokeAccreditation(number, "another delegate"))
    before = place.kept
    for attempt in (lambda: fiji.act(MOD), fiji.catch_up, lambda: fiji.rehearse(MOD)):
        with pytest.raises(StoreError, match="was revoked"):
            attempt()
    assert place.kept == before


CHAIR_ANEW = do.AccreditPerson("x", "Mia Roth", Capacity.CHAIR, role="mia")


@pytest.mark.parametrize(
    "wrapped",
    [
        do.Together((CHAIR_ANEW,)),
        do.PutDecision("q", CHAIR_ANEW, stored_command(CHAIR_ANEW), "so?"),
        do.PutDecision("q", do.Together((CHAIR_ANEW,)), "{}", "so?"),
        do.TakeDecision("q1", CHAIR_ANEW, Clock()()),
        do.TakePackage("k", (CHAIR_ANEW,)),
        do.AdmitProposal("h1", CHAIR_ANEW),
        do.ReceiveRevision(
            "TC/2",
            (Drafted("", ev.PersonAccredited("x", "Mia Roth", Capacity.CHAIR, role="mia")),),
        ),
    ],
)
def test_the_secretariat_lets_in_no_chair_in_whatever_it_is_wrapped(place, wrapped):
    note = do.MakeRemark("a", "so")
    place.home.act(do.PutDecision("q1", note, stored_command(note), "so?"))
    desk, before = place.desk(Capacity.SECRETARIAT), place.kept
    with pytest.raises((NotInThisCapacity, NotAdmitted), match="for the chair alone"):
        desk.act(wrapped)
    assert place.kept == before


def test_what_is_put_is_what_the_gavel_makes(place, chair):
    """A program of the secretariat asks the room one thing, and stores no other."""
    desk, note = place.desk(Capacity.SECRETARIAT), do.MakeRemark("a", "so")
    desk.act(do.PutDecision("q1", note, stored_command(CHAIR_ANEW), "so?"))
    desk.act(do.Together((do.PutDecision("q2", do.DeleteClause("b"), "{}", "so?"),)))
    chair.catch_up()
    held = chair.timeline.negotiation(chair.timeline.head).decisions
    assert [one.command for one in held] == [
        stored_command(note),
        stored_command(do.DeleteClause("b")),
    ]
    assert isinstance(chair.take("q1")[1].event, ev.RemarkMade)


def test_the_gavel_makes_nothing_that_is_not_put(place, chair):
    """Whatever another program wrote into the record as a question."""
    note = do.MakeRemark("a", "so")
    place.home.act(do.PutDecision("q1", note, stored_command(CHAIR_ANEW), "so?"))
    chair.catch_up()
    before = place.kept
    with pytest.raises(Refusal, match="an act of its own"):
        chair.take("q1")
    assert place.kept == before


def test_who_has_a_terminal_of_his_own_did_not_type_at_this_one(place):
    """A typist without one stands beside whoever decides."""
    note = do.MakeRemark("a", "so")
    desk, before = place.desk(Capacity.SECRETARIAT), place.kept
    for typist in ("Ines Soto", "ines  soto ", "Ana Lima"):
        with pytest.raises(NotThisHand, match="typed by"):
            desk.act(note, Hand("", typist))
        with pytest.raises(NotThisHand, match="typed by"):
            desk.act(note, Hand("Ines Soto", typist))
    assert place.kept == before
    assert desk.act(note, Hand("", "Bela"))[0].act.typed_by == "Bela"
    assert desk.act(note, Hand("", "Mia Roth"))[0].act.by == "Mia Roth"


def test_an_editor_proposes_for_nobody(place):
    desk, before = place.desk(Capacity.EDITOR), place.kept
    form = do.ProposeAmendment("a", by("FJI"), (instead("tide", "Tide"),), editorial=True)
    with pytest.raises(NotThisHand, match="for FJI"):
        desk.act(form)
    with pytest.raises(NotThisHand, match="for FJI"):
        desk.act(do.Together((form,)))
    assert place.kept == before


# -- handed in ------------------------------------------------------------------------------------


def test_what_a_delegation_proposes_waits_for_the_chair(place, fiji, chair):
    rehearsed = fiji.rehearse(MOD)
    assert rehearsed.waits
    assert [type(one.event) for one in rehearsed.drafted] == [ev.AmendmentProposed]
    (entry,) = fiji.act(MOD)
    handed = entry.event
    assert isinstance(handed, ev.ProposalHandedIn)
    assert handed.handed == f"h{entry.number}"
    assert handed.what == "MOD TC/p on a: “tide” becomes “sea”"
    assert entry.visibility is Visibility.BETWEEN
    chair.catch_up()
    clause = chair.timeline.clause("a", chair.timeline.head)
    assert clause is not None
    assert clause.passage.live == TIDE
    assert [one.id for one in chair.timeline.negotiation(entry.number).handed_in] == [handed.handed]
    assert sentence(entry, chair.timeline) == (
        f"Fiji hands in ({handed.handed}): MOD TC/p on a: “tide” becomes “sea”."
    )


def test_with_the_chairs_yes_it_is_the_partys_and_the_chairs_act(place, fiji, chair):
    handed = handed_in(fiji, MOD)
    chair.catch_up()
    entries = admit(chair, handed)
    assert [type(one.event) for one in entries] == [ev.ProposalAdmitted, ev.AmendmentProposed]
    act = entries[0].act
    assert (act.by, act.behalf, act.capacity) == ("Ines Soto", "FJI", Capacity.CHAIR)
    told = [sentence(one, chair.timeline) for one in entries]
    assert told == [
        "Chair, for Fiji, admits what FJI handed in.",
        "Fiji proposes MOD TC/p on a: “tide” becomes “sea”.",
    ]
    fate = fates(chair.timeline, chair.timeline.head)[0]
    assert (fate.sponsors, fate.state) == (("FJI",), "on the table")
    (wrote,) = who_wrote_this(chair.timeline, chair.timeline.head, "a")
    sea = next(one for one in wrote.runs if one.words == "sea").inserted
    assert sea is not None
    assert sea.credit is not None
    assert (sea.credit.sponsors, sea.hand.by, sea.hand.behalf) == (("FJI",), "Ines Soto", "FJI")
    fiji.catch_up()
    assert fiji.timeline.negotiation(fiji.timeline.head).handed_in == ()


def test_it_is_decided_on_the_text_of_now(fiji, chair):
    handed = handed_in(fiji, MOD)
    chair.act(mod(behind("tide", " of today"), name="q"))
    entries = admit(chair, handed)
    assert isinstance(entries[1].event, ev.AmendmentProposed)
    again = handed_in(fiji, mod(instead("moon", "sun"), clause="b", name="r"))
    chair.catch_up()
    chair.act(do.DeleteClause("b"))
    with pytest.raises(NoMoreAsHandedIn, match=f"decline {again}"):
        admit(chair, again)


def test_a_refusal_does_not_say_who_handed_something_in_meanwhile(fiji, chair):
    handed_in(fiji, MOD)
    with pytest.raises(Refusal) as told:
        chair.act(do.LiftBracket("none"))
    assert told.value.__notes__ == [f"Meanwhile somebody wrote entry {chair.timeline.head}."]


def test_two_that_come_at_once_have_names_of_their_own(place, fiji):
    """A delegation does not see what others handed in, and is given no name that they have."""
    _, token = accredit(place.home, "Bo Tebai", Capacity.DELEGATION, party="KIR")
    kiribati = Desk(place.ledger.shown(token), "n", clock=Clock(), ids=Ids("k"))
    fiji.catch_up()
    one = handed_in(fiji, MOD)
    other = handed_in(kiribati, mod(instead("tide", "moon"), name="k", party="KIR"))
    assert one != other
    with pytest.raises(NoSuchThing):
        kiribati.act(do.TakeBackProposal(one, "KIR"))
    with pytest.raises(NothingChanges):
        kiribati.act(mod(instead("tide", "moon"), name="k", party="KIR"))


def test_several_in_one_breath_are_handed_in_as_one(fiji, chair):
    both = do.Together((MOD, mod(instead("moon", "sun"), clause="b", name="q")))
    handed = handed_in(fiji, both)
    chair.catch_up()
    (waits,) = chair.timeline.negotiation(chair.timeline.head).handed_in
    assert waits.what.count("MOD") == 2
    assert len(admit(chair, handed)) == 3
    mixed = do.Together((MOD, do.MakeRemark("a", "so")))
    with pytest.raises(NotInThisCapacity):
        fiji.act(mixed)


def test_with_others_it_proposes_too(fiji, chair):
    joint = attrs.evolve(MOD, proposal=ProposalTerms("j", "TC/9", ("KIR", "FJI")))
    handed = handed_in(fiji, joint, Hand("KIR,FJI", "", "KIR,FJI"))
    assert fiji.timeline.entries[-1].act.behalf == "FJI"
    chair.catch_up()
    proposed = admit(chair, handed)[1].event
    assert isinstance(proposed, ev.AmendmentProposed)
    assert proposed.proposal.sponsors == ("KIR", "FJI")


def test_what_another_program_wrote_is_looked_at_once_more(place, fiji, chair):
    """The chair's yes is to a proposal of the party, whatever lies on the record as one."""
    gavel = do.DeleteClause("a")
    theirs = mod(instead("tide", "moon"), party="KIR")
    for number, (command, refusal) in enumerate(
        ((gavel, NotForHandingIn), (theirs, SpeaksForAnother))
    ):
        forged = do.HandIn(f"f{number}", "FJI", MOD, stored_command(command), "MOD")
        place.home.act(forged, Hand("Ana Lima", "", "FJI", Capacity.DELEGATION))
        chair.catch_up()
        before = place.kept
        with pytest.raises(refusal):
            admit(chair, f"f{number}")
        assert place.kept == before


def test_what_is_stored_is_what_is_shown_whoever_wrote_the_act(fiji, chair):
    """The chair says yes to what is read; a program of the delegation says neither of the two."""
    other = do.ProposeDeletion("b", by("FJI"))
    handed_in(fiji, do.HandIn("1", "FJI", MOD, stored_command(other), "nothing at all"))
    chair.catch_up()
    (waits,) = chair.timeline.negotiation(chair.timeline.head).handed_in
    assert waits.command == stored_command(MOD)
    assert waits.what.startswith("MOD")
    assert waits.id != "1"


def test_nor_is_it_hidden_among_others(place, fiji):
    other = do.ProposeDeletion("b", by("FJI"))
    forged = do.HandIn("1", "FJI", MOD, stored_command(other), "nothing at all")
    before = place.kept
    with pytest.raises(NotInThisCapacity):
        fiji.act(do.Together((do.MakeRemark("a", "so"), forged)))
    assert place.kept == before


@pytest.mark.parametrize(
    "stored",
    [
        "[" * 100_000,
        '{"is": "ProposeDeletion", "clause": 5, "proposal": 7}',
        '{"is": "ProposeDeletion", "clause": "a", "proposal": null}',
        '{"is": "SupportProposal", "proposal": "p", "party": ["FJI"]}',
        '{"is": "Together", "commands": "FJI"}',
        '{"is": "PlaceBracket", "point": "o", "clause": "a", "words": "tide", "holders": ["FJI"]}',
    ],
)
def test_what_another_program_wrote_and_is_no_act_is_refused(place, chair, stored):
    place.home.act(do.HandIn("f", "FJI", MOD, stored, "MOD"), Hand("Ana Lima", "", "FJI"))
    chair.catch_up()
    before = place.kept
    with pytest.raises(Refusal, match="another version"):
        admit(chair, "f")
    assert place.kept == before


def test_no_clause_is_handed_in_that_no_record_can_hold(place, fiji):
    before = place.kept
    with pytest.raises(Refusal, match="without a slash"):
        fiji.act(do.ProposeAddition("a/b", by("FJI"), Kind.ITEM, "3", "that so;", "a", 0))
    assert place.kept == before


def test_what_another_version_handed_in_is_asked_for_anew(place, chair):
    forged = do.HandIn("f", "FJI", MOD, '{"is": "Fly"}', "MOD")
    place.home.act(forged, Hand("Ana Lima", "", "FJI", Capacity.DELEGATION))
    chair.catch_up()
    with pytest.raises(Refusal, match="another version"):
        admit(chair, "f")
    with pytest.raises(NoSuchThing):
        admit(chair, "h99")


# -- for every capacity and any act ---------------------------------------------------------------

_OF_ACTS = (do.Together, do.TakePackage, do.PutDecision, do.TakeDecision, do.ReceiveDraft)
_OF_PAGES = (do.ReceiveRevision, do.HandIn, do.AdmitProposal, do.OpenNegotiation)
ANY = st.sampled_from(
    [kind for kind in typing.get_args(do.Command) if kind not in (*_OF_ACTS, *_OF_PAGES)]
).flatmap(facts)
SENSIBLE = st.sampled_from(
    (
        MOD,
        mod(instead("tide", "sea"), party="KIR"),
        do.ProposeDeletion("b", by("FJI")),
        do.PlaceBracket("o", "a", do.WordsAt("tide"), holders=("FJI",)),
        do.ReviseText("a", (instead("tide", "sea"),)),
        do.ReviseText("a", (instead("tide", "Tide"),), editorial=True),
        do.RelabelClause("b", "c)"),
        do.DeleteClause("b"),
        do.AgreeClause("a"),
        do.RecordPosition("a", "FJI", Stance.OPPOSES),
        do.RecordPosition("a", "KIR", Stance.OPPOSES),
        do.MakeRemark("a", "so", visibility=Visibility.DELEGATION),
        do.JoinParty("TUV", "Tuvalu"),
        do.OpenMeeting("third"),
        do.RevokeAccreditation("a6", "so"),
        do.AccreditPerson("x", "B", Capacity.CHAIR, role="b"),
        do.AccreditPerson("x", "B", Capacity.OBSERVER, role="b"),
        do.HandIn("h", "FJI", MOD, stored_command(MOD), "MOD"),
        do.Together((MOD, do.DeleteClause("b"))),
    )
)
HANDS = st.builds(
    Hand,
    by=st.sampled_from(("chair", "Ana Lima", "Ines Soto", "FJI", "x")),
    behalf=st.sampled_from(("", "", "FJI", "KIR", "KIR,FJI")),
    capacity=st.sampled_from(list(Capacity)),
    insists=st.booleans(),
)
AT_ONCE = (
    ev.ProposalHandedIn,
    ev.ProposalTakenBack,
    ev.PositionRecorded,
    ev.RemarkMade,
    ev.ObjectionMade,
    ev.ObjectionWithdrawn,
)


@tried(st.sampled_from(list(PEOPLE)), st.one_of(SENSIBLE, SENSIBLE, ANY), st.just(Hand()) | HANDS)
@example(Capacity.DELEGATION, MOD, Hand())
@example(Capacity.OBSERVER, MOD, Hand())
def test_refused_and_nothing_is_written_or_on_the_record_as_accredited(capacity, command, hand):
    """Whoever it is and whatever is asked: the header is the accreditation's, or there is none."""
    place = Place()
    desk, before = place.desk(capacity), place.kept
    try:
        entries = desk.act(command, hand)
    except (Refusal, StoreError):
        assert place.kept == before
        event(f"{capacity.value}: refused")
        return
    event(f"{capacity.value}: made")
    assert place.kept[0] == before[0] + len(entries) + 1
    person = PEOPLE[capacity]
    for act in {one.act for one in entries}:
        assert person in (act.by, act.typed_by)
        taken_in = hand.capacity is Capacity.IMPORT and capacity.value in ("chair", "secretariat")
        assert act.capacity is (Capacity.IMPORT if taken_in else capacity)
        assert capacity is not Capacity.OBSERVER
        if capacity is Capacity.DELEGATION:
            assert (act.by, act.behalf) == (person, "FJI")
            assert all(isinstance(one.event, AT_ONCE) for one in entries)
        if capacity is Capacity.EDITOR:
            assert (act.by, act.behalf) == (person, "")


def test_no_token_is_anywhere_on_the_record(place, fiji, chair):
    """Its hash is, and only where somebody is accredited."""
    fiji.act(MOD)
    said = repr(place.home.catch_up()) + repr(place.home.timeline.entries)
    stored = b"".join(
        part if isinstance(part, bytes) else str(part).encode()
        for row in rows_of(place.ledger)
        for part in row
    )
    for token in place.tokens.values():
        bare = token.removeprefix("negotiation-")
        assert len(bare) == 32
        assert bare not in said
        assert bare.encode() not in stored


def rows_of(ledger: Ledger) -> list[tuple[object, ...]]:
    """Every row as it lies in the store."""
    with ledger._store.stretch("n", 0) as stretch:
        return list(stretch.rows)


def test_until_when(place):
    soon = place.home.clock() + dt.timedelta(minutes=30)
    _, token = accredit(place.home, "Lee", Capacity.SECRETARIAT, until=soon)
    desk = Desk(place.ledger.shown(token), "n", clock=Clock(), ids=Ids("l"))
    desk.act(do.OpenMeeting("third"))
    for _ in range(60):
        place.clock()
    with pytest.raises(StoreError, match="has expired"):
        desk.act(do.CloseMeeting())
