"""The page: its HTML, style and program in one file that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files

import msgspec

from negotiation.papers.replay.burn_down import burn_down
from negotiation.papers.replay.embedded import COUNTS, VERSION, embedded
from negotiation.views.at_that_time import Timeline

READINGS = ("open", "live", "marked", "base")
"""Those that the page can show."""
_PLACE = re.compile(r"\{\{ (\w+) \}\}")
_HERE = files("negotiation.papers.replay")


def replay_page(timeline: Timeline, at: int, reading: str = "open", *, names: bool = True) -> bytes:
    """The record up to entry ``at`` as one page; ``reading`` is shown first.

    Only what everybody may read goes into it, and without ``names`` nobody's name.
    """
    record = embedded(timeline, at, reading, names=names)
    style, program = _part("page.css"), _part("page.js")
    rows = record["steps"]
    counts = [row[COUNTS] for row in rows]
    versions = [place for place, row in enumerate(rows) if row[VERSION] and place]
    filled = {
        "title": html.escape(record["symbol"] or record["title"] or "A negotiation"),
        "policy": _policy(style, program),
        "style": style,
        "program": program,
        "picture": burn_down(
            [points for points, _ in counts], [words for _, words in counts], versions
        ),
        "record": _harmless(msgspec.json.encode(record).decode()),
    }
    # In one pass: what is filled in is never looked at again.
    return _PLACE.sub(lambda found: filled[found[1]], _part("page.html")).encode()


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _policy(style: str, program: str) -> str:
    """What the browser may do with the page: show these looks, run this program, fetch nothing."""
    looks, runs = (
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        for part in (style, program)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{looks}'; script-src 'sha256-{runs}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _harmless(json: str) -> str:
    """JSON in which nothing can end the element that holds it, or begin another."""
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
