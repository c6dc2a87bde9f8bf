"""Control, directions, paths and SQL in every name and word that a record holds, then every view.

They are put into the rows themselves, since the program lets none in; the words of the text are
changed letter by letter, all in the same way, so that every edit still fits.
"""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile.attempt import Attempt, call
from tests.hostile.rows import READINGS, reading
from tests.hostile.signs import ALL, CONTROLS, DIRECTIONS, PATHS, SQL

_FORGED = (
    *ALL,
    *SQL,
    *PATHS[:20],
    "<script>alert(1)</script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "]]>",
)
_OF_PEOPLE = (
    "symbol",
    "name",
    "by",
    "typed_by",
    "behalf",
    "meeting",
    "why",
    "reason",
    "purpose",
    "title",
    "status",
)
_OF_TEXT = ("words", "removed", "inserted", "label")
_LETTERS = "ReoBfmtVw1j"


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """Each sign in a few strings of the record, looked at on a terminal and by programs."""
    while True:
        sign = chance.choice(_FORGED)
        seed = chance.randrange(2**60)
        calls = [reading("verify"), reading("text", terminal=True), reading("log", terminal=True)]
        for _ in range(3):
            calls.append(reading(*chance.choice(READINGS), terminal=chance.random() < 0.7))
        stolen = f"export-{seed % 5}.md"
        calls.append(call("export", stolen, "--received", "--store", "talks.db", writes=(stolen,)))
        yield Attempt(
            "name", f"{sign[:20]!r} {seed}", partial(_put, sign, seed), tuple(calls), sound=False
        )


def _put(sign: str, seed: int, folder: Path) -> None:
    from tests.hostile.sample import copy_sample

    copy_sample(folder / "talks.db")
    chance = random.Random(seed)
    forge(folder / "talks.db", sign, chance, everywhere=chance.random() < 0.5)


def forge(path: Path, sign: str, chance: random.Random, *, everywhere: bool) -> None:
    """Put a sign into the strings of a store, behind the program's back."""
    with closing(sqlite3.connect(path)) as store:
        rows = store.execute("SELECT rowid,topic,state FROM stored_events").fetchall()
        letters = str.maketrans(dict(zip(_LETTERS, sign, strict=False)))
        for rowid, _topic, state in rows:
            if not everywhere and chance.random() < 0.8:
                continue
            found = json.loads(state)
            for holder, key in list(_strings(found)):
                if key in _OF_PEOPLE and chance.random() < 0.8:
                    holder[key] = _with(holder[key], sign, chance)
                elif key in _OF_TEXT and everywhere:
                    holder[key] = holder[key].translate(letters)
            text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
            bent = text.encode(errors="surrogatepass")
            store.execute("UPDATE stored_events SET state=? WHERE rowid=?", (bent, rowid))
        store.commit()


def _with(word: str, sign: str, chance: random.Random) -> str:
    if sign in CONTROLS or sign in DIRECTIONS:
        at = chance.randrange(len(word) + 1)
        return word[:at] + sign + word[at:]
    return chance.choice((sign, word + sign, sign + word))


def _strings(found: Any) -> Iterator[tuple[Any, Any]]:
    for key, held in found.items() if isinstance(found, dict) else enumerate(found):
        if isinstance(held, str):
            yield found, key
        elif isinstance(held, (dict, list)):
            yield from _strings(held)
