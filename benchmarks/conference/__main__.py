"""The command line of the conference, and what it prints."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import msgspec

from benchmarks.conference.judged import WHOLE, Judged, Spread, judge
from benchmarks.conference.noise import Noise
from benchmarks.conference.places import FILE, FILES, SERVER, NotHere, place_of
from benchmarks.conference.rhythm import PEAK, phases
from benchmarks.conference.run import Conference, Held, hold
from benchmarks.timing import Timing

_ACT_TO_FOLLOWER = 20.0
_WORST_APPEND = 1000.0
_SHOWN = 10


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.conference",
        description="A conference on one machine: every room's desk in a process of its own, "
        "followers spread over some processes, a day compressed into minutes and a peak in real "
        "time. Says how long acts take to reach the followers, and whether anything was lost. "
        "Exit status 1 when anything was.",
    )
    parser.add_argument(
        "--store",
        default=FILE,
        help=f"{FILE}: one file for all rooms; {FILES}: a file for each; {SERVER}: a private "
        f"server, started for the run; or the address of a server; several by commas; "
        f"default {FILE}",
    )
    parser.add_argument("--rooms", type=int, default=12, help="rooms; default 12")
    parser.add_argument("--followers", type=int, default=200, help="followers; default 200")
    parser.add_argument(
        "--processes",
        type=int,
        default=8,
        help="processes that the followers are spread over; default 8",
    )
    parser.add_argument(
        "--clauses", type=int, default=40, help="clauses of each room's text; default 40"
    )
    parser.add_argument("--hours", type=float, default=8.0, help="hours of the day; default 8")
    parser.add_argument(
        "--compressed",
        type=float,
        default=300.0,
        metavar="FACTOR",
        help="how many times faster the day goes by, its peak apart; default 300",
    )
    parser.add_argument(
        "--peak", type=float, default=45.0, metavar="SECONDS", help="real time; default 45"
    )
    parser.add_argument(
        "--rate",
        type=float,
        default=1.0,
        help="acts a second in each room at the peak; default 1",
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of texts and plan; default 1")
    parser.add_argument(
        "--directory",
        type=Path,
        metavar="FOLDER",
        help="where files are put meanwhile; on a real disk, or durability costs nothing",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found as JSON")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run, print, and say whether everything arrived."""
    given = _parser().parse_args(arguments)
    day = phases(given.hours * 3600 / given.compressed, given.peak, given.rate)
    conference = Conference(
        given.rooms, given.followers, given.processes, given.clauses, day, given.seed
    )
    everything = []
    for kind in given.store.split(","):
        try:
            with (
                tempfile.TemporaryDirectory(prefix="conference-", dir=given.directory) as name,
                place_of(kind.strip(), given.rooms, Path(name)) as place,
            ):
                print(f"{place.name}: {day[-1].ends:.0f} s", file=sys.stderr, flush=True)
                held = hold(conference, place, Path(name))
        except NotHere as reason:
            print(reason)
            return 1
        judged = judge(held)
        print(told(held, judged, given.compressed))
        print()
        sys.stdout.flush()
        everything.append({"place": held.place, "judged": judged, "used": held.used})
        if given.json:
            given.json.write_bytes(msgspec.json.format(msgspec.json.encode(everything)))
        if judged.lost:
            return 1
    return 0


def told(held: Held, judged: Judged, factor: float) -> str:
    """All that was found, for people."""
    conference = held.conference
    each = -(-conference.followers // conference.processes)
    lines = [
        f"{held.place}: {conference.rooms} rooms, a process each; {conference.followers} followers "
        f"in {conference.processes} processes of {each}; {conference.clauses} clauses a room.",
        f"The day {factor:g} times as fast, the peak in real time; {os.cpu_count()} processors.",
        "",
        *_times(held, judged),
        "",
        f"acts      {judged.acts} with {judged.entries} entries; {judged.late} began more than "
        f"100 ms behind the plan, the latest {judged.most_late:.0f} ms",
        f"handed on {judged.handed} entries to {conference.followers} followers, "
        + ("nothing lost, none double, all the same record" if not judged.lost else "NOT RIGHT:"),
        *(f"  WRONG {one}" for one in judged.lost[:_SHOWN]),
        *([f"  and {len(judged.lost) - _SHOWN} more"] if len(judged.lost) > _SHOWN else []),
        *_memory(held),
        *_processors(held),
        _noise("before", held.before),
        _noise("during", held.during),
        "",
        *_targets(judged),
    ]
    return "\n".join(lines)


def _times(held: Held, judged: Judged) -> list[str]:
    lines = ["ms                   p50     p95     p99   worst  samples"]
    names = [phase.name for phase in held.conference.day if phase.name in judged.append]
    for what, found in (("act to follower", judged.to_follower), ("append", judged.append)):
        lines.append(what)
        lines += [_row(name, found[name]) for name in (*names, WHOLE) if name in found]
    lines += ["told durable to follower", _row(WHOLE, judged.from_durable)]
    return lines


def _row(name: str, found: Spread) -> str:
    return (
        f"  {name:<14}{found.p50:8.1f}{found.p95:8.1f}{found.p99:8.1f}{found.worst:8.1f}"
        f"{found.samples:9}"
    )


def _memory(held: Held) -> list[str]:
    lines = []
    if held.wrote:
        sizes = [one.megabytes for one in held.wrote]
        lines.append(f"memory    a desk {_range(sizes)}")
    if held.saw:
        sizes = [one.megabytes for one in held.saw]
        each = sum(
            (one.megabytes - one.megabytes_before) / len(one.seen) for one in held.saw if one.seen
        ) / len(held.saw)
        lines.append(
            f"          a process of followers {_range(sizes)}: {each:.2f} MB a follower, the rest "
            "is the program"
        )
    if held.server_megabytes:
        lines.append(
            f"          the server {held.server_megabytes:.0f} MB with {held.connections} "
            "connections at the peak"
        )
    return lines


def _range(sizes: list[float]) -> str:
    return f"{min(sizes):.0f} to {max(sizes):.0f} MB"


def _processors(held: Held) -> list[str]:
    lines = ["processors, in hundredths of one:  desks  followers  server  others"]
    for name, used in held.used:
        if used.clock <= 0:
            continue
        shares = [used.writers, used.followers, used.server, used.others]
        cells = [f"{one / used.clock * 100:.0f}" for one in shares]
        lines.append(f"  {name:<30}{cells[0]:>8}{cells[1]:>11}{cells[2]:>8}{cells[3]:>8}")
    return lines


def _noise(when: str, noise: Noise) -> str:
    return (
        f"noise {when}: a bare commit {_floor(noise.commit)}; "
        f"woken late after a sleep of 10 ms {_floor(noise.late)}"
    )


def _floor(timing: Timing) -> str:
    return (
        f"p50 {timing.p50 / 1_000:.2f}, p99 {timing.p99 / 1_000:.1f}, "
        f"worst {timing.worst / 1_000:.1f} ms"
    )


def _targets(judged: Judged) -> list[str]:
    lines = []
    for name in (PEAK, WHOLE):
        if name in judged.to_follower:
            found = judged.to_follower[name].p50
            met = "met" if found <= _ACT_TO_FOLLOWER else "NOT MET"
            lines.append(f"target  act to follower p50 ≤ 20 ms, {name}: {found:.1f} ms, {met}")
    worst = judged.append[WHOLE].worst if WHOLE in judged.append else 0.0
    met = "met" if worst <= _WORST_APPEND else "NOT MET"
    lines.append(f"target  worst append ≤ 1 s: {worst:.0f} ms, {met}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
