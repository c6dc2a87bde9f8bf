"""The room in a browser, from the act at another desk to the pixels on the page."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from tests.e2e.browser import PATIENCE, Tab, aiohttp, free_port, opened, served, server
from tests.tui.room import desk_of

pytest.importorskip("textual_serve", reason="The extra tui is not installed.")


@pytest.fixture
def desk(tmp_path: Path):
    """A desk on a store that the room reads too."""
    desk = desk_of(str(tmp_path / "room.db"))
    yield desk
    desk.close()


async def settled(tab: Tab) -> str:
    """The picture once it stands still."""
    picture = ""
    for _ in range(100):
        before, picture = picture, await tab.picture()
        if before == picture:
            return picture
        await asyncio.sleep(0.1)
    raise AssertionError("The page never stands still.")


async def shown(tab: Tab, words: str) -> None:
    """Until these words came to the terminal on the page."""
    for _ in range(int(PATIENCE / 0.02)):
        await tab.look("1")
        if words in tab.heard:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{words} never came; the page heard {tab.heard[-600:]}")


def test_an_act_reaches_the_page(desk: Desk, tmp_path: Path):
    """Another desk acts, and the new words are on the projector; nothing is asked of strangers."""
    desk.act(do.MakeRemark("one", "a secret bargain"))

    async def look(address: str) -> None:
        async with opened(address, tmp_path / "profile") as tab:
            await shown(tab, "keep its readings")
            before = await settled(tab)
            tab.heard = ""
            start = time.perf_counter()
            desk.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
            await shown(tab, "hourly")
            heard = time.perf_counter() - start
            after = before
            while after == before and time.perf_counter() - start < PATIENCE:
                after = await tab.picture()
            assert after != before
            pixels = time.perf_counter() - start
            sys.stdout.write(f"act to frame {heard * 1000:.0f} ms, to pixels {pixels * 1000:.0f}\n")
            assert "secret" not in tab.heard
            here = urlsplit(address).netloc
            assert len(tab.asked) > 4
            assert {urlsplit(one).netloc for one in tab.asked} == {here}

    with served(tmp_path / "room.db") as address:
        asyncio.run(look(address))


def test_keys_in_the_browser_write_nothing(desk: Desk, tmp_path: Path):
    """Whoever has the page can turn its theme, and that is all."""

    async def type_on(address: str) -> None:
        async with opened(address, tmp_path / "profile") as tab:
            await shown(tab, "keep its readings")
            before = await settled(tab)
            await tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
            for kind in ("mousePressed", "mouseReleased"):
                await tab.call(
                    "Input.dispatchMouseEvent", type=kind, x=9, y=9, button="left", clickCount=1
                )
            for key in "bdacirut":
                for kind in ("keyDown", "keyUp"):
                    text = {"text": key} if kind == "keyDown" else {}
                    await tab.call("Input.dispatchKeyEvent", type=kind, key=key, **text)
            # The last key turns the theme: when it shows, the others were heard as well.
            for _ in range(int(PATIENCE / 0.05)):
                if await tab.picture() != before:
                    break
                await asyncio.sleep(0.05)
            else:
                raise AssertionError("No key reached the room.")

    head = desk.timeline.head
    with served(tmp_path / "room.db") as address:
        asyncio.run(type_on(address))
    assert not desk.catch_up()
    assert desk.timeline.head == head


@pytest.mark.parametrize(
    "options", [("--token", "a-token-of-ours"), ("--host", "0.0.0.0")], ids=["asked for", "made"]
)
def test_without_the_token_nothing_is_shown(desk: Desk, tmp_path: Path, options):
    """Neither the page nor the websocket nor a file; with it, all three, and it leaves the bar."""

    async def knock(address: str) -> None:
        parts = urlsplit(address)
        here = f"http://127.0.0.1:{parts.port}"
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            for path in (
                "/",
                "/?token=wrong",
                "/?token=%C3%A9",
                "/ws",
                "/ws?token=",
                "/static/js/textual.js",
                "/nowhere",
            ):
                async with session.get(here + path) as answer:
                    assert answer.status == 403, path
                    assert (await answer.text()).endswith(".")
            async with session.get(f"{here}/?{parts.query}&fontsize=30") as answer:
                assert answer.status == 200
                assert "token" not in str(answer.url)
                assert 'data-font-size="30"' in await answer.text()
            async with session.get(f"{here}/static/js/textual.js") as answer:
                assert answer.status == 200
            async with session.ws_connect(f"{here}/ws?width=80&height=24") as socket:
                heard = b""
                while b"keep its readings" not in heard:
                    message = await socket.receive(timeout=PATIENCE)
                    assert message.type is aiohttp.WSMsgType.BINARY
                    heard += message.data

    with served(tmp_path / "room.db", *options) as address:
        assert "?token=" in address
        asyncio.run(knock(address))


def test_pages_of_others_are_not_let_in(desk: Desk, tmp_path: Path):
    """A page that is open in the same browser cannot read the room of this machine."""

    async def knock(address: str) -> None:
        async with aiohttp.ClientSession() as session:
            for headers in (
                {"Origin": "https://elsewhere.example"},
                {"Origin": "null"},
                {"Host": f"elsewhere.example:{urlsplit(address).port}"},
            ):
                for path in ("", "ws", "static/js/textual.js"):
                    async with session.get(address + path, headers=headers) as answer:
                        assert answer.status == 403
            async with session.get(address) as answer:
                assert answer.status == 200
                assert "default-src 'self'" in answer.headers["Content-Security-Policy"]

    with served(tmp_path / "room.db") as address:
        asyncio.run(knock(address))


def test_a_port_in_use_is_a_sentence(desk: Desk, tmp_path: Path):
    """Somebody has the room open already."""
    port = free_port()
    with served(tmp_path / "room.db", "--port", str(port)) as address:
        assert str(port) in address
        with (
            pytest.raises(AssertionError, match=f"Port {port} is in use"),
            served(tmp_path / "room.db", "--port", str(port)),
        ):
            pass


def tabs_of(store: Path) -> list[str]:
    """The processes that show this store, by the environment that the server gave them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(str(store)) in told and b"negotiation_tui.tab" in told:
            found.append(process.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="No list of processes here.")
@pytest.mark.parametrize("end", ["the tab", "the server", "the server, killed"])
def test_no_tab_outlives_its_page(desk: Desk, tmp_path: Path, end: str):
    """Neither when the tab is closed nor when the server ends, however it does."""
    store = tmp_path / "room.db"

    async def come_and_go(address: str, process: subprocess.Popen[str]) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{address}ws?width=80&height=24") as socket,
        ):
            heard = b""
            while b"keep its readings" not in heard:
                heard += (await socket.receive(timeout=PATIENCE)).data
            assert tabs_of(store)
            if end == "the server":
                process.terminate()
            elif end == "the server, killed":
                process.kill()
            if end != "the tab":
                await asyncio.to_thread(process.wait, PATIENCE)
        for _ in range(int(PATIENCE / 0.05)):
            if not tabs_of(store):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{tabs_of(store)} still show the room to nobody.")

    with server(store) as (address, process):
        asyncio.run(come_and_go(address, process))
