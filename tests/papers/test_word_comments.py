"""The comments of a Word file: by whom, about what, in answer to whom, and whether resolved."""

import datetime as dt

from negotiation.papers.docx.page import LeftOut, Place, WordPage
from negotiation.papers.docx.reader import read_word
from tests.corpus import corpus_file
from tests.papers.word_files import THEN, dele, dr, ins, p, page_of, r


def comment(id: str, words: str, by: str = "Ann", paragraph: str = "", more: str = "") -> str:
    return (
        f'<w:comment w:id="{id}" w:author="{by}" w:date="2025-03-04T10:20:00Z"{more}>'
        f'<w:p w14:paraId="{paragraph}"><w:r><w:annotationRef/></w:r>{r(words)}</w:p></w:comment>'
    )


def begins(id: str) -> str:
    return f'<w:commentRangeStart w:id="{id}"/>'


def ends(id: str) -> str:
    return f'<w:commentRangeEnd w:id="{id}"/>' + called(id)


def called(id: str) -> str:
    return r(inside=f'<w:commentReference w:id="{id}"/>')


def about(page: WordPage, number: int = 0) -> str:
    """The words that a comment is about, paragraphs parted by strokes."""
    found = page.comments[number]
    rows = [one.words for one in page.paragraphs][found.start.paragraph : found.end.paragraph + 1]
    rows[-1] = rows[-1][: found.end.offset]
    rows[0] = rows[0][found.start.offset :]
    return "|".join(rows)


def test_a_comment_is_about_the_words_between_its_ends_struck_ones_included() -> None:
    body = p(r("The "), begins("1"), dele(dr("old ")), r("text"), ends("1"), ins(r(".")))
    page = page_of(body, comments=comment("1", "Why?"))
    (found,) = page.comments
    assert (found.author, found.words, found.at, found.utc) == ("Ann", "Why?", THEN, None)
    assert about(page) == "old text"


def test_a_comment_may_span_paragraphs_and_begin_between_them() -> None:
    body = p(r("a")) + begins("1") + p(r("b")) + p(r("c"), ends("1"), r("d"))
    page = page_of(body, comments=comment("1", "x"))
    assert page.comments[0].start == Place(1, 0)
    assert about(page) == "b|c"


def test_a_comment_that_ends_between_paragraphs_ends_with_the_one_before() -> None:
    body = p(begins("1"), r("a")) + '<w:commentRangeEnd w:id="1"/>' + p(r("b"), called("1"))
    assert about(page_of(body, comments=comment("1", "x"))) == "a"


def test_a_comment_without_ends_stands_where_it_is_called() -> None:
    page = page_of(p(r("ab"), called("1"), r("c")), comments=comment("1", "x"))
    assert page.comments[0].start == page.comments[0].end == Place(0, 2)


def test_ends_the_wrong_way_round_are_one_place() -> None:
    body = p('<w:commentRangeEnd w:id="1"/>', r("ab"), begins("1"), r("c"))
    page = page_of(body, comments=comment("1", "x"))
    assert page.comments[0].start == page.comments[0].end == Place(0, 2)


def test_answers_name_what_they_answer_and_resolved_ones_say_so() -> None:
    threads = (
        '<w15:commentEx w15:paraId="0000000A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>'
    )
    page = page_of(
        p(begins("1"), r("a"), ends("1")),
        comments=comment("2", "Because.", "Bob", "0000000b")
        + comment("1", "Why?", "Ann", "0000000A"),
        extra={"commentsExtended": threads},
    )
    assert [(one.id, one.author, one.reply_to, one.done) for one in page.comments] == [
        ("1", "Ann", "", True),
        ("2", "Bob", "1", False),
    ]
    assert page.comments[1].start == page.comments[0].start


def test_the_instant_comes_from_the_newer_part_of_the_file() -> None:
    page = page_of(
        p(begins("1"), r("a"), ends("1")),
        comments=comment("1", "x", paragraph="0000000A"),
        extra={
            "commentsIds": '<w16cid:commentId w16cid:paraId="0000000A" w16cid:durableId="7F"/>',
            "commentsExtensible": '<w16cex:commentExtensible w16cex:durableId="7F" '
            'w16cex:dateUtc="2025-03-04T09:20:00Z"/>',
        },
    )
    (found,) = page.comments
    assert found.at == THEN
    assert found.when == found.utc == dt.datetime(2025, 3, 4, 9, 20, tzinfo=dt.UTC)


def test_the_words_of_a_comment_are_those_that_stand_in_it() -> None:
    held = '<w:comment w:id="1" w:author="Ann">{}</w:comment>'.format(
        p(r("a"), dele(dr("b"))) + p(ins(r("c")))
    )
    assert page_of(p(called("1"), r("x")), comments=held).comments[0].words == "a\nc"


def test_a_comment_with_no_place_in_the_text_is_counted_not_kept() -> None:
    page = page_of(p(r("a")), comments=comment("1", "x"))
    assert page.comments == ()
    assert page.left_out == (LeftOut("comment without a place", 1),)


def test_comments_of_a_real_file_are_read_with_their_thread() -> None:
    source = corpus_file("docx/pandoc/comments.docx").read_bytes()
    page = read_word(source, "comments.docx")
    assert [(one.id, one.reply_to) for one in page.comments] == [
        ("0", ""),
        ("1", ""),
        ("2", ""),
        ("3", ""),
        ("4", "3"),
    ]
    assert page.comments[1].end.paragraph == page.comments[1].start.paragraph + 1
