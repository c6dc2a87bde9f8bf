"""Readings that a person must confirm: joined paragraphs, struck variants, doubtful references.

Nothing here is damaged; the page can be read in more than one way, and the reader says which way
it took.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

from negotiation.papers.draft import Anomaly, Kind, PointKind, Repair, Severity
from negotiation.papers.labels import Style
from negotiation.papers.options import Choice
from negotiation.papers.page import Page, is_live, name_of
from negotiation.papers.parties import Attribution
from negotiation.papers.passages import Passage

_OPEN_REFERENCE = re.compile(
    r"\b(?:paragraphs?|articles?|annex(?:es)?|sections?) (?:[xyzXYZ]|XX|xx)(?![\w.])"
)
_NUMBERED_REFERENCE = re.compile(
    r"\bparagraphs? (\d{1,3}(?:bis|ter)?)(?:\s?(?:[–—-]|and|to)\s?(\d{1,3}))? (?:above|below)\b"
)
_CITED = re.compile(r"\(Rev\.?[  ]?([^(),]{1,40}), (\d{4})\)")
_PLACE_AND_YEAR = re.compile(r"\(\s?(?:Rev\.?|REV\.?)?[  ]?([^(),]{1,40}), (\d{4})\)")
_INTERNAL = re.compile(r"\binternal note\b", re.IGNORECASE)
_RETIRED = re.compile(r"\s*\((?:SUP|deleted)\)\s*$")


def torn_paragraphs(page: Page) -> Iterator[Anomaly]:
    """Paragraphs that a page break tore in two, read as one."""
    for passage in page.passages:
        clause = passage.clause
        for (line, end_line), offset in zip(passage.torn, clause.breaks, strict=False):
            yield page.in_words(
                "torn-paragraph",
                Severity.DOUBTFUL,
                passage,
                0,
                offset + 20,
                f"The paragraph of line {line} goes on in line {end_line} without a closing mark, "
                "in small letters and without a label; confirm that it is one paragraph.",
                live=is_live(clause),
                repair=Repair("Read both as one paragraph."),
                end_line=end_line,
                related=(line, end_line),
            )


def struck_variants(page: Page) -> Iterator[Anomaly]:
    """A clause printed twice: a struck wording with its label, then the living one."""
    for passage in page.passages:
        clause = passage.clause
        for variant in clause.variants:
            living = passage.main.block.line
            yield page.in_words(
                "struck-variant",
                Severity.DOUBTFUL,
                passage,
                variant.start,
                variant.end,
                f"{variant.label} is printed twice, struck in line {variant.line} and living in "
                f"line {living}; read as one clause, with the struck printing as a wording that "
                "was not retained. Confirm it.",
                live=False,
                repair=Repair("Read both as one clause."),
                end_line=variant.line,
                related=(variant.line, living),
            )
            old = _old_words(passage)
            if old and clause.words[variant.start : variant.end].split()[1:] != old:
                yield page.in_words(
                    "nested-change-flattened",
                    Severity.DOUBTFUL,
                    passage,
                    variant.start,
                    variant.end,
                    f"The struck wording in line {variant.line} is neither the old wording of "
                    f"line {living} nor the new one: earlier changes inside it have been "
                    "flattened. Say from the earlier version which words were struck first.",
                    live=False,
                    end_line=variant.line,
                    related=(variant.line, living),
                )


def _old_words(passage: Passage) -> list[str]:
    """The living printing's words as they stood before its own changes, as far as marks tell."""
    clause = passage.clause
    start = clause.variants[-1].end
    old: list[str] = []
    at = 0
    for run in clause.runs:
        if at >= start:
            old.extend(run.words.split())
        at += len(run.words)
    return old


def unlabelled_struck(page: Page) -> Iterator[Anomaly]:
    """A struck paragraph without a label among labelled ones may be base or an alternative."""
    for siblings in page.lists:
        if not any(passage.clause.label for passage in siblings):
            continue
        for passage in siblings:
            clause = passage.clause
            if clause.label or not passage.main.block.all_struck:
                continue
            yield page.in_words(
                "unlabelled-struck",
                Severity.DOUBTFUL,
                passage,
                0,
                len(clause.words),
                f"The struck paragraph in line {clause.line} has no label among labelled ones: "
                "it may be base text or an alternative that was dropped. Compare the base.",
                live=False,
                end_line=clause.end_line,
            )


