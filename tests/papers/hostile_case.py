"""One file that a stranger might send, and what the program should say of it."""

from collections.abc import Callable
from pathlib import Path

import attrs


@attrs.frozen
class Case:
    """A hostile file, made when it is asked for."""

    name: str
    make: Callable[[], bytes]
    says: str
    """A pattern in the sentence that refuses it; empty where the file is read like any other."""
    ending: str = ".docx"
    heavy: bool = False
    """Whether it is left to ``python -m tests.papers.hostile``, for its size or its time."""
    size: int = 0
    """How long the file is in all, the rest of it zeros that take no room on the disk."""

    def put(self, folder: Path) -> Path:
        """Write the file into a folder; answers its path."""
        path = folder / f"strange{self.ending}"
        with path.open("wb") as file:
            file.write(self.make())
            if self.size:
                file.truncate(self.size)
        return path
