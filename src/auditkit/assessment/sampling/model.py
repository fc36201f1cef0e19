"""The nouns of sampling: the design of a sample, what was drawn, and what was found (workpapers/samples/SA-*.yaml)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from auditkit.assessment.model import EvidenceRef
from auditkit.base.digest import digest_value
from auditkit.base.model import Record
from auditkit.catalog.model import Basis

Method = Literal["simple", "stratified", "weighted", "systematic"]
Answer = Literal["yes", "no", "not_determinable"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "not_determinable")
MOST_ITEMS = 10_000
"""Items of one sample; what is larger is no work for people, and a record test can look at all rows."""


def _as_written(value: Any) -> Any:
    """Take a number of the file by its digits: 0.1 is one tenth, not the nearest binary fraction."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


Number = Annotated[Decimal, BeforeValidator(_as_written)]


class SampleAttribute(Record):
    """One thing to be true of every item."""

    id: str = Field(pattern=r"^a[1-9]\d*$")
    text: str = Field(min_length=5)
    """The claim: ``risk assessed before decision``."""
    point: str
    basis: Basis = "standard"
    evidence: str | None = None
    """For own_rule: the evidence id that states the rule."""
    place: str = ""
    """For own_rule: where in that evidence."""

    @model_validator(mode="after")
    def _own_rule_is_stated(self) -> Self:
        if self.basis == "own_rule" and not self.evidence:
            raise ValueError("an attribute with the basis own_rule names the evidence that states the rule")
        return self


class SampleDesign(Record):
    """Everything the draw follows from, besides the population."""

    method: Method
    seed: str = Field(min_length=1)
    confidence_percent: Number = Field(ge=50, lt=100)
    tolerable_percent: Number = Field(gt=0, lt=100)
    expected_percent: Number = Field(default=Decimal(0), ge=0, lt=100)
    by: str | None = None
    """Field that stratifies, weighs or orders; None: none, and for systematic the key."""
    weights: dict[str, Number] = {}
    """For weighted: value of the field to its weight; empty: the field is a number and is the weight."""
    size: int | None = Field(default=None, ge=1)
    """Number of items where the auditor set it; None: computed."""
    per_stratum: int | None = Field(default=None, ge=1)
    """For stratified: so many of each stratum; None: in proportion."""

    @model_validator(mode="after")
    def _fits_the_method(self) -> Self:
        if self.expected_percent >= self.tolerable_percent:
            raise ValueError("the expected rate has to be below the tolerable one")
        if self.method in ("stratified", "weighted") and self.by is None:
            raise ValueError(f"a {self.method} sample needs a field to go by")
        if self.method == "simple" and self.by is not None:
            raise ValueError("a simple sample goes by no field")
        if self.weights and self.method != "weighted":
            raise ValueError("only a weighted sample has weights")
        if any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("a weight has to be above 0")
        if self.per_stratum is not None and (self.method != "stratified" or self.size is not None):
            raise ValueError("a number per stratum is for a stratified sample without a size")
        return self


class SampleStratum(Record):
    """How many rows of one value there are, and how many were drawn."""

    value: str | None
    """None: rows whose cell is empty or could not be understood."""
    population: int = Field(ge=1)
    drawn: int = Field(ge=0)


class SampledPopulation(Record):
    """What the sample was drawn from."""

    count: int = Field(ge=1)
    """Rows that could be drawn."""
    unknown: int = Field(default=0, ge=0)
    """Rows that could not be drawn: unknown whether they belong, or without a weight; they keep it from ``met``."""
    digest: str
    """Digest of the keys and what the draw goes by; the order of the rows does not matter."""
    evidence: tuple[EvidenceRef, ...]
    strata: tuple[SampleStratum, ...] = ()
    """For stratified."""
    weight: Number | None = None
    """For weighted: of all rows together."""


class Answered(Record):
    """What was found for one attribute of one item."""

    answer: Answer | None = None
    """yes: it is so; no: a deviation; None: not looked at yet."""
    note: str = ""


class SampleItem(Record):
    """One row that was drawn."""

    key: str
    evidence: str
    file: str
    sheet: str | None = None
    row: int
    stratum: str | None = None
    weight: Number | None = None
    whole: bool = False
    """For weighted: so heavy that it was taken in any case."""
    cells: str
    """Digest of the row's cells when it was drawn."""
    results: dict[str, Answered]
    """By attribute."""


class Sample(Record):
    """One file of workpapers/samples."""

    id: str = Field(pattern=r"^SA-\d{3,}$")
    title: str = ""
    dataset: str
    where: str = "TRUE"
    """SQL predicate, as in record tests: the rows the claim is about."""
    attributes: tuple[SampleAttribute, ...] = Field(min_length=1)
    drawn_by: str
    """Person id of engagement.yaml."""
    drawn_at: date
    design: SampleDesign
    population: SampledPopulation
    acceptable: int = Field(ge=0)
    """Deviations the size allows for: with so many the bound is within the tolerable rate. Each is a deviation all the same."""
    examined_by: str | None = None
    """Person id; None: nobody has said that the answers are theirs."""
    examined_at: date | None = None
    items: tuple[SampleItem, ...] = Field(min_length=1, max_length=MOST_ITEMS)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ids = [one.id for one in self.attributes]
        keys = [one.key for one in self.items]
        if len(set(ids)) < len(ids):
            raise ValueError("two attributes have the same id")
        if len(set(keys)) < len(keys):
            raise ValueError("two items have the same key")
        for item in self.items:
            if set(item.results) != set(ids):
                raise ValueError(f"the results of {item.key} are not those of the attributes")
        return self

    @property
    def drawing(self) -> str:
        """Return the digest of what the draw gave: counts and items, without what was found in them."""
        population = self.population.model_dump(mode="json", exclude={"evidence"})
        items = [
            [one.key, one.stratum, _plain(one.weight), one.whole]
            for one in sorted(self.items, key=lambda one: one.key)
        ]
        return digest_value([_plain_weight(population), items, self.acceptable])

    @property
    def is_whole(self) -> bool:
        """Tell whether every row of the population was drawn."""
        return len(self.items) == self.population.count


def plain(value: Decimal) -> str:
    """Return a number without exponent and needless zeros: ``5``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _plain_weight(population: dict[str, Any]) -> dict[str, Any]:
    weight = population["weight"]
    return {**population, "weight": None if weight is None else plain(Decimal(weight))}
