"""Packages: points and clauses tied together, taken as a whole, then agreed or broken."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.decide import unguarded
from negotiation.domain.terms import Package
from negotiation.trial import Trial
from negotiation.views.at_that_time import Moment
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.page import gone
from negotiation_tui.stage import Answers, Field, Missing, Pick, Stage

_UNDECIDED = "still open"
_LIFT, _BASE, _NONE = "lift: its words stand", "base: as it was before", "none: its words go"
_RETAIN, _NOT = "retain it", "do not retain it"


def form_package(at: AtHand) -> Stage | Missing:
    """Open points and clauses are tied together, so that none is settled without the others."""
    package = at.desk.new_id()
    rows = _to_tie(at)

    def command(answers: Answers) -> do.Command | Missing:
        name = answers["name"].strip()
        if not name:
            return Missing("Say the name by which the room can speak of it.")
        points, clauses = [], []
        for line in answers["of"].split("\n"):
            point, clause = rows.get(line, ("", ""))
            points += [point] if point else []
            clauses += [clause] if clause else []
        for said in answers["clauses"].split(","):
            if said.strip():
                found = at.clause_called(said)
                if isinstance(found, Missing):
                    return found
                clauses.append(found.id)
        return do.FormPackage(package, name, tuple(dict.fromkeys(clauses)), tuple(points))

    here = f"{at.point.number} " if at.point is not None else "the clause"
    marked = [line for line in rows if line.startswith(here)]
    fields = [
        Field("name", "Name", "such as: finance", needed=True),
        Field("of", "Ties", choices=tuple(rows), value="\n".join(marked), many=True),
        Field("clauses", "And clauses", "paths, with commas; may stay empty"),
    ]
    return Stage("Form a package", (), tuple(fields), command)


def _to_tie(at: AtHand) -> dict[str, tuple[str, str]]:
    """What can be marked: a row, and the open point or the clause that it stands for."""
    rows: dict[str, tuple[str, str]] = {}
    if at.point is None and not gone(at.clause):
        rows[f"the clause {at.called}"] = ("", at.clause.id)
    for point in at.page.points:
        said = f"{point.number} {visible(point.where)}  “{brief(_words(point), 60)}”"
        # What is proposed by itself has no bracket to tie: its clause is what is tied.
        rows[said] = ("", point.clauses[0]) if point.kind == PROPOSAL else (point.id, "")
    return rows or {f"the clause {at.called}": ("", at.clause.id)}


def _words(point: OpenPoint) -> str:
    if point.alternatives:
        return " | ".join(brief(one.words or "struck", 24) for one in point.alternatives)
    return point.words or point.struck


def take_package(at: AtHand) -> Stage | Missing:
    """Every point of a package is settled, all in one act, on condition that it holds."""
    package = _the_package(at, "formed")
    if isinstance(package, Missing):
        return package
    members = set(package.clauses)
    points = [one for one in at.page.points if members & set(one.clauses)]

    def command(answers: Answers) -> do.Command | Missing:
        trial = Trial(at.desk, unguarded)
        for point in points:
            if not _is_open(trial.timeline.moment(), point):
                continue  # The decision on a bracket around it has settled it as well.
            decided = _decided(point, answers[point.id])
            if decided is None:
                return Missing(f"Say what becomes of open point {point.number}, {point.where}.")
            trial.act(decided)
        return do.TakePackage(package.id, tuple(trial.tried))

    fields = tuple(
        Field(point.id, f"Point {point.number}", choices=_choices(point)) for point in points
    )
    title = f"Take the package {visible(package.name)}, as long as it holds"
    return Stage(title, (_told(at, package),), fields, command, shows=8)


def _is_open(moment: Moment, point: OpenPoint) -> bool:
    for clause in map(moment.clause, point.clauses):
        if clause is None:
            continue
        if point.kind == PROPOSAL:
            proposal = clause.proposal(point.id)
            if proposal is not None and proposal.state == "on the table":
                return True
        elif clause.bracket(point.id) is not None:
            return True
    return False


def _choices(point: OpenPoint) -> tuple[str, ...]:
    """What may become of a point, in the words of a dialog; that it is still open comes first."""
    still = f"{_UNDECIDED}, {visible(point.where)}: “{brief(_words(point), 50)}”"
    if point.kind == PROPOSAL:
        return still, _RETAIN, _NOT
    if not point.alternatives:
        return still, _LIFT, _BASE, _NONE
    listed = (f"{one.order} “{brief(one.words or 'struck', 50)}”" for one in point.alternatives)
    return (still, *listed, _BASE, _NONE)


def _decided(point: OpenPoint, said: str) -> do.Command | None:
    """The decision on a point that was chosen; ``None`` while it is still open."""
    match said:
        case str() if said.startswith(_UNDECIDED):
            return None
        case str() if said == _RETAIN:
            return do.RetainProposal(point.id)
        case str() if said == _NOT:
            return do.DropProposal(point.id)
        case str() if said == _LIFT:
            return do.LiftBracket(point.id)
        case str() if said == _BASE:
            return do.ResolveOpenPoint(point.id)
        case str() if said == _NONE:
            orders = tuple(dict.fromkeys(one.order for one in point.alternatives)) or (1,)
            return do.ResolveOpenPoint(point.id, tuple(do.Drop(order) for order in orders))
    order = int(said.partition(" ")[0])
    return do.ResolveOpenPoint(point.id, (do.Choose(order),))


def agree_package(at: AtHand) -> Stage | Missing:
    """A package that was taken is agreed for good."""
    held = _in_state(at, "taken")
    if not held:
        return Missing("No package is taken; “take a package” in the palette takes one.")
    which = _which(at, held)
    title = "Agree the package"
    if len(held) == 1:
        title = f"{title} {visible(held[0].name)}"
    return Stage(
        title,
        tuple(_told(at, one) for one in held),
        which.fields,
        lambda answers: do.AgreePackage(which.of(answers).id),
        shows=8,
    )


def break_package(at: AtHand) -> Stage | Missing:
    """A package falls: whatever taking it settled is put back as it was."""
    held = _in_state(at, "formed", "taken")
    if not held:
        return Missing("There is no package that could be broken.")
    which = _which(at, held)

    def command(answers: Answers) -> do.Command | Missing:
        ground = answers["ground"].strip()
        if not ground:
            return Missing("Say the ground on which it falls.")
        by = stage.codes(at.desk, answers["party"])
        return do.BreakPackage(which.of(answers).id, by[0] if by else "", ground)

    fields = (
        Field("ground", "Ground", needed=True),
        stage.party("party", "For", "a code; may stay empty", at.speaker),
        *which.fields,
    )
    title = "Break the package"
    if len(held) == 1:
        title = f"{title} {visible(held[0].name)}"
    about = tuple(_told(at, one) for one in held)
    return Stage(title, about, fields, command, stage.delegation(at.desk), shows=8)


def _in_state(at: AtHand, *states: str) -> tuple[Package, ...]:
    return tuple(one for one in at.page.moment.negotiation.packages if one.state in states)


def _which(at: AtHand, held: tuple[Package, ...]) -> Pick[Package]:
    """The packages, that of the clause at hand first."""
    first = next((n for n, one in enumerate(held) if one.id == at.clause.margin.package), 0)
    return Pick("package", "Package", held, lambda one: visible(one.name), first)


def _the_package(at: AtHand, state: str) -> Package | Missing:
    """The package in this state that the clause at hand belongs to, or the only one."""
    held = _in_state(at, state)
    mine = [one for one in held if one.id == at.clause.margin.package]
    if not held:
        return Missing(f"No package is {state}; “form a package” in the palette forms one.")
    if not mine and len(held) > 1:
        names = ", ".join(visible(one.name) for one in held)
        return Missing(f"{len(held)} are {state}: {names}; go to a clause of the one meant.")
    return (mine or list(held))[0]


def _told(at: AtHand, package: Package) -> Line:
    """A package in a line: its clauses and how it stands."""
    tied = ", ".join(visible(at.page.called.get(one, one)) for one in package.clauses)
    return (
        (f"{visible(package.name)} ({package.state}): ", Ink.STRONG),
        (tied, Ink.PLAIN),
    )
