"""What an issued file says of itself: symbol, reading, place in the record, fingerprint.

It stands above the text and below it, in words that anybody can read, and is found again there
however the lines were broken.
"""

from __future__ import annotations

import datetime as dt
import re

import attrs

from negotiation.papers.fingerprint import folded

RECORD = "Record"
"""The author of what the record itself says in the margin of a file; nobody in the room."""

_IMPRINT = re.compile(
    r"Document (?P<symbol>.{1,200}?) "
    r"(?P<reading>(?:Clean text|Text with open points|Marked against)\b.{0,300}?)"
    r"\. Entry (?P<entry>\d{1,9}) of the record"
)
_FOOT = re.compile(r"^(?P<symbol>.{1,200}) · entry (?P<entry>\d{1,9}) of the record · fingerprint")
_FINGERPRINT = re.compile(r"[Ff]ingerprint (?P<hash>[0-9a-f]{64})\b")
_HEAD_ON_PAGE = re.compile(
    r"^[ \t]{0,9}Document[ \t]{1,9}(?P<symbol>[^\n]{1,200}?)\s{1,9}"
    r"(?P<reading>(?:Clean\s+text|Text\s+with\s+open\s+points|Marked\s+against)\b[^.\0]{0,300}?)\."
    r"\s{1,9}Entry\s+(?P<entry>\d{1,9})\s+of\s+the\s+record[^.\n]{0,60}\."
    r"(?:\s{1,9}Fingerprint\s+(?P<hash>[0-9a-f]{64})\b\.?)?",
    re.MULTILINE,
)
_FOOT_ON_PAGE = re.compile(
    r"^[^\n]{1,200} ·\s+entry\s+\d{1,9}\s+of\s+the\s+record\s+·\s+fingerprint\s+[0-9a-f]{64}\b",
    re.MULTILINE,
)


@attrs.frozen
class Imprint:
    """What a file says that it is."""

    symbol: str
    entry: int
    fingerprint: str
    reading: str = ""
    """Such as ``Clean text``; empty where only the foot is left."""


def head(imprint: Imprint, body: str, when: dt.datetime) -> str:
    """The paragraph above the text."""
    at = when.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        *([folded(body)] if body.strip() else []),
        f"Document {imprint.symbol}",
        f"{imprint.reading}.",
        f"Entry {imprint.entry} of the record, {at}.",
        f"Fingerprint {imprint.fingerprint}.",
    ]
    return "\n".join(lines)


def foot(imprint: Imprint) -> str:
    """The paragraph below the text."""
    return (
        f"{imprint.symbol} · entry {imprint.entry} of the record · "
        f"fingerprint {imprint.fingerprint}"
    )


def is_imprint(paragraph: str) -> bool:
    """Whether a paragraph is no part of the text but says what the file is."""
    if "of the record" not in (line := folded(paragraph)) and "ingerprint" not in line:
        return False
    return any(known.search(line) for known in (_FINGERPRINT, _IMPRINT, _FOOT))


def imprint_of(paragraphs: list[str]) -> Imprint | None:
    """What the paragraphs of a file say that it is; ``None`` where they say nothing."""
    for paragraph in paragraphs:
        line = folded(paragraph)
        known = _FINGERPRINT.search(line)
        held = known["hash"] if known is not None else ""
        if found := _IMPRINT.search(line):
            return Imprint(found["symbol"], int(found["entry"]), held, found["reading"])
        if found := _FOOT.search(line):
            return Imprint(found["symbol"], int(found["entry"]), held)
    return None


def set_apart(page: str) -> tuple[str, Imprint | None]:
    """A page with its imprint blanked, every other letter where it was, and what it said.

    The line above the head, such as the name of a body, goes with it where it is one paragraph.
    """
    found = _HEAD_ON_PAGE.search(page)
    said: Imprint | None = None
    if found is not None:
        hash_, reading = found["hash"] or "", " ".join(found["reading"].split())
        said = Imprint(found["symbol"], int(found["entry"]), hash_, reading)
        start = found.start()
        above = page[:start].rstrip(" \t")
        if above.strip() and above.endswith("\n") and not above[:-1].endswith(("\n", "\r")):
            begins = max(above.rfind("\n\n"), above.rfind("\r\n\r\n"))
            paragraph = above[begins + 1 :]
            if len(paragraph.strip().splitlines()) == 1:
                start -= len(page[:start]) - (begins + 1)
        page = _blanked(page, start, found.end())
    for foot_line in reversed(list(_FOOT_ON_PAGE.finditer(page))):
        page = _blanked(page, foot_line.start(), foot_line.end())
        if said is None:
            said = imprint_of([foot_line[0]])
    return page, said


def _blanked(page: str, start: int, end: int) -> str:
    """The page with a stretch left white: lines and places are as before."""
    white = re.sub(r"[^\r\n]", " ", page[start:end])
    return page[:start] + white + page[end:]
