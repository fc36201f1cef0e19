"""Impact data written in the test, and graphs at random."""

import random
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from auditkit.base.yamltext import parse, validate
from auditkit.impact.model import ImpactFile

SCALE = {"levels": ["none", "low", "high"], "intolerable": "high"}
KINDS = ("activities", "services", "components", "resources", "suppliers")


def impact(text: str) -> ImpactFile:
    """Return the model of a document; the scale is added."""
    document, issues = parse(
        f"scale: {{levels: [none, low, high], intolerable: high}}\n{text}", "impact.yaml"
    )
    assert document is not None, issues
    model, issues = validate(document, (), ImpactFile)
    assert model is not None, "\n".join(map(str, issues))
    return model


def from_data(data: dict[str, Any]) -> ImpactFile:
    """Return the model of plain data."""
    return ImpactFile.model_validate(data)


FIGURE = st.one_of(st.none(), st.sampled_from([Decimal(n) / 2 for n in range(12)]))
KNOWN = st.sampled_from([Decimal(n) / 2 for n in range(1, 12)])


@st.composite
def files(draw: st.DrawFn, rings: bool = False, known: bool = False) -> dict[str, Any]:
    """Draw plain data of a small graph: elements 0..n-1, each leaning on later ones (with rings: on any)."""
    figure = KNOWN if known else FIGURE
    size = draw(st.integers(2, 7))
    kinds = [
        draw(st.sampled_from(("activities", "services", "components", "suppliers"))) for _ in range(size)
    ]
    kinds[0] = "activities"
    data: dict[str, Any] = {"scale": SCALE, "evidence": ["EV-001"], **{kind: [] for kind in KINDS}}
    for number, kind in enumerate(kinds):
        element: dict[str, Any] = {"id": f"E{number}", "needs": []}
        for name in ("mtpd_hours", "rto_hours", "rpo_hours"):
            element[name] = draw(figure)
        for _ in range(draw(st.integers(0, 2))):
            pool = list(range(size)) if rings else list(range(number + 1, size))
            if pool:
                of = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
                element["needs"].append({
                    "of": [f"E{one}" for one in of],
                    "at_least": draw(st.integers(1, len(of))),
                    "lag_hours": draw(figure),
                    "buffer_hours": draw(figure),
                })  # fmt: skip
        if kind != "activities":
            element |= draw(_achieved(number, figure, kind))
        data[kind].append(element)
    return data


@st.composite
def _achieved(draw: st.DrawFn, number: int, figure: Any, kind: str) -> dict[str, Any]:
    recoveries = [
        {
            "id": f"T{number}-{one}", "at": f"2026-0{one + 1}-01", "recovered_hours": draw(figure),
            "data_loss_hours": draw(figure), "evidence": "EV-002",
            "action": draw(st.sampled_from(["", "ACT-1"])),
        }
        for one in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    promises = []
    if kind in ("services", "suppliers"):
        for metric in draw(st.lists(st.sampled_from(["restore_hours", "availability_percent"]), unique=True)):
            promises.append(
                {"id": f"P{number}-{metric}", "metric": metric, "value": draw(figure), "evidence": "EV-003"}
            )
    return {"recoveries": recoveries, "promises": promises, "risk": draw(st.sampled_from(["", "RSK-1"]))}


def elements(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return every element with its kind."""
    return [(kind, one) for kind in KINDS for one in data[kind]]


def shuffled(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the same data in another order."""
    chance = random.Random(seed)  # noqa: S311 - a test's order, no secret
    found = {**data}
    for kind in KINDS:
        rows = []
        for one in data[kind]:
            needs = [{**need, "of": chance.sample(need["of"], len(need["of"]))} for need in one["needs"]]
            chance.shuffle(needs)
            rows.append({**one, "needs": needs})
        chance.shuffle(rows)
        found[kind] = rows
    return found
