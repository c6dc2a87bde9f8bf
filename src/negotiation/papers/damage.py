"""Damage that the page alone shows: unmatched marks, fused numbers and sentences, stray quotes.

What only a comparison with the base shows is found by `threeway.py`.
"""

import re
from collections.abc import Iterator

from negotiation.papers.draft import Anomaly, DraftClause, Edit, Origin, Repair, Severity
from negotiation.papers.marks import CLOSERS, OPENERS
from negotiation.papers.page import Page, live_spans
from negotiation.papers.passages import Passage, printed_place

_WORD = re.compile(r"\S+")
_GRAM = 6
LEAST_REPEATED = 8
"""So many words in a row, twice in one paragraph, are taken for an old and a new wording."""
_SHARE_REPEATED = 0.35
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)((?:19|20)\d\d)(?!\d)")
_QUOTES = re.compile('[“”„"]')
_SEVERAL = re.compile(r"[a-zà-ÿ]{4,30}[A-Z][a-z]{3,30}")
_MOST_WORDS = 200_000


def strays(page: Page) -> Iterator[Anomaly]:
    """Brackets without a partner; struck ones do no harm, but somebody should know of them."""
    for stray in page.marks.strays:
        near = f", which may belong to line {page.lines.line_of(stray.near)}"
        near = near if stray.near >= 0 else ""
        if stray.glyph in CLOSERS:
            code, missing = "unmatched-closer", CLOSERS[stray.glyph]
            says = f"The {stray.glyph} closes nothing: no {missing} is open before it{near}."
        else:
            code, missing = "unmatched-opener", OPENERS[stray.glyph]
            says = (
                f"The {stray.glyph} is never closed: no {missing} follows that is still free{near}."
            )
        line_start = page.lines.starts[page.lines.line_of(stray.at) - 1]
        around = page.source[max(line_start, stray.at - 40) : stray.at + 40].split("\n")[0]
        if stray.dead:
            message = f"{says} It stands in struck words, so nothing depends on it; leave it there."
            severity = Severity.DOUBTFUL
        else:
            message = f"{says} Say where its partner belongs, or take it out of the reading."
            severity = Severity.DAMAGED
        yield page.at_place(
            code,
            severity,
            stray.at,
            message,
            words=around,
            live=not stray.dead,
            repair=_without_mark(page, stray.at, stray.glyph) if not stray.dead else None,
        )


def _without_mark(page: Page, at: int, glyph: str) -> Repair | None:
    held = page.places.place(at)
    if held is None:
        return None
    passage, part = held
    offset = part.offset(at)
    if passage.clause.words[offset : offset + 1] != glyph:
        return None
    return Repair(
        f"Take the {glyph} out of the reading.",
        (Edit(passage.clause.key, offset, offset + 1, "", Origin.BASE, False),),
    )


def unclosed_strikes(page: Page) -> Iterator[Anomaly]:
    """A strike that begins in a paragraph and does not end in it."""
    for at in page.marks.unclosed_strikes:
        held = page.places.place(at)
        repair = None
        if held is not None:
            passage, part = held
            clause = passage.clause
            start = part.offset(at)
            rest = clause.words[start + 2 :]
            if clause.words[start : start + 2] == "~~" and rest:
                end = len(clause.words)
                repair = Repair(
                    "Read the words from here to the end of the paragraph as struck.",
                    (
                        Edit(clause.key, start, start + 2, "", Origin.BASE, False),
                        Edit(clause.key, start + 2, end, rest, Origin.PRESUMED, True),
                    ),
                )
        yield page.at_place(
            "unclosed-strike",
            Severity.DAMAGED,
            at,
            "The strike that begins here does not end in its paragraph; say where it ends.",
            words=page.source[at : at + 60].split("\n")[0],
            repair=repair,
        )


