"""What the reader says of files that it cannot read, and what files hold of odd texts."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Kind, ProposalTerms, Stance
from negotiation.papers.akn.names import SPACES, held, named_by, released, xml_id
from negotiation.papers.akn.reader import NotOurs, read
from negotiation.papers.akn.text import as_akn_text
from negotiation.papers.akn.words import label_in
from negotiation.papers.akn.writer import as_akoma_ntoso
from negotiation.papers.xml_file import NotXml
from negotiation.views.paths import find
from tests.papers.akn.schema import checked, read_plainly
from tests.papers.shapes import TEXTS, received

HEAD = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" '
    'xmlns:neg="urn:negotiation:akn:1">'
)


@pytest.fixture
def desk():
    return received((TEXTS / "tide-short.md").read_bytes(), "itu")


def written(desk: Desk) -> str:
    return as_akoma_ntoso(desk.timeline, desk.timeline.moment()).content.decode()


def of_clauses(words: str, label: str = "a)") -> Desk:
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
    desk.act(do.TableClause("c", Kind.ITEM, label, words, "", 1))
    return desk


def the(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, SPACES)
    assert found is not None, path
    return found


# -- what is no such file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("<html/>", "no Akoma Ntoso text"),
        (f"{HEAD}<statement name='x'/></akomaNtoso>", "did not write"),
    ],
)
def test_another_file_is_refused_in_one_sentence(source, part):
    with pytest.raises(NotOurs) as refused:
        read(source.encode(), "law.xml")
    said = str(refused.value)
    assert said.startswith("law.xml is ")
    assert part in said
    assert said.endswith(".")
    assert ". " not in said


def test_what_is_no_xml_is_refused():
    with pytest.raises(NotXml, match=r"law\.xml"):
        read(b"not XML at all", "law.xml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('neg:kind="item"', 'neg:kind="poem"'),
        ('neg:level="1"', 'neg:level="deep"'),
        (r'eId="clause_[a-z0-9]+"', 'eId="clause_other"'),
        (r'eId="clause_[a-z0-9]+"', ""),
        (r"clause_[a-z0-9]+", "clause_a_2f_b"),
        (r'tabled_by="\d+"', 'tabled_by="early"'),
        (r'happened="[^"]+"', 'happened="2031-05-06T09:00:00"'),
        (r'happened="[^"]+"', 'happened="yesterday"'),
        (r'kind="alternatives"', 'kind="heap"'),
        (r"<neg:reach [^>]*/>", '<neg:reach start="4" end="9999"/>'),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused_in_one_sentence(old, new):
    desk = received((TEXTS / "who-draft.md").read_bytes(), "who")
    text = written(desk)
    changed = re.sub(old, new, text, count=1)
    assert changed != text, "the change hits nothing"
    with pytest.raises(NotOurs) as refused:
        read(changed.encode(), "text.xml")
    said = str(refused.value)
    assert said.endswith(").")
    assert ". " not in said


def test_two_clauses_with_one_id_are_refused():
    desk = of_clauses("the tide")
    desk.act(do.TableClause("d", Kind.ITEM, "b)", "the ebb", "c", 1))
    changed = written(desk).replace("clause_d", "clause_c")
    with pytest.raises(NotOurs, match="two clauses"):
        read(changed.encode(), "text.xml")


def test_comments_and_words_typed_between_do_no_harm(desk):
    """An editor of XML may leave them, and may set the file anew."""
    text = written(desk).replace("<num>2</num>", "<num><!-- two -->2</num>")
    assert "<!-- two -->" in text
    told = as_akn_text(desk.timeline, desk.timeline.moment())
    assert read(text.encode(), "text.xml") == told


# -- what others make of it -----------------------------------------------------------------------


def test_another_library_reads_the_addresses(desk):
    """Which text it is, which revision of it, and in which language."""
    cobalt = pytest.importorskip("cobalt", reason="The other library is not installed.")
    statement = cobalt.Statement(written(desk).encode())
    uri = statement.frbr_uri
    assert uri.work_uri(work_component=False) == (
        "/akn/un/statement/deliberation/ahg-coastal-data/2023/dl-3"
    )
    assert (uri.doctype, uri.subtype, uri.actor, uri.number) == (
        *("statement", "deliberation", "ahg-coastal-data", "dl-3"),
    )
    assert (uri.language, uri.expression_date) == ("eng", "@2023-03-13")
    assert (statement.language, statement.expression_date.isoformat()) == ("eng", "2023-03-13")


# -- what a file holds ----------------------------------------------------------------------------


def test_characters_that_xml_cannot_hold_come_back_and_are_told_of():
    """Other readers see the sign for a character that is missing."""
    desk = of_clauses("the \x0btide\x1f \u00adrises\r\n\tand falls \ufffe", "a\x07)")
    moment = desk.timeline.moment()
    file = as_akoma_ntoso(desk.timeline, moment)
    root = checked(file.content)
    assert read(file.content, "text.xml") == as_akn_text(desk.timeline, moment)
    assert [(one.count, "\ufffd" in one.what) for one in file.losses] == [(4, True)]
    assert read_plainly(root) == ["the \ufffdtide\ufffd \u00adrises\r\n\tand falls \ufffd"]


@pytest.mark.parametrize("words", ["", "a\\b", "\\u0001", "\x01\\\x02", "ü\ufffe"])
def test_attributes_hold_any_words(words):
    assert released(held(words)) == words


@pytest.mark.parametrize("name", ["c1", "a_b", "_", "ü", "a b", "71_"])
def test_ids_say_whose_they_are(name):
    made = xml_id("clause", name)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", made)
    assert named_by(made) == name


def test_an_id_follows_its_clause_and_not_its_label(desk):
    clause = find(desk.timeline.moment(), "resolves/2")[0]
    desk.act(do.RelabelClause(clause.id, "7"))
    root = checked(written(desk).encode())
    found = root.findall(f".//*[@eId='clause_{clause.id}']")
    assert [one.findtext("num", namespaces=SPACES) for one in found] == ["7"]
    assert found[0].get("wId") == "resolves/2"
    mapping = root.find(".//mapping", SPACES)
    assert mapping is not None
    assert (mapping.get("original"), mapping.get("current")) == (
        "#resolves/2",
        f"#clause_{clause.id}",
    )


def test_a_strike_within_an_insertion_is_a_deletion_within_an_insertion():
    """Two hands on the same words, each with its act and its proposal."""
    desk = of_clauses("the tide rises")
    for name, old, new in (("p", "rises", "rises and falls"), ("q", "and falls", "")):
        terms = ProposalTerms(name, f"TC/{name}", ("FJI",))
        desk.act(do.ProposeAmendment("c", terms, (do.Rewording(new, do.WordsAt(old)),)))
    root = checked(written(desk).encode())
    nested = root.findall(".//ins/del", SPACES)
    assert ["".join(one.itertext()) for one in nested] == [" and falls"]
    inner = nested[0]
    outer = inner.getparent()
    assert outer is not None
    assert "#proposal_p" in outer.get("refersTo", "").split()
    assert "#proposal_q" in inner.get("refersTo", "").split()


def test_an_insertion_that_was_not_retained_is_not_read_by_anybody():
    desk = of_clauses("the tide rises")
    amend = do.Rewording(" at noon", do.WordsAt("rises"), do.Where.AFTER)
    desk.act(do.ProposeAmendment("c", ProposalTerms("p"), (amend,)))
    desk.act(do.DropProposal("p"))
    root = checked(written(desk).encode())
    assert read_plainly(root) == ["the tide rises"]
    assert "".join(the(root, ".//ins/del").itertext()).strip() == "at noon"


def test_a_strike_that_was_not_retained_is_no_deletion():
    desk = of_clauses("the tide rises at noon")
    strike = do.Rewording("", do.WordsAt(" at noon"))
    desk.act(do.ProposeAmendment("c", ProposalTerms("p"), (strike,)))
    desk.act(do.DropProposal("p"))
    root = checked(written(desk).encode())
    assert root.find(".//p/del", SPACES) is None
    assert read_plainly(root) == ["the tide rises at noon"]


def test_the_wordings_of_an_open_point_point_at_the_first_one(desk):
    root = checked(written(desk).encode())
    others = [one for one in root.iter() if one.get("alternativeTo")]
    assert len(others) == 1
    first = the(root, f".//*[@eId='{others[0].get('alternativeTo', '')[1:]}']")
    labels = [label_in(the(one, "num")) for one in (first, others[0])]
    assert labels == ["1bis", "1bis"]


def test_a_bracket_may_open_in_one_clause_and_close_in_another():
    desk = of_clauses("the tide")
    desk.act(do.TableClause("d", Kind.ITEM, "b)", "the ebb", "c", 1))
    desk.act(
        do.PlaceBracket("q", "c", do.WordsAt("tide"), "d", do.WordsAt("the"), holders=("FJI",))
    )
    root = checked(written(desk).encode())
    for clause, sign in (("c", "bracketOpen"), ("d", "bracketClose")):
        holder = the(root, f".//*[@eId='clause_{clause}']")
        found = holder.findall(".//inline", SPACES)
        assert [(one.get("name"), one.get("refersTo")) for one in found] == [(sign, "#point_q")]


def test_notes_go_out_only_when_they_are_for_everybody():
    desk = of_clauses("the tide")
    public = Visibility.PUBLIC
    desk.act(do.RecordPosition("c", "FJI", Stance.RESERVES, visibility=public))
    desk.act(do.RecordPosition("c", "KIR", Stance.OPPOSES, visibility=Visibility.GROUP))
    desk.act(do.MakeRemark("c", "between ourselves", visibility=Visibility.CHAIR))
    file = as_akoma_ntoso(desk.timeline, desk.timeline.moment())
    found = read(file.content, "text.xml").moment.clauses[0].margin
    assert [one.party for one in found.positions] == ["FJI"]
    assert b"KIR" not in file.content
    assert b"between ourselves" not in file.content
    assert [(one.count, one.what) for one in file.losses] == [
        (2, "notes that are not for everybody")
    ]


def test_without_names_nobody_is_named():
    from negotiation.papers.export import write

    desk = received((TEXTS / "tide-short.md").read_bytes(), "itu")
    clause = find(desk.timeline.moment(), "resolves/2")[0]
    year = do.Rewording("month", do.WordsAt("year"))
    desk.act(do.JoinParty("FJI", "Fiji"))
    desk.act(do.ProposeAmendment(clause.id, ProposalTerms("p", "FJI/4/1", ("FJI",)), (year,)))
    content = write(desk.timeline, desk.timeline.head, "text.xml", names=False)
    root = checked(content)
    for name in ("FJI", "Fiji", "Japan", "rapporteur", "TLCPerson"):
        assert name.encode() not in content
    assert the(root, ".//eventRef").get("source") == "#negotiation"


def test_a_text_of_which_nothing_is_known_is_a_valid_file():
    """Before anything was tabled."""
    desk = Desk.begin(None)
    checked(written(desk).encode())
    desk.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
    root = checked(written(desk).encode())
    assert etree.QName(the(root, ".//mainBody")[0]).localname == "p"
