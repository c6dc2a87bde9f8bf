"""The words of a version as one string, and the hash by which a copy of them is known.

One clause a line, its label before it, white space folded: a copy with other line breaks
has the same fingerprint, and one with another comma has not. Page furniture is left out, since
every version has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from negotiation.domain.terms import Kind
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import Printed, Reading, whole


def folded(words: str) -> str:
    """Words with every stretch of white space made one space."""
    return " ".join(words.split())


def text_of(moment: Moment) -> tuple[Printed, ...]:
    """The clauses of a version as they stand, open points in their brackets, in order."""
    return tuple(
        printed
        for printed in whole(moment, Reading.OPEN)
        if printed.kind is not Kind.HEADER and printed.line.strip()
    )


def canonical(lines: Iterable[str]) -> str:
    """Lines of a text as they are hashed."""
    return "".join(f"{line}\n" for one in lines if (line := folded(one)))


def fingerprint_of(lines: Iterable[str]) -> str:
    """The hash of these lines, whatever their white space."""
    return hashlib.sha256(canonical(lines).encode()).hexdigest()


def fingerprint(moment: Moment) -> str:
    """The fingerprint of the text at a moment: labels, words and brackets."""
    return fingerprint_of(printed.line for printed in text_of(moment))
