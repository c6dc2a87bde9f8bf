"""The marks that items of a list end with, where a body has a rule for them.

ITU: every item ends with a semicolon, the last one with a comma while more of the text follows and
with a full stop at its very end. Only what the rule asks for is answered; carrying it out is an
act. Items of an open group, words that nobody has decided, and words that are adopted or fixed by
a package are left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from negotiation.domain.clause import Clause
from negotiation.domain.commands import Rewording, Where, WordsAt
from negotiation.domain.lists import lists
from negotiation.domain.outline import Count, Row, rules_for
from negotiation.domain.terms import Kind
from negotiation.text.search import occurrences
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.outline import rows_of, words_fixed

_BODIES = ("itu",)
"""The bodies whose rule is known."""
_NOTE_AT_END = re.compile(r"\s?(?:\[\^[^\]]{1,20}\]|\{[^{}]{0,400}\})$")
_ENDING = re.compile(r"([,;.:]?)(?:\s{1,4}(?:and|or))?$")
_LEFT_ALONE = "”\"'’?!…)]*_"
_WORD_BEFORE = re.compile(r"\S{1,80}$")
_TEXT = (Kind.HEADING, Kind.CHAPEAU, Kind.PARAGRAPH, Kind.ITEM, Kind.OPTION)


class Repunctuated(NamedTuple):
    """An item whose last mark the rule of the body asks to change."""

    clause: str
    rewording: Rewording
    why: str


def punctuation(timeline: Timeline, at: int) -> tuple[Repunctuated, ...]:
    """The changes of last marks that the rule of the body asks for after entry ``at``."""
    return punctuation_of(timeline.moment(at))


def punctuation_of(moment: Moment) -> tuple[Repunctuated, ...]:
    """The changes of last marks that the rule of the body asks for at a moment."""
    if moment.negotiation.conventions not in _BODIES:
        return ()
    clauses, rows = rows_of(moment)
    asked: list[tuple[int, Repunctuated]] = []
    for listed in lists(rows, rules_for(moment.negotiation.conventions)):
        living = [index for index in listed if rows[index].count is not Count.DROPPED]
        for index in living:
            row = rows[index]
            if row.count is Count.UNDECIDED or row.rivals or row.kind is Kind.HEADING:
                continue
            if words_fixed(moment, clauses[index]):
                continue
            last = index == living[-1]
            wanted = _last_mark(rows, index) if last else ";"
            if (found := _asked(clauses[index], wanted, last)) is not None:
                asked.append((index, found))
    return tuple(found for _, found in sorted(asked, key=lambda pair: pair[0]))


def _last_mark(rows: list[Row], index: int) -> str:
    """What the last item of a list ends with, by what follows it."""
    level = rows[index].level
    for row in rows[index + 1 :]:
        if row.count is Count.DROPPED or row.kind not in _TEXT:
            continue
        if row.kind is Kind.ITEM and row.level < level:
            # The list it stands under goes on.
            return ";"
        return ","
    return "."


def _asked(clause: Clause, wanted: str, last: bool) -> Repunctuated | None:
    words = clause.passage.live.rstrip()
    while found := _NOTE_AT_END.search(words, max(0, len(words) - 500)):
        words = words[: found.start()].rstrip()
    ending = _ENDING.search(words)
    if not words or ending is None or words[-1] in _LEFT_ALONE:
        return None
    mark, whole = ending[1], ending[0]
    joined = whole != mark
    if mark == ":" or (joined and not last) or (not joined and mark == wanted):
        return None
    if last and wanted == "," and mark == "." and not joined:
        # A full stop may close a block, too.
        return None
    if joined and not mark:
        return None
    name = f"{clause.label} " if clause.label else ""
    if mark:
        rewording = _at(clause, words, ending.start(), len(words), wanted, Where.INSTEAD)
    else:
        before = _WORD_BEFORE.search(words)
        assert before is not None
        rewording = _at(clause, words, before.start(), len(words), wanted, Where.AFTER)
    if rewording is None:
        return None
    has = f"ends with “{whole}”" if whole else "has no closing mark"
    place = "is the last of its list" if last else "is followed by another item"
    return Repunctuated(clause.id, rewording, f"{name}{place} and {has}; “{wanted}” is wanted")


def _at(
    clause: Clause, words: str, start: int, end: int, new: str, where: Where
) -> Rewording | None:
    """The change at a stretch of the live words; none where they are still open."""
    named = words[start:end]
    passage = clause.passage
    for turn, place in enumerate(occurrences(passage, named), start=1):
        if len(passage.live_between(0, place.start)) == start:
            if any(run.pending for run in passage.between(place.start, place.end)):
                return None
            return Rewording(new, WordsAt(named, turn), where)
    return None
