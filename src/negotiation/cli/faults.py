"""Whatever goes wrong, as one sentence: what, where, and what would help.

Refusals, stores that cannot be used and pages that cannot be read bring their own; files that are
not there get theirs here. Anything else is a fault of this program and says so.
"""

from __future__ import annotations

import os

import click

from negotiation.cli.saying import shown

REFUSED = 1
USAGE = 2


class Stopped(click.ClickException):
    """The command line itself has an answer that is not what was asked for."""

    exit_code = REFUSED


def sentence_of(fault: Exception) -> tuple[str, int]:
    """What to say about a fault, and the exit code."""
    if isinstance(fault, click.UsageError):
        return _usage(fault), USAGE
    if isinstance(fault, click.ClickException):
        return _ended(fault.format_message()), fault.exit_code
    if isinstance(fault, click.Abort):
        return "Stopped; the record holds every act that was made before.", REFUSED
    if _ours(fault):
        return _ended(str(fault)), REFUSED
    if isinstance(fault, OSError):
        return _file(fault), REFUSED
    if isinstance(fault, (MemoryError, RecursionError)):
        return "There is not enough memory for this; ask for a smaller part.", REFUSED
    if os.environ.get("NEGOTIATION_TRACEBACK"):
        raise fault
    kind = type(fault).__name__
    return (
        f"Something went wrong inside the program ({kind}: {fault}); the record holds every act "
        "that was made before. With NEGOTIATION_TRACEBACK=1 it says where, for a report.",
        REFUSED,
    )


def expected(fault: Exception) -> bool:
    """Whether a fault has a sentence of its own; any other is one of this program."""
    known = (click.ClickException, click.Abort, click.exceptions.Exit, OSError)
    return isinstance(fault, (*known, MemoryError, RecursionError)) or _ours(fault)


def stop_if_altered(fault: Exception) -> None:
    """Where the seals of the record do not hold, that is why a view of it went wrong."""
    if os.environ.get("NEGOTIATION_TRACEBACK"):
        return
    from negotiation.cli.seals_held import walked

    try:
        walked()
    except Stopped as found:
        raise found from fault
    except Exception:
        return


def _ours(fault: Exception) -> bool:
    from negotiation.domain.refusals import Refusal
    from negotiation.ledger.faults import RecordMoved, StoreError

    if isinstance(fault, (Refusal, StoreError, RecordMoved)):
        return True
    from negotiation.papers.page_text import NotReadable

    return isinstance(fault, NotReadable)


def _usage(fault: click.UsageError) -> str:
    command = fault.ctx.command_path if fault.ctx is not None else "negotiation"
    return f"{_ended(fault.format_message())} `{command} --help` shows how it is used."


def _file(fault: OSError) -> str:
    name = fault.filename if fault.filename is not None else "The file"
    match fault:
        case FileNotFoundError() if fault.filename and _folder_missing(name):
            return f"There is no folder {os.path.dirname(name)}; make it first, or name another."
        case FileNotFoundError():
            return f"There is no file {name}; check the name."
        case IsADirectoryError():
            return f"{name} is a directory; name a file in it."
        case NotADirectoryError():
            return f"{name} cannot be reached: a part of the path is not a directory."
        case PermissionError():
            return f"You may not open {name}; ask for the permission, or name another file."
    reason = os.strerror(fault.errno) if fault.errno else str(fault) or "unknown reason"
    return f"{name} cannot be used ({reason}); check it, then try again."


def _folder_missing(name: str | bytes) -> bool:
    folder = os.path.dirname(name)
    return bool(folder) and not os.path.exists(folder)


def _ended(message: str) -> str:
    line = " ".join(message.split())
    return line if line.endswith((".", "?", "!")) else line + "."


def tell(fault: Exception) -> int:
    """Print the sentence for a fault; answers the exit code."""
    sentence, code = sentence_of(fault)
    click.echo(shown(sentence), err=True)
    return code
