"""Texts that are read from right to left, in a page that is read from left to right."""

import re

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
_RIGHT_TO_LEFT = re.compile(rf"[{_RTL}][{_RTL}\d\s.,:/'’()–-]*[{_RTL}]|[{_RTL}]")
"""From the first to the last such letter, with figures, spaces and signs between them."""


def isolated(text: str) -> str:
    """Set every stretch that is read from right to left apart, so that it moves nothing that stands around it."""
    return _RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", text)
