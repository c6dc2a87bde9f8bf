"""Packages: open points and clauses that stand or fall together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import (
    Taught,
    acting,
    at_option,
    command,
    common,
    moment_of,
    several,
    the_desk,
)
from negotiation.cli.saying import Look, answer, count, drawn, fields, say, shown
from negotiation.cli.targets import bracket_named, clause_named, hand_of_call, parties

if TYPE_CHECKING:
    from negotiation.desk import Desk


@several("package")
def package() -> None:
    """Tie open points and clauses together, so that none is settled without the others.

    \b
      negotiation package form finance --point 2 --point 5 --clause resolves/4
      negotiation package take finance 'lift 2' 'resolve 5 --choose 1'
      negotiation package agree finance
      negotiation package break finance --for USA --ground "no fund, no Annex"

    form ties them; take settles all of them in one act, on condition that the package holds; agree
    makes it final; break puts every bracket back as it was. `packages` lists them.
    """


@package.command("form", cls=Taught)
@click.argument("name")
@click.option("--clause", "clauses", multiple=True, metavar="CLAUSE", help="A clause of it.")
@click.option(
    "--point",
    "points",
    multiple=True,
    metavar="N",
    help="An open point: number, or “place: words”.",
)
@acting
def form(name: str, clauses: tuple[str, ...], points: tuple[str, ...]) -> None:
    """Tie open points and clauses together.

    \b
      negotiation package form finance --point 2 --point 5 --clause resolves/4

    The clauses that a point touches belong to it. Next: `package take` accepts it as a whole.
    """
    from negotiation.domain.commands import FormPackage

    desk = the_desk()
    on_clauses = tuple(clause_named(desk, one).id for one in clauses)
    on_points = tuple(bracket_named(desk, one, "name its clause instead").id for one in points)
    wanted = FormPackage(desk.new_id(), name, on_clauses, on_points)
    make(desk, wanted, hand_of_call(desk), f"Formed the package {name}")


@package.command("take", cls=Taught)
@click.argument("name")
@click.argument("lines", nargs=-1, metavar="'ACT'...")
@click.option("--heard-by", default="", metavar="PARTIES", help="The parties in the room.")
@acting
def take(name: str, lines: tuple[str, ...], heard_by: str) -> None:
    """Accept a package as long as it holds; the acts settle its open points, all as one act.

    \b
      negotiation package take finance 'lift 2' 'resolve 5 --choose 1'

    Each act is a command line of this program; numbers are those that `open` prints now, whatever
    the acts before them settle. The clauses are agreed at the lowest level, on the condition that
    the package holds.
    Next: `package agree`, or `package break`, which puts every bracket back as it was.
    """
    from negotiation.cli.lines import tried
    from negotiation.domain.commands import TakePackage
    from negotiation.domain.decide import unguarded
    from negotiation.trial import Trial

    desk = the_desk()
    decisions = tuple(tried(Trial(desk, unguarded), lines).tried)
    wanted = TakePackage(_id(desk, name), decisions, parties(desk, heard_by))
    make(desk, wanted, hand_of_call(desk), f"Took the package {name}")


@package.command("agree", cls=Taught)
@click.argument("name")
@acting
def agree(name: str) -> None:
    """Agree a package for good; its clauses stand by themselves from then on.

    \b
      negotiation package agree finance
    """
    from negotiation.domain.commands import AgreePackage

    desk = the_desk()
    make(desk, AgreePackage(_id(desk, name)), hand_of_call(desk), f"Agreed the package {name}")


@package.command("break", cls=Taught)
@click.argument("name")
@click.option("--ground", required=True, help="Why it falls.")
@acting
def break_(name: str, ground: str) -> None:
    """Let a package fall: whatever taking it had settled is put back exactly as it was.

    \b
      negotiation package break finance --for USA --ground "no fund, no Annex"

    Next: `open` shows the brackets again; `package form` ties them together anew.
    """
    from negotiation.domain.commands import BreakPackage

    desk = the_desk()
    hand = hand_of_call(desk)
    wanted = BreakPackage(_id(desk, name), hand.behalf, ground)
    make(desk, wanted, hand, f"Broke the package {name}")


@command()
@at_option
@common
def packages(at: str | None) -> None:
    """The packages: what belongs to each, and how it stands.

    \b
      negotiation packages
      negotiation packages --at now~3 --json
    """
    from negotiation.views.paths import paths

    desk = the_desk()
    position = moment_of(desk, at)
    held = desk.timeline.negotiation(position).packages
    called = paths(desk.timeline.moment(position))
    rows = [
        fields(one, clauses=[called.get(clause, clause) for clause in one.clauses]) for one in held
    ]
    if answer({"at": position, "packages": rows}):
        return
    if not held:
        say("There is no package; `package form NAME` ties open points and clauses together.")
    for one in held:
        tied = ", ".join(called.get(clause, clause) for clause in one.clauses)
        points = count(len(one.points), "open point" if one.state == "formed" else "point")
        settled = " settled" if one.state in ("taken", "agreed") else ""
        say(
            f"{drawn(one.name, Look.STRONG)}  {one.state} since entry {one.entry}: "
            f"{shown(tied)} ({points}{settled})"
        )


def _id(desk: Desk, name: str) -> str:
    """The latest package of this name; what is unknown is refused by the rules."""
    held = desk.timeline.negotiation(desk.timeline.head).packages
    return next((one.id for one in reversed(held) if name in (one.name, one.id)), name)
