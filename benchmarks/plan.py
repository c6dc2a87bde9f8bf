"""What is asked of every system at one size, and what the answers must be.

It leaves out the asking. Positions are drawn from those after the tabling, so that a whole text is
there; they are the same for every system.
"""

import pickle
import random
from pathlib import Path

import attrs
import msgspec

from benchmarks.reference import (
    hash_of,
    hash_of_authors,
    hash_of_sides,
    life_spans,
    moments,
    sides,
)
from benchmarks.steps import History

WALK = 10


@attrs.frozen
class Plan:
    """The questions, and hashes of the right answers to some of them."""

    last: int
    ats: tuple[int, ...]
    walks: tuple[int, ...]
    clauses: tuple[tuple[str, int], ...]
    diffs: tuple[tuple[int, int], ...]
    current_clauses: tuple[str, ...]
    current: str
    authors: str
    right_texts: tuple[tuple[int, str], ...]
    # From a position to its neighbour, and the text there.
    right_steps: tuple[tuple[int, int, str], ...]
    right_clauses: tuple[tuple[str, int, str], ...]
    right_diffs: tuple[tuple[int, int, str], ...]
    # The whole text after each further step.
    right_appends: tuple[str, ...]


def make_plan(history: History, seed: int) -> Plan:
    """Draw the questions and replay the answers."""
    chance = random.Random(seed + 1)
    last = len(history.loaded)
    first = history.clauses
    stress = last > 100_000

    def positions(count: int, low: int = first, high: int = last) -> tuple[int, ...]:
        return tuple(chance.randint(low, high) for _ in range(count))

    spans = life_spans(history.loaded)
    keys = sorted(spans)

    def clauses(count: int) -> tuple[tuple[str, int], ...]:
        drawn = (chance.choice(keys) for _ in range(count))
        return tuple((key, chance.randint(*spans[key])) for key in drawn)

    # Many, so that the median tells of a record in use; what is cold shows in p99 and `first`.
    ats = positions(100 if stress else 2_000)
    walks = positions(20, low=min(first + 1, last), high=max(first + 1, last - WALK))
    asked_clauses = clauses(2_000)
    diffs = tuple((chance.randint(first, last), chance.randint(first, last)) for _ in range(60))
    checked_diffs = diffs[: 4 if stress else 10]
    checked_texts = (*ats[: 8 if stress else 30], last)
    checked_steps = [(start, start + way) for start in walks[:6] for way in (1, -1)]
    checked_clauses = asked_clauses[:40]

    ends = {end for pair in checked_diffs for end in pair}
    wanted = ends | set(checked_texts) | {to for _, to in checked_steps}
    wanted |= {position for _, position in checked_clauses}
    wanted |= set(range(last, len(history.steps) + 1))
    texts: dict[int, str] = {}
    wordings: dict[int, dict[str, str]] = {}
    single: dict[tuple[str, int], str] = {}
    authors = ""
    current: tuple[str, ...] = ()
    for position, moment in moments(history.steps, wanted):
        held = moment.texts()
        texts[position] = hash_of("\n".join(held.values()))
        single.update(
            {(key, at): hash_of(held[key]) for key, at in checked_clauses if at == position}
        )
        if position in ends:
            wordings[position] = held
        if position == last:
            authors = hash_of_authors(moment.clauses)
            current = tuple(held)
    return Plan(
        last=last,
        ats=ats,
        walks=walks,
        clauses=asked_clauses,
        diffs=diffs,
        current_clauses=tuple(chance.choice(current) for _ in range(500)),
        current=texts[last],
        authors=authors,
        right_texts=tuple((position, texts[position]) for position in checked_texts),
        right_steps=tuple((start, to, texts[to]) for start, to in checked_steps),
        right_clauses=tuple((key, at, single[key, at]) for key, at in checked_clauses),
        right_diffs=tuple(
            (before, after, hash_of_sides(sides(wordings[before], wordings[after])))
            for before, after in checked_diffs
        ),
        right_appends=tuple(texts[last + count] for count in range(1, len(history.further) + 1)),
    )


def keep(folder: Path, history: History, plan: Plan) -> None:
    """Put history and plan where the other processes find them."""
    (folder / "history.pickle").write_bytes(pickle.dumps(history))
    (folder / "plan.json").write_bytes(msgspec.json.encode(plan))


def kept_history(folder: Path) -> History:
    """The history put there."""
    history: History = pickle.loads((folder / "history.pickle").read_bytes())
    return history


def kept_plan(folder: Path) -> Plan:
    """The plan put there."""
    return msgspec.json.decode((folder / "plan.json").read_bytes(), type=Plan)
