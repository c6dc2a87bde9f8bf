"""The provenance table: paragraph, contributors, old numbers, what was done and why."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.papers.reports.paper import Heading, Paper, Table, Times, names, plain, when
from negotiation.papers.reports.paper import Part as Piece
from negotiation.views.in_brief import Happening
from negotiation.views.quoting import cut_short
from negotiation.views.where_it_comes_from import Contribution, Paragraph, Part, Provenance

_COLUMNS = ("Paragraph", "Contributors", "Earlier numbers", "What was done and why")


def provenance_paper(
    found: Provenance, whole: Negotiation, times: Times, *, private: bool = False
) -> Paper:
    """One row a paragraph, those that left the text behind the others."""
    standing = tuple(_row(one, found, whole, times) for one in found.paragraphs if not one.gone)
    gone = tuple(_row(one, found, whole, times) for one in found.paragraphs if one.gone)
    versions = ", ".join(found.versions) or "none yet"
    parts: list[Piece] = [
        f"Earlier versions that are compared: {plain(versions)}. Contributors are the sponsors of "
        "words that stand or were merged, and of deletions; support is told in the report of "
        "positions.",
        Table(_COLUMNS, standing),
    ]
    if gone:
        parts += [Heading(2, "No longer in the text"), Table(_COLUMNS, gone)]
    title = f"Where every paragraph comes from{f': {found.symbol}' if found.symbol else ''}"
    sheet = Table(
        ("In the text", *_COLUMNS),
        (*(("yes", *row) for row in standing), *(("no", *row) for row in gone)),
    )
    return Paper(title, tuple(parts), sheet, private)


def _row(
    one: Paragraph, found: Provenance, whole: Negotiation, times: Times
) -> tuple[str | tuple[str, ...], ...]:
    return (
        (one.path, cut_short(one.words)),
        _contributors(one, whole),
        _earlier(one, found),
        tuple(_done(each, times) for each in one.done) or ("nothing since it came in",),
    )


def _contributors(one: Paragraph, whole: Negotiation) -> tuple[str, ...]:
    base = ("base",) if one.base else ()
    return (*base, *(_contributor(each, whole) for each in one.contributions)) or ("nobody named",)


def _contributor(one: Contribution, whole: Negotiation) -> str:
    who = names(whole, one.parties)
    if one.part is Part.OWN_WORDS and one.capacity is not None:
        return f"{one.capacity.value}{f', for {who}' if who else ''}: own words"
    if one.capacity is not None and not who:
        who = one.capacity.value
    name = who or "nobody named"
    symbol = f" ({one.symbol})" if one.symbol else ""
    return f"{name}{symbol}" + (f": {one.part.value}" if one.part is not Part.WORDS else "")


def _earlier(one: Paragraph, found: Provenance) -> tuple[str, ...]:
    named = {each.version: each.path for each in one.earlier}
    if found.versions and not named:
        return ("new",)
    return tuple(f"{version}: {named.get(version, '–')}" for version in found.versions)


def _done(one: Happening, times: Times) -> str:
    why = f" – {one.why}" if one.why else ""
    return f"{one.sort.value}: {one.what}{why} ({one.who}, {when(one.hand, times)})"
