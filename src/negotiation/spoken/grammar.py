"""A line of speech in statements: who, what, and which words.

What the words mean in a text is said in `meaning`. Case does not matter, quotes may be straight or
curly, statements are parted by semicolons or line ends.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from negotiation.domain.refusals import Unclear
from negotiation.domain.terms import Stance
from negotiation.spoken.verbs import CHAIR as CHAIR
from negotiation.spoken.verbs import OF_A_POSITION, OF_WORDS
from negotiation.spoken.verbs import VERBS as VERBS
from negotiation.spoken.verbs import Verb as Verb

_TOKEN = re.compile(
    r"""(?P<quoted>“[^”]*”|"[^"]*"|«[^»]*»|„[^“”]*[“”])(?:\#(?P<occurrence>\d{1,4}))?
      | (?P<open>[“"«„].*)
      | (?P<odd>[”»])
      | (?P<mark>\[\s*\]|->|→|\+|;|\n|,|:)
      | (?P<word>[^\s;,:“”"«»„+]+)""",
    re.VERBOSE,
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,6}")
_JOINS = ("/", "&", "and")
_IN = ("in", "on", "to")


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
        elif sort == "odd":
            raise Unclear(f"{found[0]} closes no quotation; begin the words with “ or «.")
        elif sort == "mark":
            mark = "[]" if found[0].startswith("[") else found[0]
            tokens.append(_Token("mark", mark, found.start()))
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
        if self._refers():
            # Behind “to” comes a body here, and no place in the text.
            return self.referral(Verb.REFER, self._who())
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
            raise Unclear(
                f"“{self.tokens[0].text}” was not understood behind “{verb.value}”{_HINTS[verb]}."
            )
        return attrs.evolve(made, clause=self.clause, stance=stance)

    def _place(self) -> None:
        """``in CLAUSE:`` before, or ``in CLAUSE`` at the end."""
        words = [token.text.casefold() if token.sort == "word" else "" for token in self.tokens]
        if words[:1] and words[0] in _IN:
            end = next((n for n in range(2, len(words)) if self._ends_a_place(n)), len(words))
            self.clause = " ".join(token.text for token in self.tokens[1:end])
            self.tokens = self.tokens[end:]
            if self.tokens and self.tokens[0].text in (":", ","):
                self.tokens.pop(0)
            return
        for name in _IN:
            if name in words:
                place = len(words) - 1 - words[::-1].index(name)
                behind = self.tokens[place + 1 :]
                if behind and all(token.sort == "word" for token in behind):
                    self.clause = " ".join(token.text for token in behind)
                    self.tokens = self.tokens[:place]
                    return

    def _ends_a_place(self, index: int) -> bool:
        """Whether the name of a clause ends before this word: a stop, a party or an act follows."""
        token = self.tokens[index]
        if token.sort != "word":
            return True
        said = token.text.casefold()
        return said == CHAIR or said in self.parties or said in OF_WORDS or said in OF_A_POSITION

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
        if not codes:
            codes = self._newcomers()
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

    def _newcomers(self) -> list[str]:
        """Codes that nobody has used yet, written as codes, with an act right behind them."""
        if len(self.tokens) < 2 or self.tokens[0].sort != "word":
            return []
        behind, two = (" ".join(one.text.casefold() for one in self.tokens[1:n]) for n in (2, 3))
        if behind not in {*OF_WORDS, *OF_A_POSITION} and two not in {*OF_A_POSITION, "no change"}:
            return []
        codes: list[str] = []
        for part in self.tokens[0].text.split("/"):
            code = self.parties.get(part.casefold(), part)
            if code not in self.parties.values():
                # What may be a slip of the hand has to join first, so that no party is misheard.
                known = {*OF_WORDS, *self.parties}
                if not _CODE.fullmatch(part) or difflib.get_close_matches(
                    part.casefold(), known, 1, 0.6
                ):
                    return []
            codes.append(code)
        self.tokens.pop(0)
        return codes

    def _verb(self, by: tuple[str, ...]) -> tuple[Verb, Stance | None]:
        token = self.tokens[0]
        if token.sort == "quoted":
            return Verb.REPLACE, None
        said = token.text.casefold()
        two = " ".join(one.text.casefold() for one in self.tokens[:2])
        if two in OF_A_POSITION:
            self.tokens = self.tokens[2:]
            return Verb.POSITION, OF_A_POSITION[two]
        if two == "no change":
            self.tokens = self.tokens[2:]
            return Verb.NO_CHANGE, None
        if said in OF_WORDS or said in OF_A_POSITION:
            self.tokens.pop(0)
            if said in OF_A_POSITION:
                return Verb.POSITION, OF_A_POSITION[said]
            return OF_WORDS[said], None
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
        self.tokens = [token for token in self.tokens if token.sort != "word"]
        return Statement(verb, by, named=tuple(named))

    def of_clause(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """A clause, perhaps: ``noc resolves/2``."""
        if self.tokens and not self.clause and all(one.sort == "word" for one in self.tokens):
            self.clause = " ".join(token.text for token in self.tokens)
            self.tokens = []
        return Statement(verb, by)

    def delete(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``"x"``, or a clause."""
        words = self._quoted()
        return Statement(verb, by, words) if words is not None else self.of_clause(verb, by)

    def of_point(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """The number of an open point, perhaps, and words where it takes some."""
        number: tuple[str, ...] = ()
        if self.tokens and self.tokens[0].sort == "word" and self.tokens[0].text.isdecimal():
            number = (self.tokens.pop(0).text,)
        words = self._quoted() if verb is Verb.STATUS else None
        return Statement(verb, by, words, named=number)

    def alone(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """Nothing."""
        return Statement(verb, by)

    def agree(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """A level or a clause, perhaps, and conditions: ``ad referendum "the budget"``."""
        if any(token.sort == "mark" and token.text not in (",", ":") for token in self.tokens):
            return Statement(verb, by)
        row = [token for token in self.tokens if token.sort == "word"]
        quoted = tuple(token.quoted for token in self.tokens if token.sort == "quoted")
        said = [one.text for one in row]
        folded = [one.casefold() for one in said]
        named = said
        if "referendum" in folded:
            at = folded.index("referendum")
            named = said[: at - 1 if folded[at - 1 : at] == ["ad"] else at] + said[at + 1 :]
            quoted = quoted or (Quoted("ad referendum"),)
        self.tokens = []
        level = (" ".join(named),) if named else ()
        return Statement(verb, by, named=level, quoted=quoted)

    def _refers(self) -> bool:
        said = [one.text.casefold() for one in self.tokens[:2] if one.sort == "word"]
        named = said[:1] == [CHAIR] or (said and said[0] in self.parties)
        return OF_WORDS.get("".join(said[1:] if named else said[:1])) is Verb.REFER

    def referral(self, verb: Verb, by: tuple[str, ...]) -> Statement:
        """``the text to BODY``, or ``the text back``, with a mandate or a report perhaps."""
        self._word(*(word for word, means in OF_WORDS.items() if means is verb))
        if self._word("the"):
            self._word("text")
        back = bool(self._word("back"))
        if not back and not self._word("to"):
            raise Unclear("Say whither: refer to Committee 4, or refer back.")
        said = list(itertools.takewhile(lambda token: token.sort == "word", self.tokens))
        body, self.tokens = " ".join(one.text for one in said), self.tokens[len(said) :]
        while self.tokens and self.tokens[0].text in (",", ":"):
            self.tokens.pop(0)
        words = self._quoted()
        if self.tokens or bool(body) is back:
            raise Unclear('Say whither: refer to Committee 4: "what it shall do", or refer back.')
        return Statement(verb, by, words, named=(body,) if body else ())

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
    Verb.DELETE: _Statement.delete,
    Verb.UNDO: _Statement.alone,
    Verb.REFER: _Statement.referral,
    **dict.fromkeys((Verb.NO_CHANGE, Verb.RESUME), _Statement.of_clause),
    **dict.fromkeys((Verb.HOLD, Verb.RELEASE, Verb.LIFT, Verb.STATUS), _Statement.of_point),
    **dict.fromkeys((Verb.BRACKET, Verb.REMARK, Verb.POSITION), _Statement.words),
    **dict.fromkeys(
        (Verb.SUPPORT, Verb.WITHDRAW, Verb.RETAIN, Verb.DROP, Verb.CHOOSE, Verb.PARK),
        _Statement.names,
    ),
}
_HINTS = {
    **dict.fromkeys(Verb, "; a semicolon parts two statements"),
    **dict.fromkeys(
        (Verb.HOLD, Verb.RELEASE, Verb.LIFT), "; the number of an open point may stand there"
    ),
    Verb.UNDO: "; it takes back the last act, and `undo 57` on the command line another",
}


def _some(words: Iterable[str]) -> str:
    return ", ".join(words)
