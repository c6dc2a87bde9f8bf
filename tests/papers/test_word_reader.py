"""A Word file is read with every tracked change, whoever made it and wherever it stands."""

import datetime as dt
from typing import Any

from negotiation.papers.docx.page import Touch, WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from tests.papers.word_files import dele, docx, dr, ins, p, r

THEN = dt.datetime(2025, 3, 4, 10, 20, tzinfo=dt.UTC)
ANN = Touch("Ann", THEN)
BOB = Touch("Bob", THEN)


def page_of(body: str, **parts: Any) -> WordPage:
    return read_word(docx(body, **parts), "a.docx")


def readings(body: str, **parts: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    page = page_of(body, **parts)
    return accepted(page), rejected(page)


def test_words_inserted_and_struck_are_told_apart() -> None:
    page = page_of(p(r("The "), dele(dr("old")), ins(r("new"), by="Bob"), r(" text.")))
    assert [(s.words, s.inserted, s.struck) for s in page.paragraphs[0].spans] == [
        ("The ", None, None),
        ("old", None, ANN),
        ("new", BOB, None),
        (" text.", None, None),
    ]
    assert accepted(page) == ("The new text.",)
    assert rejected(page) == ("The old text.",)


def test_what_one_struck_inside_the_insertion_of_another_keeps_both() -> None:
    page = page_of(p(ins(r("a "), dele(dr("b "), by="Bob"), r("c"))))
    assert [(s.words, s.inserted, s.struck) for s in page.paragraphs[0].spans] == [
        ("a ", ANN, None),
        ("b ", ANN, BOB),
        ("c", ANN, None),
    ]


def test_a_split_and_a_joined_paragraph_read_as_they_were_and_as_they_are() -> None:
    assert readings(p(r("one "), mark=ins()) + p(r("two"))) == (("one ", "two"), ("one two",))
    assert readings(p(r("one "), mark=dele()) + p(r("two"))) == (("one two",), ("one ", "two"))
