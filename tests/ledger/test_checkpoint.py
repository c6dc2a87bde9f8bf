"""A record opened through a checkpoint answers every question as one folded from its first entry.

Whatever happens to the file beside the store, the answers stay the same.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.desk import Desk, RecordMoved
from negotiation.domain.commands import MakeRemark
from negotiation.domain.entries import Entry
from negotiation.ledger import checkpoint, kept_past, long_records, making_checkpoint
from negotiation.ledger.checkpoint import FOLDED_BY, path_of
from negotiation.ledger.kept_past import KeptPast
from negotiation.ledger.ledger import Ledger, RecordReplaced
from negotiation.ledger.long_records import held
from negotiation.ledger.making_checkpoint import make_checkpoint
from negotiation.views.at_that_time import Steps, Timeline
from tests.ledger.a_session import play
from tests.views.records import records
from tests.views.test_nothing_later import VIEWS
from tests.views.writing import Writer


@pytest.fixture(autouse=True, scope="module")
def short() -> Iterator[None]:
    """Records of a few entries are long, and have several key states and groups of lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_records, "LONG", 1)
        patch.setattr(long_records, "BEHIND", 5)
        for module in (kept_past, making_checkpoint):
            patch.setattr(module, "KEY", 3)
            patch.setattr(module, "GROUP", 2)
        yield


def ends_of_acts(entries: list[Entry]) -> list[int]:
    """Where a store may end: 0, and the last entry of every act."""
    following = [*entries[1:], None]
    return [0] + [
        one.number
        for one, other in zip(entries, following, strict=True)
        if other is None or other.act.id != one.act.id
    ]


def cuts_of(writer: Writer) -> st.SearchStrategy[list[int]]:
    """Entries at which a checkpoint is written, or brought up to date."""
    ends = st.sampled_from(ends_of_acts(writer.entries)[1:])
    return st.sets(ends, min_size=1, max_size=3).map(sorted)


@contextmanager
def taken_up(entries: list[Entry], *cuts: int) -> Iterator[tuple[Timeline, KeptPast]]:
    """The record behind a checkpoint that was written, and brought up to date, at these entries."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "record.db"
        store.touch()
        path = path_of(store, "tide")
        assert path is not None
        ledger = Ledger.open(None)
        before, past = 0, None
        for cut in cuts:
            ledger.append("tide", entries[before:cut])
            earlier = past
            assert make_checkpoint(path, store, ledger.extracts("tide"), earlier)
            past = held(path, lambda: ledger, "tide")
            if earlier is not None:
                earlier.close()
            before = cut
        assert past is not None
        ledger.append("tide", entries[before:])
        yield Timeline("tide", ledger.entries("tide", past.head), beginning=past), past
        past.close()
        ledger.close()


@given(records(), st.data())
def test_every_view_of_every_moment_is_that_of_the_folded_record(
    writer: Writer, data: st.DataObject
) -> None:
    cuts = sorted(
        data.draw(
            st.sets(st.sampled_from(ends_of_acts(writer.entries)[1:]), min_size=1, max_size=2)
        )
    )
    at = data.draw(st.integers(0, writer.head) | st.just(writer.head))
    with taken_up(writer.entries, *cuts) as (timeline, past):
        for name, view in VIEWS.items():
            assert view(timeline, at) == view(writer.timeline, at), name
        assert past.instead is None


@given(records(), st.data())
def test_the_timeline_itself_is_the_same_at_every_entry(
    writer: Writer, data: st.DataObject
) -> None:
    """Asked in any order, on a branch as well, and of clauses that nobody knows."""
    cuts = sorted(
        data.draw(
            st.sets(st.sampled_from(ends_of_acts(writer.entries)[1:]), min_size=1, max_size=3)
        )
    )
    places = data.draw(st.permutations(range(writer.head + 1)))
    with taken_up(writer.entries, *cuts) as (timeline, past):
        for one in (timeline, timeline.branch()):
            assert list(one.entries) == writer.entries
            assert list(reversed(one.entries)) == writer.entries[::-1]
            assert one.head == writer.head
            assert list(one.clauses()) == list(writer.timeline.clauses())
            ends = ends_of_acts(writer.entries)
            counted = [bisect_left(ends, entry.number) for entry in writer.entries[: past.head]]
            assert list(one.acts_counted()) == counted
            for at in places:
                same_moment(one, writer.timeline, at)
            room, other = one.room(), writer.timeline.room()
            assert (dict(room.clauses), room.negotiation) == (
                dict(other.clauses),
                other.negotiation,
            )
            assert len(room.clauses) == len(other.clauses)
            assert "nobody" not in room.clauses
        assert past.instead is None


def same_moment(one: Timeline, other: Timeline, at: int) -> None:
    """Everything that a timeline says of an entry."""
    assert one.text(at) == other.text(at)
    assert one.lines(at) == other.lines(at)
    assert one.moment(at) == other.moment(at)
    assert list(one.entries[:at]) == list(other.entries[:at])
    assert list(one.entries[at:]) == list(other.entries[at:])
    for clause in (*other.clauses(), "nobody", ""):
        assert one.clause(clause, at) == other.clause(clause, at)
        assert one.line(clause, at) == other.line(clause, at)
        assert one.changes_of(clause) == other.changes_of(clause)
    if at:
        assert one.entries[at - 1] == other.entries[at - 1]
        assert one.changed(at) == other.changed(at)
        assert one.unchanged(at) == other.unchanged(at)


@given(records(), st.data())
def test_steps_lead_across_the_border(writer: Writer, data: st.DataObject) -> None:
    cut = data.draw(st.sampled_from(ends_of_acts(writer.entries)[1:]))
    with taken_up(writer.entries, cut) as (timeline, _):
        steps = Steps(timeline, 0)
        while steps.on() is not None:
            assert steps.text == writer.timeline.text(steps.at)
        while steps.back() is not None:
            assert steps.text == writer.timeline.text(steps.at)


# -- a store in a file ----------------------------------------------------------------------------


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A record in a file in which every act was made once."""
    store = tmp_path / "record.db"
    play(store).close()
    return store


