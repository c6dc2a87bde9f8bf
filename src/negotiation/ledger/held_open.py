"""Which files this process has open as stores, so that it opens them by no other means as well.

The system forgets every lock that a process has on a file when the process closes that file,
however it was opened. A store whose first bytes are read beside its connections loses the sign that
says it is in use: the next process that closes it believes to be the last one, takes away the log
beside it, and what is written into that log afterwards is gone, acknowledged or not.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

Number = tuple[int, int]

looking = threading.RLock()
"""Held from the look at a file until it counts as held open: nobody else looks meanwhile."""
_open: Counter[Number] = Counter()


def is_held_open(path: Path) -> bool:
    """Whether this process has connections to the file under this name."""
    with looking:
        return _open[number_of(path)] > 0 if _open else False


def hold_open(path: Path) -> Callable[[], None]:
    """Counts the file as held open; what it answers ends that, once."""
    number = number_of(path)
    with looking:
        _open[number] += 1
    held = [number]

    def let_go() -> None:
        with looking:
            if held:
                one = held.pop()
                _open[one] -= 1
                # Another file may be given the number one day.
                if not _open[one]:
                    del _open[one]

    return let_go


def number_of(path: Path) -> Number:
    """The number of a file on its disk, whatever it is called; 0 where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
