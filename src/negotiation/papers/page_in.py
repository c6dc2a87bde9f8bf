"""A received file as the reader of drafts takes it: a page of text, or the sheet of a Word file."""

from __future__ import annotations

import functools

import attrs

from negotiation.papers.blocks import lines_of
from negotiation.papers.crowded import MOST_CLAUSES
from negotiation.papers.docx.page import WordPage
from negotiation.papers.page_text import NotReadable, page_text, refuse_endless
from negotiation.papers.sheet import Sheet, sheet_of

_MOST_CHANGES = 10_000
_MOST_COMMENTS = 5_000
"""Whoever writes them all beside one paragraph makes it remember that many states."""
_MOST_JOINED = 200
"""Paragraphs that tracked marks make one of: nobody strikes the ends of more in a row."""
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")


def is_word(source: bytes, name: str) -> bool:
    """Whether a file is to be read as a Word file: by its ending, or by what it begins with."""
    return name.casefold().endswith((".docx", ".docm", ".dotx")) or source.startswith(_ARCHIVE)


def page_in(source: bytes, name: str, *, by_hand: bool = True) -> str | Sheet:
    """The page of a received file; raises `NotReadable`.

    ``by_hand`` says whether strikes and underlines by hand are marks in a Word file.
    """
    if not source or not is_word(source, name):
        return page_text(source, name)
    sheet = sheet_of(word_in(source, name), by_hand=by_hand)
    joined = next((p for p in sheet.paragraphs if len(p.starts) > _MOST_JOINED), None)
    if joined is not None:
        raise NotReadable(
            f"{name} makes one paragraph of {len(joined.starts):,} by tracked changes "
            f"(from paragraph {joined.number} on); accept or reject these in Word first."
        )
    if not any(one.words.strip() for one in sheet.paragraphs):
        raise NotReadable(f"{name} holds no words; there is nothing to receive.")
    return sheet


@attrs.frozen
class _Called:
    """How a file is called: the sentence of a refusal says it, and a reading does not."""

    name: str = attrs.field(eq=False)


def word_in(source: bytes, name: str) -> WordPage:
    """What a Word file holds; raises `NotReadable`."""
    return _word(source, _Called(name))


# A file is looked at before a store is made, told of, and received: it is read once for all three.
@functools.lru_cache(maxsize=1)
def _word(source: bytes, called: _Called) -> WordPage:
    from negotiation.papers.docx.reader import read_word

    name = called.name
    page = read_word(source, name)
    changes = sum(1 for _ in page.touches())
    for number, most, what, help_ in (
        (len(page.paragraphs), MOST_CLAUSES, "paragraphs", "send it in parts"),
        (changes, _MOST_CHANGES, "tracked changes", "accept or reject the settled ones in Word"),
        (len(page.comments), _MOST_COMMENTS, "comments", "delete the settled ones in Word"),
    ):
        if number > most:
            raise NotReadable(
                f"{name} holds {number:,} {what} and a draft at most {most:,}; {help_}."
            )
    refuse_endless("\n".join(one.words for one in page.paragraphs), name)
    return page


def words_in(page: str | Sheet) -> str:
    """The words of a page as they stand, one paragraph after the other, with its signs."""
    if isinstance(page, str):
        return page
    return "\n\n".join(
        f"{one.first.label} {live}" if one.first.label else live
        for one in page.paragraphs
        if (live := "".join(part.words for part in one.stretches if part.live)).strip()
    )


def printed_lines(page: str | Sheet) -> tuple[str, ...]:
    """The lines of a page as they are counted; those of a Word file are its paragraphs."""
    if isinstance(page, str):
        ends = lines_of(page)
        return tuple(page[low:high] for low, high in zip(ends.starts, ends.ends, strict=True))
    rows: list[str] = []
    for one in page.paragraphs:
        rows += [""] * (one.number - 1 - len(rows))
        words = one.words
        stops = [*(start - 1 for start in one.torn), len(words)]
        rows += [words[low:high] for low, high in zip(one.starts, stops, strict=True)]
    return tuple(rows)


def one_base(page: str | Sheet, name: str, base: str | Sheet, base_name: str) -> None:
    """Refuse a base beside a page that has its own, and one that is not plain text."""
    if isinstance(page, Sheet) and page.tracked:
        raise NotReadable(
            f"{name} tracks its changes, so it holds its own base; import it without --base."
        )
    if isinstance(base, Sheet) and base.tracked:
        raise NotReadable(
            f"{base_name or 'The base'} tracks changes, and a base has none; accept or reject "
            "them in Word first."
        )
