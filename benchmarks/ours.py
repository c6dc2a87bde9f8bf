"""This engine's row: generated steps as its own events, through its ledger, views and desk.

It leaves out proposals and agreement, which the generated history does not have: every change of
words is a decision of the chair. All that the benchmark knows of the engine stands in this file.
"""

import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import steps as st
from benchmarks.system import Authorship, Difference, System

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.clause import Clause
    from negotiation.domain.commands import Command, Rewording, WordsAt
    from negotiation.domain.entries import Act, Entry
    from negotiation.domain.events import Event
    from negotiation.text.passage import Passage, Run
    from negotiation.views.at_that_time import Steps, Timeline
    from negotiation.views.what_changed import ClauseChange
    from negotiation.views.who_wrote_this import Authors

_NEGOTIATION = "benchmark"
# Enough that a transaction costs nothing, few enough that the load does not sit in memory.
_AT_ONCE = 5_000


class Ours(System):
    """The engine: the record in SQLite, the timeline in memory, acts at the desk."""

    name = "negotiation"
    note = "no checkpoint: opened from the record alone"

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.desk: Desk | None = None
        self.steps: Steps | None = None
        # The entry that ends each step: a step that adds a clause takes two.
        self.entries: list[int] = []

    @classmethod
    def missing(cls) -> str | None:
        """Whether the engine is whole."""
        whole = importlib.util.find_spec("negotiation.desk")
        return None if whole else "The engine has no desk yet."

    @classmethod
    def load_libraries(cls) -> None:
        """Import what the desk reaches, and what the ledger finds by name."""
        for module in ("desk", "ledger.in_sqlite", "ledger.mapper", "views.what_changed"):
            importlib.import_module(f"negotiation.{module}")
        from negotiation.ledger import long_records

        long_records.LONG = sys.maxsize

    def prepare(self, history: st.History) -> "list[list[Entry]]":
        """The entries of the acts, in pieces of whole acts."""
        scribe = _Scribe()
        pieces: list[list[Entry]] = [[]]
        for entries in scribe.acts(history.loaded):
            if len(pieces[-1]) >= _AT_ONCE:
                pieces.append([])
            pieces[-1].extend(entries)
        return pieces

    def build(self, prepared: "list[list[Entry]]") -> None:
        """Append the entries to a new record."""
        from negotiation.ledger.ledger import Ledger

        ledger = Ledger.open(str(self._record))
        for piece in prepared:
            ledger.append(_NEGOTIATION, piece)
        ledger.close()

    def open(self) -> str:
        """Open the desk, which reads and folds the record; give the text."""
        from negotiation.desk import Desk

        self.desk = Desk.open(self._record)
        timeline = self.desk.timeline
        return timeline.text(timeline.head)

    def ready(self) -> None:
        """Find the entry that ends each act."""
        entries = self._folded().entries
        self.entries = [
            entry.number
            for entry, following in zip(entries, [*entries[1:], None], strict=True)
            if following is None or following.act.id != entry.act.id
        ]

    def plain(self, text: str) -> str:
        """The engine ends every clause with a line break, the last one too."""
        return text.removesuffix("\n")

    def at(self, position: int) -> str:
        """The live text."""
        return self._folded().text(self.entries[position])

    def take(self, position: int) -> None:
        """Have the text in hand."""
        from negotiation.views.at_that_time import Steps

        self.steps = Steps(self._folded(), self.entries[position])

    def step(self, position: int) -> str:
        """Go on or back by the entries of one act."""
        steps = self.steps
        if steps is None:
            raise ValueError("No text is in hand.")
        wanted = self.entries[position]
        while steps.at < wanted:
            steps.on()
        while steps.at > wanted:
            steps.back()
        return steps.text

    def changed(self, position: int) -> str | None:
        """The clause that the last entry of the act is about."""
        timeline = self._folded()
        number = self.entries[position]
        clause = timeline.changed(number)
        return clause.line if clause else None

    def clause(self, key: str, position: int) -> str:
        """The clause's live words."""
        clause = self._folded().clause(key, self.entries[position])
        return clause.passage.live if clause else ""

    def diff(self, before: int, after: int) -> "tuple[ClauseChange, ...]":
        """What changed, word by word, with who changed it."""
        from negotiation.views.what_changed import what_changed

        return what_changed(self._folded(), self.entries[before], self.entries[after])

    def difference(self, found: "tuple[ClauseChange, ...]") -> Difference:
        """Both wordings of each clause, put together out of the changes and what they leave."""
        difference: Difference = {}
        for clause in found:
            old, new, at = "", "", 0
            for change in clause.changes:
                kept = clause.before[at : change.start]
                old += kept + change.removed
                new += kept + change.inserted
                at = change.end
            old += clause.before[at:]
            new += clause.before[at:]
            difference[clause.clause] = [("-", tuple(old.split())), ("+", tuple(new.split()))]
        return difference

    def phrase(self, step: st.Step) -> "tuple[Command, Hand]":
        """The command, naming words as they read now, and the hand of the author."""
        from negotiation.desk import Hand

        desk = self._desk()
        live = ""
        if isinstance(step, st.WordsReplaced | st.BracketPlaced):
            clause = desk.timeline.clause(step.key, desk.timeline.head)
            live = clause.passage.live if clause else ""
        return command_of(step, live), Hand(by=step.author)

    def append(self, wanted: "tuple[Command, Hand]") -> None:
        """An act at the desk: decided, written down, durable."""
        self._desk().act(*wanted)

    def blame(self) -> "list[tuple[str, tuple[Run, ...]]]":
        """The runs of every clause as kept: each names the entries that put it in and struck it."""
        from negotiation.views.who_wrote_this import blame

        timeline = self._folded()
        return blame(timeline, timeline.head)

    def blame_clause(self, key: str) -> "tuple[Run, ...]":
        """The runs of one clause."""
        timeline = self._folded()
        clause = timeline.clause(key, timeline.head)
        return clause.passage.runs if clause else ()

    def who(self) -> "tuple[Authors, ...]":
        """Who wrote and who struck every word of the text."""
        from negotiation.views.who_wrote_this import who_wrote_this

        timeline = self._folded()
        return who_wrote_this(timeline, timeline.head)

    def who_clause(self, key: str) -> "tuple[Authors, ...]":
        """Who wrote and who struck every word of a clause."""
        from negotiation.views.who_wrote_this import who_wrote_this

        timeline = self._folded()
        return who_wrote_this(timeline, timeline.head, key)

    def authors(self, blamed: "list[tuple[str, tuple[Run, ...]]]") -> Authorship:
        """The live words with the name behind the entry that put them in, or tabled the clause."""
        timeline = self._folded()
        for key, runs in blamed:
            clause = timeline.clause(key, timeline.head)
            if clause is None or not clause.stands:
                continue
            pairs = []
            for run in runs:
                entry = run.inserted_by.entry if run.inserted_by else clause.margin.tabled_by
                name = timeline.entries[entry - 1].act.by
                pairs += [(word, name) for word in run.words.split()] if run.live else []
            yield key, pairs

    def close(self) -> None:
        """Let go of the record."""
        if self.desk:
            self.desk.close()
            self.desk = None

    @property
    def _record(self) -> Path:
        return self.store / "record.db"

    def _desk(self) -> "Desk":
        if self.desk is None:
            raise ValueError("The record is not open.")
        return self.desk

    def _folded(self) -> "Timeline":
        return self._desk().timeline


