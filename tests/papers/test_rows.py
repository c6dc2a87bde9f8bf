"""The words of a clause while they come and go, against counting them anew each time."""

from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain.terms import How
from negotiation.papers.docx.page import Touch
from negotiation.papers.draft import DraftClause, DraftRun, Kind
from negotiation.papers.rows import Row, edits_of, in_base, torn_in

_WORDS = st.lists(st.text(st.sampled_from("ab "), max_size=4), min_size=1, max_size=8)


def _clause(words, late=(), breaks=()):
    runs = tuple(
        DraftRun(one, put_in=Touch("Ann") if at in late else None) for at, one in enumerate(words)
    )
    return DraftClause(0, Kind.ITEM, 0, "", False, None, runs, 1, 1, breaks=tuple(breaks))


@given(_WORDS, st.data())
def test_the_edits_of_an_act_put_its_words_where_the_page_has_them(words, data):
    """Whatever was there before, and whatever is struck in the same act."""
    some = st.sets(st.integers(0, len(words) - 1))
    row = Row(_clause(words), "x", there=data.draw(some))
    text = "".join(words[at] for at in sorted(row.there))
    for _ in range(3):
        born = data.draw(some) - row.there
        struck = data.draw(some) & (row.there | born) - row.struck
        gone = row.struck | struck
        there = row.there | born
        for edit in edits_of(row, sorted(born), sorted(struck)):
            assert text[edit.start : edit.end] == edit.removed
            text = text[: edit.end] + edit.inserted + text[edit.end :]
        assert text == "".join(words[at] for at in sorted(there))
        assert (row.there, row.struck) == (there, gone)


@given(_WORDS, st.data())
def test_what_the_page_prints_stands_where_its_words_stand_among_those_that_are_there(words, data):
    """In the base, and of a clause that was put in."""
    late = data.draw(st.sets(st.integers(0, len(words) - 1)))
    letters = [at for at, one in enumerate(words) for _ in one]
    breaks = sorted(data.draw(st.sets(st.integers(0, len(letters)))))
    clause = _clause(words, late, breaks)
    row = Row(clause, "x", there=late)
    base = [sum(at not in late for at in letters[:place]) for place in breaks]
    put_in = [sum(at in late for at in letters[:place]) for place in breaks]
    assert [one.start for one in in_base(clause) if one.how is How.TORN] == base
    assert [one.end for one in in_base(clause) if one.how is How.TORN] == base
    assert [one.start for one in torn_in(row)] == put_in
