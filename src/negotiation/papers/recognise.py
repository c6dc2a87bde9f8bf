"""Which version of the record a file is, and where a word differs from it.

A file is known by its bytes, by what it says of itself above and below the text, or by its words
alone. White space and line breaks are the carrier's; labels, words, marks and brackets are not.
"""

from __future__ import annotations

import enum
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import attrs

from negotiation.domain.events import VersionIssued
from negotiation.papers.fingerprint import folded
from negotiation.papers.imprint import Imprint, imprint_of, is_imprint
from negotiation.papers.issued_files import papers_of
from negotiation.papers.page_in import page_in, words_in
from negotiation.text.changes import Change, changes
from negotiation.views.at_that_time import Timeline
from negotiation.views.paths import paths
from negotiation.views.versions import Version, versions
from negotiation.views.what_may_be_seen import is_withheld

_ALIKE = 0.5
"""The share of its words that a file must have in common with a version to be compared with it."""
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"^#{1,6} ")


class How(enum.Enum):
    """How well a file agrees with a version."""

    BYTES = "byte for byte"
    WORDS = "word for word"
    BREAKS = "word for word, with other paragraphs"
    DIFFERS = "differs"


@attrs.frozen
class Difference:
    """A paragraph in which the file differs from the version."""

    path: str
    """The clause, as the version calls it; empty where the paragraph is none of the text."""
    as_issued: str
    """Empty where the file has a paragraph too many."""
    in_file: str
    """Empty where it lacks one."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The words that differ."""
        return changes(self.as_issued, self.in_file)


@attrs.frozen
class Recognised:
    """A file, and the version that it is or comes nearest to."""

    version: Version
    reading: str
    """Which of the version's files; ``as received`` for a page from outside."""
    how: How
    differences: tuple[Difference, ...] = ()
    imprint_kept: bool = True
    """Whether the file still says what it is."""
    imprint_wrong: str = ""
    """What it says of itself that is not so."""


@attrs.frozen
class _Candidate:
    version: Version
    reading: str
    paragraphs: tuple[str, ...]
    called: tuple[str, ...]
    """The path of the clause of each paragraph."""
    imprints: tuple[str, ...] = ()
    """What is printed above and below the text."""


def recognised(timeline: Timeline, content: bytes, name: str = "") -> Recognised | None:
    """The version of the record that a file is; ``None`` where it is none that is known.

    Raises `papers.page_text.NotReadable` for a file that is not text.
    """
    held = versions(timeline, timeline.head)
    sha256 = hashlib.sha256(content).hexdigest()
    for version in held:
        if version.issued:
            issued = timeline.entries[version.entry - 1].event
            assert isinstance(issued, VersionIssued)
            for file in issued.files:
                if file.sha256 == sha256:
                    return Recognised(version, file.reading, How.BYTES)
        elif version.fingerprint == sha256:
            return Recognised(version, "as received", How.BYTES)
    paragraphs = _PARAGRAPHS.split(words_in(page_in(content, name)))
    said = imprint_of(paragraphs)
    text = tuple(line for one in paragraphs if not is_imprint(one) and (line := _line(one)))
    imprints = tuple(folded(one) for one in paragraphs if is_imprint(one))
    candidates = _candidates(timeline, held)
    for how, same in ((How.WORDS, _same_lines), (How.BREAKS, _same_words)):
        for one in _likely_first(candidates, said):
            if same(one.paragraphs, text):
                wrong = _wrong(one, said, imprints, held)
                return Recognised(one.version, one.reading, how, (), said is not None, wrong)
    nearest = _nearest(candidates, said, text)
    if nearest is None:
        return None
    differences = tuple(_differences(nearest, text))
    wrong = _wrong(nearest, said, imprints, held)
    return Recognised(
        nearest.version, nearest.reading, How.DIFFERS, differences, said is not None, wrong
    )


