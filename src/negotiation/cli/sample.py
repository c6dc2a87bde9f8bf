"""The sample negotiation: the script in fixtures/sessions, held up to this morning.

``python -m negotiation.cli.sample TEXTS STORE TIME`` makes it as if it were TIME, for pictures.
What was said is the same each time, the days are those before today.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import sys
from pathlib import Path

from negotiation.cli.session import ToldClock, hold, lines_of
from negotiation.desk import Desk

PAGE = "tide-dl7-rev1.md"
SCRIPT = "tide.txt"


def make_sample(store: str | None, texts: Path, now: dt.datetime) -> Desk:
    """The sample in a new store, held up to ``now``; the desk is the caller's to close."""
    clock = ToldClock(now, now)
    numbers = itertools.count(1)
    desk = Desk.begin(store, clock=clock, ids=lambda: _id(next(numbers)))
    script = (texts.parent / "sessions" / SCRIPT).read_text(encoding="utf-8")
    hold(desk, clock, lines_of(script), texts)
    clock.at = now
    return desk


def _id(number: int) -> str:
    """The same ten letters for the same number, every time."""
    return hashlib.sha256(f"sample {number}".encode()).hexdigest()[:10]


if __name__ == "__main__":
    texts, where, told = sys.argv[1:]
    make_sample(where, Path(texts), dt.datetime.fromisoformat(told)).close()
