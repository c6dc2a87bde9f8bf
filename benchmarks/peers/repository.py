"""A history as a git repository: a commit a step, a file a clause, for both ways of asking git.

It leaves out the asking (git.py, libgit2.py). The order of the clauses is a file, a bracket a
file of its own that says where it was placed, so that the text files hold words and nothing else.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers.board import Board
from benchmarks.steps import (
    BracketLifted,
    BracketPlaced,
    ClauseAdded,
    ClauseDropped,
    ClauseMoved,
    History,
    Step,
)

ENVIRONMENT = {
    **os.environ,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_COMMITTER_NAME": "Secretariat",
    "GIT_COMMITTER_EMAIL": "secretariat@example.org",
}

# An act is durable on return for every system; git alone does not sync loose objects unless told.
_SETTINGS = {"core.fsync": "committed,reference", "gc.auto": "0", "commit.gpgsign": "false"}

# One change of a file in the tree: its path, and its content or None when it goes.
FileChange = tuple[str, bytes | None]


def git_missing() -> str | None:
    """Why git cannot be used here, or None."""
    return None if shutil.which("git") else "git is not installed."


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run git in the folder, undisturbed by anybody's settings; what it printed."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(
        command, input=stdin, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE
    ).stdout


def create(folder: Path) -> None:
    """An empty repository with a work tree."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    for name, value in _SETTINGS.items():
        git(folder, "config", name, value)


def load(folder: Path, stream: bytes) -> None:
    """Import a stream of commits and check out the last one."""
    git(folder, "fast-import", "--quiet", stdin=stream)
    git(folder, "reset", "--quiet", "--hard")


def pack(folder: Path) -> None:
    """One tight pack and a commit graph, as `git gc` leaves them."""
    git(folder, "gc", "--quiet")


def commits(folder: Path) -> list[str]:
    """The commit of each position; position 0 has none."""
    return ["", *git(folder, "rev-list", "--reverse", "main").decode().split()]


def stream_of(history: History) -> bytes:
    """The history as `git fast-import` reads it."""
    board = Board()
    return b"".join(
        part for step in history.loaded for part in _commit(step, file_changes(board, step))
    )


def file_changes(board: Board, step: Step) -> list[FileChange]:
    """What a step does to the files; moves the board on."""
    text = board.play(step)
    changes: list[FileChange] = []
    if text is not None:
        changes.append((f"clauses/{step.key}", text.encode()))
    match step:
        case ClauseAdded() | ClauseMoved():
            changes.append(("order", "\n".join(board.order).encode()))
        case ClauseDropped():
            changes.append(("order", "\n".join(board.order).encode()))
            changes.append((f"clauses/{step.key}", None))
        case BracketPlaced():
            place = f"{step.key} {step.first} {step.end}"
            changes.append((f"brackets/{step.bracket}", place.encode()))
        case BracketLifted():
            changes.append((f"brackets/{step.bracket}", None))
        case _:
            pass
    return changes


def message(step: Step) -> str:
    """The commit message of a step."""
    return f"{type(step).__name__} {step.key}"


def address(step: Step) -> str:
    """An address for the author, which git wants."""
    return step.author.lower().replace(" ", "-") + "@example.org"


def _commit(step: Step, changes: list[FileChange]) -> Iterator[bytes]:
    when = f"{int(step.written.timestamp())} +0000"
    yield b"commit refs/heads/main\n"
    yield f"author {step.author} <{address(step)}> {when}\n".encode()
    yield f"committer Secretariat <secretariat@example.org> {when}\n".encode()
    yield _data(message(step).encode())
    for path, content in changes:
        if content is None:
            yield f"D {path}\n".encode()
        else:
            yield f"M 100644 inline {path}\n".encode() + _data(content)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)
