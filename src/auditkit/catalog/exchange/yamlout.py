"""Plain data as YAML text that people can read and every parser reads alike (pure).

Text is written plain only where no parser could take it for anything else, as a literal block where it has lines,
and quoted otherwise. Keys keep their order.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PLAIN = re.compile(
    r"[A-Za-z][^\x00-\x1f\x7f-\xa0:#\"'`{}\[\]&*!|>%@\\\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]*(?<! )"
)
_BLOCK = re.compile(r"[^\x00-\x09\x0b-\x20\x7f-\xa0\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff\n]"
                    r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]*(?<![ \n])")  # fmt: skip
_UNSAFE = re.compile("[\x7f-\xa0\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def yaml_text(value: Mapping[str, Any], first_line: str = "") -> str:
    """Return a mapping as YAML; ``first_line`` stands before it as a comment."""
    comment = [f"# {first_line}"] if first_line else []
    return "\n".join([*comment, *_mapping(value, "")]) + "\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, one in value.items():
        yield from _entry(f"{indent}{_scalar(str(key))}:", one, indent)


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield start
        yield from _mapping(value, f"{indent}  ")
    elif isinstance(value, (list, tuple)) and value:
        yield start
        yield from _list(value, f"{indent}  ")
    elif isinstance(value, str) and "\n" in value and _BLOCK.fullmatch(value):
        yield f"{start} |-"
        yield from (f"{indent}  {line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{start} {_scalar(value)}"


def _list(values: list[Any] | tuple[Any, ...], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping) and value:
            lines = _mapping(value, f"{indent}  ")
            yield f"{indent}- {next(lines).strip()}"
            yield from lines
        else:
            yield from _entry(f"{indent}-", value, indent)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if not isinstance(value, str):
        return "{}" if isinstance(value, Mapping) else "[]"
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
