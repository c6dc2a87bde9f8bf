"""Word files that are sound as XML and absurd as texts: circles, numbers, names, long chains."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.papers.hostile_archives import deflated, parts_of
from tests.papers.hostile_case import Case
from tests.papers.word_files import dele, docx, ins, p, r

ESCAPES = "A\u009b31m\u202eB\u2066\u200f"
"""What a terminal may take as control, as far as XML lets it in."""
_MANY = 100_000


def many() -> Iterator[Case]:
    """More of something than any text has."""
    yield Case("a million paragraphs", lambda: packed("<w:p/>" * 2_100_000), "more elements")
    yield Case(
        "200,000 paragraphs", lambda: packed(p(r("x")) * 200_000), "paragraphs and", heavy=True
    )
    yield Case("200,000 runs", lambda: packed(p(r("ab") * 200_000)), "", heavy=True)
    yield Case(
        "300,000 texts in a run",
        lambda: packed(f"<w:p><w:r>{'<w:t>ab</w:t>' * 300_000}</w:r></w:p>"),
        "",
        heavy=True,
    )
    yield Case(
        "100,000 changes",
        lambda: packed(p((ins(r("a")) + dele(r("b"))) * _MANY)),
        "more elements",
        heavy=True,
    )
    yield Case(
        "100,000 struck marks",
        lambda: packed(p(r("a"), mark=dele()) * _MANY),
        "paragraphs and|more elements",
        heavy=True,
    )
    yield Case(
        "3,000 struck marks", lambda: packed(p(r("a"), mark=dele()) * 3_000), "one paragraph of"
    )
    yield Case(
        "30,000 changes",
        lambda: packed(p((ins(r("a")) + dele(r("b"))) * 15_000)),
        "more el|changes and",
    )
    yield Case(
        "2,200 changes in one paragraph",
        lambda: packed(p((r("a ") + ins(r("b ")) + r("c ") + dele(r("d "))) * 1_100)),
        "changes in one paragraph",
    )
    yield Case("8,000 paragraphs", lambda: packed(p(r("Words")) * 7_990), "", heavy=True)
    yield Case("10,000 changes in as many paragraphs", lambda: _changes(4_990), "", heavy=True)
    yield Case("5,000 comments", lambda: _comments(4_990), "", heavy=True)
    yield Case("100,000 comments", lambda: _comments(_MANY), "comments and|more el", heavy=True)
    yield Case(
        "100,000 comments after the text",
        lambda: _late_comments(_MANY),
        "comments and|more el",
        heavy=True,
    )
    yield Case(
        "40,000 notes, each in the next", lambda: _notes(40_000), "paragraphs and", heavy=True
    )
    yield Case("50,000 fields in each other", lambda: packed(p(*_fields(50_000))), "", heavy=True)
    yield Case("fields that never end", lambda: packed(p(r(inside=_field("begin"))) * 3_000), "")
    yield Case("tables in tables", lambda: packed(_tables(60)), "")
    yield Case("text boxes in text boxes", lambda: packed(_boxes(30)), "")
    yield Case("100,000 columns", lambda: packed(_row(_MANY)), "paragraphs and", heavy=True)


def numbers() -> Iterator[Case]:
    """Numbers that nobody means."""
    for span in ("2147483647", "-5", "1e30", "9" * 5_000, "99999999999999999999"):
        yield Case(f"grid span {span[:20]}", partial(packed, _row(2, span)), "")
    for start in ("1000000000", "-1000000000", "9" * 4_000):
        for form in ("decimal", "lowerRoman", "lowerLetter", "cardinalText"):
            yield Case(
                f"list from {start[:11]} in {form}",
                partial(packed, _listed(), numbering=_list(start, form)),
                "",
            )
    yield Case(
        "label of a megabyte",
        lambda: packed(_listed() * 300, numbering=_list("1", "decimal", "x" * 1_000_000)),
        "",
        heavy=True,
    )
    yield Case(
        "label of 300,000 numbers",
        lambda: packed(_listed() * 300, numbering=_list("1000000", "decimal", "%1" * 300_000)),
        "",
        heavy=True,
    )
    for id in ("-1", "99999999999999999999", "x", ""):
        made = ins(r("new ")).replace('w:id="1"', f'w:id="{id}"')
        yield Case(f"change {id or 'without id'}", partial(packed, p(made)), "")


def circles() -> Iterator[Case]:
    """What refers to itself."""
    two = _style("A", "B") + _style("B", "A")
    yield Case("style on itself", lambda: packed(_in("A"), styles=_style("A", "A")), "")
    yield Case("styles in a circle", lambda: packed(_in("A"), styles=two), "")
    yield Case("50,000 styles in a row", lambda: _style_chain(50_000, 2_000), "", heavy=True)
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/><w:numStyleLink w:val="L"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    yield Case("lists in a circle", lambda: packed(_listed(), numbering=linked), "")
    yield Case("comment that answers itself", lambda: _answers(("A", "A")), "")
    yield Case("comments that answer each other", lambda: _answers(("A", "B"), ("B", "A")), "")
    yield Case(
        "note in itself",
        lambda: packed(
            p(r("a", inside='<w:footnoteReference w:id="2"/>')),
            footnotes=f'<w:footnote w:id="2">{p(r(inside=_call(2)))}</w:footnote>',
        ),
        "",
    )


def people() -> Iterator[Case]:
    """Names and dates that are none."""
    yield Case("name with escapes", lambda: packed(p(ins(r("new "), by=ESCAPES))), "")
    yield Case("words with escapes", lambda: packed(p(r(ESCAPES))), "")
    yield Case("name of a megabyte", lambda: packed(p(ins(r("new "), by="x" * 1_000_000))), "")
    yield Case("no name", lambda: packed(p(ins(r("new "), by=""))), "")
    yield Case("name of lines", lambda: packed(p(ins(r("new "), by="A&#10;B&#9;C"))), "")
    for date in ("0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59"):
        yield Case(f"dated {date}", partial(packed, p(ins(r("new "), on=date))), "")
    for date in ("yesterday", "9999-12-31T23:59:59-23:59", "2" * 100_000, "2025-02-30T10:00:00Z"):
        yield Case(f"dated {date[:25]}", partial(packed, p(ins(r("new "), on=date))), "")


def packed(body: str, **parts: Any) -> bytes:
    """A Word file of this body, after a paragraph that can be read."""
    made = docx(p(r("The Conference decides to meet again.")) + body, **parts)
    return deflated(parts_of(made))


def _changes(number: int) -> bytes:
    return packed(
        "".join(
            p(ins(r(f"New {n}"), by=f"A{n % 7}"), dele(r("old"), on=f"2025-03-{n % 28 + 1:02}"))
            for n in range(number)
        )
    )


def _style(id: str, on: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/>'
        f'<w:basedOn w:val="{on}"/></w:style>'
    )


def _in(style: str) -> str:
    return p(r("x"), style=style)


def _style_chain(styles: int, paragraphs: int) -> bytes:
    chain = "".join(_style(f"S{n}", f"S{n + 1}") for n in range(styles))
    return packed(_in("S0") * paragraphs, styles=chain)


def _listed() -> str:
    return p(r("x"), ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def _list(start: str, form: str, text: str = "%1.") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def _comment(id: int, paragraph: str = "") -> str:
    return (
        f'<w:comment w:id="{id}" w:author="Ann" w:date="2025-03-04T10:20:00Z">'
        f'<w:p w14:paraId="{paragraph or id}"><w:r><w:t>why</w:t></w:r></w:p></w:comment>'
    )


def _place(id: int) -> str:
    return (
        f'<w:commentRangeStart w:id="{id}"/><w:commentRangeEnd w:id="{id}"/>'
        f'<w:r><w:commentReference w:id="{id}"/></w:r>'
    )


def _comments(number: int) -> bytes:
    body = p(r("a"), *(_place(n) for n in range(number)))
    return packed(body, comments="".join(_comment(n) for n in range(number)))


def _late_comments(number: int) -> bytes:
    """Their places stand behind the last paragraph."""
    body = p(r("a")) * 100 + "".join(
        f'<w:commentRangeStart w:id="{n}"/><w:commentRangeEnd w:id="{n}"/>' for n in range(number)
    )
    return packed(body, comments="".join(_comment(n) for n in range(number)))


def _answers(*pairs: tuple[str, str]) -> bytes:
    rows = "".join(
        f'<w15:commentEx w15:paraId="{one}" w15:paraIdParent="{above}"/>' for one, above in pairs
    )
    comments = "".join(_comment(n, one) for n, (one, _) in enumerate(pairs))
    body = p(r("a"), *(_place(n) for n in range(len(pairs))))
    return packed(body, comments=comments, extra={"commentsExtended": rows})


def _call(id: int) -> str:
    return f'<w:footnoteReference w:id="{id}"/>'


def _notes(number: int) -> bytes:
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(r("b", inside=_call(n + 1)))}</w:footnote>'
        for n in range(1, number)
    )
    return packed(p(r("a", inside=_call(1))), footnotes=notes)


def _field(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def _fields(number: int) -> Iterator[str]:
    yield from (r(inside=_field("begin") + _field("separate")) for _ in range(number))
    yield from (r("x") for _ in range(number))
    yield from (r(inside=_field("end")) for _ in range(number))


def _row(cells: int, span: str = "1") -> str:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{p(r("x"))}</w:tc>'
    return f"<w:tbl><w:tr>{cell * cells}</w:tr></w:tbl>"


def _tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p(r("x")) + "<w:p/></w:tc></w:tr></w:tbl>" * depth


def _boxes(depth: int) -> str:
    return "<w:p><w:r><w:txbxContent>" * depth + p(r("x")) + "</w:txbxContent></w:r></w:p>" * depth
