"""What is noted beside the text: positions, remarks, and the faults of a received page."""

from __future__ import annotations

from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.refusals import (
    AnomalyIsSettled,
    NoRepair,
    NoSuchThing,
    NothingChanges,
    Refusal,
    Unclear,
)
from negotiation.domain.terms import (
    Correction,
    Damage,
    Kind,
    Origin,
    Severity,
    Stance,
    TabledRun,
)
from tests.given import TIDE, Case, at, given, instead, two

FIX = Correction(21, 25, "tide", (TabledRun("tides", Origin.PRESUMED),))

FAULT = Damage("typo", Severity.DAMAGED, 12, 3, 12, "tide", "A letter is lost.", True)


def damaged(*corrections: Correction, repair: str = "tides", applied: bool = False) -> Case:
    """Clause a with one fault found on line 12."""
    damage = Damage(
        "typo", Severity.DAMAGED, 12, 3, 12, "tide", "A letter is lost.", True, repair,
        corrections, applied,
    )  # fmt: skip
    return given(*two(), Drafted("a", ev.AnomalyFound("n", damage)))


class TestPosition:
    def test_it_is_a_fact_about_a_party_and_touches_no_word(self):
        case = given(*two()).when(do.RecordPosition("a", "KIR", Stance.OPPOSES))
        case.then(ev.PositionRecorded).live(TIDE).open(0)

    def test_a_new_one_takes_the_place_of_the_old(self):
        case = given(*two(), do.RecordPosition("a", "KIR", Stance.OPPOSES))
        case.when(do.RecordPosition("a", "KIR", Stance.CAN_ACCEPT, condition="if asked"))
        assert [(p.party, p.stance, p.condition) for p in case.clause().margin.positions] == [
            ("KIR", Stance.CAN_ACCEPT, "if asked")
        ]

    def test_not_twice(self):
        given(*two(), do.RecordPosition("a", "KIR", Stance.OPPOSES)).when(
            do.RecordPosition("a", "KIR", Stance.OPPOSES)
        ).refused(NothingChanges, "KIR is recorded so already")

    def test_somebodys(self):
        given(*two()).when(do.RecordPosition("a", "", Stance.OPPOSES)).refused(Unclear, "--for")


class TestRemark:
    def test_it_stands_beside_the_clause(self):
        case = given(*two()).when(do.MakeRemark("a", "ask the lawyers")).then(ev.RemarkMade)
        assert [one.words for one in case.clause().margin.remarks] == ["ask the lawyers"]
        case.live(TIDE)

    def test_it_needs_words(self):
        given(*two()).when(do.MakeRemark("a", " ")).refused(Unclear, "A remark needs words")


