"""What all tests share: where the reference material stands, and marks that skip where it is absent."""

import gc
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("house")
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files that take long start first; skip tests marked ``shared`` where the reference material is not there."""
    tests = Counter(item.path for item in items)
    slow, worked = (
        {one.path for one in items if one.get_closest_marker(mark)} for mark in ("slow", "worked")
    )
    items.sort(key=lambda one: (one.path not in slow, one.path not in worked, -tests[one.path]))
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the reference material is not beside this checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


def pytest_collection_finish() -> None:
    """Spare the collector what stays to the end anyway: thousands of tests and all that was imported."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material."""
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout, itself an engagement."""
    return ROOT
