"""What an issued file says of itself is read for what it says, and is no part of the text."""

from __future__ import annotations

import datetime as dt

from negotiation.papers.conventions import for_name
from negotiation.papers.imprint import Imprint, foot, head, set_apart
from negotiation.papers.reader import read_draft

MARK = Imprint("TC/4(Rev.1)", 12, "0f" * 32, "Clean text")
TEXT = "# RESOLUTION 4\n\nGauges\n\n## resolves\n\n1 that every harbour keep a gauge."
PAGE = "\n\n".join(
    [head(MARK, "Assembly", dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)), TEXT, foot(MARK)]
)


def test_the_imprint_is_no_part_of_the_text_and_says_the_symbol():
    page = PAGE
    draft = read_draft(page, for_name("itu"))
    assert draft.header.symbol == "TC/4(Rev.1)"
    assert (draft.header.document, draft.header.revision) == ("TC/4", 1)
    assert not [one for one in draft.clauses if one.kind.value == "header"]
    assert "ingerprint" not in "".join(one.words for one in draft.clauses)
    torn = page.replace("\nDocument", "\n\nDocument").replace("text.\n", "text.\n\n")
    told = " ".join(one.words for one in read_draft(torn, for_name("itu")).clauses)
    assert "Clean text." not in told
    assert "Entry 12" not in told


def test_a_page_without_its_imprint_keeps_every_place():
    page = PAGE
    blank, said = set_apart(page)
    assert said == MARK
    assert [len(line) for line in blank.splitlines()] == [len(line) for line in page.splitlines()]
    assert set_apart(TEXT) == (TEXT, None)
