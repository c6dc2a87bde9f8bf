"""Which clause of a later page is which clause of the record."""

from hypothesis import given
from hypothesis import strategies as st

from negotiation.papers.correspondence import Side, corresponding, rising

LONG = "that every harbour keep a gauge of its own and read it twice a day"
OTHER = "to lend instruments and crews to those who ask for them in good time"


def side(*rows: tuple[str, str], name: str = "") -> list[Side]:
    """Clauses of these labels and words, called by their place."""
    return [
        Side(f"{name}{number}", "item", label, words, words)
        for number, (label, words) in enumerate(rows)
    ]


def pairs(old: list[Side], new: list[Side]) -> list[tuple[int, int]]:
    """The pairs by place, in the order of the page."""
    found = corresponding(old, new).pairs
    places = {one.id: place for place, one in enumerate(old)}
    return [(place, places[found[one.id]]) for place, one in enumerate(new) if one.id in found]


def test_equal_words_are_one_clause_under_whatever_label():
    old, new = side(("a", LONG), ("b", OTHER)), side(("a", OTHER), ("b", LONG), name="n")
    assert pairs(old, new) == [(0, 1), (1, 0)]


def test_of_equals_the_kth_is_the_kth():
    old = side(("1", LONG), ("2", "No text"), ("3", OTHER), ("4", "No text"))
    new = side(("1", "No text"), ("2", "No text"), ("3", LONG), ("4", OTHER), name="n")
    assert pairs(old, new) == [(0, 1), (1, 3), (2, 0), (3, 2)]


def test_where_counts_differ_neighbours_tell_which_of_the_equals_went():
    old = side(("1", LONG), ("a", "No text"), ("2", OTHER), ("a", "No text"))
    new = side(("1", LONG), ("2", OTHER), ("a", "No text"), name="n")
    assert pairs(old, new) == [(0, 0), (1, 2), (2, 3)]


def test_a_reworded_clause_is_known_by_likeness_and_a_new_one_is_not():
    old = side(("1", LONG), ("2", OTHER))
    new = side(
        ("1", LONG.replace("twice", "three times")), ("2", "and nothing of the kind"), name="n"
    )
    assert pairs(old, new) == [(0, 0)]


def test_what_is_alike_by_a_set_phrase_only_is_not_the_same_clause():
    phrase = "the Union and its Member States"
    old = side(("1", f"{phrase} keep the tide tables"), ("2", LONG), ("3", OTHER))
    new = side(("1", LONG), ("2", OTHER), ("3", f"a fund is set up for {phrase}"), name="n")
    assert pairs(old, new) == [(0, 1), (1, 2)]


def test_the_one_that_moved_is_told_from_those_that_stayed():
    old = side(("1", LONG), ("2", OTHER), ("3", LONG + " and night"), ("4", OTHER + " or late"))
    new = [old[1], old[2], old[3], old[0]]
    assert corresponding(old, new).moved == {old[0].id}


def test_a_clause_in_two_and_two_in_one():
    old = side(("1", f"{LONG}; {OTHER}"))
    new = side(("1", LONG), ("2", OTHER), name="n")
    split = corresponding(old, new)
    assert set(split.drawn.values()) == {("0",)}
    merged = corresponding(new, old)
    assert list(merged.merged.values()) == ["0"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from((LONG, OTHER, "No text", "")))))
def test_a_page_corresponds_to_itself_whole_and_in_order(rows):
    old = side(*rows)
    found = corresponding(old, side(*rows, name="n"))
    assert pairs(old, side(*rows, name="n")) == [(place, place) for place in range(len(rows))]
    assert (found.moved, found.drawn, found.merged) == (frozenset(), {}, {})


@given(st.permutations(range(8)))
def test_a_row_that_rises_is_as_long_as_can_be(order):
    row = rising(list(enumerate(order)))
    assert [one for _, one in row] == sorted(one for _, one in row)
    assert len(row) == max(len(chain) for chain in _chains(order))


def _chains(order):
    best: list[list[int]] = []
    for place, one in enumerate(order):
        before = [chain for chain in best[:place] if chain[-1] < one]
        best.append([*max(before, key=len, default=[]), one])
    return best
