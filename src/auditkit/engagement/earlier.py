"""The engagements before this one that engagement.yaml names: opened, run and kept in figures."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from auditkit import __version__
from auditkit.base.atomic import write_whole
from auditkit.base.digest import digest_file, digest_value
from auditkit.base.errors import InputsUnreadable
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.engagement.layout import Layout, checklists_folder
from auditkit.engagement.open import OpenEngagement
from auditkit.engagement.release import digests_of
from auditkit.improvement.earlier import EarlierRun


class LookedBack(NamedTuple):
    """The earlier engagements in the order of their as-of dates, and what is wrong with naming them."""

    runs: tuple[EarlierRun, ...] = ()
    issues: tuple[InputIssue, ...] = ()


def look_back(opened: OpenEngagement, run_of: Callable[[Layout], EarlierRun]) -> LookedBack:
    """Return the earlier engagements in figures; one that cannot be used is said and left out.

    ``run_of`` runs an engagement; it is asked only where nothing fitting is in the cache.
    """
    runs, issues = [], []
    for folder in opened.engagement.earlier:
        layout = Layout((opened.layout.root / folder).resolve())
        if not layout.engagement.is_file():
            message = f"{folder} holds no engagement.yaml, so nothing stands beside this engagement."
            issues.append(
                _issue("earlier-missing", message, "Correct the folder, or take it out of `earlier`.")
            )
            continue
        try:
            run = _kept(layout, opened.layout.cache / "earlier", run_of)
        except InputsUnreadable as fault:
            message = f"{folder} cannot be run: {str(fault).partition(chr(10))[0]}"
            issues.append(_issue("earlier-unreadable", message, "Run it by itself and correct what it says."))
            continue
        fault_of = _unfit(opened, run, folder)
        if fault_of is not None:
            issues.append(fault_of)
        else:
            runs.append(run)
    return LookedBack(tuple(sorted(runs, key=lambda one: (one.as_of, one.engagement))), tuple(issues))


def _unfit(opened: OpenEngagement, run: EarlierRun, folder: str) -> InputIssue | None:
    if run.as_of >= opened.engagement.as_of:
        message = f"{folder} speaks of {run.as_of}, which is not before {opened.engagement.as_of}."
        return _issue("earlier-not-before", message, "Name engagements that lie before this one.")
    if run.catalog != opened.library.catalog.head.id:
        message = (
            f"{folder} is against {run.catalog}, this engagement against {opened.library.catalog.head.id}."
        )
        return _issue("earlier-other-catalog", message, "Carry it over first: auditkit catalog migrate.")
    return None


def _kept(layout: Layout, folder: Path, run_of: Callable[[Layout], EarlierRun]) -> EarlierRun:
    checklists = checklists_folder()
    shipped = {
        str(path.relative_to(checklists)): digest_file(path)
        for path in sorted(checklists.rglob("*"))
        if path.is_file()
    }
    key = digest_value([1, __version__, shipped, dict(digests_of(layout)), digest_file(layout.engagement)])
    path = folder / f"{key}.json"
    try:
        return EarlierRun.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        run = run_of(layout)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, run.model_dump_json())
    return run


def _issue(code: str, message: str, hint: str) -> InputIssue:
    place = Place(file="engagement.yaml", line=1)
    return InputIssue(code=code, severity="warning", place=place, message=message, hint=hint)
