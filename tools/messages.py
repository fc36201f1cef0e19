"""Bring the message catalogs of reports in step with the texts that are there: ``python tools/messages.py``.

Texts are found in the code (`say` and its kin), in the templates, and in the fields of ``checklists/`` that reports print.
Each part of the house has a catalog of its own in ``src/auditkit/locale/<language>``; what is new there is left empty, what
went is removed. ``--check`` writes nothing and exits 1 when something is missing.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from auditkit.base.language import DATA
from auditkit.base.yamltext import load as load_yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/auditkit"
LOCALE = SOURCE / "locale"
CHECKLISTS = ROOT / "checklists"
KEYWORDS = {"say": None, "say_count": (1, 2), "say_as": ((1, "c"), 2), "message": None}
DOMAINS = ("assessment", "report", "pages", "documents", "checklists")
"""Rooms below the reports; what a report says; how its pages and files are labelled; documents beside it; what is data."""
PAGES = (
    "charts",
    "impact_chart",
    "drawing",
    "page_words",
    "management",
    "office",
    "workbook",
    "interchange",
    "terminal",
    "interview",
)
FIELDS: dict[str, frozenset[str]] = {
    "audit-methods/*.yaml": frozenset({"title", "about", "source_note", "terms*"}),
    "crosswalks/*.yaml": frozenset({"title"}),
    "datasets.yaml": frozenset({"title"}),
    "document-types.yaml": frozenset({"title", "name"}),
    "engagement-kinds/*.yaml": frozenset({"about"}),
    "grading/*.yaml": frozenset({"title", "says", "source"}),
    "impact-checks.yaml": frozenset({"title"}),
    "iso-*/catalog.yaml": frozenset({"title", "source_note", "governance"}),
    "iso-*/readiness.yaml": frozenset({"title", "why"}),
    "lenses/**/*.yaml": frozenset({"title", "about", "source"}),
    "parameters.yaml": frozenset({"about"}),
    "planning/*.yaml": frozenset({"title", "source"}),
    "priority/*.yaml": frozenset({"title", "name"}),
    "programme/*.yaml": frozenset({"title", "amount", "says", "source"}),
    "record-tests/*.yaml": frozenset({"title"}),
}
"""Glob below checklists/ to the names of the fields whose texts reports print: a text, or a table of texts. Of a name with
a star the keys of the table are printed, too."""
APART = frozenset({"Plan", "Check", "Exceptions"})
"""Texts of checklists that a page says in another sense: phases of the cycle, and what an agreement leaves out."""


def domain_of(path: Path) -> str:
    """Return the catalog that holds the texts of a file of code."""
    if not path.is_relative_to(SOURCE / "reporting"):
        return "assessment"
    first = path.relative_to(SOURCE / "reporting").parts[0]
    if first == "documents" or path.name.startswith("doc_"):
        return "documents"
    return "pages" if path.suffix == ".j2" or first.startswith(PAGES) else "report"


def messages() -> dict[str, Catalog]:
    """Return every message there is, by catalog; one that several parts say stands in the first of them."""
    by_domain: dict[str, dict[tuple[object, str | None], None]] = {domain: {} for domain in DOMAINS}
    for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("*.j2"))):
        for _, said, _, context in _extracted(path):
            by_domain[domain_of(path)][said, context] = None
    by_domain["checklists"].update(
        dict.fromkeys((said, DATA if said in APART else None) for said in _printed())
    )
    found, seen = {}, set()
    for domain, said_here in by_domain.items():
        found[domain] = Catalog(fuzzy=False)
        for said, context in said_here:
            if (said, context) not in seen:
                found[domain].add(said, context=context)
        seen |= set(said_here)
    return found


def _extracted(path: Path) -> Iterator[tuple[int, object, list[str], str | None]]:
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = (
        {} if path.suffix == ".py" else {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    )
    yield from extract(method, BytesIO(path.read_bytes()), keywords=KEYWORDS, options=options)


def _printed() -> Iterator[str]:
    """Yield the texts of checklists that reports print."""
    for pattern, fields in FIELDS.items():
        for path in sorted(CHECKLISTS.glob(pattern)):
            document, issues = load_yaml(path, path.name)
            if document is None:
                raise SystemExit(f"{path}: {issues[0]}")
            yield from _texts(document.data, fields)


def _texts(value: object, fields: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in fields and isinstance(inner, str):
                yield inner.strip()
            elif isinstance(inner, dict) and f"{name}*" in fields:
                yield from (text for pair in inner.items() for text in pair)
            elif isinstance(inner, dict) and name in fields:
                yield from inner.values()
            else:
                yield from _texts(inner, fields)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, fields)


def load(language: str, domain: str) -> Catalog:
    """Return the catalog of a language as it lies on the disk; an empty one where there is none."""
    path = LOCALE / language / f"{domain}.po"
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def missing(language: str) -> list[str]:
    """Return what is wrong with the catalogs of a language: messages without a translation, and such as nobody says."""
    faults = []
    for domain, wanted in messages().items():
        have = load(language, domain)
        for one in wanted:
            known = have.get(one.id, one.context) if one.id else None
            if one.id and (known is None or known.fuzzy or not _whole(known.string)):
                faults.append(f"{language}/{domain}.po has no {one.id!r}")
        faults += [
            f"{language}/{domain}.po: nobody says {one.id!r}"
            for one in have
            if one.id and wanted.get(one.id, one.context) is None
        ]
    return faults


def _whole(said: object) -> bool:
    return all(said) if isinstance(said, tuple | list) else bool(said)


def update(language: str) -> int:
    """Bring the catalogs of a language in step; return the number of messages left to translate."""
    left, known = 0, [load(language, domain) for domain in DOMAINS]
    for domain, wanted in messages().items():
        have = load(language, domain)
        have.update(wanted, no_fuzzy_matching=True)
        have.obsolete.clear()
        for one in have:
            if one.id and not _whole(one.string):
                moved = [found for other in known if (found := other.get(one.id, one.context))]
                one.string = next((found.string for found in moved if _whole(found.string)), one.string)
        left += sum(bool(one.id) and not _whole(one.string) for one in have)
        text = BytesIO()
        write_po(text, have, width=120, no_location=True, omit_header=True)
        path = LOCALE / language / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_HEADER.format(language=language).encode() + text.getvalue())
    return left


_HEADER = """\
# Written by people: what reports say in this language. tools/messages.py adds what is new and takes away what went.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main() -> int:
    """Update every language, or check it."""
    found = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    if "--check" in sys.argv:
        faults = [fault for language in found for fault in missing(language)]
        print("\n".join(faults) or "Nothing is missing.")
        return bool(faults)
    for language in found:
        print(f"{language}: {update(language)} left to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
