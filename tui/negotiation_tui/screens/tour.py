"""A tour of six steps over the live floor: one sentence each, and the key to try.

The floor stays as it is: every key goes through to it, but for Enter, which goes on, and Esc, which
ends the tour where it has nothing else to do. Whoever has seen it is not asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
from textual.strip import Strip

from negotiation_tui import settings
from negotiation_tui.draw import Ink, Line, brief, fitted
from negotiation_tui.keys import KEYS, Key
from negotiation_tui.widgets.inked import Inked

_LIVE = "time.live"
_ON = "enter"


@attrs.frozen
class Step:
    """One thing to try."""

    says: str
    """With the ids of keys in braces."""
    ways: tuple[frozenset[str], ...]
    """Acts that finish the step, by id: all of any one way."""


def _any(*ids: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset((id,)) for id in ids)


STEPS: tuple[Step, ...] = (
    Step("{walk.next-point} goes to the next open point.", _any("walk.next-point")),
    Step(
        "Beside the text: who holds the point, its status and its wordings.",
        _any("walk.next-point", "walk.point-before", "walk.next-clause", "words.next"),
    ),
    Step(
        "{words.before} {words.next} find a word, {words.extend} selects, {act.bracket} brackets.",
        _any("act.bracket"),
    ),
    Step("{act.undo} takes the last act back; both stay on the record.", _any("act.undo")),
    Step(
        "{time.back} steps back in time, {time.on} on; {time.live} is back to live.",
        (frozenset(("time.back", _LIVE)), frozenset(("time.moment", _LIVE))),
    ),
    Step(
        "{act.floor-line} takes what is said in one line; {help.help} shows every key.",
        _any("act.floor-line", "help.help"),
    ),
)


@attrs.frozen
class Tour:
    """Where somebody is on the tour."""

    at: int = 0
    pressed: frozenset[str] = frozenset()
    """What was tried in this step."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to show."""
        return self.at >= len(STEPS)

    @property
    def step(self) -> Step:
        """The step one stands at; only while the tour lasts."""
        return STEPS[self.at]

    def after(self, id: str) -> Tour:
        """The tour after an act, by its id in the table of keys."""
        if self.ended:
            return self
        pressed = self.pressed | {id}
        if any(way <= pressed for way in self.step.ways):
            return self.on()
        return attrs.evolve(self, pressed=pressed)

    def on(self) -> Tour:
        """One step further, whatever was tried."""
        return self if self.ended else Tour(self.at + 1)

    @property
    def escape_is_the_floors(self) -> bool:
        """Whether Esc is what this step waits for, and not the end of the tour."""
        return not self.ended and any(
            _LIVE in way and way <= self.pressed | {_LIVE} for way in self.step.ways
        )


def says(tour: Tour, keys: Iterable[Key]) -> str:
    """The sentence of a step with the keys of this person."""
    printed = {one.id: one.printed for one in keys}
    return re.sub(r"\{([^}]+)\}", lambda id: printed.get(id[1], id[1]), tour.step.says)


class TourStrip(Inked):
    """Two lines at the bottom, there while the tour lasts."""

    DEFAULT_CSS = """
    TourStrip { height: 2; background: $chosen; display: none; }
    TourStrip.-shown { display: block; }
    """

    def __init__(self, keys: Iterable[Key] = KEYS, *, id: str | None = "tour") -> None:
        """``keys`` are those of this person."""
        super().__init__(id=id)
        self._keys = tuple(keys)
        self._acts = {name: one.id for one in self._keys for name in one.keys.split(",")}
        self.tour: Tour | None = None
        """Where one is; nothing while there is no tour."""

    def begin(self) -> None:
        """Start at the first step, also once more."""
        self.show(Tour())

    def show(self, tour: Tour | None) -> None:
        """Show this step; the end of the tour is remembered."""
        if tour is not None and tour.ended:
            tour = None
            settings.see_tour()
        elif tour == self.tour:
            return
        before, self.tour = self.tour, tour
        if (before is None) != (tour is None):
            self.set_class(tour is not None, "-shown")
        self.refresh()

    def heard(self, key: str, *, live: bool = True) -> bool:
        """Take note of a key by Textual's name; answers whether the floor shall not have it.

        While the floor is not ``live`` Esc is its own: whoever is in the past wants out of it.
        """
        tour = self.tour
        if tour is None:
            return False
        if key == _ON:
            self.show(tour.on())
            return True
        if key == "escape" and live and not tour.escape_is_the_floors:
            self.end()
            return True
        self.show(tour.after(self._acts.get(key, "")))
        return False

    def end(self) -> None:
        """Leave the tour; it does not come back by itself."""
        settings.see_tour()
        self.show(None)

    def render_line(self, y: int) -> Strip:
        """The sentence, and how to go on."""
        width = self.size.width
        if self.tour is None:
            return Strip.blank(width, self.look(Ink.PLAIN))
        line: Line
        if y == 0:
            step = f" {self.tour.at + 1}/{len(STEPS)}  "
            words = brief(says(self.tour, self._keys), max(width - len(step), 1))
            line = ((step + words, Ink.STRONG),)
        else:
            line = (("      Try it. Enter goes on, Esc ends the tour.", Ink.PLAIN),)
        return self.strip(fitted(line, width), width)
