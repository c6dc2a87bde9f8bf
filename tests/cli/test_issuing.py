"""A version is looked at, issued, listed, recognised and taken back, from the command line."""

import re
from itertools import dropwhile, takewhile
from pathlib import Path

import pytest

from tests.cli.calls import SAMPLE, SHORT, call, done, misused, open_points, refused, words_of
from tests.cli.test_the_decision import _base

REV_3 = "DL/13(Rev.3)"
INSTRUCTS = "resolves to instruct the Secretary-General"
NEXT = "DL/3(Rev.1)"


@pytest.fixture
def decided():
    """The short sample with nothing open."""
    done("import", str(SHORT))
    done("resolve 2 --choose 2")
    done("lift 1")


def files(folder: str) -> dict[str, str]:
    """The files of a folder, by what they say they are."""
    found = {}
    for path in sorted(Path(folder).iterdir()):
        text = path.read_text(encoding="utf-8")
        found[f"{text.splitlines()[2]}{path.suffix}"] = str(path)
    return found


def paragraphs(path: str) -> list[str]:
    """The text of an issued file, without what stands above and below it."""
    return Path(path).read_text(encoding="utf-8").strip().split("\n\n")[1:-1]


# -- looking --------------------------------------------------------------------------------------


def test_a_dry_run_says_everything_and_writes_nothing(decided):
    out = done("issue --dry-run", NEXT)
    assert "0 blocking" in out
    assert "DL-3-Rev.1-clean.md" in out
    assert not Path("DL-3-Rev.1").exists()
    answer = call("issue --dry-run --json", NEXT).json
    assert not answer["blocked"]
    assert answer["clean"]
    assert [one["symbol"] for one in call("versions --json").json["versions"]] == ["DL/3"]


def test_what_blocks_is_refused_with_its_places_whatever_is_said():
    done("import", str(SAMPLE))
    said = refused("issue --yes TIDE/9")
    assert "line 59" in said
    assert "cannot be issued yet" in said
    assert not Path("TIDE-9").exists()


def test_what_is_advised_for_an_anomaly_can_be_done():
    """A repair that no words can carry out is not recommended."""
    done("import", str(SAMPLE))
    advised = [
        re.findall(r"`(settle [0-9]+ --(?:accept|reject))`", one["advice"])
        for one in call("issue --dry-run --json TIDE/9").json["findings"]
    ]
    assert any(advised)
    for line in {line for found in advised for line in found}:
        done(line)
        done("undo")


def test_warnings_are_asked_about_and_nobody_is_there_to_answer(decided):
    answer = call("issue", NEXT)
    assert answer.code == 1
    assert "--yes issues the version despite them" in answer.err
    assert f"`issue '{NEXT}' --dry-run`" in answer.err
    said = call("issue --renumber --punctuate", NEXT).err
    assert f"`issue '{NEXT}' --renumber --punctuate --dry-run`" in said
    assert not Path("DL-3-Rev.1").exists()
    assert [one["symbol"] for one in call("versions --json").json["versions"]] == ["DL/3"]


def test_withdrawn_its_numbers_and_marks_are_undone_and_so_is_what_came_before(decided):
    """`undo` steps over the withdrawal to the issuing act, and then to the decision before it."""
    labels = [one["label"] for one in call("text --json").json["clauses"]]
    done("issue --renumber --punctuate --yes", NEXT)
    assert "`issue --withdraw`" in refused("undo")
    done("issue --withdraw --reason t", NEXT)
    done("undo")
    assert [one["label"] for one in call("text --json").json["clauses"]] == labels
    (_, version) = call("versions --json").json["versions"]
    assert (version["symbol"], version["reason"]) == (NEXT, "t")
    done("undo")
    assert len(open_points()) == 1


# -- issuing --------------------------------------------------------------------------------------


