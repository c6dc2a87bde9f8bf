"""Pages as the Word reader tells them, drawn at random, and the XML of a file that holds them."""

import datetime as dt
from collections.abc import Iterable

import attrs
from hypothesis import strategies as st

from negotiation.papers.docx.page import Paragraph, Span, Touch, WordPage
from tests.papers.word_files import change, docx, p, r

_SIGNS = {"\t": "<w:tab/>", "\n": "<w:br/>", "\u2011": "<w:noBreakHyphen/>"}
_TIMES = st.none() | st.datetimes(
    dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC)
)
_WORDS = st.text(
    st.sampled_from("ab c.[]~é文\U0001d54f\t\n\u2011\u00ad&<\"' \u00a0"), min_size=1, max_size=8
)
_PEOPLE = st.sampled_from(["Ann", "Bob", "Ümit & Co", ""])


def touches(move: str = "") -> st.SearchStrategy[Touch]:
    """Somebody's change, at a time or none."""
    return st.builds(Touch, _PEOPLE, _TIMES, _TIMES, st.just(move))


def _spans() -> st.SearchStrategy[Span]:
    plain = st.builds(
        Span,
        _WORDS,
        st.none() | touches(),
        st.none() | touches(),
        st.booleans(),
        st.booleans(),
    )
    moved = touches("m1").flatmap(
        lambda touch: st.builds(Span, _WORDS, st.just(touch), st.none() | touches())
    )
    gone = touches("m2").flatmap(
        lambda touch: st.builds(Span, _WORDS, st.none() | touches(), st.just(touch))
    )
    return st.one_of(plain, moved, gone)


def pages() -> st.SearchStrategy[WordPage]:
    """Pages of text whose last paragraph has a mark that nobody touched."""
    paragraphs = st.builds(
        Paragraph,
        st.lists(_spans(), max_size=5).map(_merged),
        mark_inserted=st.none() | touches(),
        mark_struck=st.none() | touches(),
    )
    last = st.builds(Paragraph, st.lists(_spans(), max_size=3).map(_merged))
    return st.builds(
        lambda before, end: WordPage((*before, end)), st.lists(paragraphs, max_size=5), last
    )


def word_file(page: WordPage) -> bytes:
    """A Word file that holds a page."""
    return docx("".join(_paragraph(one) for one in page.paragraphs))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Neighbours with the same history as one span, which is how they are told."""
    found: list[Span] = []
    for span in spans:
        if found and attrs.evolve(found[-1], words=span.words) == span:
            found[-1] = attrs.evolve(span, words=found[-1].words + span.words)
        else:
            found.append(span)
    return tuple(found)


def _paragraph(one: Paragraph) -> str:
    mark = _around("ins", one.mark_inserted) + _around("del", one.mark_struck)
    return p(*(_span(span) for span in one.spans), mark=mark)


def _span(span: Span) -> str:
    look = ("<w:strike/>" if span.drawn_struck else "") + (
        '<w:u w:val="single"/>' if span.drawn_under else ""
    )
    found = "".join(
        r(rpr=look, inside=_SIGNS[letter]) if letter in _SIGNS else r(letter, rpr=look)
        for letter in span.words
    )
    for kind, moved, touch in (
        ("del", "moveFrom", span.struck),
        ("ins", "moveTo", span.inserted),
    ):
        if touch is not None and touch.move:
            found = (
                f'<w:{moved}RangeStart w:id="9" w:name="{touch.move}"/>'
                f"{_around(moved, touch, found)}"
                f'<w:{moved}RangeEnd w:id="9"/>'
            )
        elif touch is not None:
            found = _around(kind, touch, found)
    return found


def _around(kind: str, touch: Touch | None, *inside: str) -> str:
    if touch is None:
        return ""
    utc = touch.utc.isoformat() if touch.utc else ""
    return change(
        kind,
        *inside,
        by=touch.author,
        on=touch.at.isoformat() if touch.at else "",
        more=f'w16du:dateUtc="{utc}"' if utc else "",
    )
