"""Writes the text of a moment in the form that a file name asks for."""

from __future__ import annotations

from pathlib import PurePath

from negotiation.papers.json_text import as_json
from negotiation.papers.markdown import as_markdown
from negotiation.papers.plain import as_plain
from negotiation.papers.without_names import named_in, without_names
from negotiation.views.at_that_time import Timeline
from negotiation.views.on_the_page import as_first_placed, reading_named
from negotiation.views.pieces import AsProposedBy, Reading

_LATER = {".docx": "Word", ".xml": "Akoma Ntoso"}


class CannotWrite(Exception):
    """This form, or this reading in this form, cannot be written; the message says what can."""


def write(
    timeline: Timeline, at: int, path: str, reading: str = "", *, names: bool = True
) -> bytes:
    """The bytes of the file: ``.md`` the notation of drafts, ``.txt`` a reading, ``.json`` all.

    ``reading`` is ``marked``, ``open``, ``live``, ``base`` or ``as:SPONSOR``; by default the
    marked text in Markdown and the open one as plain text. Without ``names`` nothing says who
    asked for what. Raises `CannotWrite`.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in _LATER:
        raise CannotWrite(
            f"This version does not write {_LATER[suffix]} ({suffix}) yet; "
            "choose .md, .txt, .json or .html."
        )
    if suffix == ".html":
        return _replay(timeline, at, reading or "open", names=names)
    wanted = reading_named(reading or ("marked" if suffix == ".md" else "open"))
    if isinstance(wanted, AsProposedBy) and not names:
        raise CannotWrite(
            f"The reading “{reading}” is one party's; without names choose marked, open, live or "
            "base."
        )
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
    raise CannotWrite(f"“{path}” says no form; end the name with .md, .txt, .json or .html.")


def _replay(timeline: Timeline, at: int, reading: str, *, names: bool) -> bytes:
    from negotiation.papers.replay.page import READINGS, replay_page

    if reading not in READINGS:
        raise CannotWrite(
            f"The page that replays does not open in the reading “{reading}”; "
            "choose open, live, marked or base."
        )
    return replay_page(timeline, at, reading, names=names)
