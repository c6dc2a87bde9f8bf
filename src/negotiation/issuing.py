"""How a version is issued: looked at on a copy, written beside its place, recorded, put in place.

The files are complete on disk before the act is on the record, and get their names after it. What
crashes in between leaves either no version, or a version whose files are made again from the
record, byte for byte.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain.entries import Moment
from negotiation.domain.refusals import NoSuchThing
from negotiation.domain.terms import IssuedFile
from negotiation.papers.clean_up import CleanUp, clean_up
from negotiation.papers.fingerprint import fingerprint
from negotiation.papers.issue import blocking, preflight
from negotiation.papers.issued_files import CLEAN, WITHOUT_NAMES, papers_of
from negotiation.trial import Trial
from negotiation.views.versions import VersionState, current, version_named

if TYPE_CHECKING:
    from negotiation.domain.commands import Command, IssueVersion
    from negotiation.domain.entries import Entry
    from negotiation.papers.finding import Finding
    from negotiation.papers.issued_files import Paper
    from negotiation.views.versions import Version


class FilesInTheWay(Exception):
    """The files of a version have no place; the message says why and what would help."""


@attrs.frozen
class Wanted:
    """How a version shall be issued."""

    symbol: str
    renumber: bool = False
    punctuate: bool = False
    with_open: bool = False
    """Whether open points are meant to stay in their brackets."""
    against: str | None = None
    """The version that the marks compare it with; the one before if nobody says, none if empty."""


@attrs.frozen
class Prepared:
    """A version as it would be issued, looked at and written, with nothing on the record yet."""

    wanted: Wanted
    head: int
    """The last entry of the record that it was prepared on."""
    command: Command
    hand: Hand
    tidy: CleanUp
    """What cleaning up would still change."""
    findings: tuple[Finding, ...]
    fingerprint: str
    entry: int
    """The entry that will issue it."""
    papers: tuple[Paper, ...]

    @property
    def blocked(self) -> bool:
        """Whether something keeps it from being issued."""
        return bool(blocking(self.findings))

    @property
    def clean(self) -> bool:
        """Whether it has a clean text; otherwise it goes out in brackets."""
        return any(paper.reading == CLEAN for paper in self.papers)


def prepare(desk: Desk, wanted: Wanted, hand: Hand) -> Prepared:
    """The version as it would be issued now; raises the refusal that the act would raise."""
    if hand.happened is None:
        # The files say when they were issued, and must say the same when they are made again.
        hand = attrs.evolve(hand, happened=Moment(desk.clock()))
    against = _against(desk, wanted)
    symbol = against.symbol if against is not None else ""
    first = Trial(desk)
    _tidied(first, wanted, hand)
    first.act(_issue(first, wanted, symbol), hand)
    made = fingerprint(first.timeline.moment())
    last = first.timeline.head - 1
    findings = preflight(
        first.timeline, last, wanted.symbol, against=against, with_open=wanted.with_open
    )
    *tidied, issue = first.tried
    issue = attrs.evolve(cast("IssueVersion", issue), fingerprint=made)
    # Tried as the one act that it will be: the files tell whose act changed which words.
    second = Trial(desk)
    second.act(_as_one(tidied, issue), hand)
    papers = papers_of(second.timeline, second.timeline.head)
    files = tuple(
        IssuedFile(one.name, hashlib.sha256(one.content).hexdigest(), one.reading) for one in papers
    )
    issue = attrs.evolve(
        issue,
        files=files,
        warnings=len(findings) - len(blocking(findings)),
        position=desk.timeline.head,
        root=desk.ledger.seal(desk.timeline.id, desk.timeline.head),
    )
    return Prepared(
        wanted,
        desk.timeline.head,
        _as_one(tidied, issue),
        hand,
        clean_up(first.timeline, last),
        findings,
        made,
        second.timeline.head,
        papers,
    )


def issue(desk: Desk, prepared: Prepared, folder: Path) -> tuple[Entry, ...]:
    """Write the files, record the version, put the files in place.

    Raises `FilesInTheWay`, a refusal, or `RecordMoved` when somebody wrote since it was prepared;
    then nothing is recorded and no file is left.
    """
    beside = _written(prepared.papers, folder)
    try:
        entries = desk.act(prepared.command, prepared.hand, head=prepared.head)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _put_in_place(beside, folder)
    return entries


def write_again(desk: Desk, symbol: str, folder: Path) -> tuple[Paper, ...]:
    """The files of an issued version once more, made from the record.

    Whoever is not shown the names of parties is given the files that went out without them.
    Raises `FilesInTheWay` where this version of the program would write other bytes than went out.
    """
    timeline = desk.timeline
    version = version_named(timeline, timeline.head, symbol)
    if version is None or not version.issued:
        raise NoSuchThing("issued version", symbol, "`versions` lists them")
    papers = papers_of(timeline, version.entry)
    made = {one.name: hashlib.sha256(one.content).hexdigest() for one in papers}
    issued = timeline.negotiation(timeline.head).issued
    files = next(one.files for one in issued if one.entry == version.entry)
    if not desk.admission.names:
        papers = tuple(one for one in papers if _nameless(one.reading))
        files = tuple(one for one in files if _nameless(one.reading))
    if others := [one.name for one in files if made.get(one.name) != one.sha256]:
        raise FilesInTheWay(
            f"{', '.join(others)} would not be what went out: it was written by another version "
            "of this program; use that one."
        )
    _put_in_place(_written(papers, folder), folder)
    return papers


def _nameless(reading: str) -> bool:
    return reading == CLEAN or reading.endswith(WITHOUT_NAMES)


# -- the act --------------------------------------------------------------------------------------


def _against(desk: Desk, wanted: Wanted) -> Version | None:
    timeline = desk.timeline
    if wanted.against is None:
        return current(timeline, timeline.head)
    if not wanted.against:
        return None
    found = version_named(timeline, timeline.head, wanted.against)
    if found is None or found.state is VersionState.BASE:
        raise NoSuchThing("version", wanted.against, "`versions` lists them")
    return found


def _tidied(trial: Trial, wanted: Wanted, hand: Hand) -> None:
    if not wanted.punctuate:
        return
    for command in clean_up(trial.timeline, trial.timeline.head).punctuation:
        trial.act(command, hand)


def _issue(trial: Trial, wanted: Wanted, against: str) -> IssueVersion:
    from negotiation.domain.commands import IssueVersion

    renumbering = None
    if wanted.renumber:
        renumbering = clean_up(trial.timeline, trial.timeline.head).renumbering
    return IssueVersion(wanted.symbol, "", against, renumbering)


def _as_one(tidied: list[Command], issue: IssueVersion) -> Command:
    from negotiation.domain.commands import Together

    return Together((*tidied, issue)) if tidied else issue


# -- the disk -------------------------------------------------------------------------------------


def _written(papers: tuple[Paper, ...], folder: Path) -> Path:
    """The files under a name of their own beside their place, safely on disk."""
    if not folder.absolute().name:
        raise FilesInTheWay(f"{folder} is no place for papers; name a folder in it with --into.")
    if folder.is_symlink() and not folder.exists():
        raise FilesInTheWay(f"{folder} is a link to nowhere; name a folder with --into.")
    if folder.exists() and not folder.is_dir():
        raise FilesInTheWay(f"{folder} is a file; name a folder with --into.")
    for paper in papers:
        if (folder / paper.name).exists():
            raise FilesInTheWay(
                f"{folder / paper.name} exists already; move it, or name another folder with "
                "--into."
            )
    # Where they can be moved from at once: a folder that is there may lie on another disk.
    near = folder.resolve() if folder.exists() else folder.absolute().parent
    beside = near / f".{folder.absolute().name}.{os.getpid()}"
    near.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir()
        for paper in papers:
            with (beside / paper.name).open("wb") as file:
                file.write(paper.content)
                file.flush()
                os.fsync(file.fileno())
        _safe(beside)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return beside


def _put_in_place(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.replace(folder)
    else:
        for file in sorted(beside.iterdir()):
            file.replace(folder / file.name)
        beside.rmdir()
    _safe(folder.absolute().parent)


def _safe(folder: Path) -> None:
    """Names in a folder reach the disk where the system can say so."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
