"""An app that knows how every ink looks; the looks stand in `app.tcss`.

The inks are looked up here once, and not on each widget: styling a score of names for every pane of
a dialog is most of what opening it would cost.
"""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style

from negotiation_tui.draw import Ink
from negotiation_tui.sent import Sparing

_NAMES = {
    ink: f"ink--{ink.name.lower()}" for ink in Ink if ink.name is not None and ink is not Ink.PLAIN
}


class InkedApp(Sparing):
    """A style for every ink."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(_NAMES.values())

    _looks: dict[Ink, Style]

    def notify_style_update(self) -> None:
        """Forget looks that may have changed."""
        self._looks = {}
        super().notify_style_update()

    def look(self, ink: Ink) -> Style:
        """What an ink adds to the style of the ground that it stands on."""
        style = self._looks.get(ink)
        if style is None:
            style = Style.null()
            for one, name in _NAMES.items():
                if one in ink:
                    style += self.get_component_styles(name).partial_rich_style
            self._looks[ink] = style
        return style
