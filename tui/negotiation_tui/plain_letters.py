"""The screen's own signs in letters that every terminal has, one cell for one cell.

Only what the screen draws is replaced: arrows, lines, badges. The words of a document, its
quotation marks and its letters of any script, stay as they are.
"""

from __future__ import annotations

from negotiation_tui.draw import Line

SIGNS = {
    "▌": "|", "│": "|", "┃": "|", "║": "|", "‖": "=",
    "─": "-", "━": "=", "┿": "+", "┼": "+", "╌": "-", "●": "@", "○": "o", "▲": "^", "▼": "v",
    "◆": "*", "▶": ">", "◀": "<", "■": "#", "□": "o", "¦": "|", "\ufffd": "?",
    "✓": "v", "✗": "x", "≈": "~", "−": "-", "·": ".", "•": "*", "›": ">", "‹": "<",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "⇧": "S", "⌫": "B", "…": ".", "␡": "?",
    "▁": "_", "▂": "_", "▃": "_", "▄": "_", "▅": "#", "▆": "#", "▇": "#", "█": "#", "░": ":",
}  # fmt: skip
"""A sign for each sign; none takes another width."""

_TABLE = str.maketrans(SIGNS)


def plainly(line: Line) -> Line:
    """The line with the screen's own signs in plain letters."""
    return tuple(
        (words if words.isascii() else words.translate(_TABLE), ink) for words, ink in line
    )
