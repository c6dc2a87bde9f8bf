"""Runs one conference: makes the rooms, starts everybody, and gathers what each of them saw."""

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TypeVar

import attrs
import msgspec

from benchmarks.conference import writer
from benchmarks.conference.noise import (
    Listening,
    Noise,
    Used,
    server_megabytes,
    used_now,
)
from benchmarks.conference.places import Place
from benchmarks.conference.rhythm import Phase, moments
from benchmarks.conference.told import FollowersTask, Saw, WritersTask, Wrote, clock, hash_of
from negotiation.record import Record

_Outcome = TypeVar("_Outcome")
_HERE = Path(__file__).parent.parent.parent
_LEAD = 1.0
"""Seconds between the word and the first moment of the plan."""
_OPENING = 300
_ENDING = 120


@attrs.frozen
class Conference:
    """What is to be run."""

    rooms: int
    followers: int
    processes: int
    """How many processes the followers are spread over."""
    clauses: int
    day: tuple[Phase, ...]
    seed: int

    def symbols(self) -> tuple[str, ...]:
        """The rooms by the symbols of their negotiations."""
        return tuple(f"ROOM/{room + 1}" for room in range(self.rooms))


@attrs.frozen
class Kept:
    """A room's record as a reader finds it who opens it when all is over."""

    room: str
    head: int
    text: str
    fingerprint: str
    sound: bool
    """Whether its seals hold from the first entry to the last."""


@attrs.frozen
class Held:
    """A conference as it went."""

    conference: Conference
    place: str
    start: int
    wrote: tuple[Wrote, ...]
    """By room."""
    saw: tuple[Saw, ...]
    kept: tuple[Kept, ...]
    used: tuple[tuple[str, Used], ...]
    """By part of the day."""
    before: Noise
    during: Noise
    server_megabytes: float
    connections: int
    """How many the server had at the peak."""
    broken: tuple[str, ...]
    """What the processes said that ended badly."""


