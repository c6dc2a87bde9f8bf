"""A receipt that is undone is no version any more, until the undo itself is undone."""

from __future__ import annotations

import re

from tests.cli.calls import TEXTS, call, done

LATER = TEXTS / "tide-short-later.md"
SYMBOL = "DL/3(Rev.1)"


def received() -> str:
    """The act of the receipt of the later page."""
    said = done("receive", str(LATER), "--as", SYMBOL, "--yes")
    found = re.search(r"act (\w+)", said)
    assert found is not None
    return found[1]


def states() -> list[tuple[str, str]]:
    """Every version and how it stands."""
    return [(one["symbol"], one["state"]) for one in call("versions --json").json["versions"]]


def test_the_version_before_is_current_again(short):
    before = states()
    act = received()
    assert states()[-1] == (SYMBOL, "current")
    done("undo", act)
    assert states() == [*before, (SYMBOL, "withdrawn")]
    assert before[-1][1] == "current"


def test_its_symbol_is_free_for_another_page_and_for_what_goes_out(short):
    done("undo", received())
    again = received()
    assert states()[-2:] == [(SYMBOL, "withdrawn"), (SYMBOL, "current")]
    done("undo", again)
    done("issue", SYMBOL, "--yes", "--into", "out", "--with-open")
    assert states()[-1] == (SYMBOL, "current")


def test_an_undo_that_is_undone_brings_it_back(short):
    act = received()
    undone = call("undo --json", act)
    assert undone.code == 0
    log = call("log --json --from now~1").lines
    back = log[-1]["act"]["id"]
    done("undo", back)
    assert states()[-1] == (SYMBOL, "current")
    assert call("verify").code == 0
