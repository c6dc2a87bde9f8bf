"""Whether a conference lost anything, and how long things took, from what everybody saw."""

from collections.abc import Iterator

import attrs

from benchmarks.conference.rhythm import Phase
from benchmarks.conference.run import Held
from benchmarks.conference.told import Made, Seen

_LATE = 100_000_000
"""Nanoseconds behind the plan from which an act counts as late."""


@attrs.frozen
class Spread:
    """Milliseconds: the middle, the slowest of twenty and of a hundred, the slowest."""

    p50: float
    p95: float
    p99: float
    worst: float
    samples: int


@attrs.frozen
class Judged:
    """What is said of a conference."""

    to_follower: dict[str, Spread]
    """From the call of an act until a follower holds it, by part of the day, and of all."""
    from_durable: Spread
    """The same from the moment when the desk was told that the act is on disk."""
    append: dict[str, Spread]
    late: int
    """Acts that began more than a tenth of a second behind the plan."""
    most_late: float
    """Milliseconds."""
    acts: int
    entries: int
    handed: int
    """Entries that followers were handed, together."""
    lost: tuple[str, ...]
    """One sentence for each thing that is not as it should be."""


WHOLE = "whole day"


def judge(held: Held) -> Judged:
    """Compare what was acknowledged with what everybody holds; sum up the times."""
    made = {one.act: one for wrote in held.wrote for one in wrote.made}
    parts: dict[str, list[float]] = {}
    appends: dict[str, list[float]] = {}
    durable: list[float] = []
    for one in made.values():
        part = _part_of(held, one.asked)
        for name in (part, WHOLE):
            appends.setdefault(name, []).append((one.durable - one.asked) / 1e6)
    handed = 0
    for seen in _all_seen(held):
        handed += len(seen.numbers)
        for act, moment in _acts_seen(seen):
            if (found := made.get(act)) is None:
                continue
            part = _part_of(held, found.asked)
            for name in (part, WHOLE):
                parts.setdefault(name, []).append((moment - found.asked) / 1e6)
            durable.append((moment - found.durable) / 1e6)
    behind = [one.asked - one.due for one in made.values()]
    return Judged(
        to_follower={name: spread(values) for name, values in parts.items()},
        from_durable=spread(durable),
        append={name: spread(values) for name, values in appends.items()},
        late=sum(one > _LATE for one in behind),
        most_late=max(behind, default=0) / 1e6,
        acts=len(made),
        entries=sum(one.last - one.first + 1 for one in made.values()),
        handed=handed,
        lost=tuple(lost(held)),
    )


def spread(milliseconds: list[float]) -> Spread:
    """The spread of samples."""
    ordered = sorted(milliseconds) or [0.0]

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    return Spread(at(0.5), at(0.95), at(0.99), ordered[-1], len(milliseconds))


def lost(held: Held) -> Iterator[str]:
    """What is missing, double, in another order or different, for every room and follower."""
    yield from held.broken
    symbols = held.conference.symbols()
    if len(held.wrote) != len(symbols):
        yield f"{len(symbols) - len(held.wrote)} desks left no account of what they did."
    expected = sum(1 for _ in _all_seen(held))
    if expected != held.conference.followers:
        yield f"{held.conference.followers - expected} followers left no account."
    kept = {one.room: one for one in held.kept}
    made = dict(zip(symbols, held.wrote, strict=False))
    for room, wrote in made.items():
        yield from (f"{room}: {failure}" for failure in wrote.failed)
        if not kept[room].sound:
            yield f"{room}: the seals of the record do not hold."
        if wrote.made and (kept[room].head, kept[room].text) != (wrote.made[-1].last, wrote.text):
            yield f"{room}: the record does not end as its desk left it."
    for number, seen in enumerate(_all_seen(held), start=1):
        if seen.room not in made:
            continue
        wrote, record = made[seen.room], kept[seen.room]
        who = f"Follower {number} of {seen.room}"
        numbers, acts = _acknowledged(wrote.made)
        if seen.numbers != numbers:
            yield f"{who}: {_first_difference(numbers, seen.numbers)}"
        if seen.acts != acts:
            yield f"{who}: the entries are of other acts than the acknowledged ones."
        if seen.digest != wrote.digest:
            yield f"{who}: the entries do not say what the desk wrote."
        if seen.text != wrote.text:
            yield f"{who}: the text is not the desk's."
        if seen.fingerprint != record.fingerprint:
            yield f"{who}: the fingerprint of the record is another."


def _acknowledged(made: tuple[Made, ...]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    numbers = [number for one in made for number in range(one.first, one.last + 1)]
    acts = [one.act for one in made for _ in range(one.first, one.last + 1)]
    return tuple(numbers), tuple(acts)


def _first_difference(wanted: tuple[int, ...], found: tuple[int, ...]) -> str:
    for place, (one, other) in enumerate(zip(wanted, found, strict=False)):
        if one != other:
            kind = "double" if other in found[:place] else "instead"
            return f"where entry {one} should come, {other} came {kind}."
    return f"{len(found)} entries came of {len(wanted)}."


def _all_seen(held: Held) -> Iterator[Seen]:
    for saw in held.saw:
        yield from saw.seen


def _acts_seen(seen: Seen) -> Iterator[tuple[str, int]]:
    """Each act with the moment when its last entry was handed on."""
    last = dict(zip(seen.acts, seen.moments, strict=True))
    yield from last.items()


def _part_of(held: Held, moment: int) -> str:
    second = (moment - held.start) / 1e9
    day: tuple[Phase, ...] = held.conference.day
    return next((phase.name for phase in day if second < phase.ends), day[-1].name)
