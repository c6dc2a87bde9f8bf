"""What a clause is called, as people read it off the page: ``reaffirming/e``.

A path is the heading of the block, the labels of what the clause stands under, and its own label,
labels without their brackets and stops:

- ``title``, ``subject``, ``enacting``, ``header``, ``note`` and ``footnote``, with the label where
  there is one: ``footnote/1``;
- a heading by its words, ``considering further``, its label before them where it has one;
- an item or a paragraph as ``recalling/c``, or ``resolves/2/a/iii`` where levels say what it
  stands under;
- one without a label by its number among its kind, ``considering further/1``, written ``p1`` where
  others beside it have labels;
- a chapeau as ``resolves/chapeau``, an option by its label or its first words;
- the second of equal ones with ``#2``: clauses that stand come before those that are struck.

A path belongs to one moment. What stays is the clause's id.
"""

from __future__ import annotations

from functools import lru_cache

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind
from negotiation.views.at_that_time import Moment

_NAMED = (Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.HEADER, Kind.NOTE, Kind.FOOTNOTE)
_OPTION_WORDS = 4
_ENDS = "()[].:;, \u00a0\t"


_Named = tuple[Clause, str]
"""A clause and its path."""


def path(moment: Moment, clause: str) -> str:
    """The path of a clause; empty when it is not in the text."""
    return paths(moment).get(clause, "")


def paths(moment: Moment) -> dict[str, str]:
    """The path of every clause of a moment, by its id."""
    return {clause.id: path for clause, path in _all(moment)}


class Names:
    """The paths of the moments of one record: what was worked out stands until a name changes."""

    _MANY = 64

    def __init__(self) -> None:
        """Nothing is known yet."""
        # By the identity of the order of clauses, which the row keeps alive.
        self._known: dict[int, tuple[object, tuple[Clause, ...], dict[str, str]]] = {}

    def paths(self, moment: Moment) -> dict[str, str]:
        """The path of every clause of a moment, by its id; not to be changed."""
        order, clauses = moment.negotiation.order, moment.clauses
        known = self._known.get(id(order))
        if known is not None and len(known[1]) == len(clauses):
            alike = all(
                one is other or _named_alike(one, other)
                for one, other in zip(known[1], clauses, strict=True)
            )
            if alike:
                return known[2]
        if len(self._known) >= self._MANY:
            self._known.pop(next(iter(self._known)))
        called = paths(moment)
        self._known[id(order)] = (order, clauses, called)
        return called


def _named_alike(one: Clause, other: Clause) -> bool:
    """Whether a clause is called the same in two of its states, all others being equal."""
    if (
        one.label != other.label
        or one.kind is not other.kind
        or one.margin.tabled != other.margin.tabled
        or one.passage.gone != other.passage.gone
    ):
        return False
    if one.kind is Kind.HEADING or (one.kind is Kind.OPTION and not one.label):
        return _heading_words(one) == _heading_words(other)
    return True


def find(moment: Moment, path: str) -> tuple[Clause, ...]:
    """The clauses that somebody may mean by a path: none, one, or several where it is not clear.

    Takes a path, an id, a heading, a label alone or the end of a path. Case does not matter, and
    labels may be written with or without their brackets and stops.
    """
    by_id = moment.clause(path)
    if by_id is not None and by_id.margin.tabled:
        return (by_id,)
    wanted = _key(path)
    if not wanted:
        return ()
    everything = [named for named in _all(moment) if named[0].margin.tabled]
    if exact := [clause for clause, path in everything if _key(path) == wanted]:
        return tuple(exact)
    if wanted.endswith("#1") and (first := find(moment, wanted[:-2])):
        return first[:1]
    ends = [clause for clause, path in everything if _key(path).endswith("/" + wanted)]
    if not ends:
        # The label or the words of a heading, the words of a clause, a path without its "#2".
        ends = [clause for clause, path in everything if wanted in _other_names(clause, path)]
    standing = [clause for clause in ends if clause.stands]
    return tuple(standing or ends)


