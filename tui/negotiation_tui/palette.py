"""All that can be done, found by typing: acts with their keys, clauses to go to, themes.

Textual's own palette reads what it lists as markup, fills itself from a worker and turns a wheel
meanwhile; this one draws lines, answers each letter at once, and Enter takes exactly what is shown.
What is offered is worked out by pure functions; nothing here knows what an act does.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol

import attrs
from textual import actions
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from negotiation_tui import themes
from negotiation_tui.draw import Ink, Line, brief, fitted, spread, visible
from negotiation_tui.keys import KEYS, RARE, Key
from negotiation_tui.messages import FieldDone
from negotiation_tui.page import Page
from negotiation_tui.screens.typed_on import TypedOn
from negotiation_tui.stage import Field
from negotiation_tui.widgets.fields import Words
from negotiation_tui.widgets.inked import Panel

PAST = "not in the past"
_ROWS = 12
_KEY = 8


@attrs.frozen
class Offer:
    """One thing that can be done."""

    does: str
    group: str = ""
    key: str = ""
    """The key that does it, as it is printed."""
    action: str = ""
    """What Textual calls it; empty for a place to go to or a theme."""
    clause: str = ""
    point: str = ""
    theme: str = ""
    why_not: str = ""
    """Why it cannot be done now."""
    sought_only: bool = False
    """Shown when it is typed for, not in the list of everything."""


# -- what is offered ------------------------------------------------------------------------------


def offers(
    page: Page | None = None,
    *,
    past: bool = False,
    theme: str = "",
    keys: Iterable[Key] = KEYS,
    rare: Iterable[Key] = RARE,
) -> tuple[Offer, ...]:
    """Everything that the palette finds; ``keys`` are those of this person."""
    return (
        *(_act(one, past) for one in _once((*keys, *rare))),
        *(
            Offer(f"theme {one.name}", "See", theme=one.name)
            for one in themes.ALL
            if one.name != theme
        ),
        *(places(page) if page is not None else ()),
    )


def _once(rows: Iterable[Key]) -> list[Key]:
    """Each act once; a rare one with a key of somebody's own stands where keys stand."""
    return list({one.id: one for one in reversed(list(rows))}.values())[::-1]


def _act(row: Key, past: bool) -> Offer:
    why_not = PAST if past and not row.replay else ""
    return Offer(row.does, row.group, row.printed, row.action, why_not=why_not)


def places(page: Page) -> tuple[Offer, ...]:
    """Every clause by its path, and every proposal by its symbol."""
    found: list[Offer] = []
    for clause in page.clauses:
        path = visible(page.called.get(clause.id, "") or clause.label)
        if path:
            found.append(Offer(f"go to {path}", clause=clause.id, sought_only=True))
        open_here = {point.id for point in page.open_on.get(clause.id, ())}
        for proposal in clause.proposals:
            if proposal.symbol:
                told = f"go to {visible(proposal.symbol)} in {path or 'the text'}"
                point = proposal.id if proposal.id in open_here else ""
                found.append(Offer(told, clause=clause.id, point=point, sought_only=True))
    return tuple(found)


def found(all_offers: Sequence[Offer], typed: str) -> tuple[Offer, ...]:
    """What fits every word that was typed, the surest first; everything where nothing was."""
    wanted = typed.casefold().split()
    if not wanted:
        return tuple(one for one in all_offers if not one.sought_only)
    ranked = [
        (rank, place, one)
        for place, one in enumerate(all_offers)
        if (rank := _rank(one, wanted)) is not None
    ]
    return tuple(one for _, _, one in sorted(ranked, key=lambda row: row[:2]))


def _rank(offer: Offer, wanted: list[str]) -> tuple[int, int] | None:
    """How surely an offer is meant, the lower the surer."""
    says = offer.does.casefold()
    words = says.replace("/", " ").split()
    total = 0
    for one in wanted:
        if one in words or one in says.split():
            total += 0
        elif any(word.startswith(one) for word in words):
            total += 1
        elif one in says:
            total += 3
        elif one in offer.group.casefold() or one in offer.key.casefold().split():
            total += 4
        else:
            return None
    # What cannot be done now and places come behind acts that fit as well.
    return total, 2 if offer.clause else int(bool(offer.why_not))


# -- doing it -------------------------------------------------------------------------------------


