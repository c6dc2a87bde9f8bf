"""The same words with a checkpoint beside the store and without; `verify` looks behind it."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from negotiation.ledger import long_records, making_checkpoint
from negotiation.ledger.kept_states import packed_clause
from tests.cli.calls import Answer, call
from tests.ledger.a_session import play

ASKED = (
    *("text", "text --at 100", "text --reading marked --at 50", "text --paths", "open"),
    *("anomalies", "progress", "since 20", "report summary", "report fate", "log"),
    *("log --json", "rooms", "diff 40 now", "diff now 40", "replay --from 30 --to 90", "who"),
    *("who --at 120", "fate", "audit", "notes --seen-by chair", "references", "versions"),
    *("pending", "packages", "where 'considering/a'", "verify --json"),
)


@pytest.fixture
def session(folder: Path) -> Path:
    """A record in ./negotiation.db in which every act was made once."""
    store = folder / "negotiation.db"
    play(store).close()
    return store


def answered() -> list[Answer]:
    return [call(one) for one in ASKED]


def test_every_answer_is_the_same_byte_for_byte(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = answered()
    assert not list(session.parent.glob("*.checkpoint"))
    assert sum(one.code == 0 for one in right) > len(right) // 2
    monkeypatch.setattr(long_records, "LONG", 1)
    monkeypatch.setattr(long_records, "BEHIND", 3)
    for said, one, other in zip(ASKED, right, answered(), strict=True):
        assert one == other, said
    assert list(session.parent.glob("*.checkpoint"))


def test_acts_and_undoing_are_the_same(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_records, "LONG", 1)
    monkeypatch.setattr(long_records, "BEHIND", 3)
    before = call("text").out
    assert call("undo last").code == 0
    assert call("redo").code == 0
    assert call("text").out == before


def test_verify_says_when_a_checkpoint_says_otherwise_than_the_record(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a file was not made by this program, and no fault of the record."""
    monkeypatch.setattr(long_records, "LONG", 1)
    honest = call("text --at 60").out
    (kept,) = session.parent.glob("*.checkpoint")
    assert call("verify --json").json["checkpoint"] == ""
    kept.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(
            making_checkpoint,
            "packed_clause",
            lambda state: packed_clause(attrs.evolve(state, label="7.")),
        )
        call("text")
    assert call("text --at 60").out != honest
    answer = call("verify")
    assert re.search(r"^replay +\d+  in order$", answer.out, re.MULTILINE)
    assert "The checkpoint beside the store says otherwise than the record" in answer.err
    kept.unlink()
    assert "checkpoint" not in call("verify").err
