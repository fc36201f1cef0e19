"""Signatures by key of judgements and of the sign-off: made with ssh-keygen, kept in workpapers/signatures, checked."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from auditkit.assessment.model import Judgement
from auditkit.assessment.signatures import (
    SignatureCheck,
    conclude,
    damaged,
    orphan,
    read_claim,
    signed_text,
)
from auditkit.base.atomic import write_whole
from auditkit.base.digest import usable_cores
from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue, Severity
from auditkit.base.language import message
from auditkit.base.place import Place
from auditkit.base.sshkeys import check, fingerprint, key_file_fingerprint, public_part, sign
from auditkit.engagement.open import OpenEngagement

_SIGNED, _SIGNATURE = ".json", ".json.sig"


def check_signatures(opened: OpenEngagement) -> tuple[SignatureCheck, ...]:
    """Check every signature of a judgement, in the order of ids; no process runs where nobody signed."""
    folder = opened.layout.signatures
    names = sorted(
        {
            path.name.partition(".")[0]
            for path in (folder.glob("J-*") if folder.is_dir() else ())
            if path.name.endswith((_SIGNED, _SIGNATURE))
        }
    )
    if not names:
        return ()
    known = {one.id: one for one in (*opened.workpapers.judgements, *opened.workpapers.earlier)}
    with ThreadPoolExecutor(usable_cores()) as pool:
        return tuple(pool.map(lambda name: _check(opened, name, known.get(name)), names))


def check_text(
    opened: OpenEngagement, what: str, by: str, text: bytes, signature_file: Path
) -> SignatureCheck:
    """Check the signature of a text that is there as it was signed."""
    try:
        signature = signature_file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return damaged(what, by, message("The signature cannot be read."))
    people = opened.independence.people
    if by not in people:
        return damaged(what, by, message("{person} is not among the people of engagement.yaml."), person=by)
    fault, key = read_claim(what, by, people, signature)
    if fault is not None:
        return fault
    return conclude(what, by, text, text, genuine=check(text, signature, by, key, people[by].revoked_keys))


def with_signatures(opened: OpenEngagement) -> OpenEngagement:
    """Return the engagement with the judgements that a bad signature keeps from deciding, and what is wrong."""
    checked = check_signatures(opened)
    if not checked:
        return opened
    bad = [one for one in checked if one.refused]
    issues = tuple(issue_of(one) for one in checked if one.state != "holds")
    return opened._replace(
        distrusted={one.what: one.why for one in bad},
        distrust_told={one.what: one.told for one in bad},
        issues=(*opened.issues, *issues),
    )


def issue_of(one: SignatureCheck) -> InputIssue:
    """Say what is wrong with the signature of a judgement as an issue of the input."""
    if one.refused:
        return _issue("signature-refused", "error", one)
    return _issue("signature-unchecked", "warning", one)


def _issue(code: str, severity: Severity, one: SignatureCheck) -> InputIssue:
    return InputIssue(
        code=code,
        severity=severity,
        place=Place(file=f"workpapers/signatures/{one.what}{_SIGNATURE}"),
        message=one.why,
        hint=one.remedy,
    )


def refuse_key(opened: OpenEngagement, signers: Iterable[str], key_file: Path) -> None:
    """Raise UsageFault, before anything is written, when the key is not the one of everybody who is to sign."""
    if not key_file.is_file():
        raise UsageFault(f"{key_file}: there is no such key file. Name the private key.")
    shown = key_file_fingerprint(key_file)
    for by in dict.fromkeys(signers):
        person = opened.independence.people.get(by)
        if person is None:
            raise UsageFault(
                f"{by} is not among the people of engagement.yaml. Add the person there, or name another."
            )
        if person.ssh_key is None:
            raise UsageFault(
                f"engagement.yaml has no key of {person.name}. Add ssh_key to {by} there: the line of the file .pub."
            )
        if shown is not None and shown != fingerprint(public_part(person.ssh_key)):
            raise UsageFault(
                f"{key_file} is not the key that engagement.yaml has for {person.name}. {by} signs with one's own key."
            )


def sign_judgements(opened: OpenEngagement, identifiers: tuple[str, ...], key_file: Path) -> tuple[str, ...]:
    """Sign judgements that are bound, as the persons who made them; nothing is kept that does not hold at once."""
    known = {one.id: one for one in opened.workpapers.judgements}
    for identifier in identifiers:
        if identifier not in known:
            raise UsageFault(f"{identifier}: there is no such judgement that counts.")
        if identifier not in opened.workpapers.bindings:
            raise UsageFault(
                f"{identifier} was never bound. Run auditkit judgements bind {identifier} first."
            )
    refuse_key(opened, (known[one].by for one in identifiers), key_file)
    texts = [_text(opened, known[one]) for one in identifiers]
    for identifier, text, signature in zip(identifiers, texts, sign(texts, key_file), strict=True):
        _refuse_useless(opened, identifier, known[identifier].by, text, signature)
        write_whole(opened.layout.signatures / f"{identifier}{_SIGNED}", text)
        write_whole(opened.layout.signatures / f"{identifier}{_SIGNATURE}", signature)
    return identifiers


def sign_text(opened: OpenEngagement, what: str, by: str, text: bytes, key_file: Path) -> str:
    """Sign a text as a person; UsageFault when the signature would not hold."""
    refuse_key(opened, (by,), key_file)
    (signature,) = sign((text,), key_file)
    _refuse_useless(opened, what, by, text, signature)
    return signature


def _refuse_useless(opened: OpenEngagement, what: str, by: str, text: bytes, signature: str) -> None:
    people = opened.independence.people
    fault, key = read_claim(what, by, people, signature)
    if fault is not None:
        raise UsageFault(f"{what} was not signed: {fault.why} {fault.remedy}")
    if not check(text, signature, by, key, people[by].revoked_keys):
        raise UsageFault(
            f"{what} was not signed: ssh-keygen does not accept its own signature. Try another key."
        )


def _check(opened: OpenEngagement, name: str, judgement: Judgement | None) -> SignatureCheck:
    if judgement is None:
        return orphan(name)
    folder = opened.layout.signatures
    try:
        stored = (folder / f"{name}{_SIGNED}").read_bytes()
        signature = (folder / f"{name}{_SIGNATURE}").read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        gone = message("The signature or the text that was signed is not there.")
        unreadable = message("The signature or the text that was signed cannot be read.")
        why = gone if isinstance(error, FileNotFoundError) else unreadable
        return damaged(name, judgement.by, why)
    people = opened.independence.people
    fault, key = read_claim(name, judgement.by, people, signature)
    if fault is not None:
        return fault
    genuine = check(stored, signature, judgement.by, key, people[judgement.by].revoked_keys)
    return conclude(name, judgement.by, stored, _text(opened, judgement), genuine=genuine)


def _text(opened: OpenEngagement, judgement: Judgement) -> bytes:
    return signed_text(opened.engagement.id, judgement, opened.workpapers.bindings.get(judgement.id))
