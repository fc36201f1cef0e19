"""Regular expressions that mean the same to polars (Rust), Spark (Java) and DuckDB (RE2), or are refused.

Understood are literals, classes, ``\\d \\s \\w``, groups, alternatives, quantifiers, ``^ $ \\A \\z``, ``\\b`` (not on
DuckDB) and ``(?i)`` at the start. ``\\d``, ``\\s`` and ``\\w`` mean what Unicode says, ``.`` everything but a line
feed and ``$`` the very end, on every engine.
"""

import re
from typing import Literal

from auditkit.assessment.recordtests.predicates import PredicateFault

Dialect = Literal["spark", "duckdb"]

_SPACES = r"\t-\r \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"
_WORD = (
    r"\p{L}\p{M}\p{Nl}\p{Nd}\p{Pc}\x{200C}\x{200D}\x{24B6}-\x{24E9}"
    r"\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189}"
)
_RE2_ITEMS = {"d": r"\p{Nd}", "s": _SPACES, "w": _WORD}
_ESCAPED = r"\\[tnrf]|\\[ -/:;=?@\[-`{-~]"
_PIECES = re.compile(
    rf"""(?P<shorthand>\\[dDsSwW])
    | (?P<boundary>\\[bB])
    | (?P<end>\$)
    | (?P<set>\[\^?(?:\\[dDsSwW]|{_ESCAPED}|[^\\\[\]])+\])
    | (?P<quantifier>(?:[*+?]|\{{\d+(?:,\d*)?\}})\??(?![*+?{{]))
    | (?P<plain>{_ESCAPED}|\\[Az]|\^|\(\?:|\((?!\?)|[^\\\[(){{*+?$^]|\))""",
    re.VERBOSE | re.DOTALL,
)


def write_pattern(pattern: str, flags: str, dialect: Dialect) -> str:
    """Return a pattern as a dialect writes it; PredicateFault shows from where on it cannot be used."""
    if flags not in ("", "i"):
        raise PredicateFault(f"the flags {flags!r} of a regular expression cannot be used on every engine")
    ignores_case = flags == "i" or pattern.startswith("(?i)")
    rest = pattern.removeprefix("(?i)")
    parts: list[str] = []
    at = 0
    while at < len(rest):
        found = _PIECES.match(rest, at)
        if found is None:
            raise PredicateFault(f"a regular expression cannot be used on every engine from {rest[at:]!r} on")
        parts.append(_to_java(found) if dialect == "spark" else _to_re2(found))
        at = found.end()
    # U: classes as Unicode has them; d: only a line feed ends a line
    prefix = "(?Ud)" if dialect == "spark" else ""
    return prefix + ("(?i)" if ignores_case else "") + "".join(parts)


def _to_java(found: re.Match[str]) -> str:
    if found.lastgroup == "set":
        _check_set(found.group())
    return r"\z" if found.lastgroup == "end" else found.group()


def _to_re2(found: re.Match[str]) -> str:
    text = found.group()
    if found.lastgroup == "boundary":
        raise PredicateFault(f"{text} of a regular expression cannot be used on DuckDB")
    if found.lastgroup == "shorthand":
        return f"[{'^' if text[1].isupper() else ''}{_RE2_ITEMS[text[1].lower()]}]"
    if found.lastgroup == "set":
        _check_set(text)
        if re.search(r"(?<!\\)(?:\\\\)*\\[DSW]", text):
            raise PredicateFault(f"{text} of a regular expression cannot be used on DuckDB")
        return re.sub(r"\\(.)", lambda one: _RE2_ITEMS.get(one[1], one[0]), text, flags=re.DOTALL)
    return text


def _check_set(text: str) -> None:
    """Refuse what only some engines take for an operation on sets."""
    if any(operator in text for operator in ("&&", "--", "~~")):
        raise PredicateFault(f"{text} of a regular expression cannot be used on every engine")
