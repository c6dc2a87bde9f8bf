"""References to other clauses: tied where certain, told as uncertain otherwise."""

from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain.terms import Kind
from negotiation.views.references import references
from tests.given import Case

LABELS = "a) b) c)".split()


def text(words, *more):
    """Two blocks with letters, one with numbers, and a clause with these words at the end."""
    case = Case().has(do.OpenNegotiation("DL/2"))
    rows = [
        ("recalling", "h1", Kind.HEADING, ""),
        *((f"thing {label}", f"r{n}", Kind.ITEM, label) for n, label in enumerate(LABELS)),
        ("resolves", "h2", Kind.HEADING, ""),
        ("to measure;", "v1", Kind.PARAGRAPH, "1"),
        ("to publish;", "v2", Kind.PARAGRAPH, "2"),
        *more,
        (words, "here", Kind.PARAGRAPH, "3"),
    ]
    after = ""
    for said, name, kind, label in rows:
        case.has(do.TableClause(name, kind, label, said, after))
        after = name
    return case.timeline


def found(words, *more):
    """The words recognised, and the clause that each is tied to."""
    timeline = text(words, *more)
    return [(one.words, one.clause) for one in references(timeline, timeline.head, "here")]


def test_a_number_means_the_paragraph_of_its_block():
    """With and without "above"."""
    assert found("as in paragraph 1 above and paragraph 2") == [
        ("paragraph 1 above", "v1"),
        ("paragraph 2", "v2"),
    ]


def test_a_letter_means_the_item_of_the_only_block_that_has_it():
    """Bare letters need "above" or "below" behind them, and that has to be so."""
    assert found("referred to in b) above, to c) below, and a) alone") == [
        ("b) above", "r1"),
        ("c) below", ""),
    ]


def test_a_heading_with_a_label_means_its_block():
    """ "recalling c)"."""
    assert found("noting recalling c), and resolves 2;") == [
        ("recalling c)", "r2"),
        ("resolves 2", "v2"),
    ]


def test_what_could_be_two_clauses_is_uncertain():
    """Two of one label in the block."""
    timeline = text("see paragraph 2 above", ("to print;", "v3", Kind.PARAGRAPH, "2"))
    (one,) = references(timeline, timeline.head, "here")
    assert one.clause == ""
    assert one.candidates == ("v2", "v3")


def test_what_is_not_there_is_uncertain_and_other_documents_are_none():
    """Nothing is guessed."""
    assert found("see paragraph 7 above") == [("paragraph 7 above", "")]
    assert found("recalling Resolution 12 (Rev. Apia, 2020)") == []


@draw(st.text(max_size=60).filter(lambda words: words.strip()))
def test_any_words_have_an_answer_inside_them(words):
    """No text is refused, and every reference lies in the words."""
    said = "paragraph 1 above, " + words
    timeline = text(said)
    moment = timeline.moment()
    here = moment.clause("here")
    for one in references(timeline, timeline.head, "here"):
        assert here.passage.words[one.start : one.end] == one.words
