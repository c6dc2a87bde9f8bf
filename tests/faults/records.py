"""A record that was made at a desk, and what may be found where its store was hurt."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import attrs

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.entries import Entry
from negotiation.ledger.ledger import Ledger, StoreError
from tests.cli.calls import SHORT

NAME = "draft.md"


@attrs.frozen
class Made:
    """A store and the entries that were acknowledged into it, in order."""

    store: Path
    negotiation: str
    entries: tuple[Entry, ...] = attrs.field(repr=False)

    @property
    def ends(self) -> frozenset[int]:
        """The last entry of every act, and 0 for a record that is not begun."""
        pairs = zip(self.entries, self.entries[1:], strict=False)
        ends = {one.number for one, after in pairs if one.act.id != after.act.id}
        return frozenset({0, *ends, len(self.entries)})


def made(store: Path, meetings: int = 8) -> Made:
    """A text with an open point, and meetings that are opened and closed on it."""
    desk = Desk.begin(store)
    desk.receive(SHORT.read_bytes(), NAME)
    for number in range(meetings):
        desk.act(do.OpenMeeting(f"Meeting {number}, in the large hall of the conference"))
        desk.act(do.CloseMeeting())
    entries = tuple(desk.timeline.entries)
    desk.close()
    return Made(store, desk.timeline.id, entries)


def copied(store: Path, folder: Path) -> Path:
    """A copy of the files of a store in another folder, as they lie there."""
    folder.mkdir(parents=True, exist_ok=True)
    for end in ("", "-wal", "-journal"):
        if Path(f"{store}{end}").exists():
            shutil.copyfile(f"{store}{end}", folder / f"{store.name}{end}")
    return folder / store.name


@attrs.frozen
class Found:
    """What a store turned out to hold."""

    entries: int
    """How many of the entries that were made; whole acts."""
    refusal: str = ""
    """The sentence with which it was refused; then nothing else is known."""


def found_in(
    store: Path, negotiation: str, entries: Sequence[Entry], ends: frozenset[int]
) -> Found:
    """What a store holds of a record; it is refused, or a beginning of it that verifies.

    What it holds can be gone on with. Anything else than a `StoreError` is a fault of ours.
    """
    try:
        with closing(Ledger.open(str(store), create=False)) as ledger:
            held = ledger.entries(negotiation)
            walked = ledger.walked(negotiation)
    except StoreError as refusal:
        sentence = str(refusal)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return Found(0, sentence)
    assert walked.fault is None, walked.fault
    assert len(walked.seals) == len(held)
    assert tuple(held) == tuple(entries[: len(held)])
    assert len(held) in ends, f"half an act: {len(held)}"
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return Found(len(held))


def goes_on(store: Path, negotiation: str) -> int:
    """Makes one more act at a desk that opens the store; answers its last entry."""
    with closing(Desk.open(store, negotiation)) as desk:
        return desk.act(do.JoinParty("FJI", "Fiji"))[-1].number
