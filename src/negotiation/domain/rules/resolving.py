"""The decision on an open point: choose, trim, merge, drop, new words, keep the base.

Alternatives are not exclusive: several may be chosen, and become clauses of their own with the
group's label and the next ones. What becomes of every word is written into the events, so that a
replay computes nothing.
"""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    Choose,
    Drop,
    Merge,
    ResolveOpenPoint,
    Trim,
    Verdict,
    WordsAt,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import ClausePlaced, ClauseTabled, OpenPointResolved
from negotiation.domain.numbering import next_label
from negotiation.domain.refusals import NoSuchThing, Unclear
from negotiation.domain.room import Room
from negotiation.domain.rules.named import called, check_joint, new_id, sharing, the_one
from negotiation.domain.rules.open_points import fallen
from negotiation.domain.rules.proposals import parted, words_shared
from negotiation.domain.rules.seams import mended
from negotiation.domain.terms import Alternative, Origin, Outcome, Settled, TabledRun
from negotiation.domain.wording import decided
from negotiation.text.edit import Edit, apply, apply_all, insertion, replacement
from negotiation.text.passage import Fate, Mark, Passage, Standing, marks_of
from negotiation.text.search import Stretch, occurrences, tidy_deletion


@attrs.frozen
class _Wording:
    """One wording of the open point: where it stands, and the proposals that it decides."""

    clause: Clause
    alternative: Alternative
    proposals: tuple[str, ...]
    plain: bool = False
    """Whether it is what a bracket without alternatives holds."""


@attrs.frozen
class _Ruled:
    wording: _Wording
    verdict: Verdict


def resolve(command: ResolveOpenPoint, room: Room) -> list[Drafted]:
    """One event for each clause that the point touches, and the new order."""
    touched = sharing(room, command.point)
    wordings = _wordings(command.point, touched)
    ruled = _ruled(command, wordings)
    group_label = next(
        (w.alternative.label or w.clause.label for w in wordings if w.alternative.reach.whole), ""
    )
    labels = _labels(command.verdicts, ruled, group_label)
    new_words = command.words
    beside = bool(new_words) and all(w.alternative.reach.whole for w in wordings)
    host = wordings[0].clause if new_words and not beside else None
    finals = _final_words(ruled, new_words)
    drafted: list[Drafted] = []
    if beside:
        drafted += _tabled_anew(command, room, touched, wordings, group_label)
    for clause in touched:
        mine = [one for one in ruled if one.wording.clause.id == clause.id]
        drafted.append(
            Drafted(
                clause.id,
                _decided(
                    command,
                    clause,
                    mine,
                    ruled,
                    finals,
                    labels.get(clause.id),
                    new_words if host is not None and host.id == clause.id else "",
                ),
            )
        )
    return drafted + _reordered(command, room, touched, ruled)


def _wordings(point: str, touched: list[Clause]) -> list[_Wording]:
    """The alternatives in printed order; a bracket without any is one wording by itself."""
    found = [
        _Wording(clause, one, (one.proposal,) if one.proposal else ())
        for clause in touched
        for one in clause.alternatives
        if one.point == point and not fallen(clause, one)
    ]
    if found:
        return sorted(found, key=lambda w: w.alternative.order)
    plain: list[_Wording] = []
    for clause in touched:
        bracket = clause.bracket(point)
        if bracket is not None:
            inside = _proposals_inside(clause, *bracket.reach.within(len(clause.passage.words)))
            held = Alternative(point, 1, reach=bracket.reach)
            plain.append(_Wording(clause, held, inside, plain=True))
    return plain


def _proposals_inside(clause: Clause, start: int, end: int) -> tuple[str, ...]:
    """The proposals on the table whose every word lies within the stretch."""
    inside: set[str] = set()
    outside: set[str] = set()
    for at, run in clause.passage.pieces():
        within = start <= at and at + len(run.words) <= end
        for mark in marks_of(run):
            if mark.source and mark.standing is Standing.PENDING:
                (inside if within else outside).add(mark.source)
    return tuple(sorted(inside - outside))


def _ruled(command: ResolveOpenPoint, wordings: list[_Wording]) -> list[_Ruled]:
    orders = {w.alternative.order for w in wordings}
    verdicts: dict[int, Verdict] = {}
    for verdict in command.verdicts:
        if verdict.order not in orders:
            raise NoSuchThing("alternative", str(verdict.order), "`open` numbers them")
        if verdict.order in verdicts:
            raise Unclear(f"Alternative {verdict.order} is decided twice in this act.")
        verdicts[verdict.order] = verdict
    standing = {order for order, verdict in verdicts.items() if isinstance(verdict, Choose | Trim)}
    for verdict in verdicts.values():
        if isinstance(verdict, Merge) and verdict.into not in standing:
            raise Unclear(
                f"Alternative {verdict.order} cannot be merged into {verdict.into}, "
                "which does not go into the text."
            )
    if command.words and standing:
        raise Unclear("Either a new wording or one of the alternatives goes into the text.")
    keep_base = _keeps_base(command)
    ruled: list[_Ruled] = []
    for wording in wordings:
        order = wording.alternative.order
        default: Verdict = Choose(order) if keep_base and not wording.proposals else Drop(order)
        ruled.append(_Ruled(wording, verdicts.get(order, default)))
    return ruled


