"""The archive that a Word file is: its parts, opened with care and never more than is asked for.

Nothing is unpacked to disk, nothing is fetched, and no part is read before somebody asks for it.
What the archive says of itself is not believed: the bytes that come out are counted.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

import attrs
from lxml import etree

from negotiation.papers.docx.page import LeftOut
from negotiation.papers.file_kind import ZIP, archive_of, foreign, in_megabytes
from negotiation.papers.page_text import NotReadable
from negotiation.papers.xml_file import MOST_BYTES, MOST_SIGNS, parsed, signs_in

MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MOST_UNPACKED = 2 * MOST_BYTES
"""Of all parts that are read; pictures never are, and may be as large as they like."""
MOST_PARTS = 5_000
_SHOWN = 60

_MAINS = frozenset((MAIN, "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"))
_ROOTS = frozenset(
    (
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document",
        "{http://purl.oclc.org/ooxml/wordprocessingml/main}document",
    )
)
_ENTRY = b"PK\x01\x02"
"""How each entry of the list of parts begins; there cannot be more entries than of these."""
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = 30
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
)
"""What the library raises for an archive that is damaged or made up."""

_OUTSIDE = {
    "attachedTemplate": "attached template",
    "image": "linked picture",
    "oleObject": "linked object",
    "package": "linked object",
    "hyperlink": "link",
    "aFChunk": "linked document",
    "subDocument": "linked document",
    "frame": "linked document",
}


class NotAWordFile(NotReadable):
    """The file cannot be opened as a Word file; the message says why and what would help."""


@attrs.frozen
class Package:
    """The parts of one Word file, by names that take no notice of capitals, as Word does."""

    name: str
    archive: zipfile.ZipFile = attrs.field(repr=False)
    entries: Mapping[str, zipfile.ZipInfo] = attrs.field(repr=False)
    main: str = ""
    """The name of the part that holds the text."""
    _unpacked: dict[str, int] = attrs.field(factory=dict, eq=False, repr=False)
    """The bytes of each part that was read, since their sum is bounded."""
    _signs: dict[str, int] = attrs.field(factory=dict, eq=False, repr=False)
    """What makes elements and attributes in each part that was read; so is this sum."""

    def names(self) -> tuple[str, ...]:
        """The names of all its parts."""
        return tuple(_slashed(one.filename) for one in self.entries.values())

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; ``None`` where there is none of that name."""
        entry = self.entries.get(_key(name))
        if entry is None:
            return None
        left = min(MOST_BYTES, self._left(name))
        if entry.file_size > left:
            raise self._too_much(name)
        if entry.flag_bits & _ENCRYPTED:
            raise NotAWordFile(
                f"{self.name} is protected with a password; save it again without one."
            )
        try:
            with self.archive.open(entry) as stream:
                found = stream.read(left + 1)
        except _FAULTS:
            raise self._damaged(name) from None
        if len(found) > left:
            raise self._too_much(name)
        self._unpacked[_key(name)] = len(found)
        return found

    def tree(self, name: str) -> etree._Element | None:
        """The root element of an XML part; ``None`` where there is no such part."""
        found = self.part(name)
        if found is None:
            return None
        self._signs[_key(name)] = 0
        left = MOST_SIGNS - sum(self._signs.values())
        self._signs[_key(name)] = signs_in(found)
        return parsed(found, f"{_brief(name)} in {self.name}", signs=left)

    def document(self) -> etree._Element:
        """The root element of the part that holds the text; raises `NotAWordFile`."""
        root = self.tree(self.main)
        if root is None or root.tag not in _ROOTS:
            raise NotAWordFile(
                f"{self.name} holds no Word text where it should; "
                "open it in Word and save it again as .docx."
            )
        return root

    def related(self, name: str = "") -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: relation id to (type, name of the part)."""
        folder = name.rpartition("/")[0]
        found: dict[str, tuple[str, str]] = {}
        for one in self._relations(name):
            target = _inside(folder, one.get("Target", ""))
            if one.get("TargetMode") != "External" and target:
                found.setdefault(one.get("Id", ""), (one.get("Type", ""), target))
        return found

    def left_alone(self) -> tuple[LeftOut, ...]:
        """What the file would fetch or run in Word, and what is packed into it; nobody follows."""
        found = Counter(self._packed_in())
        for name in self.names():
            folder, _, last = name.rpartition("/")
            if _key(folder) not in ("_rels", _key(posixpath.dirname(self.main) + "/_rels")):
                continue
            source = posixpath.join(folder.rpartition("/")[0], last.removesuffix(".rels"))
            for one in self._relations(source):
                kind = one.get("Type", "").rpartition("/")[2]
                if one.get("TargetMode") == "External":
                    found[_OUTSIDE.get(kind, "link")] += 1
                elif kind in ("aFChunk", "subDocument"):
                    found["inserted document"] += 1
        return tuple(LeftOut(what, count) for what, count in sorted(found.items()))

    def _packed_in(self) -> Iterator[str]:
        for name in self.entries:
            if name.endswith("vbaproject.bin"):
                yield "macro project"
            elif "/activex/" in name and name.endswith(".xml"):
                yield "control"
            elif "/embeddings/" in name and not name.endswith("/"):
                yield "embedded object"

    def _relations(self, name: str) -> Iterable[etree._Element]:
        folder, _, last = name.rpartition("/")
        tree = self.tree(f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels")
        return tree if tree is not None else ()

    def _left(self, name: str) -> int:
        spent = sum(size for one, size in self._unpacked.items() if one != _key(name))
        return MOST_UNPACKED - spent

    def _too_much(self, name: str) -> NotAWordFile:
        return NotAWordFile(
            f"{self.name} unpacks to more than a draft can hold "
            f"({_brief(name)}, {in_megabytes(MOST_BYTES)} at most); "
            "copy its text into a new file."
        )

    def _damaged(self, name: str) -> NotAWordFile:
        return NotAWordFile(
            f"{self.name} is damaged: its part {_brief(name)} cannot be unpacked; "
            "ask for the file again."
        )


def opened(source: bytes, name: str) -> Package:
    """The parts of a Word file; raises `NotAWordFile`, or `NotXml` for its list of relations."""
    if not source.startswith(ZIP):
        raise NotAWordFile(f"{name} {_what_else(source)}.")
    if source.count(_ENTRY) > MOST_PARTS:
        raise NotAWordFile(f"{name} holds more parts than any draft; it was not opened.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(source))
    except (*_FAULTS, NotImplementedError):
        raise NotAWordFile(
            f"{name} is damaged: its end is missing or its list of parts cannot be read; "
            "ask for the file again."
        ) from None
    package = Package(name, archive, _entries(archive, name))
    return attrs.evolve(package, main=_main(package))


def _what_else(source: bytes) -> str:
    known = foreign(source, "as .docx")
    if known:
        return known
    if source.startswith(b"PK"):
        return "is an archive with nothing in it, no Word file"
    if b"\0" not in source[:4096]:
        return "is no Word file, although it may be called one; receive it as .md or .txt"
    return "is no Word file, although it may be called one; save it in Word as .docx"


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Every entry by its name; refuses what no word processor writes."""
    found: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        key = _key(entry.filename)
        if key in found:
            raise NotAWordFile(
                f"{name} holds two parts called {_brief(entry.filename)}; "
                "open it in Word and save it again."
            )
        if key.startswith(("/", "../")) or "/../" in key or key[1:2] == ":":
            raise NotAWordFile(
                f"{name} holds a part that wants to be elsewhere ({_brief(entry.filename)}); "
                "it was not opened."
            )
        if entry.header_offset < end:
            raise NotAWordFile(
                f"{name} packs the same bytes several times over; it was not opened."
            )
        if entry.compress_type not in _PACKINGS:
            raise NotAWordFile(
                f"{name} is packed as no Word file is; open it in Word and save it again."
            )
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        found[key] = entry
    return found


