"""What somebody shows to be let in: a token, which only its bearer and nobody's record has.

It comes from the environment or from a file named there, never from a command line, which everybody
on a machine can read. What a token opens is judged in `admission`.
"""

from __future__ import annotations

import base64
import os
import secrets

from negotiation.ledger.faults import StoreError

TOKEN = "NEGOTIATION_TOKEN"  # the name of the variable
TOKEN_FILE = "NEGOTIATION_TOKEN_FILE"  # as above
_BYTES = 20
_LARGEST = 4096


def token() -> str:
    """The token of this process; empty where none is shown, as at home.

    Raises a `StoreError` where a variable or a file is named that holds none: whoever meant to
    show a token must not be taken for somebody at home.
    """
    shown, path = os.environ.get(TOKEN), os.environ.get(TOKEN_FILE)
    for name, value in ((TOKEN, shown), (TOKEN_FILE, path)):
        # What was to fill it failed, as `$(cat …)` does where there is no such file.
        if value is not None and not value.strip():
            raise StoreError(f"${name} is set and empty; fill it, or take the variable away.")
    if shown is not None:
        return shown.strip()
    if path is None:
        return ""
    try:
        with open(path, encoding="utf-8") as file:
            said = file.read(_LARGEST).strip()
    except (OSError, ValueError) as cause:
        raise StoreError(
            f"The file {path} that ${TOKEN_FILE} names cannot be read; check the name, or take the "
            "variable away."
        ) from cause
    if not said:
        raise StoreError(
            f"The file {path} that ${TOKEN_FILE} names is empty; put the token into it, or take "
            "the variable away."
        )
    return said


def new_token() -> str:
    """A token that nobody can guess: 160 bits of chance, in letters that can be read aloud."""
    return base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()


def hashed(token: str) -> str:
    """What the record keeps of a token: its SHA-256, as hexadecimal digits.

    A plain hash is enough for 160 bits of chance: there is nothing to guess from.
    """
    import hashlib

    # Bytes that are no letters, as an environment may hold, are those of nobody's token.
    return hashlib.sha256(token.strip().encode(errors="replace")).hexdigest()
