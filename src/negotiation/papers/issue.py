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
from negotiation.domain.commands import SettleAnomaly
from negotiation.domain.decide import decide
from negotiation.domain.people import Visibility
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import BracketKind, Kind, Severity
from negotiation.papers import issue_of_the_room as room
from negotiation.papers.clean_up import ENDINGS
from negotiation.papers.finding import Finding, Gravity, Looked, looked, place
from negotiation.papers.without_names import still_named
from negotiation.views.at_that_time import Timeline
from negotiation.views.references import all_references
from negotiation.views.versions import Version
from negotiation.views.what_is_damaged import Found, anomalies
from negotiation.views.what_is_open import what_is_open

__all__ = ["Finding", "Gravity", "blocking", "preflight"]

_NOTE_OF_A_PARTY = "internal-note"
_LABELS = frozenset(("lonely-label", "label-gap"))
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
_LISTED = 6
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
        _names_in_the_text,
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
    badly_closed = {one.clause for one in seen.tidy.endings}
    badly_labelled = {one.clause for one in seen.tidy.numbers.labels}
    for number, one in enumerate(anomalies(seen.timeline, seen.at).found, start=1):
        if one.settled or not one.live:
            continue
        if one.code in ENDINGS and one.clause not in badly_closed:
            continue
        if one.code in _LABELS and one.clause not in badly_labelled:
            continue
        if one.severity is Severity.EDITORIAL and not _still_reads(seen, one):
            continue
        blocks = one.severity is Severity.DAMAGED or one.code == _NOTE_OF_A_PARTY
        yield Finding(
            Gravity.BLOCKING if blocks else Gravity.WARNING,
            one.code,
            one.clause,
            one.path,
            one.line,
            one.words,
            one.message,
            _what_to_do(one, number, acceptable=_acceptable(seen, one)),
        )


def _acceptable(seen: Looked, one: Found) -> bool:
    """Whether its repair can be accepted as the text stands."""
    room = seen.timeline.room()
    if room.clauses.get(one.clause) is not seen.clauses.get(one.clause):
        return bool(one.repair)
    try:
        decide(SettleAnomaly(one.clause, one.id, accept=True), room)
    except Refusal:
        return False
    return True


def _still_reads(seen: Looked, one: Found) -> bool:
    """Whether the words that a slip was found in are still in the text."""
    clause = seen.clauses.get(one.clause)
    if clause is None:
        return False
    if one.code in ENDINGS:
        return True
    line = " ".join(f"{clause.label} {clause.passage.live}".split())
    return " ".join(one.words.removesuffix("…").split()) in line


def _what_to_do(one: Found, number: int, *, acceptable: bool) -> str:
    accepted, rejected = f"`settle {number} --accept`", f"`settle {number} --reject`"
    if one.code == _NOTE_OF_A_PARTY:
        return f"`delete {one.path}` takes it out, {rejected} lets it stand"
    if one.code in ENDINGS:
        return f"`issue --punctuate` puts it right, or {accepted if acceptable else rejected}"
    if one.code in _LABELS:
        return "`issue --renumber` numbers the text anew"
    if one.severity is Severity.EDITORIAL and not one.repair:
        return f"`revise` it as an editor, or {rejected} to leave it"
    reads = f"`settle {number} --reads WORDS`"
    if not acceptable:
        return f"look at it; {rejected} lets it stand, {reads} reads it otherwise"
    return f"{accepted} reads it so, {reads} otherwise"


def _unmatched(seen: Looked) -> Iterator[Finding]:
    """Signs of a mark among the words that stand, without a partner.

    Square brackets have theirs in the same clause; a curly annotation may run over several.
    """
    texts = [clause.passage.live for clause in seen.living]
    alone = {(number, "~~") for number, words in enumerate(texts) if "~~" in words}
    alone |= _without_partner(texts, "{", "}")
    for number, words in enumerate(texts):
        alone |= {(number, sign) for _, sign in _without_partner([words], "[", "]")}
    for number, sign in sorted(alone):
        clause = seen.living[number]
        # Settled or not, somebody was or will be asked about an anomaly.
        if not any(sign in one.damage.words for one in clause.margin.anomalies):
            yield place(
                seen,
                clause,
                Gravity.BLOCKING,
                "unmatched-mark",
                sign,
                f"“{sign}” has no partner among the words.",
                "`revise` the clause so that the sign goes or gets its partner",
            )


def _without_partner(texts: list[str], opens: str, closes: str) -> set[tuple[int, str]]:
    """The signs of a pair that are left over, each with the number of its text."""
    waiting: list[int] = []
    alone: set[tuple[int, str]] = set()
    for number, words in enumerate(texts):
        for sign in words:
            if sign == opens:
                waiting.append(number)
            elif sign == closes and waiting:
                waiting.pop()
            elif sign == closes:
                alone.add((number, closes))
    return alone | {(number, opens) for number in waiting}


