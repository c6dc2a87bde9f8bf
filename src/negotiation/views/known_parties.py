"""The names that everybody knows parties by, whether they take part or not, and how they stand."""

from __future__ import annotations

SYMBOL = r"[A-Z]{1,5}(?:/[A-Z]{1,5}){0,30}/\d{1,3}(?:A\d{1,2})?/\d{1,3}"
"""A proposal symbol: sponsors, document with its addendum, number."""
BETWEEN_NAMES = r"\s{0,4}(?:[,;/&]|\band\b|\bsupported by\b)\s{0,4}"
"""What stands between the names of several parties in a row."""

REGIONS = {
    "ACP": "Asia-Pacific",
    "AFCP": "African Group",
    "ARB": "Arab States",
    "ECP": "Europe",
    "EUR": "Europe",
    "IAP": "Inter-American States",
    "RCC": "Regional Commonwealth in the field of Communications",
}
"""Codes that ITU symbols use for regions, with the name that stands for them."""

_ABBREVIATIONS = frozenset(
    """
    AOSIS AILAC ALBA ARG AU AUS BASIC B CAN CANZ CARICOM CEPT CHN CUB EIG EU F G G77 GRULAC IAP IND
    INDONESIA J JAPAN KEN LDC LDCs LMDC NAM NOR OIC PSIDS RCC ROK RUS SICA SIDS UAE UK US USA UG ZAF
    """.split()
)
_NAMES = frozenset(
    name.strip()
    for name in """
    African Group; Algeria; Arab Group; Arab States; Argentina; Armenia; Asia-Pacific; Australia;
    Austria; Bangladesh; Belarus; Belgium; Bolivia; Brazil; Bulgaria; Cameroon; Canada; Chile;
    China; Colombia; Costa Rica; Cuba; Czechia; Denmark; Ecuador; Egypt; El Salvador; Estonia;
    Ethiopia; European Union; Europe; Fiji; Finland; France; G77 and China; Germany; Ghana;
    Greece; Guatemala; Holy See; Honduras; Hungary; Iceland; India; Indonesia; Iran; Iraq;
    Ireland; Israel; Italy; Jamaica; Japan; Jordan; Kazakhstan; Kenya; Kuwait; Latvia; Lebanon;
    Lithuania; Luxembourg; Malaysia; Maldives; Malta; Mexico; Monaco; Morocco; Namibia; Nepal;
    Netherlands; New Zealand; Nicaragua; Nigeria; Norway; Oman; Pakistan; Palau; Panama;
    Paraguay; Peru; Philippines; Poland; Portugal; Qatar; Republic of Korea; Romania; Russia;
    Russian Federation; Rwanda; Samoa; Saudi Arabia; Senegal; Serbia; Singapore; Slovakia;
    Slovenia; South Africa; Spain; Sri Lanka; Sudan; Sweden; Switzerland; Syria; Tanzania;
    Thailand; Tonga; Trinidad and Tobago; Tunisia; Türkiye; Turkey; Tuvalu; Uganda; Ukraine;
    United Arab Emirates; United Kingdom; United States; Uruguay; Vanuatu; Venezuela; Viet Nam;
    Yemen; Zambia; Zimbabwe
    """.replace("\n", " ").split(";")
)

KNOWN = _NAMES | _ABBREVIATIONS | frozenset(REGIONS)
"""Names, and codes as pages print them."""


def is_party(name: str) -> bool:
    """Whether a name is one that parties are known by."""
    return name in KNOWN
