"""How long `negotiation open` takes on the sample, as a whole process with all its imports.

It leaves out what the command prints. The sample is the one that `make chair` opens.
"""

import os
import subprocess
import sys
from pathlib import Path

import attrs

from benchmarks.timing import Timing, clock, summed_up

_ROUNDS = 9
_SAMPLE = Path(__file__).parent.parent / "fixtures" / "texts" / "tide-dl7-rev1.md"


@attrs.frozen
class Start:
    """The time of the whole process, or why it could not be taken."""

    timing: Timing | None
    reason: str = ""


def measure_start(folder: Path) -> Start:
    """Import the sample into a store in the folder, then ask what is open, several times."""
    program = Path(sys.executable).with_name("negotiation")
    if not program.exists():
        return Start(None, "the program is not installed beside this Python.")
    if not _SAMPLE.exists():
        return Start(None, f"there is no {_SAMPLE.name} under fixtures/texts.")
    store = folder / "start.db"
    brought = _run(program, store, "import", str(_SAMPLE))
    if brought.returncode:
        return Start(None, f"the sample does not import: {_last_line(brought.stderr)}")
    spent = []
    for _ in range(_ROUNDS):
        began = clock()
        shown = _run(program, store, "open")
        spent.append((clock() - began) / 1_000)
        if shown.returncode or not shown.stdout.strip():
            return Start(None, f"`negotiation open` fails: {_last_line(shown.stderr)}")
    return Start(summed_up(spent))


def _run(program: Path, store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NEGOTIATION_STORE": str(store)}
    return subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def _last_line(said: str) -> str:
    last = (said.strip().splitlines() or ["it says nothing"])[-1]
    return last if len(last) < 90 else last[:90] + "…"
