"""Capability of processes: ratings N, P, L, F by attribute and the level that follows (ISO/IEC 33020; pure).

A scale of its own: no verdict on conformity follows from it, and none goes into it. Names of attributes and the rule of
levels are in our words; what the text says exactly has to be checked against a licensed copy.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from auditkit.base.language import message, say, translated, written
from auditkit.base.model import Record

Rating = Literal["N", "P", "L", "F"]
RATINGS: tuple[Rating, ...] = ("N", "P", "L", "F")
BOUNDS: tuple[tuple[Rating, int], ...] = (("N", 15), ("P", 50), ("L", 85), ("F", 100))
"""The greatest per cent of each rating; a boundary value belongs below."""
HALVES: tuple[tuple[str, Fraction], ...] = (
    ("N", Fraction(15)),
    ("P-", Fraction(65, 2)),
    ("P+", Fraction(50)),
    ("L-", Fraction(135, 2)),
    ("L+", Fraction(85)),
    ("F", Fraction(100)),
)
LEVELS: dict[int, str] = {
    0: message("Incomplete"),
    1: message("Performed"),
    2: message("Managed"),
    3: message("Established"),
    4: message("Predictable"),
    5: message("Innovating"),
}
ATTRIBUTES: dict[str, str] = {
    "1.1": message("Process performance"),
    "2.1": message("Performance management"),
    "2.2": message("Documented information management"),
    "3.1": message("Process definition"),
    "3.2": message("Process deployment"),
    "3.3": message("Process assurance"),
    "4.1": message("Quantitative analysis"),
    "4.2": message("Quantitative control"),
    "5.1": message("Process innovation"),
    "5.2": message("Innovation implementation"),
}
"""Attributes by number; the first digit is the level. Names as of 2019, by working knowledge."""
Aggregation = Literal["mean", "median"]
AGGREGATIONS: dict[Aggregation, str] = {
    "mean": message("{rating} (mean of {each})"),
    "median": message("{rating} (median of {each})"),
}


class AttributeRating(Record):
    """What somebody rated for one attribute: a rating, a per cent, or one rating for each outcome or instance."""

    attribute: str
    rating: Rating | None = None
    percent: Decimal | None = Field(default=None, ge=0, le=100)
    each: tuple[Rating, ...] = ()
    """Ratings of outcomes or instances, to be aggregated by the scheme of the workpaper."""
    on: tuple[str, ...] = ()
    """Evidence ids."""
    rationale: str = ""

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if self.attribute not in ATTRIBUTES:
            raise ValueError(f"{self.attribute!r} is no process attribute; there are {', '.join(ATTRIBUTES)}")
        if sum((self.rating is not None, self.percent is not None, bool(self.each))) != 1:
            raise ValueError(
                "an attribute has a rating, or a per cent, or ratings in each; exactly one of them"
            )
        return self


class CapabilityFile(Record):
    """One file of workpapers/capability: a process, who rated it, and the ratings."""

    process: str
    """Id of a group of the lens ``process``."""
    assessed_by: str
    assessed_at: date
    target_level: int | None = Field(default=None, ge=0, le=5)
    aggregation: Aggregation = "mean"
    ratings: tuple[AttributeRating, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = [one.attribute for one in self.ratings]
        if len(named) != len(set(named)):
            raise ValueError("an attribute is rated twice")
        return self


class RatedAttribute(Record):
    """An attribute with the rating that counts; None: not rated."""

    attribute: str
    name: str
    rating: Rating | None = None
    shown: str
    """The rating with its half where a per cent tells it, or how it was aggregated."""
    on: tuple[str, ...] = ()
    rationale: str = ""


class ProcessCapability(Record):
    """The level of one process, and what stands between it and the next."""

    process: str
    title: str
    level: int
    known: bool
    """False: what was not rated may raise the level; it is then the lowest that can be meant."""
    target: int | None
    attributes: tuple[RatedAttribute, ...]
    next_needs: tuple[str, ...]
    """Attributes that keep the process from the next level, each with its rating."""
    assessed_by: str
    assessed_at: date


def rate(percent: Decimal | Fraction) -> Rating:
    """Return the rating of an achievement in per cent; 15, 50 and 85 belong below. ValueError outside 0 to 100."""
    exact = Fraction(percent)
    if not 0 <= exact <= 100:
        raise ValueError(f"{percent} is no per cent from 0 to 100")
    return next(rating for rating, most in BOUNDS if exact <= most)


def half(percent: Decimal | Fraction) -> str:
    """Return the finer rating of an achievement in per cent: P-, P+, L-, L+."""
    rate(percent)
    return next(name for name, most in HALVES if Fraction(percent) <= most)


def aggregate(ratings: Sequence[Rating], scheme: Aggregation) -> Rating:
    """Return one rating for several of one attribute: N 0, P 1, L 2, F 3, to the nearest; halfway goes down.

    Never for ratings of different attributes. ValueError when there is none.
    """
    if not ratings:
        raise ValueError("nothing to aggregate")
    values = sorted(RATINGS.index(one) for one in ratings)
    if scheme == "median":
        return RATINGS[values[(len(values) - 1) // 2]]
    mean = Fraction(sum(values), len(values))
    whole = mean.numerator // mean.denominator
    return RATINGS[whole + (mean - whole > Fraction(1, 2))]


def level_of(ratings: Mapping[str, Rating]) -> int:
    """Return the greatest level whose attributes are L or F while those of all levels below are F; else 0.

    An attribute that was not rated achieves nothing.
    """
    reached = 0
    for level in range(1, 6):
        own = [number for number in ATTRIBUTES if number.startswith(f"{level}.")]
        if not all(ratings.get(number) in ("L", "F") for number in own):
            break
        reached = level
        if not all(ratings.get(number) == "F" for number in own):
            break
    return reached


def conclude_capability(
    files: Iterable[CapabilityFile], titles: Mapping[str, str]
) -> tuple[ProcessCapability, ...]:
    """Return the capability of each process that was rated, in the order of ``titles`` (process id to title)."""
    by_process = {one.process: one for one in files}
    return tuple(_process(by_process[key], title) for key, title in titles.items() if key in by_process)


def _process(file: CapabilityFile, title: str) -> ProcessCapability:
    given = {one.attribute: one for one in file.ratings}
    attributes = tuple(_attribute(number, given.get(number), file.aggregation) for number in ATTRIBUTES)
    ratings = {one.attribute: one.rating for one in attributes if one.rating is not None}
    level = level_of(ratings)
    best = level_of({**dict.fromkeys(ATTRIBUTES, "F"), **ratings})
    return ProcessCapability(
        process=file.process,
        title=title,
        level=level,
        known=level == best,
        target=file.target_level,
        attributes=attributes,
        next_needs=_needs(level, ratings),
        assessed_by=file.assessed_by,
        assessed_at=file.assessed_at,
    )


def _attribute(number: str, given: AttributeRating | None, scheme: Aggregation) -> RatedAttribute:
    name = translated(ATTRIBUTES[number])
    if given is None:
        return RatedAttribute(attribute=number, name=name, shown=say("not rated"))
    if given.percent is not None:
        percent = written(f"{given.percent:f}")
        rating = rate(given.percent)
        shown = say("{rating} ({percent} %)", rating=half(given.percent), percent=percent)
    elif given.each:
        rating = aggregate(given.each, scheme)
        shown = translated(AGGREGATIONS[scheme]).format(rating=rating, each=", ".join(given.each))
    else:
        assert given.rating is not None  # noqa: S101 - the model allows nothing else
        rating, shown = given.rating, given.rating
    return RatedAttribute(
        attribute=number, name=name, rating=rating, shown=shown, on=given.on, rationale=given.rationale
    )


def _needs(level: int, ratings: Mapping[str, Rating]) -> tuple[str, ...]:
    """Say which attributes keep a process from the next level."""
    if level == 5:
        return ()
    lacking = []
    for number in ATTRIBUTES:
        own = int(number[0])
        enough = ("F",) if own <= level else ("L", "F") if own == level + 1 else RATINGS
        if own <= level + 1 and ratings.get(number) not in enough:
            name, rating = translated(ATTRIBUTES[number]), ratings.get(number, say("not rated"))
            lacking.append(say("PA {number} {name}: {rating}", number=number, name=name, rating=rating))
    return tuple(lacking)
