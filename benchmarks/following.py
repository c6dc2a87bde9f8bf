"""How long an act takes to reach whoever follows in another process, as a line that is printed.

The clock runs from the call of the act to the line at the other end of the pipe: deciding, syncing
to the disk, the follower's look, its reading and its printing. It leaves out how the acts were
made. `python -m benchmarks.following` runs only this.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import attrs

from benchmarks.timing import Timing, clock, summed_up
from negotiation.desk import Desk
from negotiation.domain import commands as do

_ACTS = 200
_PAUSE = 0.03
"""Seconds on average between two acts: people and busy screens, not a bulk load."""
_FOLLOW = "import sys; from negotiation.cli import main; main(['follow', '--json', '--from', '1'])"
_READY = 30


@attrs.frozen
class Followed:
    """From an act to the last of its followers; and how many lines came twice, late or never."""

    timing: Timing
    followers: int
    wrong: int


def measure_following(folder: Path, followers: int = 1, acts: int = _ACTS) -> Followed:
    """Make acts in a store in the folder, each a while after the one before, and read along."""
    store = folder / "followed.db"
    desk = Desk.begin(store)
    desk.act(do.OpenNegotiation("DL/1"))
    environment = {**os.environ, "NEGOTIATION_STORE": str(store)}
    processes = [
        subprocess.Popen([sys.executable, "-c", _FOLLOW], env=environment, stdout=subprocess.PIPE)
        for _ in range(followers)
    ]
    pipes: list[IO[bytes]] = [one.stdout for one in processes if one.stdout is not None]
    chance = random.Random(1)
    spent: list[float] = []
    wrong = 0
    try:
        for pipe in pipes:
            pipe.readline()
        for _ in range(acts):
            time.sleep(chance.uniform(0, 2 * _PAUSE))
            meeting = desk.timeline.negotiation(desk.timeline.head).meeting
            began = clock()
            [entry] = desk.act(do.CloseMeeting() if meeting else do.OpenMeeting("A meeting"))
            for pipe in pipes:
                wrong += json.loads(pipe.readline())["number"] != entry.number
            spent.append((clock() - began) / 1_000)
    finally:
        for process in processes:
            process.terminate()
            process.communicate(timeout=_READY)
        desk.close()
    return Followed(summed_up(spent), followers, wrong)


def told(found: Followed) -> str:
    """One row for people."""
    timing = found.timing
    who = "a follower" if found.followers == 1 else f"the last of {found.followers} followers"
    return (
        f"Act to {who} in another process: p50 {timing.p50 / 1_000:.1f} ms, "
        f"p99 {timing.p99 / 1_000:.1f} ms, slowest {timing.worst / 1_000:.1f} ms "
        f"({timing.samples} acts, {found.wrong} lines wrong)."
    )


def main() -> int:
    """Measure and print; status 1 when a line was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.following", description=__doc__)
    parser.add_argument("--followers", type=int, default=1, help="how many processes; default 1")
    parser.add_argument("--acts", type=int, default=_ACTS, help=f"how many acts; default {_ACTS}")
    parser.add_argument("--directory", type=Path, help="where the store is put meanwhile")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=given.directory) as folder:
        found = measure_following(Path(folder), given.followers, given.acts)
    print(told(found))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
