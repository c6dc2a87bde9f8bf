"""Pages of text that no delegation wrote: bombs for a reader, and real pages bent out of shape.

The real ones are read beside the checkout when the program runs, and stay there.
"""

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.corpus import CORPUS
from tests.hostile.attempt import Attempt, Call, call
from tests.hostile.signs import ALL, DIRECTIONS

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
_PAGE = "# A draft\n\nThe Conference,\n\ndecides\n\n1. to meet again;\n\n2. [to rest][to work];\n\n"
_MARKS = (
    "[",
    "]",
    "{",
    "}",
    "~~",
    "**",
    "*",
    "_",
    "__",
    "<u>",
    "</u>",
    "<ins>",
    "<del>",
    "</del>",
    "(",
    ")",
    "[[",
    "]]",
    "{{",
    "[x][y]",
    "~~[~~",
    "]~~",
    "Alt 1",
    "Option A",
    "(MOD)",
    "ADD",
    "SUP",
    "NOC",
    "[EU:",
    "[USA, CHN]",
    "1.",
    "a)",
    "(i)",
    "bis",
    "ter",
    "#",
    "##",
    ">",
    "|",
    "---",
    "===",
    "```",
    "\\",
    "\\[",
    "&amp;",
    "&#x1b;",
    "<!--",
    "-->",
    "<script>",
    "…",
    "’",
    "“",
    "\u00a0",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
)


def _bombs() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Pages that a reader may choke on, each made when it is asked for."""
    for sign in ("[", "]", "{", "(", "~~", "<u>", "*", "**", "_", "[~~", "~~[", "> ", "- ", "\\"):
        for many in (1_000, 9_900, 100_000):
            yield f"{many:,} × {sign}", partial(_after, sign, many)
            yield f"{many:,} × {sign} in words", partial(_after, f"a {sign}b ", many)
    for one, other in (("[", "]"), ("{", "}"), ("~~", "~~"), ("<u>", "</u>"), ("**", "**")):
        for many in (900, 10_000, 100_000):
            yield f"{many:,} deep {one}{other}", partial(_nested, one, other, many)
            yield f"{many:,} × {one}a{other}", partial(_after, f"{one}a{other}", many)
            yield f"{many:,} lines of {one}a{other}", partial(_after, f"{one}a{other}\n\n", many)
    runs = (
        " ",
        "\t",
        "a",
        "1",
        "1.",
        "1.1.",
        "a.",
        "(a)",
        "(",
        "i",
        "x ",
        ", ",
        "-",
        "=",
        "#",
        "`",
        "\u00a0",
        "\u0301",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufe0f",
        "ß",
        "İ",
        "字",
        "𝒳",
        "bis ",
        "A/RES/",
        "1/",
        "paragraph 1 ",
        "Article ",
        "USA, ",
        "[EU",
        "ADD ",
        "DL/",
        "Rev.",
        "20",
    )
    for run in runs:
        for many in (5_000, 100_000, 3_000_000 // len(run.encode())):
            yield f"{many:,} × {run!r}", partial(_after, run, many)
            yield f"{many:,} × {run!r} and a stop", partial(_after, run, many, "!")
    for label in ("1" * 5_000, "i" * 5_000, "a" * 5_000 + ")", "9" * 400 + "bis", "m" * 400 + ")"):
        yield f"label {label[:9]}", partial(_after, f"{label}. words\n\n", 3)
    yield "100 MB in one line", lambda: b"word " * 20_000_000
    yield "100 MB of lines", lambda: b"word\n\n" * 16_600_000
    yield "60 MB of NUL", lambda: b"\0" * 60_000_000
    yield "60 MB of UTF-16", lambda: ("word " * 6_000_000).encode("utf-16")
    yield "7 MB of clauses", lambda: b"1. a\n\n" * 1_200_000
    yield "clauses up to the limit", lambda: b"".join(b"%d. a\n\n" % n for n in range(7_900))
    yield "brackets up to the limit", lambda: b"".join(b"%d. [a] [b]\n\n" % n for n in range(4_900))
    yield (
        "letters up to the limit",
        lambda: _PAGE.encode() + (b"words of it, " * 50 + b"\n\n") * 6_000,
    )
    yield "one paragraph up to the limit", lambda: _PAGE.encode() + b"words of it, " * 300_000
    yield "the same clause", lambda: _PAGE.encode() + b"1. the same words as before;\n\n" * 7_900
    yield "names", lambda: _PAGE.encode() + b"".join(b"[P%d: a]\n\n" % n for n in range(9_000))


def _codings() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Bytes that are no text, or hardly."""
    text = _PAGE
    for coding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-8-sig",
        "utf-7",
        "cp1252",
        "cp037",
        "shift_jis",
        "gb18030",
        "iso2022_jp",
        "punycode",
    ):
        yield coding, partial((text + "é字").encode, coding, "replace")
    for name, some in (
        ("lone surrogate", b"\xed\xa0\x80"),
        ("surrogate pair in UTF-8", b"\xed\xa0\xbd\xed\xb8\x80"),
        ("overlong slash", b"\xc0\xaf"),
        ("overlong NUL", b"\xc0\x80"),
        ("beyond Unicode", b"\xf4\x90\x80\x80"),
        ("five bytes", b"\xf8\x88\x80\x80\x80"),
        ("cut letter", b"\xe2\x82"),
        ("noncharacter", "\ufffe\uffff\U0010ffff".encode()),
        ("three BOMs", b"\xef\xbb\xbf" * 3),
        ("BOM within", b"a\xef\xbb\xbfb"),
        ("UTF-16 BOM and bytes", b"\xff\xfe"),
        ("NUL", b"\0"),
    ):
        yield name, partial(bytes.join, b"", [text.encode(), some, b" words\n"])
        yield f"{name} first", partial(bytes.join, b"", [some, text.encode()])
    yield (
        "UTF-16 with half a letter",
        lambda: b"\xff\xfe" + text.encode("utf-16-le") + b"\x00\xd8a\0",
    )
    yield "UTF-16, odd", lambda: text.encode("utf-16") + b"\0"
    yield "tower of marks", lambda: text.encode() + ("a" + "\u0301\u0489" * 50_000 + "\n").encode()
    yield "only marks", lambda: ("\u0301" * 100_000).encode()
    yield "only zero width", lambda: ("\u200b\u200d\ufeff\n\n" * 1_000).encode()
    yield "only CR", lambda: text.replace("\n", "\r").encode()
    for sign in ALL:
        yield f"U+{ord(sign[0]):04X}…", partial(str.encode, _strewn(text, sign))
    yield "unbalanced directions", lambda: _strewn(text, "".join(DIRECTIONS) * 50).encode()


