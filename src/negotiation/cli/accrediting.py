"""Who may read and act where several share a record: let in, listed, let in no more."""

from __future__ import annotations

import datetime as dt
from typing import IO, TYPE_CHECKING

import click

from negotiation.cli.done import entries_json
from negotiation.cli.options import acting_as, command, common, the_desk, who_acts
from negotiation.cli.saying import Look, answer, drawn, fields, here, note, say, shown
from negotiation.cli.targets import hand_of_call, party_code, until_when

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.commands import RevokeAccreditation
    from negotiation.domain.entries import Entry
    from negotiation.domain.terms import Accreditation
    from negotiation.ledger.admission import Admission

_ACCREDITED_AS = ("chair", "secretariat", "editor", "delegation", "observer")


@command()
@click.argument("name")
@click.option("--as", "capacity", type=click.Choice(_ACCREDITED_AS), required=True, help="As what.")
@click.option("--role", metavar="DBROLE", default="", help="Known by this role of the database.")
@click.option(
    "--token",
    "token_file",
    metavar="FILE",
    type=click.File(),
    help="Known by the token in this file, which the person has for another negotiation.",
)
@click.option("--until", metavar="TIME", help="Until when: 18:00 or 2026-03-14T18:00.")
@click.option("--with-names", is_flag=True, help="Show the names of parties to an observer, too.")
@acting_as
def accredit(
    name: str,
    capacity: str,
    role: str,
    token_file: IO[str] | None,
    until: str | None,
    with_names: bool,
) -> None:
    """Let a person read and act in this negotiation, from a terminal of their own.

    --for names the party that a delegation speaks for. The person is known by a token, which is
    printed once and is nowhere on the record, or by a role of the database. One token may let a
    person into several negotiations: --token FILE accredits with the one that is there already.

    \b
      negotiation accredit "Ana Lima" --as delegation --for FJI
      negotiation accredit "Jo Park" --as observer --until 2026-03-14T18:00
      negotiation accredit "Mia Roth" --as secretariat --role mroth

    Next: hand the token over; `accreditations` lists who was let in, `revoke` ends it.
    """
    from negotiation.accrediting import accredit as let_in
    from negotiation.domain.people import Capacity

    desk = the_desk()
    entries, token = let_in(
        desk,
        name,
        Capacity(capacity),
        party=party_code(desk, who_acts().behalf),
        role=role,
        token=token_file.read(200).strip() if token_file is not None else "",
        until=until_when(desk, until),
        names=True if with_names else None,
        hand=_own(desk),
    )
    held = desk.timeline.negotiation(desk.timeline.head).accreditations[-1]
    if answer({"act": entries[0].act.id, **_row(held, desk), "token": "" if token_file else token}):
        return
    say(f"{drawn('Accredited', Look.STRONG)} {_described(held)} ({held.id}).")
    _tell_others(desk, held)
    _tell_its_name(desk, held)
    _tell_strangers(desk, held)
    if role:
        say(f"  Whoever comes to the database as {shown(role)} is let in; no token is needed.")
        return
    if token_file is not None:
        note("It is the token in the file; nothing needs to be handed over.")
        return
    note("The token, this once: hand it over by a way that you trust.")
    say(token)
    note(
        "It goes into $NEGOTIATION_TOKEN, or into a file that $NEGOTIATION_TOKEN_FILE names, on "
        "the person's own machine; the record keeps no more than its hash."
    )


@command()
@click.option("--all", "all_", is_flag=True, help="Also who is let in no more.")
@common
def accreditations(all_: bool) -> None:
    """Who may read and act in this negotiation, in which capacity, known by what, until when.

    \b
      negotiation accreditations
      negotiation accreditations --all
      negotiation accreditations --json

    Next: `revoke ID` lets somebody in no more.
    """
    from negotiation.domain.refusals import Unclear

    desk = the_desk()
    if not desk.admission.leads:
        raise Unclear(
            "Who is accredited is for the chair and the secretariat to read; `whoami` says what "
            "this terminal is."
        )
    held = desk.timeline.negotiation(desk.timeline.head).accreditations
    now = desk.clock()
    wanted = [one for one in held if all_ or _holds(one, now)]
    if answer({"accreditations": [_row(one, desk) for one in wanted]}):
        return
    if not wanted:
        left = f"; {len(held)} were and are no more (--all)" if held else ""
        say(f"Nobody is accredited{left}.")
    for one in wanted:
        over = f", expired {here(one.expires)}" if one.expires and one.expires <= now else ""
        until = f", until {here(one.expires)}" if one.expires and not over else ""
        known = f"role {one.role}" if one.role else "a token"
        gone = _revoked(one) if one.revoked else over or until
        names = "" if one.names else ", without names of parties"
        say(f"{drawn(one.id, Look.NUMBER)}  {_described(one)}, by {shown(known + names + gone)}")


@command()
@click.argument("who", metavar="ID|PERSON")
@click.option("--reason", default="", help="Why; it stands on the record.")
@acting_as
def revoke(who: str, reason: str) -> None:
    """Let a person in no more; what they did stays on the record.

    \b
      negotiation revoke a12
      negotiation revoke "Ana Lima" --reason "another delegate takes over"

    Next: `accreditations --all` shows it; `accredit` lets somebody else in.
    """
    from negotiation.domain.commands import RevokeAccreditation

    desk = the_desk()
    held = accreditation_named(desk, who)
    own = held.id == desk.admission.accreditation
    command, hand = RevokeAccreditation(held.id, reason), hand_of_call(desk)
    entries = _own_end(desk, held, command, hand) if own else desk.act(command, hand)
    act = entries[0].act.id if entries else None
    if answer({"act": act, "entries": entries_json(entries), "own": own}):
        return
    ends = "this terminal is let in no more" if own else "the next look is the end"
    say(f"{drawn('Revoked', Look.STRONG)} {_described(held)} ({held.id}); {ends}.")


