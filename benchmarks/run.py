"""Runs one size: the history, its plan, then every system, each phase in a fresh process.

It leaves out printing (report.py).
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import attrs
import msgspec

from benchmarks.floors import Floors
from benchmarks.generator import generate
from benchmarks.phases import Appended, Asked, Built, Opened
from benchmarks.plan import keep, make_plan
from benchmarks.start import Start
from benchmarks.steps import Size

_Outcome = TypeVar("_Outcome")
_OPENINGS = 5
_HERE = Path(__file__).parent.parent


@attrs.frozen
class Present:
    """Whether a system can run here."""

    missing: str | None
    note: str = ""


@attrs.frozen
class Row:
    """All that was found out about one system at one size."""

    name: str
    note: str
    built: Built
    open_milliseconds: float
    asked: Asked
    appended: Appended
    mismatches: tuple[str, ...]


@attrs.frozen
class Absent:
    """A system that did not run, and why; `failed` when it should have."""

    name: str
    reason: str
    failed: bool


@attrs.frozen
class Measured:
    """One size, all systems side by side."""

    size: Size
    seed: int
    floors: Floors
    rows: tuple[Row, ...]
    absent: tuple[Absent, ...]

    @property
    def sound(self) -> bool:
        """Whether every system that ran gave the right texts."""
        return not any(row.mismatches for row in self.rows) and not any(
            absent.failed for absent in self.absent
        )


class PhaseFailed(Exception):
    """A process ended badly."""


class TooLong(Exception):
    """A process did not end in time."""


def run_size(
    size: Size,
    names: Sequence[str],
    seed: int,
    budget: float,
    place: Path | None,
    say: Callable[[str], None],
    time_box: float | None = None,
) -> Measured:
    """Measure the systems at one size; stores are put under `place` and taken away again.

    A system of which one phase takes longer than `time_box` seconds did not finish, and is said so.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=place) as name:
        folder = Path(name)
        say(f"size {size.name}: making the history and the reference")
        history = generate(size, seed)
        keep(folder, history, make_plan(history, seed))
        del history
        floors = _phase("floors", "-", folder, budget, Floors)
        rows: list[Row] = []
        absent: list[Absent] = []
        for system in names:
            say(f"size {size.name}: {system}")
            try:
                present = _phase("present", system, folder, budget, Present)
                if present.missing is not None:
                    absent.append(Absent(system, present.missing, failed=False))
                    continue
                rows.append(_row(system, present.note, folder, budget, time_box))
            except TooLong as reason:
                absent.append(Absent(system, str(reason), failed=False))
            except PhaseFailed as failure:
                absent.append(Absent(system, str(failure), failed=True))
            shutil.rmtree(folder / system, ignore_errors=True)
        return Measured(size, seed, floors, tuple(rows), tuple(absent))


def run_start(place: Path | None) -> Start:
    """Time the whole command on the sample."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=place) as name:
        return _phase("start", "-", Path(name), 0.0, Start)


def _row(system: str, note: str, folder: Path, budget: float, box: float | None) -> Row:
    built = _phase("build", system, folder, budget, Built, box)
    opened = [_phase("open", system, folder, budget, Opened, box) for _ in range(_OPENINGS)]
    asked = _phase("ask", system, folder, budget, Asked, box)
    appended = _phase("append", system, folder, budget, Appended, box)
    return Row(
        name=system,
        note=note,
        built=built,
        open_milliseconds=statistics.median(one.milliseconds for one in opened),
        asked=asked,
        appended=appended,
        mismatches=(*opened[0].mismatches, *asked.mismatches, *appended.mismatches),
    )


def _phase(
    phase: str,
    system: str,
    folder: Path,
    budget: float,
    outcome: type[_Outcome],
    time_box: float | None = None,
) -> _Outcome:
    store = folder / system
    store.mkdir(exist_ok=True)
    result = folder / "outcome.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.child", phase, system, str(folder), str(store)]
    try:
        process = subprocess.run(
            [*command, str(budget), str(result)],
            cwd=_HERE,
            capture_output=True,
            text=True,
            check=False,
            timeout=time_box,
        )
    except subprocess.TimeoutExpired:
        raise TooLong(f"{phase} did not finish within {time_box:,.0f} s.") from None
    if process.returncode or not result.exists():
        last = (process.stderr.strip().splitlines() or ["no message"])[-1]
        raise PhaseFailed(f"{phase} failed: {last}")
    return msgspec.json.decode(result.read_bytes(), type=outcome)
