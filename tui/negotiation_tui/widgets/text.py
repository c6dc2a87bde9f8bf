"""The text in the middle: every clause with its marks, drawn row by row.

What a clause looks like is in `clause_lines`; wrapped lines are kept in `blocks`.
"""

from __future__ import annotations

from bisect import bisect_right

import attrs
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from negotiation.domain.clause import Clause
from negotiation.views.pieces import pieces
from negotiation.views.readings import Reading
from negotiation_tui.clause_lines import clause_lines, words_drawn
from negotiation_tui.draw import Ink
from negotiation_tui.messages import ClauseChosen
from negotiation_tui.page import Page
from negotiation_tui.widgets.blocks import Block, Blocks, How
from negotiation_tui.widgets.inked import Inked
from negotiation_tui.words_cursor import Selected, selected, word_at, words_of

_SLICE = 8
"""Clauses that are wrapped in one go while nobody waits for them."""
_STRIPS = 800
"""Painted rows that are kept, each of them some kilobytes with what the library keeps of it."""
_PAUSE = 0.02
"""Seconds before them, in which a frame is drawn or a key heard."""
_GUTTER = 3
"""Two cells before the words for the mark of the clause at hand, an empty one behind."""


class WordsPointed(Message):
    """Somebody pointed at words with the mouse."""


@attrs.frozen
class _Picked:
    """The words under the cursor: from the word ``anchor`` to the word ``here`` of a clause."""

    clause: Clause
    anchor: int
    here: int


