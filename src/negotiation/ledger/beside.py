"""Small notes beside the store: where the chair stood, what the room is shown, who has the floor.

They are not the record: nobody decides on them, and they may be lost at any time. So nothing here
is ever an error; a file that is missing, damaged or closed to us holds no notes, and whoever writes
last wins. A store in memory keeps its notes as long as it lives.
"""

from __future__ import annotations

import os
import stat
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

Notes: TypeAlias = dict[str, dict[str, dict[str, object]]]
"""By negotiation and name."""

_LARGEST = 1 << 20
"""Bytes; a file beyond this was not written here."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time tells one writing from the next, on any file system."""
_TRIES = 6
_WAIT = 0.01


class KeepsNotes(Protocol):
    """Where the notes beside a record are kept: a file here, a table on a server."""

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """A note; empty where there is none."""
        ...

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Keeps a note, unless it cannot."""
        ...


class Beside:
    """The notes beside one store."""

    def __init__(self, store: str | None) -> None:
        """The notes beside the store in this file; ``None`` keeps them in memory."""
        self._store = Path() if store is None else Path(os.path.realpath(store))
        self.path = None if store is None else Path(f"{self._store}.desk.json")
        self._lock = threading.Lock()
        self._held: Notes = {}
        self._seen: tuple[int, int, int] | None = None
        self._read_at = 0

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Keeps these facts under a name, instead of those kept before.

        Raises `TypeError` for facts that are not JSON, the one fault that is the caller's.
        """
        # Through the stored form in either case, so that facts in memory come back as from a file.
        try:
            note = msgspec.json.decode(msgspec.json.encode(dict(facts)), type=dict[str, object])
        except UnicodeEncodeError:
            # Half a letter, which no file can hold.
            return
        with self._lock:
            notes = self._read()
            if notes.get(negotiation, {}).get(name) == note:
                return
            others = notes.get(negotiation, {})
            self._write({**notes, negotiation: {**others, name: note}})

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """The facts kept under a name; none where there are none."""
        with self._lock:
            return dict(self._read().get(negotiation, {}).get(name, {}))

    def _read(self) -> Notes:
        if self.path is None:
            return self._held
        try:
            found = self.path.stat()
            # Opening a pipe would wait for its writer.
            if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
                self._held, self._seen = {}, None
                return self._held
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
            if seen == self._seen and self._read_at - found.st_mtime_ns > _SETTLED:
                return self._held
            self._read_at = time.time_ns()
            self._held = msgspec.json.decode(self.path.read_bytes(), type=Notes)
            self._seen = seen
        except FileNotFoundError:
            self._held, self._seen = {}, None
        except OSError:
            # On Windows a file cannot be read while another takes its place: what was last read
            # is nearer to the truth than nothing.
            self._seen = None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self._held, self._seen = {}, None
        return self._held

    def _write(self, notes: Notes) -> None:
        if self.path is None:
            self._held = notes
            return
        name = ""
        try:
            number, name = tempfile.mkstemp(".tmp", f"{self.path.name}.", self.path.parent)
            with os.fdopen(number, "wb") as file:
                file.write(msgspec.json.encode(notes))
            # Whoever may read the store may read its notes: the room's screen is another's.
            with suppress(OSError):
                os.chmod(name, self._store.stat().st_mode & 0o666)
            for again in range(_TRIES):
                try:
                    os.replace(name, self.path)
                except PermissionError:
                    # On Windows, while another process reads it.
                    if again + 1 < _TRIES:
                        time.sleep(_WAIT)
                    continue
                self._held, self._seen = notes, None
                name = ""
                break
        except OSError:
            pass
        finally:
            if name:
                with suppress(OSError):
                    os.unlink(name)
