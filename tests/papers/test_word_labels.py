"""Labels that Word counts and nobody typed, as they stand now and as they stood before."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.papers.docx.number_forms import written
from tests.papers.word_files import change, dele, dr, ins, p, page_of, r


def lvl(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(id: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id}">{more}{"".join(levels)}</w:abstractNum>'


def num(id: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def item(*inside: str, list_: int = 1, at: int = 0, mark: str = "", more: str = "") -> str:
    ppr = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_}"/></w:numPr>{more}'
    return p(*(inside or (r("x"),)), ppr=ppr, mark=mark)


def labels(body: str, **parts: Any) -> list[str]:
    return [one.label for one in page_of(body, **parts).paragraphs]


def both(body: str, **parts: Any) -> list[tuple[str, str]]:
    return [(one.label, one.base_label) for one in page_of(body, **parts).paragraphs]


OUTLINE = abstract(
    0, lvl(0, "%1."), lvl(1, "%2)", "lowerLetter"), lvl(2, "%1.%2.%3", "lowerRoman")
) + num(1, 0)


def test_levels_count_and_begin_anew_below_each_other() -> None:
    body = "".join(item(at=at) for at in (0, 1, 1, 2, 0, 1, 2))
    assert labels(body, numbering=OUTLINE) == ["1.", "a)", "b)", "1.b.i", "2.", "a)", "2.a.i"]


def test_a_label_has_the_depth_of_its_level() -> None:
    page = page_of(item() + item(at=2) + p(r("a")), numbering=OUTLINE)
    assert [one.depth for one in page.paragraphs] == [0, 2, 0]


def test_a_struck_item_has_no_number_and_counts_for_nobody_but_before() -> None:
    body = item() + item(dele(dr("x")), mark=dele()) + item(ins(r("x")), mark=ins()) + item()
    assert both(body, numbering=OUTLINE) == [("1.", "1."), ("", "2."), ("2.", ""), ("3.", "3.")]


def test_a_bullet_is_no_label() -> None:
    numbering = abstract(0, lvl(0, "•", "bullet")) + num(1, 0)
    assert labels(item() + item(), numbering=numbering) == ["", ""]


def test_lists_of_one_kind_count_on_unless_one_begins_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = abstract(0, lvl(0, "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, again)
    body = "".join(item(list_=list_) for list_ in (1, 2, 3, 3, 1))
    assert labels(body, numbering=numbering) == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_may_say_anew_how_a_level_looks() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{lvl(0, "(%1)", "upperRoman", 3)}</w:lvlOverride>'
    numbering = abstract(0, lvl(0, "%1.")) + num(1, 0, other)
    assert labels(item() + item(), numbering=numbering) == ["(III)", "(IV)"]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    never = abstract(0, lvl(0, "%1."), lvl(1, "%2)", more='<w:lvlRestart w:val="0"/>')) + num(1, 0)
    body = item() + item(at=1) + item() + item(at=1)
    assert labels(body, numbering=never) == ["1.", "1)", "2.", "2)"]
    first = abstract(
        0, lvl(0, "%1."), lvl(1, "%2."), lvl(2, "%3)", more='<w:lvlRestart w:val="1"/>')
    ) + num(1, 0)
    body = "".join(item(at=at) for at in (0, 1, 2, 1, 2, 0, 2))
    assert labels(body, numbering=first) == ["1.", "1.", "1)", "2.", "2)", "2.", "1)"]


def test_a_legal_level_prints_all_its_numbers_as_digits() -> None:
    numbering = abstract(
        0, lvl(0, "Article %1", "upperRoman"), lvl(1, "%1.%2", more="<w:isLgl/>")
    ) + num(1, 0)
    assert labels(item() + item(at=1), numbering=numbering) == ["Article I", "1.1"]


def test_a_style_may_put_its_paragraphs_in_a_list_and_number_0_takes_them_out() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="List A"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="List B"/>'
        '<w:basedOn w:val="A"/></w:style>'
    )
    numbering = abstract(0, lvl(0, "%1."), lvl(1, "%2)", more='<w:pStyle w:val="B"/>')) + num(1, 0)
    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p(r("x"), style="A") + p(r("x"), style="B") + p(r("x"), style="A", ppr=out)
    page = page_of(body, styles=styles, numbering=numbering)
    assert [(one.style, one.label, one.depth) for one in page.paragraphs] == [
        ("List A", "1.", 0),
        ("List B", "1)", 1),
        ("List A", "", 0),
    ]


def test_a_list_may_be_that_of_a_list_style() -> None:
    numbering = (
        abstract(0, lvl(0, "%1)", "upperLetter"), more='<w:styleLink w:val="L"/>')
        + abstract(1, more='<w:numStyleLink w:val="L"/>')
        + num(1, 1)
    )
    assert labels(item() + item(), numbering=numbering) == ["A)", "B)"]


def test_numbering_added_or_changed_reads_as_it_was_before() -> None:
    added = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{ins()}</w:numPr>'
    level = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = (
        p(r("x"), ppr=added)
        + item(at=1, more=change("pPrChange", level))
        + item(more=change("pPrChange", "<w:pPr/>"))
    )
    assert both(body, numbering=OUTLINE) == [("1.", ""), ("a)", "1."), ("2.", "")]


def test_names_levels_and_indents_come_from_the_style_and_those_below_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Call"/>'
        '<w:pPr><w:ind w:left="1440" w:hanging="720"/><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="I"><w:name w:val="Call_2"/>'
        '<w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="J"><w:name w:val="Around"/>'
        '<w:basedOn w:val="K"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:basedOn w:val="J"/></w:style>'
    )
    body = (
        p(r("a"))
        + p(r("b"), style="I")
        + p(r("c"), style="I", ppr='<w:ind w:left="2160"/><w:outlineLvl w:val="9"/>')
        + p(r("d"), style="J")
        + p(r("e"), style="Unknown")
    )
    page = page_of(body, styles=styles)
    assert [(one.style, one.outline, one.depth) for one in page.paragraphs] == [
        ("", None, 0),
        ("Call_2", 1, 1),
        ("Call_2", None, 2),
        ("Around", None, 0),
        ("Unknown", None, 0),
    ]


def test_notes_are_counted_apart_from_the_text() -> None:
    note = f'<w:footnote w:id="1">{item()}</w:footnote>'
    call = r("a", inside='<w:footnoteReference w:id="1"/>')
    assert labels(item(call) + item(), numbering=OUTLINE, footnotes=note) == ["1.", "2.", "1."]


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (14, "decimalZero", "14"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (1, "ordinal", "1st"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (21, "cardinalText", "Twenty-one"),
        (1, "ordinalText", "First"),
        (20, "ordinalText", "Twentieth"),
        (32, "ordinalText", "Thirty-second"),
        (2, "ideographTraditional", "乙"),
        (5, "chicago", "**"),
        (3, "none", ""),
        (3, "never heard of", "3"),
        (0, "lowerRoman", "0"),
        (-3, "lowerLetter", "-3"),
    ],
)
def test_a_number_is_written_as_its_form_says(number: int, form: str, printed: str) -> None:
    assert written(number, form) == printed


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "ins", "del"])), max_size=25),
)
def test_the_two_countings_are_those_of_the_two_texts(items: list[tuple[int, str]]) -> None:
    """What is counted in a reading is what a file of only its paragraphs would count."""
    texts = ("%1.", "%1.%2.", "%1.%2.%3.", "%1.%2.%3.%4.")
    numbering = abstract(0, *(lvl(at, text) for at, text in enumerate(texts))) + num(1, 0)
    marked = "".join(item(at=at, mark=change(kind) if kind else "") for at, kind in items) + p()
    seen = both(marked, numbering=numbering)
    now = "".join(item(at=at) for at, kind in items if kind != "del") + p()
    before = "".join(item(at=at) for at, kind in items if kind != "ins") + p()
    assert [label for label, _ in seen if label] == [
        label for label in labels(now, numbering=numbering) if label
    ]
    assert [label for _, label in seen if label] == [
        label for label in labels(before, numbering=numbering) if label
    ]