class TextPane(Inked, ScrollView):
    """The text, scrolled to the clause at hand."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = Blocks()
        self._filling = False
        self._painted = 0
        self._shown: list[Block] = []
        self._starts: list[int] = [0]
        self._asked: tuple[Page, str, str, bool, bool] | None = None
        self._clause = ""
        self._place = -1
        self._drawn: tuple[object, ...] = ()
        self._picked: _Picked | None = None
        self._extending = False
        self._dragging = False

    def show(self, page: Page, clause: str, point: str, *, struck: bool, signs: bool) -> None:
        """Draw this page with this clause and this open point at hand."""
        self._asked = (page, clause, point, struck, signs)
        self._lay_out(follow=True)

    def notify_style_update(self) -> None:
        """Strips carry their looks: paint them anew."""
        self._blocks.painted_anew()
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Another width wraps anew."""
        self._lay_out(follow=True)

    def _lay_out(self, *, follow: bool) -> None:
        width = self.scrollable_content_region.width - _GUTTER
        if self._asked is None or width < 1:
            return
        page, clause, point, struck, signs = self._asked
        self._keep_picked(page, clause)
        before = self._starts[self._place] if 0 <= self._place < len(self._starts) else 0
        same = clause == self._clause
        height = self.scrollable_content_region.height
        shown = self._blocks.of(page, clause, point, How(width, struck, signs), height)
        if self._blocks.guessed and not self._filling:
            self._filling = True
            self.set_timer(_PAUSE, self._fill)
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
        self._shown_picked(page, struck, signs)
        moved = starts[self._place] - before if same and self._place >= 0 else 0
        if follow and self._place >= 0:
            self._bring_into_view(moved, page, point)
        elif moved:
            self.scroll_to(y=round(self.scroll_y) + moved, animate=False, force=True)
        drawn = (tuple(self._shown), clause, width)
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def _fill(self) -> None:
        """Wrap what was guessed, a slice at a time, so that keys come in between."""
        if self._blocks.fill(_SLICE):
            self.set_timer(_PAUSE, self._fill)
            return
        self._filling = False
        self._lay_out(follow=False)

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
        key = (index, chosen, width)
        strip = block.strips.get(key)
        if strip is None:
            self._painted += 1
            if self._painted > _STRIPS:
                self._painted = 0
                self._blocks.painted_anew()
            gutter = ("▌ ", Ink.LABEL) if chosen else ("  ", Ink.PLAIN)
            strip = block.strips[key] = self.strip((gutter, *block.lines[index]), width)
        return strip

    # -- the word cursor --------------------------------------------------------------------------

    @property
    def selected(self) -> Selected | None:
        """The words under the cursor."""
        one = self._picked
        return None if one is None else selected(one.clause, one.anchor, one.here)

    @property
    def cursor(self) -> tuple[str, int] | None:
        """The clause and the offset where the cursor stands."""
        one = self._picked
        if one is None:
            return None
        row = words_of(one.clause.passage)
        return (one.clause.id, row[one.here][0]) if one.here < len(row) else None

    def step_word(self, by: int, *, extend: bool = False) -> bool:
        """The cursor a word on or back in the clause at hand; whether there was one."""
        clause = self._asked[0].clause(self._clause) if self._asked is not None else None
        count = len(words_of(clause.passage)) if clause is not None else 0
        if clause is None or not count:
            return False
        one = self._picked
        if one is None:
            # The first step lands on the open point at hand, else on the first or last word.
            here = self._first_word(clause) if by > 0 else count - 1
            self._pick(_Picked(clause, here, here))
            return True
        here = one.here + by
        if not 0 <= here < count:
            return False
        keep = extend or self._extending
        self._pick(_Picked(clause, one.anchor if keep else here, here))
        return True

    def turn_extending(self) -> bool:
        """Whether the cursor selects from now on what it passes."""
        self._extending = not self._extending
        if self._extending and self._picked is None:
            self.step_word(1)
        return self._extending

    def drop_selection(self) -> bool:
        """No cursor any more; whether there was one."""
        was = self._picked is not None or self._extending
        self._extending = False
        if self._picked is not None:
            self._pick(None)
        return was

    def plain_words(self) -> str:
        """The words selected, or those of the clause at hand as they are printed, in brackets."""
        if (words := self.selected) is not None:
            return words.words
        clause = self._asked[0].clause(self._clause) if self._asked is not None else None
        if clause is None:
            return ""
        row = pieces(clause, Reading.OPEN, self._asked[0].printed) if self._asked else ()
        before = "".join(piece.words for piece in row if piece.before_label)
        behind = "".join(piece.words for piece in row if not piece.before_label)
        label = f"{clause.label} " if clause.label else ""
        return f"{before}{label}{behind if row else clause.passage.words}"

    def _first_word(self, clause: Clause) -> int:
        point = self._asked[2] if self._asked is not None else ""
        length = len(clause.passage.words)
        reaches = [one.reach for one in clause.brackets if one.point == point]
        reaches += [one.reach for one in clause.alternatives if one.point == point]
        starts = [reach.within(length)[0] for reach in reaches if not reach.whole]
        return max(word_at(clause.passage, min(starts)), 0) if starts else 0

    def _pick(self, one: _Picked | None) -> None:
        self._picked = one
        self._lay_out(follow=False)
        self._picked_into_view()

    def _keep_picked(self, page: Page, clause: str) -> None:
        """The cursor stays while its clause does."""
        one = self._picked
        if one is not None and page.clause(clause) is not one.clause:
            self._picked, self._extending = None, False

    def _shown_picked(self, page: Page, struck: bool, signs: bool) -> None:
        """The clause with the cursor in it has lines of its own, of the same heights."""
        one = self._picked
        if one is None or self._place < 0:
            return
        row = words_of(one.clause.passage)
        low, high = sorted((one.anchor, one.here))
        picked = (row[low][0], row[high][1])
        width = self.scrollable_content_region.width - _GUTTER
        found = page.point(self._asked[2]) if self._asked is not None else None
        here = found.id if found is not None and one.clause.id in found.clauses else ""
        lines = clause_lines(
            page, one.clause, width, here=here, struck=struck, signs=signs, picked=picked
        )
        self._shown[self._place] = Block(lines)

    def _picked_into_view(self) -> None:
        if self._picked is None:
            return
        top = self._starts[self._place]
        lines = self._shown[self._place].lines
        rows = [
            top + row for row, line in enumerate(lines) if any(Ink.PICKED in ink for _, ink in line)
        ]
        height = self.scrollable_content_region.height
        if not rows:
            return
        row = rows[0] if self._picked.here <= self._picked.anchor else rows[-1]
        shown = round(self.scroll_y)
        if not shown <= row < shown + height:
            self.scroll_to(y=max(row - height // 2, 0), animate=False, force=True)

    # -- the mouse --------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Pointing at a clause takes it in hand."""
        row = event.y + round(self.scroll_y)
        if self._asked is not None and 0 <= row < self._starts[-1]:
            place = bisect_right(self._starts, row) - 1
            clause = self._asked[0].clauses[place].id
            if clause != self._clause:
                self.post_message(ClauseChosen(clause))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor goes to the word that is pointed at, in the clause at hand."""
        if event.button != 1:
            return
        word = self._word_under(event.x, event.y)
        if word is None:
            return
        self.capture_mouse()
        self._dragging = True
        clause, index = word
        self._pick(_Picked(clause, index, index))
        self.post_message(WordsPointed())

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag over words to select them."""
        if not self._dragging or self._picked is None:
            return
        word = self._word_under(event.x, event.y)
        if word is not None and word[1] != self._picked.here:
            self._pick(attrs.evolve(self._picked, here=word[1]))
            self.post_message(WordsPointed())

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _word_under(self, x: int, y: int) -> tuple[Clause, int] | None:
        """The word of the clause at hand that is drawn in this cell."""
        row = y + round(self.scroll_y)
        if self._asked is None or self._place < 0:
            return None
        top = self._starts[self._place]
        if not top <= row < self._starts[self._place + 1]:
            return None
        page, _, _, struck, signs = self._asked
        clause = page.clauses[self._place]
        offsets = words_drawn(page, clause, struck=struck, signs=signs)
        lines = self._shown[self._place].lines
        drawn = ["".join(words for words, _ in line) for line in lines]
        behind = "".join([drawn[row - top][max(x - 2, 0) :], *drawn[row - top + 1 :]])
        left = sum(not sign.isspace() for sign in behind)
        if not offsets or left > len(offsets):
            return None
        offset = offsets[len(offsets) - left] if left else offsets[-1]
        return clause, max(word_at(clause.passage, offset), 0)
