"""The veil: whoever may not read something gets a record without it that still holds together."""

from __future__ import annotations

import os
import time
import typing

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Act, Entry, Evidence
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import HowTaken, ProposalTerms, Stance, WaitsOn
from negotiation.following import Follower
from negotiation.ledger import codec
from negotiation.ledger.admission import Admission
from negotiation.ledger.credentials import hashed
from negotiation.ledger.ledger import Ledger
from negotiation.ledger.masks import COVER, Masks
from negotiation.ledger.veil import BESIDE_THE_TEXT, Veil
from negotiation.ledger.veiled_fields import HOLDS, types_in
from negotiation.record import Record
from negotiation.views.at_that_time import Timeline
from negotiation.views.the_log import the_log
from negotiation.views.what_may_be_seen import as_seen, may_see
from tests.given import given as having
from tests.given import instead, mod, two
from tests.ledger.a_session import play
from tests.ledger.acts import Writer, act
from tests.papers.test_without_names import CODES, KNOWN, secretive

OBSERVER = Admission("O", Capacity.OBSERVER, "", False, "o")
NAMED = attrs.evolve(OBSERVER, names=True)
EDITOR = Admission("E", Capacity.EDITOR, accreditation="e")
CHAIR = Admission("C", Capacity.CHAIR, accreditation="c")
FIJI = Admission("F", Capacity.DELEGATION, "FJI", accreditation="f")
READERS = (OBSERVER, NAMED, EDITOR, CHAIR, FIJI)


def veiled(timeline: Timeline, reader: Admission) -> Veil:
    """The whole record, as this reader may read it."""
    veil = Veil(timeline.id, reader)
    veil.take(timeline.entries)
    return veil


# -- every field --------------------------------------------------------------------------------


def facts() -> dict[type, set[str]]:
    """Every fact that entries are made of, and its fields that hold letters or bytes."""
    found: dict[type, set[str]] = {}
    waiting: list[type] = [*typing.get_args(ev.Event), Act, Evidence]
    while waiting:
        kind = waiting.pop()
        if kind in found:
            continue
        hints = typing.get_type_hints(kind)
        inner = {field.name: set(types_in(hints[field.name])) for field in attrs.fields(kind)}
        found[kind] = {name for name, types in inner.items() if types & {str, bytes}}
        waiting += [one for types in inner.values() for one in types if attrs.has(one)]
    return found


def test_somebody_has_said_of_every_field_what_it_holds():
    """A new field is taken for what somebody said, until it is sorted here."""
    unsorted = {
        f"{kind.__name__}.{name}"
        for kind, names in facts().items()
        for name in names - set(HOLDS.get(kind, {}))
    }
    assert unsorted == set(), "sort these in ledger/veiled_fields.py"


def test_nothing_is_sorted_that_is_not_there():
    known = facts()
    assert {kind: set(fields) - known[kind] for kind, fields in HOLDS.items()} == {
        kind: set() for kind in HOLDS
    }


# -- the record holds together --------------------------------------------------------------------


@given(secretive(), st.sampled_from(READERS))
def test_whoever_reads_gets_every_entry_in_its_place_and_all_of_it_folds(timeline, reader):
    """Numbers, versions and times are those of the record, and the text is the same.

    What `as_seen` hides is hidden; what holds up the text loses only its grounds.
    """
    veil = veiled(timeline, reader)
    for bare, seen in zip(timeline.entries, veil.entries, strict=True):
        assert (seen.number, seen.version) == (bare.number, bare.version)
        assert seen.act.written == bare.act.written
        if as_seen(bare, reader.viewer, timeline) is not None:
            assert reader is FIJI or type(seen.event) is type(bare.event)
            continue
        if isinstance(bare.event, (*BESIDE_THE_TEXT, ev.ActReversed)):
            assert isinstance(seen.event, ev.EntryWithheld)
            assert seen.evidence is None
        assert getattr(seen.event, "reason", "") == ""
        assert getattr(seen.event, "command", "") == ""
    folded = Timeline(timeline.id, veil.entries)
    for at in range(timeline.head + 1):
        here, there = folded.text(at), timeline.text(at)
        if reader.names:
            assert here == there
        else:
            assert len(here) == len(there)
            assert all(one in (other, COVER) for one, other in zip(here, there, strict=True))
    assert len(list(the_log(folded))) == timeline.head


