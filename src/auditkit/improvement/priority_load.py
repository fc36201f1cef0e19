"""Load priority schemes and say what is wrong with them, in both directions: what a formula names is an input, and back."""

from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.place import Place
from auditkit.base.yamltext import load_model
from auditkit.improvement.priority import bounds_of, directions
from auditkit.improvement.priority_model import PriorityScheme, Term

Issues = tuple[InputIssue, ...]


def load_schemes(folder: Path, prefix: str) -> tuple[dict[str, PriorityScheme], Issues]:
    """Load every scheme of a folder by id; one with a fault is left out, with the issue that says why."""
    schemes: dict[str, PriorityScheme] = {}
    issues: list[InputIssue] = []
    for path in sorted(folder.glob("*.yaml")):
        name = f"{prefix}/{path.name}"
        loaded = load_model(path, name, PriorityScheme)
        issues += loaded.issues
        if loaded.model is None:
            continue
        faults = lint_scheme(loaded.model)
        if loaded.model.id != path.stem:
            faults = (f"it is called {loaded.model.id}, its file {path.stem}", *faults)
        issues += [_issue(name, one) for one in faults]
        if not faults:
            schemes[loaded.model.id] = loaded.model
    return schemes, tuple(issues)


def lint_scheme(scheme: PriorityScheme) -> tuple[str, ...]:
    """Return the faults of a scheme, each in words."""
    names = [one.name for one in scheme.inputs]
    inputs = {one.name: one for one in scheme.inputs}
    used = {name for term in scheme.order for name in _named(term)}
    faults = [f"the input {name} stands twice" for name in sorted({x for x in names if names.count(x) > 1})]
    faults += [f"the formula names {name}, which is no input" for name in sorted(used - set(names))]
    faults += [f"the input {name} is not in the formula" for name in sorted(set(names) - used)]
    if faults:
        return tuple(faults)
    for number, term in enumerate(scheme.order, 1):
        if bounds_of(term, inputs) is None:
            faults.append(
                f"term {number} multiplies or divides what can be negative, or divides by what can be 0; "
                "narrow the ranges of its inputs"
            )
    for name in names:
        ways = {way for term in scheme.order for way in directions(term).get(name, frozenset())}
        if len(ways) != 1:
            said = "has the weight 0" if not ways else "makes an item both more and less urgent"
            faults.append(f"the input {name} {said}, so no value of it is the most urgent one")
    return tuple(faults)


def _named(term: Term) -> set[str]:
    here = {term.input} if term.input is not None else set()
    return here.union(*(_named(one) for one in term.parts))


def _issue(file: str, fault: str) -> InputIssue:
    return InputIssue(
        code="priority-invalid",
        severity="error",
        place=Place(file=file, line=1),
        message=f"The scheme cannot be used: {fault}.",
        hint="Correct the scheme; operators and inputs are described in docs/formats.md.",
    )
