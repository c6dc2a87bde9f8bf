"""One try to harm the program: what lies in the folder, and what is called there."""

from collections.abc import Callable
from pathlib import Path

import attrs


@attrs.frozen
class Call:
    """One call of the program."""

    said: tuple[str, ...]
    terminal: bool = False
    """Whether it prints to a terminal, so that signs of direction have to be spelled out, too."""
    writes: tuple[str, ...] = ()
    """Files and folders that it may make, beside the record."""
    stop_after: float = 0.0
    """Seconds after which Ctrl+C is pressed, for what goes on until then."""


@attrs.frozen
class Attempt:
    """What is put into an empty folder, and the calls that are made in it."""

    kind: str
    name: str
    put: Callable[[Path], object]
    """Makes the folder ready; may be slow or large, it runs in a process of its own."""
    calls: tuple[Call, ...]
    store: str = "talks.db"
    sound: bool = True
    """Whether the record is whole, so that `verify` has to find it whole after each act."""
    heavy: bool = False
    """Whether it is left out where time is short."""


def call(*said: str, terminal: bool = False, writes: tuple[str, ...] = ()) -> Call:
    """A call of these words."""
    return Call(said, terminal, writes)
