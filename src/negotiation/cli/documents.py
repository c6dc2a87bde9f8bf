"""`import`: a received document becomes the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from negotiation.cli.options import (
    acting,
    command,
    room_named,
    store,
    store_shown,
    who_acts,
)
from negotiation.cli.saying import Look, answer, count, drawn, fields, say, shown
from negotiation.cli.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from negotiation.desk import Desk, Hand
    from negotiation.domain.entries import Entry
    from negotiation.papers.draft import Draft

CONVENTIONS = ("itu", "un", "unfccc", "who")


@command("import")
@click.argument("file", type=click.Path())
@click.option("--base", type=click.Path(), help="The earlier adopted text that the page amends.")
@click.option(
    "--conventions",
    type=click.Choice(CONVENTIONS),
    help="Whose way of marking; seen from the page if not said.",
)
@click.option(
    "--authors",
    type=click.Path(),
    metavar="TABLE",
    help="Whose hand each author of a Word file is.",
)
@click.option(
    "--undecided/--standing",
    default=None,
    help="Whether tracked changes wait for a decision; as the conventions have it if not said.",
)
@click.option(
    "--no-marks-by-hand",
    "plain_looks",
    is_flag=True,
    help="Words struck or underlined by hand in a Word file are words like any.",
)
@click.option(
    "--another", is_flag=True, help="Begin one more negotiation in a store that holds some already."
)
@acting
def import_(
    file: str,
    base: str | None,
    conventions: str | None,
    authors: str | None,
    undecided: bool | None,
    plain_looks: bool,
    another: bool,
) -> None:
    """Receive a document into the record; print what was read on it, and what is wrong with it.

    A readable page is never refused, and nothing is guessed in silence: faults of the page become
    anomalies, each with line and column. With --base the page is compared three ways, which tells
    struck words of the base from proposals, and finds insertions whose mark was lost.

    A Word file that tracks its changes becomes one act for each author and minute. --authors names
    a file of lines like “Janin, Patricia = MEX Mexico”; `authors FILE` prints one to be filled.

    \b
      negotiation import draft.md
      negotiation import draft.md --base adopted.md --conventions itu --store talks.db
      negotiation import draft.docx --authors people.txt
      negotiation import text.xml

    One store holds many negotiations: --another begins the next, --negotiation then says which one
    a command means, and `rooms` lists them.

    An .xml file is Akoma Ntoso as `export` writes it; its text begins a record of its own.

    Next: `open` for what is not settled, `anomalies` for what to settle on the page.
    """
    if is_akoma_ntoso(file):
        from negotiation.cli.akoma_ntoso import import_text

        import_text(file, base, conventions, another=another)
        return
    from negotiation.cli.word import looked_at, table_in, tell_standing, tell_word

    # Looked at before the store is made: a page that cannot be read leaves nothing behind.
    source, base_source = page_of(file), page_of(base) if base is not None else None
    table = table_in(authors) if authors is not None else None
    check_bases(file, source, base, base_source)
    word = looked_at(source, file, table, by_hand=not plain_looks)
    desk = begin(store(), another=another)
    entries, draft = receive(
        desk,
        file,
        source,
        base,
        base_source,
        conventions or "",
        authors=table,
        undecided=undecided,
        by_hand=not plain_looks,
    )
    if answer(
        {
            "store": store_shown(),
            "negotiation": desk.timeline.id,
            "entries": len(entries),
            "act": entries[0].act.id,
            "header": draft.header,
            "conventions": draft.conventions,
            "counts": draft.counts,
            "anomalies": _anomalies(desk),
            **({"word": word} if word is not None else {}),
        }
    ):
        return

    def told() -> None:
        if word is not None:
            if undecided is None:
                tell_standing(word, draft.conventions)
            tell_word(word)

    tell_reading(desk, file, entries, draft, told if word else None)


def begin(where: str, *, another: bool = False) -> Desk:
    """The desk for a store that may not exist yet; closed when the call ends."""
    from negotiation.desk import Desk

    desk = Desk.begin(where, room_named(), another=another)
    click.get_current_context().call_on_close(desk.close)
    return desk


def receive(
    desk: Desk,
    file: str,
    source: bytes,
    base: str | None,
    base_source: bytes | None,
    custom: str,
    **how: Any,
) -> tuple[tuple[Entry, ...], Draft]:
    """Let the desk receive a page, in the hand of whoever is named; ``how`` is for Word files."""
    return desk.receive(
        source,
        Path(file).name,
        base=base_source,
        base_name=Path(base).name if base is not None else "",
        conventions=custom,
        hand=hand_of_import(),
        **how,
    )


def hand_of_import() -> Hand:
    """The hand of whoever is named; a page's own where nobody is."""
    import attrs

    from negotiation.domain.people import Capacity

    acts = who_acts()
    hand = attrs.evolve(acts.hand(acts.behalf), by=acts.by or "rapporteur")
    return hand if acts.capacity else attrs.evolve(hand, capacity=Capacity.IMPORT)


