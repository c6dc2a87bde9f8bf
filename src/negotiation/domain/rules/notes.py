"""What is noted beside the text: positions, remarks, and the faults of a received page."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import MakeRemark, RecordPosition, SettleAnomaly, WordsAt
from negotiation.domain.entries import Drafted
from negotiation.domain.events import AnomalySettled, PositionRecorded, RemarkMade
from negotiation.domain.refusals import (
    AnomalyIsSettled,
    NoRepair,
    NoSuchThing,
    NothingChanges,
    NotInText,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import (
    called,
    check_joint,
    ending_agreement,
    stretch,
    the_clause,
)
from negotiation.domain.terms import Correction, Origin, TabledRun
from negotiation.domain.wording import read_anew
from negotiation.text.changes import changes
from negotiation.text.passage import marks_of
from negotiation.text.search import Stretch


def position(command: RecordPosition, room: Room) -> list[Drafted]:
    """A fact about a party, not a state of the text."""
    clause = the_clause(room, command.clause)
    if not command.party:
        raise Unclear("Say whose position it is, with `--for`.")
    for held in clause.margin.positions:
        if (held.party, held.on, held.stance, held.condition) == (
            command.party,
            command.on,
            command.stance,
            command.condition,
        ):
            raise NothingChanges(f"{command.party} is recorded so already")
    recorded = PositionRecorded(command.party, command.stance, command.on, command.condition)
    return [Drafted(clause.id, recorded, visibility=command.visibility)]


def remark(command: MakeRemark, room: Room) -> list[Drafted]:
    """A note, by default for the chair only."""
    clause = the_clause(room, command.clause)
    if not command.words.strip():
        raise Unclear("A remark needs words.")
    return [
        Drafted(clause.id, RemarkMade(command.words, command.on), visibility=command.visibility)
    ]


def settle(command: SettleAnomaly, room: Room) -> list[Drafted]:
    """A named person accepts the proposed repair, types the reading, or keeps the words as printed.

    However the page is read better, nobody is credited with words that he did not strike.
    """
    clause = the_clause(room, command.clause)
    anomaly = next((one for one in clause.margin.anomalies if one.id == command.anomaly), None)
    if anomaly is None:
        raise NoSuchThing("anomaly", command.anomaly, "`anomalies` lists them")
    damage = anomaly.damage
    if anomaly.settled:
        raise AnomalyIsSettled(damage.line, anomaly.settled)
    if command.words is not None:
        corrections = _read_as(clause, command.words, command.part)
    elif not command.accept:
        return [Drafted(clause.id, AnomalySettled(anomaly.id, accepted=False))]
    elif damage.applied:
        return [Drafted(clause.id, AnomalySettled(anomaly.id, accepted=True))]
    else:
        corrections = damage.corrections
    if not corrections:
        why = "none was proposed" if not damage.repair else "it is not one that words can carry out"
        raise NoRepair(damage.line, why)
    try:
        repaired = clause
        for correction in corrections:
            if _touched_since(repaired, correction):
                raise NoRepair(damage.line, "the words there have changed since", changed=True)
            repaired = read_anew(repaired, correction)
    except ValueError:
        raise NoRepair(damage.line, "the words there have changed since", changed=True) from None
    settled = Drafted(clause.id, AnomalySettled(anomaly.id, accepted=True, corrections=corrections))
    if repaired.passage.live == clause.passage.live:
        return [settled]
    return [*ending_agreement(room, clause, "", "its reading was repaired"), settled]


def _read_as(clause: Clause, words: str, part: WordsAt | None) -> tuple[Correction, ...]:
    """The corrections that make a part of the clause read so, the last one first."""
    whole = clause.passage
    place = stretch(clause, part) if part is not None else Stretch(0, len(whole.words))
    live = [
        offset
        for at, run in whole.pieces()
        if run.live
        for offset in range(max(at, place.start), min(at + len(run.words), place.end))
    ]
    if not live:
        raise NotInText(called(clause))
    read = "".join(whole.words[offset] for offset in live)
    found: list[Correction] = []
    # From the back, so that no correction moves the place of the next one.
    for change in reversed(changes(read, words)):
        end = live[change.start - 1] + 1 if change.start else live[0]
        stretches = _unbroken(live[change.start : change.end]) or [(end, end)]
        check_joint(whole, stretches[0][0], change.inserted)
        for number, (low, high) in reversed(list(enumerate(stretches))):
            runs = () if number else _as_there(clause, low, high, change.inserted)
            found.append(Correction(low, high, whole.words[low:high], runs))
    if not words.strip() and read == whole.live:
        raise Unclear("A reading needs words; `delete` takes a clause out of the text.")
    if not found:
        raise NothingChanges(f"{called(clause)} reads so already; accept or reject it as it is")
    return tuple(found)


def _unbroken(offsets: list[int]) -> list[tuple[int, int]]:
    """The stretches that these offsets make; struck words between them are no part of any."""
    found: list[tuple[int, int]] = []
    for offset in offsets:
        if found and found[-1][1] == offset:
            found[-1] = (found[-1][0], offset + 1)
        else:
            found.append((offset, offset + 1))
    return found


def _as_there(clause: Clause, start: int, end: int, words: str) -> tuple[TabledRun, ...]:
    """The words with the history of those that they were misread as."""
    if not words:
        return ()
    there = clause.passage.between(start, end)
    mark = there[0].inserted_by if there else None
    if mark is None:
        return (TabledRun(words, Origin.PRESUMED),)
    return (TabledRun(words, Origin.INSERTED, False, mark.standing, mark.source),)


def _touched_since(clause: Clause, correction: Correction) -> bool:
    """Whether anybody struck or decided these words after the page was received."""
    entries = {
        entry
        for run in clause.passage.between(correction.start, correction.end)
        for mark in marks_of(run)
        for entry in (mark.entry, *(fate.entry for fate in mark.fates))
    }
    return not entries <= {clause.margin.tabled_by}
