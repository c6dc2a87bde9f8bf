"""What is noted beside the text: positions, remarks, and the faults of a received page."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import MakeRemark, RecordPosition, SettleAnomaly
from negotiation.domain.entries import Drafted
from negotiation.domain.events import AnomalySettled, PositionRecorded, RemarkMade
from negotiation.domain.refusals import (
    AnomalyIsSettled,
    NoRepair,
    NoSuchThing,
    NothingChanges,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import ending_agreement, the_clause
from negotiation.domain.terms import Correction
from negotiation.domain.wording import read_anew
from negotiation.text.passage import marks_of


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
    """A named person accepts the proposed repair of the reading, or keeps the words as printed."""
    clause = the_clause(room, command.clause)
    anomaly = next((one for one in clause.margin.anomalies if one.id == command.anomaly), None)
    if anomaly is None:
        raise NoSuchThing("anomaly", command.anomaly, "`anomalies` lists them")
    damage = anomaly.damage
    if anomaly.settled:
        raise AnomalyIsSettled(damage.line, anomaly.settled)
    if not command.accept:
        return [Drafted(clause.id, AnomalySettled(anomaly.id, accepted=False))]
    if damage.applied:
        return [Drafted(clause.id, AnomalySettled(anomaly.id, accepted=True))]
    if not damage.corrections:
        why = "none was proposed" if not damage.repair else "it is not one that words can carry out"
        raise NoRepair(damage.line, why)
    try:
        repaired = clause
        for correction in damage.corrections:
            if _touched_since(repaired, correction):
                raise NoRepair(damage.line, "the words there have changed since")
            repaired = read_anew(repaired, correction)
    except ValueError:
        raise NoRepair(damage.line, "the words there have changed since") from None
    settled = Drafted(
        clause.id, AnomalySettled(anomaly.id, accepted=True, corrections=damage.corrections)
    )
    if repaired.passage.live == clause.passage.live:
        return [settled]
    return [*ending_agreement(clause, "", "its reading was repaired"), settled]


def _touched_since(clause: Clause, correction: Correction) -> bool:
    """Whether anybody struck or decided these words after the page was received."""
    entries = {
        entry
        for run in clause.passage.between(correction.start, correction.end)
        for mark in marks_of(run)
        for entry in (mark.entry, *(fate.entry for fate in mark.fates))
    }
    return not entries <= {clause.margin.tabled_by}