class TestAnomaly:
    def test_accepted_the_page_is_read_better_and_nobody_deleted_anything(self):
        better = TIDE.replace("tide", "tides")
        case = damaged(FIX).when(do.SettleAnomaly("a", "n", accept=True))
        case.then(ev.AnomalySettled).live(better).base(better).marked(better)

    def test_rejected_the_printed_words_stand(self):
        case = damaged(FIX).when(do.SettleAnomaly("a", "n", accept=False)).live(TIDE)
        assert case.clause().margin.anomalies[0].settled == "rejected"

    def test_accepted_it_ends_an_agreement_on_the_misread_words(self):
        damaged(FIX).has(do.AgreeClause("a")).when(do.SettleAnomaly("a", "n", accept=True)).then(
            ev.ClauseReopened, ev.AnomalySettled
        )

    def test_a_bracket_behind_it_moves_with_its_words(self):
        case = damaged(FIX).has(do.PlaceBracket("o", "a", at("shall rise")))
        case.when(do.SettleAnomaly("a", "n", accept=True)).inside("o", "shall rise")

    def test_a_reading_that_is_applied_already_is_confirmed(self):
        damaged(applied=True).when(do.SettleAnomaly("a", "n", accept=True)).then(
            ev.AnomalySettled
        ).live(TIDE)

    def test_typed_a_part_reads_so_and_nobody_deleted_anything(self):
        better = TIDE.replace("tide", "ebb and flood")
        case = damaged(FIX).when(do.SettleAnomaly("a", "n", True, "ebb and flood", at("tide")))
        case.then(ev.AnomalySettled).live(better).base(better).marked(better)
        assert case.clause().margin.anomalies[0].settled == "accepted"

    def test_typed_the_whole_clause_reads_so_and_brackets_keep_their_words(self):
        better = TIDE.replace("tide", "tides") + ", and fall"
        case = damaged(repair="").has(do.PlaceBracket("o", "a", at("shall rise")))
        case.when(do.SettleAnomaly("a", "n", True, better)).live(better).inside("o", "shall rise")

    def test_typed_words_among_inserted_ones_are_inserted_too(self):
        runs = (TabledRun("the tide "), TabledRun("shal rise", Origin.INSERTED))
        case = given(
            Drafted("a", ev.ClauseTabled(Kind.PARAGRAPH, "1", runs)),
            Drafted("", ev.ClausePlaced("a", "")),
            Drafted("a", ev.AnomalyFound("n", FAULT)),
        )
        case.when(do.SettleAnomaly("a", "n", True, "shall", at("shal")))
        case.live("the tide shall rise").base("the tide ")

    def test_typed_words_end_an_agreement_on_the_misread_ones(self):
        damaged(FIX).has(do.AgreeClause("a")).when(
            do.SettleAnomaly("a", "n", True, "ebb", at("tide"))
        ).then(ev.ClauseReopened, ev.AnomalySettled)

    def test_an_undo_takes_a_typed_reading_back(self):
        case = damaged(FIX).has(do.SettleAnomaly("a", "n", True, "ebb", at("tide")))
        case.when(do.ReverseAct(case.timeline.entries[-1].act.id)).live(TIDE)
        assert case.clause().margin.anomalies[0].settled == ""

    def test_typed_words_that_are_there_already_are_no_reading(self):
        damaged(FIX).when(do.SettleAnomaly("a", "n", True, TIDE)).refused(
            NothingChanges, "accept or reject"
        )

    def test_a_clause_is_not_read_away(self):
        damaged(FIX).when(do.SettleAnomaly("a", "n", True, " ")).refused(Unclear, "needs words")

    def test_no_reading_over_words_that_were_struck_since(self):
        case = damaged(FIX).has(do.ReviseText("a", (instead("tide", "ebb"),)))
        case.when(do.SettleAnomaly("a", "n", True, "flood", at("ebb"))).refused(
            NoRepair, "have changed since"
        )

    @draw(st.text("ab \u0301e\n", max_size=12), st.text("ab \u0301e", min_size=1, max_size=12))
    def test_the_clause_reads_as_typed_or_the_answer_is_a_sentence(self, before, typed):
        case = given(
            Drafted("a", ev.ClauseTabled(Kind.PARAGRAPH, "1", (TabledRun("x" + before),))),
            Drafted("", ev.ClausePlaced("a", "")),
            Drafted("a", ev.AnomalyFound("n", FAULT)),
        )
        try:
            case.has(do.SettleAnomaly("a", "n", True, typed))
        except Refusal:
            return
        case.live(typed)

    def test_not_twice(self):
        damaged(FIX).has(do.SettleAnomaly("a", "n", accept=False)).when(
            do.SettleAnomaly("a", "n", accept=True)
        ).refused(AnomalyIsSettled, "line 12 was rejected already")

    def test_not_when_nothing_was_proposed(self):
        damaged(repair="").when(do.SettleAnomaly("a", "n", accept=True)).refused(
            NoRepair, "line 12", "none was proposed"
        )

    def test_not_when_no_words_can_carry_it_out(self):
        damaged().when(do.SettleAnomaly("a", "n", accept=True)).refused(
            NoRepair, "carry out", "`settle --reject`"
        )

    def test_not_when_the_words_have_changed(self):
        damaged(FIX).has(do.ReviseText("a", (do.Rewording("duly", None, do.Where.BEFORE),))).when(
            do.SettleAnomaly("a", "n", accept=True)
        ).refused(NoRepair, "have changed since", "`revise`")

    def test_not_over_words_that_were_struck_since(self):
        damaged(FIX).has(do.ReviseText("a", (instead("tide", "ebb"),))).when(
            do.SettleAnomaly("a", "n", accept=True)
        ).refused(NoRepair, "have changed since")

    def test_not_one_that_is_not_there(self):
        given(*two()).when(do.SettleAnomaly("a", "n", accept=True)).refused(NoSuchThing, "anomaly")
