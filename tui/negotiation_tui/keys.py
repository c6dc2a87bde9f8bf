"""Every key of the floor, one row each: bindings, help, hints, palette and key map come from here.

It knows nothing of the terminal, so that the command line can print it. Acts that are rare have no
key of their own and stand in the palette.
"""

from __future__ import annotations

import attrs

WALK, SEE, ACT, TIME, HELP = "Walk", "See", "Act", "Time", "Help"
GROUPS = (WALK, ACT, TIME, SEE, HELP)


@attrs.frozen
class Key:
    """Something that the chair can do, and the key that does it."""

    id: str
    """What a key map file calls it."""
    keys: str
    """Keys by Textual's names, with commas; empty for the palette only."""
    action: str
    does: str
    group: str
    shown: str = ""
    """How the key is printed, where its name is not."""
    replay: bool = True
    """Whether it works while the past is shown."""

    @property
    def printed(self) -> str:
        """How people read the key."""
        return self.shown or self.keys


def _stage(name: str, does: str, keys: str = "", shown: str = "") -> Key:
    return Key(f"act.{name}", keys, f"stage('{name}')", does, ACT, shown, replay=False)


KEYS: tuple[Key, ...] = (
    Key("walk.next-clause", "j,down", "clause(1)", "next clause", WALK, "j ↓"),
    Key("walk.clause-before", "k,up", "clause(-1)", "clause before", WALK, "k ↑"),
    Key("walk.next-point", "n", "point(1)", "next open point", WALK),
    Key("walk.point-before", "p", "point(-1)", "open point before", WALK),
    Key("walk.first", "g,home", "end(0)", "first clause", WALK, "g Home"),
    Key("walk.last", "G,end", "end(1)", "last clause", WALK, "G End"),
    Key("walk.scroll-on", "pagedown", "scroll(1)", "scroll on", WALK, "PgDn"),
    Key("walk.scroll-back", "pageup", "scroll(-1)", "scroll back", WALK, "PgUp"),
    Key("walk.find", "slash", "find", "find, jump", WALK, "/"),
    Key("walk.filter", "f", "filter", "filter", WALK),
    Key("walk.mark", "m", "mark", "mark this clause", WALK),
    Key("walk.next-mark", "apostrophe", "next_mark", "next mark", WALK, "'"),
    Key("walk.reference", "tab", "reference", "follow a reference", WALK, "Tab"),
    Key("walk.came-from", "backspace", "came_from", "where one was", WALK, "⌫"),
    Key("words.next", "right", "word(1)", "next word", WALK, "→"),
    Key("words.before", "left", "word(-1)", "word before", WALK, "←"),
    Key("words.extend", "v", "extend", "select words", WALK, "v"),
    Key("words.extend-on", "shift+right", "extend_by(1)", "extend on", WALK, "⇧→"),
    Key("words.extend-back", "shift+left", "extend_by(-1)", "extend back", WALK, "⇧←"),
    Key("act.floor-line", "colon", "floor_line", "floor line", ACT, ":", replay=False),
    Key("act.speaker", "w", "speaker", "who has the floor", ACT, replay=False),
    _stage("propose", "propose", "i"),
    _stage("support", "support", "plus", "+"),
    _stage("bracket", "bracket", "b"),
    _stage("hold", "hold or release", "h"),
    _stage("lift", "lift or retain", "l"),
    _stage("resolve", "decide", "c"),
    _stage("revise", "revise", "r"),
    _stage("delete", "delete or restore", "d"),
    _stage("agree", "agree", "a"),
    _stage("park", "park or resume", "x"),
    _stage("position", "record a position", "o"),
    _stage("gavel", "gavel: so decided", "exclamation_mark", "!"),
    _stage("object", "an objection", "minus", "-"),
    _stage("undo", "undo", "u"),
    _stage("redo", "redo", "z"),
    Key("time.back", "comma", "step(-1)", "one step back", TIME, ","),
    Key("time.on", "full_stop", "step(1)", "one step on", TIME, "."),
    Key("time.ten-back", "less_than_sign", "step(-10)", "ten back", TIME, "<"),
    Key("time.ten-on", "greater_than_sign", "step(10)", "ten on", TIME, ">"),
    Key("time.first", "0", "first", "first step", TIME),
    Key("time.live", "escape", "live", "back to live", TIME, "Esc"),
    Key("time.play", "space", "play", "play, pause", TIME, "Space"),
    Key("time.unit", "e", "unit", "what a step is", TIME),
    Key("time.moment", "t", "moment", "go to a time", TIME),
    Key("time.compare", "equals_sign", "compare", "compare", TIME, "="),
    Key("see.story", "enter", "story", "who wrote this", SEE, "Enter"),
    Key("see.struck", "s", "struck", "settled strikes", SEE),
    Key("see.copy", "y", "copy", "copy words", SEE),
    Key("see.list", "1", "list", "clause list", SEE),
    Key("see.private", "2", "private", "confidential", SEE),
    Key("see.progress", "3", "progress", "progress", SEE),
    Key("see.intake", "4", "intake", "intake review", SEE),
    Key("see.freeze", "F", "freeze", "room stays, follows", SEE),
    Key("help.palette", "ctrl+p", "app.palette", "all acts", HELP, "^p"),
    Key("help.help", "question_mark,f1", "help", "help", HELP, "?"),
    Key("help.quit", "q", "app.leave", "quit (twice)", HELP),
)
"""What has a key."""

