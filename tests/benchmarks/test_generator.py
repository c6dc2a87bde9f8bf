"""The benchmark's history is what it claims to be, and every system must give its texts."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import phases, systems
from benchmarks.generator import SHARES, generate
from benchmarks.plan import keep, make_plan
from benchmarks.reference import life_spans, moments, sides
from benchmarks.steps import (
    SIZES,
    BracketLifted,
    BracketPlaced,
    ClauseAdded,
    ClauseDropped,
    History,
    Size,
    WordsReplaced,
)
from benchmarks.system import by_word, two_sides

TINY = SIZES["Q"]
LONGER = Size("T", 20, 8_000, 10)
SEED = 7


@pytest.fixture(scope="module")
def longer():
    return generate(LONGER, SEED)


def test_the_same_seed_gives_the_same_history():
    assert generate(TINY, SEED) == generate(TINY, SEED)


def test_another_seed_gives_another_history():
    assert generate(TINY, SEED) != generate(TINY, SEED + 1)


def test_a_history_has_the_size_that_was_asked_for(longer):
    assert (len(longer.loaded), len(longer.further)) == (LONGER.events, LONGER.further)
    tabled = longer.loaded[: LONGER.clauses]
    assert all(isinstance(step, ClauseAdded) for step in tabled)
    assert all(60 <= len(step.words) <= 100 for step in tabled)


def test_kinds_of_acts_come_in_their_shares(longer):
    """Acts that cannot be made become insertions, so shares are near, not exact."""

    def kind(step):
        match step:
            case WordsReplaced(removed=(), inserted=_):
                return "insertion"
            case WordsReplaced(removed=_, inserted=()):
                return "deletion"
            case WordsReplaced():
                return "replacement"
            case BracketPlaced() | BracketLifted():
                return "bracket or lift"
            case _:
                return "added, dropped or moved"

    acts = longer.steps[LONGER.clauses :]
    found = Counter(map(kind, acts))
    brackets = SHARES["bracket"] + SHARES["lift"]
    assert found["insertion"] / len(acts) == pytest.approx(0.46, abs=0.05)
    assert found["deletion"] / len(acts) == pytest.approx(0.28, abs=0.03)
    assert found["replacement"] / len(acts) == pytest.approx(0.20, abs=0.03)
    assert found["bracket or lift"] / len(acts) == pytest.approx(brackets / 100, abs=0.02)
    assert found["added, dropped or moved"] > 0


def test_stretches_are_one_to_four_words(longer):
    lengths = {
        len(words)
        for step in longer.steps
        if isinstance(step, WordsReplaced)
        for words in (step.removed, step.inserted)
    }
    assert lengths == {0, 1, 2, 3, 4}


def test_time_only_goes_forward(longer):
    times = [step.written for step in longer.steps]
    assert all(earlier < later for earlier, later in pairwise(times))


def test_a_bracket_is_lifted_once_and_its_clause_stays_while_it_stands(longer):
    standing: dict[str, str] = {}
    for step in longer.steps:
        match step:
            case BracketPlaced():
                assert step.bracket not in standing
                standing[step.bracket] = step.key
            case BracketLifted():
                assert standing.pop(step.bracket) == step.key
            case ClauseDropped():
                assert step.key not in standing.values()
            case _:
                pass


def test_the_reference_tells_authors_of_words():
    """Words inserted by a step carry its author until they go."""
    history = generate(TINY, SEED)
    for position, moment in moments(history.steps, range(1, len(history.steps) + 1)):
        step = history.steps[position - 1]
        if isinstance(step, WordsReplaced):
            words = dict(moment.clauses)[step.key]
            span = words[step.index : step.index + len(step.inserted)]
            assert span == tuple((word, step.author) for word in step.inserted)


def test_the_reference_refuses_a_history_whose_words_do_not_stand():
    history = generate(TINY, SEED)
    broken = [
        WordsReplaced(step.key, step.index, ("absent",), (), step.author, step.written)
        if isinstance(step, WordsReplaced)
        else step
        for step in history.steps
    ]
    with pytest.raises(ValueError, match="absent"):
        list(moments(broken, [len(broken)]))


def test_life_spans_agree_with_the_reference(longer):
    spans = life_spans(longer.loaded)
    for position, moment in moments(longer.loaded, range(LONGER.clauses, LONGER.events, 997)):
        alive = {key for key, (first, last) in spans.items() if first <= position <= last}
        assert alive == {key for key, _ in moment.clauses}


def test_a_difference_by_word_implies_both_sides(longer):
    chosen = {position: m.texts() for position, m in moments(longer.loaded, (500, 4_000))}
    before, after = chosen[500], chosen[4_000]
    assert two_sides(by_word(before, after)) == sides(before, after)


def _given(folder: Path) -> History:
    history = generate(TINY, SEED)
    keep(folder, history, make_plan(history, SEED))
    return history


@pytest.mark.parametrize("name", systems.NAMES)
def test_a_system_gives_the_texts_of_the_reference(name, tmp_path):
    """Loaded, opened, asked and appended to, each as in a run of the benchmark."""
    system = systems.find(name)
    if (reason := system.missing()) is not None:
        pytest.skip(reason)
    history = _given(tmp_path)
    store = tmp_path / name
    store.mkdir()
    assert phases.build(system, tmp_path, store).events == len(history.loaded)
    assert phases.open_cold(system, tmp_path, store).mismatches == ()
    asked = phases.ask(system, tmp_path, store, budget=0.2)
    assert asked.mismatches == ()
    assert asked.checked > 4
    assert phases.append(system, tmp_path, store, budget=60).mismatches == ()


def test_a_wrong_text_is_found(tmp_path):
    """The check itself is checked: a system that gives an older text does not pass."""
    temporal = systems.find("sqlite")

    class Late(temporal):  # type: ignore[misc,valid-type]  # the class is found at run time
        def clauses_at(self, position):
            return super().clauses_at(position - 1)

    _given(tmp_path)
    store = tmp_path / "late"
    store.mkdir()
    phases.build(Late, tmp_path, store)
    found = phases.ask(Late, tmp_path, store, budget=0.2).mismatches
    assert any(mismatch.startswith("at ") for mismatch in found)
    assert any(mismatch.startswith("step ") for mismatch in found)
