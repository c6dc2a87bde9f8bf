"""What a page holds in numbers, so that every mark is accounted for and drafts can be compared.

"The text has so many brackets" has no meaning of its own; here stand the numbers that have one.
"""

from collections.abc import Sequence

from negotiation.papers.brackets import Brackets
from negotiation.papers.draft import Counts, DraftClause, DraftPoint, Kind, PointKind
from negotiation.papers.marks import Marks


def counts_of(
    source: str,
    marks: Marks,
    brackets: Brackets,
    clauses: Sequence[DraftClause],
    points: Sequence[DraftPoint],
) -> Counts:
    """The counts of one page."""
    struck = [source[span.inner_start : span.inner_end].split() for span in marks.strikes]
    struck = [words for words in struck if words]
    literal_square = sum(1 for _, glyph in marks.literal if glyph in "[]")
    literal_curly = len(marks.literal) - literal_square
    noted = 2 * len(brackets.notes)
    literal_open = {
        glyph: sum(1 for _, found in marks.literal if found == glyph) for glyph in "[]{}"
    }
    real = [point for point in points if point.kind is not PointKind.WHOLE]
    whole = {point.key for point in points if point.kind is PointKind.WHOLE}
    return Counts(
        open_points=len(real),
        outer_points=sum(1 for point in real if point.parent is None or point.parent in whole),
        square_opened=source.count("[") - literal_open["["],
        square_closed=source.count("]") - literal_open["]"],
        curly_opened=source.count("{") - literal_open["{"],
        curly_closed=source.count("}") - literal_open["}"],
        square_pairs=sum(1 for pair in marks.pairs if pair.glyph == "["),
        curly_pairs=sum(1 for pair in marks.pairs if pair.glyph == "{"),
        dead_pairs=len(brackets.dead),
        live_words_inside=_live_words_inside(clauses, points),
        struck_spans=len(struck),
        struck_words=sum(len(words) for words in struck),
        words=len(source.replace("~~", "").split()),
        depth=marks.depth,
        brackets_paired=2 * (len(brackets.points) + len(brackets.dead)) + noted,
        brackets_anomalous=marks.stray_count,
        brackets_literal=literal_square + literal_curly,
        headings=sum(1 for clause in clauses if clause.kind is Kind.HEADING),
    )


def _live_words_inside(clauses: Sequence[DraftClause], points: Sequence[DraftPoint]) -> int:
    """Living words inside brackets, each counted once; labels inside count as words, too."""
    inside: dict[int, list[tuple[int, int]]] = {}
    for point in points:
        if point.parent is not None or point.kind in (PointKind.OPTION, PointKind.WHOLE):
            continue
        for extent in point.extents:
            start = -1 if extent.start is None else extent.start
            inside.setdefault(extent.clause, []).append((start, extent.end or (1 << 60)))
    total = 0
    for clause in clauses:
        spans = inside.get(clause.key)
        if not spans:
            continue
        spans.sort()
        at = -2
        words: list[str] = []
        living = _living(clause)
        text = clause.words
        for start, end in spans:
            begin = max(start, at)
            if begin < 0 and clause.label and not clause.label_struck:
                words.append(clause.label)
            parts = [text[max(begin, a) : min(end, b)] for a, b in living if b > begin and a < end]
            words.append("".join(parts) if end > begin else "")
            at = max(at, end)
        total += sum(len(part.split()) for part in words)
    return total


def _living(clause: DraftClause) -> list[tuple[int, int]]:
    """The stretches of a clause that are not struck."""
    found: list[tuple[int, int]] = []
    at = 0
    for run in clause.runs:
        end = at + len(run.words)
        if not run.struck:
            found.append((at, end))
        at = end
    return found
