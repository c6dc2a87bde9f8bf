"""Stores that were written by somebody else: rows, indexes and tables bent behind the ledger."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile.attempt import Attempt, Call
from tests.hostile.signs import ALL, PATHS, SQL, STRINGS

_WORDS = (*STRINGS, *SQL, *PATHS, *ALL)
_EVIL: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2**31,
    2**63,
    2**64,
    -(2**63) - 1,
    10**4_000,
    1e308,
    -0.0,
    0.5,
    "",
    "x" * 3_000_000,
    [],
    {},
    [[]],
    [None],
    [0] * 10_000,
    {"": {}},
    {"a": 1},
    "2014-10-28T15:00:00",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2014-13-40",
    "AAAA",
    "====",
)
_RAW = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\0",
    b"\xff\xfe{}",
    b"\xef\xbb\xbf{}",
    b"{}",
    b'{"number":1}',
    b"NaN",
    b"1e99999",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"[" * 2_000_000 + b"]" * 2_000_000,
    b'"\\ud800"',
    b"9" * 1_000_000,
    b'{"number":' + b"[" * 100_000,
    b'{"number":1,"act":"a","event":' + b'{"x":' * 200_000 + b"}" * 200_001,
)
_SHAPES = (
    "DROP TABLE commits",
    "DROP TABLE format",
    "DROP TABLE stored_events",
    "DELETE FROM commits",
    "DELETE FROM stored_events",
    "DELETE FROM format",
    "UPDATE format SET version=99",
    "UPDATE format SET version=-1",
    "UPDATE format SET version='x'",
    "UPDATE format SET version=x'00'",
    "UPDATE format SET version=1e300",
    "UPDATE stored_events SET originator_version=originator_version+5",
    "UPDATE stored_events SET originator_version=-rowid",
    "UPDATE stored_events SET originator_version=9223372036854775807-rowid",
    "UPDATE stored_events SET state=CAST(state AS TEXT)",
    "UPDATE stored_events SET state=zeroblob(50000000) WHERE rowid=2",
    "UPDATE stored_events SET state=12 WHERE rowid=3",
    "UPDATE stored_events SET topic=x'ff00' WHERE rowid=2",
    "UPDATE stored_events SET originator_id=x'ff00' WHERE rowid=2",
    "UPDATE stored_events SET originator_id=originator_id||char(0)||'x'",
    "UPDATE stored_events SET originator_id='../../x/'||rowid",
    "UPDATE commits SET written_at=9223372036854775807",
    "UPDATE commits SET written_at=-9223372036854775807",
    "UPDATE commits SET written_at='soon'",
    "UPDATE commits SET position=9223372036854775807",
    "UPDATE commits SET position=-1",
    "UPDATE commits SET position='x'",
    "UPDATE commits SET last_number=last_number+1000000000",
    "UPDATE commits SET last_number=-last_number",
    "UPDATE commits SET negotiation='../x'",
    "UPDATE commits SET negotiation=x'ff'",
    "UPDATE commits SET negotiation=char(27)||'[2J'",
    "INSERT INTO commits VALUES ('other',1,0,1)",
    "INSERT INTO commits VALUES ('',0,0,0)",
    "CREATE TRIGGER t AFTER INSERT ON stored_events BEGIN DELETE FROM stored_events; END",
    "CREATE TRIGGER t BEFORE INSERT ON commits BEGIN SELECT RAISE(ABORT, 'no'); END",
    "ALTER TABLE stored_events RENAME TO s; CREATE VIEW stored_events AS "
    "WITH RECURSIVE n(rowid) AS (SELECT 1 UNION ALL SELECT rowid+1 FROM n) "
    "SELECT rowid,'x' originator_id,1 originator_version,'act/1' topic,zeroblob(1000) state FROM n",
    "ALTER TABLE commits RENAME TO s; CREATE VIEW commits AS "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
    "SELECT 'x'||i negotiation,i last_number,i written_at,i position FROM n",
    "ALTER TABLE format RENAME TO s; CREATE VIEW format AS "
    "SELECT 'negotiation-format' name,1 version",
    "ALTER TABLE stored_events ADD COLUMN more TEXT AS (hex(zeroblob(400000000)))",
    "ALTER TABLE stored_events ADD COLUMN more TEXT DEFAULT 'x'",
    "ALTER TABLE stored_events RENAME COLUMN state TO bytes",
    "ALTER TABLE commits RENAME COLUMN position TO place",
    "PRAGMA user_version=-1",
    "PRAGMA application_id=1",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA writable_schema=1; UPDATE sqlite_master SET sql='garbage'",
    "PRAGMA writable_schema=1; UPDATE sqlite_master SET rootpage=1",
    "PRAGMA writable_schema=1; UPDATE sqlite_master SET rootpage=99999 WHERE name='commits'",
    "PRAGMA encoding='UTF-16'",
)
READINGS = (
    ("text",),
    ("text", "--reading", "live"),
    ("log",),
    ("log", "--json"),
    ("open",),
    ("anomalies",),
    ("rooms",),
    ("rooms", "--json"),
    ("who", "title"),
    ("fate",),
    ("notes",),
    ("progress",),
    ("versions",),
    ("verify",),
    ("verify", "--json"),
    ("seal",),
    ("diff", "1", "now"),
    ("report", "positions"),
    ("report", "remaining"),
    ("pending",),
    ("packages",),
    ("agreed",),
    ("references",),
    ("since", "1"),
    ("audit", "title"),
    ("text", "--at", "now~2"),
    ("text", "--at", "2020-01-01"),
    ("replay",),
    ("backup", "copy.db"),
    ("migrate",),
    ("export", "out.md"),
    ("export", "out.docx"),
    ("export", "out.html"),
    ("export", "out.xml"),
    ("export", "out.json"),
    ("export", "out.txt", "--received"),
    ("issue", "R9", "--yes", "--into", "out"),
    ("remark", "title", "one more"),
    ("undo",),
    ("party", "NEW", "Newcomer"),
    ("settle", "1", "--stands"),
)
_WRITES = ("out", "out.md", "out.docx", "out.html", "out.xml", "out.json", "out.txt", "copy.db")


def reading(*said: str, terminal: bool = False) -> Call:
    """One of the commands, on the store of the attempt."""
    return Call((*said, "--store", "talks.db"), terminal, _WRITES)


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """The whole shapes once, then bent rows without end."""
    for statement in _SHAPES:
        yield _attempt(f"schema: {statement[:70]}", partial(_schema, statement), chance)
    for raw in _RAW:
        for row in ("first", "act", "last"):
            name = f"state of the {row} row: {raw[:12]!r} ({len(raw):,})"
            yield _attempt(name, partial(_state, raw, row), chance)
    while True:
        seed = chance.randrange(2**60)
        bend = chance.choice(
            (_row_bent, _row_bent, _row_bent, _topic_bent, _stream_bent, _pages_bent)
        )
        yield _attempt(f"{bend.__name__} {seed}", partial(bend, seed), chance)


def _attempt(name: str, bend: Callable[[Path], None], chance: random.Random) -> Attempt:
    calls = [reading("text"), reading("verify")]
    calls += [reading(*chance.choice(READINGS), terminal=chance.random() < 0.3) for _ in range(2)]
    if chance.random() < 0.1:
        calls.append(Call(("follow", "--from", "1", "--store", "talks.db"), stop_after=0.5))
    return Attempt("row", name, partial(_put, bend), tuple(calls), sound=False)


def _put(bend: Callable[[Path], None], folder: Path) -> None:
    from tests.hostile.sample import copy_sample

    copy_sample(folder / "talks.db")
    bend(folder / "talks.db")


def _schema(statement: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        # Some shapes cannot be made with the SQLite of this machine.
        with suppress(sqlite3.Error):
            store.executescript(statement)
        store.commit()


def _state(raw: bytes, which: str, path: Path) -> None:
    row = {
        "first": "rowid=(SELECT min(rowid) FROM stored_events WHERE topic!='act/1')",
        "act": "rowid=(SELECT max(rowid) FROM stored_events WHERE topic='act/1')",
        "last": "rowid=(SELECT max(rowid) FROM stored_events)",
    }[which]
    with closing(sqlite3.connect(path)) as store:
        store.execute(f"UPDATE stored_events SET state=? WHERE {row}", (raw,))
        store.commit()


def _row_bent(seed: int, path: Path) -> None:
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute("SELECT rowid,state FROM stored_events").fetchall()
        for rowid, state in chance.sample(rows, chance.choice((1, 1, 3, 20))):
            bent = _json_bent(chance, bytes(state))
            store.execute("UPDATE stored_events SET state=? WHERE rowid=?", (bent, rowid))
        store.commit()


def _json_bent(chance: random.Random, state: bytes) -> bytes:
    if chance.random() < 0.2:
        at = chance.randrange(len(state))
        more = chance.choice(
            (b"\xff", b"\0", b"[" * 5_000, b'"', b"}", b"\\", b",", b"\xed\xa0\x80")
        )
        return state[:at] + chance.choice((more, b"", bytes([state[at] ^ 1]))) + state[at + 1 :]
    found = json.loads(state)
    holder, key = chance.choice(list(_places(found)))
    match chance.randrange(6):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(_WORDS)] = holder[key]
        case 2 if isinstance(holder, list):
            holder *= 500
        case 3:
            holder[key] = chance.choice(_WORDS)
        case 4 if isinstance(holder[key], str):
            holder[key] += chance.choice(_WORDS)
        case _:
            holder[key] = chance.choice(_EVIL)
    text = _dumped(found)
    if chance.random() < 0.1:
        # The same name twice.
        text = text.replace('"event":', '"event":{},"event":', 1)
    return text.encode(errors="surrogatepass")


def _dumped(found: object) -> str:
    import sys

    sys.set_int_max_str_digits(0)
    return json.dumps(found, ensure_ascii=False)


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON document: what holds it, and under which key."""
    for key, held in list(found.items() if isinstance(found, dict) else enumerate(found)):
        yield found, key
        if isinstance(held, (dict, list)) and held:
            yield from _places(held)


