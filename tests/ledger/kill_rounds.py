"""Killing writers and servers in the middle of whatever they do, round after round.

::

    python -m tests.ledger.kill_rounds --store sqlite --rounds 200
    python -m tests.ledger.kill_rounds --store postgresql --kill writer --rounds 200
    python -m tests.ledger.kill_rounds --store postgresql --kill server --rounds 200

In each round two rooms write into one store until one of them, or the server under both, is killed
with a signal that nobody can catch. Then every act that was acknowledged is there, of the one that
was on its way all or nothing, the seals hold from the first entry to the last, what earlier rounds
left lies there byte for byte, and the room writes on. The tests play a few rounds of it.
"""

# ruff: noqa: T201  # it is run by hand, and says what came of it

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import attrs

from negotiation.ledger.ledger import Ledger, StoreError
from tests.ledger.acts import act, writer
from tests.postgres import Server, programs

SIZES = (1, 40, 3, 300, 12)
"""How many entries the acts of a room have, in turn: what fits one page of a store and what not."""
LONGEST = 0.06
"""Seconds for which rooms write before somebody is killed, at most."""


def size(number: int) -> int:
    """How many entries an act has."""
    return SIZES[number % len(SIZES)]


def write(store: str, name: str) -> None:
    """A room that writes until it is killed, and prints what it was told is kept."""
    ledger = Ledger.open(store)
    room = writer(ledger, name)
    for number in range(1_000_000):
        clauses = [f"c{n % 7}" for n in range(size(number))]
        try:
            ledger.append(name, room.remark(act(f"a{number}"), *clauses))
        except StoreError as refusal:
            print(refusal, file=sys.stderr)
            break
        print(number + 1, ledger.seal(name, room.number), flush=True)


@attrs.frozen
class Told:
    """The last that a room was told is kept."""

    acts: int = 0
    seal: str = ""


class Room:
    """A process that writes, and what it was told."""

    def __init__(self, store: str, name: str) -> None:
        self.name = name
        self.told = Told()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.kill_rounds", "--write", store, name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def hears(self) -> None:
        """Waits until the room is told that one more act is kept."""
        assert self.process.stdout is not None
        self._hear(self.process.stdout.readline())
        assert self.told.acts, self.process.stderr and self.process.stderr.read()

    def _hear(self, line: str) -> None:
        # A line that was cut off in the middle was told to nobody.
        if line.endswith("\n"):
            acts, seal = line.split()
            self.told = Told(int(acts), seal)

    def ended(self) -> Told:
        """All that it was told, now that it is dead."""
        # Not `communicate`, which passes over what was read ahead.
        with self.process:
            assert self.process.stdout is not None
            assert self.process.stderr is not None
            for line in self.process.stdout:
                self._hear(line)
            said = self.process.stderr.read()
        assert "Traceback" not in said, said
        return self.told

    def kill(self) -> Told:
        """Kills it; all that it was told."""
        self.process.kill()
        return self.ended()


@attrs.define
class Toll:
    """What the rounds cost, and what they left."""

    rounds: int = 0
    acknowledged: int = 0
    on_their_way: int = 0
    """Acts that were not acknowledged any more, and are there whole."""
    left: dict[str, tuple[int, str]] = attrs.field(factory=dict)
    """By negotiation: rows and fingerprint when its round ended."""

    def whole(self, store: str, name: str, told: Told) -> None:
        """All that was acknowledged is there, no act in part, the seals hold, and one goes on."""
        with closing(Ledger.open(store, create=False)) as ledger:
            entries = ledger.entries(name)
            acts = Counter(entry.act.id for entry in entries)
            assert len(acts) in (told.acts, told.acts + 1), f"{len(acts)} acts, told {told.acts}"
            assert acts == {f"a{n}": size(n) for n in range(len(acts))}, "an act in part"
            walked = ledger.walked(name)
            assert walked.fault is None, walked.fault
            assert len(walked.seals) == len(entries)
            if told.acts:
                last = sum(size(n) for n in range(told.acts))
                assert walked.seals[last - 1] == told.seal, "not what was acknowledged"
            ledger.append(name, writer(ledger, name).remark(act("after"), "c1"))
            assert ledger.walked(name).fault is None
            self.left[name] = ledger.fingerprint(name)
        self.acknowledged += told.acts
        self.on_their_way += len(acts) - told.acts

    def untouched(self, store: str) -> None:
        """What earlier rounds left lies there as it lay, byte for byte."""
        with closing(Ledger.open(store, create=False)) as ledger:
            for name, lay in self.left.items():
                assert ledger.fingerprint(name) == lay, f"{name} is not what it was"

    def play(self, store: str, *, server: Server | None = None) -> None:
        """One round on this store: a writer is killed, or the server where it is given."""
        self.rounds += 1
        chance = random.Random(self.rounds)
        killed = Room(store, f"k{self.rounds}")
        other = Room(store, f"m{self.rounds}")
        for room in (killed, other):
            room.hears()
        time.sleep(chance.uniform(0, LONGEST))
        if server is not None:
            server.kill()
            told = [killed.ended(), other.ended()]
            server.start()
        else:
            told = [killed.kill()]
            other.hears()
            told.append(other.kill())
            if "://" not in store:
                with closing(sqlite3.connect(store)) as file:
                    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for room, its in zip((killed, other), told, strict=True):
            self.whole(store, room.name, its)

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds: {self.acknowledged} acts acknowledged, none lost, none in "
            f"part; {self.on_their_way} that were on their way are there whole; every seal holds"
        )


def main() -> None:
    """Play rounds, and say what came of them."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--kill", choices=("writer", "server"), default="writer")
    asked.add_argument("--rounds", type=int, default=200)
    asked.add_argument("--write", nargs=2, metavar=("STORE", "NAME"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.write:
        write(*given.write)
        return
    if given.store == "sqlite" and given.kill == "server":
        asked.error("A file has no server; kill its writers.")
    folder = Path(tempfile.mkdtemp(prefix="kill"))
    server: Server | None = None
    store = str(folder / "record.db")
    try:
        if given.store == "postgresql":
            place = programs()
            if place is None:
                asked.error("There is no PostgreSQL server here (on Debian: postgresql).")
            server = Server(place, folder)
            server.make()
            server.start()
            store = server.new_store()
        else:
            Ledger.open(store).close()
        toll = Toll()
        began = time.monotonic()
        for number in range(1, given.rounds + 1):
            toll.play(store, server=server if given.kill == "server" else None)
            if number % 25 == 0 or number == given.rounds:
                toll.untouched(store)
                print(f"{time.monotonic() - began:.0f} s, {toll}.", flush=True)
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
