"""One term changed everywhere, with its exceptions."""

import pytest

from tests.cli.calls import call, done, refused, words_of

pytestmark = pytest.mark.usefixtures("short")


def test_everywhere_but_where_it_is_spared():
    """One act; the exceptions stay on the record with their reasons."""
    places = call("throughout harbours ports --list --json").json["places"]
    assert [one["number"] for one in places] == list(range(1, len(places) + 1))
    spared = next(one for one in places if one["path"] == "resolves/2")
    done(f"throughout harbours ports --except {spared['number']}='a quotation'")
    assert "ports" in words_of("considering/b")
    assert "harbours" in words_of("resolves/2")
    changed = next(one for one in call("log --json").lines if one["event"] == "TermChanged")
    assert changed["fields"]["changed"] == len(places) - 1
    assert [one["why"] for one in changed["fields"]["exceptions"]] == ["a quotation"]
    done("undo")
    assert "harbours" in words_of("considering/b")


def test_only_where_it_is_named():
    """The others are exceptions without a reason."""
    done("throughout harbours ports --only 1")
    changed = call("log --json").lines[-1]["fields"]
    assert changed["changed"] == 1
    assert changed["exceptions"]


def test_an_agreement_ends_unless_it_is_an_editors_change_of_form():
    """As with any change of words."""
    done("agree considering/b")
    done("throughout harbours ports --all --editorial --as editor")
    assert len(call("agreed --json").json["agreed"]) == 1
    done("throughout ports havens --all")
    assert call("agreed --json").json["agreed"] == []


def test_longer_words_only_with_parts():
    """A plural stays unless it is asked for, and the list says where the term is a part."""
    done("revise resolves/2 --text 'that a harbour helps harbours;'")
    clause = "resolves/2"
    whole = call("throughout harbour port --list --json").json["places"]
    assert [one["part"] for one in whole if one["path"] == clause] == [False]
    both = call("throughout harbour port --parts --list --json").json["places"]
    assert [one["part"] for one in both if one["path"] == clause] == [False, True]
    assert "(inside a word)" in done("throughout harbour port --parts --list")
    done("throughout harbour port --all")
    assert words_of(clause) == "that a port helps harbours;"
    assert "as a whole word" in refused("throughout harbou port --all")
    done("throughout harbour port --all --parts")
    assert words_of(clause) == "that a port helps ports;"


def test_places_are_shown_as_they_read_now():
    """Struck words are not glued to those that stand."""
    done("revise resolves/2 --text 'that illicit use be ended;'")
    done("propose resolves/2 --words illicit --with unlawful --for B")
    listed = done("throughout use misuse --list")
    assert "unlawful use be ended" in listed
    assert "illicit" not in listed


def test_what_cannot_be_changed():
    """A term that is not there, a place that is not, and nobody to ask."""
    assert "does not stand in the text" in refused("throughout whales ports --all")
    assert "numbers them from 1" in refused("throughout harbours ports --except 99")
    assert "say --all, --except N or --only N" in refused("throughout harbours ports")
    assert "change nothing" in refused("throughout harbours harbours --all")