def _labels(verdicts: tuple[Verdict, ...], ruled: list[_Ruled], group_label: str) -> dict[str, str]:
    """The labels of the clauses that go into the text: the group's, then the next ones."""
    clauses = {one.wording.alternative.order: one.wording for one in ruled}
    labels: dict[str, str] = {}
    if _several_clauses(ruled):
        return labels
    label = group_label
    for verdict in verdicts:
        wording = clauses[verdict.order]
        if not isinstance(verdict, Choose | Trim) or not wording.alternative.reach.whole:
            continue
        if verdict.label is not None:
            label = verdict.label
        labels[wording.clause.id] = label
        label = next_label(label, romans=_counts_in_romans(label))
    return labels


def _several_clauses(ruled: list[_Ruled]) -> bool:
    """Whether an alternative runs over several clauses; those keep their labels and places."""
    return len({one.wording.alternative.order for one in ruled}) < len(ruled)


def _counts_in_romans(label: str) -> bool:
    core = label.strip("().")
    return core in ("i", "v", "x") or len(core) > 1


def _final_words(ruled: list[_Ruled], new_words: str) -> dict[int, str]:
    """What each chosen alternative will read, by its order; 0 is the new wording."""
    finals = {0: new_words}
    for one in ruled:
        passage = one.wording.clause.passage
        start, end = one.wording.alternative.reach.within(len(passage.words))
        match one.verdict:
            case Choose(order=order):
                finals[order] = passage.live_between(start, end)
            case Trim(order=order, keep=keep):
                stretches = _kept(one.wording, keep)
                finals[order] = "".join(passage.live_between(s.start, s.end) for s in stretches)
    return finals


def _decided(
    command: ResolveOpenPoint,
    clause: Clause,
    mine: list[_Ruled],
    ruled: list[_Ruled],
    finals: dict[int, str],
    label: str | None,
    new_words: str,
) -> OpenPointResolved:
    passage = clause.passage
    parts: list[Settled] = []
    strikes: list[Stretch] = []
    ending: tuple[int, str] | None = None
    for one in mine:
        start, end = one.wording.alternative.reach.within(len(passage.words))
        match one.verdict:
            case Choose():
                parts.append(Settled(start, end, Standing.KEPT))
            case Trim(keep=keep, ending=last):
                kept = _kept(one.wording, keep)
                parts += _within(parted(passage, kept, Standing.KEPT, Standing.DROPPED), start, end)
                strikes += [
                    Stretch(part.start, part.end)
                    for part in parts
                    if part.standing is Standing.DROPPED
                ]
                if last:
                    ending = (max(s.end for s in kept), last)
            case Merge(into=into):
                parts += _merged(passage, one, finals[into], start, end)
                strikes.append(Stretch(start, end))
            case Drop() if command.words:
                parts += _merged(passage, one, command.words, start, end)
                strikes.append(Stretch(start, end))
            case Drop() if _keeps_base(command) and one.wording.plain:
                # The words that the bracket holds are the base's; only what was proposed falls.
                parts.append(Settled(start, end, Standing.DROPPED))
            case Drop():
                parts.append(Settled(start, end, Standing.DROPPED))
                strikes.append(_tidied(passage, one, start, end))
    proposals = tuple(name for one in mine for name in one.wording.proposals)
    settled = decided(clause, 0, proposals, Standing.DROPPED, tuple(parts)).passage
    edits = list(_struck(settled, strikes))
    put = [insertion(*ending)] if ending is not None else []
    if new_words:
        put.append(insertion(max(_reach(one)[1] for one in mine), new_words))
    for edit in put:
        check_joint(passage, edit.start, edit.inserted)
    edges = frozenset(edge for one in mine for edge in _reach(one)) if not put else frozenset()
    edits += put
    edits += mended(apply_all(passage, put, _DECISION), apply_all(settled, edits, _DECIDED), edges)
    return OpenPointResolved(
        command.point,
        _outcome(command, mine),
        proposals,
        tuple(parts),
        tuple(edits),
        label,
        _into(command, mine, ruled),
        _sources(mine, ruled, new_words),
    )


def _reach(one: _Ruled) -> tuple[int, int]:
    wording = one.wording
    return wording.alternative.reach.within(len(wording.clause.passage.words))


def _kept(wording: _Wording, keep: tuple[WordsAt, ...]) -> list[Stretch]:
    """Where the words to keep stand in a wording, in the order of the text."""
    passage = wording.clause.passage
    start, end = wording.alternative.reach.within(len(passage.words))
    if not keep:
        raise Unclear("Name the words to keep; an alternative without any is dropped.")
    kept: list[Stretch] = []
    for named in keep:
        own = occurrences(
            passage, named.words, among=lambda one: start <= one.start and one.end <= end
        )
        if not own and occurrences(passage, named.words):
            raise Unclear("The words to keep do not all stand in that alternative.")
        kept.append(the_one(own, named, called(wording.clause)))
    return sorted(kept, key=lambda one: one.start)


