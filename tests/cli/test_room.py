"""`room`: what it says when there is nothing to show, nowhere to show it, or no way to serve it."""

from __future__ import annotations

import builtins
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.calls import call, done, misused, refused


def test_help_says_how_it_is_served():
    """Loopback unless one asks, the token, and that it only reads."""
    said = " ".join(done("room --help").split())
    for word in ("--serve", "--host", "--port", "--fontsize", "--token", "writes nothing"):
        assert word in said
    assert "127.0.0.1" in said


def test_it_stands_in_the_programs_help():
    """Beside the chair's screen."""
    assert "room " in done("--help")


@pytest.mark.usefixtures("short")
def test_without_a_terminal_it_names_the_browser():
    """A pipe is no projector."""
    assert "--serve" in refused("room")


@pytest.mark.parametrize("options", ["", "--port 8123", "--host 0.0.0.0"])
def test_without_a_store_there_is_nothing_to_serve(options):
    """Said at once, and not in every tab."""
    assert "There is no record" in refused(f"room nowhere.db --serve {options}")


@pytest.mark.parametrize("options", ["--port 0", "--port 70000", "--fontsize 2", "--fontsize big"])
def test_numbers_that_make_no_sense_are_misuse(options):
    """Before anything is opened."""
    assert "room --help" in misused(f"room --serve {options}")


@pytest.mark.usefixtures("short")
def test_a_short_token_is_no_token():
    """It could be guessed."""
    pytest.importorskip("textual_serve", reason="The extra tui is not installed.")
    assert "at least 8" in refused("room --serve --token abc")


@pytest.mark.usefixtures("short")
def test_a_port_in_use_names_another_one():
    """Somebody serves the room already."""
    pytest.importorskip("textual_serve", reason="The extra tui is not installed.")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(f"room --serve --port {port}")
    assert f"Port {port} is in use" in said
    assert "--port" in said


@pytest.mark.usefixtures("short")
def test_an_address_of_another_machine_is_said():
    """A documentation address is nobody's."""
    pytest.importorskip("textual_serve", reason="The extra tui is not installed.")
    said = refused("room --serve --host 192.0.2.1 --port 8123")
    assert "192.0.2.1 is no address of this machine" in said


@pytest.mark.usefixtures("short")
def test_without_the_extra_it_says_what_to_install(monkeypatch):
    """One sentence, and no traceback."""
    real = builtins.__import__

    def missing(name, *more, **rest):
        if name.partition(".")[0] == "negotiation_tui":
            raise ModuleNotFoundError(f"No module named {name!r}", name="textual_serve")
        return real(name, *more, **rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    answer = call("room --serve")
    assert answer.code == 1
    assert "pip install 'negotiation[tui]'" in answer.err


def test_a_store_in_a_sentence_can_be_typed_as_it_stands(short):
    """An address has signs that a shell takes for its own."""
    Path("negotiation.db").rename("hall a.db")
    assert "`negotiation room 'hall a.db' --serve`" in refused("room 'hall a.db'")
    assert "`negotiation chair 'hall a.db'`" in call("chair 'hall a.db'").err


def test_a_store_on_a_server_is_opened_under_its_address(monkeypatch):
    """Not under the last part of it, which may be a folder of the server or of a password."""
    opened = []
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(
        "negotiation.cli.chair.sys", SimpleNamespace(stdin=terminal, stdout=terminal)
    )
    monkeypatch.setattr("negotiation_tui.app.run", lambda *_, called: opened.append(called))
    call("chair", "postgresql://amina:se/cret@db/records?host=/run/pg")
    assert opened == ["postgresql://amina@db/records?host=/run/pg"]
