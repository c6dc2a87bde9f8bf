"""`seal`: the seal of the record written down, signed or not; `key`: a key to sign with."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation.cli.done import entries_json
from negotiation.cli.faults import Stopped
from negotiation.cli.options import acting, command, common, the_desk
from negotiation.cli.saying import Look, answer, drawn, note, say, shown
from negotiation.cli.sources import source_of
from negotiation.cli.targets import hand_of_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PASSPHRASE = "NEGOTIATION_KEY_PASSPHRASE"
_LARGEST = 100_000


@command()
@click.option("--sign", metavar="KEY", type=click.Path(), help="Sign it with this private key.")
@click.option("--to", metavar="FILE", type=click.Path(), help="Write the seal to a file, too.")
@acting
def seal(sign: str | None, to: str | None) -> None:
    """Write down the seal of the last entry: it stands for the record up to there, byte for byte.

    Every entry carries the hash of the one before it and its own bytes. Whoever holds a seal can
    tell with `verify --root` whether anything up to it was changed since, also where somebody wrote
    the whole record anew: so give it away, on paper or with --to. With --sign it carries a
    signature, which nobody can write anew without the key.

    \b
      negotiation seal
      negotiation seal --sign secretariat.pem --to plenary.seal

    Next: `verify --seal FILE` checks a seal that somebody holds, `key new FILE` makes a key.
    """
    from negotiation.domain.commands import SealRecord

    desk = the_desk()
    position = desk.timeline.head
    if not position:
        raise Stopped("There is nothing to seal yet; `import FILE` begins the record.")
    if to is not None and Path(to).exists():
        raise Stopped(f"{to} is there already; a seal is never written over, name another file.")
    root = desk.ledger.seal(desk.timeline.id, position)
    signature, key_of = _signed(sign, desk.timeline.id, position, root) if sign else ("", "")
    held = {
        "negotiation": desk.timeline.id,
        "position": position,
        "root": root,
        "signature": signature,
        "key": key_of,
    }
    with _kept(to, json.dumps(held, indent=1) + "\n"):
        entries = desk.act(SealRecord(position, root, signature, key_of), hand_of_call(desk))
    if answer({**held, "act": entries[0].act.id, "entries": entries_json(entries)}):
        return
    say(f"{drawn('Sealed', Look.STRONG)} the record up to entry {position}:")
    say(f"  {position}:{root}")
    if key_of:
        say(f"  signed with the key {key_of}")
    if to is not None:
        say(f"  written to {shown(to)}")
    note(f"Keep it where the record is not; `verify --root {position}:{root[:6]}…` checks it.")


@contextmanager
def _kept(to: str | None, words: str) -> Iterator[None]:
    """Write a file first, and take it away again when what it stands for does not happen."""
    if to is None:
        yield
        return
    with open(to, "x", encoding="utf-8") as file:
        file.write(words)
    try:
        yield
    except BaseException:
        os.unlink(to)
        raise


def _signed(file: str, negotiation: str, position: int, root: str) -> tuple[str, str]:
    from negotiation.ledger.signing import message, public_key, signature

    pem = source_of(file, _LARGEST)

    def sign(passphrase: str) -> tuple[str, str]:
        signed = signature(pem, passphrase, message(negotiation, position, root))
        return signed, public_key(pem, passphrase)

    return _opened(file, sign)


def _opened(file: str, use: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    """Use a key with the passphrase that the environment says, or that somebody types."""
    from negotiation.ledger.signing import NeedsPassphrase, NoSigning, NotAKey

    try:
        try:
            return use(os.environ.get(_PASSPHRASE, ""))
        except NeedsPassphrase:
            typed = click.prompt(f"Passphrase of {shown(file)}", hide_input=True, err=True)
            return use(str(typed))
    except NeedsPassphrase as fault:
        raise Stopped(f"{file} needs its passphrase; ${_PASSPHRASE} can say it.") from fault
    except NotAKey as fault:
        raise Stopped(f"{file} cannot sign: {fault}.") from fault
    except NoSigning as fault:
        raise Stopped(str(fault)) from fault


@command()
@click.argument("action", type=click.Choice(["new", "show"]))
@click.argument("file", type=click.Path())
@click.option("--passphrase", is_flag=True, help="Keep it under a passphrase, asked for at once.")
@common
def key(action: str, file: str, passphrase: bool) -> None:
    """Make a key to sign seals with, or show the public half of one.

    FILE is the private key: whoever has it can sign as you. It is written for your eyes only. The
    public key is printed; give it to those who shall check.

    \b
      negotiation key new secretariat.pem
      negotiation key show secretariat.pem

    Next: `seal --sign FILE` signs the record, `verify --key PUBLIC` asks for that signature.
    """
    if action == "show":
        from negotiation.ledger.signing import public_key

        pem = source_of(file, _LARGEST)
        public, _ = _opened(file, lambda said: (public_key(pem, said), ""))
    else:
        public = _made(file, passphrase=passphrase)
    if not answer({"file": file, "key": public}):
        say(public)


def _made(file: str, *, passphrase: bool) -> str:
    from negotiation.ledger.signing import NoSigning, new_key

    said = os.environ.get(_PASSPHRASE, "")
    if passphrase and not said:
        said = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    try:
        pem, public = new_key(said if passphrase else "")
    except NoSigning as fault:
        raise Stopped(str(fault)) from fault
    try:
        # Never written over, never open to others, not even for a moment.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise Stopped(f"{file} is there already; a key is never written over.") from fault
    with os.fdopen(handle, "wb") as written:
        written.write(pem)
    note(f"Private key in {shown(file)}; this is the public one:")
    return public
