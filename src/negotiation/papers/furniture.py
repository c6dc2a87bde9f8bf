"""What a file prints between its paragraphs that is no text: front matter, comments, rules.

It belongs to no clause and says nothing, but the page is not the same page without it; so the
clause that follows carries it in its lead. Leaves out link definitions, which are looked up in the
received source.
"""

from collections.abc import Sequence

import attrs

from negotiation.papers.blocks import Lines, is_rule
from negotiation.papers.marks import Marks, link_definitions
from negotiation.papers.passages import Passage


def with_furniture(
    found: Sequence[Passage], source: str, lines: Lines, marks: Marks
) -> list[Passage]:
    """The passages, each led in by the furniture that the page prints before it."""
    printed = _furniture(source, lines, marks)
    if not printed:
        return list(found)
    result: list[Passage] = []
    waiting = iter([*printed, (len(source) + 1, "")])
    at, words = next(waiting)
    for passage in found:
        before: list[str] = []
        while at < passage.parts[0].block.start:
            before.append(words)
            at, words = next(waiting)
        if before:
            clause = passage.clause
            lead = "".join(f"{one}\n\n" for one in before) + clause.lead
            passage = attrs.evolve(passage, clause=attrs.evolve(clause, lead=lead))
        result.append(passage)
    return result


def parted(lead: str) -> tuple[str, str]:
    """A lead in two: the furniture before the paragraph, and what begins the paragraph itself."""
    furniture, _, own = lead.rpartition("\n\n")
    return furniture, own


def _furniture(source: str, lines: Lines, marks: Marks) -> list[tuple[int, str]]:
    """The furniture of a page in order, with the place where each begins."""
    definitions = set(link_definitions(source))
    found: list[tuple[int, str]] = []
    for start, end in marks.skipped:
        begins_line = source[lines.starts[lines.line_of(start) - 1] : start].strip() == ""
        words = source[start:end].strip()
        if begins_line and words and words not in definitions:
            found.append((start, words))
    held = [(start, start + len(words)) for start, words in found]
    for start, end in zip(lines.starts, lines.ends, strict=True):
        if is_rule(source, start, end) and not any(low <= start < high for low, high in held):
            found.append((start, source[start:end].strip()))
    found.sort()
    return found
