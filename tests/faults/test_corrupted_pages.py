"""A store whose bytes turned: what is shown is the record, or a sentence; `verify` tells which."""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.cli import main
from negotiation.following import Follower
from negotiation.ledger.ledger import StoreError
from negotiation.record import Record
from tests.cli.calls import Answer
from tests.faults.records import Made, made

PAGE = 4096


@attrs.frozen
class Hurt:
    """What happens to a file; ``page`` and ``other`` are counted modulo its pages."""

    how: str
    page: int
    at: int = 0
    other: int = 0
    noise: bytes = b""

    def done_to(self, whole: bytes) -> bytes:
        """The bytes afterwards."""
        pages = len(whole) // PAGE
        one, other = self.page % pages * PAGE, self.other % pages * PAGE
        hurt = bytearray(whole)
        match self.how:
            case "bit":
                hurt[one + self.at % PAGE] ^= 1 << self.other % 8
            case "noise":
                end = one + self.at % (PAGE - 64)
                hurt[end : end + len(self.noise)] = self.noise
            case "zeros":
                hurt[one : one + PAGE] = bytes(PAGE)
            case "swapped":
                hurt[one : one + PAGE], hurt[other : other + PAGE] = (
                    whole[other : other + PAGE],
                    whole[one : one + PAGE],
                )
            case "written elsewhere":
                hurt[other : other + PAGE] = whole[one : one + PAGE]
            case "cut off":
                del hurt[one + self.at % PAGE :]
            case "end of zeros":
                # As some file systems leave it: the length is right, the blocks never came.
                hurt[one:] = bytes(len(hurt) - one)
        return bytes(hurt)


def hurts():
    """Any of them anywhere; the head of a page is hit more often than chance would."""
    page, within = st.integers(0, 63), st.integers(0, PAGE - 1) | st.integers(0, 120)
    return st.one_of(
        st.builds(Hurt, st.just("bit"), page, within, st.integers(0, 7)),
        st.builds(Hurt, st.just("noise"), page, within, noise=st.binary(min_size=1, max_size=64)),
        st.builds(Hurt, st.just("cut off"), page, within),
        st.builds(Hurt, st.sampled_from(["zeros", "end of zeros"]), page),
        st.builds(
            Hurt, st.sampled_from(["swapped", "written elsewhere"]), page, other=st.integers(0, 63)
        ),
    )


class Case:
    """A sound record, what is said of it, and the name under which it is hurt."""

    def __init__(self, made: Made, whole: bytes, shown: dict[str, str], hurt: Path) -> None:
        self.made = made
        self.whole = whole
        self.shown = shown
        self.hurt = hurt

    def __repr__(self) -> str:
        return f"Case({len(self.whole) // PAGE} pages)"


_SHOWN = ("text --reading marked", "log --json", "open --json")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A record in a file of a dozen pages."""
    folder = tmp_path_factory.mktemp("hurt")
    one = made(folder / "record.db")
    shown = {command: asked(command, one.store).out for command in _SHOWN}
    return Case(one, one.store.read_bytes(), shown, folder / "hurt.db")


def asked(command: str, store: Path) -> Answer:
    """What a command answers; a fault of the program itself is raised."""
    said = [*command.split(), "--store", str(store)]
    result = CliRunner(env={"NEGOTIATION_TRACEBACK": "1"}).invoke(main, said)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def judged(answer: Answer, case: Case) -> bool:
    """Whether a command did what was asked; if not, it said why and what would help."""
    if answer.code == 0:
        return True
    assert answer.code == 1
    [sentence] = answer.err.splitlines()
    assert sentence.endswith(".")
    # The store by its name, or the entry; never a file of our own that nobody has heard of.
    place = rf"{re.escape(str(case.hurt))}|{case.made.negotiation}|entry \d+"
    assert re.search(place, sentence)
    assert ".part" not in sentence
    way = "[Gg]o back to a copy|[Nn]ame another file|begins|`negotiation verify`"
    assert re.search(way, sentence)
    return False


def lay(case: Case, hurt: Hurt) -> bool:
    """Put the hurt file where it is asked; whether it is another one than before."""
    for left in case.hurt.parent.glob("hurt.db*"):
        left.unlink()
    case.hurt.write_bytes(hurt.done_to(case.whole))
    return case.hurt.read_bytes() != case.whole


_FOUND = [
    Hurt("bit", 0, 18),
    Hurt("bit", 0, 47),
    Hurt("swapped", 0, other=1),
    Hurt("swapped", 3, other=2),
    Hurt("written elsewhere", 2, other=3),
    Hurt("noise", 0, 3984, noise=b"\xfd" * 64),
    *(Hurt("zeros", page) for page in range(7)),
    *(Hurt("bit", page, 4, bit) for page in range(7) for bit in (0, 1)),
]
"""What once got a traceback, a file of our own named, or another text than the record's."""


