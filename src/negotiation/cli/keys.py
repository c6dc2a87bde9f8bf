"""`keys`: what every key of the chair's screen does, and a file to change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common
from negotiation.cli.saying import Look, answer, count, drawn, note, say, shown

if TYPE_CHECKING:
    from negotiation_tui.keys import Key


@command()
@click.option("--write", is_flag=True, help="Write a settings file with every default, explained.")
@click.option("--check", metavar="FILE", help="Say what is wrong in a settings file.")
@common
def keys(write: bool, check: str | None) -> None:
    """What every key of the chair's screen does, as this person has set it.

    Settings are in a small file of one's own: the theme, reduced motion, plain letters, signs
    around marks, and other keys. --write makes that file with every default in it, and never
    overwrites one; --check reads one without opening the screen.

    \b
      negotiation keys
      negotiation keys --write
      negotiation keys --check chair.toml

    Next: change the file, then `keys --check` it; `chair` opens the screen.
    """
    if write and check is not None:
        raise click.UsageError("--write makes a file and --check reads one; say one of them.")
    try:
        import negotiation_tui.settings
    except ModuleNotFoundError as missing:
        if missing.name not in ("platformdirs", "negotiation_tui"):
            raise
        raise Stopped(
            "The screen is not installed; pip install 'negotiation[tui]' brings it."
        ) from missing
    del negotiation_tui
    if write:
        _write()
    elif check is not None:
        _check(Path(check))
    else:
        _print()


def _print() -> None:
    from negotiation_tui import settings
    from negotiation_tui.keymap import keymap
    from negotiation_tui.keys import GROUPS, RARE

    wanted, faults = settings.load()
    found = keymap(wanted.keys)
    wrong = [*(one.sentence for one in faults), *(one.sentence for one in found.slips)]
    bound = {row.id for row in found.keys}
    rows = [*found.keys, *(row for row in RARE if row.id not in bound)]
    if not answer(
        {
            "settings": str(settings.file()),
            "keys": [_fields(row, row.id in found.own) for row in rows],
            "wrong": wrong,
        }
    ):
        width = max(len(row.printed) for row in rows)
        for group in GROUPS:
            say(drawn(group, Look.STRONG))
            for row in rows:
                if row.group == group:
                    own = "  (your own)" if row.id in found.own else ""
                    key = drawn(f"{row.printed:<{width}}", Look.NUMBER)
                    say(f"  {key}  {shown(row.does)}{own}  {drawn(row.id, Look.FAINT)}")
        say(f"Acts without a key stand in the palette ({found.printed('help.palette')}).")
    for sentence in wrong:
        note(sentence)


def _fields(row: Key, own: bool) -> dict[str, object]:
    keys = row.keys.split(",") if row.keys else []
    return {"id": row.id, "keys": keys, "does": row.does, "group": row.group, "own": own}


def _write() -> None:
    from negotiation_tui import settings
    from negotiation_tui.keys import GROUPS, KEYS, RARE

    where = settings.file()
    words = settings.written(GROUPS, (*KEYS, *RARE))
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        with where.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
    except FileExistsError:
        raise Stopped(
            f"{where} is there already and stays as it is; move it away for a fresh one."
        ) from None
    if not answer({"written": str(where)}):
        say(f"Written: {shown(str(where))}; every line that begins with # is a default.")


def _check(where: Path) -> None:
    from negotiation_tui import settings
    from negotiation_tui.keymap import keymap

    where.stat()
    wanted, faults = settings.load(where)
    slips = keymap(wanted.keys).slips
    sentences = [
        *(one.sentence for one in faults),
        *(f"{where}: {one.sentence}" for one in slips),
    ]
    if not answer({"file": str(where), "wrong": sentences}):
        for sentence in sentences:
            say(shown(sentence))
        if not sentences:
            say(f"{shown(str(where))} is right.")
    if faults or any(one.grave for one in slips):
        raise Stopped(
            f"{where} holds {count(len(sentences), 'thing')} to put right; the screen opens with "
            "the defaults there."
        )
