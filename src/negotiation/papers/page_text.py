"""The text of a received file, or one sentence that says why it has none."""

from __future__ import annotations

import codecs

from negotiation.papers.file_kind import foreign, in_megabytes

MOST_TEXT = 4_000_000
"""Bytes of one page: two thousand printed pages."""
_NO_TEXT = "is not a text file; save the draft as plain text or Markdown first"


class NotReadable(Exception):
    """The file is no page of text; the message says why and what would help."""


def page_text(source: bytes, name: str) -> str:
    """The text of a received file, line ends as received; raises `NotReadable`."""
    known = foreign(source, "as plain text or Markdown")
    if known:
        raise NotReadable(f"{name} {known}.")
    if len(source) > MOST_TEXT:
        raise NotReadable(
            f"{name} holds {in_megabytes(len(source))} of text and a draft at most "
            f"{in_megabytes(MOST_TEXT)}; receive it in parts."
        )
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
    return text
