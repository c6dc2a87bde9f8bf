"""The options that say how words change, the same for every act that changes some.

They may be repeated and are carried out one after the other, in the order given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from negotiation.cli.options import in_order
from negotiation.cli.targets import words_at

if TYPE_CHECKING:
    from negotiation.domain.commands import Rewording, WordsAt

F = TypeVar("F", bound=Callable[..., Any])

_NO_WORDS = "--with needs --words, the words that it replaces."
_NAMES = ("words", "with_", "insert", "after", "before", "delete", "text")
_OPTIONS = (
    click.option(
        "--words",
        multiple=True,
        metavar="WORDS",
        help="Words as they are printed, replaced by --with; WORDS#2 is their second occurrence.",
    ),
    click.option("--with", "with_", multiple=True, metavar="WORDS", help="What stands instead."),
    click.option(
        "--insert",
        multiple=True,
        metavar="WORDS",
        help="New words, at the end of the clause unless --after or --before says where.",
    ),
    click.option("--after", multiple=True, metavar="WORDS", help="The words they go behind."),
    click.option("--before", multiple=True, metavar="WORDS", help="The words they go before."),
    click.option("--delete", multiple=True, metavar="WORDS", help="Words that go."),
    click.option(
        "--text", multiple=True, metavar="TEXT", help="The whole clause as it shall read."
    ),
)


def rewording(function: F) -> F:
    """--words with --with, --insert with --after or --before, --delete, --text."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@attrs.define
class _Reading:
    """The options read so far; an open pair waits for its other half."""

    changes: list[Rewording] = attrs.field(factory=list)
    alone: list[WordsAt] = attrs.field(factory=list)
    words: str | None = None
    other: str | None = None
    insert: str | None = None
    place: tuple[str, str] | None = None


def changes_in(ctx: click.Context) -> tuple[Rewording, ...]:
    """The changes that the options ask for; wrong usage where a half is missing."""
    changes, alone = changes_and_words(ctx)
    if alone:
        raise click.UsageError("--words needs --with, the words that stand instead.", ctx)
    return changes


def changes_and_words(ctx: click.Context) -> tuple[tuple[Rewording, ...], tuple[WordsAt, ...]]:
    """The changes that the options ask for, and words that were named without a --with."""
    from negotiation.domain.commands import Rewording, Where

    read = _Reading()
    for name, value in in_order(ctx, *_NAMES):
        match name:
            case "words":
                if read.words is not None:
                    read.alone.append(words_at(read.words))
                read.words = value
            case "with_":
                if read.other is not None:
                    raise click.UsageError(_NO_WORDS, ctx)
                read.other = value
            case "insert":
                _put(read, ctx)
                read.insert = value
            case "after" | "before":
                if read.place is not None:
                    raise click.UsageError("--after or --before: one for each --insert.", ctx)
                read.place = (name, value)
            case "delete":
                read.changes.append(Rewording("", words_at(value)))
            case "text":
                read.changes.append(Rewording(value, None, Where.INSTEAD))
        if read.words is not None and read.other is not None:
            read.changes.append(Rewording(read.other, words_at(read.words)))
            read.words = read.other = None
        if read.insert is not None and read.place is not None:
            _put(read, ctx)
    _put(read, ctx)
    if read.words is not None:
        read.alone.append(words_at(read.words))
    if read.other is not None:
        raise click.UsageError(_NO_WORDS, ctx)
    if read.place is not None:
        raise click.UsageError(f"--{read.place[0]} needs --insert, the words to put there.", ctx)
    return tuple(read.changes), tuple(read.alone)


def _put(read: _Reading, ctx: click.Context) -> None:
    """Close an insertion: beside the words named, or at the end of the clause."""
    from negotiation.domain.commands import Rewording, Where

    if read.insert is None:
        return
    if read.place is None:
        read.changes.append(Rewording(read.insert, None, Where.AFTER))
    else:
        where = Where(read.place[0])
        read.changes.append(Rewording(read.insert, words_at(read.place[1]), where))
    read.insert = read.place = None
