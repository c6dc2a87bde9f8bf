"""A session that uses every act of the room once, on the text of the tutorial.

It made `fixtures/logs`; those files are never made again, since old records are what they stand
for. The session itself may grow with the acts.
"""

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.people import Capacity
from negotiation.domain.terms import DocumentRole, IssuedFile, Kind, ProposalTerms, Stance
from negotiation.ledger.stored_command import stored_command
from negotiation.views.paths import find
from negotiation.views.what_is_open import what_is_open

TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"


def clock() -> Callable[[], dt.datetime]:
    """A clock that goes on by a minute whenever it is read."""
    minutes = itertools.count()
    start = dt.datetime(2023, 3, 13, 21, 0, tzinfo=dt.UTC)
    return lambda: start + dt.timedelta(minutes=next(minutes))


def counting() -> Callable[[], str]:
    """Ids in the order in which they are asked for."""
    numbers = itertools.count(1)
    return lambda: f"n{next(numbers):04d}"


def play(store: Path | str | None) -> Desk:
    """The session, played on a new store."""
    desk = Desk.begin(store, clock=clock(), ids=counting())
    desk.receive(
        (TEXTS / "tide-short.md").read_bytes(),
        "tide-short.md",
        base=(TEXTS / "tide-short-base.md").read_bytes(),
        base_name="tide-short-base.md",
        conventions="itu",
    )
    _Session(desk).play()
    return desk


