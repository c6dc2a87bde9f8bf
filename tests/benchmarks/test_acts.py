"""What the peers are told of a history comes to the same text as the history itself."""

import pytest

from benchmarks.generator import generate
from benchmarks.peers.acts import Acts
from benchmarks.reference import moments
from benchmarks.steps import Size


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_splices_of_the_flat_text_make_the_texts_of_the_reference(seed):
    steps = generate(Size("test", 5, 600, 0), seed).loaded
    right = {place: moment.text() for place, moment in moments(steps, range(1, len(steps) + 1))}
    text = ""
    for place, act in enumerate(Acts().said(steps), start=1):
        for at, removed, inserted in act.flat:
            assert 0 <= at <= at + removed <= len(text)
            text = text[:at] + inserted + text[at + removed :]
        assert text == right[place]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_acts_on_clauses_make_the_texts_of_the_reference(seed):
    steps = generate(Size("test", 5, 600, 0), seed).loaded
    right = {place: moment.texts() for place, moment in moments(steps, range(1, len(steps) + 1))}
    order: list[str] = []
    texts: dict[str, str] = {}
    for place, act in enumerate(Acts().said(steps), start=1):
        match act.kind:
            case "add":
                order.insert(act.index, act.key)
                texts[act.key] = act.text
            case "words":
                text = texts[act.key]
                texts[act.key] = text[: act.at] + act.text + text[act.at + act.removed :]
            case "drop":
                assert order.pop(act.index) == act.key
            case "move":
                assert order.pop(act.away) == act.key
                order.insert(act.to, act.key)
        assert {key: texts[key] for key in order} == right[place]
        assert order == list(right[place])
