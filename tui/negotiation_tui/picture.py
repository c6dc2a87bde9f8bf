"""A picture of the screen as SVG: ``python -m negotiation_tui.picture STORE OUT.svg``.

``--size 120x40`` sets the size, ``--keys n,c`` presses keys first; nothing is drawn on a terminal.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from negotiation.desk import Desk
from negotiation_tui.app import ChairApp


async def picture(desk: Desk, size: tuple[int, int], keys: list[str]) -> str:
    """The screen of a desk after these keys, as SVG."""
    app = ChairApp(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        return app.export_screenshot(title="negotiation")


def main() -> None:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="negotiation_tui.picture", description=__doc__)
    parser.add_argument("store")
    parser.add_argument("out", type=Path)
    parser.add_argument("--negotiation", default="")
    parser.add_argument("--size", default="120x40", help="columns x rows")
    parser.add_argument("--keys", default="", help="keys by Textual's names, with commas")
    asked = parser.parse_args()
    columns, rows = (int(part) for part in asked.size.split("x"))
    keys = [key for key in asked.keys.split(",") if key]
    desk = Desk.open(asked.store, asked.negotiation)
    try:
        asked.out.write_text(asyncio.run(picture(desk, (columns, rows), keys)), encoding="utf-8")
    finally:
        desk.close()


if __name__ == "__main__":
    main()
