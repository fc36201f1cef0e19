"""What a record test needs before it can run: its fields in the tables, its parameters, its bound predicates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlglot import exp

from auditkit.assessment.engagement import Parameter
from auditkit.assessment.model import Outcome, ProcedureResult
from auditkit.assessment.recordtests import predicates as sql
from auditkit.assessment.recordtests.model import RecordTest
from auditkit.assessment.recordtests.results import blank_result
from auditkit.base.digest import digest_value
from auditkit.base.language import say
from auditkit.base.period import Period
from auditkit.evidence.tables import Table


class Plan(NamedTuple):
    """A test that can run."""

    test: RecordTest
    blank: ProcedureResult
    """The result before anything was counted."""
    predicates: tuple[str, str, str]
    """Population, exception, and exception without house defaults, as polars SQL."""
    fields: tuple[str, ...]
    """Fields the predicates read."""
    compared: tuple[str, ...]
    """Fields the exception compares without testing whether they are empty."""
    doubtful: tuple[str, ...]
    """Fields of which some cells could not be understood."""
    parameters: dict[str, Parameter]
    limits: tuple[str, ...]
    counted: tuple[tuple[str, ...], ...] = ()
    """Keys of which the predicates ask how often they stand; ``count_column`` names the answer."""


def count_column(keys: tuple[str, ...]) -> str:
    """Return the column that says in how many rows these keys stand."""
    return f"_count_{'_'.join(keys)}"


def plan_test(
    test: RecordTest,
    tables: Sequence[Table],
    limits: tuple[str, ...],
    parameters: Mapping[str, Parameter],
    period: Period,
    as_of: date,
) -> Plan | ProcedureResult:
    """Return the plan of a test, or its result where it cannot run."""
    try:
        population, exception = sql.parse_predicate(test.population), sql.parse_predicate(test.exception)
    except sql.PredicateFault as fault:
        return _stopped(
            blank_result(test, {}, test.digest),
            "error",
            (say("the predicate cannot be used: {why}", why=fault),),
        )
    names = {*sql.parameter_names(population), *sql.parameter_names(exception)}
    if test.target is not None:
        names.add(test.target)
    own = {name: parameters[name] for name in sorted(names - set(sql.BUILT_IN)) if name in parameters}
    built_in = sql.built_in_literals(period, as_of)
    said = {name: _said(parameter) for name, parameter in own.items()}
    said |= {name: built_in[name].this.this[:10] for name in sorted(names & set(sql.BUILT_IN))}
    blank = blank_result(test, said, digest_value([test.digest, said]))
    undefined = sorted(names - set(own) - set(sql.BUILT_IN))
    if undefined:
        reasons = tuple(say("nothing defines the parameter {name}", name=name) for name in undefined)
        return _stopped(blank, "error", reasons)
    if not tables:
        return _stopped(
            blank,
            "no_evidence",
            limits or (say("no records of dataset {dataset} were received", dataset=test.dataset),),
        )
    fields = tuple(sorted({*sql.columns(population), *sql.columns(exception)}))
    absent = [field for field in fields if not any(field in table.columns for table in tables)]
    if absent:
        files = ", ".join(table.file for table in tables)
        reasons = tuple(
            say("field {field} is not in the export ({files})", field=field, files=files) for field in absent
        )
        return _stopped(blank, "not_testable", (*reasons, *limits))
    return _plan(test, blank, population, exception, fields, own, built_in, tables)


def _plan(
    test: RecordTest,
    blank: ProcedureResult,
    population: exp.Expr,
    exception: exp.Expr,
    fields: tuple[str, ...],
    own: dict[str, Parameter],
    built_in: Mapping[str, exp.Expr],
    tables: Sequence[Table],
) -> Plan:
    doubtful = tuple(field for field in fields if any(_doubtful(table, field) for table in tables))
    unsure = {field: f"_unsure_{field}" for field in doubtful}
    literals = {**built_in, **{name: sql.literal(one.value) for name, one in own.items()}}
    defaults = {name for name, one in own.items() if one.source == "house_default"}
    branches = [one for one in sql.alternatives(exception) if not defaults & set(sql.parameter_names(one))]
    grounded = exp.or_(*branches) if branches else exp.false()
    predicates = [sql.shield(sql.bind(one, literals), unsure) for one in (population, exception, grounded)]
    counted = {
        keys for one in predicates for node in one.find_all(exp.Window) if (keys := _counted_keys(node))
    }
    texts = [sql.to_polars(one.transform(_without_window) if counted else one) for one in predicates]
    lacking = [
        say("field {field} is not in {file}", field=field, file=table.file)
        for table in tables
        for field in fields
        if field not in table.columns
    ]
    return Plan(
        test=test,
        blank=blank,
        predicates=(texts[0], texts[1], texts[2]),
        fields=fields,
        compared=tuple(one for one in sql.columns(exception) if one not in sql.null_tested(exception)),
        doubtful=doubtful,
        parameters=own,
        limits=tuple(lacking),
        counted=tuple(sorted(counted)),
    )


def _counted_keys(node: exp.Expr) -> tuple[str, ...]:
    """Return the keys of ``COUNT(*) OVER (PARTITION BY ...)``; nothing for a window of another kind."""
    partition = node.args.get("partition_by") or []
    plain = (
        isinstance(node.this, exp.Count)
        and isinstance(node.this.this, exp.Star)
        and not node.args.get("order")
    )
    if not plain or not partition or not all(isinstance(one, exp.Column) for one in partition):
        return ()
    return tuple(one.name for one in partition)


def _without_window(node: exp.Expr) -> exp.Expr:
    """Put the column that holds the count in the place of the window that asks for it."""
    keys = _counted_keys(node) if isinstance(node, exp.Window) else ()
    return exp.column(count_column(keys), quoted=True) if keys else node


def _doubtful(table: Table, field: str) -> bool:
    return field not in table.columns or any(
        one.field == field and one.unparseable for one in table.reading.fields
    )


def _stopped(blank: ProcedureResult, outcome: Outcome, reasons: tuple[str, ...]) -> ProcedureResult:
    return blank.model_copy(update={"outcome": outcome, "reasons": reasons})


def _said(parameter: Parameter) -> str:
    source = {"house_default": "house default", "own_rule": "own rule", "standard": "standard"}
    return f"{parameter.value} ({source[parameter.source]})"