def block(moment: Moment, heading: str) -> tuple[Clause, ...]:
    """A heading and the clauses under it; a clause that is no heading answers itself."""
    found: list[Clause] = []
    for clause in moment.clauses:
        if clause.id == heading:
            found = [clause]
            if clause.kind is not Kind.HEADING:
                break
        elif found and clause.kind in (Kind.HEADING, Kind.NOTE, Kind.FOOTNOTE):
            break
        elif found and clause.margin.tabled:
            found.append(clause)
    return tuple(found)


# -- one name each --------------------------------------------------------------------------------


def _all(moment: Moment) -> list[_Named]:
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    rows: list[_Named] = []
    heading = ""
    inside: list[Clause] = []
    headings: dict[str, int] = {}
    for clause in moment.clauses:
        if clause.kind is Kind.HEADING:
            rows += _block(heading, inside, levels)
            heading, inside = _heading(clause, headings), []
            rows.append((clause, heading))
        elif clause.kind in _NAMED:
            label = _bare(clause.label)
            name = clause.kind.value
            rows.append((clause, f"{name}/{label}" if label else name))
        else:
            inside.append(clause)
    rows += _block(heading, inside, levels)
    return _told_apart(rows)


def _heading(clause: Clause, headings: dict[str, int]) -> str:
    """A heading's path, told apart from earlier ones so that its block can go by it."""
    name = " ".join(part for part in (_bare(clause.label), _heading_words(clause)) if part)
    name = name or "heading"
    times = headings[_key(name)] = headings.get(_key(name), 0) + 1
    return f"{name}#{times}" if times > 1 else name


def _heading_words(clause: Clause) -> str:
    words = clause.passage.live or clause.passage.words
    return " ".join(words.split()).strip(_ENDS)


def _block(heading: str, clauses: list[Clause], levels: dict[str, int]) -> list[_Named]:
    labels = any(one.label for one in clauses if one.kind in (Kind.ITEM, Kind.PARAGRAPH))
    # What the next clause may stand under: level and path, the heading below all levels.
    above: list[tuple[int, str]] = []
    top = f"{heading}/" if heading else ""
    unlabelled = 0
    rows: list[_Named] = []
    for clause in clauses:
        level = levels.get(clause.id, 0)
        while above and above[-1][0] >= level:
            above.pop()
        name = _bare(clause.label)
        if clause.kind is Kind.CHAPEAU:
            name = "chapeau"
        elif clause.kind is Kind.OPTION and not name:
            name = " ".join(_heading_words(clause).split()[:_OPTION_WORDS]).strip(_ENDS)
        if not name:
            unlabelled += 1
            name = f"p{unlabelled}" if labels else str(unlabelled)
        path = (above[-1][1] if above else top) + name
        rows.append((clause, path))
        if clause.label and clause.kind is not Kind.OPTION:
            above.append((level, path + "/"))
    return rows


def _told_apart(rows: list[_Named]) -> list[_Named]:
    equal: dict[str, list[int]] = {}
    for index, (_, path) in enumerate(rows):
        equal.setdefault(_key(path), []).append(index)
    if len(equal) == len(rows):
        return rows
    told = list(rows)
    for indexes in equal.values():
        if len(indexes) > 1:
            in_turn = sorted(indexes, key=lambda index: (_left(rows[index][0]), index))
            for number, index in enumerate(in_turn[1:], start=2):
                clause, path = rows[index]
                told[index] = (clause, f"{path}#{number}")
    return told


def _left(clause: Clause) -> bool:
    return clause.passage.gone or not clause.margin.tabled


# -- how names are compared -----------------------------------------------------------------------


def _bare(label: str) -> str:
    return label.strip(_ENDS)


@lru_cache(maxsize=8192)
def _key(path: str) -> str:
    """A path as it is compared: without case, spare space, brackets and stops."""
    return "/".join(_part(part) for part in path.strip().strip("/").split("/"))


def _part(part: str) -> str:
    name, mark, number = part.partition("#")
    return " ".join(name.strip(_ENDS).casefold().split()) + mark + number.strip()


def _other_names(clause: Clause, path: str) -> set[str]:
    before, _, last = path.rpartition("/")
    names = {_key(clause.passage.live), _key(f"{before}/{last.partition('#')[0]}")}
    if clause.kind is Kind.HEADING:
        names |= {_key(clause.label), _key(_heading_words(clause))}
    return names - {""}
