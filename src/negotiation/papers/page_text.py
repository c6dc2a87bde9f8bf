"""The text of a received file, or one sentence that says why it has none."""

from __future__ import annotations

import codecs

from negotiation.papers.file_kind import foreign, in_megabytes

MOST_TEXT = 4_000_000
"""Letters of one page: two thousand printed pages."""
MOST_LINES = 100_000
MOST_SIGNS = 10_000
"""Brackets of one page; each of them becomes a point that has to be kept."""
_NO_TEXT = "is not a text file; save the draft as plain text or Markdown first"


class NotReadable(Exception):
    """The file is no page of text; the message says why and what would help."""


def page_text(source: bytes, name: str) -> str:
    """The text of a received file, line ends as received; raises `NotReadable`."""
    known = foreign(source, "as .docx or plain text")
    if known:
        raise NotReadable(f"{name} {known}.")
    if len(source) > 2 * MOST_TEXT:
        raise NotReadable(_too_long(name, len(source)))
    try:
        if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = source.decode("utf-16")
        else:
            text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in source[:4096] or source.startswith(b"PK"):
            raise NotReadable(f"{name} {_NO_TEXT}.") from None
        raise NotReadable(
            f"{name} is not encoded in UTF-8 (byte {error.start + 1} is not); "
            "save it again as UTF-8 text."
        ) from None
    if "\0" in text:
        raise NotReadable(f"{name} {_NO_TEXT}.")
    if not text.strip():
        raise NotReadable(f"{name} holds white space only; there is nothing to receive.")
    refuse_endless(text, name)
    return text


def refuse_endless(text: str, name: str) -> None:
    """Raises `NotReadable` for a text that is longer than any draft, or has more brackets."""
    if len(text) > MOST_TEXT:
        raise NotReadable(_too_long(name, len(text)))
    for number, most, what in (
        (text.count("[") + text.count("{"), MOST_SIGNS, "brackets"),
        (text.count("\n"), MOST_LINES, "lines"),
    ):
        if number > most:
            raise NotReadable(
                f"{name} holds more {what} than any draft ({most:,} at most); receive it in parts."
            )


def _too_long(name: str, size: int) -> str:
    return (
        f"{name} holds {in_megabytes(size)} of text and a draft at most "
        f"{in_megabytes(MOST_TEXT)}; receive it in parts."
    )