def command_of(step: st.Step, live: str) -> "Command":
    """What the step asks for, its words named as they read in the clause."""
    from negotiation.domain import commands as do
    from negotiation.domain.terms import Kind

    match step:
        case st.ClauseAdded(key=key, after=after, words=words):
            return do.TableClause(key, Kind.PARAGRAPH, "", " ".join(words), after or "")
        case st.WordsReplaced(key=key):
            return do.ReviseText(key, (_rewording(step, live),))
        case st.BracketPlaced(key=key, bracket=bracket, first=first, end=end):
            standing = live.split(" ")
            named = _named(live, _offset(standing, first), standing[first:end])
            return do.PlaceBracket(bracket, key, named, reason="as asked")
        case st.BracketLifted(bracket=bracket):
            return do.LiftBracket(bracket)
        case st.ClauseDropped(key=key):
            return do.DeleteClause(key)
        case st.ClauseMoved(key=key, after=after):
            return do.MoveClause(key, after or "")


def _rewording(step: st.WordsReplaced, live: str) -> "Rewording":
    from negotiation.domain.commands import Rewording, Where

    words = live.split(" ")
    inserted = " ".join(step.inserted)
    if step.removed:
        named = _named(live, _offset(words, step.index), list(step.removed))
        return Rewording(inserted, named)
    if step.index == len(words):
        return Rewording(inserted, None, Where.AFTER)
    named = _named(live, _offset(words, step.index), [words[step.index]])
    return Rewording(inserted, named, Where.BEFORE)


def _named(live: str, offset: int, words: list[str]) -> "WordsAt":
    """These words at this offset, by their occurrence among all whole words that read so."""
    from negotiation.domain.commands import WordsAt

    wanted = " ".join(words)
    # As in the room, a part of a word does not count where there are whole ones.
    found = re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", live)
    places = [one.start() for one in found]
    if offset not in places:
        raise ValueError(f"“{wanted}” does not stand at {offset} by itself.")
    return WordsAt(wanted, places.index(offset) + 1)


