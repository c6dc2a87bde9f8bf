"""Versions of the text: labels given anew, one issued, withdrawn or received, the record sealed.

Which labels and references a body's rules ask for, whether a text may be issued, and what a page
from outside implies is found by the views and the papers; here it becomes an act.
"""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    IssueVersion,
    ReceiveRevision,
    RelabelClause,
    RenumberText,
    SealRecord,
    WithdrawVersion,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ClauseRelabelled,
    ClauseReopened,
    DocumentReceived,
    RecordSealed,
    TextRevised,
    VersionIssued,
    VersionWithdrawn,
)
from negotiation.domain.refusals import (
    AlreadyIssued,
    NoSuchThing,
    NothingChanges,
    NothingReceived,
    SymbolTaken,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.agreeing import open_on
from negotiation.domain.rules.named import DECIDED, called, edits_for, the_clause
from negotiation.domain.rules.together import after
from negotiation.text.edit import apply_all


def relabel(command: RelabelClause, room: Room) -> list[Drafted]:
    """Another number or letter; a label is never an identity."""
    clause = the_clause(room, command.clause)
    if clause.label == command.label:
        raise NothingChanges(f"{called(clause)} is labelled so already")
    return [Drafted(clause.id, ClauseRelabelled(command.label))]


def renumber(command: RenumberText, room: Room) -> list[Drafted]:
    """New labels, and references that follow them: a change of form, so agreements stand."""
    drafted = [
        Drafted(clause, ClauseRelabelled(label))
        for clause, label in command.labels
        if the_clause(room, clause).label != label
    ]
    for clause, changes in command.references:
        edits = edits_for(the_clause(room, clause), changes)
        if not apply_all(the_clause(room, clause).passage, edits, DECIDED).live:
            raise Unclear(f"That would leave {called(the_clause(room, clause))} without words.")
        drafted.append(Drafted(clause, TextRevised(edits, True, "references follow the numbers")))
    if not drafted:
        raise NothingChanges("the text is numbered so already")
    return drafted


def issue(command: IssueVersion, room: Room) -> list[Drafted]:
    """Under a symbol that no version has; the words and the files are known by their hashes."""
    if not command.symbol.strip():
        raise Unclear("A version needs a symbol, such as “DL/13(Rev.3)”.")
    if not room.negotiation.order:
        raise Unclear("There is no text to issue yet; `import FILE` receives one.")
    taken = [one.symbol for one in room.negotiation.documents if one.symbol and not one.undone]
    taken += [one.symbol for one in room.negotiation.issued if not one.withdrawn]
    if command.symbol in taken:
        raise AlreadyIssued(command.symbol)
    drafted: list[Drafted] = []
    if command.renumbering is not None:
        drafted += renumber(command.renumbering, room)
    issued = VersionIssued(
        command.symbol,
        command.fingerprint,
        command.against,
        bool(drafted),
        command.files,
        command.warnings,
        command.position,
        command.root,
    )
    return [*drafted, Drafted("", issued)]


def withdraw(command: WithdrawVersion, room: Room) -> list[Drafted]:
    """It stays on the record as what went out, and is current no longer."""
    found = [one for one in room.negotiation.issued if one.symbol == command.symbol]
    if not found:
        raise NoSuchThing("issued version", command.symbol, "`versions` lists them")
    if found[-1].withdrawn:
        raise NothingChanges(f"{command.symbol} is withdrawn already ({found[-1].withdrawn})")
    if not command.reason.strip():
        raise Unclear("Withdrawing a version needs a reason; say it with `--reason`.")
    return [Drafted("", VersionWithdrawn(command.symbol, command.reason))]


def seal(command: SealRecord, room: Room) -> list[Drafted]:
    """The seal itself is the ledger's to count; what was sealed once may be sealed again."""
    if not 1 <= command.position <= room.head:
        raise Unclear(f"There is no entry {command.position} to seal.")
    sealed = RecordSealed(command.position, command.root, command.signature, command.key)
    return [Drafted("", sealed)]


def receive(command: ReceiveRevision, room: Room) -> list[Drafted]:
    """A later text, and the acts that it implies; no agreement stays on words that changed."""
    whole = room.negotiation
    if not whole.order:
        raise NothingReceived()
    if command.symbol and command.symbol in [one.symbol for one in whole.issued]:
        raise AlreadyIssued(command.symbol)
    held = whole.pages[::-1]
    for one in command.drafted:
        if isinstance(one.event, DocumentReceived) and len(command.drafted) == 1:
            same = next((doc for doc in held if doc.sha256 == one.event.sha256), None)
            if same is not None:
                raise NothingChanges(
                    f"this page came in as {same.symbol or same.name}, and the text reads so"
                )
            raise NothingChanges("the text reads as this page does, word for word")
    if command.symbol and command.symbol in [one.symbol for one in held]:
        raise SymbolTaken(command.symbol)
    then = after(room, command.drafted)
    drafted: list[Drafted] = []
    seen: set[str] = set()
    for one in command.drafted:
        clause = then.clauses.get(one.clause)
        if clause is not None and clause.id not in seen and _agreed_on_others(clause):
            ended = ClauseReopened("", "the text received reads otherwise", command.symbol)
            drafted.append(Drafted(clause.id, ended, one.evidence))
        seen.add(one.clause)
        drafted.append(one)
    return drafted


def _agreed_on_others(clause: Clause) -> bool:
    """Whether an agreement would be left on words that do not stand so any more."""
    agreed = clause.agreement
    return agreed is not None and (agreed.words != clause.passage.live or open_on(clause) > 0)
