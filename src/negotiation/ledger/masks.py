"""Names in the words of a text, covered letter by letter where they say whose the words are.

The words of a text are nobody's secret; but a page also prints in them who asks for what: “[FJI:
…]”, “[… – FJI]”, “FJI reserves its position”. Such a name is covered by as many signs as it has
letters, so that every place in the clause stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.evolve import evolve
from negotiation.domain.terms import Agreement, Correction, Kind, TabledRun
from negotiation.domain.wording import decision, read_anew
from negotiation.text.edit import Edit, apply
from negotiation.text.passage import Mark, Passage, Run
from negotiation.views.known_parties import BETWEEN_NAMES, KNOWN

_WORD = re.compile(r"[^\s,;/&]+")
COVER = "\N{FULL BLOCK}"
_ACT = r"(?:to\s+)?(?:delete|retain|reserve|bracket)s?\b"
_SAYS_WHOSE = (
    r"\b(?i:sources?|authors?|sponsors?|(?:submitted|proposed|presented|tabled|introduced|"
    r"proposals?|amendments?)\s+(?:by|of|from))\s{0,4}:?\s{1,4}(?i:the\s+)?"
)
_MAY_SAY_WHOSE = re.compile(
    r"[:\[\]{}\-\u2013\u2014]|(?i:delet|retain|reserv|bracket|sourc|author|sponsor|submitted|"
    r"proposed|presented|tabled|introduced|proposal|amendment)"
)
"""What stands in all words that attribute: most words have none of it, and are looked at once."""
_BESIDE = (Kind.HEADER, Kind.NOTE)
"""Clauses that are printed with the text and are no part of it."""
_PROPOSING = (
    ev.AmendmentProposed,
    ev.DeletionProposed,
    ev.ProposalRevised,
    ev.AlternativeTabled,
)


class Masks:
    """Covers the names that it was told of."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._patterns: tuple[re.Pattern[str] | None, re.Pattern[str], re.Pattern[str]] | None = (
            None
        )

    def learn(self, name: str) -> None:
        """Cover this name, too, from now on."""
        self._names.add(name)
        self._patterns = None

    def over(self, words: str, *, everywhere: bool = False, first: bool = False) -> str:
        """The words with names covered: where they attribute, at the beginning, or everywhere."""
        if not words or not (everywhere or first or _MAY_SAY_WHOSE.search(words)):
            return words
        if self._patterns is None:
            self._patterns = self._made()
        name, attributing, row = self._patterns
        letters = list(words)
        for found in attributing.finditer(words):
            for group in ("by", "lead", "within", "tail", "alone"):
                start, end = found.span(group)
                if start >= 0:
                    letters[start:end] = _all_covered(words[start:end])
        at = len(words) - len(words.lstrip(" [*_"))
        if first and (begins := row.match(words, at)):
            letters[at : begins.end()] = _all_covered(begins[0])
        covered = "".join(letters)
        return name.sub(_covered, covered) if everywhere and name is not None else covered

    def _made(self) -> tuple[re.Pattern[str] | None, re.Pattern[str], re.Pattern[str]]:
        """Each name that is known here, where names attribute, and several of them in a row."""
        here = _any_of(self._names)
        anybody = _any_of(self._names | KNOWN)
        # The page's brackets are no words of the clause: who takes part here may lead anywhere.
        longer = _any_of(one for one in self._names if len(one) > 1)
        rows = rf"{longer}(?:{BETWEEN_NAMES}{longer}){{0,30}}" if longer else "(?!)"
        leads = rf"(?=[\s*_]{{0,6}}:|\s+{_ACT})"
        row = rf"{anybody}(?:{BETWEEN_NAMES}{anybody}){{0,30}}"
        attributing = (
            rf"{_SAYS_WHOSE}(?P<by>{row})"
            rf"|(?:^|[\[{{(;\n])[\s*_]{{0,6}}(?P<lead>{row}){leads}"
            rf"|(?P<within>{rows}){leads}"
            rf"|[-\u2013\u2014]\s{{0,4}}(?P<tail>{row})(?=\s*(?:$|[\]}}).;,]|{_ACT}))"
            rf"|(?<=[\[{{])(?P<alone>{row})(?=[\]}}])"
        )
        return re.compile(here) if here else None, re.compile(attributing), re.compile(row)

    # -- whole events -----------------------------------------------------------------------------

    def fitted(
        self, event: ev.ClauseEvent, raw: ev.ClauseEvent, state: Clause | None, number: int
    ) -> ev.ClauseEvent:
        """An event whose words fit the covered clause; ``raw`` is the same with bare words."""
        kind = state.kind if state is not None else getattr(raw, "kind", None)
        if isinstance(event, ev.ClauseTabled) and isinstance(raw, ev.ClauseTabled):
            return attrs.evolve(event, runs=self._runs(event.runs, raw.runs, kind))
        assert state is not None
        match event, raw:
            case ev.AnomalySettled(), ev.AnomalySettled():
                pairs = zip(event.corrections, raw.corrections, strict=True)
                return attrs.evolve(event, corrections=tuple(self._corrections(pairs, state)))
            case ev.ClauseAgreed(), ev.ClauseAgreed(words=words):
                return attrs.evolve(event, words=self._as_it_reads(words, state.passage))
            case ev.ActReversed(), ev.ActReversed():
                return self._put_back(event, raw, state)
            case _:
                pass
        edits: tuple[Edit, ...] = getattr(raw, "edits", ())
        if not edits:
            return event
        bare: Any = attrs.evolve(event, edits=())  # type: ignore[arg-type]  # it has them
        passage = evolve(state, number, state.id, bare).passage
        # What a proposal strikes is not gone for the edits behind it; what is decided is.
        mark = Mark(number, "?") if isinstance(event, _PROPOSING) else decision(number)
        fitting: list[Edit] = []
        for edit in edits:
            removed = passage.standing_between(edit.start, edit.end)
            inserted = self._of_kind(edit.inserted, kind)
            fitting.append(Edit(edit.start, edit.end, removed, inserted))
            passage = apply(passage, fitting[-1], mark)
        return attrs.evolve(event, edits=tuple(fitting))  # type: ignore[arg-type]  # as above

    def _of_kind(self, words: str, kind: Kind | None) -> str:
        return self.over(words, everywhere=kind in _BESIDE, first=kind is Kind.FOOTNOTE)

    def _runs(
        self, runs: Iterable[TabledRun], raw: tuple[TabledRun, ...], kind: Kind | None
    ) -> tuple[TabledRun, ...]:
        """Together, since the page may change its mind in the middle of a name."""
        covered = self._of_kind("".join(run.words for run in raw), kind)
        return tuple(
            attrs.evolve(run, words=words)
            for run, words in zip(runs, _cut(covered, raw), strict=True)
        )

    def _corrections(
        self, corrections: Iterable[tuple[Correction, Correction]], state: Clause
    ) -> Iterator[Correction]:
        for one, bare in corrections:
            removed = state.passage.words[one.start : one.end]
            runs = self._runs(one.runs, bare.runs, state.kind)
            fitting = attrs.evolve(one, removed=removed, runs=runs)
            state = read_anew(state, fitting)
            yield fitting

    def _as_it_reads(self, words: str, passage: Passage) -> str:
        """Words that were agreed, covered as they are where they still stand."""
        live = passage.live
        same = len(words) == len(live) and all(
            here in (there, COVER) for here, there in zip(live, words, strict=True)
        )
        return live if same else self.over(words)

    def _put_back(
        self, event: ev.ActReversed, raw: ev.ActReversed, state: Clause
    ) -> ev.ActReversed:
        restored = event.restored
        passage = state.passage
        if restored.passage is not None and raw.restored.passage is not None:
            bare = raw.restored.passage
            covered = self._of_kind("".join(run.words for run in bare), state.kind)
            pieces = zip(restored.passage, _cut(covered, bare), strict=True)
            runs = tuple(
                Run(words, run.inserted_by, run.struck_by, run.presumed) for run, words in pieces
            )
            restored = attrs.evolve(restored, passage=runs)
            passage = Passage(runs)
        if restored.agreement and raw.restored.agreement:
            agreed: tuple[Agreement, ...] = tuple(
                attrs.evolve(one, words=self._as_it_reads(bare.words, passage))
                for one, bare in zip(restored.agreement, raw.restored.agreement, strict=True)
            )
            restored = attrs.evolve(restored, agreement=agreed)
        return attrs.evolve(event, restored=restored)


def _any_of(names: Iterable[str]) -> str:
    """Any of these names, as a pattern; a code as it is written, a name in capitals, too."""
    found = []
    for one in sorted(names, key=len, reverse=True):
        word = r"\s+".join(map(re.escape, one.split()))
        found.append(word if one.isupper() or len(one) < 3 else f"(?i:{word})")
    return rf"(?<![^\W\d_])(?:{'|'.join(found)})(?![^\W\d_])" if found else ""


def _all_covered(words: str) -> str:
    """Names in a row with what is between them, which says that they are several."""
    return _WORD.sub(_covered, words)


def _covered(found: re.Match[str]) -> str:
    return COVER * len(found[0])


def _cut(words: str, like: Iterable[TabledRun | Run]) -> Iterator[str]:
    """The words in pieces as long as those of these runs."""
    at = 0
    for run in like:
        yield words[at : at + len(run.words)]
        at += len(run.words)