def _keeps_base(command: ResolveOpenPoint) -> bool:
    return not command.verdicts and not command.words


def _merged(passage: Passage, one: _Ruled, other: str, start: int, end: int) -> tuple[Settled, ...]:
    shared = [s for name in one.wording.proposals for s in words_shared(passage, name, other)]
    parts = parted(passage, shared, Standing.MERGED, Standing.DROPPED)
    return _within(parts, start, end)


def _within(parts: tuple[Settled, ...], start: int, end: int) -> tuple[Settled, ...]:
    cut = (Settled(max(part.start, start), min(part.end, end), part.standing) for part in parts)
    return tuple(part for part in cut if part.start < part.end)


def _tidied(passage: Passage, one: _Ruled, start: int, end: int) -> Stretch:
    if one.wording.alternative.reach.whole:
        return Stretch(start, end)
    return tidy_deletion(passage, Stretch(start, end))


def _struck(passage: Passage, strikes: list[Stretch]) -> tuple[Edit, ...]:
    """Edits that strike what still stands in the stretches; none of them moves a place."""
    edits: list[Edit] = []
    for one in strikes:
        edit = replacement(passage, one.start, one.end)
        if edit.removed:
            edits.append(edit)
            passage = apply(passage, edit, _DECISION)
    return tuple(edits)


_DECISION = Mark(0)
_DECIDED = Mark(0, "", (Fate(0, Standing.KEPT),))


def _outcome(command: ResolveOpenPoint, mine: list[_Ruled]) -> Outcome:
    if command.words:
        return Outcome.NEW_WORDS
    if not command.verdicts:
        return Outcome.BASE_KEPT
    verdicts = [one.verdict for one in mine]
    if any(isinstance(verdict, Trim) for verdict in verdicts):
        return Outcome.TRIMMED
    if any(isinstance(verdict, Choose) for verdict in verdicts):
        return Outcome.CHOSEN
    if any(isinstance(verdict, Merge) for verdict in verdicts):
        return Outcome.MERGED
    return Outcome.DROPPED


def _into(command: ResolveOpenPoint, mine: list[_Ruled], ruled: list[_Ruled]) -> str:
    if command.words:
        return command.new_clause
    for one in mine:
        if isinstance(one.verdict, Merge):
            target = one.verdict.into
            return next(o.wording.clause.id for o in ruled if o.wording.alternative.order == target)
    return ""


def _sources(mine: list[_Ruled], ruled: list[_Ruled], new_words: str) -> tuple[str, ...]:
    if new_words:
        return tuple(name for one in ruled for name in one.wording.proposals)
    orders = {one.wording.alternative.order for one in mine}
    return tuple(
        name
        for one in ruled
        if isinstance(one.verdict, Merge) and one.verdict.into in orders
        for name in one.wording.proposals
    )


def _tabled_anew(
    command: ResolveOpenPoint,
    room: Room,
    touched: list[Clause],
    wordings: list[_Wording],
    label: str,
) -> list[Drafted]:
    """The new wording as a clause of its own, before the alternatives that it takes up."""
    new_id(room, command.new_clause)
    order = room.negotiation.order
    index = next(i for i, placed in enumerate(order) if placed.clause == touched[0].id)
    before = order[index - 1].clause if index else ""
    run = TabledRun(command.words, Origin.INSERTED)
    sources = tuple(name for w in wordings for name in w.proposals)
    tabled = ClauseTabled(touched[0].kind, label, (run,), sources=sources)
    return [
        Drafted(command.new_clause, tabled),
        Drafted("", ClausePlaced(command.new_clause, before, order[index].level)),
    ]


def _reordered(
    command: ResolveOpenPoint, room: Room, touched: list[Clause], ruled: list[_Ruled]
) -> list[Drafted]:
    """Moves that bring the chosen clauses into the order of the verdicts, before the others."""
    clauses = {one.wording.alternative.order: one.wording.clause.id for one in ruled}
    chosen = [
        clauses[verdict.order] for verdict in command.verdicts if isinstance(verdict, Choose | Trim)
    ]
    if len(set(clauses.values())) < 2 or not chosen or _several_clauses(ruled):
        return []
    levels = {placed.clause: placed.level for placed in room.negotiation.order}
    order = [placed.clause for placed in room.negotiation.order]
    index = order.index(touched[0].id)
    before = order[index - 1] if index else ""
    moves: list[Drafted] = []
    for clause in dict.fromkeys(chosen):
        place = order.index(clause)
        previous = order[place - 1] if place else ""
        if previous != before:
            moves.append(Drafted("", ClausePlaced(clause, before, levels[clause])))
            order.remove(clause)
            order.insert(order.index(before) + 1 if before else 0, clause)
        before = clause
    return moves
