"""A line of speech in statements: who, what, and which words.

What the words mean in a text is said in `meaning`. Case does not matter, quotes may be straight or
curly, statements are parted by semicolons or line ends.
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from negotiation.domain.refusals import Unclear
from negotiation.domain.terms import Stance


class Verb(enum.Enum):
    """What a statement does."""

    FLOOR = "has the floor"
    ADD = "add"
    REPLACE = "replace"
    DELETE = "delete"
    NEW = "new"
    NO_CHANGE = "no change"
    SUPPORT = "support"
    WITHDRAW = "withdraw"
    RETAIN = "retain"
    DROP = "drop"
    BRACKET = "bracket"
    HOLD = "hold"
    RELEASE = "release"
    LIFT = "lift"
    STATUS = "status"
    CHOOSE = "choose"
    AGREE = "agree"
    PARK = "park"
    RESUME = "resume"
    POSITION = "position"
    REMARK = "remark"
    UNDO = "undo"


_VERBS = {
    "add": Verb.ADD,
    "insert": Verb.ADD,
    "replace": Verb.REPLACE,
    "change": Verb.REPLACE,
    "delete": Verb.DELETE,
    "strike": Verb.DELETE,
    "remove": Verb.DELETE,
    "new": Verb.NEW,
    "noc": Verb.NO_CHANGE,
    "+": Verb.SUPPORT,
    "support": Verb.SUPPORT,
    "supports": Verb.SUPPORT,
    "withdraw": Verb.WITHDRAW,
    "withdraws": Verb.WITHDRAW,
    "retain": Verb.RETAIN,
    "accept": Verb.RETAIN,
    "drop": Verb.DROP,
    "[]": Verb.BRACKET,
    "bracket": Verb.BRACKET,
    "brackets": Verb.BRACKET,
    "hold": Verb.HOLD,
    "holds": Verb.HOLD,
    "release": Verb.RELEASE,
    "releases": Verb.RELEASE,
    "lift": Verb.LIFT,
    "status": Verb.STATUS,
    "choose": Verb.CHOOSE,
    "agree": Verb.AGREE,
    "agreed": Verb.AGREE,
    "park": Verb.PARK,
    "resume": Verb.RESUME,
    "remark": Verb.REMARK,
    "note": Verb.REMARK,
    "undo": Verb.UNDO,
}
_STANCES = {
    "opposes": Stance.OPPOSES,
    "-": Stance.OPPOSES,
    "flexible": Stance.FLEXIBLE,
    "reserves": Stance.RESERVES,
    "can accept": Stance.CAN_ACCEPT,
    "red line": Stance.RED_LINE,
}
VERBS: tuple[str, ...] = (*_VERBS, *_STANCES, "no change")
"""Everything that a statement can begin with, behind the party."""

CHAIR = "chair"

_TOKEN = re.compile(
    r"""(?P<quoted>“[^”]*”|"[^"]*"|«[^»]*»|„[^“”]*[“”])(?:\#(?P<occurrence>\d{1,4}))?
      | (?P<open>[“"«„].*)
      | (?P<mark>\[\s*\]|->|→|\+|;|\n|,|:)
      | (?P<word>[^\s;,:“”"«»„+]+)""",
    re.VERBOSE,
)
_JOINS = ("/", "&", "and")


@attrs.frozen
class Quoted:
    """Words that were quoted, which of their occurrences, and where in the line they stand."""

    words: str
    occurrence: int = 0
    """0 where it was not said."""
    at: int = attrs.field(default=0, eq=False)


@attrs.frozen
class Statement:
    """One thing said."""

    verb: Verb
    by: tuple[str, ...] = ()
    """Codes; "chair" for the chair; empty for whoever has the floor."""
    words: Quoted | None = None
    """What comes, goes, or is bracketed."""
    beside: Quoted | None = None
    """The words beside which, or instead of which, others come."""
    before: bool = False
    """Whether they come before them."""
    clause: str = ""
    """The clause that was named."""
    named: tuple[str, ...] = ()
    """A symbol, numbers, a level."""
    quoted: tuple[Quoted, ...] = ()
    """Conditions of an agreement."""
    stance: Stance | None = None


@attrs.frozen
class _Token:
    sort: str
    text: str
    at: int
    occurrence: int = 0

    @property
    def quoted(self) -> Quoted:
        return Quoted(self.text, self.occurrence, self.at)


def parse(line: str, parties: Mapping[str, str]) -> tuple[Statement, ...]:
    """The statements of a line; ``parties`` gives the code of every code and name, folded.

    Raises `Unclear` with a sentence that says where it stopped, and what could stand there.
    """
    statements: list[Statement] = []
    for tokens in _parted(_tokens(line)):
        statements.append(_Statement(tokens, parties).read())
    if len(statements) > 1 and any(one.verb is Verb.UNDO for one in statements):
        raise Unclear("An undo is an act of its own; say it alone.")
    return tuple(statements)


def _tokens(line: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(line):
        sort = found.lastgroup or ""
        if found["quoted"] is not None:
            words = found["quoted"][1:-1]
            tokens.append(_Token("quoted", words, found.start(), int(found["occurrence"] or 0)))
        elif sort == "open":
            raise Unclear("A quotation is not closed yet; end it with a quotation mark.")
        elif sort == "mark":
            tokens.append(_Token("mark", "".join(found[0].split(" ")), found.start()))
        else:
            tokens.append(_Token("word", found[0], found.start()))
    return tokens


def _parted(tokens: list[_Token]) -> Iterable[list[_Token]]:
    rows: list[list[_Token]] = [[]]
    for token in tokens:
        if token.sort == "mark" and token.text in (";", "\n"):
            rows.append([])
        else:
            rows[-1].append(token)
    return [row for row in rows if row]


class _Statement:
    """Reads one statement from left to right."""

    def __init__(self, tokens: Sequence[_Token], parties: Mapping[str, str]) -> None:
        self.tokens = list(tokens)
        self.parties = parties
        self.clause = ""

    def read(self) -> Statement:
        self._place()
        by = self._who()
        self._place()
        if not self.tokens:
            if by and not self.clause:
                return Statement(Verb.FLOOR, by)
            raise Unclear(f"Say what happens: {_some(VERBS[:8])} …")
        verb, stance = self._verb(by)
        made = _READERS[verb](self, verb, by)
        if self.tokens:
            raise Unclear(f"“{self.tokens[0].text}” was not understood behind “{verb.value}”.")
        return attrs.evolve(made, clause=self.clause, stance=stance)

    def _place(self) -> None:
        """``in CLAUSE:`` before, or ``in CLAUSE`` at the end."""
        words = [token.text.casefold() if token.sort == "word" else "" for token in self.tokens]
        if words[:1] in (["in"], ["on"]):
            ends = [n for n, one in enumerate(self.tokens) if one.text == ":" and n > 1]
            end = ends[0] if ends else len(self.tokens)
            self.clause = " ".join(token.text for token in self.tokens[1:end])
            self.tokens = self.tokens[end + 1 :]
            return
        for name in ("in", "on"):
            if name in words:
                place = len(words) - 1 - words[::-1].index(name)
                behind = self.tokens[place + 1 :]
                if behind and all(token.sort == "word" for token in behind):
                    self.clause = " ".join(token.text for token in behind)
                    self.tokens = self.tokens[:place]
                    return

    def _who(self) -> tuple[str, ...]:
        codes: list[str] = []
        while self.tokens:
            token = self.tokens[0]
            if token.sort == "mark" and token.text == ",":
                self.tokens.pop(0)
                continue
            named = self._party()
            if not named:
                break
            codes += named
        return tuple(dict.fromkeys(codes))

    def _party(self) -> list[str]:
        """The party that the next words name, a name of several words first."""
        for count in (4, 3, 2, 1):
            row = self.tokens[:count]
            if len(row) < count or any(token.sort != "word" for token in row):
                continue
            said = " ".join(token.text for token in row)
            if said.casefold() == CHAIR or said.casefold() in self.parties:
                self.tokens = self.tokens[count:]
                return [self.parties.get(said.casefold(), CHAIR)]
        token = self.tokens[0]
        if token.sort == "word" and "/" in token.text:
            parts = token.text.split("/")
            if all(part.casefold() in self.parties for part in parts):
                self.tokens.pop(0)
                return [self.parties[part.casefold()] for part in parts]
        if token.sort == "word" and token.text.casefold() in _JOINS:
            self.tokens.pop(0)
            return self._party() if self.tokens else []
        return []

    def _verb(self, by: tuple[str, ...]) -> tuple[Verb, Stance | None]:
        token = self.tokens[0]
        if token.sort == "quoted":
            return Verb.REPLACE, None
        said = token.text.casefold()
        two = " ".join(one.text.casefold() for one in self.tokens[:2])
        if two in _STANCES:
            self.tokens = self.tokens[2:]
            return Verb.POSITION, _STANCES[two]
        if two == "no change":
            self.tokens = self.tokens[2:]
            return Verb.NO_CHANGE, None
        if said in _VERBS or said in _STANCES:
            self.tokens.pop(0)
            if said in _STANCES:
                return Verb.POSITION, _STANCES[said]
            return _VERBS[said], None
        known = [*VERBS] if by else [*VERBS, *self.parties]
        near = difflib.get_close_matches(said, known, 3, 0.6)
        help = f"; near it are {_some(near)}" if near else f"; say {_some(VERBS[:6])} …"
        sort = "what to do" if by else "a party or what to do"
        raise Unclear(f"“{token.text}” is not {sort}{help}.")

    # -- what stands behind a verb ----------------------------------------------------------------

    def words(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``"x"``, perhaps."""
        return Statement(verb, by, self._quoted())

    def add(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``"x" after "y"``."""
        words = self._quoted()
        if words is None:
            raise Unclear(f"Say in quotation marks what to {verb.value}.")
        said = self._word("after", "before", "behind")
        beside = self._quoted() if said else None
        if said and beside is None:
            raise Unclear(f"Say in quotation marks the words {said} which it goes.")
        return Statement(verb, by, words, beside, said == "before")

    def replace(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``"x" by "y"``, or ``"x" -> "y"``."""
        beside = self._quoted()
        said = self._word("by", "with", "->", "→", "to")
        words = self._quoted()
        if beside is None or words is None or not said:
            raise Unclear('Say both in quotation marks: replace "these words" by "those".')
        return Statement(verb, by, words, beside)

    def new(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``"words" after CLAUSE``: a new clause."""
        words = self._quoted()
        if words is None:
            raise Unclear("Say in quotation marks the words of the new clause.")
        if self._word("after", "behind"):
            self.clause = " ".join(token.text for token in self.tokens)
            self.tokens = []
        return Statement(verb, by, words)

    def names(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """Symbols or numbers, perhaps."""
        named = [token.text for token in self.tokens if token.sort == "word"]
        self.tokens = [token for token in self.tokens if token.sort == "quoted"]
        return Statement(verb, by, named=tuple(named))

    def agree(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """A level, perhaps, and conditions: ``ad referendum "the budget"``."""
        row = [token for token in self.tokens if token.sort == "word"]
        quoted = tuple(token.quoted for token in self.tokens if token.sort == "quoted")
        named = [one.text for one in row if one.text.casefold() not in ("ad", "referendum")]
        if len(named) < len(row) and not quoted:
            quoted = (Quoted("ad referendum"),)
        self.tokens = []
        level = (" ".join(named),) if named else ()
        return Statement(verb, by, named=level, quoted=quoted)

    def _quoted(self) -> Quoted | None:
        if self.tokens and self.tokens[0].sort == "quoted":
            return self.tokens.pop(0).quoted
        return None

    def _word(self, *words: str) -> str:
        if self.tokens and self.tokens[0].text.casefold() in words:
            return self.tokens.pop(0).text.casefold()
        return ""


_READERS = {
    Verb.ADD: _Statement.add,
    Verb.REPLACE: _Statement.replace,
    Verb.NEW: _Statement.new,
    Verb.AGREE: _Statement.agree,
    **dict.fromkeys(
        (Verb.DELETE, Verb.BRACKET, Verb.STATUS, Verb.REMARK, Verb.POSITION), _Statement.words
    ),
    **dict.fromkeys(
        (
            Verb.SUPPORT,
            Verb.WITHDRAW,
            Verb.RETAIN,
            Verb.DROP,
            Verb.CHOOSE,
            Verb.HOLD,
            Verb.RELEASE,
            Verb.LIFT,
            Verb.NO_CHANGE,
            Verb.PARK,
            Verb.RESUME,
            Verb.UNDO,
        ),
        _Statement.names,
    ),
}


def _some(words: Iterable[str]) -> str:
    return ", ".join(words)
