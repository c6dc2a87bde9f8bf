"""What the terminal has already: of a frame, only the stretches that differ from it are sent.

The library sends every row of a widget that was drawn anew. This looks at finished strips and knows
nothing of widgets; a full frame is always sent.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip


class Sent:
    """The strips that stand on the terminal, by row and column."""

    def __init__(self) -> None:
        """Nothing is known to stand there."""
        self._rows: dict[int, dict[int, tuple[int, Strip]]] = {}

    def unsent(self, update: CompositorUpdate) -> CompositorUpdate | None:
        """The update without the stretches that would change nothing; ``None`` if none is left."""
        if isinstance(update, ChopsUpdate):
            spans = [span for span in update.spans if self._changes(update, *span)]
            return ChopsUpdate(update.chops, spans, update.chop_ends) if spans else None
        self._rows = {}
        if isinstance(update, LayoutUpdate):
            # While the window changes there may be cells that nobody drew; they cannot be sent.
            rows: list[list[Strip | None]] = [list(row) for row in update.strips]
            drawn = [[one for one in row if one is not None] for row in rows]
            for y, strips in enumerate(drawn):
                if None not in rows[y]:
                    self._know(update.region.y + y, update.region.x, strips)
            return LayoutUpdate([*drawn], update.region)
        return update

    def _know(self, y: int, x: int, strips: list[Strip]) -> None:
        """These strips stand in a row, one behind the other."""
        row = self._rows.setdefault(y, {})
        for strip in strips:
            row[x] = (x + strip.cell_length, strip)
            x += strip.cell_length

    def _changes(self, update: ChopsUpdate, y: int, first: int, last: int) -> bool:
        """Whether a stretch says anything new; from now on it stands there."""
        row = self._rows.setdefault(y, {})
        changes = False
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or end <= first or x >= last:
                continue
            whole = first <= x and end <= last
            if whole and row.get(x) == (end, strip):
                continue
            changes = True
            for at in [at for at, (until, _) in row.items() if at < end and x < until]:
                del row[at]
            if whole:
                row[x] = (end, strip)
        return changes


class Sparing(App[None]):
    """An app that sends nothing twice: a step over SSH is a thousand bytes and not twelve."""

    @cached_property
    def _sent(self) -> Sent:
        return Sent()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            renderable = self._sent.unsent(renderable)
        super()._display(screen, renderable)
