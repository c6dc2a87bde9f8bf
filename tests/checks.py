"""What must be true of every passage and after every edit, whatever else a test is about."""

from __future__ import annotations

from collections.abc import Iterable

from negotiation.text.edit import Edit, apply, without
from negotiation.text.passage import Mark, Passage, Shown, joined


def check_passage(passage: Passage) -> Passage:
    """The passage, when its form and its readings are sound."""
    runs = passage.runs
    assert type(runs) is tuple
    assert all(run.words for run in runs), "An empty run."
    assert joined(runs) == runs, "Neighbours of one history that were not joined."
    assert passage.words == "".join(run.words for run in runs)
    offset = 0
    for at, run in passage.pieces():
        assert at == offset
        offset += len(run.words)
        assert run.live is (run.shown is Shown.LIVE)
        assert not (run.presumed and run.inserted_by is not None), "Presumed, yet inserted."
    assert passage.between(0, offset) == runs
    _check_readings(passage)
    return passage


def _check_readings(passage: Passage) -> None:
    fresh = Passage(passage.runs)
    for reading in ("words", "live", "base", "decided"):
        kept, anew = getattr(passage, reading), getattr(fresh, reading)
        assert kept == anew, f"The reading {reading} was kept too long."
        assert is_within(kept, passage.words), f"The reading {reading} has words of its own."
    everybody = frozenset({*passage.sources(), ""})
    assert passage.as_proposed_by(everybody) == passage.live
    assert passage.as_proposed_by(frozenset()) == passage.decided
    assert passage.live_between(0, len(passage.words)) == passage.live
    assert is_within(passage.live, passage.standing_between(0, len(passage.words)))
    if not passage.pending:
        assert passage.live == passage.decided


def check_edit(before: Passage, edit: Edit, mark: Mark) -> Passage:
    """The passage after an edit of a new entry, when the edit did its work and nothing else."""
    after = check_passage(apply(before, edit, mark))
    assert after.base == before.base, "An edit moved the base."
    assert len(after.words) == len(before.words) + len(edit.inserted), "A word was lost."
    end = edit.end
    assert after.words == before.words[:end] + edit.inserted + before.words[end:]
    assert before.standing_between(edit.start, end) == edit.removed
    if mark.counts:
        assert after.live_between(edit.start, end) == "", "Struck words are still read."
        assert after.live_between(end, end + len(edit.inserted)) == edit.inserted
    if edit.removed or edit.inserted:
        assert any(mark in (run.inserted_by, *run.struck_by) for run in after.runs), "By nobody."
    else:
        assert after == before
    assert without(after, frozenset({mark.entry})) == before, "Undo did not undo."
    return after


def check_edits(before: Passage, edits: Iterable[Edit], mark: Mark) -> Passage:
    """The passage after all edits of one new entry, each checked for itself."""
    passage = before
    for edit in edits:
        after = check_passage(apply(passage, edit, mark))
        assert after.base == before.base, "An edit moved the base."
        passage = after
    assert without(passage, frozenset({mark.entry})) == before, "Undo did not undo."
    return passage


def is_within(part: str, whole: str) -> bool:
    """Whether all letters of one text stand in another in the same order."""
    letters = iter(whole)
    return all(letter in letters for letter in part)
