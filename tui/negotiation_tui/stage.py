"""An act that is staged and not made: what is asked, and the command that the answers mean.

A letter stages; Enter in the dialog is the gavel. Which letter stages what is in `acts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain.commands import Command, Rewording, Where, WordsAt
from negotiation.domain.people import Capacity
from negotiation.domain.terms import ProposalTerms
from negotiation_tui.draw import Line

Answers = Mapping[str, str]

_OCCURRENCE = re.compile(r"(?<!\\)#(\d+)$")

INSTEAD, AFTER, BEFORE = "instead of them", "after them", "before them"
_WHERE = {INSTEAD: Where.INSTEAD, AFTER: Where.AFTER, BEFORE: Where.BEFORE}
PLACES = (INSTEAD, AFTER, BEFORE)


@attrs.frozen
class Field:
    """One thing that a dialog asks; with ``choices`` it is one of them, otherwise words."""

    name: str
    asked: str
    hint: str = ""
    choices: tuple[str, ...] = ()


@attrs.frozen
class Missing:
    """What still has to be said before there is an act to rehearse."""

    sentence: str


def _chair(answers: Answers) -> Hand:
    return Hand()


@attrs.frozen
class Stage:
    """An act that waits for the gavel."""

    title: str
    about: tuple[Line, ...]
    """What the act is about, above the questions."""
    fields: tuple[Field, ...]
    command: Callable[[Answers], Command | Missing]
    hand: Callable[[Answers], Hand] = _chair


def words_at(said: str) -> WordsAt:
    """Words as they are printed; ``the measures#2`` is their second occurrence, ``\\#`` a #."""
    found = _OCCURRENCE.search(said)
    words = said[: found.start()] if found else said
    return WordsAt(words.replace("\\#", "#"), int(found[1]) if found else 1)


def rewording(answers: Answers) -> Rewording | Missing:
    """The change that the answers ``words``, ``new`` and ``where`` mean."""
    words, new, where = answers["words"], answers["new"], answers.get("where", INSTEAD)
    if not words and not new:
        return Missing("Say which words change, or which new ones come; an empty page is no act.")
    place = _WHERE.get(where, Where.INSTEAD)
    if not words:
        return Rewording(new, None, place)
    if not new and place is not Where.INSTEAD:
        return Missing(f"Say the new words that go {where}.")
    return Rewording(new, words_at(words), place)


def codes(desk: Desk, said: str) -> tuple[str, ...]:
    """The codes of the parties named, separated by commas."""
    negotiation = desk.timeline.negotiation(desk.timeline.head)
    named = (one.strip() for one in said.split(","))
    return tuple(dict.fromkeys(negotiation.party(one).code for one in named if one))


def listed(said: str) -> tuple[str, ...]:
    """What was said, separated by semicolons."""
    return tuple(part.strip() for part in said.split(";") if part.strip())


def delegation(desk: Desk) -> Callable[[Answers], Hand]:
    """The hand of the parties named as sponsors; the chair's where none is."""

    def hand(answers: Answers) -> Hand:
        sponsors = codes(desk, answers["party"])
        if not sponsors:
            return Hand()
        named = ",".join(sponsors)
        return Hand(named, "chair", named, Capacity.DELEGATION)

    return hand


def terms(desk: Desk, proposal: str, answers: Answers) -> ProposalTerms:
    """A proposal as it is handed in, with the sponsors and the symbol named."""
    return ProposalTerms(proposal, answers["symbol"].strip(), codes(desk, answers["party"]))
