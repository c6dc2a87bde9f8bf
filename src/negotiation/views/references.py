"""References in the words of a clause to other clauses: "paragraph 3 above", "in b) above".

A reference is tied to a clause only where one clause alone can be meant: of the same block before
the whole text, of what stands before what is struck. Everything else is told as uncertain. What is
outside this text, such as "Resolution 71", is no reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind
from negotiation.views.at_that_time import Moment, Timeline

_NUMBER = r"\d{1,3}(?:\s?(?:bis|ter|quater))?"
_LETTER = r"\(?[a-z]{1,2}\)|\([ivx]{1,5}\)|[ivx]{1,5}\)"
_TEMPLATE = rf"""\b(?:
    (?:article|section|paragraph|subparagraph|sub-paragraph|item)s?\s+
    (?P<label>{_NUMBER}(?:\.\d{{1,3}})*|{_LETTER})
    (?:\s+(?:above|below))?
  | (?:in|see|to|under|of|by)\s+(?P<bare>{_LETTER}|{_NUMBER})\s+(?:above|below)
  | (?P<verb>VERBS)\s+(?P<of_verb>{_LETTER}|{_NUMBER})(?=[\s,;.:)]|$)
)"""
_ENDS = "().:;, \u00a0"


@attrs.frozen
class Reference:
    """Words that name another clause."""

    words: str
    start: int
    """Where they begin in the passage with all its runs."""
    end: int
    clause: str
    """The clause meant; empty where that is not certain."""
    candidates: tuple[str, ...]
    """The clauses that may be meant."""


def references(timeline: Timeline, at: int, clause: str) -> tuple[Reference, ...]:
    """The references in the words of a clause after entry ``at``."""
    moment = timeline.moment(at)
    here = moment.clause(clause)
    if here is None:
        return ()
    blocks = _blocks(moment)
    return _references(here, blocks, _pattern(blocks))


def all_references(moment: Moment) -> Iterator[tuple[Clause, tuple[Reference, ...]]]:
    """The clauses that stand, each with the references in its words; one look at the text."""
    blocks = _blocks(moment)
    pattern = _pattern(blocks)
    for clause in moment.clauses:
        if clause.stands:
            yield clause, _references(clause, blocks, pattern)


def _references(
    here: Clause, blocks: list[_Block], pattern: re.Pattern[str]
) -> tuple[Reference, ...]:
    words = here.passage.words
    found: list[Reference] = []
    for match in pattern.finditer(words):
        start, end = match.span()
        if match["bare"] is not None:
            start = match.start("bare")
        candidates = _meant(blocks, here, match)
        certain = candidates[0].id if len(candidates) == 1 else ""
        named = tuple(one.id for one in candidates)
        found.append(Reference(words[start:end], start, end, certain, named))
    return tuple(found)


_Block = tuple[str, list[Clause]]
"""The words of a heading, and the clauses under it."""


def _blocks(moment: Moment) -> list[_Block]:
    rows: list[_Block] = [("", [])]
    for clause in moment.clauses:
        if not clause.margin.tabled:
            continue
        if clause.kind is Kind.HEADING:
            rows.append((" ".join(clause.passage.live.split()), [clause]))
        elif clause.label:
            rows[-1][1].append(clause)
    return rows


def _pattern(blocks: list[_Block]) -> re.Pattern[str]:
    """The reference pattern with the headings of this text as the verbs."""
    verbs = sorted({heading for heading, _ in blocks if heading}, key=len, reverse=True)
    named = "|".join(r"\s+".join(map(re.escape, verb.split())) for verb in verbs[:200])
    pattern = _TEMPLATE.replace("VERBS", named or r"(?!)")
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _meant(blocks: list[_Block], here: Clause, match: re.Match[str]) -> list[Clause]:
    if match["verb"] is not None:
        verb = " ".join(match["verb"].split()).casefold()
        scope = [block for block in blocks if block[0].casefold() == verb]
        return _labelled(scope, here, match["of_verb"])
    label = match["label"] or match["bare"]
    mine = [block for block in blocks if any(one.id == here.id for one in block[1])]
    return _labelled(mine, here, label) or _labelled(blocks, here, label)


def _labelled(blocks: list[_Block], here: Clause, label: str) -> list[Clause]:
    wanted = _bare(label)
    found = [
        clause
        for _, clauses in blocks
        for clause in clauses
        if clause.id != here.id and wanted in (_bare(clause.label), _last(clause.label))
    ]
    return [clause for clause in found if clause.stands] or found


def _bare(label: str) -> str:
    return " ".join(label.casefold().split()).strip(_ENDS)


def _last(label: str) -> str:
    """The number of "Article 4" is 4."""
    return _bare(label).rpartition(" ")[2]
