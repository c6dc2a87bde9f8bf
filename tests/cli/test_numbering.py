"""Numbers, references and old names, from the command line."""

import pytest

from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, misused, refused, words_of
from tests.corpus import CORPUS, corpus_file


@pytest.fixture
def sample():
    """The long sample, with the text that it amends."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))


def labels_of(path):
    """The labels under a heading."""
    return [one["label"].lstrip("[") for one in call("text --json", path).json["clauses"][1:]]


def test_numbered_anew_in_one_act(short):
    """The table first, then what was written; once more there is nothing to do."""
    done("delete considering/a")
    said = done("renumber --dry-run")
    assert "considering/a  a) → dropped" in said
    assert "resolves/1bis  1bis → 2" in said
    assert "Nothing was written" in said
    answer = call("renumber --json").json
    assert len({entry["act"]["id"] for entry in answer["entries"]}) == 1
    assert answer["entries"][0]["act"]["capacity"] == "editor"
    assert labels_of("resolves") == ["1", "2", "2", "3"]
    assert labels_of("considering") == [""]
    assert "numbered so already" in refused("renumber")
    assert "numbered so already" in done("renumber --dry-run")
    done("undo")
    assert labels_of("resolves") == ["1", "1bis", "1bis", "2"]


def test_references_follow_and_doubtful_ones_are_told(sample):
    """What is tied follows its clause; the rest is left as it is, with the reason."""
    tied = [one for one in call("references --json").json["references"] if one["tied_to"]]
    answer = call("renumber --as secretariat --json").json
    assert any(one["path"] == "resolves/5" for one in answer["table"])
    assert {one["why"] for one in answer["doubtful"]} >= {"no number is named yet"}
    after = [one for one in call("references --json").json["references"] if one["tied_to"]]
    assert [(one["clause"], one["tied_to"]) for one in after] == [
        (one["clause"], one["tied_to"]) for one in tied
    ]
    assert call("references --doubtful").code == 0
    assert "doubtful" in done("references")
    assert "tied_to" in done("references --json resolves/4")


def test_closing_marks_with_the_numbers(sample):
    """Asked for, they are part of the same act, and of form only."""
    assert "Closing marks" in done("renumber --dry-run --punctuation")
    answer = call("renumber --punctuation --json").json
    revised = [one for one in answer["entries"] if one["event"] == "TextRevised"]
    assert revised
    assert all(one["fields"]["editorial"] for one in revised)
    assert len({one["act"]["id"] for one in answer["entries"]}) == 1
    assert "numbered so already" in refused("renumber --punctuation")


def test_one_clause_relabelled(short):
    """By hand, for an insertion; what it is does not change."""
    done("relabel resolves/2 '1 quater'")
    assert words_of("resolves/1 quater").startswith("that the masters")
    assert "labelled so already" in refused("relabel", "resolves/1 quater", "1 quater")


def test_an_old_number_is_found_today(short):
    """Through the version, the entry or the time at which it was called so."""
    then = len(call("log --json").lines)
    done("delete considering/a")
    done("renumber")
    said = done("where", "resolves/2 of DL/3")
    assert "resolves/2 of DL/3 is now resolves/3" in said
    assert "relabelled (it was 2): entry" in said
    assert "is now resolves/3" in done("where", "resolves 2", "--at", str(then))
    assert "is now resolves/3" in done("where", "paragraph 2 of dl/3")
    assert "is now resolves/3" in done("where", "resolves/2")
    assert "no longer in the text" in done("where", "considering/a of DL/3")
    found = call("where --json", "resolves/2 of DL/3").json["found"]
    assert [(one["was"], one["path"], one["stands"]) for one in found] == [
        ("resolves/2", "resolves/3", True)
    ]


def test_an_old_number_of_an_issued_version(short):
    """As it was numbered when it went out, not before."""
    done("delete considering/a")
    done("issue 'DL/3(Rev.1)' --renumber --yes")
    done("delete resolves/1")
    done("renumber")
    said = done("where", "resolves/3 of DL/3(Rev.1)")
    assert "resolves/3 of DL/3(Rev.1) is now resolves/2" in said
    assert "is still called so" in done("where", "resolves/2 of DL/3")
    assert done("where", "resolves/3") == said
    assert "3 that the masters" in done("text --at 'DL/3(Rev.1)' resolves/3")


def test_equal_numbers_are_all_listed(short):
    """Two wordings had one label."""
    said = done("where", "resolves/1bis of DL/3")
    assert "resolves/1bis of DL/3 is still called so" in said
    assert len(call("where --json", "1bis of DL/3").json["found"]) == 2


def test_what_was_never_there(short):
    """One sentence each."""
    assert "no clause" in refused("where", "paragraph 99 of DL/3").lower()
    assert "DL/3(Rev.7)" in refused("where", "paragraph 2 of DL/3(Rev.7)")
    misused("where")


REAL = (
    sorted(
        str(path.relative_to(CORPUS))
        for folder in ("", "bbnj", "unfccc", "skeletons")
        for path in (CORPUS / folder).glob("*")
        if path.suffix in (".md", ".txt") and path.name != "README.md"
    )
    if CORPUS.is_dir()
    else []
)
"""Without them the test is skipped, having nothing to run on."""


@pytest.mark.parametrize("name", REAL)
def test_every_real_text_has_an_answer(name):
    """Numbered anew where anything is to be numbered, and then numbered for good."""
    done("import", str(corpus_file(name)))
    assert call("references --json").code == 0
    table = call("renumber --dry-run --punctuation --json").json
    if table["labels"] or table["references"] or table["punctuation"]:
        done("renumber --punctuation --json")
    assert "numbered so already" in refused("renumber")


def test_the_conference_text_is_cleaned_up():
    """After the decision on its open point: no gaps, the only request bare, marks as the rule."""
    base = corpus_file("itu-res174-2010-reconstructed.md")
    done("import", str(corpus_file("itu-dl13-rev2.md")), "--base", str(base))
    (point,) = call("open --json").json["open"]
    whole = point["alternatives"][2]["words"]
    title = whole[: whole.index(", which")]
    trimmed = ("--trim", "3", title, "--ending", "3", ";")
    done("resolve 1", *trimmed, "--choose", "1", "--merge", "2", "1")
    done("renumber --punctuation --as secretariat")
    wanted = {
        "reaffirming": "a b c d e f",
        "recalling": "a b c d e f g",
        "recognizing further": "a b c",
        "noting": "a b",
    }
    for heading, letters in wanted.items():
        assert labels_of(heading) == [f"{letter})" for letter in letters.split()]
    assert labels_of("resolves to instruct the Secretary-General")[1:] == [
        "i)",
        "ii)",
        "iii)",
        "iv)",
    ]
    assert labels_of("requests the Secretary-General") == [""]
    for heading in (*wanted, "resolves to instruct the Secretary-General"):
        rows = call("text --json", heading).json["clauses"]
        items = [one["words"].strip() for one in rows if one["label"]]
        assert [words[-1] for words in items] == [";"] * (len(items) - 1) + [","]
    said = done("where", "requests the Secretary-General/1 of DL/13(Rev.2)")
    assert "relabelled (it was 1)" in said
