"""Whether the record of a Word file reads as the file does, word by word, in both readings.

`python -m tests.papers.word_record` prints the rate over the corpus, group by group, and every miss
by name.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import attrs

from negotiation.desk import Desk
from negotiation.papers.authors import Authors
from negotiation.papers.docx.page import WordPage, accepted, rejected
from negotiation.papers.docx.reader import read_word
from negotiation.papers.plain import as_plain
from negotiation.views.on_the_page import as_first_placed
from negotiation.views.readings import Reading
from tests.corpus import CORPUS

FOLDER = CORPUS / "docx"
_WORD = re.compile(r"\w+|[^\w\s]")
_SPACE = re.compile(r"\s+")


@attrs.frozen
class Kept:
    """One file: whether both readings of its record have its words, in order."""

    name: str
    live: bool
    base: bool
    shown: str = ""
    """The words around the first place where a reading differs."""

    @property
    def whole(self) -> bool:
        return self.live and self.base


def files() -> Iterator[Path]:
    """The Word files of the corpus."""
    yield from sorted(one for one in FOLDER.rglob("*.docx") if "_oracle" not in str(one))


def words(text: str) -> list[str]:
    """The words and signs of a text, in order."""
    return _WORD.findall(text)


def readings(desk: Desk) -> tuple[str, str]:
    """The live and the base reading, without the labels that no letter of the file prints."""
    now = desk.timeline.moment()
    return (
        as_plain(now, Reading.LIVE),
        as_plain(as_first_placed(desk.timeline, desk.timeline.head), Reading.BASE),
    )


def expected(page: WordPage) -> tuple[str, str]:
    """Accept-all and reject-all, with the labels that Word prints by itself."""
    return "\n".join(accepted(page)), "\n".join(rejected(page))


def differs(mine: list[str], theirs: list[str]) -> str:
    """The words around the first difference; empty where there is none."""
    if mine == theirs:
        return ""
    pairs = zip(mine, theirs, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(mine), len(theirs)))
    low = max(0, at - 4)
    return f"…{' '.join(mine[low : at + 6])}… for …{' '.join(theirs[low : at + 6])}…"


def unlabelled(page: WordPage) -> WordPage:
    """The file without the labels that Word counts by itself: the twins have none of them."""
    return attrs.evolve(
        page,
        paragraphs=tuple(
            attrs.evolve(one, label="", base_label="", note="") for one in page.paragraphs
        ),
    )


_FILES = itertools.count()


def received(
    page: WordPage, authors: Authors | None = None, *, desk: Desk | None = None, **how: Any
) -> Desk:
    """The record that a page begins as if it had been read from a file."""
    desk = Desk.begin(None) if desk is None else desk
    with mock.patch("negotiation.papers.docx.reader.read_word", return_value=page):
        # Each is a file of its own: one that was read is not read again.
        source = b"PK\x03\x04%d" % next(_FILES)
        desk.receive(source, "drawn.docx", authors=authors, **how)
    return desk


def kept(page: WordPage, name: str) -> Kept:
    """A page, received without its own labels, beside its twins."""
    desk = received(unlabelled(page))
    found = [
        differs(words(mine), words(theirs))
        for mine, theirs in zip(readings(desk), expected(page), strict=True)
    ]
    return Kept(name, not found[0], not found[1], found[0] or found[1])


def kept_file(path: Path) -> Kept | None:
    """A file of the corpus; none where it holds no words."""
    page = read_word(path.read_bytes(), path.name)
    if not any(one.words.strip() for one in page.paragraphs):
        return None
    return kept(page, path.name)


def main() -> int:
    """Print the rate."""
    groups: dict[str, list[Kept]] = {}
    for path in files():
        group = str(path.relative_to(FOLDER).parent)
        try:
            one = kept_file(path)
        except Exception as error:
            one = Kept(path.name, False, False, f"{type(error).__name__}: {error}")
        if one is not None:
            groups.setdefault(group, []).append(one)
    for group, rows in groups.items():
        sys.stdout.write(f"{group}: {sum(one.whole for one in rows)} of {len(rows)}\n")
        for one in rows:
            if not one.whole:
                sys.stdout.write(
                    f"  {one.name} live={one.live} base={one.base} {one.shown[:300]}\n"
                )
    return 0 if all(one.whole for rows in groups.values() for one in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
