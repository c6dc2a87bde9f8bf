"""How the word that is being typed could go on: a party, a verb, or words of the clause at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from negotiation.domain.clause import Clause
from negotiation.spoken.grammar import VERBS
from negotiation.text.passage import Shown

_LAST = re.compile(r"[^\s;,“”\"«»]*$")
_OPENS = re.compile(r"[“\"«„]")
_JOINING = ("after", "before", "by", "in")


def completed(
    line: str, parties: Mapping[str, str], clause: Clause | None, paths: Iterable[str] = ()
) -> str:
    """The line with its last word completed; the same line where nothing fits.

    Inside quotes the words of the clause at hand fit, else codes, verbs and paths.
    """
    if _in_quotes(line):
        return _from_clause(line, clause)
    begun = _LAST.search(line)
    word = begun[0] if begun is not None else ""
    if not word:
        return line
    codes = set(parties.values())
    rows = [
        *sorted(codes),
        *VERBS,
        *_JOINING,
        *(name for name in parties if name not in {code.casefold() for code in codes}),
        *paths,
    ]
    folded = word.casefold()
    for one in rows:
        if one.casefold().startswith(folded) and one.casefold() != folded:
            return line[: len(line) - len(word)] + parties.get(one, one)
    return line


def _in_quotes(line: str) -> bool:
    straight = line.count('"') % 2 == 1
    curly = line.count("“") > line.count("”") or line.count("«") > line.count("»")
    return straight or curly


def _from_clause(line: str, clause: Clause | None) -> str:
    """The next word of the clause behind what was quoted so far."""
    if clause is None:
        return line
    begun = max(found.end() for found in _OPENS.finditer(line))
    quoted = line[begun:]
    read = "".join(run.words for run in clause.passage.runs if run.shown is not Shown.GONE)
    place = read.casefold().find(quoted.casefold()) if quoted.strip() else -1
    if place < 0:
        return line
    end = place + len(quoted)
    more = re.match(r"\s*\S+", read[end:]) if not read[end : end + 1].isalnum() else None
    more = more or re.match(r"\S+", read[end:])
    if more is None:
        return line
    return line[:begun] + read[place:end] + more[0].rstrip(",;.:")
