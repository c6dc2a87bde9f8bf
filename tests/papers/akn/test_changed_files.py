"""A file in which somebody changed something: it is refused in a sentence, or makes a record."""

from __future__ import annotations

import functools

import attrs
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from negotiation.desk import Desk
from negotiation.domain.refusals import Refusal
from negotiation.papers.akn.reader import NotOurs
from negotiation.papers.akn.writer import as_akoma_ntoso
from negotiation.papers.xml_file import NotXml
from negotiation.views.on_the_page import whole
from negotiation.views.readings import Reading
from negotiation.views.what_is_open import what_is_open
from negotiation.views.who_wrote_this import who_wrote_this
from tests.papers.akn.schema import checked
from tests.papers.shapes import TEXTS, received

VALUES = st.sampled_from(
    (
        *("", "x", "-1", "0", "9999999999999999999", "true", "null", "kept", "1:kept", "1:gone"),
        *("MOD", "\\u0000", "\\ud800", "2031-05-06", "a/b", "#clause_", "bracketOpen", "character"),
        "110000",
    )
)


@functools.cache
def file() -> bytes:
    desk = received((TEXTS / "who-draft.md").read_bytes(), "who")
    return as_akoma_ntoso(desk.timeline, desk.timeline.moment()).content


@attrs.frozen
class Changed:
    """A changed file; too long to be shown when a test fails."""

    content: bytes = attrs.field(repr=False)


@st.composite
def changed(draw: st.DrawFn) -> Changed:
    """One or a few places of a file changed: a value, a missing element, one twice, or words."""
    root = etree.fromstring(file())
    for _ in range(draw(st.integers(1, 3))):
        elements = [one for one in root.iter() if one is not root]
        if not elements:
            break
        element = elements[draw(st.integers(0, len(elements) - 1))]
        parent = element.getparent()
        assert parent is not None
        match draw(st.sampled_from(("value", "value", "value", "out", "twice", "words", "moved"))):
            case "value" if element.attrib:
                names = sorted(str(name) for name in element.attrib)
                element.set(draw(st.sampled_from(names)), draw(VALUES))
            case "out":
                parent.remove(element)
            case "twice":
                parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
            case "moved":
                parent.insert(0, element)
            case _:
                element.text = draw(VALUES)
    return Changed(etree.tostring(root))


@given(changed())
def test_a_changed_file_is_refused_or_makes_a_record_that_can_be_read(changes: Changed):
    content = changes.content
    desk = Desk.begin(None)
    try:
        desk.receive_akoma_ntoso(content, "text.xml")
    except (NotOurs, NotXml, Refusal) as refused:
        said = str(refused)
        assert said.endswith(".")
        assert ". " not in said
        assert desk.timeline.head == 0
        return
    timeline = desk.timeline
    for reading in Reading:
        whole(timeline.moment(), reading)
    what_is_open(timeline, timeline.head)
    who_wrote_this(timeline, timeline.head)
    checked(as_akoma_ntoso(timeline, timeline.moment()).content)
