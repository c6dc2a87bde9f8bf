"""What a Word file reads as once every tracked change is accepted or rejected: a plain twin.

Walks the XML by itself and knows nothing of how the file was written.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from negotiation.views.on_the_page import as_first_placed, whole
from negotiation.views.readings import Reading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = "word/document.xml"):
    """The root of one part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def accepted(content: bytes) -> list[str]:
    """The paragraphs with all changes accepted."""
    return _read(content, "del", "ins")


def rejected(content: bytes) -> list[str]:
    """The paragraphs with all changes rejected."""
    return _read(content, "ins", "del")


def _read(content: bytes, goes: str, stays: str) -> list[str]:
    rows: list[str] = []
    held = ""
    for paragraph in part(content).iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            around = {one.tag for one in run.iterancestors()}
            if W + goes in around:
                continue
            for one in run:
                if one.tag in (f"{W}t", f"{W}delText"):
                    assert (one.tag == f"{W}delText") == (f"{W}del" in around)
                    held += one.text
                elif one.tag in (f"{W}tab", f"{W}br"):
                    held += " "
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None:
            continue
        rows.append(held)
        held = ""
    return _squeezed([*rows, held])


def _squeezed(rows) -> list[str]:
    return [letters for row in rows if (letters := "".join(row.split()))]


def live_lines(timeline, at: int) -> list[str]:
    """The live reading as it is printed."""
    return _squeezed(one.line for one in whole(timeline.moment(at), Reading.LIVE))


def base_lines(timeline, at: int) -> list[str]:
    """The base as it is printed."""
    return _squeezed(one.line for one in whole(as_first_placed(timeline, at), Reading.BASE))
