"""The one door to ``ssh-keygen``: sign bytes with a key file, and check a signature, offline and without an agent."""

import base64
import binascii
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.base.errors import EnvironmentFault, UsageFault

NAMESPACE = "auditkit"
"""Signatures made for another purpose, such as a commit, are none of ours."""
HASHES = frozenset({"sha256", "sha512"})
_SIGN_SECONDS, _CHECK_SECONDS = 300, 20
"""Signing waits for a person to type a passphrase."""
_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


class Signature(NamedTuple):
    """What a signature says of itself; nothing of it is true before it was checked."""

    key: str
    """The public key, in base64, as it stands in a file ``.pub``."""
    namespace: str
    hash: str


def public_part(line: str) -> str:
    """Return the key in base64 of a line ``ssh-ed25519 AAAA... comment``."""
    return line.split()[1]


def fingerprint(key: str) -> str:
    """Return the fingerprint of a key in base64 as ssh-keygen prints it: ``SHA256:...``."""
    digest = hashlib.sha256(base64.b64decode(key)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def read_signature(text: str) -> Signature:
    """Read what an armoured signature says; ValueError when it is none."""
    body = "".join(text.split("\n")).replace("\r", "")
    if not (body.startswith(_BEGIN) and body.endswith(_END)):
        raise ValueError("it is no SSH signature")
    try:
        blob = base64.b64decode(body[len(_BEGIN) : -len(_END)], validate=True)
    except binascii.Error as error:
        raise ValueError("its text is damaged") from error
    if blob[:6] != _MAGIC or blob[6:10] != b"\x00\x00\x00\x01":
        raise ValueError("it is no SSH signature of version 1")
    fields, rest = [], blob[10:]
    for _ in range(5):
        size = int.from_bytes(rest[:4], "big")
        if len(rest) < 4 + size:
            raise ValueError("it ends too early")
        fields.append(rest[4 : 4 + size])
        rest = rest[4 + size :]
    key, namespace, _, algorithm, _ = fields
    try:
        return Signature(base64.b64encode(key).decode(), namespace.decode(), algorithm.decode())
    except UnicodeDecodeError as error:
        raise ValueError("its text is damaged") from error


def sign(texts: Sequence[bytes], key_file: Path) -> tuple[str, ...]:
    """Sign each text with a private key, which is asked for its passphrase once; UsageFault when it cannot be."""
    tool = _tool()
    if tool is None:
        raise EnvironmentFault(
            "ssh-keygen is not on this machine. Install OpenSSH, or leave out the signature."
        )
    if not key_file.is_file():
        raise UsageFault(f"{key_file}: there is no such key file. Name the private key.")
    with tempfile.TemporaryDirectory() as scratch:
        files = [Path(scratch) / f"{number}" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text)
        words = [tool, "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key_file), *map(str, files)]
        code, said = _run(words, b"", _SIGN_SECONDS)
        if code != 0:
            why = said or (f"it ended with {code}" if code is not None else "it is too old to sign")
            raise UsageFault(
                f"{key_file}: ssh-keygen did not sign ({why}). Name a private key that only you can "
                "read, and its passphrase when you are asked."
            )
        return tuple(file.with_name(f"{file.name}.sig").read_text(encoding="ascii") for file in files)


def key_file_fingerprint(key_file: Path) -> str | None:
    """Return the fingerprint of a key file without asking for its passphrase; None when it cannot be told."""
    tool = _tool()
    if tool is None or not key_file.is_file():
        return None
    code, said = _run([tool, "-l", "-E", "sha256", "-f", str(key_file)], b"", _CHECK_SECONDS, of_output=True)
    words = said.split()
    return words[1] if code == 0 and len(words) > 1 and words[1].startswith("SHA256:") else None


def check(text: bytes, signature: str, signer: str, key: str, revoked: Iterable[str] = ()) -> bool | None:
    """Tell whether a signature of the text was made with the signer's key; None when no ssh-keygen here can tell.

    ``key`` and ``revoked``: public keys as ``ssh-ed25519 AAAA...``.
    """
    tool = _tool()
    if tool is None:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        allowed, signed, withdrawn = (Path(scratch) / name for name in ("allowed", "signature", "revoked"))
        kind = " ".join(key.split()[:2])
        allowed.write_text(f'{signer} namespaces="{NAMESPACE}" {kind}\n', encoding="ascii")
        signed.write_text(signature, encoding="utf-8", newline="\n")
        withdrawn.write_text("".join(f"{' '.join(one.split()[:2])}\n" for one in revoked), encoding="ascii")
        words = [tool, "-Y", "verify", "-n", NAMESPACE, "-I", signer, "-f", str(allowed), "-s", str(signed)]
        words += ["-r", str(withdrawn)] if withdrawn.stat().st_size else []
        code, _ = _run(words, text, _CHECK_SECONDS)
    return code == 0 if code is not None else None


def _tool() -> str | None:
    return shutil.which("ssh-keygen")


def _run(words: list[str], text: bytes, seconds: int, *, of_output: bool = False) -> tuple[int | None, str]:
    """Run ssh-keygen without a shell and without an agent; return its exit code and the last line it said.

    None: it gave no answer, or is older than OpenSSH 8.2 and knows no signatures.
    """
    kept = ("PATH", "HOME", "SYSTEMROOT", "TERM", "USERPROFILE")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {"LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, its arguments a list, no shell
            words, input=text, env=environment, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return None, f"no answer within {seconds} seconds"
    except OSError as error:
        return None, error.strerror or type(error).__name__
    lines = (done.stdout if of_output else done.stderr).decode("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if line.strip()]
    if done.returncode and re.search(r"(?:unknown|illegal) option", " ".join(said)):
        return None, ""
    return done.returncode, said[-1] if said else ""