def _offset(words: list[str], index: int) -> int:
    return sum(map(len, words[:index])) + index


class _Scribe:
    """Writes steps as entries; folds along, since an edit is placed among all words ever there."""

    def __init__(self) -> None:
        from negotiation.domain import clause, entries, events, evolve, people, terms
        from negotiation.text import edit, places

        self.clause, self.entry, self.event, self.evolve = clause, entries, events, evolve
        self.people, self.terms, self.edit, self.place = people, terms, edit, places
        self.clauses: dict[str, Clause] = {}
        self.versions: dict[str, int] = {}
        self.number = 0

    def acts(self, history: "tuple[st.Step, ...]") -> "Iterator[list[Entry]]":
        """The entries of every act: the opening, then one act a step."""
        first = history[0]
        opening = self.event.NegotiationOpened("Benchmark")
        yield self._entries(self._act("opening", first, "open"), [("", opening)])
        for count, step in enumerate(history, start=1):
            act = self._act(f"act-{count}", step, type(step).__name__)
            yield self._entries(act, self.drafted(step))

    def drafted(self, step: st.Step) -> "list[tuple[str, Event]]":
        """What happened, and to which clause."""
        ev, terms = self.event, self.terms
        match step:
            case st.ClauseAdded(key=key, after=after, words=words):
                tabled = ev.ClauseTabled(
                    terms.Kind.PARAGRAPH, "", (terms.TabledRun(" ".join(words)),)
                )
                return [(key, tabled), ("", ev.ClausePlaced(key, after or ""))]
            case st.WordsReplaced(key=key):
                passage = self.clauses[key].passage
                return [(key, ev.TextRevised((_edit_of(passage, step, self.edit.Edit),)))]
            case st.BracketPlaced(key=key, bracket=bracket, first=first, end=end):
                start, stop = _stretch(self.clauses[key].passage, first, end)
                reach = self.place.Reach(start, stop)
                return [(key, ev.BracketPlaced(bracket, reach=reach))]
            case st.BracketLifted(key=key, bracket=bracket):
                return [(key, ev.BracketLifted(bracket))]
            case st.ClauseDropped(key=key):
                passage = self.clauses[key].passage
                whole = self.edit.replacement(passage, 0, len(passage.words))
                return [(key, ev.ClauseDeleted((whole,)))]
            case st.ClauseMoved(key=key, after=after):
                return [("", ev.ClausePlaced(key, after or ""))]

    def _act(self, name: str, step: st.Step, purpose: str) -> "Act":
        return self.entry.Act(
            id=name,
            written=step.written,
            happened=self.entry.Moment(step.written),
            by=step.author,
            purpose=purpose,
        )

    def _entries(self, act: "Act", drafted: "list[tuple[str, Any]]") -> "list[Entry]":
        made = []
        for key, event in drafted:
            self.number += 1
            version = self.versions[key] = self.versions.get(key, 0) + 1
            made.append(self.entry.Entry(self.number, key, version, act, event))
            if key:
                before = self.clauses.get(key)
                self.clauses[key] = self.evolve.evolve(before, self.number, key, event)
        return made


def _edit_of(passage: "Passage", step: st.WordsReplaced, edit: Any) -> Any:
    """The words with the space behind them; at the end of the clause, with the space before."""
    live = passage.live.split(" ")
    first, end = step.index, step.index + len(step.removed)
    removed, inserted = " ".join(step.removed), " ".join(step.inserted)
    at = _offset(live, first)
    if end < len(live):
        removed += " " * bool(removed)
        inserted += " " * bool(inserted)
    else:
        removed = " " * bool(removed) + removed
        inserted = " " * bool(inserted) + inserted
        at -= 1
    if not removed:
        place = _place(passage, at)
        return edit(place, place, "", inserted)
    return edit(_place(passage, at), _place(passage, at + len(removed) - 1) + 1, removed, inserted)


def _stretch(passage: "Passage", first: int, end: int) -> tuple[int, int]:
    """Where the live words from `first` to before `end` begin and end among all words."""
    live = passage.live.split(" ")
    at = _offset(live, first)
    size = len(" ".join(live[first:end]))
    return _place(passage, at), _place(passage, at + size - 1) + 1


def _place(passage: "Passage", live: int) -> int:
    """Where the live character of this offset stands among all; behind all when there is none."""
    offset = 0
    for run in passage.runs:
        if run.live:
            if live < len(run.words):
                return offset + live
            live -= len(run.words)
        offset += len(run.words)
    return offset
