"""The workbook, back: judgements written offline pass the checks of ``auditkit judge``; with one fault nothing is written."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.model import Judgement
from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue
from auditkit.engagement.judge import Given, Judged, Refusal, judge, refusals
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.engagement.workbook import texts_of
from auditkit.reporting.workbook.book import bases_of
from auditkit.reporting.workbook.columns import SHA
from auditkit.reporting.workbook.model import Basis, Filled
from auditkit.reporting.workbook.read import issue_at, read_book
from auditkit.reporting.workbook.write import cell_digest

PARTS = {
    "verdict": "verdict", "because": "rationale", "on": "rests on", "by": "by", "at": "day", "basis": "basis",
    "how_checked": "how checked", "safeguard": "safeguard",
}  # fmt: skip
"""Parts of a judgement, in order, as messages call them."""
_AGAIN = "Look at the point again: judge it with auditkit judge, or in a workbook written anew."


class Change(NamedTuple):
    """What a cell changes in the judgement of a point."""

    where: str
    """Such as ``Points!Q12``."""
    point: str
    part: str
    old: str
    new: str


class TakenIn(NamedTuple):
    """What a workbook changed, or would change."""

    changes: tuple[Change, ...]
    judged: tuple[Judged, ...]
    already: tuple[str, ...]
    """Points whose judgement came in before, word for word."""
    issues: tuple[InputIssue, ...]

    @property
    def refused(self) -> bool:
        """Tell whether a fault kept everything from being taken over."""
        return any(one.severity == "error" for one in self.issues)


def take_workbook(
    opened: OpenEngagement, path: Path, *, again: bool = False, dry_run: bool = False
) -> TakenIn:
    """Take judgements over from a workbook; ``again``: they may replace those there are. The file is only read."""
    if not path.is_file():
        raise UsageFault(f"{path}: there is no such file.")
    read = read_book(path, path.name, opened.engagement.id)
    there = {one.point: one for one in opened.workpapers.judgements}
    already = [one for one in read.filled if _came_before(one, there.get(one.point))]
    new = [one for one in read.filled if one not in already]
    moved = _conflicts(opened, path.name, new, read.evidence) if new else ()
    sound = [one for one in new if one.sound and one.point not in {point for point, _ in moved}]
    given = tuple(_given(one, path.name) for one in sound)
    refused = [_refusal(path.name, sound[one.at], one) for one in refusals(opened, given, again=again)]
    changes = tuple(change for one in new for change in _changes(one, there.get(one.point)))
    points = tuple(one.point for one in already)
    taken = TakenIn(changes, (), points, (*read.issues, *(one for _, one in moved), *refused))
    if taken.refused or not given:
        return taken
    return taken._replace(judged=judge(opened, given, again=again, dry_run=dry_run))


def _conflicts(
    opened: OpenEngagement, file: str, new: Iterable[Filled], evidence: Mapping[str, str]
) -> tuple[tuple[str, InputIssue], ...]:
    """Return by point what is no longer as the workbook showed it; nobody judged what is there now."""
    outcome = assess(opened, RunOptions())
    now = bases_of(outcome.run, outcome.evidence_of, texts_of(opened))
    there = {one.point: one for one in opened.workpapers.judgements}
    digests = {one.evidence: one.sha256 for one in outcome.run.files if one.evidence is not None}
    found: list[tuple[str, InputIssue]] = []
    for one in new:
        why = _moved(one.basis, now.get(one.point), there.get(one.point))
        if why is not None:
            where = one.cells["verdict"].where
            found.append((one.point, _issue(file, "workbook-conflict", where, f"{one.point}: {why}", _AGAIN)))
            continue
        for item in _ids(one):
            shown = cell_digest(opened.engagement.id, item, SHA, digests.get(item, ""))
            if evidence.get(item, shown) != shown:
                said = f"{one.point}: {item} changed since the workbook was written."
                where = one.cells["on"].where
                found.append((one.point, _issue(file, "workbook-conflict", where, said, _AGAIN)))
    return tuple(found)


def _moved(shown: Basis, now: Basis | None, judgement: Judgement | None) -> str | None:
    """Say what is no longer as the workbook showed it."""
    if now is None:
        return "the catalog has no such point any more."
    if (judgement.id if judgement else "") != shown.judgement:
        if judgement is None:
            return f"{shown.judgement}, which the workbook showed, is gone."
        return (
            f"{judgement.id} by {judgement.by} judges it {judgement.verdict} since the workbook was written."
        )
    if now.digest != shown.digest:
        return "its text, its evidence or what the procedures saw changed since the workbook was written."
    return None


def _came_before(one: Filled, judgement: Judgement | None) -> bool:
    """Tell whether the judgement there is came out of this row: newer than the workbook, and word for word the same."""
    if judgement is None or judgement.id == one.basis.judgement or not one.sound:
        return False
    given = _given(one, "")
    return (
        (given.verdict, given.because, given.by, given.on) == (judgement.verdict, judgement.rationale, judgement.by, judgement.on)
        and (given.basis, given.how_checked, given.safeguard) == (judgement.basis, judgement.how_checked, judgement.safeguard)
        and given.at in (None, judgement.at)
    )  # fmt: skip


def _given(one: Filled, file: str) -> Given:
    said = {part: cell.text for part, cell in one.cells.items()}
    return Given(
        point=one.point,
        verdict=said["verdict"],  # type: ignore[arg-type]  # its column takes nothing else
        because=said["because"],
        by=said["by"],
        on=_ids(one),
        at=date.fromisoformat(said["at"]) if said["at"] else None,
        basis=said["basis"] or "evidence",  # type: ignore[arg-type]  # its column takes nothing else
        how_checked=said["how_checked"],
        safeguard=said["safeguard"],
        where=f"{file}, {one.cells['verdict'].where}: ",
    )


def _ids(one: Filled) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"[^\s,;]+", one.cells["on"].text)))


def _refusal(file: str, one: Filled, refusal: Refusal) -> InputIssue:
    """Turn a refusal into an issue at its cell: the first sentence says what is wrong, the rest what to do."""
    said, stop, hint = refusal.said.partition(". ")
    where = one.cells.get(refusal.part, one.cells["verdict"]).where
    message = f"{one.point}: {said}{'.' if stop else ''}"
    return _issue(file, "workbook-refused", where, message, hint or "Correct the row, or empty it.")


def _changes(one: Filled, judgement: Judgement | None) -> list[Change]:
    """Return the filled cells of a row beside what the judgement there is says."""
    old: dict[str, str] = {}
    if judgement is not None:
        old = {
            "verdict": judgement.verdict, "because": judgement.rationale, "on": " ".join(judgement.on), "by": judgement.by,
            "at": str(judgement.at), "basis": judgement.basis, "how_checked": judgement.how_checked,
            "safeguard": judgement.safeguard,
        }  # fmt: skip
    return [
        Change(one.cells[part].where, one.point, name, old.get(part, ""), one.cells[part].text)
        for part, name in PARTS.items()
        if one.cells[part].text
    ]


def _issue(file: str, code: str, where: str, message: str, hint: str) -> InputIssue:
    return issue_at(file, code, where, message, hint)
