"""A browser without a window, spoken to in its own protocol, and a room that is served to it.

Nothing here needs more than what the room brings itself; without a Chromium the tests are skipped.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="The extra tui is not installed.")

PATIENCE = 30.0
"""Seconds before a test gives up; nothing is measured by it."""
_CONTROL = re.compile(r"\x1b\[[0-9;:?<>=]*[a-zA-Z]|\x1b[\]P].*?(?:\x07|\x1b\\\\)|\x1b.")
_RUN = "from negotiation.cli import main; main()"
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-port=0"
).split()


def chromium() -> str:
    """The browser of this machine; without one the test is skipped."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("There is no Chromium here to look at the page with.")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(store: Path, *options: str) -> Iterator[str]:
    """The room of a store, served by a process of its own; answers its address."""
    with server(store, *options) as (address, _):
        yield address


@contextmanager
def server(store: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The same, with the process."""
    port = free_port()
    command = [sys.executable, "-c", _RUN, "room", str(store), "--serve"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NEGOTIATION_TRACEBACK": "1"}
    process = subprocess.Popen(
        [*command, "--port", str(port), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        assert "http://" in said, said + process.stdout.read()
        yield said.split()[-1], process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


class Tab:
    """One page of the browser."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._count = 0
        self.asked: list[str] = []
        """Every address that the page asked for."""
        self.heard = ""
        """What came to the terminal on the page, without its control sequences."""

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One call of the protocol."""
        self._count += 1
        await self._socket.send_json({"id": self._count, "method": method, "params": params})
        while True:
            message = await self._socket.receive_json(timeout=PATIENCE)
            if message.get("method") == "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            elif message.get("method") == "Network.webSocketCreated":
                self.asked.append(message["params"]["url"])
            elif message.get("method") == "Network.webSocketFrameReceived":
                self._hear(message["params"]["response"])
            if message.get("id") == self._count:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result

    def _hear(self, frame: dict[str, Any]) -> None:
        # Frames with bytes are for the terminal, those with text for the page itself.
        if frame["opcode"] == 2:
            came = base64.b64decode(frame["payloadData"]).decode("utf-8", "replace")
            self.heard += _CONTROL.sub("", came)

    async def look(self, expression: str) -> Any:
        """What an expression says on the page."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    async def until(self, expression: str) -> Any:
        """What an expression says, once that is true."""
        for _ in range(int(PATIENCE / 0.05)):
            if found := await self.look(expression):
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"{expression} never came true; {await self.look(PAGE)}")

    async def picture(self) -> str:
        """The pixels of the text, as the browser packs them; without the clock, which runs."""
        clip = {"x": 0, "y": 0, "width": 1400, "height": 400, "scale": 1}
        shot = await self.call("Page.captureScreenshot", format="png", clip=clip)
        return str(shot["data"])


PAGE = "document.documentElement.outerHTML.slice(-3000)"


@asynccontextmanager
async def opened(address: str, folder: Path) -> AsyncIterator[Tab]:
    """A page at this address, in a browser that knows nobody."""
    process = await asyncio.create_subprocess_exec(
        chromium(),
        *_FLAGS,
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        line = b""
        while b"DevTools listening on" not in line:
            line = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
            assert line, "The browser did not start."
        # What it says later is read, or it would wait for us to.
        rest = asyncio.create_task(process.stderr.read())
        host = line.split()[-1].decode().removeprefix("ws://").partition("/")[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://{host}/json/list") as answer:
                pages = [one for one in await answer.json() if one["type"] == "page"]
            async with session.ws_connect(
                pages[0]["webSocketDebuggerUrl"], max_msg_size=0
            ) as socket:
                tab = Tab(socket)
                for domain in ("Network", "Page", "Runtime"):
                    await tab.call(f"{domain}.enable")
                await tab.call(
                    "Emulation.setDeviceMetricsOverride",
                    width=1400,
                    height=800,
                    deviceScaleFactor=1,
                    mobile=False,
                )
                await tab.call("Page.navigate", url=address)
                yield tab
    finally:
        process.kill()
        await process.wait()
        await rest
