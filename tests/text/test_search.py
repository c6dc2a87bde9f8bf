"""Finding words by what they say, and the spaces that come and go with them."""

import itertools

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from negotiation.text.edit import apply, insertion, replacement
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, base_passage
from negotiation.text.search import (
    Stretch,
    is_part,
    joins,
    occurrences,
    on_boundary,
    spaced,
    tidy_deletion,
)
from tests.checks import check_edit
from tests.strategies import FRESH, passages, texts

P1 = Mark(1, "P1")
KEPT = Mark(2, "", (Fate(2, Standing.KEPT),))


# -- characters -----------------------------------------------------------------------------------


@given(texts())
@example("🇨🇭" * 40)
@example("x" + "🇨🇭" * 40 + "🇨")
@example("e" + "\u0301" * 80 + "x")
@example("\r\n\r\n")
@example("\u1112\u1161\u11ab" * 30)
@example(" \u0301x")
def test_a_boundary_is_where_a_character_ends(text):
    """As counting all characters from the beginning finds it."""
    ends = {0, *itertools.accumulate(len(one) for one in regex.findall(r"\X", text))}
    assert {at for at in range(len(text) + 1) if on_boundary(text, at)} == ends


@pytest.mark.parametrize(
    "character",
    [
        "e\u0301",
        "n\u0303\u0323",
        "م\u064f",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇧🇷",
        "\u1112\u1161\u11ab",
        "\r\n",
        "☎\ufe0f",
    ],
)
def test_half_a_character_is_not_found(character):
    passage = base_passage(f"X {character} Y")
    for length in range(1, len(character)):
        assert occurrences(passage, character[:length]) == ()
        assert occurrences(passage, character[length:]) == ()
    assert occurrences(passage, character) == (Stretch(2, 2 + len(character)),)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("ab", 1, True),
        ("a b", 1, False),
        ("a,", 1, False),
        ("a1", 1, True),
        ("e\u0301a", 2, True),
        ("ab", 0, False),
        ("ab", 2, False),
    ],
)
def test_letters_that_would_read_as_one_word(text, at, expected):
    assert joins(text, at) is expected


def test_a_whole_character_is_found_behind_half_ones():
    passage = base_passage("e\u0301 ee\u0301 e")
    assert occurrences(passage, "e", parts=True) == (Stretch(3, 4), Stretch(7, 8))


@pytest.mark.parametrize(
    ("text", "words", "starts"),
    [
        ("that a threat as a whole", "a", [5, 17]),
        ("national plans on paper", "on", [15]),
        ("infrastructures", "in", [0]),
        ("Articles", "s", [7]),
        ("a State’s ship, State's and State", "State", [28]),
        ("l’État", "État", [2]),
        ("non-Member States", "Member", [4]),
        ("1.5 and 5, 15 or 5.", "5", [8, 17]),
        ("supported; support.", "support", [11]),
        ("国家和国家的", "国家", [0, 3]),
        ("a;b;", ";", [1, 3]),
        ("of the  the", " the", [2, 7]),
    ],
)
def test_whole_words_come_before_parts_of_others(text, words, starts):
    """Parts count only where there is no whole word, and numbers are whole with their fraction."""
    passage = base_passage(text)
    assert [one.start for one in occurrences(passage, words)] == starts
    assert len(occurrences(passage, words, parts=True)) == text.count(words)
    whole = tuple(one for one in occurrences(passage, words) if not is_part(passage, one))
    assert occurrences(passage, words, parts=False) == whole


def test_only_places_that_are_admitted_count():
    """Whole words elsewhere do not hide a part of a word here."""
    passage = base_passage("in infrastructures")
    assert occurrences(passage, "in", among=lambda one: one.start > 2) == (Stretch(3, 5),)


def test_what_stands_inside_a_word_is_told():
    passage = base_passage("support was supported")
    whole, part = occurrences(passage, "support", parts=True)
    assert not is_part(passage, whole)
    assert is_part(passage, part)


# -- words ----------------------------------------------------------------------------------------


@given(passages(), st.data())
def test_what_is_read_is_found(passage, data):
    """Any live words that cut no character are found where they stand."""
    live = passage.live
    cuts = [at for at in range(len(live) + 1) if on_boundary(live, at)]
    low, high = sorted(data.draw(st.tuples(st.sampled_from(cuts), st.sampled_from(cuts))))
    words = live[low:high]
    found = occurrences(passage, words)
    if not words:
        assert found == ()
        return
    assert found
    for stretch in found:
        assert passage.live_between(stretch.start, stretch.end) == words
        assert passage.words[stretch.start] == words[0]
        assert passage.words[stretch.end - 1] == words[-1]
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert len(found) <= live.count(words)


