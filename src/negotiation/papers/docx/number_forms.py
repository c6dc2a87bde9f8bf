"""Numbers in the forms that Word prints them in: 3, 03, iii, III, c, C, 3rd, Third."""

from __future__ import annotations

from collections.abc import Callable

_ONES = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen"
).split()
_TENS = "Zero Ten Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_SIGNS = "*†‡§"
# Longer numbers than any list has would print a letter millions of times.
_LONGEST = 26 * 30


def written(number: int, form: str) -> str:
    """A number in a form named as ``w:numFmt`` names it; forms not known here print as decimal."""
    if form in ("none", "bullet"):
        return ""
    return _FORMS.get(form, str)(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for worth, sign in _ROMAN:
        while number >= worth:
            found += sign
            number -= worth
    return found


def _letters(alphabet: str) -> Callable[[int], str]:
    """After the last letter come two of the first: z, aa, bb."""

    def letter(number: int) -> str:
        if not 0 < number <= _LONGEST:
            return str(number)
        turn, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (turn + 1)

    return letter


def _upper(form: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: form(number).upper()


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _cardinal_text(number: int) -> str:
    if not 0 <= number < 100:
        return str(number)
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones].lower()}" if ones else "")


def _ordinal_text(number: int) -> str:
    if not 0 <= number < 100:
        return _ordinal(number)
    before, dash, last = _cardinal_text(number).lower().rpartition("-")
    last = f"{last[:-1]}ieth" if last.endswith("y") else _IRREGULAR.get(last, f"{last}th")
    return f"{before}{dash}{last}".capitalize()


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "lowerRoman": _roman,
    "upperRoman": _upper(_roman),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _upper(_letters(_LATIN)),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _upper(_letters(_RUSSIAN)),
    "arabicAlpha": _letters(_ARABIC),
    "arabicAbjad": _letters(_ABJAD),
    "ideographTraditional": _letters(_STEMS),
    "chicago": _letters(_SIGNS),
    "ordinal": _ordinal,
    "cardinalText": _cardinal_text,
    "ordinalText": _ordinal_text,
}
