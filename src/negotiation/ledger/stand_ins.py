"""Stand-ins for the names of parties and persons, for whoever may read a record without them.

A party is `P1`, `P2` in the order in which the record first names it, whoever reads; the same name
has the same stand-in for good. What was once said in other words stays said so while somebody
reads, even where a name in it becomes known later: a record that is followed must not change
behind its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from negotiation.domain.entries import Entry
from negotiation.domain.events import DocumentReceived, PartyJoined
from negotiation.domain.people import Capacity, Party
from negotiation.domain.terms import Proposal, ProposalTerms
from negotiation.ledger.masks import Masks
from negotiation.ledger.veiled_fields import Holds, rewritten
from negotiation.views.known_parties import SYMBOL as _SYMBOL

SOMEBODY = "somebody"
_OFFICES = frozenset(
    ("", *(one.value for one in Capacity), "rapporteur", "page", "group", "room", "desk", SOMEBODY)
)
_OF_PARTIES = re.compile(_SYMBOL)
"""The symbol of a proposal, of parties that may stand nowhere else."""
_ENDINGS = frozenset(
    (".md", ".txt", ".docx", ".doc", ".pdf", ".html", ".htm", ".xml", ".json", ".akn")
)
_SHORTEST = 3
"""Letters of a code that is looked for where a letter may be that of a paragraph, too."""
_SHORTEST_SAID = 2
_CALLED = re.compile(r"[^\W\d_a-z][^\W\d_]{3,}(?:[-'\u2019][^\W\d_]+)*")
_AROUND = r"(?<![^\W\d_])(?:{})(?![^\W\d_])"
"""A name that no letter touches; digits and lines do, in the names of files."""


class StandIns:
    """What stands for each name of one record."""

    def __init__(self) -> None:
        self.masks = Masks()
        self._numbers: dict[str, int] = {}
        """By party, folded: which one it is."""
        self._count = 0
        self._names: set[str] = set()
        self._persons: set[str] = set()
        self._surnames: set[str] = set()
        """By which people speak of a person; as they are written, since many are words, too."""
        self._symbols: dict[str, str] = {}
        self._of_party: dict[int, int] = {}
        """How many proposals of a party have a stand-in for their symbol."""
        self._files: dict[str, str] = {}
        self._documents = 0
        self._ids: dict[str, str] = {}
        self._told: dict[tuple[Holds, str], str] = {}
        self._patterns: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None = None

    # -- learning ---------------------------------------------------------------------------------

    def learn(self, entries: Iterable[Entry]) -> None:
        """Take in every name in these entries, in their order."""
        for entry in entries:
            act = entry.act
            self._party(act.behalf)
            self._person(act.by)
            self._person(act.typed_by)
            self._learnt(Holds.SAID, act.meeting)
            event = entry.event
            if isinstance(event, DocumentReceived) and event.name not in self._files:
                self._documents += 1
                self._files[event.name] = f"document-{self._documents}{_ending(event.name)}"
            rewritten(event, self._learnt, self._linked)

    def _learnt(self, holds: Holds, value: Any) -> Any:
        if holds is Holds.PARTY:
            self._party(value)
        elif holds is Holds.HAND:
            self._person(value)
        elif holds is Holds.SAID:
            # Now and not when it is said, or whoever reads later would count otherwise.
            for found in _OF_PARTIES.finditer(value):
                for code in _codes(found[0]):
                    self._party(code)
        return value

    def _linked(self, fact: Any) -> None:
        """What a fact says of names that belong together."""
        if isinstance(fact, PartyJoined | Party):
            self._party(fact.code, fact.name)
        elif isinstance(fact, ProposalTerms | Proposal) and fact.symbol:
            self._symbol(fact.symbol, fact.sponsors)

    def _party(self, *names: str) -> int:
        """One party, by every name that it has here."""
        given = [name for name in names if name.strip()]
        known = (self._numbers.get(name.casefold()) for name in given)
        number = next((one for one in known if one is not None), 0)
        if not given:
            return 0
        if not number:
            self._count = number = self._count + 1
        for name in given:
            self._numbers.setdefault(name.casefold(), number)
            if name not in self._names:
                self._names.add(name)
                self.masks.learn(name)
                self._patterns = None
        return number

    def _person(self, name: str) -> None:
        bare = name.casefold().removeprefix("the ").strip()
        if bare in _OFFICES or bare in self._numbers or name in self._persons:
            return
        self._persons.add(name)
        *first, last = name.split() or ("",)
        if first and _CALLED.fullmatch(last) and last.casefold() not in _OFFICES:
            self._surnames |= {last, last.upper()}
        self._patterns = None

    def _symbol(self, symbol: str, sponsors: tuple[str, ...]) -> None:
        key = symbol.casefold()
        if key in self._symbols:
            return
        codes: list[str] = []
        if _OF_PARTIES.fullmatch(symbol):
            codes = _codes(symbol)
        for place, code in enumerate(codes):
            whose = sponsors[place : place + 1] if len(codes) == len(sponsors) else ()
            if whose and whose[0].isupper():
                # Another code is another party's: the symbol was not given by its sponsor.
                whose = ()
            self._party(code, *whose)
        first = self._party(sponsors[0]) if sponsors else self._party(*codes[:1])
        self._of_party[first] = self._of_party.get(first, 0) + 1
        self._symbols[key] = f"P{first}/{self._of_party[first]}"
        self._patterns = None

    # -- saying -----------------------------------------------------------------------------------

    def instead(self, holds: Holds, value: Any) -> Any:
        """What stands in a field for what it holds."""
        match holds:
            case Holds.PLAIN:
                return value
            case Holds.SOURCE:
                return b""
            case Holds.COMMAND:
                return ""
            case Holds.PARTY:
                return f"P{self._party(value)}" if value.strip() else value
            case Holds.NAME:
                return f"Party {self._party(value)}" if value.strip() else value
            case Holds.WORDS:
                return self.masks.over(value)
            case Holds.QUOTED:
                return self.masks.over(value, everywhere=True)
            case _:
                known = self._told.get((holds, value))
                if known is None:
                    known = self._told[holds, value] = self._said(holds, value)
                return known

    def _said(self, holds: Holds, value: str) -> str:
        match holds:
            case Holds.HAND:
                number = self._numbers.get(value.casefold())
                if number is not None:
                    return f"P{number}"
                office = value.casefold().removeprefix("the ").strip() in _OFFICES
                return value if office else SOMEBODY
            case Holds.SYMBOL:
                return self._symbols.get(value.casefold()) or self._narrow(value)
            case Holds.FILE:
                return self._file(value)
            case Holds.ID:
                return self._id(value)
            case Holds.TITLE:
                return self._files.get(value) or self._narrow(value)
            case _:
                return self._sub(0, value)

    def _narrow(self, value: str) -> str:
        return self._sub(1, value)

    def _id(self, value: str) -> str:
        """An id that is made of names becomes one that is not, and no two become the same."""
        if self._narrow(value) == value:
            return value
        return self._ids.setdefault(value, f"n{len(self._ids) + 1}")

    def _file(self, name: str) -> str:
        if name in self._files:
            return self._files[name]
        if self._sub(2, name) == name:
            return name
        number = len(self._files) - self._documents + 1
        self._files[name] = f"file-{number}{_ending(name)}"
        return self._files[name]

    def _sub(self, which: int, value: str) -> str:
        if self._patterns is None:
            self._patterns = self._made()
        return self._patterns[which].sub(self._for, value)

    def _for(self, found: re.Match[str]) -> str:
        name = found[0]
        key = name.casefold()
        if key in self._symbols:
            return self._symbols[key]
        number = self._numbers.get(key)
        if number is not None:
            return f"P{number}" if name.isupper() or len(name) < _SHORTEST else f"Party {number}"
        if found.lastgroup == "symbol":
            numbers = (self._numbers.get(code.casefold(), "") for code in _codes(name))
            return "/".join(f"P{number}" for number in numbers) + "/…"
        return SOMEBODY

    def _made(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """What is looked for where people speak, in titles and labels, and in names of files."""
        symbols = [re.escape(one) for one in self._symbols]
        symbols.sort(key=len, reverse=True)
        known = [f"(?i:{'|'.join(symbols)})"] if symbols else []
        shape = f"(?P<symbol>{_SYMBOL})"
        said = [*self._alternatives(_SHORTEST_SAID), *map(re.escape, sorted(self._surnames))]
        narrow = self._alternatives(_SHORTEST)
        return (
            re.compile(_AROUND.format("|".join([*known, shape, *said]))),
            re.compile(_AROUND.format("|".join([*known, *narrow]) or "(?!)")),
            re.compile(_AROUND.format("|".join([*known, *narrow]) or "(?!)"), re.IGNORECASE),
        )

    def _alternatives(self, shortest: int) -> list[str]:
        """Names by themselves: codes as they are written, names in capitals and without, too."""
        found: list[str] = []
        for name in sorted(self._names | self._persons, key=len, reverse=True):
            if len(name.strip()) < (shortest if name in self._names else _SHORTEST):
                continue
            word = r"\s+".join(map(re.escape, name.split()))
            found.append(word if name.isupper() else f"(?i:{word})")
        return found


def _codes(symbol: str) -> list[str]:
    """The parties in the symbol of a proposal."""
    return [part for part in symbol.split("/") if part.isalpha()]


def _ending(name: str) -> str:
    ending = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    return ending if ending in _ENDINGS else ""
