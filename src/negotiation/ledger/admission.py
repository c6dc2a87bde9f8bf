"""Who reads and writes a negotiation: nobody is asked at home, others show a token or a role.

Who is accredited stands on the negotiation's own record, so a revocation is an entry like any other
and holds from the next reading on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from negotiation.domain.entries import Act, Entry
from negotiation.domain.events import AccreditationRevoked, PersonAccredited
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Accreditation
from negotiation.ledger import codec
from negotiation.ledger.credentials import TOKEN, hashed
from negotiation.ledger.faults import NotAdmitted, RecordDamaged
from negotiation.ledger.store import Stretch
from negotiation.views.what_may_be_seen import CHAIR, DESK, GROUP, PUBLIC, Viewer, delegation

_ACCREDITING = ("person-accredited/", "accreditation-revoked/")
"""How the stored names begin that say who is accredited."""


@attrs.frozen
class Admission:
    """Who reads and writes a negotiation, as far as its store knows."""

    person: str = ""
    capacity: Capacity | None = None
    """``None`` at home: nobody is asked, everything is seen, and every act may be made."""
    party: str = ""
    """The delegation that the person speaks for."""
    names: bool = True
    """Whether the names of parties are shown to the person."""
    accreditation: str = ""
    until: dt.datetime | None = None
    """When it ends; ``None`` where nobody said."""

    @property
    def at_home(self) -> bool:
        """Whether nobody was asked."""
        return self.capacity is None

    @property
    def leads(self) -> bool:
        """Whether it is the chair or the secretariat, or nobody was asked."""
        return self.capacity in (None, Capacity.CHAIR, Capacity.SECRETARIAT)

    @property
    def viewer(self) -> Viewer:
        """Which entries are for this person to read."""
        match self.capacity:
            case None:
                return DESK
            case Capacity.CHAIR | Capacity.SECRETARIAT:
                return CHAIR
            case Capacity.EDITOR:
                return GROUP
            case Capacity.DELEGATION:
                return delegation(self.party)
            case _:
                return PUBLIC


AT_HOME = Admission()
"""Whoever holds the file, or owns the tables, and shows no token."""


def admitted(
    accreditations: Iterable[Accreditation], token: str, role: str, now: dt.datetime
) -> Admission:
    """Whom a token lets in, or the role of the database where none is shown; at home without both.

    Raises `NotAdmitted`, with a sentence that says nothing of the negotiation.
    """
    if not token and not role:
        return AT_HOME
    # Whoever is at home does not wait for what tells people apart.
    import hmac

    shown = hashed(token) if token else ""
    why = ""
    for one in reversed(tuple(accreditations)):
        known = one.token if token else one.role
        # In the same time whatever is wrong, so that nobody finds a hash letter by letter.
        if not known or not hmac.compare_digest(known.encode(), (shown or role).encode()):
            continue
        if one.revoked:
            why = why or "was revoked"
        elif one.expires is not None and one.expires <= now:
            why = why or "has expired"
        else:
            return Admission(one.person, one.capacity, one.party, one.names, one.id, one.expires)
    with_what = "this token" if token else f"the role {role} of the database"
    if why:
        raise NotAdmitted(
            f"The accreditation with {with_what} {why}; ask the chair or the secretariat for "
            "another one."
        )
    other = f"take ${TOKEN} away" if token else f"show a token in ${TOKEN}"
    raise NotAdmitted(
        f"Nobody is accredited here with {with_what}; ask the chair or the secretariat to be, or "
        f"{other}."
    )


class Accredited:
    """Who is accredited in one negotiation, read off the rows of its record as they come."""

    def __init__(self, negotiation: str) -> None:
        """Nobody, before anything is read."""
        self.read = 0
        """The last entry that was looked at."""
        self._state = Negotiation(negotiation)

    @property
    def accreditations(self) -> tuple[Accreditation, ...]:
        """Everybody who was ever accredited, revoked or not."""
        return self._state.accreditations

    def take(self, stretch: Stretch) -> None:
        """Read on; every other row is passed over unread."""
        for _, _, name, state in stretch.rows:
            if not name.startswith(_ACCREDITING):
                continue
            try:
                found = codec.decode(name, state)
            except codec.UNREADABLE:
                # Without its cause, which may quote what is there.
                raise RecordDamaged(
                    f"Who is accredited to {self._state.id} cannot be read; go back to a copy of "
                    "the store."
                ) from None
            assert not isinstance(found, Act)
            event = found.event
            if isinstance(event, PersonAccredited | AccreditationRevoked):
                self._state = evolve_negotiation(self._state, found.number, event)
        self.read = max(self.read, stretch.last)


def check_hand(entries: Iterable[Entry], admission: Admission) -> None:
    """Raise `NotAdmitted` where an act is not made by whom the ledger let in.

    The desk asks what somebody may do; here only the hand is looked at once more, since this is
    where acts come to lie on the record. The chair and the secretariat type for everybody.
    """
    if admission.at_home:
        return
    from negotiation.domain.rules.capacities import may_write

    if not admission.names and admission.capacity is not Capacity.OBSERVER:
        raise NotAdmitted(
            "Where the names of parties are not shown the record is only read; ask the chair for "
            "an accreditation that shows them."
        )
    match admission.capacity:
        case Capacity.CHAIR | Capacity.SECRETARIAT:
            if not all(may_write(entry.event, admission.capacity) for entry in entries):
                raise NotAdmitted("Who is let in as chair is for the chair alone; ask the chair.")
        case Capacity.EDITOR | Capacity.DELEGATION:
            for entry in entries:
                act = entry.act
                if act.by != admission.person:
                    raise NotAdmitted(
                        f"This act is not made by {admission.person}; let whoever decided it make "
                        "it, or ask the chair to."
                    )
                if act.capacity is not admission.capacity or act.behalf != admission.party:
                    raise NotAdmitted(
                        f"This act is not made as {admission.capacity.value}"
                        f"{f' for {admission.party}' if admission.party else ''}; make it so, or "
                        "ask the chair to make it."
                    )
                if not may_write(entry.event, act.capacity):
                    raise NotAdmitted(
                        "A delegation decides nothing on the text; hand it in, or ask the chair to "
                        "make this act."
                    )
        case _:
            raise NotAdmitted("Whoever observes reads, and makes no act; ask the chair to make it.")
