"""Records drawn by chance: any order of acts that the record could hold, with no rules asked."""

from __future__ import annotations

from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.terms import (
    BracketKind,
    Damage,
    Outcome,
    ProposalTerms,
    Restored,
    Settled,
    Severity,
    Stance,
)
from negotiation.text.edit import Edit, replacement
from negotiation.text.passage import Standing
from negotiation.text.places import WHOLE, Reach
from negotiation.text.search import on_boundary
from tests.views.writing import Writer

WORDS = (
    "the",
    "tide",
    "gauge,",
    "shall",
    "should",
    "not",
    "may",
    "be",
    "read;",
    "“datum”",
    "the",
    "cafe\u0301",
    "البحر",
    "\u2013",
    "\u00a0[free]",
)
PARTIES = ("USA", "CUB", "B", "ARB")
ACTS = (
    *(
        "revise mod mod add sup noc retain retain part drop withdraw reword reintroduce merge"
    ).split(),
    *("bracket cross lift within resolve delete restore move relabel support park agree").split(),
    *("position anomaly undo").split(),
)


@st.composite
def wordings(draw: st.DrawFn, least: int = 1) -> str:
    """A few words with spaces between."""
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=8)))


@st.composite
def records(draw: st.DrawFn, most: int = 14) -> Writer:
    """A record of a heading, some clauses, and whatever then happened."""
    writer = Writer()
    writer.heading("h1", "resolves")
    for number in range(draw(st.integers(1, 4))):
        writer.table(f"c{number}", draw(wordings()), draw(st.sampled_from(["a)", "b)", ""])))
    for step in range(draw(st.integers(0, most))):
        _Chance(draw, writer, step).act(draw(st.sampled_from(ACTS)))
    return writer


