"""Check the seals of a record without the program: `python verify_a_record.py RECORD.db [SEAL]`.

How a seal is counted stands in record-format.md. SEAL is one that you hold, such as 42:9f2c...
"""

import hashlib
import re
import sqlite3
import sys

ROWS = "SELECT originator_id, originator_version, topic, state FROM stored_events ORDER BY rowid"
SEAL = re.compile(rb',"seal":"([0-9a-f]{64})"}\Z')


def part(content: bytes) -> bytes:
    """Some bytes with their length before them."""
    return b"%d:%b," % (len(content), content)


def chains(store: str) -> dict[str, list[str]]:
    """The seal of every entry of each negotiation, from 1; stops where one does not fit."""
    seals: dict[str, list[str]] = {}
    act: dict[str, bytes] = {}
    sealed = set()
    for stream, version, name, state in sqlite3.connect(store).execute(ROWS):
        negotiation = stream.partition("/")[0]
        chain = seals.setdefault(negotiation, ["0" * 64])
        found = SEAL.search(state)
        bare = state[: found.start()] + b"}" if found else state
        row = b"".join(map(part, (stream.encode(), b"%d" % version, name.encode(), bare)))
        if name == "act/1":
            act[negotiation] = row
            continue
        hashed = part(chain[-1].encode()) + act.pop(negotiation, b"") + row
        chain.append(hashlib.sha256(hashed).hexdigest())
        if found[1].decode() != chain[-1] if found else negotiation in sealed:
            sys.exit(f"{negotiation}: the seal of entry {len(chain) - 1} does not fit.")
        if found:
            sealed.add(negotiation)
    return seals


if __name__ == "__main__":
    held = {f"{n}:{s}" for one in chains(sys.argv[1]).values() for n, s in enumerate(one) if n}
    if sys.argv[2:] and sys.argv[2] not in held:
        sys.exit(f"No entry has the seal {sys.argv[2]}: the record was cut or written anew.")
    for negotiation, chain in chains(sys.argv[1]).items():
        said = f"{negotiation}: {len(chain) - 1} entries, seal {len(chain) - 1}:{chain[-1]}\n"
        sys.stdout.write(said)
