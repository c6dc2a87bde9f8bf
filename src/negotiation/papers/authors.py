"""The people who marked a Word file, and the parties they did it for.

A word processor knows persons, a negotiation parties; the secretariat's table says who is who, one
line each: `Janin, Patricia = MEX Mexico`. Without a table a name that is itself a party's code or
name is that party, and everybody else stays unattributed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from negotiation.papers.docx.page import Touch, WordPage
from negotiation.papers.page_text import NotReadable

NOBODY = "unknown author"
"""How somebody without a name is called."""

_LINE = re.compile(r"^(?P<author>.*\S)\s*=\s*(?P<code>\S+)?(?:\s+(?P<name>\S.*?))?$")


@attrs.frozen
class Stands:
    """The party that an author stands for."""

    code: str
    name: str = ""


@attrs.frozen
class Author:
    """Somebody who marked the file, and how often; the dates are as Word wrote them."""

    name: str
    insertions: int = 0
    deletions: int = 0
    comments: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None


def table_of(text: str, name: str) -> dict[str, Stands]:
    """The table in a file of lines; raises `NotReadable` for a line that says nothing."""
    found: dict[str, Stands] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        # A comment begins behind a space, since a name may hold the sign.
        said = re.split(r"\s+#", said, maxsplit=1)[0].strip()
        match = _LINE.match(said)
        if match is None:
            raise NotReadable(
                f"Line {number} of {name} names nobody’s party; write `Janin, Patricia = MEX`."
            )
        if match["code"]:
            found[_folded(match["author"])] = Stands(match["code"], match["name"] or "")
    return found


@attrs.frozen
class Authors:
    """Who stands for which party."""

    table: Mapping[str, Stands] = attrs.field(factory=dict)
    parties: Mapping[str, str] = attrs.field(factory=dict)
    """Codes of parties that are known, and their names."""

    def party(self, author: str) -> str:
        """The code of the party that an author stands for; empty where nobody knows."""
        folded = _folded(author or NOBODY)
        if (stands := self.table.get(folded)) is not None:
            return stands.code
        for code, name in self.parties.items():
            if folded and folded in (_folded(code), _folded(name)):
                return code
        for stands in self.table.values():
            if folded and folded in (_folded(stands.code), _folded(stands.name)):
                return stands.code
        return ""

    def named(self, code: str) -> str:
        """The name of a party by its code; empty where nobody tells it."""
        told = (one.name for one in self.table.values() if one.code == code and one.name)
        return next(told, self.parties.get(code, ""))

    def joining(self, authors: Iterable[str]) -> Iterator[Stands]:
        """The parties that these authors stand for, each once."""
        told: set[str] = set()
        for author in authors:
            code = self.party(author)
            if code and code not in told:
                told.add(code)
                yield Stands(code, self.named(code))


def authors_of(page: WordPage) -> tuple[Author, ...]:
    """Everybody who marked a file, in the order in which they come; empty names are people too."""
    counted: dict[str, dict[str, int]] = {}
    times: dict[str, list[dt.datetime]] = {}

    def count(name: str, what: str, at: dt.datetime | None) -> None:
        row = counted.setdefault(name, dict.fromkeys(("insertions", "deletions", "comments"), 0))
        row[what] += 1
        if at is not None:
            times.setdefault(name, []).append(at)

    def touch(one: Touch | None, what: str) -> None:
        if one is not None:
            count(one.author, what, one.when)

    for paragraph in page.paragraphs:
        for span in paragraph.spans:
            touch(span.inserted, "insertions")
            touch(span.struck, "deletions")
        touch(paragraph.mark_inserted, "insertions")
        touch(paragraph.mark_struck, "deletions")
    for comment in page.comments:
        count(comment.author, "comments", comment.when)
    return tuple(
        Author(
            name,
            **row,
            first=min(times.get(name, []), default=None),
            last=max(times.get(name, []), default=None),
        )
        for name, row in counted.items()
    )


def as_table(authors: Iterable[Author], known: Authors) -> Iterator[str]:
    """The lines of a table ready to be filled, with what is known of each author behind it."""
    for one in authors:
        told = [
            f"{number} {what if number != 1 else what[:-1]}"
            for number, what in (
                (one.insertions, "insertions"),
                (one.deletions, "deletions"),
                (one.comments, "comments"),
            )
            if number
        ]
        if one.first is not None and one.last is not None:
            first, last = one.first.date().isoformat(), one.last.date().isoformat()
            told.append(first if first == last else f"{first} to {last}")
        yield f"{one.name or NOBODY} = {known.party(one.name)}".rstrip() + f"  # {', '.join(told)}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