def _line(paragraph: str) -> str:
    """A paragraph as it is compared."""
    return _HEADING.sub("", folded(paragraph))


def _candidates(timeline: Timeline, held: tuple[Version, ...]) -> list[_Candidate]:
    found: list[_Candidate] = []
    documents = {one.entry: one for one in timeline.negotiation(timeline.head).documents}
    for version in reversed(held):
        if not version.issued:
            document = documents[version.entry]
            if is_withheld(document):
                continue
            source = words_in(page_in(document.source, document.name))
            lines = tuple(filter(None, map(_line, _PARAGRAPHS.split(source))))
            found.append(_Candidate(version, "as received", lines, ("",) * len(lines)))
            continue
        called = paths(timeline.moment(version.entry))
        for paper in papers_of(timeline, version.entry):
            text = [one for one in paper.paragraphs if not is_imprint(one.words)]
            found.append(
                _Candidate(
                    version,
                    paper.reading,
                    tuple(_line(one.words) for one in text),
                    tuple(called.get(one.clause, "") for one in text),
                    tuple(folded(one.words) for one in paper.paragraphs if is_imprint(one.words)),
                )
            )
    return found


def _likely_first(candidates: list[_Candidate], said: Imprint | None) -> list[_Candidate]:
    """The candidates, those first that the file says it is."""

    def rank(one: _Candidate) -> tuple[bool, bool]:
        return (
            said is None or one.version.entry != said.entry,
            said is None or one.reading.casefold() != said.reading.casefold(),
        )

    return sorted(candidates, key=rank)


def _same_lines(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one == other


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return _words(one) == _words(other)


def _words(paragraphs: tuple[str, ...]) -> list[str]:
    return " ".join(paragraphs).split()


def _nearest(
    candidates: list[_Candidate], said: Imprint | None, text: tuple[str, ...]
) -> _Candidate | None:
    """The candidate that the file says it is, or the one that has most in common with it."""
    of_imprint = [
        one
        for one in candidates
        if said is not None and (one.version.symbol, one.version.entry) == (said.symbol, said.entry)
    ]
    lines, words = Counter(text), Counter(_words(text))

    def shared(one: _Candidate) -> tuple[int, float]:
        return ((Counter(one.paragraphs) & lines).total(), _share(one))

    def _share(one: _Candidate) -> float:
        theirs = Counter(_words(one.paragraphs))
        most = max(theirs.total(), words.total(), 1)
        return (theirs & words).total() / most

    by_title = [
        one for one in of_imprint if said and one.reading.casefold() == said.reading.casefold()
    ]
    if by_title or of_imprint:
        return max(by_title or of_imprint, key=shared)
    alike = [one for one in candidates if _share(one) >= _ALIKE]
    return max(alike, key=shared) if alike else None


def _differences(issued: _Candidate, text: tuple[str, ...]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, issued.paragraphs, text, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for i in range(max(a1 - a0, b1 - b0)):
            there = a0 + i < a1
            yield Difference(
                issued.called[a0 + i] if there else "",
                issued.paragraphs[a0 + i] if there else "",
                text[b0 + i] if b0 + i < b1 else "",
            )


def _wrong(
    one: _Candidate, said: Imprint | None, imprints: tuple[str, ...], held: tuple[Version, ...]
) -> str:
    """What a file says of itself that the record does not bear out."""
    if said is None or all(imprint in one.imprints for imprint in imprints):
        return ""
    of_symbol = [version for version in held if version.symbol == said.symbol and version.issued]
    if not of_symbol:
        return f"it calls itself {said.symbol}, which this record did not issue"
    if all(version.entry != said.entry for version in of_symbol):
        return f"it says entry {said.entry}, where {said.symbol} is not"
    if all(version.fingerprint != said.fingerprint for version in of_symbol):
        return f"its fingerprint is not that of {said.symbol}"
    return "what it says of itself above or below the text is not what was issued"
