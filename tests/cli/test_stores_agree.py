"""What a record says does not depend on where it lies: the same bytes from every kind of store.

The recorded sessions are asked everything that the program can be asked, in memory, in a file and
on a server, and write every paper that it can write.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from eventsourcing.persistence import StoredEvent

from negotiation.cli import main
from negotiation.cli.sample import make_sample
from negotiation.cli.saying import Asked
from negotiation.desk import Desk
from negotiation.ledger.appending import append_of
from negotiation.ledger.copies import restore
from negotiation.ledger.ledger import Ledger
from tests.cli.calls import TEXTS
from tests.ledger.record_session import LOGS

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)
LONG = os.environ.get("NEGOTIATION_TEST_PROFILE") == "long"
READINGS = ("open", "live", "marked", "base", "clean", "as:FJI", "as:USA")
MOMENTS = ("now", "now~3", "30")
PAPERS = ("fate", "provenance", "summary", "columns", "positions", "remaining", "progress")
QUESTIONS = [
    *(f"text --paths --reading {reading} --at {at}" for reading in READINGS for at in MOMENTS),
    "text --json", "text --notation --reading marked",
    *(f"{asks} --at {at}" for asks in ("open", "who", "fate", "notes") for at in MOMENTS),
    "open --json", "who --json", "fate --json", "log --json", "log --json --seen-by public",
    "anomalies --json", "references --json", "versions --json", "pending --json", "audit",
    "diff --json 12 now", "progress", "verify --json", "since now~9 --json",
    *(f"report {paper} --format md" for paper in PAPERS), "report columns --format csv",
]  # fmt: skip
FILES = ["page.md", "page.txt", "page.json", "page.xml", "page.docx", "page.html"]
if LONG:
    QUESTIONS += [
        *(f"text --json --reading {reading}" for reading in READINGS), "log", "log --from 30",
        "log --json --seen-by FJI", "open --json --seen-by public", "replay --json",
        "replay --by version", "since 12", "audit --all", "audit --json", "diff 12 now",
        *(f"report {paper} --format {form}" for paper in PAPERS for form in ("csv", "json")),
        "report positions --private",
    ]  # fmt: skip
    FILES += [
        "open.md --reading open", "open.docx --reading open --without-names",
        "then.html --at 30", "received.md --received",
    ]  # fmt: skip
_IN_MEMORY: dict[str, dict[str, object]] = {}
"""What each session says in memory, asked once."""


_PAGES = re.compile(rb',\{"faults":\[[^]]*\],"looked_at":\d+,"name":"file"\}')


def answers(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """All that the program says of the record at this desk, and every file that it writes."""
    desk.clock = lambda: NOON
    folder.mkdir()
    monkeypatch.chdir(folder)
    said: dict[str, object] = {"rows": desk.ledger.fingerprint(desk.timeline.id)}
    for line in (*QUESTIONS, *(f"export {file}" for file in FILES)):
        ran = CliRunner().invoke(main, shlex.split(line), obj=Asked(desk=desk))
        assert isinstance(ran.exception, SystemExit | None), line
        assert ran.exit_code in (0, 1), f"{line}: {ran.stderr}"
        said[line] = (ran.exit_code, _of_the_record(ran.stdout_bytes), ran.stderr_bytes)
    return said | {path.name: path.read_bytes() for path in folder.iterdir()}


def _of_the_record(answer: bytes) -> bytes:
    """The answer without what `verify` looks at in the pages of a file, which only a file has."""
    return _PAGES.sub(b"", answer)


def poured(store: str) -> Ledger:
    """The record of a file in memory: the same rows, whatever version wrote them."""
    memory = Ledger.open(None)
    with closing(Ledger.open(store, create=False)) as file:
        (name,) = file.negotiations()
        append = append_of(name, file.entries(name))
        with file._store.laid(name) as laid:
            rows = [StoredEvent(*row[1:]) for row in laid.rows]
    memory._record.recorder.insert_events(rows, append=append)
    return memory


def held_at(session: str, kind: str, where: str, folder: Path) -> Desk:
    """A desk for the session in a store of this kind: tide is played there, others are carried."""
    if session == "tide":
        made = make_sample(where or None, TEXTS, NOON)
        if not where:
            return made
        made.close()
        return Desk.open(where)
    kept = folder / f"{session}.db"
    shutil.copy(LOGS / kept.name, kept)
    if kind == "memory":
        ledger = poured(str(kept))
        return Desk(ledger, *ledger.negotiations())
    restore(str(kept), where)
    return Desk.open(where)


@pytest.mark.parametrize("kind", ["file", "server"])
@pytest.mark.parametrize("session", ["tide", *sorted(log.stem for log in LOGS.glob("*.db"))])
def test_every_answer_and_every_paper_is_the_same(
    session: str,
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Byte for byte, in a file and on a server, what it is in memory; and so are the rows."""
    # First of all, since without a server this is skipped.
    store = str(tmp_path / "session.db")
    where = store if kind == "file" else request.getfixturevalue("postgres_store")
    if session not in _IN_MEMORY:
        with closing(held_at(session, "memory", "", tmp_path)) as memory:
            _IN_MEMORY[session] = answers(memory, tmp_path / "memory", monkeypatch)
    with closing(held_at(session, kind, where, tmp_path)) as desk:
        found = answers(desk, tmp_path / kind, monkeypatch)
    expected = _IN_MEMORY[session]
    assert found.keys() == expected.keys()
    for line, answer in expected.items():
        assert found[line] == answer, line
    assert len(found) == len(QUESTIONS) + 2 * len(FILES) + 1
