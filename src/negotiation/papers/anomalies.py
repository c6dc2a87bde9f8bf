"""Everything on a page that a person must look at, gathered, put in order and capped.

Anomalies are not open points: the printed words stand until somebody settles them. Each comes with
line and column, counted in code points from 1, and at most one repair.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from negotiation.papers import damage, doubt, lints
from negotiation.papers.draft import Anomaly, Severity
from negotiation.papers.page import Page

MOST_PER_CODE = 100
"""So many anomalies of one kind are told one by one."""

_FOUND_EVERYWHERE = (
    damage.strays,
    damage.unclosed_strikes,
    damage.fused_years,
    damage.joined_words,
    damage.repeated_words,
    damage.quotes,
    doubt.torn_paragraphs,
    doubt.struck_variants,
    doubt.unlabelled_struck,
    doubt.attributions,
    doubt.duplicate_labels,
    doubt.references,
    doubt.pending_references,
    doubt.leaked_notes,
    doubt.numbered_options,
    doubt.crossing_brackets,
    doubt.brackets_over_headings,
)
_EDITORS_RULES = (
    doubt.lost_insertions,
    lints.punctuation,
    lints.capitals,
    lints.lonely_labels,
    lints.label_gaps,
    lints.heading_sequence,
    lints.names_at_odds,
    lints.slips,
)


def anomalies_of(page: Page) -> Iterator[Anomaly]:
    """What the page alone shows, uncapped and in no order."""
    for detector in _FOUND_EVERYWHERE:
        yield from detector(page)
    if page.conventions.lints:
        for detector in _EDITORS_RULES:
            yield from detector(page)


def settled_order(found: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """In the order of the page; of each kind the first, then one that tells how many more."""
    ordered = sorted(found, key=lambda one: (one.line, one.column, one.code))
    total: Counter[str] = Counter(one.code for one in ordered)
    told: Counter[str] = Counter()
    kept: list[Anomaly] = []
    for one in ordered:
        told[one.code] += 1
        if told[one.code] <= MOST_PER_CODE:
            kept.append(one)
        elif told[one.code] == MOST_PER_CODE + 1:
            more = total[one.code] - MOST_PER_CODE
            kept.append(
                attrs.evolve(
                    one,
                    message=f"There are {more} more of this kind from here on; repair the first "
                    "ones and read the page again.",
                    repair=None,
                )
            )
    return tuple(kept)


def live_damage(found: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """Those that keep a text from being clean."""
    return tuple(one for one in found if one.live and one.severity is Severity.DAMAGED)
