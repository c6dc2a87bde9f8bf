"""Reports and the digest for whoever was in another room, on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from negotiation.papers.reports.paper import PRIVATE
from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, misused, open_points, refused

KINDS = ("fate", "provenance", "summary", "columns", "positions", "remaining", "progress")


@pytest.fixture
def sample() -> None:
    """The sample page with its base in ./negotiation.db."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))


def rows(said: str) -> list[list[str]]:
    """What a call prints as CSV, row by row."""
    return list(csv.reader(io.StringIO(done(said), newline="")))


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_comes_in_three_forms(kind: str) -> None:
    """Markdown for people, CSV with equal rows for spreadsheets, one document of JSON."""
    done("meeting open First")
    done("resolve 1 --choose 1")
    assert done(f"report {kind}").startswith("# ")
    table = rows(f"report {kind} --format csv")
    assert len(table) > 1
    assert len({len(row) for row in table}) == 1
    assert isinstance(call(f"report {kind} --format json").json, dict)
    assert call(f"report {kind} --json").json == call(f"report {kind} --format json").json


@pytest.mark.usefixtures("short")
def test_the_end_of_a_file_name_fits_what_is_written() -> None:
    """Nothing is written into a file that another program would open as something else."""
    assert ".md, .csv or .json" in refused("report fate -o fate.docx")
    assert "ends in .csv" in refused("report fate --format csv -o fate.md")
    assert "ends in .json" in refused("report fate --json -o fate.md")
    assert not list(Path().glob("fate.*"))
    done("report fate -o fate.csv")
    assert Path("fate.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("short")
def test_a_report_of_an_earlier_moment_knows_nothing_of_later_ones() -> None:
    """--at is kept by every report of a moment."""
    at = call("open --json").json["at"]
    before = {kind: done(f"report {kind} --at {at}") for kind in KINDS if kind != "summary"}
    before["summary"] = done(f"report summary --to {at}")
    done("lift 1")
    done("resolve 1 --choose 1")
    for kind, told in before.items():
        option = "--to" if kind == "summary" else "--at"
        assert done(f"report {kind} {option} {at}") == told


@pytest.mark.usefixtures("short")
def test_the_validation_lists_every_proposal_once() -> None:
    """A proposal that was made, amended and dropped is one row."""
    done('propose resolves/1 --insert "where possible" --for CUB --symbol CUB/1/1')
    done("drop CUB/1/1")
    table = rows("report fate --format csv")
    mine = [row for row in table if row[1] == "CUB/1/1"]
    assert len(mine) == 1
    assert mine[0][7].startswith("not retained (chair, ")
    assert mine[0][8] == "not retained: “where possible”"


@pytest.mark.usefixtures("sample")
def test_a_summary_begins_when_the_last_meeting_opened() -> None:
    """Unless --from says otherwise."""
    done("hold 2 --for USA")
    done("meeting open Second")
    done("resolve 1 --choose 1")
    told = done("report summary")
    assert "(Second)" in told
    assert "## reaffirming" in told
    earlier = done("report summary --from now~3")
    assert len(earlier.splitlines()) > len(told.splitlines())


@pytest.mark.usefixtures("short")
def test_a_report_is_written_to_a_file_in_the_form_of_its_name(folder: Path) -> None:
    """A spreadsheet gets the mark by which it knows UTF-8; a file that exists is kept."""
    assert done("report fate -o fate.csv").startswith("Wrote fate.csv")
    assert (folder / "fate.csv").read_bytes().startswith(b"\xef\xbb\xbfNo.,Proposal")
    done("report fate -o fate.json")
    assert "answers" in json.loads((folder / "fate.json").read_text("utf-8"))
    done("report fate -o fate.md")
    assert (folder / "fate.md").read_text("utf-8").startswith("# ")
    assert "exists already" in refused("report fate -o fate.md")
    done("report fate -o fate.md --force")
    (folder / "negotiation.db").rename(folder / "kept.md")
    answer = call("report fate -o kept.md --force --store kept.md")
    assert "is the record itself" in answer.err


@pytest.mark.usefixtures("short")
def test_what_is_not_public_is_told_only_when_it_is_asked_for() -> None:
    """And the paper then says in its first line that it is not for publication."""
    done('position resolves/1 "red line" --for CUB --point 1 --condition "never before Friday"')
    for kind in KINDS:
        if kind in ("fate", "progress"):
            continue
        for form in ("md", "csv", "json"):
            assert "never before Friday" not in done(f"report {kind} --format {form}"), kind
    assert "never before Friday" not in done("since 1")
    assert "never before Friday" not in done("since 1 --json")
    told = done("report positions --private")
    assert told.splitlines()[0] == f"**{PRIVATE}**"
    assert "never before Friday" in told
    assert rows("report positions --private --format csv")[0] == [PRIVATE]
    answer = call("report positions --private --json").json
    assert answer["not_for_publication"] == PRIVATE
    assert "never before Friday" in done("since 1 --private")


@pytest.mark.usefixtures("short")
def test_moments_that_do_not_fit_the_report_are_misuse() -> None:
    """A summary has two moments, the others one."""
    assert "--from and --to" in misused("report summary --at 3")
    assert "--at" in misused("report fate --from 3")
    assert "report --help" in misused("report everything")


@pytest.mark.usefixtures("short")
def test_terminal_control_in_a_ground_is_spelled_out() -> None:
    """Whatever was recorded, nothing reaches the terminal as control."""
    done('delete considering/b --reason "said \u202eelsewhere"')
    for said in ("report summary --from 1", "report provenance", "since 1"):
        told = done(said)
        assert "\u202e" not in told
        assert "U+202E" in told


@pytest.mark.usefixtures("sample")
def test_since_tells_what_happened_and_what_is_next() -> None:
    """Clause by clause, with the words, how it stands now, and what waits."""
    at = call("open --json").json["at"]
    done("party FJI Fiji")
    done('propose aware/a --insert "and atolls" --after "low islands" --for FJI --symbol FJI/1/1')
    done("park noting/a --owner FJI --until Friday")
    told = done(f"since {at} --for FJI --no-color")
    assert "What concerns Fiji" in told
    assert told.index("aware/a") < told.index("Next")
    assert "proposed   MOD FJI/1/1 (Fiji)" in told
    assert "+ “ and atolls”" in told or "+ “and atolls ”" in told
    assert "parked     set aside until Friday; Fiji to bring it back" in told
    assert "noting/a: parked with Fiji until Friday" in told
    assert f"{len(open_points())} open points" in told
    answer = call(f"since {at} --for FJI --json").json
    assert [one["concerns"] for one in answer["happened"]["clauses"]] == [True, True]
    assert done(f"since {at} --format md").startswith("# Summary")
    assert rows(f"since {at} --format csv")[0][0] == "Clause"


@pytest.mark.usefixtures("short")
def test_since_now_nothing_happened() -> None:
    """An empty stretch is said as such."""
    told = done("since now")
    assert "0 clauses touched" in told
    assert "Nothing happened." in done("since now --format md")


@pytest.mark.usefixtures("short")
def test_diff_flags_shall_for_should_in_agreed_words() -> None:
    """The line that Paris needed on its last night."""
    done("lift 1")
    done("resolve 1 --keep-base")
    done('revise resolves/1 --words "the Union publish" --with "the Union shall publish"')
    done("agree resolves/1")
    at = call("open --json").json["at"]
    done('revise resolves/1 --words "shall" --with "should" --editorial --as editor')
    told = done(f"diff {at} --no-color")
    assert "! shall → should, in words agreed at the level “ad hoc group”" in told
    warning = "! shall became should, in words agreed at the level “ad hoc group”"
    for said in (f"since {at}", f"log --from {at + 1}", f"replay --from {at}"):
        assert warning in done(said, "--no-color"), said
    assert call(f"log --from {at + 1} --json").lines[0]["warning"] == warning.removeprefix("! ")
