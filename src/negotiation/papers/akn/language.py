"""In which of the six languages of the United Nations a text is written, as far as it shows.

The record does not know it, and an address in Akoma Ntoso has to say it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

UNKNOWN = "und"
"""What ISO 639-2 writes where the language is not determined."""
_SMALL_WORDS = {
    "eng": frozenset("the of and to in that for on its with be by".split()),
    "fra": frozenset("le la les des du et à en que dans pour sur aux une".split()),
    "spa": frozenset("el la los las del y en que de para por con una sus".split()),
}
_SCRIPTS = {"CYRILLIC": "rus", "ARABIC": "ara", "CJK": "zho"}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.12
"""The share of small words from which on a text is taken for one in that language."""
_LOOKED_AT = 20_000


def language_of(text: str) -> str:
    """The code of ISO 639-2 for the language of a text; `UNKNOWN` where it does not show."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    if not words:
        return UNKNOWN
    scripts = Counter(unicodedata.name(word[0], "").partition(" ")[0] for word in words)
    script, often = scripts.most_common(1)[0]
    if script in _SCRIPTS and often * 2 > len(words):
        return _SCRIPTS[script]
    shares = {
        code: sum(word in small for word in words) / len(words)
        for code, small in _SMALL_WORDS.items()
    }
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _ENOUGH else UNKNOWN
