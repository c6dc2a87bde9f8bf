"""`audit`: the fate of every word, and where words went."""

from __future__ import annotations

from negotiation.views import conservation
from tests.cli.calls import SAMPLE, SAMPLE_BASE, call, done, misused, refused


def test_audit_counts_the_words_and_lists_what_is_gone():
    """Totals by fate, and the words that are out of the text with the act that made it so."""
    done("import", str(SAMPLE), "--base", str(SAMPLE_BASE))
    told = done("audit")
    assert "letters are accounted for" in told
    found = call("audit --json").json
    assert found["sound"] is True
    assert found["letters"]["brought"] == found["letters"]["accounted"] > 0
    assert found["faults"] == []
    assert found["stretches"]
    assert all(one["by"]["entry"] and one["purpose"] for one in found["stretches"])
    assert "in the text" not in {one["ended"] for one in found["stretches"]}


def test_audit_of_one_clause_and_of_one_fate(short):
    """What a clause has lost, and by whom."""
    done('revise resolves/1 --words "tide tables" --with "tables" --by "Ms Ito"')
    told = done("audit resolves/1 --only struck")
    assert "“tide tables”" in told
    assert "struck by Ms Ito" in told
    everything = call("audit resolves/1 --all --json").json
    assert {one["ended"] for one in everything["stretches"]} == {"in the text", "struck"}
    assert {one["path"] for one in everything["stretches"]} == {"resolves/1"}


def test_words_are_found_wherever_they_ever_stood(short):
    done('revise resolves/1 --words "tide tables" --with "tables" --by "Ms Ito"')
    done("undo")
    told = done('audit --words "publish tables"')
    assert "undone by" in told
    (found,) = call('audit --words "publish tables" --json').json["found"]
    assert {one["ended"] for one in found["parts"]} == {"in the text", "undone"}
    assert "never stood" in refused('audit --words "a volcano"')
    assert "leave the rest out" in misused("audit --words tide --all")


def test_a_fault_in_the_books_ends_with_code_1(short, monkeypatch):
    """Should words ever fall out, the call fails and says which."""
    fault = conservation.Fault("c", "resolves/1", 7, "tide", "At resolves/1 “tide” left.")
    leaking = conservation.Audit(7, 4, (), (fault,))
    monkeypatch.setattr(conservation, "audit", lambda *_: leaking)
    answer = call("audit")
    assert answer.code == 1
    assert "1 fault in the books: At resolves/1 “tide” left." in answer.err
    assert call("audit --json").json["sound"] is False
