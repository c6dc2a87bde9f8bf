"""Numbered anew: labels by the body's rules, references that follow, and what cannot follow."""

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain.ladder import ladder
from negotiation.domain.refusals import NothingChanges
from negotiation.domain.terms import Kind
from negotiation.views.punctuation import punctuation
from negotiation.views.references import all_references
from negotiation.views.renumbering import renumbering
from tests.given import Case, by, instead
from tests.views.records import records


def text(*rows, conventions="itu"):
    """A text of clauses: id, kind, label, words, and a level where it is not 1."""
    case = Case().has(do.OpenNegotiation("DL/2", conventions=conventions))
    after = ""
    for name, kind, label, words, *level in rows:
        depth = level[0] if level else (0 if kind is Kind.HEADING else 1)
        case.has(do.TableClause(name, kind, label, words, after, depth))
        after = name
    return case


def resolution():
    """Three recalled items and four resolved ones that refer to each other."""
    return text(
        ("h1", Kind.HEADING, "", "recalling"),
        ("r1", Kind.ITEM, "a)", "the log of harbour masters;"),
        ("r2", Kind.ITEM, "b)", "the tables of the moon;"),
        ("r3", Kind.ITEM, "c)", "the register of gauges,"),
        ("h2", Kind.HEADING, "", "resolves"),
        ("v1", Kind.ITEM, "1", "to measure;"),
        (
            "v2",
            Kind.ITEM,
            "2",
            "to publish what paragraph 1 above yields, in the light of c) above;",
        ),
        ("v3", Kind.ITEM, "3", "to print, in accordance with 2 above, as recalling c) has it,"),
    )


def renumbered(case):
    """The act of numbering anew."""
    return case.when(found(case).command)


def found(case):
    """What numbering anew would do now."""
    return renumbering(case.timeline, case.timeline.head)


def tied(case):
    """For every reference its clause and what it is tied to."""
    return [(one.clause, one.reference.clause) for one in all_references(case.timeline.moment())]


def labels(case):
    """The labels of the standing clauses."""
    return [one.label for one in case.timeline.moment().clauses if one.stands and one.label]


def test_dropped_items_leave_the_count_and_references_follow():
    """In one act; every reference is tied to the clause it was tied to."""
    case = (
        resolution()
        .has(do.DeleteClause("r2", "said twice"))
        .has(do.DeleteClause("v1", "done already"))
    )
    before = [pair for pair in tied(case) if pair[1] != "v1"]
    told = found(case)
    assert [(one.clause, one.old, one.new) for one in told.labels] == [
        ("r3", "c)", "b)"),
        ("v2", "2", "1"),
        ("v3", "3", "2"),
    ]
    assert [(one.clause, one.words, one.why) for one in told.stale] == [
        ("v2", "paragraph 1 above", "what it refers to is dropped")
    ]
    renumbered(case).live("to print, in accordance with 1 above, as recalling b) has it,", "v3")
    assert [pair for pair in tied(case) if pair[0] == "v3"] == [
        pair for pair in before if pair[0] == "v3"
    ]
    assert labels(case) == ["a)", "b)", "1", "2"]


def test_the_table_says_what_every_label_became():
    """Dropped ones with their old path, renumbered ones with the new one."""
    case = resolution().has(do.DeleteClause("r2", "said twice"))
    rows = {one.clause: one for one in found(case).table}
    assert (rows["r2"].old, rows["r2"].new, rows["r2"].dropped) == ("b)", "", True)
    assert (rows["r3"].was, rows["r3"].path) == ("recalling/c", "recalling/b")
    assert not rows["r1"].dropped
    assert rows["r1"].new == "a)"