@given(secretive(), st.sampled_from(READERS), st.data())
def test_read_in_pieces_it_is_what_it_is_read_at_once(timeline, reader, data):
    """Whole acts at a time, as a follower reads; names are then known piece by piece."""
    ends = [
        entry.number
        for entry, after in zip(timeline.entries, timeline.entries[1:], strict=False)
        if entry.act.id != after.act.id
    ]
    cuts = sorted(data.draw(st.sets(st.sampled_from(ends)))) if ends else []
    veil = Veil(timeline.id, reader)
    handed: list[Entry] = []
    for low, high in zip([0, *cuts], [*cuts, timeline.head], strict=True):
        veil.take(timeline.entries[low:high])
        assert veil.entries[:low] == handed
        handed = list(veil.entries)
    Timeline(timeline.id, handed)
    if reader.names:
        assert handed == veiled(timeline, reader).entries


def _waits_on_a_party_as_if_it_were_none(entry: Entry) -> bool:
    conditions = getattr(entry.event, "conditions", ())
    known = (WaitsOn.PARTY, WaitsOn.CAPITALS)
    return any(one.on in CODES and one.waits_on not in known for one in conditions)


@given(secretive())
def test_no_name_of_a_party_is_anywhere_in_what_an_observer_gets(timeline):
    """Not in an event, not in a header, not where the page says whose words they are."""
    # What waits on a clause or a package holds its id, and no party.
    assume(not any(map(_waits_on_a_party_as_if_it_were_none, timeline.entries)))
    seen = veiled(timeline, OBSERVER).entries
    told = repr(seen).casefold()
    assert [name for name in (*CODES, *KNOWN) if name.casefold() in told] == []
    parties = {one.event.party for one in seen if hasattr(one.event, "party")} - {""}
    assert all(one[0] == "P" and one[1:].isdecimal() for one in parties)
    assert len(parties) <= len({getattr(one.event, "party", "") for one in timeline.entries})


def test_the_session_of_every_act_reads_the_same_but_for_what_is_hidden():
    timeline = play(None).timeline
    for reader in READERS:
        folded = Timeline(timeline.id, veiled(timeline, reader).entries)
        for at in range(timeline.head + 1):
            assert folded.text(at) == timeline.text(at)
        whole = folded.negotiation(folded.head)
        assert len(whole.parties) == len(timeline.negotiation(timeline.head).parties)
        if not reader.names:
            assert {one.code[0] for one in whole.parties} == {"P"}


# -- single things --------------------------------------------------------------------------------


def test_a_blank_header_says_only_when():
    case = having(*two()).has(do.MakeRemark("a", "hush", visibility=Visibility.CHAIR))
    last = veiled(case.timeline, FIJI).entries[-1]
    bare = case.timeline.entries[-1]
    assert last.event == ev.EntryWithheld()
    assert last.clause == "a"
    assert (last.act.id, last.act.written) == (bare.act.id, bare.act.written)
    assert (last.act.by, last.act.behalf, last.act.purpose, last.act.meeting) == ("", "", "", "")


