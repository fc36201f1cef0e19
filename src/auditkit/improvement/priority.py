"""Put plan items in order by a scheme: every value exact, shown with its inputs and its arithmetic (pure).

What is not known counts as the most urgent value it could have, and says so: not knowing never makes an item later.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.base.language import say, translated, written
from auditkit.improvement.priority_model import (
    FACTS_IN_WORDS,
    InputShown,
    Moved,
    Priority,
    PriorityScheme,
    SchemeInput,
    Sensitivity,
    Term,
    exact,
)

Known = str | Fraction | None
Bounds = tuple[Fraction, Fraction]


class ItemFacts(NamedTuple):
    """What is known of one plan item."""

    item: str
    known: Mapping[str, Known]
    """By fact; a fact that is not here is not known."""
    scores: Mapping[str, Fraction] = {}
    """What people gave, by name of an input."""


def prioritise(scheme: PriorityScheme, items: Iterable[ItemFacts]) -> tuple[Priority, ...]:
    """Return the place of every item, the first one first; equal values stand in the order of their ids."""
    found = []
    for item in items:
        inputs = {one.name: _take(one, item, _more_is_urgent(scheme, one.name)) for one in scheme.inputs}
        numbers = {name: number for name, (number, _) in inputs.items()}
        values = [evaluate(term, numbers) for term in scheme.order]
        found.append((values, item.item, tuple(shown for _, shown in inputs.values()), numbers))
    found.sort(key=lambda one: ([-value for value in one[0]], one[1]))
    counted = [tuple(one[0]) for one in found]
    return tuple(
        Priority(
            item=name,
            rank=rank,
            values=tuple(plain(value) for value in values),
            arithmetic=tuple(spell(term, numbers) for term in scheme.order),
            inputs=inputs,
            tied=counted.count(tuple(values)) > 1,
        )
        for rank, (values, name, inputs, numbers) in enumerate(found, 1)
    )


def try_weights(
    scheme: PriorityScheme, items: Sequence[ItemFacts], share_percent: int = 20, top: int = 5
) -> Sensitivity:
    """Move each weight down and up by a share, one at a time, and say which places change."""
    before = prioritise(scheme, items)
    places = {one.item: one.rank for one in before}
    moves = []
    for at, term in enumerate(scheme.order):
        for path, weight in _weights(term):
            for percent in (-share_percent, share_percent):
                moved = weight * (100 + percent) / 100
                order = (
                    *scheme.order[:at],
                    _with_weight(term, path, float(moved)),
                    *scheme.order[at + 1 :],
                )
                after = prioritise(scheme.model_copy(update={"order": order}), items)
                changed = [one for one in after if places[one.item] != one.rank]
                firsts = {one.item for one in before[:top]}
                moves.append(
                    Moved(
                        weight=_where(term, path),
                        was=plain(weight),
                        becomes=plain(moved),
                        changed=tuple(f"{one.item} {places[one.item]} -> {one.rank}" for one in changed),
                        top_stays=firsts == {one.item for one in after[:top]},
                    )
                )
    return Sensitivity(
        scheme=scheme.id, share_percent=share_percent, items=len(items), top=top, moves=tuple(moves)
    )


def evaluate(term: Term, numbers: Mapping[str, Fraction]) -> Fraction:
    """Return the exact value of a term."""
    weight = exact(term.weight)
    if term.input is not None:
        return weight * numbers[term.input]
    parts = [evaluate(one, numbers) for one in term.parts]
    if term.sum:
        return weight * sum(parts, Fraction(0))
    if term.ratio:
        return weight * parts[0] / parts[1]
    value = Fraction(1)
    for one in parts:
        value *= one
    return weight * value


def spell(term: Term, numbers: Mapping[str, Fraction]) -> str:
    """Return the arithmetic of a term, with names, numbers and result."""
    return f"{_spelt(term, numbers, outer=True)} = {written(plain(evaluate(term, numbers)))}"


def directions(term: Term, up: bool = True) -> dict[str, frozenset[bool]]:
    """Return for each input of a term whether more of it makes the value rise (True), fall (False), or both."""
    up = up == (term.weight > 0)
    if term.input is not None:
        return {term.input: frozenset({up}) if term.weight else frozenset()}
    found: dict[str, frozenset[bool]] = {}
    for at, part in enumerate(term.parts):
        falls = term.ratio is not None and at == 1
        for name, ways in directions(part, up != falls).items():
            found[name] = found.get(name, frozenset()) | ways
    return found


def bounds_of(term: Term, inputs: Mapping[str, SchemeInput]) -> Bounds | None:
    """Return the least and greatest value of a term; None where a product could turn, or a division could fail."""
    weight = exact(term.weight)
    if term.input is not None:
        ends = inputs[term.input].bounds
    else:
        parts = [bounds_of(one, inputs) for one in term.parts]
        known = [one for one in parts if one is not None]
        if len(known) < len(parts):
            return None
        if term.sum:
            ends = sum((one[0] for one in known), Fraction(0)), sum((one[1] for one in known), Fraction(0))
        elif any(one[0] < 0 for one in known) or (term.ratio and known[1][0] <= 0):
            return None
        elif term.ratio:
            ends = known[0][0] / known[1][1], known[0][1] / known[1][0]
        else:
            low = high = Fraction(1)
            for one in known:
                low, high = low * one[0], high * one[1]
            ends = low, high
    weighted = weight * ends[0], weight * ends[1]
    return min(weighted), max(weighted)


def input_words(name: str) -> str:
    """Return the name of an input as words in the language spoken."""
    return translated(name).replace("_", " ")


def plain(value: Fraction) -> str:
    """Return a number with at most three decimals, without trailing noughts."""
    return f"{float(round(value, 3)):.3f}".rstrip("0").rstrip(".") or "0"


def _more_is_urgent(scheme: PriorityScheme, name: str) -> bool:
    ways = frozenset[bool]().union(*(directions(term).get(name, frozenset()) for term in scheme.order))
    return ways != frozenset({False})


def _take(wanted: SchemeInput, item: ItemFacts, more_is_urgent: bool) -> tuple[Fraction, InputShown]:
    known = item.scores.get(wanted.name) if wanted.of == "score" else item.known.get(wanted.of)
    low, high = wanted.bounds
    number, note, assumed = Fraction(0), "", False
    if isinstance(known, str) and known in wanted.table:
        number = exact(wanted.table[known])
    elif isinstance(known, Fraction) and wanted.of not in FACTS_IN_WORDS:
        number = min(max(known, low), high)
        note = (
            ""
            if number == known
            else say("counts as {number}, the end of the range", number=written(plain(number)))
        )
    else:
        number, assumed = (high if more_is_urgent else low), True
        note = say("not known; the most urgent value is assumed")
    given = "" if known is None else known if isinstance(known, str) else plain(known)
    return number, InputShown(name=wanted.name, given=given, number=plain(number), assumed=assumed, note=note)


def _spelt(term: Term, numbers: Mapping[str, Fraction], outer: bool = False) -> str:
    times = "" if term.weight == 1 else f"{written(plain(exact(term.weight)))} x "
    if term.input is not None:
        return f"{times}{input_words(term.input)} {written(plain(numbers[term.input]))}"
    sign = " + " if term.sum else " / " if term.ratio else " x "
    text = sign.join(_spelt(one, numbers) for one in term.parts)
    return text if outer and not times else f"{times}({text})"


def _weights(term: Term, path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Fraction]]:
    """Return the weights of the parts of sums, with where they stand; nothing else can move an order."""
    found = []
    for at, part in enumerate(term.parts):
        here = (*path, at)
        if term.sum:
            found.append((here, exact(part.weight)))
        found += _weights(part, here)
    return found


def _with_weight(term: Term, path: tuple[int, ...], weight: float) -> Term:
    if not path:
        return term.model_copy(update={"weight": weight})
    parts = list(term.parts)
    parts[path[0]] = _with_weight(parts[path[0]], path[1:], weight)
    name = "sum" if term.sum else "product" if term.product else "ratio"
    return term.model_copy(update={name: tuple(parts)})


def _where(term: Term, path: tuple[int, ...]) -> str:
    for at in path:
        term = term.parts[at]
    names = sorted(directions(term)) if term.weight else []
    both = say("and")
    return f" {both} ".join(map(input_words, names)) or say("a part of weight 0")
