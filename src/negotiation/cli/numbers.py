"""`renumber`, `relabel`, `references` and `where`: numbers, and what is called by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from negotiation.cli.done import entries_json, make, tell_act
from negotiation.cli.options import (
    acting,
    at_option,
    command,
    common,
    moment_of,
    the_desk,
    who_acts,
)
from negotiation.cli.saying import (
    Look,
    answer,
    asked,
    count,
    drawn,
    note,
    quoted,
    say,
    shown,
)
from negotiation.cli.targets import clause_named, party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.clause import Clause
    from negotiation.domain.commands import Command, Rewording
    from negotiation.views.punctuation import Repunctuated
    from negotiation.views.references import Reference
    from negotiation.views.renumbering import Renumbering
    from negotiation.views.where_is_it_now import Happened, Whereabouts

_OF = re.compile(r"\s+(?:of|in|at)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:sub-?)?(?:article|annex|part|section|chapter|para)", re.IGNORECASE)
_LISTED = 8


@command()
@click.option("--dry-run", is_flag=True, help="Show the table, and write nothing.")
@click.option(
    "--punctuation",
    "--punctuate",
    "punctuation",
    is_flag=True,
    help="Set the closing marks of list items by the body's rule.",
)
@acting
def renumber(dry_run: bool, punctuation: bool) -> None:
    """Number the text anew by the rules of its body; references follow. One act.

    Dropped clauses leave the count, lists have no gaps, an only item loses its label. Wordings of
    a point that is still open keep its place; an addition that nobody decided is not counted.

    \b
      negotiation renumber --dry-run
      negotiation renumber --punctuation --as secretariat

    Next: `where "paragraph 12 of DL/13(Rev.1)"` finds an old number; `undo` takes it back.
    """
    from negotiation.domain.commands import Together
    from negotiation.domain.refusals import NothingChanges
    from negotiation.papers.clean_up import clean_up

    desk = the_desk()
    cleaned = clean_up(desk.timeline, desk.timeline.head)
    found = cleaned.numbers
    marks = cleaned.endings if punctuation else ()
    if dry_run:
        if not answer({**_as_json(found, marks), "entries": []}):
            _tell_renumbering(desk, found, marks)
            say("Nothing was written.")
        return
    numbers = cleaned.renumbering
    commands: list[Command] = [numbers] if numbers is not None else []
    commands += cleaned.punctuation if punctuation else ()
    if not commands:
        raise NothingChanges("the text is numbered so already")
    hand = _hand(desk, "editor")
    entries = desk.act(commands[0] if len(commands) == 1 else Together(tuple(commands)), hand)
    if answer({**_as_json(found, marks), "entries": entries_json(entries)}):
        return
    _tell_renumbering(desk, found, marks)
    tell_act(desk, entries, "Numbered anew")


@command()
@click.argument("clause")
@click.argument("label")
@acting
def relabel(clause: str, label: str) -> None:
    """Print one clause under another number or letter; what it is does not change.

    \b
      negotiation relabel reaffirming/e "d bis)"

    Next: `references` shows what refers to it; `renumber` does the whole text by the rules.
    """
    from negotiation.domain.commands import RelabelClause

    desk = the_desk()
    found = clause_named(desk, clause)
    make(desk, RelabelClause(found.id, label.strip()), _hand(desk), f"Relabelled {clause}")


@command()
@click.argument("clause", required=False)
@click.option("--doubtful", is_flag=True, help="Only those that are tied to no clause.")
@at_option
@common
def references(clause: str | None, doubtful: bool, at: str | None) -> None:
    """The references from clause to clause, and what each is tied to.

    Only where one clause alone can be meant is a reference tied; others are told with the reason.
    References to other instruments are left out.

    \b
      negotiation references
      negotiation references resolves/2
      negotiation references --doubtful --at "DL/13(Rev.2)"

    Next: `renumber` lets those that are tied follow; `revise` names what a doubtful one means.
    """
    from negotiation.views.paths import paths
    from negotiation.views.references import all_references

    desk = the_desk()
    position = moment_of(desk, at)
    moment = desk.timeline.moment(position)
    called = paths(moment)
    only = clause_named(desk, clause, position).id if clause else ""
    found = [
        one
        for one in all_references(moment)
        if (not only or one.clause == only) and not (doubtful and one.reference.clause)
    ]
    if asked().json:
        answer(
            {
                "at": position,
                "references": [
                    {
                        "clause": one.clause,
                        "path": called.get(one.clause, ""),
                        "words": one.reference.words,
                        "start": one.reference.start,
                        "end": one.reference.end,
                        "tied_to": one.reference.clause,
                        "tied_to_path": called.get(one.reference.clause, ""),
                        "candidates": [called.get(c, c) for c in one.reference.candidates],
                        "doubt": one.reference.why,
                    }
                    for one in found
                ],
            }
        )
        return
    for one in found:
        path = drawn(called.get(one.clause, one.clause), Look.PATH)
        say(f"{path}  {quoted(one.reference.words)}  {_tied(one.reference, called)}")
    sure = sum(1 for one in found if one.reference.clause)
    if not found:
        note("No reference to a clause of this text was recognised.")
        return
    say(f"{count(len(found), 'reference')}: {sure} tied to a clause, {len(found) - sure} doubtful.")


def _tied(one: Reference, called: dict[str, str]) -> str:
    if one.clause:
        return f"→ {drawn(called.get(one.clause, one.clause), Look.PATH)}"
    listed = ", ".join(called.get(each, each) for each in one.candidates[:_LISTED])
    return drawn("?", Look.ALARM) + f" {shown(one.why)}" + (f": {shown(listed)}" if listed else "")


@command()
@click.argument("words")
@click.option(
    "--at", metavar="WHEN", help="When it was called so, if the words do not say it with “of”."
)
@common
def where(words: str, at: str | None) -> None:
    """Find an old number in today's text: where that clause is now, and what became of it.

    WORDS are a path, a label or a number as people say it, with “of” and the version, entry or
    time at which it was called so; without, the latest version received or issued.

    \b
      negotiation where "paragraph 12 of DL/13(Rev.1)"
      negotiation where "Article 4.2 of DL/13(Rev.2)"
      negotiation where reaffirming/e --at 120

    Next: `diff WHEN now CLAUSE` shows how its words changed, `log CLAUSE` the entries.
    """
    from negotiation.domain.refusals import NoSuchThing
    from negotiation.views.where_is_it_now import where_is_it_now

    desk = the_desk()
    place, then, said = _place_and_time(desk, words, at)
    found = _called(desk, place, then)
    if not found:
        raise NoSuchThing("clause", place, f"`text --paths --at {then}` shows what was called how")
    head = desk.timeline.head
    told = [where_is_it_now(desk.timeline, then, clause.id, head) for clause in found]
    if answer({"words": place, "at": then, "found": told}):
        return
    if len(told) > 1:
        say(f"{count(len(told), 'clause')} may be meant by {quoted(place)} {shown(said)}:")
    for one in told:
        _tell_where(desk, one, said)


def _place_and_time(desk: Desk, words: str, at: str | None) -> tuple[str, int, str]:
    """What is looked for, the entry at which it was called so, and how to say that."""
    from negotiation.domain.refusals import NoSuchThing, Refusal
    from negotiation.views.paths import find

    if at is not None:
        return words, moment_of(desk, at), f"of {at}"
    splits = list(_OF.finditer(words))
    unknown: NoSuchThing | None = None
    for split in reversed(splits):
        said = words[split.end() :].strip().strip("“”\"'")
        try:
            return words[: split.start()], moment_of(desk, said), f"of {said}"
        except Refusal as refusal:
            if isinstance(refusal, NoSuchThing):
                unknown = unknown or refusal
    moment = desk.timeline.moment()
    if unknown is not None:
        named = _NUMBERED.match(words[splits[-1].end() :]) or find(moment, words)
        if not named:
            raise unknown
    whole = moment.negotiation
    versions = [(one.entry, one.symbol) for one in whole.issued if not one.withdrawn]
    versions += [(one.entry, one.symbol or one.name) for one in whole.pages]
    if not versions:
        return words, desk.timeline.head, "now"
    entry, symbol = max(versions)
    return words, desk.end_of_act(entry), f"of {symbol}"


def _called(desk: Desk, place: str, at: int) -> tuple[Clause, ...]:
    from negotiation.views.where_is_it_now import called_then

    return called_then(desk.timeline.moment(at), place)


def _tell_where(desk: Desk, one: Whereabouts, said: str) -> None:
    old = drawn(one.was or one.old_label, Look.PATH)
    if one.stands:
        same = one.was == one.path
        now = "is still called so" if same else f"is now {drawn(one.path, Look.PATH)}"
        say(f"{old} {shown(said)} {now}: {quoted(one.words or one.label)}")
    elif one.stood:
        say(f"{old} {shown(said)} is no longer in the text; it read {quoted(one.words_then)}")
    else:
        say(f"{old} {shown(said)} was struck already then: {quoted(one.words_then)}")
    for each in one.happened:
        say(f"  {_what(desk, each)}")
    if one.lives_on_in:
        say(f"  Its words live on in {shown(', '.join(one.lives_on_in))}.")
    if one.stands and not one.happened:
        say("  Its words and its number are what they were.")


def _what(desk: Desk, each: Happened) -> str:
    act = desk.timeline.entries[each.entry - 1].act
    said = ""
    if each.what == "relabelled":
        said = f" (it was {each.said or 'without a label'})"
    elif each.what == "merged" and each.said:
        said = f" into {each.said}"
    elif each.said:
        said = f" ({each.said})"
    return shown(f"{each.what}{said}: entry {each.entry}, act {act.id}, by {act.by}")


# -- what a renumbering does ----------------------------------------------------------------------


def _tell_renumbering(desk: Desk, found: Renumbering, marks: tuple[Repunctuated, ...]) -> None:
    from negotiation.views.paths import paths

    called = paths(desk.timeline.moment())
    changed = {one.clause for one in found.labels}
    rows = [one for one in found.table if one.clause in changed or one.dropped]
    if rows:
        say(drawn("old → new", Look.STRONG))
    for row in rows:
        new = "dropped" if row.dropped else (row.new or "no label")
        became = f"  {drawn(row.path, Look.PATH)}" if row.path and row.path != row.was else ""
        say(f"  {drawn(row.was, Look.PATH)}  {shown(row.old or 'no label')} → {shown(new)}{became}")
    kept = sum(1 for one in found.table if not one.dropped) - len(changed)
    if kept > 0:
        say(
            f"  {count(kept, 'label')} stay as they are."
            if kept > 1
            else "  1 label stays as it is."
        )
    if found.references:
        say(drawn("References", Look.STRONG))
    for clause, changes in found.references:
        for change in reversed(changes):
            say(f"  {drawn(called.get(clause, clause), Look.PATH)}  {_change(change)}")
    if marks:
        say(drawn("Closing marks", Look.STRONG))
    for one in marks:
        say(f"  {drawn(called.get(one.clause, one.clause), Look.PATH)}  {shown(one.why)}")
    if found.stale:
        say(drawn("Doubtful references, left as they are", Look.STRONG))
    for doubt in found.stale:
        say(f"  {drawn(doubt.path, Look.PATH)}  {quoted(doubt.words)}: {shown(doubt.why)}")
    if found.gaps:
        say(drawn("Gaps that nothing on the record explains", Look.STRONG))
    for gap in found.gaps:
        say(f"  {drawn(gap.path, Look.PATH)}  {shown(gap.label)} follows {shown(gap.before)}")
    if not (found.changes or marks):
        say("The text is numbered so already.")


def _change(change: Rewording) -> str:
    old = change.words.words if change.words is not None else ""
    return f"{shown(old)} → {shown(change.new)}"


def _as_json(found: Renumbering, marks: tuple[Repunctuated, ...]) -> dict[str, object]:
    return {
        "table": found.table,
        "labels": found.labels,
        "references": [
            {"clause": clause, "changes": changes} for clause, changes in found.references
        ],
        "punctuation": [one._asdict() for one in marks],
        "doubtful": found.stale,
        "gaps": found.gaps,
    }


def _hand(desk: Desk, usual: str = "") -> Hand:
    import attrs

    acts = who_acts()
    if usual and not acts.capacity:
        acts = attrs.evolve(acts, capacity=usual)
    return acts.hand(party_code(desk, acts.behalf))
