"""The comments of a Word file: who wrote them, about which words, answering whom, and if done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import attrs
from lxml import etree

from negotiation.papers.docx.body import Anchor, Walk
from negotiation.papers.docx.draft_paragraph import Draft, Under
from negotiation.papers.docx.names import W14, W15, W16CEX, W16CID, W16DU, W, value
from negotiation.papers.docx.page import Comment, Place
from negotiation.papers.docx.touches import name_in, time_in

Tree = Callable[[str], etree._Element | None]
"""The root of the part that the text relates to by the last word of the relation's type."""


@attrs.frozen
class _Thread:
    """What the newer parts say about one comment, known by the last paragraph of its words."""

    parent: str = ""
    done: bool = False


def read_comments(tree: Tree, walk: Walk) -> tuple[tuple[Comment, ...], int]:
    """The comments in the order of their places, and how many have no place in the text."""
    root = tree("comments")
    threads = {
        one.get(W15 + "paraId", "").upper(): _Thread(
            one.get(W15 + "paraIdParent", "").upper(),
            one.get(W15 + "done", "") in ("1", "true", "on"),
        )
        for one in _children(tree("commentsExtended"))
    }
    instants = _instants(tree)
    at = {draft: number for number, draft in enumerate(walk.paragraphs)}
    found: dict[str, Comment] = {}
    parents: dict[str, str] = {}
    by_paragraph: dict[str, str] = {}
    for one in _children(root):
        id = value(one, "id")
        if one.tag != W + "comment" or id in found:
            continue
        paragraphs = [p.get(W14 + "paraId", "").upper() for p in one.iter(W + "p")]
        last = next(reversed(paragraphs), "")
        thread = threads.get(last, _Thread())
        parents[id] = thread.parent
        by_paragraph.update((paragraph, id) for paragraph in paragraphs if paragraph)
        start, end = _range(id, walk, at) or (_NOWHERE, _NOWHERE)
        found[id] = Comment(
            id,
            name_in(value(one, "author")),
            _words(one),
            start,
            end,
            time_in(value(one, "date")),
            time_in(one.get(W16DU + "dateUtc", "")) or instants.get(last),
            "",
            thread.done,
        )
    return _placed(found, {id: by_paragraph.get(above, "") for id, above in parents.items()})


_NOWHERE = Place(-1, 0)


def _placed(
    found: Mapping[str, Comment], parents: Mapping[str, str]
) -> tuple[tuple[Comment, ...], int]:
    """Answers stand where the comment stands that they answer, if they have no place themselves."""
    whole: list[Comment] = []
    lost = 0
    for id, one in found.items():
        above = found.get(parents[id])
        if above is not None and above is not one:
            one = attrs.evolve(one, reply_to=above.id)
            if one.start == _NOWHERE:
                one = attrs.evolve(one, start=above.start, end=above.end)
        if one.start == _NOWHERE:
            lost += 1
        else:
            whole.append(one)
    whole.sort(key=lambda one: (one.start.paragraph, one.start.offset, bool(one.reply_to)))
    return tuple(whole), lost


def _range(id: str, walk: Walk, at: Mapping[Draft, int]) -> tuple[Place, Place] | None:
    reference = walk.references.get(id)
    start, end = walk.starts.get(id), walk.ends.get(id)
    first = start or reference or end
    last = end or reference or start
    if first is None or last is None or not at:
        return None
    begins, ends = (_place(anchor, walk.paragraphs, at) for anchor in (first, last))
    if (ends.paragraph, ends.offset) < (begins.paragraph, begins.offset):
        ends = begins
    return begins, ends


def _place(anchor: Anchor, drafts: Sequence[Draft], at: Mapping[Draft, int]) -> Place:
    draft, offset = anchor
    if draft is not None and draft in at:
        return Place(at[draft], offset)
    # Between two paragraphs: the start of the one that follows, or the end of the last one.
    if offset < len(drafts):
        return Place(offset, 0)
    return Place(len(drafts) - 1, drafts[-1].length)


def _words(comment: etree._Element) -> str:
    walk = Walk()
    walk.story(comment, Under())
    lines = ("".join(span.words for span in one.spans if span.live) for one in walk.paragraphs)
    return "\n".join(lines).strip()


def _instants(tree: Tree) -> dict[str, dt.datetime]:
    """The instants of the comments, by the id of their last paragraph."""
    times = {
        one.get(W16CEX + "durableId", ""): time_in(one.get(W16CEX + "dateUtc", ""))
        for one in _children(tree("commentsExtensible"))
    }
    return {
        one.get(W16CID + "paraId", "").upper(): instant
        for one in _children(tree("commentsIds"))
        if (instant := times.get(one.get(W16CID + "durableId", ""))) is not None
    }


def _children(of: etree._Element | None) -> tuple[etree._Element, ...]:
    return () if of is None else tuple(of.iterchildren(etree.Element))
