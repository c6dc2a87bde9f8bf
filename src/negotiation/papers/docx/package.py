"""The archive that a Word file is: its parts, opened with care and never more than is asked for."""

from __future__ import annotations

import io
import posixpath
import zipfile

import attrs
from lxml import etree

from negotiation.papers.xml_file import parsed

MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


class NotAWordFile(Exception):
    """The file cannot be opened as a Word file; the message says why and what would help."""


@attrs.frozen
class Package:
    """The parts of one Word file."""

    name: str
    archive: zipfile.ZipFile

    def names(self) -> tuple[str, ...]:
        """The names of all its parts."""
        return tuple(self.archive.namelist())

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; ``None`` where there is none of that name."""
        try:
            return self.archive.read(name)
        except KeyError:
            return None

    def tree(self, name: str) -> etree._Element | None:
        """The root element of an XML part; ``None`` where there is no such part."""
        found = self.part(name)
        return None if found is None else parsed(found, f"{name} in {self.name}")

    def related(self, name: str = "") -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: relation id to (type, name of the part)."""
        folder, _, last = name.rpartition("/")
        tree = self.tree(f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels")
        found: dict[str, tuple[str, str]] = {}
        for one in tree if tree is not None else ():
            if one.get("TargetMode") == "External":
                continue
            target = one.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[one.get("Id", "")] = (one.get("Type", ""), posixpath.normpath(whole))
        return found


def opened(source: bytes, name: str) -> Package:
    """The parts of a Word file; raises `NotAWordFile`."""
    try:
        return Package(name, zipfile.ZipFile(io.BytesIO(source)))
    except zipfile.BadZipFile as error:
        raise NotAWordFile(f"{name} is not a Word file; save it again as .docx.") from error
