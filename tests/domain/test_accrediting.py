"""Who is let into a negotiation that several share, and that it ends."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import (
    AlreadyThere,
    NoSuchThing,
    NothingChanges,
    NotUndone,
    Unclear,
)
from tests.given import START, given, two

FIJI = do.AccreditPerson("acc1", "A. Tabua", Capacity.DELEGATION, "FJI", token="2" * 64)
BIRD = do.AccreditPerson("acc2", "J. Bird", Capacity.OBSERVER, role="bird", names=False)
LATER = START + dt.timedelta(hours=72)


def held(case):
    """Everybody who was ever accredited."""
    return case.timeline.negotiation(case.timeline.head).accreditations


def test_known_by_a_token_or_by_a_role_and_only_the_chair_reads_it():
    case = given(*two()).when(FIJI).then(ev.PersonAccredited)
    assert [one.visibility for one in case.drafted] == [Visibility.CHAIR]
    (fiji,) = held(case)
    assert (fiji.person, fiji.capacity, fiji.party) == ("A. Tabua", Capacity.DELEGATION, "FJI")
    assert not fiji.revoked


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"person": " "}, "by name"),
        ({"capacity": Capacity.IMPORT}, "page"),
        ({"party": ""}, "for which party"),
        ({"capacity": Capacity.EDITOR}, "as delegation only"),
        ({"role": "fiji"}, "by one of them"),
        ({"token": ""}, "by one of them"),
        ({"token": "secret"}, "SHA-256"),
        ({"expires": dt.datetime(2031, 1, 1)}, "time zone"),  # that is the fault
        ({"expires": START, "at": LATER}, "past already"),
    ],
)
def test_what_is_no_accreditation(change, because):
    given(*two()).when(attrs.evolve(FIJI, **change)).refused(Unclear, because)


def test_a_token_or_a_role_opens_one_door_at_a_time():
    case = given(*two(), FIJI, BIRD)
    case.when(FIJI).refused(AlreadyThere, "acc1")
    again = attrs.evolve(BIRD, accreditation="acc3", capacity=Capacity.EDITOR)
    case.when(again).refused(NothingChanges, "J. Bird")
    case.has(do.RevokeAccreditation("acc2", "another task")).when(again).then(ev.PersonAccredited)


def test_revoked_it_stays_on_the_record_and_opens_nothing():
    case = (
        given(*two(), FIJI)
        .when(do.RevokeAccreditation("acc1", "left"))
        .then(ev.AccreditationRevoked("acc1", "left"))
    )
    assert [one.revoked for one in held(case)] == ["left"]
    case.when(do.RevokeAccreditation("acc1")).refused(NothingChanges, "A. Tabua")
    case.when(do.RevokeAccreditation("acc9")).refused(NoSuchThing, "acc9")


def test_it_is_ended_by_a_revocation_and_not_undone():
    case = given(*two(), FIJI)
    case.when(do.ReverseAct(case.acts[-1])).refused(NotUndone, "revoke")
    case = case.has(do.RevokeAccreditation("acc1"))
    case.when(do.ReverseAct(case.acts[-1])).refused(NotUndone, "accredit")
