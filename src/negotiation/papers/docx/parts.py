"""The parts of a written Word file that are the same in every one, and its styles.

Word and the validators ask for all of them: a file without a theme or a table of fonts is opened
with a repair.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from negotiation.papers.docx.looks import STYLES, Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument"
_FONT = "Times New Roman"

COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible")
"""The parts that comments are written in, by their names."""

_RELATED = {
    "styles": f"{_OFFICE}/relationships/styles",
    "settings": f"{_OFFICE}/relationships/settings",
    "fontTable": f"{_OFFICE}/relationships/fontTable",
    "theme/theme1": f"{_OFFICE}/relationships/theme",
    "header1": f"{_OFFICE}/relationships/header",
    "comments": f"{_OFFICE}/relationships/comments",
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "commentsIds": "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    "commentsExtensible": (
        "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible"
    ),
}
_WORD = f"{_TYPE}.wordprocessingml"
_TYPES = {
    "word/document": f"{_WORD}.document.main+xml",
    "word/styles": f"{_WORD}.styles+xml",
    "word/settings": f"{_WORD}.settings+xml",
    "word/fontTable": f"{_WORD}.fontTable+xml",
    "word/theme/theme1": f"{_TYPE}.theme+xml",
    "word/header1": f"{_WORD}.header+xml",
    "word/comments": f"{_WORD}.comments+xml",
    "word/commentsExtended": f"{_WORD}.commentsExtended+xml",
    "word/commentsIds": f"{_WORD}.commentsIds+xml",
    "word/commentsExtensible": f"{_WORD}.commentsExtensible+xml",
    "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app": f"{_TYPE}.extended-properties+xml",
}


def relation(name: str) -> str:
    """The id under which the document refers to a part."""
    return f"rId{list(_RELATED).index(name) + 1}"


def content_types(parts: list[str]) -> bytes:
    """Which part is of which type."""
    rows = "".join(
        f'<Override PartName="/{one}.xml" ContentType="{_TYPES[one]}"/>'
        for one in parts
        if one in _TYPES
    )
    return _xml(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def package_relations() -> bytes:
    """What the archive as a whole refers to."""
    rows = (
        (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )
    return _relations((f"rId{n}", kind, target) for n, (kind, target) in enumerate(rows, start=1))


def document_relations(parts: list[str]) -> bytes:
    """What the document refers to."""
    return _relations(
        (relation(one), kind, f"{one}.xml")
        for one, kind in _RELATED.items()
        if f"word/{one}" in parts
    )


def _relations(rows: Iterable[tuple[str, str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in rows
    )
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>')


def settings(*, tracking: bool) -> bytes:
    """The settings; with tracking Word goes on to track what is changed."""
    on = "<w:trackRevisions/>" if tracking else ""
    return _xml(
        f'<w:settings xmlns:w="{W}">{on}<w:defaultTabStop w:val="794"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def fonts() -> bytes:
    """The table of fonts."""
    return _xml(
        f'<w:fonts xmlns:w="{W}"><w:font w:name="{_FONT}"><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def app() -> bytes:
    """The properties of the program."""
    return _xml(
        f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>negotiation</Application>'
        "</Properties>"
    )


# -- styles ---------------------------------------------------------------------------------------


def styles() -> bytes:
    """The styles: plain paragraphs, those of clauses, and Word's own for headers and comments."""
    rows = "".join(map(_style, STYLES))
    return _xml(
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{_FONT}" w:eastAsia="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}"/>'
        '<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="120"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        f"</w:style>{rows}"
        '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0"/></w:pPr>'
        '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0"/></w:pPr>'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference">'
        '<w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
        '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>'
    )


def _style(one: Style) -> str:
    hang = f' w:hanging="{one.hanging}"' if one.hanging else ""
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{one.left}"/></w:tabs>' if one.hanging else ""
    # The order of the children is the schema's.
    paragraph = (
        ("<w:keepNext/>" if one.with_next else "")
        + tabs
        + f'<w:spacing w:before="{one.before}" w:after="{one.after}"/>'
        + (f'<w:ind w:left="{one.left}"{hang}/>' if one.left else "")
        + (f'<w:jc w:val="{one.align}"/>' if one.align else "")
        + (f'<w:outlineLvl w:val="{one.outline}"/>' if one.outline is not None else "")
    )
    run = (
        ("<w:b/><w:bCs/>" if one.bold else "")
        + ("<w:i/><w:iCs/>" if one.italic else "")
        + (f'<w:sz w:val="{one.size}"/><w:szCs w:val="{one.size}"/>' if one.size else "")
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{one.id}"><w:name w:val={quoteattr(one.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


# -- theme ----------------------------------------------------------------------------------------

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F2937",
    "lt2": "F3F4F6",
    "accent1": "2563EB",
    "accent2": "DC2626",
    "accent3": "16A34A",
    "accent4": "9333EA",
    "accent5": "0891B2",
    "accent6": "EA580C",
    "hlink": "1D4ED8",
    "folHlink": "6B21A8",
}


def theme() -> bytes:
    """A plain theme."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    face = f'<a:latin typeface="{_FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return _xml(
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Plain">'
        f'<a:themeElements><a:clrScheme name="Plain">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Plain"><a:majorFont>{face}</a:majorFont>'
        f"<a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _xml(inside: str) -> bytes:
    return (_HEAD + inside).encode()