@given(passages(), texts(1, 2))
def test_what_is_found_reads_so(passage, words):
    for stretch in occurrences(passage, words):
        readings = (
            passage.live_between(stretch.start, stretch.end),
            passage.standing_between(stretch.start, stretch.end),
        )
        assert words in readings


def test_words_are_found_across_struck_ones():
    struck = Run("very ", None, (P1,))
    passage = Passage((Run("the "), struck, Run("new text")))
    assert occurrences(passage, "the new") == (Stretch(0, 12),)
    # The struck words stand in the way of nobody, and are found themselves.
    assert occurrences(passage, "very") == (Stretch(4, 8),)
    assert occurrences(passage, "the very new") == (Stretch(0, 12),)


def test_the_live_text_comes_first():
    struck = Run("text ", None, (P1,))
    assert occurrences(Passage((struck, Run("text"))), "text") == (Stretch(5, 9),)


def test_words_that_are_gone_are_not_found():
    assert occurrences(Passage((Run("text", None, (KEPT,)), Run("x"))), "text") == ()
    refused = Mark(1, "P1", (Fate(2, Standing.DROPPED),))
    assert occurrences(Passage((Run("text", refused),)), "text") == ()


def test_occurrences_do_not_overlap():
    assert occurrences(base_passage("aaaa"), "aa") == (Stretch(0, 2), Stretch(2, 4))


@pytest.mark.parametrize("typed", ["§\u00a05", "“trust”", "States’", "2010–2014", "a — b", "安全"])
def test_words_are_found_as_they_are_typed(typed):
    passage = base_passage(f"see {typed} of")
    assert occurrences(passage, typed) == (Stretch(4, 4 + len(typed)),)


def test_a_space_is_not_a_non_breaking_space():
    """Text is stored as received; who looks for it names it as it stands."""
    assert occurrences(base_passage("§\u00a05"), "§ 5") == ()


# -- words taken out ------------------------------------------------------------------------------


def deleted(passage: Passage, words: str) -> str:
    (place,) = occurrences(passage, words)
    wider = tidy_deletion(passage, place)
    edit = replacement(passage, wider.start, wider.end)
    return check_edit(passage, edit, Mark(FRESH, "P9")).live


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("the old text", "old", "the text"),
        ("old text here", "old", "text here"),
        ("the text, old", "old", "the text,"),
        ("the old, text", "old", "the, text"),
        ("the text old.", "old", "the text."),
        ("the text (old) here", "(old)", "the text here"),
        ("the text (old words) here", "old", "the text (words) here"),
        ("the text (words old) here", "old", "the text (words) here"),
        ("the “old words” here", "old", "the “words” here"),
        ("the “words old” here", "old", "the “words” here"),
        ("the text; old", "; old", "the text"),
        ("the old text", "old ", "the text"),
        ("the old text", " old", "the text"),
        ("unlike", "like", "un"),
        ("old", "old", ""),
        ("well-known text", "well-", "known text"),
        ("see page\u00a05 of", "page", "see 5 of"),
        ("in §\u00a05 of", "5", "in § of"),
        ("le texte\u00a0; puis", "texte", "le\u00a0; puis"),
        ("the old\u202ftext", "old", "the text"),
        ("the cafe\u0301 text", "cafe\u0301", "the text"),
        ("安全保障", "保障", "安全"),
        ("النص القديم هنا", "القديم", "النص هنا"),
    ],
)
def test_a_deletion_takes_the_space_that_is_left_over(text, words, expected):
    assert deleted(base_passage(text), words) == expected


def test_neighbours_are_the_words_that_are_read():
    """Words that are gone stand between, but nobody reads a space there."""
    gone = Run("former ", None, (KEPT,))
    passage = Passage((Run("the old"), gone, Run(" text")))
    assert deleted(passage, "old") == "the text"


def test_a_deletion_strikes_nothing_that_another_has_struck():
    """Beside an open strike it takes the space on its other side."""
    pending = Run(" former", None, (P1,))
    passage = Passage((Run("the old"), pending, Run(" text")))
    place = tidy_deletion(passage, Stretch(4, 7))
    assert place == Stretch(3, 7)
    assert deleted(passage, "old") == "the text"


