"""How fast the chair's screen answers a key, as a person sees it: the whole program in a terminal.

A key goes into a pseudo-terminal, and the clock stops at the last byte of the repaint. It leaves
out what a terminal then does with the bytes. `python -m benchmarks.screen` runs only this.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from benchmarks.generator import generate
from benchmarks.ours import Ours
from benchmarks.steps import SIZES

_QUIET = 0.06
"""Seconds without a byte after which a repaint is over."""
_DIALOG = 0.2
"""The same where a dialog opens or closes, which takes two goes."""
_STILL = 0.5
"""The same for the start of a program, which draws in several goes."""
_PATIENCE = 20.0
_ONE_FRAME = 1_000
"""Bytes that a program may send before its first frame, to ask and to set the terminal up."""
_LIVE = b"LIVE"
"""In the header once the record is open."""
OURS, STATICS = "our screen", "a Static a clause"
ACT = "act, durable"


@attrs.frozen
class KeyTime:
    """One key: milliseconds to the end of the repaint, milliseconds of processor, bytes sent."""

    p50: float
    p95: float
    cpu: float
    sent: float
    samples: int


@attrs.frozen
class Shown:
    """One program in one terminal: milliseconds to its first frame and until it is still."""

    name: str
    columns: int
    rows: int
    first_paint: float
    ready: float
    megabytes: float
    keys: dict[str, KeyTime]


@attrs.frozen
class Screens:
    """All that was shown, and why something was not."""

    shown: tuple[Shown, ...]
    absent: tuple[str, ...] = ()


@attrs.frozen
class _Round:
    """Keys to press one after another, each of them timed under one name."""

    name: str
    keys: tuple[str, ...]
    before: tuple[str, ...] = ()
    """Keys that come first and are not timed."""
    quiet: float = _QUIET


def _walk(many: int) -> tuple[_Round, ...]:
    """What every program can do: clauses, and time there and back."""
    return (
        _Round("clause j", ("j",) * many),
        _Round("clause k", ("k",) * many),
        _Round("back ,", (",",) * many),
        _Round("on .", (".",) * (many - 1)),
        _Round("back , again", (",",) * (many - 1)),
    )


def _ours(many: int) -> tuple[_Round, ...]:
    """What only the chair's screen does: points, tens, acts that are durable before they show."""
    few = max(many // 4, 3)
    acts = tuple(
        one
        for _ in range(few)
        for one in (
            _Round("stage b", ("b",), ("n",), _DIALOG),
            _Round(ACT, ("\x13",), quiet=_DIALOG),
        )
    )
    return (
        _Round("point n", ("n",) * many),
        *_walk(many),
        _Round("ten back <", ("<",) * many),
        _Round("word →", ("\x1b[C",) * few, ("\x1b", "g")),
        *acts,
    )


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, command: Sequence[str], columns: int, rows: int) -> None:
        self.began = time.perf_counter()
        self.pid, self._end = pty.fork()
        if self.pid == 0:  # pragma: no cover
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
            for name in ("NO_COLOR", "TMUX"):
                os.environ.pop(name, None)
            os.execvp(command[0], list(command))
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, size)
        self.drawn_by = self.pid
        """The process that draws; another one when something stands between."""

    def type(self, key: str) -> None:
        """Press a key."""
        os.write(self._end, key.encode())

    def read(self, quiet: float) -> Iterator[tuple[float, bytes]]:
        """What comes until there is quiet, each with its time; waits for the first byte longer."""
        wait = max(quiet, 1.0)
        stop = time.perf_counter() + _PATIENCE
        while time.perf_counter() < stop:
            ready, _, _ = select.select([self._end], [], [], wait)
            if not ready:
                return
            try:
                sent = os.read(self._end, 1 << 16)
            except OSError:
                return
            if not sent:
                return
            yield time.perf_counter(), sent
            wait = quiet

    def cpu(self) -> float:
        """Milliseconds of processor that the process has had, all its threads together."""
        spent = 0
        for thread in Path(f"/proc/{self.drawn_by}/task").iterdir():
            spent += int((thread / "schedstat").read_text().split()[0])
        return spent / 1e6

    def megabytes(self) -> float:
        """The memory that the process holds now."""
        for line in Path(f"/proc/{self.drawn_by}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        return 0.0

    def close(self) -> None:
        """End the program."""
        for process in {self.drawn_by, self.pid}:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.close(self._end)
        os.waitpid(self.pid, 0)


def show(
    name: str,
    command: Sequence[str],
    columns: int,
    rows: int,
    rounds: Sequence[_Round],
    drawn_by: Callable[[], int] | None = None,
    ready_shows: bytes = b"",
) -> Shown:
    """Start a program, press the keys, end it; it is ready when it is still and shows this."""
    terminal = Terminal(command, columns, rows)
    try:
        first, ready, sent, shows = 0.0, 0.0, 0, not ready_shows
        while not (shows and sent >= _ONE_FRAME):
            if time.perf_counter() > terminal.began + _PATIENCE:
                break
            for at, part in terminal.read(_STILL):
                sent += len(part)
                shows = shows or ready_shows in part
                first = first or (at if sent >= _ONE_FRAME else 0.0)
                ready = at
        if drawn_by is not None:
            terminal.drawn_by = drawn_by()
        memory = terminal.megabytes()
        found: dict[str, list[tuple[float, float, int]]] = {}
        for one in rounds:
            for key in one.before:
                _press(terminal, key, one.quiet)
            found.setdefault(one.name, []).extend(
                spent for key in one.keys if (spent := _press(terminal, key, one.quiet)) is not None
            )
        memory = max(memory, terminal.megabytes())
        keys = {name: _summed_up(spent) for name, spent in found.items() if spent}
        started = 1_000 * (first - terminal.began), 1_000 * (ready - terminal.began)
        return Shown(name, columns, rows, *started, memory, keys)
    finally:
        terminal.close()


def _press(terminal: Terminal, key: str, quiet: float) -> tuple[float, float, int] | None:
    """Milliseconds, milliseconds of processor and bytes of one repaint; `None` without any."""
    before = terminal.cpu()
    began = time.perf_counter()
    terminal.type(key)
    last, sent = began, 0
    for at, part in terminal.read(quiet):
        last, sent = at, sent + len(part)
    if not sent:
        return None
    return 1_000 * (last - began), terminal.cpu() - before, sent


def _summed_up(spent: list[tuple[float, float, int]]) -> KeyTime:
    waited = sorted(one for one, _, _ in spent)
    return KeyTime(
        p50=statistics.median(waited),
        p95=waited[min(len(waited) - 1, len(waited) * 95 // 100)],
        cpu=statistics.fmean(one for _, one, _ in spent),
        sent=statistics.fmean(one for _, _, one in spent),
        samples=len(spent),
    )


def measure_screens(
    folder: Path, sizes: Sequence[tuple[int, int]] = ((120, 40),), many: int = 40, size: str = "M"
) -> Screens:
    """The chair's screen in terminals of these sizes; in the first one also a peer, and tmux."""
    program = Path(sys.executable).with_name("negotiation")
    if not program.exists():
        return Screens((), ("The program is not installed beside this Python.",))
    if not Path("/proc/self/task").exists():
        return Screens((), ("There is no /proc here to read the time of a process from.",))
    record = folder / "screen"
    record.mkdir(exist_ok=True)
    ours = Ours(record)
    ours.build(ours.prepare(generate(SIZES[size], 1)))
    kept = record / "record.db"
    copies = iter(range(100))

    def command() -> list[str]:
        """The screen on a copy of its own, since acts are made on it."""
        copy = folder / f"copy-{next(copies)}"
        shutil.copytree(record, copy)
        return [str(program), "--store", str(copy / kept.name), "chair"]

    shown = [
        show(OURS, command(), columns, rows, _ours(many), ready_shows=_LIVE)
        for columns, rows in sizes
    ]
    columns, rows = sizes[0]
    peer = [sys.executable, "-m", "benchmarks.screen_peer", str(kept)]
    shown.append(show(STATICS, peer, columns, rows, _walk(max(many // 4, 3))))
    absent: list[str] = []
    if shutil.which("tmux"):
        with _tmux(command(), columns, rows) as (outer, drawn_by):
            shown.append(
                show("our screen in tmux", outer, columns, rows, _ours(many), drawn_by, _LIVE)
            )
    else:
        absent.append("tmux is not installed here.")
    return Screens(tuple(shown), tuple(absent))


@contextmanager
def _tmux(
    command: Sequence[str], columns: int, rows: int
) -> Iterator[tuple[list[str], Callable[[], int]]]:
    """The command inside a tmux of its own, and how to find out which process draws in it."""
    tmux = ["tmux", "-L", f"benchmark-{os.getpid()}", "-f", os.devnull]
    size = ["-x", str(columns), "-y", str(rows)]

    def drawn_by() -> int:
        asked = [*tmux, "list-panes", "-F", "#{pane_pid}"]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        return int(told.stdout.split()[0])

    try:
        yield [*tmux, "new-session", *size, *command, ";", "set", "status", "off"], drawn_by
    finally:
        subprocess.run([*tmux, "kill-server"], capture_output=True, check=False)


def table(screens: Screens) -> str:
    """What was shown, the programs side by side; in brackets how many times worse than ours."""
    lines = [
        "Screen: milliseconds from a key to the last byte of its repaint, p50 / p95 (processor)"
    ]
    ours = next((one for one in screens.shown if one.name == OURS), None)
    for one in screens.shown:
        lines += [
            "",
            f"{one.name}, {one.columns}×{one.rows}: first paint {one.first_paint:.0f} ms, "
            f"ready {one.ready:.0f} ms, {one.megabytes:.0f} MB",
        ]
        for key, spent in one.keys.items():
            base = ours.keys.get(key) if ours is not None and one is not ours else None
            times = f"  (×{spent.p50 / base.p50:.1f})" if base is not None else ""
            lines.append(
                f"  {key:<13} {spent.p50:>6.1f} / {spent.p95:>6.1f}  ({spent.cpu:>5.1f})  "
                f"{spent.sent:>7,.0f} bytes  {spent.samples:>3} keys{times}"
            )
    lines += [f"left out: {reason}" for reason in screens.absent]
    return "\n".join(lines)


def _size(said: str) -> tuple[int, int]:
    columns, _, rows = said.partition("x")
    return int(columns), int(rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screen", description=__doc__)
    parser.add_argument(
        "--at", default="120x40", help="sizes of terminals, by commas: 80x24,120x40,200x50"
    )
    parser.add_argument("--size", default="M", choices=list(SIZES), help="size of the record")
    parser.add_argument("--keys", type=int, default=40, help="how often to press each key")
    given = parser.parse_args()
    sizes = [_size(one) for one in given.at.split(",")]
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        print(table(measure_screens(Path(name), sizes, given.keys, given.size)))


if __name__ == "__main__":
    main()
