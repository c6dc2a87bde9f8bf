"""Pages in and out, the record checked, and the screen's command without a terminal."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.calls import SAMPLE, SAMPLE_BASE, SHORT, call, done, misused, one_sentence, refused
from tests.ledger.unsealed import take_seals_off

STORE = Path("negotiation.db")


def test_an_import_says_what_was_read():
    """Counts and anomalies, in words and in JSON."""
    said = done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    assert "Received DL/7(Rev.1) into negotiation.db" in said
    answer = call("import --json --store b.db", str(SAMPLE)).json
    assert f"{answer['counts']['headings']} block headings" in said
    assert answer["header"]["symbol"] == "DL/7(Rev.1)"
    assert [one["number"] for one in answer["anomalies"]] == list(
        range(1, len(answer["anomalies"]) + 1)
    )


def test_an_import_is_made_by_whom_one_says():
    """The rapporteur's hand by default."""
    done("import", str(SHORT), "--by", "Ms Rapporteur", "--happened", "<=2023-03-13")
    act = call("log --json").lines[0]["act"]
    assert (act["by"], act["capacity"]) == ("Ms Rapporteur", "import")
    assert act["happened"]["bound"] == "not later than"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "white space only"),
        (b"PK\x03\x04\x00\x00\xff\xfe", "is damaged"),
        (b"caf\xe9 and more", "UTF-8"),
        (b"a\0b", "not a text file"),
    ],
)
def test_a_page_that_cannot_be_read_gets_a_sentence_and_makes_no_store(content, said):
    """What, where, and what would help; nothing is left behind."""
    Path("page.md").write_bytes(content)
    assert said in one_sentence(call("import page.md"))
    Path("good.md").write_text("resolves\n\n1 to go on.\n")
    assert said in one_sentence(call("import good.md --base page.md"))
    assert not STORE.exists()


def test_a_file_that_is_none_gets_a_sentence(tmp_path):
    """Missing, a directory, a place where no store can be."""
    assert "no file nope.md" in one_sentence(call("import nope.md"))
    assert "directory" in one_sentence(call("import", str(tmp_path)))
    assert "no directory" in one_sentence(call("import --store no/where.db", str(SHORT)))
    assert "directory" in one_sentence(call("import", str(SHORT), "--store", str(tmp_path)))


