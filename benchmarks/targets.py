"""The targets of speed for this engine, each against what was measured beside it in the same run.

It leaves out those that this run cannot see: L's growth, memory against others.
"""

from collections.abc import Iterator

import attrs

from benchmarks.following import Followed
from benchmarks.run import Measured, Row
from benchmarks.screen import ACT, Screens, Shown
from benchmarks.screen import OURS as OURS_SHOWN
from benchmarks.start import Start
from benchmarks.systems import OURS, OURS_KEPT


@attrs.frozen
class Target:
    """What is wanted, what was measured, and whether that is met; None when that cannot be said."""

    number: str
    wanted: str
    measured: str
    met: bool | None


def judge(measured: Measured, start: Start | None) -> list[Target]:
    """All targets that this run can speak of."""
    rows = {row.name: row for row in measured.rows}
    ours = rows.get(OURS)
    return [
        *(_judge_ours(measured, ours, rows) if ours else ()),
        *([_judge_start(start)] if start else ()),
    ]


def _judge_ours(measured: Measured, ours: Row, rows: dict[str, Row]) -> Iterator[Target]:
    join = measured.floors.join.p50
    mine = ours.asked.timings
    stress = measured.size.name == "L"

    at = mine["at"].p50
    if stress:
        yield _at_most("G1", "whole text ≤ 1 ms", at / 1_000, 1, "ms")
    else:
        yield _at_most("G1", "whole text ≤ 4 × floor", at / join, 4, "× floor")
    for peer, times in (("libgit2", 25), ("git", 25), ("sqlite", 25), ("eventsourcing", 3_000)):
        yield from _faster("G1", "at", ours, rows, peer, times)

    step = mine["step"]
    yield _at_most("G2", "step, whole text ≤ 2 × floor", step.p50 / join, 2, "× floor")
    yield _at_most("G2", "step never > 1 ms (slowest 1 %)", step.p99 / 1_000, 1, "ms")
    if "changed" in mine:
        yield _at_most("G2", "changed clause ≤ 1 µs", mine["changed"].p50, 1, "µs")
    for peer in ("git", "libgit2"):
        yield from _faster("G2", "step", ours, rows, peer, 20)

    clause = 5 if stress else 2
    yield _at_most("G3", f"one clause ≤ {clause} µs", mine["clause"].p50, clause, "µs")
    for peer, times in (("sqlite", 4), ("git", 50)):
        yield from _faster("G3", "clause", ours, rows, peer, times)

    if "diff" in mine:
        yield _at_most("G4", "word diff ≤ 3.5 ms", mine["diff"].p50 / 1_000, 3.5, "ms")
        yield from _faster("G4", "diff", ours, rows, "git", 8)

    if "blame" in mine:
        yield _at_most("G5", "blame as runs ≤ 1.5 ms", mine["blame"].p50 / 1_000, 1.5, "ms")
    if "who" in mine and "git" in rows and "blame" in rows["git"].asked.timings:
        # git blame names people, so it is held against the view that names them, too.
        ratio = rows["git"].asked.timings["blame"].p50 / mine["who"].p50
        yield _at_least("G5", "blame with names ≥ 3,000 × git blame", ratio, 3_000, "×")
    if "blame_clause" in mine:
        found = mine["blame_clause"].p50
        yield _at_most("G5", "blame of a clause as runs ≤ 10 µs", found, 10, "µs")

    act = ours.appended.append.p50
    beside = ours.appended.sync.p50
    yield _at_most("G6", "one act ≤ 2 × sync", act / beside, 2, "× sync")
    for peer, times in (("libgit2", 10), ("git", 35)):
        if peer in rows:
            ratio = rows[peer].appended.append.p50 / act
            yield _at_least("G6", f"one act ≥ {times} × {peer}", ratio, times, "×")

    if not stress:
        wanted = "open from the record alone ≤ 300 ms"
        yield _at_most("G7", wanted, ours.open_milliseconds, 300, "ms")
    if OURS_KEPT in rows:
        yield from _judge_kept(rows[OURS_KEPT], rows, stress=stress)

    speed = ours.built.events / ours.built.build_seconds
    yield _at_least("G8", "bulk load ≥ 15,000 events/s", speed, 15_000, "events/s")
    if "git" in rows:
        ratio = speed / (1e6 / rows["git"].appended.append.p50)
        yield _at_least("G8", "bulk load ≥ 15 × git commit", ratio, 15, "×")

    memory = ours.asked.peak_bytes / 1e6
    yield _at_most(
        "G9",
        "memory ≤ 1.5 GB" if stress else "memory ≤ 120 MB",
        memory,
        1_500 if stress else 120,
        "MB",
    )