@pytest.mark.parametrize(
    ("capacity", "behalf", "by"),
    [
        (Capacity.CHAIR, "", "chair"),
        (Capacity.CHAIR, "FJI", "chair"),
        (Capacity.SECRETARIAT, "", "secretariat"),
        (Capacity.DELEGATION, "FJI", "P1"),
        (Capacity.DELEGATION, "", "a delegation"),
        (Capacity.IMPORT, "FJI", "P1"),
        (Capacity.IMPORT, "", "rapporteur"),
    ],
)
def test_without_names_a_person_is_the_part_that_they_have(capacity, behalf, by):
    header = attrs.evolve(
        act("x"), by="Ada Bird", typed_by="Ada Bird", capacity=capacity, behalf=behalf
    )
    entry = Entry(1, "", 1, header, ev.NegotiationOpened("TC/1", title="after Ada Bird"))
    (seen,) = veiled(Timeline("n", [entry]), OBSERVER).entries
    assert (seen.act.by, seen.act.typed_by) == (by, "")
    assert seen.event == ev.NegotiationOpened("TC/1", title="after somebody")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ana Tabua asked", "somebody asked"),
        ("so Ms. Tabua said", "so Ms. somebody said"),
        ("so TABUA said", "so somebody said"),
        ("the tabua is a tooth", "the tabua is a tooth"),
        ("the Tabuans said", "the Tabuans said"),
        ("asked by the Chair", "asked by the Chair"),
    ],
)
def test_without_names_a_person_is_not_known_by_the_surname_either(said, told):
    by_whom = (attrs.evolve(act("x"), by="Ana Tabua"), attrs.evolve(act("y"), by="A. Chair"))
    veil = Veil("n", OBSERVER)
    for number, header in enumerate(by_whom, start=1):
        veil.take([Entry(number, "", number, header, ev.MeetingOpened(said))])
    assert [one.event for one in veil.entries] == [ev.MeetingOpened(told)] * 2


def test_an_act_of_which_a_part_is_seen_keeps_its_header():
    both = do.Together(
        (
            do.MakeRemark("a", "for all", visibility=Visibility.PUBLIC),
            do.MakeRemark("a", "hush", visibility=Visibility.CHAIR),
        )
    )
    case = having(*two()).has(both)
    one, other = veiled(case.timeline, FIJI).entries[-2:]
    assert one.act == case.timeline.entries[-1].act
    assert isinstance(one.event, ev.RemarkMade)
    assert isinstance(other.event, ev.EntryWithheld)


def test_undoing_what_is_hidden_is_hidden_and_puts_nothing_hidden_back():
    case = having(*two())
    case.has(do.MakeRemark("a", "hush", visibility=Visibility.CHAIR))
    case.has(do.MakeRemark("a", "for all", visibility=Visibility.PUBLIC))
    case.has(do.ReverseAct(case.acts[-1]))
    entries = veiled(case.timeline, NAMED).entries
    assert isinstance(entries[-1].event, ev.ActReversed)
    assert entries[-1].event.restored.remarks == ()
    case.has(do.ReverseAct(case.acts[-3]))
    assert isinstance(veiled(case.timeline, NAMED).entries[-1].event, ev.EntryWithheld)


def test_a_question_whether_a_private_note_may_be_made_is_as_private_as_the_note():
    desk = play(None)
    for visibility in Visibility:
        remark = do.MakeRemark("a", "hush", visibility=visibility)
        event = desk.putting(remark, "hush?")
        put = ev.DecisionPut(event.decision, event.question, event.stored)
        timeline = Timeline("n", [Entry(1, "", 1, act("x"), put)])
        told = repr(veiled(timeline, NAMED).entries)
        assert ("hush" in told) == (visibility is Visibility.PUBLIC)


@pytest.mark.parametrize(
    "said",
    [
        ev.ObjectionMade("d", "FJI", "hush"),
        ev.ObjectionWithdrawn("d", "FJI"),
        ev.DecisionTaken("d", HowTaken.NO_OBJECTION),
        ev.DecisionDropped("d", "hush"),
    ],
)
@pytest.mark.parametrize("visibility", list(Visibility))
def test_what_is_said_of_a_question_is_as_private_as_the_question(said, visibility):
    """Nobody learns who objects to what, or why, of a question that is not for them."""
    command = play(None).putting(do.MakeRemark("a", "so", visibility=visibility), "so?")
    veil = Veil("n", NAMED)
    put = ev.DecisionPut("d", command.question, command.stored)
    for number, event in enumerate((put, said), start=1):
        header = attrs.evolve(act(f"x{number}"), by="Ana Lima")
        veil.take([Entry(number, "", number, header, event)])
    shown = veil.entries[-1]
    assert (shown.event == said) is (visibility is Visibility.PUBLIC)
    assert (shown.act.by == "Ana Lima") is (visibility is Visibility.PUBLIC)


