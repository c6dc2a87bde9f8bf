"""The floor, the chair's main screen; one file a purpose, put together in `screen`."""

from negotiation_tui.screens.floor.screen import Floor as Floor