@command()
@common
def whoami() -> None:
    """As what this terminal reads and acts here, and until when.

    \b
      negotiation whoami
      negotiation whoami --json

    Next: `handed-in` shows what waits for the chair.
    """
    desk = the_desk()
    admission = desk.admission
    if answer(_whoami_json(admission)):
        return
    if admission.capacity is None:
        say("At home: nobody is asked here, everything is seen, and every act may be made.")
        return
    speaks = f" for {admission.party}" if admission.party else ""
    ends = f", until {here(admission.until)}" if admission.until is not None else ""
    capacity = drawn(f"{admission.capacity.value}{speaks}", Look.STRONG)
    say(f"{shown(admission.person)}, accredited as {capacity}{ends} ({admission.accreditation}).")
    say(f"  {_MAY[admission.capacity.value]}")
    if not admission.names:
        say("  The names of parties are not shown here.")


_MAY = {
    "chair": "Every act may be made here.",
    "secretariat": "Every act may be made here, but for letting in a chair.",
    "editor": "Form may be changed here, and not substance.",
    "delegation": "Proposals are handed in here and wait for the chair's yes; positions, remarks "
    "and objections go on the record at once.",
    "observer": "The record is read here, and no act is made.",
}


def _whoami_json(admission: Admission) -> dict[str, object]:
    return {
        "at_home": admission.at_home,
        "person": admission.person,
        "capacity": admission.capacity,
        "party": admission.party,
        "names": admission.names,
        "accreditation": admission.accreditation,
        "until": admission.until,
    }


def accreditation_named(desk: Desk, said: str) -> Accreditation:
    """The accreditation of this id, or the only one of this person that is not revoked."""
    from negotiation.domain.refusals import NoSuchThing, Unclear

    held = desk.timeline.negotiation(desk.timeline.head).accreditations
    by_id = next((one for one in held if one.id == said), None)
    if by_id is not None:
        return by_id
    named = [one for one in held if one.person.casefold() == said.strip().casefold()]
    found = [one for one in named if not one.revoked] or named[-1:]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found)
        raise Unclear(f"{found[0].person} is accredited {len(found)} times; say which: {ids}.")
    raise NoSuchThing("accreditation", said, "`accreditations` lists them")


def _own(desk: Desk) -> Hand:
    """The hand of who accredits; ``--for`` names whom the other person speaks for."""
    import attrs

    return attrs.evolve(hand_of_call(desk), behalf="")


def _revoked(one: Accreditation) -> str:
    # Where no reason was given the record says the word alone.
    return ", revoked" if one.revoked == "revoked" else f", revoked: {one.revoked}"


def _own_end(
    desk: Desk, held: Accreditation, command: RevokeAccreditation, hand: Hand
) -> tuple[Entry, ...]:
    """The revocation of what this terminal itself is let in with: the next look is refused."""
    from negotiation.ledger.faults import NotAdmitted

    try:
        return desk.act(command, hand)
    except NotAdmitted:
        if held.expires is not None and held.expires <= desk.clock():
            raise
        return ()


def _tell_others(desk: Desk, new: Accreditation) -> None:
    """What else lets the same person in, such as a token that was lost: it goes on doing so."""
    held = desk.timeline.negotiation(desk.timeline.head).accreditations
    now, who = desk.clock(), new.person.casefold()
    others = [
        one.id for one in held if one != new and one.person.casefold() == who and _holds(one, now)
    ]
    if others:
        let_in = "lets" if len(others) == 1 else "let"
        ends = ", ".join(f"`revoke {one}`" for one in others)
        note(f"{', '.join(others)} {let_in} {new.person} in as well; {ends} if that shall end.")


def _tell_its_name(desk: Desk, new: Accreditation) -> None:
    """Where the negotiation is called like a file, it has another name for who is shown none."""
    whole = desk.timeline.negotiation(desk.timeline.head)
    if not new.names and whole.symbol in [one.name for one in whole.documents]:
        note(
            f"Without names {whole.symbol} is not called so, since a file may bear a name; "
            f"`--negotiation {whole.id}` means it for everybody."
        )


def _tell_strangers(desk: Desk, new: Accreditation) -> None:
    """A party that does not take part may be one that is spelled wrongly."""
    parties = desk.timeline.negotiation(desk.timeline.head).parties
    if new.party and new.party not in [one.code for one in parties]:
        note(
            f"{new.party} does not take part yet; `party {new.party} NAME` lets it, or "
            f"`revoke {new.id}` where another one is meant."
        )


def _holds(one: Accreditation, now: dt.datetime) -> bool:
    return not one.revoked and (one.expires is None or one.expires > now)


def _described(one: Accreditation) -> str:
    party = f" for {one.party}" if one.party else ""
    return f"{drawn(one.person, Look.STRONG)} as {shown(one.capacity.value + party)}"


def _row(one: Accreditation, desk: Desk) -> dict[str, object]:
    """An accreditation for programs; the hash of a token is nobody's business."""
    row = fields(one)
    del row["token"]
    return {**row, "by": "role" if one.role else "token", "holds": _holds(one, desk.clock())}
