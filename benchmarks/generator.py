"""Makes a history of acts out of a seed: the same seed and size give the same history, to the word.

It leaves out proposals, positions and agreement: what is measured is how texts come and go. Words
are invented, common ones more frequent than rare ones, as differences by word depend on that.
"""

import itertools
import random
from datetime import UTC, datetime, timedelta

from benchmarks.steps import (
    BracketLifted,
    BracketPlaced,
    ClauseAdded,
    ClauseDropped,
    ClauseMoved,
    History,
    Size,
    Step,
    WordsReplaced,
)

# Of a hundred acts: 46 insertions, 28 deletions, 20 replacements, 6 of the others together.
SHARES = {
    "insertion": 46.0,
    "deletion": 28.0,
    "replacement": 20.0,
    "bracket": 3.0,
    "lift": 2.0,
    "addition": 0.4,
    "drop": 0.3,
    "move": 0.3,
}

FEWEST_WORDS = 20
STAYS_ON_CLAUSE = 0.6
FIRST_MOMENT = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
AUTHORS = tuple(f"Delegation {number:02}" for number in range(1, 41))

_FREQUENT = "the of and to in that for on with by as or an be its from at not such all".split()
_HEADS = "ba co de fi ga hu in jo ka lo me no or pe qui ra se ti un vo".split()
_MIDDLES = "ber dan fal gir kel lum mor nas pol rit sul tam ver zon".split()
_TAILS = ("ing", "ed", "s", "ment", "tion", "al", "ity", "e", "er", "ance")


def _vocabulary() -> tuple[list[str], list[float]]:
    """Words, the frequent ones first, and their cumulated weights, falling as one over the rank."""
    invented = ["".join(parts) for parts in itertools.product(_HEADS, _MIDDLES, _TAILS)]
    random.Random(0).shuffle(invented)
    words = _FREQUENT + invented
    words[len(_FREQUENT) + 9 :: 10] = [word + "," for word in words[len(_FREQUENT) + 9 :: 10]]
    return words, list(itertools.accumulate(1.0 / (rank + 2) for rank in range(len(words))))


_WORDS, _WEIGHTS = _vocabulary()


def generate(size: Size, seed: int) -> History:
    """The history of this size and seed."""
    room = _Room(random.Random(seed))
    tabled: list[Step] = [room.add(room.last_key()) for _ in range(size.clauses)]
    acts = [room.act() for _ in range(size.events + size.further - size.clauses)]
    steps = tuple(tabled + acts)
    return History(size.clauses, steps[: size.events], steps[size.events :])


