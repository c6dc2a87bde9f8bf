"""git from the command line: one `cat-file --batch` kept open for reading, `git commit` for acts.

It leaves out authors by word: `git blame` tells them by line, and a clause is a line.
"""

import subprocess
from pathlib import Path
from typing import IO, Any

from benchmarks.peers import repository
from benchmarks.peers.board import Board
from benchmarks.steps import History, Step
from benchmarks.system import Difference, Hunk, System

# More requests than this at once could fill both pipes, and both sides would wait for ever.
_AT_ONCE = 500


class Git(System):
    """One commit a step, one file a clause, asked through the command line."""

    name = "git"
    note = "cat-file --batch after gc; blame by line; commits synced; diff is git diff --word-diff"
    lacks = frozenset({"blame_clause", "changed", "who", "who_clause"})
    blames_words = False

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.folder = store / "git"
        self.process: subprocess.Popen[bytes] | None = None
        self.commits: list[str] = []
        self.board: Board | None = None
        # The text last given: the tree entries of its clauses, their words, their order.
        self.tree: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}
        self.order: list[str] = []

    @classmethod
    def missing(cls) -> str | None:
        """Whether git is there."""
        return repository.git_missing()

    def prepare(self, history: History) -> bytes:
        """The stream for `git fast-import`."""
        return repository.stream_of(history)

    def build(self, prepared: bytes) -> None:
        """Bulk load by `git fast-import`."""
        repository.create(self.folder)
        repository.load(self.folder, prepared)

    def finish_build(self) -> None:
        """Pack as `git gc` does; reading loose deltas would flatter the others."""
        repository.pack(self.folder)

    def open(self) -> str:
        """Start `cat-file` and read the tip."""
        return self._read("HEAD")

    def ready(self) -> None:
        """Learn the commit of each position."""
        self.commits = repository.commits(self.folder)

    def at(self, position: int) -> str:
        """Read the order, the tree and every clause."""
        self.tree, self.texts = {}, {}
        return self._read(self.commits[position])

    def step(self, position: int) -> str:
        """Read the order and the tree, and only the clauses whose entry differs."""
        return self._read(self.commits[position])

    def clause(self, key: str, position: int) -> str:
        """Read one file of one commit."""
        return self._ask([f"{self.commits[position]}:clauses/{key}"])[0].decode()

    def clauses_at(self, position: int) -> dict[str, str]:
        """The clauses in order."""
        self.at(position)
        return {key: self.texts[key] for key in self.order}

    def blame(self) -> Any:
        """`git blame` of every clause, one process each: blame takes one file."""
        names = repository.git(self.folder, "ls-tree", "--name-only", "main", "clauses/")
        return [
            repository.git(self.folder, "blame", "--porcelain", "main", "--", name)
            for name in names.decode().split()
        ]

    def diff(self, before: int, after: int) -> Any:
        """`git diff --word-diff`, in its machine-readable form."""
        return repository.git(
            self.folder,
            "diff",
            "--word-diff=porcelain",
            "--no-renames",
            self.commits[before],
            self.commits[after],
            "--",
            "clauses",
        )

    def difference(self, found: Any) -> Difference:
        """Read the porcelain: a file a clause, a line a hunk."""
        difference: Difference = {}
        hunks: list[Hunk] = []
        in_hunk = False
        for line in found.decode().split("\n"):
            if line.startswith("diff --git "):
                hunks = difference.setdefault(line.rsplit("/", 1)[1], [])
                in_hunk = False
            elif line.startswith("@@"):
                in_hunk = True
            elif in_hunk and line[:1] in (" ", "+", "-"):
                hunks.append((line[0], tuple(line[1:].split())))
        return difference

    def append(self, wanted: Step) -> None:
        """Write the files, `git add`, `git commit`."""
        if self.board is None:
            self.board = Board({key: self.texts[key] for key in self.order})
        paths = []
        for path, content in repository.file_changes(self.board, wanted):
            file = self.folder / path
            if content is None:
                file.unlink()
            else:
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(content)
            paths.append(path)
        repository.git(self.folder, "add", "--", *paths)
        author = f"{wanted.author} <{repository.address(wanted)}>"
        date = wanted.written.isoformat()
        repository.git(
            self.folder,
            "commit",
            "--quiet",
            "--no-verify",
            f"--author={author}",
            f"--date={date}",
            "-m",
            repository.message(wanted),
        )

    def memory_elsewhere(self) -> int:
        """The high-water mark of `cat-file`, where the system tells it."""
        if self.process is None:
            return 0
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def close(self) -> None:
        """End `cat-file`."""
        if self.process:
            self.process.communicate()
            self.process = None

    def _read(self, commit: str) -> str:
        order, tree = self._ask([f"{commit}:order", f"{commit}:clauses"])
        self.order = order.decode().split("\n")
        entries = _entries(tree)
        new = [key for key in self.order if self.tree.get(key) != entries[key]]
        for key, text in zip(new, self._ask([entries[key].hex() for key in new]), strict=True):
            self.texts[key] = text.decode()
        self.tree = entries
        return "\n".join([self.texts[key] for key in self.order])

    def _ask(self, names: list[str]) -> list[bytes]:
        """The contents of objects."""
        asked, answered = self._pipes()
        contents = []
        for first in range(0, len(names), _AT_ONCE):
            some = names[first : first + _AT_ONCE]
            asked.write(("\n".join(some) + "\n").encode())
            asked.flush()
            for _ in some:
                size = int(answered.readline().rsplit(b" ", 1)[1])
                contents.append(answered.read(size + 1)[:-1])
        return contents

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process is None:
            self.process = subprocess.Popen(
                ["git", "-C", str(self.folder), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=repository.ENVIRONMENT,
            )
        asked, answered = self.process.stdin, self.process.stdout
        if asked is None or answered is None:
            raise ValueError("git cat-file was started without pipes.")
        return asked, answered


def _entries(tree: bytes) -> dict[str, bytes]:
    """The names of a tree object and what they stand for."""
    entries = {}
    at = 0
    while at < len(tree):
        end = tree.index(b"\0", at)
        name = tree[at:end].split(b" ", 1)[1].decode()
        entries[name] = tree[end + 1 : end + 21]
        at = end + 21
    return entries