class _Session:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def at(self, path: str) -> str:
        return find(self.desk.timeline.moment(), path)[0].id

    def point(self, number: int) -> str:
        return what_is_open(self.desk.timeline, self.desk.timeline.head)[number - 1].id

    def chair(self, command: do.Command) -> tuple[Entry, ...]:
        return self.desk.act(command, Hand("the chair", "secretariat", meeting=""))

    def party(self, code: str, command: do.Command) -> tuple[Entry, ...]:
        return self.desk.act(command, Hand(code, "", code, Capacity.DELEGATION))

    def undo(self) -> tuple[Entry, ...]:
        return self.chair(do.ReverseAct(self.desk.act_of("last")))

    def play(self) -> None:
        self.meeting_and_proposals()
        self.decisions()
        self.brackets()
        self.clauses()
        self.packages()
        self.the_room_is_asked()
        self.versions()
        self.several_bodies()
        self.up_the_ladder()
        self.chair(do.CloseMeeting())

    def meeting_and_proposals(self) -> None:
        chair, party = self.chair, self.party
        chair(do.JoinParty("USA", "United States"))
        chair(do.OpenMeeting("fourth meeting"))
        a, b = self.at("considering/a"), self.at("considering/b")
        party(
            "USA",
            do.ProposeAmendment(
                a,
                ProposalTerms("p1", "USA/4/1", ("USA",), "shorter"),
                (do.Rewording("vessel", do.WordsAt("boat")),),
            ),
        )
        party("J", do.SupportProposal("p1", "J"))
        party(
            "USA",
            do.ReviseProposal("p1", "USA", (do.Rewording("small craft", do.WordsAt("a boat")),)),
        )
        party("USA", do.WithdrawProposal("p1", "USA"))
        party("J", do.ReintroduceProposal("p1", "J"))
        party("B", do.ProposeNoChange(b, ProposalTerms("p2", "B/2/1", ("B",))))
        party("CUB", do.ProposeDeletion(b, ProposalTerms("p3", "CUB/7/1", ("CUB",))))
        party(
            "CUB",
            do.ProposeAddition(
                "new1",
                ProposalTerms("p4", "CUB/7/2", ("CUB",)),
                Kind.ITEM,
                "c)",
                "that harbour masters keep tables of their own,",
                b,
                1,
            ),
        )
        party(
            "B",
            do.ProposeAddition(
                "new2",
                ProposalTerms("p5", "B/2/2", ("B",)),
                Kind.ITEM,
                "c)",
                "that many harbour masters keep good tables of their own,",
                "new1",
                1,
            ),
        )

    def decisions(self) -> None:
        chair = self.chair
        chair(do.MergeProposal("p4", "p5"))
        chair(do.RetainProposal("p5", (do.WordsAt("harbour masters keep"),)))
        self.undo()
        chair(
            do.RetainProposal("p5", (), (do.Rewording("", do.WordsAt("good")),)),
        )
        chair(do.DropProposal("p3"))
        chair(do.DropProposal("p2"))
        chair(do.RetainProposal("p1"))
        group = next(
            one.id
            for one in what_is_open(self.desk.timeline, self.desk.timeline.head)
            if len(one.alternatives) == 2
        )
        clause = self.at("resolves/1bis")
        self.party(
            "USA",
            do.RecordPosition(clause, "USA", Stance.CAN_ACCEPT, group, "if it costs nothing"),
        )
        chair(do.NoteStatus(group, "to be taken up after the break"))
        chair(do.Park("", group, "J", "after the break"))
        chair(do.Resume("", group))
        self.party(
            "USA",
            do.TableAlternative(
                group,
                ProposalTerms("p6", "USA/4/2", ("USA",)),
                "that the tables be printed on demand;",
                "new3",
                "1bis",
            ),
        )
        chair(do.ResolveOpenPoint(group, (do.Choose(2), do.Merge(1, 2))))

    def brackets(self) -> None:
        chair, party = self.chair, self.party
        one = self.point(1)
        party("J", do.HoldBracket(one, "J", "the cost"))
        first = self.at("resolves/1")
        chair(do.ReachBracket(one, first, do.WordsAt("free")))
        chair(do.ReachBracket(one, first, do.WordsAt("free of charge")))
        party(
            "USA",
            do.TableAlternative(one, ProposalTerms("p7", "", ("USA",)), "at cost", clause=first),
        )
        party("J", do.ReleaseBracket(one, "J"))
        chair(do.ResolveOpenPoint(one, (do.Choose(1),)))
        chair(
            do.PlaceBracket(
                "br1", self.at("considering/a"), None, self.at("considering/b"), holders=("B",)
            )
        )
        chair(do.LiftBracket("br1"))

    def clauses(self) -> None:
        chair = self.chair
        a, b = self.at("considering/a"), self.at("considering/b")
        chair(do.ReviseText(a, (do.Rewording("depth", do.WordsAt("tide")),), reason="clearer"))
        self.undo()
        chair(do.AgreeClause(a, conditions=("pending Japan",)))
        self.desk.act(
            do.ReviseText(
                a,
                (do.Rewording("needs to learn", do.WordsAt("needs to know")),),
                editorial=True,
                capacity=Capacity.EDITOR,
            ),
            Hand("the editors", capacity=Capacity.EDITOR),
        )
        chair(do.MeetCondition(a, "pending Japan"))
        chair(do.ReopenClause(a, "B", "a word was misheard"))
        chair(do.MoveClause(b, ""))
        self.undo()
        chair(do.DeleteClause(b, "said elsewhere"))
        chair(do.RestoreClause(b))
        chair(do.Park(b, owner="CUB", until="tomorrow"))
        chair(do.Resume(b))
        chair(do.TableClause("new4", Kind.PARAGRAPH, "", "Done at Valparaíso.", "", 0))
        chair(do.MakeRemark(b, "ask the Secretary-General for the number of harbours"))
        for clause in self.desk.timeline.moment().clauses:
            for anomaly in clause.margin.anomalies:
                chair(do.SettleAnomaly(clause.id, anomaly.id, accept=False))
                break

    def packages(self) -> None:
        """One that breaks, and one over the same points that holds."""
        chair = self.chair
        first, third = self.at("resolves/1"), "new2"
        b = self.at("considering/b")
        for name in ("k1", "k2"):
            points = (f"{name}b", f"{name}c")
            gauge = do.WordsAt("gauge of their own")
            chair(do.PlaceBracket(points[0], b, gauge, holders=("J",), reason="the cost"))
            chair(do.PlaceBracket(points[1], third, reason="the count"))
            chair(do.FormPackage(name, "printing", (first,), points))
            chair(do.AgreeClause(self.at("considering/a"), conditions=("package printing",)))
            chair(
                do.TakePackage(
                    name,
                    (
                        do.LiftBracket(points[0]),
                        do.ResolveOpenPoint(
                            points[1], words="that tables are kept,", new_clause=f"{name}n"
                        ),
                    ),
                    ("J", "USA"),
                )
            )
            if name == "k1":
                chair(do.BreakPackage(name, "J", "the costs came in"))
                chair(do.LiftBracket(points[0]))
                chair(do.LiftBracket(points[1]))
        chair(do.AgreePackage("k2"))
        self.undo()
        chair(do.AgreePackage("k2"))

    def the_room_is_asked(self) -> None:
        """By the gavel, in silence, with an objection, and in vain."""
        chair, party, desk = self.chair, self.party, self.desk
        move = do.MoveClause(self.at("considering/b"), self.at("considering"))
        start = dt.datetime(2023, 3, 14, 9, 0, tzinfo=dt.UTC)
        (put,) = desk.put(move, "Shall b) come first?", Hand("the chair"))
        decision = put.event.decision  # type: ignore[union-attr]  # it was just put
        party("J", do.MakeObjection(decision, "J", start, "the order is settled"))
        party("J", do.WithdrawObjection(decision, "J"))
        desk.take(decision, Hand("the chair"))
        late = start + dt.timedelta(days=400)
        (put,) = desk.put(
            do.MakeRemark(self.at("considering/a"), "noted in silence"),
            "May the remark stand?",
            Hand("the chair"),
            until=late,
        )
        decision = put.event.decision  # type: ignore[union-attr]  # as above
        remark = do.MakeRemark(self.at("considering/a"), "noted in silence")
        chair(do.TakeDecision(decision, remark, late + dt.timedelta(hours=1)))
        (put,) = desk.put(do.DeleteClause(self.at("resolves/2")), "Is 2 needed?", Hand("the chair"))
        chair(do.DropDecision(put.event.decision, "it is"))  # type: ignore[union-attr]  # as above

    def versions(self) -> None:
        """A term throughout, new labels, an issue that was wrong, and a text from outside."""
        chair, b = self.chair, self.at("considering/b")
        first = do.Occurrence(self.at("considering/a"), 1)
        spared = do.Occurrence(b, 1, change=False, why="a name")
        chair(do.ChangeTerm("small", "little", (first, spared)))
        chair(do.RelabelClause(b, "bb)"))
        chair(do.RenumberText(((b, "b)"),)))
        chair(
            do.IssueVersion("TC/5(Rev.1)", "0" * 64, files=(IssuedFile("a.md", "1" * 64, "clean"),))
        )
        chair(do.WithdrawVersion("TC/5(Rev.1)", "the wrong file"))
        head = self.desk.timeline.head
        chair(do.SealRecord(head, self.desk.ledger.seal(self.desk.timeline.id, head)))
        page = b"that ports keep tables,"
        received = ev.DocumentReceived(
            "rev2.md", hashlib.sha256(page).hexdigest(), page, "TC/5(Rev.2)", 2,
            role=DocumentRole.REVISION,
        )  # fmt: skip
        chair(
            do.ReceiveRevision(
                "TC/5(Rev.2)",
                (
                    Drafted("", received),
                    Drafted(b, ev.ClauseReprinted(Kind.ITEM, "{label} ")),
                    Drafted(b, ev.ClauseDrawnFrom((self.at("considering/a"),))),
                ),
            )
        )
        self.undo()

    def several_bodies(self) -> None:
        """A referral and back; people let in, and what a delegation hands in from its terminal."""
        desk, chair = self.desk, self.chair
        chair(do.ReferText("Committee 4", "the figures in b", clock()()))
        chair(do.ReferTextBack("no figures are needed"))
        fiji = do.AccreditPerson("acc1", "A. Tabua", Capacity.DELEGATION, "FJI", token="2" * 64)
        chair(fiji)
        chair(do.AccreditPerson("acc2", "J. Bird", Capacity.OBSERVER, role="bird", names=False))
        chair(do.RevokeAccreditation("acc2", "left the conference"))
        own = Hand("A. Tabua", behalf="FJI", capacity=Capacity.DELEGATION)
        b = self.at("resolves/2")
        asked = {
            one: do.ProposeNoChange(b, ProposalTerms(f"p{one}", f"FJI/{one}", ("FJI",)))
            for one in ("h1", "h2", "h3")
        }
        for handed, command in asked.items():
            desk.act(do.HandIn(handed, "FJI", command, stored_command(command), "NOC to b"), own)
        chair(do.AdmitProposal("h1", asked["h1"]))
        chair(do.DeclineProposal("h2", "it is decided"))
        desk.act(do.TakeBackProposal("h3", "FJI"), own)

    def up_the_ladder(self) -> None:
        """To adoption and back once, with a condition that fails, and an error put right."""
        chair, b = self.chair, self.at("considering/b")
        chair(do.AgreeClause(b, conditions=("pending Japan",), heard_by=("J", "USA")))
        chair(do.FailCondition(b, "pending Japan", "no instructions"))
        chair(do.AgreeClause(b))
        before = self.desk.timeline.head
        chair(do.AgreeClause(b, "working group"))
        chair(do.ReopenClause(b, "CUB", "a figure is wrong", "the working group, 14 March"))
        chair(do.AgreeClause(b, "working group"))
        chair(do.AgreeClause(b, "editorial committee"))
        chair(do.AgreeClause(b, "first reading"))
        chair(do.ReferBack(b, "working group", "the Plenary, 14 March"))
        chair(do.AgreeClause(b, "editorial committee"))
        slip = (do.Rewording("most", do.WordsAt("many")),)
        self.desk.act(
            do.ReviseText(b, slip, editorial=True, capacity=Capacity.EDITOR),
            Hand("the editors", capacity=Capacity.EDITOR),
        )
        for level in ("first reading", "second reading", "adopted"):
            chair(do.AgreeClause(b, level))
        right = (do.Rewording("many", do.WordsAt("most")),)
        chair(do.CorrectText(b, right, (before,), "a slip of the editors"))
