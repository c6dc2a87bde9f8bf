"""Pictures of the screens: ``python -m negotiation_tui.picture STORE OUT.svg``.

``--size 120x40`` sets the size, ``--keys n,c`` presses keys first, ``--room`` is the projector's
screen; OUT may end in .png where a Chromium is installed. ``--page 340`` is the page that replays
instead, opened at this entry, with its size in pixels. Nothing is drawn on a terminal, and the same
store gives the same picture each time: the room's clock stands still.
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
_QUIET = (
    "--headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 "
    "--force-prefers-reduced-motion"
)


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
    size = _SIZE.search(svg)
    if size is None:
        return False
    width, height = (round(float(side)) for side in size.groups())
    return _painted(svg, (width, height), out)


def page_as_png(page: bytes, entry: str, size: tuple[int, int], out: Path) -> bool:
    """Paint the page that replays, opened at an entry; answers whether there is a browser."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "replay.html"
        source.write_bytes(page)
        # In a frame: a page that has scrolled itself is not painted from where it stands.
        return _painted(f'<iframe src="{source.as_uri()}#{entry}"></iframe>', size, out)


def _painted(body: str, size: tuple[int, int], out: Path) -> bool:
    browser = next((found for one in _BROWSERS if (found := shutil.which(one))), None)
    if browser is None:
        return False
    width, height = size
    bare = f"body{{margin:0}}body>*{{width:{width}px;height:{height}px;border:0;display:block}}"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "picture.html"
        head = f"<!doctype html><meta charset=utf-8><style>{bare}</style>"
        source.write_text(head + body, encoding="utf-8")
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


def _paint_page(desk: Desk, entry: str, size: tuple[int, int], outs: list[Path]) -> None:
    from negotiation.papers.export import write

    page = write(desk.timeline, desk.timeline.head, "replay.html")
    for out in outs:
        if not page_as_png(page, entry, size, out):
            raise SystemExit(f"There is no Chromium here to paint {out} with.")


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="negotiation_tui.picture", description=__doc__)
    parser.add_argument("store")
    parser.add_argument("out", type=Path, nargs="+", help="one file or more, .svg or .png")
    parser.add_argument("--negotiation", default="")
    parser.add_argument("--size", default="120x40", help="columns x rows")
    parser.add_argument("--keys", default="", help="keys by Textual's names, with commas")
    parser.add_argument("--room", action="store_true", help="the projector's screen")
    parser.add_argument("--page", metavar="ENTRY", help="the page that replays, at this entry")
    asked = parser.parse_args()
    columns, rows = (int(part) for part in asked.size.split("x"))
    keys = [key for key in asked.keys.split(",") if key]
    desk = Desk.open(asked.store, asked.negotiation)
    try:
        if asked.page:
            _paint_page(desk, asked.page, (columns, rows), asked.out)
            return
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