@settings(max_examples=settings().max_examples // 2)
@given(hurts())
def test_a_text_is_the_record_or_verify_says_where_it_is_not(case, hurt):
    """Flipped, zeroed, swapped, cut: never a traceback, never wrong words that verify calls good.

    The screen and the followers read as these commands do; acts and copies come last, since they
    may write.
    """
    checked(case, hurt)


@pytest.mark.parametrize("hurt", _FOUND, ids=lambda hurt: f"{hurt.how}-{hurt.page}-{hurt.other}")
def test_what_was_once_hurt_badly_is_still_told(case, hurt):
    """The same of the cases that are known to be hard."""
    checked(case, hurt)


def checked(case: Case, hurt: Hurt) -> None:
    """All that is asked of one hurt store."""
    lay(case, hurt)
    sound = judged(asked("verify", case.hurt), case)
    for command, shown in case.shown.items():
        answer = asked(command, case.hurt)
        if judged(answer, case) and sound:
            assert answer.out == shown, command
    followed(case, sound=sound)
    for command in ("rooms", "meeting open Evening", f"backup {case.hurt}.copy"):
        at = case.hurt
        answer = asked(command, at) if command != "rooms" else rooms(at)
        judged(answer, case)
    if sound:
        assert judged(asked("verify", case.hurt), case)
        assert judged(asked("verify", Path(f"{case.hurt}.copy")), case)


def rooms(store: Path) -> Answer:
    """What `rooms` says of a file."""
    result = CliRunner(env={"NEGOTIATION_TRACEBACK": "1"}).invoke(main, ["rooms", str(store)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def followed(case: Case, *, sound: bool) -> None:
    """Somebody who followed before it happened gets the record, or is told that it is not live."""
    hurt = case.hurt.read_bytes()
    case.hurt.write_bytes(case.whole)
    with closing(Record.open(case.hurt)) as record:
        follower = Follower(record)
        follower.look()
        case.hurt.write_bytes(hurt)
        os.utime(case.hurt, ns=(1, 1))
        looked = follower.look()
        if sound and not follower.cut:
            assert tuple(record.timeline.entries) == case.made.entries
        assert looked.told or not follower.cut
        if follower.cut:
            assert follower.cut.endswith(".")
    for end in ("-wal", "-shm"):
        Path(f"{case.hurt}{end}").unlink(missing_ok=True)


def test_verify_names_the_first_entry_that_a_torn_page_keeps_back(case):
    """Of every page of entries in turn; everything before it was found in order."""
    with closing(sqlite3.connect(case.made.store)) as file:
        if not has_dbstat(file):
            pytest.skip("This SQLite does not say where its pages are (dbstat).")
        leaves = file.execute(
            "SELECT pageno FROM dbstat WHERE name='stored_events' AND pagetype='leaf' ORDER BY path"
        ).fetchall()
    named = []
    for (leaf,) in leaves:
        lay(case, Hurt("zeros", leaf - 1))
        answer = asked("verify --json", case.hurt)
        fault = answer.json["fault"]
        assert fault["how"] == "damaged"
        assert f"at entry {fault['entry']}: the file is damaged from there on" in answer.err
        named.append(fault["entry"])
    assert len(named) > 3
    assert named == sorted(named)
    assert named[0] == 1
    assert named[-1] <= len(case.made.entries)


def has_dbstat(file: sqlite3.Connection) -> bool:
    """Whether SQLite was built with the table of its pages."""
    try:
        file.execute("SELECT 1 FROM dbstat LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def test_an_index_that_lies_is_told_by_verify_and_stops_the_next_act(case, tmp_path):
    """The words are all there; what finds them is not, so nothing more is written."""
    store = tmp_path / "hurt.db"
    shutil.copy(case.made.store, store)
    with closing(sqlite3.connect(store)) as file:
        file.execute("PRAGMA writable_schema=ON")
        (root,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name='sqlite_autoindex_stored_events_1'"
        ).fetchone()
    whole = bytearray(store.read_bytes())
    # An empty leaf of an index: in itself in order, and without a single row.
    start = (root - 1) * PAGE
    whole[start : start + PAGE] = b"\x0a\0\0\0\0\x10\0\0" + bytes(PAGE - 8)
    store.write_bytes(bytes(whole))
    assert asked("text --reading marked", store).out == case.shown["text --reading marked"]
    verified = asked("verify", store)
    assert verified.code == 1
    assert "missing from index" in verified.err
    refused = asked("meeting open Evening", store)
    assert refused.code == 1
    assert refused.err.endswith("and nothing was written. Go back to a copy of the store.\n")
    assert asked("log --json", store).out == case.shown["log --json"]


def test_a_file_that_lost_its_tables_is_not_called_empty(case, tmp_path):
    """The next import would otherwise begin a record over the one that is damaged."""
    store = tmp_path / "hurt.db"
    whole = bytearray(case.whole)
    # The root of the tables as an empty leaf.
    whole[100:PAGE] = b"\x0d\0\0\0\0\x10\0\0" + bytes(PAGE - 108)
    store.write_bytes(bytes(whole))
    for command in ("text", "import fixtures/texts/tide-short.md"):
        answer = asked(command, store)
        assert answer.code == 1
        assert "damaged or cut off" in answer.err
    assert store.read_bytes() == bytes(whole)


def test_a_clause_that_goes_by_another_name_is_damage_and_no_fault_of_the_program(case, tmp_path):
    """One letter in the name of a stream: all rows can be read, and make no sense together."""
    store = tmp_path / "hurt.db"
    store.write_bytes(case.whole)
    last = max(entry.number for entry in case.made.entries if entry.clause and entry.version > 1)
    with closing(sqlite3.connect(store)) as file:
        row = (case.made.negotiation + "/other", f'{{"number":{last},%')
        file.execute(
            "UPDATE stored_events SET originator_id=? WHERE CAST(state AS TEXT) LIKE ?", row
        )
        file.commit()
    for command in ("text", "log", "meeting open Evening", "open"):
        [sentence] = asked(command, store).err.splitlines()
        assert f"of {case.made.negotiation} does not hold together: " in sentence
        assert sentence.endswith("go back to a copy of the store.")
    assert f"at entry {last}:" in asked("verify", store).err
    with closing(Record.open(case.made.store)) as record:
        before = record.timeline.moment()
        half = case.made.entries[-1]
        with pytest.raises(StoreError, match="does not hold together"):
            record._take([half, attrs.evolve(half, number=99, clause="never", version=7)])
        assert record.timeline.moment() == before


def test_a_damaged_store_is_not_copied_under_another_name(case, tmp_path):
    """The sentence names the store and not a file in between; no copy is left that looks whole."""
    store = tmp_path / "hurt.db"
    store.write_bytes(Hurt("zeros", 5).done_to(case.whole))
    answer = asked(f"backup {tmp_path / 'copy.db'}", store)
    assert answer.code == 1
    assert str(store) in answer.err
    assert os.listdir(tmp_path) == ["hurt.db"]
