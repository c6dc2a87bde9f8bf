"""The files of an issued version, made from the record alone.

The same record gives the same bytes every time: what was lost can be written again, and its hash
proves that it is what went out. A text with open points goes out in its brackets, and has no clean
file. Files without names are written from a text out of which the names were taken first.
"""

from __future__ import annotations

import re

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import VersionIssued
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import BracketKind, DocumentRole, Kind
from negotiation.papers.fingerprint import folded, text_of
from negotiation.papers.imprint import Imprint, foot, head
from negotiation.papers.marked import Marked, against_base, against_moment
from negotiation.papers.without_names import named_in, without_names
from negotiation.text.passage import marks_of
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.is_it_clean import NotClean, clean
from negotiation.views.on_the_page import as_first_placed
from negotiation.views.versions import Version, version_named
from negotiation.views.what_changed import what_changed
from negotiation.views.who_has_the_text import body_named

CLEAN = "clean text"
BRACKETED = "text with open points in brackets"
WITHOUT_NAMES = ", without names"
_BASE = "the base"
_HEADINGS = {Kind.TITLE: "# ", Kind.HEADING: "## "}
_NOT_FOR_ALL = (Visibility.CHAIR, Visibility.DELEGATION, Visibility.BETWEEN)


@attrs.frozen
class Paragraph:
    """A paragraph of a file, and the clause that it prints or speaks of."""

    words: str
    clause: str = ""


@attrs.frozen
class Paper:
    """One file of a version."""

    name: str
    reading: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return ("\n\n".join(one.words for one in self.paragraphs) + "\n").encode()


def papers_of(timeline: Timeline, entry: int) -> tuple[Paper, ...]:
    """Every file of the version that was issued with this entry."""
    issued = timeline.entries[entry - 1].event
    if not isinstance(issued, VersionIssued):
        raise ValueError(f"Entry {entry} issued no version.")
    return tuple(_Papers(timeline, entry, issued).all())


