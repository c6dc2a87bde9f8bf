"""Labels of a whole text by the rules of a body."""

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain.labels import gaps, labels
from negotiation.domain.numbering import Series, number_word, printed
from negotiation.domain.outline import ITU, UN, UNFCCC, Count, Row, rules_for
from negotiation.domain.terms import Kind


def item(label, level=1, **more):
    """An item with this label."""
    return Row(Kind.ITEM, level, label, **more)


def heading(words, label=""):
    """A heading of a block."""
    return Row(Kind.HEADING, 0, label, words=words)


def gone(label, level=1):
    """A struck item."""
    return item(label, level, count=Count.DROPPED)


def numbered(rules, *rows):
    """The labels after the first row, which is a heading of the body's usual kind."""
    first = heading("recalling") if rules is ITU else heading("Objective", "Article 1")
    return list(labels([first, *rows], rules)[1:])


def items(*said, level=1):
    """Items with these labels."""
    return [item(label, level) for label in said]


# -- one label ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "number", "series"),
    [
        ("e)", "e", Series.LETTERS),
        ("(iii)", "iii", Series.ROMANS),
        ("i)", "i", Series.ROMANS),
        ("3 bis.", "3 bis", Series.DIGITS),
        ("Article 13 ter", "13 ter", Series.DIGITS),
        ("ANNEX VII", "VII", Series.ROMANS),
        ("Annex V", "V", Series.ROMANS),
        ("Annex B", "B", Series.LETTERS),
        ("OP4alt", "4alt", Series.DIGITS),
        ("4.2.", "4.2", Series.DIGITS),
        ("aa)", "aa", Series.LETTERS),
        ("59A", "59A", Series.DIGITS),
    ],
)
def test_a_label_taken_apart(label, number, series):
    """The number that a reference says, and what it counts with."""
    found = printed(label)
    assert found is not None
    assert (found.number, found.series) == (number, series)
    assert found.renumbered(found.core, found.suffix) == label


def test_i_behind_h_is_a_letter():
    """And a numeral elsewhere; v behind iv is a numeral."""

    def counted(label, before):
        found = printed(label, printed(before))
        assert found is not None
        return found.series

    assert counted("i)", "h)") is Series.LETTERS
    assert counted("v)", "iv)") is Series.ROMANS
    assert counted("v)", "u)") is Series.LETTERS


@pytest.mark.parametrize("label", ["", "Option 1", "[^1]", "X.X", "3.x", "§ 4", "abc)", "9" * 40])
def test_what_is_no_label_that_counts(label):
    """No number is made up for it."""
    assert printed(label) is None


def test_letters_go_on_behind_z():
    """As the bodies write it: aa, bb."""
    assert [number_word(n, Series.LETTERS) for n in (1, 26, 27, 28)] == ["a", "z", "aa", "bb"]
    assert number_word(4, Series.ROMANS, capital=True) == "IV"


# -- ITU ------------------------------------------------------------------------------------------


def test_struck_items_leave_the_count_and_keep_their_letter():
    """Letters from a without gaps."""
    rows = [item("a)"), gone("b)"), item("c)"), item("d)")]
    assert numbered(ITU, *rows) == ["a)", "b)", "b)", "c)"]


def test_equal_letters_take_the_next_ones():
    """Duplicates are normal while a text is negotiated, and end here."""
    assert numbered(ITU, *items("a)", "a)", "b)", "b)")) == ["a)", "b)", "c)", "d)"]


def test_an_only_item_has_no_label():
    """Nor has one that was left alone."""
    assert numbered(ITU, item("a)")) == [""]
    assert numbered(ITU, gone("a)"), item("b)"), gone("c)")) == ["a)", "", "c)"]


def test_an_only_item_that_gets_company_is_labelled():
    """The style is that of the other one; a block without labels takes the body's."""
    single = Row(Kind.PARAGRAPH, 1, "")
    assert numbered(ITU, single, item("b)")) == ["a)", "b)"]
    assert numbered(ITU, single, Row(Kind.ITEM, 1, "")) == ["a)", "b)"]
    operative = [heading("resolves"), single, Row(Kind.ITEM, 1, "")]
    assert labels(operative, ITU) == ("", "1", "2")
    assert numbered(ITU, single) == [""]


