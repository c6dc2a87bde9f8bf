"""What the record keeps of words and places comes back as it was."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.text.edit import Edit
from negotiation.text.passage import Fate, Mark, Run, Standing
from negotiation.text.places import Reach
from tests.strategies import edits, marks, passages, reaches


def back(fact):
    return msgspec.json.decode(msgspec.json.encode(fact), type=type(fact))


def as_json(fact):
    return msgspec.json.decode(msgspec.json.encode(fact))


@given(passages(), st.data())
def test_edits_runs_and_reaches_come_back(passage, data):
    edit = data.draw(edits(passage))
    assert back(edit) == edit
    reach = data.draw(reaches(len(passage.words)))
    assert back(reach) == reach
    for run in passage.runs:
        assert back(run) == run


@given(marks())
def test_marks_come_back(mark):
    assert back(mark) == mark


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_a_stored_name(standing):
    fate = Fate(7, standing)
    assert back(fate) == fate
    assert standing.value == standing.name.lower()


@given(passages())
def test_reading_a_run_leaves_no_trace_in_what_is_stored(passage):
    """What is worked out and kept is not part of the record."""
    before = [msgspec.json.encode(run) for run in passage.runs]
    assert passage.live == "".join(run.words for run in passage.runs if run.live)
    assert [msgspec.json.encode(run) for run in passage.runs] == before


def test_the_names_of_the_fields_are_the_record():
    """A change here breaks stored records: it needs an upcast."""
    run = Run("a", Mark(1, "P1", (Fate(2, Standing.KEPT),)), (Mark(3),), False)
    assert as_json(run) == {
        "words": "a",
        "inserted_by": {
            "entry": 1,
            "source": "P1",
            "fates": [{"entry": 2, "standing": "kept"}],
        },
        "struck_by": [{"entry": 3, "source": "", "fates": []}],
        "presumed": False,
    }
    assert as_json(Edit(1, 2, "b", "c")) == {
        "start": 1,
        "end": 2,
        "removed": "b",
        "inserted": "c",
    }
    assert as_json(Reach(1, None)) == {"start": 1, "end": None}
