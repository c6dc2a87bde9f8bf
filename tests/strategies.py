"""Words as people type them, and passages, edits, marks and places made of such words.

Everything is put together from whole characters (an accent never comes without its letter), save
where a strategy says otherwise: what cuts characters is a test of its own.
"""

from __future__ import annotations

from hypothesis import strategies as st

from negotiation.text.edit import Edit, replacement
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, joined
from negotiation.text.places import Reach
from negotiation.text.search import on_boundary

SIGNS = (
    *"abcdeorstXYZ0123",
    *"   ",
    *",.;:()[]/-",
    "e\u0301",  # e and a combining acute
    "n\u0303\u0323",  # n with two combining marks
    "\u00e9",
    *"“”‘’«»–—…",
    "\u00a0",  # no-break space
    "\u202f",  # narrow no-break space
    "م\u064f",  # Arabic letter with a vowel sign
    "لا",
    "ש\u05b8",  # Hebrew letter with a point
    "\u200f",  # right-to-left mark
    "क\u094d\u0937",  # Devanagari conjunct
    "\u1112\u1161\u11ab",  # Hangul syllable in jamo
    "한",
    "条",
    "，",
    "👩\u200d👩\u200d👧",  # family, joined
    "👍🏽",
    "🇨🇭",
    "🇧🇷",
    "☎\ufe0f",
    "\r\n",
)
"""Single characters, as a reader counts them, of the kinds that drafts hold."""

WORDS = (
    "the measures",
    "shall",
    "should",
    "and",
    "of",
    "Member States",
    "security,",
    "l’accord",
    "“trust”",
    "re\u0301solution",
    "§\u00a05",
    "2010–2014",
    "3.5",
    "السلام عليكم",
    "安全保障",
)

FRESH = 1000
"""An entry later than any that a drawn passage knows."""

SOURCES = ("P1", "P2", "P3", "")


def texts(least: int = 0, most: int = 12) -> st.SearchStrategy[str]:
    """Words as people type them."""
    pieces = st.sampled_from(SIGNS) | st.sampled_from(WORDS) | st.sampled_from(("the ", " and "))
    return st.lists(pieces, min_size=least, max_size=most).map("".join)


def sentences(least: int = 0, most: int = 20) -> st.SearchStrategy[str]:
    """Words with a space between them, some with punctuation or an accent, few of them different.

    Few, so that two sentences share words by chance.
    """
    word = st.sampled_from(
        ("a", "b", "c", "the", "the,", "e\u0301", "e", "foo", "foobar", "3.5", "“a”")
    )
    gap = st.sampled_from((" ", " ", " ", "  ", "\u00a0", "\n", ", "))
    pairs = st.lists(st.tuples(word, gap), min_size=least, max_size=most)
    return pairs.map(lambda drawn: "".join(word + gap for word, gap in drawn))


def standings() -> st.SearchStrategy[Standing]:
    """What may become of a mark."""
    return st.sampled_from(Standing)


@st.composite
def marks(draw: st.DrawFn, entry: int | None = None) -> Mark:
    """A mark, undecided or with the decisions of later entries on it."""
    at = draw(st.integers(1, 40)) if entry is None else entry
    later = sorted(draw(st.sets(st.integers(at, at + 50), max_size=2)))
    fates = tuple(Fate(when, draw(standings())) for when in later)
    return Mark(at, draw(st.sampled_from(SOURCES)), fates)


def fresh_marks(entry: int = FRESH) -> st.SearchStrategy[Mark]:
    """The mark of a new entry: for a proposal, or decided as it is made."""
    kept = Mark(entry, "", (Fate(entry, Standing.KEPT),))
    return st.sampled_from((*(Mark(entry, source) for source in SOURCES), kept))


@st.composite
def runs(draw: st.DrawFn, pool: tuple[Mark, ...]) -> Run:
    """A run with a history from a pool of marks, so that neighbours may share one."""
    inserted = draw(st.none() | st.sampled_from(pool))
    born = 0 if inserted is None else inserted.entry
    later = [mark for mark in pool if mark.entry > born]
    struck = draw(st.lists(st.sampled_from(later), unique=True, max_size=2)) if later else []
    struck.sort(key=lambda mark: mark.entry)
    presumed = inserted is None and draw(st.booleans())
    return Run(draw(texts(1, 5)), inserted, tuple(struck), presumed)


@st.composite
def passages(draw: st.DrawFn, most: int = 8) -> Passage:
    """A passage in normal form, of any history."""
    pool = tuple(draw(st.lists(marks(), min_size=1, max_size=4, unique_by=lambda m: m.entry)))
    return Passage(joined(draw(st.lists(runs(pool), max_size=most))))


@st.composite
def edits(draw: st.DrawFn, passage: Passage) -> Edit:
    """An edit that fits this passage, at any offset."""
    length = len(passage.words)
    start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    if draw(st.booleans()):
        end = start
    return replacement(passage, start, end, draw(texts(0, 4)))


@st.composite
def whole_edits(draw: st.DrawFn, passage: Passage) -> Edit:
    """An edit that fits this passage and cuts no character."""
    words = passage.words
    cuts = [at for at in range(len(words) + 1) if on_boundary(words, at)]
    start, end = sorted((draw(st.sampled_from(cuts)), draw(st.sampled_from(cuts))))
    return replacement(passage, start, end, draw(texts(0, 4)))


@st.composite
def reaches(draw: st.DrawFn, length: int) -> Reach:
    """A share of a clause of this length, open at either end or not."""
    start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    return Reach(draw(st.sampled_from((None, start))), draw(st.sampled_from((None, end))))
