"""The desk of one room, in a process of its own: acts when the plan says, each durable.

An act that is late because the one before it took long is made at once, and its lateness is told.
"""

import importlib
import sys
import time
from pathlib import Path

import msgspec

from benchmarks import steps as st
from benchmarks.conference.told import (
    Made,
    WritersTask,
    Wrote,
    clock,
    digest_of,
    hash_of,
    megabytes_now,
    peak_megabytes,
    ready,
    seconds_used,
)
from benchmarks.generator import generate
from benchmarks.ours import command_of
from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.entries import Entry
from negotiation.domain.refusals import Refusal
from negotiation.ledger.ledger import StoreError


def steps_of(clauses: int, acts: int, seed: int) -> tuple[st.Step, ...]:
    """The steps of one room: those that table the text, then one an act."""
    return generate(st.Size("room", clauses, clauses + acts, 0), seed).loaded


def begin(store: str, room: str, seed: int, clauses: int) -> None:
    """A new negotiation in the store, with its text tabled."""
    desk = Desk.begin(store, another=True)
    try:
        desk.act(do.OpenNegotiation(room))
        for step in steps_of(clauses, 0, seed):
            desk.act(command_of(step, ""), Hand(by=step.author))
    finally:
        desk.close()


def _write(task: WritersTask) -> Wrote:
    steps = steps_of(task.clauses, len(task.moments), task.seed)[task.clauses :]
    desk = Desk.open(task.store, task.room)
    made: list[Made] = []
    failed: list[str] = []
    entries: list[Entry] = []
    # What the first act of a program imports is loaded: a desk is open long before it is needed.
    importlib.import_module("negotiation.ledger.seals")
    desk.rehearse(do.DeleteClause(steps_of(1, 0, task.seed)[0].key))
    start = ready()
    for step, moment in zip(steps, task.moments, strict=True):
        due = start + moment
        if (left := due - clock()) > 0:
            time.sleep(left / 1e9)
        live = ""
        if isinstance(step, st.WordsReplaced | st.BracketPlaced):
            clause = desk.timeline.clause(step.key, desk.timeline.head)
            live = clause.passage.live if clause else ""
        command, hand = command_of(step, live), Hand(by=step.author)
        asked = clock()
        try:
            fresh = desk.act(command, hand)
        except (Refusal, StoreError) as fault:
            failed.append(f"{type(fault).__name__}: {fault}")
            continue
        durable = clock()
        entries += fresh
        made.append(Made(fresh[0].act.id, fresh[0].number, fresh[-1].number, due, asked, durable))
    text = hash_of(desk.timeline.text(desk.timeline.head))
    megabytes = megabytes_now()
    desk.close()
    return Wrote(
        tuple(made),
        tuple(failed),
        digest_of(entries),
        text,
        megabytes,
        peak_megabytes(),
        seconds_used(),
    )


if __name__ == "__main__":
    given = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=WritersTask)
    Path(given.outcome).write_bytes(msgspec.json.encode(_write(given)))
