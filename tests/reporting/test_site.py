"""The catalog book: a page for every requirement, complete, linked, searchable, and without a request to anywhere."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditkit.base.errors import UsageFault
from auditkit.engagement.site import write_site

LINK = re.compile(r'(?:href|src)="([^"#]*)(#[^"]*)?"')


class Ids(HTMLParser):
    """Collects the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "book"
    write_site(folder, "iso-iec-20000-1-2018")
    return folder


def test_every_requirement_and_every_clause_has_a_page(book: Path) -> None:
    assert len(list(book.glob("r-*.html"))) == 215
    assert len(list(book.glob("c-*.html"))) == 88


def test_a_page_says_everything_about_its_requirement(book: Path) -> None:
    text = (book / "r-9.2.1-1.html").read_text(encoding="utf-8")
    for piece in (
        "Internal audits at planned intervals tell the organisation",  # statement
        "Which planned audit was put off",  # question
        "Look in the workpapers of one audit",  # observation
        "Audit programme with planned and actual dates",  # evidence
        "The audit was done at the desk",  # trap
        "audits_performed_as_planned",  # record test
        "keep a matrix of clauses",  # guidance
        "Established",  # what good looks like
        'href="lens-pdca.html"',
        "ISO 9001",  # crosswalk
    ):
        assert piece in text, piece


def test_every_link_leads_to_a_file_of_the_book_and_none_outside(book: Path) -> None:
    names = {path.relative_to(book).as_posix() for path in book.rglob("*")}
    for page in book.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target, _ in LINK.findall(text):
            assert target == "" or target in names, (page.name, target)
        assert not re.search(r'(?:href|src|action|data)="(?:https?:)?//', text), page.name


def test_no_script_or_style_asks_for_anything_outside(book: Path) -> None:
    assert re.findall(r"url\((?!\"fonts/)", (book / "book.css").read_text(encoding="utf-8")) == []
    script = (book / "book.js").read_text(encoding="utf-8")
    assert not re.search(r"fetch|XMLHttp|import\(|https?:|innerHTML|eval", script)


def test_ids_on_a_page_are_unique(book: Path) -> None:
    for page in book.glob("*.html"):
        parser = Ids()
        parser.feed(page.read_text(encoding="utf-8"))
        assert len(parser.ids) == len(set(parser.ids)), page.name


def test_the_search_index_finds_every_requirement(book: Path) -> None:
    text = (book / "search.js").read_text(encoding="utf-8")
    entries = json.loads(text.removeprefix("window.auditkitSearch = ").rstrip(";\n"))
    assert len(entries) == 215
    assert all((book / entry[0]).is_file() for entry in entries)
    assert [entry[1] for entry in entries if "backout" in entry[3] or "back-out" in entry[3]]


def test_the_same_catalog_gives_the_same_files(book: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "again", "iso-iec-20000-1-2018")
    for page in book.glob("*.html"):
        assert page.read_bytes() == (tmp_path / "again" / page.name).read_bytes()


def test_a_german_book_shows_both_texts(tmp_path: Path) -> None:
    write_site(tmp_path / "buch", "iso-iec-20000-1-2018", "de")
    text = (tmp_path / "buch" / "r-8.6.1-2.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert '<p class="quiet original" lang="en">Whatever is done about an incident' in text


def test_the_edition_of_2005_has_a_book_too(tmp_path: Path) -> None:
    assert write_site(tmp_path / "old", "iso-iec-20000-1-2005") > 200
    text = (tmp_path / "old" / "r-4.4.3-1.html").read_text(encoding="utf-8")
    assert "improvement_baseline_before_start" in text


def test_earlier_editions_stand_on_the_page_of_today(book: Path) -> None:
    text = (book / "r-8.3.4.1-8.html").read_text(encoding="utf-8")
    assert 'id="history"' in text
    assert "7.3-8" in text


def test_a_folder_with_other_files_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(UsageFault, match="was not touched"):
        write_site(tmp_path, "iso-iec-20000-1-2018")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep"


def test_an_unknown_language_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="Known: de, en"):
        write_site(tmp_path / "x", "iso-iec-20000-1-2018", "fr")
