"""`verify FILE`: which version of the record a file is, and where a word of it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.cli.faults import Stopped
from negotiation.cli.saying import Look, answer, count, drawn, fields, in_full, say, shown
from negotiation.cli.sources import source_of

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.papers.recognise import Difference, Recognised

_LISTED = 6
_AROUND = 40


def verify_file(desk: Desk, file: str) -> None:
    """Say which version of the record a file is; stops with a sentence where it is none."""
    from negotiation.papers.recognise import How, recognised

    found = recognised(desk.timeline, source_of(file), file)
    sound = found is not None and found.how is not How.DIFFERS and not found.imprint_wrong
    if not answer(_json(file, found, sound=sound)) and found is not None:
        _tell(file, found)
    if found is None:
        raise Stopped(
            f"{file} is no version of this record: neither its words nor what it says of itself "
            "are known here; `versions` lists what went out and came in."
        )
    if found.imprint_wrong:
        raise Stopped(f"{file} is not what it says it is: {found.imprint_wrong}.")
    if found.how is How.DIFFERS:
        first = found.differences[0]
        raise Stopped(
            f"{file} is not {found.version.symbol} ({found.reading}): "
            f"{count(len(found.differences), 'paragraph')} "
            f"{'differs' if len(found.differences) == 1 else 'differ'}, "
            f"the first is {_where(first)}."
        )


def _where(one: Difference) -> str:
    return one.path or "a paragraph that it has not" if one.as_issued else "one too many"


def _tell(file: str, found: Recognised) -> None:
    from negotiation.papers.recognise import How
    from negotiation.views.versions import VersionState

    version = found.version
    came = "issued" if version.issued else "received"
    if found.how is How.DIFFERS:
        say(
            f"{shown(file)} comes nearest to {drawn(version.symbol, Look.STRONG)}, "
            f"{shown(found.reading)}, {came} with entry {version.entry}."
        )
    else:
        say(
            f"{shown(file)} is {drawn(version.symbol, Look.STRONG)}, {shown(found.reading)}, "
            f"{came} with entry {version.entry} on {version.written[:10]}: {found.how.value}."
        )
    if version.state is VersionState.WITHDRAWN:
        say(f"  {drawn('It was withdrawn', Look.ALARM)}: {shown(version.reason)}.")
    elif version.state is VersionState.SUPERSEDED:
        say("  It is not the current version; `versions` lists them.")
    if not found.imprint_kept and version.issued:
        say("  What it says of itself was taken off; it was known by its words.")
    for one in found.differences[:_LISTED]:
        _tell_difference(one)
    if len(found.differences) > _LISTED:
        say(f"  … and {count(len(found.differences) - _LISTED, 'further paragraph')}.")


def _tell_difference(one: Difference) -> None:
    path = drawn(one.path or "(no clause)", Look.PATH)
    if not one.in_file:
        say(f"  {path}  is missing: {in_full(one.as_issued)}")
        return
    if not one.as_issued:
        say(f"  {path}  was not issued: {in_full(one.in_file)}")
        return
    changes = one.changes
    if not changes:
        say(f"  {path}  differs")
        return
    first = changes[0]
    say(f"  {path}  as issued  {in_full(_cut(one.as_issued, first.start, first.end))}")
    say(
        f"  {' ' * len(one.path or '(no clause)')}  in file    "
        f"{in_full(_cut(one.in_file, first.new_start, first.new_end))}"
    )


def _cut(words: str, start: int, end: int) -> str:
    """The words around a change."""
    low = words.rfind(" ", 0, max(0, start - _AROUND)) + 1
    high = words.find(" ", end + _AROUND)
    high = len(words) if high < 0 else high
    return ("…" if low else "") + words[low:high] + ("…" if high < len(words) else "")


def _json(file: str, found: Recognised | None, *, sound: bool) -> dict[str, object]:
    if found is None:
        return {"file": file, "sound": False, "version": None}
    return {
        "file": file,
        "sound": sound,
        "version": fields(found.version),
        "reading": found.reading,
        "how": found.how.value,
        "imprint_kept": found.imprint_kept,
        "imprint_wrong": found.imprint_wrong,
        "differences": [fields(one) for one in found.differences],
    }
