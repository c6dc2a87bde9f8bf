"""`receive`: a later text from outside, shown before it is taken in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.documents import CONVENTIONS, page_of
from negotiation.cli.faults import Stopped
from negotiation.cli.options import acting_as, command, the_desk, who_acts
from negotiation.cli.saying import (
    Look,
    answer,
    asked,
    brief,
    count,
    drawn,
    fields,
    in_full,
    note,
    say,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from negotiation.desk import Hand
    from negotiation.papers.followed import Followed, Implied

_LISTED = 12
_SHOWN = 3


@command()
@click.argument("file", type=click.Path())
@click.option(
    "--as",
    "symbol",
    metavar="SYMBOL",
    default="",
    help="What the page goes by, such as “DL/13(Rev.3)”; as it prints it if not said.",
)
@click.option(
    "--conventions",
    type=click.Choice(CONVENTIONS),
    help="Whose way of marking; that of the record if not said.",
)
@click.option("--dry-run", is_flag=True, help="Show what it implies, and write nothing.")
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@click.option("--all", "everything", is_flag=True, help="List every clause that changes.")
@acting_as
def receive(
    file: str, symbol: str, conventions: str | None, dry_run: bool, yes: bool, everything: bool
) -> None:
    """Take in the next revision from outside, such as a page typed in an editor overnight.

    The page is compared with the record: clauses are followed wherever they went, under whatever
    number, and what changed becomes acts attributed to the page, each with its line. They are shown
    first and recorded after a yes, all or none. What the page no longer has is struck and stays on
    the record; brackets that still stand keep their holders and their age.

    \b
      negotiation receive overnight.md --as "DL/13(Rev.3)" --dry-run
      negotiation receive overnight.md --as "DL/13(Rev.3)" --yes

    A Word file is taken in as the page that it prints; who marked it is told, and not recorded.
    What nobody touched in a file that `export` wrote changes nothing.

    Next: `diff now~1` for every word that changed, `undo` to take it back.
    """
    from negotiation.cli.word import looked_at, tell_word
    from negotiation.views.paths import paths

    source = page_of(file)
    desk = the_desk()
    hand = _hand()
    word = looked_at(source, file, None, by_hand=True)
    name = Path(file).name
    before = paths(desk.timeline.moment())
    asks = not (yes or dry_run or asked().json) and somebody_is_there()
    if not yes or dry_run:
        rehearsed, implied = desk.rehearse_revision(
            source, name, symbol=symbol, conventions=conventions or "", by=hand.by
        )
        shows = _Shown(file, implied, before, len(rehearsed.drafted), everything)
        shows.tell(recorded=False)
        if dry_run:
            note("Nothing was written; without --dry-run it is taken in.")
            return
        if not asks:
            named = f' --as "{shown(symbol)}"' if symbol else ""
            raise Stopped(
                f"Nothing was written yet; `receive {shown(file)}{named} --yes` takes it in."
            )
        if not click.confirm("Take it in?", default=False):
            raise Stopped("Nothing was written.")
    entries, implied = desk.receive_revision(
        source, name, symbol=symbol, conventions=conventions or "", hand=hand
    )
    if not asks:
        _Shown(file, implied, before, len(entries), everything).tell(recorded=True)
    if not asked().json:
        say(
            f"{drawn('Received', Look.STRONG)} {shown(implied.symbol)}: "
            f"{count(len(entries), 'entry')}, act {entries[0].act.id}."
        )
        if word is not None:
            tell_word(word)


def somebody_is_there() -> bool:
    """Whether a question would be answered: programs and pipes do not say yes."""
    return sys.stdin.isatty()


def _hand() -> Hand:
    from negotiation.domain.people import Capacity

    acts = who_acts()
    hand = attrs.evolve(acts.hand(acts.behalf), by=acts.by or "rapporteur")
    return attrs.evolve(hand, capacity=Capacity.IMPORT)


@attrs.frozen
class _Shown:
    """What a page implies, as it is shown before or after it is taken in."""

    file: str
    implied: Implied
    before: Mapping[str, str]
    entries: int
    everything: bool

    def tell(self, *, recorded: bool) -> None:
        """Print it, in words or in JSON."""
        from negotiation.views.paths import paths

        after = paths(self.implied.after)
        called = {
            one.clause: (self.before.get(one.clause, ""), after.get(one.clause, ""))
            for one in self.implied.clauses
        }
        if not answer(self._facts(called, recorded=recorded)):
            self._words(called)

    def _facts(self, called: Mapping[str, tuple[str, str]], *, recorded: bool) -> object:
        implied = self.implied
        return {
            "file": self.file,
            "symbol": implied.symbol,
            "recorded": recorded,
            "entries": self.entries,
            "counts": {one.value: number for one, number in implied.counts().items()},
            "points": {
                "kept": implied.points_kept,
                "new": implied.points_new,
                "gone": implied.points_gone,
            },
            "clauses": [
                fields(one, path_before=called[one.clause][0], path=called[one.clause][1])
                for one in implied.clauses
            ],
        }

    def _words(self, called: Mapping[str, tuple[str, str]]) -> None:
        from negotiation.papers.followed import Became

        implied = self.implied
        counts = implied.counts()
        told = ", ".join(
            f"{counts[one]:,} {one.value}" for one in Became if counts[one] or one is Became.KEPT
        )
        say(f"{drawn(implied.symbol, Look.STRONG)} beside the record: {told}.")
        say(
            f"  Open points: {implied.points_kept:,} kept, {implied.points_new:,} new, "
            f"{implied.points_gone:,} gone; {count(self.entries, 'entry')} in all."
        )
        listed = [one for one in implied.clauses if one.became != (Became.KEPT,)]
        for one in listed if self.everything else listed[:_LISTED]:
            self._clause(one, called)
        if len(listed) > _LISTED and not self.everything:
            say(f"  … and {count(len(listed) - _LISTED, 'clause')} more; --all lists them.")

    def _clause(self, one: Followed, called: Mapping[str, tuple[str, str]]) -> None:
        from negotiation.papers.followed import Became
        from negotiation.text.changes import changes

        before, after = called[one.clause]
        path = drawn(after or before, Look.PATH)
        if before and after and before != after:
            path = f"{drawn(before, Look.PATH)} → {path}"
        others = [called.get(other, (self.before.get(other, ""), "")) for other in one.others]
        names = ", ".join(shown(now or then) for then, now in others)
        became = [kind.value for kind in one.became if kind is not Became.KEPT]
        merged = Became.MERGED in one.became
        behind = f" {'into' if merged else 'from'} {names}" if names else ""
        line = f"  {drawn(f'line {one.line}', Look.FAINT)}" if one.line else ""
        say(f"  {path}  {', '.join(became) or 'drawn'}{behind}{line}")
        if not one.before or not one.after:
            say(f"     {in_full(brief(one.before or one.after))}")
            return
        found = changes(one.before, one.after)
        for change in found if self.everything else found[:_SHOWN]:
            parts = []
            if change.removed:
                parts.append(drawn("- ", Look.STRUCK) + in_full(change.removed))
            if change.inserted:
                parts.append(drawn("+ ", Look.INSERTED) + in_full(change.inserted))
            say(f"     {'  '.join(parts)}")
        if len(found) > _SHOWN and not self.everything:
            say(f"     … and {count(len(found) - _SHOWN, 'change')} more.")
