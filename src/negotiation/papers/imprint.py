"""What an issued file says of itself: symbol, reading, place in the record, fingerprint.

It stands above the text and below it, in words that anybody can read, and is found again there
however the lines were broken.
"""

from __future__ import annotations

import datetime as dt
import re

import attrs

from negotiation.papers.fingerprint import folded

_IMPRINT = re.compile(
    r"Document (?P<symbol>.{1,200}?) "
    r"(?P<reading>(?:Clean text|Text with open points|Marked against)\b.{0,300}?)"
    r"\. Entry (?P<entry>\d{1,9}) of the record"
)
_FOOT = re.compile(r"^(?P<symbol>.{1,200}) · entry (?P<entry>\d{1,9}) of the record · fingerprint")
_FINGERPRINT = re.compile(r"[Ff]ingerprint (?P<hash>[0-9a-f]{64})\b")


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
