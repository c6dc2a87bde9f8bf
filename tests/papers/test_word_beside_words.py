"""What stands in a Word file beside plain words: fields, signs, notes, headers, pictures."""

import datetime as dt

import pytest

from negotiation.papers.docx.package import NotAWordFile
from negotiation.papers.docx.page import LeftOut, Touch, Where, WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from negotiation.papers.xml_file import NotXml
from tests.papers.word_files import (
    THEN,
    archive,
    change,
    dele,
    dr,
    ins,
    p,
    page_of,
    r,
    readings,
)

BEGIN, MIDDLE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)
CODE = "<w:r><w:instrText> REF a </w:instrText></w:r>"


class TestFieldsAndSigns:
    def test_the_code_of_a_field_is_hidden_and_its_outcome_is_not(self) -> None:
        assert readings(p(r("a "), BEGIN, CODE, MIDDLE, r("b"), END, r(" c")))[0] == ("a b c",)

    def test_a_field_in_the_code_of_another_is_hidden_with_it(self) -> None:
        inner = BEGIN + CODE + MIDDLE + r("inner") + END
        body = p(BEGIN, CODE, inner, MIDDLE, r("a"), END)
        assert readings(body)[0] == ("a",)

    def test_a_field_may_run_over_paragraphs_and_be_changed_inside(self) -> None:
        body = p(BEGIN, CODE, MIDDLE, r("a")) + p(dele(dr("b")), ins(r("c")), END)
        assert readings(body) == (("a", "c"), ("a", "b"))

    def test_a_struck_field_is_struck_with_its_code_unseen(self) -> None:
        struck = "<w:r><w:delInstrText> DATE </w:delInstrText></w:r>"
        assert readings(p(dele(BEGIN, struck, MIDDLE, dr("a"), END))) == (("",), ("a",))

    def test_a_field_that_never_ends_hides_nothing_behind_it(self) -> None:
        assert readings(p(BEGIN, CODE, r("a")) + p(r("b")))[0] == ("a", "b")

    def test_tabs_breaks_and_hyphens_are_characters(self) -> None:
        signs = "<w:tab/><w:br/><w:cr/><w:noBreakHyphen/><w:softHyphen/><w:ptab/>"
        tabs = '<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>'
        body = p(r("a", inside=signs), r("b"), ppr=tabs)
        assert readings(body)[0] == ("a\t\n\n\u2011\u00ad\tb",)

    def test_a_symbol_is_the_character_that_its_font_draws(self) -> None:
        body = p(
            r(inside='<w:sym w:font="Symbol" w:char="F061"/>'),
            r(inside='<w:sym w:font="Wingdings" w:char="F0FC"/>'),
            r(inside='<w:sym w:font="Arial" w:char="2192"/>'),
            r(inside='<w:sym w:font="Symbol" w:char="B3"/>'),
        )
        assert readings(body)[0] == ("α✓→≥",)

    def test_of_two_alternatives_one_is_read(self) -> None:
        body = (
            f"<mc:AlternateContent><mc:Choice>{r('a')}</mc:Choice>"
            f"<mc:Fallback>{r('b')}</mc:Fallback></mc:AlternateContent>"
        )
        assert readings(p(body))[0] == ("a",)
        assert readings(p(body.replace(r("a"), "")))[0] == ("b",)

    def test_a_text_box_follows_the_paragraph_it_hangs_on_once(self) -> None:
        box = f"<w:txbxContent>{p(r('box '), ins(r('new')))}</w:txbxContent>"
        drawn = (
            f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        body = p(r("a "), r(inside=drawn), mark=dele()) + p(r("b")) + p(r("c"))
        page = page_of(body)
        assert accepted(page) == ("a b", "box new", "c")
        assert [one.where for one in page.paragraphs].count(Where.TEXT_BOX) == 1

    def test_a_formula_is_one_line_and_its_changes_are_changes(self) -> None:
        digit = "<m:r><m:t>2</m:t></m:r>"
        body = p(
            "<m:oMath><m:r><m:t>a=</m:t></m:r>",
            f"<m:r>{dele('<m:t>3</m:t>')}</m:r>",
            '<m:r><w:rPr><w:ins w:id="1" w:author="Bob"/></w:rPr><m:t>4</m:t></m:r>',
            f"<m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup>{digit}</m:sup></m:sSup>",
            f"<m:f><m:num><m:r><m:t>x+y</m:t></m:r></m:num><m:den>{digit}</m:den></m:f>",
            "</m:oMath>",
        )
        assert readings(body) == (("a=4r²(x+y)/2",), ("a=3r²(x+y)/2",))


class TestNotes:
    NOTES = (
        f'<w:footnote w:type="separator" w:id="-1">{p(r("never"))}</w:footnote>'
        f'<w:footnote w:id="7">{p(r(inside="<w:footnoteRef/>"), r(" Seven"), ins(r("!")))}'
        f'</w:footnote><w:footnote w:id="3">{p(r("Three"))}</w:footnote>'
    )

    def test_notes_follow_the_text_in_the_order_of_their_calls(self) -> None:
        body = p(
            r("a", inside='<w:footnoteReference w:id="3"/>'),
            r("b", inside='<w:footnoteReference w:id="7"/>'),
        )
        page = page_of(body, footnotes=self.NOTES)
        assert accepted(page) == ("a[^1]b[^2]", "Three", " Seven!")
        assert [(one.where, one.note) for one in page.paragraphs[1:]] == [
            (Where.FOOTNOTE, "1"),
            (Where.FOOTNOTE, "2"),
        ]
        assert rejected(page)[-1] == " Seven"

    def test_a_note_is_inserted_and_struck_with_its_call(self) -> None:
        call = r(inside='<w:footnoteReference w:id="3"/>')
        assert readings(p(r("a"), ins(call)), footnotes=self.NOTES) == (("a[^1]", "Three"), ("a",))
        assert readings(p(r("a"), dele(call)), footnotes=self.NOTES) == (("a",), ("a[^1]", "Three"))

    def test_endnotes_have_roman_numbers_and_a_mark_of_ones_own_is_printed_itself(self) -> None:
        body = p(
            r("a", inside='<w:endnoteReference w:id="1"/>'),
            r("b", inside='<w:endnoteReference w:customMarkFollows="1" w:id="2"/>'),
            r("*"),
        )
        notes = f'<w:endnote w:id="1">{p(r("x"))}</w:endnote>'
        page = page_of(body, endnotes=notes)
        assert accepted(page) == ("a[^i]b*", "x")
        assert page.paragraphs[1].where is Where.ENDNOTE


class TestTheFile:
    def test_a_strict_file_reads_like_any_other(self) -> None:
        maths = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
        picture = r(inside="<w:drawing><a:blip/></w:drawing>")
        body = p(r("The "), dele(dr("old")), ins(r("new")), maths, picture, style="S")
        style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Res_No"/></w:style>'
        assert page_of(body, styles=style) == page_of(body, styles=style, strict=True)
        page = page_of(body, styles=style, strict=True)
        assert (page.paragraphs[0].style, accepted(page)) == ("Res_No", ("The newx",))
        assert page.left_out == (LeftOut("picture", 1),)

    def test_times_are_aware_and_the_instant_is_told_where_the_file_tells_it(self) -> None:
        page = page_of(
            p(
                ins(r("a"), on="2025-03-04T10:20:00", more='w16du:dateUtc="2025-03-04T09:20:00Z"'),
                ins(r("b"), on="yesterday"),
                ins(r("c"), on="1970-01-01T00:00:00Z"),
                ins(r("d"), on=""),
            )
        )
        utc = dt.datetime(2025, 3, 4, 9, 20, tzinfo=dt.UTC)
        first, *others = [span.inserted for span in page.paragraphs[0].spans]
        assert first == Touch("Ann", THEN, utc)
        assert first.when == utc
        assert others == [Touch("Ann")]

    def test_headers_are_told_apart_from_the_text(self) -> None:
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
            '<w:headerReference w:type="first" r:id="header2"/></w:sectPr>'
        )
        lines = p(r("DL/13"), ins(r("(Rev.2)"))) + p() + p(r("Page 1"))
        page = page_of(
            p(r("a")) + section, extra={"header1": lines, "header2": p(r("Page 1")) + p(r("E"))}
        )
        assert page.headers == ("DL/13(Rev.2)", "Page 1", "E")
        assert accepted(page) == ("a",)

    def test_footers_are_counted_only(self) -> None:
        section = '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
        page = page_of(p(r("a")) + section, extra={"footer1": p(r("b")) + p() + p(r("c"))})
        assert page.headers == ()
        assert page.left_out == (LeftOut("line of a page footer", 2),)

    def test_damaged_xml_gets_one_sentence_that_names_the_part(self) -> None:
        with pytest.raises(NotXml, match=r"document\.xml in a\.docx"):
            page_of("<w:p>")

    def test_what_a_record_does_not_keep_is_counted(self) -> None:
        image = "<w:drawing><pic:pic><a:blip/></pic:pic></w:drawing>"
        seen = '<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="x"/></w:object>'
        bold = f"<w:b/>{change('rPrChange', '<w:rPr/>')}"
        page = page_of(
            p(r("a", rpr=bold, inside=image))
            + p(r(inside=seen), ppr=change("pPrChange", "<w:pPr/>")),
            extra={"word/embeddings/sheet.xlsx": b"x"},
        )
        assert page.left_out == (
            LeftOut("change of formatting", 2),
            LeftOut("embedded object", 1),
            LeftOut("picture", 1),
        )

    @pytest.mark.parametrize(
        "source",
        [b"", b"PK", archive({"a.txt": "a"})],
    )
    def test_what_is_no_word_file_gets_one_sentence(self, source: bytes) -> None:
        with pytest.raises(NotAWordFile, match=r"^a\.docx [^.]+(\.docx)?\.$"):
            read_word(source, "a.docx")

    def test_a_workbook_is_no_word_file(self) -> None:
        book = archive(
            {
                "_rels/.rels": '<Relationships xmlns="x"><Relationship Id="a" '
                'Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
                "xl/workbook.xml": "<workbook/>",
            }
        )
        with pytest.raises(NotAWordFile, match="is an Excel workbook"):
            read_word(book, "a.xlsx")

    def test_a_file_without_a_body_holds_nothing(self) -> None:
        assert page_of("") == WordPage(())
