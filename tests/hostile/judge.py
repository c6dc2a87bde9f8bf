"""What must hold after a call, whatever was tried: the faults of one, in few words."""

import hashlib
import os
import re
from pathlib import Path

from tests.hostile.attempt import Attempt, Call
from tests.hostile.child import Ended

MOST_SECONDS = 5.0
MOST_MEGABYTES = 500
_BESIDE = ("-wal", "-shm", "-journal", ".desk.json", ".checkpoint", ".lock")
"""What the store and the screen keep beside a record, and may throw away."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_COLOURS = re.compile("\x1b\\[[0-9;]*m")
"""What the program itself sends to a terminal; asking for more would need a letter behind it."""
_ENDS = (".", "?", "!", ":", "`", "”")


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with a hash of what it holds, and where each link leads."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder" if path.is_dir() else "something else"
    return found


def faults(
    attempt: Attempt, call: Call, ended: Ended, before: dict[str, str], after: dict[str, str]
) -> list[str]:
    """What should not have been; the trees are those of the folder above the one of the call."""
    return [
        *_of_ending(call, ended),
        *_of_words(call, ended),
        *_of_files(attempt, call, ended, before, after),
    ]


def _of_ending(call: Call, ended: Ended) -> list[str]:
    found = []
    if ended.code < 0:
        found.append(f"was killed by signal {-ended.code}")
    elif ended.code not in (0, 1, 2):
        found.append(f"ended with code {ended.code}")
    if ended.seconds > MOST_SECONDS:
        found.append(f"took {ended.seconds:.1f} s")
    if ended.megabytes > MOST_MEGABYTES:
        found.append(f"took {ended.megabytes} MB")
    if b"Traceback (most recent" in ended.err + ended.out:
        found.append("broke with a traceback")
    if b"inside the program" in ended.err:
        found.append("met a fault of its own")
    return found


def _of_words(call: Call, ended: Ended) -> list[str]:
    found = []
    err = ended.err.decode(errors="surrogateescape").replace("\r\n", "\n")
    out = ended.out.decode(errors="surrogateescape").replace("\r\n", "\n")
    answered = "--json" in call.said and out.strip()
    if ended.code in (1, 2) and not answered:
        last = err.rstrip("\n").rpartition("\n")[2]
        if not last.endswith(_ENDS):
            found.append("did not end with a sentence")
        if ended.code == 2 and err.count("\n") != 1:
            found.append("said several lines of one misuse")
    for name, said in (("output", out), ("errors", err)):
        if call.terminal:
            said = _COLOURS.sub("", said)
            if _DIRECTION.search(said):
                found.append(f"sent a sign of direction in its {name}")
        if control := _CONTROL.search(said):
            found.append(f"sent U+{ord(control[0]):04X} in its {name}")
        if re.search("[\ud800-\udfff]", said):
            found.append(f"sent bytes that are no UTF-8 in its {name}")
    return found


def _of_files(
    attempt: Attempt, call: Call, ended: Ended, before: dict[str, str], after: dict[str, str]
) -> list[str]:
    found = []
    store = f"work/{attempt.store}"
    if ended.code != 0 and before.get(store) != after.get(store):
        found.append("changed the record" if store in before else "left a store")
    for name in before.keys() | after.keys():
        if name.startswith(store) or before.get(name) == after.get(name):
            continue
        if name.startswith("work/settings") or name.endswith(_BESIDE):
            continue
        if name in before:
            found.append(f"changed {name}" if name in after else f"took away {name}")
        elif not any(_leads(name, os.path.normpath(f"work/{one}")) for one in call.writes):
            found.append(f"made {name}")
    return found


def _leads(name: str, said: str) -> bool:
    """Whether a file is the one that was said, in the folder that was said, or a folder of it."""
    return said == "." or f"{name}/".startswith(f"{said}/") or said.startswith(f"{name}/")