def test_a_second_strike_on_words_takes_their_space_along():
    """Two parties may propose to strike the same words: as each proposes it, it reads well."""
    passage = base_passage("the old text")
    for entry, source in ((1, "P1"), (2, "P2")):
        (place,) = occurrences(passage, "old")
        wider = tidy_deletion(passage, place)
        edit = replacement(passage, wider.start, wider.end)
        passage = check_edit(passage, edit, Mark(entry, source))
        assert passage.as_proposed_by(frozenset({source})) == "the text"


@given(passages(), st.data())
def test_a_tidy_deletion_adds_one_space_at_most(passage, data):
    length = len(passage.words)
    start, end = sorted(data.draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    wider = tidy_deletion(passage, Stretch(start, end))
    assert 0 <= wider.start <= start <= end <= wider.end <= length
    added = passage.standing_between(wider.start, start) + passage.standing_between(end, wider.end)
    assert added == "" or (len(added) == 1 and added.isspace())
    assert wider == Stretch(start, end) or added


@given(
    st.lists(st.sampled_from(("the", "text", "old,", "(a)", "re\u0301", "安")), min_size=1),
    st.data(),
)
def test_well_spaced_words_stay_well_spaced(words, data):
    """One space between words before, one after, whichever of them is taken out."""
    place = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(words)
    start = len(" ".join((*words[:place], "")))
    passage = base_passage(text)
    wider = tidy_deletion(passage, Stretch(start, start + len(words[place])))
    left = text[: wider.start] + text[wider.end :]
    assert left == " ".join(words[:place] + words[place + 1 :])


# -- words put in ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "words", "after", "expected"),
    [
        ("the", "new", " text", " new"),
        ("the ", "new", "text", "new "),
        ("the ", "new", " text", "new"),
        ("the", "new", "text", " new "),
        ("the text", "now", ".", " now"),
        ("the text", "now", ", here", " now"),
        ("", "New", "text", "New "),
        ("", "New", " text", "New"),
        ("the text", "now", "", " now"),
        ("the text", ", now", " here", ", now"),
        ("the text", ".", "", "."),
        ("the text", "(now)", " here", " (now)"),
        ("the text ", "now", "(here)", "now "),
        ("the (", "now", ")", "now"),
        ("the “", "now", "”", "now"),
        ("the ", "“now”", "here", "“now” "),
        ("the text,", "now", " here", " now"),
        ("the text", " now ", "here", " now "),
        ("the text", "– now", " here", " – now"),
        ("the text—", "now", "", "now"),
        ("the text –", "now", "", " now"),
        ("and/", "or", " not", "or"),
        ("well-", "known", " text", "known"),
        ("fee of", "€5", " now", " €5"),
        ("5", "%", " of", "%"),
        ("§\u00a0", "5", " of", "5"),
        ("cafe", "\u0301", " x", "\u0301"),
        ("cafe\u0301", "noir", "", " noir"),
        ("安全", "保障", "条", "保障"),
        ("النص", "القديم", " هنا", " القديم"),
        ("", "", "", ""),
        ("the", "", "text", ""),
    ],
)
def test_words_put_in_get_the_spaces_they_need(before, words, after, expected):
    assert spaced(before, words, after) == expected


@given(texts(), texts(1), texts())
def test_spaces_are_only_added_and_never_doubled(before, words, after):
    put = spaced(before, words, after)
    assert put in (words, " " + words, words + " ", " " + words + " ")
    if put.startswith(" ") and put != words and not words.startswith(" "):
        assert before
        assert not before[-1].isspace()
    if put.endswith(" ") and not words.endswith(" "):
        assert after
        assert not after[0].isspace()
    assert spaced(before, put, after) == put


@given(
    st.lists(st.sampled_from(("the", "text", "old", "re\u0301", "ן")), min_size=1, max_size=6),
    st.data(),
)
def test_a_word_put_in_and_taken_out_again_leaves_no_trace(words, data):
    """Spacing on the way in and on the way out fit each other."""
    place = data.draw(st.integers(0, len(words)))
    text = " ".join(words)
    at = len(" ".join(words[:place]))
    passage = base_passage(text)
    put = spaced(text[:at], "NEW", text[at:])
    after = apply(passage, insertion(at, put), Mark(1, "P1"))
    assert after.live == " ".join((*words[:place], "NEW", *words[place:]))
    assert deleted(after, "NEW") == text
