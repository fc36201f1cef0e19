"""The register loads entry by entry; the lock tells what is no longer what was accepted."""

import os
from pathlib import Path

import pytest

from auditkit.evidence.files import list_files, why_not
from auditkit.evidence.lock import accept, load_lock, verify, write_lock
from auditkit.evidence.model import Lock
from auditkit.evidence.register import load_register, load_requests


def register(tmp_path: Path, *items: str, head: str = "") -> Path:
    path = tmp_path / "register.yaml"
    path.write_text(head + "items:\n" + "".join(f"  - {item}\n" for item in items))
    return path


ITEM = "{id: EV-001, title: Policy, file: documents/policy.md, kind: document}"


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("{id: EV-001, title: B, file: b.md, kind: document}", "EV-001 stands twice"),
        ("{id: EV-002, title: B, file: documents/policy.md, kind: document}", "registered already as EV-001"),
        ("{id: EV-002, title: B, file: ../outside.md, kind: document}", "not a path below evidence/"),
        ("{id: EV-002, title: B, file: /etc/passwd, kind: document}", "not a path below evidence/"),
        ("{id: EV-002, title: B, file: b.md, kind: opinion}", "kind: Input should be"),
        ("{id: EV-002, title: B, file: b.md, kind: document, effective_at: 31.02.2026}", "effective_at"),
    ],
)
def test_a_bad_entry_is_an_issue_with_its_line_and_the_good_ones_load(
    tmp_path: Path, second: str, says: str
) -> None:
    loaded = load_register(register(tmp_path, ITEM, second), "evidence/register.yaml")
    assert loaded.model is not None
    assert [item.id for item in loaded.model.items] == ["EV-001"]
    assert says in loaded.issues[0].message
    assert loaded.issues[0].place.line == 3


def test_the_head_of_the_register_is_kept(tmp_path: Path) -> None:
    head = "documents_complete: true\ndeclared_by: Anna Berg\ndeclared_at: 2026-10-01\n"
    loaded = load_register(register(tmp_path, ITEM, head=head), "evidence/register.yaml")
    assert loaded.model is not None
    assert (loaded.model.documents_complete, loaded.model.declared_by) == (True, "Anna Berg")


def test_no_register_is_said_and_no_requests_are_none(tmp_path: Path) -> None:
    loaded = load_register(tmp_path / "register.yaml", "evidence/register.yaml")
    assert [issue.code for issue in loaded.issues] == ["register-missing"]
    assert load_requests(tmp_path / "requests.yaml", "evidence/requests.yaml").issues == ()


def test_verify_tells_changed_missing_new_and_unregistered(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md", "stray.md"):
        (tmp_path / name).write_text(f"text of {name}")
    names = ("a.md", "b.md", "c.md")
    items = [f"{{id: EV-00{n}, title: T, file: {name}, kind: document}}" for n, name in enumerate(names, 1)]
    known = load_register(register(tmp_path, *items), "r").model
    assert known is not None
    lock = accept(tmp_path, known)
    write_lock(tmp_path / "register.lock.json", lock)
    assert load_lock(tmp_path / "register.lock.json") == (lock, ())
    (tmp_path / "a.md").write_text("another text")
    (tmp_path / "b.md").unlink()
    fewer = Lock(entries={key: value for key, value in lock.entries.items() if key != "EV-003"})
    assert [(one.kind, one.file) for one in verify(tmp_path, known, fewer)] == [
        ("changed", "a.md"),
        ("missing", "b.md"),
        ("not_accepted", "c.md"),
        ("not_registered", "stray.md"),
    ]


def test_a_broken_lock_counts_as_none_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.lock.json").write_text("[")
    lock, issues = load_lock(tmp_path / "register.lock.json")
    assert lock.entries == {}
    assert issues[0].code == "lock-unreadable"


def test_links_out_loops_and_special_files_are_listed_but_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("not yours")
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "good.md").write_text("a policy")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "dangling.docx").symlink_to(folder / "nowhere.docx")
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    os.mkfifo(folder / "pipe")
    assert list_files(folder) == ("dangling.docx", "good.md", "loop", "out.txt", "pipe", "self")
    reasons = {file: why_not(folder, file) for file in list_files(folder)}
    assert reasons["good.md"] is None
    assert reasons["out.txt"] == "the link leads out of the evidence folder"
    assert reasons["dangling.docx"] == "the link leads to nothing"
    assert reasons["loop"] == "it is a link to a folder, which is not followed"
    assert reasons["pipe"] == "it is no regular file"
    assert reasons["self"] is not None
