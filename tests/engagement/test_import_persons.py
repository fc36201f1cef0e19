"""Evidence import: originals stay, persons become pseudonyms, figures stay, and no wrong key changes anything."""

import hashlib
import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small import engagement, ran

from auditkit.base.errors import AuditkitError
from auditkit.cli.main import cli
from auditkit.engagement.layout import Layout

pytest.importorskip("cryptography")

PEOPLE = (
    "Jan Otte",
    "Lena Hoffmann",
    "Agnieszka Wójcik",
    "王小明",
    "otte@x.example",
    "Neil, O",
    "Piotr Nowak",
)
REGISTER = "items:\n" + "".join(
    f"  - {{id: EV-00{at}, title: T, file: {name}.csv, kind: record_export, dataset: {name}}}\n"
    for at, name in enumerate(("change", "nonconformity", "improvement", "audit", "role", "person"), 1)
)

POLICY = """\
# Change management policy

Version 1.0

This policy applies to every change of a service or of a configuration item that is under change control in production.
Changes are divided into standard, normal and emergency changes, and each category has its own way of approval.
Emergency changes are handled by the emergency board and are reviewed within seven days of their implementation.
"""


def who(number: int) -> str:
    return f'"{PEOPLE[number % len(PEOPLE)]}"'


def exports() -> dict[str, str]:
    """Six exports in which persons decide, check, own and audit, now and then twice the same."""
    days = [f"2026-03-{number % 27 + 1:02d}" for number in range(42)]
    change = [
        "id,type,status,requester,implementer,approver,approved_at,actual_start,actual_end,closed_at,opened_at"
    ]
    change += [
        f"C{n},normal,closed,{who(n)},{who(n // 3)},{who(n // 2) if n % 9 else ''},{d} 08:00,{d} 09:00,{d} 10:00,{d} 12:00,{d} 07:00"
        for n, d in enumerate(days)
    ]
    fault = ["id,owner,verified_by,verified_at,implemented_at,closed_at,raised_at,status"]
    fault += [
        f"N{n},{who(n)},{who(n // 2)},2026-02-20,2026-01-05,{d},2026-01-02,closed" for n, d in enumerate(days)
    ]
    better = ["id,owner,process_owner,route,decided_by,raised_at"]
    better += [f"I{n},{who(n)},{who(n // 2)},process_owner,{who(n)},{d}" for n, d in enumerate(days)]
    audit = ["id,process,auditor,auditor_independent,safeguard,planned_at,performed_at"]
    audit += [f"A{n},Process {n % 6},{who(n)},true,,{d},{d}" for n, d in enumerate(days)]
    role = ["id,object,kind,holder"] + [f"R{n},Process {n},process,{who(n)}" for n in range(6)]
    person = ["id,name,joined_at"] + [f"{who(n)},{who(n)},2020-01-01" for n in range(len(PEOPLE))]
    made = {"change": change, "nonconformity": fault, "improvement": better, "audit": audit, "role": role}
    return {f"{name}.csv": "\n".join(rows) + "\n" for name, rows in {**made, "person": person}.items()}


