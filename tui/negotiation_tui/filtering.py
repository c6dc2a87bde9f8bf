"""Some clauses of a page only: the open ones, those a party holds, the changed, the undiscussed.

A heading stays where something below it stays, so that one always reads where one is.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from negotiation.desk import Desk
from negotiation.domain.clause import Clause
from negotiation.domain.refusals import NoSuchThing
from negotiation_tui.page import Page, is_heading


@attrs.frozen
class Only:
    """Which clauses are shown."""

    kind: str = ""
    """Empty for all; open, held, changed or undiscussed."""
    what: str = ""
    """The party's code, or the moment as it was said."""
    since: int = 0

    @property
    def told(self) -> str:
        """How the header says it."""
        match self.kind:
            case "held":
                return f"held by {self.what}"
            case "changed":
                return f"changed since {self.what}"
            case "undiscussed":
                return "not yet discussed"
            case _:
                return self.kind


ALL = Only()


def said(words: str, desk: Desk) -> Only:
    """The filter that these words mean.

    ``open``, ``new`` (not yet discussed), ``since WHEN``, or a party. Raises a `Refusal` with the
    sentence.
    """
    wanted = words.strip()
    first, _, rest = wanted.partition(" ")
    match first.casefold():
        case "" | "all":
            return ALL
        case "open":
            return Only("open")
        case "new" | "undiscussed" | "not":
            return Only("undiscussed")
        case "since" | "changed":
            moment = rest.removeprefix("since ").strip()
            return Only("changed", moment or "now", desk.when(moment or "now"))
        case "held" | "by":
            wanted = rest.removeprefix("by ").strip()
    negotiation = desk.timeline.negotiation(desk.timeline.head)
    party = negotiation.party(wanted)
    if party not in negotiation.parties:
        known = ", ".join(one.code for one in negotiation.parties)
        raise NoSuchThing("party", wanted, f"the record knows {known or 'none'}")
    return Only("held", party.code)


def filtered(page: Page, only: Only, desk: Desk) -> Page:
    """The page with the clauses that the filter leaves."""
    keeps = _test(page, only, desk)
    kept: dict[str, Clause] = {}
    headings: list[Clause] = []
    for clause in page.clauses:
        if is_heading(clause):
            level = page.levels.get(clause.id, 0)
            headings = [one for one in headings if page.levels.get(one.id, 0) < level]
            headings.append(clause)
            if not keeps(clause):
                continue
        elif not keeps(clause):
            continue
        kept |= {one.id: one for one in (*headings, clause)}
    clauses = tuple(kept.values())
    places = {clause.id: place for place, clause in enumerate(clauses)}
    points = tuple(one for one in page.points if any(each in places for each in one.clauses))
    return attrs.evolve(page, clauses=clauses, places=places, points=points)


def _test(page: Page, only: Only, desk: Desk) -> Callable[[Clause], bool]:
    timeline = desk.timeline
    match only.kind:
        case "open":
            return lambda clause: bool(page.open_on.get(clause.id))
        case "held":
            return lambda clause: any(
                only.what in (*point.holders, *point.sponsors)
                or any(only.what in one.sponsors for one in point.alternatives)
                for point in page.open_on.get(clause.id, ())
            )
        case "changed":
            return lambda clause: (
                timeline.clause(clause.id, only.since) is not timeline.clause(clause.id, page.at)
            )
        case "undiscussed":
            entries = timeline.entries

            def untouched(clause: Clause) -> bool:
                numbers = timeline.changes_of(clause.id)
                if not numbers or is_heading(clause):
                    return False
                first = entries[numbers[0] - 1].act.id
                return all(
                    number > page.at or entries[number - 1].act.id == first for number in numbers
                )

            return untouched
        case _:
            return lambda _: True
