"""A page beside its base: insertions, base deletions and dropped proposals told apart.

Base words are found again on the page, struck or not; what the page has more was put in by
somebody; what it lacks comes back as struck. Where the page is damaged and the base tells how, the
reading is put right and the anomaly says so. Leaves out which clause belongs to which: that is
`alignment.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

import attrs

from negotiation.papers import recovery
from negotiation.papers.draft import (
    DraftClause,
    DraftRun,
    Origin,
    Repair,
    Severity,
)
from negotiation.papers.passages import Passage
from negotiation.papers.tokens import Atom, Token, hunks_of, runs_of, spaced, tokens_of

_VARIANT_MUST_GAIN = 0.1
"""A struck variant is taken for the base only if it holds so much more of it than the living text.
"""


@attrs.frozen
class Finding:
    """What the comparison shows of one clause: code, printed offsets, sentence and repair."""

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    repair: Repair | None = None


@attrs.frozen
class Compared:
    """A clause as read beside its base."""

    clause: DraftClause
    carried: Callable[[int, bool], int]
    """Where a printed offset stands now; the flag tells the end of a stretch from its beginning."""
    findings: tuple[Finding, ...]


def new_clause(clause: DraftClause) -> DraftClause:
    """A clause that the base does not have: all of it was put in by somebody."""
    runs = [attrs.evolve(run, origin=Origin.INSERTED) for run in clause.runs]
    return attrs.evolve(clause, runs=_joined(runs), in_base=False, base_label=None)


def _joined(runs: Sequence[DraftRun]) -> tuple[DraftRun, ...]:
    joined: list[DraftRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and attrs.evolve(last, words=run.words) == run:
            joined[-1] = attrs.evolve(last, words=last.words + run.words)
        else:
            joined.append(run)
    return tuple(joined)


def missing_clause(base: DraftClause, key: int, line: int, level: int) -> DraftClause:
    """A base clause that the page neither prints nor strikes: it comes back as struck."""
    run = DraftRun(base.words, Origin.BASE, struck=True, printed=False, strike_lost=True)
    return attrs.evolve(
        base,
        key=key,
        level=level,
        label_struck=True,
        base_label=base.label,
        runs=(run,) if base.words else (),
        line=line,
        end_line=line,
        in_base=True,
        breaks=(),
        variants=(),
    )


def compared(passage: Passage, base: DraftClause, cuts: Sequence[int] = ()) -> Compared:
    """A clause of the page beside the clause of the base that it continues.

    `cuts` are the offsets at which brackets stand: a word with a bracket in it is two words.
    """
    clause = passage.clause
    if _same(clause, base):
        runs = tuple(attrs.evolve(run, origin=Origin.BASE) for run in clause.runs)
        told = attrs.evolve(clause, runs=runs, in_base=True, base_label=base.label)
        return Compared(told, lambda offset, _end: offset, ())
    begin, stop = _own_stretch(clause, base)
    reading = _Reading(clause, base.words, begin, stop, cuts)
    atoms = reading.atoms()
    fixes = recovery.recovered(clause, base, atoms)
    atoms = spaced(atoms)
    runs = runs_of(atoms)
    carried = _carrier(atoms)
    told = attrs.evolve(
        clause,
        runs=runs,
        in_base=True,
        base_label=base.label,
        breaks=tuple(carried(offset, False) for offset in clause.breaks),
        variants=tuple(
            attrs.evolve(one, start=carried(one.start, False), end=carried(one.end, True))
            for one in clause.variants
        ),
    )
    findings = [
        Finding(
            fix.code,
            fix.severity,
            fix.start,
            fix.end,
            fix.message,
            recovery.repair_of(fix, clause.key, atoms),
        )
        for fix in fixes
    ]
    return Compared(told, carried, tuple(findings))


def _same(clause: DraftClause, base: DraftClause) -> bool:
    return clause.words == base.words and not clause.variants


def _own_stretch(clause: DraftClause, base: DraftClause) -> tuple[int, int]:
    """The printing of a clause that holds the base: the living one, or a struck variant."""
    if not clause.variants:
        return 0, len(clause.words)
    words = [token.text for token in tokens_of(base.words)]
    best = (clause.variants[-1].end, len(clause.words))
    most = _share(clause.words[best[0] : best[1]], words) + _VARIANT_MUST_GAIN
    for variant in clause.variants:
        share = _share(clause.words[variant.start : variant.end], words)
        if share > most:
            best, most = (variant.start, variant.end), share
    return best


def _share(wording: str, base: Sequence[str]) -> float:
    page = [token.text for token in tokens_of(wording)]
    lost = sum(after - before for _, _, before, after in hunks_of(page, base))
    return 1 - lost / max(1, len(base))


class _Reading:
    """One clause while its words are told apart."""

    def __init__(
        self, clause: DraftClause, base: str, begin: int, stop: int, cuts: Sequence[int]
    ) -> None:
        self._cuts = cuts
        self._clause = clause
        self._base = base
        self._begin = begin
        self._stop = stop
        self._edges: list[tuple[int, bool]] = []
        at = 0
        for run in clause.runs:
            at += len(run.words)
            self._edges.append((at, run.struck))
        if not self._edges:
            self._edges.append((0, clause.label_struck))

    def atoms(self) -> list[Atom]:
        """The printed words with their origin, and the base words that are not printed."""
        words = self._clause.words
        page = tokens_of(words, self._begin, self._stop, self._cuts)
        base = tokens_of(self._base)
        told = self._told(page, base)
        found: list[Atom] = []
        run = 0
        at = 0
        for start, end, make in told:
            run = self._space(found, at, start, run)
            struck, run = self._struck(start, run)
            found.extend(make(struck))
            at = end
        self._space(found, at, len(words), run)
        return found

    def _told(
        self, page: Sequence[Token], base: Sequence[Token]
    ) -> list[tuple[int, int, Callable[[bool], list[Atom]]]]:
        """For every printed word in order: where it stands and the atoms that it becomes."""
        told: list[tuple[int, int, Callable[[bool], list[Atom]]]] = []
        told.extend(self._outside(0, self._begin))
        p = b = 0
        hunks = hunks_of([t.text for t in page], [t.text for t in base])
        for p0, p1, b0, b1 in [*hunks, (len(page), len(page), len(base), len(base))]:
            while p < p0:
                told.append(_kept(page[p], base[b]))
                p, b = p + 1, b + 1
            told.extend(_changed(page[p0:p1], base[b0:b1], self._place(page, p0)))
            p, b = p1, b1
        told.extend(self._outside(self._stop, len(self._clause.words)))
        return told

    def _place(self, page: Sequence[Token], index: int) -> int:
        if index < len(page):
            return page[index].start
        return page[-1].end if page else self._begin

    def _outside(self, start: int, end: int) -> list[tuple[int, int, Callable[[bool], list[Atom]]]]:
        return [_put_in(token) for token in tokens_of(self._clause.words, start, end, self._cuts)]

    def _space(self, found: list[Atom], start: int, end: int, run: int) -> int:
        """The white space between two words, cut where a strike begins or ends in it."""
        at = start
        while at < end:
            struck, run = self._struck(at, run)
            stop = min(end, self._edges[run][0])
            found.append(Atom(self._clause.words[at:stop], at, struck))
            at = stop
        return run

    def _struck(self, at: int, run: int) -> tuple[bool, int]:
        while run + 1 < len(self._edges) and self._edges[run][0] <= at:
            run += 1
        return self._edges[run][1], run


def _kept(token: Token, base: Token) -> tuple[int, int, Callable[[bool], list[Atom]]]:
    def make(struck: bool) -> list[Atom]:
        return [Atom(token.text, token.start, struck, Origin.BASE, base_spaced=base.spaced)]

    return token.start, token.end, make


def _went_on(token: Token) -> tuple[int, int, Callable[[bool], list[Atom]]]:
    def make(struck: bool) -> list[Atom]:
        return [Atom(token.text, token.start, struck, Origin.BASE)]

    return token.start, token.end, make


def _cut_by_bracket(page: Sequence[Token], base: Sequence[Token]) -> tuple[int, int, int] | None:
    """A base word that a bracket cuts in two or three: its first part, how many, its base word."""
    wanted = {token.text: index for index, token in enumerate(base)}
    for index in range(len(page)):
        text = page[index].text
        for count in (2, 3):
            last = index + count - 1
            if last >= len(page) or page[last].start != page[last - 1].end:
                break
            text += page[last].text
            if text in wanted:
                return index, count, wanted[text]
    return None


def _put_in(token: Token) -> tuple[int, int, Callable[[bool], list[Atom]]]:
    def make(struck: bool) -> list[Atom]:
        return [Atom(token.text, token.start, struck, Origin.INSERTED)]

    return token.start, token.end, make


def _changed(
    page: Sequence[Token], base: Sequence[Token], place: int
) -> list[tuple[int, int, Callable[[bool], list[Atom]]]]:
    """A stretch in which the two differ: what came in, what is missing, what was printed as one."""
    if not base:
        return [_put_in(token) for token in page]
    if page:
        place = page[0].start
    fused = recovery.fused(page, base)
    if fused is not None:
        index, first, last, make_fused = fused
        told = _changed(page[:index], base[:first], page[index].start)
        token = page[index]
        told.append((token.start, token.end, make_fused))
        told.extend(_changed(page[index + 1 :], base[last:], token.end))
        return told

    cut = _cut_by_bracket(page, base)
    if cut is not None:
        index, count, at_base = cut
        told = _changed(page[:index], base[:at_base], page[index].start)
        told.append(_kept(page[index], base[at_base]))
        told.extend(_went_on(token) for token in page[index + 1 : index + count])
        told.extend(_changed(page[index + count :], base[at_base + 1 :], page[index].end))
        return told

    def missing(_struck: bool) -> list[Atom]:
        text = base[0].text + "".join((" " if t.spaced else "") + t.text for t in base[1:])
        return [
            Atom(
                text,
                place,
                True,
                Origin.BASE,
                printed=False,
                lost=True,
                base_spaced=base[0].spaced,
            )
        ]

    return [(place, place, missing), *(_put_in(token) for token in page)]


def _carrier(atoms: Sequence[Atom]) -> Callable[[int, bool], int]:
    """Where printed offsets stand once words that are not printed have been put back."""
    added = [(atom.at, len(atom.text)) for atom in atoms if not atom.printed]
    places = [at for at, _ in added]
    shifts = list(accumulate((length for _, length in added), initial=0))

    def carried(offset: int, is_end: bool) -> int:
        index = bisect_left(places, offset) if is_end else bisect_right(places, offset)
        return offset + shifts[index]

    return carried
