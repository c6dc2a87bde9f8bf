"""What a base tells about damage: numbers and words printed as one, strikes that were lost.

Each recovery corrects the reading of one clause and says so; nothing is corrected in silence.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import attrs

from negotiation.papers.damage import LEAST_REPEATED, repetition
from negotiation.papers.draft import DraftClause, Edit, Origin, Repair, Severity
from negotiation.papers.tokens import Atom, Token

_LEAST_FUSED_LETTERS = 4
_MOST_JOINED = 4
_LONGEST_REPLACED = 200
"""A stray bracket tells of a replacement near it, not of half a page."""
_SHARE_FUSED = 0.8
_CLOSERS = "]}"
_OPENERS = "[{"


@attrs.frozen
class Fix:
    """A recovery: what it is, where it stands in the printed words, and which atoms it corrects."""

    code: str
    severity: Severity
    start: int
    end: int
    message: str
    says: str
    atoms: tuple[int, ...] = ()
    """Those that the reading has right already, by their identity."""
    removed: tuple[int, ...] = ()
    """Those that are still to be taken out, by their identity."""


def fused(
    page: Sequence[Token], base: Sequence[Token]
) -> tuple[int, int, int, Callable[[bool], list[Atom]]] | None:
    """A printed word that is a base word and something else in one.

    Its index, the base words in it, and the atoms that it becomes.
    """
    for index, token in enumerate(page):
        for first in range(len(base)):
            for count in range(min(_MOST_JOINED, len(base) - first), 0, -1):
                made = _split(token, base[first : first + count])
                if made is not None:
                    return index, first, first + count, made
        if len(page) * len(base) > 10_000:
            return None
    return None


def _split(token: Token, base: Sequence[Token]) -> Callable[[bool], list[Atom]] | None:
    joined = "".join(one.text for one in base)
    if len(base) > 1 and token.text == joined and all(one.text.isalnum() for one in base):
        return _with_space(token, base)
    if len(base) != 1 or token.text == joined or not joined.isalnum():
        return None
    if token.text.startswith(joined):
        old, new, base_first = joined, token.text[len(joined) :], True
    elif token.text.endswith(joined):
        old, new, base_first = joined, token.text[: -len(joined)], False
    else:
        return None
    numbers = old.isdigit() and new.isdigit()
    capital = base_first and old[-1:].islower() and new[:1].isupper()
    grown = min(len(old), len(new)) >= _LEAST_FUSED_LETTERS and old.isalpha() and new.isalpha()
    if not (numbers or capital or (grown and base_first)):
        return _grown(token, old, new, base[0]) if base_first and len(old) >= 3 else None

    def make(struck: bool) -> list[Atom]:
        at = token.start
        kept = Atom(
            old,
            at if base_first else at + len(new),
            struck,
            Origin.BASE,
            lost=not struck,
            base_spaced=base[0].spaced,
        )
        put = Atom(new, at + len(old) if base_first else at, struck, Origin.INSERTED)
        return [kept, put] if base_first else [put, kept]

    return make


def _grown(token: Token, old: str, new: str, base: Token) -> Callable[[bool], list[Atom]] | None:
    """A base word with an ending: the ending was put in."""
    if not (old.isalpha() and new.isalpha() and len(new) <= 3):
        return None

    def make(struck: bool) -> list[Atom]:
        return [
            Atom(old, token.start, struck, Origin.BASE, base_spaced=base.spaced),
            Atom(new, token.start + len(old), struck, Origin.INSERTED),
        ]

    return make


def _with_space(token: Token, base: Sequence[Token]) -> Callable[[bool], list[Atom]]:
    def make(struck: bool) -> list[Atom]:
        atoms: list[Atom] = []
        at = token.start
        for one in base:
            atoms.append(Atom(one.text, at, struck, Origin.BASE, base_spaced=one.spaced))
            at += len(one.text)
        return atoms

    return make


def recovered(clause: DraftClause, base: DraftClause, atoms: list[Atom]) -> list[Fix]:
    """Everything that the base tells about one clause; lost strikes are set on the atoms."""
    fixes = [
        *_old_and_new(clause, atoms),
        *_before_stray_closers(atoms),
        *_after_stray_openers(atoms),
        *_emptied_quotations(atoms),
    ]
    fixes.extend(_printed_as_one(atoms))
    fixes.extend(_missing(atoms, clause))
    return fixes


def _is_base(atom: Atom) -> bool:
    return atom.origin is not None and atom.origin is not Origin.INSERTED


def _old_and_new(clause: DraftClause, atoms: Sequence[Atom]) -> list[Fix]:
    """The whole base sentence, then a new one much like it: the strike on the first was lost."""
    words = [atom for atom in atoms if atom.origin is not None]
    living = [atom for atom in words if atom.printed and not atom.struck]
    kept = [atom for atom in living if _is_base(atom)]
    put_in = [atom for atom in living if atom.origin is Origin.INSERTED]
    base_count = sum(1 for atom in words if _is_base(atom))
    if len(kept) < _SHARE_FUSED * base_count or len(put_in) < LEAST_REPEATED:
        return []
    found = repetition(clause, ())
    if found is None or found[2] < LEAST_REPEATED or 4 * found[2] < len(kept):
        return []
    first, last = living.index(kept[0]), living.index(kept[-1])
    inside = sum(1 for atom in living[first : last + 1] if atom.origin is Origin.INSERTED)
    outside = len(put_in) - inside
    if inside > 0.15 * len(kept) or outside < 0.5 * len(kept):
        return []
    for atom in kept:
        atom.lost = True
    start, end = living[0].at, living[-1].at + len(living[-1].text)
    return [
        Fix(
            "fused-text",
            Severity.DAMAGED,
            start,
            end,
            "The base sentence is printed whole, and a new one much like it beside it: its strike "
            "was lost. Confirm that the new one takes its place.",
            "Read the base sentence as struck and the other words as inserted.",
            tuple(id(atom) for atom in (*kept, *put_in)),
        )
    ]


def _before_stray_closers(atoms: Sequence[Atom]) -> list[Fix]:
    """`old words} new words`: the bracket closed what was replaced."""
    words = [atom for atom in atoms if atom.origin is not None and atom.printed]
    fixes: list[Fix] = []
    for index, atom in enumerate(words):
        if atom.text not in _CLOSERS or atom.struck or _is_base(atom):
            continue
        after = _row(words, index + 1, _came_in)
        # Nothing tells where the old words began; as many as came in is the likeliest.
        count = sum(1 for one in after if one.text[:1].isalnum())
        old: list[Atom] = []
        for place in range(index - 1, -1, -1):
            earlier = words[place]
            if not count or not _is_base(earlier) or earlier.struck:
                break
            old.append(earlier)
            count -= earlier.text[:1].isalnum()
        if not after or not old:
            continue
        fixes.append(_stray("unmatched-closer", atom, old[::-1], after))
    return fixes


def _after_stray_openers(atoms: Sequence[Atom]) -> list[Fix]:
    """`{old words new words`: the bracket opened what was replaced."""
    words = [atom for atom in atoms if atom.origin is not None and atom.printed]
    fixes: list[Fix] = []
    for index, atom in enumerate(words):
        if atom.text not in _OPENERS or atom.struck or _is_base(atom):
            continue
        old = _row(words, index + 1, _stayed)
        after = _row(words, index + 1 + len(old), _came_in)
        if old and after:
            fixes.append(_stray("unmatched-opener", atom, old, after))
    return fixes


def _row(words: Sequence[Atom], start: int, wanted: Callable[[Atom], bool]) -> list[Atom]:
    """The words from a place on, as long as they are of one sort."""
    row: list[Atom] = []
    while start + len(row) < len(words) and wanted(words[start + len(row)]):
        row.append(words[start + len(row)])
        if len(row) > _LONGEST_REPLACED:
            return []
    return row


def _came_in(atom: Atom) -> bool:
    return not _is_base(atom) and not atom.struck


def _stayed(atom: Atom) -> bool:
    return _is_base(atom) and not atom.struck


def _stray(code: str, mark: Atom, old: Sequence[Atom], new: Sequence[Atom]) -> Fix:
    for atom in old:
        atom.lost = True
    before, behind = _quoted(old), _quoted(new)
    partner = "no opening" if code == "unmatched-closer" else "no closing"
    return Fix(
        code,
        Severity.DAMAGED,
        mark.at,
        mark.at + 1,
        f"The {mark.text} has {partner} partner; beside the base it shows that “{before}” was "
        f"replaced by “{behind}” and that its strike was lost. Confirm it, or say what stands.",
        f"Read “{before}” as struck and “{behind}” as inserted, and take the {mark.text} out.",
        tuple(id(atom) for atom in (*old, *new)),
        (id(mark),),
    )


def _quoted(atoms: Sequence[Atom]) -> str:
    text = ""
    end = atoms[0].at
    for atom in atoms:
        text += (" " if atom.at > end else "") + atom.text
        end = atom.at + len(atom.text)
    return text if len(text) <= 80 else f"{text[:60]}…{text[-15:]}"


def _emptied_quotations(atoms: Sequence[Atom]) -> list[Fix]:
    """Quotation marks of the base around words that are all struck: struck with them."""
    words = [atom for atom in atoms if atom.origin is not None and atom.printed]
    fixes: list[Fix] = []
    opened: Atom | None = None
    inner: list[Atom] = []
    for atom in words:
        quote = atom.text in ('"', "“", "”", "„") and _is_base(atom) and not atom.struck
        if not quote:
            if opened is not None:
                inner.append(atom)
            continue
        if opened is not None and inner and all(one.struck for one in inner):
            opened.lost = atom.lost = True
            fixes.append(
                Fix(
                    "emptied-quotation",
                    Severity.DOUBTFUL,
                    opened.at,
                    atom.at + 1,
                    "Every word of this base quotation is struck, but its quotation marks are "
                    "not; read as struck with it. Confirm it.",
                    "Read both quotation marks as struck.",
                    (id(opened), id(atom)),
                )
            )
            opened, inner = None, []
        else:
            opened, inner = atom, []
    return fixes


def _printed_as_one(atoms: Sequence[Atom]) -> list[Fix]:
    """Base and new word in one, and two base words without their space."""
    fixes: list[Fix] = []
    words = [atom for atom in atoms if atom.origin is not None and atom.printed]
    for one, two in pairwise(words):
        if one.at + len(one.text) != two.at or not (one.text[-1:] + two.text[:1]).isalnum():
            continue
        whole = one.text + two.text
        if _is_base(one) and _is_base(two):
            if not two.base_spaced:
                continue
            fixes.append(
                Fix(
                    "joined-words",
                    Severity.DAMAGED,
                    one.at,
                    two.at + len(two.text),
                    f"“{whole}” is “{one.text} {two.text}” in the base: the space was lost. Put it "
                    "back, or say what stands.",
                    f"Read “{one.text} {two.text}”.",
                    removed=(id(two),),
                )
            )
        elif (one.lost or two.lost) and not (one.lost and two.lost):
            old, new = (one, two) if one.lost else (two, one)
            number = old.text.isdigit()
            fixes.append(
                Fix(
                    "fused-number" if number else "fused-words",
                    Severity.DAMAGED,
                    one.at,
                    two.at + len(two.text),
                    f"“{whole}” is “{old.text}” of the base and “{new.text}” printed as one: the "
                    f"strike on “{old.text}” was lost. Confirm it.",
                    f"Read “{old.text}” as struck and “{new.text}” as inserted.",
                    (id(old), id(new)),
                )
            )
    return fixes


def _missing(atoms: Sequence[Atom], clause: DraftClause) -> list[Fix]:
    """Base words that the page neither prints nor strikes."""
    fixes: list[Fix] = []
    for index, atom in enumerate(atoms):
        if atom.printed:
            continue
        start = max(0, min(atom.at, len(clause.words) - 1))
        rest = (atoms[at] for at in range(index + 1, len(atoms)))
        following = next((one for one in rest if one.origin is not None), None)
        mark = not any(letter.isalnum() for letter in atom.text)
        if mark and following is not None and following.text in ",;.:":
            message = (
                f"The base has “{atom.text}” where the page prints “{following.text}” without a "
                "mark; the new mark is read as inserted, and a further item was expected. "
                "Confirm it."
            )
            code, start = "lost-insertion-mark", following.at
        else:
            message = (
                f"The base has “{atom.text[:80]}” here, and the page neither prints nor strikes "
                "it; read as struck. Confirm it, or say what stands."
            )
            code = "strike-lost"
        fixes.append(
            Fix(
                code,
                Severity.DOUBTFUL,
                start,
                start + 1,
                message,
                f"Read “{atom.text[:80]}” as struck.",
                (id(atom),),
            )
        )
    return fixes


def repair_of(fix: Fix, clause: int, atoms: Sequence[Atom]) -> Repair:
    """The correction of a fix on the offsets of the finished clause."""
    edits: list[Edit] = []
    at = 0
    right, removed = set(fix.atoms), set(fix.removed)
    between: str | None = None
    for atom in atoms:
        end = at + len(atom.text)
        origin = atom.origin or Origin.INSERTED
        struck = atom.struck or atom.lost
        if id(atom) in removed and fix.code == "joined-words":
            # The base's space already stands there, struck because it is not printed.
            edits.append(Edit(clause, at - 1, at, " ", Origin.BASE, False))
        elif id(atom) in removed:
            edits.append(Edit(clause, at, end, "", origin, False))
            between = None
        elif id(atom) in right:
            last = edits[-1] if edits and between is not None else None
            if last and (last.origin, last.struck) == (origin, struck):
                edits[-1] = attrs.evolve(last, end=end, words=f"{last.words}{between}{atom.text}")
            else:
                edits.append(Edit(clause, at, end, atom.text, origin, struck, applied=True))
            between = ""
        elif between is not None:
            between = None if atom.text.strip() else between + atom.text
        at = end
    return Repair(fix.says, tuple(edits))
