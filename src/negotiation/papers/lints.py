"""Slips for the editors: punctuation of lists, stray capitals, headings out of sequence, names.

Only looked for where the conventions know the editors' rules. None of them stops anything.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from negotiation.papers.draft import Anomaly, Edit, Kind, Origin, Repair, Severity
from negotiation.papers.labels import Style
from negotiation.papers.page import Page, is_live, name_of
from negotiation.papers.passages import Passage

_CLOSING = ",;.:"
_AND_OR = re.compile(r"[;,]\s+(?:and|or)\s*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![\w-])([A-Z][a-z]+) ([A-Z][a-z]+)(?![\w-])")
_HYPHENATED = re.compile(r"(?<![\w-])([A-Z][a-z]+)-([A-Z][a-z]+)(?![\w-])")
_ONE_OF_MANY = re.compile(r"\b(?:an?|any|each|every|one|no) $", re.IGNORECASE)
_MID_CAPITAL = re.compile(r"[a-z,] ([A-Z][a-z]+)")
_NOTE_AT_END = re.compile(r"\s?(?:\[\^[^\]]{1,20}\]|\{[^{}]{0,400}\})$")
_PROPER = frozenset(
    """
    Action Agenda Agreement Annex Article Articles Chapter Charter Constitution Convention Decision
    Decisions Declaration Document Member Opinion Opinions Part Placeholder Plan Programme Protocol
    Question Questions Recommendation Recommendations Report Resolution Resolutions Section
    Secretary Strategic Study Treaty United
    """.split()
)
"""Words that an item may begin with in capitals."""
_SLIPS = (
    (re.compile(r"\bin this regards\b"), "in this regard"),
    (re.compile(r"\b(the|of|and|to|in|that|for) \1\b"), "the word once"),
)
_MOST_ITEMS_COUNTED = 2_000


def _living(siblings: Sequence[Passage]) -> list[Passage]:
    return [
        passage
        for passage in siblings
        if is_live(passage.clause) and passage.clause.live_words.strip()
    ]


def _ending(passage: Passage, limit: int) -> tuple[str, int]:
    """The last living mark of a clause and its offset; drafters' notes at the end do not count."""
    clause = passage.clause
    at = len(clause.words)
    for run in reversed(clause.runs):
        start = at - len(run.words)
        if not run.struck and start < limit:
            words = _without_notes(run.words[: limit - start])
            kept = words.rstrip(" \t*_]})")
            if kept:
                return kept[-1], start + len(kept) - 1
        at = start
    return "", 0


def _without_notes(words: str) -> str:
    """The words without footnote marks and drafters' notes at their end."""
    kept = words
    while found := _NOTE_AT_END.search(kept, max(0, len(kept) - 500)):
        kept = kept[: found.start()]
    return kept


def _asides(page: Page) -> dict[int, int]:
    """Where the words of a clause end if a bracket behind its closing mark only names a party."""
    ends: dict[int, int] = {}
    for point in page.points:
        first = point.extents[0]
        if point.holders and len(point.extents) == 1 and first.end is None and first.start:
            ends[first.clause] = first.start
    return ends


def punctuation(page: Page) -> Iterator[Anomaly]:
    """Items end with a semicolon, the last one with a comma or full stop."""
    groups = page.groups
    asides = _asides(page)
    for siblings in page.lists:
        living = _living(siblings)
        items = [p for p in living if p.clause.label and p.clause.key not in groups]
        open_last = bool(living) and living[-1].clause.key in groups
        for passage in living if len(living) == len(items) else items:
            last = passage is living[-1] and not open_last
            yield from _ends_well(page, passage, asides.get(passage.clause.key), last)


def _ends_well(page: Page, passage: Passage, aside: int | None, last: bool) -> Iterator[Anomaly]:
    clause = passage.clause
    whole = len(clause.words)
    mark, at = _ending(passage, whole)
    if aside is not None and mark not in _CLOSING:
        mark, at = _ending(passage, aside)
    name = name_of(clause)
    style = passage.main.block.label.style
    if not mark or style is Style.SPOKEN or _retired(passage):
        return
    if mark not in _CLOSING:
        if mark in "”\"'’?!":
            return
        right = "," if last else ";"
        yield page.in_words(
            "missing-mark",
            Severity.EDITORIAL,
            passage,
            at,
            at + 1,
            f"{name} has no closing mark; the editors will want “{right}”.",
            repair=Repair(
                f"Add “{right}”.",
                (Edit(clause.key, at + 1, at + 1, right, Origin.INSERTED, False),),
            ),
        )
    elif last and mark == ";":
        yield page.in_words(
            "last-item-mark",
            Severity.EDITORIAL,
            passage,
            at,
            at + 1,
            f"{name} is the last living item of its list and ends with a semicolon; the editors "
            "will want a comma.",
            repair=Repair(
                "Put a comma.", (Edit(clause.key, at, at + 1, ",", Origin.INSERTED, False),)
            ),
        )
    elif not last and mark in ",." and not _AND_OR.search(clause.live_words):
        yield page.in_words(
            "item-mark",
            Severity.EDITORIAL,
            passage,
            at,
            at + 1,
            f"{name} is followed by another living item and ends with “{mark}”; the editors will "
            "want a semicolon.",
            repair=Repair(
                "Put a semicolon.", (Edit(clause.key, at, at + 1, ";", Origin.INSERTED, False),)
            ),
        )


