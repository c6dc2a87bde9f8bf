"""Where the record holds several pages, every anomaly says whose line it stands on."""

from __future__ import annotations

from pathlib import Path

from tests.cli.calls import call, done

FIRST = """\
Document TC/4-E

RESOLUTION 4

Gauges

resolves

a) that every harbour keep a gauge,

b) that it be read] twice a day.
"""


def receive(folder: Path) -> None:
    """A first page with its faults, and a later one with another."""
    (folder / "first.md").write_text(FIRST)
    (folder / "later.md").write_text(f"\n\n{FIRST}\nc) that [it be painted.\n")
    done("import first.md")
    done("receive later.md --as TC/4(Rev.1) --yes")


def test_each_names_its_document(folder):
    receive(folder)
    found = call("anomalies --json").json["anomalies"]
    assert {one["document"] for one in found} == {"TC/4", "TC/4(Rev.1)"}
    lines = {
        "TC/4": FIRST.splitlines(),
        "TC/4(Rev.1)": (folder / "later.md").read_text().splitlines(),
    }
    for one in found:
        if one["words"]:
            line = lines[one["document"]][one["line"] - 1]
            assert one["words"].split()[0] in line
    printed = done("anomalies")
    assert "TC/4, line " in printed
    assert "TC/4(Rev.1), line " in printed


def test_those_of_the_first_page_keep_their_numbers(folder):
    (folder / "first.md").write_text(FIRST)
    done("import first.md")
    before = [one["id"] for one in call("anomalies --json --all").json["anomalies"]]
    assert "TC/4, line" not in done("anomalies")
    (folder / "later.md").write_text(f"\n\n{FIRST}\nc) that [it be painted.\n")
    done("receive later.md --as TC/4(Rev.1) --yes")
    after = [one["id"] for one in call("anomalies --json --all").json["anomalies"]]
    assert after[: len(before)] == before