def test_what_is_withheld_is_never_stored():
    entry = Writer().entry(act("x"), "a", ev.EntryWithheld())
    with pytest.raises(ValueError, match="never recorded"):
        codec.encode(codec.stored(entry))


def test_whose_a_group_s_note_is_is_judged_by_who_belonged_to_it_then():
    """A record that was read does not change behind its reader when somebody joins the group."""
    case = having(*two())
    case.has(do.JoinParty("AOSIS", "Small islands", ("FJI",)))
    remark = do.MakeRemark("a", "of the islands", visibility=Visibility.DELEGATION)
    case.has(remark)
    last = case.timeline.entries[-1]
    own = attrs.evolve(last, act=attrs.evolve(last.act, behalf="AOSIS"))
    timeline = Timeline("n", [*case.timeline.entries[:-1], own])
    for party, sees in (("FJI", True), ("TUV", False)):
        reader = attrs.evolve(FIJI, party=party)
        assert may_see(own, reader.viewer, timeline.negotiation(timeline.head)) == sees
        event = veiled(timeline, reader).entries[-1].event
        assert isinstance(event, ev.RemarkMade) == sees


# -- words ----------------------------------------------------------------------------------------

MASKS = Masks()
for _name in ("Fiji", "FJI", "Marshall Islands", "J"):
    MASKS.learn(_name)


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ("[Fiji: a fund]", "[████: a fund]"),
        ("FJI: a fund", "███: a fund"),
        ("J, FJI and Marshall Islands: a fund", "█, ███ ███ ████████ ███████: a fund"),
        ("a fund – Fiji; FJI", "a fund – ████; ███"),
        ("[a fund - FJI]", "[a fund - ███]"),
        ("[FJI delete]", "[███ delete]"),
        ("[FJI]", "[███]"),
        ("Fiji reserves its position", "████ reserves its position"),
        ("Submitted by the Marshall Islands", "Submitted by the ████████ ███████"),
        ("that Fiji shall host it", "that Fiji shall host it"),
        ("that the Fijian coast", "that the Fijian coast"),
        ("a fund; J and others", "a fund; J and others"),
    ],
)
def test_a_name_is_covered_where_it_says_whose_the_words_are(words, covered):
    assert MASKS.over(words) == covered


# -- on a store -----------------------------------------------------------------------------------


@pytest.fixture
def shared(ledger):
    """A negotiation on each kind of store, with people who are let in to it."""
    case = having(*two())
    for number, (capacity, party) in enumerate(
        [(Capacity.OBSERVER, ""), (Capacity.DELEGATION, "FJI"), (Capacity.CHAIR, "")]
    ):
        names = capacity is not Capacity.OBSERVER
        token = hashed(capacity.value)
        case.has(
            do.AccreditPerson(f"p{number}", "A person", capacity, party, "", token, None, names)
        )
    case.has(do.MakeRemark("a", "hush", visibility=Visibility.DELEGATION))
    case.has(mod(instead("moon", "sun"), clause="b"))
    ledger.append("n", case.timeline.entries)
    return ledger


def test_each_reader_of_a_store_gets_their_own(shared):
    bare = shared.entries("n")
    for capacity in (Capacity.OBSERVER, Capacity.DELEGATION, Capacity.CHAIR):
        reader = shared.shown(capacity.value)
        seen = reader.entries("n")
        assert [one.number for one in seen] == [one.number for one in bare]
        assert "hush" not in repr(seen)
        assert reader.entries("n", 5) == seen[5:]
        assert reader.entries("n", len(seen) - 1) == seen[-1:]
        assert reader.entries("n", len(seen)) == []


