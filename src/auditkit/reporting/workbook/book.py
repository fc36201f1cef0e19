"""From a run and its view to the whole workbook (pure): method, totals that check themselves, what may be filled in."""

from collections.abc import Mapping

from auditkit.assessment.verdicts import digest_results
from auditkit.base.digest import digest_value
from auditkit.base.language import message, say, say_count, translated, whole_text
from auditkit.catalog.exchange.workbook import column_letters
from auditkit.reporting.model import Run
from auditkit.reporting.view_index import Index
from auditkit.reporting.view_model import View
from auditkit.reporting.workbook.columns import COLUMNS, POINTS
from auditkit.reporting.workbook.model import METHOD, Basis, Book, Page, Total
from auditkit.reporting.workbook.pages import Line, build_pages, page
from auditkit.reporting.workbook.said import sheet_text, value_text

_HOW_TO = (
    (message("How to judge"), message(
        "Fill in the white cells of the sheet Points: a verdict, a rationale of at least 15 characters, the evidence "
        "ids it rests on, and your person id. Day: empty means the day the engagement speaks of. Basis: evidence, or no_occurrence with "
        "how that was checked. A row without a verdict is not taken over. Grey cells are computed; what is typed there is refused."
    )),
    (message("Rows"), message(
        "Sort and filter as you like; a hidden key tells what a row is about. A row that is deleted changes nothing."
    )),
    (message("Give it back"), message(
        "auditkit workbook in FILE --dry-run shows every change and every error by sheet and cell; without --dry-run the "
        "judgements are written, all or none. This file is never changed. Where the evidence, the results, the point or its judgement "
        "changed since it was written, the row is refused."
    )),
    (message("Totals"), message(
        "The sheet Totals counts the rows of the other sheets by formulas and sets them beside the figures of the run. Shares of "
        "conformity stand in the audit report, with their method and interval."
    )),
)  # fmt: skip
_NO_NAMES = (
    (
        message("Without names"),
        message("Names of persons were taken out, so nothing can be filled in and given back."),
    ),
)


def build_book(
    run: Run,
    view: View,
    evidence_of: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, str] | None = None,
) -> Book:
    """Return everything the workbook shows; the same run gives the same book. ``texts``: as `bases_of` has it."""
    pages = build_pages(run)
    engagement = run.engagement
    redacted = bool(run.redacted)
    return Book(
        engagement=engagement.id,
        title=engagement.title,
        status=view.cover.status,
        as_of=str(engagement.as_of),
        redacted=redacted,
        pages=(_method(run, view, pages), *pages),
        totals=_totals(run, {one.name: one for one in pages}),
        bases={} if redacted else bases_of(run, evidence_of, texts),
        auditors=tuple(one.id for one in engagement.people if one.side == "auditor"),
    )


def bases_of(
    run: Run, evidence_of: Mapping[str, Mapping[str, str]], texts: Mapping[str, str] | None = None
) -> dict[str, Basis]:
    """Return by point what a judgement would rest on now.

    ``texts``: point to the digest of its text and procedures, whatever language the run shows them in; None: as it shows them.
    """
    known = texts or {
        point.id: point.digest
        for one in (run.catalog, *(each.catalog for each in run.further))
        for point in one.points
    }
    verdicts = [*run.assessment.points, *(point for one in run.further for point in one.assessment.points)]
    return {
        one.point: Basis(
            judgement=one.judgement.id if one.judgement else "",
            digest=digest_value(
                [known[one.point], digest_results(one.results), dict(evidence_of.get(one.point, {}))]
            ),
        )
        for one in verdicts
        if one.point in known
    }


def _method(run: Run, view: View, pages: tuple[Page, ...]) -> Page:
    """Say what this is, how it was made, what it leaves out, and how it is filled in."""
    told: list[tuple[str, str]] = [
        (say("Engagement"), f"{run.engagement.id} {run.engagement.title}"),
        (say("Status"), view.cover.status),
        *((one.label, " ".join(one.lines)) for one in view.cover.facts),
        *((translated(about), translated(text)) for about, text in (_NO_NAMES if run.redacted else _HOW_TO)),
        *(
            (say("Left out of {sheet}", sheet=sheet_text(one.name)), _left_out(one))
            for one in pages
            if one.left_out
        ),
        *((one.label, " ".join(one.lines)) for one in view.method.paragraphs),
        *((say("Limit"), one) for one in view.method.limits),
        (say("Run"), f"{run.trace.run_id}, auditkit {run.trace.tool_version}"),
    ]
    lines: list[Line] = [(f"method-{number}", pair) for number, pair in enumerate(told, 1)]
    return page(METHOD, lines)


