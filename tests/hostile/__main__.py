"""Thousands of hostile inputs through the real program.

    python -m tests.hostile --count 2500 --seed 1 [--kind page] [--light] [--report FILE]

Each input gets an empty folder with a file beside it that must stay as it is. After each call it
is looked at how the program ended, what it said, what it took, and which files it touched; after
an act that was accepted, `verify` has to find the record whole. Ends with code 1 if anything was
not as it must be.
"""

import argparse
import itertools
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import attrs

from tests.hostile import child, exports, lines, names, pages, rows, words
from tests.hostile.attempt import Attempt, Call
from tests.hostile.judge import faults, tree
from tests.hostile.sample import sample

KINDS = {
    "page": (pages.attempts, 30),
    "word": (words.attempts, 7),
    "row": (rows.attempts, 20),
    "line": (lines.attempts, 23),
    "name": (names.attempts, 10),
    "file": (exports.attempts, 10),
}
"""Each kind of input, and how many of a hundred are of it."""


@attrs.define
class Report:
    """What came of all of them."""

    seed: int
    inputs: Counter[str] = attrs.Factory(Counter)
    calls: Counter[str] = attrs.Factory(Counter)
    accepted: int = 0
    verified: int = 0
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    failures: list[dict[str, object]] = attrs.Factory(list)

    def lines(self) -> Iterator[str]:
        """The report for people."""
        told = ", ".join(f"{kind} {number:,}" for kind, number in sorted(self.inputs.items()))
        yield f"{self.inputs.total():,} hostile inputs (seed {self.seed}): {told}."
        codes = ", ".join(f"{number:,} with {code}" for code, number in sorted(self.calls.items()))
        yield (
            f"{self.calls.total():,} calls, ended {codes}; {self.accepted:,} changed a record, "
            f"{self.verified:,} of them verified."
        )
        yield f"Slowest: {self.slowest[0]:.2f} s ({self.slowest[1]})."
        yield f"Largest: {self.largest[0]} MB ({self.largest[1]})."
        yield f"{len(self.failures):,} failures."


def chosen(seed: int, count: int, kinds: tuple[str, ...], *, light: bool) -> Iterator[Attempt]:
    """So many inputs, each kind by its share."""
    shares = {name: KINDS[name][1] for name in kinds}
    for name in kinds:
        most = max(1, round(count * shares[name] / sum(shares.values())))
        # A kind does not depend on which others are asked for.
        made = KINDS[name][0](random.Random(f"{seed} {name}"))
        yield from itertools.islice((one for one in made if not (light and one.heavy)), most)


def attempted(attempt: Attempt, report: Report) -> None:
    """Makes one attempt in a folder of its own, and adds what came of it to the report."""
    above = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        work = above / "work"
        work.mkdir()
        (above / "outside").mkdir()
        (above / "outside" / "kept.txt").write_text("This stays as it is.\n")
        if not child.apart(lambda: attempt.put(work)):
            raise RuntimeError(f"{attempt.name} could not be made ready.")
        report.inputs[attempt.kind] += 1
        before = tree(above)
        for call in attempt.calls:
            before = _called(attempt, call, above, before, report)
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _called(
    attempt: Attempt, call: Call, above: Path, before: dict[str, str], report: Report
) -> dict[str, str]:
    ended = child.run(call, above / "work")
    after = tree(above)
    place = f"{attempt.kind}: {attempt.name}: {' '.join(call.said)[:80]}"
    report.calls[f"code {ended.code}"] += 1
    report.slowest = max(report.slowest, (ended.seconds, place))
    report.largest = max(report.largest, (ended.megabytes, place))
    found = faults(attempt, call, ended, before, after)
    store = f"work/{attempt.store}"
    if ended.code == 0 and before.get(store) != after.get(store) and store in after:
        report.accepted += 1
        if attempt.sound:
            report.verified += 1
            for one in _held(above / store):
                said = ("verify", "--store", attempt.store, "--negotiation", one)
                checked = child.run(Call(said), above / "work")
                if checked.code != 0:
                    found.append(f"left a record that is not whole: {checked.out + checked.err!r}")
    if found:
        told = (ended.err or ended.out)[-600:].decode(errors="backslashreplace")
        report.failures.append(
            {
                "kind": attempt.kind,
                "name": attempt.name,
                "call": repr(call.said)[:400],
                "faults": "; ".join(found),
                "said": told.encode("unicode_escape").decode(),
            }
        )
    return after


def _held(store: Path) -> list[str]:
    """The negotiations of a store."""
    with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as file:
        return [one for (one,) in file.execute("SELECT DISTINCT negotiation FROM commits")]


def main(said: list[str]) -> int:
    """Runs them; answers the exit code."""
    parser = argparse.ArgumentParser("python -m tests.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=2_500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS))
    parser.add_argument("--light", action="store_true", help="leave out what is large")
    parser.add_argument("--report", type=Path, help="a file for the failures, as JSON")
    asked = parser.parse_args(said)
    child.load()
    made = sample()  # before any child is made, which would make its own
    report = Report(asked.seed)
    began, told = time.monotonic(), 0
    for attempt in chosen(asked.seed, asked.count, tuple(asked.kind or KINDS), light=asked.light):
        attempted(attempt, report)
        for one in report.failures[told:]:
            sys.stdout.write("FAILED {kind}: {name}: {call}: {faults}\n    {said}\n".format(**one))
            sys.stdout.flush()
        told = len(report.failures)
    shutil.rmtree(made.parent)
    if asked.report is not None:
        asked.report.write_text(json.dumps(attrs.asdict(report), indent=1))
    sys.stdout.write("\n".join(report.lines()) + "\n")
    sys.stdout.write(f"It took {time.monotonic() - began:.0f} s.\n")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
