"""A command line within another one: ``'resolve 1 --choose 2'`` as what is tried or put.

The line is read by the program itself, so whatever can be done can also be tried, put to the room,
or made part of a package.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from negotiation.cli.saying import Asked
from negotiation.domain.refusals import Unclear

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from negotiation.desk import Desk
    from negotiation.trial import Trial


NOT_WITHIN = frozenset(
    (
        "import",
        "receive",
        "issue",
        "export",
        "chair",
        "room",
        "rooms",
        "follow",
        "backup",
        "restore-backup",
        "keys",
        "key",
        "seal",
        "what-if",
        "put",
        "gavel",
        "object",
        "undo",
        "redo",
    )
)
"""What is no part of another act."""


def tried(trial: Trial, lines: Iterable[str]) -> Trial:
    """The trial after these lines, each on what the ones before it left."""
    for line in lines:
        known = len(trial.tried)
        run(trial, line)
        if len(trial.tried) == known:
            raise Unclear(
                f"“{line}” is no act; name one, such as 'lift 1' or 'resolve 1 --choose 2'."
            )
    return trial


def run(
    desk: Desk,
    line: str,
    hand: Mapping[str, str] | None = None,
    *,
    refused: frozenset[str] = NOT_WITHIN,
) -> None:
    """Run one line of the program on this desk, without a word.

    ``hand`` says who acts where the line does not, ``refused`` which commands have no place here.
    """
    from negotiation.cli.program import COMMANDS, main

    words = words_of(line)
    if not words or words[0] not in COMMANDS:
        known = words[0] if words else line
        raise Unclear(f"“{known}” is no command; `negotiation --help` lists them.")
    if words[0] in refused:
        raise Unclear(f"“{words[0]}” cannot be part of another act; call it by itself.")
    around = _around()
    said = around.hand if hand is None else hand
    within = Asked(desk=desk, silent=True, plain=around.plain, hand=said)
    context = main.make_context("negotiation", words, obj=within)
    with context:
        main.invoke(context)


def words_of(line: str) -> list[str]:
    """The command of a line and what it is given, as a shell would part them."""
    try:
        words = shlex.split(line)
    except ValueError as fault:
        raise Unclear(f"“{line}” has a quotation mark without its pair.") from fault
    return words[1:] if words[:1] == ["negotiation"] else words


def _around() -> Asked:
    """What the call around this line was asked with, where there is one."""
    context = click.get_current_context(silent=True)
    held = context.find_root().find_object(Asked) if context is not None else None
    return held if held is not None else Asked()