def _main(package: Package) -> str:
    """The part that holds the text, as the relations of the file say or else by its usual name."""
    named = [target for kind, target in package.related().values() if kind in _MAINS]
    for target in (*named, "word/document.xml"):
        if _key(target) in package.entries and (not named or _is_text(target)):
            return target
    other = archive_of(frozenset(package.entries))
    if other:
        raise NotAWordFile(f"{package.name} {other}; save its text as a Word document (.docx).")
    if named or "[content_types].xml" in package.entries:
        raise NotAWordFile(
            f"{package.name} holds no text: its part word/document.xml is missing; "
            "ask for the file again."
        )
    raise NotAWordFile(
        f"{package.name} is an archive, no Word file; unpack it, then name the draft in it."
    )


def _is_text(target: str) -> bool:
    return not _key(target).startswith(("xl/", "ppt/", "visio/"))


def _inside(folder: str, target: str) -> str:
    """The part that a relation means; empty where it is outside of the file."""
    plain = _slashed(unquote(target.partition("#")[0]))
    if not plain or "://" in plain:
        return ""
    whole = posixpath.normpath(plain if plain.startswith("/") else posixpath.join(folder, plain))
    return "" if whole.startswith("..") else whole.lstrip("/")


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _key(name: str) -> str:
    return _slashed(name).casefold()


def _brief(name: str) -> str:
    line = " ".join(name.split()).replace(". ", "…")
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
