"""Pictures of the screens: ``python -m negotiation_tui.picture STORE OUT.svg``.

``--size 120x40`` sets the size, ``--keys n,c`` presses keys first, ``--room`` is the projector's
screen; OUT may end in .png where a Chromium is installed. Nothing is drawn on a terminal, and the
same store gives the same picture each time: the room's clock stands still.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from textual.app import App

from negotiation.desk import Desk
from negotiation_tui.app import ChairApp

_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FONTS = '"Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace'
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_QUIET = "--headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1"


async def picture(desk: Desk, size: tuple[int, int], keys: list[str], *, room: bool = False) -> str:
    """The screen of a desk after these keys, as SVG that asks nobody for fonts."""
    app: App[None] = _room(desk) if room else ChairApp(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()
        return _without_network(app.export_screenshot(title="negotiation"))


def _room(desk: Desk) -> App[None]:
    from negotiation_tui.room_app import RoomApp

    last = desk.timeline.entries[-1].act.written if desk.timeline.entries else None
    at = last or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    return RoomApp(desk, clock=lambda: at)


def _without_network(svg: str) -> str:
    """The same picture with the fonts of whoever looks at it."""
    return _FONT_FACE.sub("", svg).replace("Fira Code, monospace", _FONTS)


def as_png(svg: str, out: Path) -> bool:
    """Paint a picture with the browser of this machine; answers whether there is one."""
    browser = next((found for one in _BROWSERS if (found := shutil.which(one))), None)
    size = _SIZE.search(svg)
    if browser is None or size is None:
        return False
    width, height = (round(float(side)) for side in size.groups())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "picture.html"
        bare = f"<style>body{{margin:0}}svg{{width:{width}px;height:{height}px}}</style>"
        source.write_text(f"<!doctype html><meta charset=utf-8>{bare}{svg}", encoding="utf-8")
        subprocess.run(
            [
                browser,
                *_QUIET.split(),
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--screenshot={out.resolve()}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
    return out.exists()


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="negotiation_tui.picture", description=__doc__)
    parser.add_argument("store")
    parser.add_argument("out", type=Path, nargs="+", help="one file or more, .svg or .png")
    parser.add_argument("--negotiation", default="")
    parser.add_argument("--size", default="120x40", help="columns x rows")
    parser.add_argument("--keys", default="", help="keys by Textual's names, with commas")
    parser.add_argument("--room", action="store_true", help="the projector's screen")
    asked = parser.parse_args()
    columns, rows = (int(part) for part in asked.size.split("x"))
    keys = [key for key in asked.keys.split(",") if key]
    desk = Desk.open(asked.store, asked.negotiation)
    try:
        svg = asyncio.run(picture(desk, (columns, rows), keys, room=asked.room))
    finally:
        desk.close()
    for out in asked.out:
        if out.suffix != ".png":
            out.write_text(svg, encoding="utf-8")
        elif not as_png(svg, out):
            raise SystemExit(f"There is no Chromium here to paint {out} with; ask for .svg.")


if __name__ == "__main__":
    main()
