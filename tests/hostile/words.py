"""The hostile Word and Akoma Ntoso files of the papers, each through the whole program."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.hostile.attempt import Attempt, call
from tests.papers import hostile
from tests.papers.hostile_case import Case


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """Each of them once, received as a draft or as a later revision."""
    cases = list(hostile.cases())
    chance.shuffle(cases)
    for case in cases:
        file, later = f"strange{case.ending}", chance.random() < 0.3 and not case.heavy
        said = ("receive", file, "--as", "R2", "--yes") if later else ("import", file)
        yield Attempt(
            "word",
            f"{case.name}, {said[0]}",
            partial(_put, case, later),
            (call(*said, "--store", "talks.db"),),
            heavy=case.heavy,
        )


def _put(case: Case, later: bool, folder: Path) -> None:
    from tests.hostile.sample import copy_sample

    case.put(folder)
    if later:
        copy_sample(folder / "talks.db")
