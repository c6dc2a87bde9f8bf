"""What the marks of a page mean in one body: the convention profiles itu, un, unfccc and who.

The same mark means different things in different rooms, so the reader is always handed a profile.
The profiles are defaults that a person chooses; `guess` only proposes one and says why.
"""

import re
from collections.abc import Collection
from enum import StrEnum

import attrs


class Curly(StrEnum):
    """What `{ }` is taken for."""

    OUTER_GROUP = "outer group"
    ANNOTATION = "annotation"


@attrs.frozen
class Conventions:
    """What marks, labels and blocks mean on the pages of one body."""

    name: str
    curly: Curly
    spaced_adjacency: bool
    """Whether `[a] [b]`, with a space between, is one open point with two alternatives."""
    changes_stand: bool
    """Whether unbracketed changes stand as retained by the group, or are pending."""
    struck_may_be_dropped_proposals: bool
    """Whether struck words that were never base are proposals not retained."""
    attributions: bool = True
    """Whether lines like `CUB/70/3 – Cuba` name the sponsor of what follows."""
    lints: bool = False
    """Whether the editors' rules of the body (punctuation, capitals, numbering) are known."""
    enacting: tuple[str, ...] = ()
    """Words that show whose page it is, for `guess`."""


ITU = Conventions(
    name="itu",
    curly=Curly.OUTER_GROUP,
    spaced_adjacency=False,
    changes_stand=True,
    struck_may_be_dropped_proposals=True,
    lints=True,
    enacting=("Plenipotentiary Conference", "ITU", "UIT", "Telecommunication"),
)
UN = Conventions(
    name="un",
    curly=Curly.ANNOTATION,
    spaced_adjacency=True,
    changes_stand=False,
    struck_may_be_dropped_proposals=False,
    enacting=("General Assembly", "Human Rights Council", "United Nations", "A/CONF."),
)
UNFCCC = Conventions(
    name="unfccc",
    curly=Curly.ANNOTATION,
    spaced_adjacency=True,
    changes_stand=False,
    struck_may_be_dropped_proposals=False,
    attributions=False,
    enacting=("UNFCCC", "Climate Change", "CMA", "Conference of the Parties"),
)
WHO = Conventions(
    name="who",
    curly=Curly.ANNOTATION,
    spaced_adjacency=True,
    changes_stand=False,
    struck_may_be_dropped_proposals=False,
    enacting=("WHO", "World Health", "INB", "International Health Regulations"),
)
KNOWN = (ITU, UN, UNFCCC, WHO)


def for_name(name: str) -> Conventions:
    """The profile of that name; a ValueError says which ones there are."""
    for conventions in KNOWN:
        if conventions.name == name.strip().lower():
            return conventions
    names = ", ".join(conventions.name for conventions in KNOWN)
    raise ValueError(f"There are no conventions named {name!r}; choose one of {names}.")


@attrs.frozen
class Guess:
    """A proposed profile and the reason for it, for a person to confirm."""

    conventions: Conventions
    reason: str


_SYMBOL_LINE = re.compile(r"^\W{0,8}[A-Z]{1,5}(?:/[A-Z]{1,5}){0,30}/\d{1,3}(?:A\d{1,2})?/\d{1,3}\b")
_PROPOSAL_LINE = re.compile(
    r"^\W{0,8}\(?(?:MOD|ADD|SUP|NOC)\)?\s{1,9}"
    r"[A-Z]{1,5}(?:/[A-Z]{1,5}){0,30}/\d{1,3}(?:A\d{1,2}){0,2}/\d{1,3}\b"
)
"""How ITU prints a proposal in every language: `MOD MEX/18A3/1`."""
_NOT_IN_A_NAME = re.compile(r"[\W_]+")
_ITU_STYLE = re.compile(r"resno|restit\w{2}|call|proposal|enumlev[1-9]|normalaftertitle|reasons")
_SPOKEN_LABEL = re.compile(r"^\W{0,8}(?:PP|OP)\d{1,3}")
_OPTION_LINE = re.compile(r"^\W{0,12}Option (?:\d|[IVX])")
_BARE_VERB = re.compile(
    r"^(?:aware|considering|recalling|noting|recognizing|reaffirming|resolves|instructs|invites"
    r"|requests)(?: [A-Za-z-]{1,24}){0,12}$"
)
_READ_FOR_GUESS = 200_000
_HEAD = 3_000


def guess(source: str, styles: Collection[str] = ()) -> Guess:
    """The profile that fits a page best, with the reason; `un` where nothing speaks for another.

    ``styles`` are those of a Word file: a template tells its body in any language.
    """
    names = {_NOT_IN_A_NAME.sub("", name).casefold() for name in styles}
    known = sorted(name for name in names if _ITU_STYLE.fullmatch(name))
    if len(known) > 1:
        return Guess(ITU, f"The styles are those of ITU's templates: {', '.join(known)}.")
    opening = source[:_READ_FOR_GUESS]
    lines = [line.strip() for line in opening.splitlines()]
    symbols = sum(1 for line in lines if _SYMBOL_LINE.match(line))
    proposals = sum(1 for line in lines if _PROPOSAL_LINE.match(line))
    verbs = sum(1 for line in lines if _BARE_VERB.match(line))
    spoken = sum(1 for line in lines if _SPOKEN_LABEL.match(line))
    options = sum(1 for line in lines if _OPTION_LINE.match(line))
    slashes = opening.count("]/[")
    named = {
        conventions.name: sum(min(opening.count(words), 5) for words in conventions.enacting)
        for conventions in KNOWN
    }
    head = opening[:_HEAD]
    if any(words in head for words in ("A/CONF.", "A/RES/", "A/HRC/")) and "UNFCCC" not in head:
        return Guess(UN, "The head of the page has a symbol of the United Nations.")
    if proposals:
        return Guess(ITU, f"{proposals} lines head a proposal as MOD, ADD, SUP or NOC.")
    if symbols > 1 or verbs >= 2 or (symbols and verbs):
        return Guess(
            ITU, f"{verbs} verb headings on lines of their own and {symbols} proposal symbols."
        )
    if spoken:
        return Guess(UN, f"{spoken} paragraphs are counted as PP or OP.")
    if options or "NDMC" in opening:
        return Guess(UNFCCC, f"{options} options stand as blocks of their own.")
    if slashes > opening.count("]["):
        return Guess(WHO, f"{slashes} wordings are joined by a slash between brackets.")
    best = max(KNOWN, key=lambda conventions: named[conventions.name])
    if named[best.name]:
        return Guess(best, f"Words of that body occur {named[best.name]} times.")
    return Guess(UN, "Nothing on the page speaks for another body.")
