"""Small notes beside a store, no part of the record: where the chair stands, what the room sees.

The last writer wins, and everything here may be deleted at any time. A note that cannot be read is
an empty one; one that cannot be written is not written: nobody's act may fail for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

_TRIES = 3
_PAUSE = 0.005
"""Seconds; on Windows a file cannot be replaced while somebody reads it."""

Notes = dict[str, dict[str, object]]


class Beside:
    """The notes of one store, in a file beside it; in memory where there is no file."""

    def __init__(self, store: str | None) -> None:
        """The notes beside this store."""
        self._path = None if store is None else Path(f"{store}.desk.json")
        self._held: Notes = {}
        self._seen: tuple[int, int] | None = None

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """The note of this name; empty when there is none."""
        return dict(self._read().get(_key(negotiation, name), {}))

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Write the note; what JSON can say."""
        notes = {**self._read(), _key(negotiation, name): dict(facts)}
        if self._path is None:
            self._held = notes
            return
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            fresh.write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
            _replace(fresh, self._path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink()

    def _read(self) -> Notes:
        """All notes; read again only when the file is another one."""
        if self._path is None:
            return self._held
        try:
            found = self._path.stat()
            seen = (found.st_mtime_ns, found.st_ino)
            if seen != self._seen:
                self._held = _notes(self._path.read_text(encoding="utf-8"))
                self._seen = seen
        except (OSError, UnicodeDecodeError):
            self._held, self._seen = {}, None
        return self._held


def _replace(fresh: Path, path: Path) -> None:
    for _ in range(_TRIES):
        with contextlib.suppress(PermissionError):
            os.replace(fresh, path)
            return
        time.sleep(_PAUSE)
    os.replace(fresh, path)


def _key(negotiation: str, name: str) -> str:
    return f"{negotiation}/{name}"


def _notes(text: str) -> Notes:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): note for key, note in found.items() if isinstance(note, dict)}
