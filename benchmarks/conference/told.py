"""What the processes of a conference tell each other, and how each looks from outside.

A child is given its task in a file, says `ready`, hears `go` and a moment of the clock that all
processes of a machine share, and leaves what it saw in another file.
"""

import hashlib
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import attrs

from negotiation.domain.entries import Entry

clock = time.monotonic_ns
"""Nanoseconds, the same in every process of one machine."""


@attrs.frozen
class WritersTask:
    """One room's desk: what it does when."""

    store: str
    room: str
    seed: int
    clauses: int
    moments: tuple[int, ...]
    outcome: str


@attrs.frozen
class FollowersTask:
    """Several followers in one process, each with a record of its own."""

    follows: tuple[tuple[str, str], ...]
    """The store and the room of each."""
    outcome: str


@attrs.frozen
class Made:
    """An act that was acknowledged: its entries, when it was due, asked for and durable."""

    act: str
    first: int
    last: int
    due: int
    asked: int
    durable: int


@attrs.frozen
class Wrote:
    """What a desk did."""

    made: tuple[Made, ...]
    failed: tuple[str, ...]
    digest: str
    """Over the entries that were made, in order."""
    text: str
    megabytes: float
    peak_megabytes: float
    seconds: float


@attrs.frozen
class Seen:
    """What one follower was handed: numbers and acts in order, with the moment of each entry."""

    room: str
    began: int
    """The last entry that was there before."""
    numbers: tuple[int, ...]
    acts: tuple[str, ...]
    moments: tuple[int, ...]
    digest: str
    text: str
    fingerprint: str
    """Of the record in the store, as read by this follower at the end."""
    cuts: tuple[str, ...]


@attrs.frozen
class Saw:
    """What the followers of one process saw."""

    seen: tuple[Seen, ...]
    looks: int
    connections: int
    """Sockets of the process, for a store on a server."""
    megabytes_before: float
    """With the libraries, before any record was opened."""
    megabytes: float
    peak_megabytes: float
    seconds: float


def digest_of(entries: Iterable[Entry]) -> str:
    """A hash over everything that the entries say."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(repr(entry).encode())
    return digest.hexdigest()


def hash_of(text: str) -> str:
    """A hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def megabytes_now() -> float:
    """The memory of this process alone: what it shares with others counts in part, where known."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return peak_megabytes()


def peak_megabytes() -> float:
    """The most that this process ever held."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def seconds_used() -> float:
    """Processor time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def ready() -> int:
    """Say that all is open; answers when to begin."""
    print("ready", flush=True)
    return int(sys.stdin.readline().split()[1])