def check_bases(file: str, source: bytes, base: str | None, base_source: bytes | None) -> None:
    """Refuse a base beside a file that tracks its changes, before anything is made."""
    from negotiation.papers.page_in import one_base, page_in

    if base is not None and base_source is not None:
        one_base(page_in(source, file), file, page_in(base_source, base), base)


def page_of(file: str) -> bytes:
    """The bytes of a page that can be read as text; raises what says why not."""
    from negotiation.papers.page_in import page_in
    from negotiation.papers.page_text import NotReadable

    source = source_of(file)
    if is_akoma_ntoso(file):
        raise NotReadable(
            f"{file} is XML and no page of text; `import` begins a record with a text that "
            "`export` wrote as .xml."
        )
    page_in(source, file)
    return source


def is_akoma_ntoso(file: str) -> bool:
    """Whether a file goes by a name that `export` writes Akoma Ntoso under."""
    return Path(file).suffix.lower() == ".xml"


def tell_reading(
    desk: Desk,
    file: str,
    entries: Sequence[Entry],
    draft: Draft,
    more: Callable[[], None] | None = None,
) -> None:
    """Print what was read on a page; ``more`` prints what else is known of the file."""
    from negotiation.views.what_is_open import open_points

    counts = draft.counts
    words = counts.brackets_literal
    literal = f"; {words} more {'is a word' if words == 1 else 'are words'}" if words else ""
    symbol = desk.timeline.negotiation(desk.timeline.head).symbol
    say(
        f"{drawn('Received', Look.STRONG)} {shown(symbol or file)} into {shown(store_shown())}: "
        f"{count(len(entries), 'entry')}, {draft.conventions} conventions."
    )
    say(
        f"  {count(counts.words, 'word')}, {count(len(draft.clauses), 'clause')} under "
        f"{count(counts.headings, 'block heading')}; "
        f"{count(counts.struck_spans, 'struck span')} of {count(counts.struck_words, 'word')}."
    )
    say(
        f"  {count(len(open_points(desk.timeline, desk.timeline.moment())), 'open point')}; "
        f"{count(counts.square_pairs + counts.curly_pairs, 'bracket pair')} printed, "
        f"{counts.dead_pairs} of them struck; "
        f"{count(counts.live_words_inside, 'live word')} inside brackets."
    )
    say(
        f"  {count(counts.brackets, 'bracket sign')}: {counts.brackets_paired} paired, "
        f"{counts.brackets_anomalous} anomalous{literal}."
    )
    if more is not None:
        more()
    _tell_anomalies(desk)


def _tell_anomalies(desk: Desk) -> None:
    from negotiation.cli.whats_open import tell_anomaly
    from negotiation.views.what_is_damaged import anomalies

    answered = anomalies(desk.timeline, desk.timeline.head)
    say(
        f"  {count(len(answered.found), 'anomaly')}: {answered.damaged} damaged, "
        f"{answered.doubtful} doubtful, {answered.editorial} editorial; "
        f"{answered.blocking} in the way of a clean text."
    )
    for number, one in enumerate(answered.found, start=1):
        tell_anomaly(number, one)


def _anomalies(desk: Desk) -> list[dict[str, object]]:
    from negotiation.views.what_is_damaged import anomalies

    found = anomalies(desk.timeline, desk.timeline.head).found
    return [fields(one, number=number) for number, one in enumerate(found, start=1)]
