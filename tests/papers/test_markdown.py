"""Promise 6: a page that is received, written out and received again says the same."""

import pytest

from negotiation.domain import commands as do
from negotiation.domain.terms import ProposalTerms
from negotiation.papers.markdown import as_markdown
from negotiation.papers.plain import as_plain
from negotiation.papers.without_names import without_names
from negotiation.views.paths import find
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import what_is_open
from tests.corpus import corpus_file
from tests.papers.shapes import OWN, TEXTS, received, shape, written_out


@pytest.mark.parametrize("name", OWN)
def test_our_own_drafts_come_back(name):
    """Every construct that real pages show, in the conventions of four bodies."""
    desk = received((TEXTS / name).read_bytes(), OWN[name])
    again = received(written_out(desk), OWN[name])
    assert shape(again) == shape(desk)


def test_a_draft_compared_with_its_base_comes_back_beside_it():
    """What the page printed otherwise than it is read is printed so again."""
    base = (TEXTS / "tide-res12-base.md").read_bytes()
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes(), "itu", base)
    again = received(written_out(desk), "itu", base)
    assert shape(again) == shape(desk)


@pytest.mark.parametrize("base", [None, "itu-res174-2010-reconstructed.md"])
def test_the_sample_page_comes_back(base):
    """The ad hoc group's real working draft, with and without the text it amends."""
    source = corpus_file("itu-dl13-rev2.md").read_bytes()
    base_source = None if base is None else corpus_file(base).read_bytes()
    desk = received(source, "itu", base_source)
    assert shape(received(written_out(desk), "itu", base_source)) == shape(desk)


@pytest.mark.parametrize(
    ("name", "conventions"),
    [
        ("unfccc/paris-2015-12-04.md", "unfccc"),
        ("bbnj/2022-06-01.txt", "un"),
        ("bbnj/2022-12-12.txt", "un"),
    ],
)
def test_long_real_drafts_come_back(name, conventions):
    """Hundreds of brackets, many of them over several clauses, some that never close."""
    desk = received(corpus_file(name).read_bytes(), conventions)
    assert shape(received(written_out(desk), conventions)) == shape(desk)


def test_writing_is_settled_at_once():
    """The page written from a page that was written is the same, letter for letter."""
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes(), "itu")
    once = written_out(desk)
    assert written_out(received(once, "itu")) == once


def test_a_proposal_made_since_stands_in_brackets_with_its_sponsor():
    """Undecided words never look agreed, on the printed page either."""
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    clause = find(desk.timeline.moment(), "resolves/2")[0]
    desk.act(
        do.ProposeAmendment(
            clause.id,
            ProposalTerms("p", "USA/4/1", ("USA",)),
            (do.Rewording("month", do.WordsAt("year")),),
        )
    )
    assert "[USA: ~~year~~month]" in written_out(desk).decode()


def test_an_alternative_tabled_since_is_printed_under_its_sponsor():
    """As on the page of a real group: a line that names the symbol and the party."""
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    point = next(
        one.id
        for one in what_is_open(desk.timeline, desk.timeline.head)
        if len(one.alternatives) == 2
    )
    desk.act(do.JoinParty("CUB", "Cuba"))
    desk.act(
        do.TableAlternative(
            point, ProposalTerms("p", "CUB/7/1", ("CUB",)), "that they be sold;", "new", "1bis"
        )
    )
    page = written_out(desk).decode()
    assert "CUB/7/1 – Cuba\n\n1bis that they be sold;]" in page


def test_a_wording_that_fell_since_is_struck_with_its_label():
    """The chair's decision shows on the page, and nothing vanishes."""
    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    point = next(
        one.id
        for one in what_is_open(desk.timeline, desk.timeline.head)
        if len(one.alternatives) == 2
    )
    desk.act(do.ResolveOpenPoint(point, (do.Choose(2),)))
    page = written_out(desk).decode()
    assert "~~1bis that the tables be printed once a year" in page
    assert "\n\n1bis that the tables be kept on line" in page


FURNISHED = """\
---
title: A page
authors: ["Kiribati"]
---

## Article 1

1. That the tide be read;

<!-- -->

2. That it be read again.[^1]

---

3. That it be read [once][twice].

[^1]: [Tuvalu reserves its position.]
"""


def test_front_matter_comments_and_rules_come_back_where_they_stood():
    """They are no text; the page is not the same without them."""
    desk = received(FURNISHED.encode(), "unfccc")
    assert written_out(desk).decode().split() == FURNISHED.split()
    assert "title" not in as_plain(desk.timeline.moment(), Reading.OPEN)


def test_furniture_names_nobody_once_names_are_off():
    """Front matter may say who wrote the page."""
    desk = received(FURNISHED.encode(), "unfccc")
    assert "Kiribati" not in as_markdown(without_names(desk.timeline.moment()))


def test_the_live_page_leaves_out_what_is_struck_for_good():
    """As a rapporteur types it: brackets and labels, and no struck word."""
    desk = received((TEXTS / "tide-dl7-rev1.md").read_bytes(), "itu")
    page = as_markdown(desk.timeline.moment(), Reading.OPEN)
    assert "~~" not in page
    assert "[" in page
    again = received(page.encode(), "itu")
    assert as_markdown(again.timeline.moment(), Reading.OPEN).split() == page.split()
