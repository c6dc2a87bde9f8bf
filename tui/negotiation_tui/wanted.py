"""An app that looks, moves and listens as its person wants; what it shows is said elsewhere."""

from __future__ import annotations

import os
import sys
from typing import Protocol, runtime_checkable

from textual import events
from textual.widgets import Input

from negotiation_tui import themes
from negotiation_tui.inked_app import InkedApp
from negotiation_tui.keymap import Keymap, keymap
from negotiation_tui.settings import FILE, Fault, Settings, needs_signs


@runtime_checkable
class Hears(Protocol):
    """A screen whose keys act at once, before the next key of a burst is looked at."""

    def heard(self, key: str) -> bool:
        """Look at a key first; whether it is kept from acting."""


class AsWanted(InkedApp):
    """Themes, keys and rest for the eyes, from somebody's settings."""

    wanted: Settings = Settings()
    keymap: Keymap = keymap({})
    """The keys of this person; help, hints and palette name these."""
    plain = False
    """Whether no colour at all is drawn."""
    wrong = ""
    """What is wrong with the settings, in a sentence."""
    tour = False
    """Whether the six steps are shown at the start."""
    signs = False
    """Whether marks stand in signs as well, since a strike or a colour may not be seen."""

    def want(self, wanted: Settings, faults: tuple[Fault, ...] = ()) -> str:
        """Take these settings; answers what is wrong with them, in a sentence, or nothing."""
        self.wanted = wanted
        self.keymap = keymap(wanted.keys)
        self.signs = (
            self.plain
            or wanted.marks
            or wanted.ascii
            or needs_signs(os.environ, windows=sys.platform == "win32")
        )
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = wanted.theme
        # Of sixteen colours none is left for the ground of a row: reverse video says it there too.
        self.set_class(self.console.color_system == "standard", "-few")
        self.set_class(self.plain, "-plain")
        self.set_class(wanted.ascii, "-ascii")
        self.set_keymap(dict(self.keymap.own))
        slips = (f"{FILE}: {one.sentence}" for one in self.keymap.slips)
        said = [*(one.sentence for one in faults), *slips]
        more = f" And {len(said) - 1} more: `negotiation keys` lists them." if said[1:] else ""
        return f"{said[0]}{more}" if said else ""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The project's own colours, for themes that do not name them."""
        return themes.NAMES

    async def on_event(self, event: events.Event) -> None:
        """Let a key of a whole screen act at once, and those behind it go where it leads.

        In the library's way it would go to the screen and back first; letters that came in one
        burst with it would then be gone by when the dialog that they are meant for is there.
        """
        top = self.screen_stack[-1] if self.screen_stack else None
        if (
            isinstance(event, events.Key)
            and isinstance(top, Hears)
            and self.focused is None
            and not event.is_forwarded
        ):
            kept = top.heard(event.key) or await self._check_bindings(event.key, priority=True)
            if not kept:
                await self._check_bindings(event.key)
        else:
            await super().on_event(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A cursor blinks only for people who do not mind."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = not self.wanted.reduced_motion

    def action_turn_theme(self) -> None:
        """To the next theme, and round."""
        self.theme = themes.after(self.theme)
