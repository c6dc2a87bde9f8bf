"""Calls of the command line in a folder of their own, and what they answer."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner

from negotiation.cli import main

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
SHORT = TEXTS / "tide-short.md"
SAMPLE = TEXTS / "tide-dl7-rev1.md"
SAMPLE_BASE = TEXTS / "tide-res12-base.md"


@attrs.frozen
class Answer:
    """What one call printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document of JSON that was printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def call(said: str, *more: str, color: bool = False) -> Answer:
    """The answer to one call; what a shell would split is split."""
    runner = CliRunner()
    result = runner.invoke(main, [*shlex.split(said), *more], color=color)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def done(said: str, *more: str) -> str:
    """What a call that succeeds prints."""
    answer = call(said, *more)
    assert answer.code == 0, answer.err
    return answer.out


def refused(said: str, *more: str) -> str:
    """The sentence of a call that is refused; the record is as before."""
    head = _entries()
    answer = call(said, *more)
    assert answer.code == 1, answer.out
    assert _entries() == head
    return one_sentence(answer)


def misused(said: str, *more: str) -> str:
    """The sentence of a call that is used wrongly."""
    answer = call(said, *more)
    assert answer.code == 2, answer.out + answer.err
    return one_sentence(answer)


def one_sentence(answer: Answer) -> str:
    """What was said of a fault: one line, with a full stop, and nothing on the output."""
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert answer.err.endswith(".\n")
    assert "Traceback" not in answer.err
    return answer.err.strip()


def open_points() -> list[Any]:
    """What is open now."""
    points: list[Any] = call("open --json").json["open"]
    return points


def words_of(path: str, options: str = "") -> str:
    """How one clause reads."""
    clauses = call(f"text --json {options}", path).json["clauses"]
    return str(clauses[0]["words"])


def _entries() -> int | None:
    answer = call("log --json")
    return len(answer.out.splitlines()) if answer.code == 0 else None
