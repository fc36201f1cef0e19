"""Signatures by key: made by the person who judged, checked offline, and loud when they do not hold."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from finding_engagement import make, opened, run

from auditkit.base import sshkeys
from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli
from auditkit.engagement.signatures import check_signatures
from auditkit.engagement.signoff import verify_signatures
from auditkit.reporting.view_cover import is_released
from auditkit.reporting.view_index import Index

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen here")
SEEN = "Seen in twelve changes on site, with the people."
POINT = "8.5.1.3-2"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a key for the lead auditor, for the auditor, and one that nobody knows."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("P-001", "P-002", "stranger"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
        subprocess.run(words, check=True)
    return {name: folder / name for name in ("P-001", "P-002", "stranger")}


def line(keys: dict[str, Path], name: str) -> str:
    return keys[name].with_suffix(".pub").read_text(encoding="utf-8").strip()


def signed(folder: Path, keys: dict[str, Path]) -> Path:
    """Make an engagement whose auditors have keys, with one signed judgement."""
    make(folder)
    people(folder, {name: f'ssh_key: "{line(keys, name)}"' for name in ("P-001", "P-002")})
    said = ok(folder, *judging(POINT), "--sign", str(keys["P-002"]))
    assert said == f"J-001  {POINT}  conforms, signed\n"
    return folder


def people(folder: Path, more: dict[str, str]) -> None:
    """Add fields to people of the engagement."""
    path = folder / "engagement.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for at, text in enumerate(lines):
        for name, fields in more.items():
            if f"id: {name}," in text:
                lines[at] = f"{text.split('}', maxsplit=1)[0].partition(', ssh_key')[0]}, {fields}}}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def judging(point: str, by: str = "P-002") -> tuple[str, ...]:
    return ("judge", point, "conforms", "--because", SEEN, "--by", by, "--on", "EV-001")


def call(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "-e", str(folder)])


def ok(folder: Path, *words: str) -> str:
    done = call(folder, *words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def refused(folder: Path, *words: str) -> str:
    done = call(folder, *words)
    assert isinstance(done.exception, AuditkitError), done.output
    return " ".join(str(done.exception).split())


def code(folder: Path) -> int:
    """Return the exit code of ``auditkit verify``."""
    return int(cli.main(["verify", "-e", str(folder)], standalone_mode=False))


def state(folder: Path) -> list[tuple[str, str]]:
    return [(one.what, one.state) for one in verify_signatures(opened(folder))]


def undecided(folder: Path) -> str:
    """Return why the signed judgement does not decide; it must be said as an issue too."""
    outcome = run(folder)
    verdict = next(one for one in outcome.assessment.points if one.point == POINT)
    assert (verdict.value, verdict.standing) == ("not_assessed", "candidate")
    assert "signature-refused" in {issue.code for issue in outcome.issues}
    return " ".join(verdict.suspect)


def test_a_signed_judgement_holds_and_decides(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    assert state(folder) == [("J-001", "holds")]
    verdict = next(one for one in run(folder).assessment.points if one.point == POINT)
    assert (verdict.value, verdict.standing) == ("conforms", "confirmed")
    said = call(folder, "verify").output
    assert "Signatures by key: 1 of 1 hold." in said
    assert json.loads(call(folder, "verify", "--json").output)["signatures"][0]["state"] == "holds"


def test_anybody_can_check_a_signature_without_auditkit(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys) / "workpapers/signatures"
    (tmp_path / "allowed").write_text(f"P-002 {line(keys, 'P-002')}\n", encoding="utf-8")
    words = ["ssh-keygen", "-Y", "verify", "-n", "auditkit", "-I", "P-002", "-f", str(tmp_path / "allowed")]
    words += ["-s", str(folder / "J-001.json.sig")]
    text = (folder / "J-001.json").read_bytes()
    assert subprocess.run(words, input=text, capture_output=True, check=False).returncode == 0
    assert text.startswith(b'{"computed":"what was signed')
    assert subprocess.run(words, input=text + b" ", capture_output=True, check=False).returncode != 0


def test_a_judgement_changed_after_it_was_signed_does_not_decide(
    tmp_path: Path, keys: dict[str, Path]
) -> None:
    folder = signed(tmp_path / "e", keys)
    path = folder / "workpapers/judgements/clause-08.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("twelve", "twenty"), encoding="utf-8")
    ok(folder, "judgements", "bind", "J-001", "--again")
    assert state(folder) == [("J-001", "changed")]
    assert "rationale of the judgement was changed after it was signed" in undecided(folder)
    assert code(folder) == 3
    assert "Look at it again and sign it anew" in " ".join(call(folder, "verify").output.split())
    assert "its signature does not hold" in refused(folder, "signoff", "--by", "P-001")


def test_nobody_renews_what_somebody_else_signed(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    (folder / "evidence/workflow.md").write_text("Other words.\n", encoding="utf-8")
    with (folder / "evidence/changes.csv").open("a", encoding="utf-8") as stream:
        stream.write("CHG9,normal,closed,2026-03-01 08:00,2026-03-01 09:00,,,2026-03-01 07:00,successful\n")
    ok(folder, "judgements", "bind", "J-001", "--again")
    assert "bound anew to what it rests on after it was signed" in undecided(folder)
    assert "J-001 signed." in ok(folder, "judgements", "sign", "J-001", "--key", str(keys["P-002"]))
    assert state(folder) == [("J-001", "holds")]


def test_the_text_that_was_signed_cannot_be_exchanged(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    text = folder / "workpapers/signatures/J-001.json"
    judgement = folder / "workpapers/judgements/clause-08.yaml"
    for path in (text, judgement):
        path.write_text(path.read_text(encoding="utf-8").replace("twelve", "twenty"), encoding="utf-8")
    assert state(folder) == [("J-001", "false")]


def test_a_signature_of_one_engagement_is_none_of_another(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    path = folder / "engagement.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: small", "id: other"), encoding="utf-8")
    assert state(folder) == [("J-001", "changed")]


@pytest.mark.parametrize(
    ("fields", "expected", "says"),
    [
        ('ssh_key: "{stranger}"', "unknown_key", "key that is not the one of Ole Brandt"),
        ('ssh_key: "{stranger}", revoked_keys: ["{own}"]', "revoked", "a key of Ole Brandt that is revoked"),
        ("role: Auditor", "no_key", "engagement.yaml has no key of Ole Brandt"),
    ],
)
def test_a_key_that_no_longer_stands_for_the_person(
    tmp_path: Path, keys: dict[str, Path], fields: str, expected: str, says: str
) -> None:
    folder = signed(tmp_path / "e", keys)
    filled = fields.format(stranger=line(keys, "stranger"), own=line(keys, "P-002"))
    path = folder / "engagement.yaml"
    kept = f"  - {{id: P-002, name: Ole Brandt, side: auditor, {filled if 'role' in filled else f'role: Auditor, {filled}'}}}"
    lines = [kept if "id: P-002" in one else one for one in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert state(folder) == [("J-001", expected)]
    assert says in undecided(folder)


def test_the_key_of_a_colleague_is_the_wrong_one(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    before = sorted((folder / "workpapers").rglob("*"))
    assert "is not the key that engagement.yaml has for Ole Brandt" in refused(
        folder, *judging("8.5.1.3-9"), "--sign", str(keys["P-001"])
    )
    assert sorted((folder / "workpapers").rglob("*")) == before
    path = folder / "workpapers/signatures/J-001.json"
    words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "auditkit", "-f", str(keys["P-001"]), str(path)]
    path.with_name("J-001.json.sig").unlink()
    subprocess.run(words, check=True, capture_output=True)
    assert state(folder) == [("J-001", "wrong_signer")]
    assert "It says Ole Brandt, but Ines Falk signed it" in undecided(folder)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-n", "file"], "made for 'file', not for auditkit"),
        (["-n", "auditkit", "-O", "hashalg=sha256"], None),
    ],
)
def test_purpose_and_hash_of_a_signature(
    tmp_path: Path, keys: dict[str, Path], words: list[str], says: str | None
) -> None:
    folder = signed(tmp_path / "e", keys)
    path = folder / "workpapers/signatures/J-001.json"
    path.with_name("J-001.json.sig").unlink()
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", *words, "-f", str(keys["P-002"]), str(path)],
        check=True,
        capture_output=True,
    )
    found = check_signatures(opened(folder))[0]
    assert found.state == ("holds" if says is None else "damaged")
    assert says is None or says in found.why


def test_a_weak_hash_is_not_accepted(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    path = folder / "workpapers/signatures/J-001.json.sig"
    body = "".join(path.read_text(encoding="ascii").splitlines()[1:-1])
    blob = base64.b64decode(body).replace(b"\x00\x00\x00\x06sha512", b"\x00\x00\x00\x04sha1")
    text = base64.b64encode(blob).decode()
    path.write_text(f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n", encoding="ascii")
    found = check_signatures(opened(folder))[0]
    assert (found.state, "'sha1', which is not accepted" in found.why) == ("damaged", True)


@pytest.mark.parametrize("damage", ["gone", "cut", "empty", "bytes"])
def test_a_damaged_signature_is_refused_and_nothing_crashes(
    tmp_path: Path, keys: dict[str, Path], damage: str
) -> None:
    folder = signed(tmp_path / "e", keys)
    path = folder / "workpapers/signatures/J-001.json.sig"
    text = path.read_text(encoding="ascii")
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_text(text[:120], encoding="ascii")
    else:
        path.write_bytes(b"" if damage == "empty" else b"\xff\xfe\x00")
    assert state(folder) == [("J-001", "damaged")]
    assert undecided(folder)


def test_a_nonconformity_does_not_go_away_with_its_signature(tmp_path: Path, keys: dict[str, Path]) -> None:
    """Law 2: spoiling a signature never makes a point conform that its signer called nonconforming."""
    folder = signed(tmp_path / "e", keys)
    ok(
        folder,
        "judge",
        POINT,
        "nonconforming",
        "--because",
        SEEN,
        "--by",
        "P-002",
        "--again",
        "--sign",
        str(keys["P-002"]),
    )
    (folder / "workpapers/signatures/J-002.json.sig").write_text("spoilt\n", encoding="ascii")
    assert "cannot be read" in undecided(folder)


def test_a_signed_judgement_that_vanished_is_told(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    (folder / "workpapers/judgements/clause-08.yaml").unlink()
    assert state(folder) == [("J-001", "orphan")]
    assert "stands in no file of judgements" in call(folder, "verify").output.replace("\n    ", " ")


def test_a_replaced_judgement_keeps_its_signature(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = signed(tmp_path / "e", keys)
    ok(folder, *judging(POINT), "--again", "--sign", str(keys["P-002"]))
    assert state(folder) == [("J-001", "holds"), ("J-002", "holds")]


def test_without_ssh_keygen_nobody_is_told_that_a_signature_holds(
    tmp_path: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = signed(tmp_path / "e", keys)
    monkeypatch.setattr(sshkeys, "_tool", lambda: None)
    assert state(folder) == [("J-001", "unchecked")]
    assert "signature-unchecked" in {issue.code for issue in run(folder).issues}
    assert "Install OpenSSH" in refused(folder, "signoff", "--by", "P-001")
    assert "Install OpenSSH" in refused(folder, "judgements", "sign", "J-001", "--key", str(keys["P-002"]))


def test_the_release_is_signed_and_a_false_signature_makes_it_a_draft(
    tmp_path: Path, keys: dict[str, Path]
) -> None:
    folder = signed(tmp_path / "e", keys)
    assert "is not the key" in refused(folder, "signoff", "--by", "P-001", "--sign", str(keys["P-002"]))
    assert "signed by key" in ok(folder, "signoff", "--by", "P-001", "--sign", str(keys["P-001"]))
    assert code(folder) == 0
    assert is_released(Index(run(folder)))
    lock = folder / "workpapers/signoff.lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace("2026-10-15", "2026-10-14"), encoding="utf-8")
    said = call(folder, "verify")
    assert code(folder) == 3
    assert "sign-off: The signature is not one of the text it stands beside." in " ".join(said.output.split())
    assert not is_released(Index(run(folder)))
    ok(folder, "signoff", "--by", "P-001")
    assert not (folder / "workpapers/signatures/signoff.lock.json.sig").exists()
    assert is_released(Index(run(folder)))


@pytest.mark.parametrize(
    ("key", "says"),
    [("nowhere", "there is no such key file"), ("P-002.pub", "did not sign"), ("text", "did not sign")],
)
def test_a_key_file_that_cannot_sign(tmp_path: Path, keys: dict[str, Path], key: str, says: str) -> None:
    folder = signed(tmp_path / "e", keys)
    (tmp_path / "text").write_text("no key\n", encoding="utf-8")
    (tmp_path / "P-002.pub").write_text(line(keys, "P-002") + "\n", encoding="utf-8")
    said = refused(folder, "judgements", "sign", "J-001", "--key", str(tmp_path / key))
    assert says in said


def test_a_person_without_a_key_does_not_sign(tmp_path: Path, keys: dict[str, Path]) -> None:
    folder = make(tmp_path / "e")
    said = refused(folder, *judging(POINT), "--sign", str(keys["P-002"]))
    assert "Add ssh_key to P-002 there" in said
    assert not (folder / "workpapers").exists()


def test_a_key_is_one_line_and_nothing_else(tmp_path: Path) -> None:
    folder = make(tmp_path / "e")
    people(folder, {"P-002": 'ssh_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\\nP-001 ssh-ed25519 AAAA"'})
    assert "ssh_key" in refused(folder, "verify")


def test_signing_takes_no_key_from_an_agent(
    tmp_path: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
    seen: list[dict[str, str]] = []
    genuine = subprocess.run

    def spy(words: list[str], **more: object) -> object:
        seen.append(more["env"])  # type: ignore[arg-type]
        assert not more.get("shell")
        assert more["timeout"]
        return genuine(words, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(sshkeys.subprocess, "run", spy)
    signed(tmp_path / "e", keys)
    assert seen
    assert all("SSH_AUTH_SOCK" not in one for one in seen)


PROBE = """
import os, sys
from pathlib import Path
os.open(sys.argv[1], os.O_RDWR)  # the first terminal a session opens is its own
from auditkit.base.sshkeys import check, sign
key = Path(sys.argv[2])
texts = (b"one", b"two")
line = key.with_suffix(".pub").read_text()
print([check(text, made, "P-001", line) for text, made in zip(texts, sign(texts, key), strict=True)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of another kind")
def test_a_passphrase_is_asked_for_once_on_the_terminal(tmp_path: Path) -> None:
    import pty

    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "a long one", "-f", str(key)], check=True)
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", PROBE, os.ttyname(theirs), str(key)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as child:
        asked = b""
        while b"passphrase" not in asked:
            asked += os.read(ours, 200)
        os.write(ours, b"a long one\n")
        said, _ = child.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert said.strip() == "[True, True]"


@pytest.mark.parametrize(
    ("program", "expected"),
    [("echo 'unknown option -- Y' >&2; exit 1", None), ("sleep 5", None), ("exit 255", False)],
)
def test_a_tool_that_gives_no_answer_says_nothing_about_a_signature(
    tmp_path: Path,
    keys: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    expected: bool | None,
) -> None:
    tool = tmp_path / "ssh-keygen"
    tool.write_text(f"#!/bin/sh\n{program}\n", encoding="ascii")
    tool.chmod(0o755)
    monkeypatch.setattr(sshkeys, "_tool", lambda: str(tool))
    monkeypatch.setattr(sshkeys, "_CHECK_SECONDS", 1)
    assert sshkeys.check(b"text", "signature", "P-002", line(keys, "P-002")) is expected
