"""A small record with something of everything, copied into each folder that needs one."""

import contextlib
import functools
import io
import shutil
import tempfile
from pathlib import Path

_TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
_ACTS = (
    ("party", "EU", "European Union"),
    ("party", "MEX", "Mexico"),
    ("meeting", "open", "Drafting group"),
    ("position", "title", "opposes", "--for", "MEX"),
    ("remark", "title", "what was said in the corridor"),
    ("propose", "title", "--sup", "--for", "EU"),
    ("park", "title", "--why", "until tomorrow"),
)


@functools.cache
def sample() -> Path:
    """The record, made once in each process and by its children shared."""
    from negotiation.cli import main

    folder = Path(tempfile.mkdtemp(prefix="sample-"))
    store = folder / "talks.db"
    for said in (("import", str(_TEXTS / "tide-short.md")), *_ACTS):
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            main([*said, "--store", str(store)], "negotiation")
    return store


def copy_sample(path: Path) -> None:
    """Put the record there."""
    shutil.copy(sample(), path)
