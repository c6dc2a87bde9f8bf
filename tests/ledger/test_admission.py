"""Who is let in to a negotiation: nobody is asked at home, others show a token or a role."""

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain.entries import Entry
from negotiation.domain.events import (
    AccreditationRevoked,
    NegotiationOpened,
    PersonAccredited,
    ProposalTakenBack,
)
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import Accreditation
from negotiation.following import Follower, Looked
from negotiation.ledger.admission import AT_HOME, Admission, admitted
from negotiation.ledger.credentials import hashed, new_token, token
from negotiation.ledger.ledger import Ledger, NotAdmitted, StoreError
from negotiation.record import Record
from negotiation.views.what_may_be_seen import CHAIR, DESK, GROUP, PUBLIC, delegation
from tests.ledger.acts import NOON, Writer, act, minutes, until

HOUR = dt.timedelta(hours=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = minutes(30)

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request, tmp_path, clock):
    """A new ledger of each kind, at home, whose clock is handed in."""
    match request.param:
        case "memory":
            store = None
        case "sqlite":
            store = str(tmp_path / "record.db")
        case _:
            store = request.getfixturevalue("postgres_store")
    ledger = Ledger.open(store, clock=clock)
    yield ledger
    ledger.close()


def opened(ledger: Ledger, *events: PersonAccredited | AccreditationRevoked) -> Writer:
    """A negotiation that was opened, and whom it accredits."""
    writer = Writer()
    ledger.append("n", [writer.entry(act("a"), "", NegotiationOpened("TC/1"))])
    write(ledger, writer, *events)
    return writer


def write(ledger: Ledger, writer: Writer, *events: PersonAccredited | AccreditationRevoked) -> None:
    for event in events:
        ledger.append("n", [writer.entry(act(f"a{writer.number}"), "", event)])


def person(
    name: str, token: str, capacity: Capacity = Capacity.OBSERVER, **more: Any
) -> PersonAccredited:
    return PersonAccredited(name, name.title(), capacity, token=hashed(token), **more)


def test_without_a_token_one_is_at_home_and_nobody_is_asked(ledger):
    opened(ledger, person("ann", "t"))
    assert ledger.admission("n") == AT_HOME
    assert ledger.admission("n").viewer == DESK
    assert len(ledger.entries("n")) == 2


@pytest.mark.parametrize(
    ("capacity", "party", "viewer"),
    [
        (Capacity.CHAIR, "", CHAIR),
        (Capacity.SECRETARIAT, "", CHAIR),
        (Capacity.EDITOR, "", GROUP),
        (Capacity.DELEGATION, "FJI", delegation("FJI")),
        (Capacity.OBSERVER, "", PUBLIC),
    ],
)
def test_a_token_lets_in_whom_the_record_accredits(ledger, capacity, party, viewer):
    opened(ledger, person("ann", "ann's", capacity, party=party))
    found = ledger.shown("ann's").admission("n")
    assert found == Admission("Ann", capacity, party, True, "ann")
    assert found.viewer == viewer


def test_whoever_shows_an_unknown_token_gets_nothing_of_the_negotiation(ledger):
    opened(ledger, person("ann", "ann's"))
    stranger = ledger.shown("another")
    writer = Writer(ledger.entries("n"))
    asked = [
        stranger.negotiations,
        lambda: stranger.entries("n"),
        lambda: stranger.admission("n"),
        lambda: stranger.head("n"),
        lambda: stranger.seal("n", 1),
        lambda: stranger.walked("n"),
        lambda: stranger.position_at("n", NOON),
        lambda: stranger.fingerprint("n"),
        lambda: stranger.append("n", [writer.entry(act("x"), "", NegotiationOpened("Y"))]),
    ]
    for ask in asked:
        with pytest.raises(NotAdmitted) as told:
            ask()
        assert str(told.value).endswith(".")
        assert "TC/1" not in str(told.value)
    assert ledger.head("n") == 2


