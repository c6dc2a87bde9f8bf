"""The keys that change what is seen: strikes, list, confidential notes, other screens, copies."""

from __future__ import annotations

from negotiation_tui.screens.floor.state import FloorState
from negotiation_tui.screens.help import HelpScreen
from negotiation_tui.widgets.clause_list import ClauseList
from negotiation_tui.widgets.text import TextPane


class Seeing(FloorState):
    """What is shown, and to whom."""

    def action_struck(self) -> None:
        """Words struck for good, shown or hidden."""
        self.struck = not self.struck
        self.says = f"Words struck for good are {'shown' if self.struck else 'hidden'}."
        self.draw()

    def action_list(self) -> None:
        """The list of clauses, shown or hidden."""
        self._listed = not self.query_one(ClauseList).display
        self.set_class(self._listed, "-list")
        self.set_class(not self._listed, "-no-list")
        self.call_after_refresh(self.draw)

    def action_private(self) -> None:
        """Positions, remarks and the chair's notes: only while this is on."""
        self.private = not self.private
        self.says = (
            "Positions and remarks are shown; 2 hides them. Not for the projector."
            if self.private
            else "Positions and remarks are hidden."
        )
        self.draw()

    def action_freeze(self) -> None:
        """The room stays with what it sees, or follows again."""
        self.frozen = not self.frozen
        self.says = (
            "The room stays with this clause; F lets it follow again."
            if self.frozen
            else "The room follows."
        )
        self.draw()

    def action_progress(self) -> None:
        """How the text came to be less open."""
        from negotiation_tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self.desk, self.pages, self.at))

    def action_intake(self) -> None:
        """What a received page left unclear, one by one."""
        from negotiation_tui.screens.intake import IntakeScreen

        self.app.push_screen(
            IntakeScreen(self.desk, signs=self.signs), lambda _: self._back_from_intake()
        )

    def _back_from_intake(self) -> None:
        self.past = None
        self.draw()

    # -- copies -----------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """The words selected, or the clause, to the clipboard."""
        from negotiation_tui.copying import copy

        self.say(copy(self.app, self.query_one(TextPane).plain_words()))

    def action_save_copy(self) -> None:
        """The words selected, or the clause, to a file."""
        from negotiation_tui.copying import save

        self.say(save(self.query_one(TextPane).plain_words()))

    # -- help -------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(HelpScreen(self.rows))
