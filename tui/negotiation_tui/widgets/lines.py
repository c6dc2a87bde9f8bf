"""Any number of lines that scroll, drawn row by row."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from negotiation_tui.draw import Ink, Line
from negotiation_tui.widgets.inked import Inked


class Lines(Inked, ScrollView):
    """A stack of lines, as long as it is."""

    lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...], *, top: int | None = None) -> None:
        """Draw these lines; ``top`` is the first row in the window, when it shall change."""
        self.lines = lines
        size = Size(max(self.scrollable_content_region.width, 1), len(lines))
        if size != self.virtual_size:
            # Assigned in the usual way it would lay out the whole screen once more.
            self.set_reactive(Lines.virtual_size, size)
            self._scroll_update(size)
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self.refresh()

    @property
    def room(self) -> int:
        """The cells of a row beside the scroll bar."""
        return self.scrollable_content_region.width

    def page_by(self, pages: float) -> None:
        """Scroll by windows, or by a part of one."""
        height = max(self.scrollable_content_region.height - 1, 1)
        self.scroll_to(y=round(self.scroll_y + pages * height), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One row of the window."""
        row = y + round(self.scroll_y)
        width = self.outer_size.width
        if 0 <= row < len(self.lines):
            return self.strip(self.lines[row], width)
        return Strip.blank(width, self.look(Ink.PLAIN))