def test_twice_changes_nothing_and_undo_takes_it_back():
    """The same labels and words as before, reference by reference."""
    case = resolution().has(do.DeleteClause("v1", ""))
    before = [(one.label, one.passage.live) for one in case.timeline.moment().clauses]
    renumbered(case)
    again = found(case)
    assert not again.changes
    case.when(again.command).refused(NothingChanges)
    case.undo()
    assert [(one.label, one.passage.live) for one in case.timeline.moment().clauses] == before


def test_an_agreement_stands_through_new_numbers():
    """References that follow are a change of form."""
    case = resolution().has(do.DeleteClause("v1", "")).has(do.AgreeClause("v3", "ad hoc group"))
    renumbered(case)
    assert case.clause("v3").agreement is not None
    assert "accordance with 1 above" in case.clause("v3").passage.live


def test_a_reference_to_an_only_item_is_told():
    """It has no number any more that could be named."""
    case = resolution().has(do.DeleteClause("v1", "")).has(do.DeleteClause("v2", ""))
    case.has(do.ReviseText("r1", (instead("masters", "masters named in resolves 3"),)))
    assert [(one.words, one.why) for one in found(case).stale] == [
        ("resolves 3", "what it refers to has no number any more"),
        ("2 above", "what it refers to is dropped"),
    ]


def test_a_reference_in_words_nobody_has_decided_is_told():
    """Its number would be struck with the proposal, or stay without it."""
    case = resolution()
    change = (instead("the moon", "the moon, as in resolves 3"),)
    case.has(do.ProposeAmendment("r2", by("FJI"), change)).has(do.DeleteClause("v1", ""))
    told = found(case)
    assert [one.why for one in told.stale if one.clause == "r2"] == [
        "it stands in words that are still open"
    ]


def test_words_of_a_package_that_is_taken_are_not_touched():
    """Its labels change with the others; a reference in its words is told."""
    case = resolution().has(do.FormPackage("k", "night", ("v3", "r1")))
    case.has(do.TakePackage("k"))
    case.has(do.DeleteClause("v1", ""))
    told = found(case)
    assert [one.why for one in told.stale if one.clause == "v3"] == [
        "its words are fixed by the package night"
    ]
    renumbered(case)
    assert case.refusal is None
    assert labels(case)[-2:] == ["1", "2"]


def test_adopted_words_keep_their_marks_and_follow_numbers():
    """Numbers are no words; a semicolon is."""
    case = resolution().has(do.ReviseText("v3", (instead("has it,", "has it;"),)))
    case.has(do.DeleteClause("v1", ""))
    for clause in ("v2", "v3"):
        for level in ladder("itu"):
            case.has(do.AgreeClause(clause, level))
    assert marks(case) == []
    renumbered(case)
    assert case.refusal is None
    assert "accordance with 1 above" in case.clause("v3").passage.live


def test_an_addition_that_nobody_decided_is_not_counted():
    """It is listed as undecided, and takes no number away."""
    case = resolution().has(
        do.ProposeAddition("n", by("KIR"), Kind.ITEM, "c)", "the swell;", "r2", 1)
    )
    told = found(case)
    assert not told.changes
    assert next(one for one in told.table if one.clause == "n").undecided


def test_a_proposed_deletion_is_still_counted():
    """Nothing is dropped before it is decided."""
    case = resolution().has(do.ProposeDeletion("r2", by("FJI")))
    assert not found(case).changes


