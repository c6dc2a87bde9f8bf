"""The address of a server: told from a file, shown without its password, its schema taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.ledger.address import address_of, at_server, named
from negotiation.ledger.ledger import StoreError


def test_a_file_is_a_file():
    """Only an address with the scheme of the server is one; a file is shown as it is."""
    for store in ("talks.db", "/a:b@c/talks.db", "./postgresql", "postgres/talks.db"):
        assert not at_server(store)
        assert named(store) == store
    assert at_server("postgres://host/records")
    assert at_server("postgresql:records")


@pytest.mark.parametrize(
    ("store", "shown"),
    [
        ("postgresql://host/records", "postgresql://host/records"),
        ("postgresql://host:5433/records", "postgresql://host:5433/records"),
        ("postgresql://ana@host/records", "postgresql://ana@host/records"),
        ("postgresql://ana:hush@host:5433/records", "postgresql://ana@host:5433/records"),
        ("postgres://ana:hu@sh/h:i@host/records", "postgres://ana@host/records"),
        ("postgresql://ana:hush@/records?host=/tmp", "postgresql://ana@/records?host=/tmp"),
        ("postgresql:ana:hush@host", "postgresql:ana@host"),
        (
            "postgresql://host/r?user=ana&password=hush&schema=itu",
            "postgresql://host/r?user=ana&password=…&schema=itu",
        ),
        ("postgresql://host/r?sslpassword=hush", "postgresql://host/r?sslpassword=…"),
    ],
)
def test_an_address_is_shown_without_its_password(store, shown):
    """Wherever the password stands, and however badly it is written."""
    assert named(store) == shown


@given(st.text(st.characters(codec="utf-8", exclude_characters="&"), min_size=1))
def test_no_password_is_ever_shown(password):
    """Whatever signs it is made of."""
    secret = f"<{password}>"
    assert secret not in named(f"postgresql://ana:{secret}@host/records")
    assert secret not in named(f"postgresql://host/records?x=1&password={secret}")
    assert secret not in repr(address_of(f"postgresql://ana:{secret}@host/records"))


def test_the_schema_is_ours_and_the_rest_the_drivers():
    """`schema` is taken out of the address; without one the tables have a schema of their own."""
    plain = address_of("postgresql://host/records?sslmode=require")
    assert (plain.conninfo, plain.schema) == (
        "postgresql://host/records?sslmode=require",
        "negotiation",
    )
    asked = address_of("postgresql://host/records?schema=itu_2027&sslmode=require")
    assert (asked.conninfo, asked.schema) == (plain.conninfo, "itu_2027")


@pytest.mark.parametrize("schema", ["", "Itu", "a-b", 'a"b', "a;b", "x" * 51, "1a"])
def test_a_schema_has_a_plain_name(schema):
    """So that it is the same in every statement and on every channel."""
    with pytest.raises(StoreError, match="cannot be the schema"):
        address_of(f"postgresql://host/records?schema={schema}")


@pytest.mark.parametrize("store", ["postgresql:records", "postgres:/records", "postgresql:"])
def test_an_address_is_written_in_full(store):
    """What is cut short is told how it goes on."""
    with pytest.raises(StoreError, match="postgresql://USER@HOST/DATABASE"):
        address_of(store)