class _Room:
    """What the generator must remember to make the next act a legal one."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.order: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.brackets: dict[str, dict[str, tuple[int, int]]] = {}
        self.now = FIRST_MOMENT
        self.at_work = ""
        self.keys = 0
        self.marks = 0
        self.kinds = list(SHARES)
        self.shares = list(itertools.accumulate(SHARES.values()))

    def act(self) -> Step:
        """An act of a kind drawn by its share; one that cannot be made now becomes an insertion."""
        kind = self.chance.choices(self.kinds, cum_weights=self.shares)[0]
        if self.at_work not in self.texts or self.chance.random() > STAYS_ON_CLAUSE:
            self.at_work = self.chance.choice(self.order)
        match kind:
            case "deletion":
                step = self.replace(self.at_work, 0)
            case "replacement":
                step = self.replace(self.at_work, self.chance.randint(1, 4))
            case "bracket":
                step = self.bracket(self.at_work)
            case "lift":
                step = self.lift()
            case "addition":
                step = self.add(self.chance.choice(self.order))
            case "drop":
                step = self.drop()
            case "move":
                step = self.move()
            case _:
                step = None
        return step or self.insert(self.at_work)

    def last_key(self) -> str | None:
        """The clause that stands last."""
        return self.order[-1] if self.order else None

    def signed(self) -> tuple[str, datetime]:
        """Who makes the next act, and when: some seconds or minutes after the one before."""
        self.now += timedelta(milliseconds=1 + int(self.chance.expovariate(1 / 90_000)))
        return self.chance.choice(AUTHORS), self.now

    def words(self, count: int) -> tuple[str, ...]:
        """So many words."""
        return tuple(self.chance.choices(_WORDS, cum_weights=_WEIGHTS, k=count))

    def add(self, after: str | None) -> Step:
        """A new clause of 60 to 100 words."""
        self.keys += 1
        key = f"c{self.keys:05}"
        words = self.words(self.chance.randint(60, 100))
        self.texts[key] = list(words)
        self.brackets[key] = {}
        self._place(key, after)
        return ClauseAdded(key, after, words, *self.signed())

    def insert(self, key: str) -> Step:
        """One to four words come in anywhere."""
        index = self.chance.randint(0, len(self.texts[key]))
        return self._splice(key, index, 0, self.words(self.chance.randint(1, 4)))

    def replace(self, key: str, incoming: int) -> Step | None:
        """One to four words go, so many others come."""
        text = self.texts[key]
        outgoing = self.chance.randint(1, 4)
        if len(text) - outgoing < FEWEST_WORDS:
            return None
        index = self.chance.randint(0, len(text) - outgoing)
        # No bracket loses an end or all its words: what that would mean differs between bodies.
        if any(
            index < end
            and first < index + outgoing
            and not (first < index and index + outgoing < end)
            for first, end in self.brackets[key].values()
        ):
            return None
        return self._splice(key, index, outgoing, self.words(incoming))

    def bracket(self, key: str) -> Step | None:
        """A bracket around three to twelve words that stand in none yet."""
        length = self.chance.randint(3, 12)
        first = self.chance.randint(0, len(self.texts[key]) - length)
        end = first + length
        if any(
            first <= there_end and there <= end for there, there_end in self.brackets[key].values()
        ):
            return None
        self.marks += 1
        name = f"b{self.marks:05}"
        self.brackets[key][name] = (first, end)
        return BracketPlaced(key, name, first, end, *self.signed())

    def lift(self) -> Step | None:
        """One of the brackets that stand is lifted."""
        standing = [(key, name) for key in self.order for name in self.brackets[key]]
        if not standing:
            return None
        key, name = self.chance.choice(standing)
        del self.brackets[key][name]
        return BracketLifted(key, name, *self.signed())

    def drop(self) -> Step | None:
        """A clause without brackets leaves, as long as two are left."""
        key = self.chance.choice(self.order)
        if self.brackets[key] or len(self.order) < 3:
            return None
        self.order.remove(key)
        del self.texts[key], self.brackets[key]
        return ClauseDropped(key, *self.signed())

    def move(self) -> Step | None:
        """A clause goes to another place."""
        key = self.chance.choice(self.order)
        before = self.order.index(key)
        self.order.remove(key)
        places = [place for place in range(len(self.order) + 1) if place != before]
        if not places:
            self.order.insert(before, key)
            return None
        place = self.chance.choice(places)
        after = self.order[place - 1] if place else None
        self._place(key, after)
        return ClauseMoved(key, after, *self.signed())

    def _place(self, key: str, after: str | None) -> None:
        self.order.insert(0 if after is None else self.order.index(after) + 1, key)

    def _splice(self, key: str, index: int, outgoing: int, incoming: tuple[str, ...]) -> Step:
        text = self.texts[key]
        removed = tuple(text[index : index + outgoing])
        text[index : index + outgoing] = incoming
        grown = len(incoming) - outgoing
        if self.brackets[key]:
            self.brackets[key] = {
                name: (first + grown, end + grown)
                if first >= index + outgoing
                else (first, end + grown)
                if end > index
                else (first, end)
                for name, (first, end) in self.brackets[key].items()
            }
        return WordsReplaced(key, index, removed, incoming, *self.signed())
