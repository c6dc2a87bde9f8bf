"""What stands beside the text: the open point at hand, what happened to its clause, the burn-down.

Positions, remarks and whatever else is not public are left out, unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from negotiation.domain.clause import Clause
from negotiation.text.passage import Standing, marks_of
from negotiation.views.what_is_agreed import waiting
from negotiation.views.what_is_open import PROPOSAL, OpenPoint, Wording
from negotiation_tui import before_the_room, handed_in
from negotiation_tui.draw import Ink, Line, brief, fitted, visible, width_of, wrap
from negotiation_tui.page import Page, Pages

_SHOWN_WORDS = 400
_SHOWN_ENTRIES = 8
_ENTRIES = 5
"""Rows that the last entries have at least beside what stands below."""
_LOW = 14
"""Rows below which every wording gets one."""


@attrs.frozen(eq=False)
class Beside:
    """Everything that the side shows of one moment."""

    pages: Pages
    page: Page
    point: str
    private: bool = False
    below: tuple[Line, ...] = ()
    """What stands at the bottom, such as a chart; it gives way to the open point."""
    keys: str = ""
    """Which keys answer a question that is before the room."""
    over: Collection[str] = ()
    """The questions before the room whose silence is over."""
    own: bool = False
    """Whether what was handed in is that of whoever reads here."""
    answers: str = ""
    """How what was handed in is answered."""

    def lines(self, clause: Clause | None, width: int, height: int) -> tuple[Line, ...]:
        """As much as fits: the open point first, the last entries in what is left."""
        if clause is None or width < 4:
            return ()
        found = self.page.point(self.point)
        if found is not None:
            above = _point(self.page, found, width, short=height < _LOW)
        else:
            waiting = len(self.page.points)
            left = f"{waiting} open in the text; n goes to the next" if waiting else "none is left"
            above = [*_title("nothing open here", width), *_said(left, width, Ink.FAINT)]
        above += _standing(self.page, clause, width)
        if self.private:
            above = [*self._confidential(clause, width), *above]
        asked = before_the_room.beside(
            self.page.moment.negotiation, width, short=height < _LOW, keys=self.keys, over=self.over
        )
        if asked and height >= _LOW:
            asked = [*_title("BEFORE THE ROOM", width, Ink.STRONG), *asked]
        waits = handed_in.beside(
            self.page.moment.negotiation,
            width,
            short=height < _LOW,
            private=self.private or self.own,
            answers=self.answers,
        )
        if waits and height >= _LOW:
            waits = [*_title("HANDED IN", width, Ink.STRONG), *waits]
        above = [*asked, *waits, *above]
        fits = height >= max(_LOW, len(above) + _ENTRIES) + len(self.below)
        below = self.below if fits else ()
        height -= len(below)
        room = height if height < _LOW else max(height - 3, height * 2 // 3)
        if len(above) > room:
            above = [*above[: room - 1], (("…", Ink.FAINT),)]
        entries = self._entries(clause, width, height - len(above))
        middle = (*above, *entries)
        empty: Line = ()
        return (*middle, *((empty,) * (height - len(middle))), *below)

    def _confidential(self, clause: Clause, width: int) -> list[Line]:
        """Positions and remarks, never counted and never weighed."""
        lines = _title("CONFIDENTIAL: positions, remarks", width, Ink.ALARM)
        names = self.page.moment.negotiation
        for position in clause.margin.positions:
            told = f"{names.party(position.party).shown}: {position.stance.value}"
            if position.condition:
                told += f", {position.condition}"
            lines += _said(told, width, Ink.PLAIN)
        for remark in clause.margin.remarks:
            about = f"on “{remark.quoted}”: " if remark.quoted else ""
            lines += _said(f"{about}“{remark.words}”", width, Ink.FAINT)
        if len(lines) == 1:
            lines += _said("none on this clause", width, Ink.FAINT)
        return lines

    def _entries(self, clause: Clause, width: int, height: int) -> list[Line]:
        if height < 2:
            return []
        lines = _title("last entries", width)
        for number in self.pages.last_on(
            clause.id, self.page.at, min(height - 1, _SHOWN_ENTRIES), private=self.private
        ):
            first: Line = ((f"{number} ", Ink.LABEL),)
            told = brief(self.pages.sentence(number), width * 3)
            lines += wrap(((told, Ink.PLAIN),), width, first, len(first[0][0]))
            if len(lines) >= height:
                break
        return lines[:height]


def _point(page: Page, point: OpenPoint, width: int, *, short: bool) -> list[Line]:
    number = f"open point {point.number} of {len(page.points)}"
    lines = [*_title(number, width), *_said(f"{point.kind} · {point.where}", width, Ink.STRONG)]
    facts = [
        _held(page, point),
        point.status,
        f"parked, {point.parked} brings it back{f' {point.until}' if point.until else ''}"
        if point.parked
        else "",
        f"open since entry {point.since}, {point.age} act{'' if point.age == 1 else 's'} ago",
    ]
    lines += _said(" · ".join(fact for fact in facts if fact), width, Ink.FAINT)
    if point.reason:
        lines += _said(point.reason, width, Ink.FAINT)
    if point.alternatives:
        for one in point.alternatives:
            lines += _wording(page, point, one, width, short=short)
    else:
        lines += _said(f"“{point.words or point.struck}”", width, Ink.PLAIN)
    return lines


def _held(page: Page, point: OpenPoint) -> str:
    """Who holds a bracket; where nobody does, whose words stand in it."""
    names = page.moment.negotiation
    if point.holders:
        return f"held by {', '.join(names.party(one).shown for one in point.holders)}"
    if point.kind == PROPOSAL:
        return ""
    inside = ", ".join(names.party(one).shown for one in _sponsors(page, point))
    return "nobody on record holds it" + (f"; inside are words of {inside}" if inside else "")


def _sponsors(page: Page, point: OpenPoint) -> tuple[str, ...]:
    """The parties whose wordings or undecided proposals stand in a bracket, each once."""
    found = [code for one in point.alternatives for code in one.sponsors]
    for clause in map(page.clause, point.clauses):
        bracket = clause.bracket(point.id) if clause is not None else None
        if clause is None or bracket is None:
            continue
        low, high = bracket.reach.within(len(clause.passage.words))
        for start, run in clause.passage.pieces():
            if start >= high or start + len(run.words) <= low:
                continue
            for mark in marks_of(run):
                proposal = clause.proposal(mark.source)
                if proposal is not None and mark.standing is Standing.PENDING:
                    found += proposal.sponsors
    return tuple(dict.fromkeys(found))


def _wording(page: Page, point: OpenPoint, one: Wording, width: int, *, short: bool) -> list[Line]:
    names = ", ".join(page.moment.negotiation.party(code).shown for code in one.sponsors)
    credit = " – ".join(part for part in (one.symbol, names, one.kind) if part)
    undecided = point.kind == PROPOSAL
    words = _changed(point) if undecided else f"“{brief(one.words, _SHOWN_WORDS)}”"
    head = ((f"{one.order:>2} ", Ink.STRONG), (f"{visible(credit)}", Ink.SPONSOR))
    if short:
        room = width - width_of(head) - 3
        row = (
            *head,
            (" " if credit else "", Ink.PLAIN),
            (brief(words, room) if undecided else f"“{brief(one.words, room)}”", Ink.ALTERNATIVE),
        )
        return [fitted(row, width)]
    lines = list(wrap(head[1:], width, head[:1], 3)) if credit else []
    first: Line = ((" " * 3, Ink.PLAIN),) if credit else head[:1]
    return [*lines, *wrap(((words, Ink.ALTERNATIVE),), width, first, 3)]


def _changed(point: OpenPoint) -> str:
    """What an undecided proposal strikes and puts in."""
    struck, put_in = (brief(words, _SHOWN_WORDS) for words in (point.struck, point.words))
    return " ".join(
        f"{sign}“{words}”" for sign, words in (("− ", struck), ("+ ", put_in)) if words.strip()
    )


def _standing(page: Page, clause: Clause, width: int) -> list[Line]:
    lines: list[Line] = []
    package = page.moment.negotiation.package(clause.margin.package)
    if package is not None:
        lines += _said(f"package {package.name} ({package.state})", width, Ink.STRONG)
    lines += _agreed(page, clause, width)
    if clause.margin.parked is not None:
        parked = clause.margin.parked
        until = f" until {parked.until}" if parked.until else ""
        lines += _said(
            f"parked{until}; {parked.owner or 'nobody'} brings it back", width, Ink.FAINT
        )
    for anomaly in clause.margin.anomalies:
        if not anomaly.settled:
            damage = anomaly.damage
            told = f"{damage.severity.value}, line {damage.line}: {damage.message}"
            lines += _said(told, width, Ink.ALARM)
    return lines


def _agreed(page: Page, clause: Clause, width: int) -> list[Line]:
    """The agreement and what releases its conditions; or the one that ended, with its words."""
    agreed, last = clause.agreement, clause.margin.last_agreed
    if agreed is None and last is None:
        return []
    if agreed is None:
        assert last is not None
        told = f"no longer agreed ({last.level})"
        if last.words == clause.passage.live:
            return _said(f"{told}; the words are the same", width, Ink.FAINT)
        return [
            *_said(f"{told}; the words agreed:", width, Ink.FAINT),
            *_said(f"“{brief(last.words, _SHOWN_WORDS)}”", width, Ink.FAINT),
        ]
    lines = _said(f"agreed: {agreed.level}", width, Ink.AGREED)
    for one in waiting(page.moment, agreed, page.called):
        lines += _said(f"on condition: {one.words}", width, Ink.AGREED)
        ready = "can be met now" if one.ready else f"released when {one.release}"
        lines += _said(ready, width, Ink.STRONG if one.ready else Ink.FAINT)
    return lines


def _title(words: str, width: int, ink: Ink = Ink.FAINT) -> list[Line]:
    return [fitted(((f"─ {words} " + "─" * width, ink),), width)]


def _said(words: str, width: int, ink: Ink) -> list[Line]:
    return list(wrap(((visible(words), ink),), width))
