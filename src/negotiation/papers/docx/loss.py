"""What the record knows and a Word file cannot say: the list that goes with every file written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from negotiation.domain.clause import Clause
from negotiation.domain.terms import BracketKind, Kind
from negotiation.papers.docx.moves import Half, rows
from negotiation.papers.docx.sayable import unsayable
from negotiation.papers.loss import Loss, lost
from negotiation.papers.marks import signs_that_are_words
from negotiation.text.passage import marks_of
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import as_first_placed, has_a_place
from negotiation.views.paths import paths
from negotiation.views.readings import AsProposedBy, Reading
from negotiation.views.what_is_open import ON_THE_TABLE
from negotiation.views.what_may_be_seen import PUBLIC, positions_on, remarks_on


def losses(
    timeline: Timeline, at: int, reading: Reading | AsProposedBy, *, names: bool = True
) -> tuple[Loss, ...]:
    """What is lost when the text after entry ``at`` is written in this reading."""
    moment = timeline.moment(at)
    found = [*_of_words(timeline, moment, reading), *_of_clauses(timeline, moment, names=names)]
    found += _of_the_whole(timeline, moment, names=names)
    return tuple(one for one in found if one.count)


_HIDDEN = (" that is not for everybody", " that are not for everybody")
_Counted = Callable[[Clause], int]


def _told(what: tuple[str, str], moment: Moment, counted: _Counted) -> Loss:
    called = paths(moment)
    row = [(clause.id, counted(clause)) for clause in moment.clauses if clause.margin.tabled]
    where = tuple(called[clause] for clause, count in row if count)
    return lost(*what, sum(count for _, count in row), where)


def _of_words(
    timeline: Timeline, moment: Moment, reading: Reading | AsProposedBy
) -> Iterator[Loss]:
    if reading is Reading.MARKED:
        called = paths(moment)
        moved = [
            called[row.clause.id]
            for row in rows(moment, as_first_placed(timeline, moment.at))
            if row.half is Half.CAME
        ]
        yield lost(
            "clause that moved, shown as struck and inserted",
            "clauses that moved, shown as struck and inserted",
            len(moved),
            tuple(moved),
        )
        yield _told(
            (
                "change that nobody has decided, shown like a decided one",
                "changes that nobody has decided, shown like decided ones",
            ),
            moment,
            _undecided,
        )
        yield _told(
            (
                "line of the page's head, shown as an insertion",
                "lines of the page's head, shown as insertions",
            ),
            moment,
            _of_the_head,
        )
        yield _told(
            ("present label of a struck clause", "present labels of struck clauses"),
            moment,
            _struck_labels,
        )
        yield _told(
            ("second strike of the same words", "second strikes of the same words"),
            moment,
            _struck_again,
        )
    else:
        yield _told(
            ("stretch of words with its author", "stretches of words with their authors"),
            moment,
            _marked,
        )
    yield _told(
        (
            "bracket that is a word, shown like an open point",
            "brackets that are words, shown like open points",
        ),
        moment,
        _bracket_words,
    )
    yield _told(
        (
            "word presumed to be of the base, shown as one of it",
            "words presumed to be of the base, shown as its words",
        ),
        moment,
        _presumed,
    )
    yield _told(
        ("character that no Word file holds", "characters that no Word file holds"),
        moment,
        lambda one: unsayable(_words(one)),
    )


def _of_clauses(timeline: Timeline, moment: Moment, *, names: bool) -> Iterator[Loss]:
    def remarks(clause: Clause) -> int:
        shown = remarks_on(clause, PUBLIC, timeline) if names else ()
        return len(clause.margin.remarks) - len(shown)

    def positions(clause: Clause) -> int:
        shown = positions_on(clause, PUBLIC, timeline) if names else ()
        return len(clause.margin.positions) - len(shown)

    yield _told(
        ("wording among rivals, shown as a clause", "wordings that are rivals, shown as clauses"),
        moment,
        _rivals,
    )
    yield _told(
        (
            "symbol of a proposal, shown as a comment only",
            "symbols of proposals, shown as comments only",
        ),
        moment,
        _symbols,
    )
    yield _told(
        (
            "fate of a proposal (retained, not retained, withdrawn, merged)",
            "fates of proposals (retained, not retained, withdrawn, merged)",
        ),
        moment,
        _decided,
    )
    yield _told(("supporter of a proposal", "supporters of proposals"), moment, _supporters)
    yield _told(
        ("proposal that a clause stay as it is", "proposals that a clause stay as it is"),
        moment,
        _no_changes,
    )
    yield _told(
        ("agreement of a clause", "agreements of clauses"),
        moment,
        lambda one: int(one.agreement is not None),
    )
    yield _told(("condition of an agreement", "conditions of agreements"), moment, _conditions)
    yield _told(
        ("reservation on the text as a whole", "reservations on the text as a whole"),
        moment,
        _reservations,
    )
    hidden = _HIDDEN if names else ("", "")
    yield _told((f"remark{hidden[0]}", f"remarks{hidden[1]}"), moment, remarks)
    yield _told((f"position{hidden[0]}", f"positions{hidden[1]}"), moment, positions)
    if names:
        shown = sum(len(positions_on(one, PUBLIC, timeline)) for one in moment.clauses)
        yield lost("position, shown as a comment only", "positions, shown as comments only", shown)
    yield _told(
        ("anomaly of the page", "anomalies of the page"),
        moment,
        lambda one: len(one.margin.anomalies),
    )
    yield _told(
        ("way in which the page printed words", "ways in which the page printed words"),
        moment,
        lambda one: len(one.printed),
    )


def _of_the_whole(timeline: Timeline, moment: Moment, *, names: bool) -> Iterator[Loss]:
    whole = moment.negotiation
    entries = timeline.entries[: moment.at]
    yield lost("package", "packages", len(whole.packages))
    yield lost("decision put to the room", "decisions put to the room", len(whole.decisions))
    yield lost("version issued", "versions issued", len(whole.issued))
    points = {bracket.point for clause in moment.clauses for bracket in clause.brackets}
    yield lost(
        "id of a clause or an open point",
        "ids of clauses and open points",
        len(moment.clauses) + len(points),
    )
    typed = {one.act.id for one in entries if one.act.typed_by not in ("", one.act.by)}
    yield lost(
        "act typed by somebody else than who decided",
        "acts typed by somebody else than who decided",
        len(typed),
    )
    if not names:
        yield lost(
            "name of a party, left out as asked",
            "names of parties, left out as asked",
            len(whole.parties),
        )


# -- counted on one clause ------------------------------------------------------------------------


def _words(clause: Clause) -> str:
    return clause.label + clause.passage.words


def _bracket_words(clause: Clause) -> int:
    words = clause.passage.words
    named = signs_that_are_words(words)
    return sum(sign in "[{" and place not in named for place, sign in enumerate(words))


def _marked(clause: Clause) -> int:
    return sum(bool(marks_of(run)) for run in clause.passage.runs)


def _presumed(clause: Clause) -> int:
    return sum(len(run.words.split()) for run in clause.passage.runs if run.presumed)


def _undecided(clause: Clause) -> int:
    return sum(run.pending for run in clause.passage.runs)


def _of_the_head(clause: Clause) -> int:
    return int(clause.kind is Kind.HEADER and bool(clause.passage.live))


def _struck_labels(clause: Clause) -> int:
    stands = has_a_place(clause, Reading.LIVE)
    return int(not stands and bool(clause.base_label) and clause.label != clause.base_label)


def _struck_again(clause: Clause) -> int:
    return sum(
        max(sum(mark.counts for mark in run.struck_by) - 1, 0) for run in clause.passage.runs
    )


def _rivals(clause: Clause) -> int:
    return len(clause.alternatives)


def _symbols(clause: Clause) -> int:
    return sum(bool(one.symbol) for one in clause.proposals)


def _decided(clause: Clause) -> int:
    return sum(one.state != ON_THE_TABLE for one in clause.proposals)


def _supporters(clause: Clause) -> int:
    return sum(len(one.supporters) for one in clause.proposals)


def _no_changes(clause: Clause) -> int:
    return sum(one.kind == "NOC" for one in clause.proposals)


def _conditions(clause: Clause) -> int:
    return len(clause.agreement.conditions) if clause.agreement is not None else 0


def _reservations(clause: Clause) -> int:
    return sum(one.begins and one.kind is BracketKind.WHOLE_TEXT for one in clause.brackets)
