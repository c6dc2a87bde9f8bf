"""Which characters a Word file can hold: those of XML 1.0, and no others."""

from __future__ import annotations

import re

_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sayable(words: str) -> str:
    """The words without the characters that no Word file can hold."""
    return _UNSAYABLE.sub("", words)


def unsayable(words: str) -> int:
    """How many characters of these words no Word file can hold."""
    return len(_UNSAYABLE.findall(words))
