"""Word files at the command line: who marked them, what is told, and what is refused."""

from pathlib import Path

import pytest

from tests.cli.calls import call, done, refused
from tests.papers.word_files import change, dele, docx, ins, p, r

PLAIN = p(r("The Harbour Conference,")) + p(r("considering")) + p(r("a)\tthat tides turn;"))
TRACKED = (
    p(r("The Harbour Conference,"))
    + p(r("considering"))
    + p(
        r("a)\tthat tides "),
        dele('<w:r><w:delText xml:space="preserve">may </w:delText></w:r>', by="Janin, Patricia"),
        ins(r("shall "), by="Janin, Patricia"),
        '<w:commentRangeStart w:id="7"/>',
        r("turn"),
        '<w:commentRangeEnd w:id="7"/>',
        ins(r(" twice"), by="Okafor", on="2025-03-05T08:00:00Z"),
        r(";"),
    )
)
COMMENT = (
    '<w:comment w:id="7" w:author="Okafor" w:date="2025-03-05T08:10:00Z"><w:p>'
    "<w:r><w:t>Always?</w:t></w:r></w:p></w:comment>"
)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    Path("tides.docx").write_bytes(docx(TRACKED, comments=COMMENT))
    Path("plain.docx").write_bytes(docx(PLAIN))
    Path("people.txt").write_text("Janin, Patricia = MEX Mexico\n", encoding="utf-8")


def test_authors_prints_a_table_that_import_takes():
    """Counts and dates stand behind the sign of a comment."""
    told = done("authors tides.docx")
    assert told.splitlines() == [
        "Janin, Patricia =  # 1 insertion, 1 deletion, 2025-03-04",
        "Okafor =  # 1 insertion, 1 comment, 2025-03-05",
    ]
    Path("table.txt").write_text(told, encoding="utf-8")
    done("import tides.docx --authors table.txt")
    assert "Nobody marked" in call("authors plain.docx").err
    assert "no Word file" in refused("authors people.txt")


def test_authors_in_json_has_times_and_parties():
    """For a program that fills the table."""
    [janin, okafor] = call("authors tides.docx --authors people.txt --json").json["authors"]
    assert (janin["party"], okafor["party"]) == ("MEX", "")
    assert janin["author"]["first"].startswith("2025-03-04T10:20")


def test_import_tells_who_marked_the_file_and_the_two_readings_are_those_of_word():
    """Accept-all is what lives, reject-all what was there."""
    told = done("import tides.docx --authors people.txt")
    assert "Janin, Patricia, for MEX: 1 insertion, 1 deletion" in told
    assert "time zone that the file does not tell" in told
    assert "a) that tides shall turn twice;" in done("text --reading live")
    assert "a) that tides may turn;" in done("text --reading base")


def test_import_says_whether_changes_stand_and_counts_what_open_lists():
    """Under each body's own rule; whoever says it knows it."""
    told = done("import tides.docx --conventions un")
    assert "Tracked changes wait for a decision, as un has it (or --standing)." in told
    assert "2 open points;" in told
    assert done("open").endswith("2 open points.\n")
    told = done("import tides.docx --conventions itu --store itu.db")
    assert "Tracked changes stand, as itu has it" in told
    assert "Tracked changes" not in done("import tides.docx --standing --store said.db")


