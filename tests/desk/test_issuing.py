"""A version goes out whole or not at all, whatever happens between the files and the record."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from negotiation import issuing
from negotiation.desk import Desk, Hand, RecordMoved
from negotiation.domain import commands as do
from negotiation.domain.refusals import AlreadyIssued
from negotiation.domain.terms import Kind
from negotiation.issuing import FilesInTheWay, Wanted, issue, prepare, write_again
from negotiation.papers.recognise import How, recognised

REV = "TT/1(Rev.1)"
KILLED = """
import os, signal, sys
from pathlib import Path
from negotiation import issuing
from negotiation.desk import Desk, Hand


def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


store, folder, at = sys.argv[1:]
desk = Desk.open(store)
prepared = issuing.prepare(desk, issuing.Wanted("TT/1(Rev.1)"), Hand())
if at == "before the act":
    desk.act = killed
else:
    issuing._put_in_place = killed
issuing.issue(desk, prepared, Path(folder))
"""


@pytest.fixture
def desk(tmp_path):
    """A text of two clauses in a file."""
    desk = Desk.begin(tmp_path / "talks.db")
    desk.act(do.OpenNegotiation("TT/1"))
    desk.act(do.TableClause("h", Kind.HEADING, "", "resolves"))
    desk.act(do.TableClause("a", Kind.ITEM, "1", "states shall act;", "h"))
    desk.act(do.TableClause("b", Kind.ITEM, "2", "parties meet,", "a"))
    yield desk
    desk.close()


def folders(tmp_path: Path) -> list[str]:
    """What stands beside the store."""
    return sorted(path.name for path in tmp_path.iterdir() if path.is_dir())


def test_the_act_and_the_files_are_what_was_prepared(desk, tmp_path):
    prepared = prepare(desk, Wanted(REV), Hand())
    assert desk.timeline.negotiation(desk.timeline.head).issued == ()
    entries = issue(desk, prepared, tmp_path / "out")
    assert entries[-1].number == prepared.entry
    (issued,) = desk.timeline.negotiation(desk.timeline.head).issued
    assert issued.fingerprint == prepared.fingerprint
    assert folders(tmp_path) == ["out"]
    assert {file.name for file in issued.files} == {
        path.name for path in (tmp_path / "out").iterdir()
    }
    for path in (tmp_path / "out").iterdir():
        known = recognised(desk.timeline, path.read_bytes())
        assert known is not None
        assert known.how is How.BYTES


def test_nothing_goes_out_when_somebody_wrote_since_it_was_looked_at(desk, tmp_path):
    prepared = prepare(desk, Wanted(REV), Hand())
    other = Desk.open(tmp_path / "talks.db")
    other.act(do.ReviseText("a", (do.Rewording("should", do.WordsAt("shall")),)))
    with pytest.raises(RecordMoved):
        issue(desk, prepared, tmp_path / "out")
    assert folders(tmp_path) == []
    desk.catch_up()
    with pytest.raises(RecordMoved):
        issue(desk, prepared, tmp_path / "out")
    assert desk.timeline.negotiation(desk.timeline.head).issued == ()
    issue(desk, prepare(desk, Wanted(REV), Hand()), tmp_path / "out")
    clean = (tmp_path / "out" / "TT-1-Rev.1-clean.txt").read_text(encoding="utf-8")
    assert "states should act;" in clean
    other.close()


def test_a_refused_act_leaves_no_file(desk, tmp_path):
    issue(desk, prepare(desk, Wanted(REV), Hand()), tmp_path / "out")
    with pytest.raises(AlreadyIssued):
        prepare(desk, Wanted(REV), Hand())
    assert folders(tmp_path) == ["out"]


def test_files_in_the_way_stop_it_before_the_act(desk, tmp_path):
    prepared = prepare(desk, Wanted(REV), Hand())
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / prepared.papers[0].name).write_text("somebody's own")
    with pytest.raises(FilesInTheWay, match="exists already"):
        issue(desk, prepared, tmp_path / "out")
    with pytest.raises(FilesInTheWay, match="is a file"):
        issue(desk, prepared, tmp_path / "talks.db")
    assert desk.timeline.negotiation(desk.timeline.head).issued == ()


def test_files_that_were_not_put_in_place_are_made_again_to_the_byte(desk, tmp_path, monkeypatch):
    """The power goes between the record and the folder."""

    def gone(beside: Path, folder: Path) -> None:
        raise OSError(5, "no power", str(folder))

    prepared = prepare(desk, Wanted(REV, punctuate=True, renumber=True), Hand())
    with monkeypatch.context() as patched:
        patched.setattr(issuing, "_put_in_place", gone)
        with pytest.raises(OSError, match="no power"):
            issue(desk, prepared, tmp_path / "out")
    desk.close()
    again = Desk.open(tmp_path / "talks.db")
    assert [one.symbol for one in again.timeline.negotiation(again.timeline.head).issued] == [REV]
    papers = write_again(again, REV, tmp_path / "out")
    assert [one.content for one in papers] == [one.content for one in prepared.papers]
    with pytest.raises(FilesInTheWay):
        write_again(again, REV, tmp_path / "out")
    again.close()


@pytest.mark.parametrize(
    ("at", "symbols"), [("before the act", []), ("between the act and the folder", [REV])]
)
def test_a_process_that_is_killed_leaves_no_version_or_a_whole_one(desk, tmp_path, at, symbols):
    """Never a folder that holds some of the files, and never a version without its files."""
    store, folder = tmp_path / "talks.db", tmp_path / "out"
    ran = subprocess.run([sys.executable, "-c", KILLED, store, folder, at], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert not folder.exists()
    desk.catch_up()
    issued = desk.timeline.negotiation(desk.timeline.head).issued
    assert [one.symbol for one in issued] == symbols
    if symbols:
        write_again(desk, REV, folder)
    else:
        issue(desk, prepare(desk, Wanted(REV), Hand()), folder)
    (version,) = desk.timeline.negotiation(desk.timeline.head).issued
    assert {path.name for path in folder.iterdir()} == {file.name for file in version.files}


def test_a_desk_that_writes_nothing_can_be_asked(desk):
    """Whoever shows a version before it goes out leaves no trace."""
    head = desk.timeline.head
    prepared = prepare(desk, Wanted(REV, renumber=True, against=""), Hand())
    assert [one.reading for one in prepared.papers] == [
        "clean text",
        "clean text",
        "marked against the base",
        "marked against the base, without names",
    ]
    assert desk.timeline.head == head