def test_each_block_counts_for_itself():
    """Preambular letters, operative numbers, numerals inside."""
    rows = [
        heading("recalling"),
        *items("a)", "c)"),
        heading("resolves"),
        *items("2", "3"),
        *items("i)", "iii)", level=2),
        item("4"),
    ]
    assert list(labels(rows, ITU)) == ["", "a)", "b)", "", "2", "3", "i)", "ii)", "4"]


def test_a_block_is_one_list_whatever_is_printed_in_it():
    """A paragraph that was moved in with a number takes the next letter."""
    assert numbered(ITU, item("a)"), item("2"), item("b)")) == ["a)", "b)", "c)"]


def test_the_words_before_a_list_take_no_number():
    """The chapeau stays bare, and so does a paragraph behind the items."""
    rows = [Row(Kind.CHAPEAU, 1, ""), *items("i)", "i)", level=2), Row(Kind.PARAGRAPH, 1, "")]
    assert numbered(ITU, *rows) == ["", "i)", "ii)", ""]


# -- open groups and undecided additions ----------------------------------------------------------


def rival(label, order, point="G1"):
    """One of the wordings of an open group."""
    return item(label, rivals=((point, order),), count=Count.UNDECIDED)


def test_rival_wordings_share_the_label_of_their_group():
    """The group takes one place, and what follows goes on behind it."""
    rows = [gone("a)"), item("b)"), rival("c)", 1), rival("c)", 2), rival("c)", 3), item("d)")]
    assert numbered(ITU, *rows) == ["a)", "a)", "b)", "b)", "b)", "c)"]


def test_wordings_of_a_group_that_are_no_rivals_keep_apart():
    """One group may hold b), b) and c)."""
    rows = [item("a)"), rival("b)", 1), rival("b)", 2), rival("c)", 3), item("d)")]
    assert numbered(ITU, *rows) == ["a)", "b)", "b)", "c)", "d)"]


def test_a_wording_of_several_paragraphs_is_counted_as_if_it_stood_alone():
    """Each of them begins where the group begins."""
    rows = [item("1."), rival("2.", 1), rival("3.", 1), rival("2.", 2), item("4.")]
    assert numbered(UNFCCC, *rows) == ["1.", "2.", "3.", "2.", "4."]


def test_an_undecided_addition_takes_no_number_away():
    """It has the next letter, or its bis, and what follows counts on without it."""
    added = item("c)", count=Count.UNDECIDED)
    assert numbered(ITU, item("a)"), item("b)"), added, item("c)")) == ["a)", "b)", "c)", "c)"]
    bis = item("3bis.", count=Count.UNDECIDED)
    rows = [gone("1."), item("2."), item("3."), bis, item("4.")]
    assert numbered(UNFCCC, *rows) == ["1.", "1.", "2.", "2bis.", "3."]


def test_an_alt_stays_a_rival_while_its_paragraph_stands():
    """And takes the number when it is alone."""
    assert numbered(UN, *items("1.", "2.", "2alt.", "3.")) == ["1.", "2.", "2alt.", "3."]
    assert numbered(UN, gone("1."), *items("2.", "2alt.", "3.")) == ["1.", "1.", "1alt.", "2."]
    assert numbered(UN, item("1."), gone("2."), *items("2alt.", "3.")) == ["1.", "2.", "2.", "3."]


# -- treaties and resolutions of the UN -----------------------------------------------------------


def test_insertions_become_numbers():
    """Articles, paragraphs and subparagraphs, each in its own style."""
    rows = [
        heading("Objective", "Article 2"),
        *items("1.", "1 bis."),
        *items("(a)", "(a bis)", "(b)", level=2),
        *items("(i)", "(ii)", level=3),
        item("2."),
        heading("Scope", "Article 2 bis"),
        item("1."),
        heading("Ports", "Article 3"),
    ]
    assert list(labels(rows, UNFCCC)) == [
        "Article 2",
        *("1.", "2.", "(a)", "(b)", "(c)", "(i)", "(ii)", "3."),
        "Article 3",
        "1.",
        "Article 4",
    ]


def test_spoken_names_are_counted_apart():
    """PP and OP, each from 1."""
    rows = items("PP1", "PP2", "PP2bis", "OP1", "OP1bis", "OP2")
    assert list(labels(rows, UN)) == ["PP1", "PP2", "PP3", "OP1", "OP2", "OP3"]


