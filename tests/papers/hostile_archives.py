"""Archives that strangers might send under the name of a Word file: bombs, tricks, other kinds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial

from tests.papers.hostile_case import Case
from tests.papers.word_files import RELATIONS, archive, docx, p, r

PLAIN = docx(p(r("The Conference decides to meet again.")))
_OPEN = "http://schemas.openxmlformats.org/package/2006"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def other_kinds() -> Iterator[Case]:
    """Files that are something else."""
    yield Case("empty file", lambda: b"", "is empty")
    yield Case("plain text", lambda: b"A draft.\n", "no Word file")
    yield Case("noise", lambda: bytes(range(256)) * 64, "no Word file")
    yield Case("rich text", lambda: rb"{\rtf1\ansi A draft.}", "rich text file")
    yield Case("PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF")
    yield Case("PNG", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture")
    yield Case("JPEG", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0", "picture")
    yield Case("web page", lambda: b"<!DOCTYPE html><html><p>A draft</html>", "web page")
    yield Case("program", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 60, "program")
    yield Case("gzip", lambda: b"\x1f\x8b\x08\0" + b"\0" * 60, "packed")
    yield Case(
        "Word 97", lambda: _OLE + "WordDocument".encode("utf-16-le"), r"Word 97 to 2003 \(\.doc\)"
    )
    yield Case(
        "password", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a pass"
    )
    yield Case("old Office file", lambda: _OLE, "old Office format")
    yield Case("plain zip", lambda: archive({"draft.txt": "A draft."}), "archive, no Word file")
    yield Case("empty zip", lambda: archive({}), "nothing in it")
    yield Case("xlsx", lambda: _office("xl/workbook.xml"), "Excel")
    yield Case("pptx", lambda: _office("ppt/presentation.xml"), "PowerPoint")
    yield Case(
        "odt",
        lambda: archive({"mimetype": "x", "content.xml": "<a/>", "META-INF/manifest.xml": "<a/>"}),
        "OpenDocument",
    )


def damaged() -> Iterator[Case]:
    """Word files that were broken on the way."""
    yield Case("cut in half", lambda: PLAIN[: len(PLAIN) // 2], "damaged")
    yield Case("cut at the end", lambda: PLAIN[:-9], "damaged")
    yield Case("four bytes", lambda: b"PK\x03\x04", "damaged")
    yield Case("junk before", lambda: b"junk" + PLAIN, "no Word file")
    yield Case("wrong checksum", _wrong_checksum, "cannot be unpacked")
    yield Case("no text", lambda: _without("word/document.xml"), "holds no text")
    yield Case("no list of kinds", lambda: _without("[Content_Types].xml"), "")
    yield Case("no relations", lambda: _without("word/_rels/document.xml.rels"), "")
    yield Case("no root relations", lambda: _without("_rels/.rels"), "")
    yield Case(
        "wrong kinds", lambda: _with("[Content_Types].xml", f'<Types xmlns="{_OPEN}/x"/>'), ""
    )
    yield Case(
        "text is a web page", lambda: _with("word/document.xml", "<html/>"), "holds no Word text"
    )
    yield Case("text is another archive", lambda: _with("word/document.xml", PLAIN), "damaged XML")


def bombs() -> Iterator[Case]:
    """Archives that unpack to more than they seem to hold."""
    yield Case("bomb, one part", lambda: _zeros(40), "unpacks to more")
    yield Case("bomb, 2 GB", lambda: _zeros(2_000), "unpacks to more", heavy=True)
    yield Case("bomb that lies", lambda: _lies(_zeros(40)), "cannot be unpacked|damaged")
    yield Case("bomb in relations", lambda: _zeros(40, "_rels/.rels"), "unpacks to more")
    yield Case("bomb in styles", lambda: _related_bomb(40), "unpacks to more")
    yield Case("bomb nobody reads", lambda: _zeros(40, "word/media/image1.png"), "")
    yield Case("many parts at the limit", lambda: _many_large(12), "unpacks to more", heavy=True)
    yield Case("many parts", lambda: _many(6_000), "more parts")
    yield Case("a million parts", lambda: _many(1_000_000), "more parts", heavy=True)
    yield Case("archives in archives", _nested, "damaged XML")
    yield Case("overlapping parts", lambda: _overlapping(400), "several times over|two parts")
    yield Case(
        "another packing", lambda: deflated(parts_of(), zipfile.ZIP_LZMA), "packed as no Word file"
    )
    yield Case("part with a password", _with_password, "protected with a password")


def tricks() -> Iterator[Case]:
    """Names and relations that want to reach elsewhere."""
    for name in ("../../evil.xml", "/etc/evil.xml", "..\\..\\evil.xml", "C:\\evil.xml"):
        yield Case(f"part {name}", partial(_with, name, "x"), "wants to be elsewhere")
    yield Case("part twice", lambda: _twice("word/document.xml"), "two parts called")
    yield Case("part twice, capitals", lambda: _twice("Word/Document.XML"), "two parts called")
    yield Case("part in capitals", lambda: renamed("WORD/Document.xml"), "")
    yield Case("part with backslashes", lambda: renamed("word\\document.xml"), "")
    yield Case("part with a long name", lambda: _with("word/" + "a" * 60_000, "x"), "")
    yield Case("part with escapes", lambda: _with("word/\x1b[2J.xml", "x"), "")
    for target in ("../../../etc/passwd", "file:///etc/passwd", "http://example.org/x", "#", ""):
        yield Case(f"relation to {target or 'nothing'}", partial(relation, target), "")
    yield Case("relation to itself", lambda: relation("document.xml"), "")
    yield Case("text elsewhere", lambda: _main("../../etc/passwd"), "")
    yield Case("text is its relations", lambda: _main("_rels/.rels"), "holds no Word text")
    for kind, target in (
        ("attachedTemplate", "http://192.0.2.1/evil.dotm"),
        ("image", "http://192.0.2.1/pixel.png"),
        ("oleObject", "file://192.0.2.1/share/evil"),
        ("aFChunk", "http://192.0.2.1/evil.html"),
        ("settings", "http://192.0.2.1/settings.xml"),
        ("styles", "http://192.0.2.1/styles.xml"),
    ):
        yield Case(f"external {kind}", partial(relation, target, kind, "External"), "")
    yield Case("macros", lambda: _with("word/vbaProject.bin", _OLE), "", ending=".docm")
    yield Case("control", lambda: _with("word/activeX/activeX1.xml", "<ocx/>"), "")
    yield Case("embedded archive", lambda: _with("word/embeddings/x.docx", PLAIN), "")


def parts_of(source: bytes = PLAIN) -> dict[str, str | bytes]:
    """The parts of a Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(source)) as held:
        return {name: held.read(name) for name in held.namelist()}