def attributions(page: Page) -> Iterator[Anomaly]:
    """What is doubtful on lines that name sponsors: a status on one of them, a name cut short."""
    several = {
        alternative.printed: len(point.alternatives)
        for point in page.points
        for alternative in point.alternatives
        if alternative.symbol
    }
    for entry in page.placed:
        said = entry.block.attribution
        if said is None:
            continue
        at = entry.block.place(max(0, entry.block.text.find(said.symbol)))
        if said.status and several.get(said.printed, 0) > 1:
            place = entry.block.text.find(said.status)
            yield page.at_place(
                "status-scope",
                Severity.DOUBTFUL,
                entry.block.place(max(0, place)),
                f"“{said.status}” stands on the line of {_whose(said)}, but behind the opening "
                "of the group; read as the status of the whole group. Confirm it.",
                words=said.status,
                repair=Repair("Read it as the status of the group."),
            )
        if said.completed and said.sponsors:
            yield page.at_place(
                "cut-party-name",
                Severity.DOUBTFUL,
                at,
                f"The sponsor of {said.symbol} is printed as “{said.printed_name}”; read as "
                f"{said.sponsors[0]}. Confirm it.",
                words=said.printed,
                repair=Repair(f"Read the name as {said.sponsors[0]}."),
            )


def _whose(said: Attribution) -> str:
    return said.sponsors[0] if said.sponsors else "a sponsor without a name"


def lone_sponsors(page: Page, runs: Sequence[Sequence[Choice]]) -> Iterator[Anomaly]:
    """Sponsored wordings that no bracket holds."""
    for run in runs:
        passage = page.passages[run[0].first]
        said = run[0].attribution
        if said is None:
            continue
        yield page.in_words(
            "unbracketed-proposal",
            Severity.DOUBTFUL,
            passage,
            0,
            len(passage.clause.words),
            f"{said.symbol} of {_whose(said)} stands above line {passage.clause.line} without "
            "a bracket; read as open. Say whether the room has settled it.",
        )


def duplicate_labels(page: Page) -> Iterator[Anomaly]:
    """One living label twice in a list, without a group that would explain it."""
    groups = page.groups
    for siblings in page.lists:
        seen: dict[str, Passage] = {}
        for passage in siblings:
            clause = passage.clause
            if not clause.label or clause.label_struck or clause.key in groups:
                continue
            before = seen.setdefault(clause.label, passage)
            if before is not passage:
                lines = (before.clause.line, clause.line)
                yield attrs.evolve(
                    page.whole(
                        "duplicate-label",
                        Severity.DOUBTFUL,
                        before,
                        f"The label {clause.label} stands in line {lines[0]} and again in line "
                        f"{lines[1]}; say whether these are rivals or which of them takes the next "
                        "label.",
                    ),
                    end_line=clause.end_line,
                    related=lines,
                )


def references(page: Page) -> Iterator[Anomaly]:
    """References to nothing yet, to a retired number, or to a version that is being replaced."""
    retired = {
        passage.clause.label.strip(".)(")
        for passage in page.passages
        if passage.clause.label and _RETIRED.match(passage.clause.live_words[:40])
    }
    for passage in page.passages:
        words = passage.clause.words
        for found in _OPEN_REFERENCE.finditer(words):
            yield page.in_words(
                "open-reference",
                Severity.DOUBTFUL,
                passage,
                found.start(),
                found.end(),
                f"“{found[0]}” refers to no place yet; name the place before the text is issued.",
            )
        for found in _NUMBERED_REFERENCE.finditer(words) if retired else ():
            first, last = found[1], found[2] or found[1]
            if first in retired or last in retired:
                yield page.in_words(
                    "stale-reference",
                    Severity.DOUBTFUL,
                    passage,
                    found.start(),
                    found.end(),
                    f"“{found[0]}” names a number that is retired; say which paragraph is meant.",
                )


def pending_references(page: Page) -> Iterator[Anomaly]:
    """Resolutions cited as of the last conference, while others already cite this one."""
    title = next((p for p in page.passages if p.clause.kind is Kind.TITLE), None)
    if title is None:
        return
    named = _PLACE_AND_YEAR.search(title.clause.live_words)
    if named is None:
        return
    this = (named[1].strip().lower(), named[2])
    cited: list[tuple[Passage, re.Match[str], tuple[str, str]]] = []
    for passage in page.passages:
        # Struck words are blanked, so that places in the clause stay what they are.
        words = "".join(
            " " * len(run.words) if run.struck else run.words for run in passage.clause.runs
        )
        for found in _CITED.finditer(" ".join(words.split())):
            cited.append((passage, found, (found[1].strip().lower(), found[2])))
    renewed = next((found for _, found, version in cited if version == this), None)
    if renewed is None:
        return
    last = _last_version(title)
    for passage, found, version in cited:
        if version != last:
            continue
        at = passage.clause.words.find(found[1].strip())
        yield page.in_words(
            "pending-reference",
            Severity.DOUBTFUL,
            passage,
            max(0, at),
            max(0, at) + len(found[1].strip()) + 6,
            f"This cites the version of {found[1].strip()}, {found[2]}, while another reference "
            f"already cites {renewed[1].strip()}, {renewed[2]}; it may be under revision, too. "
            "Check with the other group.",
        )


