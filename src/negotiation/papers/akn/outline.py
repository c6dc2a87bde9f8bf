"""Where each clause goes in a document: preface, preamble or main body, and under which other.

Akoma Ntoso wants a tree in three parts, the record has a row of clauses that know how deep they
stand. The order of the row is the order of the tree, whatever the levels say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.outline import is_preambular
from negotiation.domain.terms import Kind

_PREFACE = frozenset((Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.NOTE))
_APART = frozenset((Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.FOOTNOTE))
"""What stands under no other clause."""
_BESIDE = frozenset((Kind.NOTE, Kind.OPTION))
"""What may stand anywhere, and goes with what is before it."""
_DEEPEST = 12
"""Deeper lists are written side by side; the level says how deep they are."""


@attrs.define
class Node:
    """A clause, and those that stand under it."""

    clause: Clause
    level: int
    under: list[Node] = attrs.field(factory=list)


@attrs.frozen
class Parts:
    """The clauses of a text in the three parts of a document."""

    preface: tuple[Node, ...]
    preamble: tuple[Node, ...]
    body: tuple[Node, ...]


def parts_of(clauses: tuple[Clause, ...], levels: Mapping[str, int]) -> Parts:
    """The clauses as the trees of the three parts."""
    first = next((i for i, one in enumerate(clauses) if one.kind not in _PREFACE), len(clauses))
    last = first
    block = False
    for place, clause in enumerate(clauses[first:], start=first):
        if clause.kind is Kind.HEADING:
            block = is_preambular(_words(clause))
            goes_on = block
        else:
            opens = not clause.label and is_preambular(_words(clause))
            goes_on = block or clause.kind is Kind.ENACTING or opens
        if goes_on:
            last = place + 1
        elif clause.kind not in _BESIDE:
            break
    return Parts(
        _nested(clauses[:first], levels),
        _nested(clauses[first:last], levels),
        _nested(clauses[last:], levels),
    )


def _words(clause: Clause) -> str:
    return clause.passage.live or clause.passage.base


def _nested(clauses: Iterable[Clause], levels: Mapping[str, int]) -> tuple[Node, ...]:
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for clause in clauses:
        node = Node(clause, levels.get(clause.id, 0))
        heading = clause.kind is Kind.HEADING
        while open_nodes and (clause.kind in _APART or _closes(open_nodes[-1], node, heading)):
            open_nodes.pop()
        del open_nodes[_DEEPEST:]
        (open_nodes[-1].under if open_nodes else roots).append(node)
        if clause.kind not in _APART:
            open_nodes.append(node)
    return tuple(roots)


def _closes(before: Node, node: Node, heading: bool) -> bool:
    """Whether a clause stands no more under the one before it."""
    if before.clause.kind is Kind.HEADING:
        return heading and before.level >= node.level
    return heading or before.level >= node.level
