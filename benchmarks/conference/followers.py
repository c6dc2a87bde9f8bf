"""Several followers in one process, each on a record of its own, looking when each is advised to.

This is what the command `follow` and the screens do, without what they print. They go on until they
are told how far each room's record goes and have read so far, or until nothing comes any more.
"""

import heapq
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import attrs
import msgspec

from benchmarks.conference.told import (
    FollowersTask,
    Saw,
    Seen,
    clock,
    digest_of,
    hash_of,
    megabytes_now,
    peak_megabytes,
    ready,
    seconds_used,
)
from negotiation.domain.entries import Entry
from negotiation.following import Follower
from negotiation.ledger.ledger import Ledger
from negotiation.record import Record

_PATIENCE = 20.0
"""Seconds to wait for what does not come, after everything was written."""


@attrs.define
class _One:
    """One who follows."""

    room: str
    follower: Follower
    began: int
    entries: list[Entry] = attrs.field(factory=list)
    moments: list[int] = attrs.field(factory=list)
    cuts: list[str] = attrs.field(factory=list)

    def look(self) -> float:
        """Look once; answers in how many seconds to look again."""
        looked = self.follower.look()
        if looked.fresh:
            now = clock()
            self.entries += looked.fresh
            self.moments += [now] * len(looked.fresh)
        if looked.told:
            self.cuts.append(self.follower.cut or looked.told)
        return looked.wait

    def seen(self) -> Seen:
        """All that it was handed."""
        timeline = self.follower.record.timeline
        return Seen(
            self.room,
            self.began,
            tuple(entry.number for entry in self.entries),
            tuple(entry.act.id for entry in self.entries),
            tuple(self.moments),
            digest_of(self.entries),
            hash_of(timeline.text(timeline.head)),
            self.follower.record.ledger.fingerprint(timeline.id)[1],
            tuple(self.cuts),
        )


class _End:
    """How far the rooms' records go, once that is known; read beside, as reading waits."""

    def __init__(self) -> None:
        self.heads: dict[str, int] | None = None
        self.known_at = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        line = sys.stdin.readline()
        self.known_at = clock()
        self.heads = msgspec.json.decode(line, type=dict[str, int]) if line.strip() else {}


def _follow(task: FollowersTask) -> Saw:
    # What opening imports is no part of what a follower holds.
    Ledger.open(None).close()
    before = megabytes_now()
    everybody = []
    for store, room in task.follows:
        record = Record.open(store, room)
        everybody.append(_One(room, Follower(record), record.timeline.head))
    for one in everybody:
        one.look()
        # What came between opening and this look was there before, too.
        one.began, one.entries, one.moments = one.follower.record.timeline.head, [], []
    ready()
    end = _End()
    turns = [(clock(), place) for place in range(len(everybody))]
    heapq.heapify(turns)
    looks = 0
    while not _done(end, everybody):
        due, place = turns[0]
        if (left := due - clock()) > 0:
            time.sleep(left / 1e9)
        looks += 1
        wait = everybody[place].look()
        heapq.heapreplace(turns, (clock() + int(wait * 1e9), place))
    megabytes, used, sockets = megabytes_now(), seconds_used(), _sockets()
    seen = tuple(one.seen() for one in everybody)
    for one in everybody:
        one.follower.record.close()
    return Saw(seen, looks, sockets, before, megabytes, peak_megabytes(), used)


def _done(end: _End, everybody: list[_One]) -> bool:
    heads = end.heads
    if heads is None:
        return False
    behind = any(one.follower.record.timeline.head < heads.get(one.room, 0) for one in everybody)
    return not behind or clock() - end.known_at > _PATIENCE * 1e9


def _sockets() -> int:
    """How many connections this process has, where the system tells."""
    count = 0
    with suppress(OSError):
        for name in os.listdir("/proc/self/fd"):
            with suppress(OSError):
                count += os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
    return count


if __name__ == "__main__":
    given = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=FollowersTask)
    Path(given.outcome).write_bytes(msgspec.json.encode(_follow(given)))
