"""Any line of the program: a known way to end, a sentence for a failure, and no word lost.

The seeded runs of `python -m tests.hostile` try thousands in processes of their own; here a line
that fails is shrunk to its shortest.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from unittest import mock

import click
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiation.cli import main
from negotiation.cli.program import COMMANDS
from negotiation.ledger.ledger import Ledger
from tests.hostile.signs import ALL, SQL, STRINGS

_ELSEWHERE = {"chair", "room", "follow"}
"""Screens, servers, and what never ends."""
_LIKELY = ("title", "considering/a", "resolves/1", "now", "now~1", "3", "1", "EU", "J", "harbours")


def _leaves(
    path: tuple[str, ...], command: click.Command
) -> list[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    return [leaf for name, one in command.commands.items() for leaf in _leaves((*path, name), one)]


def _commands() -> list[tuple[tuple[str, ...], click.Command]]:
    with main.make_context("negotiation", [], resilient_parsing=True) as context:
        found = {name: main.get_command(context, name) for name in COMMANDS}
    return [
        leaf
        for name, one in found.items()
        if one is not None and name not in _ELSEWHERE
        for leaf in _leaves((name,), one)
    ]


VALUES = st.one_of(
    st.sampled_from(_LIKELY),
    st.sampled_from([*STRINGS, *SQL, *ALL]),
    st.text(max_size=12).filter(lambda said: "/" not in said and said != ".."),
)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A command with some of its options and arguments, each with any value."""
    path, command = draw(st.sampled_from(_commands()))
    said = [*path]
    for param in command.params:
        if isinstance(param, click.Argument):
            said += draw(st.lists(VALUES, max_size=2))
        elif isinstance(param, click.Option) and draw(st.integers(0, 3)) == 0:
            option = draw(st.sampled_from(param.opts))
            if option not in ("--help", "--store", "--force"):
                said += [option] if param.is_flag else [option, draw(VALUES)]
    return said


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record with a page in it, in a folder of its own."""
    from tests.cli.calls import SHORT, done

    monkeypatch.chdir(tmp_path)
    for name in ("NEGOTIATION_STORE", "NEGOTIATION_TOKEN", "NEGOTIATION_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    done(f"import {SHORT}")
    return tmp_path


def _rows(folder: Path) -> object:
    with closing(Ledger.open(str(folder / "negotiation.db"), create=False)) as ledger:
        return [(one, ledger.fingerprint(one)) for one in ledger.negotiations()]


@given(said=lines())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_line_ends_in_a_known_way(record: Path, said: list[str]) -> None:
    """Done, refused with a sentence, or wrong usage; what is not done leaves the rows as they were.

    Paths that lead elsewhere are left to the runs that look at every file.
    """
    before = _rows(record)
    with mock.patch.dict(os.environ, {"COLUMNS": "100"}):
        ran = CliRunner().invoke(main, said, input="")
    assert isinstance(ran.exception, SystemExit | None), ran.exception
    assert ran.exit_code in (0, 1, 2)
    assert "Traceback" not in ran.stderr
    assert "inside the program" not in ran.stderr, ran.stderr
    if ran.exit_code:
        assert ran.stderr.strip() or ran.stdout.strip()
        assert _rows(record) == before
