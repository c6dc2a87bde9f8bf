"""The door to the negotiations of one store: who is let in, and what of a record they then get.

At home it stands open and costs one question. Otherwise the record itself says who is accredited;
it is asked at every reading and writing, since an accreditation ends, and what is read goes through
the veil.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from negotiation.domain.entries import Entry
from negotiation.ledger.admission import AT_HOME, Accredited, Admission, admitted, check_hand
from negotiation.ledger.credentials import TOKEN
from negotiation.ledger.faults import NotAdmitted, RecordDamaged, StoreError
from negotiation.ledger.opening import said
from negotiation.ledger.reading import entries_of

if TYPE_CHECKING:
    from negotiation.ledger.store import Store
    from negotiation.ledger.veil import Veil

Clock = Callable[[], dt.datetime]

_SHOWN = "shown"
"""The note on what the room is shown, which is for everybody who may read."""


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


class Door:
    """Who comes to one store, with a token or a role of the database, or is at home there."""

    def __init__(self, store: Store, where: str, token: str, clock: Clock) -> None:
        """The door of this store, for whoever shows this token; empty where none is shown."""
        self.token = token
        self.clock = clock
        self._store = store
        self._where = where
        self._role: str | None = None
        self._accredited: dict[str, Accredited] = {}
        self._veils: dict[str, Veil] = {}

    def at_home(self) -> bool:
        """Whether nobody is asked, everything is seen, and every act may be made."""
        if self.token:
            return False
        if self._role is None:
            with said(self._where):
                self._role = self._store.role()
        return not self._role

    def admission(self, negotiation: str) -> Admission:
        """Who reads and writes a negotiation here; raises `NotAdmitted` for whoever may not."""
        if self.at_home():
            return AT_HOME
        known = self._accredited.get(negotiation)
        with said(self._where):
            if known is None or self._store.head(negotiation) < known.read:
                # Read for the first time, or an earlier copy was put back.
                known = self._accredited[negotiation] = Accredited(negotiation)
            with self._store.stretch(negotiation, known.read) as stretch:
                known.take(stretch)
        return admitted(known.accreditations, self.token, self._role or "", self.clock())

    def let_in(self, negotiation: str) -> Admission:
        """The admission; where there is nothing yet, there is nothing to hide from anybody."""
        if self.at_home():
            return AT_HOME
        with said(self._where):
            if not self._store.head(negotiation):
                return AT_HOME
        return self.admission(negotiation)

    def open_to(self, negotiations: tuple[str, ...]) -> tuple[str, ...]:
        """Those that let one in; raises `NotAdmitted` where there are some, and none does."""
        if self.at_home():
            return negotiations
        found: list[str] = []
        refused: NotAdmitted | None = None
        for one in negotiations:
            try:
                self.admission(one)
                found.append(one)
            except NotAdmitted as why:
                refused = why
        if refused is not None and not found:
            raise refused
        return tuple(found)

    def all_of_it(self, negotiation: str, what: str) -> None:
        """Raise `NotAdmitted` for whoever does not see everything of a negotiation."""
        if not self.admission(negotiation).at_home:
            raise NotAdmitted(
                f"{what}, so it is made where the record is kept and no token is shown; ask the "
                "secretariat for it."
            )

    def check_begins(self) -> None:
        """Raise `NotAdmitted` for whoever may not begin a record here."""
        if self.at_home():
            return
        away = f"take ${TOKEN} away, or " if self.token else ""
        raise NotAdmitted(
            "A record is begun where no token is shown, by the owner of the store; "
            f"{away}open one that lets you in."
        )

    def may_read_note(self, negotiation: str, name: str) -> bool:
        """Whether a note is for whoever reads: the chair's, or the one that the room is shown."""
        try:
            if self.at_home():
                return True
            admission = self.admission(negotiation)
        except StoreError:
            # Nothing about notes is ever an error; the next reading of the record says it.
            return False
        return name == _SHOWN or (admission.names and admission.leads)

    def may_keep_note(self, negotiation: str) -> bool:
        """Whether whoever writes is at the chair's desk."""
        return self.may_read_note(negotiation, "")

    def goes_on(self, before: Door) -> None:
        """Whoever came through another door to the same store comes through this one.

        What was read there stays said as it was, also where a name in it became known since: the
        veil is taken along, and let go of where the record is another one.
        """
        self.token, self._veils = before.token, before._veils

    # -- what is read and written -----------------------------------------------------------------

    def bare(self, negotiation: str, after: int) -> list[Entry]:
        """The entries after a number as they are on the record."""
        with said(self._where), self._store.stretch(negotiation, after) as stretch:
            return entries_of(stretch, negotiation, after)

    def read(self, negotiation: str, after: int) -> list[Entry]:
        """The entries after a number, as far as they are for whoever reads."""
        admission = self.let_in(negotiation)
        if admission.at_home:
            return self.bare(negotiation, after)
        return self._veil(negotiation, admission).entries[after:]

    def checked(self, negotiation: str, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Entries as they belong on the record; raises `NotAdmitted` where they may not."""
        if self.at_home():
            return entries
        if entries[0].number == 1:
            self.check_begins()
        admission = self.admission(negotiation)
        check_hand(entries, admission)
        return self._veil(negotiation, admission).unveiled(entries)

    def _veil(self, negotiation: str, admission: Admission) -> Veil:
        """The record as it is now, for whom this admission lets in."""
        from negotiation.ledger.veil import Veil

        veil = self._veils.get(negotiation)
        try:
            if veil is not None and veil.admission == admission and veil.head:
                # The last one is read again, as the record does: another may lie there since.
                last, *fresh = self.bare(negotiation, veil.head - 1) or (None,)
                if last is not None and veil.follows(last):
                    veil.take(fresh)
                    return veil
            veil = Veil(negotiation, admission)
            veil.take(self.bare(negotiation, 0))
        except RecordDamaged:
            # Without its cause: a sentence on what cannot be read may quote it.
            veil = None
        if veil is None:
            raise RecordDamaged(
                f"The record of {negotiation} cannot be read to its end; ask the secretariat to "
                "`verify` it."
            )
        self._veils[negotiation] = veil
        return veil
