"""Who may make which act, where people are told apart."""

from __future__ import annotations

import typing

import attrs
import pytest

from negotiation.domain import commands as do
from negotiation.domain.commands import Command
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity, Party
from negotiation.domain.refusals import NotInThisCapacity, SpeaksForAnother
from negotiation.domain.rules.capacities import check_capacity, is_handed_in
from negotiation.domain.terms import ProposalTerms, Stance
from tests.given import instead, mod

WHOLE = Negotiation("n", parties=(Party("FJI", "Fiji"), Party("AOSIS", "", ("Fiji", "KIR"))))
MOD = mod(instead("small", "little"))
REVISE = do.ReviseText("a", (do.Rewording("little", do.WordsAt("small")),))


def may(command, capacity, party=""):
    """Whether this is let through."""
    try:
        check_capacity(command, capacity, party, WHOLE)
    except NotInThisCapacity:
        return False
    return True


def test_an_observer_makes_no_act_at_all():
    for kind in typing.get_args(Command):
        if kind is not do.Together:
            bare = object.__new__(kind)
            with pytest.raises(NotInThisCapacity):
                check_capacity(bare, Capacity.OBSERVER, "", WHOLE)


@pytest.mark.parametrize(
    ("command", "for_whom"),
    [
        (do.AgreeClause("a"), "chair secretariat"),
        (MOD, "chair secretariat"),
        (REVISE, "chair secretariat"),
        (attrs.evolve(REVISE, editorial=True), "chair secretariat editor"),
        (do.RelabelClause("a", "b)"), "chair secretariat editor"),
        (do.MakeRemark("a", "so"), "chair secretariat editor delegation"),
        (do.RecordPosition("a", "FJI", Stance.OPPOSES), "chair secretariat delegation"),
        (do.HandIn("h", "FJI", MOD, "", "MOD"), "chair secretariat delegation"),
        (do.AdmitProposal("h", MOD), "chair secretariat"),
        (do.ReverseAct("x"), "chair secretariat"),
        (do.RevokeAccreditation("x"), "chair secretariat"),
        (do.AccreditPerson("x", "B", Capacity.EDITOR, role="b"), "chair secretariat"),
        (do.AccreditPerson("x", "B", Capacity.CHAIR, role="b"), "chair"),
    ],
    ids=lambda one: type(one).__name__ if attrs.has(type(one)) else None,
)
def test_the_table(command, for_whom):
    people = [one for one in Capacity if one is not Capacity.IMPORT]
    assert {one.value for one in people if may(command, one, "FJI")} == set(for_whom.split())


def test_in_one_breath_every_part_is_asked_about():
    both = do.Together((do.MakeRemark("a", "so"), do.AgreeClause("a")))
    assert may(both, Capacity.CHAIR)
    assert not may(both, Capacity.EDITOR)
    assert is_handed_in(do.Together((MOD, MOD)))
    assert not is_handed_in(both)
    assert not is_handed_in(do.Together(()))


def test_a_delegation_speaks_for_itself_and_its_groups():
    def stands(party):
        return do.RecordPosition("a", party, Stance.OPPOSES)

    for own in ("FJI", "fiji", "AOSIS"):
        check_capacity(stands(own), Capacity.DELEGATION, "FJI", WHOLE)
    with pytest.raises(SpeaksForAnother, match="not for TUV"):
        check_capacity(stands("TUV"), Capacity.DELEGATION, "FJI", WHOLE)
    unnamed = do.ProposeDeletion("a", ProposalTerms("p", "TC/1", ()))
    handed = do.HandIn("h", "FJI", unnamed, "", "MOD")
    check_capacity(handed, Capacity.DELEGATION, "FJI", WHOLE)
