"""The open points of a page: live brackets, groups of alternatives, blocks of options.

A bracket may cover part of a clause or many clauses; what it covers is its extents. Leaves out who
may lift it: the page only tells who is named in it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs

from negotiation.papers import parties
from negotiation.papers.blocks import Lines
from negotiation.papers.brackets import adjacent
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import (
    DraftAlternative,
    DraftPoint,
    Extent,
    Kind,
    PointKind,
)
from negotiation.papers.marks import Pair
from negotiation.papers.options import Choice, Group, alt_groups, option_groups, sponsor_runs
from negotiation.papers.passages import Passage, Places
from negotiation.papers.structure import Placed

_LEAST_WHOLE = 8
_MOST_STEPS = 400
_LONGEST_NAMED = 2_000


@attrs.frozen
class Sighted:
    """An open point with the stretch of the page that it takes up, before points get their keys."""

    start: int
    end: int
    kind: PointKind
    extents: tuple[Extent, ...]
    alternatives: tuple[DraftAlternative, ...]
    status: str
    holders: tuple[str, ...]
    encloses: bool = True
    """Whether points inside it are parts of it; rival paragraphs only stand beside each other."""


def points_of(
    source: str,
    lines: Lines,
    placed: Sequence[Placed],
    found: Sequence[Passage],
    pairs: Sequence[Pair],
    conventions: Conventions,
    *,
    every_sign: bool = False,
) -> tuple[tuple[DraftPoint, ...], list[list[Choice]]]:
    """Every open point of a page in order, and the sponsored wordings that stand in none.

    With ``every_sign`` each pair of brackets is told so that both its signs are printed again.
    """
    reading = _Reading(source, lines, placed, found, conventions, every_sign=every_sign)
    sighted = reading.bracketed(pairs)
    sighted.extend(reading.unbracketed())
    return _keyed(sighted, lines), reading.unheld


class _Reading:
    """One page while its points are looked for."""

    def __init__(
        self,
        source: str,
        lines: Lines,
        placed: Sequence[Placed],
        found: Sequence[Passage],
        conventions: Conventions,
        *,
        every_sign: bool = False,
    ) -> None:
        self._every_sign = every_sign
        self._source = source
        self._lines = lines
        self._placed = placed
        self._found = found
        self._conventions = conventions
        self._places = Places(found)
        self._runs = self._sponsor_runs() if conventions.attributions else []

    @property
    def unheld(self) -> list[list[Choice]]:
        """Sponsored wordings that no bracket holds, once the brackets have been read."""
        return self._runs

    def bracketed(self, pairs: Sequence[Pair]) -> list[Sighted]:
        """The points that brackets open."""
        groups = adjacent(self._source, pairs, self._conventions)
        sponsored = self._within_brackets(pairs)
        inside_curly = {} if self._every_sign else self._wordings_in_curly(groups)
        swallowed = {id(group) for inner in inside_curly.values() for group in inner}
        sighted: list[Sighted] = []
        for group in groups:
            if id(group) in swallowed:
                continue
            extents = self._extents(group[0].opened, group[-1].closed)
            if not extents:
                continue
            alternatives: tuple[DraftAlternative, ...] = ()
            status = ""
            choices = sponsored.get(group[0].opened) if len(group) == 1 else None
            if choices:
                alternatives = self._alternatives(choices)
                status = _status(choices)
            elif id(group) in inside_curly:
                inner = [pair for wording in inside_curly[id(group)] for pair in wording]
                alternatives = self._wordings(inner)
            elif len(group) > 1:
                alternatives = self._wordings(group)
            holders, act = self._holders(group)
            sighted.append(
                Sighted(
                    start=group[0].opened,
                    end=group[-1].closed + 1,
                    kind=self._kind(group[0], extents),
                    extents=extents,
                    alternatives=alternatives,
                    status=status or act,
                    holders=() if choices else holders,
                )
            )
        return sighted

    def unbracketed(self) -> list[Sighted]:
        """Options, `alt` rivals and sponsors in a row that no bracket holds together."""
        rivals = alt_groups(self._found)
        groups = option_groups(self._found) + rivals
        beside = {id(group) for group in rivals}
        # Where every line is text, nothing but a bracket says where the last one would end.
        runs = [] if self._every_sign else self._runs
        groups.extend(Group(tuple(run), by_sponsor=True) for run in runs if len(run) > 1)
        sighted: list[Sighted] = []
        for group in groups:
            first, last = group.choices[0].first, group.choices[-1].last
            if group.by_sponsor:
                # Nothing closes the last one: it is taken to be the one clause that follows.
                last = group.choices[-1].first
                choices = [*group.choices[:-1], attrs.evolve(group.choices[-1], last=last)]
            else:
                choices = list(group.choices)
            sighted.append(
                Sighted(
                    start=self._found[first].parts[0].block.start,
                    end=self._found[last].parts[-1].block.end,
                    kind=PointKind.OPTION,
                    extents=tuple(
                        Extent(passage.clause.key, None, None)
                        for passage in self._found[first : last + 1]
                    ),
                    alternatives=self._alternatives(choices),
                    status=_status(choices),
                    holders=(),
                    encloses=id(group) not in beside,
                )
            )
        return sighted

    def _sponsor_runs(self) -> list[list[Choice]]:
        starts = [passage.parts[0].block.start for passage in self._found]
        upto = [bisect_left(starts, entry.block.start) for entry in self._placed]
        first = [bisect_right(starts, entry.block.start) for entry in self._placed]
        clauses = [passage.clause for passage in self._found]
        return sponsor_runs(self._placed, first if self._every_sign else upto, clauses, upto)

    def _within_brackets(self, pairs: Sequence[Pair]) -> dict[int, list[Choice]]:
        """For each bracket that holds sponsored wordings, by its place, those wordings."""
        opened = [pair.opened for pair in pairs]
        held: dict[int, list[Choice]] = {}
        rest: list[list[Choice]] = []
        blocks = {
            entry.block.attribution.printed: entry.block
            for entry in self._placed
            if entry.block.attribution is not None
        }
        for run in self._runs:
            loose: list[Choice] = []
            for choice in run:
                block = blocks.get(choice.printed)
                pair = self._around(pairs, opened, block.start, block.end) if block else None
                if pair is None:
                    loose.append(choice)
                    continue
                closing = self._places.before(pair.closed)
                last = closing.clause.key - 1 if closing else choice.last
                choice = attrs.evolve(choice, last=max(choice.first, min(choice.last, last)))
                held.setdefault(pair.opened, []).append(choice)
            if loose:
                rest.append(loose)
        self._runs = rest
        return held

    def _around(
        self, pairs: Sequence[Pair], opened: Sequence[int], start: int, end: int
    ) -> Pair | None:
        """The innermost bracket that opens before a line ends and closes after it."""
        index = bisect_right(opened, end) - 1
        for at in range(index, max(-1, index - _MOST_STEPS), -1):
            if pairs[at].closed > end:
                return pairs[at]
        return None

    def _wordings_in_curly(self, groups: Sequence[list[Pair]]) -> dict[int, list[list[Pair]]]:
        """Curly groups that hold nothing but square brackets: those are its wordings."""
        result: dict[int, list[list[Pair]]] = {}
        opened = [group[0].opened for group in groups]
        for group in groups:
            outer = group[0]
            if outer.glyph != "{" or len(group) > 1:
                continue
            inner: list[list[Pair]] = []
            at = outer.opened + 1
            index = bisect_left(opened, at)
            while index < len(groups) and groups[index][0].opened < outer.closed:
                one = groups[index]
                if self._source[at : one[0].opened].strip(" \t\r\n/") or one[0].glyph != "[":
                    break
                inner.append(one)
                at = one[-1].closed + 1
                index = bisect_left(opened, at)
            wordings = sum(len(one) for one in inner)
            if wordings > 1 and not self._source[at : outer.closed].strip():
                result[id(group)] = inner
        return result

    def _extents(self, opened: int, closed: int) -> tuple[Extent, ...]:
        begin, stop = self._places.opening(opened), self._places.closing(closed)
        if begin is None or stop is None:
            return ()
        (first, start), (last, end) = begin, stop
        if first > last:
            return ()
        if self._every_sign:
            # A sign in a clause that is struck whole stands beside the words that are left.
            while first < last and not self._found[first - 1].clause.live_words.strip():
                first, start = first + 1, None
            while first < last and not self._found[last - 1].clause.live_words.strip():
                last, end = last - 1, None
        if first == last:
            return (Extent(first, start, end),)
        between = (Extent(key, None, None) for key in range(first + 1, last))
        return (Extent(first, start, None), *between, Extent(last, None, end))

    def _alternatives(self, choices: Sequence[Choice]) -> tuple[DraftAlternative, ...]:
        alternatives: list[DraftAlternative] = []
        for order, choice in enumerate(choices, 1):
            said = choice.attribution
            alternatives.append(
                DraftAlternative(
                    order=order,
                    clause=self._found[choice.first].clause.key,
                    start=None,
                    end=None,
                    symbol=said.symbol if said else None,
                    sponsors=said.sponsors if said else (),
                    sponsor_code=said.code if said else None,
                    printed=choice.printed,
                    end_clause=self._found[choice.last].clause.key,
                    no_text=choice.no_text,
                    line=self._found[choice.first].clause.line,
                )
            )
        return tuple(alternatives)

    def _wordings(self, pairs: Sequence[Pair]) -> tuple[DraftAlternative, ...]:
        alternatives: list[DraftAlternative] = []
        for order, pair in enumerate(pairs, 1):
            extents = self._extents(pair.opened, pair.closed)
            if not extents:
                continue
            names, _ = self._holders([pair])
            alternatives.append(
                DraftAlternative(
                    order=order,
                    clause=extents[0].clause,
                    start=extents[0].start,
                    end=extents[-1].end,
                    sponsors=names,
                    end_clause=extents[-1].clause,
                    line=self._lines.line_of(pair.opened),
                )
            )
        return tuple(alternatives)

    def _holders(self, group: Sequence[Pair]) -> tuple[tuple[str, ...], str]:
        names: list[str] = []
        act = ""
        for pair in group[:50]:
            if not 2 < pair.closed - pair.opened < _LONGEST_NAMED:
                continue
            inner = self._source[pair.opened + 1 : pair.closed]
            found, says = parties.holders(inner)
            names.extend(name for name in found if name not in names)
            act = act or says
        return tuple(names), act

    def _kind(self, pair: Pair, extents: tuple[Extent, ...]) -> PointKind:
        long = len(extents) >= _LEAST_WHOLE and not self._every_sign
        if long and extents[0].start is None and extents[-1].end is None:
            text = [p.clause.key for p in self._found if p.clause.kind not in _BEFORE_TEXT]
            if text and extents[0].clause <= text[0] and extents[-1].clause >= text[-1]:
                return PointKind.WHOLE
        return PointKind.SQUARE if pair.glyph == "[" else PointKind.CURLY


_BEFORE_TEXT = (Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.FOOTNOTE)


def _status(choices: Sequence[Choice]) -> str:
    said: list[str] = []
    for choice in choices:
        status = choice.attribution.status if choice.attribution else ""
        if status and status not in said:
            said.append(status)
    return "; ".join(said)


def _keyed(sighted: list[Sighted], lines: Lines) -> tuple[DraftPoint, ...]:
    """The points in order, each with its key and the smallest one around it."""
    sighted.sort(key=lambda point: (point.start, -point.end))
    points: list[DraftPoint] = []
    around: list[tuple[int, int]] = []
    for key, point in enumerate(sighted, 1):
        while around and around[-1][0] <= point.start:
            around.pop()
        parent = None
        for end, outer in reversed(around[-50:]):
            if end >= point.end:
                parent = outer
                break
        points.append(
            DraftPoint(
                key=key,
                kind=point.kind,
                extents=point.extents,
                status=point.status,
                alternatives=point.alternatives,
                parent=parent,
                holders=point.holders,
                line=lines.line_of(point.start),
                column=lines.column_of(point.start),
            )
        )
        if point.encloses:
            around.append((point.end, key))
    return tuple(points)
