"""Hostile inputs through the real program, drawn the same way every time.

Thousands, with those that are large, are ``python -m tests.hostile``.
"""

import os
import subprocess
import sys

import pytest

from tests.hostile.attempt import Attempt, call
from tests.hostile.child import Ended
from tests.hostile.judge import faults

COUNT = {"quick": 20, "default": 40, "long": 2_500}


def test_nothing_harms_the_program_or_the_record():
    """No traceback, no hang, bounded memory, one sentence, the record as it was or whole."""
    count = COUNT[os.environ.get("NEGOTIATION_TEST_PROFILE", "default")]
    said = ["--count", str(count), "--seed", "1", "--light"]
    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile", *said], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 failures" in run.stdout


GOOD = Ended(1, b"", b"There is no such thing.\n", 0.1, 0.1, 60)


@pytest.mark.parametrize(
    ("ended", "after", "found"),
    [
        (GOOD, {}, []),
        (Ended(-9, b"", b"", 1.0, 30.0, 60), {}, ["was killed by signal 9"]),
        (Ended(0, b"", b"", 6.0, 7.0, 60), {}, ["took 6.0 s"]),
        (Ended(0, b"", b"", 1.0, 1.0, 600), {}, ["took 600 MB"]),
        (Ended(0, b"a\x1b[2Jb", b"", 1.0, 1.0, 60), {}, ["sent U+001B in its output"]),
        (Ended(0, b"a\xc2\x9bb", b"", 1.0, 1.0, 60), {}, ["sent U+009B in its output"]),
        (Ended(0, b"\xff", b"", 1.0, 1.0, 60), {}, ["sent bytes that are no UTF-8 in its output"]),
        (Ended(1, b"", b"so", 1.0, 1.0, 60), {}, ["did not end with a sentence"]),
        (GOOD, {"work/talks.db": "other"}, ["changed the record"]),
        (GOOD, {"outside/kept.txt": "other"}, ["changed outside/kept.txt"]),
        (GOOD, {"outside/kept.txt": None}, ["took away outside/kept.txt"]),
        (GOOD, {"work/odd.md": "new"}, ["made work/odd.md"]),
        (GOOD, {"work/out.md": "new"}, []),
    ],
)
def test_the_judge_sees_each_kind_of_harm(ended, after, found):
    """A watch that sees nothing would find every input harmless."""
    attempt = Attempt("page", "one", lambda folder: None, ())
    before = {"work/talks.db": "hash", "outside/kept.txt": "hash"}
    now = {name: held for name, held in {**before, **after}.items() if held is not None}
    assert faults(attempt, call("open", writes=("out.md",)), ended, before, now) == found


def test_a_direction_is_harm_on_a_terminal_only():
    """In a file it is a letter of the text."""
    attempt = Attempt("page", "one", lambda folder: None, ())
    ended = Ended(0, "a\u202eb".encode(), b"", 0.1, 0.1, 60)
    assert faults(attempt, call("text"), ended, {}, {}) == []
    on_terminal = faults(attempt, call("text", terminal=True), ended, {}, {})
    assert on_terminal == ["sent a sign of direction in its output"]
