"""Fifteen pages of one real negotiation, received one after the other in one record.

Measured on the chain, and held here: the text at every version is the received page, white space
aside; clauses whose words did not change keep their ids; and nothing but what changed is touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from negotiation.desk import Desk
from negotiation.papers.correspondence import rising
from negotiation.papers.markdown import as_markdown
from negotiation.views.on_the_page import has_a_place
from negotiation.views.readings import Reading
from negotiation.views.what_changed import ChangeKind, what_changed
from tests.corpus import corpus_file

PAGES = (
    "00-2015-12-07-8d8afb09",
    "01-2015-12-07-d522e483",
    "02-2015-12-08-03533257",
    "03-2015-12-08-3f8a3395",
    "04-2015-12-08-2b3965a9",
    "05-2015-12-08-e1afbb9f",
    "06-2015-12-08-1e7d8ece",
    "07-2015-12-08-993c69b8",
    "08-2015-12-08-790e776b",
    "09-2015-12-08-02f21e5e",
    "10-2015-12-08-f41e2636",
    "11-2015-12-08-39890ef4",
    "12-2015-12-08-35b10b19",
    "13-2015-12-08-70ac0a03",
    "14-2015-12-08-50deb9a8",
)
_ARTICLE = re.compile(r"Article \d+\w*")
_SPACE = re.compile(r"\s+")


def page(name: str) -> bytes:
    """The bytes of one page of the chain."""
    return corpus_file(f"unfccc/stepwise/{name}.md").read_bytes()


def bare(text: str) -> str:
    """A text without its white space."""
    return _SPACE.sub("", text)


@pytest.fixture(scope="module")
def chain() -> Desk:
    """The record that holds all fifteen pages."""
    desk = Desk.begin(None)
    desk.receive(page(PAGES[0]), f"{PAGES[0]}.md", conventions="unfccc")
    for number, name in enumerate(PAGES[1:], start=1):
        desk.receive_revision(page(name), f"{name}.md", symbol=f"ADP/{number}")
    return desk


def versions(desk: Desk) -> list[int]:
    """The entry at which the text stood as on each page."""
    return [desk.when(f"{PAGES[0]}.md"), *(desk.when(f"ADP/{n}") for n in range(1, len(PAGES)))]


def test_the_text_at_every_version_is_the_received_page(chain):
    """Front matter, comments, footnotes and all."""
    for name, at in zip(PAGES, versions(chain), strict=True):
        printed = as_markdown(chain.timeline.moment(at), Reading.OPEN)
        assert bare(printed) == bare(page(name).decode()), name


def test_clauses_with_unchanged_words_keep_their_ids(chain):
    """The one, or the k-th of equals; where there are more on one side, as many as can."""
    moments = [chain.timeline.moment(at) for at in versions(chain)]
    lost = 0
    kept = 0
    for before, after in pairwise(moments):
        old, new = _by_words(before.clauses), _by_words(after.clauses)
        for words in old.keys() & new.keys():
            if len(old[words]) == len(new[words]):
                pairs = zip(old[words], new[words], strict=True)
                same = sum(one == other for one, other in pairs)
            else:
                same = len(set(old[words]) & set(new[words]))
            kept += same
            lost += min(len(old[words]), len(new[words])) - same
    assert kept > 6_000
    assert lost == 0


def _by_words(clauses) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for clause in clauses:
        if has_a_place(clause, Reading.OPEN) and clause.passage.live.strip():
            found[" ".join(clause.passage.live.split())].append(clause.id)
    return found


def test_a_diff_of_neighbours_touches_only_what_changed(chain):
    """Whatever it says was reworded, is new or is gone reads otherwise on the two pages."""
    at = versions(chain)
    for first, last in pairwise(at):
        before = _by_words(chain.timeline.moment(first).clauses)
        after = _by_words(chain.timeline.moment(last).clauses)
        for change in what_changed(chain.timeline, first, last):
            if ChangeKind.CHANGED in change.kinds:
                assert change.before.split() != change.after.split()
            elif ChangeKind.NEW in change.kinds:
                words = " ".join(change.after.split())
                assert len(after[words]) > len(before.get(words, ()))
            elif ChangeKind.GONE in change.kinds:
                words = " ".join(change.before.split())
                assert len(before[words]) > len(after.get(words, ()))


def test_the_articles_that_a_diff_names_are_those_that_changed(chain):
    """Each article of the two files, by its heading, against the headings of the diff."""
    at = versions(chain)
    for (first, last), (old, new) in zip(pairwise(at), pairwise(PAGES), strict=True):
        before, after = _articles(page(old).decode()), _articles(page(new).decode())
        changed = {one for one in before | after if before.get(one) != after.get(one)}
        named = {
            bare(match[0])
            for change in what_changed(chain.timeline, first, last)
            if (match := _ARTICLE.match(change.path))
        }
        assert named <= changed, (old, new)


def _articles(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in re.split(r"^#+ ", source, flags=re.MULTILINE):
        if match := _ARTICLE.match(part.lstrip("[")):
            name = bare(match[0])
            found[name] = found.get(name, "") + bare(part)
    return found


def test_a_page_with_two_changes_makes_two_changes(chain):
    """The last page of the chain rewords two clauses; nothing else is on the record for it."""
    entries = [e for e in chain.timeline.entries if e.number > chain.when("ADP/13")]
    assert [type(entry.event).__name__ for entry in entries] == [
        "DocumentReceived",
        "TextRevised",
        "TextRevised",
    ]
    assert all(entry.evidence.document == f"{PAGES[-1]}.md" for entry in entries)


def test_what_moved_is_off_the_row_that_kept_its_order():
    """The longest row that rises on both sides stays; the rest has moved."""
    assert rising([(0, 2), (1, 0), (2, 1), (3, 3)]) == [(1, 0), (2, 1), (3, 3)]
