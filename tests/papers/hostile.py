"""The hostile set: every file of it through the program, each in a process of its own.

    python -m tests.papers.hostile [WORD]

prints a table: case, what is said, peak memory, seconds. The files are made in a process of their
own too, so that the memory of making a bomb is not taken for that of meeting it.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

from tests.papers import hostile_archives, hostile_words, hostile_xml
from tests.papers.hostile_case import Case
from tests.papers.hostile_others import akoma_ntoso, others

GROUPS = (
    hostile_archives.other_kinds,
    hostile_archives.damaged,
    hostile_archives.bombs,
    hostile_archives.tricks,
    hostile_xml.entities,
    hostile_xml.encodings,
    hostile_xml.sizes,
    hostile_words.many,
    hostile_words.numbers,
    hostile_words.circles,
    hostile_words.people,
    others,
    akoma_ntoso,
)
MEMORY = 3_000_000_000
SECONDS = 180
_CALL = "from negotiation.cli import main; main()"


@attrs.frozen
class Met:
    """What came of one file."""

    code: int
    said: str
    megabytes: int
    seconds: float

    def faults(self, case: Case, store: Path) -> list[str]:
        """What should not have been, in few words."""
        found = []
        refused = self.code == 1 and len(self.said.splitlines()) == 1
        if case.says and not (refused and re.search(case.says, self.said)):
            found.append("should be refused with its sentence")
        if not case.says and self.code != 0:
            found.append("should be read")
        if self.code and store.exists():
            found.append("left a store")
        if "Traceback" in self.said or "inside the program" in self.said:
            found.append("broke the program")
        if any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in self.said.replace("\n", "")):
            found.append("let control through")
        return found


def cases() -> Iterator[Case]:
    """Every case of the set."""
    for group in GROUPS:
        yield from group()


def meet(file: Path, store: Path) -> Met:
    """Receive a file in a process of its own, with bounded memory and time."""
    call = ["import", str(file), "--store", str(store)]
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [sys.executable, "-c", _CALL, *call],
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            preexec_fn=_bounded,
        )
        _, status, used = os.wait4(child.pid, 0)
        said.seek(0)
        words = said.read(20_000).decode(errors="replace").strip()
    child.returncode = os.waitstatus_to_exitcode(status)
    return Met(child.returncode, words, used.ru_maxrss // 1024, time.monotonic() - began)


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _print(case: Case) -> int:
    with tempfile.TemporaryDirectory() as folder:
        made = [sys.executable, "-m", "tests.papers.hostile", "--put", case.name, folder]
        subprocess.run(made, check=True)
        file, store = Path(folder) / f"strange{case.ending}", Path(folder) / "talks.db"
        met = meet(file, store)
        faults = met.faults(case, store)
        said = met.said.replace(f"{folder}/", "").splitlines() or ["nothing"]
    line = said[0] if met.code else f"(read) {said[0]}"
    mark = "  <-- " + ", ".join(faults) if faults else ""
    sys.stdout.write(
        f"| {case.name} | {line[:220]} | {met.megabytes} MB | {met.seconds:.1f} s |{mark}\n"
    )
    sys.stdout.flush()
    return len(faults)


def main(said: list[str]) -> int:
    """Run the set, or those of it whose names hold a word; answers how many faults there were."""
    if said[:1] == ["--put"]:
        next(one for one in cases() if one.name == said[1]).put(Path(said[2]))
        return 0
    wanted = " ".join(said)
    return min(1, sum(_print(case) for case in cases() if wanted in case.name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
