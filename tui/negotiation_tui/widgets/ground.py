"""What lies behind other widgets: one blank row, made once and used for every line.

A container draws a new row for each of its lines in every frame, and cuts each into pieces, though
nothing of it is seen; that is half of what a step costs.
"""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Ground(Widget):
    """Draws nothing but its ground."""

    _blank: tuple[tuple[int, object], Strip] | None = None

    def notify_style_update(self) -> None:
        """Another ground."""
        self._blank = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """As many blank rows as are asked for, all of them the same one."""
        style = self.rich_style
        key = (crop.width, style)
        if self._blank is None or self._blank[0] != key:
            strip = Strip.blank(crop.width, style)
            for one in self.get_line_filters():
                strip = strip.apply_filter(one, self.background_colors[1])
            self._blank = (key, strip)
        return [self._blank[1]] * crop.height


class Row(Ground):
    """Widgets beside each other."""

    # A widget has the looks of its first base only: that of `Horizontal` would not come with it.
    DEFAULT_CSS = "Row { layout: horizontal; overflow: hidden hidden; }"


class Frame(Ground):
    """Widgets on a ground."""

    DEFAULT_CSS = "Frame { overflow: hidden hidden; }"
