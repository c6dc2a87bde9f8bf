"""Writes the text of a moment in the form that a file name asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from negotiation.papers.json_text import as_json
from negotiation.papers.markdown import as_markdown
from negotiation.papers.plain import as_plain
from negotiation.papers.without_names import named_in, without_names
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import as_first_placed, reading_named
from negotiation.views.readings import AsProposedBy, Reading

if TYPE_CHECKING:
    from negotiation.papers.akn.writer import Written
    from negotiation.papers.loss import Loss

_MARKED = (".md", ".docx")


class CannotWrite(Exception):
    """This form, or this reading in this form, cannot be written; the message says what can."""


def write(
    timeline: Timeline, at: int, path: str, reading: str = "", *, names: bool = True
) -> bytes:
    """The bytes of the file, in the form that its ending says.

    ``.md`` is the notation of drafts, ``.docx`` Word, ``.txt`` a reading, ``.json`` all, ``.xml``
    Akoma Ntoso, ``.html`` a page that replays. ``reading`` is ``marked``, ``open``, ``live``,
    ``base`` or ``as:SPONSOR``; by default the marked text in Markdown and in Word, and the open one
    elsewhere. Without ``names`` nothing says who asked for what. Raises `CannotWrite`.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".html":
        return _replay(timeline, at, reading or "open", names=names)
    wanted = reading_named(reading or ("marked" if suffix in _MARKED else "open"))
    if isinstance(wanted, AsProposedBy) and not names:
        raise CannotWrite(
            f"The reading “{reading}” is one party's; without names choose marked, open, live or "
            "base."
        )
    if suffix == ".docx" and wanted is not None:
        from negotiation.papers.docx.word_file import as_word

        return as_word(timeline, at, wanted, names=names)
    if suffix == ".xml":
        if reading not in ("", "marked"):
            raise CannotWrite(
                f"An Akoma Ntoso file holds every reading, not “{reading}” alone; "
                "leave --reading out, or choose .md or .txt."
            )
        return _as_akoma_ntoso(timeline, at, names=names).content
    in_base_order = wanted is Reading.BASE and suffix != ".json"
    moment = as_first_placed(timeline, at) if in_base_order else timeline.moment(at)
    if not names:
        moment = without_names(moment, named_in(timeline, at))
    if suffix == ".json":
        return as_json(moment)
    if wanted is None:
        raise CannotWrite(
            f"There is no reading “{reading}”; choose marked, open, live, base or as:SPONSOR."
        )
    if suffix == ".md" and wanted in (Reading.MARKED, Reading.OPEN):
        return as_markdown(moment, wanted).encode()
    if suffix in (".md", ".txt"):
        return as_plain(moment, wanted).encode()
    raise CannotWrite(
        f"“{path}” says no form; end the name with .docx, .md, .txt, .json, .xml or .html."
    )


def losses(
    timeline: Timeline, at: int, path: str, reading: str = "", *, names: bool = True
) -> tuple[Loss, ...] | None:
    """What of the record a file of this form does not hold, counted; ``None`` where it is plain."""
    suffix = PurePath(path).suffix.lower()
    if suffix == ".xml":
        return _as_akoma_ntoso(timeline, at, names=names).losses
    wanted = reading_named(reading or "marked")
    if suffix == ".docx" and wanted is not None:
        from negotiation.papers.docx.loss import losses as of_word_file

        return of_word_file(timeline, at, wanted, names=names)
    return None


def _as_akoma_ntoso(timeline: Timeline, at: int, *, names: bool) -> Written:
    # lxml takes its time to load, and most calls do not need it.
    from negotiation.papers.akn.writer import as_akoma_ntoso

    moment = timeline.moment(at)
    if not names:
        moment = without_names(moment, named_in(timeline, at))
    return as_akoma_ntoso(timeline, moment, names=names)


def _replay(timeline: Timeline, at: int, reading: str, *, names: bool) -> bytes:
    from negotiation.papers.replay.page import READINGS, replay_page

    if reading not in READINGS:
        raise CannotWrite(
            f"The page that replays does not open in the reading “{reading}”; "
            "choose open, live, marked or base."
        )
    return replay_page(timeline, at, reading, names=names)
