"""Write the documents in five formats, always with the same bytes."""

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nordwerk.prose import EXTRA_DOCUMENTS, PROSE, RULES
from nordwerk.world import ORGANISATION, PEOPLE, World

FORMATS = ("docx", "md", "md", "pdf", "md", "docx", "md", "html")
Entry = dict[str, Any]
PROCESS_PLANS = frozenset({
    "capacity_plan", "continuity_plan", "availability_plan", "communication_plan", "monitoring_plan", "audit_programme",
})  # fmt: skip
MASTER_PLAN_VERSION = "2.2"


def write_documents(world: World, folder: Path, clean: bool) -> list[Entry]:
    """Write every document below ``folder`` and return its register entries."""
    folder.mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    todo = [(kind, title) for kind, (title, _) in PROSE.items()] + list(EXTRA_DOCUMENTS)
    for number, (kind, title) in enumerate(todo, start=1):
        if kind == "internal_supplier_agreement" and not clean:
            continue
        entries.append(_document(world, folder, number, kind, title, clean))
    entries += _odd_ones(world, folder, clean)
    return entries


def rules_of(kind: str) -> list[str]:
    """Return the sentences in which a document states the organisation's own numbers."""
    return [
        f"Our own rule {name.replace('_', ' ')} is {value:g}." for name, value in RULES.get(kind, {}).items()
    ]


def _document(world: World, folder: Path, number: int, kind: str, title: str, clean: bool) -> Entry:
    sentences = [one.strip() for one in PROSE[kind][1].split(" | ")]
    if kind == "service_management_plan" and not clean:
        sentences = [one for one in sentences if "limitations" not in one]
    approved = world.start - timedelta(days=20 + number)
    cover = {
        "Document id": f"NW-{number:03d}", "Version": f"{number % 3 + 1}.{number % 4}", "Status": "released", "Owner": PEOPLE[number % 40],
        "Author": PEOPLE[(number + 11) % 40], "Approved by": PEOPLE[(number + 3) % 10], "Approved on": approved.isoformat(),
        "Effective from": (approved + timedelta(days=5)).isoformat(), "Next review": (world.as_of + timedelta(days=60 + number)).isoformat(),
    }  # fmt: skip
    purpose = [
        f"This document belongs to the service management system of {ORGANISATION} and applies to all sites."
    ]
    if kind in PROCESS_PLANS:
        purpose.append(
            f"It is part of the service management plan, version {MASTER_PLAN_VERSION}, and follows what that plan sets out."
        )
    sections = [("Purpose", purpose), ("Content", sentences)]
    if rules_of(kind):
        sections.append(("Rules in numbers", rules_of(kind)))
    suffix = FORMATS[number % len(FORMATS)]
    name = f"{number:03d}-{title.lower().replace(' ', '-').replace(':', '').replace(',', '')}.{suffix}"
    WRITERS[suffix](folder / name, title, cover, sections)
    return {
        "title": title, "file": f"documents/{name}", "kind": "document", "document_type": kind, "owner": cover["Owner"], "version": cover["Version"],
        "effective_at": cover["Effective from"], "next_review_at": cover["Next review"], "received_at": world.before(9).isoformat(),
        "received_from": "Lena Hoffmann", "classification": "Internal", "approvals": [{"by": cover["Approved by"], "at": cover["Approved on"]}],
    }  # fmt: skip


