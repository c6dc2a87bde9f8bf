"""Real Word files read as others read them, with every change accepted and every one rejected."""

import pytest

from tests.corpus import needs_corpus
from tests.papers.word_oracles import Case, Word, cases, difference, pandoc_words, parting

# Where pandoc and the accepted or rejected twin part, the twin is right, and the reader is with it.
PANDOC_ALONE = {
    "RP001-Tracked-Revisions-01-reject-pandoc": "pandoc loses the words of a moved table",
    "RP001-Tracked-Revisions-02-reject-pandoc": "pandoc loses the words of a moved table",
    "RP013-Deleted-Math-Control-Char-reject-pandoc": "pandoc loses a struck number of a formula",
    "RP014-Inserted-Math-Control-Char-accept-pandoc": "pandoc loses a new number of a formula",
    "WC012-Math-After-accept-pandoc": "pandoc loses a new number of a formula",
}
CASES = tuple(cases())


@needs_corpus
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_real_file_reads_as_its_witness_reads_it(case: Case) -> None:
    found = difference(case)
    if case.name in PANDOC_ALONE:
        assert found, f"Pandoc no longer errs here ({PANDOC_ALONE[case.name]}); take it off."
    else:
        assert found == ""


def test_a_drawn_table_is_read_cell_by_cell() -> None:
    page = (
        "Before\n\n"
        "  ----------------------\n"
        "  First      Second\n"
        "  column     column\n"
        "  ---------- -----------\n"
        "  a b        d\n"
        "  c\n"
        "\n"
        "  e          f\n"
        "  ----------------------\n\n"
        "+-----+-----+\n"
        "| g   | i   |\n"
        "| h   |     |\n"
        "+=====+=====+\n"
        "| 文  | j   |\n"
        "+-----+-----+\n"
    )
    words = "Before First column Second column a b c d e f g h i 文 j".split()
    assert parting(words, pandoc_words(page)) == ""


def test_a_label_may_be_missing_and_nothing_else() -> None:
    page = pandoc_words("1.  one two\n\n    a)  three\n")
    assert parting("one two three".split(), page) == ""
    assert parting("1. one two a) three".split(), page) == ""
    assert parting("one three".split(), page)
    assert parting("one two three four".split(), page)
    assert parting("two".split(), [Word("1."), Word("two")])
