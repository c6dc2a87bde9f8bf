"""The decision on an open point: choose in an order, trim, merge, drop, new words, or the base."""

from __future__ import annotations

import re

from negotiation.domain import commands as do
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import NO_POINT, AtHand, inside
from negotiation_tui.stage import Answers, Field, Missing, Stage

_MERGED = re.compile(r"(\d{1,4})\s*(?:>|→|into)\s*(\d{1,4})")
_OF_NUMBER = re.compile(r"(\d{1,4})\s*:\s*(.*)", re.DOTALL)


def resolve(at: AtHand) -> Stage | Missing:
    """The open point at hand is decided."""
    point = at.point
    if point is None:
        return NO_POINT
    new_clause = at.desk.new_id()
    several = len(point.alternatives) > 1

    def command(answers: Answers) -> do.Command | Missing:
        words = answers["new"]
        if words and any(answers.get(one) for one in ("choose", "trim", "merge")):
            return Missing("Either numbers or new words; empty one of the two.")
        if point.kind == PROPOSAL:
            return _proposal(point, answers)
        if words:
            return do.ResolveOpenPoint(point.id, (), words, new_clause)
        return _decided(point, answers)

    fields = [
        Field("choose", "Choose", "numbers in their order · drop: none of them · base: as it was"),
        Field("trim", "Keep only", "3: words that stay | more of them; another 1: … with ¦"),
        Field("ending", "Ending", "3: ;"),
    ]
    if several:
        fields.append(Field("merge", "Merge", "2>1: the second lives on in the first"))
    if point.kind != PROPOSAL and several:
        fields.append(Field("labels", "Labels", "e) f) …, in their order; may stay empty"))
    fields.append(Field("new", "Or new words", "all wordings merge into them"))
    title = f"Decide open point {point.number}: {point.where}"
    return Stage(title, inside(point), tuple(fields), command, start="choose")


def _proposal(point: OpenPoint, answers: Answers) -> do.Command | Missing:
    """A proposal by itself: retained, in part, as amended, or not."""
    said = answers["choose"].split()
    kept = _trims(answers["trim"])
    if isinstance(kept, Missing):
        return kept
    if kept:
        if list(kept) != [1]:
            return Missing("The proposal stands alone, so its only number is 1.")
        return do.RetainProposal(point.id, kept[1])
    if answers["new"]:
        return do.RetainProposal(point.id, (), (do.Rewording(answers["new"]),))
    if said in (["drop"], ["base"]):
        return do.DropProposal(point.id)
    if said != ["1"]:
        return Missing("1 retains it; drop does not; or say the words it is amended to.")
    return do.RetainProposal(point.id)


def _decided(point: OpenPoint, answers: Answers) -> do.Command | Missing:
    said = answers["choose"].split()
    orders = tuple(dict.fromkeys(one.order for one in point.alternatives)) or (1,)
    kept = _trims(answers["trim"])
    ending = _endings(answers["ending"])
    for fault in (kept, ending):
        if isinstance(fault, Missing):
            return fault
    assert isinstance(kept, dict)
    assert isinstance(ending, dict)
    merged = _MERGED.findall(answers.get("merge", ""))
    if answers.get("merge", "").strip() and not merged:
        return Missing("A merger is said as 2>1: the second lives on in the first.")
    if said == ["drop"] and not kept and not merged:
        return do.ResolveOpenPoint(point.id, tuple(do.Drop(order) for order in orders))
    if said == ["base"] and not kept and not merged:
        return do.ResolveOpenPoint(point.id)
    if not all(one.isdecimal() for one in said):
        return Missing("Numbers with spaces between them, or drop, or base.")
    numbers = [int(one) for one in said]
    numbers += [order for order in kept if order not in numbers]
    if not numbers and not merged:
        there = " ".join(map(str, orders))
        return Missing(
            f"Say which of {there} shall stand, in their order; drop, base, or new words."
        )
    if lost := sorted(set(ending) - set(kept)):
        return Missing(f"An ending goes with words that stay; say them for {lost[0]} above.")
    labels = dict(zip(numbers, answers.get("labels", "").split(), strict=False))
    verdicts: list[do.Verdict] = []
    for order in numbers:
        label = labels.get(order)
        if order in kept:
            verdicts.append(do.Trim(order, kept[order], ending.get(order, ""), label))
        else:
            verdicts.append(do.Choose(order, label))
    verdicts += [do.Merge(int(one), int(into)) for one, into in merged]
    return do.ResolveOpenPoint(point.id, tuple(verdicts))


def _trims(said: str) -> dict[int, tuple[do.WordsAt, ...]] | Missing:
    """``3: words | more words ¦ 1: words`` by number."""
    kept: dict[int, tuple[do.WordsAt, ...]] = {}
    for part in said.split("¦"):
        if not part.strip():
            continue
        found = _OF_NUMBER.fullmatch(part.strip())
        if found is None or not found[2].strip():
            return Missing("Say the number, a colon and the words that stay: 3: the words.")
        rows = (one.strip() for one in found[2].split(" | "))
        kept[int(found[1])] = tuple(stage.words_at(one) for one in rows if one)
    return kept


def _endings(said: str) -> dict[int, str] | Missing:
    found: dict[int, str] = {}
    for part in said.split("¦"):
        if not part.strip():
            continue
        one = _OF_NUMBER.fullmatch(part.strip())
        if one is None:
            return Missing("Say the number, a colon and the mark that ends it: 3: ;")
        found[int(one[1])] = one[2].strip()
    return found