def beside(store: Path) -> Path:
    """Its one checkpoint."""
    (found,) = store.parent.glob("*.checkpoint")
    return found


def answers(store: Path) -> list[object]:
    """What a record says of some moments, through whatever is beside it."""
    desk = Desk.open(store)
    try:
        return said_of(desk.timeline)
    finally:
        desk.close()


def said_of(timeline: Timeline) -> list[object]:
    """Something of every piece of a checkpoint."""
    half = timeline.head // 2
    lines = [timeline.line(one, at) for one in timeline.clauses() for at in (half, timeline.head)]
    moments = [timeline.moment(at) for at in (timeline.head, half, 3)]
    changes = [timeline.changes_of(one) for one in timeline.clauses()]
    return [timeline.head, timeline.text(timeline.head), lines, moments, changes]


def test_whoever_opens_a_long_record_leaves_a_checkpoint(session: Path) -> None:
    desk = Desk.open(session)
    assert desk._past is not None
    assert desk._past.head == desk.timeline.head
    desk.close()
    assert stat.S_IMODE(beside(session).stat().st_mode) == stat.S_IMODE(session.stat().st_mode)
    assert not list(session.parent.glob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions.")
def test_who_is_closed_out_of_the_store_is_closed_out_of_its_checkpoint(session: Path) -> None:
    """Also where the store was open to all when it was made."""
    session.chmod(0o644)
    Desk.open(session).close()
    assert stat.S_IMODE(beside(session).stat().st_mode) == 0o644
    session.chmod(0o600)
    Desk.open(session).close()
    assert stat.S_IMODE(beside(session).stat().st_mode) == 0o600


def test_a_short_record_has_none(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_records, "LONG", 10_000)
    Desk.open(session).close()
    assert not list(session.parent.glob("*.checkpoint*"))


def test_acts_go_on_behind_a_checkpoint_and_it_is_brought_up_to_date(session: Path) -> None:
    Desk.open(session).close()
    first = beside(session).read_bytes()
    for number in range(8):
        desk = Desk.open(session)
        desk.act(MakeRemark(desk.timeline.clauses()[number], f"remark {number}"))
        desk.close()
    assert beside(session).read_bytes() != first
    through = answers(session)
    beside(session).unlink()
    assert through == answers(session)


def test_a_damaged_one_is_not_gone_on_from(session: Path) -> None:
    """What is copied from it keeps its checksums, and with them the damage."""
    Desk.open(session).close()
    path = beside(session)
    kept = bytearray(path.read_bytes())
    kept[len(kept) // 4 : len(kept) // 2] = bytes(len(kept) // 2 - len(kept) // 4)
    path.write_bytes(bytes(kept))
    for number in range(2):
        desk = Desk.open(session)
        for place in range(8):
            desk.act(MakeRemark(desk.timeline.clauses()[place], f"{number} {place}"))
        desk.close()
    through = answers(session)
    for found in session.parent.glob("*.checkpoint"):
        found.unlink()
    assert through == answers(session)


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_file_costs_time_only(data: st.DataObject) -> None:
    store, whole, right = _kept_session()
    kept = bytearray(whole)
    match data.draw(st.sampled_from(["flip", "cut", "zeros", "grow", "swap"])):
        case "flip":
            for at in data.draw(st.lists(st.integers(0, len(kept) - 1), min_size=1, max_size=4)):
                kept[at] ^= data.draw(st.integers(1, 255))
        case "cut":
            del kept[data.draw(st.integers(0, len(kept) - 1)) :]
        case "zeros":
            at = data.draw(st.integers(0, len(kept) - 1))
            length = data.draw(st.integers(1, 4096))
            kept[at : at + length] = bytes(len(kept[at : at + length]))
        case "grow":
            kept += data.draw(st.binary(min_size=1, max_size=64))
        case "swap":
            at = data.draw(st.integers(0, len(kept) - 1))
            kept = kept[at:] + kept[:at]
    path = path_of(store, Ledger.open(str(store)).negotiations()[0])
    assert path is not None
    path.write_bytes(bytes(kept))
    assert answers(store) == right


_SESSION: list[tuple[Path, bytes, list[object]]] = []


def _kept_session() -> tuple[Path, bytes, list[object]]:
    """A session in a file, its checkpoint and its answers without one; made once."""
    if not _SESSION:
        store = Path(tempfile.mkdtemp()) / "record.db"
        play(store).close()
        Desk.open(store).close()
        whole = beside(store).read_bytes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(long_records, "LONG", 10_000)
            _SESSION.append((store, whole, answers(store)))
    return _SESSION[0]


@pytest.fixture(autouse=True, scope="module")
def swept() -> Iterator[None]:
    yield
    for store, _, _ in _SESSION:
        shutil.rmtree(store.parent, ignore_errors=True)


def test_every_single_byte_counts(session: Path) -> None:
    """Not drawn by chance: a byte of each piece, the first and the last included."""
    right = answers(session)
    path = beside(session)
    whole = path.read_bytes()
    for at in (0, 30, len(whole) // 3, len(whole) // 2, len(whole) - 60, len(whole) - 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert answers(session) == right


def test_a_checkpoint_that_is_damaged_while_it_is_open_is_given_up(session: Path) -> None:
    desk = Desk.open(session)
    right = answers(session)
    path = beside(session)
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size // 2))
    assert said_of(desk.timeline) == right
    assert desk._past is not None
    assert desk._past.instead is not None
    assert not path.exists()
    desk.close()


def test_one_that_is_cut_off_while_it_is_open_is_given_up(session: Path) -> None:
    desk = Desk.open(session)
    right = answers(session)
    os.truncate(beside(session), 100)
    assert said_of(desk.timeline) == right
    desk.close()


def test_that_of_another_record_is_no_checkpoint(session: Path, tmp_path: Path) -> None:
    """Not even under the same id, with as many entries."""
    other = tmp_path / "other" / "record.db"
    other.parent.mkdir()
    shutil.copy(session, other)
    first, second = Desk.open(session), Desk.open(other)
    for desk, words in ((first, "one thing"), (second, "another")):
        desk.act(MakeRemark(desk.timeline.clauses()[0], words))
        desk.close()
        beside(Path(desk.ledger.path or "")).unlink()
    right = answers(session)
    answers(other)
    shutil.copy(beside(other), beside(session))
    assert answers(session) == right


def test_one_of_a_later_state_does_not_outlive_the_copy_that_is_put_back(
    session: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(session, copy)
    right = answers(session)
    desk = Desk.open(session)
    desk.act(MakeRemark(desk.timeline.clauses()[0], "later"))
    desk.close()
    beside(session).unlink()
    assert answers(session) != right
    shutil.copy(copy, session)
    assert answers(session) == right


def test_another_version_of_the_program_makes_its_own(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = answers(session)
    before = beside(session).read_bytes()
    monkeypatch.setattr(checkpoint, "folded_by", lambda: "another")
    monkeypatch.setattr(making_checkpoint, "folded_by", lambda: "another")
    assert answers(session) == right
    assert beside(session).read_bytes() != before


def test_a_program_that_was_replaced_while_it_runs_leaves_none(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs is not what its source says then, and could sign for it."""
    monkeypatch.setattr(long_records, "BEGAN", 0.0)
    checkpoint.folded_by.cache_clear()
    try:
        Desk.open(session).close()
    finally:
        checkpoint.folded_by.cache_clear()
    assert not list(session.parent.glob("*.checkpoint*"))


def test_a_record_without_seals_has_none(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the store would stand for it."""
    monkeypatch.setattr("negotiation.ledger.extracts.parted", lambda state: (state, ""))
    desk = Desk.open(session)
    assert desk._past is None
    desk.close()
    assert not list(session.parent.glob("*.checkpoint*"))


def test_where_it_cannot_be_written_the_record_opens_without(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = answers(session)
    beside(session).unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("negotiation.ledger.making_checkpoint.os.replace", full)
    assert answers(session) == right
    assert not list(session.parent.glob("*.checkpoint*"))


def test_a_folder_or_a_pipe_in_its_place_does_no_harm(session: Path) -> None:
    right = answers(session)
    path = beside(session)
    path.unlink()
    path.mkdir()
    assert answers(session) == right
    path.rmdir()
    os.mkfifo(path)
    assert answers(session) == right


def test_two_who_open_at_once_do_not_write_at_once(session: Path) -> None:
    right = answers(session)
    path = beside(session)
    path.unlink()
    half = Path(f"{path}.tmp")
    half.write_bytes(b"somebody is at it")
    assert answers(session) == right
    assert not path.exists()
    os.utime(half, (0, 0))
    assert answers(session) == right
    assert path.exists()
    assert not half.exists()


def test_an_earlier_copy_that_is_put_back_under_an_open_desk_is_followed(
    session: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(session, copy)
    desk = Desk.open(session)
    clause = desk.timeline.clauses()[0]
    before = desk.timeline.head
    desk.act(MakeRemark(clause, "gone soon"))
    for part in ("-wal", "-shm"):
        Path(f"{session}{part}").unlink()
    os.replace(copy, session)
    assert desk.open_again() == before
    desk.act(MakeRemark(clause, "again"))
    assert desk.timeline.text(before // 2)
    assert list(desk.timeline.entries) == desk.ledger.entries(desk.timeline.id)
    desk.close()


@pytest.mark.parametrize("behind", [0, 2])
def test_an_earlier_copy_that_is_written_over_an_open_store_is_noticed(
    session: Path, tmp_path: Path, behind: int
) -> None:
    """The bytes under an open checkpoint are those of another record then, entry by entry."""
    copy = tmp_path / "copy.db"
    shutil.copy(session, copy)
    writer = Desk.open(session)
    clause = writer.timeline.clauses()[0]
    common = writer.timeline.head
    for number in range(8):
        writer.act(MakeRemark(clause, f"gone soon {number}"))
    writer.close()
    other = Desk.open(copy)
    for number in range(9):
        other.act(MakeRemark(clause, f"instead {number}"))
    other.close()
    desk = Desk.open(session)
    for number in range(behind):
        desk.act(MakeRemark(clause, f"gone as well {number}"))
    desk.ledger._record.close()
    desk.ledger = Ledger.open(str(session))
    shutil.copyfile(copy, session)
    with pytest.raises(RecordReplaced):
        desk.catch_up()
    assert desk.open_again() == common
    desk.catch_up()
    assert said_of(desk.timeline) == answers(copy)
    desk.close()


def test_two_desks_behind_one_checkpoint_do_not_write_over_each_other(session: Path) -> None:
    one, other = Desk.open(session), Desk.open(session)
    clause = one.timeline.clauses()[0]
    one.act(MakeRemark(clause, "first"))
    with pytest.raises(RecordMoved):
        other.act(MakeRemark(clause, "second"), head=one.timeline.head)
    other.act(MakeRemark(clause, "second"))
    one.catch_up()
    assert one.timeline.moment() == other.timeline.moment()
    one.close()
    other.close()


def test_all_that_folds_is_named_among_what_a_checkpoint_depends_on() -> None:
    """A module that changes the fold and is not named would let an old checkpoint answer."""
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\n"
            "import negotiation.domain.evolve, negotiation.domain.negotiation\n"
            "import negotiation.domain.entries, negotiation.ledger.upcasts\n"
            "print(*(name for name in sys.modules if name.startswith('negotiation.')))",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    modules = {name.removeprefix("negotiation.") for name in loaded} - {"domain", "text", "ledger"}
    assert modules <= set(FOLDED_BY)
