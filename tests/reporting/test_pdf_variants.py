"""The variants of the PDF: what PDF/UA-1 and PDF/A-3a ask for and a program can see, looked up in the files."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from pdf_inside import above, drawn, elements, fonts, parents
from sample_run import sample_run

from auditkit.reporting.interchange.attached import attached
from auditkit.reporting.interchange.material import Material
from auditkit.reporting.pdf import render_pdfs
from auditkit.reporting.pdf_variants import VARIANTS, Attached
from auditkit.reporting.view import build_view
from auditkit.reporting.view_model import Options

TITLE = "DRAFT: Internal audit of the service management system 2026"
OUTSIDE = {"/Launch", "/JavaScript", "/Sound", "/Movie", "/ImportData", "/ResetForm", "/SubmitForm"}


def files() -> tuple[Attached, ...]:
    run = sample_run()
    return attached(Material(run=run, view=build_view(run)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("variants")
    render_pdfs(build_view(sample_run()), {one: made / f"{one}.pdf" for one in VARIANTS}, Options(), files())
    return made


@pytest.fixture(params=["plain", "accessible", "archive"])
def each(request: pytest.FixtureRequest, folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / f"{request.param}.pdf") as pdf:
        yield pdf


@pytest.fixture
def accessible(folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / "accessible.pdf") as pdf:
        yield pdf


@pytest.fixture
def archive(folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(folder / "archive.pdf") as pdf:
        yield pdf


def test_only_the_variants_claim_a_standard(folder: Path) -> None:
    claims = {}
    for variant in VARIANTS:
        with pikepdf.open(folder / f"{variant}.pdf") as pdf, pdf.open_metadata() as xmp:
            claims[variant] = tuple(
                xmp.get(name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
            )
    assert claims == {
        "plain": (None, None, None),
        "accessible": ("1", None, None),
        "archive": (None, "3", "A"),
    }


def test_the_document_says_what_it_is(each: pikepdf.Pdf) -> None:
    assert str(each.Root.Lang) == "en"
    assert bool(each.Root.MarkInfo.Marked)
    assert bool(each.Root.ViewerPreferences.DisplayDocTitle)
    assert str(each.docinfo.Title) == TITLE
    assert str(each.docinfo.CreationDate) == str(each.docinfo.ModDate) == "D:20261015"
    assert {str(page.Tabs) for page in each.pages} == {"/S"}
    assert not each.is_encrypted


def test_metadata_say_the_same_twice(accessible: pikepdf.Pdf, archive: pikepdf.Pdf) -> None:
    for pdf in (accessible, archive):
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == TITLE
            assert xmp["dc:creator"] == [str(pdf.docinfo.Author)]
            assert xmp["dc:description"] == str(pdf.docinfo.Subject)
            assert xmp["pdf:Keywords"] == str(pdf.docinfo.Keywords)
            assert xmp["xmp:CreatorTool"] == str(pdf.docinfo.Creator)
            assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)
            assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-10-15"


def test_every_text_is_in_the_structure_or_an_artifact(each: pikepdf.Pdf) -> None:
    structure = {one.objgen for one in elements(each)}
    owners = parents(each)
    seen = {True: 0, False: 0}
    for one in drawn(each):
        if not one.artifact:
            assert one.mcid is not None
            assert owners[one.page][one.mcid].objgen in structure
        seen[one.artifact] += 1
    assert seen[False] > 500
    assert seen[True] >= 3 * len(each.pages)  # head, foot and number of every page


def test_every_table_head_says_what_it_heads(each: pikepdf.Pdf) -> None:
    heads = [one for one in elements(each) if one.S == "/TH"]
    scopes = {str(one.A.Scope) for one in heads}
    assert scopes == {"/Column", "/Row"}
    assert all((one.A.Scope == "/Column") == ("/THead" in above(one)) for one in heads)


def test_every_picture_says_its_figures_in_words(each: pikepdf.Pdf) -> None:
    pictures = [one for one in elements(each) if one.S == "/Figure"]
    assert len(pictures) >= 3
    texts = [str(one.Alt) for one in pictures]
    assert any("Conformity by requirement: 33.3 % to 50.0 %" in text for text in texts)
    assert all(text.partition(". ")[2] for text in texts), texts


def test_every_link_is_one_and_says_where_it_leads(each: pikepdf.Pdf) -> None:
    owners = parents(each)
    anchors = {str(name) for name in list(each.Root.Names.Dests.Names)[::2]}
    words = set()
    for page in each.pages:
        for link in page.get("/Annots", ()):
            assert str(link.Dest) in anchors
            assert link.F == 4
            owner = owners[int(link.StructParent)]
            assert owner.S == "/Link"
            assert "/Link" not in above(owner)
            words.add(str(link.Contents))
    assert "4 Results by clause" in words
    assert not words & anchors


def test_headings_leave_out_no_level(each: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2:]) for one in elements(each) if str(one.S) in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_font_is_embedded_and_has_every_glyph_that_is_drawn(each: pikepdf.Pdf) -> None:
    known = fonts(each)
    for font in known.values():
        assert font.Encoding == "/Identity-H"  # anything else replaces glyphs that are missing
        inner = font.DescendantFonts[0]
        assert inner.CIDToGIDMap == "/Identity"
        assert len(inner.FontDescriptor.FontFile2.read_bytes()) > 100
        assert "/ToUnicode" in font
    used = {(one.font, glyph) for one in drawn(each) for glyph in one.glyphs}
    assert {name for name, _ in used} <= set(known)
    assert {glyph for _, glyph in used if glyph == 0} == set()


def test_the_archived_one_has_its_colours_from_a_profile_it_carries(archive: pikepdf.Pdf) -> None:
    (intent,) = archive.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    profile = intent.DestOutputProfile.read_bytes()
    assert (profile[16:20], profile[36:40]) == (b"RGB ", b"acsp")


def test_the_archived_one_depends_on_nothing_outside(archive: pikepdf.Pdf) -> None:
    assert "/ID" in archive.trailer
    for one in archive.objects:
        if isinstance(one, pikepdf.Stream):
            assert "/F" not in one
            assert one.get("/Filter", pikepdf.Name.FlateDecode) == "/FlateDecode"
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            assert str(one.get("/S")) not in OUTSIDE
            assert not {"/AA", "/OpenAction", "/XFA"} & set(one.keys())


def test_the_archived_one_carries_the_run_for_programs(archive: pikepdf.Pdf) -> None:
    names = list(archive.Root.Names.EmbeddedFiles.Names)
    listed = {str(name): spec for name, spec in zip(names[::2], names[1::2], strict=True)}
    assert list(listed) == sorted(listed)
    assert [one.objgen for one in archive.Root.AF] == [one.objgen for one in listed.values()]
    texts = {one.name: one for one in files()}
    assert (
        set(listed)
        == set(texts)
        == {
            "assessment.json",
            "assessment-plan.oscal.json",
            "assessment-results.oscal.json",
            "evidence-manifest.json",
            "poam.oscal.json",
        }
    )
    for name, spec in listed.items():
        stream = spec.EF.F
        assert stream.read_bytes().decode() == texts[name].text
        assert str(spec.UF) == str(spec.F) == name
        assert str(spec.Desc) == texts[name].about
        assert stream.Subtype == "/application/json"
        assert str(stream.Params.CreationDate) == str(stream.Params.ModDate) == "D:20261015000000Z"
        assert spec.AFRelationship == ("/Data" if name == "assessment.json" else "/Supplement")


def test_the_others_carry_nothing(folder: Path) -> None:
    for variant in ("plain", "accessible"):
        with pikepdf.open(folder / f"{variant}.pdf") as pdf:
            assert not pdf.attachments
            assert "/AF" not in pdf.Root


def test_a_variant_is_the_same_alone(folder: Path, tmp_path: Path) -> None:
    for variant in ("archive", "accessible"):
        alone = tmp_path / f"{variant}.pdf"
        render_pdfs(build_view(sample_run()), {variant: alone}, Options(), files())
        assert alone.read_bytes() == (folder / alone.name).read_bytes()