RARE: tuple[Key, ...] = (
    _stage("accept_all", "what if: accept everything of a party"),
    _stage("lift_all", "what if: lift all that only a party holds"),
    _stage("form_package", "form a package"),
    _stage("take_package", "take a package"),
    _stage("agree_package", "agree a package"),
    _stage("break_package", "break a package"),
    _stage("put", "put to the room"),
    _stage("no_objection", "the objection is withdrawn"),
    _stage("drop_question", "drop the question"),
    _stage("revise_proposal", "revise a proposal (by its sponsor)"),
    _stage("withdraw", "withdraw a proposal"),
    _stage("reintroduce", "reintroduce a proposal"),
    _stage("retain", "retain a proposal, whole or in part"),
    _stage("drop", "do not retain a proposal"),
    _stage("merge", "merge a proposal into another"),
    _stage("reach", "narrow or widen a bracket"),
    _stage("status", "note a status on an open point"),
    _stage("table", "table another wording of an open point"),
    _stage("table_clause", "table a new clause"),
    _stage("move", "move the clause"),
    _stage("reopen", "reopen an agreed clause"),
    _stage("condition", "a condition of an agreement is met"),
    _stage("condition_failed", "a condition of an agreement has failed"),
    _stage("refer_back", "refer an agreed clause back to a lower level"),
    _stage("remark", "make a remark"),
    _stage("meeting", "open or close a meeting"),
    _stage("refer", "refer the text to another body, or back"),
    _stage("party", "a party joins"),
    Key("act.next-speaker", "", "next_speaker", "the next flag has the floor", ACT, replay=False),
    Key("see.save-copy", "", "save_copy", "save the words to a file", SEE),
    Key("help.theme", "", "app.turn_theme", "next theme", HELP),
    Key("help.tour", "", "tour", "the tour of six steps", HELP),
)
"""What stands in the palette only."""

HINTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("walk.next-point", "walk.point-before"), "open point"),
    (("act.floor-line",), "floor line"),
    (("act.resolve",), "decide"),
    (("act.propose",), "propose"),
    (("act.bracket",), "bracket"),
    (("act.undo",), "undo"),
    (("help.help",), "help"),
    (("time.back", "time.on"), "step"),
    (("act.lift",), "lift"),
    (("act.agree",), "agree"),
    (("act.speaker",), "floor to"),
    (("walk.find",), "find"),
    (("see.struck",), "struck"),
    (("see.story",), "who wrote"),
    (("help.palette",), "all acts"),
    (("help.quit",), "quit"),
)
"""What the last line names, by the ids of the keys."""
REPLAY_HINTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("time.live",), "live"),
    (("help.help",), "help"),
    (("time.back", "time.on"), "step"),
    (("time.ten-back", "time.ten-on"), "ten"),
    (("time.unit",), "unit"),
    (("time.play",), "play"),
    (("time.first",), "first"),
    (("time.moment",), "go to"),
    (("time.compare",), "compare"),
)
"""The same while the past is shown."""