def _odd_ones(world: World, folder: Path, clean: bool) -> list[Entry]:
    """A superseded version and a draft that earn nothing; a template and a scan that nobody registered."""
    old = {
        "Version": "0.9",
        "Approved by": PEOPLE[1],
        "Approved on": "2021-02-01",
        "Effective from": "2021-03-01",
        "Next review": "2022-03-01",
    }
    _markdown(folder / "900-change-management-policy-2021.md", "Change management policy", old,
              [("Content", ["There are two categories of change, and each team decides by itself."])])  # fmt: skip
    _markdown(
        folder / "901-capacity-plan-draft.md",
        "Capacity plan, draft",
        {"Status": "draft"},
        [("Content", ["To be defined with the server team next year."])],
    )
    _slides(
        folder / "902-board-presentation.pptx",
        "Service management in the third quarter",
        ["Nine of twelve targets were met in the quarter."],
    )
    _sheet(
        folder / "903-contact-list.xlsx",
        [
            ("Name", "Role", "Telephone"),
            *((one, "on call", f"+49 40 555 {n:03d}") for n, one in enumerate(PEOPLE[:12])),
        ],
    )
    if not clean:
        _markdown(
            folder / "904-policy-template.md",
            "<Insert policy name>",
            {"Owner": "TBD", "Approved by": "TBD"},
            [("Content", ["[Company name] shall TBD."])],
        )
        (folder / "905-scan-of-a-signed-page.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    common = {
        "kind": "document",
        "received_at": world.before(9).isoformat(),
        "received_from": "Lena Hoffmann",
    }
    return [
        {"title": "Change management policy of 2021", "file": "documents/900-change-management-policy-2021.md", "document_type": "change_management_policy",
         "status": "superseded", "effective_at": "2021-03-01", **common},
        {"title": "Capacity plan, draft for next year", "file": "documents/901-capacity-plan-draft.md", "document_type": "capacity_plan", "status": "draft", **common},
        {"title": "Presentation to the board", "file": "documents/902-board-presentation.pptx", "links": ["5.1-1h"], "effective_at": world.before(30).isoformat(), **common},
        {"title": "Contact list for emergencies", "file": "documents/903-contact-list.xlsx", "links": ["8.7.2-6"], "effective_at": world.before(30).isoformat(), **common},
    ]  # fmt: skip


def _markdown(path: Path, title: str, cover: dict[str, str], sections: list[tuple[str, list[str]]]) -> None:
    lines = [f"# {title}", ""] + [f"- {key}: {value}" for key, value in cover.items()]
    for heading, sentences in sections:
        lines += ["", f"## {heading}", ""]
        for sentence in sentences:
            lines += [sentence, ""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _html_text(title: str, cover: dict[str, str], sections: list[tuple[str, list[str]]]) -> str:
    body = "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{one}</p>" for one in sentences)
        for heading, sentences in sections
    )
    cover_lines = "".join(f"<p>{key}: {value}</p>" for key, value in cover.items())
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>{cover_lines}{body}</body></html>"


def _html(path: Path, title: str, cover: dict[str, str], sections: list[tuple[str, list[str]]]) -> None:
    path.write_text(_html_text(title, cover, sections) + "\n", encoding="utf-8")


def _pdf(path: Path, title: str, cover: dict[str, str], sections: list[tuple[str, list[str]]]) -> None:
    import weasyprint

    weasyprint.HTML(string=_html_text(title, cover, sections)).write_pdf(path)


def _word(path: Path, title: str, cover: dict[str, str], sections: list[tuple[str, list[str]]]) -> None:
    import docx

    document = docx.Document()
    document.core_properties.author = cover.get("Author", "")
    document.core_properties.title = title
    document.add_heading(title, level=0)
    table = document.add_table(rows=0, cols=2)
    for key, value in cover.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = key, value
    for heading, sentences in sections:
        document.add_heading(heading, level=1)
        for sentence in sentences:
            document.add_paragraph(sentence)
    document.save(str(path))
    fix_times(path)


def _slides(path: Path, title: str, lines: list[str]) -> None:
    import pptx

    deck = pptx.Presentation()
    for text in (title, *lines):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = text
    deck.save(str(path))
    fix_times(path)


def _sheet(path: Path, rows: list[tuple[str, ...]]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Contacts")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    fix_times(path)


def fix_times(path: Path) -> None:
    """Pack an Office file again with fixed times, so that the same content has the same bytes."""
    with zipfile.ZipFile(path) as source:
        parts = [(name, source.read(name)) for name in source.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts:
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


WRITERS = {"md": _markdown, "html": _html, "pdf": _pdf, "docx": _word}
