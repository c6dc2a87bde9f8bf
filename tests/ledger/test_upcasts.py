"""Shapes that a release wrote are read as what they meant."""

import sqlite3
from contextlib import closing

from negotiation.domain.events import ActReversed, ClauseAgreed, ClauseReopened
from negotiation.domain.terms import Agreement, Condition, Restored
from negotiation.ledger import codec
from negotiation.ledger.upcasts import UPCASTS
from tests.ledger.record_session import LOGS


def event_of(name, event):
    """The event that is read from what was stored under a former name."""
    content = codec.decode(name, b'{"number":1,"act":"a","event":' + event + b"}")
    assert isinstance(content, codec.StoredEntry)
    return content.event


def test_conditions_that_were_words_wait_for_an_event():
    """To whom they were tied was not asked then, and is not guessed now."""
    agreed = b'{"conditions":["pending Japan"],"level":"ad hoc group","words":"w"}'
    assert event_of("clause-agreed/1", agreed) == ClauseAgreed(
        "ad hoc group", "w", (Condition("pending Japan"),), ()
    )


def test_a_clause_was_reopened_without_a_decision():
    """No level asked for one."""
    reopened = b'{"by":"B","ground":"a word was misheard"}'
    assert event_of("clause-reopened/1", reopened) == ClauseReopened("B", "a word was misheard", "")


def test_an_undo_puts_an_agreement_back_with_its_conditions():
    """On the clause and beside it; what it left alone is left alone."""
    before = (
        b'{"level":"ad hoc group","words":"w","conditions":["money"],"entry":7}',
        b'{"level":"ad hoc group","words":"v","conditions":[],"entry":3}',
    )
    reversed_ = (
        b'{"act":"x","entries":[8,9],"restored":{"label":"a)","tabled":null,"agreement":[%b],'
        b'"last_agreed":[%b],"deleted_by":null}}' % before
    )
    assert event_of("act-reversed/1", reversed_) == ActReversed(
        "x",
        (8, 9),
        Restored(
            label="a)",
            agreement=(Agreement("ad hoc group", "w", (Condition("money"),), 7),),
            last_agreed=(Agreement("ad hoc group", "v", (), 3),),
        ),
    )


def test_an_agreement_that_an_undo_took_away_stays_away():
    """None is put back, or nothing is said of it."""
    reversed_ = b'{"act":"x","entries":[8],"restored":{"agreement":[],"last_agreed":null}}'
    restored = event_of("act-reversed/1", reversed_).restored
    assert (restored.agreement, restored.last_agreed, restored.packages) == ((), None, None)


def test_a_recorded_session_holds_every_former_shape():
    """What nobody stored could not be shown to be read."""
    found: set[str] = set()
    for store in LOGS.glob("*.db"):
        kept = sqlite3.connect(f"file:{store}?mode=ro&immutable=1", uri=True)
        with closing(kept) as connection:
            rows = connection.execute("SELECT DISTINCT topic FROM stored_events")
            found |= {topic for (topic,) in rows}
    assert UPCASTS.keys() <= found
