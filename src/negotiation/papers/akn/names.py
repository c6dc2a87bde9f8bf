"""Names in an Akoma Ntoso file: namespaces, ids that follow identity, and the addresses of works.

An id never comes from a label, so that references hold when clauses move and are numbered anew.
"""

from __future__ import annotations

import re
import unicodedata

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
"""The namespace of the standard."""
NEG = "urn:negotiation:akn:1"
"""Our own, for what the standard has no word for; a reader may ignore all of it."""
XML = "http://www.w3.org/XML/1998/namespace"

SPACES = {None: AKN, "neg": NEG}
ENGINE = "#negotiation"
"""The agent that wrote the file: the standard wants one for every part of the meta block."""

_PLAIN = re.compile(r"[^A-Za-z0-9.-]")
_ESCAPED = re.compile(r"_([0-9a-f]+)_")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNFIT_OR_ESCAPE = re.compile("[\\\\\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WRITTEN = re.compile(r"\\(\\|u[0-9a-f]{4})")


def akn(name: str) -> str:
    """A name of the standard, as lxml writes it."""
    return f"{{{AKN}}}{name}"


def neg(name: str) -> str:
    """A name of our own."""
    return f"{{{NEG}}}{name}"


def xml_id(kind: str, name: str) -> str:
    """An id for a thing that the record knows by ``name``; no two names share one."""
    return f"{kind}_{_PLAIN.sub(lambda found: f'_{ord(found[0]):x}_', name)}"


def named_by(xml_id: str) -> str:
    """The name that `xml_id` made an id of."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), xml_id.partition("_")[2])


def slug(words: str) -> str:
    """Words as a part of an address: small letters of ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NO_LETTER.sub("-", plain).strip("-")


def unfit(words: str) -> list[tuple[int, str]]:
    """The characters that no XML file can hold, with their places."""
    return [(found.start(), found[0]) for found in _UNFIT.finditer(words)]


def held(words: str) -> str:
    """Words as an attribute can hold them: what XML cannot is written ``\\u0001``."""
    if not _UNFIT_OR_ESCAPE.search(words):
        return words
    return _UNFIT_OR_ESCAPE.sub(
        lambda found: "\\\\" if found[0] == "\\" else f"\\u{ord(found[0]):04x}", words
    )


def released(words: str) -> str:
    """The words that `held` wrote; `ValueError` for what it never writes."""
    return _WRITTEN.sub(lambda found: "\\" if found[1] == "\\" else character(found[1][1:]), words)


def character(code: str) -> str:
    """The character of a code in hexadecimal digits; `ValueError` for half a character."""
    found = chr(int(code, 16))
    if "\ud800" <= found <= "\udfff":
        raise ValueError(f"{code} is the code of half a character")
    return found
