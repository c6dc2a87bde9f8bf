"""Prints what was measured: a table per size, ratios against this engine, and the targets."""

from collections.abc import Callable, Sequence

from benchmarks.run import Measured, Row
from benchmarks.systems import OURS
from benchmarks.targets import Target
from benchmarks.timing import Timing

# Each column: its heading, the value of a row (None when it has none), and whether less is better.
_Value = Callable[[Row], float | None]


def _of(query: str, scale: float = 1.0) -> _Value:
    def value(row: Row) -> float | None:
        timing = row.asked.timings.get(query)
        return timing.p50 / scale if timing else None

    return value


_COLUMNS: tuple[tuple[str, _Value, bool], ...] = (
    ("at", _of("at"), True),
    ("step", _of("step"), True),
    ("changed", _of("changed"), True),
    ("clause", _of("clause"), True),
    ("blame", _of("blame"), True),
    ("blame 1", _of("blame_clause"), True),
    ("who", _of("who"), True),
    ("who 1", _of("who_clause"), True),
    ("diff", _of("diff"), True),
    ("append", lambda row: row.appended.append.p50, True),
    ("open ms", lambda row: row.open_milliseconds, True),
    ("first ms", lambda row: row.asked.first_milliseconds, True),
    ("load ev/s", lambda row: row.built.events / row.built.build_seconds, False),
    ("disk MB", lambda row: row.built.disk_bytes / 1e6, True),
    ("peak MB", lambda row: row.asked.peak_bytes / 1e6, True),
)


def table(measured: Measured) -> str:
    """The table of one size: values, then how many times slower or larger than ours."""
    size = measured.size
    ours = next((row for row in measured.rows if row.name == OURS), None)
    lines = [
        f"Size {size.name}: {size.clauses:,} clauses, {size.events:,} events, "
        f"seed {measured.seed}. Microseconds (p50) unless noted; "
        "in brackets how many times worse than ours.",
        "",
    ]
    lines += _aligned(
        [
            ["", *(heading for heading, _, _ in _COLUMNS)],
            *(
                [row.name, *(_cell(row, ours, value, less) for _, value, less in _COLUMNS)]
                for row in measured.rows
            ),
        ]
    )
    lines += ["", _floors(measured)]
    lines += [f"{row.name}: {row.note}." for row in measured.rows if row.note]
    lines += ["samples  " + "; ".join(_samples(row) for row in measured.rows)]
    for row in measured.rows:
        right = "all right" if not row.mismatches else f"{len(row.mismatches)} WRONG"
        lines.append(f"checked  {row.name}: {row.asked.checked} answers, {right}")
        lines += [f"  MISMATCH {row.name} {mismatch}" for mismatch in row.mismatches]
    for absent in measured.absent:
        word = "FAILED" if absent.failed else "left out"
        lines.append(f"{word}  {absent.name}: {absent.reason}")
    return "\n".join(lines)


def targets(found: Sequence[Target], size: str) -> str:
    """The targets, measured at this size."""
    meant = "" if size in ("M", "L") else " (they are meant for size M)"
    words = {True: "met", False: "NOT MET", None: "not measured"}
    rows = [[target.number, target.wanted, target.measured, words[target.met]] for target in found]
    heading = ["", "target", "measured", ""]
    return "\n".join([f"Targets at size {size}{meant}", "", *_aligned([heading, *rows], left=4)])


def _cell(row: Row, ours: Row | None, value: _Value, less: bool) -> str:
    found = value(row)
    if found is None:
        return "–"
    mine = value(ours) if ours and ours is not row else None
    if not mine:
        return _figure(found)
    return f"{_figure(found)} (×{_figure(found / mine if less else mine / found)})"


def _floors(measured: Measured) -> str:
    floors = measured.floors
    return (
        f"floors   join {_figure(floors.join.p50)} µs; write + fdatasync "
        f"{_figure(floors.sync.p50)} µs; SQLite commit, WAL FULL {_figure(floors.commit.p50)} µs; "
        "sync beside each append: "
        + ", ".join(f"{row.name} {_figure(row.appended.sync.p50)}" for row in measured.rows)
    )


def _samples(row: Row) -> str:
    timings: dict[str, Timing] = {**row.asked.timings, "append": row.appended.append}
    return f"{row.name}: " + " ".join(f"{query} {one.samples}" for query, one in timings.items())


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def _aligned(rows: list[list[str]], left: int = 1) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
