"""The file that a store was opened from: whether it still stands under its name, and how it looks.

A file that was moved, deleted or replaced can be read and written for long by whoever has it open.
"""

from __future__ import annotations

from pathlib import Path

from negotiation.ledger.held_open import number_of


class StoreFile:
    """One file, known by its number on the disk and not by its name alone."""

    def __init__(self, path: Path) -> None:
        """The file that stands under this name now."""
        self.path = path
        self._number = number_of(path)

    def there(self) -> bool:
        """Whether the same file still stands under its name."""
        return number_of(self.path) == self._number

    def looks(self) -> tuple[int, int]:
        """Time and size of what stands under the name; 0 where there is nothing."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size
