"""Persons in cells: who is the same, which cell names several, and the pseudonym that stands for each (pure).

A pseudonym is a keyed digest (HMAC-SHA-256) of the folded name, so it is the same in every file of an engagement and
cannot be guessed without the key; a plain digest of a name can, by digesting the telephone book.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping

from auditkit.base.errors import UsageFault

PSEUDONYM = re.compile(r"person(?:-[0-9a-hjkmnp-tv-z]{4}){2,}")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHORT, _LONG = 8, 16
"""Letters of a pseudonym, five bits each; the long one where a short one is taken."""
_ALWAYS = re.compile(r"(\s*[;|]\s*)")
_PERHAPS = re.compile(r"(\s*[,\r\n]\s*)")


def folded(name: str) -> str:
    """Return a name for comparison: without case, doubled or outer blanks, forms of letters and invisible signs."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf"
    )
    return " ".join(unicodedata.normalize("NFC", plain.casefold()).split())


def split_persons(cell: str, known: Iterable[str] = ()) -> list[str]:
    """Split a cell into persons and separators, alternating, a person first; joined they are the cell again.

    Semicolons and bars always separate. Commas and line breaks do where every part can stand alone: two words, an
    address, a number or account, a name in letters without case, or one of ``known`` (folded). "Otte, Jan" is one.
    """
    found: list[str] = []
    for at, part in enumerate(_ALWAYS.split(cell)):
        pieces = [part] if at % 2 else _PERHAPS.split(part)
        whole = len(pieces) > 1 and not all(_stands_alone(one, known) for one in pieces[::2])
        found += [part] if whole else pieces
    return found


def _stands_alone(part: str, known: Iterable[str]) -> bool:
    return (
        len(part.split()) > 1
        or any(sign == "@" or sign.isdigit() or unicodedata.category(sign) == "Lo" for sign in part)
        or folded(part) in known
    )


class Persons:
    """The persons of an engagement, each with its pseudonym and the ways it is written."""

    def __init__(self, secret: bytes, written: Mapping[str, Iterable[str]] | None = None) -> None:
        """Take the secret that pseudonyms are made with, and what is known: pseudonym to spellings."""
        self._secret = secret
        self.written: dict[str, list[str]] = {one: list(names) for one, names in (written or {}).items()}
        self._by_identity = {folded(name): one for one, names in self.written.items() for name in names}

    def pseudonym(self, name: str) -> str:
        """Return the pseudonym of one person, making it where there is none; one that is ours stays as it is."""
        bare = name.strip()
        if bare in self.written:
            return bare
        identity = folded(bare)
        found = self._by_identity.get(identity)
        if found is None:
            found = self._new(identity)
            self._by_identity[identity] = found
            self.written[found] = []
        if bare not in self.written[found]:
            self.written[found].append(bare)
        return found

    def cell(self, text: str) -> str:
        """Return a cell with every person in it replaced; separators and outer blanks stay."""
        parts = split_persons(text, self._by_identity)
        return "".join(part if at % 2 else self._in_place(part) for at, part in enumerate(parts))

    def declare_same(self, spellings: Iterable[str]) -> None:
        """Let several spellings, such as a name and an address, be one person; UsageFault when two are known apart."""
        names = [one for one in (name.strip() for name in spellings) if folded(one)]
        taken = {self._by_identity[folded(one)] for one in names if folded(one) in self._by_identity}
        if len(taken) > 1:
            raise UsageFault(
                f"{' and '.join(sorted(taken))} are declared to be one person, but files were imported with both. "
                "Import those files anew under a new name, or leave the declaration out."
            )
        for name in names[:1] if not taken else []:
            taken = {self.pseudonym(name)}
        for one in taken:
            for name in names:
                self._by_identity[folded(name)] = one
                if name not in self.written[one]:
                    self.written[one].append(name)

    def _in_place(self, part: str) -> str:
        bare = part.strip()
        return part.replace(bare, self.pseudonym(bare), 1) if folded(bare) else part

    def _new(self, identity: str) -> str:
        digest = hmac.new(self._secret, b"person\0" + identity.encode(), hashlib.sha256).digest()
        number = int.from_bytes(digest, "big")
        for letters in (_SHORT, _LONG):
            text = "".join(_ALPHABET[number >> (5 * at) & 31] for at in range(letters))
            shown = "-".join(["person", *(text[at : at + 4] for at in range(0, letters, 4))])
            if shown not in self.written:
                return shown
        raise UsageFault("Two persons got the same pseudonym. Make a new key and import the files anew.")
