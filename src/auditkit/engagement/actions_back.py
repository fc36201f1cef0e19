"""Actions back from workbooks and trackers into their files: one fault and nothing is written; what did not change stays."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.assessment.workpapers import load_folder
from auditkit.base.atomic import write_whole
from auditkit.base.errors import UsageFault
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamledit import Scalar, with_values
from auditkit.base.yamltext import parse, validate
from auditkit.engagement.actions import tracker_named, trackers
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.run import RunOptions, assess
from auditkit.improvement.exchange.items import key_of, own_fields
from auditkit.improvement.exchange.model import Change, Proposal, Tracker
from auditkit.improvement.exchange.rules import Case, judge_change, person_of
from auditkit.improvement.exchange.sheet import ACTIONS
from auditkit.improvement.exchange.sheet_read import read_register
from auditkit.improvement.exchange.states import Reported, read_states
from auditkit.improvement.model import ActionFile
from auditkit.reporting.model import Run

Issues = tuple[InputIssue, ...]


class TakenBack(NamedTuple):
    """What a file that came back changed, or would change."""

    changes: tuple[Change, ...]
    proposals: tuple[Proposal, ...]
    issues: Issues
    written: tuple[str, ...]
    """Files that were written."""

    @property
    def refused(self) -> bool:
        """Tell whether a fault kept everything from being taken over."""
        return any(one.severity == "error" for one in self.issues)


def import_register(
    opened: OpenEngagement, path: Path, *, dry_run: bool = False, take: tuple[str, ...] = ()
) -> TakenBack:
    """Take an edited register back; with one fault in it nothing is written."""
    if not path.is_file():
        raise UsageFault(f"{path}: there is no such file.")
    places = _places(opened)
    actions = {one.id: one for one in opened.actions}
    cells = frozenset(one if "!" in one else f"{ACTIONS}!{one}" for one in take)
    read = read_register(path, path.name, _workbook(opened), opened.engagement.id, actions, cells)
    judged = _judge(opened, read.changes, {}, path.name)
    return _taken(opened, places, read.changes, (*read.issues, *judged), dry_run=dry_run)


def import_status(
    opened: OpenEngagement, path: Path, name: str, *, dry_run: bool = False, dates: str | None = None
) -> TakenBack:
    """Take the states of a tracker's CSV export over; with one fault in it nothing is written."""
    if not path.is_file():
        raise UsageFault(f"{path}: there is no such file.")
    places = _places(opened)
    tracker = tracker_named(opened, name)
    keys = {key_of(opened.engagement.id, one.id).casefold(): one.id for one in opened.actions}
    read = read_states(path, path.name, tracker, opened.engagement.id, keys, dates)
    actions = {one.id: one for one in opened.actions}
    changes = tuple(
        Change(f"row {one.row}", one.action, "status", actions[one.action].status, one.status)
        for one in read.reported
        if one.status not in ("keep", actions[one.action].status)
    )
    days = {one.action: one.resolved for one in read.reported if one.resolved is not None}
    judged = _judge(opened, changes, days, path.name)
    taken = _taken(opened, places, changes, (*read.issues, *judged), dry_run=dry_run)
    return taken._replace(proposals=_proposals(opened, read.reported, tracker))


def _workbook(opened: OpenEngagement) -> Tracker:
    found = [one for one in trackers(opened).values() if one.format == "xlsx"]
    if len(found) != 1:
        raise UsageFault("There has to be exactly one tracker with the format xlsx in checklists/trackers.")
    return found[0]


def _places(opened: OpenEngagement) -> dict[str, Place]:
    """Return the file of every action; UsageFault when two files hold one id."""
    found, _ = load_folder(opened.layout.workpapers / "actions", "workpapers/actions", ActionFile)
    places: dict[str, Place] = {}
    for place, action in found:
        if action.id in places:
            raise UsageFault(
                f"{action.id} stands in {places[action.id].file} and in {place.file}. Give one a new id."
            )
        places[action.id] = place
    return places


