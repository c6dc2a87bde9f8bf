"""The names that Word's XML is written in, and Strict files written with the same ones."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W16CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"
W16CID = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"

_DRAWING = "schemas.openxmlformats.org/drawingml/2006/"
_STRICT_DRAWING = "purl.oclc.org/ooxml/drawingml/"
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
    **{
        f"{{http://{_STRICT_DRAWING}{kind}}}": f"{{http://{_DRAWING}{kind}}}"
        for kind in ("main", "chart", "diagram")
    },
}
_MOST = 2**31
_OFF = frozenset({"0", "false", "off"})


def transitional(root: etree._Element) -> etree._Element:
    """The same tree with the names of a Strict file written as all other files write them."""
    if _space(str(root.tag)) not in _STRICT:
        return root
    for one in root.iter(etree.Element):
        one.tag = _renamed(str(one.tag))
        for name in [str(name) for name in one.attrib if _space(str(name)) in _STRICT]:
            one.set(_renamed(name), one.attrib.pop(name))
    return root


def value(of: etree._Element | None, name: str = "val") -> str:
    """An attribute in Word's own namespace; empty where there is none."""
    return "" if of is None else of.get(W + name, "")


def child(of: etree._Element | None, *path: str) -> etree._Element | None:
    """A descendant by the names of Word's elements on the way to it."""
    for name in path:
        of = None if of is None else of.find(W + name)
    return of


def on(of: etree._Element | None) -> bool:
    """Whether a switch like ``w:strike`` is there and not turned off."""
    return of is not None and value(of) not in _OFF


def number(of: etree._Element | None, name: str = "val") -> int | None:
    """An attribute read as a whole number; ``None`` where it is none, or larger than Word's."""
    try:
        found = int(value(of, name))
    except ValueError:
        return None
    return found if -_MOST <= found <= _MOST else None


def _space(name: str) -> str:
    return name[: name.find("}") + 1]


def _renamed(name: str) -> str:
    space = _space(name)
    return _STRICT[space] + name[len(space) :] if space in _STRICT else name