class _Child:
    """A process of the conference."""

    def __init__(self, module: str, task: WritersTask | FollowersTask, file: Path) -> None:
        file.write_bytes(msgspec.json.encode(task))
        self.outcome = Path(task.outcome)
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.conference.{module}", str(file)],
            cwd=_HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        # Read along, or whoever complains at length waits for us for ever.
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        self.said += [line.strip() for line in _pipe(self.process.stderr) if line.strip()]

    def ready(self) -> bool:
        """Wait until it has opened what it needs."""
        return _pipe(self.process.stdout).readline().strip() == "ready"

    def tell(self, line: str) -> None:
        """Say a line to it, if it still hears."""
        try:
            pipe = _pipe(self.process.stdin)
            pipe.write(line + "\n")
            pipe.flush()
        except (BrokenPipeError, OSError):
            pass

    def ended(self, patience: float) -> str:
        """Wait for its end; what it said last when that was bad."""
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return f"A process did not end within {patience:.0f} s."
        self._listener.join(1)
        if code or not self.outcome.exists():
            return (self.said or [f"A process ended with status {code}."])[-1]
        return ""

    def stop(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def hold(conference: Conference, place: Place, folder: Path) -> Held:
    """Run it; takes as long as the day does, and some seconds more."""
    for room, (store, symbol) in enumerate(zip(place.stores, conference.symbols(), strict=True)):
        writer.begin(store, symbol, conference.seed + room, conference.clauses)
    writers = [
        _Child("writer", task, folder / f"writer-{room}.json")
        for room, task in enumerate(_writers(conference, place, folder))
    ]
    followers: list[_Child] = []
    try:
        followers += [
            _Child("followers", task, folder / f"followers-{number}.json")
            for number, task in enumerate(_followers(conference, place, folder))
        ]
        return _held(conference, place, writers, followers)
    finally:
        for child in (*writers, *followers):
            child.stop()


def _writers(conference: Conference, place: Place, folder: Path) -> list[WritersTask]:
    return [
        WritersTask(
            store,
            symbol,
            conference.seed + room,
            conference.clauses,
            moments(conference.day, conference.seed * 1000 + room),
            str(folder / f"wrote-{room}.json"),
        )
        for room, (store, symbol) in enumerate(zip(place.stores, conference.symbols(), strict=True))
    ]


def _followers(conference: Conference, place: Place, folder: Path) -> list[FollowersTask]:
    rooms = list(zip(place.stores, conference.symbols(), strict=True))
    everybody = [rooms[number % conference.rooms] for number in range(conference.followers)]
    # In stretches, so that one process holds followers of different rooms.
    size = -(-len(everybody) // conference.processes)
    return [
        FollowersTask(tuple(everybody[at : at + size]), str(folder / f"saw-{at}.json"))
        for at in range(0, len(everybody), size)
    ]


def _held(
    conference: Conference, place: Place, writers: list[_Child], followers: list[_Child]
) -> Held:
    broken = [
        "A process could not open its records."
        for child in (*writers, *followers)
        if not child.ready()
    ]
    before = _floors_before(place)
    start = clock() + int(_LEAD * 1e9)
    if not broken:
        for child in (*writers, *followers):
            child.tell(f"go {start}")
    listening = Listening(place.bare)
    used, connections = _through(conference.day, place, writers, followers, start, bool(broken))
    broken += filter(None, [child.ended(_ENDING) for child in writers])
    wrote = tuple(_outcome(child, Wrote) for child in writers if child.outcome.exists())
    heads = {
        symbol: one.made[-1].last
        for symbol, one in zip(conference.symbols(), wrote, strict=False)
        if one.made
    }
    megabytes = server_megabytes(place.server) if place.server else 0.0
    for child in followers:
        child.tell(msgspec.json.encode(heads).decode())
    broken += filter(None, [child.ended(_ENDING) for child in followers])
    during = listening.end()
    saw = tuple(_outcome(child, Saw) for child in followers if child.outcome.exists())
    return Held(
        conference=conference,
        place=place.name,
        start=start,
        wrote=wrote,
        saw=saw,
        kept=_kept(place.stores, conference.symbols()),
        used=used,
        before=before,
        during=during,
        server_megabytes=megabytes,
        connections=connections,
        broken=tuple(broken),
    )


def _floors_before(place: Place) -> Noise:
    listening = Listening(place.bare)
    time.sleep(3)
    return listening.end()


def _through(
    day: Sequence[Phase],
    place: Place,
    writers: list[_Child],
    followers: list[_Child],
    start: int,
    broken: bool,
) -> tuple[tuple[tuple[str, Used], ...], int]:
    """Let the day pass; what each part of it used, and the most connections."""
    if broken:
        return (), 0

    def now() -> Used:
        return used_now(
            [child.process.pid for child in writers],
            [child.process.pid for child in followers],
            place.server,
        )

    parts: list[tuple[str, Used]] = []
    most = 0
    _until(start)
    at = now()
    for phase in day:
        _until(start + int((phase.begins + phase.ends) / 2 * 1e9))
        most = max(most, place.connections())
        _until(start + int(phase.ends * 1e9))
        after = now()
        parts.append((phase.name, after.since(at)))
        at = after
    return tuple(parts), most


def _until(moment: int) -> None:
    if (left := moment - clock()) > 0:
        time.sleep(left / 1e9)


def _outcome(child: _Child, kind: type[_Outcome]) -> _Outcome:
    return msgspec.json.decode(child.outcome.read_bytes(), type=kind)


def _kept(stores: Sequence[str], symbols: Sequence[str]) -> tuple[Kept, ...]:
    found = []
    for store, symbol in zip(stores, symbols, strict=True):
        record = Record.open(store, symbol)
        timeline = record.timeline
        walked = record.ledger.walked(timeline.id)
        found.append(
            Kept(
                symbol,
                timeline.head,
                hash_of(timeline.text(timeline.head)),
                record.ledger.fingerprint(timeline.id)[1],
                walked.fault is None,
            )
        )
        record.close()
    return tuple(found)
