"""Load record tests and parameters; every fault names file and line.

Predicates are checked when they are loaded (see ``predicates``): an unknown dataset, field, function or
parameter, or a text that is not one boolean expression, becomes an InputIssue and the test is left out.
Checking needs sqlglot, whose import takes longer than everything else here; with a ``cache_dir`` files that
were checked without a fault are remembered by digest and not checked again.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from auditkit import __version__
from auditkit.assessment.engagement import Parameter
from auditkit.assessment.recordtests.derived import load_derived
from auditkit.assessment.recordtests.model import ParameterFile, RecordTest, RecordTestFile
from auditkit.base.digest import digest_file, digest_value
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
    cache_dir: Path | None = None,
) -> tuple[tuple[RecordTest, ...], Issues]:
    """Load every record test of a folder, in the order of file names.

    ``datasets`` defaults to ``datasets.yaml`` and ``derived.yaml`` beside the folder, ``parameters`` to the names in
    ``parameters.yaml`` there; without that file parameter names are not checked.
    """
    issues: list[InputIssue] = []
    if datasets is None:
        datasets, more = load_datasets(folder.parent / "datasets.yaml", "datasets.yaml")
        issues.extend(more)
        derived, more = load_derived(folder.parent / "derived.yaml", "derived.yaml")
        issues.extend(more)
        datasets = (*datasets, *(one.dataset for one in derived))
    if parameters is None and (folder.parent / "parameters.yaml").exists():
        parameters = load_parameters(folder.parent / "parameters.yaml", "parameters.yaml")[0]
    types = {one.id: {field.name: field.type for field in one.fields} for one in datasets}
    tests: dict[str, RecordTest] = {}
    mark = _mark(folder, types, parameters, cache_dir)
    checked = mark is not None and mark.exists()
    for path in sorted(folder.glob("*.yaml")):
        loaded = load_model(path, f"{prefix}/{path.name}", RecordTestFile)
        issues.extend(loaded.issues)
        if loaded.model is None or loaded.document is None:
            continue
        for index, test in enumerate(loaded.model.record_tests):
            faults = () if checked else _faults(loaded.document, index, test, types, parameters)
            if test.id in tests:
                place = loaded.document.place(("record_tests", index, "id"))
                faults += (_issue("record-test-duplicate", place, f"{test.id} stands twice."),)
            issues.extend(faults)
            if not faults:
                tests[test.id] = test
    if mark is not None and not issues and not checked:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return tuple(tests.values()), tuple(issues)


def load_parameters(path: Path, file: str) -> tuple[dict[str, Parameter], Issues]:
    """Load parameters.yaml."""
    loaded = load_model(path, file, ParameterFile)
    return (dict(loaded.model.parameters) if loaded.model else {}), loaded.issues


def _mark(
    folder: Path,
    types: Mapping[str, Mapping[str, str]],
    parameters: Collection[str] | None,
    cache_dir: Path | None,
) -> Path | None:
    """Return the file whose existence says that these very files were checked without a fault."""
    if cache_dir is None:
        return None
    files = [[path.name, digest_file(path)] for path in sorted(folder.glob("*.yaml"))]
    names = None if parameters is None else sorted(parameters)
    return cache_dir / "checked" / digest_value([__version__, files, types, names])


def _faults(
    document: YamlDocument,
    index: int,
    test: RecordTest,
    types: Mapping[str, Mapping[str, str]],
    parameters: Collection[str] | None,
) -> Issues:
    """Find what keeps a test from being run."""
    from auditkit.assessment.recordtests.predicates import (
        BUILT_IN,
        PredicateFault,
        parameter_names,
        parse_predicate,
    )

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