def _judge(
    opened: OpenEngagement,
    changes: tuple[Change, ...],
    days: Mapping[str, date],
    file: str,
) -> Issues:
    """Return which changes the rules of actions and findings refuse."""
    issues: list[InputIssue] = []
    run = assess(opened, RunOptions()).run if any(one.field == "started_at" for one in changes) else None
    for action in opened.actions:
        mine = [one for one in changes if one.action == action.id]
        after = {**own_fields(action), **{one.field: one.new for one in mine}}
        for fault in judge_change(action, after, _case(opened, action, days, run)) if mine else ():
            where = next((one.where for one in mine if one.field == fault.field), mine[0].where)
            said = f"{action.id}: {fault.message}"
            if fault.field == "owner":
                issues.append(_issue("unknown-person", file, where, said, fault.hint))
            else:
                issues.append(_issue("actions-refused", file, where, said, fault.hint))
    return tuple(issues)


def _case(opened: OpenEngagement, action: ActionFile, days: Mapping[str, date], run: Run | None) -> Case:
    raised = {one.finding.id: one.finding for one in opened.raised.files}
    finding = raised.get(action.finding)
    planned = next((one for one in run.plan if action.finding in one.findings), None) if run else None
    return Case(
        finding=action.finding,
        life=opened.raised.lives.get(action.finding),
        raised_at=finding.raised_at if finding else None,
        rules=opened.raised.rules,
        baseline_at=planned.baseline.at if planned and planned.baseline else None,
        at=days.get(action.id, opened.engagement.as_of),
    )


def _taken(
    opened: OpenEngagement,
    places: Mapping[str, Place],
    changes: tuple[Change, ...],
    issues: Issues,
    *,
    dry_run: bool,
) -> TakenBack:
    """Write the changed files, each only when every one of them can be written."""
    taken = TakenBack(changes, (), tuple(sorted(issues, key=lambda one: one.place.row or 0)), ())
    texts = {} if taken.refused else _texts(opened, places, changes)
    if not dry_run:
        for file, text in texts.items():
            write_whole(opened.layout.root / file, text)
    return taken._replace(written=() if dry_run else tuple(texts))


def _texts(
    opened: OpenEngagement, places: Mapping[str, Place], changes: tuple[Change, ...]
) -> dict[str, bytes]:
    texts: dict[str, bytes] = {}
    for identifier in dict.fromkeys(one.action for one in changes):
        file = places[identifier].file
        before = (opened.layout.root / file).read_bytes()
        mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        values = {one.field: _value(one) for one in changes if one.action == identifier}
        text = with_values(before.decode("utf-8-sig"), file, values)
        document, _ = parse(text, file)
        model, issues = validate(document, (), ActionFile) if document else (None, ())
        if model is None:
            raise UsageFault("\n".join(map(str, issues)))
        texts[file] = mark + text.encode()
    return texts


def _value(change: Change) -> Scalar:
    """Return the new value as the file holds it: null where an optional field is emptied."""
    field = ActionFile.model_fields[change.field]
    if not change.new:
        return None if field.default is None else ""
    if "float" in str(field.annotation):
        return int(change.new) if change.new.isdecimal() else float(change.new)
    return change.new


def _proposals(
    opened: OpenEngagement, reported: Iterable[Reported], tracker: Tracker
) -> tuple[Proposal, ...]:
    """Return the steps that what was done speaks for; a person records them."""
    found: list[Proposal] = []
    actions = {one.id: one for one in opened.actions}
    for one in reported:
        action = actions[one.action]
        life = opened.raised.lives.get(action.finding)
        if one.status != "done" or life is None or life.state != "plan_accepted":
            continue
        person = person_of(action.owner, opened.raised.rules.people)
        day = f" --at {one.resolved}" if one.resolved else ""
        command = f'auditkit finding implement {action.finding} --by {person.id if person else "P-..."}{day} --note "..."'
        why = f"{tracker.title} calls it {one.said}{f', since {one.resolved}' if one.resolved else ''}"
        found.append(Proposal(action.id, action.finding, why, command))
    return tuple(found)


def _issue(code: str, file: str, where: str, message: str, hint: str) -> InputIssue:
    sheet, mark, cell = where.rpartition("!")
    row = int("".join(one for one in (cell if mark else where) if one.isdigit()) or "1")
    place = Place(file=file, sheet=sheet or None, row=row)
    said = f"{cell}: {message}" if mark else message
    return InputIssue(code=code, severity="error", place=place, message=said, hint=hint)
