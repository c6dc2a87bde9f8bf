"""Referring the text to another body, and back: it stays one record, and one history."""

from __future__ import annotations

from negotiation.domain.commands import ReferText, ReferTextBack
from negotiation.domain.entries import Drafted
from negotiation.domain.events import TextReferred, TextReferredBack
from negotiation.domain.refusals import NothingChanges, Unclear
from negotiation.domain.room import Room
from negotiation.domain.rules.deadlines import check_deadline


def refer(command: ReferText, room: Room) -> list[Drafted]:
    """Another body has the text from now on."""
    body = " ".join(command.body.split())
    if not body:
        raise Unclear("Say to which body the text is referred.")
    if body.casefold() == room.negotiation.before.casefold():
        raise NothingChanges(f"the text lies with {room.negotiation.before} already")
    check_deadline(command.until, command.at)
    return [Drafted("", TextReferred(body, command.mandate.strip(), command.until))]


def refer_back(command: ReferTextBack, room: Room) -> list[Drafted]:
    """The body that referred it has the text again."""
    if not room.negotiation.referrals:
        raise NothingChanges("the text was not referred to another body")
    return [Drafted("", TextReferredBack(room.negotiation.before, command.report.strip()))]