class _Papers:
    def __init__(self, timeline: Timeline, entry: int, issued: VersionIssued) -> None:
        self.timeline, self.entry, self.issued = timeline, entry, issued
        self.moment = timeline.moment(entry)
        # Names that parties went by at any time until now are left out of earlier words, too.
        self.named = named_in(timeline, entry)
        self.bare = without_names(self.moment, self.named)
        self.when = timeline.entries[entry - 1].act.happened.at
        self.stem = file_stem(issued.symbol)
        self.clean = not isinstance(clean(timeline, entry), NotClean)
        self.against: Version | None = None
        if issued.against:
            self.against = version_named(timeline, entry - 1, issued.against)
        self.changed = {
            one.clause: one
            for one in (what_changed(timeline, self.against.at, entry) if self.against else ())
        }

    def all(self) -> list[Paper]:
        return [*self._texts(), *self._against_base(), *self._against_version()]

    def _texts(self) -> list[Paper]:
        if self.clean:
            # Nothing in a clean text says who asked for what: one file serves both.
            return [
                self._paper("clean.md", CLEAN, self._text(self.bare, names=False, marks=True)),
                self._paper("clean.txt", CLEAN, self._text(self.bare, names=False, marks=False)),
            ]
        bare = BRACKETED + WITHOUT_NAMES
        return [
            self._paper("bracketed.md", BRACKETED, self._text(self.moment, names=True, marks=True)),
            self._paper(
                "bracketed-no-names.md", bare, self._text(self.bare, names=False, marks=True)
            ),
            self._paper(
                "bracketed-no-names.txt", bare, self._text(self.bare, names=False, marks=False)
            ),
        ]

    def _against_base(self) -> list[Paper]:
        if not any(clause.passage.base for clause in self.moment.clauses):
            return []
        first = as_first_placed(self.timeline, self.entry)
        bare = without_names(first, self.named)
        reading = f"marked against {_BASE}"
        return self._both(
            "marked-base",
            reading,
            0,
            against_base(self.moment, first),
            against_base(self.bare, bare),
        )

    def _against_version(self) -> list[Paper]:
        if self.against is None:
            return []
        before = self.timeline.moment(self.against.at)
        symbol = self.against.symbol
        # A page without a symbol goes by the name of its file, and that is whatever somebody typed.
        by_file = any(one.name == symbol for one in self.moment.negotiation.documents)
        return self._both(
            f"marked-{file_stem(symbol)}",
            f"marked against {symbol}",
            before.at,
            against_moment(self.moment, before),
            against_moment(self.bare, without_names(before, self.named)),
            bare_name="marked-earlier" if by_file else "",
            bare_reading="marked against an earlier page" if by_file else "",
        )

    def _both(
        self,
        name: str,
        reading: str,
        since: int,
        rows: tuple[Marked, ...],
        bare: tuple[Marked, ...],
        *,
        bare_name: str = "",
        bare_reading: str = "",
    ) -> list[Paper]:
        """The same marks with the names of those who made them, and without."""
        return [
            self._paper(f"{name}.md", reading, self._marked(rows, since, names=True)),
            self._paper(
                f"{bare_name or name}-no-names.md",
                (bare_reading or reading) + WITHOUT_NAMES,
                self._marked(bare, since, names=False),
            ),
        ]

    def _paper(self, name: str, reading: str, row: list[Paragraph]) -> Paper:
        title = reading[0].upper() + reading[1:]
        imprint = Imprint(self.issued.symbol, self.entry, self.issued.fingerprint, title)
        above = head(imprint, body_named(self.moment.negotiation), self.when)
        told = [attrs.evolve(one, words=one_paragraph(one.words)) for one in row]
        paragraphs = (
            Paragraph(above),
            *(one for one in told if one.words),
            Paragraph(foot(imprint)),
        )
        return Paper(f"{self.stem}-{name}", reading, paragraphs)

    # -- paragraphs -------------------------------------------------------------------------------

    def _text(self, moment: Moment, *, names: bool, marks: bool) -> list[Paragraph]:
        states = {clause.id: clause for clause in moment.clauses}
        row: list[Paragraph] = []
        for printed in text_of(moment):
            lines = [(_HEADINGS.get(printed.kind, "") if marks else "") + printed.line]
            if names:
                lines = [*_askers(states[printed.clause], moment.negotiation), *lines]
            row += [Paragraph(line, printed.clause) for line in lines]
        return row

    def _marked(self, rows: tuple[Marked, ...], since: int, *, names: bool) -> list[Paragraph]:
        states = {clause.id: clause for clause in self.moment.clauses}
        row = [Paragraph("> ~~struck words~~ went, ++these++ came.")]
        for one in rows:
            if not one.line:
                continue
            lines = [_HEADINGS.get(one.kind, "") + one.line]
            if one.moved_from is not None:
                behind = f"behind {one.moved_from}" if one.moved_from else "in the first place"
                lines.append(f"> Moved: it stood {behind}.")
            clause = states.get(one.clause)
            if clause is not None:
                lines += self._lifted(clause, since, names=names)
            if names:
                asked = _askers(clause, self.moment.negotiation) if clause is not None else []
                lines = [*asked, *lines, *self._makers(clause, one, since)]
            row += [Paragraph(line, one.clause) for line in lines]
        return row

    def _lifted(self, clause: Clause, since: int, *, names: bool) -> list[str]:
        """Brackets that stood around words which stand without them now."""
        before = self.timeline.clause(clause.id, since)
        if before is None or not clause.stands:
            return []
        gone = [
            one
            for one in before.brackets
            if one.kind is not BracketKind.WHOLE_TEXT and clause.bracket(one.point) is None
        ]
        if not gone:
            return []
        # The words inside may say who holds the bracket.
        length = len(before.passage.words)
        words = [
            f"“{folded(found)}”"
            for one in gone
            if names and not one.reach.whole
            if (found := before.passage.live_between(*one.reach.within(length))).strip()
        ]
        return [f"> Brackets lifted{' around ' if words else ''}{', '.join(words)}."]

    def _makers(self, clause: Clause | None, one: Marked, since: int) -> list[str]:
        """Who made the changes of a clause, act by act, and whose proposals they were."""
        entries = self._entries(one, since)
        whole = self.moment.negotiation
        told: dict[str, str] = {}
        for entry in sorted(entries):
            made = self.timeline.entries[entry - 1]
            if made.visibility not in _NOT_FOR_ALL:
                told.setdefault(made.act.id, self._maker(made))
        sources = {
            mark.source
            for run in (clause.passage.runs if clause is not None else ())
            for mark in marks_of(run)
            if mark.source and ({mark.entry, *(fate.entry for fate in mark.fates)} & entries)
        }
        asked = [
            _asker(proposal.symbol, proposal.sponsors, whole)
            for proposal in (clause.proposals if clause is not None else ())
            if proposal.id in sources and (proposal.symbol or proposal.sponsors)
        ]
        parts = [
            *([f"Changed {'; '.join(told.values())}"] if told else []),
            *([f"proposed in {'; '.join(asked)}"] if asked else []),
        ]
        return [f"> {', '.join(parts)}."] if parts else []

    def _entries(self, one: Marked, since: int) -> set[int]:
        """The entries that made what is marked on a clause."""
        entries = {entry for made in one.changes for entry in made.entries}
        told = self.changed.get(one.clause) if since else None
        if told is None:
            return entries
        hands = [*told.moved_by, *told.relabelled_by]
        hands += [maker for change in told.changes for maker in change.hands]
        return entries | {maker.entry for maker in hands}

    def _maker(self, made: Entry) -> str:
        act = made.act
        if act.capacity is Capacity.IMPORT:
            return f"on the page as received (entry {made.number})"
        who = act.by if act.by == act.capacity.value else f"{act.by}, {act.capacity.value}"
        party = self.moment.negotiation.party(act.behalf).shown if act.behalf else ""
        behalf = f" for {party}" if party and party != act.by else ""
        form = ", form only" if getattr(made.event, "editorial", False) else ""
        return f"by {who}{behalf} (entry {made.number}, {act.happened.at.date().isoformat()}{form})"


