"""Mail: headers and text; attachments are named, not opened."""

import email
import email.message
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

from auditkit.evidence.model import DocumentMeta
from auditkit.evidence.readers.common import Collector, Extract, Skipped, decode
from auditkit.evidence.readers.html import visible_blocks

_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def read_mail(path: Path, file: str) -> Extract:
    """Read a mail: its plain text, else the visible text of its HTML. With attachments it is partly read."""
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = list(message.walk())
        headers = {name: str(message[name]) for name in _HEADERS if message[name]}
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Skipped(f"the mail cannot be taken apart ({type(error).__name__})") from error
    found = Collector(file)
    for name, value in headers.items():
        found.add(f"{name}: {value}", under="header")
    head = len(found.passages)
    bodies = [part for part in parts if not part.get_filename()]
    for kind in ("text/plain", "text/html"):
        for part in bodies:
            if part.get_content_type() == kind:
                for number, paragraph in enumerate(_paragraphs(part), start=1):
                    found.add(paragraph, under="body", paragraph=number)
        if len(found.passages) > head:
            break
    meta = DocumentMeta(title=headers.get("Subject"), author=headers.get("From"))
    names = [str(part.get_filename()) for part in parts if part.get_filename()]
    extract = found.extract(meta)
    if names:
        why = f"attachments were not read: {', '.join(names)}"
        return extract._replace(status="partly_read", why=why, notes=(why,))
    return extract


def _paragraphs(part: email.message.Message) -> Iterator[str]:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return
    charset = part.get_content_charset() or ""
    try:
        text = payload.decode(charset, errors="replace") if charset else decode(payload)[0]
    except LookupError:
        text = decode(payload)[0]
    if part.get_content_type() == "text/plain":
        yield from re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    elif text.strip():
        yield from (block.text for block in visible_blocks(text))