def test_articles_and_paragraphs_follow():
    """Dotted, after a comma, with "of", in ranges and lists; other instruments stay."""
    case = text(
        ("a1", Kind.HEADING, "Article 1", "Aim"),
        ("p0", Kind.PARAGRAPH, "", "The aim is dry feet."),
        ("a2", Kind.HEADING, "Article 2", "Gauges"),
        ("p1", Kind.ITEM, "1.", "Parties keep gauges."),
        ("p2", Kind.ITEM, "2.", "Each gauge has a datum:"),
        ("s1", Kind.ITEM, "(a)", "fixed;", 2),
        ("s2", Kind.ITEM, "(b)", "public.", 2),
        ("p3", Kind.ITEM, "3.", "Gauges are shared."),
        ("a3", Kind.HEADING, "Article 3", "Reports"),
        (
            "q1",
            Kind.ITEM,
            "1.",
            "Reports under Article 2.2 and Article 2, paragraph 2(b), cover paragraphs 2–3 of "
            "Article 2, not Article 2 of the Harbour Convention.",
        ),
        ("q2", Kind.ITEM, "2.", "See Articles 2 and 3 and paragraph x."),
        conventions="unfccc",
    )
    # The first Article and the first paragraph go; all numbers move by one.
    for name in ("p0", "a1", "p1", "s1"):
        case.has(do.DeleteClause(name, ""))
    assert [one.why for one in found(case).stale] == ["no number is named yet"]
    renumbered(case)
    assert case.clause("q1").passage.live == (
        "Reports under Article 1.1 and Article 1, paragraph 1(a), cover paragraphs 1–2 of "
        "Article 1, not Article 2 of the Harbour Convention."
    )
    assert case.clause("q2").passage.live == "See Articles 1 and 2 and paragraph x."


def test_gaps_on_the_page_are_told():
    """Nothing on the record says what was called 2."""
    case = text(
        ("h", Kind.HEADING, "", "resolves"),
        ("a", Kind.ITEM, "1", "to go;"),
        ("b", Kind.ITEM, "3", "to stay,"),
    )
    (gap,) = found(case).gaps
    assert (gap.path, gap.before, gap.label) == ("resolves/3", "1", "3")


# -- closing marks --------------------------------------------------------------------------------


def marks(case):
    """What the body's rule asks for."""
    return [
        (one.clause, one.rewording.new) for one in punctuation(case.timeline, case.timeline.head)
    ]


def listed(*words, behind="to end it."):
    """A block of items with these words, and a block behind it."""
    rows = [(f"i{n}", Kind.ITEM, f"{'abcdef'[n]})", said) for n, said in enumerate(words)]
    return text(
        ("h", Kind.HEADING, "", "recalling"),
        *rows,
        *(
            [("h2", Kind.HEADING, "", "resolves"), ("z", Kind.PARAGRAPH, "", behind)]
            if behind
            else []
        ),
    )


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("one;", "two;", "three,"), []),
        (("one,", "two", "three;"), [("i0", ";"), ("i1", ";"), ("i2", ",")]),
        (("one;", "two; and", "three."), []),
        (("one;", "two; and"), [("i1", ",")]),
        (("one:", "two,"), []),
        (("one;", "two[^1]"), [("i1", ",")]),
        (("one;", "“two”"), []),
    ],
)
def test_items_end_with_a_semicolon_and_the_last_with_a_comma(words, wanted):
    """A colon, a closing quotation and ", and" are left alone."""
    assert marks(listed(*words)) == wanted


def test_the_end_of_the_text_is_a_full_stop():
    """The last item of all."""
    assert marks(listed("one;", "two,", behind="")) == [("i1", ".")]


def test_an_inner_list_ends_as_the_list_around_it_goes_on():
    """A semicolon, since 2 follows."""
    case = text(
        ("h", Kind.HEADING, "", "resolves"),
        ("a", Kind.ITEM, "1", "to see to it that:"),
        ("b", Kind.ITEM, "i)", "gauges are read;", 2),
        ("c", Kind.ITEM, "ii)", "tables are kept,", 2),
        ("d", Kind.ITEM, "2", "to report."),
    )
    assert marks(case) == [("c", ";")]


def test_the_marks_are_set_by_acts_that_change_form_only():
    """After which nothing is asked for."""
    case = listed("one,", "two", "three; and")
    for one in punctuation(case.timeline, case.timeline.head):
        case.has(do.ReviseText(one.clause, (one.rewording,), editorial=True))
    assert [one.passage.live for one in case.timeline.moment().clauses][1:4] == [
        "one;",
        "two;",
        "three,",
    ]
    assert marks(case) == []


