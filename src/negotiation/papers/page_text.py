"""The text of a received file, or one sentence that says why it has none."""

from __future__ import annotations

import codecs


class NotReadable(Exception):
    """The file is no page of text; the message says why and what would help."""


def page_text(source: bytes, name: str) -> str:
    """The text of a received file, line ends as received; raises `NotReadable`."""
    if not source:
        raise NotReadable(f"{name} is empty; there is nothing to receive.")
    try:
        if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = source.decode("utf-16")
        else:
            text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in source[:4096] or source[:2] in (b"PK", b"%P", b"\x89P", b"\xff\xd8"):
            raise NotReadable(
                f"{name} is not a text file; save the draft as plain text or Markdown first."
            ) from error
        raise NotReadable(
            f"{name} is not encoded in UTF-8 (byte {error.start + 1} is not); "
            "save it again as UTF-8 text."
        ) from error
    if "\0" in text:
        raise NotReadable(
            f"{name} is not a text file; save the draft as plain text or Markdown first."
        )
    if not text.strip():
        raise NotReadable(f"{name} holds white space only; there is nothing to receive.")
    return text
