"""The keys of the floor, and which of them the last line names; help is made from the same rows."""

from __future__ import annotations

from textual.binding import Binding

HINTS = (
    ("n p", "open point"),
    ("c", "decide"),
    ("i", "propose"),
    ("u", "undo"),
    (", .", "one act"),
    ("?", "help"),
    ("b", "bracket"),
    ("l", "lift"),
    ("d", "delete"),
    ("a", "agree"),
    ("P", "park"),
    ("r", "revise"),
    ("s", "struck"),
    ("/", "find"),
    ("q", "quit"),
)
REPLAY_HINTS = ((", .", "one act"), ("< >", "ten"), ("0", "first"), ("Esc", "live"), ("?", "help"))

KEYS: tuple[Binding, ...] = (
    Binding("j,down", "clause(1)", "next clause", key_display="j ↓"),
    Binding("k,up", "clause(-1)", "clause before", key_display="k ↑"),
    Binding("n", "point(1)", "next open point"),
    Binding("p", "point(-1)", "open point before"),
    Binding("g,home", "end(0)", "first clause", key_display="g Home"),
    Binding("G,end", "end(1)", "last clause", key_display="G End"),
    Binding("pagedown", "scroll(1)", "scroll on", key_display="PgDn"),
    Binding("pageup", "scroll(-1)", "scroll back", key_display="PgUp"),
    Binding("comma", "back(1)", "one act back", key_display=","),
    Binding("full_stop", "on(1)", "one act on", key_display="."),
    Binding("less_than_sign", "back(10)", "ten acts back", key_display="<"),
    Binding("greater_than_sign", "on(10)", "ten acts on", key_display=">"),
    Binding("0", "first", "first act"),
    Binding("escape", "live", "back to live", key_display="Esc"),
    Binding("i", "stage('propose')", "propose"),
    Binding("b", "stage('bracket')", "bracket"),
    Binding("l", "stage('lift')", "lift a bracket"),
    Binding("c", "stage('resolve')", "decide an open point"),
    Binding("d", "stage('delete')", "delete or restore"),
    Binding("a", "stage('agree')", "agree"),
    Binding("P", "stage('park')", "park or resume"),
    Binding("r", "stage('revise')", "revise"),
    Binding("u", "stage('undo')", "undo the last act"),
    Binding("s", "struck", "settled strikes"),
    Binding("1", "list", "clause list"),
    Binding("slash", "find", "find", key_display="/"),
    Binding("t", "app.turn_theme", "dark or light"),
    Binding("question_mark", "help", "help", key_display="?"),
    Binding("q", "app.leave", "quit", key_display="q"),
)
"""Every key of the floor; help is made from the same rows."""
