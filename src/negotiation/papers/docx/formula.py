"""Formulae in one line, much as Word writes them in its linear form: ``x²``, ``(a+b)/2``, ``√x``.

Only the signs between the parts are told here; the parts are words like all others.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from negotiation.papers.docx.names import M, W

Pieces = Iterator["str | etree._Element"]
"""Signs to print, and parts to read, in their order."""

_SMALL = {
    "^": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"),
    "_": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}


def pieces(of: etree._Element) -> Pieces:
    """A structure of a formula taken apart."""
    name = str(of.tag)[len(M) :]
    if name == "f":
        yield from (*_group(_part(of, "num")), "/", *_group(_part(of, "den")))
    elif name == "rad":
        yield from ("√", *_hidden(of, "deg"), *_group(_part(of, "e")))
    elif name == "nary":
        yield _sign(of, "chr", "∫")
        yield from (*_script("_", _part(of, "sub")), *_script("^", _part(of, "sup")))
        yield from _group(_part(of, "e"))
    elif name == "d":
        between = _sign(of, "sepChr", "|")
        yield _sign(of, "begChr", "(")
        for number, part in enumerate(of.iterchildren(M + "e")):
            yield from ((between, part) if number else (part,))
        yield _sign(of, "endChr", ")")
    elif name == "acc":
        yield from (*_group(_part(of, "e")), _sign(of, "chr", "\u0302"))
    elif name in ("m", "eqArr"):
        for number, part in enumerate(of.iterchildren(M + "mr", M + "e")):
            yield from (("; ", part) if number else (part,))
    elif name == "mr":
        for number, part in enumerate(of.iterchildren(M + "e")):
            yield from ((" ", part) if number else (part,))
    else:
        # sSup, sSub, sSubSup, sPre, limLow, limUpp: a base with something above or below it.
        for part in of:
            tag = str(part.tag)[len(M) :]
            if tag in ("sub", "lim") and name != "limUpp":
                yield from _script("_", part)
            elif tag in ("sup", "lim"):
                yield from _script("^", part)
            else:
                yield part


STRUCTURES = tuple(
    M + name for name in "f rad nary d acc m mr eqArr sSup sSub sSubSup sPre limLow limUpp".split()
)
"""The elements that `pieces` takes apart."""


def _part(of: etree._Element, name: str) -> etree._Element | None:
    return of.find(M + name)


def _group(part: etree._Element | None) -> Pieces:
    """A part, in parentheses where more than one sign of it would be torn apart."""
    if part is None:
        return
    many = len("".join(part.itertext(M + "t"))) > 1
    yield from (("(", part, ")") if many else (part,))


def _script(sign: str, part: etree._Element | None) -> Pieces:
    words = "" if part is None else "".join(part.itertext(M + "t"))
    small = _SMALL[sign]
    if words and all(ord(letter) in small for letter in words) and not _tracked(part):
        yield words.translate(small)
    elif words:
        yield from (sign, *_group(part))


def _tracked(part: etree._Element | None) -> bool:
    return part is not None and next(part.iter(W + "ins", W + "del"), None) is not None


def _hidden(of: etree._Element, name: str) -> Pieces:
    """A part that is often there but empty, set apart from what follows where it is not."""
    part = _part(of, name)
    if part is not None and any(part.itertext(M + "t")):
        yield from ("(", part, ")")


def _sign(of: etree._Element, name: str, usual: str) -> str:
    found = of.find(f"{M}{str(of.tag)[len(M) :]}Pr/{M}{name}")
    return usual if found is None else found.get(M + "val", "")
