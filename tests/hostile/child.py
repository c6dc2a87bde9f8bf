"""Runs the real program in a child process, and tells how it ended, what it said and what it took.

The child is a fork of a process that has loaded everything, so that thousands of calls are made in
minutes; what it may take is bounded by the system, and what it took is the system's account.
"""

import gc
import io
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from tests.hostile.attempt import Call

MEMORY = 2_000_000_000
"""Of addresses, so that a mistake does not take the machine along; the promise is less."""
PATIENCE = 30.0
"""Seconds on the wall until a call counts as hanging: the machine may be busy with others."""
_MOST_SAID = 4_000_000
_BEFORE_PRINTED = "NO_COLOR NEGOTIATION_STORE NEGOTIATION_TYPIST NEGOTIATION_TRACEBACK".split()


@attrs.frozen
class Ended:
    """How a call ended."""

    code: int
    """The exit code; below zero for the signal that killed it."""
    out: bytes
    err: bytes
    seconds: float
    """Of the processor, in the child."""
    waited: float
    """On the wall."""
    megabytes: int
    """The most memory that it held at once."""


def load() -> None:
    """Loads all that any call may need, once."""
    import importlib
    import pkgutil

    import negotiation
    from negotiation.cli.program import COMMANDS, main

    for one in pkgutil.walk_packages(negotiation.__path__, "negotiation."):
        if "postgres" not in one.name and "server" not in one.name:
            importlib.import_module(one.name)
    with main.make_context("negotiation", [], resilient_parsing=True) as context:
        for name in COMMANDS:
            main.get_command(context, name)
    gc.collect()
    gc.freeze()


def apart(work: Callable[[], object]) -> bool:
    """Does some work in a child, so that its memory is not ours; answers whether it was done."""
    number = os.fork()
    if number == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitpid(number, 0)[1] == 0


def run(call: Call, folder: Path, patience: float = PATIENCE) -> Ended:
    """Makes a call in a folder."""
    if call.terminal:
        out, out_end = os.openpty()
        err, err_end = os.openpty()
    else:
        out, out_end = os.pipe()
        err, err_end = os.pipe()
    began = time.monotonic()
    number = os.fork()
    if number == 0:
        os.close(out)
        os.close(err)
        _become(call, folder, out_end, err_end)
    os.close(out_end)
    os.close(err_end)
    said = _read(number, {out: b"", err: b""}, began + patience, began + (call.stop_after or 1e9))
    _, status, used = os.wait4(number, 0)
    return Ended(
        os.waitstatus_to_exitcode(status),
        said[out],
        said[err],
        used.ru_utime + used.ru_stime,
        time.monotonic() - began,
        used.ru_maxrss // 1024,
    )


def _read(number: int, said: dict[int, bytes], kill_at: float, stop_at: float) -> dict[int, bytes]:
    """What the child says until it has ended, or is ended."""
    open_ = set(said)
    while open_:
        now = time.monotonic()
        if now >= stop_at:
            os.kill(number, signal.SIGINT)
            stop_at = now + 1e9
        if now >= kill_at:
            os.kill(number, signal.SIGKILL)
            kill_at = now + 1e9
        ready, _, _ = select.select(sorted(open_), [], [], max(0, min(kill_at, stop_at) - now))
        for one in ready:
            try:
                found = os.read(one, 65536)
            except OSError:
                # A terminal whose other end was closed.
                found = b""
            if not found:
                open_.discard(one)
                os.close(one)
            elif len(said[one]) < _MOST_SAID:
                said[one] += found
    return said


def _become(call: Call, folder: Path, out: int, err: int) -> None:
    code = 99
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for name in _BEFORE_PRINTED:
            os.environ.pop(name, None)
        os.environ["NEGOTIATION_SETTINGS"] = str(folder / "settings")
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(number, mode, closefd=False), encoding="utf-8")
            for number, mode in ((0, "rb"), (1, "wb"), (2, "wb"))
        )
        from negotiation.cli import main

        try:
            main(list(call.said), "negotiation")
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 98
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        os._exit(code)