def _with(name: str, content: str | bytes) -> bytes:
    return archive({**parts_of(), name: content})


def _without(name: str) -> bytes:
    return archive({one: held for one, held in parts_of().items() if one != name})


def renamed(name: str) -> bytes:
    parts = parts_of()
    parts[name] = parts.pop("word/document.xml")
    return archive(parts)


def _twice(name: str) -> bytes:
    """The same name once more; the library only warns of it."""
    other = "word/document.xmm" if name == "word/document.xml" else name
    made = _with(other, "<other/>")
    return made.replace(other.encode(), name.encode())


def relation(target: str, kind: str = "styles", mode: str = "") -> bytes:
    said = f' TargetMode="{mode}"' if mode else ""
    row = f'<Relationship Id="a" Type="{RELATIONS}/{kind}" Target="{target}"{said}/>'
    return _with(
        "word/_rels/document.xml.rels",
        f'<Relationships xmlns="{_OPEN}/relationships">{row}</Relationships>',
    )


def _main(target: str) -> bytes:
    row = f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="{target}"/>'
    return _with(
        "_rels/.rels", f'<Relationships xmlns="{_OPEN}/relationships">{row}</Relationships>'
    )


def _office(main: str) -> bytes:
    parts = parts_of(_main(main))
    del parts["word/document.xml"]
    return archive({**parts, main: "<a/>"})


def _zeros(megabytes: int, name: str = "word/document.xml") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for one, content in parts_of().items():
            if one != name:
                target.writestr(one, content)
        with target.open(name, "w", force_zip64=False) as stream:
            for _ in range(megabytes):
                stream.write(b" " * 1_000_000)
    return held.getvalue()


def _lies(bomb: bytes) -> bytes:
    """The same bomb, whose headers say that it unpacks to a thousand bytes."""
    size = struct.pack("<I", 40_000_000)
    assert bomb.count(size) >= 1
    return bomb.replace(size, struct.pack("<I", 1_000))


def _related_bomb(megabytes: int) -> bytes:
    parts = parts_of(relation("styles.xml"))
    return deflated({**parts, "word/styles.xml": b" " * megabytes * 1_000_000})


def _many_large(number: int) -> bytes:
    """Parts that are each just small enough, and all wanted."""
    kinds = ("styles numbering comments footnotes endnotes settings commentsExtended").split()
    rows = "".join(
        f'<Relationship Id="a{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in kinds
    )
    large = "<a>" + ("<b>" + "x" * 9_000_000 + "</b>") * 3 + "</a>"
    parts = parts_of()
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_OPEN}/relationships">{rows}</Relationships>'
    )
    return deflated({**parts, **{f"word/{kind}.xml": large for kind in kinds[:number]}})


def _many(number: int) -> bytes:
    """So many parts that the list of them is the bomb; written by hand, for speed."""
    local = bytearray(PLAIN[: PLAIN.rfind(b"PK\x05\x06")])
    start = PLAIN.find(b"PK\x01\x02")
    listed = bytearray(local[start:])
    for one in range(number):
        name = b"%07d" % one
        listed += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0
        )
        listed += name
    count = min(number, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)
    return bytes(local[:start] + listed + end)


def _nested() -> bytes:
    made = deflated({"0.xml": b" " * 10_000_000})
    for depth in range(1, 12):
        made = deflated({f"{depth}-{one}.zip": made for one in range(2)})
    return _with("word/document.xml", made)


def _overlapping(number: int) -> bytes:
    """One kernel of packed bytes that each of many entries says is its own."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b" " * 1_000_000
    packed = packer.compress(plain) + packer.flush()
    check = zlib.crc32(plain)
    head = PLAIN[: PLAIN.find(b"PK\x01\x02")]
    kept = PLAIN[len(head) : PLAIN.rfind(b"PK\x05\x06")]
    sizes = (check, len(packed), len(plain))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, *sizes, 7, 0)
    listed = kept
    for one in range(number):
        listed += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, *sizes, 7, 0, 0, 0, 0, 0, len(head)
        )
        listed += b"%07d" % one
    body = head + local + b"0000000" + packed
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number + 4, number + 4, len(listed), len(body), 0
    )
    return body + listed + end


def deflated(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return held.getvalue()


def _with_password() -> bytes:
    """The flag that says so, set in every header."""
    made = bytearray(PLAIN)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(sign)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(sign, at + 4)
    return bytes(made)


def _wrong_checksum() -> bytes:
    at = PLAIN.find(b"word/document.xml", PLAIN.find(b"PK\x01\x02")) - 46 + 16
    start = PLAIN.find(b"word/document.xml") - 30 + 14
    made = bytearray(PLAIN)
    made[at] ^= 0xFF
    made[start] ^= 0xFF
    return bytes(made)
