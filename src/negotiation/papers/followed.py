"""What a later page makes of every clause: kept, reworded, moved, split, merged, new or dropped.

Facts only, for people to look at before they say yes; the acts themselves are in `revision`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.papers.correspondence import Correspondence
from negotiation.papers.rewording import rewords, squeezed
from negotiation.papers.visible import Visible
from negotiation.views.at_that_time import Moment

_SIGNS = str.maketrans("", "", "[]{}")


class Became(enum.Enum):
    """What became of a clause."""

    KEPT = "kept"
    REWORDED = "reworded"
    BRACKETS = "brackets changed"
    """The same words, in other brackets."""
    RELABELLED = "relabelled"
    MOVED = "moved"
    NEW = "new"
    SPLIT = "split off"
    """New, with words that stood in another clause."""
    DROPPED = "dropped"
    MERGED = "merged"
    """Dropped, and another clause took its words."""


@attrs.frozen
class Followed:
    """One clause, before and on the page."""

    clause: str
    became: tuple[Became, ...]
    label_before: str
    label_after: str
    before: str
    """Its words on the record; empty where it is new."""
    after: str
    """Its words on the page; empty where it is dropped."""
    others: tuple[str, ...] = ()
    """The clauses that its words came from; of one that was merged, the clause they went into."""
    line: int = 0
    """The line of the page; 0 where it is dropped."""


@attrs.frozen
class Implied:
    """What a later page comes to: its clauses in order, then those that are dropped."""

    symbol: str
    clauses: tuple[Followed, ...]
    after: Moment
    """The text as it would stand."""
    points_kept: int
    points_new: int
    points_gone: int

    def counts(self) -> dict[Became, int]:
        """How many clauses became what; one may be reworded and moved."""
        counted = Counter(one for clause in self.clauses for one in clause.became)
        return {one: counted[one] for one in Became}


def followed(
    found: Correspondence,
    names: Mapping[str, str],
    before: Mapping[str, Clause],
    page: Sequence[Clause],
    printed: Mapping[str, tuple[str, str]],
    lines: Mapping[str, int],
    dropped: Sequence[Clause],
) -> Iterator[Followed]:
    """Every clause of the page, then the dropped ones.

    ``printed`` has, by a clause's id on the page, its words with brackets on the record and there.
    """
    for shown in page:
        name = names[shown.id]
        after = Visible(shown.passage).words
        drawn = found.drawn.get(shown.id, ())
        line = lines.get(shown.id, 0)
        if name == shown.id:
            became = (Became.NEW, Became.SPLIT) if drawn else (Became.NEW,)
            if not after and (shown.passage.runs or not shown.label):
                # It came struck: there was nothing to read of it before, and is not now.
                continue
            yield Followed(name, became, "", shown.label, "", after, drawn, line)
            continue
        old = before[name]
        words = Visible(old.passage).words
        if words and not after:
            yield Followed(name, (Became.DROPPED,), old.label, shown.label, words, "", (), line)
            continue
        kinds = [_kind(old, shown, *printed[shown.id])]
        if shown.id in found.moved:
            kinds.append(Became.MOVED)
        if old.label != shown.label:
            kinds.append(Became.RELABELLED)
        yield Followed(name, tuple(kinds), old.label, shown.label, words, after, drawn, line)
    for old in dropped:
        heir = found.merged.get(old.id)
        became = (Became.DROPPED,) if heir is None else (Became.DROPPED, Became.MERGED)
        others = () if heir is None else (names[heir],)
        words = Visible(old.passage).words
        yield Followed(old.id, became, old.label, "", words, "", others)


def _kind(old: Clause, shown: Clause, before: str, after: str) -> Became:
    if rewords(old, shown) and _words(old) != _words(shown):
        return Became.REWORDED
    same = squeezed(before) == squeezed(after)
    return Became.KEPT if same else Became.BRACKETS


def _words(clause: Clause) -> list[str]:
    """What is read of a clause without brackets that have lost their other half."""
    return Visible(clause.passage).words.translate(_SIGNS).split()
