"""`receive`: what a later page implies is shown first, and recorded after a yes."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from negotiation.cli import main
from tests.cli.calls import SAMPLE, SHORT, TEXTS, call, done, refused

LATER = TEXTS / "tide-short-later.md"
SYMBOL = "DL/3(Rev.1)"


def later(*more: str) -> str:
    """What `receive` prints for the later page."""
    return done("receive", str(LATER), "--as", SYMBOL, *more)


def test_a_dry_run_shows_what_it_implies_and_writes_nothing(short):
    before = done("log")
    printed = later("--dry-run", "--all")
    assert "6 reworded" in printed
    assert "considering/b → considering/a" in printed
    assert "resolves/4  new" in printed
    assert "invites Member States/1  dropped" in printed
    assert "- “each”  + “every second”" in printed
    assert done("log") == before


def test_without_a_terminal_it_shows_and_says_how_to_go_on(short):
    before = done("log")
    answer = call("receive", str(LATER), "--as", SYMBOL)
    assert answer.code == 1
    assert "reworded" in answer.out
    assert answer.err.rstrip().endswith("--yes` takes it in.")
    assert done("log") == before


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 1)])
def test_on_a_terminal_it_asks(short, monkeypatch, said, code):
    monkeypatch.setattr("negotiation.cli.receiving.somebody_is_there", lambda: True)
    result = CliRunner().invoke(main, ["receive", str(LATER), "--as", SYMBOL], input=said)
    assert result.exit_code == code, result.output
    assert "Take it in?" in result.output
    assert (f"Received {SYMBOL}" in result.output) is (code == 0)
    assert ("on line" in done("text resolves/2")) is (code == 0)


def test_after_a_yes_the_text_is_that_of_the_page(short):
    later("--yes")
    printed = done("text --notation")
    assert "".join(printed.split()) == "".join(LATER.read_text(encoding="utf-8").split())
    assert "".join(done("text", "--notation", "--at", "DL/3").split()) != "".join(printed.split())
    assert SYMBOL in done("text --json")


def test_the_page_is_named_on_every_entry(short):
    later("--yes")
    entries = call("log --json --from now~1").lines
    own = [one for one in entries if one["act"]["purpose"] == "ReceiveRevision"]
    assert own
    assert {one["evidence"]["document"] for one in own} == {LATER.name}
    assert {one["act"]["capacity"] for one in own} == {"import"}


def test_the_live_page_is_exported_as_it_was_received(short, folder):
    later("--yes")
    done("export out.md --reading open")
    assert (folder / "out.md").read_text().split() == LATER.read_text(encoding="utf-8").split()
    done("export", "again.md", "--received", "--document", SYMBOL)
    assert (folder / "again.md").read_bytes() == LATER.read_bytes()


def test_json_holds_every_clause_and_whether_it_was_recorded(short):
    facts = call("receive --json --yes", str(LATER), "--as", SYMBOL).json
    assert facts["recorded"] is True
    assert facts["counts"]["new"] == 1
    assert facts["points"] == {"kept": 1, "new": 0, "gone": 1}
    assert {"clause", "became", "path", "path_before", "line"} <= set(facts["clauses"][0])


def test_the_same_page_again_is_one_sentence(short):
    later("--yes")
    assert "came in as DL/3(Rev.1)" in refused("receive --yes", str(LATER), "--as", "DL/3(Rev.2)")


def test_a_symbol_that_is_taken_is_refused(short):
    later("--yes")
    assert "already" in refused("receive --yes", str(SHORT), "--as", SYMBOL)


def test_undo_takes_a_receipt_back(short):
    before = done("text --notation")
    later("--yes")
    done("undo")
    assert done("text --notation") == before
    later("--yes")


def test_a_record_that_holds_no_text_says_what_comes_first():
    answer = call("receive --yes", str(SAMPLE), "--as", "X/1")
    assert answer.code == 1
    assert "import" in answer.err


@pytest.mark.parametrize("name", ["nothing.md", "picture.md"])
def test_a_file_that_cannot_be_read_is_refused(short, folder, name):
    (folder / "picture.md").write_bytes(b"\x89PNG\0\0")
    refused("receive --yes --as X/1", name)


def test_notation_is_for_the_whole_text(short):
    assert call("text resolves --notation").code == 2
    assert "whole text" in call("text --notation --reading base").err
