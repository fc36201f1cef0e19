"""Load the words by which redaction tells posts from persons (checklists/privacy.yaml)."""

import re
from pathlib import Path

from auditkit.base.issue import InputIssue
from auditkit.base.model import Record
from auditkit.base.yamltext import load_model


class PrivacyWords(Record):
    """checklists/privacy.yaml."""

    posts: tuple[str, ...] = ()
    """Words of posts, teams and boards; a text of nothing else names no person."""
    forms_of_address: tuple[str, ...] = ()
    """Words before a family name, such as Mr."""

    def names_a_post(self, text: str) -> bool:
        """Tell whether a text holds nothing but words of posts."""
        words = re.findall(r"[^\W_]+", text.casefold())
        return bool(words) and set(words) <= set(self.posts)

    def speaks_of_a_post(self, text: str) -> bool:
        """Tell whether a text holds one word of a post, such as "SAP board"."""
        return bool(
            set(re.findall(r"[^\W_]+", text.casefold())) & set(self.posts) - {"and", "und", "von", "der"}
        )


def load_privacy_words(path: Path, file: str) -> tuple[PrivacyWords, tuple[InputIssue, ...]]:
    """Load the words; without them every text in a field of persons counts as a person."""
    loaded = load_model(path, file, PrivacyWords)
    return loaded.model or PrivacyWords(), loaded.issues
