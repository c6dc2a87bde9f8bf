"""The page that lets others read our records says what is stored, and nothing else."""

from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given

from negotiation.ledger import codec
from negotiation.ledger.names import NAMES
from tests.ledger.facts import facts
from tests.ledger.record_format import PAGE, lists, parts


def test_the_page_lists_what_the_classes_hold():
    """A field that changed is first a decision on the stored name, then a line on the page."""
    _, listed, _ = parts(PAGE.read_text("utf-8"))
    assert listed == lists(), (
        "An event changed. If a release wrote it, give it the next name in ledger/names.py and an "
        "upcast; then run: python -m tests.ledger.record_format"
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_event_is_stored_with_exactly_the_fields_on_the_page(name):
    """No field is left out for being at its default."""
    shape: Any = NAMES[name]

    @given(facts(shape))
    def check(event):
        _, state = codec.encode(codec.StoredEntry(1, "a", event))
        stored = msgspec.json.decode(state)
        assert stored.keys() == {"number", "act", "event"}
        assert stored["event"].keys() == {field.name for field in attrs.fields(shape)}

    check()
