"""git through libgit2 (pygit2): the same repository, read and written in process.

It leaves out blame (libgit2's is by line, and slower than git's) and `git gc`, which git does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers import repository
from benchmarks.peers.board import Board
from benchmarks.steps import History, Step
from benchmarks.system import System, by_word

try:
    import pygit2
except ImportError:
    _INSTALLED = False
else:
    _INSTALLED = True

if TYPE_CHECKING:
    from pygit2 import Oid, Repository


class LibGit2(System):
    """One commit a step, one file a clause, asked through libgit2."""

    name = "libgit2"
    note = "pygit2 after gc; commits synced; word differences by difflib on clauses that differ"
    lacks = frozenset({"blame", "blame_clause", "changed", "who", "who_clause"})

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.folder = store / "git"
        self.opened: Repository | None = None
        self.commits: list[str] = []
        self.board: Board | None = None
        self.order: list[str] = []
        self.tree: dict[str, Oid] = {}
        self.texts: dict[str, str] = {}

    @classmethod
    def missing(cls) -> str | None:
        """Whether git (for the bulk load) and pygit2 are there."""
        if not _INSTALLED:
            return "pygit2 is not installed: pip install 'negotiation[bench]' brings it."
        return repository.git_missing()

    def prepare(self, history: History) -> bytes:
        """The stream for `git fast-import`; libgit2 has no bulk load of its own."""
        return repository.stream_of(history)

    def build(self, prepared: bytes) -> None:
        """Bulk load by `git fast-import`."""
        repository.create(self.folder)
        repository.load(self.folder, prepared)

    def finish_build(self) -> None:
        """Pack as `git gc` does."""
        repository.pack(self.folder)

    def open(self) -> str:
        """Open the repository and read the tip."""
        return self._read(str(self._repository().head.target))

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
        opened = self._repository()
        tree = self._tree(self.commits[position])
        return opened.read(tree["clauses"][key].id)[1].decode()

    def clauses_at(self, position: int) -> dict[str, str]:
        """The clauses in order."""
        self.at(position)
        return {key: self.texts[key] for key in self.order}

    def diff(self, before: int, after: int) -> Any:
        """Compare the trees by entry, read the clauses that differ, compare those by word."""
        opened = self._repository()
        old, new = (
            {entry.name: entry.id for entry in self._tree(self.commits[position])["clauses"]}
            for position in (before, after)
        )
        differing = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
        texts = [
            {key: opened.read(tree[key])[1].decode() for key in differing if key in tree}
            for tree in (old, new)
        ]
        return by_word(*texts)

    def append(self, wanted: Step) -> None:
        """Write blobs and trees, then the commit, each object synced."""
        opened = self._repository()
        if self.board is None:
            self.board = Board({key: self.texts[key] for key in self.order})
        root = self._tree(str(opened.head.target))
        roots = opened.TreeBuilder(root)
        for path, content in repository.file_changes(self.board, wanted):
            folder, _, name = path.rpartition("/")
            held = root[folder] if folder and folder in root else None
            entries = roots if not folder else opened.TreeBuilder(*([held] if held else []))
            if content is None:
                entries.remove(name)
            else:
                entries.insert(name, opened.create_blob(content), pygit2.GIT_FILEMODE_BLOB)
            if folder and not len(entries):
                roots.remove(folder)
            elif folder:
                roots.insert(folder, entries.write(), pygit2.GIT_FILEMODE_TREE)
        when = int(wanted.written.timestamp())
        opened.create_commit(
            "refs/heads/main",
            pygit2.Signature(wanted.author, repository.address(wanted), when, 0),
            pygit2.Signature("Secretariat", "secretariat@example.org", when, 0),
            repository.message(wanted),
            roots.write(),
            [opened.head.target],
        )

    def close(self) -> None:
        """Let go of the repository."""
        if self.opened is not None:
            self.opened.free()
            self.opened = None

    def _repository(self) -> Repository:
        if self.opened is None:
            pygit2.option(pygit2.enums.Option.ENABLE_FSYNC_GITDIR, True)
            self.opened = pygit2.Repository(str(self.folder))
        return self.opened

    def _tree(self, commit: str) -> Any:
        # Objects in libgit2 are looked up by kind at run time; their stubs promise only Object.
        found: Any = self._repository()[commit]
        return found.tree

    def _read(self, commit: str) -> str:
        read = self._repository().read
        tree = self._tree(commit)
        self.order = read(tree["order"].id)[1].decode().split("\n")
        entries = {entry.name: entry.id for entry in tree["clauses"]}
        for key in self.order:
            if self.tree.get(key) != entries[key]:
                self.texts[key] = read(entries[key])[1].decode()
        self.tree = entries
        return "\n".join([self.texts[key] for key in self.order])
