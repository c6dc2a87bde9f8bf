"""The list on the left: one row a clause, with a badge, how much is open, label and first words."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from negotiation.domain.clause import Clause
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import Reading
from negotiation_tui.draw import Ink, Line, brief, fitted, visible, width_of
from negotiation_tui.messages import ClauseChosen
from negotiation_tui.page import Page, badge, gone, is_heading
from negotiation_tui.widgets.inked import Inked

_LABEL = 6
_OF_BADGE = {
    "[]": Ink.BRACKET,
    "✓": Ink.AGREED,
    "‖": Ink.ALTERNATIVE,
    "+": Ink.INSERTED,
    "−": Ink.FAINT,
    "·": Ink.FAINT,
}

_MANY = 800
"""Painted rows that are kept."""


class ClauseList(Inked, ScrollView):
    """Every clause of the text on a row of its own."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._place = -1
        self._marks: tuple[str, ...] = ()
        self._strips: dict[tuple[int, int, bool, bool, int], tuple[Strip, Clause]] = {}

    def show(self, page: Page, clause: str, marks: tuple[str, ...] = ()) -> None:
        """List the clauses of this page, with this one at hand and one's own marks."""
        place = page.places.get(clause, -1)
        if page is self._page and place == self._place and marks == self._marks:
            return
        if marks != self._marks:
            self._marks, self._page = marks, None
        before, same = self._place, page is self._page
        self._page, self._place = page, place
        top = self.scroll_y
        size = Size(max(self.scrollable_content_region.width, 1), len(page.clauses))
        if size != self.virtual_size:
            # Assigned in the usual way it would lay out the whole screen once more.
            self.set_reactive(ClauseList.virtual_size, size)
            self._scroll_update(size)
        self._bring_into_view()
        if same and self.scroll_y == top:
            self.refresh_line(before)
            self.refresh_line(place)
        else:
            self.refresh()

    def notify_style_update(self) -> None:
        """Strips carry their looks: paint them anew."""
        self._strips = {}
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row at hand in the window."""
        if self._page is not None:
            page, clause = self._page, self._place
            self._page = None
            self.show(page, page.clauses[clause].id if clause >= 0 else "", self._marks)

    def _bring_into_view(self) -> None:
        height = self.scrollable_content_region.height
        top = round(self.scroll_y)
        if self._place < top:
            self.scroll_to(y=max(self._place, 0), animate=False, force=True)
        elif height and self._place >= top + height:
            self.scroll_to(y=self._place - height + 1, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One row of the window."""
        place = y + round(self.scroll_y)
        width = self.outer_size.width
        page = self._page
        if page is None or not 0 <= place < len(page.clauses):
            return Strip.blank(width, self.look(Ink.PLAIN))
        clause = page.clauses[place]
        count = len(page.open_on.get(clause.id, ()))
        marked = clause.id in self._marks
        key = (id(clause), count, place == self._place, marked, width)
        held = self._strips.get(key)
        if held is None:
            chosen = Ink.CHOSEN if place == self._place else Ink.PLAIN
            room = self.scrollable_content_region.width
            if len(self._strips) > _MANY:
                self._strips = {}
            strip = self.strip(row_of(clause, count, room, marked=marked), width, chosen)
            held = self._strips[key] = (strip, clause)
        return held[0]

    def on_click(self, event: events.Click) -> None:
        """Pointing at a row takes its clause in hand."""
        place = event.y + round(self.scroll_y)
        if self._page is not None and 0 <= place < len(self._page.clauses):
            self.post_message(ClauseChosen(self._page.clauses[place].id))


def _words(clause: Clause) -> str:
    """The words that stand, in their brackets; all there ever were where none stands."""
    if gone(clause):
        return clause.passage.words
    row = pieces(clause, Reading.OPEN)
    standing = "".join(piece.words for piece in row if piece.sort is not Sort.STRUCK)
    # Brackets with nothing left in them stand around a strike that nobody has decided.
    return standing.replace("[]", "") if standing.strip("[] ") else clause.passage.words


def row_of(clause: Clause, open_points: int, width: int, *, marked: bool = False) -> Line:
    """A clause as one row."""
    sign = badge(clause, open_points)
    count = str(open_points) if open_points else ""
    # What stands or falls with others: a number of three digits leaves no room for the sign.
    count = f"{count:<2}&" if clause.margin.package and len(count) < 3 else count
    words = _words(clause)
    ink = Ink.GONE if gone(clause) else Ink.STRONG if is_heading(clause) else Ink.PLAIN
    label = visible(clause.label)
    head: Line = (
        ("'" if marked else " ", Ink.STRONG),
        (f"{sign:<2}", _OF_BADGE[sign]),
        (f"{count:<3}", Ink.FAINT),
    )
    if label:
        head = (*head, (f"{label:<{_LABEL}} ", Ink.LABEL))
    return fitted((*head, (brief(words, width - width_of(head)), ink)), width)
