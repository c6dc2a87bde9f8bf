"""Which custom a page follows, and the names and verbs that customs know."""

import pytest

from negotiation.papers import conventions, parties
from negotiation.papers.verbs import is_bare_verb, is_verb_heading
from tests.corpus import corpus_file
from tests.papers.pages import sample


def test_a_profile_is_found_by_its_name_in_any_case():
    assert conventions.for_name(" ITU ") is conventions.ITU


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="itu, un, unfccc, who"):
        conventions.for_name("wto")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("tide-dl7-rev1.md", "itu"),
        ("tide-short.md", "itu"),
        ("un-draft.md", "un"),
        ("unfccc-draft.md", "unfccc"),
        ("who-draft.md", "who"),
    ],
)
def test_the_custom_of_our_own_texts_is_guessed_with_a_reason(name, body):
    proposed = conventions.guess(sample(name))
    assert proposed.conventions.name == body
    assert proposed.reason.endswith(".")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("itu-dl13-rev2.md", "itu"),
        ("unfccc/paris-2015-10-23.md", "unfccc"),
        ("bbnj/2022-06-01.txt", "un"),
    ],
)
def test_the_custom_of_real_drafts_is_guessed(name, body):
    text = corpus_file(name).read_text(encoding="utf-8")
    assert conventions.guess(text).conventions.name == body


def test_an_empty_page_has_a_default():
    assert conventions.guess("").conventions is conventions.UN


@pytest.mark.parametrize(
    "words",
    [
        "aware",
        "considering further",
        "resolves to instruct the Secretary-General",
        "invites Member States and port authorities",
        "instructs the Director of the Gauge Bureau, in collaboration with the other Directors",
        "*recalling*",
        "also deeply concerned",
    ],
)
def test_a_verb_phrase_alone_on_its_line_is_a_heading(words):
    assert is_verb_heading(words)


@pytest.mark.parametrize(
    "words",
    [
        "*Recalling* its resolution 3 of 2019,",
        "that the shore moves",
        "to keep a list",
        "Tide tables for small harbours",
        "",
        "noting that the sea rises.",
    ],
)
def test_a_sentence_or_a_title_is_no_heading(words):
    assert not is_verb_heading(words)


def test_a_bare_verb_heads_a_block_even_inside_a_paragraph():
    assert is_bare_verb("considering further")
    assert not is_bare_verb("considering the tide")


def test_an_attribution_line_holds_symbol_sponsor_and_status():
    said = parties.attribution("CUB/12/1 – Cuba – To be taken up on Tuesday")
    assert said is not None
    assert (said.symbol, said.code, said.sponsors) == ("CUB/12/1", "CUB", ("Cuba",))
    assert said.status == "To be taken up on Tuesday"
    assert not said.completed


def test_a_region_whose_name_is_cut_is_completed_and_says_so():
    said = parties.attribution("ARB/9A2/3 - Arab")
    assert said is not None
    assert said.sponsors == ("Arab States",)
    assert said.completed


@pytest.mark.parametrize("symbol", ["B/15/2", "B/CAN/CLM/USA/12/3", "ACP/11A22/4", "J/8/1"])
def test_every_form_of_symbol_is_known(symbol):
    said = parties.attribution(f"{symbol} – Somebody")
    assert said is not None
    assert said.symbol == symbol


@pytest.mark.parametrize(
    "words", ["Article 6/2 of it", "68/243 and 67/27", "A/CONF.232/5", "x/1/2"]
)
def test_what_is_no_symbol_is_no_attribution(words):
    assert parties.attribution(words) is None


def test_an_act_before_the_symbol_is_read():
    said = parties.attribution("SUP EUR/12/1")
    assert said is not None
    assert (said.kind, said.sponsors) == ("SUP", ("Europe",))


@pytest.mark.parametrize(
    ("inner", "names", "act"),
    [
        ("EU delete", ("EU",), "delete"),
        ("USA: subject to national law", ("USA",), ""),
        ("half - G77; US delete", ("G77", "US"), "delete"),
        ("at once – EU delete", ("EU",), "delete"),
        ("the tide - rising", (), ""),
        ("shall", (), ""),
    ],
)
def test_who_is_named_in_a_bracket(inner, names, act):
    assert parties.holders(inner) == (names, act)


def test_a_proposal_line_of_the_itu_tells_its_body_in_any_language():
    page = "Sénégal\n\nMOD\tSEN/44/1\n\nRÉSOLUTION 174\n\nrappelant\n\na) la résolution 130;"
    assert conventions.guess(page).conventions is conventions.ITU
    assert conventions.guess("MOD stands for modification, ADD for addition.").conventions.name == (
        "un"
    )


def test_the_styles_of_a_template_tell_its_body_and_one_alone_does_not():
    words = "Resolución 174\n\nrecordando\n\na) la Resolución 130;"
    assert conventions.guess(words, {"Res_No", "Call", "Normal"}).conventions is conventions.ITU
    assert conventions.guess(words, {"Call", "Normal"}).conventions is conventions.UN