def test_a_store_that_is_not_ours_gets_a_sentence():
    """No store, text, somebody else's database, a store cut off."""
    assert "no record" in one_sentence(call("open"))
    Path("page.md").write_text("resolves")
    assert "not a record" in one_sentence(call("text --store page.md"))
    with sqlite3.connect("other.db") as other:
        other.execute("CREATE TABLE t (a)")
    assert "something else" in one_sentence(call("log --store other.db"))
    done("import", str(SHORT))
    whole = STORE.read_bytes()
    Path("cut.db").write_bytes(whole[: len(whole) // 2])
    assert "damaged or cut off" in one_sentence(call("open --store cut.db"))


def test_a_second_import_is_refused(short):
    """The record holds a text already."""
    assert "already holds DL/3" in refused("import", str(SHORT))


def test_the_received_file_comes_back_byte_for_byte():
    """With its base, whichever is asked for."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    done("export draft.md --received")
    done("export base.md --received --document base")
    assert Path("draft.md").read_bytes() == SAMPLE.read_bytes()
    assert Path("base.md").read_bytes() == SAMPLE_BASE.read_bytes()
    assert "holds tide-dl7-rev1.md" in refused("export x.md --document nope")


def test_an_export_reads_back_to_the_same_text(short):
    """The notation of the drafts, imported again."""
    done("export again.md")
    done("import again.md --store again.db")
    words = [one["words"] for one in call("text --json").json["clauses"]]
    assert words == [one["words"] for one in call("text --json --store again.db").json["clauses"]]


def test_export_writes_each_form(short):
    """Plain text and JSON, at any moment, in a reading; a name without a form is refused."""
    done("export text.txt")
    assert "tide tables" in Path("text.txt").read_text(encoding="utf-8")
    done("export text.json")
    json.loads(Path("text.json").read_text(encoding="utf-8"))
    answer = call("export then.txt --at 5 --json").json
    assert answer == {"file": "then.txt", "bytes": Path("then.txt").stat().st_size, "at": 5}
    assert "says no form" in refused("export text")


def test_a_word_file_comes_with_the_list_of_what_it_cannot_say(short):
    """For people the counts, for programs the clauses too; plain text has no such list."""
    said = done("export talks.docx")
    assert "Not in the file:" in said
    assert "changes that nobody has decided" in said
    assert Path("talks.docx").read_bytes().startswith(b"PK")
    first = Path("talks.docx").read_bytes()
    answer = call("export talks.docx --force --json").json
    assert first == Path("talks.docx").read_bytes()
    assert all(one["count"] for one in answer["lost"])
    bare = call("export bare.docx --without-names --json").json
    assert {"lost", "still_named"} <= set(bare)
    assert "lost" not in call("export talks.txt --json").json
    assert "There is no reading" in refused("export x.docx --reading never")
    assert "one party's" in refused("export x.docx --reading as:J --without-names")


def test_export_writes_over_nothing_unasked(short):
    """Not over a file, and never over the record."""
    done("export text.md")
    assert "exists already" in refused("export text.md")
    done("export text.md --force")
    assert "record itself" in refused("export negotiation.db --received --force")
    Path("folder.md").mkdir()
    assert "directory" in refused("export folder.md")
    assert "nowhere" in refused("export nowhere/text.md")


def test_a_clean_export_waits_until_nothing_is_open(short):
    """Refused with the list, then the text without marks."""
    assert "open point 1" in refused("export clean.txt --reading clean")
    done("lift 1")
    done("resolve 1 --choose 2")
    done("export clean.txt --reading clean")
    assert "[" not in Path("clean.txt").read_text(encoding="utf-8")


def test_verify_finds_the_record_in_order(short):
    """Every check, and exit code 0."""
    done("resolve 2 --choose 1")
    done("undo")
    assert "holds together" in done("verify")
    answer = call("verify --json").json
    assert answer["sound"] is True
    assert [check["name"] for check in answer["checks"]] == [
        "chain",
        "seals",
        "numbers",
        "versions",
        "acts",
        "documents",
        "issued",
        "replay",
        "file",
    ]


@pytest.mark.parametrize("sealed", [True, False])
def test_verify_finds_a_document_that_was_exchanged(short, sealed):
    """The seal of the entry tells; in a record of an earlier version, the hash that it gives."""
    with sqlite3.connect(STORE) as store:
        if not sealed:
            take_seals_off(store)
        changed = store.execute(
            "UPDATE stored_events SET state = CAST(REPLACE(CAST(state AS TEXT), "
            "'\"sha256\":\"', '\"sha256\":\"0') AS BLOB) WHERE topic LIKE 'document-received%'"
        ).rowcount
    assert changed == 1
    answer = call("verify")
    assert answer.code == 1
    if sealed:
        assert "at entry 2: entry 2 was altered" in answer.err
    else:
        assert "tide-short.md" in answer.err
        assert "is not what was received" in answer.err


def test_the_chair_without_a_terminal_prints_what_is_open(short):
    """And says how to see the screen; the exit code is 0."""
    answer = call("chair")
    assert answer.code == 0
    assert "2 open points" in answer.out
    assert "opens the screen" in answer.err
    assert len(call("chair --json").json["open"]) == 2


def test_the_chair_takes_a_page_or_a_store():
    """A page is received beside itself first, and only once."""
    Path("draft.md").write_bytes(SHORT.read_bytes())
    assert "Received draft.md into draft.db" in call("chair draft.md").err
    assert "before" in call("chair draft.md").err
    assert "2 open points" in call("chair draft.db").out
    Path("draft.md").write_bytes(SAMPLE.read_bytes())
    assert "another text" in one_sentence(call("chair draft.md"))
    assert "Received draft.md into mine.db" in call("chair draft.md --store mine.db").err
    assert "no file" in one_sentence(call("chair nope.md"))


def test_the_sample_is_kept_and_opened_again():
    """In ./tide.db; a second call opens that."""
    first = call("chair --sample")
    assert first.code == 0
    assert "into tide.db" in first.err
    assert "delete that file" in call("chair --sample").err
    assert Path("tide.db").exists()
    misused("chair --sample draft.md")


def test_an_export_without_names_names_nobody(short):
    """Sponsors, holders, grounds, notes and what was said in confidence stay at the desk."""
    done('propose resolves/1 --insert "of all ports" --after "tide tables" --for FJI')
    done('remark resolves/1 "KIR is alone with it"')
    done('position resolves/1 opposes --for KIR --condition "until Friday"')
    for name in ("bare.md", "bare.txt", "bare.json"):
        done(f"export {name} --without-names")
        content = Path(name).read_text()
        assert not any(one in content for one in ("FJI", "KIR", "alone", "Friday")), content


def test_an_export_without_names_says_where_the_text_names_a_party(short):
    """The words of the text are not changed; somebody is asked to look."""
    done('propose resolves/1 --insert "of FJI" --after "tide tables" --for FJI')
    told = done("export bare.md --without-names")
    assert "The text itself says “FJI” at resolves/1" in told
    found = call("export again.md --without-names --json").json
    assert [one["name"] for one in found["still_named"]] == ["FJI"]


def test_a_received_file_cannot_go_without_names(short):
    assert "names and all" in misused("export original.md --received --without-names")


def test_a_folder_that_is_missing_is_said(short):
    """It is not the file that is."""
    assert "There is no folder /nope; make it first" in refused("export /nope/a.md")
    assert "There is no file nope.md" in refused("import nope.md --store other.db")
