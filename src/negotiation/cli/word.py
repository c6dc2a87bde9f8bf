"""`authors`, and what `import` tells of a Word file: who marked it, when, and what is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common
from negotiation.cli.saying import answer, count, note, say, shown
from negotiation.cli.sources import source_of

if TYPE_CHECKING:
    from negotiation.papers.authors import Author, Authors
    from negotiation.papers.docx.page import LeftOut


@attrs.frozen
class MarkedBy:
    """An author of a Word file, and the party that the record takes them for."""

    author: Author
    party: str


@attrs.frozen
class Word:
    """What a Word file holds beside its words."""

    authors: tuple[MarkedBy, ...]
    tracked: bool
    marks_by_hand: int
    """Stretches struck or underlined by hand."""
    marks_by_hand_read: bool
    """Whether they are read as deletions and insertions."""
    comments: int
    zone_known: bool
    """Whether the file tells in which zone its times are."""
    cells: int
    """Paragraphs in tables; each is a clause of its own."""
    left_out: tuple[LeftOut, ...]


def table_in(file: str) -> Authors:
    """The table of authors in a file; raises `NotReadable`."""
    from negotiation.papers.authors import Authors, table_of
    from negotiation.papers.page_text import page_text

    return Authors(table_of(page_text(source_of(file), file), file))


def looked_at(source: bytes, file: str, table: Authors | None, *, by_hand: bool) -> Word | None:
    """What a file holds if it is a Word file; none where it is a page of text."""
    from negotiation.papers.authors import Authors, authors_of
    from negotiation.papers.page_in import is_word, word_in
    from negotiation.papers.sheet import marked_by_hand, sheet_of

    if not is_word(source, file):
        return None
    page = word_in(source, file)
    known = Authors() if table is None else table
    return Word(
        tuple(MarkedBy(one, known.party(one.name)) for one in authors_of(page)),
        page.tracked,
        marked_by_hand(page),
        sheet_of(page, by_hand=by_hand).by_hand > 0,
        len(page.comments),
        all(one.utc is not None or one.at is None for one in page.touches())
        and all(one.utc is not None or one.at is None for one in page.comments),
        sum(one.cell is not None and bool(one.words.strip()) for one in page.paragraphs),
        page.left_out,
    )


def tell_standing(word: Word, conventions: str) -> None:
    """Print whether tracked changes stand, where the conventions decide that."""
    from negotiation.papers.conventions import for_name

    if not word.tracked:
        return
    if for_name(conventions).changes_stand:
        say(f"  Tracked changes stand, as {conventions} has it; --undecided lets them wait.")
    else:
        say(f"  Tracked changes wait for a decision, as {conventions} has it (or --standing).")


def tell_word(word: Word) -> None:
    """Print it."""
    from negotiation.papers.authors import NOBODY

    for one in word.authors:
        author = one.author
        behalf = f", for {shown(one.party)}" if one.party not in ("", author.name) else ""
        say(f"  {shown(author.name or NOBODY)}{behalf}: {_marks(author)}.")
    if any(one.author.first is not None for one in word.authors) and not word.zone_known:
        say("  Dates are as Word wrote them, in a time zone that the file does not tell.")
    if word.marks_by_hand and not word.tracked:
        read = "read as deletions and insertions" if word.marks_by_hand_read else "read as words"
        marks = count(word.marks_by_hand, "stretch", "stretches")
        say(f"  Nothing is tracked; {marks} struck or underlined by hand, {read}.")
    elif word.marks_by_hand:
        marks = count(word.marks_by_hand, "stretch", "stretches")
        say(f"  {marks} struck or underlined by hand beside the tracking, read as words.")
    if word.cells:
        say(f"  {count(word.cells, 'paragraph')} of tables, each a clause; rows are not kept.")
    if word.left_out:
        kinds = ", ".join(f"{one.count:,} × {shown(one.what)}" for one in word.left_out)
        say(f"  Not kept: {kinds}.")


def _marks(author: Author) -> str:
    told = [
        count(number, what)
        for number, what in (
            (author.insertions, "insertion"),
            (author.deletions, "deletion"),
            (author.comments, "comment"),
        )
        if number
    ]
    if author.first is not None and author.last is not None:
        first, last = f"{author.first:%Y-%m-%d %H:%M}", f"{author.last:%Y-%m-%d %H:%M}"
        told.append(first if first == last else f"{first} to {last}")
    return ", ".join(told)


@command()
@click.argument("file", type=click.Path())
@click.option("--authors", "table", type=click.Path(), metavar="TABLE", help="A table to go on.")
@common
def authors(file: str, table: str | None) -> None:
    """The people who marked a Word file, as a table to be filled with their parties.

    One line each, with what they did behind a #. Behind the = goes the party's code, and its name
    if you like; a line without one leaves the person without a party. Nothing is recorded.

    \b
      negotiation authors draft.docx > people.txt
      negotiation import draft.docx --authors people.txt

    Next: fill the table, then `import FILE --authors TABLE`.
    """
    from negotiation.papers.authors import Authors, as_table, authors_of
    from negotiation.papers.page_in import is_word, word_in

    source = source_of(file)
    if not is_word(source, file):
        raise Stopped(f"{file} is no Word file; only a Word file says who marked it.")
    known = table_in(table) if table is not None else Authors()
    found = authors_of(word_in(source, file))
    people = tuple(MarkedBy(one, known.party(one.name)) for one in found)
    if answer({"file": file, "authors": people}):
        return
    if not found:
        note("Nobody marked this file: it has no tracked changes and no comments.")
    for line in as_table(found, known):
        say(shown(line))
