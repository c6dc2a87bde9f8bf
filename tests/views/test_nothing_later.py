"""No view at N shows anything later than N, and every view can be written down as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from negotiation.views.at_that_time import Timeline
from negotiation.views.how_it_was_decided import questions
from negotiation.views.how_open import numbers
from negotiation.views.is_it_clean import clean
from negotiation.views.on_the_page import AsProposedBy, Reading, as_first_placed, whole
from negotiation.views.paths import paths
from negotiation.views.side_by_side import side_by_side
from negotiation.views.the_log import sentence, the_log
from negotiation.views.what_became_of_all import what_became_of_all
from negotiation.views.what_changed import what_changed
from negotiation.views.what_happened import what_happened
from negotiation.views.what_is_damaged import anomalies
from negotiation.views.what_is_open import what_is_open
from negotiation.views.what_remains import what_remains
from negotiation.views.where_did_it_go import fates
from negotiation.views.where_it_comes_from import where_it_comes_from
from negotiation.views.who_stands_where import who_stands_where
from negotiation.views.who_wrote_this import blame, who_wrote_this
from tests.views.records import records
from tests.views.writing import Writer

VIEWS: dict[str, Callable[[Timeline, int], Any]] = {
    "marked": lambda timeline, at: whole(timeline.moment(at), Reading.MARKED),
    "read on the floor": lambda timeline, at: whole(timeline.moment(at), Reading.OPEN),
    "live": lambda timeline, at: whole(timeline.moment(at), Reading.LIVE),
    "base": lambda timeline, at: whole(as_first_placed(timeline, at), Reading.BASE),
    "as proposed": lambda timeline, at: whole(timeline.moment(at), AsProposedBy("CUB")),
    "clean": clean,
    "paths": lambda timeline, at: paths(timeline.moment(at)),
    "open": what_is_open,
    "numbers": numbers,
    "anomalies": anomalies,
    "who": who_wrote_this,
    "blame": blame,
    "fates": fates,
    "changed": lambda timeline, at: what_changed(timeline, at // 2, at),
    "changed back": lambda timeline, at: what_changed(timeline, at, at // 2),
    "ends": what_became_of_all,
    "happened": lambda timeline, at: what_happened(timeline, at // 2, at, party="CUB"),
    "questions": questions,
    "remains": what_remains,
    "positions": who_stands_where,
    "columns": side_by_side,
    "provenance": where_it_comes_from,
    "log": lambda timeline, at: the_log(timeline, 1, at),
    "sentence": lambda timeline, at: [sentence(one, timeline) for one in timeline.entries[:at]],
}


@given(records(), st.data())
def test_entries_after_n_do_not_change_what_is_said_of_n(
    writer: Writer, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, writer.head))
    cut_off = Timeline("tide", writer.entries[:at])
    for name, view in VIEWS.items():
        assert view(writer.timeline, at) == view(cut_off, at), name


@given(records())
def test_an_answer_is_made_of_plain_values(writer: Writer) -> None:
    for name, view in VIEWS.items():
        answer = view(writer.timeline, writer.head)
        assert msgspec.json.decode(msgspec.json.encode(answer)) is not None, name