def test_other_bodies_have_no_rule_that_is_known():
    """Nothing is asked for."""
    case = text(
        ("h", Kind.HEADING, "Article 1", ""), ("a", Kind.ITEM, "1.", "Go"), conventions="un"
    )
    assert marks(case) == []


# -- any text -------------------------------------------------------------------------------------

SAID = st.sampled_from(
    [
        "to measure;",
        "in the light of paragraph 2 above;",
        "as a) and c) above have it;",
        "see resolves 3, and 1 below;",
        "under Article 2.1 and Article 3, paragraph 2;",
        "paragraphs 1–3 and paragraph x;",
        "Articles 1, 2 and 3 of this Agreement, not Article 1 of the Convention;",
    ]
)


@st.composite
def texts(draw):
    """A text of blocks or articles, of which some clauses are deleted or have equal labels."""
    treaty = draw(st.booleans())
    rows, doomed = [], []
    for block in range(1, draw(st.integers(1, 3)) + 1):
        head = (
            (Kind.HEADING, f"Article {block}", "Tides")
            if treaty
            else (
                Kind.HEADING,
                "",
                draw(st.sampled_from(["recalling", "resolves", "noting"])),
            )
        )
        rows.append((f"h{block}", *head))
        for number in range(1, draw(st.integers(1, 5)) + 1):
            name = f"c{block}{number}"
            label = (
                f"{number}."
                if treaty
                else draw(st.sampled_from([f"{'abcde'[number - 1]})", f"{number}"]))
            )
            rows.append((name, Kind.ITEM, label, draw(SAID)))
            if draw(st.integers(0, 3)) == 0:
                doomed.append(name)
    case = text(*rows, conventions="unfccc" if treaty else "itu")
    for name in doomed:
        case.has(do.DeleteClause(name, ""))
    return case


@draw(texts())
def test_what_is_tied_stays_tied_or_is_told(case):
    """Whatever the text: no reference changes what it means, and once more changes nothing."""
    told = found(case)
    before = all_references(case.timeline.moment())
    doubtful = {(one.clause, one.start) for one in told.stale}
    if told.changes:
        renumbered(case)
        assert case.refusal is None
    after = all_references(case.timeline.moment())
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        if (old.clause, old.reference.start) not in doubtful:
            assert old.reference.clause == new.reference.clause
    assert not found(case).changes


@draw(texts())
def test_undone_it_is_as_it_was(case):
    """Labels and words."""
    before = [(one.label, one.passage.live) for one in case.timeline.moment().clauses]
    if found(case).changes:
        renumbered(case).undo()
    assert [(one.label, one.passage.live) for one in case.timeline.moment().clauses] == before


@draw(texts())
def test_standing_items_count_without_gaps(case):
    """Every block or article of a text counts from its first label."""
    if found(case).changes:
        renumbered(case)
    blocks: list[list] = [[]]
    for one in case.timeline.moment().clauses:
        if one.kind is Kind.HEADING:
            blocks.append([])
        elif one.stands:
            blocks[-1].append(one.label.strip(").("))
    for block in blocks:
        numbers = [str(n) for n in range(1, len(block) + 1)]
        letters = [chr(ord("a") + n) for n in range(len(block))]
        assert block in (numbers, letters, [""])


@draw(records())
def test_any_record_has_an_answer_at_any_moment(writer):
    """Whatever was recorded, in whatever order: nothing is raised, and it is stable."""
    for at in range(writer.head + 1):
        told = renumbering(writer.timeline, at)
        assert {one.clause for one in told.labels} <= {one.clause for one in told.table}
        assert punctuation(writer.timeline, at) == punctuation(writer.timeline, at)
        for one in all_references(writer.timeline.moment(at)):
            assert bool(one.reference.clause) != bool(one.reference.why)
