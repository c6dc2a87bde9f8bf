"""Hostile files of the other kinds that are received: pages of text, Akoma Ntoso, large ones."""

from collections.abc import Iterator
from functools import partial

from tests.papers.hostile_archives import PLAIN
from tests.papers.hostile_case import Case

_PAGE = b"# A draft\n\nThe Conference,\n\ndecides\n\n1. to meet again;\n"
_LARGE = 200_000_000
_MOST = 3_900_000
_AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def others() -> Iterator[Case]:
    """Everything that is no Word file."""
    for ending in (".docx", ".md", ".txt", ".xml"):
        yield Case(
            f"200 MB of {ending}",
            lambda: PLAIN,
            "is 200 MB and may be 32 MB at most",
            ending,
            heavy=True,
            size=_LARGE,
        )
    yield Case("5 MB of Markdown", lambda: _PAGE * 90_000, "MB of text", ".md")
    yield Case("Markdown with NUL", lambda: _PAGE + b"\0", "not a text file", ".md")
    yield Case("Markdown in no UTF-8", lambda: _PAGE + b"\xff\xfe", "not encoded in UTF-8", ".md")
    yield Case("Markdown with escapes", lambda: _PAGE + b"\x1b[2J\xc2\x9b31m\n", "", ".md")
    says = dict.fromkeys((b"[", b"]", b"[a] "), "more brackets")
    says |= {b"\n": "more lines", b"~~": "more marks of strikes"}
    for name, sign in (
        ("brackets", b"["),
        ("closing brackets", b"]"),
        ("strikes", b"~~"),
        ("stars", b"*"),
        ("lines", b"\n"),
        ("spaces", b" "),
        ("one word", b"x"),
        ("pairs", b"[a] "),
        ("words", b"word "),
        ("numbers", b"1. "),
        ("hashes", b"#"),
    ):
        yield Case(
            f"Markdown of {name}",
            partial(_page_of, sign),
            says.get(sign, ""),
            ".md",
            heavy=True,
        )
    yield Case(
        "Markdown, 1,900 pairs", lambda: _PAGE + b"[a] " * 1_900 + b"\n", "", ".md", heavy=True
    )
    yield Case(
        "Markdown, 2,100 pairs in one paragraph",
        lambda: _PAGE + b"[a] " * 2_100 + b"\n",
        "brackets in one paragraph",
        ".md",
    )
    yield Case(
        "Markdown, 20,000 paragraphs",
        lambda: _PAGE + b"1. a\n\n" * 20_000,
        "paragraphs and a draft",
        ".md",
        heavy=True,
    )
    yield Case(
        "Markdown of clauses",
        lambda: _PAGE + _clauses(4_900),
        "",
        ".md",
        heavy=True,
    )
    yield Case("Word file called .md", lambda: PLAIN, "", ".md")
    yield Case("PDF called .md", lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF", ".md")
    yield Case("record called .md", lambda: b"SQLite format 3\0\x10\0\1", "`--store`", ".md")
    yield Case("rich text called .md", lambda: rb"{\rtf1\ansi A draft.}", "rich text", ".md")
    yield Case("web page called .md", lambda: b"<html><p>A draft", "web page", ".md")
    yield Case(
        "JSON called .md", lambda: b'{\n  "schema": 1,\n  "text": []}', "for programs", ".md"
    )
    yield Case("curly bracket first", lambda: b'{"The Assembly"}: a draft', "", ".md")


def akoma_ntoso() -> Iterator[Case]:
    """XML that might be Akoma Ntoso."""
    for name, before, text in (
        ("laughs", "<!DOCTYPE a [<!ENTITY l 'lol'>]>", "&l;"),
        ("file", "<!DOCTYPE a [<!ENTITY l SYSTEM 'file:///etc/passwd'>]>", "&l;"),
        ("network", "<!DOCTYPE a SYSTEM 'http://192.0.2.1/a.dtd'>", ""),
    ):
        yield Case(
            f"Akoma Ntoso with {name}",
            partial(_akoma_ntoso, before, text),
            "document type",
            ".xml",
        )
    yield Case("Akoma Ntoso, cut", lambda: b"<akomaNtoso xmlns='x'><doc>", "damaged", ".xml")
    yield Case("other XML", lambda: b"<a/>", ".", ".xml")


def _page_of(sign: bytes) -> bytes:
    return _PAGE + sign * (_MOST // len(sign)) + b"\n"


def _akoma_ntoso(before: str, text: str) -> bytes:
    return f"{before}<akomaNtoso xmlns='{_AKN}'><doc>{text}</doc></akomaNtoso>".encode()


def _clauses(number: int) -> bytes:
    return b"".join(
        b"\n%d. that Member States [should][shall] study the matter %d and ~~tell~~ **report**;\n"
        % (n, n)
        for n in range(2, number)
    )
