"""References in the words of a clause to other clauses: "paragraph 3 above", "in b) above".

A reference is tied to a clause only where one clause alone can be meant: of the same block before
the whole text, of what stands before what is struck. Everything else is told as uncertain, with
the reason. What is outside this text, such as "Resolution 71" or "Article 2 of the Convention", is
no reference. Only the live words are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.numbering import Printed, Series, printed
from negotiation.domain.terms import Kind
from negotiation.text.passage import Passage
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.mentions import HALVES, Mention, Reader, own_names
from negotiation.views.outline import eaten_number

_SHAPE = re.compile(r"^([(\[]?)(.*?)([)\].]?)$", re.DOTALL)
_UNFILLED = re.compile(r"^(?:[xyXYZ]{1,2}|N|_+|…)$")
_LONGEST_LABEL = 12
_CONTAINERS = ("article", "annex", "part", "section", "chapter")


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
    label: str = ""
    """The number or letter alone, as it is written."""
    label_start: int = 0
    label_end: int = 0
    within: str = ""
    """The article whose number is written with it, as in "Article 4.2"."""
    why: str = ""
    """Why it is not certain; empty where it is."""

    def spelled(self, label: Printed, within: Printed | None = None) -> str:
        """The number as it is to be written when the clause meant has this label."""
        shape = _SHAPE.match(self.label)
        assert shape is not None
        if not within and shape[2][:1].isdigit() != label.number[:1].isdigit():
            # A number that became a letter, or a letter that became a number, is written anew.
            return f"{label.open}{label.number}{label.rest.strip('.:')}"
        number = f"{within.core}{within.suffix}.{label.number}" if within else label.number
        if _key(number) == _key(self.label):
            return self.label
        return f"{shape[1]}{number}{shape[3]}"


def references(timeline: Timeline, at: int, clause: str) -> tuple[Reference, ...]:
    """The references in the words of a clause after entry ``at``."""
    moment = timeline.moment(at)
    here = moment.clause(clause)
    return Referring(moment).of(here) if here is not None else ()


@attrs.frozen
class Refers:
    """A clause that stands and a reference in its words."""

    clause: str
    reference: Reference


def all_references(moment: Moment) -> tuple[Refers, ...]:
    """Every reference in the text, in its order."""
    referring = Referring(moment)
    return tuple(
        Refers(clause.id, one)
        for clause in moment.clauses
        if clause.stands
        for one in referring.of(clause)
    )


@attrs.frozen
class _Place:
    """A clause where it stands in the text."""

    clause: Clause
    index: int
    level: int
    key: str
    series: Series | None
    heading: int
    """The number of its block."""
    article: int
    """The number of its article or annex; 0 before the first."""
    above: tuple[int, ...] = ()
    """The labelled clauses that it stands under, the outermost first."""

    @property
    def half(self) -> str:
        """pp or op, where its label says so as the room does: "OP3"."""
        said = self.clause.label[:2].casefold()
        return said if said in HALVES and self.clause.label[2:].strip()[:1].isdigit() else ""


class Referring:
    """The numbered places of one moment, ready to be referred to."""

    def __init__(self, moment: Moment) -> None:
        """The places of this moment."""
        self._places = _places(moment)
        self._by_id = {one.clause.id: one for one in self._places}
        self._articles = [one for one in self._places if _word(one.clause) in _CONTAINERS]
        self._in_articles = any(_word(one.clause) == "article" for one in self._articles)
        self._verbs: dict[str, list[int]] = {}
        for one in self._places:
            words = " ".join(one.clause.passage.live.split()).strip("*_ ")
            if one.clause.kind is Kind.HEADING and words and not one.clause.label:
                self._verbs.setdefault(words.casefold(), []).append(one.heading)
        own = own_names("\n".join(clause.passage.live for clause in moment.clauses))
        self._reader = Reader(self._verbs, own)

    def of(self, clause: Clause) -> tuple[Reference, ...]:
        """The references in the words of a clause of this moment."""
        if clause.kind is Kind.HEADER:
            return ()
        here = self._by_id.get(clause.id) or _nowhere(clause)
        place = _placing(clause)
        found: list[Reference] = []
        for one in self._reader.mentions(clause.passage.live):
            found.append(self._reference(here, one, place))
        return tuple(found)

    def called(self, words: str) -> tuple[Clause, ...]:
        """The clauses that a number said by itself may mean: "paragraph 12", "Article 4.2"."""
        if not self._places:
            return ()
        said = list(self._reader.mentions(words))
        if not said:
            label = _key(words)
            places = [p for p in self._places if p.key == label and len(label) < _LONGEST_LABEL]
            return tuple(one.clause for one in places if label)
        last = said[0] if said[0].inside else said[-1]
        nowhere = attrs.evolve(_nowhere(self._places[0].clause), heading=-1, article=-1)
        nowhere = attrs.evolve(nowhere, clause=attrs.evolve(nowhere.clause, id=""))
        candidates, _ = self._meant(nowhere, last)
        named = last.inside or last.verb or last.kind in (*_CONTAINERS, *HALVES)
        if not candidates and not named:
            wanted = _key(last.label)
            candidates = [p for p in self._places if p.key == wanted]
        return tuple(one.clause for one in candidates)

    def _reference(
        self, here: _Place, one: Mention, place: Callable[[int, int], tuple[int, int]]
    ) -> Reference:
        start, end = place(one.start, one.end)
        label_start, label_end = place(one.label_start, one.label_end)
        words = here.clause.passage.live[one.start : one.end]
        unfilled = bool(_UNFILLED.match(one.label))
        candidates, within = self._meant(here, one)
        if unfilled and one.kind not in _CONTAINERS:
            candidates = []
        sure = candidates[0].clause.id if len(candidates) == 1 else ""
        why = ""
        if unfilled and not candidates:
            why = "no number is named yet"
        elif not candidates:
            why = "no clause of this text is called so"
        elif len(candidates) > 1:
            why = f"{len(candidates)} clauses are called so"
        elif self._hidden(here, one, candidates[0]):
            why = "what is called so stands inside another paragraph"
        elif one.other_text:
            why = f"“{one.other_text}” may not be this one"
        elif one.side and (candidates[0].index < here.index) != (one.side == "above"):
            why = f"what is called so does not stand {one.side}"
        return Reference(
            words,
            start,
            end,
            "" if why else sure,
            tuple(found.clause.id for found in candidates),
            one.label,
            label_start,
            label_end,
            within,
            why,
        )

    @staticmethod
    def _hidden(here: _Place, one: Mention, meant: _Place) -> bool:
        """Whether a number said by itself is found only inside a paragraph of another number."""
        alone = not (one.inside or one.verb or one.kind in (*_CONTAINERS, "pp"))
        return alone and meant.key[:1].isdigit() and not set(meant.above) <= set(here.above)

    # -- which place is meant ---------------------------------------------------------------------

    def _meant(self, here: _Place, one: Mention) -> tuple[list[_Place], str]:
        """The places that may be meant, and the article whose number is written with one."""
        wanted = _key(one.label)
        if one.kind in _CONTAINERS:
            found = [p for p in self._articles if _word(p.clause) == one.kind and p.key == wanted]
            first, dot, rest = wanted.partition(".")
            if found or not dot:
                return _standing(found, here), ""
            holders = [p for p in self._articles if _word(p.clause) == one.kind and p.key == first]
            inner = [q for holder in holders for q in self._paragraphs(holder, rest)]
            return _standing(inner, here), holders[0].clause.id if len(holders) == 1 else ""
        if one.inside:
            holders, _ = self._meant(here, one.inside[0])
            inner = [q for holder in holders for q in self._paragraphs(holder, wanted)]
            return _standing(inner, here), ""
        if one.verb:
            blocks = self._verbs.get(one.verb, [])
            inner = [p for p in self._places if p.heading in blocks and p.key == wanted]
            return _standing(_highest(inner), here), ""
        if one.kind in HALVES:
            spoken = [p for p in self._places if p.half and p.key == wanted]
            # A preamble without labels has no number in print; a number means what is decided.
            if spoken or one.kind == "pp" or any(p.half for p in self._places):
                return _standing([p for p in spoken if p.half == one.kind], here), ""
        return self._nearest(here, one, wanted), ""

    def _paragraphs(self, holder: _Place, wanted: str) -> list[_Place]:
        """The paragraphs of this number in an article, or under a paragraph."""
        if holder in self._articles:
            inside = [p for p in self._places if p.article == holder.article and p.key == wanted]
            return _highest([p for p in inside if p.clause.kind is not Kind.HEADING])
        return _highest([p for p in self._under(holder) if p.key == wanted])

    def _under(self, holder: _Place) -> list[_Place]:
        under: list[_Place] = []
        for one in self._places[holder.index + 1 :]:
            if one.clause.kind is Kind.HEADING or one.level < holder.level:
                break
            if one.level == holder.level and one.series in (holder.series, None):
                break
            under.append(one)
        return under

    def _nearest(self, here: _Place, one: Mention, wanted: str) -> list[_Place]:
        """The places of this number nearest to where it is said: same list, block, whole text."""
        mine = [
            p
            for p in self._places
            if p.key == wanted
            and p.clause.kind is not Kind.HEADING
            and (p.article == here.article if self._in_articles else p.heading == here.heading)
        ]
        if not wanted[:1].isdigit():
            beside = _standing(self._beside(here, mine), here)
            if beside:
                return beside
        found = _sided(_standing(_highest(mine), here), here, one.side)
        if found or self._in_articles or one.here:
            return found
        everywhere = [
            p for p in self._places if p.key == wanted and p.clause.kind is not Kind.HEADING
        ]
        return _sided(_standing(everywhere, here), here, one.side)

    def _beside(self, here: _Place, among: Sequence[_Place]) -> list[_Place]:
        """Those in the list of ``here``, or in the nearest list that it stands under."""
        level, index = here.level, here.index
        first = last = index
        while first >= 0:
            while first > 0 and self._goes_on(self._places[first - 1], level):
                first -= 1
            while last + 1 < len(self._places) and self._goes_on(self._places[last + 1], level):
                last += 1
            beside = [p for p in among if first <= p.index <= last and p.level == level]
            if beside:
                return beside
            first -= 1
            if first < 0 or self._places[first].clause.kind is Kind.HEADING:
                return []
            level = self._places[first].level
        return []

    @staticmethod
    def _goes_on(one: _Place, level: int) -> bool:
        return one.level >= level and one.clause.kind is not Kind.HEADING


def _places(moment: Moment) -> list[_Place]:
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    heading = article = 0
    before: Printed | None = None
    rows: list[_Place] = []
    above: list[_Place] = []
    for clause in moment.clauses:
        if not clause.margin.tabled:
            continue
        found = printed(clause.label, before) if clause.label else None
        before = found or before
        if clause.kind is Kind.HEADING:
            heading += 1
            above = []
            if _word(clause) in ("article", "annex"):
                article += 1
        key = _key(found.number if found is not None else clause.label)
        series = found.series if found is not None else None
        if clause.kind in (Kind.FOOTNOTE, Kind.OPTION):
            eaten = eaten_number(clause)
            key, series = (str(eaten), Series.DIGITS) if eaten else ("", None)
        level = levels.get(clause.id, 0)
        while above and above[-1].level >= level:
            above.pop()
        under = tuple(one.index for one in above)
        place = _Place(clause, len(rows), level, key, series, heading, article, under)
        rows.append(place)
        if key and clause.kind in (Kind.ITEM, Kind.PARAGRAPH):
            above.append(place)
    return rows


def _nowhere(clause: Clause) -> _Place:
    return _Place(clause, -1, 0, "", None, 0, 0)


def _word(clause: Clause) -> str:
    if clause.kind is not Kind.HEADING or not clause.label:
        return ""
    return clause.label.partition(" ")[0].partition("\u00a0")[0].casefold()


def _highest(places: Sequence[_Place]) -> list[_Place]:
    """Those that stand under the fewest others."""
    level = min((one.level for one in places), default=0)
    return [one for one in places if one.level == level]


def _standing(places: Sequence[_Place], here: _Place) -> list[_Place]:
    """Those but the clause itself, and those that stand before those that are struck."""
    others = [one for one in places if one.clause.id != here.clause.id]
    return [one for one in others if one.clause.stands or not one.clause.passage.runs] or others


def _sided(places: list[_Place], here: _Place, side: str) -> list[_Place]:
    """Those above or below, where it is said and there are some."""
    if not side:
        return places
    return [one for one in places if (one.index < here.index) == (side == "above")] or places


def _placing(clause: Clause) -> Callable[[int, int], tuple[int, int]]:
    """What tells where a stretch of the live words stands in the whole passage."""
    if all(run.live for run in clause.passage.runs):
        return lambda start, end: (start, end)
    offsets = live_offsets(clause.passage)
    return lambda start, end: (offsets[start], offsets[end - 1] + 1)


def live_offsets(passage: Passage) -> list[int]:
    """Where each letter of the live words stands in the whole passage."""
    offsets: list[int] = []
    for at, run in passage.pieces():
        if run.live:
            offsets.extend(range(at, at + len(run.words)))
    return offsets


def _key(label: str) -> str:
    """A label as it is compared: without case, space, brackets and stops around it."""
    return "".join(label.casefold().split()).strip("().:;,[]\u00a0")
