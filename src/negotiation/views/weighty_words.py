"""Words on which obligation or denial hangs: shall, should, may, not, without.

One letter of them can turn a treaty round, so whoever shows a change says when one came or went,
most of all in words that were agreed.
"""

from __future__ import annotations

import re
from collections import Counter

from negotiation.text.changes import changes
from negotiation.views.at_that_time import Timeline

_WORD = re.compile(r"\w+(?:[’']t\b)?")
_MONTH = re.compile(r"\d\s+May\b|\bMay\s+\d")
_WEIGHTY = frozenset(
    "shall should may might must will would can could cannot not no nor never neither none nobody "
    "nothing without unless except".split()
)


def weighty(removed: str, inserted: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The weighty words that went, and those that came, each in the order in which they stood."""
    old, new = _of(removed), _of(inserted)
    return tuple((old - new).elements()), tuple((new - old).elements())


def warning(lost: tuple[str, ...], gained: tuple[str, ...], agreed: str) -> str:
    """What nobody must miss of a change: the words that went or came, and that they were agreed.

    ``agreed`` is the level at which the changed words were agreed; empty where they were not.
    """
    told: list[str] = []
    if lost and gained:
        told.append(f"{' '.join(lost)} became {' '.join(gained)}")
    elif lost or gained:
        told.append(f"{' '.join(lost)} went" if lost else f"{' '.join(gained)} came")
    if agreed:
        told.append(f"in words agreed at the level “{agreed}”")
    return ", ".join(told)


def warning_at(timeline: Timeline, entry: int) -> str:
    """What nobody must miss of what an entry did to the live words of its clause; or nothing."""
    before, after = timeline.unchanged(entry), timeline.changed(entry)
    if before is None or after is None or before.passage.live == after.passage.live:
        return ""
    agreed = before.agreement
    lost, gained = weighty_between(before.passage.live, after.passage.live)
    return warning(lost, gained, agreed.level if agreed is not None else "")


def weighty_between(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The weighty words that went, and those that came, change by change between two wordings."""
    if not (_of(old) or _of(new)):
        return (), ()
    told = [weighty(one.removed, one.inserted) for one in changes(old, new)]
    return (
        tuple(word for lost, _ in told for word in lost),
        tuple(word for _, gained in told for word in gained),
    )


def _of(words: str) -> Counter[str]:
    return Counter(
        word
        for word in _WORD.findall(_MONTH.sub(" ", words).casefold())
        if word in _WEIGHTY or word.endswith(("n’t", "n't"))
    )