def test_only_the_negotiations_that_let_one_in_are_listed(ledger):
    opened(ledger, person("ann", "ann's"))
    ledger.append("m", [Writer().entry(act("m"), "", NegotiationOpened("TC/2"))])
    assert ledger.negotiations() == ("n", "m")
    assert ledger.shown("ann's").negotiations() == ("n",)


def test_a_revocation_is_noticed_at_the_next_reading(ledger):
    writer = opened(ledger, person("ann", "ann's"))
    reader = ledger.shown("ann's")
    assert len(reader.entries("n")) == 2
    write(ledger, writer, AccreditationRevoked("ann", "left"))
    with pytest.raises(NotAdmitted, match="was revoked"):
        reader.entries("n", 1)
    with pytest.raises(NotAdmitted, match="was revoked"):
        reader.negotiations()


def test_an_accreditation_ends_by_the_clock_of_the_ledger(ledger, clock):
    opened(ledger, person("ann", "ann's", expires=minutes(60)))
    reader = ledger.shown("ann's")
    assert len(reader.entries("n")) == 2
    clock.at = minutes(60)
    with pytest.raises(NotAdmitted, match="has expired"):
        reader.entries("n", 1)


def test_whoever_was_revoked_can_be_accredited_anew(ledger):
    writer = opened(ledger, person("ann", "old"), AccreditationRevoked("ann"))
    write(ledger, writer, person("ann2", "new", Capacity.EDITOR), person("ann3", "old"))
    assert ledger.shown("new").admission("n").capacity is Capacity.EDITOR
    assert ledger.shown("old").admission("n").accreditation == "ann3"


@pytest.mark.parametrize(
    ("capacity", "party", "made_as", "behalf", "lets"),
    [
        (Capacity.CHAIR, "", Capacity.CHAIR, "", True),
        (Capacity.CHAIR, "", Capacity.DELEGATION, "FJI", True),
        (Capacity.SECRETARIAT, "", Capacity.IMPORT, "", True),
        (Capacity.EDITOR, "", Capacity.EDITOR, "", True),
        (Capacity.EDITOR, "", Capacity.CHAIR, "", False),
        (Capacity.DELEGATION, "FJI", Capacity.DELEGATION, "FJI", True),
        (Capacity.DELEGATION, "FJI", Capacity.DELEGATION, "TUV", False),
        (Capacity.DELEGATION, "FJI", Capacity.CHAIR, "FJI", False),
        (Capacity.OBSERVER, "", Capacity.OBSERVER, "", False),
    ],
)
def test_an_act_lies_on_the_record_only_as_made_by_whom_it_let_in(
    ledger, capacity, party, made_as, behalf, lets
):
    writer = opened(ledger, person("ann", "ann's", capacity, party=party))
    header = attrs.evolve(act("x"), by="Ann", capacity=made_as, behalf=behalf)
    entries = [writer.entry(header, "", ProposalTakenBack("h"))]
    if lets:
        ledger.shown("ann's").append("n", entries)
    else:
        with pytest.raises(NotAdmitted):
            ledger.shown("ann's").append("n", entries)
    assert ledger.head("n") == (3 if lets else 2)


@pytest.mark.parametrize("capacity", [Capacity.DELEGATION, Capacity.EDITOR])
def test_nor_under_another_name(ledger, capacity):
    party = "FJI" if capacity is Capacity.DELEGATION else ""
    writer = opened(ledger, person("ann", "ann's", capacity, party=party))
    header = attrs.evolve(act("x"), by="Bob", capacity=capacity, behalf=party)
    with pytest.raises(NotAdmitted, match="not made by Ann"):
        ledger.shown("ann's").append("n", [writer.entry(header, "", ProposalTakenBack("h"))])


def test_whatever_program_made_it_a_delegation_decides_nothing(ledger):
    writer = opened(ledger, person("ann", "ann's", Capacity.DELEGATION, party="FJI"))
    header = attrs.evolve(act("x"), by="Ann", capacity=Capacity.DELEGATION, behalf="FJI")
    with pytest.raises(NotAdmitted, match="hand it in"):
        ledger.shown("ann's").append("n", [writer.entry(header, "", NegotiationOpened("Y"))])
    assert ledger.head("n") == 2


