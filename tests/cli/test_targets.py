"""Open points and anomalies by the names that stay good when numbers move up."""

import pytest

from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, open_points, refused


@pytest.fixture(autouse=True)
def page():
    """The page with brackets within brackets."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))


def status_of(words: str) -> list[str]:
    """The words inside every point that has been noted so."""
    return [point["words"] for point in open_points() if point["status"] == words]


def places_of_anomalies() -> list[tuple[int, int]]:
    """The lines and columns of what is not settled."""
    found = call("anomalies --json").json["anomalies"]
    return [(one["line"], one["column"]) for one in found]


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("considering/a", ", lagoons"),
        ("considering/a:", ", lagoons"),
        ("  Considering / a : lagoons ", ", lagoons"),
        ("a: lagoons", ", lagoons"),
        ("resolves/4: Annex", "Annex X to this resolution"),
        ("resolves/4: X", "X"),
        ("resolves/4: Annex X to this resolution", "Annex X to this resolution"),
        ("resolves/2: public use", "for scientific and public use"),
        ("resolves/2: scientific", "scientific and"),
        ("resolves/5: a fund of", "that a fund of X.X million Swiss francs"),
        ("resolves/5: year x", "year x"),
    ],
)
def test_a_point_is_named_by_its_place_and_words_in_it(said, inside):
    """Of several around the words the innermost, unless one has exactly these words."""
    done("status", said, "this one")
    (words,) = status_of("this one")
    assert words.strip().startswith(inside.strip())


def test_a_group_is_named_by_words_of_any_of_its_wordings():
    """Where it is said to be, or at the clause where it begins."""
    for words in ("Decision 21", "Decisions 18", "privacy"):
        done("status", f"after reaffirming/c: {words}", words)
        (point,) = [one for one in open_points() if one["status"] == words]
        assert len(point["alternatives"]) == 3
    done("status", "reaffirming/d: privacy", "by its path")
    assert [one["where"] for one in open_points() if one["status"] == "by its path"] == [
        "after reaffirming/c"
    ]


def test_a_proposal_is_named_by_its_symbol_or_its_place():
    """As `open` has it, and wherever a proposal is asked for."""
    done("propose aware/a --words faster --with slower --for FJI --symbol FJI/1/1")
    done("propose aware/b --words high --with low --for FJI --symbol FJI/1/2")
    done("support", "aware/b: low", "--for", "NZL")
    assert call("fate FJI/1/2 --json").json["proposals"][0]["supporters"] == ["NZL"]
    done("lift FJI/1/1")
    done("retain", "aware/b: low")
    assert not [one for one in open_points() if one["kind"] == "proposal"]


def test_what_could_be_several_points_is_refused_with_the_list_of_them():
    """Nothing is guessed."""
    said = refused("lift resolves/4")
    assert "“resolves/4” could be any of 2 open points: 11 (Annex X" in said
    assert "say its number, or more of its words" in said
    assert "There is no open point" in refused("lift", "resolves/4: Annexes")
    assert "There is no open point" in refused("lift", "nowhere: at all")
    assert "There is no open point" in refused("lift", "aware/a: shores")


def test_an_anomaly_is_named_by_its_line_and_column():
    """As it is printed in the list; two at one place have their numbers."""
    assert (73, 133) in places_of_anomalies()
    done("settle 73:133 --accept")
    assert (73, 133) not in places_of_anomalies()
    assert "2 anomalies are at 61:3; say the number" in refused("settle 61:3 --reject")
    assert "There is no anomaly" in refused("settle 61:4 --reject")
