"""A command that is put to the room comes back from the record as it was."""

import datetime as dt
import json
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain.terms import Condition, WaitsOn
from negotiation.ledger.stored_command import NotACommand, command_from, stored_command
from tests.ledger.facts import facts

NESTED = (
    do.Together,
    do.TakePackage,
    do.PutDecision,
    do.TakeDecision,
    do.ReceiveDraft,
    do.ReceiveRevision,
    do.HandIn,
    do.AdmitProposal,
)
"""Commands that hold commands or events."""

PLAIN = st.sampled_from(
    [kind for kind in typing.get_args(do.Command) if kind not in NESTED]
).flatmap(facts)


@given(PLAIN)
def test_every_command_comes_back(command):
    assert command_from(stored_command(command)) == command


@given(st.lists(PLAIN, min_size=1, max_size=3).map(tuple))
def test_commands_within_commands_come_back(commands):
    for command in (do.Together(commands), do.TakePackage("k", commands)):
        assert command_from(stored_command(command)) == command


def test_what_is_stored_reads_as_what_it_is():
    command = do.AgreeClause("a", "", (Condition("pending b", WaitsOn.CLAUSE, "b"), "the money"))
    plain = json.loads(stored_command(command))
    assert plain["is"] == "AgreeClause"
    assert plain["conditions"][0] == {
        "is": "Condition",
        "words": "pending b",
        "waits_on": "clause",
        "on": "b",
    }
    at = dt.datetime(2031, 5, 6, tzinfo=dt.UTC)
    objection = do.MakeObjection("d", "J", at)
    assert command_from(stored_command(objection)) == objection


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "3",
        "{}",
        '{"is": "Fly"}',
        '{"is": "WordsAt", "words": "x"}',
        '{"is": "Command"}',
        '{"is": "LiftBracket"}',
        '{"is": "LiftBracket", "point": "a", "why": "b"}',
        '{"is": "LiftBracket", "point": 3}',
        '{"is": "LiftBracket", "point": {"is": "WordsAt", "words": "x"}}',
        '{"is": "Together", "commands": {"is": "LiftBracket", "point": "a"}}',
        '{"is": "Together", "commands": ' * 20_000,
    ],
)
def test_anything_else_is_no_command(stored):
    with pytest.raises(NotACommand):
        command_from(stored)
