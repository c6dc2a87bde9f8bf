"""What blocks a version, what is a warning, and what its files show."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import Kind, ProposalTerms
from negotiation.issuing import Wanted, prepare
from negotiation.papers.finding import Gravity
from negotiation.papers.fingerprint import fingerprint
from negotiation.papers.issue import preflight
from negotiation.papers.issued_files import papers_of
from negotiation.papers.marked import against_base, against_moment
from negotiation.papers.recognise import How, Recognised
from negotiation.papers.recognise import recognised as recognised_or_not
from negotiation.views.on_the_page import as_first_placed
from negotiation.views.versions import VersionState, current, versions
from negotiation.views.what_is_open import what_is_open
from tests.papers.shapes import TEXTS, received
from tests.strategies import sentences, texts

SAMPLE = (TEXTS / "tide-dl7-rev1.md").read_bytes()
BASE = (TEXTS / "tide-res12-base.md").read_bytes()


def a_text(*clauses: str, conventions: str = "itu") -> Desk:
    """A record of clauses 1, 2, 3 under one heading, with the ids a, b, c."""
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("TT/1", conventions=conventions))
    desk.act(do.TableClause("h", Kind.HEADING, "", "resolves"))
    before = "h"
    for number, words in enumerate(clauses, start=1):
        clause = "abcdefghijklm"[number - 1]
        desk.act(do.TableClause(clause, Kind.ITEM, str(number), words, before))
        before = clause
    return desk


def found(desk: Desk, symbol: str = "TT/1(Rev.1)", **more) -> dict[str, list]:
    """The findings by their code."""
    head = desk.timeline.head
    rows: dict[str, list] = {}
    for one in preflight(desk.timeline, head, symbol, against=current(desk.timeline, head), **more):
        assert one.message.endswith((".", "?")), one
        rows.setdefault(one.code, []).append(one)
    return rows


def issued(desk: Desk, symbol: str = "TT/1(Rev.1)", **more) -> dict[str, str]:
    """Issue a version; answers its files by their reading."""
    prepared = prepare(desk, Wanted(symbol, **more), Hand())
    desk.act(prepared.command, prepared.hand, head=prepared.head)
    return {
        one.reading: one.content.decode()
        for one in papers_of(desk.timeline, desk.timeline.head)
        if not one.name.endswith(".txt")
    }


# -- what blocks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("states shall (EU internal note: moved up here) act;", "internal note: moved up here"),
        ("states shall act [note to secretariat: check];", "note to secretariat"),
        ("TODO ask the editors;", "TODO"),
    ],
)
def test_a_note_left_in_the_text_blocks(words, note):
    (one,) = found(a_text(words, "b;"))["note-in-the-text"]
    assert one.gravity is Gravity.BLOCKING
    assert one.path == "resolves/1"
    assert note in one.words


@pytest.mark.parametrize(
    "words",
    [
        "taking note of the report of the Secretary-General;",
        "(see the note by the secretariat in Annex 2);",
        "noting further the comments of the editors;",
    ],
)
def test_notes_that_are_words_of_a_text_do_not(words):
    assert "note-in-the-text" not in found(a_text(words, "b;"))


def test_a_sign_without_a_partner_blocks():
    desk = a_text("states [shall act;", "and should] act (as [they] may),")
    signs = [(one.words, one.path) for one in found(desk)["unmatched-mark"]]
    assert signs == [("[", "resolves/1"), ("]", "resolves/2")]


def test_the_words_of_a_private_remark_in_the_text_block():
    desk = a_text("states that can live with 2035 shall act;", "b,")
    desk.act(do.MakeRemark("a", "that can live  with 2035"))
    (one,) = found(desk)["remark-in-the-text"]
    assert one.gravity is Gravity.BLOCKING
    public = a_text("states that can live with 2035 shall act;", "b,")
    public.act(do.MakeRemark("a", "that can live with 2035", visibility=Visibility.PUBLIC))
    assert "remark-in-the-text" not in found(public)


def test_a_party_that_the_words_name_is_told():
    desk = a_text("that the share of Atlantis be paid;", "b,")
    assert "names-in-the-text" not in found(desk)
    desk.act(do.JoinParty("ATL", "Atlantis"))
    (one,) = found(desk)["names-in-the-text"]
    assert one.gravity is Gravity.WARNING
    assert "Atlantis in resolves/1" in one.message


def test_damage_of_the_page_blocks_until_somebody_settles_it():
    desk = received(SAMPLE, base=BASE)
    blocks = [one for one in preflight(desk.timeline, desk.timeline.head) if one.line]
    damaged = [one for one in blocks if one.gravity is Gravity.BLOCKING]
    assert [one.line for one in damaged] == [59, 59, 73, 151, 179, 183]
    for one in damaged:
        if one.code == "internal-note":
            desk.act(do.DeleteClause(one.clause))
            continue
        clause = desk.timeline.moment().clause(one.clause)
        assert clause is not None
        (anomaly,) = [
            known
            for known in clause.margin.anomalies
            if known.damage.code == one.code and known.damage.line == one.line
        ]
        accept = bool(anomaly.damage.repair)
        desk.act(do.SettleAnomaly(one.clause, anomaly.id, accept=accept))
    left = preflight(desk.timeline, desk.timeline.head)
    assert not [one for one in left if one.gravity is Gravity.BLOCKING]


# -- what is a warning ----------------------------------------------------------------------------


def test_open_points_are_a_warning_unless_they_are_meant_to_go_out():
    desk = a_text("states shall act;", "b,")
    desk.act(do.PlaceBracket("p", "a", do.WordsAt("shall")))
    (one,) = found(desk)["open-points"]
    assert one.gravity is Gravity.WARNING
    assert "no clean text" in one.message
    assert "open-points" not in found(desk, with_open=True)


def test_labels_that_stand_twice_in_a_list_are_a_warning():
    desk = a_text("one;", "two;", "three,")
    desk.act(do.RelabelClause("c", "1"))
    assert [one.path for one in found(desk)["duplicate-label"]] == ["resolves/1", "resolves/1#2"]


def test_closing_marks_are_a_warning_and_gone_once_they_are_put_right():
    desk = a_text("one,", "two;", "three;")
    assert {one.path for one in found(desk)["closing-mark"]} == {"resolves/1", "resolves/3"}
    prepared = prepare(desk, Wanted("TT/1(Rev.1)", punctuate=True), Hand())
    assert "closing-mark" not in {one.code for one in prepared.findings}


def test_agreed_words_that_changed_are_a_warning_with_both_wordings():
    desk = a_text("states shall act;", "b,")
    desk.act(do.AgreeClause("a"))
    desk.act(do.ReviseText("a", (do.Rewording("should", do.WordsAt("shall")),)))
    (one,) = found(desk)["agreed-words"]
    assert "“shall” became “should”" in one.message


def test_a_change_in_force_of_agreed_words_is_told_with_both_wordings():
    desk = a_text("states shall act;", "b,")
    desk.act(do.AgreeClause("a"))
    issued(desk)
    editor = do.ReviseText(
        "a", (do.Rewording("may", do.WordsAt("shall")),), True, capacity=Capacity.EDITOR
    )
    desk.act(editor, Hand(capacity=Capacity.EDITOR))
    desk.act(do.ReviseText("b", (do.Rewording("b shall,"),)))
    (one,) = found(desk, "TT/1(Rev.2)")["strong-words"]
    assert one.path == "resolves/1"
    assert "“states shall act;” became “states may act;”" in one.message


def test_conditions_packages_and_questions_that_hang_are_warnings():
    desk = a_text("one;", "two;", "three,")
    desk.act(do.AgreeClause("a", conditions=("pending the budget",)))
    desk.act(do.FormPackage("p", "finance", ("b", "c")))
    desk.put(do.MoveClause("c", "a"), "Any objection to moving paragraph 3?")
    codes = found(desk)
    assert "pending the budget" in codes["open-condition"][0].message
    assert "finance" in codes["open-package"][0].message
    assert "paragraph 3" in codes["before-the-room"][0].message


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("TT/1(Rev.1)", "would not come after it"),
        ("TT/1(Rev.4)", "skips what came between"),
        ("XX/9(Rev.2)", "not a revision of TT/1(Rev.1)"),
        ("TT/1(Rev.2)", ""),
    ],
)
def test_the_next_version_of_the_chain_is_none(symbol, said):
    desk = a_text("one;", "two,")
    issued(desk, "TT/1(Rev.1)")
    rows = found(desk, symbol).get("not-the-head", [])
    assert [said in one.message for one in rows] == ([True] if said else [])


def test_a_withdrawn_version_is_said():
    desk = a_text("one;", "two,")
    issued(desk, "TT/1(Rev.1)")
    issued(desk, "TT/1(Rev.2)")
    desk.act(do.WithdrawVersion("TT/1(Rev.2)", "the wrong annex"))
    assert "the wrong annex" in found(desk, "TT/1(Rev.2)")["not-the-head"][0].message
    states = [one.state for one in versions(desk.timeline, desk.timeline.head)]
    assert states == [VersionState.CURRENT, VersionState.WITHDRAWN]


# -- the files ------------------------------------------------------------------------------------


def test_the_marks_show_what_went_came_moved_and_was_relabelled():
    desk = a_text("states shall act;", "parties meet;", "all report,")
    first = issued(desk)
    assert "clean text" in first
    desk.act(do.ReviseText("a", (do.Rewording("should", do.WordsAt("shall")),)))
    desk.act(do.DeleteClause("b"))
    desk.act(do.MoveClause("c", "h"))
    desk.act(do.RelabelClause("c", "1"))
    desk.act(do.TableClause("n", Kind.ITEM, "3", "funds are found.", "a"))
    marked = issued(desk, "TT/1(Rev.2)")["marked against TT/1(Rev.1), without names"]
    paragraphs = marked.split("\n\n")
    assert paragraphs[2:-1] == [
        "## resolves",
        "~~3~~ ++1++ all report,",
        "> Moved: it stood behind resolves/2.",
        "1 states ~~shall~~++should++ act;",
        "++3 funds are found.++",
        "~~2 parties meet;~~",
    ]


def test_who_changed_moved_or_took_out_a_clause_is_told_with_names():
    desk = a_text("states shall act;", "parties meet;", "all report,")
    desk.act(do.TableClause("n", Kind.ITEM, "4", "nobody pays.", "c"))
    issued(desk)
    desk.act(do.RelabelClause("a", "9"), Hand("Ann"))
    desk.act(do.MoveClause("b", "h"), Hand("Bo"))
    desk.act(do.DeleteClause("c"), Hand("Cid"))
    marked = issued(desk, "TT/1(Rev.2)")["marked against TT/1(Rev.1)"].split("\n\n")
    behind = {
        line: marked[at + 1 : at + 3] for at, line in enumerate(marked) if not line.startswith(">")
    }
    assert "by Ann, chair" in behind["~~1~~ ++9++ states shall act;"][0]
    assert "by Bo, chair" in behind["2 parties meet;"][1]
    assert "by Cid, chair" in behind["~~3 all report,~~"][0]


def test_a_clause_that_an_undo_took_out_is_struck():
    desk = a_text("states shall act;", "parties meet;")
    desk.act(do.TableClause("c", Kind.ITEM, "3", "nobody pays.", "b"))
    issued(desk)
    tabling = desk.timeline.entries[-2].act.id
    desk.act(do.ReverseAct(tabling), Hand("Dee"))
    files = issued(desk, "TT/1(Rev.2)")
    assert "3 nobody pays." not in files["clean text"]
    assert "~~3 nobody pays.~~" in files["marked against TT/1(Rev.1), without names"]
    assert "by Dee, chair" in files["marked against TT/1(Rev.1)"]


def test_open_brackets_stand_in_the_marked_text_too():
    desk = a_text("states shall act;", "b,")
    issued(desk)
    desk.act(do.PlaceBracket("p", "a", do.WordsAt("shall act")))
    desk.act(do.ReviseText("b", (do.Rewording("c,"),)))
    files = issued(desk, "TT/1(Rev.2)")
    assert "clean text" not in files
    assert "1 states [shall act];" in files["text with open points in brackets, without names"]
    assert "1 states [shall act];" in files["marked against TT/1(Rev.1)"]


def test_brackets_that_were_lifted_are_told():
    desk = a_text("states shall act;", "b,")
    desk.act(do.PlaceBracket("p", "a", do.WordsAt("shall")))
    issued(desk, with_open=True)
    desk.act(do.LiftBracket("p"))
    files = issued(desk, "TT/1(Rev.2)")
    told = "1 states shall act;\n\n> Brackets lifted around “shall”.\n"
    assert told in files["marked against TT/1(Rev.1)"]
    assert "\n> Brackets lifted.\n" in files["marked against TT/1(Rev.1), without names"]


def test_names_stand_in_the_files_with_names_only():
    desk = a_text("states shall act;", "b,")
    desk.act(do.JoinParty("ATL", "Atlantis"))
    terms = ProposalTerms("p", "ATL/1/1", ("ATL",))
    change = (do.Rewording("should", do.WordsAt("shall")),)
    hand = Hand("Ann", "", "ATL", Capacity.DELEGATION)
    desk.act(do.ProposeAmendment("a", terms, change), hand)
    desk.act(do.MakeRemark("a", "we may drop this on Friday"))
    files = issued(desk)
    named = files["text with open points in brackets"]
    assert "ATL/1/1 (Atlantis)" in named
    bare = files["text with open points in brackets, without names"]
    for text in files.values():
        assert "Friday" not in text
    for name in ("ATL", "Atlantis", "Ann"):
        assert name not in bare


def test_the_fingerprint_is_that_of_words_and_not_of_spaces():
    one = a_text("states  shall\nact;", "b,")
    other = a_text("states shall act;", "b,")
    third = a_text("states shall act", "b,")
    prints = [fingerprint(desk.timeline.moment()) for desk in (one, other, third)]
    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize("form", [".md", ".txt"])
def test_a_clean_text_received_by_another_record_has_the_same_fingerprint(form):
    desk = received((TEXTS / "tide-short.md").read_bytes(), base=None)
    for point in what_is_open(desk.timeline, desk.timeline.head):
        desk.act(
            do.ResolveOpenPoint(point.id, (do.Choose(1),))
            if point.alternatives
            else do.LiftBracket(point.id)
        )
    issued(desk, "DL/3(Rev.1)")
    (paper, *_) = [
        one
        for one in papers_of(desk.timeline, desk.timeline.head)
        if one.reading == "clean text" and one.name.endswith(form)
    ]
    other = received(paper.content)
    assert other.timeline.negotiation(other.timeline.head).symbol == "DL/3(Rev.1)"
    assert fingerprint(other.timeline.moment()) == fingerprint(desk.timeline.moment())


# -- what a file is -------------------------------------------------------------------------------


def reflowed(content: bytes) -> bytes:
    """The same paragraphs with a word on every line."""
    paragraphs = content.decode().split("\n\n")
    return "\n\n\n".join("\n".join(one.split()) for one in paragraphs).encode()


def recognised(desk: Desk, content: bytes) -> Recognised:
    """What a file that is known is recognised as."""
    one = recognised_or_not(desk.timeline, content)
    assert one is not None
    return one


def sound(desk: Desk, content: bytes) -> bool:
    """Whether a file is recognised as one that went out, and nothing on it differs."""
    one = recognised_or_not(desk.timeline, content)
    return one is not None and one.how is not How.DIFFERS and not one.imprint_wrong


def test_a_file_is_known_by_its_words_when_what_it_says_of_itself_is_gone():
    desk = a_text("states shall act;", "parties meet,")
    issued(desk)
    (paper, *_) = papers_of(desk.timeline, desk.timeline.head)
    text = "\n\n".join(paper.content.decode().split("\n\n")[1:-1])
    one = recognised(desk, text.encode())
    assert (one.version.symbol, one.how, one.imprint_kept) == ("TT/1(Rev.1)", How.WORDS, False)
    joined = recognised(desk, " ".join(text.split()).replace("## ", "").encode())
    assert joined.how is How.BREAKS
    changed = recognised(desk, text.replace("shall", "may").encode())
    (difference,) = changed.differences
    assert (difference.path, difference.changes[0].removed) == ("resolves/1", "shall")
    assert recognised_or_not(desk.timeline, b"Something else, of another house.") is None


def test_what_a_file_says_of_itself_is_checked():
    desk = a_text("states shall act;", "parties meet,")
    text = issued(desk)["clean text"]
    said = text.replace("TT/1(Rev.1)", "TT/1(Rev.7)").encode()
    assert "did not issue" in recognised(desk, said).imprint_wrong
    assert not sound(desk, re.sub("Entry [0-9]+", "Entry 3", text).encode())
    assert not sound(desk, re.sub("ingerprint [0-9a-f]", "ingerprint x", text).encode())


def test_a_received_file_is_known_by_its_bytes_and_by_its_words():
    desk = received(SAMPLE, base=BASE)
    assert recognised(desk, SAMPLE).how is How.BYTES
    assert recognised(desk, BASE).version.state is VersionState.BASE
    other = SAMPLE.replace(b" the ", b" a ", 1)
    assert recognised(desk, other).how is How.DIFFERS


def records() -> st.SearchStrategy[Desk]:
    """Records of a few clauses and whatever acts were not refused."""

    @st.composite
    def drawn(draw) -> Desk:
        words = st.one_of(sentences(1, 8), texts(1, 8)).filter(lambda one: bool(one.strip()))
        desk = a_text(*draw(st.lists(words, min_size=2, max_size=4)))
        issued_at = draw(st.integers(0, 8))
        for turn in range(draw(st.integers(0, 9))):
            clause, other = draw(st.sampled_from("abcd")), draw(st.sampled_from("habc"))
            whole = (do.Rewording(draw(words)),)
            terms = ProposalTerms(f"p{turn}", f"X/{turn}/1", ("ATL",))
            command = draw(
                st.sampled_from(
                    [
                        do.ReviseText(clause, whole),
                        do.ProposeAmendment(clause, terms, whole),
                        do.DeleteClause(clause),
                        do.RestoreClause(clause),
                        do.MoveClause(clause, other),
                        do.RelabelClause(clause, str(turn)),
                        do.RetainProposal(f"p{turn - 1}"),
                        do.DropProposal(f"p{turn - 1}"),
                        do.PlaceBracket(f"o{turn}", clause),
                        do.TableClause(f"n{turn}", Kind.ITEM, "7", draw(words), other),
                        do.ReverseAct(desk.timeline.entries[-1].act.id),
                    ]
                )
            )
            try:
                desk.act(command)
            except Refusal:
                continue
            if turn == issued_at:
                issued(desk, "TT/1(Rev.1)")
        return desk

    return drawn()


@given(records(), st.data())
@settings(deadline=None)
def test_every_issued_file_verifies_and_none_with_another_word(desk, data):
    issued(desk, "TT/1(Rev.9)")
    for paper in papers_of(desk.timeline, desk.timeline.head):
        content = paper.content
        assert recognised(desk, content).how is How.BYTES
        known = recognised(desk, reflowed(content))
        assert known.how is not How.DIFFERS
        assert not known.imprint_wrong
        assert known.version.symbol == "TT/1(Rev.9)"
        words = content.decode().split(" ")
        at = data.draw(st.integers(0, len(words) - 1))
        changed = " ".join([*words[:at], words[at] + "zz", *words[at + 1 :]])
        assert not sound(desk, changed.encode())


@given(records())
@settings(deadline=None)
def test_no_word_leaves_the_text_without_a_strike(desk):
    """Read without what came, a marked line is the earlier clause again, to the letter."""
    head = desk.timeline.head
    now, first = desk.timeline.moment(), as_first_placed(desk.timeline, head)
    marked = {one.clause: one.line for one in against_base(now, first)}
    for clause in now.clauses:
        _is_all_there(clause.passage.base if clause.margin.tabled else "", marked, clause.id)
    for at in range(2, head, 3):
        before = desk.timeline.moment(at)
        marked = {one.clause: one.line for one in against_moment(now, before)}
        for clause in before.clauses:
            _is_all_there(clause.passage.live if clause.margin.tabled else "", marked, clause.id)


def _is_all_there(old: str, marked: dict[str, str], clause: str) -> None:
    came = re.compile(r"\+\+.*?\+\+", re.DOTALL)
    line = came.sub("", marked.get(clause, ""))
    missing = Counter("".join(old.split())) - Counter("".join(line.split()))
    assert not missing, (old, marked.get(clause))
