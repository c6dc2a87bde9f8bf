"""The chair's summary between two moments, as a chair can send it; also what `since` tells.

Grouped by the headings of the text. Substance stands before editing, and every word that went is
named in full with who took it out.
"""

from __future__ import annotations

from itertools import groupby

import attrs

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Package
from negotiation.papers.reports.paper import (
    Cell,
    Heading,
    Lines,
    Paper,
    Part,
    Table,
    Times,
    by,
    count,
    names,
    plain,
    quoted,
    visible,
    when,
)
from negotiation.papers.reports.positions import what
from negotiation.views.how_it_was_decided import Question
from negotiation.views.in_brief import Happening, Sort
from negotiation.views.weighty_words import warning
from negotiation.views.what_changed import ChangeKind, ClauseChange, WordChange
from negotiation.views.what_happened import ClauseCourse, Course

_COLUMNS = (
    "Clause",
    "What",
    "Told",
    "Removed",
    "Put in",
    "Flag",
    "Ground",
    "Who",
    "When",
    "Entry",
)
_ASKED = frozenset(
    "DecisionPut ObjectionMade ObjectionWithdrawn DecisionTaken DecisionDropped".split()
)
"""Told in one sentence a question."""
_HOW = {"no objection": "there was no objection", "silence": "the silence was not broken"}


def summary_paper(
    course: Course, whole: Negotiation, long: Times, times: Times, *, private: bool = False
) -> Paper:
    """What happened, clause by clause, and how consensus was reached.

    ``times`` writes times within sentences, ``long`` where the year belongs to it.
    """
    paper = _Summary(course, whole, long, times)
    symbol = f": {course.symbol}" if course.symbol else ""
    return Paper(f"Summary{symbol}", tuple(paper.parts()), paper.sheet(), private)


