"""Writing a file that somebody named: whole or not at all, and never over another by accident."""

from __future__ import annotations

import os
from pathlib import Path

from negotiation.cli.faults import Stopped
from negotiation.cli.options import store
from negotiation.ledger.address import at_server


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file; one that exists is kept unless ``force`` is said, the record always."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        # Replaced by a file, a device would be gone for every program of the machine.
        raise Stopped(f"{path} is a pipe or a device; name a file.")
    if path.is_symlink() and not path.exists() and not force:
        raise Stopped(f"{path} is a link to nowhere; choose another name, or say --force.")
    if path.exists() and not path.is_dir():
        if not at_server(store()) and path.samefile(store()):
            raise Stopped(f"{path} is the record itself; choose another file.")
        if not force:
            raise Stopped(f"{path} exists already; choose another name, or say --force.")
    # Written beside it first: a full disk must not leave half a document under the name.
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    if path.is_dir():
        raise IsADirectoryError(21, "is a directory", str(path))
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        fault.filename = str(path)
        raise