def _after(sign: str, many: int, end: str = "") -> bytes:
    return _PAGE.encode() + sign.encode() * many + f"{end}\n".encode()


def _nested(one: str, other: str, many: int) -> bytes:
    return _PAGE.encode() + f"{one * many}a{other * many}\n".encode()


def _strewn(text: str, sign: str) -> str:
    return "".join(letter + sign * (n % 7 == 3) for n, letter in enumerate(text))


def originals() -> list[Path]:
    """Pages to begin with: those of the repository, and the real ones where they are."""
    found = sorted(TEXTS.glob("*.md"))
    if CORPUS.is_dir():
        found += sorted(CORPUS.glob("*.md")) + sorted((CORPUS / "skeletons").glob("*.txt"))
        found += sorted(CORPUS.glob("*/*.txt"))[:1] + sorted(CORPUS.glob("unfccc/**/*.txt"))[:3]
    return found


def bent(chance: random.Random) -> bytes:
    """A page with some of its bytes, signs and lines changed, moved, lost or doubled."""
    source = chance.choice(originals()).read_bytes()
    if len(source) > 40_000:
        at = chance.randrange(len(source) - 30_000)
        source = source[at : at + 30_000]
    text = source.decode(errors="replace")
    for _ in range(chance.choice((1, 3, 10, 60))):
        at, other = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        other = min(other, at + chance.choice((1, 20, 2_000)))
        sign = chance.choice(_MARKS + ALL)
        text = chance.choice(
            (
                text[:at] + sign + text[at:],
                text[:at] + sign * chance.choice((2, 50, 700)) + text[at:],
                text[:at] + text[other:],
                text[:at] + text[at:other] * 3 + text[other:],
                text[:at] + text[at:other][::-1] + text[other:],
                text[:at] + sign + text[at:other] + chance.choice(_MARKS) + text[other:],
                text[:at] + text[at:other].replace("\n", sign) + text[other:],
                text[:at] + text[at:other].replace(" ", sign) + text[other:],
            )
        )[:400_000]
    made = bytearray(text.encode(errors="surrogatepass"))
    if chance.random() < 0.15:
        for _ in range(chance.randrange(1, 20)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _bent_by(seed: int) -> bytes:
    return bent(random.Random(seed))


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """The bombs and codings once, each by one of the ways in; then bent pages without end."""
    whole = [*_bombs(), *_codings()]
    chance.shuffle(whole)
    for name, make in whole:
        yield _received(name, make, chance)
    number = 0
    while True:
        number += 1
        seed = chance.randrange(2**60)
        yield _received(f"bent {seed}", partial(_bent_by, seed), chance)


def _received(name: str, make: Callable[[], bytes], chance: random.Random) -> Attempt:
    ending = chance.choice((".md", ".txt"))
    custom = chance.choice(
        ((), (), ("--conventions", chance.choice(("itu", "un", "unfccc", "who"))))
    )
    way = chance.choice(("import", "import", "receive", "base", "amended", "authors", "verify"))
    page, sound = f"page{ending}", str(TEXTS / "tide-short.md")
    later: tuple[Call, ...] = (call("text", "--store", "talks.db"),)
    begun = True
    match way:
        case "import":
            begun = False
            calls = (call("import", page, *custom, "--store", "talks.db"),)
            if chance.random() < 0.3:
                export = f"out{chance.choice(('.md', '.docx', '.html', '.xml', '.json', '.txt'))}"
                later += (call("export", export, "--store", "talks.db", writes=(export,)),)
                later += (call("open", "--store", "talks.db", terminal=True),)
        case "receive":
            calls = (call("receive", page, "--as", "R2", *custom, "--yes", "--store", "talks.db"),)
        case "base":
            begun = False
            calls = (call("import", sound, "--base", page, *custom, "--store", "talks.db"),)
        case "amended":
            begun = False
            base = str(TEXTS / "tide-short-base.md")
            calls = (call("import", page, "--base", base, *custom, "--store", "talks.db"),)
        case "authors":
            begun = False
            word = str(TEXTS / "tide-tracked.docx")
            calls = (call("import", word, "--authors", page, "--store", "talks.db"),)
        case _:
            calls = (call("verify", page, "--store", "talks.db"),)
    return Attempt("page", f"{name}, {way}", partial(_put, make, page, begun), calls + later)


def _put(make: Callable[[], bytes], page: str, begun: bool, folder: Path) -> None:
    from tests.hostile.sample import copy_sample

    (folder / page).write_bytes(make())
    if begun:
        copy_sample(folder / "talks.db")
