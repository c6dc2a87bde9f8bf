"""Who is let in where, and what the served page is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="The extra tui is not installed.")

from negotiation_tui import serve
from negotiation_tui.serve import CannotServe, RoomServer, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_this_machine_needs_no_token(host: str):
    """Nobody else can reach it."""
    assert is_loopback(host)
    assert RoomServer("a.db", host=host).token == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.1", "room.example", "localhost.a"])
def test_every_other_address_gets_one(host: str):
    """Made anew each time, and part of what is printed."""
    assert not is_loopback(host)
    server = RoomServer("a.db", host=host)
    assert len(server.token) > 16
    assert server.token != RoomServer("a.db", host=host).token
    assert server.address.endswith(f"?token={server.token}")
    assert "0.0.0.0" not in server.address


def test_a_token_of_ones_own_is_kept():
    """Also on this machine; written so that it survives an address."""
    server = RoomServer("a.db", token="a token & more")
    assert server.address == "http://127.0.0.1:8000/?token=a%20token%20%26%20more"
    with pytest.raises(CannotServe, match="at least 8"):
        RoomServer("a.db", token="short")


def test_no_name_goes_through_a_shell():
    """A store may be called anything; the command is always the same."""
    server = RoomServer("x; rm -rf $HOME & del *.db", "`id`")
    assert server.command == RoomServer("b.db").command
    assert any("rm -rf" in value for value in server.environment.values())


def test_a_store_on_a_server_stays_where_it_is():
    """A file is named in full, for a tab that runs elsewhere; an address is no file."""
    address = "postgresql://ana@db.example/rooms?schema=tide"
    assert address in RoomServer(address).environment.values()
    assert str(Path("a.db").absolute()) in RoomServer("a.db").environment.values()


def test_the_page_names_no_other_host():
    """A projector may have no way to the world, and nobody there needs to know of the meeting."""
    page = (Path(serve.__file__).parent / "web" / "app_index.html").read_text(encoding="utf-8")
    assert "://" not in page.replace('"wss://"', "").replace('"ws://"', "")
