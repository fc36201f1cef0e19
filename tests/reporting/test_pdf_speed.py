"""What makes rendering cheaper changes nothing that is written, and is undone afterwards."""

import gc

import pydyf
import pytest

from auditkit.reporting.pdf_speed import quickly


def pages(pdf: pydyf.PDF, count: int) -> tuple[bytes, ...]:
    for _ in range(count):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    return tuple(pdf.page_references)


def test_the_remembered_pages_are_those_that_pydyf_counts() -> None:
    with quickly():
        pdf, other = pydyf.PDF(), pydyf.PDF()
        found = [pages(pdf, 1), pages(pdf, 2), pages(pdf, 0), pages(other, 1)]
    plain = pydyf.PDF()
    assert found[:3] == [pages(plain, 1), pages(plain, 2), pages(plain, 0)]
    assert found[3] == pages(pydyf.PDF(), 1)


def test_pages_are_not_counted_again_for_each_element(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    monkeypatch.setattr(
        pydyf.PDF, "page_references", property(lambda pdf: (counted.append(1), (b"1 0 R",))[1])
    )
    with quickly():
        pdf = pydyf.PDF()
        assert [pdf.page_references for _ in range(50)] == [(b"1 0 R",)] * 50
    assert len(counted) == 1


def test_everything_is_undone_even_when_rendering_fails() -> None:
    before, collecting = pydyf.PDF.page_references, gc.isenabled()
    seen = []

    def fail() -> None:
        with quickly():
            seen.append((gc.isenabled(), pydyf.PDF.page_references is before))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert seen == [(False, False)]
    assert pydyf.PDF.page_references is before
    assert gc.isenabled() is collecting
