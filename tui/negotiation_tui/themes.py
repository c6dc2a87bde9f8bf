"""Four sets of colours; in each the kinds of mark are apart for every kind of colour vision.

Dark and light are for the usual screen; high contrast is for bright rooms and tired eyes; the
colour-safe one takes the hues of Okabe and Ito as far apart as a terminal can show them. Colour is
never alone: what it says is also said by an underline, a strike, a bracket, italics or a word.
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
        "faint": "#9FA9B3",
        "live": "#0B5345",
        "on-live": "#FFFFFF",
        "replay": "#E69F00",
        "on-replay": "#101418",
        "chosen": "#1D3A4E",
        "line": "#3A4754",
    },
)

LIGHT = Theme(
    name="chair-light",
    primary="#0060A0",
    foreground="#2E2E2E",
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

CONTRAST = Theme(
    name="chair-contrast",
    primary="#4DB8FF",
    foreground="#FFFFFF",
    background="#000000",
    surface="#0C0C0C",
    panel="#141414",
    dark=True,
    variables={
        "ins": "#4DB8FF",
        "del": "#FF9550",
        "bracket": "#FFE100",
        "alternative": "#FFA8C8",
        "agreed": "#30F090",
        "label": "#BFE3FF",
        "faint": "#CCCCCC",
        "live": "#00472B",
        "on-live": "#FFFFFF",
        "replay": "#FFB000",
        "on-replay": "#000000",
        "chosen": "#00263F",
        "line": "#8C8C8C",
    },
)

SAFE = Theme(
    name="chair-safe",
    primary="#00A6FF",
    foreground="#F2F2F2",
    background="#000000",
    surface="#0C0C0C",
    panel="#181818",
    dark=True,
    variables={
        "ins": "#00A6FF",
        "del": "#FF6633",
        "bracket": "#FFD400",
        "alternative": "#E085B6",
        "agreed": "#1AFF8C",
        "label": "#A8DCFF",
        "faint": "#A6ADB4",
        "live": "#003B5C",
        "on-live": "#FFFFFF",
        "replay": "#FFD400",
        "on-replay": "#000000",
        "chosen": "#11304A",
        "line": "#4A5560",
    },
)

ALL: tuple[Theme, ...] = (DARK, LIGHT, CONTRAST, SAFE)
"""Every theme, in the order in which one turns through them."""


def after(name: str) -> str:
    """The name of the theme that follows this one; the first one after a strange name."""
    known = [theme.name for theme in ALL]
    place = known.index(name) + 1 if name in known else 0
    return known[place % len(known)]
