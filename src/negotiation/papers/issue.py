"""What stands in the way of issuing a version, and what deserves a look before it goes out.

Blocking is what would put wrong words before everybody: damage of the received page that nobody
settled, marks that have no partner, an internal note. Everything else is a warning, with its place
and what to do about it. What was asked of the delegations stands in `issue_of_the_room`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from negotiation.domain.clause import Clause
from negotiation.domain.people import Visibility
from negotiation.domain.terms import BracketKind, Kind, Severity
from negotiation.papers import issue_of_the_room as room
from negotiation.papers.clean_up import clean_up
from negotiation.papers.finding import Finding, Gravity, Looked, looked, place
from negotiation.views.at_that_time import Timeline
from negotiation.views.references import references
from negotiation.views.versions import Version
from negotiation.views.what_is_damaged import Found, anomalies
from negotiation.views.what_is_open import PROPOSAL, what_is_open

__all__ = ["Finding", "Gravity", "blocking", "preflight"]

_ENDINGS = frozenset(("missing-mark", "last-item-mark", "item-mark"))
"""Anomalies of the closing marks, which are looked at anew on the text as it stands."""
_LABELS = frozenset(("lonely-label", "label-gap"))
_SIGNS = {"]": "[", "}": "{"}
_NOTE = re.compile(
    r"""
    [(\[{] [^()\[\]{}]{0,40}?
    \b(?:internal|private|confidential|drafting|drafter['’]?s?|rapporteur['’]?s?|secretariat['’]?s?
       |editor['’]?s?|facilitator['’]?s?|for\s+our\s+eyes)
    \s+(?:note|comment|remark)s?\b [^()\[\]{}]* [)\]}]?
  | [(\[{]? \b note \s+ (?:to|for) \s+ (?:self|file|the\s+file|(?:the\s+)?(?:secretariat|editors?
       |translators?|drafters?|rapporteur|colleagues)) \b [^()\[\]{}]* [)\]}]?
  | \b(?:TODO|FIXME|DO\s+NOT\s+(?:PUBLISH|DISTRIBUTE))\b [^()\[\]{}]{0,60}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORTEST_REMARK = 4
"""Words from which on a remark found in the text is no chance."""


def preflight(
    timeline: Timeline,
    at: int,
    symbol: str = "",
    *,
    against: Version | None = None,
    with_open: bool = False,
) -> tuple[Finding, ...]:
    """What to know before the text after entry ``at`` is issued, what blocks it first.

    ``against`` is the version whose agreed words are compared. With ``with_open`` the open points
    are meant to stay in their brackets, and no warning is made of them.
    """
    seen = looked(timeline, at, symbol, against)
    checks: list[Callable[[Looked], Iterator[Finding]]] = [
        _anomalies,
        _unmatched,
        _notes_in_the_text,
        _remarks_in_the_text,
        *(() if with_open else (_open_points,)),
        _labels,
        _endings,
        _duplicates,
        _references,
        *room.CHECKS,
    ]
    found = [finding for check in checks for finding in check(seen)]
    return tuple(sorted(found, key=lambda one: (one.gravity is not Gravity.BLOCKING, one.line)))


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep a version from being issued."""
    return tuple(one for one in findings if one.gravity is Gravity.BLOCKING)


# -- the received page ----------------------------------------------------------------------------


def _anomalies(seen: Looked) -> Iterator[Finding]:
    """Faults of the page in words that stand, which nobody has settled."""
    tidy = clean_up(seen.timeline, seen.at)
    badly_closed = {one.clause for one in tidy.endings}
    badly_labelled = {one.clause for one in tidy.labels}
    for number, one in enumerate(anomalies(seen.timeline, seen.at).found, start=1):
        if one.settled or not one.live:
            continue
        if one.code in _ENDINGS and one.clause not in badly_closed:
            continue
        if one.code in _LABELS and one.clause not in badly_labelled:
            continue
        if one.severity is Severity.EDITORIAL and not _still_reads(seen, one):
            continue
        damaged = one.severity is Severity.DAMAGED
        yield Finding(
            Gravity.BLOCKING if damaged else Gravity.WARNING,
            one.code,
            one.clause,
            one.path,
            one.line,
            one.words,
            one.message,
            _what_to_do(one, number),
        )


def _still_reads(seen: Looked, one: Found) -> bool:
    """Whether the words that a slip was found in are still in the text."""
    clause = seen.clauses.get(one.clause)
    if clause is None:
        return False
    if one.code in _ENDINGS:
        return True
    line = " ".join(f"{clause.label} {clause.passage.live}".split())
    return " ".join(one.words.removesuffix("…").split()) in line


def _what_to_do(one: Found, number: int) -> str:
    if one.code in _ENDINGS:
        return f"`issue --punctuate` puts it right, or `settle {number} --accept`"
    if one.code in _LABELS:
        return "`issue --renumber` numbers the text anew"
    if one.severity is Severity.EDITORIAL and not one.repair:
        return f"`revise` it as an editor, or `settle {number} --reject` to leave it"
    if not one.repair:
        return f"look at it, then `settle {number} --accept` or `--reject`"
    return f"`settle {number} --accept` reads it so, `settle {number} --reads WORDS` otherwise"


def _unmatched(seen: Looked) -> Iterator[Finding]:
    """Bracket signs among the words that stand and have no partner in their clause."""
    known = {
        clause.id: "".join(one.damage.words for one in clause.margin.anomalies)
        for clause in seen.moment.clauses
    }
    for clause in seen.living:
        words = clause.passage.live
        for sign in _without_partner(words):
            if sign in known[clause.id]:
                # Settled or not, somebody was or will be asked about it.
                continue
            yield place(
                seen,
                clause,
                Gravity.BLOCKING,
                "unmatched-mark",
                sign,
                f"“{sign}” has no partner among the words of this clause.",
                "`revise` the clause so that the sign goes or gets its partner",
            )
        if "~~" in words:
            yield place(
                seen,
                clause,
                Gravity.BLOCKING,
                "unmatched-mark",
                "~~",
                "A strike mark stands among the words.",
                "`revise` the clause so that it goes",
            )


def _without_partner(words: str) -> list[str]:
    open_: list[str] = []
    alone: list[str] = []
    for sign in words:
        if sign in "[{":
            open_.append(sign)
        elif sign in _SIGNS:
            if _SIGNS[sign] in open_:
                open_.reverse()
                open_.remove(_SIGNS[sign])
                open_.reverse()
            else:
                alone.append(sign)
    return list(dict.fromkeys(alone + open_))


# -- notes ----------------------------------------------------------------------------------------


def _notes_in_the_text(seen: Looked) -> Iterator[Finding]:
    """A drafter's note that was left among the words."""
    for clause in seen.living:
        for found in _NOTE.finditer(clause.passage.live):
            yield place(
                seen,
                clause,
                Gravity.BLOCKING,
                "note-in-the-text",
                found[0],
                "An internal note stands among the words.",
                "take it out with `revise`, or put it beside the text with `remark`",
            )


def _remarks_in_the_text(seen: Looked) -> Iterator[Finding]:
    """The words of a remark that is not for everybody, found in the text itself."""
    private = [
        " ".join(remark.words.split()).casefold()
        for clause in seen.moment.clauses
        for remark in clause.margin.remarks
        if seen.timeline.entries[remark.entry - 1].visibility is not Visibility.PUBLIC
    ]
    long = [words for words in private if len(words.split()) >= _SHORTEST_REMARK]
    if not long:
        return
    for clause in seen.living:
        line = " ".join(clause.passage.live.split()).casefold()
        for words in long:
            if words in line:
                yield place(
                    seen,
                    clause,
                    Gravity.BLOCKING,
                    "remark-in-the-text",
                    words,
                    "The words of a remark that is not public stand in the text.",
                    "take them out with `revise`",
                )


# -- what is open ---------------------------------------------------------------------------------


def _open_points(seen: Looked) -> Iterator[Finding]:
    for point in what_is_open(seen.timeline, seen.at):
        clause = seen.clauses.get(point.clauses[0]) if point.clauses else None
        what = "A proposal" if point.kind == PROPOSAL else "A point"
        yield Finding(
            Gravity.WARNING,
            "open-point",
            clause.id if clause else "",
            point.where,
            seen.line(clause),
            point.words or point.struck,
            f"{what} is open; it goes out in brackets, and no clean text is written.",
            f"`resolve {point.number}` or `lift {point.number}` decides it, `--with-open` lets it "
            "stand",
        )
    for clause in seen.living:
        if any(one.kind is BracketKind.WHOLE_TEXT for one in clause.brackets):
            yield place(
                seen,
                clause,
                Gravity.WARNING,
                "open-point",
                "",
                "The whole text is in brackets; no clean text is written.",
                "`lift` the bracket, or `--with-open` lets it stand",
            )
            return


# -- labels, marks, references --------------------------------------------------------------------


def _labels(seen: Looked) -> Iterator[Finding]:
    """Labels that the rules would give otherwise; the page's own findings are not told twice."""
    told = _told(seen, _LABELS)
    for one in clean_up(seen.timeline, seen.at).labels:
        if one.clause in told:
            continue
        became = f"“{one.label_after}”" if one.label_after else "none"
        clause = seen.clauses[one.clause]
        yield place(
            seen,
            clause,
            Gravity.WARNING,
            "label",
            one.label_before,
            f"Its label is “{one.label_before}”; numbered anew it would be {became}.",
            "`issue --renumber` numbers the text anew",
        )


def _endings(seen: Looked) -> Iterator[Finding]:
    """Closing marks that the rules would put otherwise."""
    told = _told(seen, _ENDINGS)
    for one in clean_up(seen.timeline, seen.at).endings:
        if one.clause in told:
            continue
        clause = seen.clauses[one.clause]
        now = f"ends with “{one.mark}”" if one.mark else "has no closing mark"
        yield place(
            seen,
            clause,
            Gravity.WARNING,
            "closing-mark",
            clause.passage.live[-40:],
            f"It {now}; the editors will want “{one.wanted}”.",
            "`issue --punctuate` puts it right",
        )


def _told(seen: Looked, codes: frozenset[str]) -> set[str]:
    """The clauses of which an anomaly of the page says this already, or somebody answered it."""
    return {
        one.clause
        for one in anomalies(seen.timeline, seen.at).found
        if one.code in codes and one.live and one.settled != "accepted"
    }


def _duplicates(seen: Looked) -> Iterator[Finding]:
    """Labels that two clauses of one list have; wordings of an open point may share theirs."""
    levels = {placed.clause: placed.level for placed in seen.moment.negotiation.order}
    printed: list[tuple[tuple[str, ...], str, Clause]] = []
    heading = ""
    above: list[tuple[int, str]] = []
    for clause in seen.living:
        if clause.kind is Kind.HEADING:
            heading, above = clause.id, []
            continue
        if not clause.label:
            continue
        level = levels.get(clause.id, 0)
        above = [one for one in above if one[0] < level]
        under = (heading, *(name for _, name in above))
        above.append((level, clause.id))
        if not clause.alternatives:
            printed.append((under, " ".join(clause.label.split()), clause))
    often = Counter((under, label) for under, label, _ in printed)
    for under, label, clause in printed:
        if often[under, label] > 1:
            yield place(
                seen,
                clause,
                Gravity.WARNING,
                "duplicate-label",
                label,
                f"{often[under, label]} clauses of this list are labelled “{label}”.",
                "`issue --renumber` numbers the text anew, `relabel` one of them",
            )


def _references(seen: Looked) -> Iterator[Finding]:
    """References to clauses that are gone, or that may mean several."""
    for clause in seen.living:
        for one in references(seen.timeline, seen.at, clause.id):
            if not one.candidates:
                why = "names no clause of this text"
            elif len(one.candidates) > 1:
                why = f"may mean any of {len(one.candidates)} clauses"
            elif one.clause not in seen.clauses or not seen.clauses[one.clause].stands:
                why = "names a clause that is not in the text any more"
            else:
                continue
            yield place(
                seen,
                clause,
                Gravity.WARNING,
                "reference",
                one.words,
                f"“{one.words}” {why}.",
                "look at it, and `revise` it if it is stale",
            )
