"""A room in which a secret is planted everywhere one can be, and whoever reads it all.

Names that may not get out hold the letters `zqx`, what was said in private the letters `wvw`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Act, Drafted, Entry, Moment
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import (
    BracketKind,
    Condition,
    DocumentRole,
    IssuedFile,
    Kind,
    ProposalTerms,
    Stance,
    WaitsOn,
)
from negotiation.ledger.credentials import hashed
from negotiation.ledger.stored_command import stored_command
from negotiation.papers.fingerprint import fingerprint
from negotiation.views.paths import find
from negotiation.views.what_is_open import what_is_open
from tests.ledger.a_session import clock, counting

NAME, PRIVATE = "zqx", "wvw"
CODE, PARTY, MEMBER, PERSON = "ZQX", "Zqxland", "Zqxia", "Ada Zqxova"
OTHER, OTHERS_NAME = "ZQXB", "Zqx Republic"
OBSERVER, FIJI, CHAIR = "observer's token", "fiji's token", "the chair's own token"

PAGE = f"""DRAFT RESOLUTION

Source: {PARTY}, 6 May 2031

The Tidal Conference,

considering

a) that the tide is measured [{PARTY}: every day] [every night - {PARTY}; {OTHERS_NAME} delete];

b) that gauges are read by hand;[^1]

[^1]: {PARTY} reserves its position on this paragraph.

resolves

1 that the gauges be read [daily];

[{CODE}/70/3 \u2013 {PARTY} \u2013 To be further discussed

2 that readings be kept for ever;

{OTHER}/41/2 - {OTHERS_NAME}

2 that readings be kept for a year;]

3 that a register be kept in every harbour of the region;

