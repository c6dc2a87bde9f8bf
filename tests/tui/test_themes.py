"""Every theme can be read by everybody: contrast, colour vision, poor terminals, no colour at all.

Contrast is that of WCAG 2; colour vision is simulated after Machado and others (severity 1), and
distances are those of CIE 1976.
"""

import itertools
import math
import re
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES, Theme

import negotiation_tui
from negotiation_tui import themes

LOOKS = Path(negotiation_tui.__file__).with_name("app.tcss")
KINDS = ("ins", "del", "bracket", "alternative")
INKS = (*KINDS, "agreed", "label", "faint")
GROUNDS = ("background", "surface", "panel", "chosen")
BARS = (("on-live", "live"), ("on-replay", "replay"), ("background", "del"))

VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

each_theme = pytest.mark.parametrize("theme", themes.ALL, ids=lambda theme: theme.name)


def colours(theme: Theme) -> dict[str, str]:
    """The colours of a theme by the names that the looks use."""
    own = {
        name: str(getattr(theme, name))
        for name in ("primary", "foreground", "background", "surface", "panel")
    }
    return own | theme.variables


def linear(colour: str) -> list[float]:
    """Red, green and blue as light, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""
    low, high = sorted(
        sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), light, strict=True))
        for light in (linear(one), linear(other))
    )
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, vision: str) -> tuple[float, float, float]:
    """Where a colour lies in CIE Lab for an eye of this kind."""
    light = linear(colour)
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, light, strict=True)), 0), 1)
        for row in VISION[vision]
    )
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def closest(theme: Theme, *names: str) -> float:
    """How far apart the two closest of these colours are, for the eye that tells them worst."""
    found = colours(theme)
    return min(
        math.dist(seen(found[one], vision), seen(found[other], vision))
        for vision in VISION
        for one, other in itertools.combinations(names, 2)
    )


def test_the_arithmetic_is_that_of_the_standards():
    """Black on white is 21 to 1, and an eye without red cones takes red and green for one."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert seen("#FFFFFF", "usual") == pytest.approx((100, 0, 0), abs=0.1)
    red, green = "#A04000", "#556B00"
    apart = math.dist(seen(red, "usual"), seen(green, "usual"))
    assert math.dist(seen(red, "protan"), seen(green, "protan")) < apart / 2


@each_theme
def test_a_theme_names_every_colour_that_the_looks_use(theme):
    """A forgotten one would be drawn in the terminal's own colour."""
    used = set(re.findall(r"\$([a-z-]+)", LOOKS.read_text(encoding="utf-8")))
    assert used <= set(colours(theme))
    assert set(themes.NAMES) == set(theme.variables)
    assert used <= set(themes.NAMES) | {"foreground", "background", "surface", "panel", "primary"}


@each_theme
def test_every_ink_can_be_read_on_every_ground(theme):
    """At 4.5 to 1; in the theme of high contrast at 7 to 1."""
    least = 7 if theme is themes.CONTRAST else 4.5
    found = colours(theme)
    pairs = [
        *itertools.product((*INKS, "foreground"), GROUNDS),
        *BARS,
    ]
    poor = {
        f"{ink} on {ground}": round(contrast(found[ink], found[ground]), 2)
        for ink, ground in pairs
        if contrast(found[ink], found[ground]) < least
    }
    assert not poor


def test_lines_are_seen_in_high_contrast():
    """Three to one, as for signs that are no text."""
    found = colours(themes.CONTRAST)
    assert all(contrast(found["line"], found[ground]) >= 3 for ground in GROUNDS)


@each_theme
def test_the_kinds_of_mark_are_apart_for_every_eye(theme):
    """Also from words without a mark."""
    assert closest(theme, *KINDS, "foreground") >= 15


@each_theme
def test_new_and_struck_words_are_far_apart_for_every_eye(theme):
    """The two that are confused at the greatest cost."""
    assert closest(theme, "ins", "del") >= 60


def test_the_colour_safe_theme_keeps_more_apart_than_any_other():
    """Every kind, agreed and unmarked words included."""
    named = (*KINDS, "agreed", "foreground")
    safe = closest(themes.SAFE, *named)
    assert safe >= 25
    assert all(closest(one, *named) < safe for one in themes.ALL if one is not themes.SAFE)


def test_the_themes_follow_one_another():
    """All of them come round, and none has the name of one of Textual's own."""
    names, name = [], themes.DARK.name
    for _ in themes.ALL:
        names.append(name)
        name = themes.after(name)
    assert name == themes.DARK.name
    assert names == ["chair-dark", "chair-light", "chair-contrast", "chair-safe"]
    assert not set(names) & set(BUILTIN_THEMES)
    assert themes.after("nobody") == themes.DARK.name
