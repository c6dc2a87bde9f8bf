"""Every call runs in an empty folder, with no store, language or colour taken from outside."""

import pytest

from tests.cli.calls import SHORT, done


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in; a fault of the program itself is shown, not said."""
    monkeypatch.chdir(tmp_path)
    for name in ("NEGOTIATION_STORE", "NEGOTIATION_ROOM", "NEGOTIATION_TYPIST", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEGOTIATION_TRACEBACK", "1")
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path / "own"))
    return tmp_path


@pytest.fixture
def short():
    """The short sample in ./negotiation.db: a bracket, then two alternatives for 1bis."""
    done("import", str(SHORT))