def _retired(passage: Passage) -> bool:
    return passage.clause.live_words.strip().lower() in ("(sup)", "(deleted)")


def capitals(page: Page) -> Iterator[Anomaly]:
    """An item that begins with a capital among items that do not."""
    names = {
        word
        for passage in page.passages
        for word in _MID_CAPITAL.findall("".join(r.words for r in passage.clause.runs))
    }
    for siblings in page.lists:
        items = [p for p in _living(siblings) if p.clause.label and p.clause.live_words.strip()]
        if len(items) < 2 or len(items) > _MOST_ITEMS_COUNTED:
            continue
        small = sum(1 for p in items if p.clause.live_words.strip()[0].islower())
        if 2 * small <= len(items):
            continue
        for passage in items:
            words = passage.clause.live_words
            found = _FIRST_WORD.match(words.strip())
            if not found or not words.strip()[0].isupper() or found[0] in names:
                continue
            if found[0].isupper() or found[0] in _PROPER:
                continue
            at = passage.clause.words.find(found[0])
            yield page.in_words(
                "stray-capital",
                Severity.EDITORIAL,
                passage,
                max(0, at),
                max(0, at) + len(found[0]),
                f"{name_of(passage.clause)} begins with a capital, the other items of its list do "
                f"not; the editors will want “{found[0].lower()}”.",
            )


def lonely_labels(page: Page) -> Iterator[Anomaly]:
    """A list of one living item that still has a label."""
    groups = page.groups
    for siblings in page.lists:
        living = _living(siblings)
        if len(living) != 1 or not living[0].clause.label or living[0].clause.key in groups:
            continue
        clause = living[0].clause
        style = living[0].main.block.label.style
        if clause.label_struck or style in (Style.SPOKEN, Style.ARTICLE, Style.FOOTNOTE):
            continue
        yield page.whole(
            "lonely-label",
            Severity.EDITORIAL,
            living[0],
            f"{name_of(clause)} is the only living one of its list; its label falls away when the "
            "text is cleaned up.",
        )


def label_gaps(page: Page) -> Iterator[Anomaly]:
    """A label missing between two living neighbours."""
    groups = page.groups
    for siblings in page.lists:
        before: Passage | None = None
        printed = {p.clause.label for p in siblings}
        for passage in siblings:
            clause = passage.clause
            label = passage.main.block.label
            if not clause.label or clause.label_struck or not label.ordinal:
                continue
            if before is not None and clause.key not in groups:
                earlier = before.main.block.label
                gap = label.ordinal - earlier.ordinal
                if earlier.style is label.style and gap > 1 and len(printed) > 1:
                    yield page.whole(
                        "label-gap",
                        Severity.EDITORIAL,
                        passage,
                        f"{clause.label} follows {before.clause.label}: a label is missing "
                        "between them. Check that no item was lost.",
                    )
            before = passage


def heading_sequence(page: Page) -> Iterator[Anomaly]:
    """A heading with `further` or `also` whose plain verb did not come before it."""
    seen: set[str] = set()
    for passage in page.passages:
        clause = passage.clause
        if clause.kind is not Kind.HEADING:
            continue
        words = clause.live_words.strip("*_ ").lower().split()
        if not words:
            continue
        further = [word for word in words[:3] if word in ("further", "also")]
        verb = next((word for word in words[:3] if word not in ("further", "also")), "")
        if further and verb and verb not in seen and len(words) <= 3:
            yield page.in_words(
                "heading-sequence",
                Severity.EDITORIAL,
                passage,
                0,
                len(clause.words),
                f"The heading “{' '.join(words)}” has no plain “{verb}” before it; the editors "
                f"will want to drop “{further[0]}”.",
            )
        seen.add(verb)


def names_at_odds(page: Page) -> Iterator[Anomaly]:
    """A name printed once in another form than everywhere else."""
    pairs: Counter[tuple[str, str]] = Counter()
    hyphened: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], tuple[Passage, int, int]] = {}
    for passage in page.passages:
        words = passage.clause.words
        for found in _NAME.finditer(words):
            pair = (found[1], found[2])
            if _ONE_OF_MANY.search(words, max(0, found.start() - 12), found.start()):
                continue
            pairs[pair] += 1
            places.setdefault(pair, (passage, found.start(), found.end()))
        for found in _HYPHENATED.finditer(words):
            hyphened[found[1], found[2]] += 1
    for pair, count in pairs.items():
        plural = (pair[0], pair[1] + "s")
        usual = ""
        if hyphened[pair] > count:
            usual = "-".join(pair)
        elif pairs[plural] > 2 * count:
            usual = " ".join(plural)
        if usual and is_live(places[pair][0].clause):
            passage, start, end = places[pair]
            yield page.in_words(
                "name-at-odds",
                Severity.EDITORIAL,
                passage,
                start,
                end,
                f"“{' '.join(pair)}” is printed “{usual}” elsewhere; the editors will want one "
                "form.",
            )


def slips(page: Page) -> Iterator[Anomaly]:
    """A few slips that are always slips."""
    for passage in page.passages:
        for pattern, right in _SLIPS:
            for found in pattern.finditer(passage.clause.live_words):
                at = passage.clause.words.find(found[0])
                if at < 0:
                    continue
                yield page.in_words(
                    "slip",
                    Severity.EDITORIAL,
                    passage,
                    at,
                    at + len(found[0]),
                    f"“{found[0]}” is a slip; the editors will want {right!r}.",
                )