class _Chance:
    """One act, drawn; none where there is nothing to do it on."""

    def __init__(self, draw: st.DrawFn, writer: Writer, step: int) -> None:
        self.draw = draw
        self.writer = writer
        self.step = step
        self.ids = [placed.clause for placed in writer.timeline.negotiation(writer.head).order]
        self.clause = draw(st.sampled_from(self.ids))
        state = writer.timeline.clause(self.clause, writer.head)
        assert state is not None
        self.state = state

    def act(self, name: str) -> None:
        getattr(self, f"_{name}")()

    def _stretch(self) -> tuple[int, int]:
        words = self.state.passage.words
        cuts = [at for at in range(len(words) + 1) if on_boundary(words, at)]
        low, high = sorted((self.draw(st.sampled_from(cuts)), self.draw(st.sampled_from(cuts))))
        return low, high

    def _edits(self) -> tuple[Edit, ...]:
        low, high = self._stretch()
        passage = self.state.passage
        return (replacement(passage, low, high, self.draw(wordings(least=0))),)

    def _party(self) -> str:
        return self.draw(st.sampled_from(PARTIES))

    def _terms(self) -> ProposalTerms:
        party = self._party()
        return ProposalTerms(f"p{self.step}", f"{party}/1/{self.step}", (party,))

    def _proposal(self, *states: str) -> str | None:
        there = [one.id for one in self.state.proposals if not states or one.state in states]
        return self.draw(st.sampled_from(there)) if there else None

    def _point(self) -> str | None:
        there = [one.point for one in self.state.brackets]
        return self.draw(st.sampled_from(there)) if there else None

    def _write(self, *events: ev.Event) -> None:
        self.writer.act(self.clause, *events, purpose="drawn")

    # -- the acts ---------------------------------------------------------------------------------

    def _revise(self) -> None:
        self._write(ev.TextRevised(self._edits(), editorial=self.draw(st.booleans())))

    def _mod(self) -> None:
        edits = self._edits()
        self._write(ev.AmendmentProposed(self._terms(), edits, self.draw(st.booleans())))

    def _add(self) -> None:
        self.writer.table(
            f"n{self.step}",
            self.draw(wordings()),
            self.draw(st.sampled_from(["a)", "c)", ""])),
            after=self.clause,
            level=self.draw(st.integers(0, 2)),
            add=self._terms(),
        )

    def _sup(self) -> None:
        whole = replacement(self.state.passage, 0, len(self.state.passage.words))
        self._write(ev.DeletionProposed(self._terms(), (whole,)))

    def _noc(self) -> None:
        self._write(ev.NoChangeProposed(self._terms()))

    def _retain(self) -> None:
        if proposal := self._proposal("on the table"):
            self._write(ev.ProposalRetained(proposal))

    def _part(self) -> None:
        if proposal := self._proposal("on the table"):
            low, high = self._stretch()
            length = len(self.state.passage.words)
            parts = (
                Settled(0, low, Standing.DROPPED),
                Settled(low, high, Standing.KEPT),
                Settled(high, length, Standing.DROPPED),
            )
            kept = tuple(part for part in parts if part.start < part.end)
            self._write(ev.ProposalRetained(proposal, kept, (), "retained in part"))

    def _drop(self) -> None:
        if proposal := self._proposal("on the table"):
            self._write(ev.ProposalNotRetained(proposal))

    def _withdraw(self) -> None:
        if proposal := self._proposal("on the table"):
            self._write(ev.ProposalWithdrawn(proposal, self._party()))

    def _reword(self) -> None:
        if proposal := self._proposal("on the table"):
            # Nothing is struck: what the former wording held is settled by the same entry.
            at = len(self.state.passage.words)
            new = Edit(at, at, "", self.draw(wordings()))
            self._write(ev.ProposalRevised(proposal, (new,)))

    def _reintroduce(self) -> None:
        if proposal := self._proposal("withdrawn", "not retained"):
            self._write(ev.ProposalReintroduced(proposal, self._party()))

    def _merge(self) -> None:
        if proposal := self._proposal("on the table"):
            self._write(ev.ProposalMerged(proposal, self.draw(st.sampled_from(self.ids))))

    def _bracket(self) -> None:
        low, high = self._stretch()
        reach = self.draw(st.sampled_from([WHOLE, Reach(low, high), Reach(low, None)]))
        kind = self.draw(st.sampled_from(list(BracketKind)))
        self._write(ev.BracketPlaced(f"q{self.step}", kind, reach, holders=(self._party(),)))

    def _cross(self) -> None:
        first, last = sorted(
            (self.ids.index(self.clause), self.draw(st.integers(0, len(self.ids) - 1)))
        )
        self.writer.acts(
            *(
                (clause, ev.BracketPlaced(f"q{self.step}", begins=clause == self.ids[first]))
                for clause in self.ids[first : last + 1]
            )
        )

    def _lift(self) -> None:
        if point := self._point():
            touched = [
                clause
                for clause in self.ids
                if (state := self.writer.timeline.clause(clause, self.writer.head)) is not None
                and state.bracket(point) is not None
            ]
            self.writer.acts(*((clause, ev.BracketLifted(point)) for clause in touched))

    def _within(self) -> None:
        point = f"q{self.step}"
        low, high = self._stretch()
        words = self.draw(wordings())
        self._write(
            ev.BracketPlaced(point, BracketKind.ALTERNATIVES, Reach(low, high)),
            ev.AlternativeTabled(point, 1, reach=Reach(low, high)),
            ev.AlternativeTabled(
                point,
                2,
                f"p{self.step}",
                reach=Reach(high, high + len(words)),
                edits=(Edit(high, high, "", words),),
                terms=self._terms(),
            ),
            ev.BracketWidened(point, Reach(low, high + len(words))),
        )

    def _resolve(self) -> None:
        if point := self._point():
            outcome = self.draw(st.sampled_from([Outcome.CHOSEN, Outcome.DROPPED]))
            standing = Standing.KEPT if outcome is Outcome.CHOSEN else Standing.DROPPED
            proposals = tuple(
                one.proposal
                for one in self.state.alternatives
                if one.point == point and one.proposal
            )
            length = len(self.state.passage.words)
            settled = (Settled(0, length, standing),) if length else ()
            self._write(
                ev.OpenPointResolved(
                    point, outcome, proposals, settled, label="z)", sources=("p0",)
                )
            )

    def _delete(self) -> None:
        whole = replacement(self.state.passage, 0, len(self.state.passage.words))
        self._write(ev.ClauseDeleted((whole,) if whole.removed else ()))

    def _restore(self) -> None:
        if deleted := self.state.margin.deleted_by:
            self._write(ev.ClauseRestored((deleted,)))

    def _move(self) -> None:
        after = self.draw(st.sampled_from(["", *(one for one in self.ids if one != self.clause)]))
        self.writer.act("", ev.ClausePlaced(self.clause, after, self.draw(st.integers(0, 1))))

    def _relabel(self) -> None:
        if point := self._point():
            self._write(ev.OpenPointResolved(point, Outcome.CHOSEN, label="y)"))

    def _support(self) -> None:
        if proposal := self._proposal():
            self._write(ev.ProposalSupported(proposal, self._party()))

    def _park(self) -> None:
        self._write(ev.ClauseParked("CUB", "Friday", self._point() or ""))

    def _agree(self) -> None:
        self._write(ev.ClauseAgreed("ad hoc group", self.state.passage.live))

    def _position(self) -> None:
        on = self._point() or self._proposal() or ""
        self._write(ev.PositionRecorded(self._party(), Stance.RESERVES, on))

    def _anomaly(self) -> None:
        damage = Damage("fused", Severity.DAMAGED, self.step + 1, 1, self.step + 1, "x", "x.", True)
        self._write(ev.AnomalyFound(f"w{self.step}", damage))

    def _undo(self) -> None:
        """The last entry on the clause is taken back, as an undo writes it."""
        timeline = self.writer.timeline
        last = timeline.changes_of(self.clause)[-1]
        before = timeline.clause(self.clause, last - 1)
        act = timeline.entries[last - 1].act.id
        if before is None:
            gone = Restored(tabled=False, proposals=())
            self._write(ev.ActReversed(act, (last,), gone))
            return
        restored = Restored(
            label=before.label,
            passage=before.passage.runs,
            brackets=before.brackets,
            alternatives=before.alternatives,
            proposals=before.proposals,
            deleted_by=before.margin.deleted_by,
        )
        self._write(ev.ActReversed(act, (last,), restored))
