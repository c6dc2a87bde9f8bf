"""Word files as drafting groups make them, drawn at random: labels, brackets, many authors."""

import datetime as dt

from hypothesis import strategies as st

from negotiation.papers.docx.page import Paragraph, Span, Touch, Where, WordPage

PEOPLE = ("Janin, Patricia", "Okafor", "MEX", "")
_BEGIN = dt.datetime(2014, 10, 20, 9, 0, tzinfo=dt.UTC)
_BITS = st.sampled_from(
    [
        "harbours ",
        "shall ",
        "tide gauges",
        ", ",
        ";",
        " and",
        "a) ",
        "b)\t",
        "1 ",
        "1.",
        "(iv) ",
        "Option 1: ",
        "Article 3 ",
        "[",
        "]",
        "{",
        "}",
        "][",
        "[agreed]",
        "considering",
        "RESOLUTION 9",
        "~~",
        "++",
        "<u>",
        "<!-- ",
        "-->",
        "# ",
        "---",
        "- ",
        "*",
        "MOD\tMEX/18A3/1",
        "[a](http://b.example)",
        "{: .x}",
        "\\[",
        " ",
        "\n",
        "\t",
        "Fingerprint " + "0" * 64,
    ]
)
_STYLES = st.sampled_from(["", "Call", "Res_title", "Res_No", "enumlev1", "Heading 2", "Title"])


def touches(move: str = "") -> st.SearchStrategy[Touch]:
    """Somebody's change; within a few minutes, so that dates tie and contradict each other."""
    at = st.none() | st.integers(0, 6).map(lambda n: _BEGIN + dt.timedelta(seconds=30 * n))
    return st.builds(Touch, st.sampled_from(PEOPLE), at)


def spans() -> st.SearchStrategy[Span]:
    """Words with one history."""
    words = st.lists(_BITS, min_size=1, max_size=4).map("".join)
    return st.builds(Span, words, st.none() | touches(), st.none() | touches())


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """A paragraph of any kind, its mark untouched more often than not."""
    mark = st.none() | st.none() | touches()
    return st.builds(
        Paragraph,
        st.lists(spans(), max_size=4).map(tuple),
        style=_STYLES,
        outline=st.sampled_from([None, None, 0, 2]),
        depth=st.integers(0, 2),
        mark_inserted=mark,
        mark_struck=mark,
        where=st.sampled_from([Where.BODY, Where.BODY, Where.BODY, Where.CELL, Where.FOOTNOTE]),
    )


def word_drafts() -> st.SearchStrategy[WordPage]:
    """Files of a few paragraphs that hold some words; the last mark is nobody's."""
    words = st.just(Paragraph((Span("that tides be read,"),)))
    return st.builds(
        lambda rows, moved, end: WordPage((*_with_moves(rows, moved), end)),
        st.lists(paragraphs(), max_size=6),
        st.lists(moves(), max_size=2),
        words | paragraphs().map(_settled),
    )


def moves() -> st.SearchStrategy[tuple[int, int, str, Touch, tuple[Span, ...], bool]]:
    """A paragraph that went from one place to another, and what others did to it there."""
    return st.tuples(
        st.integers(0, 6),
        st.integers(0, 6),
        st.lists(_BITS, min_size=1, max_size=3).map("".join),
        touches("m"),
        st.lists(spans(), max_size=2).map(tuple),
        st.booleans(),
    )


def _with_moves(
    rows: list[Paragraph], moved: list[tuple[int, int, str, Touch, tuple[Span, ...], bool]]
) -> list[Paragraph]:
    found = list(rows)
    for number, (start, end, words, touch, others, half) in enumerate(moved):
        by = Touch(touch.author, touch.at, touch.utc, f"move{number}")
        gone = Paragraph((Span(words, struck=by),), mark_struck=by)
        brought = (Span(words[:2], by, others[0].struck if others else None), Span(words[2:], by))
        come = Paragraph((*brought, *others) if not half else (*brought, Span("on")))
        found.insert(min(start, len(found)), gone)
        found.insert(min(end, len(found)), come)
    return found


def _settled(one: Paragraph) -> Paragraph:
    return Paragraph((*one.spans, Span("x")), style=one.style, where=one.where)
