"""XML that strangers might put into a Word file: entities, encodings, depth, size."""

from collections.abc import Iterator

from tests.papers.hostile_archives import PLAIN, deflated, parts_of
from tests.papers.hostile_case import Case
from tests.papers.word_files import MAIN

_SPACE = f'xmlns:w="{MAIN}"'
_BODY = (
    f"<w:document {_SPACE}><w:body><w:p><w:r><w:t>A draft.</w:t></w:r></w:p>"
    "%s</w:body></w:document>"
)
_TEXT = _BODY % "<w:p><w:r><w:t>A draft.%s</w:t></w:r></w:p>"
_LAUGHS = (
    "<!DOCTYPE w:document [<!ENTITY l0 'lol'>"
    + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def entities() -> Iterator[Case]:
    """Words that the XML would make or fetch by itself."""
    forbidden = "document type"
    yield Case("billion laughs", lambda: word(_LAUGHS + _TEXT % "&l9;"), forbidden)
    yield Case(
        "quadratic blow-up",
        lambda: word(f"<!DOCTYPE d [<!ENTITY a '{'x' * 100_000}'>]>" + _TEXT % ("&a;" * 30_000)),
        forbidden,
    )
    yield Case(
        "entity from a file",
        lambda: word('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _TEXT % "&a;"),
        forbidden,
    )
    yield Case(
        "entity from the network",
        lambda: word('<!DOCTYPE d [<!ENTITY a SYSTEM "http://192.0.2.1/">]>' + _TEXT % "&a;"),
        forbidden,
    )
    yield Case(
        "document type from the network",
        lambda: word('<!DOCTYPE d SYSTEM "http://192.0.2.1/x.dtd">' + _TEXT % ""),
        forbidden,
    )
    yield Case(
        "parameter entity",
        lambda: word('<!DOCTYPE d [<!ENTITY % a SYSTEM "http://192.0.2.1/">%a;]>' + _TEXT % ""),
        forbidden,
    )
    yield Case("document type only", lambda: word("<!DOCTYPE d>" + _TEXT % ""), forbidden)
    yield Case(
        "document type behind comments",
        lambda: word("<!-- a --> <?b c?>" * 100_000 + "<!DOCTYPE d>" + _TEXT % ""),
        forbidden,
    )
    yield Case(
        "document type in the relations",
        lambda: deflated({**parts_of(), "_rels/.rels": _LAUGHS + "<a>&l9;</a>"}),
        forbidden,
    )
    yield Case("entity without a type", lambda: word(_TEXT % "&l9;"), "damaged XML")
    yield Case(
        "included file",
        lambda: word(
            _TEXT % "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>"
        ),
        "",
    )
    yield Case(
        "style sheet", lambda: word("<?xml-stylesheet href='http://192.0.2.1/'?>" + _TEXT % ""), ""
    )


def encodings() -> Iterator[Case]:
    """The same in letters that only some parsers know."""
    typed = "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    yield Case(
        "document type in UTF-16", lambda: word((typed + _TEXT % "&a;").encode("utf-16")), "type"
    )
    yield Case(
        "document type in UTF-16, unmarked",
        lambda: word((typed + _TEXT % "&a;").encode("utf-16-be")),
        "document type",
    )
    yield Case("UTF-16", lambda: word((_TEXT % "é").encode("utf-16")), "")
    yield Case(
        "UTF-7",
        lambda: word(b"<?xml version='1.0' encoding='UTF-7'?>" + (_TEXT % "").encode("utf-7")),
        "encoding UTF-7",
    )
    yield Case(
        "EBCDIC", lambda: word(("<?xml version='1.0'?>" + _TEXT % "").encode("cp037")), "not"
    )
    yield Case("UTF-32", lambda: word((_TEXT % "").encode("utf-32")), "no text|damaged")
    yield Case(
        "unknown encoding",
        lambda: word("<?xml version='1.0' encoding='klingon'?>" + _TEXT % ""),
        "encoding klingon",
    )
    yield Case("no UTF-8", lambda: word(_TEXT.encode().replace(b"draft", b"dr\xff\xfeft")), "UTF-8")
    yield Case("NUL", lambda: word(_TEXT % "\0"), "no text")
    yield Case("escape", lambda: word(_TEXT % "\x1b[2J"), "damaged XML")
    yield Case("escape by number", lambda: word(_TEXT % "&#x1b;[2J"), "damaged XML")
    yield Case("cut", lambda: word((_TEXT % "")[:-20]), "damaged XML")
    yield Case("empty part", lambda: word(""), "damaged XML")
    yield Case("attribute twice", lambda: word("<a b='' b=''/>"), "damaged XML")
    yield Case("undeclared prefix", lambda: word("<w:document/>"), "no Word text|damaged XML")


def sizes() -> Iterator[Case]:
    """Trees that cost more than their bytes."""
    deep = "longer or deeper nested"
    yield Case("nested 300 deep", lambda: word(_nested(300)), deep)
    yield Case("nested 400,000 deep", lambda: word(_nested(400_000)), deep)
    yield Case("nested 230 deep", lambda: word(_nested(230)), "")
    yield Case("a million elements", lambda: word(_BODY % ("<w:x/>" * 2_500_000)), "more elements")
    yield Case(
        "elements up to the limit",
        lambda: word(_BODY % ('<w:x a="b"/>c' * 740_000)),
        "",
        heavy=True,
    )
    yield Case("attributes", lambda: word(_BODY % _attributes("a%d='q'", 300_000)), "")
    yield Case("attribute of 20 MB", lambda: word(_BODY % f"<w:p a='{'x' * 20_000_000}'/>"), deep)
    yield Case("words of 20 MB", lambda: word(_TEXT % ("x" * 20_000_000)), deep)
    yield Case("name of 200 kB", lambda: word(_BODY % f"<{'a' * 200_000}/>"), "damaged XML")
    yield Case(
        "names of spaces",
        lambda: word(_BODY % _attributes("xmlns:a%d='u'", 50_000)),
        "",
    )


def word(document: str | bytes) -> bytes:
    """A Word file with this as its main part."""
    return deflated({**parts_of(PLAIN), "word/document.xml": document})


def _nested(depth: int) -> str:
    return _BODY % ("<w:sdt>" * depth + "</w:sdt>" * depth)


def _attributes(form: str, number: int) -> str:
    return f"<w:p {' '.join(form % one for one in range(number))}/>"
