"""Small Word files for tests, built from the XML of their body."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from negotiation.papers.docx.page import Touch, WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STRICT_MATHS = "http://purl.oclc.org/ooxml/officeDocument/math"
STRICT_DRAWING = "http://purl.oclc.org/ooxml/drawingml/main"
SPACES = {
    "w": MAIN,
    "r": RELATIONS,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16cex": "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "w16du": "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
}
# The name of a part, its root element, and the kind of its relation.
_KINDS = {
    "comments": ("w:comments", f"{RELATIONS}/comments"),
    "footnotes": ("w:footnotes", f"{RELATIONS}/footnotes"),
    "endnotes": ("w:endnotes", f"{RELATIONS}/endnotes"),
    "styles": ("w:styles", f"{RELATIONS}/styles"),
    "numbering": ("w:numbering", f"{RELATIONS}/numbering"),
    "settings": ("w:settings", f"{RELATIONS}/settings"),
    "header1": ("w:hdr", f"{RELATIONS}/header"),
    "header2": ("w:hdr", f"{RELATIONS}/header"),
    "footer1": ("w:ftr", f"{RELATIONS}/footer"),
    "commentsExtended": (
        "w15:commentsEx",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    ),
    "commentsIds": (
        "w16cid:commentsIds",
        "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    ),
    "commentsExtensible": (
        "w16cex:commentsExtensible",
        "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
    ),
}
_OPEN = "http://schemas.openxmlformats.org/package/2006"
THEN = dt.datetime(2025, 3, 4, 10, 20, tzinfo=dt.UTC)
ANN = Touch("Ann", THEN)
BOB = Touch("Bob", THEN)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def docx(
    body: str,
    *,
    comments: str = "",
    footnotes: str = "",
    endnotes: str = "",
    styles: str = "",
    numbering: str = "",
    settings: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    strict: bool = False,
) -> bytes:
    """The bytes of a Word file whose parts hold the given XML.

    `extra` adds parts by their short names (``header1``, ``commentsExtended``), related as Word
    relates them by ids equal to those names, or, where the name has a ``/``, as they are.
    """
    inner = {
        "comments": comments,
        "footnotes": footnotes,
        "endnotes": endnotes,
        "styles": styles,
        "numbering": numbering,
        "settings": settings,
    }
    whole: dict[str, str | bytes] = {}
    for name, held in (extra or {}).items():
        if "/" in name:
            whole[name] = held
        else:
            inner[name] = held if isinstance(held, str) else held.decode()
    parts = {name: held for name, held in inner.items() if held}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations(
            [("rId1", f"{RELATIONS}/officeDocument", "word/document.xml")], strict
        ),
        "word/_rels/document.xml.rels": _relations(
            [(name, _KINDS[name][1], f"{name}.xml") for name in parts], strict
        ),
        "word/document.xml": _part("w:document", f"<w:body>{body}</w:body>", strict),
    }
    for name, held in parts.items():
        files[f"word/{name}.xml"] = _part(_KINDS[name][0], held, strict)
    files.update(whole)
    return archive(files)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these files, the same bytes every time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return held.getvalue()


def p(*inside: str, style: str = "", mark: str = "", ppr: str = "") -> str:
    """A paragraph; `mark` is what stands in the properties of its mark, `ppr` in its own."""
    said = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    said += ppr + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{''.join(inside)}</w:p>"


def r(words: str = "", *, rpr: str = "", inside: str = "") -> str:
    """A run of words, or of other XML."""
    text = f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else ""
    return f"<w:r>{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}{text}{inside}</w:r>"


def dr(words: str) -> str:
    """A run of struck words."""
    return f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r>'


def change(
    kind: str, *inside: str, by: str = "Ann", on: str = "2025-03-04T10:20:00Z", more: str = ""
) -> str:
    """A tracked change of a kind (``ins``, ``del``, ``moveFrom``, ``moveTo``, ``cellIns`` …)."""
    date = f" w:date={quoteattr(on)}" if on else ""
    head = f'w:{kind} w:id="1" w:author={quoteattr(by)}{date}{more and " " + more}'
    return f"<{head}>{''.join(inside)}</w:{kind}>" if inside else f"<{head}/>"


def ins(*inside: str, by: str = "Ann", on: str = "2025-03-04T10:20:00Z", more: str = "") -> str:
    """An insertion around what is inside, or, empty, one of a mark or a row."""
    return change("ins", *inside, by=by, on=on, more=more)


def dele(*inside: str, by: str = "Ann", on: str = "2025-03-04T10:20:00Z", more: str = "") -> str:
    """A deletion around what is inside, or, empty, one of a mark or a row."""
    return change("del", *inside, by=by, on=on, more=more)


def page_of(body: str, **parts: Any) -> WordPage:
    """What the reader makes of a file with this body."""
    return read_word(docx(body, **parts), "a.docx")


def readings(body: str, **parts: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of a file with every change accepted, and with every one rejected."""
    page = page_of(body, **parts)
    return accepted(page), rejected(page)


def told(page: WordPage) -> list[list[tuple[str, str, str]]]:
    """Each paragraph's words with who inserted and who struck them."""
    return [
        [(span.words, _author(span.inserted), _author(span.struck)) for span in one.spans]
        for one in page.paragraphs
    ]


def _author(touch: Touch | None) -> str:
    return touch.author if touch else ""


def _part(root: str, held: str, strict: bool) -> str:
    spaces = dict(SPACES)
    if strict:
        spaces |= {"w": STRICT, "r": STRICT_RELATIONS, "m": STRICT_MATHS, "a": STRICT_DRAWING}
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    return f'{_DECLARATION}<{root} {declared} mc:Ignorable="w14 w15">{held}</{root}>'


def _types(parts: Mapping[str, str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{name.rstrip("12")}+xml"/>'
        for name in parts
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_OPEN}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(held: list[tuple[str, str, str]], strict: bool) -> str:
    rows = "".join(
        f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/>' for id, kind, target in held
    )
    found = f'{_DECLARATION}<Relationships xmlns="{_OPEN}/relationships">{rows}</Relationships>'
    return found.replace(RELATIONS, STRICT_RELATIONS) if strict else found
