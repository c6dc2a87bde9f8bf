"""A Word file is read with every tracked change, whoever made it and wherever it stands."""

import pytest

from negotiation.papers.docx.page import Cell, Touch, Where, accepted, rejected
from tests.papers.word_files import (
    ANN,
    BOB,
    THEN,
    change,
    dele,
    dr,
    ins,
    p,
    page_of,
    r,
    readings,
    told,
)


def cell(*inside: str, tcpr: str = "") -> str:
    return f"<w:tc><w:tcPr>{tcpr}</w:tcPr>{''.join(inside)}</w:tc>"


def row(*cells: str, trpr: str = "") -> str:
    return f"<w:tr><w:trPr>{trpr}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


class TestChangesOfWords:
    def test_words_inserted_and_struck_are_told_apart(self) -> None:
        page = page_of(p(r("The "), dele(dr("old")), ins(r("new"), by="Bob"), r(" text.")))
        assert [(s.words, s.inserted, s.struck) for s in page.paragraphs[0].spans] == [
            ("The ", None, None),
            ("old", None, ANN),
            ("new", BOB, None),
            (" text.", None, None),
        ]
        assert accepted(page) == ("The new text.",)
        assert rejected(page) == ("The old text.",)

    def test_what_one_struck_inside_the_insertion_of_another_keeps_both(self) -> None:
        page = page_of(p(ins(r("a "), dele(dr("b "), by="Bob"), r("c"))))
        assert told(page) == [[("a ", "Ann", ""), ("b ", "Ann", "Bob"), ("c", "Ann", "")]]

    def test_an_insertion_inside_a_deletion_keeps_both_too(self) -> None:
        assert told(page_of(p(dele(ins(dr("x"), by="Bob"))))) == [[("x", "Bob", "Ann")]]

    def test_runs_with_the_same_history_are_one_span_and_others_are_not(self) -> None:
        page = page_of(
            p(ins(r("a")), ins(r("b")), ins(r("c"), on="2025-03-04T10:21:00Z"), r("d"), r("e"))
        )
        assert [span.words for span in page.paragraphs[0].spans] == ["ab", "c", "de"]

    @pytest.mark.parametrize(
        "around",
        [
            '<w:hyperlink r:id="x">{}</w:hyperlink>',
            '<w:smartTag w:element="x"><w:smartTagPr/>{}</w:smartTag>',
            '<w:customXml w:element="x"><w:customXmlPr/>{}</w:customXml>',
            '<w:fldSimple w:instr=" DATE ">{}</w:fldSimple>',
            '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
            '<w:bdo w:val="rtl">{}</w:bdo>',
            "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
        ],
    )
    def test_what_wraps_words_hides_neither_them_nor_their_changes(self, around: str) -> None:
        inside = around.format(r("a") + dele(dr("b")) + ins(r("c")))
        assert readings(p(inside)) == (("ac",), ("ab",))
        assert readings(p(ins(around.format(r("a"))), r("b"))) == (("ab",), ("b",))

    def test_a_content_control_that_was_put_in_or_taken_away_leaves_its_words(self) -> None:
        for kind in ("Ins", "Del"):
            body = (
                change(f"customXml{kind}RangeStart")
                + f'<w:sdt><w:sdtPr/><w:sdtContent><w:customXml{kind}RangeEnd w:id="1"/>'
                + r("a")
                + change(f"customXml{kind}RangeStart", more="")
                + f'</w:sdtContent></w:sdt><w:customXml{kind}RangeEnd w:id="1"/>'
            )
            assert readings(p(body, r("b"))) == (("ab",), ("ab",))

    def test_strike_and_underline_by_hand_are_told(self) -> None:
        page = page_of(
            p(
                r("a", rpr="<w:strike/>"),
                r("b", rpr="<w:dstrike/>"),
                r("c", rpr='<w:strike w:val="0"/>'),
                r("d", rpr='<w:u w:val="single"/>'),
                r("e", rpr='<w:u w:val="none"/>'),
                "<w:hyperlink>" + r("f", rpr='<w:u w:val="single"/>') + "</w:hyperlink>",
            )
        )
        assert [(s.words, s.drawn_struck, s.drawn_under) for s in page.paragraphs[0].spans] == [
            ("ab", True, False),
            ("c", False, False),
            ("d", False, True),
            ("ef", False, False),
        ]


