"""The sealed table of persons: pseudonym to name, readable only with the key. The one door to cryptography."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from auditkit.base.atomic import write_whole
from auditkit.base.errors import EnvironmentFault, InputsUnreadable, UsageFault
from auditkit.base.model import Record

KEY_MARK = "auditkit-privacy-key-1:"
_BOUND_TO = b"auditkit persons 1"
Written = dict[str, list[str]]


class Key(NamedTuple):
    """A key and what is made from it; the three parts tell nothing about one another."""

    id: str
    """Names the key in the sealed table, so that a wrong one is told at once."""
    pseudonyms: bytes
    seal: bytes


class SealedPersons(Record):
    """evidence/persons.sealed.json."""

    computed: Literal["written by auditkit evidence import; do not edit"] = (
        "written by auditkit evidence import; do not edit"
    )
    cipher: Literal["AES-256-GCM"] = "AES-256-GCM"
    key_id: str
    """First eight digits of a keyed digest; it says which key fits, and nothing about the key."""
    nonce: str
    """Base64; new each time."""
    data: str
    """Base64: pseudonym to spellings as JSON, encrypted and authenticated."""


def new_key_text() -> str:
    """Return the text of a new random key of 256 bits."""
    return f"{KEY_MARK}{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"


def read_key_text(text: str, where: str) -> Key:
    """Return the key that a text holds; UsageFault when it holds none."""
    mark, _, rest = text.strip().partition(":")
    try:
        raw = base64.urlsafe_b64decode(rest.encode("ascii"))
    except (binascii.Error, ValueError):
        raw = b""
    if f"{mark}:" != KEY_MARK or len(raw) != 32:
        raise UsageFault(f"{where}: this is no privacy key. Make one with: auditkit privacy key FILE")

    def part(use: bytes) -> bytes:
        return hmac.new(raw, b"auditkit " + use, hashlib.sha256).digest()

    return Key(part(b"key id").hex()[:8], part(b"pseudonyms"), part(b"seal"))


def load_persons(path: Path, key: Key) -> Written:
    """Open the sealed table; a missing one is empty. A wrong key or a changed file is refused and changes nothing."""
    if not path.exists():
        return {}
    try:
        sealed = SealedPersons.model_validate_json(path.read_bytes())
        nonce, data = base64.b64decode(sealed.nonce), base64.b64decode(sealed.data)
    except (OSError, ValidationError, ValueError) as error:
        raise InputsUnreadable(
            f"{path.name}: the sealed table cannot be read ({type(error).__name__}). Restore it from a copy."
        ) from error
    if sealed.key_id != key.id:
        raise UsageFault(
            f"{path.name}: it was sealed with another key ({sealed.key_id}, this one is {key.id}). "
            "Give the key of this engagement; nothing was changed."
        )
    cipher, invalid = _cipher()
    try:
        found: Written = json.loads(cipher(key.seal).decrypt(nonce, data, _BOUND_TO))
    except (invalid, ValueError) as error:
        raise InputsUnreadable(
            f"{path.name}: the sealed table was changed after it was written. Restore it from a copy."
        ) from error
    return found


def store_persons(path: Path, key: Key, written: Mapping[str, Sequence[str]]) -> None:
    """Seal the table and write it in one step."""
    cipher, _ = _cipher()
    nonce = os.urandom(12)
    plain = json.dumps({one: list(names) for one, names in sorted(written.items())}, ensure_ascii=False)
    data = cipher(key.seal).encrypt(nonce, plain.encode(), _BOUND_TO)
    sealed = SealedPersons(
        key_id=key.id, nonce=base64.b64encode(nonce).decode(), data=base64.b64encode(data).decode()
    )
    write_whole(path, json.dumps(sealed.model_dump(mode="json"), indent=1) + "\n")


def check_cipher() -> None:
    """Raise EnvironmentFault, saying what to install, where the library is not there."""
    _cipher()


def _cipher() -> tuple[Any, Any]:
    """Return the cipher and the error of a wrong seal; the library is an optional extra."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as error:
        raise EnvironmentFault(
            "The library cryptography is not installed, and names are never kept unsealed. "
            "Install it with: pip install 'auditkit[privacy]'"
        ) from error
    return AESGCM, InvalidTag