def say(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def refused(done: Result) -> str:
    assert isinstance(done.exception, AuditkitError), done.output
    return str(done.exception)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an engagement, the received files outside of it, and a key."""
    engagement(tmp_path / "e", files={"evidence/register.yaml": REGISTER})
    for name, content in exports().items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert say("privacy", "key", tmp_path / "a.key").exit_code == 0
    return tmp_path


def bring(place: Path, name: str, *more: str | Path) -> Result:
    dataset = name.partition(".")[0]
    return say(
        "evidence", "import", place / name, "--dataset", dataset, "--pseudonymise", "--key", place / "a.key",
        "-e", place / "e", *more,
    )  # fmt: skip


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_independence_and_joins_count_the_same_with_pseudonyms(place: Path) -> None:
    plain = engagement(place / "plain", files={"evidence/register.yaml": REGISTER})
    for name, content in exports().items():
        (plain.evidence / name).write_text(content, encoding="utf-8")
        assert bring(place, name).exit_code == 0
    counted = []
    for layout in (plain, Layout(place / "e")):
        run = ran(layout).run
        counted.append(
            {
                one.id: (one.result.outcome, one.result.population, one.result.exceptions, one.result.unknown)
                for one in run.record_tests
            }
        )
        keys = {one.id: [row.key for row in one.result.exception_rows] for one in run.record_tests}
        counted.append({name: rows for name, rows in keys.items() if not name.startswith("person")})
    before, keys, after, same_keys = counted
    assert after == before
    assert same_keys == keys
    for name in (
        "approver_is_not_requester",
        "corrective_action_verified_independently",
        "auditor_holds_no_role_in_area",
    ):
        assert after[name][2] > 0, f"{name} saw nobody, so it proves nothing"
    text = "".join(path.read_text(encoding="utf-8") for path in (place / "e/evidence").glob("*.csv"))
    assert not any(name in text for name in PEOPLE)


def test_the_original_stays_and_its_digest_is_recorded(place: Path) -> None:
    before = (place / "change.csv").read_bytes()
    done = bring(place, "change.csv", "--as", "records/changes.csv")
    assert done.exit_code == 0
    assert "42 rows read by profile template" in done.output
    assert (place / "change.csv").read_bytes() == before
    recorded = json.loads((place / "e/evidence/imports.lock.json").read_text(encoding="utf-8"))
    one = recorded["files"]["records/changes.csv"]
    copied = (place / "e/evidence/records/changes.csv").read_bytes()
    assert one["original_sha256"] == hashlib.sha256(before).hexdigest()
    assert one["sha256"] == hashlib.sha256(copied).hexdigest()
    assert one["pseudonymised"] == ["requester", "implementer", "approver"]
    assert next(iter(recorded)) == "computed"
    assert not [one for one in ran(Layout(place / "e")).run.files if one.file.endswith(".json")], (
        "ours, no evidence"
    )


def test_without_pseudonyms_the_copy_is_the_original_byte_by_byte(place: Path) -> None:
    (place / "policy.pdf").write_bytes(b"%PDF-1.7 by Jan Otte")
    done = say("evidence", "import", place / "policy.pdf", place / "change.csv", "-e", place / "e")
    assert "policy.pdf: copied as it is." in done.output
    assert (place / "e/evidence/policy.pdf").read_bytes() == b"%PDF-1.7 by Jan Otte"
    assert (place / "e/evidence/change.csv").read_bytes() == (place / "change.csv").read_bytes()
    assert not (place / "e/evidence/persons.sealed.json").exists()


def test_the_key_reveals_and_the_sealed_table_holds_no_name(place: Path) -> None:
    bring(place, "person.csv")
    rows = (place / "e/evidence/person.csv").read_text(encoding="utf-8").splitlines()[1:]
    pseudonyms = [row.split(",")[0] for row in rows]
    sealed = (place / "e/evidence/persons.sealed.json").read_text(encoding="utf-8")
    assert not any(part in sealed for name in PEOPLE for part in (name, name.split()[0]))
    shown = say("privacy", "reveal", *pseudonyms, "--key", place / "a.key", "-e", place / "e")
    assert [line.partition("  ")[2] for line in shown.output.splitlines()] == list(PEOPLE)
    key = (place / "a.key").read_text(encoding="utf-8")
    by_variable = CliRunner().invoke(
        cli,
        ["privacy", "reveal", pseudonyms[0], "-e", str(place / "e"), "--json"],
        env={"AUDITKIT_PRIVACY_KEY": key},
    )
    assert json.loads(by_variable.output) == {pseudonyms[0]: [PEOPLE[0]]}
    assert "is no pseudonym of this engagement" in refused(
        say("privacy", "reveal", "person-0000-0000", "--key", place / "a.key", "-e", place / "e")
    )


def test_a_wrong_key_is_refused_and_changes_nothing(place: Path) -> None:
    bring(place, "person.csv")
    before = everything(place / "e/evidence")
    say("privacy", "key", place / "b.key")
    wrong = bring(place, "change.csv", "--key", place / "b.key")
    assert "sealed with another key" in refused(wrong)
    assert "sealed with another key" in refused(
        say("privacy", "reveal", "person-0000-0000", "--key", place / "b.key", "-e", place / "e")
    )
    (place / "c.key").write_text("hunter2\n", encoding="utf-8")
    assert "is no privacy key" in refused(bring(place, "change.csv", "--key", place / "c.key"))
    assert everything(place / "e/evidence") == before


def test_a_changed_table_is_refused(place: Path) -> None:
    bring(place, "person.csv")
    path = place / "e/evidence/persons.sealed.json"
    sealed = json.loads(path.read_text(encoding="utf-8"))
    sealed["data"] = sealed["data"][:-8] + "AAAAAAA="
    path.write_text(json.dumps(sealed), encoding="utf-8")
    assert "was changed after it was written" in refused(bring(place, "change.csv"))
    assert not (place / "e/evidence/change.csv").exists()


def test_a_key_is_random_private_and_never_inside_the_engagement(place: Path) -> None:
    say("privacy", "key", place / "b.key")
    assert stat.S_IMODE((place / "b.key").stat().st_mode) == 0o600
    assert (place / "a.key").read_text() != (place / "b.key").read_text()
    assert "exists already" in refused(say("privacy", "key", place / "b.key"))
    inside = refused(say("privacy", "key", place / "e/evidence/x.key"))
    assert "Name a place outside" in inside
    assert not (place / "e/evidence/x.key").exists()
    (place / "link").symlink_to(place / "e", target_is_directory=True)
    assert "Name a place outside" in refused(say("privacy", "key", place / "link/x.key"))
    (place / "e/k.key").write_text((place / "a.key").read_text())
    assert "Move it out" in refused(bring(place, "change.csv", "--key", place / "e/k.key"))
    assert "A privacy key is needed" in refused(
        say(
            "evidence",
            "import",
            place / "change.csv",
            "--dataset",
            "change",
            "--pseudonymise",
            "-e",
            place / "e",
        )
    )


def test_a_name_and_an_address_are_one_where_that_is_declared(place: Path) -> None:
    (place / "same.txt").write_text("# who is who\nJan Otte; otte@x.example\n", encoding="utf-8")
    bring(place, "person.csv", "--same", place / "same.txt")
    rows = (place / "e/evidence/person.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows[0].split(",")[0] == rows[4].split(",")[0]
    assert len({row.split(",")[0] for row in rows}) == len(PEOPLE) - 1
    bring(place, "role.csv")
    assert rows[0].split(",")[0] in (place / "e/evidence/role.csv").read_text(encoding="utf-8"), "remembered"
    (place / "e/same.txt").write_text("a;b\n")
    assert "Move it out" in refused(bring(place, "audit.csv", "--same", place / "e/same.txt"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--as", "../change.csv"), "must stay below evidence/"),
        (("--as", "register.yaml"), "a file of its own"),
        (("--as", "persons.sealed.json"), "a file of its own"),
        (("--as", "there.csv"), "exists already and was not touched"),
        (("--as", "out/x.csv"), "must stay below evidence/"),
        (("--dataset", "nonsense"), "there is no such dataset"),
        (("--profile", "nonsense"), "there is no profile 'nonsense'"),
        (("--persons-in", "nonsense"), "--persons-in names 'nonsense'"),
        (("--dataset", "workload"), "no header row fits"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_nothing_is_left(
    place: Path, more: tuple[str, ...], said: str
) -> None:
    (place / "e/evidence/there.csv").write_text("there", encoding="utf-8")
    (place / "outside").mkdir()
    (place / "e/evidence/out").symlink_to(place / "outside", target_is_directory=True)
    before = everything(place / "e/evidence")
    assert said in refused(bring(place, "change.csv", *more))
    assert everything(place / "e/evidence") == before
    assert list((place / "outside").iterdir()) == []


def test_documents_are_never_pseudonymised(place: Path) -> None:
    (place / "minutes.docx").write_bytes(b"PK\x03\x04 no workbook")
    (place / "policy.pdf").write_bytes(b"%PDF-1.7")
    for name in ("minutes.docx", "policy.pdf"):
        told = refused(bring(place, name, "--dataset", "change"))
        assert "are never pseudonymised" in told


def test_owners_of_documents_cannot_be_compared_with_pseudonyms_and_that_is_said(place: Path) -> None:
    """Otherwise a document of somebody who left would no longer be noticed, and less evidence would help."""
    register = f"{REGISTER}  - {{id: EV-009, title: P, file: p.md, kind: document, document_type: change_management_policy, owner: Jan Otte, version: '1.0', approvals: [{{by: Mia Rau, at: 2026-01-10}}], effective_at: 2026-01-15}}\n"
    (place / "e/evidence/register.yaml").write_text(register, encoding="utf-8")
    (place / "e/evidence/p.md").write_text(POLICY, encoding="utf-8")
    bring(place, "person.csv")
    bring(place, "role.csv")
    reasons = [
        reason
        for point in ran(Layout(place / "e")).run.assessment.points
        for result in point.results
        for reason in result.reasons
    ]
    assert any("EV-009" in one and "the records of persons hold pseudonyms" in one for one in reasons)


def test_where_the_library_is_missing_it_is_said_what_to_install(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cryptography.exceptions", None)
    told = refused(bring(place, "change.csv"))
    assert "pip install 'auditkit[privacy]'" in told
    assert not (place / "e/evidence/change.csv").exists()
