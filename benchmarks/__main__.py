"""The command line of the benchmark."""

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec

from benchmarks import report, targets
from benchmarks.following import measure_following, told
from benchmarks.run import run_size, run_start
from benchmarks.screen import measure_screens, table
from benchmarks.steps import SIZES
from benchmarks.systems import EVERYBODY, NAMES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure this engine and others on one generated history, side by side, "
        "with their texts verified equal. Exit status 1 when a text is wrong.",
    )
    parser.add_argument(
        "--sizes",
        default="S,M",
        help="sizes to run, by commas: S (25 clauses, 500 events), M (200; 20,000), "
        "L (2,000; 1,000,000: up to hours, and gigabytes), Q (tiny); default S,M",
    )
    parser.add_argument(
        "--systems",
        default=",".join(NAMES),
        help=f"systems to run, by commas, or all: {','.join(EVERYBODY)}; default {','.join(NAMES)}",
    )
    parser.add_argument(
        "--time-box",
        type=float,
        metavar="SECONDS",
        help="longest time for one phase of one system (loading, opening, answering, appending); "
        "whoever takes longer did not finish; default: as long as it takes",
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the history; default 1")
    parser.add_argument(
        "--budget",
        type=float,
        default=6.0,
        metavar="SECONDS",
        help="longest time to sample one query of one system; at least one sample; default 6",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write everything that was measured as JSON, too"
    )
    parser.add_argument(
        "--directory",
        type=Path,
        metavar="FOLDER",
        help="where the stores are put meanwhile; on a real disk, or durability costs nothing",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="only size Q with a small budget, to see that everything works; its times say nothing",
    )
    parser.add_argument(
        "--screen",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether to time the chair's screen in a pty and in tmux as well, on size M",
    )
    return parser


def _chosen(given: str, known: tuple[str, ...], parser: argparse.ArgumentParser) -> list[str]:
    chosen = [name.strip() for name in given.split(",") if name.strip()]
    for name in chosen:
        if name not in known:
            parser.error(f"{name!r} is not known; there are {', '.join(known)}.")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    """Run, print, and say whether every text was right."""
    parser = _parser()
    given = parser.parse_args(arguments)
    sizes = ["Q"] if given.quick else _chosen(given.sizes, tuple(SIZES), parser)
    wanted = ",".join(EVERYBODY) if given.systems == "all" else given.systems
    names = _chosen(wanted, EVERYBODY, parser)
    budget = 0.3 if given.quick else given.budget
    start = None if given.quick else run_start(given.directory)
    everything = []
    for name in sizes:
        measured = run_size(
            SIZES[name], names, given.seed, budget, given.directory, _say, given.time_box
        )
        judged = targets.judge(measured, start)
        everything.append({"measured": measured, "sound": measured.sound, "targets": judged})
        print(report.table(measured))
        print()
        if judged:
            print(report.targets(judged, name))
            print()
        sys.stdout.flush()
        if given.json:
            given.json.write_bytes(msgspec.json.format(msgspec.json.encode(everything)))
    if not given.quick:
        _say("a follower in another process")
        with tempfile.TemporaryDirectory(prefix="benchmark-", dir=given.directory) as folder:
            followed = measure_following(Path(folder))
        judged = [targets.judge_following(followed)]
        print(told(followed))
        print()
        print(report.targets(judged, "M"))
        print()
        everything.append({"followed": followed, "sound": not followed.wrong, "targets": judged})
        if given.json:
            given.json.write_bytes(msgspec.json.format(msgspec.json.encode(everything)))
    if not given.quick and given.screen:
        _say("the screen in a terminal")
        with tempfile.TemporaryDirectory(prefix="benchmark-", dir=given.directory) as folder:
            screens = measure_screens(Path(folder))
        print(table(screens))
        print()
        print(report.targets(targets.judge_screens(screens), "M, in a terminal"))
    return 0 if all(one["sound"] for one in everything) else 1


def _say(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