def _judge_kept(kept: Row, rows: dict[str, Row], *, stress: bool) -> Iterator[Target]:
    """What a checkpoint is for."""
    allowed = 1_000 if stress else 1
    wanted = f"open with a checkpoint ≤ {allowed:,} ms"
    yield _at_most("G7", wanted, kept.open_milliseconds, allowed, "ms")
    if "libgit2" in rows:
        ratio = rows["libgit2"].open_milliseconds / kept.open_milliseconds
        yield _at_least("G7", "open with a checkpoint ≥ 7 × libgit2", ratio, 7, "×")
    wanted = "first question about the past ≤ 15 ms, with a checkpoint"
    yield _at_most("G7", wanted, kept.asked.first_milliseconds, 15, "ms")
    if stress:
        yield _at_most(
            "G9", "memory ≤ 1.5 GB, with a checkpoint", kept.asked.peak_bytes / 1e6, 1_500, "MB"
        )


def _judge_start(start: Start) -> Target:
    wanted = "`negotiation open` on the sample ≤ 250 ms"
    if start.timing is None:
        return Target("G11", wanted, start.reason, None)
    return _at_most("G11", wanted, start.timing.p50 / 1_000, 250, "ms")


def judge_following(followed: Followed) -> Target:
    """G13, act to follower."""
    wanted = "act to a follower in another process ≤ 20 ms"
    return _at_most("G13", wanted, followed.timing.p50 / 1_000, 20, "ms")


def judge_screens(screens: Screens) -> list[Target]:
    """G12 for every terminal that our screen stood in."""
    return [
        target
        for shown in screens.shown
        if shown.name.startswith(OURS_SHOWN)
        for target in _judge_shown(shown)
    ]


def _judge_shown(shown: Shown) -> Iterator[Target]:
    where = "tmux" if "tmux" in shown.name else "pty"
    for key in ("clause j", "back ,", "on ."):
        if key in shown.keys:
            wanted = f"{where}: key to repaint, {key} ≤ 16 ms"
            yield _at_most("G12", wanted, shown.keys[key].p50, 16, "ms")
    if ACT in shown.keys:
        yield _at_most("G12", f"{where}: one act ≤ 100 ms, durable", shown.keys[ACT].p50, 100, "ms")
    yield _at_most("G12", f"{where}: first paint ≤ 400 ms", shown.first_paint, 400, "ms")
    yield _at_most("G12", f"{where}: ready ≤ 700 ms", shown.ready, 700, "ms")
    yield _at_most("G12", f"{where}: memory ≤ 150 MB", shown.megabytes, 150, "MB")


def _faster(
    number: str, query: str, ours: Row, rows: dict[str, Row], peer: str, times: float
) -> Iterator[Target]:
    if peer in rows and query in rows[peer].asked.timings:
        ratio = rows[peer].asked.timings[query].p50 / ours.asked.timings[query].p50
        yield _at_least(number, f"{query} ≥ {times:,} × {peer}", ratio, times, "×")


def _at_most(number: str, wanted: str, found: float, limit: float, unit: str) -> Target:
    return Target(number, wanted, f"{_number(found)} {unit}", found <= limit)


def _at_least(number: str, wanted: str, found: float, limit: float, unit: str) -> Target:
    return Target(number, wanted, f"{_number(found)} {unit}", found >= limit)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
