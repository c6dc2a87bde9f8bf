"""Pictures of the screens: the same for the same record, and nothing is fetched for them."""

import asyncio

import pytest

from negotiation_tui.picture import as_png, picture
from tests.tui.room import desk_of

ANYBODY = "http://www.w3.org/2000/svg"
RICH = "https://www.textualize.io"


@pytest.mark.parametrize("room", [False, True])
def test_a_picture_is_the_same_each_time_and_asks_nobody(room):
    """No fonts from the network; the clock of the room stands still."""
    pictures = [
        asyncio.run(picture(desk_of(), (80, 24), [] if room else ["n"], room=room))
        for _ in range(2)
    ]
    assert pictures[0] == pictures[1]
    assert "http" not in pictures[0].replace(ANYBODY, "").replace(RICH, "")
    assert "@font-face" not in pictures[0]
    assert "monospace" in pictures[0]


def test_a_picture_is_painted_where_there_is_a_browser(tmp_path):
    """As large as the terminal that it shows."""
    out = tmp_path / "floor.png"
    if not as_png(asyncio.run(picture(desk_of(), (80, 24), [])), out):
        pytest.skip("There is no Chromium here to paint with.")
    head = out.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    assert (width, height) == (994, 636)
