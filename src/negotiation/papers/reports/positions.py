"""Positions on every open point, by stance. Who said nothing is listed as such."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Stance
from negotiation.papers.reports.paper import (
    Heading,
    Lines,
    Paper,
    Part,
    Table,
    count,
    names,
    plain,
)
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation.views.who_stands_where import Standings, Voice

_COLUMNS = (
    "Point",
    "Where",
    "Words",
    "Holds the bracket",
    *(stance.value.capitalize() for stance in Stance),
    "Nothing on record",
)


def positions_paper(
    found: tuple[Standings, ...], whole: Negotiation, *, private: bool = False
) -> Paper:
    """One section an open point, and one row of the sheet."""
    sheet = Table(_COLUMNS, tuple(_row(one, whole) for one in found))
    title = f"Positions on what is open{f': {whole.symbol}' if whole.symbol else ''}"
    if not found:
        return Paper(title, ("Nothing is open.",), sheet, private)
    parts: list[Part] = [
        f"{count(len(found), 'open point')}. Silence is not support: parties that said nothing are "
        "listed apart."
    ]
    for one in found:
        point = one.point
        parts.append(Heading(2, f"{point.number}. {plain(point.where)}: {plain(what(point))}"))
        parts.append(Lines(tuple((0, line) for line in _lines(one, whole, private=private))))
    return Paper(title, tuple(parts), sheet, private)


def what(point: OpenPoint) -> str:
    """What sort of open point it is, in the room's words."""
    if point.kind == PROPOSAL:
        one = point.alternatives[0]
        return f"{one.kind} {one.symbol}".strip()
    if point.kind == "alternatives" or len(point.alternatives) > 1:
        return f"{len(point.alternatives)} wordings" if point.alternatives else "wordings"
    return _BRACKETS.get(point.kind, point.kind)


_BRACKETS = {"contested": "bracket", "outer": "outer bracket"}


def words_of(point: OpenPoint) -> tuple[str, ...]:
    """The words of an open point, wording by wording where it has several."""
    if point.kind != PROPOSAL and point.alternatives:
        return tuple(f"({one.order}) “{one.words.strip()}”" for one in point.alternatives)
    put_in, struck = point.words.strip(), point.struck.strip()
    if point.kind == PROPOSAL:
        return tuple(
            f"{sign} “{words}”"
            for sign, words in (("puts in", put_in), ("strikes", struck))
            if words
        ) or ("no change",)
    return (f"“{put_in or struck}”" if put_in or struck else "no words inside",)


def _lines(one: Standings, whole: Negotiation, *, private: bool) -> list[str]:
    rows = [f"**Words**: {plain(words)}" for words in words_of(one.point)]
    if one.holders:
        why = f": {plain(one.point.reason)}" if one.point.reason else ""
        rows.append(f"**Holds the bracket**: {plain(names(whole, one.holders))}{why}")
    for stance in Stance:
        voices = one.of(stance)
        if voices:
            said = "; ".join(plain(_voice(each, whole)) for each in voices)
            rows.append(f"**{stance.value.capitalize()}**: {said}")
    if one.silent:
        record = "on record" if private else "on the public record"
        rows.append(f"Nothing {record} from {plain(names(whole, one.silent))}.")
    return rows


def _row(one: Standings, whole: Negotiation) -> tuple[str | tuple[str, ...], ...]:
    return (
        str(one.point.number),
        one.point.where,
        words_of(one.point),
        names(whole, one.holders),
        *(tuple(_voice(each, whole) for each in one.of(stance)) for stance in Stance),
        names(whole, one.silent),
    )


def _voice(one: Voice, whole: Negotiation) -> str:
    on = f" ({one.on})" if one.on else ""
    provided = f", provided that {one.condition}" if one.condition else ""
    return f"{whole.party(one.party).shown}{on}{provided}"
