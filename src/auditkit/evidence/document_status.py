"""Whether a document counts as it stands: drafts, superseded and withdrawn versions say so themselves (pure)."""

import re
from collections.abc import Sequence

from auditkit.base.language import say
from auditkit.evidence.document_text import split_sentences
from auditkit.evidence.model import ReadDocument

_OUT_OF_FORCE = re.compile(
    r"\b(?:draft|obsolete|superseded|withdrawn|replaced|archived|retired|expired|deprecated|entwurf|ungültig|zurückgezogen"
    r"|abgelöst|for (?:review|comment|approval)|(?:in|under) review|not (?:yet )?(?:approved|released|in force)"
    r"|(?:work )?in progress|wip|proposed|proposal|preliminary|unapproved|pending|rejected|cancelled|in Arbeit|vorläufig)\b",
    re.IGNORECASE,
)
_DEAD = r"(?:draft|entwurf|superseded|obsolete|withdrawn|archived|outdated|deprecated|ungültig)"
_TITLE = re.compile(
    rf"(?:^|[,;:(\[–—_-]\s*){_DEAD}\b(?!\w)|\b{_DEAD}\W*$|[,;:(\[–—-]\s*old version\b", re.IGNORECASE
)
_FILE = re.compile(
    r"(?:^|[-_. (])(?:draft|entwurf|superseded|obsolete|withdrawn|outdated|deprecated|old)(?:[-_. )\d]|$)",
    re.IGNORECASE,
)
_FOLDERS = frozenset(
    (
        "archive",
        "archived",
        "archiv",
        "old",
        "superseded",
        "obsolete",
        "draft",
        "drafts",
        "withdrawn",
        "entwürfe",
    )
)
_DRAFT_VERSION = re.compile(
    r"\b(?:draft|entwurf|wip|alpha|beta|rc\s?\d*)\b|\d(?:draft|wip|alpha|beta|rc)\b", re.IGNORECASE
)
_STAMP = re.compile(
    r"\W*(?:DRAFT|ENTWURF|SUPERSEDED|OBSOLETE|WITHDRAWN|ARCHIVED)\b(?:\W.{0,60})?"
    r"|\W*(?i:draft|entwurf)(?i: version)?[\s,]*(?i:v|version|no\.?)?\s*[\d.]*\W*"
)
_SELF = re.compile(
    r"\b(?:this|the present) (?:document|policy|plan|version|procedure|edition|file|page|process|agreement|text|programme)"
    r" (?:is|was|has been|remains?) (?:(?:still|now|only|currently|hereby|an?|since) )*"
    r"(?:(?:first |working |early |unapproved )?draft\b|superseded|replaced|withdrawn|obsolete|outdated|retired|archived"
    r"|no longer (?:valid|in force|current|in use|applicable)|not (?:yet )?(?:approved|released|in force|final))"
    r"(?! (?:when|if|as soon as|once|unless|after|at least|every|each)\b)"
    r"|^\W*(?:superseded|replaced|abgelöst|ersetzt) (?:by|durch)\b(?!\W*(?:(?:none|n/?a|nothing)\W*)?$)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|until|unless|once|after|before|in case|whether)\b[^,.;:]*$", re.IGNORECASE
)


def is_out_of_force(document: ReadDocument, names: Sequence[str] = ()) -> str | None:
    """Return why a document is a draft or no longer valid, or None.

    ``names``: its title as the register gives it, and its path below evidence/.
    """
    meta = document.meta
    if meta.status is not None and _OUT_OF_FORCE.search(meta.status):
        return say("calls itself {text!r}", text=meta.status)
    if meta.version is not None and _DRAFT_VERSION.search(meta.version):
        return say("its version is {text!r}", text=meta.version)
    for name in (*names, meta.title or ""):
        if _names_dead(name):
            return say("is called {text!r}", text=name)
    for passage in document.passages:
        if _STAMP.fullmatch(passage.text):
            return say("is stamped {text!r} ({place})", text=passage.text, place=passage.place.told)
        for sentence in split_sentences(passage.text):
            found = _SELF.search(sentence.text)
            if found is not None and not _CONDITION.search(
                sentence.text, max(0, found.start() - 300), found.start()
            ):
                return say("says {text!r} ({place})", text=found[0], place=passage.place.told)
    return None


def _names_dead(name: str) -> bool:
    """Tell whether a title, or a path with its folders, names a draft or an old version."""
    if _TITLE.search(name):
        return True
    *folders, last = re.split(r"[/\\]", name)
    is_path = bool(folders) or re.search(r"\.\w{2,4}$", last) is not None
    if not is_path:
        return False
    return _FILE.search(last) is not None or any(folder.lower() in _FOLDERS for folder in folders)