def test_a_follower_reads_on_behind_the_veil(shared):
    record = Record(shared.shown("observer"), "n")
    writer = Writer(shared.entries("n"))
    for number in range(3):
        shared.append("n", writer.remark(act(f"r{number}"), "a"))
        (fresh,) = record.catch_up()
        assert fresh.number == writer.number
    assert record.catch_up() == ()
    assert record.timeline.head == writer.number


def test_a_party_has_its_number_whenever_somebody_began_to_read():
    """Also one that is named by nothing but the symbol of a proposal that somebody spoke of."""
    case = having(*two())
    case.has(do.MakeRemark("a", "as XYZ/4/1 has it", visibility=Visibility.PUBLIC))
    case.has(do.JoinParty("TUV", "Tuvalu"))
    following = Veil("n", OBSERVER)
    for entry in case.timeline.entries:
        following.take([entry])
    assert following.entries == veiled(case.timeline, OBSERVER).entries
    assert isinstance(following.entries[-1].event, ev.PartyJoined)


def test_a_symbol_with_another_s_code_makes_no_one_party_of_the_two():
    case = having(*two())
    case.has(do.ProposeDeletion("b", ProposalTerms("p", "TUV/4/1", ("FJI",))))
    case.has(do.JoinParty("FJI", "Fiji"))
    case.has(do.JoinParty("TUV", "Tuvalu"))
    joined = veiled(case.timeline, OBSERVER).entries[-2:]
    codes = [one.event.code for one in joined if isinstance(one.event, ev.PartyJoined)]
    assert len(set(codes)) == 2


def test_what_was_followed_stays_said_so_when_the_file_is_opened_again(tmp_path):
    """A name that became known since is no earlier copy that was put back."""
    store = tmp_path / "record.db"
    home = Desk.begin(str(store))
    home.act(do.OpenNegotiation("TC/1"))
    home.act(do.AccreditPerson("a", "O", Capacity.OBSERVER, token=hashed("o"), names=False))
    reads = Ledger.open(str(store)).shown("o")
    follower = Follower(Record(reads, home.timeline.id))
    follower.look()
    home.act(do.ReferText("the Tuvalu group", "", None))
    assert follower.look().fresh
    home.act(do.JoinParty("TUV", "Tuvalu"))
    os.utime(store, (time.time() + 10,) * 2)
    looked = follower.look()
    assert [type(entry.event) for entry in looked.fresh] == [ev.PartyJoined]
    assert looked.back_to is None
    assert not looked.told
    shown = [entry.event for entry in follower.record.timeline.entries]
    assert any(isinstance(one, ev.TextReferred) and "Tuvalu" in one.body for one in shown)


def test_a_record_that_was_replaced_shows_behind_the_veil(tmp_path):
    """Where what was read last is another entry now, even one that is withheld."""
    from negotiation.ledger.ledger import RecordReplaced

    case = having(*two())
    person = do.AccreditPerson("p", "A person", Capacity.OBSERVER, "", "", hashed("o"), None, False)
    case.has(person)
    hidden = case.timeline.branch()
    here, there = Ledger.open(None), Ledger.open(None)
    case.has(do.MakeRemark("a", "hush", visibility=Visibility.CHAIR))
    here.append("n", case.timeline.entries)
    other = attrs.evolve(case.timeline.entries[-1], act=act("another"))
    there.append("n", [*hidden.entries, other])
    record = Record(here.shown("o"), "n")
    record.ledger = there.shown("o")
    with pytest.raises(RecordReplaced):
        record.catch_up()


def test_what_the_chair_undoes_takes_no_note_away_that_the_chair_may_not_read(shared):
    desk = Desk(shared.shown("chair"), "n")
    before = shared.entries("n")
    desk.act(do.MakeRemark("a", "the chair's", visibility=Visibility.CHAIR), Hand("chair"))
    desk.act(do.ReverseAct(desk.act_of("last")), Hand("chair"))
    whole = Timeline("n", shared.entries("n"))
    clause = whole.clause("a", whole.head)
    assert clause is not None
    assert [one.words for one in clause.margin.remarks] == ["hush"]
    assert desk.catch_up() == ()
    assert len(before) + 2 == whole.head


