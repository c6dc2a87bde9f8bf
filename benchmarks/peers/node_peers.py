"""The peers that run in node: each answers in a process of its own, by a clock of its own.

`make bench-all` puts their packages into a folder that is no part of the repository; the variable
`BENCHMARK_PEERS` names another one. What they answer stands in `node/*.mjs`.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, ClassVar

import msgspec

from benchmarks.peers import acts
from benchmarks.steps import History, Step
from benchmarks.system import System

_PROGRAMS = Path(__file__).parent / "node"
_PACKAGES = Path(__file__).parent.parent.parent / "build" / "peers"
_ETHERPAD = "etherpad/package"
"""Its package alone: what its server needs is not installed."""
_WORDS = frozenset({"changed", "blame", "blame_clause", "who", "who_clause"})


def _packages() -> Path:
    return Path(os.environ.get("BENCHMARK_PEERS") or _PACKAGES)


class NodePeer(System):
    """A peer behind a pipe."""

    program: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    own_clock = True

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.process: subprocess.Popen[str] | None = None
        self.said = acts.Acts()
        self.memory = 0

    @classmethod
    def missing(cls) -> str | None:
        """Whether node and the packages are there."""
        if shutil.which("node") is None:
            return "node is not installed."
        for package in cls.needs:
            if not (_packages() / package).is_dir():
                name = package.removeprefix("node_modules/")
                return f"{name} is not installed: make bench-all tries to."
        return None

    def prepare(self, history: History) -> list[dict[str, object]]:
        """The steps in its vocabulary."""
        return [acts.as_builtins(act) for act in self.said.said(history.loaded)]

    def build(self, prepared: list[dict[str, object]]) -> None:
        """Take all steps."""
        self.ask("build", prepared)
        self.close()

    def open(self) -> str:
        """Read the store, give the text."""
        return str(self.ask("open"))

    def at(self, position: int) -> str:
        """The whole text."""
        return str(self.ask("at", position))

    def step(self, position: int) -> str:
        """The text one on or back."""
        return str(self.ask("at" if self.program in _LEAPS else "step", position))

    def clause(self, key: str, position: int) -> str:
        """One clause."""
        return str(self.ask("clause", key, position))

    def clauses_at(self, position: int) -> dict[str, str]:
        """The clauses in order."""
        return dict(self.ask("clauses", position))

    def phrase(self, step: Step) -> dict[str, object]:
        """The act in its vocabulary."""
        if not self.said.board.order:
            raise ValueError("Nothing was told of the text yet.")
        return acts.as_builtins(self.said.say(step))

    def ready_to_append(self, steps: Iterable[Step]) -> None:
        """Know the text as it stands, in order to say what comes next."""
        for _ in self.said.said(steps):
            pass

    def append(self, wanted: dict[str, object]) -> None:
        """One act, synced."""
        self.ask("append", wanted)

    def memory_elsewhere(self) -> int:
        """What node holds."""
        return self.memory

    def ask(self, command: str, *given: object) -> Any:
        """What the peer answers; how long it took stands in `spent` then."""
        process = self._started()
        to, back = _pipe(process.stdin), _pipe(process.stdout)
        to.write(json.dumps([command, *given]) + "\n")
        to.flush()
        line = back.readline()
        if not line:
            raise RuntimeError(_why(process))
        reply = msgspec.json.decode(line)
        if "fault" in reply:
            raise RuntimeError(f"{self.program}: {reply['fault']}")
        self.memory = reply["bytes"]
        self.spent = reply["micros"]
        return reply["answer"]

    def _started(self) -> subprocess.Popen[str]:
        if self.process is None:
            self.process = subprocess.Popen(
                ["node", "--max-old-space-size=12000", "serve.mjs", self.program, str(self.store)],
                cwd=_at_work(_packages()),
                env={**os.environ, "BENCHMARK_ETHERPAD": str(_packages() / _ETHERPAD)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            if not _pipe(self.process.stdout).readline():
                raise RuntimeError(_why(self.process))
        return self.process

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.communicate()
            self.process = None


_LEAPS = frozenset({"diamond", "yjs", "automerge"})
"""Those that have no way from a text to its neighbour."""


def _at_work(packages: Path) -> Path:
    """Where the programs stand beside the packages: node looks for them from where a file lies."""
    place = packages / "programs"
    place.mkdir(exist_ok=True)
    for file in _PROGRAMS.glob("*.mjs"):
        copy = place / file.name
        if not copy.exists() or copy.read_bytes() != file.read_bytes():
            shutil.copyfile(file, copy)
    return place


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _why(process: subprocess.Popen[str]) -> str:
    _, said = process.communicate()
    lines = [line for line in said.splitlines() if "Error" in line or "error" in line]
    return (lines or said.strip().splitlines() or ["node ended without a word."])[0]


class ProseMirror(NodePeer):
    """Steps of ProseMirror."""

    name = "prosemirror"
    note = "node; steps and a document kept every 64 positions; differences by difflib"
    program = "prosemirror"
    needs = ("node_modules/prosemirror-model", "node_modules/prosemirror-transform")
    lacks = _WORDS | {"clause"}


class DiamondTypes(NodePeer):
    """diamond-types."""

    name = "diamond-types"
    note = "node; one flat text, a line a clause"
    program = "diamond"
    needs = ("node_modules/diamond-types-node",)
    lacks = _WORDS | {"clause", "diff"}


class Yjs(NodePeer):
    """Yjs with a snapshot a step."""

    name = "yjs"
    note = "node; a snapshot a step, nothing collected; differences by difflib; its blame left out"
    program = "yjs"
    needs = ("node_modules/yjs",)
    lacks = _WORDS | {"clause"}


class Automerge(NodePeer):
    """Automerge."""

    name = "automerge"
    note = "node; heads a step; differences by difflib; its blame left out"
    program = "automerge"
    needs = ("node_modules/@automerge/automerge",)
    lacks = _WORDS


class Etherpad(NodePeer):
    """Changesets of Etherpad."""

    name = "etherpad"
    note = "node; changesets, a key revision every 100; one flat text, a line a clause"
    program = "etherpad"
    needs = (_ETHERPAD,)
    lacks = _WORDS | {"clause", "diff"}
