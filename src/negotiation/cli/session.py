"""A negotiation as a script: lines of the program, each with the hour and the hand it came from.

::

    # What the room did on the first morning; a line that begins so is a remark.
    @ -2 10:02 chair
    meeting open "First meeting"
    @ 10:40 FJI
    propose aware/a --after "low islands" --insert " and atolls" --symbol FJI/41/1

``@`` says when and who: a day counted from the one on which the script is held (0 is that day, -2
two days before), the time by the clocks of the place, and the chair, the secretariat, an editor or
a party by its code. What it leaves out stays as it was. A line that ends in a backslash goes on in
the next one, and ``{-1 20:00}`` within a line is a time.

Every line becomes an act at the desk, by the program that people use; only the clock is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.faults import Stopped, sentence_of
from negotiation.cli.lines import run, words_of
from negotiation.cli.sources import source_of

if TYPE_CHECKING:
    from negotiation.desk import Desk

_WHEN = re.compile(
    r"^@(?:\s+(?P<day>[+-]?\d{1,3}))?(?:\s+(?P<time>\d{1,2}:\d\d))?(?:\s+(?P<who>\S+))?$"
)
_TIME = re.compile(r"\{(?P<day>[+-]?\d{1,3}) (?P<time>\d{1,2}:\d\d)\}")
_OFFICES = ("chair", "secretariat", "editor")
_ELSEWHERE = frozenset(("import", "receive", "issue", "export", "migrate", "chair", "room", "keys"))
"""What a script has no use for: other files than a page and its base, and screens."""
_ISSUED_WITH = frozenset(("--renumber", "--punctuate", "--with-open"))


@attrs.frozen
class Line:
    """One line of the program in a script: what is said, when, and by whom."""

    number: int
    """Where it stands in the script."""
    day: int
    time: dt.time
    who: str
    words: str


@attrs.define
class ToldClock:
    """A clock that is told the time, on one day after the other, and never runs ahead."""

    at: dt.datetime
    not_after: dt.datetime

    def __call__(self) -> dt.datetime:
        """The time that it was told."""
        return min(self.at, self.not_after)

    def moment(self, day: int, time: dt.time) -> dt.datetime:
        """The time of a day counted from the last one, by the clocks of this place."""
        date = self.not_after.astimezone().date() + dt.timedelta(day)
        return dt.datetime.combine(date, time).astimezone(dt.UTC)


def lines_of(script: str) -> Iterator[Line]:
    """The lines of a script with their hours and hands; `Stopped` names a line that is none."""
    day, time, who = 0, dt.time(9), "chair"
    for number, words in _joined(script):
        if not words.startswith("@"):
            yield Line(number, day, time, who, words)
            continue
        said = _WHEN.match(words)
        if said is None:
            raise Stopped(f"Line {number}: “{words}” should be like “@ -2 10:02 chair”.")
        day = int(said["day"]) if said["day"] else day
        time = _time(number, said["time"]) if said["time"] else time
        who = said["who"] or who


def _joined(script: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, each with its number; broken ones put together."""
    begun, held = 0, ""
    for number, line in enumerate(script.splitlines(), start=1):
        if not held and line.lstrip().startswith("#"):
            continue
        begun = begun if held else number
        held = f"{held} {line.strip()}" if held else line.strip()
        if held.endswith("\\"):
            held = held.removesuffix("\\").rstrip()
            continue
        if held:
            yield begun, held
        held = ""
    if held:
        raise Stopped(f"Line {begun} of the script goes on, but nothing follows.")


def _time(number: int, said: str) -> dt.time:
    try:
        return dt.time.fromisoformat(said.rjust(5, "0"))
    except ValueError:
        raise Stopped(f"Line {number}: “{said}” is no time of day.") from None


def hold(desk: Desk, clock: ToldClock, script: Iterable[Line], files: Path) -> None:
    """Make every act of a script at this desk; the files that it names are in ``files``."""
    for line in script:
        clock.at = clock.moment(line.day, line.time)
        try:
            _say(desk, line, _with_times(line, clock), files)
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:
            sentence, _ = sentence_of(fault)
            raise Stopped(
                f"Line {line.number} of the script, “{line.words}”: {sentence}"
            ) from fault


def _with_times(line: Line, clock: ToldClock) -> str:
    """The words, with the times in them as the program reads times."""
    return _TIME.sub(
        lambda found: clock.moment(
            int(found["day"]), _time(line.number, found["time"])
        ).isoformat(),
        line.words,
    )


def _say(desk: Desk, line: Line, words: str, files: Path) -> None:
    match words_of(words):
        case ["import", page]:
            desk.receive(source_of(files / page), page)
        case ["import", page, "--base", base]:
            earlier = source_of(files / base)
            desk.receive(source_of(files / page), page, base=earlier, base_name=base)
        case ["issue", symbol, *options] if _ISSUED_WITH.issuperset(options):
            _issue(desk, line.who, symbol, frozenset(options))
        case _:
            run(desk, words, _hand(line.who), refused=_ELSEWHERE)


def _hand(who: str) -> dict[str, str]:
    """Whose words they are; the chair's desk types what delegations say."""
    if who in _OFFICES:
        return {"capacity": who, "typist": ""}
    return {"behalf": who, "capacity": "delegation", "typist": "chair"}


def _issue(desk: Desk, who: str, symbol: str, options: frozenset[str]) -> None:
    """Issue a version: on the record only, from which `issue --again` makes its files."""
    from negotiation.desk import Hand
    from negotiation.domain.people import Capacity
    from negotiation.issuing import Wanted, prepare
    from negotiation.papers.issue import blocking

    wanted = Wanted(
        symbol, "--renumber" in options, "--punctuate" in options, "--with-open" in options
    )
    prepared = prepare(desk, wanted, Hand(who, capacity=Capacity(who)))
    for one in blocking(prepared.findings):
        raise Stopped(f"it cannot go out yet, {one.path or 'the text'}: {one.message}")
    desk.act(prepared.command, prepared.hand)
