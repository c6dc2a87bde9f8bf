"""The names that parties go by on a page, and the lines and brackets that name them.

Reads `CUB/70/3 – Cuba – To be further discussed`, `MOD EUR/12/1`, `[USA: …]`, `[EU delete]` and
`[… - G77; US delete]`. Leaves out who a party is: that is for the room's own list of parties.
"""

import re
from collections.abc import Collection

import attrs

from negotiation.views.known_parties import BETWEEN_NAMES, REGIONS, SYMBOL, is_party

_LINE = re.compile(
    rf"^(?:(?P<kind>ADD|MOD|SUP|NOC|\(MOD\))[ \t]{{1,8}})?(?P<symbol>{SYMBOL})"
    rf"(?P<more>(?:(?:,|;| and)[ \t\u00a0]{{0,4}}{SYMBOL}){{0,12}})"
    r"(?:[ \t\u00a0]{0,8}[-–—:][ \t\u00a0]{0,8}(?P<rest>\S.{0,160}))?[ \t\u00a0]{0,80}$"
)
_DASH = re.compile(r"[ \t\u00a0][-–—][ \t\u00a0]")
_ACT = r"(?:delete|deletes|to delete|retain|retains|to retain|reserves|reserve|bracket|brackets)"
_ALL = re.compile(rf"^(?P<names>[^:.\[\]]{{1,120}}?) (?P<act>{_ACT})$", re.IGNORECASE)
_FIRST = re.compile(r"^(?P<names>[^:;\[\]]{1,80}):\s")
_LAST = re.compile(r"\s?[-–—]\s?(?P<names>[^-–—\[\]]{1,160})$")
_SPLIT = re.compile(BETWEEN_NAMES)
_WORD = re.compile(r"\S+")
_LONGEST_NAME = 9
"""Words, a few names together included."""
_ACTS = re.compile(rf"\b{_ACT}\b", re.IGNORECASE)


@attrs.frozen
class Attribution:
    """A line that names the proposal and the sponsor of what follows."""

    symbol: str
    code: str
    sponsors: tuple[str, ...]
    printed_name: str
    status: str
    kind: str
    printed: str

    @property
    def completed(self) -> bool:
        """Whether the printed name was cut short and has been completed."""
        return bool(self.printed_name) and self.printed_name not in self.sponsors


def attribution(words: str) -> Attribution | None:
    """The attribution that a whole paragraph is, or None."""
    printed = words.strip().strip("*_[]{} ")
    if not 4 <= len(printed) <= 240:
        return None
    found = _LINE.match(printed)
    if found is None:
        return None
    first = found["symbol"]
    symbol = first + found["more"]
    code = "/".join(part for part in first.split("/") if part.isalpha())
    parts = _DASH.split(found["rest"] or "", maxsplit=1)
    name = parts[0].strip()
    status = parts[1].strip() if len(parts) > 1 else ""
    return Attribution(
        symbol=symbol,
        code=code,
        sponsors=_sponsors(code, name),
        printed_name=name,
        status=status,
        kind=(found["kind"] or "").strip("()"),
        printed=words.strip(),
    )


def _sponsors(code: str, name: str) -> tuple[str, ...]:
    region = REGIONS.get(code)
    if not name:
        return (region,) if region else tuple(code.split("/"))
    if region and name != region and region.startswith(name.rstrip(".")):
        return (region,)
    if "/" in code and ("," in name or "/" in name):
        parts = tuple(part.strip() for part in _SPLIT.split(name) if part.strip())
        return parts or (name,)
    return (name,)


def _parties(names: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The parties in a list of names; empty unless every name is known."""
    parts = [part.strip() for part in _SPLIT.split(_ACTS.sub("", names)) if part.strip()]
    named = bool(parts) and all(is_party(part) or part in known for part in parts)
    return tuple(parts) if named else ()


def holders(inner: str) -> tuple[tuple[str, ...], str]:
    """Who is named inside a bracket, and what they ask for where that is said."""
    opening, ending = inner[:200].strip(), inner[-200:].strip()
    if len(inner) <= 160 and (found := _ALL.match(opening)) and _parties(found["names"]):
        return _parties(found["names"]), found["act"].lower()
    if (found := _FIRST.match(opening)) and _parties(found["names"]):
        return _parties(found["names"]), ""
    dash = max(ending.rfind("-"), ending.rfind("–"), ending.rfind("—"))
    if dash > 0:
        tail = ending[dash + 1 :].strip().rstrip(".;,")
        names = tail.split(";")
        known = tuple(party for part in names for party in _parties(part))
        if known:
            act = _ACTS.search(tail)
            return known, act[0].lower() if act else ""
    return (), ""


def namings(inner: str, known: Collection[str] = ()) -> tuple[tuple[int, int], ...]:
    """Where the words inside a bracket say who holds it, as `holders` reads them.

    ``known`` are names of parties besides those that everybody knows. What is asked for ("delete")
    is no name and stays.
    """
    begin = len(inner) - len(inner.lstrip())
    end = len(inner.rstrip())
    found = _ALL.match(inner[begin:end]) if end - begin <= 160 else None
    if found is not None and _parties(found["names"], known):
        return ((begin, begin + found.start("act")),)
    stretches: list[tuple[int, int]] = []
    if (found := _FIRST.match(inner[begin : begin + 200])) and _parties(found["names"], known):
        stretches.append((begin, begin + found.end()))
    low = max(begin, end - 200)
    dash = max(inner.rfind(sign, low, end) for sign in "-–—")
    if dash > begin:
        tail = inner[dash + 1 : end].strip().rstrip(".;,")
        if any(_parties(part, known) for part in tail.split(";")):
            stretches.append((len(inner[:dash].rstrip()), end))
    return tuple(stretches)


def reserving(words: str, known: Collection[str] = ()) -> tuple[int, int]:
    """How many letters of a footnote say whose reservation it records, and how many they are."""
    found = list(_WORD.finditer(words[:160]))[:_LONGEST_NAME]
    for last in reversed(found[:-1]):
        names = _SPLIT.split(words[: last.end()].lstrip(" ["))
        if all(is_party(name) or name in known for name in names):
            return last.end(), len(names)
    return 0, 0