class TestMoves:
    def test_both_halves_carry_the_name_of_the_move(self) -> None:
        page = page_of(
            change("moveFromRangeStart", more='w:name="m1"')
            + p(change("moveFrom", r("a")), mark=change("moveFrom"))
            + '<w:moveFromRangeEnd w:id="1"/>'
            + p(r("b"))
            + p(
                change("moveToRangeStart", more='w:name="m1"'),
                change("moveTo", r("a"), dele(dr("!"), by="Bob")),
                '<w:moveToRangeEnd w:id="1"/>',
                mark=change("moveTo"),
            )
            + p(r("c"))
        )
        gone, _, come, _ = page.paragraphs
        assert gone.spans[0].struck == gone.mark_struck == Touch("Ann", THEN, move="m1")
        assert [(s.words, s.inserted, s.struck) for s in come.spans] == [
            ("a", Touch("Ann", THEN, move="m1"), None),
            ("!", Touch("Ann", THEN, move="m1"), BOB),
        ]
        assert come.mark_inserted == Touch("Ann", THEN, move="m1")
        assert accepted(page) == ("b", "a", "c")
        assert rejected(page) == ("a", "b", "c")

    def test_a_move_around_everything_moves_only_what_says_so(self) -> None:
        page = page_of(
            change("moveFromRangeStart", more='w:name="m1"')
            + p(r("stays "), change("moveFrom", r("goes")))
            + p(r("stays too"))
            + '<w:moveFromRangeEnd w:id="1"/>'
        )
        assert accepted(page) == ("stays ", "stays too")


class TestEndsOfParagraphs:
    def test_a_split_and_a_joined_paragraph_read_as_they_were_and_as_they_are(self) -> None:
        assert readings(p(r("one "), mark=ins()) + p(r("two"))) == (("one ", "two"), ("one two",))
        assert readings(p(r("one "), mark=dele()) + p(r("two"))) == (("one two",), ("one ", "two"))

    def test_a_mark_that_one_inserted_and_another_struck_keeps_both(self) -> None:
        (first, _) = page_of(p(r("a"), mark=ins() + dele(by="Bob")) + p(r("b"))).paragraphs
        assert (first.mark_inserted, first.mark_struck) == (ANN, BOB)

    def test_a_change_around_whole_paragraphs_is_one_of_their_words_and_marks(self) -> None:
        body = p(r("a")) + ins(p(r("b")) + p(r("c"), dele(dr("d"), by="Bob"))) + p(r("e"))
        page = page_of(body)
        assert accepted(page) == ("a", "b", "c", "e")
        assert rejected(page) == ("a", "e")
        assert page.paragraphs[1].mark_inserted == ANN

    def test_the_last_paragraph_ends_whatever_its_mark_says(self) -> None:
        (only,) = page_of(p(r("a"), mark=dele())).paragraphs
        assert only.mark_struck is None


class TestTables:
    def test_cells_come_in_reading_order_with_their_places(self) -> None:
        page = page_of(
            p(r("a"))
            + table(
                row(cell(p(r("b")), tcpr='<w:gridSpan w:val="2"/>'), cell(p(r("c")) + p(r("d")))),
                row(cell(table(row(cell(p(r("e"))))) + p()), trpr='<w:gridBefore w:val="1"/>'),
            )
            + p(r("f"))
        )
        assert [(one.words, one.where, one.cell) for one in page.paragraphs] == [
            ("a", Where.BODY, None),
            ("b", Where.CELL, Cell(0, 0, 0)),
            ("c", Where.CELL, Cell(0, 0, 2)),
            ("d", Where.CELL, Cell(0, 0, 2)),
            ("e", Where.CELL, Cell(1, 0, 0)),
            ("", Where.CELL, Cell(0, 1, 1)),
            ("f", Where.BODY, None),
        ]

    def test_a_row_inserted_or_struck_takes_its_words_with_it(self) -> None:
        body = table(
            row(cell(p(r("a")))),
            row(cell(p(r("b"))), trpr=ins()),
            row(cell(p(r("c"))), trpr=dele(by="Bob")),
        ) + p(r("d"))
        assert readings(body) == (("a", "b", "d"), ("a", "c", "d"))
        assert told(page_of(body))[1:3] == [[("b", "Ann", "")], [("c", "", "Bob")]]

    def test_a_cell_inserted_or_struck_takes_its_words_with_it(self) -> None:
        body = table(
            row(
                cell(p(r("a"))),
                cell(p(r("b")), tcpr=change("cellIns")),
                cell(p(r("c")), tcpr=change("cellDel", by="Bob")),
            )
        ) + p(r("d"))
        assert readings(body) == (("a", "b", "d"), ("a", "c", "d"))

    def test_rows_and_cells_in_content_controls_are_rows_and_cells(self) -> None:
        wrapped = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = table(wrapped.format(row(cell(p(r("a"))), wrapped.format(cell(p(r("b")))))))
        page = page_of(body + p())
        assert [one.cell for one in page.paragraphs] == [Cell(0, 0, 0), Cell(0, 0, 1), None]

    def test_words_never_run_out_of_a_cell_or_into_a_table(self) -> None:
        body = (
            p(r("a"), mark=dele())
            + table(row(cell(p(r("b"), mark=dele())), cell(p(r("c"), mark=ins()))))
            + p(r("d"))
        )
        assert readings(body) == (("a", "b", "c", "d"), ("a", "b", "c", "d"))

    def test_a_paragraph_split_for_a_new_table_is_whole_again_without_it(self) -> None:
        body = (
            p(r("one "), mark=ins())
            + table(row(cell(p(ins(r("x")), mark=ins())), trpr=ins()))
            + p(r("two"))
        )
        assert readings(body) == (("one ", "x", "two"), ("one two",))
