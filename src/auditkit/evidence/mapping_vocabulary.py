"""What headers of a dataset's fields are known: from every shipped profile, the field's own name, and words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditkit.evidence.mapping_words import MappingWords
from auditkit.evidence.model import Dataset, DatasetField, Profile, ProfileField
from auditkit.evidence.profiles import map_headers, normal_header

CERTAIN_POINTS = 88
"""From here on a header is known, not likened."""
_OWN_NAME, _CLOSEST, _PROFILE, _OTHER_DATASET, _LIKE, _ABOUT = 105, 115, 95, 85, 80, 50
_LESS_BY_RANK = 6
_LEAST_LIKENESS = 0.6


class Match(NamedTuple):
    """How well a header fits a field."""

    points: int
    reason: str
    entry: ProfileField | None = None
    """The profile's field that knows the header."""
    profile: str | None = None
    invert: bool | None = False
    """For booleans: the header states the opposite; None: it cannot be told."""


class _Known(NamedTuple):
    profile: str
    dataset: str
    rank: int
    entry: ProfileField


class Vocabulary:
    """The known headers of one dataset."""

    def __init__(self, dataset: Dataset, profiles: Sequence[Profile], words: MappingWords) -> None:
        """Gather the headers of every profile; those of other datasets count for fields of the same name."""
        self.dataset = dataset
        self.words = words
        self.profiles = tuple(one for one in profiles if one.dataset == dataset.id)
        self._kind = frozenset({"record", dataset.id, *dataset.id.split("_")})
        self._known: dict[str, dict[str, list[_Known]]] = {}
        self._likes: dict[str, dict[frozenset[str], tuple[str, bool | None]]] = {}
        self._seen: dict[str, frozenset[str]] = {}
        for field in dataset.fields:
            self._known[field.name] = {}
            self._likes[field.name] = {}
            self._learn(field, profiles)

    def _learn(self, field: DatasetField, profiles: Iterable[Profile]) -> None:
        spoken = [(one, False) for one in (field.name, *self.words.phrases.get(field.name, ()))]
        for profile in profiles:
            entry = profile.fields.get(field.name)
            if entry is None:
                continue
            for rank, header in enumerate(entry.headers):
                known = _Known(profile.id, profile.dataset, rank, entry)
                self._known[field.name].setdefault(normal_header(header), []).append(known)
                if profile.dataset == self.dataset.id:
                    spoken.append((header, entry.invert))
        likes = self._likes[field.name]
        for header, invert in spoken:
            ideas = self._ideas(header)
            if ideas:
                said, before = likes.get(ideas, (header, invert))
                likes[ideas] = (said, before if before == invert else None)

    def match(self, header: str, field: DatasetField, closest: frozenset[str]) -> Match | None:
        """Return how well a header fits a field; None when nothing speaks for it.

        ``closest``: profiles that find most columns of this export; their word counts most.
        """
        found = [*self._exact(header, field, closest), *self._alike(header, field)]
        return max(found, key=lambda one: one.points) if found else None

    def _exact(self, header: str, field: DatasetField, closest: frozenset[str]) -> Iterable[Match]:
        name = normal_header(header)
        if name == normal_header(field.name):
            yield Match(_OWN_NAME, "the header is the name of the field")
        for known in sorted(self._known[field.name].get(name, ()), key=lambda one: (one.rank, one.profile)):
            reason = f"profile {known.profile} knows this header"
            if known.profile in closest:
                points = max(_CLOSEST - _LESS_BY_RANK * known.rank, CERTAIN_POINTS + 5)
                yield Match(points, reason, known.entry, known.profile)
            elif known.dataset == self.dataset.id:
                yield Match(max(_PROFILE - known.rank, CERTAIN_POINTS), reason, known.entry, known.profile)
            else:
                yield Match(_OTHER_DATASET, f"{reason} for {known.dataset}")

    def _alike(self, header: str, field: DatasetField) -> Iterable[Match]:
        ideas = self._ideas(header)
        if not ideas:
            return
        rated = [
            (self.words.likeness(ideas, other), said, invert)
            for other, (said, invert) in self._likes[field.name].items()
            if not ideas.isdisjoint(other)
        ]
        best, said, invert = max(rated, key=lambda one: one[0], default=(0.0, "", False))
        if best >= _LEAST_LIKENESS:
            verb = "means the same as" if best == 1 else "is like"
            yield Match(round(_LIKE * best), f"the header {verb} {said!r}", invert=invert)
        about = self.words.likeness(ideas, self._ideas(field.about))
        if about >= _LEAST_LIKENESS:
            yield Match(
                round(_ABOUT * about), f"the header is like the meaning of the field, {field.about!r}"
            )

    def _ideas(self, header: str) -> frozenset[str]:
        """Return the concepts of a header, without the kind of record it speaks of, unless nothing else is left."""
        if header not in self._seen:
            ideas = self.words.ideas(header)
            self._seen[header] = ideas - self._kind or ideas
        return self._seen[header]

    def closest(self, headers: Sequence[str]) -> tuple[frozenset[str], int]:
        """Return the profiles that find most columns, the key among them, and how many they find."""
        found = {
            one.id: len(mapping.positions)
            for one in self.profiles
            if self.dataset.key in (mapping := map_headers(headers, one)).columns
        }
        most = max(found.values(), default=0)
        if most < min(4, len(self.dataset.fields)):
            return frozenset(), 0
        return frozenset(name for name, count in found.items() if count == most), most