def file_stem(symbol: str) -> str:
    """A symbol as a part of a file's name: ``DL-13-Rev.3``."""
    return re.sub(r"[^\w.]+", "-", symbol).strip("-.") or "version"


def one_paragraph(words: str) -> str:
    """Words as one paragraph: lines may break, but none is empty."""
    return "\n".join(line for one in words.splitlines() if (line := one.strip()))


def _askers(clause: Clause, whole: Negotiation) -> list[str]:
    """Who asks for the words that follow, and who holds the bracket around them."""
    told: list[str] = []
    wordings = {one.proposal for one in clause.alternatives}
    for one in clause.alternatives:
        proposal = clause.proposal(one.proposal)
        symbol = proposal.symbol if proposal is not None else ""
        if symbol or one.sponsors:
            told.append(_asker(symbol, one.sponsors, whole))
    for proposal in clause.proposals:
        named = proposal.symbol or proposal.sponsors
        if proposal.state == "on the table" and proposal.id not in wordings and named:
            told.append(f"{proposal.kind} {_asker(proposal.symbol, proposal.sponsors, whole)}")
    for bracket in clause.brackets:
        if bracket.begins and (bracket.holders or bracket.status):
            held = ", ".join(whole.party(code).shown for code in bracket.holders)
            told.append(
                " – ".join(filter(None, [f"held by {held}" if held else "", bracket.status]))
            )
    return [f"> {'; '.join(told)}"] if told else []


def _asker(symbol: str, sponsors: tuple[str, ...], whole: Negotiation) -> str:
    names = ", ".join(whole.party(code).shown for code in sponsors)
    return f"{symbol} ({names})" if symbol and names else symbol or names


def base_name(whole: Negotiation) -> str:
    """What the base is called, where a page of it was received."""
    return next(
        (one.symbol or one.name for one in whole.documents if one.role is DocumentRole.BASE), ""
    )