def test_numbers_may_go_on_across_headings():
    """In a decision they do; what is dropped before moves all that follow."""
    rows = [
        heading("Mitigation"),
        *(gone("1."), item("2.")),
        heading("Finance"),
        *items("3.", "4."),
    ]
    assert list(labels(rows, UN)) == ["", "1.", "1.", "", "2.", "3."]


def test_a_part_of_a_text_keeps_where_it_begins():
    """A page that begins with paragraph 5 has no paragraph 1."""
    assert numbered(UN, *items("5.", "7.")) == ["5.", "6."]


def test_a_dotted_number_follows_its_article():
    """3.1 in Article 3 becomes 2.1 when that becomes Article 2."""
    rows = [
        heading("Dropped", "Article 2"),
        heading("Ports", "Article 3"),
        *items("3.1", "3.3"),
    ]
    rows[0] = Row(Kind.HEADING, 0, "Article 2", Count.DROPPED, "Dropped")
    assert list(labels(rows, UN)) == ["Article 2", "Article 2", "2.1", "2.2"]


def test_a_list_that_begins_again_is_another_list():
    """Two lists of one level under one article."""
    rows = [*items("1.", "2."), Row(Kind.PARAGRAPH, 1, ""), *items("1.", "2.")]
    assert numbered(UNFCCC, *rows) == ["1.", "2.", "", "1.", "2."]


def test_a_moved_first_item_begins_no_list():
    """3, 1, 2 are one list in another order."""
    assert numbered(UNFCCC, *items("3.", "1.", "2.")) == ["1.", "2.", "3."]
    assert numbered(UNFCCC, *items("2.", "3.", "1.")) == ["1.", "2.", "3."]


def test_a_number_that_an_option_ate_is_counted():
    """“3. Option 1:” is paragraph 3, though the clause is an option."""
    eaten = Row(Kind.OPTION, 1, "Option 1", taken=2)
    assert numbered(UNFCCC, item("1."), eaten, item("3.")) == ["1.", "Option 1", "3."]


def test_gaps_that_nothing_explains_are_told():
    """A struck item explains one."""
    rows = [item("1."), item("2."), item("5."), gone("6."), item("7.")]
    assert gaps(rows, UN) == ((1, 2),)


def test_an_unknown_body_counts_as_the_un():
    """Every text has an answer."""
    assert rules_for("lighthouse keepers") is UN
    assert rules_for("itu") is ITU


# -- any outline ----------------------------------------------------------------------------------

LABELS = st.sampled_from(
    [*"a) b) c) i) ii) v) 1 2 3 1. 2. 3bis. 2alt. (a) (b) (i) (v) 4.1 4.2 PP1 OP2".split(), "", "§"]
)
ROWS = st.lists(
    st.one_of(
        st.builds(
            Row,
            st.sampled_from([Kind.ITEM, Kind.PARAGRAPH, Kind.OPTION, Kind.CHAPEAU, Kind.NOTE]),
            st.integers(1, 3),
            LABELS,
            st.sampled_from(Count),
            st.just(""),
            st.lists(st.tuples(st.sampled_from(["G1", "G2"]), st.integers(1, 3)), max_size=2).map(
                tuple
            ),
            st.sampled_from([0, 0, 0, 3]),
        ),
        st.builds(
            heading,
            st.sampled_from(["recalling", "resolves", "Scope", ""]),
            st.sampled_from(["", "Article 1", "Article 2bis", "Annex II", "Article X"]),
        ),
    ),
    max_size=14,
)


@draw(ROWS, st.sampled_from([ITU, UN, UNFCCC]))
def test_any_outline_has_labels_and_they_are_stable(rows, rules):
    """No outline is refused; dropped rows keep their label; once more changes nothing."""
    import attrs

    found = labels(rows, rules)
    assert len(found) == len(rows)
    for row, label in zip(rows, found, strict=True):
        if row.count is Count.DROPPED or row.kind in (Kind.OPTION, Kind.NOTE, Kind.CHAPEAU):
            assert label == row.label
    again = [attrs.evolve(row, label=label) for row, label in zip(rows, found, strict=True)]
    assert labels(again, rules) == found
