"""Beside the text: the open point with all that is known of it, and the chart below it."""

import pytest

from negotiation.domain import commands as do
from negotiation.domain.terms import ProposalTerms
from negotiation.views.at_that_time import Timeline
from negotiation_tui.draw import width_of
from negotiation_tui.page import Pages
from negotiation_tui.widgets.burn_down import brackets_over_time, count_on
from negotiation_tui.widgets.clause_list import row_of
from negotiation_tui.widgets.side import Beside
from tests.tui.bare import line_of
from tests.tui.room import desk_of


def side(desk, point="", *, width=36, height=34, below=(), clause="three"):
    """The rows of the side on a clause of the small record."""
    pages = Pages(desk.timeline)
    page = pages.page(desk.timeline.head)
    shown = Beside(pages, page, point, below=below)
    return [line_of(line) for line in shown.lines(page.clause(clause), width, height)]


def busy_desk():
    """The small record with three dozen acts more, brackets set and lifted."""
    desk = desk_of()
    for number in range(18):
        desk.act(do.PlaceBracket(f"b{number}", "four", do.WordsAt("register"), reason="again"))
        desk.act(do.LiftBracket(f"b{number}"))
    return desk


def test_the_chart_waits_until_the_record_is_counted():
    """Drawing counts a few entries at most; the rest is counted while no key waits."""
    desk = busy_desk()
    fresh = Timeline(desk.timeline.id, desk.timeline.entries)
    assert brackets_over_time(fresh, fresh.head, 36, 34) is None
    while not count_on(fresh, 0):
        pass
    assert brackets_over_time(fresh, fresh.head, 36, 34)
    desk.act(do.PlaceBracket("more", "four", do.WordsAt("register"), reason="again"))
    fresh.extend(desk.timeline.entries[fresh.head :])
    assert brackets_over_time(fresh, fresh.head, 36, 34)


@pytest.mark.parametrize("size", [(36, 34), (60, 44)])
def test_under_the_point_stands_the_chart_of_the_brackets(size):
    """With a title above it and its numbers below, at the bottom, and no wider than the side."""
    width, height = size
    desk = busy_desk()
    assert count_on(desk.timeline, 9)
    chart = brackets_over_time(desk.timeline, desk.timeline.head, width, height)
    assert chart
    assert all(width_of(line) <= width for line in chart)
    shown = side(desk, "point", width=width, height=height, below=chart)
    assert len(shown) == height
    assert shown[-len(chart) :] == [line_of(line) for line in chart]
    assert "over time" in shown[-len(chart)]
    assert "words" in shown[-1]
    assert any("open point" in row for row in shown)
    assert any("last entries" in row for row in shown)


def test_the_chart_gives_way_to_the_open_point():
    """A side that is low, narrow or full of wordings has none."""
    desk = busy_desk()
    assert count_on(desk.timeline, 9)
    head = desk.timeline.head
    assert brackets_over_time(desk.timeline, head, 36, 11) == ()
    assert brackets_over_time(desk.timeline, head, 8, 40) == ()
    chart = brackets_over_time(desk.timeline, head, 36, 34) or ()
    assert line_of(chart[-1]) not in side(desk, "point", height=len(chart) + 13, below=chart)
    for number in range(9):
        wording = ProposalTerms(f"w{number}", "", ("MUS",))
        desk.act(do.TableAlternative("point", wording, f"sent to {number}", clause="three"))
    full = side(desk, "point", height=34, below=chart)
    assert any("sent to 8" in row for row in full)
    assert line_of(chart[-1]) not in full


def test_nobody_on_record_is_said_and_whose_words_stand_inside():
    """A bracket without holders is still somebody's words; holders, where there are, come first."""
    desk = desk_of()
    assert "held by Mauritius" in " ".join(side(desk, "point"))
    desk.act(do.PlaceBracket("none", "four", do.WordsAt("register")))
    told = " ".join(side(desk, "none", clause="four"))
    assert "nobody on record holds it" in told
    assert "words of" not in told
    desk.act(do.JoinParty("B", "Brazil"))
    for party, word in (("B", "register"), ("MUS", "hand")):
        desk.act(
            do.ProposeAmendment(
                "four",
                ProposalTerms(f"p{party}", "", (party,)),
                (do.Rewording(f"other {word}", do.WordsAt(word)),),
            )
        )
    told = " ".join(side(desk, "none", width=80, clause="four"))
    assert "nobody on record holds it; inside are words of Brazil" in told
    assert "Mauritius" not in told.split("last entries")[0]
    told = " ".join(side(desk, "pB", width=80, clause="four"))
    assert "nobody on record" not in told


def test_an_undecided_proposal_shows_what_it_strikes_and_what_it_puts_in():
    """Words alone would read as if whoever strikes them had asked for them."""
    desk = desk_of()
    new = do.Rewording("list", do.WordsAt("register"))
    gone = do.Rewording("", do.WordsAt("hand"))
    for name, change in (("new", new), ("gone", gone)):
        terms = ProposalTerms(name, "", ("MUS",))
        desk.act(do.ProposeAmendment("four", terms, (change,)))
    told = " ".join(side(desk, "new", width=80, clause="four"))
    assert "− “register” + “list”" in told
    assert "− “hand”" in " ".join(side(desk, "gone", width=80, clause="four"))
    clause = desk.timeline.moment().clause("four")
    assert clause is not None
    assert "[]" not in line_of(row_of(clause, 0, 200))


def test_the_sponsors_of_wordings_count_as_inside():
    """Also in a low side, where the wordings themselves may have no room."""
    desk = desk_of()
    desk.act(do.ReleaseBracket("point", "MUS"))
    low = " ".join(side(desk, "point", width=80, height=6))
    assert "nobody on record holds it; inside are words of Mauritius" in low