@attrs.frozen
class _Summary:
    course: Course
    whole: Negotiation
    long: Times
    times: Times

    # -- in sentences -----------------------------------------------------------------------------

    def parts(self) -> list[Part]:
        course = self.course
        parts: list[Part] = [self._stretch(), self._overview()]
        if course.questions:
            parts.append(Heading(2, "Put to the room"))
            asked = sorted(course.questions, key=lambda one: one.id not in course.concerning)
            parts.append(Lines(tuple((0, self._question(one)) for one in asked)))
        if course.packages:
            parts.append(Heading(2, "Packages"))
            parts.append(Lines(tuple(row for one in course.packages for row in self._package(one))))
        substance = [one for one in course.clauses if not one.editing]
        if course.party:
            own = [one for one in substance if one.concerns]
            shown = plain(names(self.whole, [course.party]))
            if own:
                parts.append(Heading(2, f"What concerns {shown}"))
                parts += self._clauses(own)
            elif not course.concerning:
                parts.append(f"Nothing of this concerns {shown}.")
            substance = [one for one in substance if not one.concerns]
        for block, found in groupby(substance, key=lambda one: one.block):
            parts.append(Heading(2, plain(block) or "Before the first heading"))
            parts += self._clauses(list(found))
        editing = [one for one in course.clauses if one.editing]
        if editing:
            parts.append(Heading(2, "Editing only"))
            parts += self._clauses(editing)
        beside = [one for one in course.whole if one.hand.event not in _ASKED and not one.package]
        if beside:
            parts.append(Heading(2, "Beside the text"))
            parts.append(Lines(tuple((0, self._told(one)) for one in beside)))
        if course.undone:
            parts.append(
                f"{count(len(course.undone), 'act')} made and undone in between "
                f"{'is' if len(course.undone) == 1 else 'are'} left out; the log has "
                f"{'it' if len(course.undone) == 1 else 'them'}."
            )
        return parts

    def _package(self, package: Package) -> list[tuple[int, str]]:
        called = dict(self.course.paths)
        members = plain(", ".join(called.get(one) or "a clause" for one in package.clauses))
        return [
            (0, f"“{plain(package.name)}” is **{package.state}**: {members}."),
            *((1, self._told(one)) for one in self.course.whole if package.id == one.package),
        ]

    def _stretch(self) -> str:
        course = self.course
        meetings = f" ({plain(', '.join(course.meetings))})" if course.meetings else ""
        since = f"After entry {course.from_}, {self.long(course.from_when)},"
        start = since if course.from_ else "From the beginning"
        return f"{start} to entry {course.to}, {self.long(course.to_when)}{meetings}."

    def _overview(self) -> str:
        course = self.course
        if not course.clauses and not course.whole:
            return "Nothing happened."
        told = [
            f"{count(len(course.clauses), 'clause')} were touched"
            if len(course.clauses) != 1
            else "1 clause was touched"
        ]
        # Counted as they stand at the end: what was agreed and then reopened is not agreed.
        for words, number in (
            ("agreed", sum(_agreed(one) for one in course.clauses)),
            ("reopened", sum(_reopened(one) for one in course.clauses)),
            ("parked", sum(bool(one.of(Sort.PARKED)) for one in course.clauses)),
        ):
            told += [f"{number} {words}"] if number else []
        gone = sum(
            one.change is not None and ChangeKind.GONE in one.change.kinds for one in course.clauses
        )
        told += [f"{gone} left the text"] if gone else []
        flagged = [
            change
            for one in course.clauses
            if one.change is not None
            for change in one.change.changes
            if change.weighty
        ]
        in_agreed = sum(bool(one.agreed) for one in flagged)
        sentences = [
            f"{', '.join(told)}. Open points: {course.open_before} before, {course.open_after} now."
        ]
        if flagged:
            agreed = f", {in_agreed} of them in agreed words" if in_agreed else ""
            sentences.append(
                f"Words such as shall, should, may or not changed in "
                f"{count(len(flagged), 'place')}{agreed}; they are marked with **!**."
            )
        return " ".join(sentences)

    def _question(self, one: Question) -> str:
        concerns = ""
        if one.id in self.course.concerning:
            concerns = f" (concerns {plain(names(self.whole, [self.course.party]))})"
        put = plain(by(one.put, self.whole, self.times))
        told = [f"“{plain(one.question)}”{concerns} was put by {put}"]
        told += [f"with a silence until {self.times(one.until)}"] if one.until else []
        for each in one.objections:
            party = plain(self.whole.party(each.party).shown)
            ground = f" ({plain(each.ground)})" if each.ground else ""
            back = ""
            if each.withdrawn is not None:
                back = f" and did not insist ({when(each.withdrawn, self.times)})"
            told.append(f"{party} objected{ground}{back}")
        if one.taken is not None and one.how is not None:
            told.append(f"**decided** {when(one.taken, self.times)}: {_HOW[one.how.value]}")
        elif one.dropped is not None:
            ground = f": {plain(one.ground)}" if one.ground else ""
            told.append(f"**not pursued**{ground}")
        else:
            told.append("**before the room**")
        return "; ".join(told) + "."

    def _clauses(self, clauses: list[ClauseCourse]) -> list[Part]:
        parts: list[Part] = []
        for one in clauses:
            parts.append(Heading(3, plain(one.path)))
            parts.append(Lines(tuple(self._clause(one))))
        return parts

    def _clause(self, one: ClauseCourse) -> list[tuple[int, str]]:
        rows: list[tuple[int, str]] = []
        for sort in Sort:
            for happening in one.of(sort):
                rows.append((0, f"**{sort.value.capitalize()}**: {self._told(happening)}"))
        if one.change is not None:
            rows += self._change(one.change)
        rows.append((0, f"**Now**: {self._stands(one)}"))
        return rows

    def _told(self, one: Happening) -> str:
        why = f" – {plain(one.why)}" if one.why else ""
        told = f"{plain(one.what)}{why} ({plain(one.who)}, {when(one.hand, self.times)})"
        return told + (f" **! {plain(one.warning)}**" if one.warning else "")

    def _change(self, change: ClauseChange) -> list[tuple[int, str]]:
        rows: list[tuple[int, str]] = []
        if ChangeKind.NEW in change.kinds:
            rows.append((0, "**New in the text**:"))
        elif ChangeKind.GONE in change.kinds:
            rows.append((0, "**Left the text**:"))
        elif change.changes:
            rows.append((0, "**The words**:"))
        rows += [(1, self._words(one)) for one in change.changes]
        if ChangeKind.MOVED in change.kinds:
            behind = f"behind {plain(change.moved_from)}" if change.moved_from else "first"
            rows.append((0, f"**Moved**: it stood {behind}."))
        if ChangeKind.RELABELLED in change.kinds:
            was, now = change.label_before or "no label", change.label_after or "no label"
            rows.append((0, f"**Label**: {plain(was)} became {plain(now)}."))
        return rows

    def _words(self, one: WordChange) -> str:
        if one.removed and one.inserted:
            told = f"{quoted(one.removed)} became {quoted(one.inserted)}"
        elif one.removed:
            told = f"{quoted(one.removed)} was struck"
        else:
            told = f"{quoted(one.inserted)} was put in"
        hands = "; ".join(
            dict.fromkeys(plain(by(hand, self.whole, self.times)) for hand in one.hands)
        )
        form = "editing; " if one.editing else ""
        flag = warning(one.lost, one.gained, one.agreed)
        return f"{told} ({form}{hands})" + (f" **! {plain(flag)}**" if flag else "")

    def _stands(self, one: ClauseCourse) -> str:
        told: list[str] = []
        if one.agreement is not None:
            conditions = "; ".join(plain(each.words) for each in one.agreement.conditions)
            pending = f", on condition: {conditions}" if conditions else ""
            told.append(f"agreed at the level “{plain(one.agreement.level)}”{pending}")
        if one.parked is not None:
            until = f" until {plain(one.parked.until)}" if one.parked.until else ""
            told.append(f"parked with {plain(self.whole.party(one.parked.owner).shown)}{until}")
        for point in one.open:
            held = f", held by {plain(names(self.whole, point.holders))}" if point.holders else ""
            status = f", “{plain(point.status)}”" if point.status else ""
            aside = f", parked until {plain(point.until)}" if point.until else ""
            told.append(f"open: point {point.number}, {plain(what(point))}{held}{status}{aside}")
        if one.change is not None and ChangeKind.GONE in one.change.kinds:
            told.append("not in the text")
        return "; ".join(told) + "." if told else "nothing is open on it, not yet agreed."

    # -- in rows ----------------------------------------------------------------------------------

    def sheet(self) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for one in self.course.clauses:
            rows += [self._row(one.path, each) for each in one.happened]
            if one.change is not None:
                rows += self._change_rows(one.change)
        rows += [self._row("", one) for one in self.course.whole]
        return Table(_COLUMNS, tuple(rows))

    def _row(self, path: str, one: Happening) -> tuple[Cell, ...]:
        return (
            path,
            one.sort.value,
            one.what,
            "",
            "",
            one.warning,
            one.why,
            one.who,
            when(one.hand, self.long),
            str(one.entry),
        )

    def _change_rows(self, change: ClauseChange) -> list[tuple[Cell, ...]]:
        kinds = ", ".join(kind.value for kind in change.kinds)
        rows: list[tuple[Cell, ...]] = []
        for one in change.changes:
            rows.append(
                (
                    change.path,
                    "editing" if one.editing else "substance",
                    kinds,
                    visible(one.removed),
                    visible(one.inserted),
                    warning(one.lost, one.gained, one.agreed),
                    "",
                    tuple(dict.fromkeys(by(hand, self.whole, self.long) for hand in one.hands)),
                    tuple(dict.fromkeys(when(hand, self.long) for hand in one.hands)),
                    tuple(str(hand.entry) for hand in one.hands),
                )
            )
        return rows


def _agreed(one: ClauseCourse) -> bool:
    return bool(one.of(Sort.AGREED)) and one.agreement is not None


def _reopened(one: ClauseCourse) -> bool:
    return bool(one.of(Sort.REOPENED)) and one.agreement is None
