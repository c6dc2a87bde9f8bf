"""One phase of one system in a process of its own; the outcome goes into a file as JSON."""

import sys
from pathlib import Path

import msgspec

from benchmarks import floors, phases, start, systems


def main(phase: str, name: str, folder: Path, store: Path, budget: float) -> object:
    """Run the phase."""
    if phase == "floors":
        return floors.measure_floors(folder)
    if phase == "start":
        return start.measure_start(folder)
    system = systems.find(name)
    if (reason := system.missing()) is not None:
        return {"missing": reason}
    match phase:
        case "present":
            return {"missing": None, "note": system.note}
        case "build":
            return phases.build(system, folder, store)
        case "open":
            return phases.open_cold(system, folder, store)
        case "ask":
            return phases.ask(system, folder, store, budget)
        case "append":
            return phases.append(system, folder, store, budget)
        case _:
            raise ValueError(f"There is no phase {phase!r}.")


if __name__ == "__main__":
    outcome = main(
        sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), float(sys.argv[5])
    )
    Path(sys.argv[6]).write_bytes(msgspec.json.encode(outcome))
