"""A run as JUnit XML for gates in pipelines: a suite for each clause, a test case for each requirement (pure).

Nonconforming is a failure, not assessed and not applicable are skipped with their reasons; neither is ever a pass.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree

from auditkit.findings.model import Finding
from auditkit.reporting.interchange.material import Concluded, Material
from auditkit.reporting.words import printable

_NO_XML = re.compile("[\ufffe\uffff]")
_GRADES = ("major", "minor")


def junit(material: Material) -> str:
    """Return the run as JUnit XML; the same run gives the same bytes."""
    run, cover = material.run, material.view.cover
    root = ElementTree.Element("testsuites", name=_text(cover.title))
    for (catalog, clause), found in groupby(
        material.concluded, key=lambda one: (one.catalog.head.name, one.criterion.clause)
    ):
        cases = tuple(found)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_text(f"{catalog} {clause} {cases[0].criterion.title}"),
            timestamp=f"{run.engagement.as_of.isoformat()}T00:00:00",
        )
        facts = (("run", run.trace.run_id), ("status", cover.status), ("kind", cover.kind))
        _properties(suite, facts)
        for case in cases:
            suite.append(_case(material, case))
        _count(suite, cases)
    _count(root, material.concluded)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    mark = f"<!-- computed by auditkit; run {run.trace.run_id}; do not edit -->"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{mark}\n{text}\n'


def _count(element: ElementTree.Element, cases: Iterable[Concluded]) -> None:
    values = [one.verdict.value for one in cases]
    skipped = sum(value in ("not_assessed", "not_applicable") for value in values)
    element.set("tests", str(len(values)))
    element.set("failures", str(values.count("nonconforming")))
    element.set("errors", "0")
    element.set("skipped", str(skipped))


def _case(material: Material, one: Concluded) -> ElementTree.Element:
    criterion, verdict = one.criterion, one.verdict
    case = ElementTree.Element(
        "testcase",
        name=_text(f"{criterion.id} {criterion.statement}"),
        classname=_text(f"{criterion.standard} {criterion.clause}"),
    )
    facts = (
        ("verdict", verdict.value),
        ("standing", one.standing),
        ("points", f"{verdict.conforming} of {verdict.points} conform, {verdict.confirmed} confirmed"),
    )
    _properties(case, facts)
    if verdict.value == "nonconforming":
        _failure(material, case, one)
    elif verdict.value in ("not_assessed", "not_applicable"):
        word = verdict.value.replace("_", " ")
        ElementTree.SubElement(case, "skipped", message=_text(f"{word}: {' '.join(one.reasons)}"))
    return case


def _failure(material: Material, case: ElementTree.Element, one: Concluded) -> None:
    """Say what fails: the worst open finding by grade, or that nobody confirmed it yet."""
    standing = [finding for finding in one.findings if finding.standing == one.standing]
    standing.sort(key=lambda finding: (not material.worded[finding.id].open, _rank(finding), finding.id))
    kind = standing[0].grade if standing and one.standing == "confirmed" else one.standing
    lines = [_line(material, finding) for finding in standing] or list(one.reasons)
    failure = ElementTree.SubElement(case, "failure", type=kind, message=_text(lines[0]))
    failure.text = _text("\n".join((*lines, *(reason for reason in one.reasons if reason not in lines))))


def _rank(finding: Finding) -> int:
    return _GRADES.index(finding.grade) if finding.grade in _GRADES else len(_GRADES)


def _line(material: Material, finding: Finding) -> str:
    shown = material.worded[finding.id]
    said = " ".join(text for text in (finding.statement.failure, shown.extent) if text)
    return f"{finding.id}, {shown.mark.word}, {shown.state}: {said}"


def _properties(element: ElementTree.Element, facts: Iterable[tuple[str, str]]) -> None:
    held = ElementTree.SubElement(element, "properties")
    for name, value in facts:
        ElementTree.SubElement(held, "property", name=name, value=_text(value))


def _text(text: str) -> str:
    return _NO_XML.sub("?", printable(text)).strip()
