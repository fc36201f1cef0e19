"""Names of persons in running text: found however they are written, replaced by what shall stand there (pure).

Compared are words without case, accents and the form of blanks between them: "Jan Otte", "OTTE, Jan", "J. Otte",
"Mr Otte" and "jan.otte@example.org" all hold the name Jan Otte. A family name alone is looked for only where the
caller is sure of the person, and then as it is written.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_GAP = re.compile(r"[\s.,_'’\-\u2010\u2011]{1,3}")
_LONGEST_NAME_WORDS = 8


class _Form(NamedTuple):
    """One way a name can be written: its words, and what is asked of the text."""

    words: tuple[str, ...]
    label: str
    kept: int = 0
    """Words at the start that are no part of the name and stay."""
    exact: str = ""
    """For a family name alone: the text must read exactly so."""
    dotted: bool = False
    """The first word is an initial and a full stop follows it."""


class NameFinder:
    """Finds names in texts."""

    def __init__(
        self, labels: Mapping[str, str], sure: Iterable[str] = (), address: Iterable[str] = ()
    ) -> None:
        """Take names with what stands for each; ``sure``: names whose family name alone counts.

        ``address``: forms of address, such as Mr, after which a family name is a person's.
        """
        self._forms: dict[str, list[_Form]] = {}
        self._runs: dict[str, str] = {}
        known, forms = frozenset(sure), tuple(address)
        for name, label in labels.items():
            words = _words(name, frozenset(forms))
            if len(words) == 1 and any(unicodedata.category(sign) == "Lo" for sign in words[0]):
                self._runs[name.strip()] = label  # scripts that put no blanks between words
            elif len(words) > 1 or "@" in name or name in known:
                for form in _ways(name, words, label, forms, name in known):
                    self._forms.setdefault(form.words[0], []).append(form)
        for found in self._forms.values():
            found.sort(key=lambda one: (-len(one.words), one.words, one.label))

    def replace(self, text: str) -> str:
        """Return the text with every name replaced."""
        for run, label in self._runs.items():
            text = text.replace(run, label)
        spans = [(match.start(), match.end()) for match in _WORD.finditer(text)] if self._forms else []
        parts: list[str] = []
        at = end = 0
        while at < len(spans):
            form = self._at(text, spans, at)
            if form is None:
                at += 1
                continue
            parts += [text[end : spans[at + form.kept][0]], form.label]
            at += len(form.words)
            end = spans[at - 1][1]
        return "".join([*parts, text[end:]]) if parts else text

    def finds(self, text: str) -> bool:
        """Tell whether a text holds a name."""
        return self.replace(text) != text

    def _at(self, text: str, spans: list[tuple[int, int]], at: int) -> _Form | None:
        begin, end = spans[at]
        forms = self._forms.get(_plain(text[begin:end]))
        if forms is None:
            return None
        near = spans[at : at + _LONGEST_NAME_WORDS]
        words = tuple(_plain(text[one:two]) for one, two in near)
        return next((one for one in forms if _fits(one, words, near, text)), None)


def _fits(form: _Form, words: tuple[str, ...], spans: list[tuple[int, int]], text: str) -> bool:
    count = len(form.words)
    if words[:count] != form.words:
        return False
    gaps = [text[spans[at][1] : spans[at + 1][0]] for at in range(count - 1)]
    if form.exact and text[spans[0][0] : spans[0][1]] != form.exact:
        return False
    if form.dotted and not gaps[0].startswith("."):
        return False
    return all(_GAP.fullmatch(gap) or gap == "@" for gap in gaps)


def _ways(name: str, words: tuple[str, ...], label: str, address: tuple[str, ...], sure: bool) -> list[_Form]:
    """Return the ways a name is written; a name with a comma has the family name first."""
    if "@" in name or len(words) == 1:
        return [_Form(words, label, exact="" if "@" in name else name.strip())]
    before, comma, after = name.partition(",")
    if comma and after.strip():
        words = (*words[-len(_WORD.findall(after)) :], *words[: len(_WORD.findall(before))])
        name = f"{after} {before}"
    family = words[-1]
    ways = [_Form(words, label), _Form((family, *words[:-1]), label)]
    ways += [_Form((words[0][:1], *words[1:]), label, dotted=True)]
    ways += [_Form((_plain(form), family), label, kept=1) for form in address]
    if sure:
        ways.append(_Form((family,), label, exact=_WORD.findall(name)[-1]))
    return [one for one in ways if len(one.words) <= _LONGEST_NAME_WORDS]


def _words(name: str, address: frozenset[str]) -> tuple[str, ...]:
    found = [_plain(word) for word in _WORD.findall(name)]
    return tuple(word for word in found if word not in address) or tuple(found)


def _plain(word: str) -> str:
    """Return a word without case and accents."""
    if word.isascii():
        return word.casefold()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return (
        "".join(sign for sign in parts if not unicodedata.combining(sign))
        .replace("ł", "l")
        .replace("ß", "ss")
    )