# -- notes ----------------------------------------------------------------------------------------


def _notes_in_the_text(seen: Looked) -> Iterator[Finding]:
    """A drafter's note that was left among the words."""
    told = _told(seen, frozenset((_NOTE_OF_A_PARTY,)))
    for clause in seen.living:
        if clause.id in told:
            continue
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


def _names_in_the_text(seen: Looked) -> Iterator[Finding]:
    """Parties that the words of the text name themselves: those stay, whichever file it is."""
    named = still_named(seen.moment)
    if not named:
        return
    listed = ", ".join(
        f"{one.name} in {seen.called.get(one.clause, one.label)}" for one in named[:_LISTED]
    )
    more = f" and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
    first = seen.clauses[named[0].clause]
    yield place(
        seen,
        first,
        Gravity.WARNING,
        "names-in-the-text",
        named[0].words,
        f"The words themselves name a party, and do so in the files without names too: "
        f"{listed}{more}.",
        "look whether they should",
    )


# -- what is open ---------------------------------------------------------------------------------


def _open_points(seen: Looked) -> Iterator[Finding]:
    """What is not settled, in one line: `open` tells each."""
    points = what_is_open(seen.timeline, seen.at)
    if points:
        first = points[0]
        clause = seen.clauses.get(first.clauses[0]) if first.clauses else None
        listed = ", ".join(dict.fromkeys(one.where for one in points[:_LISTED]))
        more = f" and {len(points) - _LISTED} more" if len(points) > _LISTED else ""
        are = "point is" if len(points) == 1 else "points are"
        yield Finding(
            Gravity.WARNING,
            "open-points",
            clause.id if clause else "",
            first.where,
            seen.line(clause),
            "",
            f"{len(points)} {are} open and in brackets, so no clean text is written: "
            f"{listed}{more}.",
            "`open` lists what to decide, `issue --with-open` lets it stand",
        )
    for clause in seen.living:
        if any(one.kind is BracketKind.WHOLE_TEXT for one in clause.brackets):
            yield place(
                seen,
                clause,
                Gravity.WARNING,
                "open-points",
                "",
                "The whole text is in brackets, so no clean text is written.",
                "`lift` the bracket, or `issue --with-open` lets it stand",
            )
            return


# -- labels, marks, references --------------------------------------------------------------------


def _labels(seen: Looked) -> Iterator[Finding]:
    """Labels that the rules would give otherwise; the page's own findings are not told twice."""
    told = _told(seen, _LABELS)
    others = [one for one in seen.tidy.numbers.labels if one.clause not in told]
    if others:
        listed = ", ".join(
            f"{seen.called[one.clause]} → {one.new or 'no label'}" for one in others[:_LISTED]
        )
        more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
        are = "label" if len(others) == 1 else "labels"
        yield place(
            seen,
            seen.clauses[others[0].clause],
            Gravity.WARNING,
            "labels",
            others[0].old,
            f"{len(others)} {are} would be others if the text were numbered anew: {listed}{more}.",
            "`issue --renumber` does it, `renumber` shows it",
        )
    for gap in seen.tidy.numbers.gaps:
        if gap.clause not in told:
            yield place(
                seen,
                seen.clauses[gap.clause],
                Gravity.WARNING,
                "label-gap",
                gap.label,
                f"{gap.label} follows {gap.before}: a label is missing between them.",
                "check that nothing was lost",
            )


def _endings(seen: Looked) -> Iterator[Finding]:
    """Closing marks that the rules would put otherwise."""
    told = _told(seen, ENDINGS)
    for one in seen.tidy.endings:
        if one.clause in told:
            continue
        clause = seen.clauses[one.clause]
        yield place(
            seen,
            clause,
            Gravity.WARNING,
            "closing-mark",
            clause.passage.live[-40:],
            f"{one.why}." if clause.label else f"It {one.why}.",
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
    answered = {
        (under, label)
        for under, label, clause in printed
        if any(one.damage.code == "duplicate-label" for one in clause.margin.anomalies)
    }
    for under, label, clause in printed:
        if often[under, label] > 1 and (under, label) not in answered:
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
    told = _told(seen, frozenset(("stale-reference", "open-reference")))
    for one in all_references(seen.moment):
        words, why = one.reference.words, one.reference.why
        if not why or one.clause in told:
            continue
        yield place(
            seen,
            seen.clauses[one.clause],
            Gravity.WARNING,
            "reference",
            words,
            f"“{words}”: {why}.",
            "look at it, and `revise` it if it is stale",
        )
