"""What a Word file says is what is read, whatever is in it."""

from hypothesis import given

from negotiation.papers.docx.page import WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from tests.papers.word_files import docx, p, r
from tests.papers.word_pages import pages, word_file


@given(pages())
def test_a_page_written_and_read_is_the_same_page(page: WordPage) -> None:
    assert read_word(word_file(page), "a.docx") == page


@given(pages())
def test_a_file_of_only_what_stands_reads_as_the_accepted_one(page: WordPage) -> None:
    read = read_word(word_file(page), "a.docx")
    for view in (accepted, rejected):
        plain = docx("".join(p(r(words)) for words in view(read)))
        again = read_word(plain, "a.docx")
        assert not again.tracked
        assert [one.words for one in again.paragraphs] == list(view(read)), view.__name__
