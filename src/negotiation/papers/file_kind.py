"""What kind of file somebody sent, by how its bytes begin: the name of a file can say anything."""

from __future__ import annotations

import codecs
import re

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container begins that Word used until 2003, and uses today around a password."""
ZIP = b"PK\x03\x04"

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_JSON = re.compile(rb"\s*\{\s*\"[^\"\n]{1,80}\"\s*:\s*[\"\[{\dtfn-]")
_NO_PICTURE_OF_TEXT = 16
"""Some pictures begin with two letters; a text that does so has more of them."""


def foreign(source: bytes, wanted: str) -> str:
    """Why a file cannot be read and what would help, ready to follow its name; empty if unknown.

    ``wanted`` says what to save it as, such as ``as .docx``.
    """
    if not source:
        return "is empty; there is nothing to receive"
    if source.startswith(OLD_WORD):
        return _compound(source, wanted)
    if source.lstrip()[:5].lower() == b"{\\rtf":
        return f"is a rich text file (.rtf); open it in a word processor and save it {wanted}"
    if b"%PDF-" in source[:1024]:
        return f"is a PDF file; ask for the file that it was made from, and save that {wanted}"
    if _is_picture(source):
        return "is a picture; ask for the text that it shows"
    if source.startswith(b"7z\xbc\xaf") or source.startswith((b"Rar!", b"\x1f\x8b")):
        return "is a packed file; unpack it, then name the file in it"
    if source.startswith(b"SQLite format 3\0"):
        return "is a database and no document; a record is named with `--store`"
    if source.startswith((b"\x7fELF", b"MZ\x90")):
        return "is a program, no document; it was not opened"
    if source[:1024].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return f"is a web page; open it in a word processor and save it {wanted}"
    if _JSON.match(source[:1024].removeprefix(codecs.BOM_UTF8)):
        return "is JSON, which is for programs; export that text as .xml or .docx and take this"
    return ""


def _compound(source: bytes, wanted: str) -> str:
    if _utf16("EncryptedPackage") in source:
        return "is protected with a password; take the password off in Word, then save it again"
    if _utf16("WordDocument") in source:
        return f"is a file of Word 97 to 2003 (.doc); open it in Word and save it {wanted}"
    return f"is a file of an old Office format; open it there and save it {wanted}"


def _is_picture(source: bytes) -> bool:
    if not source.startswith(_PICTURES):
        return False
    return any(byte < 9 for byte in source[: _NO_PICTURE_OF_TEXT * 4])


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def archive_of(names: frozenset[str]) -> str:
    """What an archive that is no Word file is instead, by the parts in it; empty if unknown."""
    if "xl/workbook.xml" in names:
        return "is an Excel workbook"
    if "ppt/presentation.xml" in names:
        return "is a PowerPoint presentation"
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return "is an OpenDocument file"
    return ""


def in_megabytes(size: int) -> str:
    """A size for people: ``200 MB``, never less than one."""
    return f"{max(1, round(size / 1_000_000))} MB"
