"""Load record tests and parameters; every fault names file and line.

Predicates are checked when they are loaded (see ``predicates``): an unknown dataset, field, function or
parameter, or a text that is not one boolean expression, becomes an InputIssue and the test is left out.
Parameters may be used by any name; ``parameters`` given to ``load_record_tests`` lets it check them too.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.model import ParameterFile, RecordTest, RecordTestFile
from auditkit.assessment.recordtests.predicates import (
    BUILT_IN,
    PredicateFault,
    parameter_names,
    parse_predicate,
)
from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import YamlDocument, load_model
from auditkit.evidence.datasets import load_datasets
from auditkit.evidence.model import Dataset

Issues = tuple[InputIssue, ...]


def load_record_tests(
    folder: Path,
    prefix: str,
    datasets: Sequence[Dataset] | None = None,
    parameters: Collection[str] | None = None,
) -> tuple[tuple[RecordTest, ...], Issues]:
    """Load every record test of a folder, in the order of file names.

    ``datasets`` defaults to ``datasets.yaml`` beside the folder, ``parameters`` to the names in
    ``parameters.yaml`` there; without that file parameter names are not checked.
    """
    issues: list[InputIssue] = []
    if datasets is None:
        datasets, more = load_datasets(folder.parent / "datasets.yaml", "datasets.yaml")
        issues.extend(more)
    if parameters is None and (folder.parent / "parameters.yaml").exists():
        parameters = load_parameters(folder.parent / "parameters.yaml", "parameters.yaml")[0]
    types = {one.id: {field.name: field.type for field in one.fields} for one in datasets}
    tests: dict[str, RecordTest] = {}
    for path in sorted(folder.glob("*.yaml")):
        loaded = load_model(path, f"{prefix}/{path.name}", RecordTestFile)
        issues.extend(loaded.issues)
        if loaded.model is None or loaded.document is None:
            continue
        for index, test in enumerate(loaded.model.record_tests):
            faults = _faults(loaded.document, index, test, types, parameters)
            if test.id in tests:
                place = loaded.document.place(("record_tests", index, "id"))
                faults += (_issue("record-test-duplicate", place, f"{test.id} stands twice."),)
            issues.extend(faults)
            if not faults:
                tests[test.id] = test
    return tuple(tests.values()), tuple(issues)


def load_parameters(path: Path, file: str) -> tuple[dict[str, Parameter], Issues]:
    """Load parameters.yaml."""
    loaded = load_model(path, file, ParameterFile)
    return (dict(loaded.model.parameters) if loaded.model else {}), loaded.issues


def _faults(
    document: YamlDocument,
    index: int,
    test: RecordTest,
    types: Mapping[str, Mapping[str, str]],
    parameters: Collection[str] | None,
) -> Issues:
    """Find what keeps a test from being run."""
    if test.dataset not in types:
        place = document.place(("record_tests", index, "dataset"))
        return (_issue("record-test-dataset", place, f"{test.id}: there is no dataset {test.dataset!r}."),)
    issues: list[InputIssue] = []
    used: dict[str, str] = {} if test.target is None else {test.target: "target"}
    for key in ("population", "exception"):
        try:
            predicate = parse_predicate(getattr(test, key), types[test.dataset])
        except PredicateFault as fault:
            place = document.place(("record_tests", index, key))
            issues.append(_issue("record-test-predicate", place, f"{test.id}: {key}: {fault}."))
            continue
        used.update(dict.fromkeys(parameter_names(predicate), key))
    for name, key in used.items():
        if parameters is not None and name not in parameters and name not in BUILT_IN:
            place = document.place(("record_tests", index, key))
            issues.append(_issue("record-test-parameter", place, f"{test.id}: nothing defines :{name}."))
    return tuple(issues)


def _issue(code: str, place: Place, message: str) -> InputIssue:
    hint = "Correct the record test; it was left out."
    return InputIssue(code=code, severity="error", place=place, message=message, hint=hint)
