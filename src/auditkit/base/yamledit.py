"""Change single values in a YAML text that people wrote: its comments, its order and every other value stay."""

import re
from collections.abc import Mapping
from decimal import Decimal

from auditkit.base.errors import UsageFault
from auditkit.base.yamltext import Span, YamlDocument, parse, quoted

Scalar = str | int | float | None
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = frozenset({"true", "false", "null"})
_BLOCK = ("|", ">")


def with_values(text: str, file: str, values: Mapping[str, Scalar]) -> str:
    """Return the text with these values of top-level keys; a key it does not have is added at the end.

    UsageFault when that cannot be done so that everything else stays.
    """
    document, issues = parse(text, file)
    if document is None or not isinstance(document.data, dict):
        raise UsageFault("\n".join(map(str, issues)) or f"{file}: it is no list of keys and values.")
    changed = _replaced(text, document, values)
    added = [f"{key}: {_written(value, '')}" for key, value in values.items() if key not in document.data]
    if added:
        end = "\r\n" if "\r\n" in text else "\n"
        changed += "" if changed.endswith("\n") else end
        changed += "".join(f"{line}{end}" for line in added)
    after, _ = parse(changed, file)
    if after is None or after.data != {**document.data, **values}:
        names = ", ".join(values)
        raise UsageFault(
            f"{file}: {names} cannot be changed without touching the rest. Write each key on a line of its own."
        )
    return changed


def _replaced(text: str, document: YamlDocument, values: Mapping[str, Scalar]) -> str:
    spans = [(span, value) for key, value in values.items() if (span := document.span(key)) is not None]
    for span, value in sorted(spans, key=lambda one: one[0].start, reverse=True):
        text = text[: span.start] + _in_place(text, span, value) + text[span.end :]
    return text


def _in_place(text: str, span: Span, value: Scalar) -> str:
    written = _written(value, span.style)
    if span.style in _BLOCK:
        return f"{written}\n"
    if span.start == span.end and text[: span.start].endswith(":"):
        return f" {written}"
    return written


def _written(value: Scalar, style: str) -> str:
    """Return a value as YAML: text stays plain where the old one was and it can be."""
    if value is None:
        return "null"
    if isinstance(value, str):
        plain = style == "" and _PLAIN.fullmatch(value) and value not in _WORDS
        return value if plain else quoted(value)
    return format(Decimal(repr(value)), "f")
