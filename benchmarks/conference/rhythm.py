"""When the rooms act: a day of eight hours with its rhythm, out of a seed.

Times are nanoseconds after the start. The quiet and busy parts of the day are compressed; the peak
is not: in it each room acts once a second, as it would. It leaves out what is done.
"""

import random

import attrs


@attrs.frozen
class Part:
    """A part of the day: its share of the compressed time, and how busy beside the peak."""

    name: str
    share: float
    busy: float


DAY = (
    Part("morning", 0.20, 0.25),
    Part("before lunch", 0.14, 0.75),
    Part("lunch", 0.08, 0.02),
    Part("afternoon", 0.20, 0.4),
    Part("dinner", 0.12, 0.0),
    Part("night", 0.26, 0.6),
)
PEAK = "peak"
_PEAK_COMES_BEFORE = "dinner"


@attrs.frozen
class Phase:
    """A part of the day as it is run: from when to when, and acts a second in each room."""

    name: str
    begins: float
    ends: float
    rate: float


def phases(seconds: float, peak: float, rate: float) -> tuple[Phase, ...]:
    """The day in so many seconds, with a peak of so many more in real time before dinner."""
    found: list[Phase] = []
    at = 0.0
    for part in DAY:
        if part.name == _PEAK_COMES_BEFORE and peak:
            found.append(Phase(PEAK, at, at + peak, rate))
            at += peak
        found.append(Phase(part.name, at, at + part.share * seconds, rate * part.busy))
        at = found[-1].ends
    return tuple(found)


def moments(day: tuple[Phase, ...], seed: int) -> tuple[int, ...]:
    """When one room acts, as chance has it; at the peak once in every second of its own."""
    chance = random.Random(seed)
    found: list[float] = []
    for phase in day:
        if phase.name == PEAK:
            count = round((phase.ends - phase.begins) * phase.rate)
            found += [phase.begins + (each + chance.random()) / phase.rate for each in range(count)]
        elif phase.rate:
            at = phase.begins + chance.expovariate(phase.rate)
            while at < phase.ends:
                found.append(at)
                at += chance.expovariate(phase.rate)
    return tuple(int(at * 1e9) for at in sorted(found))
