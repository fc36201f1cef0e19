"""A reader opens the catalogs at random: every text says something about its own requirement and nothing by rote."""

import random
import re
from collections import defaultdict
from pathlib import Path

import pytest

from auditkit.catalog.load import load_catalog, load_guidance
from auditkit.catalog.model import Catalog, Point

CHECKLISTS = Path(__file__).resolve().parents[2] / "checklists"
EDITIONS = ("iso-iec-20000-1-2005", "iso-iec-20000-1-2018")
GUIDES = ("iso-iec-20000-2-2005", "iso-iec-20000-2-2019")
SEED = 20000
"""Recorded, so that the same twenty requirements are read by everybody who looks."""


def catalog(edition: str) -> Catalog:
    found = load_catalog(CHECKLISTS / edition, edition)
    assert found.issues == ()
    assert found.catalog is not None
    return found.catalog


def texts(point: Point) -> list[str]:
    asked = point.procedures
    return [point.statement, *asked.interview, *asked.observe, point.usual_trap]


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.?!])\s+", text)
    return [re.sub(r"\W+", " ", part).strip().casefold() for part in parts if len(part) > 3]


def test_no_sentence_stands_in_more_than_three_requirements() -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for edition in EDITIONS:
        for point in catalog(edition).points:
            for text in texts(point):
                for sentence in sentences(text):
                    where[sentence].add(f"{edition} {point.requirement}")
    for guide in GUIDES:
        items, issues = load_guidance(CHECKLISTS / guide, guide)
        assert issues == ()
        for item in items:
            asked = item.procedures
            for text in (item.advice, item.why, *item.good_looks_like, *asked.interview, *asked.observe):
                for sentence in sentences(text):
                    where[sentence].add(item.id)
    assert len(where) > 5000
    assert {sentence: sorted(ids) for sentence, ids in where.items() if len(ids) > 3} == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_twenty_requirements_drawn_by_the_recorded_seed_say_something_of_their_own(edition: str) -> None:
    whole = catalog(edition)
    drawn = random.Random(SEED).sample([one.id for one in whole.requirements], 20)  # noqa: S311 - a draw that everybody can repeat
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for point in whole.points:
        for text in texts(point):
            elsewhere[text].add(point.requirement)
    for requirement in (one for one in whole.requirements if one.id in drawn):
        for point in requirement.points:
            assert len(point.statement.split()) >= 7, point.id
            assert point.procedures.interview, point.id
            assert all(question.endswith(("?", ".")) for question in point.procedures.interview), point.id
            assert len(point.usual_evidence) >= 2, point.id
            assert len(point.usual_trap.split()) >= 6, point.id
            for text in texts(point):
                assert elsewhere[text] == {requirement.id}, (point.id, text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_question_evidence_and_trap_is_there(edition: str) -> None:
    for point in catalog(edition).points:
        assert point.procedures.interview, point.id
        assert point.usual_evidence, point.id
        assert point.usual_trap, point.id
        assert len(point.statement) <= 300, point.id
        assert " shall " not in f" {point.statement.casefold()} ", point.id
