"""The room in a browser: textual-serve with a page of our own and a lock on the door.

Every tab is one process that only reads. Beyond the machine itself a token is asked for, of the
page, the websocket and the files alike; a page of somebody else's is never let in, whatever it
knows. Encryption is left to whatever stands in front of it.
"""

from __future__ import annotations

import asyncio
import errno
import hmac
import ipaddress
import logging
import os
import secrets
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

from negotiation.rooms import in_full
from negotiation_tui import tab

_SHORTEST = 8
"""Letters of a token."""
_TABS = 40
"""At once; every one is a process."""
_FONT_SIZES = range(6, 97)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class CannotServe(Exception):
    """The room cannot be shown in a browser; the message is a sentence."""


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, out of reach for all others."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class RoomServer(Server):
    """The server of one store's room."""

    def __init__(
        self,
        store: str,
        negotiation: str = "",
        *,
        host: str = "127.0.0.1",
        port: int = 8000,
        font_size: int = 24,
        token: str = "",
        say: Callable[[str], None] = print,
    ) -> None:
        """Make ready; nothing listens yet. Without a token one is made where one is needed."""
        if token and len(token) < _SHORTEST:
            raise CannotServe(f"A token has at least {_SHORTEST} letters; leave it out to get one.")
        self.environment = {
            tab.STORE: in_full(store),
            tab.NEGOTIATION: negotiation,
        }
        self.token = token or ("" if is_loopback(host) else secrets.token_urlsafe(16))
        self.font_size = font_size
        self.say = say
        self.tabs = 0
        super().__init__(
            _command(),
            host=host,
            port=port,
            title="negotiation room",
            templates_path=Path(__file__).parent / "web",
        )

    @property
    def address(self) -> str:
        """What one types into a browser."""
        host = self.host
        if host in ("", "0.0.0.0", "::"):
            host = socket.gethostname()
        elif ":" in host:
            host = f"[{host.strip('[]')}]"
        asked = f"?token={quote(self.token)}" if self.token else ""
        return f"http://{host}:{self.port}/{asked}"

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C. Raises `CannotServe` with a sentence when nothing can listen."""
        self.debug = debug
        self.initialize_logging()
        os.environ.update(self.environment)
        try:
            web.run_app(
                self._make_app(),
                host=self.host or None,
                port=self.port,
                # Called once it listens, which the library's own start-up is not.
                print=lambda *_: self._say_where(),
                access_log=None,
                shutdown_timeout=1.0,
                loop=asyncio.new_event_loop(),
            )
        except OSError as fault:
            raise CannotServe(self._why(fault)) from fault

    def _why(self, fault: OSError) -> str:
        # Windows has numbers of its own for these.
        number = fault.errno
        if number == errno.EADDRINUSE or number == 10048:
            return (
                f"Port {self.port} is in use, perhaps by another room; "
                f"name another one: --port {self.port + 1}."
            )
        if number in (errno.EACCES, 10013):
            return f"Port {self.port} is closed to you; name one above 1023, such as --port 8000."
        if isinstance(fault, socket.gaierror) or number in (errno.EADDRNOTAVAIL, 10049):
            return (
                f"{self.host} is no address of this machine; "
                "--host 0.0.0.0 stands for all that it has."
            )
        return f"The room cannot be served on {self.host}:{self.port} ({fault})."

    # -- what the library asks for ----------------------------------------------------------------

    def initialize_logging(self) -> None:
        """Warnings only: the library would print its requests, and the words with a fault."""
        logging.basicConfig(level=logging.DEBUG if self.debug else logging.WARNING)

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing yet: the port may be in use."""

    def _say_where(self) -> None:
        self.say(f"The room is at {self.address}")
        if not is_loopback(self.host):
            self.say("Whoever has this address can read the text; nobody can write. No encryption.")
        self.say("Ctrl+C ends it.")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._door)
        app.on_response_prepare.append(_add_headers)
        return app

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page."""
        return {"title": self.title, "font_size": self._font_size(request)}

    def _font_size(self, request: web.Request) -> int:
        said = request.query.get("fontsize", "")
        size = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
        return size if size in _FONT_SIZES else self.font_size

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab."""
        if self.tabs >= _TABS:
            raise web.HTTPServiceUnavailable(
                text=f"{_TABS} tabs show this room already; close one of them."
            )
        self.tabs += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self.tabs -= 1

    # -- the door ---------------------------------------------------------------------------------

    @property
    def _cookie(self) -> str:
        # Cookies do not know ports: two rooms of one machine have one each.
        return f"negotiation-room-{self.port}"

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != request.host.casefold():
            return _closed("Another page asks for this room; open its own address instead.")
        if not self.token:
            # A name that somebody else made point to this machine is not this machine.
            if not is_loopback(_name(request.host)):
                return _closed("This room is shown on its own machine only.")
            return await handler(request)
        said = request.query.get("token")
        if said is not None and self._fits(said) and request.path == "/":
            # Out of the address, which everybody in the room can read.
            rest = {name: value for name, value in request.query.items() if name != "token"}
            answer = web.HTTPFound(request.rel_url.with_query(rest))
            answer.set_cookie(self._cookie, self.token, httponly=True, samesite="Lax")
            return answer
        if not (self._fits(said or "") or self._fits(request.cookies.get(self._cookie, ""))):
            return _closed("This room asks for its token; open the address that came with it.")
        return await handler(request)

    def _fits(self, said: str) -> bool:
        return hmac.compare_digest(said.encode("utf-8", "replace"), self.token.encode())


def _closed(sentence: str) -> web.Response:
    return web.Response(status=403, text=sentence)


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def _command() -> str:
    """What a tab runs; only our own interpreter's path goes through a shell."""
    python = sys.executable
    named = subprocess.list2cmdline([python]) if os.name == "nt" else shlex.quote(python)
    return f"{named} -P -m negotiation_tui.tab"
