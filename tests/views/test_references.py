"""References to other clauses: tied where certain, told as uncertain otherwise."""

from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain.terms import Kind
from negotiation.views.references import all_references, references
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


def resolution(words):
    """Paragraphs as the room calls them, the last operative one with these words."""
    case = Case().has(do.OpenNegotiation("L.41", conventions="un"))
    rows = [
        ("recalling", "p1", "PP1", 0),
        ("noting", "p2", "PP2", 0),
        ("decides that:", "o1", "OP1", 0),
        ("tables be kept;", "o1a", "(a)", 1),
        ("requests", "o2", "OP2", 0),
        (words, "here", "OP3", 0),
    ]
    after = ""
    for said, name, label, level in rows:
        case.has(do.TableClause(name, Kind.ITEM, label, said, after, level))
        after = name
    return case


def test_the_two_halves_of_a_resolution_are_told_apart():
    """ "OP2" is never "PP2"; a number by itself may be either."""
    timeline = resolution("as in OP1 (a), OP 2, PPs 1 and 2, and preambular paragraph 2").timeline
    here = references(timeline, timeline.head, "here")
    assert [one.clause for one in here] == ["o1", "o1a", "o2", "p1", "p2", "p2"]
    timeline = resolution("as in paragraph 2, and OP2 of resolution 70/1").timeline
    (one,) = references(timeline, timeline.head, "here")
    assert one.candidates == ("p2", "o2")


def test_what_is_preambular_is_never_an_operative_paragraph():
    """A preamble has no numbers in print; the operative paragraphs have."""
    assert found("operative paragraph 2") == [("operative paragraph 2", "v2")]
    assert found("preambular paragraph 2") == [("preambular paragraph 2", "")]


def treaty(words, *more):
    """Article 1 with two paragraphs, one with subparagraphs, Annex II, and Article 2 with these."""
    case = Case().has(do.OpenNegotiation("DL/2", conventions="unfccc"))
    rows = [
        ("Aim", "a1", Kind.HEADING, "Article 1", 0),
        ("Dry feet.", "p1", Kind.ITEM, "1.", 1),
        ("Gauges:", "p2", Kind.ITEM, "2.", 1),
        ("fixed;", "s1", Kind.ITEM, "(a)", 2),
        ("public.", "s2", Kind.ITEM, "(b)", 2),
        ("Lists", "x2", Kind.HEADING, "Annex II", 0),
        ("Reports", "a2", Kind.HEADING, "Article 2", 0),
        ("Yearly.", "q1", Kind.ITEM, "1.", 1),
        *more,
        (words, "here", Kind.ITEM, "2.", 1),
    ]
    after = ""
    for said, name, kind, label, level in rows:
        case.has(do.TableClause(name, kind, label, said, after, level))
        after = name
    timeline = case.timeline
    return [(one.words, one.clause) for one in references(timeline, timeline.head, "here")]


def test_articles_paragraphs_and_annexes_of_a_treaty():
    """However they are written."""
    assert treaty("Article 1.2; Article 1, paragraphs 1 and 2(b); Annex II.") == [
        ("Article 1.2", "p2"),
        ("Article 1", "a1"),
        ("paragraphs 1", "p1"),
        ("2", "p2"),
        ("(b)", "s2"),
        ("Annex II", "x2"),
    ]
    assert treaty("as article 1 paragraph 2 has it")[1:] == [("paragraph 2", "p2")]
    assert treaty("under paragraph 2 of Article 1 and articles 1 and 2") == [
        ("paragraph 2", "p2"),
        ("Article 1", "a1"),
        ("articles 1", "a1"),
        ("2", "a2"),
    ]
    assert treaty("subparagraph (a) of paragraph 2 of article 1") == [
        ("subparagraph (a)", "s1"),
        ("paragraph 2", "p2"),
        ("article 1", "a1"),
    ]


def test_a_number_inside_another_paragraph_is_doubtful():
    """Only from beside it, it may be called so."""
    more = (
        ("Of these:", "q2", Kind.ITEM, "3.", 1),
        ("yearly;", "t1", Kind.ITEM, "7.", 2),
        ("monthly.", "t2", Kind.ITEM, "8.", 2),
    )
    assert treaty("under paragraph 7", *more) == [("paragraph 7", "")]


def test_paragraphs_without_an_article_are_of_this_one():
    """Never of another one, even where only that one has such a number."""
    assert treaty("in paragraph 1 and paragraph 1 of this Article") == [
        ("paragraph 1", "q1"),
        ("paragraph 1", "q1"),
    ]
    assert treaty("in paragraph 2(b) above") == [("paragraph 2", ""), ("(b) above", "")]
    assert treaty("paragraphs 1–2 of Article 1")[:2] == [("paragraphs 1", "p1"), ("2", "p2")]


def test_what_belongs_to_another_instrument_is_no_reference():
    """Named behind, before, or far behind; "this Agreement" is the text itself."""
    for words in (
        "Article 2 of the Convention",
        "Article 1, paragraph 2, of the Harbour Convention",
        "paragraph 1 of Resolution 130 (Rev. Apia, 2020)",
        "paragraphs 1 and 2 of its resolution 8/14",
        "Articles 1, 2 and 4 of the Convention on Tides",
        "decision 1/CP.18, paragraph 2",
        "the Convention, in particular its Article 1",
        "Annex II to the Harbour Protocol",
        "agenda item 2",
    ):
        assert treaty(words) == [], words
    assert treaty("Article 1 of this Agreement") == [("Article 1", "a1")]


def test_the_agreement_may_be_another_one():
    """Where the text calls itself an Agreement, "the Agreement" is doubtful."""
    said = "as this Agreement has it, Article 1 of the Agreement"
    assert treaty(said) == [("Article 1", "")]


def test_a_number_to_be_filled_in_is_told():
    """ "paragraph x" and "Articles X–Y"."""
    assert treaty("paragraph x and Articles X–Y") == [
        ("paragraph x", ""),
        ("Articles X", ""),
        ("Y", ""),
    ]


def test_an_insertion_is_no_other_article():
    """Article 1 bis, where there is none, is not Article 1."""
    assert treaty("Article 1 bis") == [("Article 1 bis", "")]
    more = (("Floods", "b1", Kind.HEADING, "Article 1bis", 0),)
    assert treaty("Article 1 bis", *more) == [("Article 1 bis", "b1")]


def test_verbs_with_common_words_are_no_references():
    """A number that counts things is none."""
    assert found("noting 2 reports, resolves 2 reports and resolves 1;") == [("resolves 1", "v1")]


def test_the_whole_text_is_read_in_order():
    """Struck clauses are left out."""
    timeline = text("see paragraph 1 above")
    moment = timeline.moment()
    assert [(one.clause, one.reference.clause) for one in all_references(moment)] == [
        ("here", "v1")
    ]


@draw(st.text(max_size=60).filter(lambda words: words.strip()))
def test_any_words_have_an_answer_inside_them(words):
    """No text is refused, and every reference lies in the words."""
    said = "paragraph 1 above, " + words
    timeline = text(said)
    moment = timeline.moment()
    here = moment.clause("here")
    for one in references(timeline, timeline.head, "here"):
        assert here.passage.words[one.start : one.end] == one.words
