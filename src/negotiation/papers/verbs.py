"""The verbs that open a block of a resolution, alone on their line.

A block heading is recognised by its words, never by its looks: italics are lost on the way. Leaves
out verbs that open a sentence (`*Recalling* its resolutions,`): those are paragraphs.
"""

import re

_PREAMBULAR = frozenset(
    """
    acknowledging acting adopting affirming alarmed anxious appreciating approving aware basing
    bearing believing cognizant commending concerned conscious considering convinced deploring
    desiring determined dismayed emphasizing emphasising encouraged endorsing expressing fulfilling
    gravely guided having highlighting hoping inspired keeping mindful noting observing pursuant
    reaffirming realizing realising recalling recognizing recognising recollecting referring
    regretting reiterating respecting responding seeking seized stressing supporting taking
    underlining underscoring understanding urging viewing welcoming
    """.split()
)
_OPERATIVE = frozenset(
    """
    accepts acknowledges adopts advises affirms agrees appeals appoints approves asks authorizes
    authorises calls charges commends condemns confirms congratulates considers decides declares
    demands deplores designates directs draws emphasizes emphasises encourages endorses establishes
    exhorts expresses highlights hopes insists instructs invites notes mandates proclaims
    proposes reaffirms recalls recognizes recognises recommends regrets reiterates reminds repeals
    requests resolves stresses suggests supports suspends takes thanks trusts underlines underscores
    undertakes urges welcomes
    """.split()
)
_BEFORE = frozenset(
    "again also alarmed deeply duly equally firmly fully further having in likewise moreover once"
    " profoundly seriously solemnly strongly warmly and".split()
)
_AFTER = frozenset("further also again that in mind and moreover".split())

VERBS = _PREAMBULAR | _OPERATIVE
"""Every known verb, in the form in which it opens a block."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+){0,4}")
_LONGEST = 240
_MOST_WORDS = 30
_MOST_WORDS_UNKNOWN = 12
_CLOSING = ".,;:!?"


def is_verb_heading(words: str, *, expected: bool = False) -> bool:
    """Whether a paragraph is a block heading: a verb phrase without a closing mark.

    With `expected`, after a paragraph that closed its block, a verb that is not in the list is
    recognised by its form, too.
    """
    if not 0 < len(words) <= _LONGEST:
        return False
    bare = words.strip().strip("*_").strip()
    if not bare or bare[-1] in _CLOSING or not bare[0].isalpha():
        return False
    phrase = _WORD.findall(bare)
    if not phrase or len(phrase) > _MOST_WORDS:
        return False
    opening = _opening_verb(phrase)
    if opening is None:
        return False
    if opening in VERBS:
        return bare[0].islower() or bare == bare.upper() or len(phrase) <= 4
    unknown_verb = opening.endswith(("ing", "ises", "izes", "ates", "ects", "ests", "ends"))
    return expected and unknown_verb and bare[0].islower() and len(phrase) <= _MOST_WORDS_UNKNOWN


def is_bare_verb(words: str) -> bool:
    """Whether a line holds nothing but verbs and their adverbs: a heading wherever it stands."""
    if not 0 < len(words) <= 60:
        return False
    bare = words.strip().strip("*_").strip()
    phrase = bare.split(" ")
    if len(phrase) > 4 or not bare.islower():
        return False
    return phrase[0] in VERBS and all(word in VERBS | _BEFORE | _AFTER for word in phrase[1:])


def _opening_verb(phrase: list[str]) -> str | None:
    for word in phrase[:4]:
        lower = word.lower()
        if lower in VERBS:
            return lower
        if lower not in _BEFORE:
            return lower
    return None
