"""`issue` and `versions`: a version of the text goes out, and which ones did."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation.cli.done import entries_json, make, tell_act
from negotiation.cli.faults import Stopped
from negotiation.cli.options import (
    acting,
    at_option,
    command,
    common,
    moment_of,
    the_desk,
)
from negotiation.cli.saying import (
    Look,
    answer,
    asked,
    count,
    drawn,
    fields,
    note,
    quoted,
    say,
    shown,
)
from negotiation.cli.targets import hand_of_call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotiation.desk import Desk, Hand
    from negotiation.issuing import Prepared, Wanted
    from negotiation.papers.finding import Finding
    from negotiation.views.versions import Version


@command()
@click.argument("symbol")
@click.option("--dry-run", is_flag=True, help="Look only: nothing is written or recorded.")
@click.option("--renumber", is_flag=True, help="Number the text anew first, by the body's rules.")
@click.option("--punctuate", is_flag=True, help="Put the closing marks of lists right first.")
@click.option(
    "--with-open", is_flag=True, help="Open points are meant to go out in brackets: no warnings."
)
@click.option(
    "--yes", "--despite-warnings", "yes", is_flag=True, help="Issue it whatever the warnings say."
)
@click.option(
    "--into", metavar="FOLDER", help="Where the files go; a folder named after SYMBOL if not said."
)
@click.option(
    "--against",
    metavar="VERSION",
    help="What the marks compare it with, beside the base; the current version if not said.",
)
@click.option("--again", is_flag=True, help="Write the files of an issued version once more.")
@click.option("--withdraw", is_flag=True, help="Take the issued version SYMBOL back.")
@click.option("--reason", default="", help="Why it is taken back.")
@acting
def issue(
    symbol: str,
    dry_run: bool,
    renumber: bool,
    punctuate: bool,
    with_open: bool,
    yes: bool,
    into: str | None,
    against: str | None,
    again: bool,
    withdraw: bool,
    reason: str,
) -> None:
    """Issue the text as the version SYMBOL: checked, recorded, and written to files.

    What would put wrong words before everybody blocks it: damage of the page that nobody settled,
    marks without a partner, a note left in the text. Everything else is a warning with its place.
    Written are the clean text, or one in brackets while points are open, and the text marked
    against the base and against the version before, each with and without names.

    \b
      negotiation issue "DL/13(Rev.3)" --dry-run
      negotiation issue "DL/13(Rev.3)" --renumber --punctuate --into out
      negotiation issue "DL/13(Rev.3)" --withdraw --reason "the wrong annex"

    Next: `versions` lists what went out, `verify FILE` says which version a file is.
    """
    if reason and not withdraw:
        raise click.UsageError("--reason says why a version is taken back; add --withdraw.")
    if dry_run + again + withdraw > 1:
        raise click.UsageError("--dry-run, --again and --withdraw are three things; say one.")
    desk = the_desk()
    hand = hand_of_call(desk)
    if withdraw:
        from negotiation.domain.commands import WithdrawVersion

        make(desk, WithdrawVersion(symbol, reason), hand, f"Withdrew {symbol}")
        return
    folder = Path(into if into is not None else _folder(symbol))
    if into is None and folder.is_symlink():
        raise Stopped(f"{folder} is a link to another place; say with --into where files go.")
    if again:
        _again(desk, symbol, folder)
        return
    from negotiation.issuing import Wanted

    wanted = Wanted(symbol, renumber, punctuate, with_open, against)
    if dry_run:
        _dry_run(desk, wanted, hand)
    else:
        _issue(desk, wanted, hand, folder, yes=yes)


def _folder(symbol: str) -> str:
    from negotiation.papers.issued_files import file_stem

    return file_stem(symbol)


def _dry_run(desk: Desk, wanted: Wanted, hand: Hand) -> None:
    from negotiation.issuing import prepare

    prepared = prepare(desk, wanted, hand)
    if not answer(_prepared_json(prepared)):
        _tell_findings(prepared)
        _tell_what_would_be(prepared)
    _stop_if_blocked(prepared)


def _issue(desk: Desk, wanted: Wanted, hand: Hand, folder: Path, *, yes: bool) -> None:
    from negotiation.desk import RecordMoved
    from negotiation.issuing import FilesInTheWay, issue, prepare

    prepared = prepare(desk, wanted, hand)
    if not desk.admission.leads:
        # Who may not issue is told so, and not asked about warnings first.
        desk.rehearse(prepared.command)
    if _somebody_is_there() and not yes:
        wanted = _tidied(prepared)
        prepared = prepare(desk, wanted, hand)
    for last_try in (False, True):
        _stop_if_blocked(prepared)
        _confirm(prepared, yes=yes)
        try:
            entries = issue(desk, prepared, folder)
        except FilesInTheWay as fault:
            raise Stopped(str(fault)) from fault
        except RecordMoved:
            if last_try:
                raise
            # What was looked at is not the text any more: it is looked at again.
            desk.catch_up()
            prepared = prepare(desk, wanted, hand)
            continue
        break
    if answer(
        {
            **_prepared_json(prepared),
            "act": entries[0].act.id,
            "folder": str(folder),
            "entries": entries_json(entries),
        }
    ):
        return
    tell_act(desk, entries, f"Issued {wanted.symbol}")
    say(f"  fingerprint {prepared.fingerprint}")
    if prepared.findings:
        say(f"  {count(len(prepared.findings), 'warning')} let pass.")
    _tell_files(prepared, folder)


def _somebody_is_there() -> bool:
    return not asked().json and sys.stdin.isatty() and sys.stdout.isatty()


def _tidied(prepared: Prepared) -> Wanted:
    """How it shall be issued, once somebody was asked about what was not said."""
    import attrs

    wanted, tidy = prepared.wanted, prepared.tidy
    if tidy.endings and not wanted.punctuate:
        marks = count(len(tidy.endings), "closing mark")
        if click.confirm(f"Put {marks} right first?", default=False):
            wanted = attrs.evolve(wanted, punctuate=True)
    if tidy.numbers.labels and not wanted.renumber:
        labels = count(len(tidy.numbers.labels), "label")
        if click.confirm(f"Number the text anew first ({labels} would change)?", default=False):
            wanted = attrs.evolve(wanted, renumber=True)
    return wanted


def _again(desk: Desk, symbol: str, folder: Path) -> None:
    from negotiation.issuing import FilesInTheWay, write_again

    try:
        papers = write_again(desk, symbol, folder)
    except FilesInTheWay as fault:
        raise Stopped(str(fault)) from fault
    names = [one.name for one in papers]
    if not answer({"symbol": symbol, "folder": str(folder), "files": names}):
        say(f"Wrote {count(len(names), 'file')} of {shown(symbol)} again, as they went out:")
        for name in names:
            say(f"  {shown(str(folder / name))}")
        if not desk.admission.names:
            note("Names of parties are not shown here: files that tell them were left out.")


def _stop_if_blocked(prepared: Prepared) -> None:
    from negotiation.papers.issue import blocking

    found = blocking(prepared.findings)
    if not found:
        return
    places = ", ".join(dict.fromkeys(_place(one) for one in found))
    raise Stopped(
        f"{prepared.wanted.symbol} cannot be issued yet, {count(len(found), 'thing')} "
        f"{'blocks' if len(found) == 1 else 'block'} it: {places}; "
        f"`{_looking(prepared.wanted)}` says what to do about each."
    )


def _looking(wanted: Wanted) -> str:
    """The call that looks at this version with the options that were given."""
    said = [wanted.symbol]
    said += ["--renumber"] * wanted.renumber + ["--punctuate"] * wanted.punctuate
    said += ["--with-open"] * wanted.with_open
    said += ["--against", wanted.against] if wanted.against is not None else []
    return f"issue {shlex.join(said)} --dry-run"


def _confirm(prepared: Prepared, *, yes: bool) -> None:
    """Whoever issues a version has seen its warnings."""
    warnings = len(prepared.findings)
    if yes or not warnings:
        return
    if not _somebody_is_there():
        raise Stopped(
            f"There {'is' if warnings == 1 else 'are'} {count(warnings, 'warning')}, and nobody "
            f"to ask; `{_looking(prepared.wanted)}` lists them, --yes issues the version despite "
            "them."
        )
    _tell_findings(prepared)
    question = f"Issue {prepared.wanted.symbol} despite {count(warnings, 'warning')}?"
    if not click.confirm(question):
        raise Stopped("Nothing was issued; the record is as it was.")


# -- telling --------------------------------------------------------------------------------------


def _tell_findings(prepared: Prepared) -> None:
    from negotiation.papers.issue import blocking

    found = prepared.findings
    blocks = len(blocking(found))
    say(
        f"{drawn(prepared.wanted.symbol, Look.STRONG)}: {blocks} blocking, "
        f"{count(len(found) - blocks, 'warning')}."
    )
    for one in found:
        _tell_finding(one)


def _tell_finding(one: Finding) -> None:
    from negotiation.papers.finding import Gravity

    blocks = one.gravity is Gravity.BLOCKING
    look = Look.ALARM if blocks else Look.FAINT
    where = "  ".join(filter(None, [f"line {one.line}" if one.line else "", one.path]))
    say(f"  {drawn(one.gravity.value, look)}  {drawn(where or 'the text', Look.PATH)}  {one.code}")
    say(f"      {shown(one.message)}{f' {quoted(one.words)}' if one.words.strip() else ''}")
    say(f"      {shown(one.advice)}.")


def _place(one: Finding) -> str:
    if one.line:
        return f"line {one.line}"
    return one.path or "the text"


def _tell_what_would_be(prepared: Prepared) -> None:
    tidy = prepared.tidy
    if tidy.endings:
        say(f"  {count(len(tidy.endings), 'closing mark')} would be put right with --punctuate.")
    say(f"  Entry {prepared.entry} would issue it, with these files:")
    for paper in prepared.papers:
        say(f"      {shown(paper.name)}  {shown(paper.reading)}")
    if not prepared.clean:
        say("  No clean text: points are open, or damage is not settled.")


def _tell_files(prepared: Prepared, folder: Path) -> None:
    for paper in prepared.papers:
        say(f"  {shown(str(folder / paper.name))}  {shown(paper.reading)}")
    if not prepared.clean:
        say("  No clean text was written: points are open (`open` lists them).")


def _prepared_json(prepared: Prepared) -> dict[str, object]:
    return {
        "symbol": prepared.wanted.symbol,
        "blocked": prepared.blocked,
        "clean": prepared.clean,
        "findings": [fields(one) for one in prepared.findings],
        "fingerprint": prepared.fingerprint,
        "entry": prepared.entry,
        "labels": [fields(one) for one in prepared.tidy.numbers.labels],
        "endings": [
            {"clause": one.clause, "new": one.rewording.new, "why": one.why}
            for one in prepared.tidy.endings
        ],
        "files": [{"name": one.name, "reading": one.reading} for one in prepared.papers],
    }


# -- which ones there are -------------------------------------------------------------------------


@command()
@at_option
@common
def versions(at: str | None) -> None:
    """The versions of the text: received and issued, with entry, date, fingerprint and state.

    \b
      negotiation versions

    Next: `diff VERSION now` shows what changed since one, `verify FILE` says which one a file is.
    """
    from negotiation.views.versions import versions as held

    desk = the_desk()
    position = moment_of(desk, at)
    found = held(desk.timeline, position)
    if answer({"at": position, "versions": [fields(one) for one in found]}):
        return
    if not found:
        note("There is no version yet; `import FILE` receives one.")
        return
    _tell_versions(found)


def _tell_versions(found: Sequence[Version]) -> None:
    wide = max(len(one.symbol) for one in found)
    for one in found:
        came = "issued" if one.issued else "received"
        why = f" ({one.reason})" if one.reason else ""
        say(
            f"{drawn(one.symbol.ljust(wide), Look.STRONG)}  {one.state.value.ljust(10)}  "
            f"{came.ljust(8)}  entry {one.entry}  {one.written[:10]}  "
            f"{one.fingerprint[:16]}{_sealed(one)}{shown(why)}"
        )


def _sealed(one: Version) -> str:
    return f"  seal {one.position}:{one.root[:12]}" if one.root else ""