def test_a_version_is_one_act_with_its_files_and_is_current(decided):
    head = len(call("log --json").lines)
    done("issue --renumber --yes --into out", NEXT)
    entries = call("log --json").lines[head:]
    assert len({entry["act"]["id"] for entry in entries}) == 1
    assert entries[-1]["event"] == "VersionIssued"
    assert entries[-1]["fields"]["renumbered"]
    assert set(files("out")) == {
        "Clean text..md",
        "Clean text..txt",
        "Marked against the base..md",
        "Marked against the base, without names..md",
        "Marked against DL/3..md",
        "Marked against DL/3, without names..md",
    }
    *_, last = call("versions --json").json["versions"]
    assert (last["symbol"], last["state"]) == (NEXT, "current")
    assert last["entry"] == entries[-1]["number"]
    for path in files("out").values():
        text = Path(path).read_text(encoding="utf-8")
        assert last["fingerprint"] in text
        assert NEXT in text
        assert f"Entry {last['entry']} of the record" in text
        assert NEXT in done("verify", path)
    # The version is a moment that every other command knows.
    assert words_of("resolves/2", f'--at "{NEXT}"').startswith("that the tables be kept")


def test_a_text_with_open_points_goes_out_in_brackets_and_has_no_clean_file():
    done("import", str(SHORT))
    out = done("issue --with-open --yes", NEXT)
    assert "No clean text was written" in out
    bracketed = next(Path("DL-3-Rev.1").glob("*-bracketed.md")).read_text(encoding="utf-8")
    assert "[free of charge]" in bracketed
    assert "J/8/1 (Japan)" in bracketed
    bare = next(Path("DL-3-Rev.1").glob("*-bracketed-no-names.md")).read_text(encoding="utf-8")
    assert "[free of charge]" in bare
    assert "Japan" not in bare
    assert "J/8/1" not in bare


def test_a_symbol_is_issued_once_and_files_are_never_written_over(decided):
    done("issue --yes", NEXT)
    assert "is out already" in refused("issue --yes", NEXT)
    Path("other").mkdir()
    for path in Path("DL-3-Rev.1").iterdir():
        (Path("other") / path.name.replace("Rev.1", "Rev.2")).write_text("mine")
    assert "exists already" in refused('issue --yes --into other "DL/3(Rev.2)"')
    assert [one["symbol"] for one in call("versions --json").json["versions"]] == ["DL/3", NEXT]


def test_lost_files_are_made_again_to_the_byte(decided):
    done("issue --yes --into out", NEXT)
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    done("issue --again --into again", NEXT)
    assert {path.name: path.read_bytes() for path in Path("again").iterdir()} == before


def test_lost_files_are_made_again_without_names_for_who_is_shown_none(short, monkeypatch):
    """To the byte, too; the files that tell names are left out, and that is said."""
    done("issue --yes --with-open --into out", NEXT)
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    token = call("accredit 'Jo Park' --as observer --json").json["token"]
    monkeypatch.setenv("NEGOTIATION_TOKEN", token)
    answer = call("issue --again --into again", NEXT)
    again = {path.name: path.read_bytes() for path in Path("again").iterdir()}
    assert again == {name: held for name, held in before.items() if "-no-names." in name}
    assert 0 < len(again) < len(before)
    assert "were left out" in answer.err


def test_a_version_is_taken_back_with_a_reason_and_stays_on_the_list(decided):
    done("issue --yes --into out", NEXT)
    assert "needs a reason" in refused("issue --withdraw", NEXT)
    done("issue --withdraw --reason", "the wrong annex", NEXT)
    assert "withdrawn" in done("versions")
    (path, *_) = files("out").values()
    assert "It was withdrawn: the wrong annex" in done("verify", path)
    assert [one["state"] for one in call("versions --json").json["versions"]] == [
        "current",
        "withdrawn",
    ]
    # The symbol is free again for the right one.
    assert "say one" in misused("issue --withdraw --dry-run", NEXT)
    done("issue --yes --into right", NEXT)


# -- verifying ------------------------------------------------------------------------------------


def test_another_word_is_named_with_its_clause_and_both_wordings(decided):
    done("issue --yes --into out", NEXT)
    for path in files("out").values():
        text = Path(path).read_text(encoding="utf-8")
        Path("copy.md").write_text(text.replace("next conference", "next assembly"))
        answer = call("verify copy.md")
        assert answer.code == 1
        assert "instructs the Secretary-General/1" in answer.out
        assert "next conference" in answer.out
        assert "next assembly" in answer.out
        assert "1 paragraph differs" in answer.err


def test_a_file_is_known_without_what_it_says_of_itself_and_with_other_lines(decided):
    done("issue --yes --into out", NEXT)
    for path in files("out").values():
        bare = "\n\n".join("\n".join(one.split()) for one in paragraphs(path))
        Path("bare.md").write_text(bare, encoding="utf-8")
        assert NEXT in done("verify bare.md")


