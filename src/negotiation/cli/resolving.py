"""`resolve` and `lift`: the decision on an open point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotiation.cli.done import make
from negotiation.cli.options import Ordered, acting, command, in_order, the_desk
from negotiation.cli.saying import note, shown
from negotiation.cli.targets import hand_of_call, is_proposal, open_point, title, words_at

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.commands import Command, Verdict
    from negotiation.views.what_is_open import OpenPoint

_VERDICTS = ("choose", "trim", "ending", "merge", "drop", "label")
_ORDER = click.IntRange(1, 9999)


@command(cls=Ordered)
@click.argument("point")
@click.option("--choose", multiple=True, type=_ORDER, metavar="N", help="N goes into the text.")
@click.option(
    "--trim",
    multiple=True,
    nargs=2,
    type=(_ORDER, str),
    metavar="N WORDS",
    help="N goes in with these of its words only; again with the same N keeps more.",
)
@click.option(
    "--ending",
    multiple=True,
    nargs=2,
    type=(_ORDER, str),
    metavar="N MARK",
    help="The mark that ends the trimmed N, such as “;”.",
)
@click.option(
    "--merge",
    multiple=True,
    nargs=2,
    type=(_ORDER, _ORDER),
    metavar="N M",
    help="N lives on in M; words that M lacks are not retained.",
)
@click.option("--drop", multiple=True, type=_ORDER, metavar="N", help="N is not retained.")
@click.option("--label", multiple=True, help="The label of the clause named just before it.")
@click.option("--words", metavar="TEXT", help="A new wording in place of all alternatives.")
@click.option("--keep-base", is_flag=True, help="Nothing of it: the text stays as it was.")
@acting
@click.pass_context
def resolve(ctx: click.Context, /, point: str, **_: object) -> None:
    """Decide an open point: choose, trim, merge, drop, find new words, or keep the base.

    POINT and the alternatives are numbered as `open` prints them; POINT may also be its place and
    words in it, such as 'resolves/1: shall'. The order of --choose and --trim
    is the order of the clauses in the text; they take the group's label and the next ones.
    Alternatives that are not named are not retained, and the answer says so.

    \b
      negotiation resolve 1 --choose 2
      negotiation resolve 1 --trim 3 "Resolution 7" --ending 3 ";" --choose 1 --merge 2 1
      negotiation resolve 1 --words "as soon as possible"
      negotiation resolve 1 --keep-base

    Next: `text` shows it, `fate` tells every proposal word by word, `undo` brings the group back.
    """
    desk = the_desk()
    found = open_point(desk, point)
    verdicts = _verdicts(ctx)
    words, keep_base = ctx.params["words"], ctx.params["keep_base"]
    if sum(map(bool, (verdicts, words, keep_base))) != 1:
        raise click.UsageError(
            "Say one of these: --choose, --trim, --merge and --drop; or --words; or --keep-base.",
            ctx,
        )
    hand = hand_of_call(desk)
    if is_proposal(found):
        _decide_proposal(desk, found, verdicts, words or "", hand)
        return
    from negotiation.domain.commands import ResolveOpenPoint

    wanted = ResolveOpenPoint(found.id, verdicts, words or "", desk.new_id() if words else "")
    make(desk, wanted, hand, f"Resolved {title(found)}")
    _tell_unnamed(found, verdicts, ctx)


def _verdicts(ctx: click.Context) -> tuple[Verdict, ...]:
    """The verdicts in the order in which they were given, labels and endings put to theirs."""
    from negotiation.domain.commands import Choose, Drop, Merge, Trim

    rows: list[dict[str, Any]] = []
    endings: dict[int, str] = {}
    waiting: str | None = None
    for name, value in in_order(ctx, *_VERDICTS):
        if name == "ending":
            endings[value[0]] = value[1]
            continue
        if name == "label":
            last = next((row for row in reversed(rows) if row["name"] in ("choose", "trim")), None)
            if last is None:
                waiting = value
            else:
                last["label"] = value
            continue
        order = value if name in ("choose", "drop") else value[0]
        again = next((row for row in rows if (row["name"], row["order"]) == ("trim", order)), None)
        if name == "trim" and again is not None:
            again["keep"].append(words_at(value[1]))
            continue
        row = {"name": name, "order": order, "label": None, "keep": [], "into": 0}
        if name in ("choose", "trim"):
            row["label"], waiting = waiting, None
        if name == "trim":
            row["keep"].append(words_at(value[1]))
        if name == "merge":
            row["into"] = value[1]
        rows.append(row)
    trimmed = {row["order"] for row in rows if row["name"] == "trim"}
    if lost := sorted(set(endings) - trimmed):
        raise click.UsageError(f"--ending {lost[0]} needs --trim {lost[0]}.", ctx)
    if waiting is not None:
        raise click.UsageError("--label needs a --choose or --trim beside it.", ctx)
    made: list[Verdict] = []
    for row in rows:
        order, label = row["order"], row["label"]
        match row["name"]:
            case "choose":
                made.append(Choose(order, label))
            case "trim":
                made.append(Trim(order, tuple(row["keep"]), endings.get(order, ""), label))
            case "merge":
                made.append(Merge(order, row["into"]))
            case _:
                made.append(Drop(order))
    return tuple(made)


def _tell_unnamed(point: OpenPoint, verdicts: tuple[Verdict, ...], ctx: click.Context) -> None:
    named = {verdict.order for verdict in verdicts}
    left = [str(one.order) for one in point.alternatives if one.order not in named]
    if verdicts and left:
        note(f"Not named and therefore not retained: alternative {', '.join(left)}.")


def _decide_proposal(
    desk: Desk, point: OpenPoint, verdicts: tuple[Verdict, ...], words: str, hand: Hand
) -> None:
    """A number that means a proposal: the same verdicts, said as `retain` and `drop`."""
    from negotiation.domain.commands import (
        Choose,
        Drop,
        DropProposal,
        Merge,
        RetainProposal,
        Rewording,
        Trim,
    )
    from negotiation.domain.refusals import Unclear

    name = shown(title(point))
    wanted: Command
    match verdicts:
        case () if words:
            wanted, did = RetainProposal(point.id, (), (Rewording(words),)), "Retained as amended"
        case ():
            wanted, did = DropProposal(point.id), "Did not retain"
        case (Choose(),):
            wanted, did = RetainProposal(point.id), "Retained"
        case (Trim(keep=keep, ending=ending),):
            changes = (Rewording(ending, keep[-1], _after()),) if ending else ()
            wanted, did = RetainProposal(point.id, keep, changes), "Retained in part"
        case (Drop(),):
            wanted, did = DropProposal(point.id), "Did not retain"
        case (Merge(),):
            raise Unclear(f"{name} stands alone; `merge` lets it live on in another proposal.")
        case _:
            raise Unclear(f"{name} stands alone; one verdict decides it.")
    if verdicts and verdicts[0].order != 1:
        raise Unclear(f"{name} stands alone, so its only number is 1.")
    note(f"Point {point.number} is a proposal without a decision; this is `retain` or `drop`.")
    make(desk, wanted, hand, f"{did} {name}")


def _after() -> Any:
    from negotiation.domain.commands import Where

    return Where.AFTER


@command()
@click.argument("point")
@acting
def lift(point: str) -> None:
    """Take a bracket away; the words inside stand.

    Several wordings have to be decided with `resolve` instead. Where the number means a proposal
    without a decision, lifting it retains the proposal, and the answer says so.

    \b
      negotiation lift 1
      negotiation lift "resolves/5: a fund"

    Next: `open` shows what is left; numbers behind it move up.
    """
    from negotiation.domain.commands import LiftBracket, RetainProposal

    desk = the_desk()
    found = open_point(desk, point)
    hand = hand_of_call(desk)
    if is_proposal(found):
        note(f"Point {found.number} is a proposal without a decision; lifting it retains it.")
        make(desk, RetainProposal(found.id), hand, f"Retained {title(found)}")
        return
    make(desk, LiftBracket(found.id), hand, f"Lifted {title(found)}")
