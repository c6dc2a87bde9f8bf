"""What one process does with one system: load, open, answer, or append; and whether it is right.

It leaves out starting the processes (run.py). Loading, opening, answering and appending are apart
so that memory and caches of one do not help or burden the next.
"""

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks import floors
from benchmarks.plan import WALK, Plan, kept_history, kept_plan
from benchmarks.reference import hash_of, hash_of_authors, hash_of_sides
from benchmarks.steps import Step
from benchmarks.system import System, two_sides
from benchmarks.timing import Timing, clock, summed_up, timed

# A slow system is sampled at more places with fewer steps at each.
_LONGEST_WALK = 0.5

# Checking is not timed, but a slow system must not hold up the run with it.
_CHECKING = 2.0


@attrs.frozen
class Built:
    """A bulk load."""

    events: int
    prepare_seconds: float
    build_seconds: float
    finish_seconds: float
    disk_bytes: int


@attrs.frozen
class Opened:
    """A cold start to the current text, libraries loaded."""

    milliseconds: float
    mismatches: tuple[str, ...]


@attrs.frozen
class Asked:
    """Answers to the questions of the plan."""

    timings: dict[str, Timing]
    first_milliseconds: float
    peak_bytes: int
    checked: int
    mismatches: tuple[str, ...]


@attrs.frozen
class Appended:
    """Further acts, one by one; and the bare sync measured before and after them."""

    append: Timing
    sync: Timing
    mismatches: tuple[str, ...]


def build(system: type[System], folder: Path, store: Path) -> Built:
    """Load the history."""
    history = kept_history(folder)
    system.load_libraries()
    began = clock()
    prepared = system(store).prepare(history)
    ready = clock()
    builder = system(store)
    builder.build(prepared)
    building = _micros(builder, ready) / 1e6
    loaded = clock()
    system(store).finish_build()
    done = clock()
    return Built(
        events=len(history.loaded),
        prepare_seconds=(ready - began) / 1e9,
        build_seconds=building,
        finish_seconds=(done - loaded) / 1e9,
        disk_bytes=sum(file.stat().st_size for file in store.rglob("*") if file.is_file()),
    )


def open_cold(system: type[System], folder: Path, store: Path) -> Opened:
    """Open the store and give the current text, once."""
    right = kept_plan(folder).current
    system.load_libraries()
    began = clock()
    opened = system(store)
    text = opened.open()
    milliseconds = _micros(opened, began) / 1e3
    opened.close()
    wrong = hash_of(opened.plain(text)) != right
    return Opened(milliseconds, ("open: the current text is another.",) if wrong else ())


def ask(system: type[System], folder: Path, store: Path, budget: float) -> Asked:
    """Check answers against the reference, then time them."""
    plan = kept_plan(folder)
    system.load_libraries()
    asked = system(store)
    asked.open()
    asked.ready()
    began = clock()
    asked.at(plan.ats[0])
    first = _micros(asked, began) / 1e3
    checked, mismatches = _check(asked, plan, budget * _CHECKING)
    timings = _time(asked, plan, budget)
    peak = _peak_memory() + asked.memory_elsewhere()
    # Telling people everything at once is no part of keeping the record in memory.
    timings |= _time_telling(asked, plan, budget)
    asked.close()
    return Asked(timings, first, peak, checked, tuple(mismatches))


def append(system: type[System], folder: Path, store: Path, budget: float) -> Appended:
    """Append further steps one by one, then open again and look whether they are there."""
    history, plan = kept_history(folder), kept_plan(folder)
    system.load_libraries()
    asked = system(store)
    asked.open()
    asked.ready()
    asked.ready_to_append(history.loaded)
    bare = folder / "beside.log"
    before = floors.syncing(bare, 100)
    appended = _append_each(asked, history.further, budget)
    asked.close()
    after = floors.syncing(bare, 100)
    again = system(store)
    text = hash_of(again.plain(again.open()))
    again.close()
    right = plan.right_appends[appended.samples - 1]
    mismatches = () if text == right else (f"append: {appended.samples} acts are not all there.",)
    slower = max(before, after, key=lambda timing: timing.p50)
    faster = min(before, after, key=lambda timing: timing.p50)
    return Appended(appended, attrs.evolve(faster, p50=(slower.p50 + faster.p50) / 2), mismatches)


def _append_each(asked: System, steps: Sequence[Step], budget: float) -> Timing:
    """Append until the steps or the budget run out; the exact count tells what must be there."""
    stop = clock() + int(budget * 1e9)
    spent: list[float] = []
    for step in steps:
        if clock() > stop and spent:
            break
        wanted = asked.phrase(step)
        began = clock()
        asked.append(wanted)
        spent.append(_micros(asked, began))
    return summed_up(spent)


