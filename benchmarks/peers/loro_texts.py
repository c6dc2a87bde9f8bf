"""Loro: a text a clause, a movable list for their order; a position is the frontiers after a step.

It leaves out blame, which Loro tells by peer and not by author.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers.acts import Acted, Acts
from benchmarks.steps import History, Step
from benchmarks.system import System

try:
    import loro
except ImportError:
    _INSTALLED = False
else:
    _INSTALLED = True

if TYPE_CHECKING:
    from loro import Frontiers, LoroDoc

_LENGTH = 4


class Loro(System):
    """One document, asked by going to the version."""

    name = "loro"
    note = "a text a clause, read by checkout; differences by difflib; its blame left out"
    lacks = frozenset({"blame", "blame_clause", "changed", "who", "who_clause"})

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.doc: LoroDoc | None = None
        self.said = Acts()
        self.versions: list[Frontiers] = []
        self.log: int | None = None

    @classmethod
    def missing(cls) -> str | None:
        """Whether the package is there."""
        return None if _INSTALLED else "loro is not installed: make bench-all tries to."

    def prepare(self, history: History) -> list[Acted]:
        """The steps in terms of clauses."""
        return list(self.said.said(history.loaded))

    def build(self, prepared: list[Acted]) -> None:
        """Take all steps, then write document and versions down."""
        doc = self.doc = _new()
        self.versions = [doc.oplog_frontiers]
        for act in prepared:
            self._take(doc, act)
        self._write("doc.loro", doc.export(loro.ExportMode.Snapshot()))
        self._write("versions", _framed(one.encode() for one in self.versions))

    def open(self) -> str:
        """Import the document, learn the versions, give the text."""
        doc = self.doc = _new()
        doc.import_((self.store / "doc.loro").read_bytes())
        pieces = _pieces((self.store / "versions").read_bytes())
        self.versions = [loro.Frontiers.decode(one) for one in pieces]
        further = self.store / "further"
        if further.exists():
            for piece in _pieces(further.read_bytes()):
                doc.import_(piece)
                self.versions.append(doc.oplog_frontiers)
        return _whole(doc)

    def at(self, position: int) -> str:
        """Go there and read all."""
        return _whole(self._there(position))

    def clause(self, key: str, position: int) -> str:
        """Go there and read one."""
        return str(_text(self._there(position), key).to_string())

    def clauses_at(self, position: int) -> dict[str, str]:
        """Go there and read all, by clause."""
        return _pairs(self._there(position))

    def ready_to_append(self, steps: Iterable[Step]) -> None:
        """Go to the end, and know the text there."""
        for _ in self.said.said(steps):
            pass
        if self.doc is not None:
            self.doc.checkout_to_latest()

    def phrase(self, step: Step) -> Acted:
        """The act in terms of clauses."""
        return self.said.say(step)

    def append(self, wanted: Acted) -> None:
        """One act, its update synced."""
        if self.doc is None:
            raise ValueError("The document is not open.")
        before = self.doc.oplog_vv
        self._take(self.doc, wanted)
        update = self.doc.export(loro.ExportMode.Updates(before))
        if self.log is None:
            self.log = os.open(self.store / "further", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(self.log, _framed([update]))
        os.fsync(self.log)

    def close(self) -> None:
        """Let go of the log."""
        if self.log is not None:
            os.close(self.log)
            self.log = None

    def _there(self, position: int) -> LoroDoc:
        if self.doc is None:
            raise ValueError("The document is not open.")
        self.doc.checkout(self.versions[position])
        return self.doc

    def _take(self, doc: LoroDoc, act: Acted) -> None:
        order = doc.get_movable_list("order")
        match act.kind:
            case "add":
                order.insert(act.index, act.key)
                _text(doc, act.key).insert(0, act.text)
            case "words":
                text = _text(doc, act.key)
                if act.removed:
                    text.delete(act.at, act.removed)
                if act.text:
                    text.insert(act.at, act.text)
            case "drop":
                order.delete(act.index, 1)
            case "move":
                order.mov(act.away, act.to)
            case _:
                pass
        doc.commit()
        self.versions.append(doc.oplog_frontiers)

    def _write(self, name: str, content: bytes) -> None:
        with (self.store / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _new() -> LoroDoc:
    return loro.LoroDoc()


def _text(doc: LoroDoc, key: str) -> Any:
    return doc.get_text(f"clause {key}")


def _pairs(doc: LoroDoc) -> dict[str, str]:
    keys = doc.get_movable_list("order").to_vec()
    return {str(key): _text(doc, str(key)).to_string() for key in map(_plain, keys)}


def _plain(value: Any) -> Any:
    # A value of Loro's own kinds carries the plain one.
    return getattr(value, "value", value)


def _whole(doc: LoroDoc) -> str:
    return "\n".join(_pairs(doc).values())


def _framed(pieces: Iterable[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(_LENGTH, "little") + one for one in pieces)


def _pieces(framed: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(framed):
        length = int.from_bytes(framed[at : at + _LENGTH], "little")
        found.append(framed[at + _LENGTH : at + _LENGTH + length])
        at += _LENGTH + length
    return found