4 that the register be open to all who ask for it.
"""


class Room:
    """The room, as its chair fills it."""

    def __init__(self, store: Path) -> None:
        self.desk = Desk.begin(store, clock=clock(), ids=counting())

    def at(self, path: str) -> str:
        return find(self.desk.timeline.moment(), path)[0].id

    def point(self, number: int) -> str:
        return what_is_open(self.desk.timeline, self.desk.timeline.head)[number - 1].id

    def chair(self, command: do.Command) -> tuple[Entry, ...]:
        hand = Hand(f"Chair {PERSON}", f"typist {PERSON}", meeting=f"meeting of {PARTY}")
        return self.desk.act(command, hand)

    def party(self, command: do.Command, code: str = CODE) -> tuple[Entry, ...]:
        hand = Hand(PERSON, f"typist {PERSON}", code, Capacity.DELEGATION, f"{PARTY}'s room")
        return self.desk.act(command, hand)

    def fill(self) -> None:
        self.desk.receive(PAGE.encode(), f"{NAME}-draft of {PARTY}.md", conventions="itu")
        self.people()
        self.proposals()
        self.notes()
        self.brackets()
        self.agreements()
        self.questions()
        self.documents()
        self.undoings()
        self.by_hand()

    def people(self) -> None:
        self.chair(do.JoinParty(CODE, PARTY, (MEMBER,)))
        self.chair(do.JoinParty(OTHER, OTHERS_NAME, ("Zqxeria",)))
        self.chair(do.JoinParty("FJI", "Fiji"))
        self.chair(do.OpenMeeting(f"the {PARTY} meeting"))
        for command in (
            do.AccreditPerson("a1", "An observer", Capacity.OBSERVER, "", "", hashed(OBSERVER)),
            do.AccreditPerson("a2", PERSON, Capacity.DELEGATION, CODE, "", hashed("its own")),
            do.AccreditPerson("a3", "B. Tabua", Capacity.DELEGATION, "FJI", "", hashed(FIJI)),
            do.AccreditPerson("a4", "A. Chair", Capacity.CHAIR, "", "", hashed(CHAIR)),
        ):
            observes = command.capacity is Capacity.OBSERVER
            self.chair(attrs.evolve(command, names=not observes))
        self.chair(do.RevokeAccreditation("a2", f"{PRIVATE} {PARTY} left"))

    def terms(self, number: int, code: str = CODE) -> ProposalTerms:
        why = f"{PARTY} and {PERSON} want it, see {CODE}/9/{number}"
        return ProposalTerms(f"p-{CODE}-{number}", f"{code}/7/{number}", (code,), why)

    def proposals(self) -> None:
        three, four = self.at("resolves/3"), self.at("resolves/4")
        word = (do.Rewording("port", do.WordsAt("harbour")),)
        self.party(do.ProposeAmendment(three, self.terms(1), word))
        self.party(do.SupportProposal(f"p-{CODE}-1", OTHER), OTHER)
        self.party(do.ProposeNoChange(four, self.terms(3, OTHER)), OTHER)
        self.party(
            do.ProposeAddition("new1", self.terms(4), Kind.ITEM, "5", "that all be told.", four, 1)
        )
        self.party(do.ProposeDeletion(four, self.terms(2)))
        self.party(do.WithdrawProposal(f"p-{CODE}-2", CODE))
        self.party(do.ReintroduceProposal(f"p-{CODE}-2", CODE))
        self.chair(do.DropProposal(f"p-{CODE}-3"))
        self.chair(do.RetainProposal(f"p-{CODE}-1"))
        self.chair(
            do.ReviseText(
                self.at("resolves/1"),
                (do.Rewording("all gauges", do.WordsAt("the gauges")),),
                False,
                f"{PERSON} asked",
            )
        )

    def notes(self) -> None:
        one, three = self.at("resolves/1"), self.at("resolves/3")
        for number, visibility in enumerate(Visibility):
            private = visibility not in (Visibility.PUBLIC, Visibility.GROUP)
            said = PRIVATE if private else f"in the room {PARTY} and {CODE} and {PERSON}"
            remark = do.MakeRemark(three, f"{said} remark {number}", "", visibility)
            stance = do.RecordPosition(
                three, CODE, Stance.OPPOSES, "", f"{said} condition {number}", visibility
            )
            self.party(remark)
            self.party(stance)
            if private:
                self.chair(do.MakeRemark(one, f"{PRIVATE} of the chair", "", Visibility.CHAIR))
        self.chair(do.MakeRemark(one, f"{PARTY} was heard", "", Visibility.PUBLIC))

    def brackets(self) -> None:
        one, three = self.at("resolves/1"), self.at("resolves/3")
        self.chair(
            do.PlaceBracket(
                f"b-{CODE}",
                three,
                do.WordsAt("register"),
                kind=BracketKind.CONTESTED,
                holders=(CODE, OTHER),
                status=f"{PARTY} thinks about it",
                reason=f"{CODE} has no instructions",
            )
        )
        self.party(do.HoldBracket(self.point(1), CODE, f"{PERSON} said so"))
        self.chair(do.NoteStatus(f"b-{CODE}", f"waits for {OTHERS_NAME}"))
        self.chair(do.Park(one, "", PERSON, f"until {PARTY} comes back"))
        self.chair(do.Resume(one))
        self.chair(do.Park("", f"b-{CODE}", CODE, f"{PARTY} comes back"))
        group = next(
            one.id
            for one in what_is_open(self.desk.timeline, self.desk.timeline.head)
            if len(one.alternatives) == 2
        )
        self.chair(do.FormPackage(f"k-{CODE}", f"the {PARTY} package", (one,), (group,)))
        self.chair(do.BreakPackage(f"k-{CODE}", CODE, f"{PARTY} fell out"))
        self.chair(do.TableAlternative(group, self.terms(5), "that readings be kept;", "new2", "2"))

    def agreements(self) -> None:
        b = self.at("considering/b")
        conditions = (f"pending {PARTY}", Condition(f"{PERSON}'s word", WaitsOn.PARTY, CODE))
        self.chair(do.AgreeClause(b, "", conditions, (CODE, "FJI")))
        self.chair(do.FailCondition(b, f"pending {PARTY}", f"{PARTY} said no"))
        self.chair(do.AgreeClause(b, "", conditions[:1], (CODE,)))
        self.chair(do.ReopenClause(b, CODE, f"{PERSON} misheard"))
        self.chair(do.AgreeClause(b, "", (), (CODE,)))

    def questions(self) -> None:
        three = self.at("resolves/3")
        asked = do.SupportProposal(f"p-{CODE}-4", OTHER)
        self.desk.put(asked, f"May {PARTY} support it?", Hand(PERSON))
        self.party(
            do.MakeObjection(
                self.desk.timeline.negotiation(self.desk.timeline.head).decisions[0].id,
                OTHER,
                self.desk.clock(),
                f"{OTHERS_NAME} does not agree",
            ),
            OTHER,
        )
        hidden = do.MakeRemark(three, f"{PRIVATE} in a question", "", Visibility.CHAIR)
        self.desk.put(hidden, f"{PRIVATE}: may this be noted?", Hand(PERSON))
        sent = do.ProposeDeletion(three, self.terms(6))
        handed = do.HandIn("h1", CODE, sent, stored_command(sent), f"{PRIVATE} SUP of {PARTY}")
        self.party(handed)
        self.chair(do.DeclineProposal("h1", f"{PRIVATE} not now, {PARTY}"))
        again = attrs.evolve(handed, handed="h2")
        self.party(again)
        self.chair(do.ReferText(f"Committee of {PARTY}", f"ask {PERSON}", None))
        self.chair(do.ReferTextBack(f"{PARTY} had nothing to say"))

    def documents(self) -> None:
        head = self.desk.timeline.head
        files = (IssuedFile(f"{NAME}-clean of {PARTY}.md", "0" * 64, f"marked for {PARTY}"),)
        root = self.desk.ledger.seal(self.desk.timeline.id, head)
        words = fingerprint(self.desk.timeline.moment())
        self.chair(do.IssueVersion("TC/9(Rev.1)", words, "", None, files, 0, head, root))
        self.chair(do.WithdrawVersion("TC/9(Rev.1)", f"{PARTY} found a fault"))

    def undoings(self) -> None:
        three = self.at("resolves/3")
        self.chair(do.MakeRemark(three, "a remark to be undone", "", Visibility.PUBLIC))
        self.chair(do.ReverseAct(self.desk.act_of("last")))
        self.chair(do.MakeRemark(three, f"{PRIVATE} to be undone", "", Visibility.CHAIR))
        self.chair(do.ReverseAct(self.desk.act_of("last")))
        self.chair(do.ChangeTerm("register", "book", (do.Occurrence(three, 1),), False))
        self.chair(do.ReverseAct(self.desk.act_of("last")))
        self.desk.close()

    def by_hand(self) -> None:
        """What no command of today writes, and an older or another program may have."""
        desk = Desk.open(self.desk.ledger._where)
        source = f"<!-- {PRIVATE} {PARTY} -->".encode()
        planted: list[Drafted] = [
            Drafted(
                "",
                ev.DocumentReceived(
                    f"base of {PARTY} and {NAME}.docx",
                    hashlib.sha256(source).hexdigest(),
                    source,
                    role=DocumentRole.BASE,
                ),
            ),
            Drafted(
                "",
                ev.DecisionPut("d9", f"{PRIVATE} question", "{}"),
                visibility=Visibility.CHAIR,
            ),
            Drafted("", ev.ObjectionMade("d9", CODE, f"{PRIVATE} ground")),
            Drafted("", ev.DecisionDropped("d9", f"{PRIVATE} was dropped")),
            Drafted(
                self.at("resolves/1"),
                ev.StatusNoted(self.point(1), f"{PRIVATE} status"),
                visibility=Visibility.CHAIR,
            ),
            Drafted(
                self.at("resolves/1"),
                ev.TextRevised((), True, f"{PRIVATE} reason"),
                visibility=Visibility.DELEGATION,
            ),
        ]
        written = desk.timeline.entries[-1].act.written
        for number, one in enumerate(planted):
            head = desk.timeline.head + 1
            version = desk._versions.get(one.clause, 0) + 1
            act = Act(
                f"hand{number}", written, Moment(written), PERSON, PERSON, CODE, meeting=PARTY
            )
            entry = Entry(head, one.clause, version, act, one.event, None, one.visibility)
            desk.ledger.append(desk.timeline.id, [entry])
            desk.catch_up()
        desk.close()


def fill(store: Path) -> None:
    """The room, in this file."""
    Room(store).fill()


# -- looking for it -------------------------------------------------------------------------------


def found(content: bytes, *secrets: str) -> list[str]:
    """Which secrets are in these bytes: as they are, packed, as digits, or in base 64."""
    return [
        f"{secret} ({how}): …{piece!r}…"
        for secret in secrets
        for how, said in _said(content)
        for piece in _around(said, how, secret)
    ]


def _said(content: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    yield "as it is", content.lower()
    if content.startswith(b"PK") and depth < 3:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                for how, said in _said(name.encode() + b"\n" + archive.read(name), depth + 1):
                    yield f"{name}, {how}", said
    if depth:
        return
    for row in re.findall(rb"[0-9a-fA-F]{8,}", content):
        with suppress(binascii.Error):
            yield "digits", binascii.unhexlify(row[: len(row) // 2 * 2]).lower()
    for row in re.findall(rb"[A-Za-z0-9+/_-]{8,}", content):
        plain = row.replace(b"-", b"+").replace(b"_", b"/")
        for shift in range(4):
            piece = plain[shift:]
            with suppress(binascii.Error):
                yield "base 64", base64.b64decode(piece[: len(piece) // 4 * 4]).lower()


def _around(said: bytes, how: str, secret: str) -> Iterator[bytes]:
    # Three letters are found by chance in what is no text; the whole name is long enough.
    letters = secret.encode().lower()
    at = said.find(letters)
    if at >= 0 and (how.endswith("as it is") or b"land" in said or b"remark" in said):
        yield said[max(0, at - 60) : at + 60]
