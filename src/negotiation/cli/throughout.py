"""`throughout`: one term changed everywhere in one act, with a yes or no for each place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk
from negotiation.cli.saying import Look, answer, asked, count, drawn, fields, note, say, shown
from negotiation.cli.targets import hand_of_call

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.commands import Occurrence

_AROUND = 28
_LINE = re.compile(r"^(?P<number>\d{1,5})(?:=(?P<why>.*))?$")


@attrs.frozen
class _Place:
    """One occurrence of the term."""

    number: int
    clause: str
    path: str
    occurrence: int
    before: str
    after: str
    agreed: str
    part: bool
    """Whether it stands inside a longer word."""


@command()
@click.argument("old")
@click.argument("new")
@click.option("--all", "all_", is_flag=True, help="Change every occurrence without asking.")
@click.option(
    "--except",
    "spared",
    multiple=True,
    metavar="N[=WHY]",
    help="Leave this place, and why.",
)
@click.option("--only", multiple=True, metavar="N", help="Change only these places.")
@click.option("--parts", is_flag=True, help="Count it inside longer words, too: plurals and so on.")
@click.option("--list", "listed", is_flag=True, help="List the places and change nothing.")
@click.option("--editorial", is_flag=True, help="A change of form: --as editor leaves agreements.")
@click.option("--reason", default="", help="Why.")
@acting
def throughout(
    old: str,
    new: str,
    all_: bool,
    spared: tuple[str, ...],
    only: tuple[str, ...],
    parts: bool,
    listed: bool,
    editorial: bool,
    reason: str,
) -> None:
    """Change one term or phrase everywhere in one act, occurrence by occurrence.

    \b
      negotiation throughout "developing countries" "developing country Parties" --list
      negotiation throughout "NDMC" "NDC" --all --except 3="a quotation"

    Only whole words count, so that a plural or a longer word stays; with --parts they count, too.
    On a terminal each place is asked for; in scripts say --all, --except or --only. What is left
    as it is stays on the record as an exception, with its reason. One `undo` takes all of it back.
    """
    from negotiation.domain.commands import ChangeTerm
    from negotiation.domain.refusals import Unclear

    desk = the_desk()
    places = list(_places(desk, old, parts))
    if listed:
        _tell_places(places, old)
        return
    if not places:
        inside = "" if parts else ", or count it inside other words with --parts"
        raise Unclear(
            f"“{old}” does not stand in the text as a whole word; "
            f"name the term as it is printed{inside}."
        )
    verdicts = _verdicts(places, all_, spared, only)
    if verdicts is None:
        verdicts = _asked(places, old, new)
    hand = hand_of_call(desk)
    wanted = ChangeTerm(old, new, verdicts, editorial, hand.capacity, reason, parts)
    make(desk, wanted, hand, f"Changed “{shown(old)}” to “{shown(new)}” throughout")
    left = [one for one in verdicts if not one.change]
    if not asked().json and left:
        say(f"  {count(len(left), 'place')} left as {'it is' if len(left) == 1 else 'they are'}.")


def _places(desk: Desk, term: str, parts: bool) -> Iterator[_Place]:
    from negotiation.text.search import is_part, occurrences
    from negotiation.views.paths import paths

    moment = desk.timeline.moment()
    called = paths(moment)
    number = 0
    for clause in moment.clauses:
        if not clause.stands:
            continue
        passage = clause.passage
        for index, place in enumerate(occurrences(passage, term, parts=parts), start=1):
            number += 1
            yield _Place(
                number,
                clause.id,
                called[clause.id],
                index,
                passage.live_between(0, place.start)[-_AROUND:],
                passage.live_between(place.end, len(passage.words))[:_AROUND],
                clause.agreement.level if clause.agreement is not None else "",
                is_part(passage, place),
            )


def _tell_places(places: list[_Place], term: str) -> None:
    if answer({"term": term, "places": [fields(one) for one in places]}):
        return
    if not places:
        say(f"“{shown(term)}” does not stand in the text.")
    for one in places:
        say(_line(one, term))


def _line(one: _Place, term: str) -> str:
    agreed = drawn(f"  agreed ({one.agreed})", Look.ALARM) if one.agreed else ""
    part = drawn("  (inside a word)", Look.FAINT) if one.part else ""
    around = f"…{shown(one.before)}{drawn(term, Look.STRONG)}{shown(one.after)}…"
    return f"{one.number:>4}  {drawn(one.path, Look.PATH)}  {around}{part}{agreed}"


def _verdicts(
    places: list[_Place], all_: bool, spared: tuple[str, ...], only: tuple[str, ...]
) -> tuple[Occurrence, ...] | None:
    """What the options say of each place; ``None`` where it has to be asked."""
    from negotiation.domain.commands import Occurrence

    if not (all_ or spared or only):
        return None
    kept = dict(_numbered(places, one) for one in spared)
    wanted = {number for number, _ in (_numbered(places, one) for one in only)}
    return tuple(
        Occurrence(
            one.clause,
            one.occurrence,
            one.number not in kept and (not wanted or one.number in wanted),
            kept.get(one.number, ""),
        )
        for one in places
    )


def _numbered(places: list[_Place], said: str) -> tuple[int, str]:
    from negotiation.domain.refusals import NoSuchThing

    found = _LINE.match(said)
    if found is None or not 1 <= int(found["number"]) <= len(places):
        raise NoSuchThing("place", said, f"`--list` numbers them from 1 to {len(places)}")
    return int(found["number"]), found["why"] or ""


def _asked(places: list[_Place], old: str, new: str) -> tuple[Occurrence, ...]:
    """A yes or no for each place, from the terminal."""
    import sys

    from negotiation.domain.commands import Occurrence
    from negotiation.domain.refusals import Unclear

    if not sys.stdin.isatty():
        raise Unclear(
            f"“{old}” stands in {count(len(places), 'place')}; say --all, --except N or --only N, "
            "and --list shows them."
        )
    verdicts: list[Occurrence] = []
    for one in places:
        note(_line(one, old))
        change = click.confirm(f"      to “{shown(new)}”", default=True, err=True)
        why = ""
        if not change:
            why = click.prompt("      why not", default="", show_default=False, err=True)
        verdicts.append(Occurrence(one.clause, one.occurrence, change, why))
    return tuple(verdicts)