def _check(asked: System, plan: Plan, budget: float) -> tuple[int, list[str]]:
    """Put questions with known answers, the kinds in turn, until they or the budget run out."""
    stop = clock() + int(budget * 1e9)
    kinds = [_known_texts(asked, plan), _known_steps(asked, plan)]
    if "clause" not in asked.lacks:
        kinds.append(_known_clauses(asked, plan))
    if "diff" not in asked.lacks:
        kinds.append(_known_diffs(asked, plan))
    checked = 0
    mismatches = []
    if "blame" not in asked.lacks and asked.blames_words:
        checked = 1
        if hash_of_authors(asked.authors(asked.blame())) != plan.authors:
            mismatches.append("blame: the authors of the current words are others.")
    while kinds and (clock() < stop or checked < len(kinds) + 1):
        for kind in list(kinds):
            answer = next(kind, None)
            if answer is None:
                kinds.remove(kind)
                continue
            question, found, right = answer
            checked += 1
            if found != right:
                mismatches.append(question)
    return checked, mismatches


_Questions = dict[str, tuple[Callable[..., Any], Any]]
_Answer = tuple[str, str, str]


def _known_texts(asked: System, plan: Plan) -> Iterator[_Answer]:
    for position, right in plan.right_texts:
        yield f"at {position}: another text.", hash_of(asked.plain(asked.at(position))), right


def _known_steps(asked: System, plan: Plan) -> Iterator[_Answer]:
    for start, to, right in plan.right_steps:
        asked.take(start)
        found = hash_of(asked.plain(asked.step(to)))
        yield f"step from {start} to {to}: another text.", found, right


def _known_clauses(asked: System, plan: Plan) -> Iterator[_Answer]:
    for key, position, right in plan.right_clauses:
        found = hash_of(asked.clause(key, position))
        yield f"clause {key} at {position}: other words.", found, right


def _known_diffs(asked: System, plan: Plan) -> Iterator[_Answer]:
    for before, after, right in plan.right_diffs:
        found = two_sides(asked.difference(asked.diff(before, after)))
        yield f"diff {before} {after}: another difference.", hash_of_sides(found), right


def _time(asked: System, plan: Plan, budget: float) -> dict[str, Timing]:
    timings = {
        "at": timed(asked.at, ((position,) for position in plan.ats), budget, _told(asked)),
        "step": _walk(asked, plan, budget),
    }
    further: _Questions = {
        "clause": (asked.clause, plan.clauses),
        "changed": (asked.changed, [(position,) for position in plan.ats]),
        "blame": (asked.blame, [()] * 40),
        "blame_clause": (asked.blame_clause, [(key,) for key in plan.current_clauses]),
        "diff": (asked.diff, plan.diffs),
    }
    return timings | _time_offered(asked, further, budget)


def _time_telling(asked: System, plan: Plan, budget: float) -> dict[str, Timing]:
    questions: _Questions = {
        "who": (asked.who, [()] * 20),
        "who_clause": (asked.who_clause, [(key,) for key in plan.current_clauses]),
    }
    return _time_offered(asked, questions, budget)


def _time_offered(asked: System, questions: "_Questions", budget: float) -> dict[str, Timing]:
    return {
        query: timed(call, arguments, budget, None if query == "diff" else _told(asked))
        for query, (call, arguments) in questions.items()
        if query not in asked.lacks
    }


def _walk(asked: System, plan: Plan, budget: float) -> Timing:
    """Steps forth and back from several places, with the whole text in hand."""
    stop = clock() + int(budget * 1e9)
    spent: list[float] = []
    for start in plan.walks:
        asked.take(start)
        leave = clock() + int(_LONGEST_WALK * 1e9)
        forth = range(start + 1, min(start + WALK, plan.last) + 1)
        for position in (*forth, *range(start + len(forth) - 1, start - 1, -1)):
            if clock() > stop and spent:
                return summed_up(spent)
            began = clock()
            asked.step(position)
            spent.append(_micros(asked, began))
            if clock() > leave:
                break
    return summed_up(spent)


def _micros(asked: System, began: int) -> float:
    """What the call that began then took, by the clock of whoever answered."""
    return asked.spent if asked.own_clock else (clock() - began) / 1_000


def _told(asked: System) -> Callable[[], float] | None:
    return (lambda: asked.spent) if asked.own_clock else None


def _peak_memory() -> int:
    """The most memory that this process held, the interpreter and the plan included."""
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
