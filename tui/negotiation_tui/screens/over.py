"""A dialog over another screen, which is drawn once and then stays as it was.

The library draws all that lies below a translucent screen again in each frame, and blends each of
its cells; that was most of what a letter typed into a dialog cost.
"""

from __future__ import annotations

from typing import Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

T = TypeVar("T")


class Over(ModalScreen[T]):
    """A screen through whose ground the one below is seen."""

    _below: tuple[object, list[Strip]] | None = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw anew; with regions it is the screen below that changed there."""
        if regions:
            self._below = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave, once: behind the first of two keys in one burst it is the floor that would go."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the screen below, tinted with the ground of this one."""
        stack = self.app.screen_stack
        place = stack.index(self) if self in stack else 0
        if not place:
            return super().render_lines(crop)
        below, tint = stack[place - 1], self.styles.background
        key = (below, below.size, tint)
        if self._below is None or self._below[0] != key:
            self._below = (key, _tinted(below, tint))
        left, right = crop.column_span
        rows = self._below[1][crop.y : crop.bottom]
        # While the window changes, the screen below may still have its former size.
        return [
            *(
                row if (left, right) == (0, row.cell_length) else row.crop_extend(left, right, None)
                for row in rows
            ),
            *[Strip.blank(crop.width)] * (crop.height - len(rows)),
        ]


def _tinted(below: Screen[object], tint: Color) -> list[Strip]:
    """All rows of a screen under a translucent ground."""
    known: dict[Style, Style] = {}

    def look(style: Style | None) -> Style:
        style = style or Style.null()
        if style not in known:
            known[style] = _blended(style.clear_meta_and_links(), tint) if style else style
        return known[style]

    return [
        Strip([Segment(words, look(style)) for words, style, _ in row], row.cell_length)
        for row in below._compositor.render_strips(below.size)
    ]


def _blended(style: Style, tint: Color) -> Style:
    if not tint.a:
        return style
    ink, ground = (
        # The terminal's own colours are not known, and are all there is without colour.
        one if one is None or one.is_default else (Color.from_rich_color(one) + tint).rich_color
        for one in (style.color, style.bgcolor)
    )
    return style + Style.from_color(ink, ground)
