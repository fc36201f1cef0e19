"""From the words of a command to a sample, a table of sizes or a list of sites; what cannot work is a UsageFault."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from auditkit.assessment.sampling.compose import SampleRequest, design_of
from auditkit.assessment.sampling.design import DesignFault, share
from auditkit.assessment.sampling.multisite import SOURCE, Visit, draw_sites
from auditkit.assessment.sampling.sizes import sample_size
from auditkit.base.errors import UsageFault

USUAL_TOLERABLE = ("2", "3", "4", "5", "6", "7", "8", "9", "10", "15", "20")


def request_of(
    *,
    method: str,
    seed: str,
    confidence: str,
    tolerable: str,
    expected: str,
    by: str | None = None,
    weights: str | None = None,
    size: int | None = None,
    per_stratum: int | None = None,
    identifier: str | None = None,
    **request: Any,
) -> SampleRequest:
    """Return the request of an auditor; ``request`` are the other fields of SampleRequest."""
    try:
        design = design_of(
            method=method,
            seed=seed,
            confidence_percent=_percent("--confidence", confidence),
            tolerable_percent=_percent("--tolerable", tolerable),
            expected_percent=_percent("--expected", expected),
            by=by,
            weights=_weights(weights) if weights is not None else None,
            size=size,
            per_stratum=per_stratum,
        )
    except DesignFault as fault:
        raise UsageFault(f"The sample cannot be drawn: {fault}.") from fault
    return SampleRequest(design=design, id=identifier, **request)


def size_rows(
    confidence: str, tolerable: Sequence[str], expected: Sequence[str], population: int | None
) -> list[dict[str, Any]]:
    """Return one row for each tolerable and expected rate; ``size`` is None, with ``why``, where there is none."""
    sure = _percent("--confidence", confidence)
    rows: list[dict[str, Any]] = []
    for limit in tolerable or USUAL_TOLERABLE:
        for rate in expected or ("0",):
            row: dict[str, Any] = {
                "tolerable": limit,
                "expected": rate,
                "size": None,
                "acceptable": None,
                "why": "",
            }
            try:
                found = sample_size(
                    share(sure),
                    share(_percent("--tolerable", limit)),
                    share(_percent("--expected", rate)),
                    population,
                )
            except ValueError as fault:
                rows.append({**row, "why": str(fault)})
                continue
            rows.append({**row, "size": found.size, "acceptable": found.acceptable})
    return rows


def sites_to_audit(
    names: Sequence[str], central: str, visit: str, seed: str, *, sampled: bool = True
) -> dict[str, Any]:
    """Return which sites to visit beside the central function."""
    if central not in names:
        raise UsageFault(
            f"{central}: the central function is none of the sites: {', '.join(names) or 'none'}."
        )
    others = [name for name in dict.fromkeys(names) if name != central]
    found = draw_sites(others, cast(Visit, visit), seed, sampled=sampled)
    return {"central": central, "sites": len(others), **found._asdict(), "source": SOURCE}


def _percent(option: str, text: str) -> Decimal:
    try:
        value = Decimal(text.strip().removesuffix("%").strip())
    except InvalidOperation as error:
        raise UsageFault(f"{option} {text}: write a number of per cent, such as 5 or 2.5.") from error
    if not value.is_finite():
        raise UsageFault(f"{option} {text}: write a number of per cent, such as 5 or 2.5.")
    return value


def _weights(text: str) -> dict[str, str]:
    """Return the weights of ``high=5,low=1``."""
    found: dict[str, str] = {}
    for part in text.split(","):
        value, equals, weight = part.rpartition("=")
        if not equals or value.strip() in found:
            raise UsageFault(f"--weights {text}: write each value once, such as high=5,medium=3,low=1.")
        found[value.strip()] = weight.strip()
    return found
