"""The program: its commands by name, loaded when they are called, and how it ends.

What a command does stands in the module named beside it; nothing here knows the record.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

import click

from negotiation.cli.faults import expected, stop_if_altered, tell
from negotiation.cli.options import common
from negotiation.cli.saying import shown

_YOUNG = 50_000
_READING = "Read"
_PROPOSING = "Proposals"
_OPEN = "Open points"
_TEXT = "The text"
_BESIDE = "Beside the text"
_ROOM = "The room"
_PAPERS = "Documents and the record"

COMMANDS: dict[str, tuple[str, str]] = {
    "import": (_PAPERS, "documents:import_"),
    "receive": (_PAPERS, "receiving:receive"),
    "authors": (_PAPERS, "word:authors"),
    "export": (_PAPERS, "exporting:export"),
    "issue": (_PAPERS, "issuing:issue"),
    "versions": (_PAPERS, "issuing:versions"),
    "migrate": (_PAPERS, "migrating:migrate"),
    "verify": (_PAPERS, "verifying:verify"),
    "seal": (_PAPERS, "sealing:seal"),
    "key": (_PAPERS, "sealing:key"),
    "backup": (_PAPERS, "backing_up:backup"),
    "restore-backup": (_PAPERS, "backing_up:restore_backup"),
    "chair": (_PAPERS, "chair:chair"),
    "room": (_PAPERS, "room:room"),
    "keys": (_PAPERS, "keys:keys"),
    "text": (_READING, "text:text"),
    "open": (_READING, "whats_open:open_"),
    "anomalies": (_READING, "whats_open:anomalies"),
    "progress": (_READING, "progress:progress"),
    "since": (_READING, "since:since"),
    "report": (_READING, "reporting:report"),
    "log": (_READING, "history:log"),
    "rooms": (_READING, "rooms:rooms"),
    "follow": (_READING, "follow:follow"),
    "diff": (_READING, "history:diff"),
    "replay": (_READING, "replaying:replay"),
    "who": (_READING, "authorship:who"),
    "fate": (_READING, "authorship:fate"),
    "audit": (_READING, "auditing:audit"),
    "notes": (_READING, "noted:notes"),
    "references": (_READING, "numbers:references"),
    "where": (_READING, "numbers:where"),
    "propose": (_PROPOSING, "propose:propose"),
    "support": (_PROPOSING, "proposals:support"),
    "revise-proposal": (_PROPOSING, "proposals:revise_proposal"),
    "withdraw": (_PROPOSING, "proposals:withdraw"),
    "reintroduce": (_PROPOSING, "proposals:reintroduce"),
    "retain": (_PROPOSING, "proposals:retain"),
    "drop": (_PROPOSING, "proposals:drop"),
    "merge": (_PROPOSING, "proposals:merge"),
    "bracket": (_OPEN, "brackets:bracket"),
    "hold": (_OPEN, "brackets:hold"),
    "release": (_OPEN, "brackets:release"),
    "reach": (_OPEN, "brackets:reach"),
    "lift": (_OPEN, "resolving:lift"),
    "status": (_OPEN, "brackets:status"),
    "table": (_OPEN, "tabling:table"),
    "resolve": (_OPEN, "resolving:resolve"),
    "revise": (_TEXT, "clauses:revise"),
    "delete": (_TEXT, "clauses:delete"),
    "restore": (_TEXT, "clauses:restore"),
    "move": (_TEXT, "clauses:move"),
    "relabel": (_TEXT, "numbers:relabel"),
    "renumber": (_TEXT, "numbers:renumber"),
    "agree": (_TEXT, "agreeing:agree"),
    "condition-met": (_TEXT, "agreeing:condition_met"),
    "reopen": (_TEXT, "agreeing:reopen"),
    "park": (_TEXT, "agreeing:park"),
    "resume": (_TEXT, "agreeing:resume"),
    "condition-failed": (_TEXT, "agreeing:condition_failed"),
    "correct": (_TEXT, "correcting:correct"),
    "agreed": (_READING, "agreed:agreed"),
    "rests": (_READING, "agreed:rests"),
    "throughout": (_TEXT, "throughout:throughout"),
    "package": (_ROOM, "packages:package"),
    "packages": (_READING, "packages:packages"),
    "what-if": (_ROOM, "what_if:what_if"),
    "put": (_ROOM, "putting:put"),
    "pending": (_READING, "putting:pending"),
    "object": (_ROOM, "putting:object_"),
    "no-objection": (_ROOM, "putting:no_objection"),
    "gavel": (_ROOM, "putting:gavel"),
    "drop-question": (_ROOM, "putting:drop_question"),
    "position": (_BESIDE, "notes:position"),
    "remark": (_BESIDE, "notes:remark"),
    "settle": (_BESIDE, "notes:settle"),
    "say": (_ROOM, "say:say"),
    "undo": (_ROOM, "undoing:undo"),
    "redo": (_ROOM, "undoing:redo"),
    "refer": (_ROOM, "referring:refer"),
    "refer-back": (_ROOM, "referring:refer_back"),
    "party": (_ROOM, "gathering:party"),
    "meeting": (_ROOM, "gathering:meeting"),
}
"""Each command with the section of ``--help`` it stands in, and where it is."""

_SECTIONS = (_PAPERS, _READING, _PROPOSING, _OPEN, _TEXT, _BESIDE, _ROOM)


class _ReaderGone(Exception):
    """Whoever read our output has seen enough; the library would call that a failure."""


class Program(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of ``--help``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][1].partition(":")
        command = getattr(importlib.import_module(f"negotiation.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in their sections."""
        for section in _SECTIONS:
            rows = [
                (name, command.get_short_help_str(limit=100))
                for name, (place, _) in COMMANDS.items()
                if place == section and (command := self.get_command(ctx, name)) is not None
            ]
            with formatter.section(section):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who went away is told apart from a fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as gone:
            raise _ReaderGone from gone
        except Exception as fault:
            if not expected(fault):
                stop_if_altered(fault)
            raise

    def main(  # type: ignore[override]  # always ends the process, as the base does by default
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,
    ) -> Any:
        """Run one call and end the process with its exit code."""
        # A call is short: walking its young objects again and again costs a tenth of it.
        gc.set_threshold(_YOUNG)
        said = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                # A terminal that lacks a letter gets its number; nobody gets a traceback.
                reconfigure(errors="backslashreplace")
        try:
            _check(said)
            code = super().main(said, prog_name or "negotiation", **extra)
            sys.stdout.flush()
        except (_ReaderGone, BrokenPipeError):
            _let_go()
            code = 0
        except Exception as fault:
            code = tell(fault)
        sys.exit(code if isinstance(code, int) else 0)


def _check(said: list[str]) -> None:
    """Refuse what neither a terminal nor a record can hold."""
    for word in said:
        for sign in word:
            if unicodedata.category(sign) in ("Cc", "Cs"):
                raise click.UsageError(
                    f"“{shown(word)}” holds a sign that is no letter (U+{ord(sign):04X}); "
                    "leave it out."
                )


def _let_go() -> None:
    """Whoever read our output went away; what is still to be flushed has nowhere to go."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("negotiation")
        except PackageNotFoundError:
            number = "(not installed)"
        click.echo(f"negotiation {number}")
        ctx.exit()


@click.group(
    "negotiation",
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Print the version and stop.",
)
@common
@click.pass_context
def main(ctx: click.Context) -> None:
    """A negotiation as a record: every proposal, bracket and decision, readable at any moment.

    Begin with a page, look at what is open, decide a point, and look back:

    \b
      negotiation import draft.md
      negotiation open
      negotiation resolve 1 --choose 2
      negotiation text --at now~1

    Every command explains itself with --help. CLAUSE is a path as `text --paths` prints it, such
    as reaffirming/e, or an id; WHEN is an entry number, a time, a version's symbol, now or now~3.
    An open point is its number in `open`, or its place and words in it: 'resolves/5: a fund'.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
