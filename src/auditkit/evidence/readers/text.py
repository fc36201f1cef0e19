"""Plain text, Markdown, HTML, CSV, JSON and mail."""

import csv
import email
import email.policy
import io
import json
import re
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from auditkit.evidence.metadata import from_front_matter, from_passages
from auditkit.evidence.readers.common import Collector, Extract, Skipped, decode

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\s*\n(.*?)\n\1\s*\n", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\Z")
_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?")
_BLOCKS = (
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "dd",
    "pre",
    "blockquote",
    "caption",
)


def read_text(path: Path, file: str) -> Extract:
    """Read txt and Markdown: paragraphs with their first line, headings, one passage a table row."""
    text, _ = decode(path.read_bytes())
    found = Collector(file)
    meta = None
    offset = 0
    front = _FRONT_MATTER.match(text)
    if front is not None:
        meta = from_front_matter(front.group(2))
        offset = text[: front.end()].count("\n")
        text = text[front.end() :]
    paragraph: list[str] = []
    start = 0
    under: str | None = None

    def flush() -> None:
        if paragraph:
            found.add(" ".join(paragraph), line=start, under=under)
            paragraph.clear()

    for number, raw in enumerate(text.splitlines(), start=offset + 1):
        line = raw.strip()
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            flush()
            under = heading.group(1)
            found.add(under, line=number, heading=True)
        elif not line:
            flush()
        elif line.startswith("|") or re.match(r"([-*+]|\d+[.)])\s", line):
            flush()
            if not _TABLE_RULE.fullmatch(line):
                found.add(line.strip("|").replace("|", " | "), line=number, under=under)
        else:
            if not paragraph:
                start = number
            paragraph.append(line)
    flush()
    return found.extract(from_passages(found.passages, meta))


def read_html(path: Path, file: str) -> Extract:
    """Read HTML: visible text by block, headings, never scripts or styles."""
    data = path.read_bytes()
    try:
        root: Any = lxml_html.document_fromstring(
            decode(data)[0].encode("utf-8"),
            parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False),
        )
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise Skipped(f"its HTML cannot be parsed ({error})") from error
    for element in list(root.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    found = Collector(file)
    under: str | None = None
    count = 0
    for element in root.iter(*_BLOCKS):
        if any(child.tag in _BLOCKS for child in element):
            continue
        text = element.text_content()
        heading = element.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        count += 1
        found.add(text, under=None if heading else under, paragraph=count, heading=heading)
        under = " ".join(text.split()) if heading else under
    if not found.passages:
        found.add(root.text_content(), paragraph=1)
    return found.extract(from_passages(found.passages))


def read_csv(path: Path, file: str) -> Extract:
    """Read CSV: one passage a row, with its row as a spreadsheet shows it."""
    text, _ = decode(path.read_bytes())
    text = text.replace("\x00", "")
    sample = text[:4096]
    delimiter = max(",;\t|", key=sample.count)
    found = Collector(file)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            found.add(" | ".join(cell for cell in row if cell.strip()), row=number)
            if found.full:
                break
    except csv.Error as error:
        raise Skipped(f"its rows cannot be told apart ({error})") from error
    return found.extract()


def read_json(path: Path, file: str) -> Extract:
    """Read JSON: one passage a value, with its path of keys."""
    found = Collector(file)
    try:
        value = json.loads(decode(path.read_bytes())[0])
    except (ValueError, RecursionError) as error:
        raise Skipped(f"it is not JSON that can be read ({type(error).__name__})") from error
    pending: list[tuple[str, Any]] = [("", value)]
    while pending and not found.full:
        name, current = pending.pop()
        if isinstance(current, dict):
            pending.extend((f"{name}.{key}".strip("."), one) for key, one in reversed(current.items()))
        elif isinstance(current, list):
            pending.extend((f"{name}[{index}]", one) for index, one in reversed(list(enumerate(current))))
        elif current is not None:
            found.add(f"{name}: {current}", under=name)
    return found.extract()


def read_mail(path: Path, file: str) -> Extract:
    """Read a mail: headers and text; attachments are named, not opened."""
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = list(message.walk())
    except (RecursionError, ValueError, LookupError) as error:
        raise Skipped(f"the mail cannot be taken apart ({type(error).__name__})") from error
    found = Collector(file)
    for name in ("From", "To", "Cc", "Date", "Subject"):
        if message.get(name):
            found.add(f"{name}: {message.get(name)}", under="header")
    attachments = []
    for part in parts:
        if part.get_filename():
            attachments.append(str(part.get_filename()))
        elif part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            body = decode(payload)[0] if isinstance(payload, bytes) else ""
            for number, paragraph in enumerate(re.split(r"\n\s*\n", body), start=1):
                found.add(paragraph, under="body", paragraph=number)
    notes: tuple[str, ...] = (f"attachments were not read: {', '.join(attachments)}",) if attachments else ()
    extract = found.extract(notes=notes)
    if notes:
        return extract._replace(status="partly_read", why=notes[0])
    return extract