class Walks(Protocol):
    """A screen that goes to a clause; the floor does."""

    def go(self, clause: str, point: str = "") -> None:
        """Take this clause in hand."""


def carry_out(offer: Offer | None, screen: Screen[None], walks: Walks) -> None:
    """Do what was chosen, at once: keys typed in the same burst come after it."""
    if offer is None or offer.why_not:
        return
    if offer.theme:
        screen.app.theme = offer.theme
    elif offer.clause:
        walks.go(offer.clause, offer.point)
    else:
        space, name, parameters = actions.parse(offer.action)
        owner = screen.app if space == "app" else screen
        done = getattr(owner, f"action_{name}")(*parameters)
        if inspect.isawaitable(done):
            screen.call_next(lambda: done)


# -- the screen -----------------------------------------------------------------------------------


class PaletteScreen(TypedOn[Offer | None]):
    """A line to type on, and what fits."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "leave", "back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", f"move({_ROWS})", show=False, priority=True),
        Binding("pageup", f"move(-{_ROWS})", show=False, priority=True),
    ]

    def __init__(self, all_offers: Sequence[Offer]) -> None:
        super().__init__()
        self._all = tuple(all_offers)
        self.fits = found(self._all, "")
        """What fits what was typed."""
        self.place = 0
        """Which of them Enter takes."""
        self._top = 0

    def compose(self) -> ComposeResult:
        """The line, what fits, and how many."""
        with Vertical(id="palette"):
            with Horizontal(classes="field"):
                yield Static(Content(" Do or go to: "), classes="asked")
                yield Words(Field("words", "do", "an act, a path or a symbol"))
            yield Panel(id="palette-fits")
            yield Panel(id="palette-says")

    def on_mount(self) -> None:
        """List everything, once it is known how much fits."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Another width draws anew."""
        self.call_after_refresh(self._draw)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter searches."""
        self._search(event.value)
        self._draw()

    def _search(self, typed: str) -> None:
        self.fits, self.place, self._top = found(self._all, typed), 0, 0

    def action_move(self, by: int) -> None:
        """Another row."""
        self.place = max(0, min(self.place + by, len(self.fits) - 1))
        self._draw()

    def on_field_done(self, event: FieldDone) -> None:
        """Take the row that is marked, by what is typed now and not by what was drawn."""
        typed = self.query_one(Words).value
        now = found(self._all, typed)
        if now != self.fits:
            self._search(typed)
        if not self.fits:
            return
        chosen = self.fits[self.place]
        if chosen.why_not:
            self._draw(f"{chosen.does}: {chosen.why_not}. Esc twice goes back to live.")
        else:
            self.dismiss(chosen)

    def action_leave(self) -> None:
        """Nothing was chosen."""
        self.dismiss(None)

    def _draw(self, says: str = "") -> None:
        panel = self.query_one("#palette-fits", Panel)
        width, height = panel.size
        if height < 1:
            return
        self._top = min(max(self._top, self.place - height + 1), self.place)
        shown = self.fits[self._top : self._top + height]
        panel.show(
            tuple(
                _row(one, width, place == self.place)
                for place, one in enumerate(shown, start=self._top)
            )
        )
        if not self.fits:
            says = "Nothing is called so; fewer letters find more."
        told = says or f"{self.place + 1} of {len(self.fits)}   ↑ ↓ choose · Enter does it"
        line: Line = ((f" {brief(told, width - 2)}", Ink.STRONG if says else Ink.FAINT),)
        self.query_one("#palette-says", Panel).show((line,))


def _row(offer: Offer, width: int, chosen: bool) -> Line:
    ink = Ink.FAINT if offer.why_not else Ink.PLAIN
    right: Line = (
        (f"  {offer.why_not}  ", Ink.FAINT),
        (f"{brief(offer.key, _KEY):>{_KEY}} ", Ink.LABEL),
    )
    left: Line = (
        ("▌ " if chosen else "  ", Ink.LABEL),
        (f"{offer.group:<5} ", Ink.FAINT),
        (brief(offer.does, width), ink),
    )
    row = fitted(spread(left, right, width), width)
    # One ink, so that the row is of one piece where it is in reverse video.
    return (("".join(words for words, _ in row), Ink.CHOSEN),) if chosen else row
