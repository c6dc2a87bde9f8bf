"""Signatures on seals: Ed25519, by the library `cryptography`, which is loaded when it is used.

A seal without a signature needs nothing of this. The private key is a PEM file that its owner
keeps; the record holds the public key and the signature, both as hexadecimal digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class NoSigning(Exception):
    """Nothing can be signed or checked here; the message says why."""

    def __init__(self) -> None:
        super().__init__(
            "Signatures need the library cryptography; "
            "`pip install 'negotiation[seals]'` brings it."
        )


class NotAKey(Exception):
    """What should be a private key is none, or its passphrase is another."""


class NeedsPassphrase(Exception):
    """The key is kept under a passphrase, and none was said."""


def message(negotiation: str, position: int, root: str) -> bytes:
    """What is signed: the negotiation, the entry and its seal."""
    return f"negotiation seal\n{negotiation}\n{position}\n{root}\n".encode()


def new_key(passphrase: str = "") -> tuple[bytes, str]:
    """A new private key as PEM, under a passphrase where one is said, and its public key."""
    try:
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as cause:
        raise NoSigning() from cause
    key = Ed25519PrivateKey.generate()
    kept: form.KeySerializationEncryption = form.NoEncryption()
    if passphrase:
        kept = form.BestAvailableEncryption(passphrase.encode())
    pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, kept)
    return pem, _public(key)


def public_key(pem: bytes, passphrase: str = "") -> str:
    """The public key of a private one; raises `NotAKey` and `NeedsPassphrase`."""
    return _public(_loaded(pem, passphrase))


def signature(pem: bytes, passphrase: str, signed: bytes) -> str:
    """The signature of a private key; raises `NotAKey` and `NeedsPassphrase`."""
    return _loaded(pem, passphrase).sign(signed).hex()


def holds(key: str, signature: str, signed: bytes) -> bool:
    """Whether the signature is that of this public key on these bytes."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError as cause:
        raise NoSigning() from cause
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), signed
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _loaded(pem: bytes, passphrase: str) -> Ed25519PrivateKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as cause:
        raise NoSigning() from cause
    try:
        key = load_pem_private_key(pem, passphrase.encode() or None)
    except TypeError as cause:
        if passphrase:
            # The library refuses one where none is needed.
            return _loaded(pem, "")
        raise NeedsPassphrase() from cause
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise NotAKey("it is no private key, or its passphrase is another") from cause
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey("it is a key of another kind, not Ed25519")
    return key