def fused_years(page: Page) -> Iterator[Anomaly]:
    """Two years printed as one number, as when the strike on the first was lost."""
    for passage in page.passages:
        clause = passage.clause
        for start, end in live_spans(clause):
            for found in _YEARS.finditer(clause.words, start, end):
                old, new = found[1], found[2]
                at, middle, key = found.start(), found.start() + 4, clause.key
                # Where a bracket stands between them, they are two.
                if not page.source.startswith(found[0], printed_place(passage, at)):
                    continue
                yield page.in_words(
                    "fused-number",
                    Severity.DAMAGED,
                    passage,
                    at,
                    found.end(),
                    f"“{found[0]}” looks like two years, {old} and {new}, printed as one; "
                    "say which of them stands.",
                    repair=Repair(
                        f"Read {old} as struck and {new} as inserted.",
                        (
                            Edit(key, at, middle, old, Origin.PRESUMED, True),
                            Edit(key, middle, found.end(), new, Origin.INSERTED, False),
                        ),
                    ),
                )


def joined_words(page: Page) -> Iterator[Anomaly]:
    """A capital in the middle of a word, where both halves are words of the page."""
    known: set[str] = set()
    seen: list[tuple[Passage, re.Match[str]]] = []
    for passage in page.passages:
        clause = passage.clause
        for start, end in live_spans(clause):
            for found in re.finditer(r"[^\W\d_]{4,60}", clause.words[start:end]):
                word = found[0]
                inner = _SEVERAL.fullmatch(word)
                if inner and word not in known:
                    seen.append((passage, found))
                elif not inner:
                    known.add(word)
    for passage, found in seen:
        word = found[0]
        cut = next(at for at in range(1, len(word)) if word[at].isupper())
        halves = word[:cut], word[cut:]
        at = passage.clause.words.find(word)
        # Where a bracket stands between the halves, nothing is joined.
        printed = page.source.startswith(word, printed_place(passage, at))
        if printed and halves[0] in known and halves[1] in known:
            yield page.in_words(
                "joined-words",
                Severity.DAMAGED,
                passage,
                at,
                at + len(word),
                f"“{word}” looks like two words, {halves[0]} and {halves[1]}, printed as one; "
                "say whether a space or a strike was lost.",
            )


def repeated_words(page: Page) -> Iterator[Anomaly]:
    """A long row of words twice in one paragraph: old and new wording printed together."""
    inside = _bracketed(page)
    for passage in page.passages:
        clause = passage.clause
        found = repetition(clause, inside.get(clause.key, ()))
        if found is None:
            continue
        first, second, length, total = found
        # What comes twice makes up much of the paragraph, or it is only the usual phrase.
        if length < LEAST_REPEATED or 2 * length < _SHARE_REPEATED * total:
            continue
        again = clause.words[second[0] : second[1]]
        start = _sentence_start(clause, first[0])
        middle = _between(clause.words, first[1], second[0])
        yield page.in_words(
            "fused-text",
            Severity.DAMAGED,
            passage,
            start,
            second[1],
            f"{length} words in a row come twice in this paragraph, as when an old and a new "
            "wording are printed one after the other; say which of them stands.",
            repair=Repair(
                f"Read the first wording as struck, up to “{_last_words(clause.words, middle)}”, "
                f"and the second, with “{again[:40]}…”, as inserted.",
                (
                    Edit(
                        clause.key, start, middle, clause.words[start:middle], Origin.PRESUMED, True
                    ),
                    Edit(
                        clause.key,
                        middle,
                        len(clause.words),
                        clause.words[middle:],
                        Origin.INSERTED,
                        False,
                    ),
                ),
            ),
        )