def test_an_unknown_text_and_a_received_one(decided):
    Path("unknown.md").write_text("Something else, of another house.")
    assert "no version of this record" in refused("verify unknown.md")
    assert "is DL/3, as received" in done("verify", str(SHORT))
    assert "There is no file nowhere.md" in refused("verify nowhere.md")
    assert call("verify --json unknown.md").json["version"] is None


# -- a real draft ---------------------------------------------------------------------------------


def test_the_next_revision_of_a_real_draft(corpus):
    """Blocked by its damage; settled, decided and issued clean, numbered and with its marks."""
    done("import", str(corpus / "itu-dl13-rev2.md"), "--base", str(_base(corpus)))
    answer = call("issue --dry-run --json", REV_3)
    assert answer.code == 1
    findings = answer.json["findings"]
    blocks = [one["line"] for one in findings if one["gravity"] == "blocking"]
    assert sorted(set(blocks)) == [60, 132, 136]
    warned = {one["line"] for one in findings if one["gravity"] == "warning"}
    assert {56, 58, 70, 82, 92, 110, 112, 116} <= warned
    assert not Path("DL-13-Rev.3").exists()

    for number, one in enumerate(call("anomalies --json").json["anomalies"], start=1):
        if one["severity"] == "damaged" or one["line"] == 60:
            done(f"settle {number} --accept")
    (point,) = call("open --json").json["open"]
    whole = point["alternatives"][2]["words"]
    title = whole[: whole.index(", which")]
    done("resolve 1", "--trim", "3", title, "--ending", "3", ";", *"--choose 1 --merge 2 1".split())
    done("issue --renumber --punctuate --yes --into out", REV_3)

    reading = files("out")
    lines = paragraphs(reading["Clean text..txt"])
    at = lines.index("reaffirming")
    assert [line[:2] for line in lines[at + 1 : at + 7]] == ["a)", "b)", "c)", "d)", "e)", "f)"]
    requests = lines[lines.index("requests the Secretary-General") + 1]
    assert requests.startswith("in his capacity")
    for heading in ("recalling", "recognizing further", INSTRUCTS):
        behind = lines[lines.index(heading) + 1 :]
        listed = dropwhile(lambda line: line.endswith(":"), behind)
        marks = [line[-1] for line in takewhile(re.compile(r"[a-z]+\) ").match, listed)]
        assert marks == [";"] * (len(marks) - 1) + [","], heading
        assert len(marks) > 2
    for path in reading.values():
        assert REV_3 in done("verify", path)
        Path("copy.md").write_text(
            Path(path).read_text(encoding="utf-8").replace("Geneva Plan", "Tunis Plan")
        )
        assert call("verify copy.md").code == 1
    for name, path in reading.items():
        text = Path(path).read_text(encoding="utf-8")
        for party in ("Cuba", "CUB/70/3", "ARB/79A4/4", "Brazil", "Arab States"):
            assert not (party in text and "without names" in name), (name, party)
    marked = Path(reading["Marked against DL/13(Rev.2)..md"]).read_text(encoding="utf-8")
    assert "~~e)~~ ++f)++ Resolution 68/243" in marked
    assert "B/75/6 (Brazil)" in marked


def test_a_paper_without_names_names_no_file_that_came_in(folder):
    """A page without a symbol goes by the name of its file, and that is whatever was typed."""
    page = folder / "as-Fiji-wants-it.md"
    page.write_text("DRAFT RESOLUTION\n\nresolves\n\n1 that the gauges be read;\n")
    done(f"import {page.name}")
    done("party FJI Fiji")
    done("revise resolves/1 --words gauges --with tides")
    done("issue TC/2 --yes --into out")
    papers = {path.name: path.read_text() for path in (folder / "out").glob("*")}
    bare = {name: words for name, words in papers.items() if "no-names" in name}
    assert any("Fiji" in name for name in papers)
    assert "TC-2-marked-earlier-no-names.md" in bare
    assert "Fiji" not in repr(bare)
    for form in ("xml", "json", "html", "md"):
        done(f"export x.{form} --without-names")
        assert "Fiji" not in (folder / f"x.{form}").read_text(), form
    assert "byte for byte" in done("verify out/TC-2-marked-earlier-no-names.md")
