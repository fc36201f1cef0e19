"""The text of iCalendar (RFC 5545): escaped values and folded lines."""

_OCTETS = 75
"""The longest line, its end not counted (RFC 5545, 3.1)."""


def escaped(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11); other control characters may not stand in one and become blanks."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n")):
        text = text.replace(plain, written)
    return "".join(
        " " if (ord(one) < 32 and one != "\n") or ord(one) == 127 else one for one in text
    ).replace("\n", "\\n")


def folded(line: str) -> str:
    """Fold a line to 75 octets without cutting a character."""
    parts, current, room = [], "", _OCTETS
    for letter in line:
        width = len(letter.encode())
        if width > room:
            parts.append(current)
            current, room = "", _OCTETS - 1
        current, room = current + letter, room - width
    return "\r\n ".join([*parts, current])
