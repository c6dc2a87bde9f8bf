"""People known by their role of the database, with the rights that the page on capacities gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest

from negotiation.accrediting import accredit
from negotiation.admitting import admit
from negotiation.desk import Desk, Hand, StoreError
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NotInThisCapacity
from tests.given import by, instead, two
from tests.postgres import Server

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "who-may-do-what.md"
ROLES = ("rooms", "leads", "isoto", "alima", "jpark")
PASSWORD = "tide and ebb"
MOD = do.ProposeAmendment("a", by("FJI"), (instead("tide", "sea"),))


@attrs.frozen
class Rooms:
    """A store on a server, and the addresses of those who come to it with a role."""

    owner: str
    schema: str
    server: Server

    def address(self, role: str) -> str:
        """Where somebody with this role finds it."""
        return self.owner.replace("owner@", f"{role}:{PASSWORD.replace(' ', '%20')}@", 1)

    def desk(self, role: str = "") -> Desk:
        """A desk on it; at home without a role."""
        return Desk.open(self.address(role) if role else self.owner)

    def count(self) -> int:
        """How many rows the record has, by the server's own count."""
        ((count,),) = self.server.execute(f"SELECT count(*) FROM {self.schema}.stored_events")
        return int(count)


@pytest.fixture
def rooms(postgres, postgres_store) -> Iterator[Rooms]:
    """A text, three roles as the page makes them, and each of them accredited."""
    schema = parse_qs(urlsplit(postgres_store).query)["schema"][0]
    _forget(postgres)
    page = PAGE.read_text(encoding="utf-8")
    (granted,) = re.findall(r"^```sql\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    for statement in re.sub(r"--.*", "", granted).replace("negotiation", schema).split(";"):
        if statement.strip():
            postgres.execute(statement)
    for role in ROLES[2:]:
        postgres.execute(f"ALTER ROLE {role} PASSWORD '{PASSWORD}'")
    home = Desk.begin(postgres_store)
    for command in (do.OpenNegotiation("TC/1"), *two(), do.JoinParty("FJI", "Fiji")):
        home.act(command)
    accredit(home, "Ines Soto", Capacity.CHAIR, role="isoto")
    accredit(home, "Ana Lima", Capacity.DELEGATION, party="FJI", role="alima")
    home.close()
    yield Rooms(postgres_store, schema, postgres)
    _forget(postgres)


def _forget(postgres: Server) -> None:
    for role in reversed(ROLES):
        if postgres.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            postgres.execute(f"DROP OWNED BY {role}")
            postgres.execute(f"DROP ROLE {role}")


def test_handed_in_with_one_role_and_admitted_with_another(rooms):
    fiji, chair, home = rooms.desk("alima"), rooms.desk("isoto"), rooms.desk()
    assert fiji.admission.party == "FJI"
    (handed,) = fiji.act(MOD)
    assert isinstance(handed.event, ev.ProposalHandedIn)
    chair.catch_up()
    admitted = admit(chair, handed.event.handed)
    act = admitted[0].act
    assert (act.by, act.behalf, act.capacity) == ("Ines Soto", "FJI", Capacity.CHAIR)
    fiji.catch_up()
    assert fiji.timeline.head == chair.timeline.head
    before = rooms.count()
    with pytest.raises(NotInThisCapacity):
        fiji.act(do.DeleteClause("b"))
    assert rooms.count() == before
    home.catch_up()
    home.act(do.RevokeAccreditation(fiji.admission.accreditation, "on leave"))
    for attempt in (fiji.catch_up, lambda: fiji.act(MOD)):
        with pytest.raises(StoreError, match="was revoked"):
            attempt()
    for desk in (fiji, chair, home):
        desk.close()


def test_a_role_that_nobody_accredited_finds_nothing(rooms):
    with pytest.raises(StoreError, match="Nobody is accredited here with the role jpark") as said:
        rooms.desk("jpark")
    assert "TC/1" not in str(said.value)


def test_the_owner_is_at_home(rooms):
    home = rooms.desk()
    assert home.admission.at_home
    assert home.act(do.DeleteClause("b"), Hand("anybody"))[0].act.by == "anybody"
    home.close()


def test_nobody_but_the_owner_changes_what_is_recorded(rooms):
    """And where the room stands is told by the chair's screen alone."""
    psycopg = pytest.importorskip("psycopg")
    plain = {role: rooms.address(role).split("?")[0] for role in ("alima", "isoto")}
    host = parse_qs(urlsplit(rooms.owner).query)["host"][0]

    def tries(role: str, statement: str) -> None:
        with psycopg.connect(plain[role], host=host) as connection:
            connection.execute(statement)

    for statement in ("UPDATE {}.stored_events SET state = ''", "DELETE FROM {}.stored_events"):
        for role in plain:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                tries(role, statement.format(rooms.schema))
    tries("isoto", f"UPDATE {rooms.schema}.notes SET name = name")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        tries("alima", f"UPDATE {rooms.schema}.notes SET name = name")
