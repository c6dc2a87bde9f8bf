"""The text in the middle: every clause with its marks, drawn row by row.

Wrapped lines are kept by the clause's state and the width, strips by the lines and the selection,
so that stepping back over known states wraps nothing. What a clause looks like is in
`clause_lines`.
"""

from __future__ import annotations

from bisect import bisect_right

import attrs
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from negotiation_tui.clause_lines import clause_lines
from negotiation_tui.draw import Ink, Line
from negotiation_tui.messages import ClauseChosen
from negotiation_tui.page import Page
from negotiation_tui.widgets.inked import Inked

_MANY = 6000
_GUTTER = 3
"""Two cells before the words for the mark of the clause at hand, an empty one behind."""


@attrs.frozen(eq=False)
class _Block:
    """The lines of one clause, with all that their key names kept alive."""

    lines: tuple[Line, ...]
    holds: tuple[object, ...]


class TextPane(Inked, ScrollView):
    """The text, scrolled to the clause at hand."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: dict[tuple[object, ...], _Block] = {}
        self._strips: dict[tuple[int, int, bool, int], Strip] = {}
        self._shown: list[_Block] = []
        self._starts: list[int] = [0]
        self._known: tuple[Page, list[tuple[object, ...]]] | None = None
        self._asked: tuple[Page, str, str, bool, bool] | None = None
        self._clause = ""
        self._place = -1
        self._drawn: tuple[object, ...] = ()

    def show(self, page: Page, clause: str, point: str, *, struck: bool, signs: bool) -> None:
        """Draw this page with this clause and this open point at hand."""
        self._asked = (page, clause, point, struck, signs)
        self._lay_out(follow=True)

    def notify_style_update(self) -> None:
        """Strips carry their looks: paint them anew."""
        self._strips = {}
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Another width wraps anew."""
        self._lay_out(follow=True)

    def _lay_out(self, *, follow: bool) -> None:
        width = self.scrollable_content_region.width - _GUTTER
        if self._asked is None or width < 1:
            return
        page, clause, point, struck, signs = self._asked
        before = self._starts[self._place] if 0 <= self._place < len(self._starts) else 0
        same = clause == self._clause
        if len(self._blocks) > _MANY:
            self._blocks, self._strips = {}, {}
        found = page.point(point)
        touched = frozenset(found.clauses) if found is not None else frozenset[str]()
        how = (width, struck, signs)
        shown = [
            self._block(page, place, known, point if one.id in touched else "", how)
            for place, (one, known) in enumerate(zip(page.clauses, self._keys(page), strict=True))
        ]
        starts = [0]
        for block in shown:
            starts.append(starts[-1] + len(block.lines))
        self._shown, self._starts = shown, starts
        self._clause, self._place = clause, page.places.get(clause, -1)
        size = Size(width + _GUTTER, starts[-1])
        if size != self.virtual_size:
            # Assigned in the usual way it would lay out the whole screen once more.
            self.set_reactive(TextPane.virtual_size, size)
            self._scroll_update(size)
        if follow and self._place >= 0:
            moved = starts[self._place] - before if same else 0
            self._bring_into_view(moved, page, point)
        drawn = (tuple(map(id, shown)), clause, width)
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def _keys(self, page: Page) -> list[tuple[object, ...]]:
        """What the lines of every clause of a page depend on, apart from width and selection."""
        if self._known is None or self._known[0] is not page:
            first, last = page.printed.first, page.printed.last
            parties = id(page.moment.negotiation.parties)
            rows: list[tuple[object, ...]] = [
                (
                    id(clause),
                    parties,
                    page.levels.get(clause.id, 0),
                    *(
                        (first.get(one.point) == clause.id, last.get(one.point) == clause.id)
                        for one in clause.brackets
                    ),
                )
                for clause in page.clauses
            ]
            self._known = (page, rows)
        return self._known[1]

    def _block(
        self,
        page: Page,
        place: int,
        known: tuple[object, ...],
        here: str,
        how: tuple[int, bool, bool],
    ) -> _Block:
        key = (known, here, how)
        block = self._blocks.get(key)
        if block is None:
            clause = page.clauses[place]
            width, struck, signs = how
            lines = clause_lines(page, clause, width, here=here, struck=struck, signs=signs)
            # The key goes by identity: what it names is kept as long as the key.
            held = (clause, page.moment.negotiation.parties)
            block = self._blocks[key] = _Block(lines, held)
        return block

    def _bring_into_view(self, moved: int, page: Page, point: str) -> None:
        height = self.scrollable_content_region.height
        top, bottom = self._starts[self._place], self._starts[self._place + 1]
        found = page.point(point)
        if found is not None:
            # All wordings of an open point, where there is room for them.
            places = [page.places[one] for one in found.clauses if one in page.places]
            if places and self._starts[max(places) + 1] - self._starts[min(places)] <= height:
                top = min(top, self._starts[min(places)])
                bottom = max(bottom, self._starts[max(places) + 1])
        row = round(self.scroll_y) + moved
        if bottom - top >= height or top < row:
            row = top
        elif bottom > row + height:
            row = bottom - height
        self.scroll_to(y=row, animate=False, force=True)

    def page_by(self, pages: int) -> None:
        """Scroll by whole windows, leaving the clause at hand where it is."""
        height = max(self.scrollable_content_region.height - 1, 1)
        self.scroll_to(y=round(self.scroll_y) + pages * height, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One row of the window."""
        row = y + round(self.scroll_y)
        width = self.outer_size.width
        if not 0 <= row < self._starts[-1]:
            return Strip.blank(width, self.look(Ink.PLAIN))
        place = bisect_right(self._starts, row) - 1
        block = self._shown[place]
        index = row - self._starts[place]
        chosen = place == self._place
        key = (id(block), index, chosen, width)
        strip = self._strips.get(key)
        if strip is None:
            gutter = ("▌ ", Ink.LABEL) if chosen else ("  ", Ink.PLAIN)
            strip = self.strip((gutter, *block.lines[index]), width)
            self._strips[key] = strip
        return strip

    def on_click(self, event: events.Click) -> None:
        """Pointing at a clause takes it in hand."""
        row = event.y + round(self.scroll_y)
        if self._asked is not None and 0 <= row < self._starts[-1]:
            place = bisect_right(self._starts, row) - 1
            self.post_message(ClauseChosen(self._asked[0].clauses[place].id))
