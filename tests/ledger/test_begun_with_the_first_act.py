"""A record whose file comes with its first act: whoever fails before leaves nothing behind."""

import pytest

from negotiation.ledger import codec
from negotiation.ledger.ledger import Ledger, NoRecord, NotOurs, StoreError
from tests.ledger.acts import Writer, act


def test_there_is_no_file_before_the_first_act(tmp_path):
    """And a whole record from then on."""
    store = tmp_path / "record.db"
    ledger = Ledger.begin(str(store))
    assert ledger.negotiations() == ()
    assert not list(tmp_path.iterdir())
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    ledger.append("dl1", room.remark(act("b1"), "c1"))
    kept = ledger.entries("dl1")
    assert ledger.there()
    ledger.close()
    again = Ledger.open(str(store), create=False)
    assert again.entries("dl1") == kept
    again.close()


def test_a_record_that_is_there_is_gone_on_with(tmp_path):
    """As by whoever opens it."""
    store = str(tmp_path / "record.db")
    room = Writer()
    with_one = Ledger.begin(store)
    with_one.append("dl1", room.opening(act("a1")))
    with_one.close()
    ledger = Ledger.begin(store)
    assert ledger.negotiations() == ("dl1",)
    ledger.append("dl1", room.remark(act("b1"), "c1"))
    ledger.close()


@pytest.mark.parametrize("fault", [MemoryError, KeyboardInterrupt, OSError])
def test_a_first_act_that_fails_takes_its_file_away(tmp_path, monkeypatch, fault):
    """Whatever it failed for; a file that was there before stays."""

    def fail(_entry):
        raise fault

    empty = tmp_path / "empty.db"
    empty.touch()
    monkeypatch.setattr(codec, "stored", fail)
    for store in (tmp_path / "record.db", empty):
        ledger = Ledger.begin(str(store))
        with pytest.raises((fault, StoreError)):
            ledger.append("dl1", Writer().opening(act("a1")))
        ledger.close()
    assert list(tmp_path.iterdir()) == [empty]


def test_what_somebody_else_wrote_meanwhile_stays(tmp_path, monkeypatch):
    """Two begin at the same place, and one of them fails."""
    store = str(tmp_path / "record.db")
    late, early = Ledger.begin(store), Ledger.begin(store)
    early.append("dl1", Writer().opening(act("a1")))
    monkeypatch.setattr(codec, "stored", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        late.append("dl2", Writer().opening(act("a2")))
    assert early.negotiations() == ("dl1",)
    assert early.there()
    late.close()
    early.close()


def test_what_can_hold_no_record_is_refused_at_once(tmp_path):
    """Before anything is read or made."""
    (tmp_path / "draft.md").write_text("A draft.\n")
    with pytest.raises(NotOurs):
        Ledger.begin(str(tmp_path / "draft.md"))
    with pytest.raises(NotOurs):
        Ledger.begin(str(tmp_path))
    with pytest.raises(NoRecord):
        Ledger.open(str(tmp_path / "record.db"), create=False)
