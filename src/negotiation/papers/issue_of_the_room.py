"""What the room left behind, looked at before a version is issued.

Agreed words that are not what was agreed, conditions and packages that still hang, questions that
are still before the room, and whether the version is the next one of its chain.
"""

from __future__ import annotations

from collections.abc import Iterator

from negotiation.domain.terms import Agreement
from negotiation.papers.finding import Finding, Gravity, Looked, at_large, place
from negotiation.text.changes import changes
from negotiation.views.versions import VersionState, current, revision_of, versions
from negotiation.views.what_changed import what_changed

_WARNING = Gravity.WARNING


def agreed_words(seen: Looked) -> Iterator[Finding]:
    """Words that were agreed and read otherwise now."""
    for clause in seen.living:
        agreed = clause.agreement or clause.margin.last_agreed
        if agreed is None or agreed.words == clause.passage.live:
            continue
        held = "is agreed" if clause.agreement is not None else "was agreed"
        yield place(
            seen,
            clause,
            _WARNING,
            "agreed-words",
            clause.passage.live,
            f"It {held} ({agreed.level}, entry {agreed.entry}) and reads otherwise now: "
            f"{_wordings(agreed.words, clause.passage.live)}.",
            "`agree` it anew, or put the words back",
        )


def _wordings(before: str, after: str) -> str:
    rows = [
        f"“{one.removed.strip()}” became “{one.inserted.strip()}”"
        for one in changes(before, after)
        if (one.removed + one.inserted).strip()
    ]
    return "; ".join(rows) or "only its white space differs"


def strong_words(seen: Looked) -> Iterator[Finding]:
    """A shall, should, may or not that came or went in agreed words since the last version."""
    if seen.against is None:
        return
    for change in what_changed(seen.timeline, seen.against.at, seen.at):
        clause = seen.clauses.get(change.clause)
        if clause is None or _agreed_at(seen, change.clause) is None:
            continue
        for one in change.changes:
            if not one.weighty:
                continue
            yield place(
                seen,
                clause,
                _WARNING,
                "strong-words",
                one.inserted or one.removed,
                f"Agreed words changed in force since {seen.against.symbol}: "
                f"“{_around(change.before, one.start, one.end)}” became "
                f"“{_around(change.after, one.new_start, one.new_end)}”.",
                "make sure that the room heard it; `who` says who changed it",
            )


def _agreed_at(seen: Looked, clause: str) -> Agreement | None:
    """The agreement that binds the words now, or bound those of the version compared with."""
    now = seen.clauses.get(clause)
    before = seen.timeline.clause(clause, seen.against.at) if seen.against is not None else None
    return (
        (now.agreement if now is not None else None)
        or (now.margin.last_agreed if now is not None else None)
        or (before.agreement if before is not None else None)
    )


def _around(words: str, start: int, end: int) -> str:
    """A change with a few words before and behind it."""
    low = words.rfind(" ", 0, max(start - 30, 0)) + 1
    high = words.find(" ", end + 30)
    return " ".join(words[low : len(words) if high < 0 else high].split())


def conditions(seen: Looked) -> Iterator[Finding]:
    """Agreements that still hang on something."""
    for clause in seen.living:
        for one in clause.agreement.conditions if clause.agreement is not None else ():
            yield place(
                seen,
                clause,
                _WARNING,
                "open-condition",
                one.words,
                f"It is agreed on a condition that is not met yet: {one.words}.",
                "`condition-met` notes that it is",
            )


def packages(seen: Looked) -> Iterator[Finding]:
    """Packages that are neither agreed nor broken."""
    for one in seen.moment.negotiation.packages:
        if one.state not in ("formed", "taken"):
            continue
        names = ", ".join(seen.called.get(clause, "") for clause in one.clauses)
        yield at_large(
            _WARNING,
            "open-package",
            names,
            f"The package {one.name} is {one.state} and not agreed; on it rest {names}.",
            "`package agree` or `package break` decides it",
        )


def before_the_room(seen: Looked) -> Iterator[Finding]:
    """Decisions that were put to the room and are not taken."""
    for one in seen.moment.negotiation.decisions:
        objected = f", objected to by {len(one.objections)}" if one.objections else ""
        yield at_large(
            _WARNING,
            "before-the-room",
            one.question,
            f"A decision is still before the room{objected}: {one.question or one.command}",
            "`gavel` takes it, `drop-question` lets it go",
        )


def parked(seen: Looked) -> Iterator[Finding]:
    """What was set aside, and did not come back."""
    for clause in seen.living:
        if clause.margin.parked is not None:
            owner = clause.margin.parked.owner
            yield place(
                seen,
                clause,
                _WARNING,
                "parked",
                "",
                f"It was set aside{f' for {owner}' if owner else ''} and not taken up again.",
                "`resume` takes it up",
            )


def chain(seen: Looked) -> Iterator[Finding]:
    """Whether the version is the next one, and the text it follows the head of the chain."""
    held = versions(seen.timeline, seen.at)
    now = current(seen.timeline, seen.at)
    if now is None:
        return
    withdrawn = [one for one in held if one.state is VersionState.WITHDRAWN]
    if withdrawn and withdrawn[-1].entry > now.entry:
        yield at_large(
            _WARNING,
            "not-the-head",
            withdrawn[-1].symbol,
            f"{withdrawn[-1].symbol} was withdrawn ({withdrawn[-1].reason}); the text follows "
            f"{now.symbol}.",
            "make sure that everybody has the same version before them",
        )
    wanted, last = revision_of(seen.symbol), revision_of(now.symbol)
    if wanted is None or last is None:
        return
    if wanted[0] != last[0]:
        yield at_large(
            _WARNING,
            "not-the-head",
            seen.symbol,
            f"{seen.symbol} is not a revision of {now.symbol}, which is current.",
            "check the symbol",
        )
    elif wanted[1] <= last[1]:
        yield at_large(
            _WARNING,
            "not-the-head",
            seen.symbol,
            f"{now.symbol} is current, and {seen.symbol} would not come after it.",
            "check the symbol",
        )
    elif wanted[1] > last[1] + 1:
        yield at_large(
            _WARNING,
            "not-the-head",
            seen.symbol,
            f"{now.symbol} is the newest on the record, and {seen.symbol} skips what came between.",
            "`receive` what was issued elsewhere, or check the symbol",
        )


CHECKS = (
    agreed_words,
    strong_words,
    conditions,
    packages,
    before_the_room,
    parked,
    chain,
)
"""Every check of this file, in the order of its words."""
