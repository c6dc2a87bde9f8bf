"""A command line within another one: ``'resolve 1 --choose 2'`` as what is tried or put.

The line is read by the program itself, so whatever can be done can also be tried, put to the room,
or made part of a package.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from negotiation.cli.saying import Asked, asked
from negotiation.domain.refusals import Unclear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotiation.desk import Desk
    from negotiation.trial import Trial


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


def run(desk: Desk, line: str) -> None:
    """Run one line of the program on this desk, without a word."""
    from negotiation.cli.program import COMMANDS, main

    try:
        words = shlex.split(line)
    except ValueError as fault:
        raise Unclear(f"“{line}” has a quotation mark without its pair.") from fault
    if words and words[0] == "negotiation":
        words = words[1:]
    if not words or words[0] not in COMMANDS:
        known = words[0] if words else line
        raise Unclear(f"“{known}” is no command; `negotiation --help` lists them.")
    if words[0] in _NOT_WITHIN:
        raise Unclear(f"“{words[0]}” cannot be part of another act; call it by itself.")
    within = Asked(desk=desk, silent=True, plain=asked().plain)
    context = main.make_context("negotiation", words, obj=within)
    with context:
        main.invoke(context)


_NOT_WITHIN = frozenset(
    (
        "import",
        "receive",
        "issue",
        "export",
        "chair",
        "room",
        "keys",
        "what-if",
        "put",
        "gavel",
        "object",
        "undo",
        "redo",
    )
)