def test_import_says_that_a_table_is_taken_apart():
    """Its cells are clauses, one below the other."""
    cell = f"<w:tc>{p(r('2 million'))}</w:tc>"
    Path("table.docx").write_bytes(docx(PLAIN + f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"))
    assert "2 paragraphs of tables, each a clause; rows are not kept." in done("import table.docx")


def test_import_in_json_tells_of_the_file():
    """Under `word`; a page of text has none."""
    word = call("import tides.docx --json").json["word"]
    assert (word["tracked"], word["zone_known"], word["comments"]) == (True, False, 1)
    Path("page.md").write_text("resolves\n\n1 to go on.\n", encoding="utf-8")
    assert "word" not in call("import page.md --json --store other.db").json


def test_who_keeps_the_person_and_the_party_apart():
    """In words and in JSON, with the date that the file has."""
    done("import tides.docx --authors people.txt")
    told = done("who considering/a")
    assert "put in by Janin, Patricia for MEX (" in told
    assert "2025-03-04T10:20Z" in told
    [clause] = call("who considering/a --json").json["clauses"]
    put_in = [run["inserted"] for run in clause["runs"] if run["inserted"]]
    assert [one["hand"]["by"] for one in put_in] == ["Janin, Patricia", "Okafor"]
    assert put_in[0]["credit"]["sponsors"] == ["MEX"]
    assert put_in[1]["credit"]["sponsors"] == []


def test_who_names_whoever_only_moved_a_clause():
    """The words stay those of the base, and still somebody in the file did something."""
    halves = [
        f'<w:move{way}RangeStart w:id="{at}" w:name="m"/>'
        + p(
            change(f"move{way}", r("that tides turn;"), by="Li"), mark=change(f"move{way}", by="Li")
        )
        + f'<w:move{way}RangeEnd w:id="{at}"/>'
        for at, way in ((8, "From"), (9, "To"))
    ]
    moved = halves[0] + p(r("that gauges stay;")) + halves[1] + p(r("that harbours rest."))
    Path("moved.docx").write_bytes(docx(moved))
    done("import moved.docx")
    assert "    moved by Li (" in done("who")
    [move] = call("who --json").json["moves"]
    assert (move["done"], move["hand"]["by"]) == ("moved", "Li")


def test_log_tells_each_act_in_the_name_of_its_author_and_when_it_happened():
    """The remark with the words that it is about."""
    done("import tides.docx --authors people.txt")
    told = done("log")
    assert "Janin, Patricia, happened 2025-03-04T10:20Z" in told
    assert "Okafor remarks on “turn” in considering/a: “Always?”." in told
    assert "Always?" not in done("log --seen-by public")


def test_undo_takes_back_what_one_author_did():
    """As any act."""
    done("import tides.docx")
    log = call("log --json").lines
    act = next(one["act"]["id"] for one in log if one["act"]["by"] == "Okafor")
    assert "tracked change" in done(f"undo {act}")
    assert "a) that tides shall turn;" in done("text --reading live")


def test_changes_wait_or_stand_as_the_conventions_have_it_or_whoever_imports():
    """Waiting ones are on the table, in brackets, and open."""
    done("import tides.docx --store waiting.db --conventions un")
    assert "on the table" in done("fate --store waiting.db")
    assert "turn[ twice];" in done("text --store waiting.db")
    done("import tides.docx --store standing.db --conventions itu")
    assert "on the table" not in done("fate --store standing.db")
    assert "a) that tides shall turn twice;" in done("text --store standing.db")
    done("import tides.docx --store made.db --conventions un --standing")
    assert "on the table" not in done("fate --store made.db")
    done("import tides.docx --store open.db --conventions itu --undecided")
    assert "on the table" in done("fate --store open.db")


def test_a_base_beside_a_file_that_tracks_is_refused_and_a_word_file_may_be_one():
    """Before anything is made."""
    assert "holds its own base" in refused("import tides.docx --base plain.docx")
    assert "a base has none" in refused("import plain.docx --base tides.docx")
    assert not Path("negotiation.db").exists()
    page = "The Harbour Conference,\n\nconsidering\n\na) that tides ++always++ turn;\n"
    Path("page.md").write_text(page, encoding="utf-8")
    done("import page.md --base plain.docx")
    assert "a) that tides turn;" in done("text --reading base")


def test_a_word_file_that_tracks_nothing_is_compared_with_its_base():
    """As a page of text is."""
    body = p(r("The Harbour Conference,")) + p(r("considering")) + p(r("a)\tthat tides do turn;"))
    Path("later.docx").write_bytes(docx(body))
    done("import later.docx --base plain.docx")
    assert "a) that tides turn;" in done("text --reading base")
    assert "a) that tides do turn;" in done("text --reading live")


def test_a_file_that_is_none_gets_a_sentence():
    """Damaged, empty, or something else under that name."""
    Path("bad.docx").write_bytes(b"PK\x03\x04 and no more")
    Path("empty.docx").write_bytes(docx(p()))
    Path("page.docx").write_text("resolves to go on\n", encoding="utf-8")
    assert "is damaged" in refused("import bad.docx")
    assert "holds no words" in refused("import empty.docx")
    assert "is no Word file" in refused("authors page.docx")


def test_a_bad_table_is_refused_before_the_store_is_made():
    """With the number of its line."""
    Path("people.txt").write_text("somebody\n", encoding="utf-8")
    assert "Line 1 of people.txt" in refused("import tides.docx --authors people.txt")
    assert not Path("negotiation.db").exists()


def test_a_later_revision_in_word_is_received_as_a_page():
    """What it has otherwise becomes acts of the page, and its authors are told."""
    done("import plain.docx")
    told = done("receive tides.docx --yes")
    assert "1 reworded" in told
    assert "Okafor: 1 insertion, 1 comment" in told
    assert "a) that tides shall turn twice;" in done("text --reading live")


def test_verify_knows_a_word_file_that_was_received():
    """By its bytes, and another one not at all."""
    done("import tides.docx")
    assert "byte for byte" in done("verify tides.docx")
    Path("other.docx").write_bytes(docx(p(r("Something else altogether."))))
    assert "no version of this record" in refused("verify other.docx")


def test_the_file_comes_back_byte_for_byte():
    """The source is kept."""
    done("import tides.docx")
    done("export back.docx --received")
    assert Path("back.docx").read_bytes() == Path("tides.docx").read_bytes()
