"""The bytes of a file that somebody names: looked at before it is read, and never more than fits.

A path can be a directory, a pipe that never ends, a device, or larger than memory; each gets its
sentence, and none is waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from negotiation.papers.file_kind import in_megabytes
from negotiation.papers.page_text import NotReadable

MOST_BYTES = 32_000_000
"""Of a received file, pictures and all; the record keeps it byte for byte."""
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# A pipe without a writer would be waited for; these flags are not known to every system.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def source_of(file: str | Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file; raises `NotReadable` or `OSError`, which have a sentence each."""
    handle = os.open(file, _FLAGS)
    # Closed by hand until there is a stream: none can be made of a directory.
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        for is_kind, kind in _KINDS:
            if is_kind(found.st_mode):
                raise NotReadable(f"{file} is {kind}; save what it gives into a file first.")
        if found.st_size > most:
            raise NotReadable(_too_large(file, found.st_size, most))
        # A file may grow while it is read, or tell no size at all.
        with os.fdopen(handle, "rb", closefd=False) as stream:
            source = stream.read(most + 1)
    finally:
        os.close(handle)
    if len(source) > most:
        raise NotReadable(_too_large(file, len(source), most))
    return source


def _too_large(file: str | Path, size: int, most: int) -> str:
    return (
        f"{file} is {in_megabytes(size)} and may be {in_megabytes(most)} at most; "
        "save it without its pictures, or send it in parts."
    )
