"""Two sets of colours, dark and light, apart from each other for every kind of colour vision.

Built on the palette of Okabe and Ito. Colour is never alone: what it says is also said by an
underline, a strike, a bracket, italics or a word.
"""

from __future__ import annotations

from textual.theme import Theme

NAMES = {
    "ins": "ansi_default",
    "del": "ansi_default",
    "bracket": "ansi_default",
    "alternative": "ansi_default",
    "agreed": "ansi_default",
    "label": "ansi_default",
    "faint": "ansi_default",
    "live": "ansi_default",
    "on-live": "ansi_default",
    "replay": "ansi_default",
    "on-replay": "ansi_default",
    "chosen": "ansi_default",
    "line": "ansi_default",
}
"""The colours that `app.tcss` names, as they are where a theme has none."""

DARK = Theme(
    name="chair-dark",
    primary="#56B4E9",
    foreground="#E8E8E8",
    background="#101418",
    surface="#161C22",
    panel="#1C242C",
    dark=True,
    variables={
        "ins": "#56B4E9",
        "del": "#E69F00",
        "bracket": "#F0E442",
        "alternative": "#D98BB5",
        "agreed": "#2BBF93",
        "label": "#8CCBF0",
        "faint": "#9AA4AE",
        "live": "#0B5345",
        "on-live": "#FFFFFF",
        "replay": "#E69F00",
        "on-replay": "#101418",
        "chosen": "#24465C",
        "line": "#3A4754",
    },
)

LIGHT = Theme(
    name="chair-light",
    primary="#0060A0",
    foreground="#111111",
    background="#FFFFFF",
    surface="#F4F4F0",
    panel="#E8E8E2",
    dark=False,
    variables={
        "ins": "#0060A0",
        "del": "#A04000",
        "bracket": "#000000",
        "alternative": "#8B2C6C",
        "agreed": "#006B4F",
        "label": "#004C80",
        "faint": "#5A5A5A",
        "live": "#0B5345",
        "on-live": "#FFFFFF",
        "replay": "#F2B134",
        "on-replay": "#111111",
        "chosen": "#CFE3F2",
        "line": "#B8B8B0",
    },
)
