"""The page about the chair's screen names the keys as they are."""

from pathlib import Path

from negotiation_tui.keys import GROUPS, KEYS

PAGE = Path(__file__).parents[2] / "docs" / "chair.md"


def table() -> str:
    """The keys as the page prints them."""
    rows = [
        "| " + group + " | " + " · ".join(f"`{one.printed}` {one.does}" for one in KEYS
                                           if one.group == group and one.printed) + " |"
        for group in GROUPS
    ]  # fmt: skip
    return "\n".join(["| | |", "| --- | --- |", *rows])


def test_every_key_stands_on_the_page_with_what_it_does():
    """A key that changed and a page that did not would teach the wrong hand."""
    assert table() in PAGE.read_text(encoding="utf-8"), f"The table should be:\n{table()}"
