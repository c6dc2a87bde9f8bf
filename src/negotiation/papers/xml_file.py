"""Reads XML that somebody else wrote: no entities, no document types, nothing fetched.

What XML may cost is bounded before a tree is made of it: by its bytes, and by the signs that make
elements and attributes, since a tree takes thirty times the bytes of an empty element.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from negotiation.papers.file_kind import in_megabytes
from negotiation.papers.page_text import NotReadable

MOST_BYTES = 32_000_000
"""A thousand printed pages and more, with every tracked change."""
MOST_SIGNS = 1_500_000
"""Elements and attributes together, in all parts of one file; their trees take 400 MB at most."""
_SHOWN = 100
_CHUNK = 1_000_000

_DECLARED = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_UTF8 = frozenset(("utf-8", "ascii"))
_OF_ONE_BYTE = frozenset(("iso8859-1", "iso8859-15", "cp1252"))
"""What older programs write; every sign below 128 is the same in them as in ASCII."""

_SPACE = re.compile(rb"\s+")
_POSITION = re.compile(r"(, line \d+, column \d+)?( \([^()]*\))?$")


class NotXml(NotReadable):
    """The bytes are no XML that can be read safely; the message says why."""


def signs_in(source: bytes) -> int:
    """How many signs a file holds that make elements and attributes, or are taken for them."""
    return source.count(b"<") + source.count(b"=")


def parsed(source: bytes, name: str, *, signs: int = MOST_SIGNS) -> etree._Element:
    """The root element; raises `NotXml`, also for more than so many elements and attributes."""
    if len(source) > MOST_BYTES:
        raise NotXml(
            f"{name} holds {in_megabytes(len(source))} of XML, more than any draft; "
            "send the text in parts."
        )
    source = _as_utf8(source, name)
    _refuse_document_type(source, name)
    if signs_in(source) > signs:
        raise NotXml(f"{name} holds more elements than any draft; send the text in parts.")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        raise NotXml(_damaged(name, error)) from None
    # Looked at in the bytes above; looked at once more in what was made of them.
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotXml(_document_type(name))
    return root


def _as_utf8(source: bytes, name: str) -> bytes:
    """The same in UTF-8, so that nothing hides in an encoding that only the parser knows."""
    found = _encoding(source, name)
    decoder = codecs.getincrementaldecoder(found)()
    made: list[bytes] = []
    for at in range(0, len(source), _CHUNK):
        chunk = source[at : at + _CHUNK]
        try:
            text = decoder.decode(chunk, final=at + _CHUNK >= len(source))
        except UnicodeDecodeError:
            raise NotXml(
                f"{name} is damaged XML: it is not the {found.upper()} that it says it is; "
                "ask for the file again."
            ) from None
        if "\0" in text:
            raise NotXml(f"{name} is damaged XML: it holds signs that are no text.")
        if found != "utf-8":
            made.append(text.encode("utf-8"))
    return b"".join(made) if found != "utf-8" else source.removeprefix(codecs.BOM_UTF8)


def _encoding(source: bytes, name: str) -> str:
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if source.startswith(b"<\0"):
        return "utf-16-le"
    if source.startswith(b"\0<"):
        return "utf-16-be"
    declared = _DECLARED.match(source.removeprefix(codecs.BOM_UTF8))
    said = declared[1].decode("ascii") if declared else "utf-8"
    try:
        known = codecs.lookup(said).name
    except LookupError:
        known = ""
    if known in _UTF8:
        return "utf-8"
    if known in _OF_ONE_BYTE:
        return known
    raise NotXml(f"{name} is XML in the encoding {said[:_SHOWN]}; save it again as UTF-8.")


def _refuse_document_type(source: bytes, name: str) -> None:
    """A document type can stand before the root element only, and its entities are not wanted."""
    at = 0
    while True:
        space = _SPACE.match(source, at)
        at = space.end() if space is not None else at
        if source.startswith(b"<?", at):
            end = source.find(b"?>", at + 2) + 2
        elif source.startswith(b"<!--", at):
            end = source.find(b"-->", at + 4) + 3
        elif source.startswith(b"<!", at):
            raise NotXml(_document_type(name))
        else:
            return
        if end <= at:
            return  # It never ends: damage, which the parser names.
        at = end


def _document_type(name: str) -> str:
    return (
        f"{name} has a document type (<!DOCTYPE>), which can hide or fetch text; "
        "save it again without."
    )


def _damaged(name: str, error: etree.XMLSyntaxError) -> str:
    line, column = error.position
    where = f"line {line}, column {column}" if line else "at its beginning"
    message = " ".join((error.msg or "no element found").split())
    if "XML_PARSE_HUGE" in message:
        return (
            f"{name} holds something longer or deeper nested than any draft ({where}); "
            "ask for the file again."
        )
    message = _POSITION.sub("", message).replace(". ", "; ").rstrip(".")
    brief = message if len(message) <= _SHOWN else message[: _SHOWN - 1] + "…"
    return f"{name} is damaged XML ({where}: {brief}); ask for the file again."
