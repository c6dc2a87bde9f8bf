"""How long calls take: a median over many samples, within a budget of seconds.

It leaves out what is called. Calls faster than the clock can tell are timed in batches of different
arguments, so that no answer is simply the last one again.
"""

import itertools
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

_BATCH = 20
_FAST_US = 20.0
_TRIALS = 5

clock = time.perf_counter_ns


@attrs.frozen
class Timing:
    """Microseconds a call: the median, the slowest one in a hundred, the slowest; and how many."""

    p50: float
    p99: float
    worst: float
    samples: int


def timed(
    call: Callable[..., Any],
    arguments: Iterable[tuple[Any, ...]],
    budget: float,
    told: Callable[[], float] | None = None,
) -> Timing:
    """Call with each of the arguments until they or the budget run out.

    Where the one who answers has a clock of its own, ``told`` gives its microseconds of each call.
    """
    rest = iter(arguments)
    stop = clock() + int(budget * 1e9)
    spent = [_one(call, given, told) for given in itertools.islice(rest, _TRIALS)]
    if spent and statistics.median(spent) < _FAST_US and told is None:
        return _batched(call, rest, stop)
    for given in rest:
        if clock() > stop:
            break
        spent.append(_one(call, given, told))
    return summed_up(spent)


def summed_up(microseconds: list[float]) -> Timing:
    """The timing of single samples."""
    ordered = sorted(microseconds)
    return Timing(
        p50=statistics.median(ordered),
        p99=ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)],
        worst=ordered[-1],
        samples=len(ordered),
    )


def _one(
    call: Callable[..., Any], given: tuple[Any, ...], told: Callable[[], float] | None
) -> float:
    began = clock()
    call(*given)
    return (clock() - began) / 1_000 if told is None else told()


def _batched(call: Callable[..., Any], rest: Iterator[tuple[Any, ...]], stop: int) -> Timing:
    spent = []
    while (batch := list(itertools.islice(rest, _BATCH))) and clock() < stop:
        began = clock()
        for given in batch:
            call(*given)
        spent.append((clock() - began) / 1_000 / len(batch))
    timing = summed_up(spent)
    return attrs.evolve(timing, samples=timing.samples * _BATCH)