def test_nor_a_question_that_the_chair_may_not_read(shared):
    """Undoing another one puts back what is before the room, all of it."""
    home, chair = Desk(shared, "n"), Desk(shared.shown("chair"), "n")
    own = do.MakeRemark("a", "of one delegation", visibility=Visibility.DELEGATION)
    home.put(own, "hush?", Hand("x", behalf="FJI"))
    chair.catch_up()
    assert chair.timeline.negotiation(chair.timeline.head).decisions == ()
    chair.put(do.MakeRemark("a", "so"), "so?")
    chair.act(do.ReverseAct(chair.act_of("last")))
    home.catch_up()
    held = home.timeline.negotiation(home.timeline.head).decisions
    assert [one.question for one in held] == ["hush?"]
    chair.act(do.ReverseAct(chair.timeline.entries[-1].act.id))
    home.catch_up()
    held = home.timeline.negotiation(home.timeline.head).decisions
    assert [one.question for one in held] == ["hush?", "so?"]


def test_what_is_hidden_is_nobody_s_last_act(shared):
    """`undo` means the last act that one may read."""
    desk = Record(shared.shown("chair"), "n")
    mod_act = desk.act_of("last")
    shared.append(
        "n",
        [
            attrs.evolve(
                Writer(shared.entries("n")).entry(act("x"), "a", ev.RemarkMade("hush")),
                visibility=Visibility.DELEGATION,
            )
        ],
    )
    desk.catch_up()
    assert desk.act_of("last") == mod_act


def test_the_notes_beside_a_record_are_the_chair_s_and_what_the_room_is_shown(shared):
    shared.keep("n", "chair", {"clause": "a"})
    shared.keep("n", "shown", {"clause": "b"})
    for capacity, stood in (("observer", {}), ("delegation", {}), ("chair", {"clause": "a"})):
        reader = shared.shown(capacity)
        assert reader.kept("n", "chair") == stood
        assert reader.kept("n", "shown") == {"clause": "b"}
        assert shared.shown("stranger").kept("n", "shown") == {}
    shared.shown("observer").keep("n", "shown", {"clause": "a"})
    assert shared.kept("n", "shown") == {"clause": "b"}


def test_a_damaged_record_is_said_to_be_damaged_and_not_how(tmp_path):
    import sqlite3

    from negotiation.ledger.ledger import RecordDamaged

    store = str(tmp_path / "r.db")
    ledger = Ledger.open(store)
    person = ev.PersonAccredited("p", "A", Capacity.OBSERVER, token=hashed("o"), names=False)
    writer = Writer()
    ledger.append("n", [*writer.opening(act("a")), writer.entry(act("b"), "", person)])
    ledger.append("n", writer.remark(act("c"), "a"))
    ledger.close()
    with sqlite3.connect(store) as connection:
        connection.execute(
            'UPDATE stored_events SET state = \'{"visibility": "hush"}\' '
            "WHERE topic LIKE 'remark-made%'"
        )
    reader = Ledger.open(store).shown("o")
    with pytest.raises(RecordDamaged) as told:
        reader.entries("n")
    assert "hush" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__context__ is None


def test_a_position_names_no_party_and_keeps_its_stance():
    case = having(*two())
    case.has(do.RecordPosition("a", "FJI", Stance.OPPOSES, "", "if FJI agrees", Visibility.PUBLIC))
    case.has(mod(instead("moon", "sun"), clause="b"))
    entries = veiled(case.timeline, OBSERVER).entries
    position = next(one.event for one in entries if isinstance(one.event, ev.PositionRecorded))
    assert position.stance is Stance.OPPOSES
    assert position.party[0] == "P"
    assert position.condition == f"if {position.party} agrees"
    terms = next(one.event for one in entries if isinstance(one.event, ev.AmendmentProposed))
    assert isinstance(terms.proposal, ProposalTerms)
    assert terms.proposal.symbol.startswith("P")