def _last_version(title: Passage) -> tuple[str, str] | None:
    struck = "".join(run.words for run in title.clause.runs if run.struck)
    found = re.search(r"([^(),]{1,40}), (\d{4})", struck)
    return (found[1].strip().lower(), found[2]) if found else None


def leaked_notes(page: Page) -> Iterator[Anomaly]:
    """Notes that a delegation wrote for itself."""
    for passage in page.passages:
        found = _INTERNAL.search(passage.clause.words)
        if found:
            start = max(0, passage.clause.words.rfind("(", 0, found.start()))
            yield page.in_words(
                "internal-note",
                Severity.DOUBTFUL,
                passage,
                start,
                len(passage.clause.words),
                "This reads like an internal note of a delegation; take it out before the text "
                "goes to anybody else.",
            )


def numbered_options(page: Page) -> Iterator[Anomaly]:
    """An option that has taken the number of an item."""
    for passage in page.passages:
        clause = passage.clause
        number = clause.lead[: clause.lead.find("Option")].strip("-*•# \t_")
        if clause.kind is Kind.OPTION and number and page.conventions.lints:
            yield page.whole(
                "option-with-label",
                Severity.DOUBTFUL,
                passage,
                f"{clause.label} stands behind the label {number}; say whether the label belongs "
                "to the list around the options.",
            )


def crossing_brackets(page: Page) -> Iterator[Anomaly]:
    """Square and curly brackets that overlap without one holding the other."""
    stacks: dict[str, list[int]] = {"[": [], "{": []}
    events = sorted(
        [(pair.opened, pair) for pair in page.brackets.points]
        + [(pair.closed, pair) for pair in page.brackets.points],
        key=lambda event: event[0],
    )
    if not any(pair.glyph == "{" for pair in page.brackets.points):
        return
    for at, pair in events:
        other = stacks["{" if pair.glyph == "[" else "["]
        if at == pair.opened:
            stacks[pair.glyph].append(at)
            continue
        stacks[pair.glyph].pop()
        if other and other[-1] > pair.opened:
            yield page.at_place(
                "crossing-brackets",
                Severity.EDITORIAL,
                at,
                f"The bracket opened in line {page.lines.line_of(pair.opened)} closes here, inside "
                f"one opened in line {page.lines.line_of(other[-1])}; check where each should end.",
                words=page.source[max(0, at - 20) : at + 1].split("\n")[-1],
                related=(page.lines.line_of(pair.opened), page.lines.line_of(other[-1])),
            )


def brackets_over_headings(page: Page) -> Iterator[Anomaly]:
    """A bracket that opens in one block and closes in another may have lost its own end."""
    clauses = page.passages
    heading_before: list[int] = []
    last = 0
    for passage in clauses:
        last = passage.clause.key if passage.clause.kind is Kind.HEADING else last
        heading_before.append(last)
    for point in page.points:
        first, end = point.extents[0], point.extents[-1]
        if point.kind in (PointKind.WHOLE, PointKind.OPTION) or first.clause == end.clause:
            continue
        block = heading_before[first.clause - 1]
        if block == heading_before[end.clause - 1] or first.clause == block:
            continue
        passage = clauses[end.clause - 1]
        yield page.whole(
            "bracket-over-heading",
            Severity.DOUBTFUL,
            passage,
            f"The bracket opened in line {point.line} closes only here, under another heading; its "
            "own end may be lost. Confirm what it covers.",
        )


def lost_insertions(page: Page) -> Iterator[Anomaly]:
    """An item that expects another one, where all that follows is still open."""
    groups = page.groups
    for siblings in page.lists:
        living = [p for p in siblings if is_live(p.clause) and p.clause.label]
        settled = [p for p in living if p.clause.key not in groups]
        if not settled or living[-1] is settled[-1] or len(settled) == len(living):
            continue
        last = settled[-1]
        words = last.clause.live_words.rstrip()
        if words.endswith(";") and last.main.block.label.style is not Style.SPOKEN:
            end = len(last.clause.words.rstrip())
            yield page.in_words(
                "lost-insertion-mark",
                Severity.DOUBTFUL,
                last,
                end - 1,
                end,
                f"{name_of(last.clause)} ends with a semicolon although every item after it is "
                "still open; the semicolon may be an insertion whose mark was lost. Compare the "
                "base.",
            )