def test_who_is_not_shown_the_names_cannot_write_them_away(ledger):
    writer = opened(ledger, person("ann", "ann's", Capacity.CHAIR, names=False))
    with pytest.raises(NotAdmitted, match="only read"):
        ledger.shown("ann's").append("n", [writer.entry(act("x"), "", NegotiationOpened("Y"))])


def test_no_record_begins_with_a_token(tmp_path, monkeypatch):
    store = tmp_path / "new.db"
    monkeypatch.setenv("NEGOTIATION_TOKEN", "ann's")
    record = Record.begin(store)
    with pytest.raises(NotAdmitted):
        record.ledger.append("n", [Writer().entry(act("a"), "", NegotiationOpened("TC/1"))])
    assert not store.exists()


# -- the token of a process -----------------------------------------------------------------------


def test_the_token_is_read_where_a_ledger_is_opened(tmp_path, monkeypatch):
    store = str(tmp_path / "record.db")
    at_home = Ledger.open(store)
    opened(at_home, person("ann", "ann's"))
    monkeypatch.setenv("NEGOTIATION_TOKEN", "ann's\n")
    assert Record.open(store).admission.person == "Ann"
    monkeypatch.setenv("NEGOTIATION_TOKEN", "nobody's")
    with pytest.raises(NotAdmitted):
        Record.open(store, "n")
    monkeypatch.delenv("NEGOTIATION_TOKEN")
    assert Record.open(store).admission == AT_HOME
    assert at_home.again().admission("n") == AT_HOME


def test_a_token_may_lie_in_a_file(tmp_path, monkeypatch):
    place = tmp_path / "token"
    place.write_text("  ann's\n")
    monkeypatch.delenv("NEGOTIATION_TOKEN", raising=False)
    monkeypatch.setenv("NEGOTIATION_TOKEN_FILE", str(place))
    assert token() == "ann's"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_whoever_meant_to_show_a_token_is_not_taken_for_somebody_at_home(
    tmp_path, monkeypatch, content
):
    place = tmp_path / "token"
    if content is not None:
        place.write_bytes(content)
    monkeypatch.delenv("NEGOTIATION_TOKEN", raising=False)
    monkeypatch.setenv("NEGOTIATION_TOKEN_FILE", str(place))
    with pytest.raises(StoreError, match="NEGOTIATION_TOKEN_FILE"):
        Ledger.open(str(tmp_path / "record.db"))