def _left_out(sheet: Page) -> str:
    return say_count(
        "{number} rows; they stand in {where}.",
        "{number} rows; they stand in {where}.",
        sheet.left_out,
        number=whole_text(sheet.left_out),
        where=sheet.where,
    )


def _totals(run: Run, pages: Mapping[str, Page]) -> tuple[Total, ...]:
    measures, catalog = run.assessment.measures, run.catalog.head.id
    share, index = measures.by_requirement, Index(run)
    found: list[Total] = []

    def count(what: str, said: int, name: str, **criteria: str) -> None:
        found.append(
            _count(what, said, pages[name], {key.replace("_", " "): value for key, value in criteria.items()})
        )

    for value, said in (
        ("conforms", share.conforming), ("nonconforming", share.nonconforming), ("not_assessed", share.not_assessed)
    ):  # fmt: skip
        word = value_text(value)
        count(
            say("Requirements: {verdict}", verdict=word), said, "Requirements", Verdict=word, Catalog=catalog
        )
    count(say("Points"), measures.coverage_total, POINTS, Catalog=catalog)
    open_points, unassessed = measures.coverage_total - measures.coverage_assessed, value_text("not_assessed")
    about = say("Points: {verdict}", verdict=unassessed)
    count(about, open_points, POINTS, Verdict=unassessed, Catalog=catalog)
    sure = value_text("confirmed")
    about = say("Points: {standing}", standing=sure)
    count(about, measures.confirmed_points, POINTS, Standing=sure, Catalog=catalog)
    confirmed = [one for one in run.findings if one.standing == "confirmed" and one.state != "rejected"]
    for grade in ("major", "minor", "observation", "opportunity"):
        said, word = sum(one.grade == grade for one in confirmed), value_text(grade)
        count(say("Findings: {grade}", grade=word), said, "Findings", Grade=word)
    candidates = sum(one.standing == "candidate" and one.state != "rejected" for one in run.findings)
    count(say("Candidates"), candidates, "Candidates")
    others = {one.id for one in run.actions} - {one.id for one in run.plan}
    unconfirmed = sum(index.rests_on_candidates(one.findings) for one in run.plan)
    about = say("Items of the plan, and other actions")
    count(about, len(run.plan) - unconfirmed + len(others), "Actions")
    count(say("Items for candidates"), unconfirmed, "Candidate actions")
    count(say("Evidence items"), len(run.items), "Evidence")
    found += _tested(run, pages["Record tests"])
    every = sum(one.result.exceptions + one.result.unknown for one in run.record_tests)
    count(say("Exceptional and unknown rows"), every, "Exceptions")
    return tuple(found)


def _tested(run: Run, tests: Page) -> tuple[Total, Total]:
    ran = [one.result for one in run.record_tests if one.result.population is not None]
    exceptions, unknown = sum(one.exceptions for one in ran), sum(one.unknown for one in ran)
    return (
        _sum(say("Record tests: rows that are exceptions"), exceptions, tests, "Exceptions"),
        _sum(say("Record tests: rows that are undecided"), unknown, tests, "Unknown"),
    )


def _count(what: str, said: int, sheet: Page, criteria: Mapping[str, str]) -> Total:
    """Count the rows that fulfil the criteria, by header in English and what cells say; without any, all of them by their keys."""
    headers = [one.header for one in COLUMNS[sheet.name]]
    rows = [
        row
        for row in sheet.rows
        if all(row.cells[headers.index(header)] == value for header, value in criteria.items())
    ]
    pairs = [f'{_range(sheet, header)},"{value}"' for header, value in criteria.items()]
    formula = f"=COUNTIFS({','.join(pairs)})" if pairs else f"=COUNTA({_range(sheet, None)})"
    return Total(
        what=what,
        said=said,
        formula=formula,
        counted=len(rows),
        left_out=sheet.left_out if not criteria else 0,
    )


def _sum(what: str, said: int, sheet: Page, header: str) -> Total:
    at = [one.header for one in COLUMNS[sheet.name]].index(header)
    counted = sum(int(row.cells[at] or 0) for row in sheet.rows)
    return Total(what=what, said=said, formula=f"=SUM({_range(sheet, header)})", counted=counted)


def _range(sheet: Page, header: str | None) -> str:
    """Return the cells of a column, named by its header in English; None: the hidden column of keys."""
    at = 0 if header is None else [one.header for one in COLUMNS[sheet.name]].index(header) + 1
    letters = column_letters(at)
    return f"'{sheet_text(sheet.name)}'!${letters}$2:${letters}${max(2, len(sheet.rows) + 1)}"
