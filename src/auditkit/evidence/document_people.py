"""Names of people as documents and registers write them: who is nobody, and which names are the same (pure)."""

import re

_NOBODY = re.compile(
    r"(?i)(tb[acd]|todo|n/?a|n\.?\s?n\.?|none|nobody|unknown|open|offen|yes|no|ja|nein|[x✓✔☑☐]|xx+|vacant|unbesetzt"
    r"|(?:your|full|first|last|author|approver|owner|manager|reviewer|preparer)?[’'s]*\s?names?(?: (?:and|&|/) (?:title|role|date|signature))?"
    r"|title|job title|position|role|signature|date|approver|author|owner|reviewer|name of (?:the )?\w+|someone|somebody|anyone"
    r"|[-–—_.…?\s]+|<.*>|\[.*\]|\{.*\}"
    r"|(pending|awaiting|outstanding|not|to be|yet to|ausstehend|noch|still to|waiting for)\b.*)\.?"
)
_HOLE = re.compile(r"\{\{[^{}]*\}\}|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}")
_TITLES = re.compile(r"\b(?:dr|mr|mrs|ms|prof|ing|dipl|msc|mba|ir)\b\.?(?:-ing\.?)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;/(&|]|\s[–—-]\s|\s(?:and|und|on|as)\s)\s*", re.IGNORECASE)


def names_nobody(text: str) -> bool:
    """Tell whether what stands where a name belongs is no name: "TBD", "[name]", "pending approval", "-"."""
    return (
        not text.strip()
        or _NOBODY.fullmatch(text.strip()) is not None
        or not re.search(r"\w", _HOLE.sub("", text))
    )


def same_names(text: str) -> frozenset[str]:
    """Return every way a text may name people, in one spelling: "Berg, Anna" and "Dr. Anna Berg (CIO)" share one.

    A part of one word ("CIO", a family name) names nobody by itself.
    """
    parts = [part for raw in _PARTS.split(text) if (part := _spelled(raw))]
    found = {_spelled(text), *(part for part in parts if " " in part)}
    if len(parts) == 2 and " " not in parts[0]:  # family name first
        found.add(f"{parts[1]} {parts[0]}")
    return frozenset(one for one in found if one)


def _spelled(text: str) -> str:
    return " ".join(_TITLES.sub(" ", text).replace(".", " ").casefold().split()).strip(" )")
