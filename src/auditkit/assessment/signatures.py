"""Signatures by key: what exactly is signed, and what a signature that was checked says (pure).

A signature covers the judgement and everything it was bound to, so that neither can be renewed in somebody's name.
"""

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from auditkit.assessment.engagement import Person
from auditkit.assessment.model import Binding, Judgement
from auditkit.base.digest import canonical_json
from auditkit.base.language import message, translated
from auditkit.base.model import Record
from auditkit.base.sshkeys import HASHES, NAMESPACE, public_part, read_signature

SignatureState = Literal[
    "holds",
    "changed",
    "false",
    "wrong_signer",
    "unknown_key",
    "revoked",
    "no_key",
    "damaged",
    "unchecked",
    "orphan",
]
AGAIN = "Look at it again and sign it anew, or delete the files of the signature."


class SignatureCheck(Record):
    """What a signature is worth now."""

    what: str
    """Id of the judgement, or ``sign-off``."""
    by: str
    """Person id of who is said to have signed; empty where nobody can tell."""
    state: SignatureState
    why: str = ""
    """What is wrong, one sentence in English; empty when it holds."""
    remedy: str = ""
    said: str = Field(default="", exclude=True)
    """The same as a message, with its values apart."""
    values: dict[str, str] = Field(default={}, exclude=True)

    @property
    def told(self) -> str:
        """Return what is wrong in the language spoken."""
        return translated(self.said).format(**self.values)

    @property
    def refused(self) -> bool:
        """Tell whether what was signed must not be used."""
        return self.state not in ("holds", "unchecked", "orphan")


def signed_text(engagement: str, judgement: Judgement, binding: Binding | None) -> bytes:
    """Return the bytes that a person signs: the engagement, the judgement and what it rests on, in one canonical text."""
    body = {
        "computed": "what was signed, written by auditkit; do not edit",
        "engagement": engagement,
        "judgement": judgement.model_dump(mode="json", exclude_none=True),
        "rests_on": binding.model_dump(mode="json") if binding is not None else None,
    }
    return f"{canonical_json(body)}\n".encode()


def read_claim(
    what: str, by: str, people: Mapping[str, Person], signature: str
) -> tuple[SignatureCheck | None, str]:
    """Look at what a signature says of itself; return what is wrong, or None and the key it has to be checked with."""
    try:
        said = read_signature(signature)
    except ValueError as error:
        return _bad(
            what, by, "damaged", message("The signature cannot be read: {cause}."), cause=str(error)
        ), ""
    if said.namespace != NAMESPACE:
        why = message("The signature was made for {other!r}, not for {own}.")
        return _bad(what, by, "damaged", why, other=said.namespace, own=NAMESPACE), ""
    if said.hash not in HASHES:
        why = message("The signature rests on the hash {hash!r}, which is not accepted.")
        return _bad(what, by, "damaged", why, hash=said.hash), ""
    person = people[by]
    if said.key in {public_part(one) for one in person.revoked_keys}:
        remedy = "Look at it again and sign it with the present key."
        why = message("It was signed with a key of {person} that is revoked.")
        return _bad(what, by, "revoked", why, remedy, person=person.name), ""
    if person.ssh_key is None:
        remedy = f"Add ssh_key to {by} in engagement.yaml, with the public key the person gave you."
        why = message("It is signed, and engagement.yaml has no key of {person}.")
        return _bad(what, by, "no_key", why, remedy, person=person.name), ""
    if said.key != public_part(person.ssh_key):
        return _another_key(what, by, people, said.key), ""
    return None, person.ssh_key


def conclude(what: str, by: str, stored: bytes, expected: bytes, *, genuine: bool | None) -> SignatureCheck:
    """Say what a signature is worth; ``genuine``: whether ``stored`` was signed, None when nobody could check."""
    if genuine is False:
        return _bad(what, by, "false", message("The signature is not one of the text it stands beside."))
    if stored != expected:
        return _changed(what, by, stored, expected)
    if genuine is None:
        remedy = "Install OpenSSH 8.2 or newer, which brings ssh-keygen, and run the command again."
        why = message("There is no ssh-keygen here that checks signatures.")
        return _bad(what, by, "unchecked", why, remedy)
    return SignatureCheck(what=what, by=by, state="holds")


def orphan(what: str) -> SignatureCheck:
    """Say that a signature belongs to no judgement there is."""
    remedy = "Restore the judgement, or delete the files of the signature."
    why = message("It was signed and stands in no file of judgements that counts.")
    return _bad(what, "", "orphan", why, remedy)


def damaged(what: str, by: str, why: str, **values: str) -> SignatureCheck:
    """Say that a signature or its text cannot be read; ``why``: a message."""
    return _bad(what, by, "damaged", why, **values)


def _another_key(what: str, by: str, people: Mapping[str, Person], key: str) -> SignatureCheck:
    name = people[by].name
    for other in people.values():
        if other.ssh_key is not None and public_part(other.ssh_key) == key:
            why = message("It says {person}, but {other} signed it.")
            return _bad(what, by, "wrong_signer", why, person=name, other=other.name)
    remedy = f"Find out whose key it is; {name} has to sign with the key in engagement.yaml."
    why = message("It was signed with a key that is not the one of {person}.")
    return _bad(what, by, "unknown_key", why, remedy, person=name)


def _changed(what: str, by: str, stored: bytes, expected: bytes) -> SignatureCheck:
    """Say what is not as it was signed."""
    text_changed = message("The text was changed after it was signed.")
    try:
        before, now = json.loads(stored), json.loads(expected)
        fields = [
            name
            for name in sorted(before["judgement"].keys() | now["judgement"].keys())
            if before["judgement"].get(name) != now["judgement"].get(name)
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _bad(what, by, "changed", text_changed)
    if len(fields) == 1:
        why = message("{fields} of the judgement was changed after it was signed.")
        return _bad(what, by, "changed", why, fields=fields[0])
    if fields:
        why = message("{fields} of the judgement were changed after it was signed.")
        return _bad(what, by, "changed", why, fields=", ".join(fields))
    if before.get("rests_on") != now.get("rests_on"):
        why = message("It was bound anew to what it rests on after it was signed.")
        return _bad(what, by, "changed", why)
    return _bad(what, by, "changed", text_changed)


def _bad(
    what: str, by: str, state: SignatureState, why: str, remedy: str = AGAIN, **values: str
) -> SignatureCheck:
    """Return what a signature is worth. Threads that check do not know the language, so the message is kept apart."""
    told = why.format(**values)
    return SignatureCheck(what=what, by=by, state=state, why=told, remedy=remedy, said=why, values=values)
