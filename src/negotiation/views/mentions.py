"""Words that name a numbered place: "paragraph 3 above", "Articles 5 and 6", "in b) above".

Reads plain words and knows no clauses: which place is meant is for `references`. What belongs to
another instrument, such as "Article 2 of the Convention", is read past and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

OPEN = "open"
"""The sort of a number that is still to be filled in."""


@attrs.frozen
class Mention:
    """One number or letter that names a place, with what is said around it."""

    start: int
    """Where its words begin: at "paragraph" for the first of a row, at the number for others."""
    end: int
    label_start: int
    label_end: int
    kind: str
    """article, annex, part, section, chapter, paragraph, pp or op of a resolution, or empty."""
    label: str
    inside: tuple[Mention, ...] = ()
    """The places that it is said to be in, the nearest first."""
    here: bool = False
    """Whether it is said to be in this very article, or under what is named before it."""
    verb: str = ""
    """The heading of the block that it is in, where it is named by it: "resolves 2"."""
    side: str = ""
    """above or below, where it is said."""
    other_text: str = ""
    """The instrument it is said to be of, where that may be this one or another."""


_KINDS = {
    "article": "article",
    "articles": "article",
    "annex": "annex",
    "annexes": "annex",
    "part": "part",
    "parts": "part",
    "section": "section",
    "sections": "section",
    "chapter": "chapter",
    "chapters": "chapter",
    "item": "paragraph",
    "items": "paragraph",
}
HALVES = frozenset(("pp", "op"))
"""The two halves of a resolution: preambular and operative paragraphs."""
_CONTAINERS = frozenset(("article", "annex", "part", "section", "chapter"))
_S = r"[ \t\n\u00a0]{1,4}"
_BIS = r"(?:[ \u00a0]?(?:bis|ter|quater|quinquies|ante|alt\d?)(?![a-z]))"
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}(?:{_BIS}{{1,2}}|[A-Z](?![A-Za-z]))?(?![\w/°%])"
_LETTER = rf"\((?:[a-z]{{1,2}}|[ivxl]{{1,5}}|\d{{1,2}}){_BIS}?\)"
_HALF = rf"(?<![\w(])(?:[a-z]|[ivxl]{{1,5}}|aa|bb|cc|\d{{1,2}}){_BIS}?\)"
_CAPITAL = r"(?:[IVX]{1,6}|[A-H])(?![\w'’])"
_UNFILLED = r"(?:[xyXYZ]{1,2}|N|_{2,9}|…)(?![\w'’])"
_OF_PARAGRAPHS = re.compile(rf"{_NUMBER}|{_LETTER}|{_HALF}|{_UNFILLED}")
_OF_CONTAINERS = re.compile(rf"{_NUMBER}|{_UNFILLED}|{_CAPITAL}")
_SUB = re.compile(rf"[ \u00a0]?({_LETTER})")
_KIND = re.compile(
    r"(?:sub-?)?(?:paragraphs?|paras?\.?)|articles?|annex(?:es)?|parts?|sections?|chapters?|items?",
    re.IGNORECASE,
)
_HALVES = rf"(?-i:(?P<room>OP|PP)s?[ \u00a0]?(?=\d))|(?:(?P<half>operative|preambular){_S})?"
_JOINED = re.compile(
    r"[ \t\n\u00a0]{0,4}(?:(,)[ \t\n\u00a0]{0,4}(?:(?:and|or)\b[ \t\n\u00a0]{1,4})?"
    r"|(?:and/or|and|or|to|through)\b[ \t\n\u00a0]{1,4}|[-–—][ \u00a0]?)",
)
_BEHIND = re.compile(rf"({_S})(?=(?:sub-?)?para)", re.IGNORECASE)
_SIDE = re.compile(rf"{_S}(above|below)\b", re.IGNORECASE)
_OF = re.compile(rf",?{_S}(?:of|in|to|under|from){_S}", re.IGNORECASE)
_THIS = re.compile(
    rf"(?:this|the{_S}present){_S}(article|annex|part|section|paragraph)?", re.IGNORECASE
)
_THAT = re.compile(rf"(?:that|the{_S}same|the{_S}said|said){_S}(?=[a-z])", re.IGNORECASE)
_INSTRUMENT = (
    "convention agreement protocol charter constitution statute covenant treaty declaration rules "
    "regulations resolution resolutions decision decisions act pact accord framework agenda "
    "programme plan recommendation recommendations document report opinion instrument"
).split()
_NAMED = "|".join(_INSTRUMENT)
_OTHER = re.compile(
    rf"(?:(?:the|its|their|a|an|any|that|said){_S})?"
    r"(?:(?:(?-i:[A-Z0-9])[\w’'.-]{0,30}|and|of|the|to|annex)[ \u00a0]){0,7}?"
    rf"({_NAMED})(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?<!this )(?<!present )\b(?:{_NAMED}|council|UNCLOS|UNFCCC)"
    r"(?:[ \u00a0](?:No\.?[ \u00a0])?[\w/.()-]{0,24}\d[\w/.()-]{0,24})?,?"
    r"(?:[ \u00a0](?:in[ \u00a0]particular|and|as[ \u00a0]well[ \u00a0]as)(?:[ \u00a0]its)?)?"
    r"|\b(?:its|their|agenda|of[ \u00a0]the[ \u00a0]said))[ \u00a0\n]{1,3}$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"{_S}[A-Z]")
_OWN = re.compile(rf"\bthis{_S}({_NAMED})\b", re.IGNORECASE)
_BARE = rf"(?:in|see|to|under|of|by|with|from|per|and){_S}(?=(?:{_HALF}|{_LETTER}|\d{{1,3}}\b))"
_AFTER_NUMBER = re.compile(
    rf"$|[,;.:)]|{_S}(?:above|below|and|or|of|to|in|is|are|shall|should|may|has|have|which|that|as"
    rf"|with|for|on|by)\b"
)
_LONGEST_VERB = 80
_MOST_VERBS = 200


class Reader:
    """Reads the mentions in the words of one text."""

    def __init__(self, verbs: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        """``verbs`` are the headings of blocks, ``own`` what the text calls itself."""
        named = sorted(
            {verb for verb in verbs if 2 < len(verb) <= _LONGEST_VERB}, key=len, reverse=True
        )[:_MOST_VERBS]
        said = "|".join(_S.join(map(re.escape, verb.split())) for verb in named)
        verb = rf"|(?P<verb>{said}){_S}(?=[\d(a-z])" if said else "|(?P<verb>(?!))"
        self._head = re.compile(
            rf"(?<![\w-])(?:{_HALVES}(?P<kind>{_KIND.pattern}){_S}(?=[\d(\w…])"
            rf"{verb}|(?P<bare>{_BARE}))",
            re.IGNORECASE,
        )
        self._own = frozenset(own)

    def mentions(self, words: str) -> Iterator[Mention]:
        """Every mention in these words, in order."""
        at = 0
        while head := self._head.search(words, at):
            at = max(head.end(), at + 1)
            found, end = self._chain(words, head)
            at = max(at, end)
            yield from found

    def _chain(self, words: str, head: re.Match[str]) -> tuple[list[Mention], int]:
        verb = head["verb"]
        start = head.start() if head["bare"] is None else head.end()
        kind = _kind(head["kind"]) if head["kind"] else ""
        if half := head["room"] or (head["half"] and kind == "paragraph" and head["half"][0] + "p"):
            kind = half.casefold()
        row, end = _row(words, start, head.end(), kind)
        if not row:
            return [], head.end()
        if verb is not None:
            last = row[-1]
            if last.label[-1] != ")" and not _AFTER_NUMBER.match(words, last.end):
                return [], head.end()
            name = " ".join(verb.split()).casefold()
            row = [attrs.evolve(one, verb=name) for one in row]
        if side := _SIDE.match(words, end):
            end = side.end()
            said = side[1].casefold()
            row[-1] = attrs.evolve(row[-1], end=end)
            row = [attrs.evolve(one, side=said) for one in row]
        elif head["bare"] is not None:
            return [], head.end()
        if not start and kind in _CONTAINERS and _TITLE.match(words, end):
            # A heading that was read as a paragraph names itself.
            return [], end
        if _BEFORE.search(words[max(0, start - 90) : start]):
            return [], end
        return self._inside(words, row, end)

    def _inside(self, words: str, row: list[Mention], end: int) -> tuple[list[Mention], int]:
        """What is said behind a row of mentions: of which article, of which instrument."""
        of = _OF.match(words, end)
        if of is None:
            return row, end
        at = of.end()
        if this := _THIS.match(words, at):
            if this[1] and this[1].casefold() != "paragraph":
                return [attrs.evolve(one, here=True) for one in row], this.end()
            return row, this.end()
        kind = _KIND.match(words, at)
        if kind is not None and (space := re.compile(_S).match(words, kind.end())):
            more, stop = _row(words, at, space.end(), _kind(kind[0]))
            if more:
                if side := _SIDE.match(words, stop):
                    stop = side.end()
                more, stop = self._inside(words, more, stop)
                if not more:
                    return [], stop
                held = tuple(one for one in more if not one.inside)[:1]
                return [
                    *(one if one.inside else attrs.evolve(one, inside=held) for one in row),
                    *more,
                ], stop
        if _THAT.match(words, at) and not _OTHER.match(words, at):
            return [attrs.evolve(one, other_text="that article") for one in row], at
        if other := _OTHER.match(words, at):
            name = other[1].casefold()
            told = " ".join(other[0].split())
            if name in self._own and told.casefold() in (name, f"the {name}"):
                return [attrs.evolve(one, other_text=told) for one in row], other.end()
            return [], other.end()
        return row, end


def own_names(words: str) -> frozenset[str]:
    """What a text calls itself: "this Agreement"."""
    return frozenset(found[1].casefold() for found in _OWN.finditer(words))


def _kind(said: str) -> str:
    return _KINDS.get(said.casefold(), "paragraph")


def _row(words: str, start: int, at: int, kind: str) -> tuple[list[Mention], int]:
    """The numbers of one row: "3, 4(a) and 5", "4, paragraphs 1 and 2, and 6"."""
    row: list[Mention] = []
    held: tuple[Mention, ...] = ()
    end = at
    while True:
        pattern = _OF_CONTAINERS if kind in _CONTAINERS else _OF_PARAGRAPHS
        found = pattern.match(words, at)
        if found is None:
            break
        one = Mention(start, found.end(), found.start(), found.end(), kind, found[0], held)
        row.append(one)
        end = found.end()
        whole, inside = one, held
        while sub := _SUB.match(words, end):
            inside = (whole, *inside)
            whole = Mention(
                sub.start(1), sub.end(), sub.start(1), sub.end(), "paragraph", sub[1], inside
            )
            row.append(whole)
            end = sub.end()
        joined = _JOINED.match(words, end)
        if joined is None and kind in _CONTAINERS:
            # "article 38 paragraph 4", without a comma.
            joined = _BEHIND.match(words, end)
        if joined is None:
            break
        start = at = joined.end()
        named = _KIND.match(words, at)
        if named is not None:
            space = re.compile(_S).match(words, named.end())
            if space is None:
                break
            after = _kind(named[0])
            # "Article 4, paragraph 7" is in the article; "Article 4 and paragraph 7" is not.
            deeper = kind in _CONTAINERS or named[0][:3].casefold() == "sub"
            if after not in _CONTAINERS and deeper and joined[1]:
                held = (one, *held)
            elif after in _CONTAINERS:
                held = ()
            kind, at = after, space.end()
    return row, end
