"""The decision that a conference took on a real draft, from the command line alone."""

from pathlib import Path

import pytest

from tests.cli.calls import call, done, open_points, words_of


@pytest.fixture
def imported(corpus):
    """The draft with the text that it amends; answers the number of its last entry."""
    done("import", str(corpus / "itu-dl13-rev2.md"), "--base", str(_base(corpus)))
    return len(call("log --json").lines)


def _base(corpus):
    return corpus / "itu-res174-2010-reconstructed.md"


def test_the_only_open_point_is_decided_and_every_word_accounted_for(imported):
    """One trimmed, one chosen, one merged; then nothing is open, and an undo opens it again."""
    (point,) = open_points()
    assert point["where"] == "after reaffirming/d"
    assert [one["symbol"] for one in point["alternatives"]] == ["CUB/70/3", "ARB/79A4/4", "B/75/6"]
    assert point["status"] == "To be Further discussed"
    whole = point["alternatives"][2]["words"]
    title = whole[: whole.index(", which")]
    trimmed = ("--trim", "3", title, "--ending", "3", ";")
    done("resolve 1", *trimmed, "--choose", "1", "--merge", "2", "1")

    assert open_points() == []
    labels = [one["label"] for one in call("text reaffirming --json").json["clauses"][1:]]
    assert labels == ["a)", "b)", "c)", "d)", "e)", "f)"]
    assert words_of("reaffirming/e") == title + ";"

    fates = {one["symbol"]: one for one in call("fate --json").json["proposals"] if one["symbol"]}
    became = {
        symbol: {part["became"]: part["words"] for part in one["parts"]}
        for symbol, one in fates.items()
    }
    assert set(became["CUB/70/3"]) == {"kept"}
    assert became["B/75/6"]["kept"] == title
    assert "inter alia" in became["B/75/6"]["not retained"]
    assert {"65/41,", "66/24,", "67/27"} <= set(became["ARB/79A4/4"]["not retained"].split())
    assert "68/243" in became["ARB/79A4/4"]["merged"]

    changes = {one["path"]: one for one in call("diff now~1 --json").json["changes"]}
    assert changes["reaffirming/e"]["changes"][0]["inserted"] == ";"

    then = call(f"text reaffirming --json --at {imported}").json["clauses"]
    assert [one["label"].lstrip("[") for one in then[-3:]] == ["e)", "e)", "e)"]

    for clause in call("who --json").json["clauses"]:
        if clause["path"].startswith("reaffirming/e") or clause["path"] == "reaffirming/f":
            assert all(run["inserted"]["hand"]["act"] for run in clause["runs"])
            assert any(run["inserted"]["credit"]["symbol"] for run in clause["runs"])
    done("undo")
    assert [len(one["alternatives"]) for one in open_points()] == [3]
    assert call("verify").code == 0


def test_the_base_reading_is_the_base_file(imported, corpus):
    """Word for word, before and after acts."""
    base = _base(corpus).read_text(encoding="utf-8").split()
    assert done("text --reading base").split() == base
    done("resolve 1 --choose 1")
    assert done("text --reading base").split() == base


def test_what_went_out_comes_back_and_only_the_hand_that_changed_it_is_recorded(imported):
    """Settled, decided, issued; then the clean file, untouched and with one word changed."""
    for number in range(1, len(call("anomalies --json").json["anomalies"]) + 1):
        if call(f"settle {number} --accept").code:
            call(f"settle {number} --reject")
    done("resolve 1 --choose 1")
    done("issue DL/13(Rev.3) --renumber --punctuate --into out --yes")
    clean = Path("out/DL-13-Rev.3-clean.md").read_text("utf-8")
    before, doubtful = done("text --notation"), done("anomalies")
    Path("rev4.md").write_text(clean, "utf-8")
    assert "change nothing" in call("receive rev4.md --as DL/13(Rev.4) --yes").err
    assert done("text --notation") == before

    Path("rev4.md").write_text(clean.replace("significantly", "greatly", 1), "utf-8")
    at = len(call("log --json").lines)
    done("receive rev4.md --as DL/13(Rev.4) --yes")
    own = call("log --json").lines[at:]
    assert [one["event"] for one in own] == ["DocumentReceived", "TextRevised"]
    assert done("anomalies") == doubtful
    assert words_of("title") in clean


@pytest.mark.parametrize("name", ["paris-2015-10-23", "paris-2015-12-04"])
def test_long_drafts_go_through_every_question(corpus, name):
    """A thousand brackets: imported, listed, logged, verified, without a word of complaint."""
    answer = call("import --json", str(corpus / "unfccc" / f"{name}.md")).json
    counts = answer["counts"]
    signs = sum(
        counts[part] for part in ("square_opened", "square_closed", "curly_opened", "curly_closed")
    )
    told = counts["brackets_paired"] + counts["brackets_anomalous"] + counts["brackets_literal"]
    assert signs > 2000
    assert told >= signs
    assert len(open_points()) == len(call("open --json").json["open"]) > 500
    for said in ("text", "log", "fate", "who", "anomalies", "verify"):
        assert call(said).code == 0