def _bracketed(page: Page) -> dict[int, list[tuple[int, int]]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for point in page.points:
        for extent in point.extents:
            end = 1 << 60 if extent.end is None else extent.end
            spans.setdefault(extent.clause, []).append((extent.start or 0, end))
    return spans


def repetition(
    clause: DraftClause, apart: list[tuple[int, int]] | tuple[()]
) -> tuple[tuple[int, int], tuple[int, int], int, int] | None:
    """The longest row of living words that comes twice, outside the stretches set apart.

    Both occurrences as offsets, their length in words, and the number of living words.
    """
    words: list[tuple[str, int, int]] = []
    limits = sorted(apart)
    for start, end in live_spans(clause):
        for found in _WORD.finditer(clause.words, start, end):
            words.append((found[0].lower().strip(",;.:"), found.start(), found.end()))
            if len(words) > _MOST_WORDS:
                return None
    if len(words) < 2 * LEAST_REPEATED:
        return None
    if limits:
        words = _outside(words, limits)
    best: tuple[int, int, int] | None = None
    first_at: dict[tuple[str, ...], int] = {}
    at = 0
    while at + _GRAM <= len(words):
        gram = tuple(word for word, _, _ in words[at : at + _GRAM])
        before = first_at.setdefault(gram, at)
        if before + _GRAM <= at and "" not in gram:
            length = _GRAM
            while (
                at + length < len(words)
                and before + length < at
                and words[before + length][0] == words[at + length][0] != ""
            ):
                length += 1
            if best is None or length > best[2]:
                best = (before, at, length)
            at += length - _GRAM + 1
            continue
        at += 1
    if best is None:
        return None
    one, two, length = best
    return (
        (words[one][1], words[one + length - 1][2]),
        (words[two][1], words[two + length - 1][2]),
        length,
        len(words),
    )


def _outside(
    words: list[tuple[str, int, int]], limits: list[tuple[int, int]]
) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    index = 0
    reach = -1
    for word in words:
        while index < len(limits) and limits[index][0] <= word[1]:
            reach = max(reach, limits[index][1])
            index += 1
        kept.append(word if word[1] >= reach else ("", word[1], word[2]))
    return kept


def _sentence_start(clause: DraftClause, at: int) -> int:
    spans = live_spans(clause)
    return next((start for start, end in spans if start <= at < end), at)


def _between(words: str, first_end: int, second_start: int) -> int:
    """Where the second wording begins: after the last comma or semicolon between the two."""
    gap = words[first_end:second_start]
    cut = max(gap.rfind(","), gap.rfind(";"), gap.rfind("."))
    at = first_end + cut + 1 if cut >= 0 else second_start
    while at < second_start and words[at].isspace():
        at += 1
    return at


def _last_words(words: str, end: int) -> str:
    return " ".join(words[max(0, end - 60) : end].split()[-3:])


def quotes(page: Page) -> Iterator[Anomaly]:
    """Quotation marks that meet no partner, and pairs from which all words are struck."""
    for passage in page.passages:
        clause = passage.clause
        marks = [
            (found[0], found.start())
            for start, end in live_spans(clause)
            for found in _QUOTES.finditer(clause.words, start, end)
        ]
        if not marks:
            continue
        loose = _loose_quote(marks)
        damaged = any(run.struck for run in clause.runs)
        if loose is not None:
            yield page.in_words(
                "unbalanced-quotes",
                Severity.DAMAGED if damaged else Severity.DOUBTFUL,
                passage,
                loose,
                loose + 1,
                "This quotation mark has no partner in its paragraph; say where the quotation "
                "begins and ends, or take the mark out of the reading.",
                repair=Repair(
                    "Take the quotation mark out of the reading.",
                    (Edit(clause.key, loose, loose + 1, "", Origin.BASE, False),),
                ),
            )
        yield from _emptied(page, passage, marks)


def _loose_quote(marks: list[tuple[str, int]]) -> int | None:
    depth = 0
    straight = [at for mark, at in marks if mark == '"']
    for mark, at in marks:
        if mark in "“„":
            depth += 1
        elif mark == "”":
            if not depth:
                return at
            depth -= 1
    return straight[-1] if len(straight) % 2 else None


def _emptied(page: Page, passage: Passage, marks: list[tuple[str, int]]) -> Iterator[Anomaly]:
    """Two quotation marks with nothing living between: their own strike was lost."""
    clause = passage.clause
    struck: list[tuple[int, int]] = []
    at = 0
    for run in clause.runs:
        if run.struck and run.words.strip():
            struck.append((at, at + len(run.words)))
        at += len(run.words)
    places = {place: mark for mark, place in marks}
    for start, end in struck:
        before, after = places.get(start - 1), places.get(end)
        if before in ('"', "“", "„") and after in ('"', "”"):
            yield page.in_words(
                "emptied-quotation",
                Severity.DOUBTFUL,
                passage,
                start - 1,
                end + 1,
                "Every word of this quotation is struck, but its quotation marks are not; "
                "their strike may have been lost.",
                repair=Repair(
                    "Read both quotation marks as struck with the words between them.",
                    (
                        Edit(clause.key, start - 1, start, str(before), Origin.PRESUMED, True),
                        Edit(clause.key, end, end + 1, str(after), Origin.PRESUMED, True),
                    ),
                ),
            )
