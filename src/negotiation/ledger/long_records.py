"""How a record is opened: folded, or taken up where its checkpoint ends when it is long."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from negotiation.ledger.ledger import Ledger
from negotiation.views.at_that_time import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from negotiation.ledger.extracts import Extracts
    from negotiation.ledger.kept_past import KeptPast

LONG = 10_000
"""Entries from which on a record is opened through a checkpoint; folding them takes a moment."""
LONG_TO_STAY = 100_000
"""The same for whoever stays and goes about in it, such as a screen: what is folded once is at hand
at every step, and takes less memory than what is read piece by piece in the end."""
BEGAN = time.time()
"""When the program began, as nearly as needed: its source may be replaced while it runs."""
BEHIND = 2_000
"""Entries behind a checkpoint, from which on it is brought up to date."""


def timeline_of(
    ledger: Callable[[], Ledger], negotiation: str, *, stays: bool = False
) -> tuple[Timeline, KeptPast | None]:
    """The folded record, and the beginning that it was not folded for, if any.

    The ledger is asked for whenever something is read: a store may be opened anew. Whoever does not
    see everything folds what he sees, and who ``stays`` folds what is not very long.
    """
    store = ledger()
    folded = store.path is not None and store.at_home
    long = LONG_TO_STAY if stays else LONG
    past = _past(ledger, negotiation, long) if folded else None
    after = past.head if past is not None else 0
    return Timeline(negotiation, store.entries(negotiation, after), beginning=past), past


def _past(ledger: Callable[[], Ledger], negotiation: str, long: int) -> KeptPast | None:
    head = ledger().head(negotiation)
    if head < long:
        return None
    # Whoever opens a short record does not load what long ones need.
    from negotiation.ledger.checkpoint import folded_by, path_of

    store = ledger().path
    path = path_of(store, negotiation)
    if store is None or path is None or not folded_by():
        return None
    _as_open_as(store, path)
    past = held(path, ledger, negotiation)
    if past is not None and head - past.head < BEHIND:
        return past
    return _made(path, store, ledger, negotiation, past)


def _as_open_as(store: Path, path: Path) -> None:
    """Who was closed out of a store since is closed out of what lies beside it, too."""
    with suppress(OSError):
        here, there = path.lstat().st_mode, store.stat().st_mode
        if stat.S_ISREG(here) and here & ~there & 0o666:
            path.chmod(here & there & 0o666)


def _made(
    path: Path,
    store: Path,
    ledger: Callable[[], Ledger],
    negotiation: str,
    earlier: KeptPast | None,
) -> KeptPast | None:
    """A checkpoint of the record as it is now; the earlier one where it cannot be written."""
    from negotiation.ledger.making_checkpoint import make_checkpoint

    if not make_checkpoint(path, store, ledger().extracts(negotiation), earlier):
        return earlier
    past = held(path, ledger, negotiation)
    if earlier is not None and past is not None:
        earlier.close()
    return past if past is not None else earlier


def held(path: Path, ledger: Callable[[], Ledger], negotiation: str) -> KeptPast | None:
    """The checkpoint at a path, if there is one and it is of this record, as it is now."""
    from negotiation.ledger.checkpoint import CheckpointFile, folded_by
    from negotiation.ledger.kept_past import KeptPast

    def extracts() -> Extracts:
        return ledger().extracts(negotiation)

    try:
        file = CheckpointFile(path)
    except (OSError, ValueError, OverflowError, MemoryError):
        return None
    root = file.root
    try:
        if root.negotiation == negotiation and root.folded_by == folded_by():
            past = KeptPast(file, path, extracts)
            if past.is_of(extracts()):
                return past
    except (ValueError, LookupError, OverflowError):
        pass
    except BaseException:
        file.close()
        raise
    file.close()
    return None
