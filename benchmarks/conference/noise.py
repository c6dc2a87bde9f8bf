"""What else the machine does: bare commits, a sleeper that wakes late, processors that others use.

All three are measured while the conference runs, beside it, since they drift from minute to minute.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from benchmarks.timing import Timing, clock, summed_up

_NAP = 0.01
_EVERY = 0.2
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@attrs.frozen
class Noise:
    """The floors of a run, in microseconds."""

    commit: Timing
    """A bare commit of 300 bytes in the same kind of store, without this engine."""
    late: Timing
    """How late a process that sleeps 10 ms is woken."""


class Listening:
    """Measures until it is told to end."""

    def __init__(self, bare: Callable[[], float]) -> None:
        self._bare = bare
        self._commits: list[float] = []
        self._late: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.is_set():
            self._commits.append(self._bare())
            began = clock()
            time.sleep(_NAP)
            self._late.append(max(0.0, (clock() - began) / 1_000 - _NAP * 1e6))
            self._over.wait(_EVERY)

    def end(self) -> Noise:
        """The floors."""
        self._over.set()
        self._thread.join()
        return Noise(summed_up(self._commits), summed_up(self._late))


@attrs.frozen
class Used:
    """Seconds of processor, since the machine started or since another such moment."""

    clock: float
    everything: float
    writers: float
    followers: float
    server: float
    ourselves: float

    def since(self, before: "Used") -> "Used":
        """What was used between."""
        return Used(
            *(
                getattr(self, field.name) - getattr(before, field.name)
                for field in attrs.fields(Used)
            )
        )

    @property
    def others(self) -> float:
        """What nobody of the conference used."""
        own = self.writers + self.followers + self.server + self.ourselves
        return max(0.0, self.everything - own)


def used_now(writers: Iterable[int], followers: Iterable[int], server: int) -> Used:
    """What was used up to now; zeros where the system does not tell."""
    return Used(
        clock=time.monotonic(),
        everything=_everything(),
        writers=sum(map(_seconds, writers)),
        followers=sum(map(_seconds, followers)),
        server=_server(server) if server else 0.0,
        ourselves=_seconds(os.getpid()),
    )


def _everything() -> float:
    try:
        words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, interrupts, soft = map(int, words[:7])
    return (user + nice + system + interrupts + soft) / _TICK


def _stat(process: int | str) -> list[str]:
    # Behind the name in parentheses, which may hold anything: state, parent, and so on.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _seconds(process: int | str) -> float:
    try:
        words = _stat(process)
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / _TICK


def _server(first: int) -> float:
    """All that the server's processes used, those that have ended included."""
    total = 0.0
    try:
        words = _stat(first)
        # With the children that it waited for.
        total = sum(map(int, words[11:15])) / _TICK
        for place in Path("/proc").glob("[0-9]*/stat"):
            name = place.parent.name
            try:
                if int(_stat(name)[1]) == first:
                    total += _seconds(name)
            except OSError:
                continue
    except OSError:
        pass
    return total


def server_megabytes(first: int) -> float:
    """Memory of all of the server's processes, shared memory counted once."""
    total = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        name = place.parent.name
        try:
            if int(name) == first or int(_stat(name)[1]) == first:
                text = Path(f"/proc/{name}/smaps_rollup").read_text()
                total += next(
                    int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")
                )
        except (OSError, StopIteration):
            continue
    return total / 1024
