"""What a Word file says is what is read, whatever is in it and however it is wrapped."""

from collections.abc import Callable, Iterator

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from negotiation.papers.docx.page import WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from tests.papers.word_files import SPACES, change, docx, p, page_of, r
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


def _wrapped(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    around = st.sampled_from(
        [
            lambda held: change("ins", held),
            lambda held: change("del", held, by="Bob"),
            lambda held: change("moveTo", held),
            lambda held: change("moveFrom", held),
            lambda held: f"<w:hyperlink>{held}</w:hyperlink>",
            lambda held: f"<w:sdt><w:sdtPr/><w:sdtContent>{held}</w:sdtContent></w:sdt>",
            lambda held: f"<w:smartTag>{held}</w:smartTag>",
            lambda held: f"<w:customXml>{held}</w:customXml>",
            lambda held: (
                f"<mc:AlternateContent><mc:Choice>{held}</mc:Choice>"
                f"<mc:Fallback>{held}</mc:Fallback></mc:AlternateContent>"
            ),
        ]
    )
    return st.builds(
        lambda wrap, held: wrap("".join(held)), around, st.lists(inside, min_size=1, max_size=3)
    )


_MARKS = st.sampled_from(["", change("ins"), change("del"), change("ins") + change("del")])
_RUNS = st.recursive(st.sampled_from("abcdef").map(r), _wrapped, max_leaves=5)
_PARAGRAPHS = st.builds(
    lambda inside, mark: p(*inside, mark=mark), st.lists(_RUNS, max_size=3), _MARKS
)
_CELLS = st.builds(
    lambda inside, how: f"<w:tc><w:tcPr>{how}</w:tcPr>{''.join(inside)}</w:tc>",
    st.lists(_PARAGRAPHS, min_size=1, max_size=2),
    st.sampled_from(["", change("cellIns"), change("cellDel")]),
)
_ROWS = st.builds(
    lambda inside, how: f"<w:tr><w:trPr>{how}</w:trPr>{''.join(inside)}</w:tr>",
    st.lists(_CELLS, min_size=1, max_size=2),
    _MARKS,
)
_TABLES = st.lists(_ROWS, min_size=1, max_size=3).map(
    lambda rows: f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
)
_BODIES = st.lists(_PARAGRAPHS | _wrapped(_PARAGRAPHS) | _TABLES, max_size=5).map("".join)


@given(_BODIES)
def test_words_stand_where_nothing_around_them_says_otherwise(body: str) -> None:
    """The slow twin looks up from each word to everything around it, and knows nothing else."""
    page = page_of(body)
    assert "".join(accepted(page)) == "".join(_standing(body, _struck))
    assert "".join(rejected(page)) == "".join(_standing(body, _inserted))


def _standing(body: str, gone: Callable[[etree._Element], bool]) -> Iterator[str]:
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    root = etree.fromstring(f"<body {declared}>{body}</body>")
    for word in root.iter("{*}t"):
        above = list(word.iterancestors())
        if not any(_named(one, "Fallback") or gone(one) for one in above):
            yield word.text or ""


def _named(one: etree._Element, *names: str) -> bool:
    return str(one.tag).rpartition("}")[2] in names


def _struck(one: etree._Element) -> bool:
    said = one.find("{*}trPr/{*}del") if _named(one, "tr") else one.find("{*}tcPr/{*}cellDel")
    return _named(one, "del", "moveFrom") or said is not None


def _inserted(one: etree._Element) -> bool:
    said = one.find("{*}trPr/{*}ins") if _named(one, "tr") else one.find("{*}tcPr/{*}cellIns")
    return _named(one, "ins", "moveTo") or said is not None