@pytest.mark.parametrize("variable", ["NEGOTIATION_TOKEN", "NEGOTIATION_TOKEN_FILE"])
@pytest.mark.parametrize("content", ["", " \n"])
def test_nor_whoever_shows_an_empty_one(tmp_path, monkeypatch, variable, content):
    """As `$(cat …)` leaves it where there is no such file."""
    for name in ("NEGOTIATION_TOKEN", "NEGOTIATION_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, content)
    with pytest.raises(StoreError, match=f"{variable} is set and empty"):
        Ledger.open(str(tmp_path / "record.db"))


def test_a_token_of_bytes_that_are_no_letters_opens_nothing(ledger):
    opened(ledger, person("ann", "ann's"))
    with pytest.raises(NotAdmitted, match="Nobody is accredited"):
        ledger.shown("\udcff").entries("n")


def test_a_token_is_long_and_never_the_same():
    assert len({new_token() for _ in range(50)}) == 50
    assert len(new_token()) == 32


# -- the law --------------------------------------------------------------------------------------

people = st.builds(
    Accreditation,
    id=st.sampled_from("abc"),
    person=st.just("Ann"),
    capacity=st.sampled_from(Capacity),
    role=st.sampled_from(["", "ann", "bob"]),
    token=st.sampled_from(["", hashed("ann's"), hashed("bob's")]),
    expires=st.sampled_from([None, NOON, NOON + HOUR]),
    revoked=st.sampled_from(["", "left"]),
)


@given(
    st.lists(people, max_size=4),
    st.sampled_from(["", "ann's", "bob's", "eve's"]),
    st.sampled_from(["", "ann", "bob", "eve"]),
    st.sampled_from([NOON - HOUR, NOON, NOON + HOUR]),
)
def test_nobody_is_let_in_but_by_an_accreditation_that_holds(accreditations, token, role, now):
    holding = {
        one.id
        for one in accreditations
        if (one.token == hashed(token) if token else one.role == role)
        and not one.revoked
        and (one.expires is None or now < one.expires)
    }
    if not token and not role:
        assert admitted(accreditations, token, role, now) == AT_HOME
    elif holding:
        found = admitted(accreditations, token, role, now)
        assert not found.at_home
        assert found.accreditation in holding
    else:
        with pytest.raises(NotAdmitted):
            admitted(accreditations, token, role, now)


def test_an_entry_for_the_chair_says_who_is_accredited_whoever_asks(ledger):
    writer = opened(ledger)
    entry = writer.entry(act("x"), "", person("ann", "ann's"))
    hidden = Entry(entry.number, "", entry.version, entry.act, entry.event, None, Visibility.CHAIR)
    ledger.append("n", [hidden])
    assert ledger.shown("ann's").admission("n").person == "Ann"


# -- roles of a database --------------------------------------------------------------------------


@pytest.fixture
def ana(postgres):
    """A role that owns nothing."""
    if postgres.execute("SELECT 1 FROM pg_roles WHERE rolname = 'ana_reads'"):
        postgres.execute("DROP OWNED BY ana_reads")
        postgres.execute("DROP ROLE ana_reads")
    postgres.execute("CREATE ROLE ana_reads LOGIN PASSWORD 'ana'")
    return "ana_reads"


def test_a_role_is_let_in_as_the_record_accredits_it(postgres, postgres_store, ana):
    """The owner of the tables is at home, every other role is looked up; a token goes first."""
    schema = postgres_store.rpartition("schema=")[2]
    postgres.execute(f"GRANT USAGE ON SCHEMA {schema} TO {ana}")
    postgres.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {ana}")
    owner = Ledger.open(postgres_store)
    hers = Ledger.open(postgres_store.replace("owner@", f"{ana}:ana@"))
    try:
        assert hers.negotiations() == ()
        with pytest.raises(NotAdmitted, match="no token is shown"):
            hers.append("m", [Writer().entry(act("m"), "", NegotiationOpened("TC/9"))])
        role = PersonAccredited("ana", "Ana", Capacity.DELEGATION, "FJI", role=ana)
        writer = opened(owner, person("bob", "bob's"))
        with pytest.raises(NotAdmitted, match=f"role {ana}"):
            hers.entries("n")
        write(owner, writer, role)
        assert owner.admission("n") == AT_HOME
        assert hers.admission("n").party == "FJI"
        assert len(hers.entries("n")) == 3
        assert hers.shown("bob's").admission("n").person == "Bob"
        with pytest.raises(NotAdmitted):
            hers.shown("eve's").admission("n")
        postgres.execute(f"GRANT owner TO {ana}")
        again = Ledger.open(postgres_store.replace("owner@", f"{ana}:ana@"))
        assert again.admission("n") == AT_HOME
        again.close()
    finally:
        hers.close()
        owner.close()


# -- who follows ----------------------------------------------------------------------------------


def test_a_follower_whose_accreditation_ends_gets_a_sentence_and_no_further_entry(ledger):
    writer = opened(ledger, person("ann", "ann's"))
    record = Record(ledger.shown("ann's"), "n")
    follower = Follower(record)
    assert follower.look().fresh == ()
    write(ledger, writer, AccreditationRevoked("ann", "left"))
    ledger.append("n", [writer.entry(act("last"), "", NegotiationOpened("TC/2"))])
    looked = until_told(follower)
    assert "was revoked" in looked.told
    assert looked.fresh == ()
    assert follower.look().fresh == ()
    assert record.timeline.head == 2


def until_told(follower: Follower) -> Looked:
    """What is told; a server tells of a commit a moment later."""
    found: list[Looked] = []

    def looks() -> bool:
        found.append(follower.look())
        return bool(found[-1].told)

    assert until(looks)
    return found[-1]