def _topic_bent(seed: int, path: Path) -> None:
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as store:
        topics = [one for (one,) in store.execute("SELECT DISTINCT topic FROM stored_events")]
        rowid = chance.choice(store.execute("SELECT rowid FROM stored_events").fetchall())[0]
        topic = chance.choice(topics)
        new = chance.choice(
            (
                topic,
                topic.replace("/1", "/2"),
                topic.replace("/1", "/0"),
                topic + "/1",
                topic[:-1],
                topic.upper(),
                *(chance.choice(_WORDS) for _ in range(4)),
            )
        ).encode(errors="surrogatepass")
        store.execute("UPDATE stored_events SET topic=CAST(? AS TEXT) WHERE rowid=?", (new, rowid))
        store.commit()


def _stream_bent(seed: int, path: Path) -> None:
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as store:
        streams = [
            one for (one,) in store.execute("SELECT DISTINCT originator_id FROM stored_events")
        ]
        old, other = chance.choice(streams), chance.choice(streams)
        new = chance.choice(
            (old + chance.choice(_WORDS), chance.choice(_WORDS), other + "/x", old[:-1])
        )
        try:
            store.execute(
                "UPDATE stored_events SET originator_id=CAST(? AS TEXT) WHERE originator_id=?",
                (new.encode(errors="surrogatepass"), old),
            )
        except sqlite3.IntegrityError:
            store.execute("DELETE FROM stored_events WHERE originator_id=?", (old,))
        store.commit()


def _pages_bent(seed: int, path: Path) -> None:
    """Bytes of the file itself, in its header as well."""
    chance = random.Random(seed)
    with path.open("r+b") as file:
        size = path.stat().st_size
        for _ in range(chance.choice((1, 5, 200))):
            file.seek(chance.choice((chance.randrange(100), chance.randrange(size))))
            file.write(bytes([chance.randrange(256)] * chance.choice((1, 4, 16))))
        if chance.random() < 0.2:
            file.truncate(chance.randrange(size))
